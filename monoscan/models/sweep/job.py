"""One run of a sweep: trained, measured, and kept in a folder named after its configuration."""

from __future__ import annotations

import hashlib
import json
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, Final, final

import torch

from monoscan import __version__
from monoscan.models.checkpoint import written_whole
from monoscan.models.errors import CheckpointError, ConfigError, NonFiniteError
from monoscan.models.evaluate import Interval, LengthResult, evaluate
from monoscan.models.run_checkpoint import Record
from monoscan.models.train import TrainedRun, train
from monoscan.models.train_config import RunConfig
from monoscan.models.worst import SearchPlan, WorstCase, worst_case_from_json, worst_of_run

CONFIG_FILE: Final = "config.json"
OUTCOME_FILE: Final = "outcome.json"
SPENT_FILE: Final = "processor-seconds.json"


class Ending(StrEnum):
    """How a run ended."""

    TRAINED = "trained"
    NOT_FINITE = "not-finite"
    OUT_OF_MEMORY = "out-of-memory"
    DAMAGED = "damaged"  # its checkpoint cannot be read
    KILLED = "killed"  # its process was ended by somebody else


_KEPT: Final = (Ending.TRAINED, Ending.NOT_FINITE)
"""Endings that the configuration decides; after the others a later sweep tries again."""


@final
@dataclass(frozen=True)
class Job:
    """A run, and at which lengths it is measured.

    Attributes:
        name: What it is called on the progress line.
        config: The run.
        lengths: Lengths of words.
        n_words: How many words of each length.
        plan: How its shortest failing word is searched; None: not at all.

    Raises:
        ConfigError: If there is no length, or a number is below 1.
    """

    name: str
    config: RunConfig
    lengths: tuple[int, ...]
    n_words: int = 1000
    plan: SearchPlan | None = None

    def __post_init__(self) -> None:
        if not self.lengths or min(*self.lengths, self.n_words) < 1:
            raise ConfigError(
                f"the run {self.name} is measured at lengths {self.lengths} with {self.n_words} "
                "words; expected at least one length, and all numbers at least 1"
            )

    @cached_property
    def digest(self) -> str:
        """Names the folder: 16 hexadecimal digits of the configuration's SHA-256."""
        return hashlib.sha256(self.config.to_json().encode()).hexdigest()[:16]


def _this_machine() -> dict[str, str]:
    return {
        "monoscan": __version__,
        "torch": torch.__version__,
        "python": platform.python_version(),
        "machine": platform.platform(),
    }


@final
@dataclass(frozen=True)
class Outcome:
    """What came out of a run.

    Attributes:
        ending: How it ended.
        message: Why, if it was not trained to the end.
        steps: Steps that were made, as far as known.
        trained_length: The length that the schedule reached; 0 if the run was not trained.
        processor_seconds: Of training, all parts of an interrupted run, work that was lost with
            an interruption included up to the last checkpoint.
        results: One for each length that was asked for; none unless it was trained.
        worst: The shortest failing word that was found; None if it was not searched.
        made_with: Versions and machine.
    """

    ending: Ending
    message: str = ""
    steps: int = 0
    trained_length: int = 0
    processor_seconds: float = 0.0
    results: tuple[LengthResult, ...] = ()
    worst: WorstCase | None = None
    made_with: Mapping[str, str] = field(default_factory=_this_machine)

    def at(self, length: int) -> LengthResult | None:
        """The result at a length, if it was measured."""
        return next((result for result in self.results if result.length == length), None)

    def to_json(self) -> str:
        """JSON text that `outcome_from_json` reads."""
        worst = None if self.worst is None else self.worst.to_json()
        return json.dumps({**asdict(self), "worst": worst}, indent=1, sort_keys=True) + "\n"


def outcome_from_json(text: str) -> Outcome:
    """Reads what `Outcome.to_json` writes.

    Raises:
        ValueError: If the text is nothing of the kind.

    >>> outcome = Outcome(Ending.NOT_FINITE, "the loss is not finite")
    >>> outcome_from_json(outcome.to_json()) == outcome
    True
    """
    try:
        value = json.loads(text)
        value["ending"] = Ending(value["ending"])
        value["results"] = tuple(_length_result(result) for result in value["results"])
        value["worst"] = worst_case_from_json(value["worst"]) if value["worst"] else None
        return Outcome(**value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no outcome of a run ({error})") from None


def _length_result(value: dict[str, Any]) -> LengthResult:
    intervals = {name: Interval(**part) for name, part in value.items() if isinstance(part, dict)}
    failing = None if value["failing"] is None else tuple(value["failing"])
    return LengthResult(**{**value, **intervals, "failing": failing})


def stored_outcome(job: Job, folder: Path) -> Outcome | None:
    """The outcome of an earlier sweep, if it answers this job; None if there is work to do.

    Args:
        job: The run.
        folder: Of the runs.
    """
    try:
        found = outcome_from_json((folder / job.digest / OUTCOME_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    measured = tuple((result.length, result.n_words) for result in found.results)
    asked = tuple((length, job.n_words) for length in job.lengths)
    searched = job.plan is None or (found.worst is not None and found.worst.plan == job.plan)
    is_answer = found.ending is not Ending.TRAINED or (measured == asked and searched)
    return found if is_answer else None


def run_job(job: Job, folder: Path) -> Outcome:
    """Trains and measures one run, or takes what an earlier call left.

    Args:
        job: The run.
        folder: Of the runs; the run's own folder in it is made if it is absent.

    Raises:
        ConfigError: If the device is not there.
        OSError: If a file cannot be written.
    """
    stored = stored_outcome(job, folder)
    if stored is not None:
        return stored
    own = folder / job.digest
    own.mkdir(parents=True, exist_ok=True)
    _write(own / CONFIG_FILE, job.config.to_json() + "\n")
    try:
        clock = _ProcessorClock(own / SPENT_FILE)
    except CheckpointError as error:
        return Outcome(Ending.DAMAGED, str(error))
    outcome = _trained_and_measured(job, own, clock)
    if outcome.ending in _KEPT:
        _write(own / OUTCOME_FILE, outcome.to_json())
    return outcome


def _trained_and_measured(job: Job, own: Path, clock: _ProcessorClock) -> Outcome:
    try:
        run = train(job.config, own, clock.watching(job.config.training.checkpoint_every))
        spent = clock.stop()
        results = tuple(evaluate(run, job.lengths, job.n_words))
        known = [result.failing for result in results if result.failing]
        worst = worst_of_run(run, job.plan, known) if job.plan else None
    except NonFiniteError as error:
        return Outcome(Ending.NOT_FINITE, str(error), error.step, 0, clock.stop())
    except MemoryError as error:
        return Outcome(Ending.OUT_OF_MEMORY, str(error), processor_seconds=clock.stop())
    except CheckpointError as error:
        return Outcome(Ending.DAMAGED, str(error), processor_seconds=clock.stop())
    return Outcome(Ending.TRAINED, "", run.step, _reached(run), spent, results, worst)


def _reached(run: TrainedRun) -> int:
    return run.history[-1].length if run.history else 0


@final
class _ProcessorClock:
    """Processor seconds of this process since now, and those that earlier parts noted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._earlier = _seconds_in(path) if path.exists() else 0.0
        self._start = time.process_time()

    def watching(self, every: int) -> Callable[[Record], None]:
        """What to call after each step, so that the file knows of the time."""

        def note(record: Record) -> None:
            if record.step % every == 0:
                self.stop()

        return note

    def stop(self) -> float:
        """The seconds until now; the file holds them from now on."""
        seconds = self._earlier + time.process_time() - self._start
        _write(self._path, json.dumps(seconds))
        return seconds


def _seconds_in(path: Path) -> float:
    text = path.read_text(encoding="utf-8")
    try:
        return float(json.loads(text))
    except (ValueError, TypeError):
        raise CheckpointError(
            f"{path} holds {text[:20]!r}; expected the processor seconds of the run: delete the "
            "folder, and the run begins anew"
        ) from None


def _write(path: Path, text: str) -> None:
    with written_whole(path) as partial:
        partial.write_text(text, encoding="utf-8")
