"""How loops become machine code on a processor, and how a kernel's work is spread over threads."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from typing import TypeVar, cast

import torch

Loop = TypeVar("Loop", bound=Callable[..., None])

# Sums may be reordered, so that they vectorise; infinities and NaN keep their meaning.
REORDERING = {"reassoc", "contract", "nsz"}

# Below this many multiplications a second thread costs more than it saves.
WORTH_A_THREAD = 500_000


def compile_loop(loop: Loop) -> Loop:
    """Compile a loop over numpy arrays on its first call, once per machine where possible.

    The sizes that the loop closes over are constants of the machine code. The code is kept beside
    the source or in the user's cache folder, and only in memory where neither can be written.
    """
    import numba

    def compiler(on_disk: bool) -> Loop:
        decorate = numba.njit(
            nogil=True, cache=on_disk, fastmath=REORDERING, error_model="numpy", boundscheck=False
        )
        return cast(Loop, decorate(loop))

    try:
        return compiler(True)
    except RuntimeError:  # numba found no folder to write to
        return compiler(False)


def spread(loop: Callable[[int, int], None], items: int, work: int) -> None:
    """Call `loop(first, last)` on ranges that cover `items`, on torch's number of threads.

    Args:
        loop: Code that lets go of the interpreter's lock.
        items: How many independent pieces of work there are.
        work: Multiplications in all of them.

    >>> seen = []
    >>> spread(lambda first, last: seen.extend(range(first, last)), 3, work=10)
    >>> seen
    [0, 1, 2]
    """
    threads = max(1, min(torch.get_num_threads(), items, work // WORTH_A_THREAD))
    if threads == 1:
        loop(0, items)
        return
    bounds = [items * part // threads for part in range(threads + 1)]
    # Threads of another process do not survive a fork, hence the process in the key.
    pool = _pool(os.getpid(), torch.get_num_threads())
    parts = [pool.submit(loop, *ends) for ends in pairwise(bounds[1:])]
    loop(0, bounds[1])
    for part in parts:
        part.result()


@cache
def _pool(process: int, threads: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(threads, thread_name_prefix=f"monoscan-kernel-{process}")
