"""Languages drawn at random from the families of factors, subsequences, tiers and counts.

Language number i of a seed is the same whatever else is drawn: families take turns, and then
alphabets. All but the family with counts modulo m are star-free by their definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

from monoscan.automata import Automaton, minimize
from monoscan.automata.steps import automaton_from_steps
from monoscan.automata.zoo.conditions import Bound, Conditions, never
from monoscan.automata.zoo.factor_rules import BEGIN, END, Factor, factor_automaton
from monoscan.automata.zoo.subsequence_rules import subsequence_automaton

ALPHABETS = (4, 8, 16, 32, 64)
SIZES = ((3, 8), (9, 24), (25, 80))
"""The least and the most states of small, middle and large languages, which take turns."""
_DRAWS = 300


@dataclass(frozen=True)
class Drawn:
    """A language, with where it comes from.

    Attributes:
        number: Which one of its seed.
        family: The family's name.
        rule: What was drawn, as data.
        automaton: Its minimal automaton.
    """

    number: int
    family: str
    rule: str
    automaton: Automaton

    @property
    def is_star_free(self) -> bool:
        """Whether all languages of the family are star-free."""
        return self.family != "counts-modulo"


Draw: TypeAlias = Callable[[Random, tuple[str, ...], int], tuple[str, Automaton]]
"""What draws a language over some letters; the larger the number, the longer its rules."""


def draw(seed: int, number: int) -> Drawn:
    """Language number `number` of a seed, of the wanted size if some draws find one.

    >>> draw(0, 1).family, draw(0, 1).automaton == draw(0, 1).automaton
    ('forbidden-factors-on-tier', True)
    """
    random = Random(f"{seed} {number}")
    family = list(FAMILIES)[number % len(FAMILIES)]
    turn = number // len(FAMILIES)
    letters = tuple(f"a{i}" for i in range(ALPHABETS[turn % len(ALPHABETS)]))
    size = turn % len(SIZES)
    least, most = SIZES[size]
    nearest: tuple[int, str, Automaton] | None = None
    for _ in range(_DRAWS):
        rule, automaton = FAMILIES[family](random, letters, size)
        states = automaton.n_states
        gap = max(least - states, states - most, 0)
        if states <= SIZES[-1][1] and (nearest is None or gap < nearest[0]):
            nearest = (gap, rule, automaton)
            if not gap:
                break
    assert nearest is not None, f"no language of at most {SIZES[-1][1]} states was drawn"
    return Drawn(number, family, *nearest[1:])


def _factors(random: Random, letters: int, size: int, least: int = 1) -> list[Factor]:
    """Some factors over few of the letters, so that they overlap; some begin or end words."""
    few = random.sample(range(letters), min(letters, random.randint(2, 3 + size)))
    found: list[Factor] = []
    for _ in range(random.randint(1, 2 + size)):
        factor = tuple(random.choice(few) for _ in range(random.randint(least, 2 + size)))
        begins, ends = random.random() < 0.15, random.random() < 0.15
        found.append((*[BEGIN] * begins, *factor, *[END] * ends))
    return list(dict.fromkeys(found))


def _words(random: Random, letters: int, size: int) -> list[Factor]:
    return [
        tuple(random.randrange(letters) for _ in range(random.randint(1 + (size > 0), 2 + size)))
        for _ in range(random.randint(1, 1 + size))
    ]


def _alternatives(random: Random, words: int, most: int) -> Conditions:
    """One or two alternatives, in which each word has a bound from below, from above, or none."""
    alternatives = []
    for _ in range(random.randint(1, 2)):
        bounds = []
        for word in range(words):
            number = random.randint(1, most)
            kind = random.choice(("least", "most", "equal", "any"))
            if kind != "any":
                least = 0 if kind == "most" else number
                upper = None if kind == "least" else number - (kind == "most")
                bounds.append(Bound(word, least, upper))
        alternatives.append(tuple(bounds) or (Bound(0, 1, None),))
    return Conditions(tuple(alternatives))


def _forbidden_factors(
    random: Random, letters: tuple[str, ...], size: int
) -> tuple[str, Automaton]:
    factors = _factors(random, len(letters), size, 2)
    return f"none of {factors}", factor_automaton(letters, factors, never(len(factors)))


def _forbidden_on_tier(
    random: Random, letters: tuple[str, ...], size: int
) -> tuple[str, Automaton]:
    factors = _factors(random, len(letters), size, 2)
    tier = _tier(random, len(letters), factors)
    found = factor_automaton(letters, factors, never(len(factors)), tier)
    return f"none of {factors} on the tier {sorted(tier)}", found


def _tier(random: Random, letters: int, factors: list[Factor]) -> frozenset[int]:
    used = {letter for factor in factors for letter in factor if letter >= 0}
    return frozenset(used | set(random.sample(range(letters), letters // 2)))


def _required_factors(random: Random, letters: tuple[str, ...], size: int) -> tuple[str, Automaton]:
    factors = _factors(random, len(letters), min(size, 1))
    conditions = _alternatives(random, len(factors), 1)
    return f"{conditions} of {factors}", factor_automaton(letters, factors, conditions)


def _factor_counts(random: Random, letters: tuple[str, ...], size: int) -> tuple[str, Automaton]:
    factors = _factors(random, len(letters), min(size, 1))
    conditions = _alternatives(random, len(factors), 1 + 2 * size)
    return f"{conditions} of {factors}", factor_automaton(letters, factors, conditions)


def _counts_on_tier(random: Random, letters: tuple[str, ...], size: int) -> tuple[str, Automaton]:
    factors = _factors(random, len(letters), min(size, 1))
    conditions = _alternatives(random, len(factors), 1 + 2 * size)
    tier = _tier(random, len(letters), factors)
    found = factor_automaton(letters, factors, conditions, tier)
    return f"{conditions} of {factors} on the tier {sorted(tier)}", found


def _forbidden_subsequences(
    random: Random, letters: tuple[str, ...], size: int
) -> tuple[str, Automaton]:
    words = _words(random, len(letters), size + 1)
    return f"none of {words}", subsequence_automaton(letters, words, never(len(words)))


def _required_subsequences(
    random: Random, letters: tuple[str, ...], size: int
) -> tuple[str, Automaton]:
    words = _words(random, len(letters), size)
    conditions = _alternatives(random, len(words), 1)
    return f"{conditions} of {words}", subsequence_automaton(letters, words, conditions)


def _counts_modulo(random: Random, letters: tuple[str, ...], size: int) -> tuple[str, Automaton]:
    """How often a factor occurs, modulo m: in most cases no star-free language."""
    m = random.randint(2, 3 + 3 * size)
    factor = random.choice(_factors(random, len(letters), size))
    begun = {factor[:length] for length in range(len(factor))}
    wanted = frozenset(random.sample(range(m), random.randint(1, m - 1)))

    def read(state: tuple[Factor, int], symbol: int) -> tuple[Factor, int]:
        text = (*state[0], symbol)
        count = (state[1] + (text[-len(factor) :] == factor)) % m
        return next(text[i:] for i in range(len(text) + 1) if text[i:] in begun), count

    found = automaton_from_steps(
        letters, read(((), 0), BEGIN), read, lambda state: read(state, END)[1] in wanted
    )
    return f"{factor} occurs {sorted(wanted)} times modulo {m}", minimize(found)


FAMILIES: dict[str, Draw] = {
    "forbidden-factors": _forbidden_factors,
    "forbidden-factors-on-tier": _forbidden_on_tier,
    "required-factors": _required_factors,
    "factor-counts": _factor_counts,
    "factor-counts-on-tier": _counts_on_tier,
    "forbidden-subsequences": _forbidden_subsequences,
    "required-subsequences": _required_subsequences,
    "counts-modulo": _counts_modulo,
}
