"""Eventually periodic sequences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from math import lcm
from typing import Generic, TypeVar

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Lasso(Generic[T]):
    """The infinite sequence that reads `stem` once and then `cycle` for ever.

    Attributes:
        stem: finite, possibly empty.
        cycle: not empty.

    >>> "".join(Lasso(("a",), ("b", "c")).take(6))
    'abcbcb'
    """

    stem: tuple[T, ...]
    cycle: tuple[T, ...]

    def __post_init__(self) -> None:
        if not self.cycle:
            raise ValueError("the cycle of a lasso is empty; it needs at least one item")

    def __getitem__(self, index: int) -> T:
        if index < len(self.stem):
            return self.stem[index]
        return self.cycle[(index - len(self.stem)) % len(self.cycle)]

    def take(self, count: int) -> tuple[T, ...]:
        """The first `count` items."""
        return tuple(self[index] for index in range(count))

    def map(self, function: Callable[[T], U]) -> Lasso[U]:
        """The sequence of the images."""
        return Lasso(tuple(map(function, self.stem)), tuple(map(function, self.cycle)))

    def shortened(self) -> Lasso[T]:
        """The same sequence with the shortest cycle and then the shortest stem."""
        cycle = self.cycle[: _shortest_period(self.cycle)]
        stem = list(self.stem)
        while stem and stem[-1] == cycle[-1]:
            cycle = (stem.pop(), *cycle[:-1])
        return Lasso(tuple(stem), cycle)


def _shortest_period(cycle: Sequence[T]) -> int:
    size = len(cycle)
    for period in range(1, size):
        if size % period == 0 and all(cycle[i] == cycle[i % period] for i in range(period, size)):
            return period
    return size


def common_horizon(lassos: Sequence[Lasso[T]]) -> tuple[int, int]:
    """Stem length and period from which all the sequences are periodic together.

    >>> common_horizon([Lasso((), ("a", "b")), Lasso(("c",), ("d", "e", "f"))])
    (1, 6)
    """
    return (
        max((len(lasso.stem) for lasso in lassos), default=0),
        lcm(*(len(lasso.cycle) for lasso in lassos)),
    )


def combine(lassos: Sequence[Lasso[T]], function: Callable[[tuple[T, ...]], U]) -> Lasso[U]:
    """The sequence of `function` of the items at each index.

    >>> combine([Lasso((), (1, 2)), Lasso((5,), (0,))], sum)
    Lasso(stem=(6,), cycle=(2, 1))
    """
    stem, period = common_horizon(lassos)
    values = tuple(
        function(tuple(lasso[index] for lasso in lassos)) for index in range(stem + period)
    )
    return Lasso(values[:stem], values[stem:])


def interleave(lassos: Sequence[Lasso[T]]) -> Lasso[T]:
    """The sequence that takes one item of each in turn.

    >>> "".join(interleave([Lasso(("x",), ("a",)), Lasso((), ("b",))]).take(6))
    'xbabab'
    """
    stem, period = common_horizon(lassos)
    items = (lasso[index] for index in range(stem + period) for lasso in lassos)
    return Lasso(
        tuple(islice(items, stem * len(lassos))), tuple(islice(items, period * len(lassos)))
    )
