"""Breadth-first numbering of the states of a table."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

States: TypeAlias = NDArray[np.int32]

# Below so many waiting states a plain loop is faster than a call of numpy.
_NARROW = 48


def breadth_first_order(table: States, initial: int) -> States:
    """The states reachable from a state in breadth-first order, letters in column order.

    Takes time in proportion to the size of the table, for wide and for narrow automata: many
    waiting states are followed at once with numpy, few one by one.

    Args:
        table: int32 array [states, letters]: the next state, in range.
        initial: The state to start from.

    Returns:
        int32 array [reachable states].

    >>> breadth_first_order(np.array([[2, 0], [1, 1], [2, 3], [0, 0]], dtype=np.int32), 2).tolist()
    [2, 3, 0]
    """
    return _Search(table, initial).order()


def is_breadth_first(table: States) -> bool:
    """Whether every state is reachable from state 0 and the numbers are breadth-first.

    That is so exactly if each entry, read row by row, is at most one more than the largest
    number seen before it, and each row is reached before it is read.

    Args:
        table: int32 array [states, letters]: the next state, in range.

    >>> is_breadth_first(np.array([[0, 1], [2, 0], [2, 2]], dtype=np.int32))
    True
    >>> is_breadth_first(np.array([[0, 2], [2, 0], [1, 1]], dtype=np.int32))
    False
    """
    n_states, n_letters = table.shape
    largest = np.maximum.accumulate(table.ravel())
    before = np.concatenate([np.zeros(1, dtype=np.int32), largest[:-1]])
    if (largest > before + 1).any():
        return False
    reached_before = before[n_letters::n_letters]
    return bool((reached_before >= np.arange(1, n_states)).all())


class _Search:
    """A queue of states: those before ``begin`` have been followed, those up to ``end`` wait."""

    def __init__(self, table: States, initial: int) -> None:
        self._table = np.ascontiguousarray(table)
        self._order = np.empty(len(table), dtype=np.int32)
        self._found = np.zeros(len(table), dtype=np.bool_)
        self._place = np.empty(len(table), dtype=np.int64)
        self._order[0], self._found[initial] = initial, True
        self._begin, self._end = 0, 1

    def order(self) -> States:
        while self._begin < self._end:
            if self._end - self._begin < _NARROW:
                self._follow_one_by_one()
            else:
                self._follow_all()
        return self._order[: self._end]

    def _follow_one_by_one(self) -> None:
        """Follows waiting states until none is left or there are many."""
        table, n_letters = self._table.reshape(-1).data, self._table.shape[1]
        order, found = self._order.data, self._found.data
        begin, end = self._begin, self._end
        while 0 < end - begin < _NARROW:
            start = order[begin] * n_letters
            begin += 1
            for target in table[start : start + n_letters]:
                if not found[target]:
                    found[target] = True
                    order[end] = target
                    end += 1
        self._begin, self._end = begin, end

    def _follow_all(self) -> None:
        """Follows all waiting states at once."""
        targets = self._table[self._order[self._begin : self._end]].ravel()
        targets = targets[~self._found[targets]]
        places = np.arange(len(targets))
        # Written backwards, so that of several equal targets the first one is kept.
        self._place[targets[::-1]] = places[::-1]
        new = targets[self._place[targets] == places]
        self._begin, self._end = self._end, self._end + len(new)
        self._order[self._begin : self._end] = new
        self._found[new] = True
