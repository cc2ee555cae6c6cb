"""Is the language strictly piecewise: do forbidden subsequences define it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET, BudgetExceeded, Work
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import SLOW_PRODUCTS, Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.strictly_local import check_acceptor
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import access_word
from monoscan.automata.word import Word

MAX_ARROWS = 1 << 23
"""The most arrows between pairs of states that are followed."""


@final
@dataclass(frozen=True)
class StrictlyPiecewise:
    """Subsequences of at most k letters that are forbidden define the language. True as a Boolean.

    Equivalently, with a word all its subsequences are in the language.

    Attributes:
        k: The least such number, at least 1.
        forbidden: A forbidden subsequence of k letters, all of whose own subsequences are allowed;
            the empty word if all words are in the language, or none.
    """

    k: int
    forbidden: Word

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether subsequences of k letters decide, and the forbidden one needs all its letters.

        >>> StrictlyPiecewise(1, ("b",)).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        quotient = Quotient(automaton)
        if self.k < 1 or not set(quotient.outputs) <= {True, False}:
            return False
        if self.forbidden:
            shorter = [
                self.forbidden[:i] + self.forbidden[i + 1 :] for i in range(len(self.forbidden))
            ]
            if len(self.forbidden) != self.k or not quotient.knows(self.forbidden):
                return False
            if quotient.output(self.forbidden) or not all(map(quotient.output, shorter)):
                return False
        elif self.k != 1 or len(quotient) != 1:
            return False
        return _short_subsequences_decide(quotient, self.k)


def _short_subsequences_decide(quotient: Quotient, k: int) -> bool:
    """Whether a word is accepted exactly if its subsequences of at most k letters all are.

    Beside the state of the word runs the set of the lengths and states of its subsequences.
    """
    queue: list[tuple[int, frozenset[tuple[int, int]]]] = [(0, frozenset({(0, 0)}))]
    seen = set(queue)
    work = Work("subsequences in a slow check", SLOW_PRODUCTS)
    for state, short in queue:
        if quotient.outputs[state] != all(quotient.outputs[s] for _, s in short):
            return False
        work.charge(len(quotient.alphabet) * len(short))
        for a in range(len(quotient.alphabet)):
            longer = {(n + 1, quotient.table[s][a]) for n, s in short if n < k}
            following = (quotient.table[state][a], short | longer)
            if following not in seen:
                seen.add(following)
                queue.append(following)
    return True


@final
@dataclass(frozen=True)
class NotStrictlyPiecewise(Against):
    """A word is in the language and one of its subsequences is not. False as a Boolean.

    prefix letter suffix is in the language, prefix suffix is not.

    Attributes:
        prefix: A word.
        letter: A letter.
        suffix: A word.
    """

    prefix: Word
    letter: str
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the two answers are as stated.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotStrictlyPiecewise((), "a", ("a",)).check(even)
        True
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.prefix, (self.letter,), self.suffix):
            return False
        longer = quotient.output((*self.prefix, self.letter, *self.suffix))
        return [longer, quotient.output((*self.prefix, *self.suffix))] == [True, False]


Answer: TypeAlias = StrictlyPiecewise | NotStrictlyPiecewise


@language_property(
    "strictly-piecewise",
    place=100,
    implies=("j-trivial",),
    definition=(
        "Forbidden subsequences of at most k letters define it: with a word "
        "all its subsequences are in it."
    ),
    equation="of words: if u a v is in it, so is u v",
    source=("J. Rogers et al., On languages piecewise testable in the strict sense, 2010"),
    yes="the least k, and a subsequence of k letters that must be forbidden",
    no="prefix letter suffix is in the language, prefix suffix is not",
    example="a*b*",
    counterexample="b*ab*",
    of_languages=True,
)
def is_strictly_piecewise(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether forbidden subsequences define the language, and of which length. Needs no monoid.

    Raises:
        AutomatonError: If the automaton is no acceptor.
        BudgetExceeded: If there are too many pairs of states, or if the search for the longest
            subsequence that must be forbidden needs more steps than the budget.

    Source: J. Rogers et al., On languages piecewise testable in the strict sense, 2010;
    L. H. Haines, On free monoids partially ordered by embedding, 1969.

    >>> is_strictly_piecewise(Automaton("ab", [[1, 0], [1, 2], [2, 2]], (True, True, False)))
    StrictlyPiecewise(k=2, forbidden=('a', 'b'))
    >>> is_strictly_piecewise(Automaton("a", [[1], [0]], (True, False)))
    NotStrictlyPiecewise(prefix=('a',), letter='a', suffix=())
    """
    minimal = minimize(automaton)
    check_acceptor(minimal, "strictly-piecewise")
    found = _not_closed(minimal)
    if found is not None:
        return found
    forbidden = _longest_forbidden(minimal, budget)
    return StrictlyPiecewise(max(1, len(forbidden)), forbidden)


def _not_closed(minimal: Automaton) -> NotStrictlyPiecewise | None:
    """A word whose letter cannot be left out, with a shortest suffix, or None.

    Pairs of the states after "prefix letter" and after "prefix" are followed until the first
    accepts and the second does not.
    """
    n, n_letters = minimal.table.shape
    if n * n * n_letters > MAX_ARROWS:
        raise BudgetExceeded(
            "arrows between pairs of states", MAX_ARROWS, n * n * n_letters, fixed=True
        )
    accepting = np.array(minimal.outputs, dtype=bool)
    # The pair (p, q) has the number p n + q; before it come a pair and a letter, or nothing.
    came_from = np.full(n * n, -1, dtype=np.int64)
    by_letter = np.full(n * n, -1, dtype=np.int64)
    starts = minimal.table.astype(np.int64) * n + np.arange(n)[:, None]
    layer, places = np.unique(starts, return_index=True)
    begins = dict(zip(layer.tolist(), places.tolist(), strict=True))
    seen = np.zeros(n * n, dtype=bool)
    seen[layer] = True
    while len(layer):
        p, q = np.divmod(layer, n)
        wrong = layer[accepting[p] & ~accepting[q]]
        if len(wrong):
            pair, suffix = int(wrong[0]), list[str]()
            while came_from[pair] >= 0:
                suffix.append(minimal.alphabet[int(by_letter[pair])])
                pair = int(came_from[pair])
            state, letter = divmod(begins[pair], n_letters)
            prefix = access_word(minimal, state)
            return NotStrictlyPiecewise(prefix, minimal.alphabet[letter], tuple(suffix[::-1]))
        targets = (minimal.table[p].astype(np.int64) * n + minimal.table[q]).reshape(-1)
        targets, places = np.unique(targets, return_index=True)
        fresh = ~seen[targets]
        targets, places = targets[fresh], places[fresh]
        came_from[targets], by_letter[targets] = layer[places // n_letters], places % n_letters
        seen[targets] = True
        layer = targets
    return None


def _longest_forbidden(minimal: Automaton, budget: int) -> Word:
    """A longest word that is not in the language although all its subsequences are.

    A word runs beside the set of the states that it reaches with one letter left out. If one of
    these states is that of the word itself, or dead, a letter can be left out of every forbidden
    word that begins in this way.
    """
    dead = [state for state, output in enumerate(minimal.outputs) if not output]
    start = (0, frozenset[int]())
    words: dict[tuple[int, frozenset[int]], Word] = {} if dead == [0] else {start: ()}
    longest: Word = ()
    done = 0
    while words:
        following: dict[tuple[int, frozenset[int]], Word] = {}
        for (state, shorter), word in words.items():
            for letter, target in zip(minimal.alphabet, minimal.table[state].tolist(), strict=True):
                reached = frozenset(
                    int(minimal.table[s, minimal.letter_index(letter)]) for s in shorter
                ) | {state}
                if target in reached or not reached.isdisjoint(dead):
                    continue
                if target in dead:
                    longest = (*word, letter) if len(word) >= len(longest) else longest
                else:
                    following.setdefault((target, reached), (*word, letter))
                done += 1
                if done > budget:
                    what = "steps in the search for forbidden subsequences"
                    raise BudgetExceeded(what, budget, done)
        words = following
    return longest
