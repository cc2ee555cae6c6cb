"""Languages given by factors: forbidden, required, counted, or forbidden on a tier of letters."""

from __future__ import annotations

import re
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
from monoscan.automata.zoo.rules import Ruled, check_lengths, items, read_word, rule_family, split

Factor: TypeAlias = tuple[int, ...]
"""Letter numbers, perhaps with the beginning of the word before them and its end after them."""

BEGIN, END = -1, -2
MAX_STATES = 200_000
_MAX_STEPS = 4_000_000
_ROGERS = (
    "J. Rogers and G. K. Pullum, Aural pattern recognition experiments and the subregular "
    "hierarchy, 2011"
)
_MARKS = " (^ is the beginning of a word, $ its end)"


def factor_automaton(
    alphabet: Sequence[str],
    factors: Sequence[Factor],
    conditions: Conditions,
    tier: frozenset[int] | None = None,
) -> Automaton:
    """The minimal acceptor of the words in which factors occur as often as conditions say.

    Occurrences may overlap. A state is the longest end of the word that begins a factor, with how
    often each factor has occurred, as far as it matters: the machine of Aho and Corasick.

    Args:
        alphabet: The letters.
        factors: The factors, not empty.
        conditions: What is asked of their numbers.
        tier: The numbers of the letters that are read; the others are passed over. None: all.

    Raises:
        BudgetExceeded: If there are more than `MAX_STATES` states, or too many arrows.

    Source: A. V. Aho and M. J. Corasick, Efficient string matching, 1975.

    >>> factor_automaton("ab", [(0, 0)], never(1)).n_states
    3
    """
    begun = {(), *(factor[:length] for factor in factors for length in range(1, len(factor)))}
    caps = conditions.caps(len(factors))

    def read(text: Factor, counts: Factor, symbol: int) -> tuple[Factor, Factor]:
        text = (*text, symbol)
        counts = tuple(
            min(count + (text[-len(factor) :] == factor), cap)
            for count, factor, cap in zip(counts, factors, caps, strict=True)
        )
        start = next(i for i in range(len(text) + 1) if text[i:] in begun)
        return text[start:], counts

    def settled(text: Factor, counts: Factor) -> tuple[Factor, Factor] | bool:
        outcome = conditions.outcome(counts)
        if outcome is not None:
            return outcome
        # What does not matter any more is as it would be after many more occurrences.
        counted = conditions.counted(counts)
        return text, tuple(
            count if word in counted else cap
            for word, (count, cap) in enumerate(zip(counts, caps, strict=True))
        )

    def step(state: tuple[Factor, Factor] | bool, letter: int) -> tuple[Factor, Factor] | bool:
        if isinstance(state, bool) or (tier is not None and letter not in tier):
            return state
        return settled(*read(*state, letter))

    def accepts(state: tuple[Factor, Factor] | bool) -> bool:
        return state if isinstance(state, bool) else conditions.holds(read(*state, END)[1])

    found = automaton_from_steps(
        alphabet,
        settled(*read((), (0,) * len(factors), BEGIN)),
        step,
        accepts,
        budget=min(MAX_STATES, max(1, _MAX_STEPS // len(alphabet))),
        what="states of the automaton of the factors",
    )
    return minimize(found)


def read_factor(text: str, alphabet: tuple[str, ...]) -> Factor:
    r"""A factor; ``^`` before it stands for the beginning of the word, ``$`` after it for its end.

    Raises:
        AutomatonError: If it has no letter and is not ``^$``, or a letter is not in the alphabet.

    >>> read_factor("^ab", ("a", "b")), read_factor("^$", ("a", "b")), read_factor(r"\$", ("$",))
    ((-1, 0, 1), (-1, -2), (0,))
    """
    match = re.fullmatch(r"(\^?)((?:[^\\]|\\.)*?)(\$?)", text, re.DOTALL)
    if match is None:
        raise AutomatonError(f"factor {text!r} ends in a backslash, which has nothing to escape")
    word = read_word(match[2], alphabet)
    if not word and text != "^$":
        raise AutomatonError(
            f"factor {text!r} has no letter, so it occurs in every word; only ^$, the empty word, "
            "may be without letters"
        )
    letters = [alphabet.index(letter) for letter in word]
    return (*[BEGIN] * bool(match[1]), *letters, *[END] * bool(match[3]))


@rule_family(
    "forbidden-factors",
    "factors",
    definition=f"Words in which none of some factors occurs{_MARKS}: the strictly local languages.",
    examples=[("ab:aa,b$", "aba", "ab"), ("01:11", "0101", "0110")],
    source="R. McNaughton and S. Papert, Counter-free automata, 1971 (strictly locally testable)",
)
def forbidden_factors(alphabet: tuple[str, ...], text: str) -> Ruled:
    """Aho and Corasick's machine with one dead state."""
    names, factors = _factors(text, alphabet)
    automaton = factor_automaton(alphabet, factors, never(len(factors)))
    return Ruled(f"Words over {show_alphabet(alphabet)} in which {_none(names)}.", automaton)


@rule_family(
    "forbidden-factors-on-tier",
    "tier",
    "factors",
    definition="Words that have none of some factors once all letters that are not on the tier "
    f"are deleted{_MARKS}: the tier-based strictly local languages.",
    examples=[("abc:ab:aa", "acb", "aca"), ("abc:ab:^b", "cab", "cba")],
    source="J. Heinz, C. Rawal and H. G. Tanner, Tier-based strictly local constraints for "
    "phonology, 2011",
)
def forbidden_factors_on_tier(alphabet: tuple[str, ...], tier: str, text: str) -> Ruled:
    """Letters that are not on the tier change nothing."""
    # The tier is written like an alphabet, or as a word.
    on_tier = tuple(
        dict.fromkeys(
            letter for part in split(tier, ",") for letter in read_word(part.strip(), alphabet)
        )
    )
    if not on_tier:
        raise AutomatonError("the tier has no letter; give at least one letter of the alphabet")
    names, factors = _factors(text, on_tier)
    factors = [
        tuple(s if s < 0 else alphabet.index(on_tier[s]) for s in factor) for factor in factors
    ]
    numbers = frozenset(map(alphabet.index, on_tier))
    automaton = factor_automaton(alphabet, factors, never(len(factors)), numbers)
    return Ruled(
        f"Words over {show_alphabet(alphabet)} in which {_none(names)} once all letters "
        f"but {', '.join(on_tier)} are deleted.",
        automaton,
    )


@rule_family(
    "required-factors",
    "factors",
    definition="Words in which some factors occur and others, written with ! before them, do not; "
    f"| stands between alternatives{_MARKS}: the locally testable languages.",
    examples=[("ab:aa,bb", "aabb", "aab"), ("ab:aa,!bb|^b", "aab", "aabb")],
    source="R. McNaughton and S. Papert, Counter-free automata, 1971 (locally testable); "
    f"{_ROGERS}",
)
def required_factors(alphabet: tuple[str, ...], text: str) -> Ruled:
    """Each factor is counted up to one."""
    alternatives = read_alternatives(text, "factor")
    counts = [[(item, 1 if wanted else 0) for wanted, item in bs] for bs in alternatives]
    bounds = [[(name, n, None if n else 0) for name, n in bs] for bs in counts]
    automaton = _counted(alphabet, bounds)
    return Ruled(
        f"Words over {show_alphabet(alphabet)} with these factors: {in_words(alternatives)}.",
        automaton,
    )


@rule_family(
    "factor-counts",
    "counts",
    definition="Words in which factors occur as often as it says, overlaps included: as >= or <= "
    f"or < or > or = with a number; | stands between alternatives{_MARKS}: the locally threshold "
    "testable languages.",
    examples=[("ab:aa>=2", "aaa", "aab"), ("ab:a=1,b<2|bb>=3", "ab", "abb")],
    source="D. Beauquier and J.-E. Pin, Factors of words, 1989; "
    "D. Thérien and A. Weiss, Graph congruences and wreath products, 1985",
)
def factor_counts(alphabet: tuple[str, ...], text: str) -> Ruled:
    """Each factor is counted up to the largest number that is asked of it."""
    alternatives = read_alternatives(text, "count")
    bounds = [[_bound(item, wanted) for wanted, item in bs] for bs in alternatives]
    automaton = _counted(alphabet, bounds)
    return Ruled(
        f"Words over {show_alphabet(alphabet)} with these numbers of factors: "
        f"{in_words(alternatives)}.",
        automaton,
    )


def _factors(text: str, alphabet: tuple[str, ...]) -> tuple[list[str], list[Factor]]:
    names = items(text, ",", "factor")
    factors = [read_factor(name, alphabet) for name in names]
    check_lengths(factors)
    return names, factors


def _none(names: list[str]) -> str:
    if len(names) == 1:
        return f"the factor {names[0]} does not occur"
    return f"none of the factors {', '.join(names)} occurs"


def _counted(
    alphabet: tuple[str, ...], bounds: list[list[tuple[str, int, int | None]]]
) -> Automaton:
    names = list(dict.fromkeys(name for alternative in bounds for name, _, _ in alternative))
    factors = [read_factor(name, alphabet) for name in names]
    check_lengths(factors)
    conditions = Conditions(
        tuple(
            tuple(Bound(names.index(name), least, most) for name, least, most in alternative)
            for alternative in bounds
        )
    )
    return factor_automaton(alphabet, factors, conditions)


def _bound(item: str, wanted: bool) -> tuple[str, int, int | None]:
    match = re.fullmatch(r"(.+?)\s*(>=|<=|=|<|>)\s*([0-9]{1,3})", item, re.DOTALL)
    if match is None or not wanted:
        raise AutomatonError(
            f"count {item!r} cannot be read; expected a factor, one of >= <= < > =, and a number "
            "below 1,000, as in aa>=2 (without a ! before it)"
        )
    number = int(match[3])
    least, most = {
        ">=": (number, None),
        ">": (number + 1, None),
        "<=": (0, number),
        "<": (0, number - 1),
        "=": (number, number),
    }[match[2]]
    return match[1], least, most
