"""A report on languages: predictions with certificates, trained networks and claims, one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, final

from monoscan import __version__
from monoscan.automata import LANGUAGES, PROPERTIES, AutomatonError
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.summary import summary
from monoscan.errors import BadValue, NotInstalled
from monoscan.face.answer_table import said
from monoscan.face.checking import certify
from monoscan.face.language import Language
from monoscan.face.needed import need_models
from monoscan.face.predictions import predict
from monoscan.face.sources import language as as_language
from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.claim import claim_ids, get_claim
from monoscan.proofs_check.claim_page import statuses
from monoscan.proofs_check.verify_prediction import kind_of
from monoscan.registry import UnknownId
from monoscan.report.page import ClaimEntry, PageCell, PageRow, Report, Trained, Verdict, as_page
from monoscan.theory.architectures import Asked
from monoscan.theory.prediction import ARITHMETICS

if TYPE_CHECKING:
    from monoscan.face.answers import Answer, AnswerCell
    from monoscan.models.sweep import StoredRun
    from monoscan.report.figures import Drawing

LANGUAGES_SHOWN: Final = ("parity", "count-mod-3", "s3", "s5-swaps", "flip-flop")
ARCHITECTURES_SHOWN: Final = ("mamba", "deltanet", "deltaproduct-2", "rwkv-7", "pd-ssm")
_IN_PAGE: Final = 3_000_000  # bytes of certificates that the page holds
_EACH: Final = 200_000
_BUDGET: Final = 2_000  # elements of the monoid of a language whose properties are shown


@final
@dataclass(frozen=True, repr=False)
class MadeReport:
    """A report, ready to be written.

    Attributes:
        value: what it says.
        is_confirmed: whether the checker rejected no certificate.
    """

    value: Report
    is_confirmed: bool

    def html(self) -> str:
        """The page, complete in itself."""
        return as_page(self.value)

    def write(self, path: str | PathLike[str]) -> None:
        """Writes the page.

        Raises:
            OSError: if it cannot be written.
        """
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(self.html(), encoding="utf-8")

    def __repr__(self) -> str:
        rows, columns = len(self.value.rows), len(self.value.columns)
        return f"report on {rows} languages and {columns} architectures"


@dataclass
class _Files:
    """The certificates that the page holds, by name, while there is room."""

    texts: dict[str, str] = field(default_factory=dict)
    size: int = 0

    def add(self, path: Path, name: str) -> None:
        """Takes a file up if there is room for it."""
        try:
            length = path.stat().st_size
            if name in self.texts or length > _EACH or self.size + length > _IN_PAGE:
                return
            self.texts[name] = path.read_text(encoding="utf-8")
        except FileNotFoundError:  # the network of a certificate may be a part of it
            return
        self.size += length


def report(
    languages: Iterable[object] = (),
    architectures: object = None,
    *,
    runs: str | PathLike[str] = "runs",
    certificates: str | PathLike[str] = "certificates/report",
    commands: Sequence[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> MadeReport:
    """Predicts, has the certificates checked, and puts the stored runs beside the answers.

    Args:
        languages: as `language` takes them; none: those of the quick sweep.
        architectures: as `predict` takes them; None: five of them, in all variants.
        runs: folder of runs; it may be absent.
        certificates: folder for the certificates.
        commands: what made the report, to be shown.
        progress: told what is being done.

    Raises:
        UnknownId: if there is no such language.
        NamingError: if there is no such architecture.
        BadValue: if the runs are in no folder.
        OSError: if a certificate cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report(["parity"], "gla", runs=folder, certificates=folder)
    report on 1 languages and 2 architectures
    """
    asked = ARCHITECTURES_SHOWN if architectures is None else architectures
    given = [as_language(one) for one in languages or LANGUAGES_SHOWN]
    stored = _stored(Path(runs))
    files, rows = _Files(), list[PageRow]()
    columns: tuple[tuple[str, str], ...] = ()
    notes: list[str] = []
    is_confirmed = True
    for one in given:
        name = one.name or one.fingerprint
        progress(f"predictions for {name}")
        found = certify(predict(one, asked), Path(certificates) / name, progress)
        columns = tuple((row.asked.title, row.asked.model_class.symbols) for row in found)
        is_confirmed &= all(cell.verdict != FAILED for cell in found.cells)
        notes += [note for note in found.notes if note not in notes]
        progress(f"pictures for {name}")
        rows.append(_row(one, found, stored, files))
    return MadeReport(
        Report(
            columns,
            tuple(rows),
            tuple(map(_claim, claim_ids())),
            files.texts,
            tuple(commands),
            tuple(notes),
            __version__,
        ),
        is_confirmed,
    )


def _stored(folder: Path) -> dict[tuple[str, str, int], list[StoredRun]]:
    """The stored runs of one layer each, by language, layer and window."""
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise BadValue("runs", str(folder), "a folder; choose another folder with --runs")
    need_models("the runs of a report")
    from monoscan.models.sweep import ResultStore

    store = ResultStore(folder)
    store.read_in()
    found: dict[tuple[str, str, int], list[StoredRun]] = {}
    for run in store.runs():
        model = run.config.model
        layer = model.layer
        if model.depth == 1:
            name = layer.layer if layer.n_h == 1 else f"{layer.layer}-{layer.n_h}"
            key = (run.config.language, f"{name} {layer.range}", max(1, model.convolution))
            found.setdefault(key, []).append(run)
    return found


def _row(
    given: Language,
    answer: Answer,
    stored: dict[tuple[str, str, int], list[StoredRun]],
    files: _Files,
) -> PageRow:
    name = given.name or given.fingerprint
    cells = []
    for row in answer:
        verdicts = tuple(_verdict(cell, name, files) for cell in row.cells)
        cells.append(_with_runs(verdicts, _runs_of(row.asked, name, stored), name))
    return PageRow(
        name,
        _definition(given),
        tuple(_properties(given)),
        tuple(cells),
        _picture(given, name),
    )


def _verdict(cell: AnswerCell, language: str, files: _Files) -> Verdict:
    question = cell.prediction.question
    checked = []
    if cell.checked:
        for path, check in zip(cell.checked.paths, cell.checked.checks, strict=True):
            name = f"{language}/{path.name}"
            files.add(path, name)
            checked.append((name, check.verdict.value))
    firm = kind_of(cell.prediction.evidence)
    text = said(cell)
    return Verdict(
        ARITHMETICS[question.semantics],
        _kind(text),
        text,
        cell.reason,
        "unknown" if text == "?" else firm,
        tuple(checked),
    )


def _kind(text: str) -> str:
    """The colour of an answer."""
    if text.startswith("every length"):
        return "nearly"
    if text.startswith("cited"):
        return "cited"
    return {"yes": "yes", "no": "no"}.get(text.split(",")[0], "open")


def _runs_of(
    asked: Asked, language: str, stored: dict[tuple[str, str, int], list[StoredRun]]
) -> list[StoredRun]:
    return stored.get((language, asked.layer, max(asked.windows)), []) if asked.layer else []


def _with_runs(verdicts: tuple[Verdict, ...], runs: list[StoredRun], language: str) -> PageCell:
    if not runs:
        return PageCell(verdicts)
    return PageCell(verdicts, tuple(map(_trained, runs)), _lengths(runs, language))


def _trained(run: StoredRun) -> Trained:
    from monoscan.report.seeds import LEARNED, show_share

    outcome, seed = run.outcome, run.config.training.seed
    worst = outcome.worst
    failing = "not searched" if worst is None else f"none up to {worst.plan.length}"
    if worst is not None and worst.length is not None:
        failing = str(worst.length)
    if not outcome.results:
        return Trained(seed, "-", "-", outcome.ending.value, is_learned=False)
    last = outcome.results[-1]
    share = last.sequence_accuracy.value
    is_known = worst is not None and worst.length is not None and worst.length <= last.length
    return Trained(
        seed,
        f"{show_share(share)} at length {last.length}",
        failing,
        outcome.ending.value,
        is_learned=share >= LEARNED and not is_known,
    )


def _lengths(runs: list[StoredRun], language: str) -> str:
    """Accuracy by length of all seeds; empty without anything to draw, or to draw with."""
    measured = [run for run in runs if run.outcome.results]
    if not measured:
        return ""

    def draw() -> Drawing:
        from monoscan.report.figures import MeasuredRun, draw_lengths

        found = [
            MeasuredRun(
                tuple((r.length, r.sequence_accuracy.value) for r in run.outcome.results),
                run.outcome.worst.length if run.outcome.worst else None,
                run.outcome.worst.plan.length if run.outcome.worst else 0,
                run.config.training.max_length,
            )
            for run in measured
        ]
        return draw_lengths(found)

    return _drawn(draw, f"accuracy by length on {language}: random words, and failing words found")


def _picture(given: Language, name: str) -> str:
    """The minimal automaton; empty if it would not be legible."""

    def draw() -> Drawing:
        from monoscan.report.figures import draw_automaton

        return draw_automaton(given.minimal)

    return _drawn(draw, f"minimal automaton of {name}")


def _drawn(draw: Callable[[], Drawing], label: str) -> str:
    from monoscan.report.figures import PictureRefused
    from monoscan.report.page.svg import as_svg

    try:
        return as_svg(draw(), label)
    except (PictureRefused, NotInstalled):
        return ""


def _definition(given: Language) -> str:
    try:
        return LANGUAGES.get(given.name).definition
    except UnknownId:
        return summary(given.minimal, given.name)


def _properties(given: Language) -> list[str]:
    """The ids of the properties that a language has, of those that a small budget decides."""
    found = []
    for entry in PROPERTIES:
        try:
            witness = entry(given.minimal, _BUDGET) if entry.takes_budget else entry(given.minimal)
        except (BudgetExceeded, AutomatonError):
            continue
        if witness:
            found.append(entry.id)
    return found


def _claim(claim_id: str) -> ClaimEntry:
    claim = get_claim(claim_id)
    return ClaimEntry(claim.id, claim.statement, statuses(claim))
