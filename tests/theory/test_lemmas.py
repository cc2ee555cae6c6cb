"""The lemmas of docs/lemmas on random exact instances, and controls where a hypothesis is dropped.

The controls matter as much as the instances: they show that each test would notice a cycle.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import (
    FixedPoint,
    Minifloat,
    NumberFormat,
    Overflow,
    RoundingMode,
    get_format,
    round_to_integer,
)

F = Fraction
Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]
T = TypeVar("T", bound=Hashable)


def cycle_from(start: T, step: Callable[[T], T]) -> list[T]:
    """The cycle that the orbit of ``start`` ends in, from where the orbit enters it."""
    seen: dict[T, int] = {}
    x = start
    while x not in seen:
        seen[x] = len(seen)
        x = step(x)
    return list(seen)[seen[x] :]


def affine(matrix: Matrix, x: Vector, b: Vector) -> Vector:
    return tuple(
        sum((a * v for a, v in zip(row, x, strict=True)), c)
        for row, c in zip(matrix, b, strict=True)
    )


def seq_round_cycle(
    matrix: Matrix, b: Vector, start: Vector, rounds: Sequence[Callable[[Fraction], Fraction]]
) -> list[Vector]:
    """The final cycle of x -> Q(A x + b), Q rounding coordinate i by ``rounds[i]``."""

    def step(x: Vector) -> Vector:
        return tuple(r(y) for r, y in zip(rounds, affine(matrix, x, b), strict=True))

    return cycle_from(start, step)


def to_integers(x: Fraction) -> Fraction:
    return F(round_to_integer(x, RoundingMode.NEAREST_EVEN))


# --- monotone rounding -------------------------------------------------------------------------


@st.composite
def big_formats(draw: st.DrawFn) -> Minifloat:
    template = get_format(draw(st.sampled_from(["binary16", "bfloat16"])))
    assert isinstance(template, Minifloat)
    mode = draw(st.sampled_from(RoundingMode))
    return Minifloat(template.precision, template.min_exponent, template.maximum, mode)


@st.composite
def float_values(draw: st.DrawFn, number_format: Minifloat) -> Fraction:
    """A value of any magnitude, half of the time near 1."""
    significand = draw(
        st.integers(-(2**number_format.precision) + 1, 2**number_format.precision - 1)
    )
    low = number_format.min_exponent
    exponent = draw(st.integers(-2, 2) | st.integers(low, -low))
    return number_format.round(significand * F(2) ** (exponent - number_format.precision + 1))


def scalar_cycle(
    number_format: NumberFormat, a: Fraction, b: Fraction, h: Fraction
) -> list[Fraction]:
    return cycle_from(h, lambda x: number_format.round(number_format.round(a * x) + b))


@given(big_formats(), st.data())
@examples(200)
def test_monotone_rounding_nonnegative_factor(
    number_format: Minifloat, data: st.DataObject
) -> None:
    a, b, h = (data.draw(float_values(number_format)) for _ in range(3))
    assert len(scalar_cycle(number_format, abs(a), b, h)) == 1


@given(big_formats(), st.data())
@examples(200)
def test_monotone_rounding_any_factor(number_format: Minifloat, data: st.DataObject) -> None:
    a, b, h = (data.draw(float_values(number_format)) for _ in range(3))
    assert len(scalar_cycle(number_format, a, b, h)) <= 2


@given(big_formats(), st.data())
@examples(100)
def test_a_word_of_monotone_letters_has_period_one(
    number_format: Minifloat, data: st.DataObject
) -> None:
    values = float_values(number_format)
    letters = data.draw(st.lists(st.tuples(values.map(abs), values), min_size=1, max_size=4))

    def read_word(h: Fraction) -> Fraction:
        for a, b in letters:
            h = number_format.round(number_format.round(a * h) + b)
        return h

    assert len(cycle_from(data.draw(values), read_word)) == 1


@pytest.mark.parametrize("name", ["binary16", "bfloat16"])
def test_control_negative_factor_alternates(name: str) -> None:
    assert len(scalar_cycle(get_format(name), F(-1), F(1), F(0))) == 2


@pytest.mark.parametrize("bits", range(1, 9))
def test_control_wrap_around_alternates_with_factor_one(bits: int) -> None:
    wrapping = FixedPoint.unsigned(bits, overflow=Overflow.WRAP)
    assert scalar_cycle(wrapping, F(1), F(2 ** (bits - 1)), F(0)) == [F(0), F(2 ** (bits - 1))]


def test_control_the_negative_zero_of_ieee_alternates_signs() -> None:
    a = b = -0.0
    signs, h = [], 0.0
    for _ in range(4):
        signs.append(math.copysign(1.0, h))
        h = a * h + b
    assert signs == [1.0, -1.0, 1.0, -1.0]


# --- one rounding a step, symmetric positive semidefinite A --------------------------------------


def gram(rows: Sequence[Sequence[int]], scale: Fraction) -> Matrix:
    """scale * G^T G for G given by its rows."""
    columns = list(zip(*rows, strict=True))
    return tuple(
        tuple(scale * sum(x * y for x, y in zip(c, d, strict=True)) for d in columns)
        for c in columns
    )


def random_format(rng: random.Random) -> NumberFormat:
    mode = rng.choice(list(RoundingMode))
    if rng.random() < 0.25:
        precision, exponent = rng.randint(1, 4), rng.randint(-3, 0)
        return Minifloat(precision, exponent, F(2) ** rng.randint(1, 4), mode)
    step = rng.choice([F(1), F(1, 2), F(1, 8), F(1, 3), F(3, 2)])
    return FixedPoint(step, -rng.randint(1, 40) * step, rng.randint(1, 40) * step, mode)


def random_psd_instance(
    rng: random.Random,
) -> tuple[Matrix, Vector, Vector, list[Callable[[Fraction], Fraction]]]:
    """A, b, a start and one rounding a coordinate; ||A|| is below 1 in some, above in others."""
    size = rng.randint(1, 4)
    rank = rng.randint(1, size)
    rows = [[rng.randint(-4, 4) for _ in range(size)] for _ in range(rank)]
    trace = max(1, sum(x * x for row in rows for x in row))
    scale = F(rng.randint(1, 12), 4 * trace) if rng.random() < 0.8 else F(1, rng.randint(1, 20))
    formats = [random_format(rng) for _ in range(size)]
    b = tuple(F(rng.randint(-40, 40), rng.choice([1, 3, 8, 16])) for _ in range(size))
    start = tuple(f.round(F(rng.randint(-200, 200), 8)) for f in formats)
    return gram(rows, scale), b, start, [f.round for f in formats]


@given(st.integers(0, 2**64))
@examples(300)
def test_psd_lemma(seed: int) -> None:
    assert len(seq_round_cycle(*random_psd_instance(random.Random(seed)))) == 1


@pytest.mark.slow
def test_psd_lemma_20000_instances() -> None:
    rng = random.Random(20_000)
    for _ in range(20_000):
        instance = random_psd_instance(rng)
        assert len(seq_round_cycle(*instance)) == 1, instance


def householder(v: Sequence[int], beta: Fraction) -> Matrix:
    square = sum(x * x for x in v)
    return tuple(
        tuple(F(i == j) - beta * v[i] * v[j] / square for j in range(len(v))) for i in range(len(v))
    )


def matmul(left: Matrix, right: Matrix) -> Matrix:
    columns = list(zip(*right, strict=True))
    return tuple(
        tuple(sum((x * y for x, y in zip(row, c, strict=True)), F(0)) for c in columns)
        for row in left
    )


INTEGERS = [to_integers, to_integers]


def test_control_expansive_non_symmetric_matrix_has_period_two() -> None:
    matrix = ((F(-7, 20), F(1, 4)), (F(-3), F(21, 10)))
    trace, determinant = F(7, 4), F(3, 200)
    assert matrix[0][0] + matrix[1][1] == trace
    assert matrix[0][0] * matrix[1][1] - matrix[0][1] * matrix[1][0] == determinant
    # Both eigenvalues are real and positive, so the cycle is the work of the rounding alone.
    assert trace**2 > 4 * determinant > 0
    cycle = seq_round_cycle(matrix, (F(11, 20), F(13, 10)), (F(0), F(0)), INTEGERS)
    assert cycle == [(F(0), F(0)), (F(1), F(1))]


def test_control_two_householder_factors_have_period_two() -> None:
    matrix = matmul(householder((1, -2), F(1)), householder((1, 2), F(1)))
    assert matrix == ((F(12, 25), F(-6, 25)), (F(6, 25), F(-3, 25)))  # eigenvalues 0 and 9/25
    cycle = seq_round_cycle(matrix, (F(-1, 4), F(15, 8)), (F(-1), F(2)), INTEGERS)
    assert cycle == [(F(-1), F(2)), (F(-1), F(1))]


def test_control_two_householder_factors_have_period_three() -> None:
    matrix = matmul(householder((1, 3), F(1)), householder((4, -3), F(1)))
    cycle = seq_round_cycle(matrix, (F(11, 8), F(-1, 2)), (F(2), F(-1)), INTEGERS)
    assert len(cycle) == 3


def test_control_symmetric_but_not_semidefinite_has_period_two() -> None:
    cycle = seq_round_cycle(((F(-1),),), (F(1),), (F(0),), [to_integers])
    assert cycle == [(F(0),), (F(1),)]


def test_control_a_rounding_that_is_not_monotone_has_period_two() -> None:
    wrapping = FixedPoint.unsigned(1, overflow=Overflow.WRAP)
    assert len(seq_round_cycle(((F(1),),), (F(1),), (F(0),), [wrapping.round])) == 2


def test_control_two_semidefinite_letters_in_turn_have_period_two() -> None:
    letters = (
        (householder((4, 1), F(1)), (F(9, 8), F(7, 8))),
        (householder((-1, 1), F(1)), (F(15, 8), F(-15, 8))),
    )
    x: Vector = (F(2), F(-2))
    trace = [x]
    for matrix, b in letters * 2:
        x = tuple(to_integers(y) for y in affine(matrix, x, b))
        trace.append(x)
    by_hand = [(2, -2), (2, -1), (2, -1), (1, -1), (2, -2)]
    assert trace == [tuple(F(n) for n in state) for state in by_hand]


def test_control_symmetric_semidefinite_with_every_operation_rounded_has_period_two() -> None:
    r = FixedPoint.signed(8, 3).round
    k, beta = (F(5, 8), F(5, 8)), F(3, 4)

    def delta(x: Vector) -> Vector:
        t = r(beta * r(r(k[0] * x[0]) + r(k[1] * x[1])))
        return tuple(r(v - r(t * w)) for v, w in zip(x, k, strict=True))

    start: Vector = (F(-13, 8), F(14, 8))
    cycle = cycle_from(start, delta)
    assert cycle == [(F(-13, 8), F(14, 8)), (F(-14, 8), F(13, 8))]


# --- the sign lemma ------------------------------------------------------------------------------


def chain(sequence: Sequence[Fraction], roots: Sequence[Fraction]) -> list[Fraction]:
    """w^0, ..., w^(d-1) at index 0: each is (E - root) of the one before."""
    heads, rest = [], list(sequence)
    for root in roots:
        heads.append(rest[0])
        rest = [after - root * before for before, after in pairwise(rest)]
    return heads


def recurrent(roots: Sequence[Fraction], heads: Sequence[Fraction], length: int) -> list[Fraction]:
    """The sequence annihilated by prod (E - root) whose chain at index 0 is ``heads``."""
    w, sequence = list(heads), []
    for _ in range(length):
        sequence.append(w[0])
        w = [
            root * here + above for root, here, above in zip(roots, w, [*w[1:], F(0)], strict=True)
        ]
    return sequence


def settled_index(sequence: Sequence[Fraction], roots: Sequence[Fraction]) -> int | None:
    """The first index at which no two members of the chain have opposite signs."""
    d = len(roots)
    for n in range(len(sequence) - d):
        heads = chain(sequence[n : n + d + 1], roots)
        if all(w >= 0 for w in heads) or all(w <= 0 for w in heads):
            return n
    return None


def sign(x: Fraction) -> int:
    return (x > 0) - (x < 0)


ROOTS = st.lists(
    st.sampled_from([F(1, 4), F(1, 2), F(2, 3), F(1), F(1), F(3, 2), F(2)]), min_size=1, max_size=4
).map(sorted)


@given(ROOTS, st.data())
def test_sign_lemma_the_index_is_found_and_the_sign_stays(
    roots: list[Fraction], data: st.DataObject
) -> None:
    d, length = len(roots), 120
    heads = data.draw(st.lists(st.integers(-5, 5).map(Fraction), min_size=d, max_size=d))
    sequence = recurrent(roots, heads, length)
    n = settled_index(sequence, roots)
    assert n is not None
    order = max((k + 1 for k, w in enumerate(heads) if w != 0), default=0)
    later = [sign(x) for x in sequence[n:]]
    # Weakly from n on; strictly from the first non-zero term, at most order - 1 later.
    assert len(set(later)) <= 2
    assert not {1, -1} <= set(later)
    if order > 0:
        assert 0 not in later[order - 1 :]
        first = next(i for i, s in enumerate(later) if s != 0)
        assert 0 not in later[first:]
    else:
        assert set(later) == {0}


def test_sign_lemma_ascending_order_is_needed() -> None:
    sequence = [F(2) ** n + F(1, 2) ** n for n in range(200)]
    assert settled_index(sequence, [F(1, 2), F(2)]) == 0
    assert settled_index(sequence, [F(2), F(1, 2)]) is None


def test_sign_lemma_a_settled_sequence_may_still_be_zero_once() -> None:
    sequence = [F(n) for n in range(50)]
    assert settled_index(sequence, [F(1), F(1)]) == 0
    assert sequence[0] == 0 < sequence[1]


def test_sign_lemma_control_a_negative_root_alternates() -> None:
    sequence = [F(-1, 2) ** n for n in range(100)]
    assert {sign(x) for x in sequence[50:]} == {1, -1}
    assert {sign(x) for x in sequence[50::2]} == {1}


def test_sign_lemma_control_three_semidefinite_factors_alternate() -> None:
    factors = [householder(v, F(1)) for v in ((1, 0), (3, 4), (-7, 24))]
    product = matmul(matmul(factors[0], factors[1]), factors[2])
    trace = product[0][0] + product[1][1]
    determinant = product[0][0] * product[1][1] - product[0][1] * product[1][0]
    assert (trace, determinant) == (F(-63, 625), F(0))
    x: Vector = (F(0), F(1))
    signs = []
    for _ in range(20):
        x = affine(product, x, (F(0), F(0)))
        signs.append(sign(x[1]))
    assert signs in ([1, -1] * 10, [-1, 1] * 10)


def test_sign_lemma_control_a_wrapping_cast_alternates() -> None:
    wrapping = FixedPoint.signed(3, overflow=Overflow.WRAP)
    assert [wrapping.round(F(3) ** n) for n in range(6)] == [F(1), F(3)] * 3
    assert FixedPoint.signed(3).round(F(3) ** 5) == 3
