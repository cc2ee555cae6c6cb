"""The steps of the proofs about single layers, on exact random instances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from itertools import product
from random import Random

import pytest
from helpers.effort import drawn, examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.cyclotomic import Cyclotomic
from monoscan.theory.factor.elimination import rank
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, zeta
from monoscan.theory.transition import Gated, Householder, transition_matrix

ENTRIES = st.integers(-2, 2).map(Fraction)


def factors(betas: tuple[str, ...], size: int) -> st.SearchStrategy[Householder]:
    directions = st.lists(ENTRIES, min_size=size, max_size=size).filter(any).map(tuple)
    return st.builds(Householder, directions, st.sampled_from(betas).map(Fraction))


@examples(60)
@given(st.integers(1, 3), st.sampled_from(["0", "1/2", "1"]), st.data())
def test_one_factor_forgets_in_one_step_what_it_forgets_at_all(
    size: int, gate: str, data: st.DataObject
) -> None:
    factor = data.draw(factors(("0", "1/2", "1", "3/2", "2"), size))
    matrix = transition_matrix(Gated(Fraction(gate), factor))
    assert rank(matrix) == rank(matrix @ matrix)


@pytest.mark.parametrize(
    "second", [Householder((Fraction(1), Fraction(-1)), Fraction(2)), Matrix.of([[1, 0], [0, -1]])]
)
def test_a_projection_and_a_reflection_are_a_delay(second: Householder | Matrix) -> None:
    """A swap after the projection along an axis, or a diagonal after that along (1, -1)."""
    if isinstance(second, Matrix):
        projection = Householder((Fraction(1), Fraction(-1)), Fraction(1))
    else:
        projection = Householder((Fraction(0), Fraction(1)), Fraction(1))
        second = transition_matrix(second)
    matrix = transition_matrix(projection) @ second
    assert (rank(matrix), rank(matrix @ matrix)) == (1, 0)


def orbit(start: Number, maps: Sequence[tuple[Number, Number]]) -> list[Number] | None:
    """All values reached from one, or None if there are many."""
    found, queue = {start}, [start]
    for x in queue:
        for y in (a * x + b for a, b in maps):
            if y not in found:
                found.add(y)
                queue.append(y)
        if len(found) > 40:
            return None
    return queue


@pytest.mark.parametrize(
    ("factors", "order"),
    [
        ((Fraction(0), Fraction(1), Fraction(1, 2)), 1),
        ((Fraction(0), Fraction(1), Fraction(-1)), 2),
        ((Fraction(0), zeta(3), zeta(3, 2), Fraction(1)), 3),
        ((Fraction(0), zeta(4), Fraction(-1), Fraction(1)), 4),
    ],
)
def test_scalar_maps_of_finite_sets(factors: tuple[Number, ...], order: int) -> None:
    """Each is constant or a permutation; permutations commute and have a bounded order."""
    random, finite, permuting = Random(7), 0, 0
    inputs = [Fraction(0), Fraction(1), Fraction(-1), Fraction(0)]
    for _ in range(300):
        maps = [(random.choice(factors), random.choice(inputs)) for _ in range(3)]
        values = orbit(random.choice(inputs), maps)
        if values is None:
            continue
        finite += 1
        images = [tuple(a * x + b for x in values) for a, b in maps]
        turning = []
        for (a, b), image in zip(maps, images, strict=True):
            assert len(set(image)) in (1, len(values))
            if len(set(image)) == len(values) > 1:
                turning.append((a, b))
        permuting += len(turning)
        for (a, b), (c, d) in product(turning, repeat=2):
            assert all(a * (c * x + d) + b == c * (a * x + b) + d for x in values)
        for a, b in turning:
            assert all(reduce(lambda y, _: a * y + b, range(order), x) == x for x in values)
    assert finite > 20
    assert permuting > 5


def test_the_maps_with_roots_of_unity_are_not_all_rational() -> None:
    assert isinstance(zeta(3), Cyclotomic)


@examples(150)
@given(st.integers(1, 3), st.data())
def test_contractions_that_are_idempotent_are_orthogonal_projections(
    size: int, data: st.DataObject
) -> None:
    matrices = data.draw(st.lists(factors(("0", "1", "1", "2"), size), min_size=1, max_size=3))
    matrix = reduce(Matrix.__matmul__, map(transition_matrix, matrices))
    if matrix @ matrix == matrix:
        assert matrix == matrix.transpose()


@examples(100)
@given(st.integers(1, 3), st.data())
def test_a_contraction_and_its_adjoint_fix_the_same_vectors(size: int, data: st.DataObject) -> None:
    matrices = data.draw(
        st.lists(factors(("0", "1/2", "1", "3/2", "2"), size), min_size=1, max_size=3)
    )
    matrix = reduce(Matrix.__matmul__, map(transition_matrix, matrices))
    gap = matrix - Matrix.identity(size)
    assert rank(Matrix.of([*gap.rows, *gap.transpose().rows])) == rank(gap)


def test_a_matrix_that_makes_a_vector_longer_can_be_idempotent_and_no_projection() -> None:
    matrix = Matrix.of([[1, 1], [0, 0]])
    assert matrix @ matrix == matrix != matrix.transpose()


Values = tuple[Fraction, ...]


def affine_factor(random: Random, size: int) -> Callable[[Values], Values]:
    """h -> g (I - beta k k^T/|k|^2) h + b with beta < 2, often with an input along k."""
    key = [Fraction(random.choice((-1, 0, 0, 1, 1, 2))) for _ in range(size)]
    key[random.randrange(size)] = Fraction(1)
    beta = Fraction(random.choice(("0", "1", "1", "1", "1", "1/2", "3/2")))
    gate = Fraction(random.choice(("1", "1", "1", "1", "1/2", "0")))
    norm = sum(x * x for x in key)
    along = random.choice((0, 0, 1, 2)) * max(beta, Fraction(random.random() < 0.1)) / norm
    side = [Fraction(random.random() < 0.05) for _ in range(size)]

    def apply(h: Values) -> Values:
        dot = beta * sum(x * y for x, y in zip(key, h, strict=True)) / norm
        moved = zip(h, key, side, strict=True)
        return tuple(gate * (x - dot * y) + along * y + z for x, y, z in moved)

    return apply


def actions(
    start: Values, maps: Sequence[Callable[[Values], Values]]
) -> list[tuple[int, ...]] | None:
    """What each map does to the values that are reached, or None if there are many."""
    number, queue = {start: 0}, [start]
    for h in queue:
        for following in (f(h) for f in maps):
            if following not in number:
                number[following] = len(queue)
                queue.append(following)
        if len(queue) > 30:
            return None
    return [tuple(number[f(h)] for h in queue) for f in maps]


def then(x: tuple[int, ...], y: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(y[image] for image in x)


def breaks_the_identity(generators: Sequence[tuple[int, ...]]) -> bool:
    """Whether some word x and letter y have x y x other than y x."""
    found = set(generators)
    queue = list(found)
    for x in queue:
        new = {then(x, letter) for letter in generators} - found
        found |= new
        queue += new
        if any(then(then(x, y), x) != then(y, x) for y in generators):
            return True
        if len(queue) > 200:
            break
    return False


def test_factors_that_do_not_reflect_overwrite_or_keep() -> None:
    """One factor a head, not orthogonal keys included: words satisfy x y x = y x."""
    random, finite, large = Random(3), 0, 0
    tried = drawn(3_000)
    for _ in range(tried):
        size = random.choice((2, 2, 3))
        maps = [affine_factor(random, size) for _ in range(random.choice((2, 3)))]
        found = actions(tuple(Fraction(random.choice((0, 0, 1))) for _ in range(size)), maps)
        if found is not None:
            finite += 1
            large += len(found[0]) > 3
            assert not breaks_the_identity(found)
    assert finite > tried / 10
    assert large > tried / 30


def test_two_projections_in_one_step_break_the_identity() -> None:
    """The positive control: with two factors a letter there are other words."""

    def delay(h: Values) -> Values:
        return (Fraction(0), h[0])

    def write(h: Values) -> Values:
        return (Fraction(1), h[1])

    found = actions((Fraction(0), Fraction(0)), (delay, write))
    assert found is not None
    assert breaks_the_identity(found)
