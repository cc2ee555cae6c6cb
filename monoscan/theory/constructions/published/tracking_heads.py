"""A permutation automaton in one layer with several heads: as few reflections as we can find.

With several heads the number of reflections counts a head: the quaternion group needs two, on two
heads of size 2, although its own faithful representation needs four on one head of size 4.
"""

from __future__ import annotations

from functools import lru_cache

from monoscan.automata import Automaton
from monoscan.theory.constructions.matrices import Matrices, mirrors
from monoscan.theory.constructions.published.letter_group import letter_group
from monoscan.theory.constructions.registry import NOT_DECIDED, UnsupportedError, construction
from monoscan.theory.householder_number import HouseholderNumber, householder_number, tracker
from monoscan.theory.lrnn import LRNN

MAX_ORDER = 24
"""The largest group whose representations, and those of its covers, are searched."""


@lru_cache(maxsize=64)
def heads_of_group(automaton: Automaton) -> HouseholderNumber | str:
    """The heads that are found for a permutation automaton, or in words why none are.

    >>> from monoscan.automata import get_language
    >>> heads_of_group(get_language("q8").build()).high
    2
    """
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    is_abelian = bool((group.table.products == group.table.products.T).all())
    if group.order > MAX_ORDER and not is_abelian:  # powers of a letter need no search
        return (
            f"{NOT_DECIDED}the letters generate a group of {group.order} elements; "
            f"representations are searched up to {MAX_ORDER}"
        )
    return householder_number(automaton)


def _supports(automaton: Automaton) -> str | None:
    found = heads_of_group(automaton)
    return found if isinstance(found, str) else None


def _number(automaton: Automaton) -> HouseholderNumber:
    found = heads_of_group(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return found


def _matrices(automaton: Automaton) -> Matrices:
    return mirrors(max(1, _number(automaton).high))


@construction(
    "tracking-heads",
    statement="A permutation automaton of a small group in one layer of a few heads: "
    "representations of the group, or of one that maps onto it, with few reflections a letter.",
    source="our own construction; the law with one head: unreviewed public notes (2026); "
    "P. Scherk, On the decomposition of orthogonalities into symmetries (1950)",
    matrices=_matrices,
    supports=_supports,
)
def tracking_heads(automaton: Automaton) -> LRNN:
    """The network with one head for each representation.

    Raises:
        UnsupportedError: if a letter does not permute the states, or the group is large.

    >>> from monoscan.automata import get_language
    >>> tracking_heads(get_language("q8").build()).output(["i", "j", "i"])
    'j'
    """
    return tracker(automaton, _number(automaton))
