"""The solvability table: languages, model classes, depths; each answer with its certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import final

from monoscan.automata import get_language
from monoscan.proofs_check.verify_prediction import CheckedPrediction, check_predictions
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.obstructions import Depth
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import ProvedNetwork, Question, Verdict

DEPTHS: tuple[Depth, ...] = (1, 2, "any")


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
    answers: tuple[CheckedPrediction, ...]

    @property
    def symbol(self) -> str:
        """The cell in a few characters.

        `2`: two layers suffice and one does not; `<=3`: three suffice, and whether fewer do is
        unknown; `no`: no number of layers suffices; `>1`: one layer does not, the rest is unknown;
        `?`: unknown; `!`: the checker rejected a certificate.
        """
        if any(answer.status == "failed" for answer in self.answers):
            return "!"
        layers = [_layers(answer) for answer in self.answers]
        least = min((count for count in layers if count is not None), default=None)
        excluded = self._excluded()
        if least is not None:
            return str(least) if least == excluded + 1 else f"<={least}"
        if self._is_impossible():
            return "no"
        return f">{excluded}" if excluded else "?"

    def _excluded(self) -> int:
        """The largest number of layers that does not suffice; 0 if none is known not to."""
        found = [
            answer.prediction.question.depth
            for answer in self.answers
            if answer.status == Verdict.NOT_EXPRESSIBLE
        ]
        return max((depth for depth in found if depth != "any"), default=0)

    def _is_impossible(self) -> bool:
        return any(
            answer.status == Verdict.NOT_EXPRESSIBLE and answer.prediction.question.depth == "any"
            for answer in self.answers
        )


def _layers(answer: CheckedPrediction) -> int | None:
    evidence = answer.prediction.evidence
    if answer.status != Verdict.EXPRESSIBLE or not isinstance(evidence, ProvedNetwork):
        return None
    return evidence.depth


@final
@dataclass(frozen=True)
class Solvability:
    """The table.

    Attributes:
        languages: ids, one a row.
        classes: ids, one a column.
        depths: the depths that were asked for.
        cells: row by row.
    """

    languages: tuple[str, ...]
    classes: tuple[str, ...]
    depths: tuple[Depth, ...]
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def answers(self) -> Iterator[tuple[str, CheckedPrediction]]:
        """Every answer with its language."""
        return ((cell.language, a) for row in self.cells for cell in row for a in cell.answers)

    @property
    def is_confirmed(self) -> bool:
        """Whether the checker rejected no certificate."""
        return all(answer.status != "failed" for _, answer in self.answers)


def solvability(
    languages: Sequence[str],
    classes: Sequence[str],
    directory: Path,
    *,
    depths: Sequence[Depth] = DEPTHS,
    semantics: str = "exact",
    max_states: int = 5_000,
    processes: int = 1,
    progress: Callable[[str], None] = lambda _: None,
) -> Solvability:
    """Predicts every cell and has every certificate checked.

    Args:
        languages: zoo ids.
        classes: ids of model classes.
        directory: where certificate files go, a folder a language.
        depths: numbers of layers, or `any`.
        semantics: `exact` or `op-round`.
        max_states: budget of joint states of one network.
        processes: how many languages are worked on at a time.
        progress: called with each language that is finished.

    Raises:
        OSError: if a file cannot be written.
    """
    work = partial(_row, tuple(classes), tuple(depths), semantics, max_states, directory)
    rows: list[tuple[Cell, ...]] = []
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        results = map(work, languages) if processes == 1 else pool.map(work, languages)
        for language, row in zip(languages, results, strict=True):
            rows.append(row)
            progress(f"{len(rows)}/{len(languages)} {language}")
    return Solvability(tuple(languages), tuple(classes), tuple(depths), tuple(rows))


def _row(
    classes: tuple[str, ...],
    depths: tuple[Depth, ...],
    semantics: str,
    max_states: int,
    directory: Path,
    language: str,
) -> tuple[Cell, ...]:
    predictor = Predictor(get_language(language).build(), max_states)
    questions = [
        Question(get_model_class(model_class), depth, semantics)
        for model_class in classes
        for depth in depths
    ]
    checked = check_predictions([predictor.predict(q) for q in questions], directory / language)
    return tuple(
        Cell(language, model_class, checked[start : start + len(depths)])
        for model_class, start in zip(classes, range(0, len(checked), len(depths)), strict=True)
    )
