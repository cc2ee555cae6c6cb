"""Training: fresh words each step, a length that grows with accuracy, checkpoints.

A run is decided by its configuration: the words of a step depend on the seed and the number of the
step only, so a run that was killed continues from its checkpoint to the same result.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, final

import numpy as np
import torch
from torch import Tensor, nn

from monoscan.models.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from monoscan.models.errors import CheckpointError, NonFiniteError
from monoscan.models.finite import first_non_finite
from monoscan.models.law import law_of, weight_at
from monoscan.models.memory import memory_watched
from monoscan.models.model import SequenceModel, build_model
from monoscan.models.run_checkpoint import (
    OWN,
    Record,
    config_in,
    first_difference,
    load_parameters,
    parameters_in,
    place_in,
    tensor_in,
)
from monoscan.models.schedule import first_length, learning_rate, next_length
from monoscan.models.tasks import IGNORED, Batch
from monoscan.models.train_config import RunConfig, TrainConfig, find_device

CHECKPOINT_FILE: Final = "checkpoint.safetensors"
TRAIN_STREAM, VALIDATION_STREAM, EVALUATION_STREAM, LAW_STREAM = 0, 1, 2, 3
_BETAS = (0.9, 0.98)
_MOMENTS = ("step", "exp_avg", "exp_avg_sq")  # what AdamW keeps of each parameter
_RECORD_EVERY = 50

Report = Callable[["Record"], None]


@final
@dataclass(frozen=True, eq=False)
class TrainedRun:
    """A network with its run.

    Attributes:
        config: What was trained and how.
        model: The network after the last step, in evaluation mode.
        step: How many steps were made.
        history: Records of some steps.
        seconds: Wall-clock time of training, of all parts of an interrupted run.
    """

    config: RunConfig
    model: SequenceModel
    step: int
    history: tuple[Record, ...]
    seconds: float


def train(
    config: RunConfig,
    folder: Path | None = None,
    report: Report | None = None,
    *,
    stop_after: int | None = None,
) -> TrainedRun:
    """Trains a network, or goes on where a killed run of the same configuration ended.

    Args:
        config: The run.
        folder: Where checkpoints go, and where one to continue from may be; None: no checkpoints.
        report: Called after each step.
        stop_after: Make at most this many steps now; a later call makes the others.

    Raises:
        CheckpointError: If the folder's checkpoint is of another configuration or unreadable.
        ConfigError: If the device is not there.
        NonFiniteError: If the loss or a gradient is not finite; nothing bad is ever saved.
        OutOfMemory: If the words of a step do not fit.

    >>> from monoscan.automata import get_language
    >>> from monoscan.models.layers import LayerConfig
    >>> from monoscan.models.tasks import Task
    >>> layer = LayerConfig("deltanet", width=8, heads=2)
    >>> run = train(RunConfig.of(Task(get_language("parity").build()), layer, TrainConfig(steps=2)))
    >>> run.step, len(run.history)
    (2, 2)
    """
    trainer = _Trainer(config, folder)
    last = config.training.steps
    if stop_after is not None:
        last = min(last, trainer.step + stop_after)
    while trainer.step < last:
        record = trainer.advance()
        if report is not None:
            report(record)
        if trainer.step % config.training.checkpoint_every == 0 or trainer.step == last:
            trainer.save()
    return trainer.result()


def load_run(folder: Path, device: str = "cpu") -> TrainedRun:
    """The network in the folder of a run, after the last checkpoint.

    Raises:
        CheckpointError: If there is no checkpoint, or it is damaged.
        ConfigError: If its configuration is not valid, or the device is not there.
    """
    path = folder / CHECKPOINT_FILE
    checkpoint = read_checkpoint(path)
    config = config_in(checkpoint, path)
    tensors = parameters_in(config.model, checkpoint, path)
    model = build_model(config.model, config.training.seed, find_device(device))
    load_parameters(model, tensors)
    place = place_in(checkpoint, path, config.training.steps)
    return TrainedRun(config, model.eval(), place.step, place.history, place.seconds)


class _Trainer:
    """A network, its optimiser and the place in the run."""

    def __init__(self, config: RunConfig, folder: Path | None) -> None:
        self.config = config
        self.device = find_device(config.training.device)
        self.model = build_model(config.model, config.training.seed, self.device)
        self.optimizer = _optimizer(self.model, config.training)
        self.law = law_of(config.task, config.model) if config.training.law else None
        self.path = None if folder is None else folder / CHECKPOINT_FILE
        self.step = 0
        training = config.training
        self.length = first_length(training) if config.task.lengths_grow else training.max_length
        self.history: list[Record] = []
        self.seconds = 0.0
        if self.path is not None and self.path.exists():
            self._resume(self.path)

    def advance(self) -> Record:
        """One step."""
        begin = time.perf_counter()
        training, number = self.config.training, self.step + 1
        rate = learning_rate(training, number)
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        with memory_watched(training.words_at(self.length), self.length):
            words, targets = self._words(number)
            loss, accuracy = self._descend(words, targets, number)
        record = Record(number, loss, accuracy, self.length, rate)
        if self.config.task.lengths_grow:
            self.length = next_length(training, number, self.length, accuracy)
        self.step = number
        if number % _RECORD_EVERY == 0 or number in (1, training.steps):
            self.history.append(record)
        self.seconds += time.perf_counter() - begin
        return record

    def _words(self, number: int) -> tuple[Tensor, Tensor]:
        training, task = self.config.training, self.config.task
        rng = np.random.default_rng([training.seed, TRAIN_STREAM, number])
        # With a target after each letter, the words contain all shorter ones.
        least = None
        if not task.asks_every_letter:
            least = min(max(training.min_length, task.min_length), self.length)
        n_words = training.words_at(self.length)
        return to_tensors(task.sample(rng, n_words, self.length, least), self.device)

    def _descend(self, words: Tensor, targets: Tensor, number: int) -> tuple[float, float]:
        self.model.train()
        with autocast(self.config.training.precision, self.device):
            scores = self.model(words)
        loss = nn.functional.cross_entropy(scores.float().flatten(0, 1), targets.flatten())
        law = self._law(number)
        self.optimizer.zero_grad(set_to_none=True)
        (loss if law is None else loss + law).backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), self.config.training.clip)
        value = float(loss.detach() if law is None else (loss + law).detach())
        if not (math.isfinite(value) and math.isfinite(float(norm))):
            self._stop(words, number)
        self.optimizer.step()
        asked = targets != IGNORED
        right = (scores.argmax(-1) == targets) & asked
        return value, float(right.sum() / asked.sum())

    def _law(self, number: int) -> Tensor | None:
        """The law with its weight at a step; None without."""
        if self.law is None:
            return None
        training = self.config.training
        rng = np.random.default_rng([training.seed, LAW_STREAM, number])
        return weight_at(training.law, number, training.steps) * self.law.penalty(self.model, rng)

    def _stop(self, words: Tensor, number: int) -> None:
        name = first_non_finite(self.model, words)
        if self._bad_tensor() is None:
            self.save()
        raise NonFiniteError(number, name, self._kept())

    def _bad_tensor(self) -> str | None:
        for name, tensor in self._tensors().items():
            if not tensor.isfinite().all():
                return name
        return None

    def _kept(self) -> str | None:
        return str(self.path) if self.path is not None and self.path.exists() else None

    def save(self) -> None:
        """Writes a checkpoint, if there is a folder, and if all numbers are finite."""
        bad = self._bad_tensor()
        if bad is not None:
            raise NonFiniteError(self.step, f"the tensor {bad}", self._kept())
        if self.path is None:
            return
        facts = {
            "step": self.step,
            "length": self.length,
            "seconds": self.seconds,
            "history": [vars(record) for record in self.history],
        }
        write_checkpoint(self.path, Checkpoint(self.config.to_json(), facts, self._tensors()))

    def _tensors(self) -> dict[str, Tensor]:
        tensors: dict[str, Tensor] = {}
        for name, parameter in self.model.named_parameters():
            tensors[f"{OWN}{name}"] = parameter
            for key, value in self.optimizer.state[parameter].items():
                tensors[f"optimizer.{name}.{key}"] = value
        return tensors

    def _resume(self, path: Path) -> None:
        checkpoint = read_checkpoint(path)
        if checkpoint.config != self.config.to_json():
            raise CheckpointError(
                f"{path} is of another configuration ("
                f"{first_difference(config_in(checkpoint, path), self.config)}); choose another "
                "folder, or the options of that run to go on with it"
            )
        place = place_in(checkpoint, path, self.config.training.steps)
        self.step, self.length, self.seconds = place.step, place.length, place.seconds
        self.history = list(place.history)
        load_parameters(self.model, parameters_in(self.config.model, checkpoint, path))
        if self.step:
            self._load_moments(checkpoint, path)

    def _load_moments(self, checkpoint: Checkpoint, path: Path) -> None:
        """What the optimiser keeps; of a parameter without gradients, nothing."""
        for name, parameter in self.model.named_parameters():
            prefix = f"optimizer.{name}."
            kept = {
                key.removeprefix(prefix): tensor
                for key, tensor in checkpoint.tensors.items()
                if key.startswith(prefix)
            }
            for key in _MOMENTS if kept else ():
                shape = torch.Size() if key == "step" else parameter.shape
                tensor = tensor_in(path, f"{key} of {name}", kept.get(key), shape)
                self.optimizer.state[parameter][key] = tensor.to(self.device)
        if not self.optimizer.state:
            raise CheckpointError(
                f"{path} holds nothing of the optimiser, yet {self.step} steps were made: the file "
                "is damaged or of another version; delete it and train again"
            )

    def result(self) -> TrainedRun:
        """The network as it is now."""
        return TrainedRun(
            self.config, self.model.eval(), self.step, tuple(self.history), self.seconds
        )


def to_tensors(batch: Batch, device: torch.device) -> tuple[Tensor, Tensor]:
    """Words and targets of a batch on a device, int64 [B, T] each."""
    return torch.from_numpy(batch.words).to(device), torch.from_numpy(batch.targets).to(device)


def autocast(precision: str, device: torch.device) -> AbstractContextManager[object]:
    """Matrix products in bfloat16, if that is the precision."""
    return torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16")


def _optimizer(model: SequenceModel, config: TrainConfig) -> torch.optim.Optimizer:
    parameters = list(model.parameters())
    groups = [
        {"params": [p for p in parameters if p.ndim == 2], "weight_decay": config.weight_decay},
        {"params": [p for p in parameters if p.ndim != 2], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=config.learning_rate, betas=_BETAS, fused=True)
