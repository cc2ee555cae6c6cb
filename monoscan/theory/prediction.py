"""Predictions: whether some network of a class recognises a language, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, final

from monoscan.automata import Automaton
from monoscan.errors import BadValue
from monoscan.theory.lemmas import Depth, Obstruction
from monoscan.theory.lemmas.obstruction import check_depth
from monoscan.theory.model_classes import ModelClass, get_model_class, is_inside
from monoscan.theory.windows import NO_DELAYS, Windows, check_windows, fit

if TYPE_CHECKING:  # an obstruction needs no exact arithmetic
    from monoscan.theory.boxes import BoxInvariant
    from monoscan.theory.constructions.registry import Construction
    from monoscan.theory.explore import Recognises
    from monoscan.theory.lrnn import LRNN
    from monoscan.theory.matrix import Matrix
    from monoscan.theory.semantics import Semantics

DEFAULT_JOINT_STATES = 20_000
"""How many joint states of a network and its automaton are looked at, if nothing else is said."""


ARITHMETICS = {
    "exact": "exact arithmetic, finitely many reachable states",
    "threshold": "exact arithmetic, any states, read-outs by thresholds",
    "op-round": "some finite number format that saturates, every operation rounded",
}
SEMANTICS = tuple(ARITHMETICS)
"""The arithmetics that predictions are made for, in the order in which they stand side by side."""


class Verdict(StrEnum):
    """The three answers of a prediction."""

    EXPRESSIBLE = "expressible"
    NOT_EXPRESSIBLE = "not-expressible"
    UNKNOWN = "unknown"


@final
@dataclass(frozen=True)
class Question:
    """What is asked about a language.

    Attributes:
        model_class: the networks.
        depth: at most this many layers, or `any` finite number.
        semantics: name of the arithmetic: `exact` (finitely many reachable states), `threshold`
            (exact, any number of states, threshold read-outs), or `op-round` (some finite number
            format that saturates, in which every operation is rounded).
        windows: how many letters A and B may see; more than 1 where a convolution or a shift over
            time stands before a layer.
    """

    model_class: ModelClass
    depth: Depth = "any"
    semantics: str = "exact"
    windows: Windows = NO_DELAYS

    def __post_init__(self) -> None:
        check_depth(self.depth)
        check_windows(self.windows)
        if self.semantics not in SEMANTICS:
            raise BadValue("semantics", self.semantics, f"one of {', '.join(SEMANTICS)}")

    @property
    def is_rounded(self) -> bool:
        """Whether every operation is rounded, so that it matters how a matrix is written."""
        return self.semantics == "op-round"


@final
@dataclass(frozen=True)
class ProvedNetwork:
    """A network together with the proof that it recognises the language.

    Attributes:
        construction: what made it.
        automaton: the minimal automaton of the language.
        lrnn: the network, with one letter of each kind of letters that act alike.
        semantics: how it computes.
        proof: all joint states with the automaton; under `threshold` it may be an invariant of
            boxes.
        spelling: how its matrices are written; empty as the construction writes them.
        asked: a class in which it lies as it is written.
    """

    construction: Construction
    automaton: Automaton
    lrnn: LRNN
    semantics: Semantics[Matrix]
    proof: Recognises[Matrix] | BoxInvariant
    spelling: str = ""
    asked: ModelClass | None = None

    @cached_property
    def model_classes(self) -> tuple[ModelClass, ...]:
        """All classes in which it lies as it is written, and the one that was asked about."""
        from monoscan.theory.respelling import classes_of

        found = classes_of(self.lrnn, is_rounded=self.is_rounded)
        if self.asked is None or self.asked in found:
            return found
        return (*found, self.asked)

    @cached_property
    def network(self) -> LRNN:
        """The network with all letters of the language.

        Raises:
            BudgetExceeded: if it has too many cases.
        """
        from monoscan.theory.constructions.letter_kinds import with_copies

        return with_copies(self.lrnn, self.automaton)

    @property
    def is_rounded(self) -> bool:
        """Whether every operation is rounded."""
        return self.semantics.name not in ("exact", "threshold")

    @property
    def size(self) -> tuple[int, str]:
        """How many joint states, or cells of boxes, the proof has, and what they are."""
        return self.proof.size

    @property
    def depth(self) -> int:
        """The number of its layers, delays not counted."""
        return self.lrnn.depth

    @property
    def windows(self) -> Windows:
        """How many letters A and B see, in its arithmetic."""
        return self.semantics.windows_of(self.lrnn)

    def fits(self, depth: Depth, windows: Windows) -> bool:
        """Whether it has at most this many layers, and A and B see at most so many letters."""
        is_shallow = depth == "any" or self.depth <= depth
        return is_shallow and fit(self.windows, windows)


@final
@dataclass(frozen=True)
class Citation:
    """A published theorem that answers questions, which nothing here has checked.

    Attributes:
        id: kebab-case.
        statement: what the theorem says, in words.
        source: paper and number of the theorem.
        verdict: `expressible` or `not-expressible`; `unknown` if it grants less than one network
            for all lengths, see `up_to`.
        model_class: id of the class that the theorem speaks of.
        depth: so many layers suffice (`any`: some finite number), or so many do not.
        applies: whether the theorem speaks of a minimal automaton; told within a budget on the
            elements of its monoid.
        unless: what would have to be true for the theorem to say nothing, as `TC0 = NC1`, where
            it rests on that not being so; empty if it rests on nothing.
        up_to: what it grants where that is less than one network for all lengths; else empty.

    Raises:
        ValueError: if the verdict is `unknown` and nothing is granted, or the depth is out of
            range.
    """

    id: str
    statement: str
    source: str
    verdict: Verdict
    model_class: str
    depth: Depth
    applies: Callable[[Automaton, int], bool]
    unless: str = ""
    up_to: str = ""

    def __post_init__(self) -> None:
        check_depth(self.depth)
        if self.verdict is Verdict.UNKNOWN and not self.up_to:
            raise ValueError(
                f"the citation {self.id} answers unknown; expected expressible or not-expressible"
            )

    @property
    def layers(self) -> int | None:
        """The number of layers that suffice, if the theorem gives one."""
        return self.depth if self.verdict is Verdict.EXPRESSIBLE and self.depth != "any" else None

    def answers(self, question: Question) -> bool:
        """Whether the theorem speaks of the class, the depth and the arithmetic of a question.

        Of what is no linear RNN it speaks in an arithmetic of its own, which its statement names;
        it is shown where `exact` is asked about, and answers no question about rounding.
        A network of a class is one of every larger class and of every larger depth, with any
        windows; where there is no network, there is none of a smaller class or a smaller depth.
        With delays there may be one, unless the class is of networks that are not linear.

        >>> from monoscan.theory.citations import CITATIONS
        >>> four_layers, deltanet = CITATIONS[1], get_model_class("householder")
        >>> [four_layers.answers(Question(deltanet, n)) for n in (3, 4, "any")]
        [False, True, True]
        """
        cited, asked = get_model_class(self.model_class), question.model_class
        if self.verdict is not Verdict.NOT_EXPRESSIBLE:
            covered = is_inside(cited, asked) and _at_most(self.depth, question.depth)
        else:
            covered = is_inside(asked, cited) and _at_most(question.depth, self.depth)
            covered &= question.windows == NO_DELAYS or not cited.has_exact_networks
        if not cited.has_exact_networks:
            return covered and question.semantics == "exact"
        # Finitely many states, in which the theorem has networks, are a case of any number of them.
        is_exact = self.verdict is Verdict.EXPRESSIBLE and question.semantics == "threshold"
        return covered and (is_exact or question.semantics == "exact")

    def __str__(self) -> str:
        condition = f"; unless {self.unless}" if self.unless else ""
        return f"cited, not checked: {self.source}: {self.statement}{condition}"


def _at_most(fewer: Depth, more: Depth) -> bool:
    return more == "any" or (fewer != "any" and fewer <= more)


Evidence: TypeAlias = ProvedNetwork | Obstruction | Citation | str


@final
@dataclass(frozen=True)
class Prediction:
    """The answer to one question.

    Attributes:
        question: what was asked.
        evidence: a proved network, an obstruction, a published theorem, or in words what is
            missing.
        limit: for an open range that is not known to recognise the language, a proved network of
            as few layers whose matrices are limits of matrices of the class; None if none is known.
    """

    question: Question
    evidence: Evidence
    limit: ProvedNetwork | None = None

    @property
    def verdict(self) -> Verdict:
        """What the evidence says."""
        if isinstance(self.evidence, ProvedNetwork):
            return Verdict.EXPRESSIBLE
        if isinstance(self.evidence, Citation):
            return self.evidence.verdict
        return Verdict.UNKNOWN if isinstance(self.evidence, str) else Verdict.NOT_EXPRESSIBLE

    @property
    def every_length(self) -> bool:
        """Whether the class recognises the language up to every length.

        The verdict says of all lengths that it does not, or that this is unknown.
        For each N there is then a network of the class that is right on all words of at most N
        letters. It is `limit` with its matrices moved into the open range and each read-out that
        of the nearest state of `limit`: it grows neither in layers nor in states (see
        docs/lemmas/strictly-stable-letters.md). False where nothing of the kind is known.
        """
        return self.limit is not None
