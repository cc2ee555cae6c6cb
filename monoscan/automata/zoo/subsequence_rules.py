"""Languages given by subsequences: letters in this order, anything between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError, show_alphabet
from monoscan.automata.minimize import minimize
from monoscan.automata.steps import automaton_from_steps
from monoscan.automata.zoo.conditions import (
    Bound,
    Conditions,
    in_words,
    never,
    read_alternatives,
)
from monoscan.automata.zoo.rules import Ruled, check_lengths, items, read_word, rule_family

Numbers: TypeAlias = tuple[int, ...]

MAX_STATES = 200_000
_MAX_STEPS = 4_000_000


def subsequence_automaton(
    alphabet: Sequence[str], words: Sequence[Numbers], conditions: Conditions
) -> Automaton:
    """The minimal acceptor of the words with the subsequences that conditions ask for.

    A state is how much of each word has been found, as far as it matters.

    Args:
        alphabet: The letters.
        words: Words of letter numbers, not empty.
        conditions: Which of them must occur, or must not.

    Raises:
        BudgetExceeded: If there are more than `MAX_STATES` states, or too many arrows.

    >>> subsequence_automaton("ab", [(0, 1)], never(1)).n_states
    3
    """

    def found(places: Numbers) -> Numbers:
        return tuple(int(place == len(word)) for place, word in zip(places, words, strict=True))

    def settled(places: Numbers) -> Numbers | bool:
        counts = found(places)
        outcome = conditions.outcome(counts)
        if outcome is not None:
            return outcome
        # What does not matter any more is as if it had been found.
        counted = conditions.counted(counts)
        return tuple(
            place if number in counted else len(word)
            for number, (place, word) in enumerate(zip(places, words, strict=True))
        )

    def step(state: Numbers | bool, letter: int) -> Numbers | bool:
        if isinstance(state, bool):
            return state
        return settled(
            tuple(
                place + (place < len(word) and word[place] == letter)
                for place, word in zip(state, words, strict=True)
            )
        )

    reached = automaton_from_steps(
        alphabet,
        settled((0,) * len(words)),
        step,
        lambda state: state if isinstance(state, bool) else conditions.holds(found(state)),
        budget=min(MAX_STATES, max(1, _MAX_STEPS // len(alphabet))),
        what="states of the automaton of the subsequences",
    )
    return minimize(reached)


@rule_family(
    "forbidden-subsequences",
    "subsequences",
    definition="Words in which none of some subsequences occurs: the strictly piecewise languages.",
    examples=[("ab:ab", "bba", "bab"), ("abc:aa,cb", "bac", "aba")],
    source="J. Rogers et al., On languages piecewise testable in the strict sense, 2010",
)
def forbidden_subsequences(alphabet: tuple[str, ...], text: str) -> Ruled:
    """How much of each subsequence has been found; all words that have one are dead."""
    names = items(text, ",", "subsequence")
    words = _words(names, alphabet)
    automaton = subsequence_automaton(alphabet, words, never(len(words)))
    which = f"none of the subsequences {', '.join(names)}"
    if len(names) == 1:
        which = f"the subsequence {names[0]} does not"
    return Ruled(
        f"Words over {show_alphabet(alphabet)} in which {which} occur{'s' * (len(names) > 1)}.",
        automaton,
    )


@rule_family(
    "required-subsequences",
    "subsequences",
    definition="Words in which some subsequences occur and others, written with ! before them, do "
    "not; | stands between alternatives: the piecewise testable languages.",
    examples=[("ab:ab,!ba", "aab", "aba"), ("abc:abc|cc", "cac", "acb")],
    source="I. Simon, Piecewise testable events, 1975",
)
def required_subsequences(alphabet: tuple[str, ...], text: str) -> Ruled:
    """How much of each subsequence has been found."""
    alternatives = read_alternatives(text, "subsequence")
    names = list(dict.fromkeys(item for bs in alternatives for _, item in bs))
    conditions = Conditions(
        tuple(
            tuple(
                Bound(names.index(item), 1, None) if wanted else Bound(names.index(item), 0, 0)
                for wanted, item in bs
            )
            for bs in alternatives
        )
    )
    automaton = subsequence_automaton(alphabet, _words(names, alphabet), conditions)
    return Ruled(
        f"Words over {show_alphabet(alphabet)} with these subsequences: {in_words(alternatives)}.",
        automaton,
    )


def _words(names: list[str], alphabet: tuple[str, ...]) -> list[Numbers]:
    words = [read_word(name, alphabet) for name in names]
    check_lengths(words)
    if () in words:
        raise AutomatonError(
            f"subsequence {names[words.index(())]!r} has no letter, so it occurs in every word; "
            "give at least one letter"
        )
    return [tuple(map(alphabet.index, word)) for word in words]
