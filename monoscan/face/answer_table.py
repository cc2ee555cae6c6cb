"""Answers as a table: a row a name, a column an arithmetic, and below what the cells rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from monoscan.face.words import NOT_CHECKED, TITLES, describe_questions
from monoscan.proofs_check.checked import FAILED
from monoscan.proofs_check.verify_prediction import counted, kind_of
from monoscan.tables import Column, Table
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.prediction import Citation, ProvedNetwork, Verdict

if TYPE_CHECKING:
    from monoscan.face.answers import Answer, AnswerCell, AnswerRow


def answer_table(answer: Answer, shown: Callable[[Path], str]) -> Table:
    """The table of an answer.

    Args:
        answer: with at least one row.
        shown: how a path is written.
    """
    evidence = _Evidence()
    titles = list(dict.fromkeys(cell.semantics for cell in answer.cells))
    rows = tuple(
        (
            "; ".join(names),
            row.asked.model_class.symbols,
            *(_cell(row, title, evidence) for title in titles),
        )
        for names, row in _merged(answer)
    )
    questions = {cell.semantics: cell.prediction.question for cell in answer.cells}
    return Table(
        (
            Column("name", wraps=True),
            Column("transitions", wraps=True, goes_below=True),
            *(Column(TITLES[title], wraps=True) for title in titles),
        ),
        rows,
        introduction=describe_questions(tuple(questions.values())),
        notes=(*evidence.lines(), *_rests_on(answer, shown), *answer.notes),
        value=answer.to_json(),
        caption=f"What architectures can do with {answer.language.name or 'the language'}",
    )


def _merged(answer: Answer) -> list[tuple[list[str], AnswerRow]]:
    """The rows; names that ask the same are one row."""
    found: dict[object, tuple[list[str], AnswerRow]] = {}
    for row in answer:
        asked = row.asked
        key = (asked.model_class.id, asked.window_a, asked.window_b)
        found.setdefault(key, ([], row))[0].append(asked.title)
    return list(found.values())


class _Evidence:
    """The lines below the table, numbered in the order in which cells speak of them."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, line: str) -> int:
        return self._numbers.setdefault(line, len(self._numbers) + 1)

    def lines(self) -> Iterator[str]:
        return (f"({number}) {line}" for line, number in self._numbers.items())


def _cell(row: AnswerRow, semantics: str, evidence: _Evidence) -> str:
    """What a cell says, with the number of its evidence; empty where nothing was asked."""
    for cell in row.cells:
        if cell.semantics == semantics:
            return f"{said(cell)} ({evidence.number(line_of(cell))})"
    return ""


def line_of(cell: AnswerCell) -> str:
    """What an answer rests on, with how firm that is; a citation says so itself."""
    found = cell.prediction.evidence
    if isinstance(found, Citation):
        return cell.reason
    kind = kind_of(found)
    if cell.verdict in (FAILED, Verdict.UNKNOWN):  # also where a certificate was not accepted
        kind = cell.verdict
    return f"{kind}: {cell.reason}"


def said(cell: AnswerCell) -> str:
    """The verdict in few words."""
    found = cell.prediction.evidence
    if cell.verdict == FAILED:
        return FAILED
    if isinstance(found, Citation):
        return f"cited: {_said_in_print(found)}"
    if isinstance(found, ProvedNetwork) and cell.verdict == Verdict.EXPRESSIBLE:
        return f"yes, {_layers(found.depth)}"
    is_no = cell.verdict == Verdict.NOT_EXPRESSIBLE
    if cell.prediction.every_length:
        return f"every length, {'not all lengths' if is_no else 'all lengths: ?'}"
    return "no" if is_no else "?"


def _said_in_print(citation: Citation) -> str:
    is_no = citation.verdict is Verdict.NOT_EXPRESSIBLE
    words = [citation.up_to or ("no" if is_no else "yes")]
    if citation.layers:
        words.append(_layers(citation.layers))
    if citation.unless:
        words.append(f"unless {citation.unless}")
    return ", ".join(words)


def _layers(depth: int) -> str:
    return "1 layer" if depth == 1 else f"<= {depth} layers"


def _rests_on(answer: Answer, shown: Callable[[Path], str]) -> Iterator[str]:
    """Where the certificates are, whether they were checked, and where lemmas are shown."""
    cells = list(answer.cells)
    if any(cell.checked is None and cell.found.certificates for cell in cells):
        yield NOT_CHECKED
    paths = {path for cell in cells if cell.checked for path in cell.checked.paths}
    kept = sorted(path for path in paths if path.exists())
    if paths:
        place = f" in {shown(kept[0].parent)}" if kept else ""
        yield f"{counted(len(paths), 'certificate')}{place}: {_verdicts(cells)}."
    if any(isinstance(cell.prediction.evidence, Obstruction) for cell in cells):
        yield "A no rests on the lemma that its line names: monoscan show LEMMA."
    kinds = {kind_of(cell.prediction.evidence) for cell in cells}
    if "conditional" in kinds:
        yield "conditional: that lemma is proved on paper (docs/lemmas), not in Coq."
    if "formal" in kinds:
        yield "formal: Coq has proved that lemma for the networks of the row (docs/formal.md)."
    if any(not cell.prediction.question.model_class.has_exact_networks for cell in cells):
        yield "What is no linear RNN is answered in the setting that the cited line names."


def _verdicts(cells: list[AnswerCell]) -> str:
    """What the independent program says of the certificates, each verdict with its number."""
    found = {
        path: check.verdict.value
        for cell in cells
        if cell.checked
        for path, check in zip(cell.checked.paths, cell.checked.checks, strict=True)
    }
    counts = sorted(Counter(found.values()).items())
    return ", ".join(f"{count} {verdict}" for verdict, count in counts)
