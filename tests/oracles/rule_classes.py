"""Is a language given by forbidden factors or subsequences of some length? By trying all of them.

The factors (on each tier) and the subsequences of at most k letters that occur in no word of the
language are forbidden; the language is of the class exactly if nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

from monoscan.automata import Automaton, are_equivalent
from monoscan.automata.zoo.conditions import never
from monoscan.automata.zoo.factor_rules import BEGIN, END, Factor, factor_automaton
from monoscan.automata.zoo.subsequence_rules import subsequence_automaton

Numbers = tuple[int, ...]


def words_of(letters: Numbers, longest: int) -> Iterator[Numbers]:
    return chain.from_iterable(product(letters, repeat=n) for n in range(longest + 1))


def tiers(automaton: Automaton) -> list[Numbers]:
    letters = range(len(automaton.alphabet))
    return [tier for n in range(len(letters) + 1) for tier in combinations(letters, n)]


def closed(automaton: Automaton, states: set[int], letters: Numbers) -> set[int]:
    """The states that words of some letters reach from some states."""
    while True:
        more = states | {int(automaton.table[s, a]) for s in states for a in letters}
        if more == states:
            return states
        states = more


def occurs(automaton: Automaton, factor: Factor, tier: Numbers) -> bool:
    """Whether a marked factor occurs in a word of the language, letters off the tier deleted."""
    everything = tuple(range(len(automaton.alphabet)))
    off = tuple(a for a in everything if a not in tier)
    states = {0} if factor[:1] == (BEGIN,) else closed(automaton, {0}, everything)
    for symbol in factor:
        if symbol >= 0:
            around = closed(automaton, states, off)
            states = {int(automaton.table[s, symbol]) for s in around}
    last = off if factor[-1:] == (END,) else everything
    return any(automaton.outputs[s] for s in closed(automaton, states, last))


def is_tier_strictly_local(automaton: Automaton, tier: Numbers, k: int) -> bool:
    """Whether forbidden factors of at most k symbols (marks count) on the tier define it."""
    marked = [
        (*begin, *word, *end)
        for word in words_of(tier, k)
        for begin in ((), (BEGIN,))
        for end in ((), (END,))
        if len(begin) + len(word) + len(end) <= k and (word or (begin and end))
    ]
    forbidden = [factor for factor in marked if not occurs(automaton, factor, tier)]
    if not any(automaton.outputs):
        return True
    found = factor_automaton(automaton.alphabet, forbidden, never(len(forbidden)), frozenset(tier))
    return are_equivalent(found, automaton)


def is_strictly_local(automaton: Automaton, k: int) -> bool:
    return is_tier_strictly_local(automaton, tuple(range(len(automaton.alphabet))), k)


def is_subsequence_of_some(automaton: Automaton, word: Numbers) -> bool:
    everything = tuple(range(len(automaton.alphabet)))
    states = closed(automaton, {0}, everything)
    for letter in word:
        states = closed(automaton, {int(automaton.table[s, letter]) for s in states}, everything)
    return any(automaton.outputs[s] for s in states)


def is_strictly_piecewise(automaton: Automaton, k: int) -> bool:
    """Whether forbidden subsequences of at most k letters define it."""
    if not any(automaton.outputs):
        return True
    words = [word for word in words_of(tuple(range(len(automaton.alphabet))), k) if word]
    forbidden = [word for word in words if not is_subsequence_of_some(automaton, word)]
    found = subsequence_automaton(automaton.alphabet, forbidden, never(len(forbidden)))
    return are_equivalent(found, automaton)
