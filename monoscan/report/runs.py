"""The stored runs as a table, a row a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, final

from monoscan.errors import BadInput
from monoscan.proofs_check.verify_prediction import counted
from monoscan.report.seeds import show_share
from monoscan.tables import Column, Records, Table

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.sweep import StoredRun
    from monoscan.report.figures import Drawing


@final
@dataclass(frozen=True)
class Runs:
    """Stored runs.

    Attributes:
        folder: where they are.
        runs: by language, layer, depth and seed.
        unread: folders that earlier versions left and that cannot be read.
    """

    folder: Path
    runs: tuple[StoredRun, ...]
    unread: tuple[str, ...] = ()

    def table(self) -> Table:
        """A row a run; CSV and JSON lines hold the whole configuration."""
        from monoscan.models.sweep.store import STORE_FILE, flat

        found = [flat(run) for run in self.runs]
        columns = [Column(title, "right" if title in _NUMBERS else "left") for title in _TITLES]
        return Table(
            tuple(columns),
            tuple(map(_row, found)),
            notes=(
                f"{counted(len(found), 'run')} in {self.folder / STORE_FILE}",
                "words right: share of random words without an error at the greatest test length",
                "failing: length of the shortest failing word found, >: none up to that length",
                *(f"left out, for it cannot be read: {name}" for name in self.unread),
            ),
            records=Records(tuple(found[0]), tuple(tuple(one.values()) for one in found)),
            value={"runs": found},
        )

    def draw(self) -> Drawing:
        """Their learning curves, a line each; the seeds of a layer are drawn alike.

        Raises:
            BadInput: if none has one, or there are more layers than can be told apart.
        """
        from monoscan.models.sweep.store import flat
        from monoscan.report.figures import draw_curves

        rows = [_row(flat(run)) for run in self.runs]
        names = [f"{row[0]}, {row[1]}" + f"; {row[2]} layers" * (row[2] != "1") for row in rows]
        curves = [run.outcome.curve for run in self.runs]
        return draw_curves(list(zip(names, curves, strict=True)))


_TITLES: Final = ("language", "layer", "depth", "seed", "ending", "words right", "failing", "run")
_NUMBERS: Final = ("depth", "seed", "words right", "failing")


def stored_runs(folder: Path) -> Runs:
    """The runs of a folder.

    Raises:
        BadInput: if there are none.
        OSError: if the file of results cannot be opened.
    """
    from monoscan.models.sweep import ResultStore

    store = ResultStore(folder)
    unread = store.read_in()[1] if folder.is_dir() else []
    runs = tuple(store.runs())
    if not runs:
        raise BadInput(
            f"there are no results of runs in {folder}; monoscan sweep quick --runs {folder} makes "
            "some"
        )
    return Runs(folder, runs, tuple(unread))


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
