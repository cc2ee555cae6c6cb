"""How the benchmarks measure: the best of several runs, so that a busy moment does not count."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable


def best_seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Wall-clock seconds of the fastest of `runs` calls."""
    return _fastest(action, runs, time.perf_counter)


def best_cpu_seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Seconds of processor time of the fastest of `runs` calls: other programs do not count."""
    return _fastest(action, runs, time.process_time)


def peak_mebibytes(action: Callable[[], object]) -> float:
    """The most that Python and numpy hold during one call, above what was there before."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def _fastest(action: Callable[[], object], runs: int, clock: Callable[[], float]) -> float:
    seconds = []
    for _ in range(runs):
        start = clock()
        action()
        seconds.append(clock() - start)
    return min(seconds)
