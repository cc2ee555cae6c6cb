"""The smallest networks whose rounding makes them count, found by trying all of a range.

Exact arithmetic forbids parity to each of three families; rounded arithmetic does not. Nothing here
knows the counterexamples of `rounding_parity`: matrices, inputs and states are tried in order of
the denominators of their numbers, until two states follow each other for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd
from typing import Any, TypeAlias, final

import numpy as np
import numpy.typing as npt

from monoscan.theory.constructions.parity import parity_network
from monoscan.theory.formats import FixedPoint
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.rounding_parity import RoundingCounterexample
from monoscan.theory.semantics import OpRound, SeqRound
from monoscan.theory.transition import DeltaRule, Dense, Householder, HouseholderProduct, Transition

Integers: TypeAlias = npt.NDArray[np.int64]
_SIDE = 4  # states whose entries have at most this absolute value, in units of the format
_WIDTH = 64


@final
@dataclass(frozen=True)
class Exhausted:
    """No network of a range alternates.

    Attributes:
        tried: how many matrices there are in the range.
    """

    tried: int


def _rounded(numerator: Integers, denominator: int) -> Integers:
    """Numerator over denominator, rounded half to even."""
    floor, rest = np.divmod(numerator, denominator)
    up = (2 * rest > denominator) | ((2 * rest == denominator) & (floor % 2 == 1))
    found: Integers = floor + up
    return found


def _grid(side: int) -> Integers:
    """All pairs of integers up to an absolute value, as two rows, the smallest ones first."""
    pairs = sorted(product(range(-side, side + 1), repeat=2), key=lambda p: (max(map(abs, p)), p))
    return np.array(pairs).T


def dense_steps(denominator: int, largest: int) -> RoundingCounterexample | Exhausted:
    """A dense 2 x 2 matrix with positive eigenvalues, states rounded to integers at each step.

    Args:
        denominator: of the entries of A and B.
        largest: bound of the entries of A; those of B lie in [0, 1).

    >>> dense_steps(1, 2)
    Exhausted(tried=50)
    """
    tried = 0
    inputs = np.array(list(product(range(denominator), repeat=2)))
    top = largest * denominator
    entries = sorted(range(-top, top + 1), key=abs)
    for a, d, b, c in product(entries, repeat=4):
        # Both eigenvalues are real and positive: trace, determinant, discriminant.
        if not (a + d > 0 and a * d - b * c > 0 and (a - d) ** 2 + 4 * b * c >= 0):
            continue
        tried += 1
        found = _alternating(np.array([[a, b], [c, d]]), inputs, denominator)
        if found is not None:
            rows = [[Fraction(x, denominator) for x in row] for row in ((a, b), (c, d))]
            on_one, zero = Dense(Matrix.of(rows)), Dense(Matrix.identity(2))
            return _network("dense", zero, on_one, denominator, *found)
    return Exhausted(tried)


def projection_pairs(denominator: int, largest: int) -> RoundingCounterexample | Exhausted:
    """A product of two projections I - v v^T / (v^T v), states rounded to integers at each step.

    Args:
        denominator: of the entries of B.
        largest: bound of the integer entries of the directions v; entries of B lie in [-2, 2].

    >>> projection_pairs(1, 1)
    Exhausted(tried=16)
    """
    span = range(-2 * denominator, 2 * denominator + 1)
    inputs = np.array(sorted(product(span, repeat=2), key=lambda pair: sum(map(abs, pair))))
    tried = 0
    for first, second in product(_directions(largest), repeat=2):
        tried += 1
        squares = [sum(x * x for x in v) for v in (first, second)]
        scaled = [
            np.array([[squares[i] * (r == s) - v[r] * v[s] for s in (0, 1)] for r in (0, 1)])
            for i, v in enumerate((first, second))
        ]
        found = _alternating(
            scaled[0] @ scaled[1] * denominator,
            inputs * squares[0] * squares[1],
            squares[0] * squares[1] * denominator,
        )
        if found is not None:
            zero, on_one = (
                HouseholderProduct(
                    tuple(Householder(tuple(map(Fraction, v)), beta) for v in (first, second))
                )
                for beta in (Fraction(0), Fraction(1))
            )
            shift, even, odd = found
            exact = shift // (squares[0] * squares[1])
            return _network("projections", zero, on_one, denominator, exact, even, odd)
    return Exhausted(tried)


def _directions(largest: int) -> Iterator[tuple[int, int]]:
    """Directions with coprime entries, one of v and -v."""
    for x, y in product(range(largest + 1), range(-largest, largest + 1)):
        if gcd(x, y) == 1 and (x, y) > (0, 0):
            yield x, y


def delta_rules(denominator: int) -> RoundingCounterexample | Exhausted:
    """A DeltaNet with 0 < beta k^T k <= 1 and B = 0, every operation rounded.

    Args:
        denominator: one over the step of the fixed-point format; key and beta lie in [0, 1].

    >>> delta_rules(1)
    Exhausted(tried=1)
    """
    s, states, tried = denominator, _grid(2 * denominator), 0
    for k, beta in product(product(range(s + 1), repeat=2), range(1, s + 1)):
        if not 0 < beta * (k[0] ** 2 + k[1] ** 2) <= s**3 or k[0] < k[1]:
            continue  # the two entries of a key may be exchanged
        tried += 1

        def step(x: Integers, k: tuple[int, ...] = k, beta: int = beta) -> Integers:
            dot = _rounded(k[0] * x[0], s) + _rounded(k[1] * x[1], s)
            weight = _rounded(beta * dot, s)
            return np.array([x[0] - _rounded(weight * k[0], s), x[1] - _rounded(weight * k[1], s)])

        after = step(states)
        twice = (step(after) == states).all(axis=0) & (after != states).any(axis=0)
        if twice.any():
            place = int(np.flatnonzero(twice)[0])
            key = (Fraction(k[0], s), Fraction(k[1], s))
            number_format = FixedPoint(Fraction(1, s), Fraction(-_WIDTH), Fraction(_WIDTH))
            network = parity_network(
                on_zero=DeltaRule(key, Fraction(0)),
                on_one=DeltaRule(key, Fraction(beta, s)),
                even=_column(states[:, place], s),
                odd=_column(after[:, place], s),
            )
            return RoundingCounterexample("delta", network, OpRound(number_format))
    return Exhausted(tried)


def _alternating(matrix: Integers, inputs: Integers, denominator: int) -> Any:
    """An input and two states that follow each other under x <- round((M x + b) / denominator)."""
    states = _grid(_SIDE)

    def step(x: Integers, b: Integers) -> Integers:
        return _rounded(np.einsum("ij,j...->i...", matrix, x) + b, denominator)

    start = np.repeat(states[:, None, :], len(inputs), axis=1)
    shift = inputs.T[:, :, None]
    after = step(start, shift)
    twice = (step(after, shift) == start).all(axis=0) & (after != start).any(axis=0)
    if not twice.any():
        return None
    which, place = (int(x) for x in np.argwhere(twice)[0])
    return inputs[which], start[:, which, place], after[:, which, place]


def _column(entries: Integers, denominator: int = 1) -> Matrix:
    return Matrix.column([Fraction(int(x), denominator) for x in entries])


def _network(
    key: str,
    on_zero: Transition,
    on_one: Transition,
    denominator: int,
    shift: Integers,
    even: Integers,
    odd: Integers,
) -> RoundingCounterexample:
    integers = FixedPoint(Fraction(1), Fraction(-_WIDTH), Fraction(_WIDTH))
    network: LRNN = parity_network(
        on_zero=on_zero,
        on_one=on_one,
        even=_column(even),
        odd=_column(odd),
        input_on_one=_column(shift, denominator),
    )
    return RoundingCounterexample(key, network, SeqRound(integers))
