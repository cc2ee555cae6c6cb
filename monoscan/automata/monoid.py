"""The transition monoid of an automaton: what words do to states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.element_search import ElementSearch
from monoscan.automata.minimize import minimize
from monoscan.automata.word import Word

Maps: TypeAlias = NDArray[np.int32]

_PRODUCTS_AT_ONCE = 1 << 17


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
        right: int32 array [elements, letters], read-only: the right Cayley graph, x times letter.
        left: int32 array [elements, letters], read-only: the left Cayley graph, letter times x.

    Raises:
        BudgetExceeded: If there are more elements than the budget, or so many states and
            elements that the maps would not fit in memory.

    Source: V. Froidure and J.-E. Pin, Algorithms for computing finite semigroups, 1997.

    >>> parity = Automaton(("0", "1"), [[0, 1], [1, 0]], (True, False))
    >>> monoid = TransitionMonoid(parity)
    >>> monoid.words, monoid.elements.tolist()
    (((), ('1',)), [[0, 1], [1, 0]])
    """

    automaton: Automaton
    budget: int = DEFAULT_MONOID_BUDGET
    right: Maps = field(init=False, repr=False)
    left: Maps = field(init=False, repr=False)
    _search: ElementSearch = field(init=False, repr=False)

    def __post_init__(self) -> None:
        search = ElementSearch(self.automaton, self.budget)
        for _ in search.levels():
            pass
        object.__setattr__(self, "right", _read_only(search.right))
        object.__setattr__(self, "left", _read_only(search.left))
        object.__setattr__(self, "_search", search)

    def __len__(self) -> int:
        return len(self._search.maps)

    @cached_property
    def elements(self) -> Maps:
        """int32 array [elements, states], read-only: where each element takes each state."""
        return _read_only(self._search.maps.rows[:, : self.automaton.n_states].astype(np.int32))

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The shortlex first word of each element.

        For a large monoid ask `word` for the few that are wanted: all words together take far
        more memory than the monoid.
        """
        words: list[Word] = [()]
        alphabet = self.automaton.alphabet
        for parent, letter in self._search.origins[1:].tolist():
            words.append((*words[parent], alphabet[letter]))
        return tuple(words)

    def word(self, element: int) -> Word:
        """The shortlex first word of one element.

        Raises:
            IndexError: If the number is not that of an element.

        >>> TransitionMonoid(Automaton("1", [[1], [2], [0]], (True, False, False))).word(2)
        ('1', '1')
        """
        self._check_elements(np.array([element]))
        return tuple(self.automaton.alphabet[a] for a in self._search.word(element))

    @property
    def semigroup(self) -> range:
        """The elements that non-empty words cause: the transition semigroup.

        All elements, or all but the identity if only the empty word causes it.

        >>> TransitionMonoid(Automaton("ab", [[0, 1], [0, 1]], (False, True))).semigroup
        range(1, 3)
        """
        return range(0 if bool((self.right == 0).any()) else 1, len(self))

    def multiply(self, first: int, second: int) -> int:
        """The number of the element "first, then second".

        Raises:
            IndexError: If a number is not that of an element.

        >>> TransitionMonoid(Automaton("1", [[1], [0]], (True, False))).multiply(1, 1)
        0
        """
        return int(self.products([first], [second])[0])

    def products(self, first: ArrayLike, second: ArrayLike) -> Maps:
        """The numbers of many products "first, then second".

        Args:
            first: Element numbers, an array [products] or one number.
            second: Element numbers, likewise.

        Returns:
            int32 array [products].

        Raises:
            IndexError: If a number is not that of an element.

        >>> group = TransitionMonoid(Automaton("1", [[1], [0]], (True, False)))
        >>> group.products([0, 1], 1).tolist()
        [1, 0]
        """
        pairs = np.broadcast_arrays(np.atleast_1d(first), np.atleast_1d(second))
        xs, ys = (np.asarray(numbers).astype(np.int64) for numbers in pairs)
        self._check_elements(xs)
        self._check_elements(ys)
        found = np.empty(len(xs), dtype=np.int32)
        step = max(1, _PRODUCTS_AT_ONCE // max(1, self.automaton.n_states // 8))
        for start in range(0, len(xs), step):
            part = slice(start, start + step)
            found[part] = self._search.maps.find(self._composed(xs[part], ys[part]))
        return found

    def _composed(self, xs: NDArray[np.int64], ys: NDArray[np.int64]) -> NDArray[Any]:
        maps, n_states = self._search.maps.rows, self.automaton.n_states
        # Indices of type intp: other types are converted at every use.
        return np.take_along_axis(maps[ys], maps[xs, :n_states].astype(np.intp), axis=1)

    def _check_elements(self, numbers: NDArray[np.int64]) -> None:
        wrong = numbers[(numbers < 0) | (numbers >= len(self))]
        if len(wrong):
            raise IndexError(
                f"element {wrong[0]} does not exist; the elements are 0..{len(self) - 1}"
            )

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

    Its `semigroup` is the syntactic semigroup.

    Raises:
        BudgetExceeded: If there are more elements than the budget.

    >>> len(syntactic_monoid(Automaton("1", [[1], [0]], (True, True))))
    1
    """
    return TransitionMonoid(minimize(automaton), budget)


def _read_only(array: Maps) -> Maps:
    array.flags.writeable = False
    return array
