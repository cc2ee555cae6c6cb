"""How many threads torch uses: more than one only make small networks wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import torch

from monoscan.errors import check_number

SMALL_WIDTH: Final = 256
"""Networks of up to this width have one thread, unless another number is asked for."""


def threads_for(width: int, asked: int | None = None) -> int:
    """How many threads a network of a width has.

    Args:
        width: Of its vectors.
        asked: What was asked for; None: one for a small network, else as many as torch takes.

    Raises:
        BadValue: If fewer than one are asked for.

    >>> threads_for(64), threads_for(64, 3)
    (1, 3)
    """
    if asked is not None:
        return check_number("threads", asked, 1)
    return 1 if width <= SMALL_WIDTH else torch.get_num_threads()


@contextmanager
def using_threads(threads: int) -> Iterator[None]:
    """As many threads while the context is open.

    >>> before = torch.get_num_threads()
    >>> with using_threads(1):
    ...     torch.get_num_threads()
    1
    >>> torch.get_num_threads() == before
    True
    """
    before = torch.get_num_threads()
    torch.set_num_threads(threads)
    try:
        yield
    finally:
        torch.set_num_threads(before)
