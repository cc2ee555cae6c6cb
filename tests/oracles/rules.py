"""Languages by rules, word for word by definition: no automaton, no state."""

from __future__ import annotations

import operator
import re
from itertools import combinations

Word = tuple[str, ...]
BEGIN, END = "^", "$"
COMPARE = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def count(factor: str, word: Word) -> int:
    """How often a factor of single letters stands in the marked word."""
    marked = [BEGIN, *word, END]
    return sum(marked[i : i + len(factor)] == list(factor) for i in range(len(marked)))


def is_subsequence(text: str, word: Word) -> bool:
    return any(chosen == tuple(text) for chosen in combinations(word, len(text)))


def has_none(factors: list[str], word: Word) -> bool:
    return not any(count(factor, word) for factor in factors)


def on_tier(tier: str, word: Word) -> Word:
    return tuple(letter for letter in word if letter in tier)


def fulfils(text: str, word: Word, holds) -> bool:
    """Whether one of the alternatives of a text holds; an item after ! must not."""
    return any(
        all(holds(item.removeprefix("!"), word) != item.startswith("!") for item in items)
        for items in (alternative.split(",") for alternative in text.split("|"))
    )


def has_count(item: str, word: Word) -> bool:
    factor, sign, number = re.fullmatch(r"(.*?)(>=|<=|>|<|=)([0-9]+)", item).groups()
    return COMPARE[sign](count(factor, word), int(number))


# By the id of the family: whether a word is in the language of some parameters.
DEFINITIONS = {
    "forbidden-factors": lambda word, factors: has_none(factors.split(","), word),
    "forbidden-factors-on-tier": lambda word, tier, factors: has_none(
        factors.split(","), on_tier(tier, word)
    ),
    "forbidden-subsequences": lambda word, texts: (
        not any(is_subsequence(text, word) for text in texts.split(","))
    ),
    "required-factors": lambda word, text: fulfils(text, word, lambda f, w: count(f, w) > 0),
    "required-subsequences": lambda word, text: fulfils(text, word, is_subsequence),
    "factor-counts": lambda word, text: fulfils(text, word, has_count),
}
