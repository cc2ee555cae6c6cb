"""Is the language quasi-aperiodic: does counting go no further than the length of the word?"""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd, lcm
from typing import Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import TransitionMonoid, syntactic_monoid
from monoscan.automata.properties.by_hand import Quotient, closure, power, then
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class QuasiAperiodic:
    """No set of words of one length contains a non-trivial group. True as a Boolean.

    The language is in AC0: first-order logic with the position modulo numbers defines it.

    Attributes:
        modulus: A number m such that the words whose length is a multiple of m do not count:
            what they do has no non-trivial group. It is 1 if the language is aperiodic.
        elements: The number of elements of the syntactic monoid.
    """

    modulus: int
    elements: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether words of these lengths do not count, by listing what all of them do.

        This proves the property: a group in the words of length t is also one in those of
        length t m, since each of its elements is a product of m of them.

        >>> QuasiAperiodic(1, 2).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        if self.modulus < 1 or len(quotient.elements(self.elements)) != self.elements:
            return False
        blocks = {quotient.identity}
        for _ in range(self.modulus):
            blocks = {then(block, letter) for block in blocks for letter in quotient.generators}
        n = len(quotient)
        return all(power(x, n) == power(x, n + 1) for x in closure(blocks, blocks))


@final
@dataclass(frozen=True)
class NotQuasiAperiodic(Against):
    """Two words of one length: one an identity, the other of a group around it. False.

    Attributes:
        neutral: A non-empty word; its element e is idempotent.
        counting: A word of the same length; its element x is not e, but e x = x e = x, and some
            power of x is e.
    """

    neutral: Word
    counting: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the words have one length and the second generates a group around the first.

        >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
        >>> NotQuasiAperiodic(("0",), ("1",)).check(parity)
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.neutral, self.counting):
            return False
        e, x = quotient.action(self.neutral), quotient.action(self.counting)
        one_length = len(self.neutral) == len(self.counting) > 0
        around = then(e, e) == e and then(e, x) == x == then(x, e) != e
        # On the states that e fixes, x permutes them exactly if it is in the group of e.
        fixed = [state for state, target in enumerate(e) if state == target]
        return one_length and around and sorted({x[state] for state in fixed}) == fixed


Answer: TypeAlias = QuasiAperiodic | NotQuasiAperiodic


@language_property(
    "quasi-aperiodic",
    place=170,
    implies=("solvable",),
    definition="Nothing but the length of words is counted: the language is in AC0.",
    source=(
        "D. A. Mix Barrington, K. Compton, H. Straubing and D. Thérien, Regular "
        "languages in NC1, 1992"
    ),
    yes="a modulus of the length",
    no=(
        "neutral and counting have one length; one acts as the identity of a group, "
        "the other does not"
    ),
    example="(abab)*",
    counterexample="(b*ab*a)*b*",
)
def is_quasi_aperiodic(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether for each t the elements of the words of length t contain no non-trivial group.

    Within one R-class all walks between two elements have the same length modulo the period of
    the R-class (the greatest common divisor of the lengths of its cycles), and there are walks of
    all large lengths of this residue. So a group element x and its identity e come from words of
    one length exactly if the walks from e to x have lengths that the period divides.

    Raises:
        BudgetExceeded: If the syntactic monoid has more elements than the budget.

    Source: D. A. Mix Barrington, K. Compton, H. Straubing and D. Thérien, Regular languages in
    NC1, 1992.

    >>> is_quasi_aperiodic(Automaton("ab", [[1, 1], [0, 0]], (True, False)))
    QuasiAperiodic(modulus=2, elements=2)
    >>> is_quasi_aperiodic(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    NotQuasiAperiodic(neutral=('0',), counting=('1',))
    """
    monoid = syntactic_monoid(automaton, budget)
    greens = GreensRelations(monoid)
    modulus = 1
    for identity in greens.group_identities(trivial=False):
        period, phases = _phases(monoid, greens.r_classes, identity)
        members = greens.h_class(identity)
        counting = members[(phases[members] == phases[identity]) & (members != identity)]
        if len(counting):
            return _words_of_one_length(monoid, greens.r_classes, identity, int(counting[0]))
        modulus = lcm(modulus, period)
    return QuasiAperiodic(modulus, len(monoid))


def _phases(
    monoid: TransitionMonoid, r_classes: NDArray[np.int32], start: int
) -> tuple[int, NDArray[np.int64]]:
    """The period of an R-class, and the length modulo it of the walks to each of its elements."""
    depth = np.full(len(monoid), -1, dtype=np.int64)
    depth[start], period = 0, 0
    level = np.array([start])
    while len(level):
        targets = monoid.right[level]
        inside = r_classes[targets] == r_classes[start]
        ends = targets[inside]
        lengths = np.broadcast_to(depth[level][:, None] + 1, targets.shape)[inside]
        new = depth[ends] < 0
        depth[ends[new]] = lengths[new]
        period = gcd(period, *np.unique(lengths - depth[ends]).tolist())
        level = np.unique(ends[new])
    return period, depth % period


def _words_of_one_length(
    monoid: TransitionMonoid, r_classes: NDArray[np.int32], identity: int, element: int
) -> NotQuasiAperiodic:
    """Walks of one length from an idempotent to itself and to an element of its group."""
    levels = [np.array([identity])]
    while len(levels) == 1 or not np.isin([identity, element], levels[-1]).all():
        targets = np.unique(monoid.right[levels[-1]])
        levels.append(targets[r_classes[targets] == r_classes[identity]])
    start = monoid.word(identity)
    return NotQuasiAperiodic(
        start + _walk(monoid, levels, identity), start + _walk(monoid, levels, element)
    )


def _walk(monoid: TransitionMonoid, levels: list[NDArray[np.intp]], end: int) -> Word:
    """A word that leads through the levels to an element of the last one."""
    letters: list[str] = []
    for level in reversed(levels[:-1]):
        row, letter = (int(index) for index in np.argwhere(monoid.right[level] == end)[0])
        end = int(level[row])
        letters.append(monoid.automaton.alphabet[letter])
    return tuple(reversed(letters))
