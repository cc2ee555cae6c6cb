"""The steps of the proofs in docs/lemmas, on exact random instances; and why each hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from itertools import product
from typing import TypeAlias

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import get_language
from monoscan.theory.constructions.parity import parity_network
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.formats import FixedPoint
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.semantics import OpRound
from monoscan.theory.transition import DeltaRule

SMALL = st.integers(-2, 2)
UNIT = st.sampled_from([Fraction(n, 4) for n in range(5)] + [Fraction(0), Fraction(1)] * 2)


def rank(matrix: Matrix) -> int:
    """Gaussian elimination over the rationals."""
    rows = [list(row) for row in matrix.rows]
    found = 0
    for column in range(matrix.shape[1]):
        pivot = next((r for r in rows[found:] if r[column] != 0), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [x - factor * y for x, y in zip(row, pivot, strict=True)]
        found += 1
    return found


def fixed_dimension(matrix: Matrix) -> int:
    """The dimension of {x : matrix x = x}."""
    size = matrix.shape[0]
    return size - rank(matrix - Matrix.identity(size))


def factor(v: list[int], beta: Fraction) -> Matrix:
    """I - beta v v^T / v^T v."""
    column = Matrix.column(v)
    outer = column @ column.transpose()
    return Matrix.identity(len(v)) - outer.scale(beta / sum(x * x for x in v))


@st.composite
def vectors(draw: st.DrawFn, size: int) -> list[int]:
    return draw(st.lists(SMALL, min_size=size, max_size=size).filter(any))


@st.composite
def contractions(draw: st.DrawFn, size: int) -> Matrix:
    """Symmetric matrices with spectrum in [0, 1], of any rank, often projections."""
    if draw(st.booleans()):
        return factor(draw(vectors(size)), draw(UNIT))
    # A product of commuting factors along an orthogonal basis, changed by a reflection.
    entries = draw(st.lists(UNIT, min_size=size, max_size=size))
    reflection = factor(draw(vectors(size)), Fraction(2))
    return reflection @ Matrix.diagonal(entries) @ reflection


Products: TypeAlias = list[Matrix]


@st.composite
def several(draw: st.DrawFn, least: int, most: int) -> Products:
    size = draw(st.integers(1, 3))
    return draw(st.lists(contractions(size), min_size=least, max_size=most))


@examples(100)
@given(several(1, 4), st.integers(2, 6))
def test_products_of_contractions_fix_no_more_in_several_steps(
    factors: Products, steps: int
) -> None:
    matrix = reduce(Matrix.__matmul__, factors)
    assert fixed_dimension(matrix) == fixed_dimension(matrix.power(steps))


@examples(100)
@given(several(1, 1), st.data())
def test_a_contraction_that_keeps_a_length_fixes_the_vector(
    factors: Products, data: st.DataObject
) -> None:
    matrix = factors[0]
    x = Matrix.column(data.draw(vectors(matrix.shape[0])))
    image = matrix @ x
    lost = x.dot(x) - image.dot(image)
    assert lost >= 0
    assert (lost == 0) == (image == x)


@examples(100)
@given(several(2, 2))
def test_two_contractions_forget_in_one_step_what_they_forget_at_all(factors: Products) -> None:
    matrix = factors[0] @ factors[1]
    assert rank(matrix) == rank(matrix @ matrix)


def test_three_projections_forget_in_two_steps() -> None:
    one = Fraction(1)
    # The factor along v projects onto the line at right angles to v.
    a, b, c = factor([0, 1], one), factor([1, -1], one), factor([1, 0], one)
    matrix = a @ b @ c
    assert matrix == Matrix.of([[0, "1/2"], [0, 0]])
    assert (rank(matrix), rank(matrix @ matrix)) == (1, 0)


def test_three_projections_can_have_a_negative_eigenvalue() -> None:
    one = Fraction(1)
    matrix = factor([1, 0], one) @ factor([3, 4], one) @ factor([-7, 24], one)
    assert matrix.trace() == Fraction(-63, 625)
    assert rank(matrix) == 1


@examples(100)
@given(st.integers(1, 3), st.data())
def test_the_length_that_one_factor_takes_away(size: int, data: st.DataObject) -> None:
    v, x = data.draw(vectors(size)), Matrix.column(data.draw(vectors(size)))
    beta = data.draw(st.sampled_from([Fraction(n, 8) for n in range(17)]))
    image = factor(v, beta) @ x
    along = Matrix.column(v).dot(x)
    expected = beta * (2 - beta) * along * along / sum(y * y for y in v)
    assert x.dot(x) - image.dot(image) == expected


@st.composite
def triangular(draw: st.DrawFn) -> Matrix:
    size = draw(st.integers(1, 3))
    entry = st.sampled_from([Fraction(n, 2) for n in (-2, -1, 0, 1, 2)])
    rows = [[draw(entry) if j >= i else Fraction(0) for j in range(size)] for i in range(size)]
    return Matrix.of(rows)


@examples(150)
@given(triangular(), st.integers(1, 6))
def test_what_powers_of_a_triangular_matrix_fix_its_square_fixes(
    matrix: Matrix, steps: int
) -> None:
    size = matrix.shape[0]
    power, square = (matrix.power(n) - Matrix.identity(size) for n in (steps, 2))
    # The kernel of the first is in that of the second: no more equations, no smaller kernel.
    assert rank(Matrix.of([*power.rows, *square.rows])) == rank(power)


@examples(100)
@given(several(1, 1), st.integers(1, 6))
def test_what_powers_of_one_reflection_fix_its_square_fixes(factors: Products, steps: int) -> None:
    matrix = factors[0].scale(Fraction(2)) - Matrix.identity(factors[0].shape[0])
    assert fixed_dimension(matrix.power(steps)) <= fixed_dimension(matrix @ matrix)


def test_a_rotation_has_period_three() -> None:
    rotation = Matrix.of([[0, -1], [1, -1]])
    assert fixed_dimension(rotation.power(3)) == 2
    assert fixed_dimension(rotation @ rotation) == 0


Affine: TypeAlias = tuple[Matrix, Matrix]


def orbit(start: Matrix, maps: list[Affine], most: int = 64) -> set[Matrix] | None:
    """All points reached from one by some affine maps, or None if there are many."""
    found, queue = {start}, [start]
    for x in queue:
        for a, b in maps:
            y = a @ x + b
            if y not in found:
                found.add(y)
                queue.append(y)
        if len(found) > most:
            return None
    return found


@examples(150)
@given(st.data())
def test_triangular_permutations_of_a_finite_set_commute(data: st.DataObject) -> None:
    maps = []
    for _ in range(2):
        signs = [data.draw(st.sampled_from([1, -1])) for _ in range(2)]
        a = Matrix.of([[signs[0], data.draw(SMALL)], [0, signs[1]]])
        maps.append((a, Matrix.column([data.draw(SMALL), data.draw(SMALL)])))
    points = orbit(Matrix.column([data.draw(SMALL), data.draw(SMALL)]), maps)
    if points is not None:
        (a, b), (c, d) = maps
        for x in points:
            assert a @ (c @ x + d) + b == c @ (a @ x + b) + d
            assert a @ (a @ x + b) + b == x


_LETTERS = (0, 1)
_WORDS = [word for length in range(1, 7) for word in product(_LETTERS, repeat=length)]


@pytest.mark.parametrize("lower", [Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(1)])
@pytest.mark.parametrize("upper", [Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(1)])
def test_time_invariant_layers_see_length_and_last_letter(lower: Fraction, upper: Fraction) -> None:
    """Two scalar layers; the upper one reads the letter and whether the lower state is 0."""
    inputs = list(product((0, 1), repeat=2))
    finite = 0
    for below, above_zero, above_other in product(inputs, repeat=3):

        def step(
            state: tuple[Fraction, Fraction],
            x: int,
            below: tuple[int, ...] = below,
            above: tuple[tuple[int, ...], ...] = (above_zero, above_other),
        ) -> tuple[Fraction, Fraction]:
            h = lower * state[0] + below[x]
            return h, upper * state[1] + above[h != 0][x]

        if not _is_finite(step):
            continue
        finite += 1
        seen: dict[tuple[int, int], tuple[Fraction, Fraction]] = {}
        for word in _WORDS:
            state = reduce(step, word, (Fraction(0), Fraction(0)))
            assert seen.setdefault((len(word), word[-1]), state) == state
    assert finite > 0


Pair: TypeAlias = tuple[Fraction, Fraction]


def _is_finite(step: Callable[[Pair, int], Pair], most: int = 40) -> bool:
    start = (Fraction(0), Fraction(0))
    found, queue = {start}, [start]
    for state in queue:
        for x in _LETTERS:
            following = step(state, x)
            if following not in found:
                found.add(following)
                queue.append(following)
        if len(found) > most:
            return False
    return True


def test_a_diagonal_matrix_that_is_written_as_a_delta_rule_computes_parity() -> None:
    """The matrices are 1 (beta = 0) and 0 (k = 2, beta = 1/4), yet the states alternate."""
    key = (number(2),)
    lrnn = parity_network(
        on_zero=DeltaRule(key, number(0)),
        on_one=DeltaRule(key, number("1/4")),
        even=Matrix.of([["1/4"]]),
        odd=Matrix.of([["1/2"]]),
        input_on_one=Matrix.of([["1/4"]]),
    )
    semantics = OpRound(FixedPoint(number("1/4"), number(-4), number(4)))
    found = decide(lrnn, semantics, get_language("parity").build())
    assert isinstance(found, Recognised)
    assert lrnn.layers[0].initial == Matrix.of([["1/4"]])


def test_a_leak_that_is_read_by_thresholds_knows_the_last_two_letters() -> None:
    """h <- h/4 + e has infinitely many states; two thresholds see that a word ends with ab."""
    states = {"": Fraction(0)}
    for length in range(1, 11):
        for letters in product("ab", repeat=length):
            word = "".join(letters)
            states[word] = states[word[:-1]] / 4 + (1 if word[-1] == "a" else 2)
    assert len(set(states.values())) == len(states)
    for word, h in states.items():
        assert (Fraction(9, 4) <= h < Fraction(5, 2)) == word.endswith("ab")
