"""What a training run is: the task, the network, and how it is trained, as one frozen record."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar, final

import torch

from monoscan.models.errors import ConfigError
from monoscan.models.fields import check_types
from monoscan.models.layers import LayerConfig
from monoscan.models.model import ModelConfig
from monoscan.models.schedule import CURRICULA, GATED
from monoscan.models.tasks import SequenceTask, task_from_value, task_to_value

PRECISIONS: Final = ("fp32", "bf16")
ANNEALINGS: Final = ("cosine", "constant")
_MOST: Final = 2**60

_Config = TypeVar("_Config", "TrainConfig", ModelConfig, LayerConfig)


@final
@dataclass(frozen=True)
class TrainConfig:
    """How a network is trained: AdamW with warm-up and a cosine, on fresh random words.

    Attributes:
        seed: Seed of the parameters and of the words.
        steps: Number of steps.
        batch: Words a step, at most.
        letters: Letters a step, at most: longer words are fewer, so that steps cost the same
            while words grow. 0: always ``batch`` words.
        learning_rate: The greatest one.
        warmup: Steps in which the learning rate rises from 0.
        weight_decay: Of the matrices; vectors have none.
        clip: Greatest norm of the gradient.
        min_length: Shortest word; used where only the last letter has a target.
        max_length: Longest word.
        start_length: The length that training begins with. It grows by one after each step with
            more than ``threshold`` of the answers right, up to max_length.
        threshold: See start_length.
        curriculum: ``gated``: as start_length says; ``fixed``: from start_length to max_length in
            the first half of the steps, whatever the accuracy; ``full``: max_length always.
        annealing: ``cosine``: the learning rate falls to 0 after the warm-up; ``constant``: not.
        law: Weight of the law of the automaton in the loss (`monoscan.models.law`); 0: without.
        precision: ``fp32``, or ``bf16`` for matrix products in bfloat16.
        device: ``cpu``, ``cuda`` or ``cuda:N``.
        checkpoint_every: Steps between two checkpoints.

    Raises:
        ConfigError: If a value is out of range.
    """

    seed: int = 0
    steps: int = 600
    batch: int = 128
    letters: int = 0
    learning_rate: float = 3e-3
    warmup: int = 100
    weight_decay: float = 0.01
    clip: float = 1.0
    min_length: int = 1
    max_length: int = 40
    start_length: int = 4
    threshold: float = 0.9
    curriculum: str = GATED
    annealing: str = "cosine"
    law: float = 0.0
    precision: str = "fp32"
    device: str = "cpu"
    checkpoint_every: int = 200

    def __post_init__(self) -> None:
        check_types(self)
        for name in ("steps", "batch", "min_length", "max_length", "start_length"):
            _check_between(name, getattr(self, name), 1, _MOST)
        for name in ("warmup", "weight_decay", "letters", "law"):
            _check_between(name, getattr(self, name), 0, _MOST)
        _check_between("checkpoint_every", self.checkpoint_every, 1, _MOST)
        _check_between("seed", self.seed, 0, 2**64 - 1)
        for name in ("learning_rate", "clip", "threshold"):
            value = getattr(self, name)
            if value <= 0:
                raise ConfigError(f"{name} is {value}; expected a number above 0")
        for name in ("min_length", "start_length"):
            if getattr(self, name) > self.max_length:
                raise ConfigError(
                    f"{name} is {getattr(self, name)}, above max_length {self.max_length}; "
                    "expected at most that"
                )
        if 0 < self.letters < self.max_length:
            raise ConfigError(
                f"letters is {self.letters}, below max_length {self.max_length}, so that no word "
                "of that length fits into a step; expected at least max_length, or 0 for no limit"
            )
        for name, known in (
            ("precision", PRECISIONS),
            ("curriculum", CURRICULA),
            ("annealing", ANNEALINGS),
        ):
            if getattr(self, name) not in known:
                raise ConfigError(
                    f"unknown {name} {getattr(self, name)!r}; expected {' or '.join(known)}"
                )

    def words_at(self, length: int) -> int:
        """How many words a step has whose longest have this length.

        >>> config = TrainConfig(batch=1024, letters=4096)
        >>> config.words_at(2), config.words_at(4), config.words_at(40)
        (1024, 1024, 102)
        """
        return min(self.batch, self.letters // length) if self.letters else self.batch


@final
@dataclass(frozen=True)
class RunConfig:
    """Everything that decides the result of a training run.

    Attributes:
        language: What the task is called, for people; may be empty.
        task: The words and what is asked.
        model: The network.
        training: How it is trained.

    Raises:
        ConfigError: If the network does not fit the task.
    """

    language: str
    task: SequenceTask
    model: ModelConfig
    training: TrainConfig

    def __post_init__(self) -> None:
        check_types(self)
        wanted = (self.task.n_letters, self.task.n_outputs)
        given = (self.model.n_letters, self.model.n_outputs)
        if wanted != given:
            raise ConfigError(
                f"the network has {given[0]} letters and {given[1]} outputs, the task {wanted[0]} "
                f"and {wanted[1]}; expected the same"
            )

    @classmethod
    def of(
        cls,
        task: SequenceTask,
        layer: LayerConfig,
        training: TrainConfig | None = None,
        *,
        depth: int = 1,
        convolution: int = 0,
        readout: str = "full",
        language: str = "",
    ) -> RunConfig:
        """The run of a task on a network with these layers."""
        model = ModelConfig(
            task.n_letters,
            task.n_outputs,
            layer,
            depth,
            convolution=convolution,
            readout=readout,
        )
        return cls(language, task, model, training or TrainConfig())

    def to_json(self) -> str:
        """JSON text with sorted keys: the same for equal configurations."""
        value = {
            "language": self.language,
            "task": task_to_value(self.task),
            "model": dataclasses.asdict(self.model),
            "training": dataclasses.asdict(self.training),
        }
        return json.dumps(value, sort_keys=True, ensure_ascii=False)


def run_config_from_json(text: str) -> RunConfig:
    """Reads what `RunConfig.to_json` writes.

    Raises:
        ConfigError: If the text is no configuration of a run.
    """
    try:
        value = json.loads(text)
        model = dict(value["model"])
        model["layer"] = _read(LayerConfig, model["layer"])
        return RunConfig(
            value["language"],
            task_from_value(value["task"]),
            _read(ModelConfig, model),
            _read(TrainConfig, value["training"]),
        )
    except ConfigError:
        raise
    # A number of too many digits is a ValueError, and brackets without end are a RecursionError.
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ConfigError(
            f"this is no configuration of a run ({type(error).__name__}: {error}); "
            "expected what `monoscan train` writes"
        ) from None


def _read(kind: type[_Config], value: Mapping[str, Any]) -> _Config:
    known = {field.name: field for field in dataclasses.fields(kind)}
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise ConfigError(
            f"{kind.__name__} has no option {unknown[0]!r}; expected {', '.join(known)}"
        )
    return kind(**value)


TIERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "quick": {"steps": 1000, "batch": 128},
    # Many words while they are short: what the letters do must be learned well before products of
    # many of them can be (docs/training.md, "The word problem of S5").
    "standard": {"steps": 4000, "batch": 1024, "letters": 4096, "start_length": 2},
    # arXiv:2411.12537, section 5.1, as the paper says it (its code has batches of 256). The
    # learning rate is one of the four that the paper tries.
    "paper": {
        "steps": 100_000,
        "batch": 1024,
        "learning_rate": 1e-3,
        "warmup": 10_000,
        "weight_decay": 0.1,
        "min_length": 3,
        "curriculum": "full",
        "checkpoint_every": 1000,
    },
}


def tier(name: str, **options: Any) -> TrainConfig:
    """The training of a tier.

    ``quick`` takes about a core-minute and ``standard`` about five; ``paper`` is the protocol of
    arXiv:2411.12537, section 5.1, for a GPU.

    Args:
        name: The tier.
        options: Options of `TrainConfig` that differ.

    Raises:
        ConfigError: If there is no such tier, or an option is out of range.

    >>> tier("quick", seed=3).seed
    3
    """
    if name not in TIERS:
        raise ConfigError(f"unknown tier {name!r}; expected {' or '.join(TIERS)}")
    return TrainConfig(**{**TIERS[name], **options})


def find_device(name: str) -> torch.device:
    """The device of that name, if it is there.

    Args:
        name: ``cpu``, ``cuda``, ``cuda:N``, or ``auto``: a GPU if there is one.

    Raises:
        ConfigError: If there is no such device on this machine.

    >>> find_device("cpu").type
    'cpu'
    """
    n_gpus = torch.cuda.device_count()
    if name == "auto":
        return torch.device("cuda" if n_gpus else "cpu")
    kind, _, number = name.partition(":")
    if kind not in ("cpu", "cuda") or (number and not number.isdecimal()) or name == "cpu:":
        raise ConfigError(f"unknown device {name!r}; expected cpu, cuda, cuda:N or auto")
    if kind == "cuda" and int(number or 0) >= n_gpus:
        raise ConfigError(
            f"the device {name} was asked for, but torch finds {n_gpus} GPUs here; use cpu, or "
            "install a torch with CUDA on a machine with a GPU"
        )
    return torch.device(name)


def _check_between(name: str, value: float, least: int, most: int) -> None:
    if value < least:
        raise ConfigError(f"{name} is {value}; expected at least {least}")
    if value > most:
        raise ConfigError(f"{name} is {value}; expected at most {most}")
