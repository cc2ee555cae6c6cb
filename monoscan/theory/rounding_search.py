"""The smallest networks whose rounding makes them count, found by trying all of a range.

Exact arithmetic forbids the count to each family of one-layer networks; rounded arithmetic need
not. Nothing here knows the counterexamples of `rounding_parity`: matrices, inputs and states are
tried in order, the smallest ones first, until some states follow each other for ever.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product
from math import gcd
from typing import TypeAlias, final

import numpy as np
import numpy.typing as npt

from monoscan.theory.formats import FixedPoint, Overflow
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.rounding_parity import RoundingCounterexample
from monoscan.theory.semantics import OpRound, SeqRound
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
    Transition,
)

Integers: TypeAlias = npt.NDArray[np.int64]
_SIDE = 4  # states whose entries have at most this absolute value, in units of the format


def wide(denominator: int) -> FixedPoint:
    """The multiples of 1 / denominator up to 64: wide enough that nothing found here saturates."""
    return FixedPoint(Fraction(1, denominator), Fraction(-64), Fraction(64))


@final
@dataclass(frozen=True)
class Exhausted:
    """No network of a range counts so.

    Attributes:
        tried: how many matrices there are in the range.
    """

    tried: int


Found: TypeAlias = RoundingCounterexample | Exhausted


def dense_steps(denominator: int, largest: int, period: int = 2) -> Found:
    """A dense 2 x 2 matrix with positive eigenvalues, states rounded to integers at each step.

    Args:
        denominator: of the entries of A and B.
        largest: bound of the entries of A; those of B lie in [0, 1).
        period: what it should count modulo, a prime.

    >>> dense_steps(1, 2)
    Exhausted(tried=50)
    """

    def allowed(a: int, b: int, c: int, d: int) -> bool:
        # Both eigenvalues are real and positive: trace, determinant, discriminant.
        return a + d > 0 and a * d - b * c > 0 and (a - d) ** 2 + 4 * b * c >= 0

    return _planar("dense", allowed, denominator, largest, period)


def triangular_steps(denominator: int, largest: int, period: int = 3) -> Found:
    """A lower triangular 2 x 2 matrix of any signs, states rounded to integers at each step.

    Args:
        denominator: of the entries of A and B.
        largest: bound of the entries of A; those of B lie in [0, 1).
        period: what it should count modulo, a prime.

    >>> triangular_steps(1, 1)
    Exhausted(tried=27)
    """
    return _planar("triangular", lambda _a, b, _c, _d: b == 0, denominator, largest, period)


def _planar(
    key: str,
    allowed: Callable[[int, int, int, int], bool],
    denominator: int,
    largest: int,
    period: int,
) -> Found:
    """The 2 x 2 matrices that are allowed, the sum of absolute values of entries growing."""
    tried, top = 0, largest * denominator
    inputs = np.array(list(product(range(denominator), repeat=2)))
    entries = sorted(range(-top, top + 1), key=abs)
    for a, d, b, c in product(entries, repeat=4):
        if not allowed(a, b, c, d):
            continue
        tried += 1
        found = _stepping(np.array([[a, b], [c, d]]), inputs, denominator, period)
        if found is not None:
            rows = [[Fraction(x, denominator) for x in row] for row in ((a, b), (c, d))]
            on_one, zero = Dense(Matrix.of(rows)), Dense(Matrix.identity(2))
            return _rounded_once(key, zero, on_one, denominator, *found)
    return Exhausted(tried)


def projection_pairs(denominator: int, largest: int, period: int = 2) -> Found:
    """A product of two projections I - v v^T / (v^T v), states rounded to integers at each step.

    Args:
        denominator: of the entries of B.
        largest: bound of the integer entries of the directions v; entries of B lie in [-2, 2].
        period: what it should count modulo, a prime.

    >>> projection_pairs(1, 1)
    Exhausted(tried=16)
    """
    inputs = _inputs(denominator)
    tried = 0
    for directions in product(_directions(largest), repeat=2):
        tried += 1
        matrix, squares = np.eye(2, dtype=np.int64), 1
        for v in directions:
            matrix, squares = matrix @ _scaled(v, Fraction(1)), squares * _square(v)
        found = _stepping(matrix * denominator, inputs * squares, squares * denominator, period)
        if found is not None:
            zero, on_one = (
                HouseholderProduct(
                    tuple(Householder(tuple(map(Fraction, v)), beta) for v in directions)
                )
                for beta in (Fraction(0), Fraction(1))
            )
            shift, cycle = found
            return _rounded_once("projections", zero, on_one, denominator, shift // squares, cycle)
    return Exhausted(tried)


def one_factor_steps(denominator: int, largest: int, period: int = 3) -> Found:
    """One factor I - beta v v^T / (v^T v) with 0 < beta <= 2, states rounded to integers.

    Args:
        denominator: of beta and of the entries of B.
        largest: bound of the integer entries of v; entries of B lie in [-2, 2].
        period: what it should count modulo, a prime.

    >>> one_factor_steps(1, 1)
    Exhausted(tried=8)
    """
    inputs, tried = _inputs(denominator), 0
    for v, numerator in product(_directions(largest), range(1, 2 * denominator + 1)):
        tried += 1
        beta, square = Fraction(numerator, denominator), _square(v)
        found = _stepping(_scaled(v, beta), inputs * square, square * denominator, period)
        if found is not None:
            zero, on_one = (
                Householder(tuple(map(Fraction, v)), scale) for scale in (Fraction(0), beta)
            )
            shift, cycle = found
            return _rounded_once("factor", zero, on_one, denominator, shift // square, cycle)
    return Exhausted(tried)


def _inputs(denominator: int) -> Integers:
    """Inputs B times the denominator, with entries in [-2, 2], the smallest ones first."""
    span = range(-2 * denominator, 2 * denominator + 1)
    return np.array(sorted(product(span, repeat=2), key=lambda pair: sum(map(abs, pair))))


def _directions(largest: int) -> Iterator[tuple[int, int]]:
    """Directions with coprime entries, one of v and -v."""
    for x, y in product(range(largest + 1), range(-largest, largest + 1)):
        if gcd(x, y) == 1 and (x, y) > (0, 0):
            yield x, y


def _square(v: tuple[int, ...]) -> int:
    return sum(x * x for x in v)


def _scaled(v: tuple[int, ...], beta: Fraction) -> Integers:
    """v^T v times the denominator of beta times I - beta v v^T / (v^T v)."""
    outer = np.outer(v, v)
    scaled: Integers = beta.denominator * _square(v) * np.eye(len(v), dtype=np.int64)
    return scaled - beta.numerator * outer


def delta_rules(
    denominator: int,
    dimension: int = 2,
    *,
    most: int = 1,
    unit: bool = False,
    period: int = 2,
) -> Found:
    """A DeltaNet with 0 < beta k^T k <= most and B = 0, every operation rounded.

    Args:
        denominator: one over the step of the fixed-point format.
        dimension: of the key, whose entries lie in [0, 1] and do not grow.
        most: bound of beta k^T k.
        unit: whether only keys of length 1 are tried.
        period: what it should count modulo, a prime.

    >>> delta_rules(1)
    Exhausted(tried=1)
    """
    s, tried = denominator, 0
    states = _grid(2 * s, dimension)
    for k, beta in product(product(range(s, -1, -1), repeat=dimension), range(1, most * s + 1)):
        square = _square(k)
        # The entries of a key may be exchanged.
        if not 0 < beta * square <= most * s**3 or (unit and square != s * s):
            continue
        if any(x < y for x, y in pairwise(k)):
            continue
        tried += 1

        def step(x: Integers, k: tuple[int, ...] = k, beta: int = beta) -> Integers:
            products = [_rounded(entry * row, s) for entry, row in zip(k, x, strict=True)]
            dot = np.sum(products, axis=0)
            weight = _rounded(beta * dot, s)
            return np.array(
                [row - _rounded(weight * entry, s) for entry, row in zip(k, x, strict=True)]
            )

        cycle = _first_cycle(step, states, period)
        if cycle is not None:
            key = tuple(Fraction(x, s) for x in k)
            network = counting_network(
                DeltaRule(key, Fraction(0)),
                DeltaRule(key, Fraction(beta, s)),
                Matrix.zeros(dimension, 1),
                [_column(state, s) for state in cycle],
            )
            return RoundingCounterexample("delta", network, OpRound(wide(s)))
    return Exhausted(tried)


def scalar_steps(
    number_format: FixedPoint, low: Fraction, high: Fraction, period: int = 2
) -> Found:
    """A scalar h <- r(r(a h) + b) with low <= a <= high, all numbers of a fixed-point format.

    Args:
        number_format: rounding half to even; saturating or wrapping around.
        low: bound of a.
        high: bound of a.
        period: what it should count modulo, a prime.

    >>> scalar_steps(FixedPoint.signed(3), Fraction(0), Fraction(3))
    Exhausted(tried=4)
    """
    step, least = number_format.step, int(number_format.minimum / number_format.step)
    most, tried = int(number_format.maximum / step), 0

    def fit(x: Integers) -> Integers:
        if number_format.overflow is Overflow.WRAP:
            wrapped: Integers = (x - least) % (most - least + 1) + least
            return wrapped
        return np.clip(x, least, most)

    values = np.array(sorted(range(least, most + 1), key=abs))
    for a in values.tolist():
        if not low <= a * step <= high:
            continue
        tried += 1
        b = values[:, None]

        def moved(h: Integers, a: int = a, b: Integers = b) -> Integers:
            product = _rounded(a * h[0] * step.numerator, step.denominator)
            return np.array([fit(fit(product) + b)])

        start = np.broadcast_to(values, (1, len(values), len(values))).copy()
        cycle = _first_cycle(moved, start, period)
        if cycle is not None:
            after = int(moved(cycle[0][None, :, None], b=np.array([[0]]))[0, 0, 0])
            wanted = int(cycle[1][0])
            shift = next(x for x in values.tolist() if fit(np.array(after + x)) == wanted)
            network = counting_network(
                Diagonal((Fraction(1),)),
                Diagonal((a * step,)),
                Matrix.of([[shift * step]]),
                [Matrix.of([[int(state[0]) * step]]) for state in cycle],
            )
            return RoundingCounterexample("scalar", network, OpRound(number_format))
    return Exhausted(tried)


def _rounded(numerator: Integers, denominator: int) -> Integers:
    """Numerator over denominator, rounded half to even."""
    floor, rest = np.divmod(numerator, denominator)
    up = (2 * rest > denominator) | ((2 * rest == denominator) & (floor % 2 == 1))
    found: Integers = floor + up
    return found


def _grid(side: int, dimension: int = 2) -> Integers:
    """All vectors of integers up to an absolute value, as columns, the smallest ones first."""
    span = product(range(-side, side + 1), repeat=dimension)
    return np.array(sorted(span, key=lambda v: (max(map(abs, v)), v))).T


def _first_cycle(
    step: Callable[[Integers], Integers], states: Integers, period: int
) -> list[Integers] | None:
    """The first states that follow each other with just this period, a prime.

    Args:
        step: takes states, one along the first axis, to the next ones.
        states: the entries of a state along the first axis.
        period: a prime, so that a state that comes back after so many steps stays or has it.
    """
    path = [states]
    for _ in range(period):
        path.append(step(path[-1]))
    counts = (path[-1] == states).all(axis=0) & (path[1] != states).any(axis=0)
    if not counts.any():
        return None
    place = tuple(np.argwhere(counts)[0])
    return [x[(slice(None), *place)] for x in path[:-1]]


def _stepping(
    matrix: Integers, inputs: Integers, denominator: int, period: int
) -> tuple[Integers, list[Integers]] | None:
    """An input, and states that follow each other under x <- round((M x + b) / denominator)."""
    states = _grid(_SIDE)
    shift = inputs.T[:, :, None]

    def step(x: Integers) -> Integers:
        return _rounded(np.einsum("ij,j...->i...", matrix, x) + shift, denominator)

    cycle = _first_cycle(step, np.repeat(states[:, None, :], len(inputs), axis=1), period)
    if cycle is None:
        return None
    for b in inputs:
        path = [_rounded(matrix @ state + b, denominator) for state in cycle]
        if all((x == y).all() for x, y in zip(path, [*cycle[1:], cycle[0]], strict=True)):
            return b, cycle
    raise AssertionError("a cycle has its input")


def _column(entries: Integers, denominator: int = 1) -> Matrix:
    return Matrix.column([Fraction(int(x), denominator) for x in entries])


def _rounded_once(
    key: str,
    on_zero: Transition,
    on_one: Transition,
    denominator: int,
    shift: Integers,
    cycle: list[Integers],
) -> RoundingCounterexample:
    states = [_column(state) for state in cycle]
    network = counting_network(on_zero, on_one, _column(shift, denominator), states)
    return RoundingCounterexample(key, network, SeqRound(wide(1)))


def counting_network(
    on_zero: Transition, on_one: Transition, input_on_one: Matrix, states: list[Matrix]
) -> LRNN:
    """The one-layer network that should go round these states with the number of 1s.

    Args:
        on_zero: A(0); B(0) is zero.
        on_one: A(1).
        input_on_one: B(1).
        states: the first one is the initial state, in which alone the answer is True.
    """
    cases: dict[Symbol, Case] = {
        ("0",): Case(on_zero, Matrix.zeros(*input_on_one.shape)),
        ("1",): Case(on_one, input_on_one),
    }
    table = {state: state == states[0] for state in states}
    return LRNN(("0", "1"), (Layer(states[0], cases, StateTable(table)),))
