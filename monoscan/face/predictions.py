"""What classes of networks can do with a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.errors import check_number
from monoscan.face.architectures import all_asked, mixed_ends, notes
from monoscan.face.language import Language
from monoscan.face.sources import language as as_language
from monoscan.proofs_check.checked import check_findings
from monoscan.proofs_check.verify_prediction import (
    CheckedPrediction,
    PredictionFinding,
    counted,
    describe_evidence,
    show_evidence,
)
from monoscan.theory.architectures import Asked
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import (
    DEFAULT_JOINT_STATES,
    Prediction,
    ProvedNetwork,
    Question,
)

if TYPE_CHECKING:
    from monoscan.face.network import Network
    from monoscan.proofs_check.certificates.sealing import Certificate
    from monoscan.tables import Table
    from monoscan.theory.lemmas import Depth

NOT_CHECKED = "Not checked by the independent program yet: ms.certify does that."


@final
@dataclass(frozen=True, eq=False, repr=False)
class AnswerRow:
    """The answer about one class of networks.

    Attributes:
        asked: the architecture in one variant, or the class.
        found: the prediction.
        checked: what the independent program says of its certificate; None before `certify`.

    >>> import monoscan as ms
    >>> (row,) = ms.predict("parity", "deltanet, released").rows
    >>> row.verdict, row.network is None
    ('not-expressible', True)
    >>> print(row.reason)
    the word 1 moves 2 states in a cycle (psd-products-aperiodic)
    """

    asked: Asked
    found: PredictionFinding
    checked: CheckedPrediction | None = None

    @property
    def prediction(self) -> Prediction:
        """The answer as `monoscan.theory` gives it."""
        return self.found.prediction

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
        return Network(evidence.lrnn) if isinstance(evidence, ProvedNetwork) else None

    @property
    def certificate(self) -> Certificate | None:
        """What the independent program can check; None if unknown or only cited."""
        for make in self.found.certificates.values():
            return make()
        return None

    def certified(self, directory: Path, progress: Callable[[str], None]) -> AnswerRow:
        """The same answer, with what the independent program says of its certificate."""
        (checked,) = check_findings([(self.found, directory)], progress=progress)
        return replace(self, checked=checked)

    def __repr__(self) -> str:
        return f"{self.asked}: {self.verdict}; {self.reason}"


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
        """The row of a name as the table prints it."""
        for row in self.rows:
            if str(row.asked) == name:
                return row
        known = ", ".join(repr(str(row.asked)) for row in self.rows[:12])
        raise KeyError(f"there is no row {name!r}; the rows are {known}")

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
        """The rows as a table, with what they rest on.

        Args:
            shown: how a path is written.
        """
        from monoscan.tables import Column, Table

        return Table(
            (
                Column("name"),
                Column("transitions", wraps=True),
                Column("verdict"),
                Column("evidence", wraps=True),
            ),
            tuple(
                (str(row.asked), row.asked.model_class.symbols, row.verdict, row.reason)
                for row in self.rows
            ),
            introduction=(describe_question(self.rows[0].prediction.question),),
            notes=(*self._rests_on(shown), *self.notes),
            value=self.to_json(),
        )

    def _rests_on(self, shown: Callable[[Path], str]) -> Iterator[str]:
        """Where the certificates are, whether they were checked, and which lemmas are named."""
        if any(row.checked is None and row.found.certificates for row in self.rows):
            yield NOT_CHECKED
        paths = {path for row in self.rows if row.checked for path in row.checked.paths}
        kept = sorted(path for path in paths if path.exists())
        if paths:
            place = f" in {shown(kept[0].parent)}" if kept else ""
            yield f"{counted(len(paths), 'certificate')}{place}: {self._verdicts()}."
        evidence = (row.prediction.evidence for row in self.rows)
        lemmas = {found.lemma for found in evidence if isinstance(found, Obstruction)}
        if lemmas:
            yield "A not-expressible row rests on the lemma it names: monoscan show LEMMA."
        if "idempotent-letters" in lemmas:
            yield (
                "idempotent-letters is about exact arithmetic with finitely many states; rounding "
                "gives delays: ask under op-round."
            )

    def _verdicts(self) -> str:
        """What the independent program says of the certificates, each verdict with its number."""
        found = {
            path: check.verdict.value
            for row in self.rows
            if row.checked
            for path, check in zip(row.checked.paths, row.checked.checks, strict=True)
        }
        counts = sorted(Counter(found.values()).items())
        return ", ".join(f"{count} {verdict}" for verdict, count in counts)

    def __repr__(self) -> str:
        from monoscan.tables import written

        return written(self.table(), "text").rstrip("\n")

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def certified(self, directory: Path, progress: Callable[[str], None]) -> Answer:
        """The same answer, with what the independent program says of its certificates."""
        findings = ((row.found, directory) for row in self.rows)
        checked = check_findings(findings, shared=True, progress=progress)
        rows = (replace(row, checked=one) for row, one in zip(self.rows, checked, strict=True))
        return replace(self, rows=tuple(rows))

    def to_json(self) -> dict[str, Any]:
        """The rows as one JSON object."""
        return {"predictions": [_row_to_json(row) for row in self.rows]}


def _row_to_json(row: AnswerRow) -> dict[str, Any]:
    return {
        "name": row.asked.name,
        "variant": row.asked.variant,
        "transitions": row.asked.model_class.symbols,
        "status": row.verdict,  # as of an answer that was not checked
        **(row.checked or row.found).to_json(),
    }


def describe_question(question: Question) -> str:
    """The depth and the arithmetic of a question in words."""
    depth = (
        "any finite number of layers"
        if question.depth == "any"
        else ("one layer" if question.depth == 1 else f"at most {question.depth} layers")
    )
    arithmetic = {
        "exact": "exact arithmetic, finitely many reachable states",
        "op-round": "some finite number format that saturates, every operation rounded",
    }[question.semantics]
    return f"{depth}; {arithmetic}"


def predict(
    language: object,
    architectures: object = None,
    *,
    depth: Depth = "any",
    semantics: str = "exact",
    max_states: int = DEFAULT_JOINT_STATES,
    budget: int = DEFAULT_MONOID_BUDGET,
    progress: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Whether networks of an architecture recognise a language, and why.

    Args:
        language: as `language` takes it.
        architectures: a name, ``NAME, VARIANT``, the id of a class, or several; None for every
            class.
        depth: at most this many layers, or ``any`` finite number.
        semantics: ``exact``, or ``op-round`` for some number format that saturates.
        max_states: the most joint states of a network with the automaton.
        budget: the most elements of the syntactic monoid.
        progress: told the class that is being asked about.

    Raises:
        NamingError: if there is no such architecture or class; the message names the nearest.
        BadValue: if depth, semantics or a limit is out of range.

    >>> import monoscan as ms
    >>> for row in ms.predict("parity", "deltanet"):
    ...     print(row)
    deltanet, as released: not-expressible; the word 1 moves 2 states in a cycle \
(psd-products-aperiodic)
    deltanet, allow_neg_eigval: expressible; abelian-one-layer, 1 layer, 2 joint states
    """
    given = as_language(language)
    predictor = predictor_of(given, max_states, budget)
    everything = all_asked(architectures)
    questions = [Question(asked.model_class, depth, semantics) for asked in everything]
    rows = []
    for asked, question in zip(everything, questions, strict=True):
        progress(asked.model_class.id)
        found = predictor.predict(question)
        rows.append(AnswerRow(asked, PredictionFinding(found)))
    said = () if architectures is None else (mixed_ends(everything), *notes(everything))
    return Answer(given, tuple(rows), tuple(filter(None, said)))


def predictor_of(language: Language, max_states: int, budget: int) -> Predictor:
    """What answers questions about a language.

    Raises:
        BadValue: if a limit is below 1.
    """
    check_number("max_states", max_states, 1)
    check_number("budget", budget, 1)
    return Predictor(language.automaton, max_states, budget)
