"""The runs of a sweep on a cluster of Ray.

Each run is a task in a process of some machine, which trains into the folder of the runs; so that
folder must be one that all machines see. Only the process that started the sweep writes records.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, final
from uuid import uuid4

from monoscan.errors import BadInput, NotInstalled
from monoscan.models.sweep.job import Job, attempt, keep
from monoscan.models.sweep.outcome import Ending, Outcome
from monoscan.models.threads import using_threads

_RAY: Final = "ray"  # an extra: by its name, for type checkers do not find it everywhere
RETRIES: Final = 3
"""How often a run is begun again, from its last checkpoint, if its process or machine is lost."""

_AHEAD: Final = 2  # tasks more than there is room for, so that a cluster that grows by demand does
_POLL: Final = 2.0  # seconds between looks at the head of the cluster
_LOOKS: Final = 3  # at a head that does not answer, before it is given up


@final
@dataclass(frozen=True)
class RayCluster:
    """A cluster.

    Attributes:
        address: `HOST:PORT` of its head; empty: the one that RAY_ADDRESS names, or a new one on
            this machine.
    """

    address: str = ""

    def check(self) -> None:
        """Refuses what cannot be reached, before anything runs.

        Raises:
            NotInstalled: if Ray is not installed.
            BadInput: if nothing answers at the address.
        """
        if find_spec(_RAY) is None:
            raise NotInstalled(
                "the engine ray needs Ray; install it with pip install 'monoscan[ray]' here and on "
                "each machine of the cluster"
            )
        address = self._address()
        if ":" in address and "://" not in address and not _answers(address):
            raise BadInput(
                f"no head of a Ray cluster answers at {address}; expected HOST:PORT as `ray start "
                "--head` prints it; without --address the runs are done on this machine"
            )

    def _address(self) -> str:
        return self.address or os.environ.get("RAY_ADDRESS", "")

    def run(
        self, jobs: Sequence[Job], folder: Path, started: Callable[[Job], None]
    ) -> Iterator[tuple[Job, Outcome]]:
        """Does the runs, in any order.

        Args:
            jobs: No two of one configuration.
            folder: Of the runs; all machines see it.
            started: Called with each run that is given to the cluster.

        Raises:
            BadInput: If the cluster goes away, or a machine does not see the folder.
        """
        ray = import_module(_RAY)
        folder = folder.resolve()
        waiting, running = list(reversed(jobs)), dict[Any, Job]()
        with self._connected(), _token(folder) as token:
            head = ray.get_runtime_context().gcs_address
            task = ray.remote(max_retries=RETRIES)(_there)
            silent = 0
            while waiting or running:
                room = int(ray.cluster_resources().get("CPU", 0)) + _AHEAD if not silent else 0
                while waiting and len(running) < room:
                    job = waiting.pop()
                    gpus = int(job.config.training.device.startswith("cuda"))
                    options = task.options(num_cpus=1, num_gpus=gpus, name=job.name)
                    running[options.remote(job, str(folder), token)] = job
                    started(job)
                ended, _ = ray.wait(list(running), timeout=_POLL)
                silent = 0 if ended or _answers(head) else silent + 1
                if silent == _LOOKS:
                    left = len(waiting) + len(running)
                    raise BadInput(
                        f"the Ray cluster at {head} went away; {len(jobs) - left} of {len(jobs)} "
                        "runs are done and stored: the same command goes on with the others"
                    )
                for reference in ended:
                    job = running.pop(reference)
                    outcome = _outcome(job, reference)
                    keep(job, folder, outcome)
                    yield job, outcome

    @contextmanager
    def _connected(self) -> Iterator[None]:
        ray = import_module(_RAY)
        if ray.is_initialized():  # by who called us
            yield
            return
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        try:
            ray.init(
                self._address() or "local", log_to_driver=False, logging_level="ERROR",
                configure_logging=False,
            )  # fmt: skip
        except (ConnectionError, ValueError, RuntimeError, SystemExit) as error:
            raise BadInput(f"no connection to the Ray cluster {self._address()}: {error}") from None
        try:
            yield
        finally:
            ray.shutdown()


def _there(job: Job, folder: str, token: str) -> Outcome:
    """A run, in a process of some machine."""
    if not (Path(folder) / token).exists():
        raise BadInput(
            f"the machine {socket.gethostname()} does not see {folder}; give a folder that all "
            "machines of the cluster see with --runs"
        )
    with using_threads(1):
        return attempt(job, Path(folder))


def _outcome(job: Job, reference: Any) -> Outcome:
    ray = import_module(_RAY)
    try:
        found = ray.get(reference)
    except ray.exceptions.RayTaskError as error:  # what the run raised, as on this machine
        raise error.cause from None
    except ray.exceptions.RayError as error:
        said = str(error).strip().splitlines()[0]
        return Outcome(
            Ending.KILLED,
            f"{job.name} was lost {RETRIES + 1} times ({said}); the same command goes on from its "
            "last checkpoint",
        )
    assert isinstance(found, Outcome)
    return found


@contextmanager
def _token(folder: Path) -> Iterator[str]:
    """The name of a file in the folder, by which a machine knows that it is the same folder."""
    path = folder / f".seen-by-all-{uuid4().hex}"
    folder.mkdir(parents=True, exist_ok=True)
    path.touch()
    try:
        yield path.name
    finally:
        path.unlink(missing_ok=True)


def _answers(address: str) -> bool:
    """Whether somebody listens at HOST:PORT."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=_POLL):
            return True
    except (OSError, ValueError, OverflowError):
        return False
