"""The stored runs as a table, a row a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from monoscan.errors import BadInput
from monoscan.proofs_check.verify_prediction import counted
from monoscan.report.seeds import show_share
from monoscan.tables import Column, Records, Table

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.sweep import StoredRun


def stored_runs(folder: Path) -> tuple[list[StoredRun], list[str]]:
    """The runs of a folder, and what cannot be read of those that earlier versions left.

    Raises:
        BadInput: if there are none.
        OSError: if the file of results cannot be opened.
    """
    from monoscan.models.sweep import ResultStore

    store = ResultStore(folder)
    unread = store.read_in()[1] if folder.is_dir() else []
    runs = list(store.runs())
    if not runs:
        raise BadInput(
            f"there are no results of runs in {folder}; monoscan sweep quick --runs {folder} makes "
            "some"
        )
    return runs, unread


def runs_table(runs: Sequence[StoredRun], folder: Path, unread: Sequence[str] = ()) -> Table:
    """A row a run; CSV and JSON lines hold the whole configuration."""
    from monoscan.models.sweep.store import STORE_FILE, flat

    found = [flat(run) for run in runs]
    titles = ("language", "layer", "depth", "seed", "ending", "words right", "failing", "run")
    columns = [Column(t, "right" if t in titles[2:4] + titles[5:7] else "left") for t in titles]
    return Table(
        tuple(columns),
        tuple(map(_row, found)),
        notes=(
            f"{counted(len(found), 'run')} in {folder / STORE_FILE}",
            "words right: share of random words without an error at the greatest test length",
            "failing: length of the shortest failing word found, >: none up to that length",
            *(f"left out, for it cannot be read: {name}" for name in unread),
        ),
        records=Records(tuple(found[0]), tuple(tuple(one.values()) for one in found)),
        value={"runs": found},
    )


def _row(run: dict[str, object]) -> tuple[str, ...]:
    name = str(run["layer"]) if run["n_h"] == 1 else f"{run['layer']}-{run['n_h']}"
    share, failing, most = run["words_right"], run["worst_failing"], run["searched_to"]
    return (
        str(run["language"]),
        f"{name} {run['range']}",
        str(run["depth"]),
        str(run["seed"]),
        str(run["ending"]),
        show_share(share if isinstance(share, float) else None),
        "-" if most is None else f">{most}" if failing is None else str(failing),
        str(run["run"]),
    )
