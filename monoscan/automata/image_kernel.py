"""Which elements of a transition monoid have the same image, and which the same kernel.

The image of a map is the set of its values. Its kernel is the partition of the states into those
with equal values.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.row_table import RowTable

Numbers: TypeAlias = NDArray[np.int32]

_CELLS_AT_ONCE = 1 << 19


def number_images(maps: NDArray[Any]) -> Numbers:
    """Numbers 0, 1, ... for the maps, the same exactly if their images are the same.

    Args:
        maps: Integers [maps, states], each below the number of states.

    Returns:
        int32 array [maps]; the numbers are in the order of their first maps.

    >>> number_images(np.array([[0, 1, 2], [1, 1, 0], [2, 2, 2], [0, 1, 0]])).tolist()
    [0, 1, 2, 1]
    """
    n_maps, n_states = maps.shape
    table = RowTable(bound=256, width=-(-n_states // 8))
    numbers = np.empty(n_maps, dtype=np.int32)
    for part in _parts(n_maps, n_states):
        members = np.zeros((len(maps[part]), n_states), dtype=bool)
        np.put_along_axis(members, maps[part].astype(np.intp), True, axis=1)
        numbers[part], _ = table.add(np.packbits(members, axis=1))
    return numbers


def number_kernels(maps: NDArray[Any]) -> Numbers:
    """Numbers 0, 1, ... for the maps, the same exactly if their kernels are the same.

    Args:
        maps: Integers [maps, states], each below the number of states.

    Returns:
        int32 array [maps]; the numbers are in the order of their first maps.

    >>> number_kernels(np.array([[0, 1, 2], [1, 1, 0], [2, 2, 1], [0, 1, 0]])).tolist()
    [0, 1, 1, 2]
    """
    n_maps, n_states = maps.shape
    table = RowTable(bound=n_states, width=n_states)
    numbers = np.empty(n_maps, dtype=np.int32)
    # Of several writes to one place the last one stays: here that of the first state.
    backwards = np.arange(n_states)[::-1].reshape(1, -1)
    for part in _parts(n_maps, n_states):
        values = maps[part].astype(np.intp)
        first_state = np.zeros(values.shape, dtype=table.rows.dtype)
        np.put_along_axis(first_state, values[:, ::-1], backwards, axis=1)
        numbers[part], _ = table.add(np.take_along_axis(first_state, values, axis=1))
    return numbers


def _parts(n_maps: int, n_states: int) -> list[slice]:
    step = max(1, _CELLS_AT_ONCE // n_states)
    return [slice(start, start + step) for start in range(0, n_maps, step)]
