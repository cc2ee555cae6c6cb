"""What goes wrong with networks: configurations, checkpoints, training runs, memory."""

from __future__ import annotations


class ModelError(ValueError):
    """Something about a network cannot be as asked; the message says what and what to do."""


class ConfigError(ModelError):
    """A configuration that describes no network, task or training run."""


class CheckpointError(ModelError):
    """A checkpoint that cannot be read, or that belongs to another run."""


class NonFiniteError(ArithmeticError):
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


class OutOfMemory(MemoryError):
    """A batch did not fit into memory.

    Attributes:
        sequences: How many words the batch had.
        length: Their length.
        said: What the allocator said.
    """

    def __init__(self, sequences: int, length: int, said: str) -> None:
        super().__init__(sequences, length, said)
        self.sequences = sequences
        self.length = length
        self.said = said

    def __str__(self) -> str:
        return (
            f"out of memory with {self.sequences} words of length {self.length} "
            f"({self.sequences * self.length} tokens) at once: {self.said}; "
            "choose a smaller batch, shorter words or a narrower network"
        )
