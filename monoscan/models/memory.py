"""Says how large a batch was that did not fit into memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from monoscan.models.errors import OutOfMemory

# What torch's allocator for the processor says; for a GPU there is an exception of its own.
_SAID_ON_CPU = ("can't allocate memory", "not enough memory")


@contextmanager
def memory_watched(sequences: int, length: int) -> Iterator[None]:
    """Turns an allocation that failed into `OutOfMemory` with the size of the batch.

    Raises:
        OutOfMemory: If the block runs out of memory.

    >>> with memory_watched(2, 3):
    ...     raise MemoryError("no more")
    Traceback (most recent call last):
    monoscan.models.errors.OutOfMemory: out of memory with 2 words of length 3 (6 tokens) at once: \
no more; choose a smaller batch, shorter words or a narrower network
    """
    try:
        yield
    except OutOfMemory:
        raise
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise OutOfMemory(sequences, length, str(error)) from None
    except RuntimeError as error:
        said = str(error)
        if any(phrase in said for phrase in _SAID_ON_CPU):
            raise OutOfMemory(sequences, length, said.rpartition("] ")[2]) from None
        raise
