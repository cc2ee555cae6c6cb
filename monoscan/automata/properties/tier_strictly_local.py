"""Is the language tier-based strictly local: do forbidden factors define it on some letters?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton, canonical
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.pair_walks import letters_that_move, longest_pair_walk
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.strictly_local import (
    NotStrictlyLocal,
    check_acceptor,
    is_least_length,
    pumped,
)
from monoscan.automata.properties.witness import Against
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class TierStrictlyLocal:
    """Forbidden factors define the language once the letters off a tier are deleted. True.

    Attributes:
        tier: The letters on the smallest tier: those that are not neutral. A neutral letter can
            be deleted and inserted anywhere, and a letter off a tier is neutral.
        k: The least length of forbidden factors on that tier, at least 1.
    """

    tier: Word
    k: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether exactly the letters off the tier are neutral, and k is the least length.

        >>> TierStrictlyLocal(("a",), 1).check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        quotient = Quotient(automaton)
        moving = _moving(quotient)
        letters = [quotient.alphabet.index(letter) for letter in moving]
        return list(self.tier) == moving and is_least_length(quotient, letters, self.k)


def _moving(quotient: Quotient) -> list[str]:
    return [a for a in quotient.alphabet if quotient.action((a,)) != quotient.identity]


@final
@dataclass(frozen=True)
class NotTierStrictlyLocal(Against):
    """On no tier do forbidden factors define the language. False as a Boolean.

    Every tier has all letters that are not neutral. The words below have no other letters, so
    they are the same on every tier.

    Attributes:
        related: Evidence that the language is not strictly local, by words of such letters.
    """

    related: NotStrictlyLocal

    def check(self, automaton: Automaton) -> bool:
        """Whether no letter of the words is neutral, and they show that it is not strictly local.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> evidence = NotStrictlyLocal(("a",), ("a",), (), (), ("a", "a"))
        >>> NotTierStrictlyLocal(evidence).check(even)
        True
        """
        found = self.related
        words = (found.first, found.first_end, found.second, found.second_end, found.loop)
        moving = _moving(Quotient(automaton))
        return {*sum(words, ())} <= {*moving} and found.check(automaton)


Answer: TypeAlias = TierStrictlyLocal | NotTierStrictlyLocal


@language_property(
    "tier-strictly-local",
    place=60,
    implies=("aperiodic",),
    definition=("Forbidden factors define it once all letters that are not on a tier are deleted."),
    equation="as strictly-local, on the letters that are not neutral",
    source=("J. Heinz, C. Rawal and H. G. Tanner, 2011; D. Lambert and J. Rogers, 2020"),
    yes="the smallest tier, and the least k on it",
    no=("as strictly-local, by words without neutral letters: they are the same on every tier"),
    example="b*ab*",
    counterexample=".*aa.*",
    of_languages=True,
)
def is_tier_strictly_local(automaton: Automaton) -> Answer:
    """Whether forbidden factors on a tier define the language, with the tier. Needs no monoid.

    If the language has a tier at all, the letters that are not neutral are one: factors that are
    forbidden on a larger tier, those with neutral letters left out, define it on the smaller one.

    Raises:
        AutomatonError: If the automaton is no acceptor.
        BudgetExceeded: If there are too many pairs of states.

    Source: J. Heinz, C. Rawal and H. G. Tanner, Tier-based strictly local constraints for
    phonology, 2011; D. Lambert and J. Rogers, Tier-based strictly local stringsets, 2020.

    >>> is_tier_strictly_local(Automaton("abc", [[1, 0, 0], [1, 0, 1]], (True, False)))
    TierStrictlyLocal(tier=('a', 'b'), k=2)
    >>> bool(is_tier_strictly_local(Automaton("ab", [[1, 0], [0, 1]], (True, False))))
    False
    """
    minimal = minimize(automaton)
    check_acceptor(minimal, "tier-strictly-local")
    letters = letters_that_move(minimal)
    tier = tuple(minimal.alphabet[letter] for letter in letters)
    found = longest_pair_walk(minimal, letters)
    if isinstance(found, int):
        return TierStrictlyLocal(tier, found + 2)
    # States are the same without the neutral letters, so all words can do without them.
    on_tier = canonical(tier, np.ascontiguousarray(minimal.table[:, letters]), minimal.outputs)
    p, q = (_same_state(minimal, on_tier, letters, state) for state in found[:2])
    return NotTierStrictlyLocal(pumped(on_tier, p, q, found[2]))


def _same_state(minimal: Automaton, on_tier: Automaton, letters: list[int], state: int) -> int:
    """The number that a state of the minimal automaton has without the neutral letters."""
    pairs = {0: 0}
    queue = [0]
    for old in queue:
        for new_letter, letter in enumerate(letters):
            target = int(minimal.table[old, letter])
            if target not in pairs:
                pairs[target] = int(on_tier.table[pairs[old], new_letter])
                queue.append(target)
    return pairs[state]
