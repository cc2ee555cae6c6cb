"""What goes wrong with networks: configurations, checkpoints, training runs, memory."""

from __future__ import annotations

from monoscan.errors import BadInput, OverLimit


class ModelError(BadInput):
    """Something about a network cannot be as asked; the message says what and what to do."""


class ConfigError(ModelError):
    """A configuration that describes no network, task or training run."""


class CheckpointError(ModelError):
    """A checkpoint that cannot be read, or that belongs to another run."""


class NonFiniteError(BadInput, ArithmeticError):
    """A number stopped being finite in training.

    Attributes:
        step: The step, from 1, that was not taken.
        tensor: The first tensor in the order of the computation that is not finite.
        checkpoint: Where the last good parameters are, or None if there are none.
    """

    def __init__(self, step: int, tensor: str, checkpoint: str | None) -> None:
        super().__init__(step, tensor, checkpoint)
        self.step = step
        self.tensor = tensor
        self.checkpoint = checkpoint

    def __str__(self) -> str:
        kept = (
            f"the last good checkpoint is kept in {self.checkpoint}"
            if self.checkpoint
            else "no checkpoint was kept"
        )
        return (
            f"training stopped at step {self.step}: {self.tensor} is not finite; {kept}; "
            "try a smaller learning rate, or fp32 in place of bf16"
        )


class OutOfMemory(OverLimit, MemoryError):
    """A batch of words, or the parameters of a network, did not fit into memory.

    Attributes:
        what: What did not fit, with its size.
        said: What the allocator said.
        remedy: What to do.
    """

    def __init__(self, what: str, said: str, remedy: str) -> None:
        super().__init__(what, said, remedy)
        self.what = what
        self.said = said
        self.remedy = remedy

    def __str__(self) -> str:
        return f"out of memory with {self.what}: {self.said}; {self.remedy}"
