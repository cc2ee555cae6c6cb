"""Transition matrices as they are written, and their rounded steps."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from .fields import RATIONALS, Field
from .formats import Format
from .limits import WORK
from .matrices import (
    Matrix,
    across,
    along,
    block_diagonal,
    combine,
    identity,
    lift,
    multiply,
    numbers_of,
    read_column,
    read_matrix,
    read_number,
    reciprocal,
    to_matrix,
)
from .reading import Node


class Transition(NamedTuple):
    """The matrix A, and how it is written; what a kind does not have is empty."""

    kind: str
    field: Field
    matrix: Matrix  # lifted
    written: tuple[Fraction, ...]  # all its numbers; first the vector (entries, v or k)
    parts: tuple[Transition, ...] = ()  # the factors, the blocks, or what the gate multiplies
    has_real_direction: bool = True
    strength: Matrix = Matrix(((0,),), 1, 1)  # the gate, c, or b of I - b u u^T, u a unit vector
    others: tuple[Matrix, ...] = ()  # the entries; or w and a

    def rows_and_columns(self) -> range:
        """The numbers of the rows, and of the columns."""
        return range(len(self.matrix.rows) // self.field.degree)

    def entry(self, i: int, j: int) -> list[int]:
        """An entry, over `matrix.den`."""
        f = self.field.degree
        return [row[j * f] for row in self.matrix.rows[i * f : (i + 1) * f]]


RANK_ONE = {
    "householder": ("v", "beta"),
    "delta": ("k", "beta"),
    "householder-diagonal": ("v", "beta", "entries"),
    "diagonal-plus-rank-one": ("k", "c", "w", "a"),
}
FACTORS = ("householder", "delta")
PARTS = {
    "product": FACTORS,
    "gated": (*FACTORS, "product"),
    "blocks": ("diagonal", "dense", *RANK_ONE, "product", "gated"),
}
TRANSITIONS = (*PARTS["blocks"], "blocks")


def read_transition(
    node: Node, kinds: Sequence[str], n: int | None, field: Field = RATIONALS
) -> Transition:
    """An n x n transition of one of these kinds; n is None where any size will do."""
    found = read_one(node, node.get("kind").choice(kinds), n, field)
    entries = len(found.matrix.rows) * len(found.matrix.rows[0])
    WORK.keep(entries + 5 * len(found.written), found.matrix.size)
    return found


def read_one(node: Node, kind: str, n: int | None, field: Field) -> Transition:
    """A transition of this kind."""
    if kind in RANK_ONE:
        return read_rank_one(node, kind, n, field)
    if kind == "gated":
        _, gate_node, factor_node = node.members("kind", "gate", "factor")
        gate = to_matrix([[c] for c in read_number(gate_node, field)])
        part = read_transition(factor_node, PARTS[kind], n, field)
        gates = [lift(field, gate) for _ in part.rows_and_columns()]
        matrix = multiply(block_diagonal(gates), part.matrix)
        written = (*gate.entries(), *part.written)
        return Transition(kind, field, matrix, written, (part,), strength=gate)
    if kind in PARTS:
        return read_parts(node, kind, n, field)
    if kind == "diagonal":
        entries = read_column(node.members("kind", "entries")[1], field, n)
        return Transition(kind, field, along(field, entries), tuple(entries.entries()))
    rows_node = node.members("kind", "rows")[1]
    rows = read_matrix(rows_node, (n, n) if n else None, field)
    if len(rows.rows) != len(rows.rows[0]) * field.degree:
        rows_node.fail("expected a square matrix")
    return Transition(kind, field, lift(field, rows), tuple(rows.entries()))


def read_parts(node: Node, kind: str, n: int | None, field: Field) -> Transition:
    """A `product` of factors of equal size, or `blocks` whose sizes add up to n."""
    key = "factors" if kind == "product" else "blocks"
    list_node = node.members("kind", key)[1]
    parts: list[Transition] = []
    for item in list_node.items(1):
        parts.append(read_transition(item, PARTS[kind], n if kind == "product" else None, field))
        n = n or len(parts[0].rows_and_columns())
    if kind == "product":
        matrix = parts[0].matrix
        for part in parts[1:]:
            matrix = multiply(matrix, part.matrix)
    else:
        side = sum(len(part.rows_and_columns()) for part in parts)
        if side != n:
            list_node.fail(f"the blocks have {side} rows, expected {n}")
        matrix = block_diagonal([part.matrix for part in parts])
    written = tuple(number for part in parts for number in part.written)
    return Transition(kind, field, matrix, written, tuple(parts))


def read_rank_one(node: Node, kind: str, n: int | None, field: Field) -> Transition:
    """A kind with a direction v: I - b v v^T / (v^T v), and what is made of it."""
    _, vector_node, scale_node, *other_nodes = node.members("kind", *RANK_ONE[kind])
    v = read_column(vector_node, field, n)
    scale = to_matrix([[c] for c in read_number(scale_node, field)])
    side, row = len(v.rows) // field.degree, across(field, v)
    others = tuple(read_column(other, field, side) for other in other_nodes)
    square = multiply(row, v)
    if kind == "delta":
        factor, strength = scale, multiply(lift(field, scale), square)
    else:
        if not any(entry for (entry,) in square.rows):
            vector_node.fail(f"{RANK_ONE[kind][0]} must not be zero, nor its scalar square")
        factor, strength = multiply(lift(field, scale), reciprocal(field, square)), scale
    outer = multiply(multiply(lift(field, v), lift(field, factor)), row)
    if kind == "diagonal-plus-rank-one":
        w, a = (along(field, other) for other in others)
        matrix = combine(w, multiply(outer, a), -1)
    else:
        matrix = combine(identity(side * field.degree), outer, -1)
        for entries in others:
            matrix = multiply(matrix, along(field, entries))
    written = tuple(x for part in (v, scale, *others) for x in part.entries())
    real = all(map(field.is_real, numbers_of(field, v)))
    return Transition(kind, field, matrix, written, (), real, strength, others)


def apply_rounded(a: Transition, x: list[Fraction], form: Format) -> list[Fraction]:
    """A x for one column x, every scalar operation rounded (`op-round`)."""
    WORK.spend(3_000 * (len(x) + 1))  # the rest is charged where numbers are rounded
    if a.kind == "product":
        for factor in reversed(a.parts):
            x = apply_rounded(factor, x, form)
        return x
    if a.kind == "blocks":
        done: list[Fraction] = []
        for part in a.parts:
            end = len(done) + len(part.matrix.rows)
            done += apply_rounded(part, x[len(done) : end], form)
        return done
    if a.kind == "gated":
        return [form.round(a.written[0] * y) for y in apply_rounded(a.parts[0], x, form)]
    if a.kind == "diagonal":
        return [form.round(p * q) for p, q in zip(a.written, x, strict=True)]
    if a.kind == "dense":
        return [rounded_dot(row, x, form) for row in a.matrix.fractions()]
    *k, beta = a.written
    t = form.round(beta * rounded_dot(k, x, form))
    return [form.round(p - form.round(t * q)) for p, q in zip(x, k, strict=True)]


def rounded_dot(k: Sequence[Fraction], x: Sequence[Fraction], form: Format) -> Fraction:
    """The scalar product, every operation rounded, from left to right.

    A product with 0 is 0, and 0 and what it is added to are values: nothing there is rounded.
    """
    WORK.spend(400 * len(k))
    terms = [form.round(p * q) for p, q in zip(k, x, strict=True) if p and q]
    total = terms[0] if terms else Fraction(0)
    for term in terms[1:]:
        total = form.round(total + term)
    return total
