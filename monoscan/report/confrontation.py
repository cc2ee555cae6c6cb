"""Predictions beside trained networks: what a class can do, and what was learned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, final
from urllib.parse import quote

from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.verify_prediction import (
    CheckedPrediction,
    check_predictions,
    show_evidence,
)
from monoscan.report.seeds import (
    SeedResult,
    best_accuracy,
    described,
    median_accuracy,
    n_learned,
    seed_results,
    with_longer_words,
)
from monoscan.theory.lemmas import Depth
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question, Verdict
from monoscan.theory.windows import Windows

if TYPE_CHECKING:  # torch is loaded only where networks are trained
    from monoscan.models.sweep import Job, Outcome, RayCluster
    from monoscan.models.sweep.quick import Column, Recipe, Row
    from monoscan.report.figures import Drawing
    from monoscan.tables import Table

MAX_STATES = 5_000


class Finding(StrEnum):
    """What prediction and outcome say together."""

    AGREES = "agrees"
    RANDOM_WORDS_ONLY = "random-words-only"
    LEARNABILITY_GAP = "learnability-gap"
    FINITE_LENGTH_PASS = "finite-length-pass"
    INCONCLUSIVE = "inconclusive"


@final
@dataclass(frozen=True)
class Cell:
    """One language and one layer.

    Attributes:
        language: id.
        layer: name with range.
        model_class: id of the class that the layer belongs to.
        depth: number of layers of the network, and of the question.
        semantics: name of the arithmetic of the question.
        verdict: a verdict, or `failed` if the checker rejected the certificate.
        evidence: why, in one line.
        certificate: its file; empty if there is none.
        seeds: every seed.
    """

    language: str
    layer: str
    model_class: str
    depth: Depth
    semantics: str
    verdict: str
    evidence: str
    certificate: str
    seeds: tuple[SeedResult, ...]

    @property
    def n_learned(self) -> int:
        """How many seeds learned the language."""
        return n_learned(self.seeds)

    @property
    def best(self) -> float:
        """The greatest test accuracy; a run that was stopped counts as 0."""
        return best_accuracy(self.seeds)

    @property
    def median(self) -> float:
        """The median test accuracy of all seeds; a run that was stopped counts as 0."""
        return median_accuracy(self.seeds)

    @property
    def finding(self) -> Finding:
        """What prediction and outcome say together."""
        if self.verdict not in (Verdict.EXPRESSIBLE, Verdict.NOT_EXPRESSIBLE):
            return Finding.INCONCLUSIVE
        expected = self.verdict == Verdict.EXPRESSIBLE
        if expected and self.n_learned:
            return Finding.AGREES
        # A forbidden network that passes must be explained, whether or not a failing word is known.
        if any(seed.passes_random for seed in self.seeds):
            return Finding.RANDOM_WORDS_ONLY if expected else Finding.FINITE_LENGTH_PASS
        if all(seed.test_accuracy is None for seed in self.seeds):
            return Finding.INCONCLUSIVE
        return Finding.LEARNABILITY_GAP if expected else Finding.AGREES

    @property
    def is_contradicted(self) -> bool:
        """Whether it must be explained: a network did what it was predicted not to do."""
        return self.finding is Finding.FINITE_LENGTH_PASS or self.verdict == FAILED


@final
@dataclass(frozen=True)
class Confrontation:
    """The table.

    Attributes:
        languages: ids, one a row.
        layers: names, one a column.
        notes: for each row, how networks were trained.
        test_length: length of the test words.
        cells: row by row.
    """

    languages: tuple[str, ...]
    layers: tuple[str, ...]
    notes: tuple[str, ...]
    test_length: int
    cells: tuple[tuple[Cell, ...], ...]

    @property
    def all_cells(self) -> tuple[Cell, ...]:
        """Every cell, row by row."""
        return tuple(cell for row in self.cells for cell in row)

    def found(self, finding: Finding) -> tuple[Cell, ...]:
        """The cells of a finding."""
        return tuple(cell for cell in self.all_cells if cell.finding is finding)

    @property
    def contradictions(self) -> tuple[Cell, ...]:
        """The cells that must be explained."""
        return tuple(cell for cell in self.all_cells if cell.is_contradicted)

    @property
    def is_confirmed(self) -> bool:
        """Whether the checker rejected no certificate."""
        return all(cell.verdict != FAILED for cell in self.all_cells)

    def draw(self) -> Drawing:
        """Seeds that learned it, on the colour of the prediction.

        Raises:
            PictureRefused: if there is more than is legible.
        """
        from monoscan.report.figures import draw_matrix

        symbols: dict[str, str] = {Verdict.EXPRESSIBLE: "yes", Verdict.NOT_EXPRESSIBLE: "no"}
        rows = [
            (name, [f"{symbols.get(c.verdict, '?')} {c.n_learned}/{len(c.seeds)}" for c in row])
            for name, row in zip(self.languages, self.cells, strict=True)
        ]
        notes = ("yes, no, ?: whether the class can", "n/m: seeds that learned it / seeds run")
        return draw_matrix("predictions, and seeds that learned it", rows, self.layers, notes=notes)

    def table(self) -> Table:
        """The table, ready to be written."""
        from monoscan.report.confrontation_table import confrontation_table

        return confrontation_table(self)


def confront(
    rows: Sequence[Row],
    columns: Sequence[Column],
    seeds: Sequence[int],
    *,
    runs: Path,
    certificates: Path,
    recipe: Recipe,
    semantics: str = "exact",
    workers: int = 1,
    cluster: RayCluster | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Confrontation:
    """Predicts every cell, has the certificates checked, trains what is not yet there.

    Args:
        rows: languages with their recipes.
        columns: layers.
        seeds: at least one.
        runs: folder of the runs.
        certificates: folder of certificate files, a folder a language in it.
        recipe: how the networks are trained and measured.
        semantics: of the predictions.
        workers: how many processes train.
        cluster: where networks are trained instead; None: on this machine.
        progress: called with what is being done.

    Raises:
        ConfigError: if a seed, the number of steps or of workers is out of range.
        OSError: if a file cannot be written.
    """
    from monoscan.models.sweep import run_sweep

    jobs = [
        [[recipe.job(row, column, seed) for seed in seeds] for column in columns] for row in rows
    ]
    predictions = []
    for row in rows:
        progress(f"predictions for {row.language}")
        predictions.append(_predicted(row, columns, semantics, certificates))
    flat = [job for row_jobs in jobs for cell_jobs in row_jobs for job in cell_jobs]
    outcomes = iter(run_sweep(flat, runs, workers=workers, cluster=cluster, progress=progress))
    cells = tuple(
        tuple(
            _cell(checked, column, cell_jobs, [next(outcomes) for _ in cell_jobs], runs, progress)
            for checked, column, cell_jobs in zip(row_checked, columns, row_jobs, strict=True)
        )
        for row_checked, row_jobs in zip(predictions, jobs, strict=True)
    )
    return Confrontation(
        tuple(row.language for row in rows),
        tuple(column.title for column in columns),
        tuple(described(row_jobs[0][0]) for row_jobs in jobs),
        max(flat[0].lengths),
        cells,
    )


def _predicted(
    row: Row, columns: Sequence[Column], semantics: str, certificates: Path
) -> tuple[CheckedPrediction, ...]:
    predictor = Predictor(row.build(), MAX_STATES)
    questions = [
        Question(get_model_class(column.model_class), column.depth, semantics, _windows(column))
        for column in columns
    ]
    # A language of one's own may have a slash in its name.
    folder = certificates / quote(row.language, safe="")
    return check_predictions(map(predictor.predict, questions), folder)


def _windows(column: Column) -> Windows:
    seen = max(1, column.convolution)
    return seen, seen


def _cell(
    checked: CheckedPrediction,
    column: Column,
    jobs: Sequence[Job],
    outcomes: Sequence[Outcome],
    runs: Path,
    progress: Callable[[str], None],
) -> Cell:
    question = checked.found.prediction.question
    cell = Cell(
        jobs[0].config.language,
        column.title,
        question.model_class.id,
        question.depth,
        question.semantics,
        checked.status,
        show_evidence(checked),
        ", ".join(map(str, checked.paths)),
        seed_results(jobs, outcomes, runs),
    )
    if cell.finding is not Finding.FINITE_LENGTH_PASS:
        return cell
    progress(f"longer words for {cell.language}, {cell.layer}")
    return replace(cell, seeds=with_longer_words(jobs, outcomes, cell.seeds))
