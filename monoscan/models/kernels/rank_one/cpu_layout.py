"""Sizes and arrays that the compiled loops of the recurrence have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pad

Array: TypeAlias = NDArray[np.floating[Any]]

# Sizes are filled up to multiples of this.
ROWS = 4

# Sub-steps of a chunk: with more, fewer passes over the state and larger triangles.
CHUNK = 16


def segment_steps(values: int, keys: int) -> int:
    """Sub-steps between stored states: the states of one segment fit into the second-level cache.

    >>> segment_steps(16, 16), segment_steps(32, 32), segment_steps(64, 64)
    (64, 64, 32)
    """
    return min(64, max(CHUNK, 2**17 // (values * keys) // CHUNK * CHUNK))


def saved_shapes(a: Tensor, v: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shapes of the erased e and of the kept states that `forward` stores for `backward`.

    >>> saved_shapes(torch.zeros(2, 100, 3, 7), torch.zeros(2, 100, 3, 5))
    ((2, 100, 3, 8), (2, 3, 2, 8, 8))
    """
    batch, steps, heads, keys = a.shape
    keys, values = wide(keys), wide(v.shape[-1])
    segments = -(-steps // segment_steps(values, keys))
    return (batch, steps, heads, values), (batch, heads, segments, values, keys)


def wide(size: int) -> int:
    """The size up to which a dimension is filled with zeros.

    >>> wide(16), wide(17)
    (16, 20)
    """
    return size + -size % ROWS


def filled(x: Tensor, *, state: bool = False) -> Tensor:
    """The tensor, contiguous, its last dimension (two, for a state) filled: zeros stay zeros.

    >>> tuple(filled(torch.ones(2, 3, 5), state=True).shape)
    (2, 4, 8)
    """
    right = -x.shape[-1] % ROWS
    below = -x.shape[-2] % ROWS if state else 0
    if right or below:
        x = pad(x, (0, right, 0, below))
    return x.contiguous()


def arrays(tensors: Iterable[Tensor], *, flat: bool = False) -> list[Array]:
    """The memory of contiguous tensors as arrays, of one dimension if `flat`.

    >>> arrays([torch.ones(2, 2)], flat=True)[0].shape
    (4,)
    """
    found = (x.detach().view(-1) if flat else x.detach() for x in tensors)
    return [x.numpy() for x in found]


def scratch(like: Tensor, *shape: int) -> Array:
    """Memory of the type of a tensor, not filled.

    >>> scratch(torch.ones(1), 3, 2).shape
    (3, 2)
    """
    memory: Array = torch.empty(shape, dtype=like.dtype).numpy()
    return memory


def untouched_zeros(like: Tensor) -> Tensor:
    """Zeros of the shape and type of a tensor, which take no time until somebody reads them.

    >>> untouched_zeros(torch.ones(2)).tolist()
    [0.0, 0.0]
    """
    # From the system numpy asks for memory that is zero, torch fills memory with zeros.
    return torch.from_numpy(np.zeros(like.shape, like.detach().numpy().dtype))


def places(sizes: dict[str, int]) -> tuple[list[int], int]:
    """Where matrices of these sizes begin in one array, and the size of the array.

    >>> places({"S": 16, "A": 8})
    ([0, 16], 24)
    """
    starts, end = [], 0
    for size in sizes.values():
        starts.append(end)
        end += size
    return starts, end
