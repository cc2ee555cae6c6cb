"""Tables of many languages: what is solvable, and what trained networks make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from monoscan.automata import all_languages, get_language
from monoscan.errors import BadInput, check_number
from monoscan.face.architectures import all_asked
from monoscan.face.layers import layers_named
from monoscan.face.needed import need_models
from monoscan.face.sources import language as as_language
from monoscan.face.words import read_semantics
from monoscan.registry import compact, nearest
from monoscan.theory.lemmas.obstruction import Depth, check_depth

if TYPE_CHECKING:
    from monoscan.models.sweep.quick import Column
    from monoscan.report.ablations import Ablations
    from monoscan.report.confrontation import Confrontation
    from monoscan.report.dynamics import Dynamics
    from monoscan.report.runs import Runs
    from monoscan.report.solvability import Solvability
    from monoscan.tables import Table
    from monoscan.theory.windows import Windows

MAX_STATES = 5_000
DEPTHS: tuple[Depth, ...] = (1, 2, "any")


def solvability(
    languages: Iterable[str] = (),
    architectures: object = None,
    folder: str | PathLike[str] | None = None,
    *,
    depths: Iterable[Depth] = DEPTHS,
    semantics: str = "exact",
    max_states: int = MAX_STATES,
    own: Mapping[str, object] | None = None,
    processes: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Solvability:
    """Which classes recognise which languages with how many layers, every answer checked.

    Args:
        languages: ids; none for all, unless there are some of one's own.
        architectures: as `predict` takes them.
        folder: where the certificates go and stay; None: they are not kept.
        depths: numbers of layers, or ``any``.
        semantics: ``exact``, ``threshold``, or ``rounded`` for some number format that
            saturates.
        max_states: the most joint states of a network with the automaton.
        own: languages as `language` takes them, each under the name of its row.
        processes: how many languages are worked on at a time.
        progress: told each language that is finished.

    Raises:
        UnknownId: if there is no such language.
        NamingError: if there is no such architecture.
        BadValue: if depth, semantics or a limit is out of range.
        OSError: if a certificate cannot be written.

    >>> import monoscan as ms
    >>> ms.solvability(["parity"], "deltanet, as released").table().rows
    (('parity', 'no'),)
    """
    from monoscan.report.solvability import solvability as solve

    known = [entry.id for entry in all_languages()]
    given = {name: as_language(language).automaton for name, language in (own or {}).items()}
    chosen = [*(_id(name, known) for name in languages), *given] or known
    asked = all_asked(architectures)
    layers = tuple(depths)
    for depth in layers:
        check_depth(depth)
    semantics = read_semantics(semantics)
    check_number("max_states", max_states, 1)
    check_number("processes", processes, 1)
    names: dict[tuple[str, Windows], tuple[str, ...]] = {}
    for entry in asked:
        key = entry.model_class.id, entry.windows
        names[key] = (*names.get(key, ()), str(entry))
    with _folder(folder) as directory:
        found = solve(
            chosen,
            [model_class for model_class, _ in names],
            directory,
            own=given,
            windows=[windows for _, windows in names],
            depths=layers,
            semantics=semantics,
            max_states=max_states,
            processes=processes,
            progress=progress,
        )
    return replace(found, names=tuple(names.values()))


def confront(
    languages: Sequence[str] = (),
    layers: Sequence[str] = (),
    *,
    seeds: int = 3,
    steps: int | None = None,
    semantics: str = "exact",
    runs: str | PathLike[str] = "runs",
    certificates: str | PathLike[str] = "certificates",
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Confrontation:
    """Predictions for one layer beside networks that are trained for the purpose.

    Args:
        languages: of the quick protocol; none for all.
        layers: titles of its columns, layers or architectures; none for all.
        seeds: how many.
        steps: of every run; None: those of the protocol.
        semantics: of the predictions.
        runs: folder of the runs; what is there is not trained again.
        certificates: folder of the certificates.
        workers: how many processes train.
        progress: told what is being done.

    Raises:
        NotInstalled: if torch is not installed.
        BadInput: if a name is of no row or column, or a number is out of range.
        OSError: if a file cannot be written.
    """
    need_models("the table of trained networks")
    from monoscan.models.sweep.quick import COLUMNS, ROWS, Recipe
    from monoscan.report.confrontation import confront as confront_all

    _check_known(languages, [row.language for row in ROWS], "row of the quick table")
    chosen = {title for name in layers for title in _titles(name, COLUMNS)}
    semantics = read_semantics(semantics)
    return confront_all(
        [row for row in ROWS if not languages or row.language in languages],
        [column for column in COLUMNS if not layers or column.title in chosen],
        range(check_number("seeds", seeds, 1)),
        runs=Path(runs),
        certificates=Path(certificates),
        recipe=Recipe().with_steps(steps and check_number("steps", steps, 1)),
        semantics=semantics,
        workers=check_number("workers", workers, 1),
        progress=progress,
    )


def ablate(
    languages: Sequence[str] = (),
    changes: Sequence[str] = (),
    *,
    seeds: int = 3,
    steps: int | None = None,
    runs: str | PathLike[str] = "runs",
    workers: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Ablations:
    """The recipe of training with one change at a time.

    Args:
        languages: columns of the table; none for all.
        changes: rows of the table; none for all.
        seeds: how many.
        steps: of every run; None: those of the protocol.
        runs: folder of the runs; what is there is not trained again.
        workers: how many processes train.
        progress: told what is being done.

    Raises:
        NotInstalled: if torch is not installed.
        BadInput: if a name is of no row or column, or a number is out of range.
        OSError: if a file cannot be written.
    """
    need_models("the table of ablations")
    from monoscan.models.sweep.ablations import CHANGES, TASKS
    from monoscan.report.ablations import ablate as train_ablations

    _check_known(languages, [row.language for row, _ in TASKS], "column of the ablations")
    _check_known(changes, [change.name for change in CHANGES], "row of the ablations")
    return train_ablations(
        [change for change in CHANGES if not changes or change.name in changes],
        [task for task in TASKS if not languages or task[0].language in languages],
        range(check_number("seeds", seeds, 1)),
        runs=Path(runs),
        steps=steps and check_number("steps", steps, 1),
        workers=check_number("workers", workers, 1),
        progress=progress,
    )


def runs_of(folder: str | PathLike[str], languages: Sequence[str] = ()) -> Runs:
    """The stored runs of a folder.

    Args:
        folder: of the runs.
        languages: of the runs; none for all.

    Raises:
        NotInstalled: if torch is not installed.
        BadInput: if there are no such runs.
        OSError: if the file of results cannot be opened.
    """
    need_models("the table of runs")
    from monoscan.report.runs import stored_runs

    found = stored_runs(Path(folder))
    known = list(dict.fromkeys(run.config.language for run in found.runs))
    _check_known(languages, known, "language of these runs")
    chosen = [run for run in found.runs if not languages or run.config.language in languages]
    return replace(found, runs=tuple(chosen))


def learned_automata(
    folder: str | PathLike[str],
    languages: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Table:
    """The automata that the stored runs of a folder have learned.

    Args:
        folder: of the runs.
        languages: of the runs; none for all.
        progress: told what is being done.

    Raises:
        NotInstalled: if torch or AALpy is not installed.
        BadInput: if there are no such runs, or a network cannot be read.
        OSError: if the file of results cannot be opened.
    """
    need_models("the table of learned automata", "aalpy")
    from monoscan.report.learned_automata import learned_table

    return learned_table(runs_of(folder, languages).runs, Path(folder), progress)


def dynamics() -> Dynamics:
    """Learning curves of a linear state-space model beside their closed form.

    Raises:
        NotInstalled: if torch is not installed.
    """
    need_models("the table of learning curves")
    from monoscan.report.dynamics import dynamics as train_linear_models

    return train_linear_models()


def published(folder: str | PathLike[str]) -> Table:
    """Published results of training, and the stored runs of a folder beside them.

    Args:
        folder: of the runs; it may be absent.

    Raises:
        NotInstalled: if torch is not installed.
        OSError: if the file of results cannot be opened.
    """
    need_models("the table of published results")
    from monoscan.models.sweep import ResultStore
    from monoscan.report.published import published_table

    store = ResultStore(Path(folder))
    if Path(folder).is_dir():
        store.read_in()
    return published_table(list(store.runs()), Path(folder))


@contextmanager
def _folder(folder: str | PathLike[str] | None) -> Iterator[Path]:
    if folder is not None:
        yield Path(folder)
        return
    with TemporaryDirectory() as made:
        yield Path(made)


def _id(name: str, known: Sequence[str]) -> str:
    """The id of a language; families and rules have more members than are listed."""
    return name if name in known else get_language(name).id


def _titles(name: str, columns: Sequence[Column]) -> list[str]:
    """The titles of the columns that a name means."""
    titles = [column.title for column in columns]
    wanted = compact(name)
    found = [title for title in titles if wanted in map(compact, (title, title.split(" ")[0]))]
    found = found or [title for title in layers_named(name, window=1) if title in titles]
    if not found and any(title in titles for title in layers_named(name)):
        raise BadInput(
            f"the networks of the quick table see one letter at a time, and {name} sees more; "
            "name a variant without convolution, such as 'mamba, no convolution'"
        )
    if not found:
        raise BadInput(
            f"{name} is no column of the quick table; expected one of {', '.join(titles)}"
        )
    return found


def _check_known(names: Sequence[str], known: Sequence[str], what: str) -> None:
    for name in names:
        if name not in known:
            near = nearest(name, known)[:1]
            hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
            raise BadInput(f"{name} is no {what}; {hint}")
