"""The runs of a sweep by several processes, each with one thread."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, final

import torch

from monoscan.models.errors import ConfigError
from monoscan.models.sweep.job import Job, run_job, stored_outcome
from monoscan.models.sweep.on_ray import RayCluster
from monoscan.models.sweep.outcome import Ending, Outcome
from monoscan.models.sweep.store import ResultStore
from monoscan.models.threads import using_threads

_CONTEXT: Final = get_context("spawn")  # a fork of a process with threads may hang
_SHOWN: Final = 4  # runs that the progress line names
_PATIENCE = 5.0  # seconds until a process that was asked to end is made to

Progress = Callable[[str], None]


def run_sweep(
    jobs: Sequence[Job],
    folder: Path,
    *,
    workers: int = 1,
    cluster: RayCluster | None = None,
    progress: Progress = lambda _: None,
) -> tuple[Outcome, ...]:
    """Runs what earlier sweeps have not finished.

    Each run has one thread, so that its result does not depend on the number of processes. A run
    that fails is an outcome and stops no other. After an interruption the same call goes on: what
    was finished is read, what was begun goes on from its last checkpoint.

    Args:
        jobs: The runs; two of the same configuration are done once.
        folder: Where the folders of runs are.
        workers: How many processes; 1: this one.
        cluster: Where the runs are done instead; None: on this machine.
        progress: Called with a line whenever a run begins or ends.

    Returns:
        One outcome a job, in order.

    Raises:
        ConfigError: If there is no worker, or the device of a run is not there.
        OSError: If a file cannot be written.
        BadInput: If the cluster cannot be reached, or goes away.
    """
    if workers < 1:
        raise ConfigError(f"the number of workers is {workers}; expected at least 1")
    store = ResultStore(folder)
    if folder.is_dir() and not store.path.exists():
        store.read_in()
    found: dict[str, Outcome] = {}
    open_jobs: dict[str, Job] = {}
    for job in jobs:
        stored = stored_outcome(job, folder)
        if stored is None:
            open_jobs.setdefault(job.digest, job)
        else:
            found[job.digest] = stored
    board = _Board(len(found), len(found) + len(open_jobs), progress)
    work = list(open_jobs.values())
    if cluster:
        ended = _on(cluster, work, folder, board)
    elif workers == 1:
        ended = _here(work, folder, board)
    else:
        ended = _elsewhere(work, folder, min(workers, len(work)), board)
    found.update((job.digest, outcome) for job, outcome in ended)
    return tuple(found[job.digest] for job in jobs)


@final
class _Board:
    """What is done and what runs, for the progress line."""

    def __init__(self, done: int, total: int, progress: Progress) -> None:
        self._done, self._total, self._progress = done, total, progress
        self._running: list[str] = []

    def begin(self, job: Job) -> None:
        self._running.append(job.name)
        self._show()

    def end(self, job: Job) -> None:
        self._running.remove(job.name)
        self._done += 1
        self._show()

    def _show(self) -> None:
        names = self._running[:_SHOWN]
        names += [f"{len(self._running) - _SHOWN} more"] if len(self._running) > _SHOWN else []
        now = f": {', '.join(names)}" if names else ""
        self._progress(f"{self._done} of {self._total} runs done{now}")


def _here(jobs: Sequence[Job], folder: Path, board: _Board) -> Iterator[tuple[Job, Outcome]]:
    for job in jobs:
        board.begin(job)
        with using_threads(1):
            outcome = run_job(job, folder)
        board.end(job)
        yield job, outcome


def _on(
    cluster: RayCluster, jobs: Sequence[Job], folder: Path, board: _Board
) -> Iterator[tuple[Job, Outcome]]:
    if not jobs:
        return
    cluster.check()
    for job, outcome in cluster.run(jobs, folder, board.begin):
        board.end(job)
        yield job, outcome


def _elsewhere(
    jobs: Sequence[Job], folder: Path, workers: int, board: _Board
) -> Iterator[tuple[Job, Outcome]]:
    waiting = list(reversed(jobs))
    team: dict[Connection, _Worker] = {}
    try:
        while waiting or team:
            while waiting and len(team) < workers:
                worker = _Worker(folder)
                team[worker.connection] = worker
                worker.take(waiting.pop(), board)
            for connection in wait(list(team)):
                assert isinstance(connection, Connection)
                worker = team[connection]
                job, outcome = worker.answer()
                board.end(job)
                yield job, outcome
                if outcome.ending is not Ending.KILLED and waiting:
                    worker.take(waiting.pop(), board)
                else:
                    team.pop(connection).dismiss()
    finally:
        for worker in team.values():
            worker.dismiss(at_once=True)


@final
class _Worker:
    """A process that does one run after another, and the connection to it."""

    def __init__(self, folder: Path) -> None:
        self.connection, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, folder), daemon=True)
        self._process.start()
        theirs.close()  # so that the end of the process is seen on the connection
        self._job: Job | None = None

    def take(self, job: Job, board: _Board) -> None:
        """Gives it a run; the answer is not waited for."""
        self._job = job
        board.begin(job)
        # If it is dead already, there is no answer, which `answer` tells.
        with suppress(ConnectionError):
            self.connection.send(job)

    def answer(self) -> tuple[Job, Outcome]:
        """Its run and the outcome: `killed` if the process has gone.

        Raises:
            Exception: What stopped the run and is no outcome.
        """
        job = self._job
        assert job is not None
        try:
            found = self.connection.recv()
        except (EOFError, ConnectionError):
            self._process.join(_PATIENCE)
            return job, Outcome(
                Ending.KILLED,
                f"the process of {job.name} was ended (exit code {self._process.exitcode}); "
                "the same command goes on from its last checkpoint",
            )
        if isinstance(found, Exception):
            raise found
        return job, found

    def dismiss(self, *, at_once: bool = False) -> None:
        """Ends the process: after its run, or in the middle of it."""
        self.connection.close()
        if at_once:
            self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()


def _serve(connection: Connection, folder: Path) -> None:
    """The life of a worker: it ends when nobody holds the other end of the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    torch.set_num_threads(1)
    while True:
        try:
            job = connection.recv()
        except EOFError:
            return
        try:
            answer: Outcome | Exception = run_job(job, folder)
        except Exception as error:  # told by the process that started this one
            error.add_note(traceback.format_exc())
            answer = error
        connection.send(answer)
