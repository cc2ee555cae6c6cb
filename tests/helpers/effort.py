"""How much is drawn: `make test` draws a part, `make test-all` and `.ci/run` draw everything.

Every kind of check is in the part. Of a listed set it is the same part in each run; what hypothesis
draws differs from run to run, and a failure prints the line that replays it.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar
from zlib import crc32

from hypothesis import Phase, find, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
# `.ci/run` and `make test-all` set it.
EVERYTHING = bool(os.environ.get("MONOSCAN_TEST_EVERYTHING"))
EXAMPLES = 100  # of a property that says nothing else; 12 in the part
_LEAST = 10  # fewer than that are never cut
_ONE_IN = 8


def drawn(count: int, least: int = _LEAST) -> int:
    """How many of so many examples are drawn: all, or one in eight and at least 10."""
    return count if EVERYTHING else min(count, max(least, count // _ONE_IN))


def examples(count: int, least: int = _LEAST) -> settings:
    """Above a property: its number of examples in `make test-all`.

    Args:
        count: That number.
        least: Below 10 where an example takes long; so many are always drawn.
    """
    return settings(max_examples=drawn(count, least))


def part_of(cases: Sequence[T], most: int) -> Sequence[T]:
    """About so many of a list of cases, from all over it, or all."""
    return cases if EVERYTHING else cases[:: math.ceil(len(cases) / most)]


def taken(name: str) -> bool:
    """Whether a case of a large set is taken: one in eight by the hash of its name, or all."""
    return EVERYTHING or crc32(name.encode()) % _ONE_IN == 0


def first_drawn(strategy: SearchStrategy[T], condition: Callable[[T], bool]) -> T:
    """A value that meets a condition; it is not made smaller, which can take minutes."""
    options = settings(max_examples=2_000, phases=[Phase.generate], database=None, deadline=None)
    return find(strategy, condition, settings=options)


def load_profile() -> None:
    """Sets what holds for all properties.

    A deadline would turn a busy machine into a failure. In CI the examples are the same every time.
    """
    common = settings(max_examples=drawn(EXAMPLES), deadline=None, print_blob=True)
    fixed = settings(common, derandomize=True, database=None)
    settings.register_profile("monoscan", common)
    settings.register_profile("monoscan-ci", fixed)
    settings.register_profile("monoscan-docstrings", fixed, phases=[Phase.generate])
    settings.load_profile(_profile())


def _profile() -> str:
    return "monoscan-ci" if os.environ.get("CI") else "monoscan"


@contextmanager
def as_printed() -> Iterator[None]:
    """Within it, what is found is the same every time, and is not made smaller first.

    For the examples of docstrings, which say only what every found value has.
    """
    settings.load_profile("monoscan-docstrings")
    try:
        yield
    finally:
        settings.load_profile(_profile())
