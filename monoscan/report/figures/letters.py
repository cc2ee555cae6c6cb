"""Which letters an arrow needs, and how their labels are kept short."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import final

import numpy as np

from monoscan.automata import Automaton
from monoscan.automata.word import EMPTY_WORD_SIGN, Word
from monoscan.report.figures.fonts import printable, text_width

MAX_LISTED_MAPS = 2_000

Map = tuple[int, ...]


@final
@dataclass(frozen=True)
class Generators:
    """Letters from which all others follow.

    Attributes:
        letters: The numbers of these letters, in order.
        words: For the number of each other letter a shortest word over these that acts like it.
    """

    letters: tuple[int, ...]
    words: dict[int, Word]


def generating_letters(automaton: Automaton, budget: int = MAX_LISTED_MAPS) -> Generators:
    """Letters such that each letter acts on the states like a word over them.

    No letter can be left out of those chosen, but there may be smaller choices.

    Args:
        automaton: Any automaton.
        budget: Largest number of maps of states to list. If more would be needed, no letter is
            left out.

    >>> from monoscan.automata import get_language
    >>> found = generating_letters(get_language("s3").build())
    >>> found.letters, found.words[3]
    ((1, 2), ('(2,3)', '(1,2)'))
    """
    maps: list[Map] = [tuple(column) for column in automaton.table.T.tolist()]
    every = range(len(maps))
    chosen: list[int] = []
    reached: set[Map] | None = {tuple(range(automaton.n_states))}
    for letter in every:
        if reached is not None and maps[letter] not in reached:
            chosen.append(letter)
            reached = _closure([maps[number] for number in chosen], budget)
    if reached is None:
        return Generators(tuple(every), {})
    for letter in tuple(chosen):
        fewer = [number for number in chosen if number != letter]
        left = _closure([maps[number] for number in fewer], budget)
        if left is not None and left.issuperset(maps):
            chosen = fewer
    return Generators(tuple(chosen), _words(automaton, chosen, maps))


def _closure(generators: list[Map], budget: int) -> set[Map] | None:
    """All products of some maps, the empty one included; None above the budget."""
    degree = len(generators[0]) if generators else 0
    fresh: list[Map] = [tuple(range(degree))] if generators else []
    found = set(fresh)
    while fresh:
        products = {tuple([g[i] for i in x]) for x in fresh for g in generators} - found
        found |= products
        if len(found) > budget:
            return None
        fresh = sorted(products)
    return found


def _words(automaton: Automaton, chosen: list[int], maps: list[Map]) -> dict[int, Word]:
    """For each letter that was not chosen, its first word in shortlex order."""
    identity: Map = tuple(range(automaton.n_states))
    words: dict[Map, Word] = {identity: ()}
    level = [identity]
    wanted = {maps[letter] for letter in range(len(maps)) if letter not in chosen}
    while level and not wanted.issubset(words):
        following = []
        for x in level:
            for letter in chosen:
                product = tuple([maps[letter][i] for i in x])
                if product not in words:
                    words[product] = (*words[x], automaton.alphabet[letter])
                    following.append(product)
        level = following
    return {n: words[maps[n]] for n in range(len(maps)) if n not in chosen}


@final
class Labels:
    """The labels of arrows, and the legend of those that had to be abbreviated.

    Args:
        alphabet: The letters of the automaton.
        size: The size of the font, in points.
        width: The largest width of a label, in points.
    """

    def __init__(self, alphabet: tuple[str, ...], size: float, width: float) -> None:
        self._letters = [printable(letter) for letter in alphabet]
        self._size, self._width = size, width
        # Blanks never occur in letters, so a list with blanks is never misread.
        self.separator = " " if any("," in letter for letter in alphabet) else ","
        self._prefix = next(p for p in _PREFIXES if not any(x.startswith(p) for x in alphabet))
        self._sets: dict[tuple[int, ...], str] = {}

    def label(self, letters: Iterable[int]) -> str:
        """The label of an arrow with some letters: the letters, or the name of their set."""
        numbers = tuple(sorted(set(letters)))
        text = self.separator.join(self._letters[n] for n in numbers)
        return text if text_width(text, self._size) <= self._width else self._name(numbers)

    def _name(self, numbers: tuple[int, ...]) -> str:
        return self._sets.setdefault(numbers, f"{self._prefix}{len(self._sets) + 1}")

    def legend(self) -> list[tuple[str, str]]:
        """The name of each abbreviated set and its letters."""
        return [
            (name, " ".join(self._letters[n] for n in numbers))
            for numbers, name in self._sets.items()
        ]

    def word(self, word: Word) -> str:
        """A word in the signs of the font."""
        between = " " if any(len(letter) > 1 for letter in self._letters) else ""
        return between.join(printable(letter) for letter in word) or EMPTY_WORD_SIGN


# The last one is never the beginning of a letter: letters hold no white space.
_PREFIXES = ("S", "X", "set ")


def next_states(automaton: Automaton, letters: Iterable[int]) -> dict[tuple[int, int], list[int]]:
    """For each pair of states the letters, of those given, that lead from one to the other.

    >>> next_states(Automaton("ab", [[1, 1], [1, 0]], (True, False)), (0, 1))
    {(0, 1): [0, 1], (1, 0): [1], (1, 1): [0]}
    """
    found: dict[tuple[int, int], list[int]] = {}
    for letter in letters:
        for state, target in enumerate(np.asarray(automaton.table)[:, letter].tolist()):
            found.setdefault((state, target), []).append(letter)
    return dict(sorted(found.items()))
