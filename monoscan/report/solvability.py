"""The solvability table: languages, model classes, depths; each answer with its certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, final
from urllib.parse import quote

from monoscan.automata import Automaton, get_language
from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.verify_prediction import (
    CheckedPrediction,
    check_predictions,
    show_evidence,
)
from monoscan.tables import Table, written
from monoscan.theory.lemmas import Depth, Obstruction
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Citation, ProvedNetwork, Question, Verdict
from monoscan.theory.windows import NO_DELAYS, Windows

if TYPE_CHECKING:
    from monoscan.report.figures import Drawing

DEPTHS: tuple[Depth, ...] = (1, 2, "any")


@final
@dataclass(frozen=True)
class Answer:
    """One answer of the table, as it is printed.

    Attributes:
        language: id.
        model_class: id.
        depth: number of layers, or `any`.
        semantics: name of the arithmetic.
        verdict: a verdict, or `failed` if the checker rejected the certificate.
        evidence: id of the construction, name of the lemma, the theorem that is cited, or what is
            missing.
        witness: for an obstruction, what the language does; empty otherwise.
        layers: of the network that was constructed, or that the cited theorem speaks of; None if
            there is none.
        certificate: its file; empty if there is none.
        is_cited: whether the answer rests on a published theorem alone.
        every_length: of an open range, whether some network is right up to any given length.
        window_a: how many letters A sees.
        window_b: how many letters B sees.
        unless: what would have to be true for the cited theorem to say nothing; mostly empty.
    """

    language: str
    model_class: str
    depth: Depth
    semantics: str
    verdict: str
    evidence: str
    witness: str
    layers: int | None
    certificate: str
    is_cited: bool = False
    every_length: bool = False
    window_a: int = 1
    window_b: int = 1
    unless: str = ""


@final
@dataclass(frozen=True)
class Cell:
    """What is known of one language and one class, all depths together.

    Attributes:
        language: id.
        model_class: id.
        answers: one a depth, in the order of the table.
    """

    language: str
    model_class: str
    answers: tuple[Answer, ...]

    @property
    def symbol(self) -> str:
        """The cell in a few characters.

        `2`: two layers suffice and one does not; `<=3`: three suffice, and whether fewer do is
        unknown; `no`: no number of layers suffices; `>1`: one layer does not, the rest is unknown;
        `?`: unknown; `!`: the checker rejected a certificate. A `+` follows what is said of all
        lengths where some network of the open range is right up to any given length: `no+`, `?+`.
        A `*` follows what rests on a published theorem that nothing here has checked: `<=4*`,
        `no*`; `yes*`: some number of layers suffices.
        """
        if any(answer.verdict == FAILED for answer in self.answers):
            return "!"
        checked = _symbol([answer for answer in self.answers if not answer.is_cited])
        cited = _symbol([answer for answer in self.answers if answer.is_cited])
        if (
            cited.rstrip("+") == "?"
            or checked in ("no", "no+")
            or checked.removeprefix("<=").isdecimal()
        ):
            return checked
        return f"{cited}*" if checked == "?" else f"{checked} {cited}*"


def _symbol(answers: Sequence[Answer]) -> str:
    layers = [answer.layers for answer in answers if answer.layers is not None]
    impossible = [a.depth for a in answers if a.verdict == Verdict.NOT_EXPRESSIBLE]
    excluded = max((depth for depth in impossible if isinstance(depth, int)), default=0)
    if layers:
        least = min(layers)
        return str(least) if least == excluded + 1 else f"<={least}"
    if any(answer.verdict == Verdict.EXPRESSIBLE for answer in answers):
        return "yes"
    nearly = "+" if any(a.depth == "any" and a.every_length for a in answers) else ""
    if "any" in impossible:
        return f"no{nearly}"
    return f">{excluded}{nearly}" if excluded else f"?{nearly}"


@final
@dataclass(frozen=True, repr=False)
class Solvability:
    """The table.

    Attributes:
        languages: ids, one a row.
        classes: ids, one a column.
        windows: for each column how many letters A and B see.
        depths: the depths that were asked for.
        cells: row by row.
        names: for each column the names of architectures that were asked for instead; empty if
            classes were.
    """

    languages: tuple[str, ...]
    classes: tuple[str, ...]
    depths: tuple[Depth, ...]
    cells: tuple[tuple[Cell, ...], ...]
    windows: tuple[Windows, ...]
    names: tuple[tuple[str, ...], ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """What each column is called: the names that were asked for, or the id of its class."""
        return tuple("; ".join(names) for names in self.names) or self.classes

    @property
    def answers(self) -> Iterator[Answer]:
        """Every answer, row by row."""
        return (answer for row in self.cells for cell in row for answer in cell.answers)

    @property
    def is_confirmed(self) -> bool:
        """Whether the checker rejected no certificate."""
        return all(answer.verdict != FAILED for answer in self.answers)

    def table(self) -> Table:
        """The table, ready to be written."""
        from monoscan.report.solvability_table import solvability_table

        return solvability_table(self)

    def draw(self) -> Drawing:
        """The table as a coloured matrix.

        Raises:
            PictureRefused: if there is more than is legible.
        """
        from monoscan.report.figures import draw_matrix

        rows = [
            (language, [cell.symbol for cell in row])
            for language, row in zip(self.languages, self.cells, strict=True)
        ]
        return draw_matrix("what is solvable", rows, self.titles)

    def __repr__(self) -> str:
        return written(self.table(), "text").rstrip("\n")

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def solvability(
    languages: Sequence[str],
    classes: Sequence[str],
    directory: Path,
    *,
    own: Mapping[str, Automaton] | None = None,
    windows: Sequence[Windows] = (),
    depths: Sequence[Depth] = DEPTHS,
    semantics: str = "exact",
    max_states: int = 5_000,
    processes: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Solvability:
    """Predicts every cell and has every certificate checked.

    Args:
        languages: zoo ids, or names of `own`.
        classes: ids of model classes.
        directory: where certificate files go, a folder a language.
        own: languages that the zoo does not have, by their names.
        windows: for each class how many letters A and B see; by default one letter.
        depths: numbers of layers, or `any`.
        semantics: `exact` or `op-round`.
        max_states: budget of joint states of one network.
        processes: how many languages are worked on at a time.
        progress: called with each language that is finished.

    Raises:
        OSError: if a file cannot be written.
    """
    seen = tuple(windows) or (NO_DELAYS,) * len(classes)
    columns = tuple(zip(classes, seen, strict=True))
    build = partial(_built, own or {})
    work = partial(_row, columns, tuple(depths), semantics, max_states, directory, build)
    # A large language at the end would keep one process busy while the others wait.
    sizes = {name: build(name).table.size for name in languages}
    ordered = sorted(sizes, key=sizes.__getitem__, reverse=True)
    rows: dict[str, tuple[Cell, ...]] = {}
    for language, row in _finished(work, ordered, processes):
        rows[language] = row
        progress(f"{len(rows)}/{len(ordered)} {language}")
    found = tuple(rows[language] for language in languages)
    return Solvability(tuple(languages), tuple(classes), tuple(depths), found, seen)


def _built(own: Mapping[str, Automaton], language: str) -> Automaton:
    return own[language] if language in own else get_language(language).build()


def _finished(
    work: Callable[[str], tuple[Cell, ...]], languages: Sequence[str], processes: int
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """The rows of all languages, each as soon as it is there."""
    if processes == 1:
        yield from ((language, work(language)) for language in languages)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        started = {pool.submit(work, language): language for language in languages}
        for future in as_completed(started):
            yield started[future], future.result()


def _row(
    columns: tuple[tuple[str, Windows], ...],
    depths: tuple[Depth, ...],
    semantics: str,
    max_states: int,
    directory: Path,
    build: Callable[[str], Automaton],
    language: str,
) -> tuple[Cell, ...]:
    predictor = Predictor(build(language), max_states)
    questions = [
        Question(get_model_class(model_class), depth, semantics, windows)
        for model_class, windows in columns
        for depth in depths
    ]
    # A language by rules may have a slash among its letters.
    folder = directory / quote(language, safe="")
    checked = check_predictions(map(predictor.predict, questions), folder)
    answers = [_answer(language, found) for found in checked]
    return tuple(
        Cell(language, model_class, tuple(answers[start : start + len(depths)]))
        for (model_class, _), start in zip(
            columns, range(0, len(answers), len(depths)), strict=True
        )
    )


def _answer(language: str, checked: CheckedPrediction) -> Answer:
    question, evidence = checked.found.prediction.question, checked.found.prediction.evidence
    name, witness, layers = show_evidence(checked), "", None
    if checked.status == Verdict.EXPRESSIBLE and isinstance(evidence, ProvedNetwork):
        name, layers = evidence.construction.id, evidence.depth
    elif isinstance(evidence, Obstruction):
        name, witness = evidence.lemma, evidence.reason
    elif isinstance(evidence, Citation):
        name, layers = evidence.source, evidence.layers
    return Answer(
        language,
        question.model_class.id,
        question.depth,
        question.semantics,
        checked.status,
        name,
        witness,
        layers,
        ", ".join(map(str, checked.paths)),
        isinstance(evidence, Citation),
        checked.found.prediction.every_length,
        *question.windows,
        evidence.unless if isinstance(evidence, Citation) else "",
    )
