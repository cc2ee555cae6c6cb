"""A word moves states in a cycle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, BudgetExceeded, Word
from monoscan.automata.element_search import ElementSearch, search_maps
from monoscan.theory.lemmas.lemma import (
    FINITE_OR_THRESHOLDS,
    ONE_FACTOR,
    PSD,
    PSD_PRODUCTS,
    REAL,
    SATURATING,
    THRESHOLDS,
    lemma,
)
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, check_states, word_text

MAX_WORK = 1 << 27
"""Largest number of images of states that the search for a cycle looks at: some seconds of work."""


@final
@dataclass(frozen=True)
class Cycle(Witness):
    """A word takes each of some states to the next, and the last to the first.

    Attributes:
        word: The word.
        states: At least two states.
    """

    type: ClassVar[str] = "cycle"
    word: Word
    states: tuple[int, ...]

    def __post_init__(self) -> None:
        check_states(self.states, least=2)

    def __str__(self) -> str:
        return f"the word {word_text(self.word)} moves {len(self.states)} states in a cycle"

    @property
    def path(self) -> tuple[int, ...]:
        """The cycle."""
        return (*self.states, self.states[0])


def first_cycle(minimal: Automaton, allowed: int, budget: int) -> Cycle | None:
    """The first word in shortlex order with a cycle whose length does not divide a number.

    Args:
        minimal: A minimal automaton.
        allowed: The number; 1 forbids all cycles.
        budget: The largest number of elements of the monoid.

    Raises:
        BudgetExceeded: If the budget, or `MAX_WORK`, is reached before such a word is found.

    >>> first_cycle(Automaton("a", [[1], [2], [0]], (True, False, False)), allowed=2, budget=9)
    Cycle(word=('a',), states=(0, 1, 2))
    """
    search = ElementSearch(minimal, budget)
    # Powers of a map are made by squaring it until the exponent reaches the number of states.
    work_each = minimal.n_states * max(1, (minimal.n_states - 1).bit_length())
    for maps, first in search_maps(search):
        work = (first + len(maps)) * work_each
        if work > MAX_WORK:
            raise BudgetExceeded(
                f"images of {minimal.n_states} states under powers of words", MAX_WORK, work
            )
        moved = _moved(maps, allowed)
        found = np.flatnonzero(moved.any(axis=1))
        if len(found):
            row = int(found[0])
            word = tuple(minimal.alphabet[a] for a in search.word(first + row))
            return Cycle(word, cycle_from(maps[row], int(np.flatnonzero(moved[row])[0])))
    return None


def letter_cycle(minimal: Automaton, least: int) -> Cycle | None:
    """A longest cycle of states that a single letter makes, if it is long enough.

    >>> letter_cycle(Automaton("a", [[1], [2], [0]], (True, False, False)), least=3)
    Cycle(word=('a',), states=(0, 1, 2))
    """
    best: Cycle | None = None
    for letter, column in zip(minimal.alphabet, minimal.table.T, strict=True):
        for states in cycles_of(column):
            if len(states) >= max(least, 2, len(best.states) + 1 if best else 0):
                best = Cycle((letter,), states)
    return best


def cycles_of(action: NDArray[np.signedinteger]) -> Iterator[tuple[int, ...]]:
    """All cycles of a map, each from its smallest state, in the order of these.

    >>> list(cycles_of(np.array([1, 0, 2, 2])))
    [(0, 1), (2,)]
    """
    seen: set[int] = set()
    for state in sorted(set(_settled(action.reshape(1, -1))[0].tolist())):
        if state not in seen:
            cycle = cycle_from(action, state)
            seen.update(cycle)
            yield cycle


def cycle_from(action: NDArray[np.signedinteger], state: int) -> tuple[int, ...]:
    """The states from one on a cycle of a map onwards, until it comes back."""
    states = [state]
    while (following := int(action[states[-1]])) != state:
        states.append(following)
    return tuple(states)


def _settled(maps: NDArray[np.signedinteger]) -> NDArray[np.signedinteger]:
    """A power of each map, so large that its image is what lies on cycles: [maps, states]."""
    settled, steps = maps, 1
    while steps < maps.shape[1]:
        settled, steps = np.take_along_axis(settled, settled, axis=1), 2 * steps
    return settled


def power_of_maps(maps: NDArray[np.signedinteger], exponent: int) -> NDArray[np.signedinteger]:
    """Each map so many times: [maps, states].

    >>> power_of_maps(np.array([[1, 2, 0]]), 2).tolist()
    [[2, 0, 1]]
    """
    power: NDArray[np.signedinteger] = np.broadcast_to(np.arange(maps.shape[1]), maps.shape)
    square, left = maps, exponent
    while left:
        if left % 2:
            power = np.take_along_axis(square, power, axis=1)
        square, left = np.take_along_axis(square, square, axis=1), left // 2
    return power


def periodic_states(maps: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """Which states lie on a cycle of each map: [maps, states].

    >>> periodic_states(np.array([[1, 0, 0]])).tolist()
    [[True, True, False]]
    """
    on_cycle = np.zeros(maps.shape, dtype=bool)
    np.put_along_axis(on_cycle, _settled(maps), True, axis=1)
    return on_cycle


def _moved(maps: NDArray[np.signedinteger], exponent: int) -> NDArray[np.bool_]:
    """Which states lie on a cycle whose length does not divide the exponent: [maps, states]."""
    elsewhere = power_of_maps(maps, exponent) != np.arange(maps.shape[1])
    moved: NDArray[np.bool_] = periodic_states(maps) & elsewhere
    return moved


@lemma(
    "monotone-rounding-aperiodic",
    statement="With diagonal matrices, written as such, with entries >= 0 only aperiodic "
    "(star-free) languages are recognised, at any depth.",
    hypotheses=SATURATING,
    source="our own proof; Sarrof et al., arXiv 2405.17394, Theorem 4; Nowak et al., arXiv "
    "2606.01765",
    page="lemmas/monotone-rounding.md",
    formal=("monotone_rounding.nonnegative_aperiodic",),
    semantics=("op-round", "seq-round"),
    classes=("diagonal-nonnegative",),
    witness=Cycle,
    wide="AB",
)
def monotone_rounding_aperiodic(minimal: Automaton, _depth: Depth, budget: int) -> Cycle | None:
    """The first word that moves two or more states in a cycle."""
    return first_cycle(minimal, 1, budget)


@lemma(
    "one-reflection-order-two",
    statement="If every head of a single layer has one Householder factor, a letter makes cycles "
    "of length at most 2.",
    source="our own proof; Grazzi, Siems et al., arXiv 2411.12537, Theorem 2 with one layer",
    hypotheses=FINITE_OR_THRESHOLDS,
    page="lemmas/one-reflection-order-two.md",
    semantics=("exact", "threshold"),
    formal=("one_factor.one_factor_letters",),
    classes=ONE_FACTOR,
    only_depth_1=True,
    witness=Cycle,
    wide="AB",
)
def one_reflection_order_two(minimal: Automaton, _depth: Depth, _budget: int) -> Cycle | None:
    """A letter that moves three or more states in a cycle."""
    return letter_cycle(minimal, least=3)


@lemma(
    "open-range-no-groups",
    statement="With one Householder factor a head and beta strictly between 0 and 2, only "
    "aperiodic (star-free) languages are recognised, at any depth.",
    source="our own proof; Grazzi, Siems et al., arXiv 2411.12537, Proposition 1 (eigenvalues)",
    page="lemmas/open-range-no-groups.md",
    classes=("householder-open",),
    formal=("exact_classes.psd_aperiodic",),
    witness=Cycle,
    wide="AB",
)
def open_range_no_groups(minimal: Automaton, _depth: Depth, budget: int) -> Cycle | None:
    """The first word that moves two or more states in a cycle."""
    return first_cycle(minimal, 1, budget)


@lemma(
    "psd-products-aperiodic",
    statement="If every transition matrix is a product of symmetric matrices with spectrum in "
    "[0, 1], only aperiodic (star-free) languages are recognised, at any depth.",
    source="our own result",
    page="lemmas/psd-products-aperiodic.md",
    formal=("exact_classes.psd_aperiodic",),
    classes=(*PSD, *PSD_PRODUCTS),
    witness=Cycle,
    wide="AB",
)
def psd_products_aperiodic(minimal: Automaton, _depth: Depth, budget: int) -> Cycle | None:
    """The first word that moves two or more states in a cycle."""
    return first_cycle(minimal, 1, budget)


@lemma(
    "real-spectrum-two-groups",
    statement="If in each layer all products of transition matrices have real eigenvalues only, "
    "then k layers make no cycle of a length that does not divide 2^k.",
    source="Grazzi, Siems et al., arXiv 2411.12537, Theorem 2 (cast-unrolled); exact: our own "
    "proof",
    hypotheses=FINITE_OR_THRESHOLDS,
    page="lemmas/real-spectrum-two-groups.md",
    semantics=("exact", "threshold"),
    formal=("exact_classes.triangular_cycles_any", "exact_classes.triangular_cycles"),
    classes=REAL,
    witness=Cycle,
    wide="AB",
)
def real_spectrum_two_groups(minimal: Automaton, depth: Depth, budget: int) -> Cycle | None:
    """A cycle whose length does not divide 2^depth, or is no power of 2."""
    return _cycle_above_depth(minimal, depth, budget)


@lemma(
    "signed-rounding-two-groups",
    statement="With real diagonal matrices, written as such, k layers make no cycle of a length "
    "that does not divide 2^k.",
    hypotheses=SATURATING,
    source="our own proof; the mechanism is that of Nowak et al., arXiv 2606.01765 (not checked)",
    page="lemmas/signed-rounding-two-groups.md",
    formal=("monotone_rounding.signed_cycles_any", "monotone_rounding.signed_cycles"),
    semantics=("op-round", "seq-round"),
    classes=("diagonal-nonnegative", "diagonal-real"),
    witness=Cycle,
    wide="AB",
)
def signed_rounding_two_groups(minimal: Automaton, depth: Depth, budget: int) -> Cycle | None:
    """A cycle whose length does not divide 2^depth, or is no power of 2."""
    return _cycle_above_depth(minimal, depth, budget)


@lemma(
    "threshold-letters-settle",
    statement="If all eigenvalues of all transition matrices are real and >= 0, no letter moves "
    "states in a cycle, at any depth.",
    hypotheses=THRESHOLDS,
    source="our own proof; Grazzi, Siems et al., arXiv 2411.12537, Theorem 1 (cast-unrolled)",
    page="lemmas/threshold-star-free.md",
    formal=("nonnegative_spectrum.answers_settle",),
    semantics=("threshold",),
    classes=(*PSD[1:], *(name.replace("N", "2") for name in PSD_PRODUCTS)),
    witness=Cycle,
    wide="AB",
)
def threshold_letters_settle(minimal: Automaton, _depth: Depth, _budget: int) -> Cycle | None:
    """A letter that moves two or more states in a cycle."""
    return letter_cycle(minimal, least=2)


@lemma(
    "threshold-star-free",
    statement="Of the regular languages, stacks of diagonal matrices with entries >= 0 recognise "
    "only aperiodic (star-free) ones, at any depth.",
    hypotheses=THRESHOLDS,
    source="our own proof; Sarrof et al., arXiv 2405.17394, Theorem 4 (finite precision)",
    page="lemmas/threshold-star-free.md",
    formal=("nonnegative_spectrum.answers_settle",),
    semantics=("threshold",),
    classes=("diagonal-nonnegative",),
    witness=Cycle,
    wide="AB",
)
def threshold_star_free(minimal: Automaton, _depth: Depth, budget: int) -> Cycle | None:
    """The first word that moves two or more states in a cycle."""
    return first_cycle(minimal, 1, budget)


def _cycle_above_depth(minimal: Automaton, depth: Depth, budget: int) -> Cycle | None:
    longest = minimal.n_states.bit_length()  # 2^longest is above the length of any cycle
    return first_cycle(minimal, 1 << (longest if depth == "any" else min(depth, longest)), budget)
