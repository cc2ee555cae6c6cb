"""What a theorem and a lemma are, and the catalogue of them.

A theorem says something; a lemma is a theorem that forbids something to classes of networks, and
knows how to look for it in an automaton. The independent checker keeps its own table of the lemmas,
and a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias, final

from monoscan.automata import Automaton
from monoscan.registry import Registry
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness
from monoscan.theory.windows import Windows

PROVED = "proved on the page; its steps are tested on exact random instances"
CITED = "cited, not checked"

Search: TypeAlias = Callable[[Automaton, Depth, int], Witness | None]
"""Minimal automaton, depth, budget on the monoid's size -> a witness, or None if there is none."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Theorem:
    """A theorem, lemma or fact of the literature or of our own.

    Attributes:
        id: Kebab-case.
        statement: In words.
        source: Paper with theorem number, or "our own result".
        hypotheses: What has to hold besides; empty if the statement says everything.
        checked: What we did ourselves: proved on a page, tested, or only cited.
        page: The page under docs/ with the proof; empty if it is only cited.
        formal: Theorems that Coq has checked, as FILE.NAME, and that prove a part of it;
            docs/formal.md says which part. What a verdict rests on is still the page.
    """

    id: str
    statement: str
    source: str
    hypotheses: str = ""
    checked: str = CITED
    page: str = ""
    formal: tuple[str, ...] = ()

    @property
    def is_proved_here(self) -> bool:
        """Whether a page of the project proves it."""
        return bool(self.page)


@final
@dataclass(frozen=True, kw_only=True, eq=False)
class Lemma(Theorem):
    """A theorem that forbids something to every network of some classes.

    Attributes:
        classes: Ids of the classes of networks that it is about; N stands for 2, 3, ..., 64.
        semantics: Names of the semantics that it is about.
        only_depth_1: True if it is about networks of one layer, False if about all depths.
        witness: The type of what it forbids.
        wide: Which of the matrices may see more than one letter, for the proof to hold: "AB", "A",
            "B", or neither.
        search: Looks for that in a minimal automaton, for a depth and within a budget on the
            number of elements of the syntactic monoid. It raises `BudgetExceeded`.
    """

    classes: tuple[str, ...]
    semantics: tuple[str, ...]
    only_depth_1: bool
    witness: type[Witness]
    search: Search
    wide: str = ""

    def is_about(self, semantics: str, model_class: str) -> bool:
        """Whether it speaks of this semantics and this class itself.

        >>> THEOREMS.get("psd-products-aperiodic").is_about("exact", "householder-product-64")
        False
        """
        return semantics in self.semantics and bool(_ids(self.classes).fullmatch(model_class))

    def holds_with(self, windows: Windows) -> bool:
        """Whether its proof holds for networks whose A and B see so many letters.

        >>> THEOREMS.get("psd-products-aperiodic").holds_with((4, 4))
        True
        >>> THEOREMS.get("idempotent-letters").holds_with((1, 2))
        False
        """
        both = zip("AB", windows, strict=True)
        return all(window == 1 or name in self.wide for name, window in both)


@cache
def _ids(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns).replace("N", "([2-9]|[1-5][0-9]|6[0-4])"))


THEOREMS = Registry[Theorem]("theorem", "theorems", "monoscan.theory.lemmas")
"""Every theorem that the project rests on: what it says, who says so, what was checked."""


def get_lemma(id: str) -> Lemma:
    """The lemma of this id.

    Raises:
        UnknownId: If there is no theorem of this id.
        ValueError: If the theorem forbids nothing.

    >>> get_lemma("psd-lemma").semantics
    ('seq-round',)
    """
    found = THEOREMS.get(id)
    if not isinstance(found, Lemma):
        raise ValueError(f"the theorem {id!r} forbids nothing; name a lemma of obstructions")
    return found


FINITE = "exact arithmetic; the set of reachable states is finite; any read-out tables"
THRESHOLDS = "exact arithmetic; any number of reachable states, threshold read-outs"
FINITE_OR_THRESHOLDS = (
    "exact arithmetic; finitely many reachable states and any read-out tables, or threshold "
    "read-outs"
)
SATURATING = "a rounding that is non-decreasing and saturates"

PSD = (
    "diagonal-nonnegative",
    "householder-nonnegative",
    "gated-householder-nonnegative",
    "diagonal-householder-nonnegative",
)
PSD_PRODUCTS = ("householder-product-N-nonnegative", "gated-householder-product-N-nonnegative")
REAL = ("diagonal-nonnegative", "diagonal-real", "triangular-real")
DIAGONAL = (*REAL[:2], "time-invariant-diagonal", "mixed-diagonal", "diagonal-complex")
ONE_FACTOR = (
    "householder-nonnegative",
    "householder",
    "gated-householder-nonnegative",
    "gated-householder",
    "scalar-plus-rank-one",
)


def lemma(
    id: str,
    *,
    statement: str,
    source: str,
    page: str,
    classes: tuple[str, ...],
    witness: type[Witness],
    hypotheses: str = FINITE,
    semantics: tuple[str, ...] = ("exact",),
    only_depth_1: bool = False,
    wide: str = "",
    formal: tuple[str, ...] = (),
) -> Callable[[Search], Lemma]:
    """Makes a lemma, proved on its page, of the decorated search for its witness.

    The arguments are the attributes of `Lemma`.

    Raises:
        ValueError: If the id is taken.
    """

    def register(search: Search) -> Lemma:
        made = Lemma(
            id=id,
            statement=statement,
            source=source,
            hypotheses=hypotheses,
            checked=PROVED,
            page=page,
            formal=formal,
            classes=classes,
            semantics=semantics,
            only_depth_1=only_depth_1,
            witness=witness,
            search=search,
            wide=wide,
        )
        THEOREMS.add(id, made)
        return made

    return register
