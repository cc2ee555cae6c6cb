"""Regions of transition matrices that a certificate states itself, as data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from .fields import Field
from .limits import Invalid
from .matrices import Matrix, numbers_of
from .networks import Layer
from .reading import Node
from .shapes import (
    DIAGONAL,
    UNIT_KEYS,
    have_common_phase,
    heads,
    is_diagonal,
    is_symmetric,
    is_upper_triangular,
    require_same_heads,
)
from .transitions import FACTORS, Transition

MAX_INTERVALS, MAX_END_DIGITS, MAX_REGIONS, MAX_FACTORS = 16, 100, 8, 64
ENDS = ("[]", "()", "[)", "(]")


class Interval(NamedTuple):
    """The rational numbers from one to another; whether the ends belong to it."""

    low: Fraction
    high: Fraction
    with_low: bool
    with_high: bool

    def holds(self, numerator: int, den: int, power: int) -> bool:
        """Whether numerator / den lies in it, its ends raised to a power."""
        low, high = self.low**power, self.high**power
        above = numerator * low.denominator - low.numerator * den
        below = high.numerator * den - numerator * high.denominator
        return (above > 0 or (self.with_low and above == 0)) and (
            below > 0 or (self.with_high and below == 0)
        )


class Numbers(NamedTuple):
    """A set of numbers: all, the real ones, or by intervals of their values or moduli."""

    kind: str  # any, real, rational, modulus
    intervals: Sequence[Interval] = ()

    def holds(self, field: Field, x: Sequence[int], den: int) -> bool:
        """Whether the number x / den of a field lies in it."""
        if self.kind == "any":
            return True
        if self.kind == "real":
            return field.is_real(x)
        power = 1
        if self.kind == "modulus":
            x, den, power = field.squared_modulus(x), den**2, 2
        return not any(x[1:]) and any(i.holds(x[0], den, power) for i in self.intervals)

    def hold(self, field: Field, column: Matrix) -> bool:
        """Whether all numbers of a column lie in it."""
        return all(self.holds(field, x, column.den) for x in numbers_of(field, column))


class Region(NamedTuple):
    """What a certificate says of every layer: its text, and the test of one layer."""

    text: str
    size: int  # of the shapes and intervals in it
    written: str  # how `op-round` asks that A is written: DIAGONAL, UNIT_KEYS or ""
    holds: Callable[[Layer], bool]


def read_region(node: Node) -> Region:
    """A region."""
    size, written, holds = SHAPES[node.get("shape").choice(SHAPES)](node)
    return Region(json.dumps(node.value, sort_keys=True), size, written, holds)


Parts = tuple[int, str, Callable[[Layer], bool]]


def read_numbers(node: Node) -> Numbers:
    """A set of numbers."""
    if isinstance(node.value, str):
        return Numbers(node.choice(("any", "real")))
    kind = "modulus" if node.has("modulus") else "rational"
    items = node.members(kind)[0].items(1, MAX_INTERVALS)
    intervals = [read_interval(item) for item in items]
    if kind == "modulus" and any(interval.low < 0 for interval in intervals):
        node.fail("a modulus below 0")
    return Numbers(kind, intervals)


def read_interval(node: Node) -> Interval:
    """An interval that is not empty."""
    low_node, high_node, ends_node = node.members("from", "to", "ends")
    for end in (low_node, high_node):
        if len(end.string()) > MAX_END_DIGITS:
            end.fail(f"over limit: more than {MAX_END_DIGITS} characters")
    low, high, ends = low_node.rational(), high_node.rational(), ends_node.choice(ENDS)
    if low > high or (low == high and ends != "[]"):
        node.fail("an empty interval")
    return Interval(low, high, ends[0] == "[", ends[1] == "]")


def of_matrices(test: Callable[[Transition], bool]) -> Callable[[Layer], bool]:
    """A test of the matrix of every case of a layer."""
    return lambda layer: all(test(case.a) for case in layer.cases.values())


def of_heads(test: Callable[[Transition], bool]) -> Callable[[Layer], bool]:
    """A test of every head of a layer, whose heads are the same in all cases."""

    def holds(layer: Layer) -> bool:
        if not all(test(head) for case in layer.cases.values() for head in heads(case.a)):
            return False
        try:
            require_same_heads(layer, "")
        except Invalid:
            return False
        return True

    return holds


def size_of_sets(sets: Iterable[Numbers]) -> int:
    """The work of one number, in intervals."""
    return 1 + sum(1 + len(numbers.intervals) for numbers in sets)


def any_matrix(node: Node) -> Parts:
    """Every square matrix."""
    node.members("shape")
    return 1, "", lambda _layer: True


def diagonal(node: Node) -> Parts:
    """A diagonal matrix with such entries on the diagonal."""
    entries = read_numbers(node.members("shape", "entries")[1])

    def test(a: Transition) -> bool:
        on = (a.entry(i, i) for i in a.rows_and_columns())
        return is_diagonal(a) and all(entries.holds(a.field, x, a.matrix.den) for x in on)

    return size_of_sets([entries]), DIAGONAL, of_matrices(test)


def upper_triangular(node: Node) -> Parts:
    """An upper triangular matrix with such entries, the zeros below the diagonal too."""
    entries = read_numbers(node.members("shape", "entries")[1])

    def test(a: Transition) -> bool:
        n = a.rows_and_columns()
        every = (a.entry(i, j) for i in n for j in n)
        return is_upper_triangular(a) and all(
            entries.holds(a.field, x, a.matrix.den) for x in every
        )

    return size_of_sets([entries]), "", of_matrices(test)


def sparse_columns(node: Node) -> Parts:
    """At most one entry other than 0 in a column, and it is such a number."""
    entries = read_numbers(node.members("shape", "entries")[1])

    def test(a: Transition) -> bool:
        n = a.rows_and_columns()
        columns = ([x for x in (a.entry(i, j) for i in n) if any(x)] for j in n)
        return all(
            len(found) <= 1 and all(entries.holds(a.field, x, a.matrix.den) for x in found)
            for found in columns
        )

    return size_of_sets([entries]), "", of_matrices(test)


def same_matrix(node: Node) -> Parts:
    """A region whose layers have one matrix each."""
    inner = read_region(node.members("shape", "of")[1])

    def holds(layer: Layer) -> bool:
        return len({case.a.matrix for case in layer.cases.values()}) <= 1 and inner.holds(layer)

    return 1 + inner.size, inner.written, holds


def same_phase(node: Node) -> Parts:
    """A region of diagonal matrices, each entry g z, g >= 0, with one z for all cases."""
    of = node.members("shape", "of")[1]
    of.get("shape").choice(("diagonal",))
    inner = read_region(of)
    return 1 + inner.size, DIAGONAL, lambda layer: inner.holds(layer) and have_common_phase(layer)


def one_of(node: Node) -> Parts:
    """Every layer lies in one of some regions."""
    items = node.members("shape", "regions")[1].items(1, MAX_REGIONS)
    inner = [read_region(item) for item in items]
    asked = {region.written for region in inner}
    return (
        1 + sum(region.size for region in inner),
        UNIT_KEYS if UNIT_KEYS in asked else DIAGONAL if asked == {DIAGONAL} else "",
        lambda layer: any(region.holds(layer) for region in inner),
    )


def is_factor(a: Transition, beta: Numbers) -> bool:
    """Whether A is one factor I - b u u^T with a real u and such a b."""
    return a.kind in FACTORS and a.has_real_direction and beta.hold(a.field, a.strength)


def factors(node: Node) -> Parts:
    """Heads of a few factors, maybe with a gate."""
    _, most_node, beta_node, gate_node = node.members("shape", "at-most", "beta", "gate")
    most, beta = most_node.integer(), read_numbers(beta_node)
    if not 1 <= most <= MAX_FACTORS:
        most_node.fail(f"expected an integer from 1 to {MAX_FACTORS}")
    gate = None if gate_node.value == "none" else read_numbers(gate_node)

    def test(head: Transition) -> bool:
        if head.kind == "gated" and gate is not None:
            if not gate.hold(head.field, head.strength):
                return False
            head = head.parts[0]
        parts = head.parts if head.kind == "product" else (head,)
        return len(parts) <= most and all(is_factor(part, beta) for part in parts)

    return size_of_sets([beta, *([gate] if gate else [])]), UNIT_KEYS, of_heads(test)


def factor_times_diagonal(node: Node) -> Parts:
    """Heads (I - b u u^T) diag(a), or one of the two."""
    _, beta_node, entries_node = node.members("shape", "beta", "entries")
    beta, entries = read_numbers(beta_node), read_numbers(entries_node)

    def test(head: Transition) -> bool:
        if head.kind == "diagonal":
            on = (head.entry(i, i) for i in head.rows_and_columns())
            return all(entries.holds(head.field, x, head.matrix.den) for x in on)
        if head.kind != "householder-diagonal":
            return is_factor(head, beta)
        return (
            head.has_real_direction
            and beta.hold(head.field, head.strength)
            and entries.hold(head.field, head.others[0])
        )

    return size_of_sets([beta, entries]), UNIT_KEYS, of_heads(test)


def rank_one_update(node: Node) -> Parts:
    """Heads diag(w) - c u (u o a)^T; symmetric ones; or those that are g I - b u u^T, b = c a."""
    _, *nodes, erased_node, symmetric_node = node.members(
        "shape", "w", "a", "c", "erased", "symmetric"
    )
    w, a, c = map(read_numbers, nodes)
    erased = None if erased_node.value == "none" else read_numbers(erased_node)
    symmetric = symmetric_node.choice(("yes", "no")) == "yes"

    def test(head: Transition) -> bool:
        return (
            head.kind == "diagonal-plus-rank-one"
            and head.has_real_direction
            and w.hold(head.field, head.others[0])
            and a.hold(head.field, head.others[1])
            and c.hold(head.field, head.strength)
            and (not symmetric or is_symmetric(head))
            and (erased is None or is_scalar(head, erased))
        )

    return size_of_sets([w, a, c, *([erased] if erased else [])]), UNIT_KEYS, of_heads(test)


def is_scalar(head: Transition, erased: Numbers) -> bool:
    """Whether w has equal entries, a too, and c times an entry of a, both rational, is such."""
    w, a = (numbers_of(head.field, other) for other in head.others)
    (c,) = numbers_of(head.field, head.strength)
    equal = all(x == w[0] for x in w) and all(x == a[0] for x in a)
    if not equal or any(c[1:]) or any(a[0][1:]):
        return False
    product = [c[0] * a[0][0], *c[1:]]
    return erased.holds(head.field, product, head.strength.den * head.others[1].den)


SHAPES: dict[str, Callable[[Node], Parts]] = {
    "any": any_matrix,
    "diagonal": diagonal,
    "upper-triangular": upper_triangular,
    "sparse-columns": sparse_columns,
    "same-matrix": same_matrix,
    "same-phase": same_phase,
    "one-of": one_of,
    "factors": factors,
    "factor-times-diagonal": factor_times_diagonal,
    "rank-one-update": rank_one_update,
}
