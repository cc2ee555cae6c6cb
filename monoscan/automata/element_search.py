"""The search for the elements of a transition monoid, a whole level of words at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.row_table import RowTable

Numbers: TypeAlias = NDArray[np.int32]

MIN_CELLS = 1 << 23
CELLS_AN_ELEMENT = 84
"""The maps and the Cayley graphs together may have `MIN_CELLS` entries, and so many more as the
budget of elements is larger than usual: the memory and the time grow with the entries."""
_PRODUCTS_AT_ONCE = 1 << 16
_CELLS_AT_ONCE = 1 << 22
_MAPS_AT_ONCE = 1 << 15
_NONE = -1


class ElementSearch:
    """The elements of a transition monoid in shortlex order of their first words.

    A product x b is worked out on states only if the word of x without its first letter,
    followed by b, is again the first word of an element. In all other cases the product is read
    off from products that are known already.

    Attributes:
        maps: The elements found so far, as maps of states.

    Source: V. Froidure and J.-E. Pin, Algorithms for computing finite semigroups, 1997.

    >>> search = ElementSearch(Automaton("1", [[1], [2], [0]], (True, False, False)), budget=9)
    >>> list(search.levels()), search.right.tolist()
    ([range(0, 1), range(1, 2), range(2, 3)], [[1], [2], [0]])
    """

    def __init__(self, automaton: Automaton, budget: int) -> None:
        check_budget(budget)
        self._n_states, self._n_letters = automaton.table.shape
        self._budget = budget
        self.maps = RowTable(bound=self._n_states, width=self._n_states)
        self.maps.add(np.arange(self._n_states).reshape(1, -1))
        dtype = self.maps.rows.dtype
        self._letters: NDArray[Any] = np.ascontiguousarray(automaton.table.T.astype(dtype))
        self._right: Numbers = np.full((16, self._n_letters), _NONE, dtype=np.int32)
        self._left: Numbers = np.full((16, self._n_letters), _NONE, dtype=np.int32)
        # Columns: the word without its last letter, the last letter, the first letter, the word
        # without its first letter.
        self._origins: Numbers = np.full((16, 4), _NONE, dtype=np.int32)

    @property
    def right(self) -> Numbers:
        """int32 array [elements, letters]: x times letter; -1 where not yet known."""
        return self._right[: len(self.maps)]

    @property
    def left(self) -> Numbers:
        """int32 array [elements, letters]: letter times x; -1 where not yet known."""
        return self._left[: len(self.maps)]

    @property
    def origins(self) -> Numbers:
        """int32 array [elements, 2]: the first word without its last letter, the last letter.

        The row of the identity is -1, -1.
        """
        return self._origins[: len(self.maps), :2]

    def actions(self, level: range) -> NDArray[np.intp]:
        """Where each element of a level takes each state: an array [elements, states]."""
        rows = self.maps.rows[level.start : level.stop, : self._n_states]
        return rows.astype(np.intp)

    def word(self, element: int) -> tuple[int, ...]:
        """The letter numbers of the first word of an element."""
        letters: list[int] = []
        while element:
            parent, last = (int(number) for number in self._origins[element, :2])
            letters.append(last)
            element = parent
        return tuple(reversed(letters))

    def levels(self) -> Iterator[range]:
        """The numbers of the elements whose first words have length 0, 1, 2, ...

        A level is multiplied by the letters only when the next one is asked for.

        Raises:
            BudgetExceeded: If there are more elements than the budget, or too many entries of
                maps and Cayley graphs to remember.
        """
        level = range(1)
        products = min(_PRODUCTS_AT_ONCE, _CELLS_AT_ONCE // self._n_states)
        step = max(1, products // self._n_letters)
        while level:
            yield level
            for start in range(level.start, level.stop, step):
                self._multiply(range(start, min(start + step, level.stop)))
            self._complete_left(level)
            level = range(level.stop, len(self.maps))

    def _multiply(self, part: range) -> None:
        """Fills the rows of the right Cayley graph of some elements of the current level.

        If x = a s, then x b = a (s b). The left Cayley graph knows this product if s b belongs to
        an earlier level. The rest is worked out on states where s b is a first word, and read off
        where it is not.
        """
        if part.start == 0:
            letters = np.arange(self._n_letters)
            self._find_products(np.zeros_like(letters), letters, np.zeros_like(letters))
            return
        members = slice(part.start, part.stop)
        firsts, suffixes = self._origins[members, 2:].T
        targets = self._right[suffixes]
        products = self._left.reshape(-1)[self._places(targets, firsts[:, None])]
        self._right[members] = products
        rows, letters = np.divmod(np.flatnonzero(products == _NONE), self._n_letters)
        elements, targets = rows + part.start, targets[rows, letters]
        worked_out = self._is_first_word(targets, suffixes[rows], letters)
        self._find_products(elements[worked_out], letters[worked_out], targets[worked_out])
        read_off = ~worked_out
        if read_off.any():
            self._read_off(elements[read_off], letters[read_off], targets[read_off])

    def _places(self, elements: NDArray[Any], letters: NDArray[Any]) -> NDArray[np.int64]:
        """The places of entries in a flattened Cayley graph."""
        places: NDArray[np.int64] = elements.astype(np.int64) * self._n_letters + letters
        return places

    def _is_first_word(
        self, targets: Numbers, elements: Numbers, letters: NDArray[Any]
    ) -> NDArray[np.bool_]:
        """Whether the first word of each target is that of an element, then a letter."""
        same_parent = self._origins[targets, 0] == elements
        first: NDArray[np.bool_] = same_parent & (self._origins[targets, 1] == letters)
        return first

    def _find_products(
        self, elements: NDArray[Any], letters: NDArray[Any], suffixes: NDArray[Any]
    ) -> None:
        """Products worked out on states; those that are new become elements.

        Args:
            elements: The elements to multiply.
            letters: A letter for each of them.
            suffixes: The first word of each product without its first letter, as an element.
        """
        products = self._letters[letters[:, None], self.maps.rows[elements, : self._n_states]]
        before = len(self.maps)
        numbers, new = self.maps.add(products)
        self._check_size()
        self._reserve(len(self.maps))
        self._right.reshape(-1)[self._places(elements, letters)] = numbers
        elements, letters, suffixes = elements[new], letters[new], suffixes[new]
        origins = self._origins[before : len(self.maps)]
        origins[:, 0], origins[:, 1], origins[:, 3] = elements, letters, suffixes
        origins[:, 2] = np.where(elements == 0, letters, self._origins[elements, 2])

    def _read_off(
        self, elements: NDArray[Any], letters: NDArray[Any], targets: NDArray[Any]
    ) -> None:
        """Products x b that follow from others: if x = a s and s b = p c, then x b = (a p) c.

        The entry of a p and c belongs to a smaller word, but perhaps to one of the same level,
        so entries are copied until none is missing.
        """
        firsts, origins = self._origins[elements, 2], self._origins[targets]
        flat = self._right.reshape(-1)
        places = self._places(elements, letters)
        sources = self._places(self._left[origins[:, 0], firsts], origins[:, 1])
        while len(places):
            values = flat[sources]
            flat[places] = values
            missing = values == _NONE
            places, sources = places[missing], sources[missing]

    def _complete_left(self, level: range) -> None:
        """If x = p b, then a x = (a p) b."""
        members = slice(level.start, level.stop)
        if level.start == 0:
            self._left[0] = self._right[0]
            return
        parents, last_letters = self._origins[members, 0], self._origins[members, 1]
        self._left[members] = self._right[self._left[parents], last_letters[:, None]]

    def _check_size(self) -> None:
        found = len(self.maps)
        if found > self._budget:
            raise BudgetExceeded(
                f"elements of the transition monoid of {self._n_states} states",
                self._budget,
                self._budget + 1,
            )
        cells = found * (self._n_states + 2 * self._n_letters)
        allowed = max(MIN_CELLS, CELLS_AN_ELEMENT * self._budget)
        if cells > allowed:
            raise BudgetExceeded(
                f"entries in the tables of the transition monoid ({self._n_states} states, "
                f"{self._n_letters} letters)",
                allowed,
                cells,
            )

    def _reserve(self, elements: int) -> None:
        if elements > len(self._right):
            size = max(elements, 2 * len(self._right))
            self._right = _grown(self._right, size)
            self._left = _grown(self._left, size)
            self._origins = _grown(self._origins, size)


def _grown(array: Numbers, size: int) -> Numbers:
    grown = np.full((size, array.shape[1]), _NONE, dtype=np.int32)
    grown[: len(array)] = array
    return grown


def search_maps(search: ElementSearch) -> Iterator[tuple[NDArray[np.intp], int]]:
    """The elements in order, as blocks of maps [maps, states] with the number of the first.

    Raises:
        BudgetExceeded: If the budget of the search is reached.
    """
    for level in search.levels():
        for start in range(level.start, level.stop, _MAPS_AT_ONCE):
            yield search.actions(range(start, min(start + _MAPS_AT_ONCE, level.stop))), start
