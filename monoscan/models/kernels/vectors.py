# mypy: disable-error-code="no-untyped-call"
"""Small matrix products and moves in vector registers, for loops that numba compiles.

LLVM finds vectors in a plain loop only if it does not unroll it first, which is what happens to
short loops of constant length; what these functions emit is in vector registers whatever the size.
All of them work on flat arrays at given offsets. Numbers that the calling loop closes over are
constants of the machine code; where it says *constant* below they must be.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from math import gcd
from pathlib import Path
from typing import Any, TypeAlias, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic
from numba.np import arrayobj

# Loops close over this number, so that machine code kept on disk is never that of another version.
VERSION = zlib.crc32(Path(__file__).read_bytes())

Emitted: TypeAlias = tuple[Any, Callable[..., Any]]
Vectors: TypeAlias = list[tuple[int, int]]

_OFFSET, _LANE = ir.IntType(64), ir.IntType(32)
_FUSED = ("contract",)

# Numba hands integers that are known when it compiles over as such.
_instruction = cast(
    Callable[[Callable[..., Emitted]], Callable[..., None]], intrinsic(prefer_literal=True)
)


@_instruction
def product(
    _: Any, c: Any, c0: Any, ldc: Any, a: Any, a0: Any, row: Any, step: Any, b: Any, b0: Any,
    ldb: Any, depth: Any, rows: Any, n: Any, add: Any,
) -> Emitted:  # fmt: skip
    """c[c0 + i ldc + j] (+)= sum over t < depth of a[a0 + i row + t step] b[b0 + t ldb + j].

    For i < rows, a multiple of 4 or the constant 2, and j < n. The constant `n` is any number; the
    constant `add` says whether to add to c or to overwrite it. c must not overlap a row of b that
    is read.
    """
    width, adding = n.literal_value, add.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        to, factors, across = at.pointer(0), at.pointer(3), at.pointer(7)
        ldc, row, step, ldb, depth, rows = (at.number(place) for place in (2, 5, 6, 9, 10, 11))
        vectors = at.vectors(width)
        # Eight rows where the sums fit into the registers, then four; two if there are no more.
        heights = [height for height in (8, 4) if height * len(vectors) <= at.sums or height == 4]
        if isinstance(signature.args[11], types.IntegerLiteral):
            most = signature.args[11].literal_value
            heights = [h for h in heights if h <= most] or [2]
            heights = heights[:1] if most % heights[0] == 0 else heights
        done = at.constant(0)
        for height in heights:
            blocks = builder.sdiv(builder.sub(rows, done), at.constant(height))
            with cgutils.for_range(builder, blocks) as loop:
                first = builder.add(done, builder.mul(loop.index, at.constant(height)))
                into = builder.gep(to, [builder.mul(first, ldc)])
                given = builder.gep(factors, [builder.mul(first, row)])
                for part in _balanced(vectors, at.sums // height):
                    tile = _Tile(at, part, height)
                    tile.emit((into, ldc), (given, row, step), (across, ldb), depth, adding)
            done = builder.add(done, builder.mul(blocks, at.constant(height)))
        return context.get_dummy_value()

    return types.void(c, c0, ldc, a, a0, row, step, b, b0, ldb, depth, rows, n, add), emit


@_instruction
def substitute(
    _: Any, u: Any, u0: Any, ldu: Any, a: Any, a0: Any, lda: Any, n: Any, forward: Any
) -> Emitted:
    """Solve for four rows of u, of the constant length `n`, in place, by substitution.

    With a the strict upper triangle at a0, u_r += sum over s < r of a[s, r] u_s, from the first row
    to the last; if the constant `forward` is False, u_r += sum over s > r of a[r, s] u_s, from the
    last row to the first.
    """
    width, ahead = n.literal_value, forward.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        solved, factors, ldu, lda = at.pointer(0), at.pointer(3), at.number(2), at.number(5)
        factor = {
            (s, r): at.load(factors, at.offset(s, lda, r), 1) for r in range(4) for s in range(r)
        }
        for first, lanes in at.vectors(width):
            rows = [at.load(solved, at.offset(r, ldu, first), lanes) for r in range(4)]
            for known in range(4) if ahead else range(3, -1, -1):
                for r in range(known + 1, 4) if ahead else range(known):
                    scale = at.spread(factor[(known, r) if ahead else (r, known)], lanes)
                    rows[r] = at.multiply_add(scale, rows[known], rows[r])
            for r, values in enumerate(rows):
                at.store(values, solved, at.offset(r, ldu, first))
        return context.get_dummy_value()

    return types.void(u, u0, ldu, a, a0, lda, n, forward), emit


@_instruction
def transpose(
    _: Any, y: Any, y0: Any, ldy: Any, x: Any, x0: Any, ldx: Any, rows: Any, columns: Any
) -> Emitted:
    """y[y0 + j ldy + i] = x[x0 + i ldx + j] for i < rows, j < columns, both constant."""
    height, width = rows.literal_value, columns.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        to, source, ldy, ldx = at.pointer(0), at.pointer(3), at.number(2), at.number(5)
        size = gcd(gcd(height, width), at.lanes)
        step = at.constant(size)
        with (
            cgutils.for_range(builder, at.constant(height // size)) as down,
            cgutils.for_range(builder, at.constant(width // size)) as across,
        ):
            i, j = builder.mul(down.index, step), builder.mul(across.index, step)
            block = builder.gep(source, [builder.add(builder.mul(i, ldx), j)])
            into = builder.gep(to, [builder.add(builder.mul(j, ldy), i)])
            lines = [at.load(block, at.offset(r, ldx, 0), size) for r in range(size)]
            for r, line in enumerate(_transposed(builder, lines)):
                at.store(line, into, at.offset(r, ldy, 0))
        return context.get_dummy_value()

    return types.void(y, y0, ldy, x, x0, ldx, rows, columns), emit


@_instruction
def copy_rows(
    _: Any, y: Any, y0: Any, ldy: Any, x: Any, x0: Any, ldx: Any, rows: Any, filled: Any, n: Any
) -> Emitted:
    """y[y0 + i ldy + j] = x[x0 + i ldx + j], i < rows, then zeros up to row `filled`.

    The length `n` of a row is constant.
    """
    width = n.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        to, source = at.pointer(0), at.pointer(3)
        ldy, ldx, rows, filled = (at.number(place) for place in (2, 5, 6, 7))
        with cgutils.for_range(builder, rows) as loop:
            line, into = builder.mul(loop.index, ldx), builder.mul(loop.index, ldy)
            for first, lanes in at.vectors(width):
                values = at.load(source, builder.add(line, at.constant(first)), lanes)
                at.store(values, to, builder.add(into, at.constant(first)))
        with cgutils.for_range(builder, builder.sub(filled, rows)) as loop:
            into = builder.mul(builder.add(loop.index, rows), ldy)
            for first, lanes in at.vectors(width):
                at.store(at.zeros(lanes), to, builder.add(into, at.constant(first)))
        return context.get_dummy_value()

    return types.void(y, y0, ldy, x, x0, ldx, rows, filled, n), emit


@_instruction
def clear_below(_: Any, y: Any, y0: Any, limit: Any, n: Any) -> Emitted:
    """y[y0 + j] = 0 for all j < limit; the constant `n`, a multiple of 4, is the length of y."""
    width = n.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        row, bound = at.pointer(0), builder.trunc(at.number(2), _LANE)
        for first, lanes in at.vectors(width):
            places = [first + lane for lane in range(lanes)]
            places = ir.Constant(ir.VectorType(_LANE, lanes), places)
            kept = builder.icmp_signed(">=", places, at.spread(bound, lanes))
            values = at.load(row, at.constant(first), lanes)
            values = builder.select(kept, values, at.zeros(lanes))
            at.store(values, row, at.constant(first))
        return context.get_dummy_value()

    return types.void(y, y0, limit, n), emit


@_instruction
def advance(
    _: Any, y: Any, y0: Any, x: Any, x0: Any, w: Any, w0: Any, e: Any, e0: Any, b: Any, b0: Any,
    rows: Any, n: Any,
) -> Emitted:  # fmt: skip
    """y[y0 + i n + j] = x[x0 + i n + j] w[j] + e[i] b[j] + e[rows + i] b[n + j], i < rows, j < n.

    Both numbers are constant; y may be x.
    """
    height, width = rows.literal_value, n.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        to, source, scale, across, along = (at.pointer(place) for place in (0, 2, 4, 6, 8))
        for first, lanes in at.vectors(width):
            factors, one, other = (
                at.load(row, at.constant(place), lanes)
                for row, place in ((scale, first), (along, first), (along, width + first))
            )
            with cgutils.for_range(builder, at.constant(height)) as loop:
                line = builder.add(builder.mul(loop.index, at.constant(width)), at.constant(first))
                values = builder.fmul(at.load(source, line, lanes), factors)
                left = at.load(across, loop.index, 1)
                right = at.load(across, builder.add(loop.index, at.constant(height)), 1)
                values = at.multiply_add(at.spread(left, lanes), one, values)
                values = at.multiply_add(at.spread(right, lanes), other, values)
                at.store(values, to, line)
        return context.get_dummy_value()

    return types.void(y, y0, x, x0, w, w0, e, e0, b, b0, rows, n), emit


@_instruction
def column_products(
    _: Any, y: Any, y0: Any, g: Any, g0: Any, x: Any, x0: Any, rows: Any, n: Any
) -> Emitted:
    """y[y0 + j] = sum over i < rows of g[g0 + i n + j] x[x0 + i n + j], j < n, both constant."""
    height, width = rows.literal_value, n.literal_value

    def emit(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        at = _Operands(context, builder, signature, args)
        to, left, right = (at.pointer(place) for place in (0, 2, 4))
        for first, lanes in at.vectors(width):
            # Four sums, so that none waits for the one before.
            sums = [cgutils.alloca_once_value(builder, at.zeros(lanes)) for _ in range(4)]
            for total in sums:
                builder.store(at.zeros(lanes), total)
            with cgutils.for_range(builder, at.constant(height // 4)) as loop:
                for part, total in enumerate(sums):
                    row = builder.add(builder.mul(loop.index, at.constant(4)), at.constant(part))
                    line = builder.add(builder.mul(row, at.constant(width)), at.constant(first))
                    pair = at.load(left, line, lanes), at.load(right, line, lanes)
                    builder.store(at.multiply_add(*pair, builder.load(total)), total)
            one, two, three, four = (builder.load(total) for total in sums)
            at.store(builder.fadd(builder.fadd(one, two), builder.fadd(three, four)), to,
                     at.constant(first))  # fmt: skip
        return context.get_dummy_value()

    return types.void(y, y0, g, g0, x, x0, rows, n), emit


class _Operands:
    """The arguments of an instruction as values of LLVM, and what can be done with vectors."""

    def __init__(self, context: Any, builder: Any, signature: Any, args: Any) -> None:
        self.context, self.builder = context, builder
        self.types, self.args = signature.args, args
        dtype = self.types[0].dtype
        self.element = context.get_data_type(dtype)
        self.bytes = dtype.bitwidth // 8
        # 32 registers of 64 bytes, or at least 16 of 32; some must be left for the factors.
        wide = "+avx512f" in context.codegen().magic_tuple()[2]
        self.lanes = (64 if wide else 32) // self.bytes
        self.sums = 24 if wide else 12

    def pointer(self, place: int) -> Any:
        """Where the array at this place of the arguments begins, its offset included."""
        array = arrayobj.make_array(self.types[place])(self.context, self.builder, self.args[place])
        return self.builder.gep(array.data, [self.number(place + 1)])

    def number(self, place: int) -> Any:
        return self.context.cast(self.builder, self.args[place], self.types[place], types.intp)

    def constant(self, number: int) -> Any:
        return ir.Constant(_OFFSET, number)

    def offset(self, row: int, stride: Any, column: int) -> Any:
        line = self.builder.mul(self.constant(row), stride)
        return self.builder.add(line, self.constant(column))

    def vectors(self, width: int) -> Vectors:
        """A row of `width` entries as vectors: (first entry, lanes), the lanes powers of two."""
        found, first, lanes = [], 0, self.lanes
        while first < width:
            while lanes > width - first:
                lanes //= 2
            found.append((first, lanes))
            first += lanes
        return found

    def load(self, pointer: Any, offset: Any, lanes: int) -> Any:
        kind = ir.VectorType(self.element, lanes) if lanes > 1 else self.element
        place = self.builder.gep(pointer, [offset])
        place = self.builder.bitcast(place, kind.as_pointer())
        return self.builder.load(place, typ=kind, align=self.bytes)

    def store(self, values: Any, pointer: Any, offset: Any) -> None:
        place = self.builder.gep(pointer, [offset])
        self.builder.store(
            values, self.builder.bitcast(place, values.type.as_pointer()), align=self.bytes
        )

    def zeros(self, lanes: int) -> Any:
        if lanes == 1:
            return ir.Constant(self.element, 0.0)
        return ir.Constant(ir.VectorType(self.element, lanes), [0.0] * lanes)

    def spread(self, value: Any, lanes: int) -> Any:
        """The number in every lane."""
        if lanes == 1:
            return value
        empty = ir.Constant(ir.VectorType(value.type, lanes), ir.Undefined)
        single = self.builder.insert_element(empty, value, ir.Constant(_LANE, 0))
        first = ir.Constant(ir.VectorType(_LANE, lanes), [0] * lanes)
        return self.builder.shuffle_vector(single, empty, first)

    def multiply_add(self, x: Any, y: Any, z: Any) -> Any:
        """The sum of x y and z, with one rounding where the machine can."""
        return self.builder.fadd(self.builder.fmul(x, y, flags=_FUSED), z, flags=_FUSED)


class _Tile:
    """Some rows of a product by some of its vectors, summed up in registers."""

    def __init__(self, operands: _Operands, vectors: Vectors, height: int) -> None:
        self.at, self.vectors, self.height = operands, vectors, height

    def emit(
        self,
        c: tuple[Any, Any],
        a: tuple[Any, Any, Any],
        b: tuple[Any, Any],
        depth: Any,
        adding: bool,
    ) -> None:
        """Each operand is a pointer and its strides."""
        at, builder = self.at, self.at.builder
        places = [
            (at.offset(i, c[1], first), lanes)
            for i in range(self.height)
            for first, lanes in self.vectors
        ]
        initial = [
            at.load(c[0], place, lanes) if adding else at.zeros(lanes) for place, lanes in places
        ]
        entry = builder.block
        body, after = (builder.append_basic_block(name) for name in ("terms", "summed"))
        builder.cbranch(builder.icmp_signed(">", depth, at.constant(0)), body, after)
        builder.position_at_end(body)
        term, sums = builder.phi(_OFFSET), [builder.phi(x.type) for x in initial]
        found = self._one_term(term, sums, a, b)
        following = builder.add(term, at.constant(1))
        for phi, start, value in zip(
            [term, *sums], [at.constant(0), *initial], [following, *found], strict=True
        ):
            phi.add_incoming(start, entry)
            phi.add_incoming(value, body)
        builder.cbranch(builder.icmp_signed("<", following, depth), body, after)
        builder.position_at_end(after)
        results = [builder.phi(x.type) for x in initial]
        for phi, start, value in zip(results, initial, found, strict=True):
            phi.add_incoming(start, entry)
            phi.add_incoming(value, body)
        for phi, (place, _) in zip(results, places, strict=True):
            at.store(phi, c[0], place)

    def _one_term(
        self, term: Any, sums: Sequence[Any], a: tuple[Any, Any, Any], b: tuple[Any, Any]
    ) -> list[Any]:
        at, builder = self.at, self.at.builder
        line, column = builder.mul(term, b[1]), builder.mul(term, a[2])
        rows = [
            at.load(b[0], builder.add(line, at.constant(first)), lanes)
            for first, lanes in self.vectors
        ]
        found: list[Any] = []
        for i in range(self.height):
            place = builder.add(column, builder.mul(at.constant(i), a[1]))
            factor = at.load(a[0], place, 1)
            for (_, lanes), row in zip(self.vectors, rows, strict=True):
                found.append(at.multiply_add(at.spread(factor, lanes), row, sums[len(found)]))
        return found


def _balanced(vectors: Vectors, most: int) -> list[Vectors]:
    """The vectors in groups of about the same size, at most `most` in each."""
    groups = -(-len(vectors) // most)
    size = -(-len(vectors) // groups)
    return [vectors[first : first + size] for first in range(0, len(vectors), size)]


def _transposed(builder: Any, lines: list[Any]) -> list[Any]:
    """A square of a power of two in registers: exchange blocks off the diagonal, by halves."""
    size = len(lines)
    reach = size // 2
    while reach:
        low = [j if not j & reach else size + j - reach for j in range(size)]
        high = [j + reach if not j & reach else size + j for j in range(size)]
        kind = ir.VectorType(_LANE, size)
        for i in range(size):
            if not i & reach:
                pair = lines[i], lines[i + reach]
                lines[i] = builder.shuffle_vector(*pair, ir.Constant(kind, low))
                lines[i + reach] = builder.shuffle_vector(*pair, ir.Constant(kind, high))
        reach //= 2
    return lines
