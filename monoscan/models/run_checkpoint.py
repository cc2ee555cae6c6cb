"""The checkpoint of a run: how far it came, its configuration and its parameters, all checked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

import torch
from torch import Tensor

from monoscan.models.checkpoint import Checkpoint
from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.fields import check_types
from monoscan.models.model import ModelConfig, SequenceModel
from monoscan.models.train_config import RunConfig, run_config_from_json

OWN: Final = "model."  # what the names of parameters begin with


@final
@dataclass(frozen=True)
class Record:
    """What was seen at a step of training.

    Attributes:
        step: From 1.
        loss: Mean cross entropy of the step's answers.
        accuracy: Share of right answers in the step's words.
        length: Length of the longest words.
        learning_rate: The step's learning rate.
    """

    step: int
    loss: float
    accuracy: float
    length: int
    learning_rate: float


@final
@dataclass(frozen=True)
class Place:
    """How far a run has come; see `TrainedRun`. `length` is that of the next step."""

    step: int
    length: int
    seconds: float
    history: tuple[Record, ...]


def place_in(checkpoint: Checkpoint, path: Path, steps: int) -> Place:
    """How far a run of so many steps has come.

    Raises:
        CheckpointError: If the checkpoint does not say it.
    """
    facts = checkpoint.facts
    try:
        history = tuple(Record(**record) for record in facts["history"])
        place = Place(facts["step"], facts["length"], facts["seconds"], history)
        parts: tuple[Place | Record, ...] = (place, *history)
        for part in parts:
            check_types(part)
            if min(part.step, part.length - 1, place.seconds) < 0 or part.step > steps:
                raise ValueError(f"step {part.step} of {steps} at length {part.length}")
        if not isinstance(facts["history"], list):
            raise TypeError("its history is no list")
        return place
    except (KeyError, TypeError, ValueError) as error:
        raise CheckpointError(
            f"{path} does not say how far its run has come ({type(error).__name__}: {error}); it "
            "is damaged or of another version: delete it and train again"
        ) from None


def parameters_in(config: ModelConfig, checkpoint: Checkpoint, path: Path) -> dict[str, Tensor]:
    """The parameters of the network, before memory is taken for one.

    Raises:
        CheckpointError: If one is missing, of another shape, not finite, or not of the network.
    """
    with torch.device("meta"):
        expected = dict(SequenceModel(config).named_parameters())
    given = {
        name.removeprefix(OWN): tensor
        for name, tensor in checkpoint.tensors.items()
        if name.startswith(OWN)
    }
    for name in given.keys() - expected.keys():
        raise CheckpointError(
            f"{path} holds the parameter {name}, which its network does not have: the file is "
            "damaged or of another version"
        )
    return {
        name: tensor_in(path, f"the parameter {name}", given.get(name), parameter.shape)
        for name, parameter in expected.items()
    }


def load_parameters(model: SequenceModel, tensors: Mapping[str, Tensor]) -> None:
    """Writes parameters into a network."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(tensors[name])


def tensor_in(path: Path, what: str, tensor: Tensor | None, shape: torch.Size) -> Tensor:
    """The tensor, if it is there, has this shape and is finite.

    Raises:
        CheckpointError: If not.
    """
    if tensor is None or tensor.shape != shape or tensor.dtype != torch.float32:
        found = "nothing" if tensor is None else f"the shape {tuple(tensor.shape)}"
        if tensor is not None and tensor.shape == shape:
            found = f"the type {tensor.dtype}"
        raise CheckpointError(
            f"{path}: {what} has {found}; expected the shape {tuple(shape)}, in 32 bits: the file "
            "is damaged or of another version"
        )
    if not tensor.isfinite().all():
        raise CheckpointError(
            f"{path}: {what} is not finite, and no such number is ever saved: the file is damaged; "
            "delete it and train again"
        )
    return tensor


def config_in(checkpoint: Checkpoint, path: Path) -> RunConfig:
    """The configuration of the run.

    Raises:
        ConfigError: If it is not valid.
    """
    try:
        return run_config_from_json(checkpoint.config)
    except ConfigError as error:
        raise ConfigError(f"{path}: {error}") from None


def first_difference(old: RunConfig, new: RunConfig) -> str:
    """The first option in which two configurations differ."""
    if old.task.kind != new.task.kind:
        return f"kind of task: there {old.task.kind}, now {new.task.kind}"
    pairs: list[tuple[Any, Any]] = [
        (old.task, new.task),
        (old.model.layer, new.model.layer),
        (old.model, new.model),
        (old.training, new.training),
        (old, new),
    ]
    for first, second in pairs:
        for name in (field.name for field in dataclasses.fields(first) if field.compare):
            values = getattr(first, name), getattr(second, name)
            if values[0] != values[1]:
                return f"{name}: there {values[0]}, now {values[1]}"
    return "written differently"
