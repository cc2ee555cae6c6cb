"""The arithmetic of a parallel scan: steps are combined along trees before a state meets them.

A step h -> A h + b is a pair (A, b). Within a chunk of letters the pairs of all prefixes are
computed by doubling, as `models.kernels.diagonal_scan.chunked` does it: in the pass with reach
1, 2, 4, ... each pair is joined with the one that ends so many letters earlier. The state after a
prefix is its pair applied to the state before the chunk. With rounding this is another function of
the word than the same steps taken letter by letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, TypeAlias

from monoscan.errors import check_number
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol, show_symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.rounded_step import Rounding, is_zero, rounded_dot
from monoscan.theory.semantics import Semantics, require_rational, require_values

CHUNK = 16
"""Letters of a chunk, as in `models.kernels.diagonal_scan.chunked`."""
MOST = 1024


@dataclass(frozen=True)
class Pair:
    """The steps of a part of a word, combined: h -> a h + b.

    Attributes:
        a: n x n.
        b: n x d.
    """

    a: Matrix
    b: Matrix

    def after(self, first: Pair, rounding: Rounding) -> Pair:
        """The pair of two consecutive parts, the other one first, every operation rounded."""
        return Pair(_product(self.a, first.a, rounding), self.apply(first.b, rounding))

    def apply(self, state: Matrix, rounding: Rounding) -> Matrix:
        """A h + b, every operation rounded."""
        moved = _product(self.a, state, rounding)
        return Matrix(
            tuple(
                tuple(
                    x if is_zero(y) else rounding.round(x + y)
                    for x, y in zip(row, added, strict=True)
                )
                for row, added in zip(moved.rows, self.b.rows, strict=True)
            )
        )

    @cached_property
    def factors(self) -> tuple[int, ...]:
        """How many numbers that are not 0 each column of a has."""
        return tuple(sum(map(bool, column)) for column in zip(*self.a.rows, strict=True))

    @cached_property
    def entries(self) -> tuple[int, ...]:
        """How many numbers that are not 0 each row of (a b) has."""
        rows = zip(self.a.rows, self.b.rows, strict=True)
        return tuple(sum(map(bool, (*left, *right))) for left, right in rows)


def _product(left: Matrix, right: Matrix, rounding: Rounding) -> Matrix:
    columns = list(zip(*right.rows, strict=True))
    return Matrix(tuple(tuple(rounded_dot(row, x, rounding) for x in columns) for row in left.rows))


Passes: TypeAlias = tuple[Pair, ...]
"""The pairs that end at one letter of a chunk, one a pass; the last one is that of the prefix."""


def doubled(earlier: Sequence[Passes], pair: Pair, rounding: Rounding) -> Passes:
    """The pairs that end at the next letter of a chunk.

    Args:
        earlier: those of the letters before it.
        pair: its own step.
        rounding: what rounds every operation.
    """
    found, place = [pair], len(earlier)
    while (reach := 1 << (len(found) - 1)) <= place:
        before = earlier[place - reach]
        found.append(found[-1].after(before[min(len(found), len(before)) - 1], rounding))
    return tuple(found)


@dataclass(frozen=True)
class ScanState:
    """What a layer holds within a chunk.

    Attributes:
        carried: the state before the chunk.
        passes: of each letter of the chunk so far.
        visible: the state after the last letter.
    """

    carried: Matrix
    passes: tuple[Passes, ...]
    visible: Matrix


@dataclass(frozen=True)
class ChunkScan(Semantics[ScanState]):
    """Steps are combined along the trees of a scan in chunks, every operation rounded.

    Attributes:
        format: the numbers that every result is rounded to.
        chunk: letters of a chunk.
    """

    format: NumberFormat
    chunk: int = CHUNK
    name: ClassVar[str] = "chunk-scan"

    def __post_init__(self) -> None:
        check_number("chunk", self.chunk, 1, MOST)

    def start(self, layer: Layer) -> ScanState:
        """The state before the first symbol, at the beginning of a chunk."""
        return ScanState(layer.initial, (), layer.initial)

    def step(self, layer: Layer, state: ScanState, symbol: Symbol) -> ScanState:
        """One more letter of the chunk; after its last one the next chunk begins."""
        passes = (*state.passes, doubled(state.passes, pair_of(layer.case(symbol)), self.format))
        visible = passes[-1][-1].apply(state.carried, self.format)
        if len(passes) == self.chunk:
            return ScanState(visible, (), visible)
        return ScanState(state.carried, passes, visible)

    def visible(self, state: ScanState) -> Matrix:
        """The state after the last letter."""
        return state.visible

    def describe(self) -> str:
        """The semantics in words."""
        return (
            f"a scan in chunks of {self.chunk} letters, every scalar operation rounded; "
            f"{self.format.describe()}"
        )

    def validate(self, lrnn: LRNN) -> None:
        """Checks that all numbers of all matrices are values of the format."""
        require_rational(lrnn, self.name)
        for level, layer in lrnn.recurrent.items():
            require_values(self.format, layer.initial.entries(), f"layer {level}, initial state")
            for symbol, case in layer.cases.items():
                place = f"layer {level}, symbol {show_symbol(symbol)}"
                require_values(self.format, case.matrix.entries(), f"{place}, A")
                require_values(self.format, case.input.entries(), f"{place}, B")


def pair_of(case: Case) -> Pair:
    """The pair of one step."""
    return Pair(case.matrix, case.input)
