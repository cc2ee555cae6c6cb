"""Says how large a batch or a network was that did not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import torch

from monoscan.models.errors import OutOfMemory

# What torch's allocator for the processor says (for a GPU there is an exception of its own), and
# numpy where a size is beyond any memory.
_SAID = ("can't allocate memory", "not enough memory", "array is too big", "Maximum allowed dim")


def memory_watched(sequences: int, length: int) -> AbstractContextManager[None]:
    """Turns an allocation that failed into `OutOfMemory` with the size of the batch.

    Raises:
        OutOfMemory: If the block runs out of memory.

    >>> with memory_watched(2, 3):
    ...     raise MemoryError("no more")
    Traceback (most recent call last):
    monoscan.models.errors.OutOfMemory: out of memory with 2 words of length 3 (6 tokens) at once: \
no more; choose fewer words, shorter ones or a narrower network
    """
    return _watched(
        f"{sequences} words of length {length} ({sequences * length} tokens) at once",
        "choose fewer words, shorter ones or a narrower network",
    )


def network_memory_watched(width: int, depth: int) -> AbstractContextManager[None]:
    """Turns an allocation that failed into `OutOfMemory` with the size of the network.

    Raises:
        OutOfMemory: If the block runs out of memory.

    >>> with network_memory_watched(65536, 2):
    ...     raise MemoryError("no more")
    Traceback (most recent call last):
    monoscan.models.errors.OutOfMemory: out of memory with the parameters of a network of width \
65536 and depth 2: no more; choose a smaller width or depth
    """
    return _watched(
        f"the parameters of a network of width {width} and depth {depth}",
        "choose a smaller width or depth",
    )


@contextmanager
def _watched(what: str, remedy: str) -> Iterator[None]:
    try:
        yield
    except OutOfMemory:
        raise
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise OutOfMemory(what, str(error), remedy) from None
    except (RuntimeError, ValueError) as error:
        said = str(error)
        if any(phrase in said for phrase in _SAID):
            raise OutOfMemory(what, said.rpartition("DefaultCPUAllocator: ")[2], remedy) from None
        raise
