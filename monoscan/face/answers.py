"""Answers: what networks of architectures can do with a language, in each arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.face.language import Language
from monoscan.face.words import TITLES
from monoscan.proofs_check.checked import check_findings
from monoscan.proofs_check.verify_prediction import (
    CheckedPrediction,
    PredictionFinding,
    describe_evidence,
    show_evidence,
)
from monoscan.theory.architectures import Asked
from monoscan.theory.prediction import Prediction, ProvedNetwork

if TYPE_CHECKING:
    from monoscan.face.network import Network
    from monoscan.proofs_check.certificates.sealing import Certificate
    from monoscan.tables import Table


@final
@dataclass(frozen=True, eq=False, repr=False)
class AnswerCell:
    """The answer about one class of networks in one arithmetic.

    Attributes:
        found: the prediction.
        checked: what the independent program says of its certificate; None before `certify`.
    """

    found: PredictionFinding
    checked: CheckedPrediction | None = None

    @property
    def prediction(self) -> Prediction:
        """The answer as `monoscan.theory` gives it."""
        return self.found.prediction

    @property
    def semantics(self) -> str:
        """The name of the arithmetic."""
        return self.prediction.question.semantics

    @property
    def verdict(self) -> str:
        """`expressible`, `not-expressible` or `unknown`; `failed` if a certificate was rejected."""
        return self.checked.status if self.checked else self.prediction.verdict.value

    @property
    def reason(self) -> str:
        """What the answer rests on, in one line."""
        return show_evidence(self.checked) if self.checked else describe_evidence(self.prediction)

    @property
    def network(self) -> Network | None:
        """The network that recognises the language, with exact weights; None if there is none."""
        from monoscan.face.network import Network

        evidence = self.prediction.evidence
        return Network(evidence.network) if isinstance(evidence, ProvedNetwork) else None

    @property
    def certificate(self) -> Certificate | None:
        """What the independent program can check; None if unknown or only cited."""
        for make in self.found.certificates.values():
            return make()
        return None

    def __repr__(self) -> str:
        return f"{TITLES[self.semantics]}: {self.verdict}; {self.reason}"


@final
@dataclass(frozen=True, eq=False, repr=False)
class AnswerRow:
    """The answers about one class of networks, an arithmetic each.

    What a row is asked about itself is answered by its first cell: exact arithmetic, unless
    another one was asked for.

    Attributes:
        asked: the architecture in one variant, or the class.
        cells: one an arithmetic.

    >>> import monoscan as ms
    >>> (row,) = ms.predict("parity", "gla, as released").rows
    >>> row.verdict, row.network is None
    ('not-expressible', True)
    >>> print(row.reason)
    the word 1 moves 2 states in a cycle (psd-products-aperiodic)
    >>> row["rounded"].verdict
    'not-expressible'
    """

    asked: Asked
    cells: tuple[AnswerCell, ...]

    def __getitem__(self, semantics: str) -> AnswerCell:
        """The answer in an arithmetic, by its name."""
        for cell in self.cells:
            if semantics in (cell.semantics, TITLES[cell.semantics]):
                return cell
        known = ", ".join(repr(TITLES[cell.semantics]) for cell in self.cells)
        raise KeyError(f"there is no answer in {semantics!r}; there are {known}")

    @property
    def prediction(self) -> Prediction:
        """The first answer as `monoscan.theory` gives it."""
        return self.cells[0].prediction

    @property
    def checked(self) -> CheckedPrediction | None:
        """What the independent program says of the first answer; None before `certify`."""
        return self.cells[0].checked

    @property
    def verdict(self) -> str:
        """The verdict of the first answer."""
        return self.cells[0].verdict

    @property
    def reason(self) -> str:
        """What the first answer rests on, in one line."""
        return self.cells[0].reason

    @property
    def network(self) -> Network | None:
        """The network of the first answer; None if it has none."""
        return self.cells[0].network

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the first answer; None if it has none."""
        return self.cells[0].certificate

    def certified(self, directory: Path, progress: Callable[[str], None]) -> AnswerRow:
        """The same answers, with what the independent program says of their certificates."""
        (row,) = _certified((self,), directory, progress)
        return row

    def __repr__(self) -> str:
        return f"{self.asked}: {' | '.join(map(repr, self.cells))}"


def _certified(
    rows: tuple[AnswerRow, ...], directory: Path, progress: Callable[[str], None]
) -> tuple[AnswerRow, ...]:
    findings = ((cell.found, directory) for row in rows for cell in row.cells)
    checked = check_findings(findings, shared=True, progress=progress)
    return tuple(
        replace(row, cells=tuple(replace(cell, checked=next(checked)) for cell in row.cells))
        for row in rows
    )


@final
@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """What is known of a language and some architectures, a row for each of their variants.

    Attributes:
        language: what was asked about.
        rows: one a variant or class.
        notes: what a reader must know of the names that were asked for.
    """

    language: Language
    rows: tuple[AnswerRow, ...]
    notes: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[AnswerRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> AnswerRow:
        """The row of a name with its variant."""
        for row in self.rows:
            if name in (str(row.asked), row.asked.title):
                return row
        known = ", ".join(repr(str(row.asked)) for row in self.rows[:12])
        raise KeyError(f"there is no row {name!r}; the rows are {known}")

    @property
    def cells(self) -> Iterator[AnswerCell]:
        """Every answer, row by row."""
        return (cell for row in self.rows for cell in row.cells)

    @property
    def verdict(self) -> str:
        """The verdict of the only row.

        Raises:
            ValueError: if there are several rows.
        """
        return self._only.verdict

    @property
    def reason(self) -> str:
        """What the only row rests on.

        Raises:
            ValueError: if there are several rows.
        """
        return self._only.reason

    @property
    def network(self) -> Network | None:
        """The network of the only row; None if it has none.

        Raises:
            ValueError: if there are several rows.
        """
        return self._only.network

    @property
    def certificate(self) -> Certificate | None:
        """The certificate of the only row; None if it has none.

        Raises:
            ValueError: if there are several rows.
        """
        return self._only.certificate

    @property
    def _only(self) -> AnswerRow:
        if len(self.rows) != 1:
            names = ", ".join(repr(str(row.asked)) for row in self.rows[:12])
            raise ValueError(
                f"there are {len(self.rows)} rows; choose one of rows, or ask about one variant: "
                f"{names}"
            )
        return self.rows[0]

    def table(self, shown: Callable[[Path], str] = str) -> Table:
        """The rows as a table, a column an arithmetic, with what they rest on.

        Args:
            shown: how a path is written.
        """
        from monoscan.face.answer_table import answer_table

        return answer_table(self, shown)

    def __repr__(self) -> str:
        from monoscan.tables import written

        return written(self.table(), "text").rstrip("\n")

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def certified(self, directory: Path, progress: Callable[[str], None]) -> Answer:
        """The same answer, with what the independent program says of its certificates."""
        return replace(self, rows=_certified(self.rows, directory, progress))

    def to_json(self) -> dict[str, Any]:
        """The answers as one JSON object, an entry for each row and arithmetic."""
        return {
            "predictions": [_cell_to_json(row.asked, cell) for row in self for cell in row.cells]
        }


def _cell_to_json(asked: Asked, cell: AnswerCell) -> dict[str, Any]:
    return {
        "name": asked.name,
        "variant": asked.variant,
        "transitions": asked.model_class.symbols,
        "status": cell.verdict,  # as of an answer that was not checked
        **(cell.checked or cell.found).to_json(),
    }
