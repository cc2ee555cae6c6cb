"""A table of distinct rows of small integers, numbered as they come, many rows at a time."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Rows: TypeAlias = NDArray[Any]
Numbers: TypeAlias = NDArray[np.int32]

_FREE = -1
_MIXER = np.uint64(0x9E3779B97F4A7C15)
_WORD = np.dtype(np.uint64)


class RowTable:
    """Distinct rows of numbers below a bound, numbered 0, 1, 2, ... in the order of arrival.

    A row is kept in the fewest bytes that hold its numbers and padded to whole 64-bit words, so
    that a row of up to eight states is one integer. The words are keys of a hash table with
    open addressing; every operation works on all given rows at once, with numpy.

    Attributes:
        width: The length of a row.
        rows: The stored rows, unsigned integers [rows, padded width], zeros behind the width.

    >>> table = RowTable(bound=3, width=2)
    >>> table.add(np.array([[0, 1], [2, 2], [0, 1]]))[0].tolist()
    [0, 1, 0]
    >>> table.find(np.array([[2, 2], [1, 1]])).tolist()
    [1, -1]
    """

    def __init__(self, bound: int, width: int) -> None:
        dtype = np.min_scalar_type(max(bound - 1, 0))
        per_word = _WORD.itemsize // dtype.itemsize
        padded = max(1, -(-width // per_word)) * per_word
        self.width = width
        self._count = 0
        self._store: Rows = np.zeros((16, padded), dtype=dtype)
        self._slots: Numbers = np.full(32, _FREE, dtype=np.int32)
        # Powers of an odd number, modulo 2^64. Any odd numbers do: they influence the speed, never
        # the result.
        powers = np.multiply.accumulate(np.full(self._keys().shape[1], _MIXER))
        self._multipliers: NDArray[np.uint64] = powers

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> Rows:
        """The stored rows, padded; a view that is good until rows are added."""
        return self._store[: self._count]

    def add(self, rows: NDArray[Any]) -> tuple[Numbers, NDArray[np.intp]]:
        """Stores the rows that are not stored yet.

        Args:
            rows: Integers [rows, width], or already padded.

        Returns:
            The number of each row, and the places (in ``rows``) of those that were new, in order:
            of several equal rows, the first.
        """
        start, given = self._count, len(rows)
        self._reserve(start + given)
        # All rows are written behind the stored ones first, so that a slot can hold a row that
        # has only just claimed it; afterwards the new rows move together.
        store = self._store[start : start + given]
        store[:, : rows.shape[1]] = rows
        keys = self._keys()
        provisional = np.arange(start, start + given, dtype=np.int32)
        numbers, slots = self._claim(keys, provisional)
        new = np.flatnonzero(numbers == provisional)
        final = np.empty(given, dtype=np.int32)
        final[new] = np.arange(start, start + len(new), dtype=np.int32)
        self._slots[slots[new]] = final[new]
        old = numbers < start
        numbers = np.where(old, numbers, final[np.where(old, 0, numbers - start)])
        store[: len(new)] = store[new]
        store[len(new) :] = 0
        self._count = start + len(new)
        return numbers, new

    def find(self, rows: NDArray[Any]) -> Numbers:
        """The number of each row, and -1 where a row is not stored.

        Args:
            rows: Integers [rows, width], or already padded.
        """
        wanted = np.zeros((len(rows), self._store.shape[1]), dtype=self._store.dtype)
        wanted[:, : rows.shape[1]] = rows
        sought, keys = wanted.view(_WORD), self._keys()
        slots = self._first_slots(sought)
        numbers = np.full(len(rows), -1, dtype=np.int32)
        pending = np.arange(len(rows))
        while len(pending):
            occupants = self._slots[slots[pending]]
            taken = occupants != _FREE
            pending, occupants = pending[taken], occupants[taken]
            same = (keys[occupants] == sought[pending]).all(axis=1)
            numbers[pending[same]] = occupants[same]
            pending = pending[~same]
            slots[pending] = (slots[pending] + 1) & (len(self._slots) - 1)
        return numbers

    def _claim(
        self, keys: NDArray[np.uint64], candidates: Numbers
    ) -> tuple[Numbers, NDArray[np.int64]]:
        """Finds or takes a slot for each candidate row.

        Returns:
            For each candidate the row that holds its slot (itself, or an equal one that came
            earlier), and the slot.
        """
        slots = self._first_slots(keys[candidates])
        holders = np.empty(len(candidates), dtype=np.int32)
        pending = np.arange(len(candidates))
        while len(pending):
            places = slots[pending]
            free = np.flatnonzero(self._slots[places] == _FREE)[::-1]
            # Equal rows always want the same slot at the same time. Written backwards, the first
            # of those that want a free slot has it in the end.
            self._slots[places[free]] = candidates[pending[free]]
            occupants = self._slots[places]
            same = (keys[occupants] == keys[candidates[pending]]).all(axis=1)
            holders[pending[same]] = occupants[same]
            pending = pending[~same]
            slots[pending] = (slots[pending] + 1) & (len(self._slots) - 1)
        return holders, slots

    def _keys(self) -> NDArray[np.uint64]:
        return self._store.view(_WORD)

    def _first_slots(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where the search for each key begins: the leading bits of a mixed product."""
        folded = keys ^ (keys >> np.uint64(32))
        mixed = (folded * self._multipliers).sum(axis=1, dtype=np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(32))) * _MIXER
        bits = len(self._slots).bit_length() - 1
        leading: NDArray[np.int64] = (mixed >> np.uint64(64 - bits)).astype(np.int64)
        return leading

    def _reserve(self, rows: int) -> None:
        """Makes room for so many rows, with at least half of the slots free."""
        if rows > len(self._store):
            size = max(rows, 2 * len(self._store))
            grown: Rows = np.zeros((size, self._store.shape[1]), dtype=self._store.dtype)
            grown[: self._count] = self.rows
            self._store = grown
        if 2 * rows > len(self._slots):
            self._slots = np.full(1 << (2 * rows).bit_length(), _FREE, dtype=np.int32)
            self._claim(self._keys(), np.arange(self._count, dtype=np.int32))
