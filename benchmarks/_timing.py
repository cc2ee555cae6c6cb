"""How the benchmarks measure: the best of several runs, so that a busy moment does not count."""

from __future__ import annotations

import time
from collections.abc import Callable


def best_seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Wall-clock seconds of the fastest of `runs` calls."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    return min(seconds)
