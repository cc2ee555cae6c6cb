"""Classes of linear RNNs: the transition matrices a layer may have, and what contains what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from monoscan.registry import compact
from monoscan.theory.model_classes.number_sets import Interval
from monoscan.theory.model_classes.shapes import Shape

if TYPE_CHECKING:
    from monoscan.theory.lrnn import LRNN

MAX_FACTORS = 64


@dataclass(frozen=True)
class ModelClass:
    """All stacks of finitely many layers whose transition matrices lie in one region.

    A layer may have any number of heads (diagonal blocks, each in the region, of the same sizes for
    every input), any input matrices B(x), any read-out of its new state, and it may read the
    outputs of all layers below.

    Attributes:
        id: kebab-case.
        symbols: the transition matrices in symbols, short enough for a column of a table.
        region: the transition matrices in words and symbols.
        shape: the region as data, which decides whether a network lies in the class; None for
            classes whose members are no linear RNNs: non-linear recurrences, attention.
        source: the paper that the parametrisation comes from.
        parents: the smallest registered classes that contain this one.
        place: its place in the catalogue; classes of the same place are sorted by id.
        note: what a reader must know besides; empty if there is nothing.
        closure_contains: id of a class whose matrices are all limits of matrices of this one, for
            an open range; empty for other classes. The open range then recognises on all words
            up to any given length what that class recognises.
    """

    id: str
    symbols: str
    region: str
    shape: Shape | None
    source: str
    parents: tuple[str, ...] = ()
    place: int = 1_000
    note: str = ""
    closure_contains: str = ""

    def __str__(self) -> str:
        return self.id

    @property
    def has_exact_networks(self) -> bool:
        """Whether its members are linear RNNs."""
        return self.shape is not None

    @property
    def is_open(self) -> bool:
        """Whether a range of its entries leaves an end out, as (0, 1) does."""
        return any(interval.ends != "[]" for interval in self._ranges())

    @property
    def has_ends(self) -> bool:
        """Whether a range of its entries includes its ends, as [0, 1] does."""
        return any(interval.ends == "[]" for interval in self._ranges())

    def _ranges(self) -> Iterator[Interval]:
        if self.shape is not None:
            yield from (i for i in self.shape.intervals() if not i.is_point)

    def outside(self, lrnn: LRNN, *, as_written: bool = False) -> str | None:
        """Where a network leaves the region, see `monoscan.theory.region.outside`.

        Raises:
            ValueError: if the class has no exact networks.
        """
        # Only networks need exact arithmetic; the catalogue is read without it.
        from monoscan.theory.region import outside

        return outside(lrnn, self, as_written=as_written)


def number_in(pattern: str, name: str) -> int | None:
    """The number N of a name of that pattern, or None if it is no such name.

    >>> number_in("deltaproduct-N", "DeltaProduct 3"), number_in("deltaproduct-N", "deltanet")
    (3, None)
    """
    before, after = map(compact, pattern.split("N"))
    match = re.fullmatch(
        f"{re.escape(before)}(0|[1-9][0-9]{{0,9}}){re.escape(after)}", compact(name)
    )
    return None if match is None else int(match[1])
