"""Is the language strictly local: do forbidden factors of some length define it?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import Work
from monoscan.automata.errors import AutomatonError
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import SLOW_PRODUCTS, Quotient
from monoscan.automata.properties.pair_walks import longest_pair_walk
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import access_word, known_separating_word, known_word_to
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class StrictlyLocal:
    """Factors of at most k letters that are forbidden define the language. True as a Boolean.

    The beginning and the end of the word count as letters. Equivalently, if u1 x v1 and u2 x v2
    are in the language and x has k - 1 letters, u1 x v2 is in the language too.

    Attributes:
        k: The least such number, at least 1.
    """

    k: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether this is the least such number, by following pairs of states.

        >>> StrictlyLocal(1).check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        quotient = Quotient(automaton)
        return is_least_length(quotient, range(len(quotient.alphabet)), self.k)


def is_least_length(quotient: Quotient, letters: Iterable[int], k: int) -> bool:
    """Whether k is the least number such that all words of k - 1 letters merge the live states.

    A state is live if a word is accepted from it; a word merges states if it leads at most one of
    them, or all that stay live to one.

    Args:
        quotient: An acceptor.
        letters: The numbers of the letters that the words have.
        k: A number.
    """
    if k < 1 or not set(quotient.outputs) <= {True, False}:
        return False
    live = [
        state
        for state in range(len(quotient))
        if any(quotient.outputs[target] for target in _reached(quotient, state))
    ]
    apart = {(p, q) for p in live for q in live if p != q}
    pairs, work = apart, Work("pairs of states in a slow check", SLOW_PRODUCTS)
    for _ in range(k - 1):
        if not pairs:
            return False  # fewer letters are enough
        work.charge(len(pairs) * len(quotient.alphabet))
        rows = [(quotient.table[p], quotient.table[q]) for p, q in pairs]
        pairs = apart & {(first[a], second[a]) for first, second in rows for a in letters}
    return not pairs


def _reached(quotient: Quotient, start: int) -> list[int]:
    found = [start]
    for state in found:
        found.extend(target for target in set(quotient.table[state]) if target not in found)
    return found


@final
@dataclass(frozen=True)
class NotStrictlyLocal(Against):
    """However long a common part is, what stands before it matters. False as a Boolean.

    For every i, first loop^i first_end and second loop^i second_end are in the language, and
    first loop^i second_end is not.

    Attributes:
        first: A word.
        first_end: A word.
        second: A word.
        second_end: A word.
        loop: A non-empty word.
    """

    first: Word
    first_end: Word
    second: Word
    second_end: Word
    loop: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loop closes twice and the three answers are as stated.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotStrictlyLocal(("a",), ("a",), (), (), ("a", "a")).check(even)
        True
        """
        quotient = Quotient(automaton)
        words = (self.first, self.first_end, self.second, self.second_end, self.loop)
        if not self.loop or not quotient.knows(*words):
            return False
        p, q = quotient.after(self.first), quotient.after(self.second)
        closed = quotient.after(self.loop, p) == p and quotient.after(self.loop, q) == q
        answers = [
            quotient.outputs[quotient.after(end, state)]
            for state, end in ((p, self.first_end), (q, self.second_end), (p, self.second_end))
        ]
        return closed and answers == [True, True, False]


Answer: TypeAlias = StrictlyLocal | NotStrictlyLocal


@language_property(
    "strictly-local",
    place=50,
    implies=("tier-strictly-local", "locally-testable"),
    definition=(
        "Forbidden factors of at most k letters define it; the ends of the word count as letters."
    ),
    equation=("of words: if u1 x v1 and u2 x v2 are in it and x has k - 1 letters, so is u1 x v2"),
    source=(
        "R. McNaughton and S. Papert, Counter-free automata, 1971; J. Rogers and G. K. Pullum, 2011"
    ),
    yes="the least k",
    no=(
        "first loop^i first_end and second loop^i second_end are in the language, "
        "first loop^i second_end is not, for every i"
    ),
    example="(ab)*",
    counterexample=".*aa.*",
    of_languages=True,
)
def is_strictly_local(automaton: Automaton) -> Answer:
    """Whether forbidden factors define the language, and of which length. Needs no monoid.

    A word of k - 1 letters must leave at most one state from which a word is accepted, wherever it
    begins. So the walks of two different states are followed until they meet or one is dead.

    Raises:
        AutomatonError: If the automaton is no acceptor.
        BudgetExceeded: If there are too many pairs of states.

    Source: R. McNaughton and S. Papert, Counter-free automata, 1971; J. Rogers and G. K. Pullum,
    Aural pattern recognition experiments and the subregular hierarchy, 2011 (suffix substitution
    closure); P. Caron, Families of locally testable languages, 2000.

    >>> is_strictly_local(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    StrictlyLocal(k=2)
    >>> is_strictly_local(Automaton("a", [[1], [0]], (True, False)))
    NotStrictlyLocal(first=('a',), first_end=('a',), second=(), second_end=(), loop=('a', 'a'))
    """
    minimal = minimize(automaton)
    check_acceptor(minimal, "strictly-local")
    found = longest_pair_walk(minimal, list(range(len(minimal.alphabet))))
    return StrictlyLocal(found + 2) if isinstance(found, int) else pumped(minimal, *found)


def check_acceptor(automaton: Automaton, name: str) -> None:
    """Refuses automata that do not accept or reject.

    Raises:
        AutomatonError: If an output is not Boolean.
    """
    if not automaton.is_acceptor:
        raise AutomatonError(
            f"{name} is a property of languages, and this automaton outputs strings such as "
            f"{automaton.outputs[0]!r}; give an acceptor"
        )


def pumped(minimal: Automaton, p: int, q: int, loop: Word) -> NotStrictlyLocal:
    """The witness of two live states of a minimal acceptor that a word leads back to themselves."""
    suffix = known_separating_word(minimal, p, q)
    if minimal.outputs[_after(minimal, p, suffix)]:
        p, q = q, p
    end = known_word_to(minimal, p, lambda state: bool(minimal.outputs[state]))
    return NotStrictlyLocal(access_word(minimal, p), end, access_word(minimal, q), suffix, loop)


def _after(minimal: Automaton, state: int, word: Word) -> int:
    for letter in word:
        state = int(minimal.table[state, minimal.letter_index(letter)])
    return state
