"""The transition monoid of an automaton: what words do to states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.minimize import minimize
from monoscan.automata.word import Word

DEFAULT_MONOID_BUDGET = 100_000

Maps: TypeAlias = NDArray[np.int32]


@final
@dataclass(frozen=True, eq=False)
class TransitionMonoid:
    """The maps of states that the words of an automaton cause, and how they multiply.

    Words act left to right: the word uv acts u first, then v, and so the product of elements
    i and j is "i, then j". Elements are numbered in shortlex order of their first word; element
    0 is the identity (the empty word).

    Attributes:
        automaton: The automaton.
        budget: Largest number of elements allowed.
        elements: int32 array [elements, states], read-only: where each element takes each state.
        words: The shortlex first word of each element.
        right: int32 array [elements, letters], read-only: the right Cayley graph, x times letter.
        left: int32 array [elements, letters], read-only: the left Cayley graph, letter times x.

    Raises:
        BudgetExceeded: If there are more elements than the budget.

    Source: V. Froidure and J.-E. Pin, Algorithms for computing finite semigroups, 1997.

    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> monoid = TransitionMonoid(parity)
    >>> monoid.words, monoid.elements.tolist()
    (((), ('1',)), [[0, 1], [1, 0]])
    """

    automaton: Automaton
    budget: int = DEFAULT_MONOID_BUDGET
    elements: Maps = field(init=False, repr=False)
    words: tuple[Word, ...] = field(init=False, repr=False)
    right: Maps = field(init=False, repr=False)
    left: Maps = field(init=False, repr=False)
    _numbers: dict[bytes, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        search = ElementSearch(self.automaton, self.budget)
        for _ in search.levels():
            pass
        right = np.array(search.right, dtype=np.int32)
        object.__setattr__(self, "elements", _read_only(np.array(search.maps, dtype=np.int32)))
        object.__setattr__(self, "words", tuple(search.words))
        object.__setattr__(self, "right", _read_only(right))
        object.__setattr__(self, "left", _read_only(_left_graph(search.parents, right)))
        object.__setattr__(self, "_numbers", search.numbers)

    def __len__(self) -> int:
        return len(self.words)

    def multiply(self, first: int, second: int) -> int:
        """The number of the element "first, then second".

        Raises:
            IndexError: If a number is not that of an element.

        >>> TransitionMonoid(Automaton("1", [[1], [0]], (True, False))).multiply(1, 1)
        0
        """
        for number in (first, second):
            if not 0 <= number < len(self):
                raise IndexError(
                    f"element {number} does not exist; the elements are 0..{len(self) - 1}"
                )
        return self._numbers[self.elements[second][self.elements[first]].tobytes()]

    def index_of_word(self, word: Iterable[str]) -> int:
        """The number of the element that a word causes.

        Raises:
            AlphabetError: If a letter is not in the alphabet.

        >>> TransitionMonoid(Automaton("1", [[1], [0]], (True, False))).index_of_word("111")
        1
        """
        element = 0
        for letter in word:
            element = int(self.right[element, self.automaton.letter_index(letter)])
        return element


def transition_monoid(
    automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET
) -> TransitionMonoid:
    """The transition monoid of an automaton.

    Raises:
        BudgetExceeded: If there are more elements than the budget.

    >>> len(transition_monoid(Automaton("1", [[1], [0]], (True, True))))
    2
    """
    return TransitionMonoid(automaton, budget)


def syntactic_monoid(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> TransitionMonoid:
    """The syntactic monoid of a language: the transition monoid of its minimal automaton.

    Raises:
        BudgetExceeded: If there are more elements than the budget.

    >>> len(syntactic_monoid(Automaton("1", [[1], [0]], (True, True))))
    1
    """
    return TransitionMonoid(minimize(automaton), budget)


class ElementSearch:
    """The search for the elements of a transition monoid, in shortlex order of their words.

    Attributes:
        maps: The elements found so far, each an int32 array [states].
        words: Their shortlex first words.
        parents: For each element but the first the pair (element, letter number) it came from.
        right: For each finished element the products with the letters.
        numbers: The number of each element, by the bytes of its map.
    """

    def __init__(self, automaton: Automaton, budget: int) -> None:
        check_budget(budget)
        identity = np.arange(automaton.n_states, dtype=np.int32)
        self._automaton = automaton
        self._budget = budget
        self.maps: list[Maps] = [identity]
        self.words: list[Word] = [()]
        self.parents: list[tuple[int, int]] = []
        self.right: list[list[int]] = []
        self.numbers: dict[bytes, int] = {identity.tobytes(): 0}

    def levels(self) -> Iterator[range]:
        """The numbers of the elements whose first words have length 0, 1, 2, ...

        Raises:
            BudgetExceeded: If there are more elements than the budget.
        """
        level = range(1)
        while level:
            yield level
            for element in level:
                self.right.append(self._products(element))
            level = range(level.stop, len(self.maps))

    def _products(self, element: int) -> list[int]:
        # Row a of the product is the map "element, then letter a".
        products = self._automaton.table.T[:, self.maps[element]]
        return [self._number(product, element, a) for a, product in enumerate(products)]

    def _number(self, product: Maps, parent: int, letter: int) -> int:
        key = product.tobytes()
        if key not in self.numbers:
            if len(self.maps) >= self._budget:
                raise BudgetExceeded(
                    f"elements of the transition monoid of {self._automaton.n_states} states",
                    self._budget,
                    len(self.maps) + 1,
                )
            self.numbers[key] = len(self.maps)
            self.maps.append(product)
            self.words.append((*self.words[parent], self._automaton.alphabet[letter]))
            self.parents.append((parent, letter))
        return self.numbers[key]


def _left_graph(parents: list[tuple[int, int]], right: Maps) -> Maps:
    """If x = p b, then a x = (a p) b: left products follow from right ones in shortlex order."""
    left = np.empty_like(right)
    left[0] = right[0]
    for element, (parent, letter) in enumerate(parents, start=1):
        left[element] = right[left[parent], letter]
    return left


def _read_only(array: Maps) -> Maps:
    array.flags.writeable = False
    return array
