"""Training a network on a language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.face.layers import NamedLayer, read_layer
from monoscan.face.needed import need_models
from monoscan.face.run import Run
from monoscan.face.sources import language as as_language

if TYPE_CHECKING:
    from monoscan.models.run_checkpoint import Record
    from monoscan.models.tasks import SequenceTask
    from monoscan.models.train_config import RunConfig, TrainConfig


def train(
    task: object,
    architecture: str = "deltanet",
    *,
    range: str = "",
    n_h: int = 1,
    parametrisation: str = "",
    depth: int = 1,
    width: int = 64,
    heads: int = 4,
    additive_input: bool = False,
    convolution: int | None = None,
    readout: str = "full",
    targets: str = "every",
    words: str = "uniform",
    tier: str = "quick",
    device: str = "auto",
    threads: int | None = None,
    folder: str | PathLike[str] | None = None,
    progress: Callable[[Record], None] | None = None,
    **training: Any,
) -> Run:
    """Trains a network on words of a language, and goes on with a run that was stopped.

    Args:
        task: a language, as `language` takes it, or a task of `monoscan.models.tasks`.
        architecture: a layer, or an architecture with its variant, such as ``"deltanet,
            extended"`` (docs/architectures.md). Without a variant it is meant as released.
        range: of the eigenvalues, ``"-1,1"``, ``"0,1"`` or ``"complex"``, where the name leaves it
            open.
        n_h: factors a letter, for products.
        parametrisation: ``clamp`` or ``sigmoid``; by default what the variant says.
        depth: layers.
        width: length of vectors.
        heads: heads; they divide the width.
        additive_input: whether letters also write into the state.
        convolution: how many letters a convolution before each layer sees; None: as many as in the
            variant that is named; 0 or 1: without one.
        readout: ``full``, or ``linear``: scores are linear functions of the last layer's state,
            and `Run.horizon` can bound them.
        targets: whether an answer is asked after ``every`` letter or the ``last`` one.
        words: how words are drawn: ``uniform`` or ``balanced``.
        tier: ``quick``, ``standard`` or ``paper`` (docs/training.md).
        device: ``cpu``, ``cuda``, ``cuda:N`` or ``auto``.
        threads: of the processor; None: one up to width 256, else as many as torch takes.
        folder: where checkpoints go, and where a run to go on with may be.
        progress: told of each step.
        training: what differs from the tier: ``steps``, ``batch``, ``letters``,
            ``learning_rate``, ``max_length``, ``start_length``, ``curriculum``, ``annealing``,
            ``precision``, ``seed``; ``law``: weight of the law of the automaton in the loss, which
            tells the network the automaton.

    Raises:
        NotInstalled: if torch is not installed.
        NamingError: if the architecture names no layer, or one of another range.
        ConfigError: if an option is unknown or out of range.
        NonFiniteError: if the loss stopped being finite.
        OutOfMemory: if the words of a step do not fit.

    >>> import monoscan as ms
    >>> run = ms.train("parity", "deltanet, extended", steps=2, width=8, heads=2, batch=4)
    >>> run
    run of deltanet [-1,1], convolution 4 on parity: 2 steps, seed 0; \
628 parameters, 1 x householder
    >>> 0 <= run.accuracy(length=64, words=20) <= 1
    True
    """
    planned = plan_training(
        task,
        architecture,
        range=range,
        n_h=n_h,
        parametrisation=parametrisation,
        depth=depth,
        width=width,
        heads=heads,
        additive_input=additive_input,
        convolution=convolution,
        readout=readout,
        targets=targets,
        words=words,
        tier=tier,
        device=device,
        **training,
    )
    return planned.run(folder, progress, threads)


@final
@dataclass(frozen=True, eq=False)
class TrainingPlan:
    """A training run that has not begun.

    Attributes:
        config: everything that decides its result.
        named: what the layer was called, and which trainable layer that is.
    """

    config: RunConfig
    named: NamedLayer

    def run(
        self,
        folder: str | PathLike[str] | None = None,
        progress: Callable[[Record], None] | None = None,
        threads: int | None = None,
    ) -> Run:
        """Trains the network; see `train`."""
        from monoscan.models.checkpoint import require_writable
        from monoscan.models.threads import threads_for, using_threads
        from monoscan.models.train import train as run_training

        count = threads_for(self.config.model.layer.width, threads)
        path = None if folder is None else Path(folder)
        if path is not None:
            require_writable(path)  # the first checkpoint comes late
        with using_threads(count):
            return Run(run_training(self.config, path, progress), self.named)


def plan_training(
    task: object,
    architecture: str,
    *,
    range: str,
    n_h: int,
    parametrisation: str,
    depth: int,
    width: int,
    heads: int,
    additive_input: bool,
    convolution: int | None,
    readout: str,
    targets: str,
    words: str,
    tier: str,
    device: str,
    **training: Any,
) -> TrainingPlan:
    """What `train` does with its arguments before it begins; see there."""
    need_models("ms.train")
    from monoscan.models.layers import LayerConfig
    from monoscan.models.train_config import RunConfig

    chosen, name = _task(task, targets, words)
    named = read_layer(architecture, range, n_h, parametrisation)
    layer = LayerConfig(
        named.kind,
        named.range,
        named.parametrisation,
        width=width,
        heads=heads,
        n_h=named.n_h,
        additive_input=additive_input,
    )
    letters = named.window if convolution is None else convolution
    config = RunConfig.of(
        chosen,
        layer,
        _training(tier, device, training),
        depth=depth,
        convolution=0 if letters == 1 else letters,
        readout=readout,
        language=name,
    )
    return TrainingPlan(config, named)


def _task(task: object, targets: str, words: str) -> tuple[SequenceTask, str]:
    """The task, and what it is called."""
    from monoscan.models.errors import ConfigError
    from monoscan.models.tasks import SequenceTask, Task

    if isinstance(task, SequenceTask):
        if (targets, words) != ("every", "uniform"):
            raise ConfigError(
                "targets and words belong to a language; other tasks say themselves what is asked"
            )
        return task, task.title
    given = as_language(task)
    return Task(given.automaton, targets, words), given.name


def _training(name: str, device: str, options: dict[str, Any]) -> TrainConfig:
    from dataclasses import fields

    from monoscan.models.errors import ConfigError
    from monoscan.models.train_config import TrainConfig, find_device, tier
    from monoscan.registry import nearest

    known = [field.name for field in fields(TrainConfig) if field.name != "device"]
    for option in options:
        if option not in known:
            near = ", ".join(nearest(option, known)) or ", ".join(known)
            raise ConfigError(f"there is no option {option!r} of training; nearest: {near}")
    if "max_length" in options and "start_length" not in options:
        start = min(tier(name).start_length, options["max_length"])
        options = {**options, "start_length": max(1, start)}
    return tier(name, **options, device=str(find_device(device)))


def load_run(folder: str | PathLike[str], device: str = "cpu") -> Run:
    """The network in the folder of a run, after its last checkpoint.

    Raises:
        NotInstalled: if torch is not installed.
        CheckpointError: if there is no checkpoint, or it is damaged.

    >>> import monoscan as ms
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     small = {"steps": 2, "width": 8, "heads": 2, "batch": 4}
    ...     trained = ms.train("parity", "deltanet, extended", folder=folder, **small)
    ...     ms.load_run(folder)
    run of deltanet [-1,1], convolution 4 on parity: 2 steps, seed 0; \
628 parameters, 1 x householder
    """
    need_models("ms.load_run")
    from monoscan.models.train import load_run as load

    return Run(load(Path(folder), device))
