"""The results of runs in one SQLite file, which lies in the folder of the runs.

A record is written by one transaction, so that a process that is killed, a second process at the
same time and a full disk leave whole records only.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, final

from monoscan.errors import BadInput
from monoscan.models.errors import ConfigError
from monoscan.models.sweep.outcome import Outcome, outcome_from_json
from monoscan.models.train_config import RunConfig, run_config_from_json

STORE_FILE: Final = "results.sqlite"
SCHEMA: Final = 1
_WAIT = 60.0  # seconds for another process to finish its record
_CREATE: Final = """
CREATE TABLE records (
    digest TEXT PRIMARY KEY, -- of the configuration; the folder of the run is named so
    language TEXT NOT NULL,
    layer TEXT NOT NULL,
    eigenvalues TEXT NOT NULL, -- the range of a factor
    depth INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    device TEXT NOT NULL,
    ending TEXT NOT NULL,
    processor_seconds REAL NOT NULL, -- of training
    finished TEXT NOT NULL, -- time, UTC
    config TEXT NOT NULL, -- JSON: everything that decides the result
    outcome TEXT NOT NULL -- JSON: results by length, failing word, curve, versions, commit
)
"""
_ERRNO: Final = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_BUSY: errno.EBUSY,
    sqlite3.SQLITE_LOCKED: errno.EBUSY,
}


@final
@dataclass(frozen=True)
class StoredRun:
    """A record.

    Attributes:
        digest: names the folder of the run.
        config: everything that decides the result.
        outcome: what came out.
        finished: when, as ISO 8601, UTC.
    """

    digest: str
    config: RunConfig
    outcome: Outcome
    finished: str


@final
class ResultStore:
    """The results of a folder of runs; each call opens the file and closes it.

    Args:
        folder: of the runs; made with the file by the first record.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     list(ResultStore(Path(folder)).runs())
    []
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / STORE_FILE

    def put(self, digest: str, config: RunConfig, outcome: Outcome) -> None:
        """Writes a record in the place of an earlier one of the same configuration.

        Raises:
            OSError: if it cannot be written.
            BadInput: if the file is none of ours.
        """
        layer = config.model.layer
        name = layer.layer if layer.n_h == 1 else f"{layer.layer}-{layer.n_h}"
        row = (
            digest,
            config.language,
            name,
            layer.range,
            config.model.depth,
            config.training.seed,
            config.training.device,
            outcome.ending.value,
            outcome.processor_seconds,
            datetime.now(UTC).isoformat(timespec="seconds"),
            config.to_json(),
            outcome.to_json(),
        )
        with self._opened() as connection:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT OR REPLACE INTO records VALUES ({marks})", row)

    def outcome(self, digest: str) -> Outcome | None:
        """The outcome of a run; None if there is none that can be read."""
        if not self.path.exists():
            return None
        with self._opened() as connection:
            found = connection.execute(
                "SELECT outcome FROM records WHERE digest = ?", (digest,)
            ).fetchone()
        try:
            return outcome_from_json(found[0]) if found else None
        except ValueError:
            return None

    def runs(self) -> Iterator[StoredRun]:
        """All records, by language, layer, depth and seed.

        Raises:
            BadInput: if a record cannot be read.
        """
        if not self.path.exists():
            return
        with self._opened() as connection:
            rows = connection.execute(
                "SELECT digest, config, outcome, finished FROM records "
                "ORDER BY language, layer, eigenvalues, depth, seed, digest"
            ).fetchall()
        for digest, config, outcome, finished in rows:
            try:
                yield StoredRun(
                    digest, run_config_from_json(config), outcome_from_json(outcome), finished
                )
            except (ValueError, ConfigError) as error:
                raise BadInput(
                    f"{self.path}: the record {digest} cannot be read ({error}); delete it with "
                    f"sqlite3, and the next sweep makes it again"
                ) from None

    def read_in(self) -> tuple[int, list[str]]:
        """Takes up the runs that earlier versions kept as `outcome.json` in their folders.

        Returns:
            How many were new, and the folders that cannot be read.
        """
        known = {run.digest for run in self.runs()}
        count, unread = 0, []
        for path in sorted(self.path.parent.glob("*/outcome.json")):
            if path.parent.name in known:
                continue
            try:
                config = run_config_from_json(
                    (path.parent / "config.json").read_text(encoding="utf-8")
                )
                outcome = outcome_from_json(path.read_text(encoding="utf-8"))
            except (OSError, ValueError, ConfigError):
                unread.append(str(path.parent))
                continue
            self.put(path.parent.name, config, outcome)
            count += 1
        return count, unread

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, in one transaction."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None)
            try:
                connection.execute("BEGIN IMMEDIATE")
                self._check_schema(connection)
                yield connection
                connection.execute("COMMIT")
            finally:
                connection.close()  # rolls back what was not committed
        except sqlite3.DatabaseError as error:
            code = _ERRNO.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
            if code is not None:
                raise OSError(code, str(error), str(self.path)) from error
            raise BadInput(
                f"{self.path} is no file of results ({error}); move it away, and the runs are read "
                "anew from their folders"
            ) from None

    def _check_schema(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0 and not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            connection.execute(_CREATE)
            connection.execute(f"PRAGMA user_version = {SCHEMA}")
        elif version != SCHEMA:
            raise BadInput(
                f"{self.path} has the schema {version}; this monoscan reads schema {SCHEMA}: use "
                "the version that wrote it, or move the file away"
            )


def flat(run: StoredRun) -> dict[str, object]:
    """A record as one row of numbers and words, for CSV and JSON lines."""
    config, outcome = run.config, run.outcome
    layer, worst = config.model.layer, outcome.worst
    longest = outcome.results[-1] if outcome.results else None
    return {
        "run": run.digest,
        "language": config.language,
        "layer": layer.layer,
        "n_h": layer.n_h,
        "range": layer.range,
        "parametrisation": layer.parametrisation,
        "additive_input": layer.additive_input,
        "convolution": config.model.convolution,
        "width": layer.width,
        "heads": layer.heads,
        "depth": config.model.depth,
        "seed": config.training.seed,
        "steps": config.training.steps,
        "max_length": config.training.max_length,
        "law": config.training.law,
        "device": config.training.device,
        "ending": outcome.ending.value,
        "message": outcome.message,
        "steps_made": outcome.steps,
        "trained_length": outcome.trained_length,
        "test_length": longest.length if longest else None,
        "words_right": longest.sequence_accuracy.value if longest else None,
        "answers_right": longest.token_accuracy.value if longest else None,
        "worst_failing": worst.length if worst else None,
        "searched_to": worst.plan.length if worst else None,
        "processor_seconds": round(outcome.processor_seconds, 3),
        "finished": run.finished,
        **{f"made_with_{name}": value for name, value in sorted(outcome.made_with.items())},
        "config": json.loads(config.to_json()),
    }
