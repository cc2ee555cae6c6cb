"""One run of a sweep: trained, measured, and kept in a folder named after its configuration."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, final

from monoscan.models.checkpoint import written_whole
from monoscan.models.errors import CheckpointError, ConfigError, NonFiniteError
from monoscan.models.evaluate import evaluate
from monoscan.models.run_checkpoint import Record
from monoscan.models.sweep.outcome import Ending, Outcome, thinned
from monoscan.models.sweep.store import ResultStore
from monoscan.models.train import TrainedRun, train
from monoscan.models.train_config import RunConfig
from monoscan.models.worst import SearchPlan, worst_of_run

CONFIG_FILE: Final = "config.json"
LOCK_FILE: Final = "lock"
SPENT_FILE: Final = "processor-seconds.json"

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


def stored_outcome(job: Job, folder: Path) -> Outcome | None:
    """The outcome of an earlier sweep, if it answers this job; None if there is work to do.

    Args:
        job: The run.
        folder: Of the runs.
    """
    found = ResultStore(folder).outcome(job.digest)
    if found is None:
        return None
    measured = tuple((result.length, result.n_words) for result in found.results)
    asked = tuple((length, job.n_words) for length in job.lengths)
    searched = job.plan is None or (found.worst is not None and found.worst.plan == job.plan)
    is_answer = found.ending is not Ending.TRAINED or (measured == asked and searched)
    return found if is_answer else None


def run_job(job: Job, folder: Path) -> Outcome:
    """Trains and measures one run, or takes what an earlier call left.

    If another process is at the same run, it is waited for, and its outcome is taken.

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
    with _alone(job, folder):
        stored = stored_outcome(job, folder)  # by the process that was waited for
        if stored is None:
            stored = _done(job, folder / job.digest)
            keep(job, folder, stored)
    return stored


def attempt(job: Job, folder: Path) -> Outcome:
    """Trains and measures one run, or goes on with it; nothing is put into the file of results.

    Args:
        job: The run.
        folder: Of the runs.

    Raises:
        ConfigError: If the device is not there.
        OSError: If a file cannot be written.
    """
    with _alone(job, folder):
        return _done(job, folder / job.digest)


def keep(job: Job, folder: Path, outcome: Outcome) -> None:
    """Puts an outcome into the file of results, if the configuration decides it.

    Args:
        job: The run.
        folder: Of the runs.
        outcome: Of the run.

    Raises:
        OSError: If the file cannot be written.
    """
    if outcome.ending in _KEPT:
        ResultStore(folder).put(job.digest, job.config, outcome)


def _done(job: Job, own: Path) -> Outcome:
    _write(own / CONFIG_FILE, job.config.to_json() + "\n")
    try:
        clock = _ProcessorClock(own / SPENT_FILE)
    except CheckpointError as error:
        return Outcome(Ending.DAMAGED, str(error))
    return _trained_and_measured(job, own, clock)


@contextmanager
def _alone(job: Job, folder: Path) -> Iterator[None]:
    """Waits until no other process is at the run; the lock of a killed one is free at once."""
    own = folder / job.digest
    own.mkdir(parents=True, exist_ok=True)
    with (own / LOCK_FILE).open("w") as file:
        try:
            import fcntl
        except ImportError:  # not on Windows
            yield
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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
    curve = thinned(run.history)
    return Outcome(Ending.TRAINED, "", run.step, _reached(run), spent, results, worst, curve)


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
