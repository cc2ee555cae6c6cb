"""Strictly stable letters: the theorem on random small stacks, its hypotheses, and every length."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import get_language
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import DiagonalPlusRankOne, transition_matrix

F = Fraction
Vector = tuple[Fraction, ...]
Rows = tuple[Vector, ...]
Draw = Callable[[Random, int], Rows]
UNIT_KEYS = {
    1: [(F(1),)],
    2: [(F(1), F(0)), (F(3, 5), F(4, 5)), (F(-4, 5), F(3, 5))],
    3: [(F(0), F(1), F(0)), (F(1, 3), F(2, 3), F(-2, 3)), (F(2, 7), F(3, 7), F(6, 7))],
}


def triangular(random: Random, n: int, diagonal: tuple[Fraction, ...], above: Fraction) -> Rows:
    """Upper triangular, with different entries wherever one stands off the diagonal."""
    del random
    return tuple(
        tuple(diagonal[i] if i == j else above if j == i + 1 else F(0) for j in range(n))
        for i in range(n)
    )


def stable(random: Random, n: int) -> Rows:
    """Diagonalisable by a random change of basis; half of the eigenvalues are 0."""
    entries = [random.choice([F(0), F(0), F(1, 2), F(-1, 2), F(1, 3)]) for _ in range(n)]
    lower = [[F(random.randint(-1, 1)) if j < i else F(i == j) for j in range(n)] for i in range(n)]
    basis = Matrix.of(lower)
    inverse = Matrix.identity(n)
    for _ in range(n):  # a lower triangular matrix with ones: Newton's series is finite
        inverse = inverse.scale(F(2)) - inverse @ basis @ inverse
    return (basis @ Matrix.diagonal(entries) @ inverse).rows


def released(random: Random, n: int) -> Rows:
    """A head of RWKV-7, singular if one of the entries of a can make it so."""
    k = random.choice(UNIT_KEYS[n])
    w = [random.choice([F(3, 5), F(3, 4), F(9, 10)]) for _ in range(n)]
    a = [random.choice([F(1, 2), F(3, 4), F(9, 10)]) for _ in range(n)]
    i = random.choice([i for i in range(n) if k[i] != 0])
    others = sum(a[j] * k[j] ** 2 / w[j] for j in range(n) if j != i)
    singular = (1 - others) * w[i] / k[i] ** 2
    a[i] = singular if 0 < singular < 1 else a[i]
    return tuple(
        tuple((w[i] if i == j else F(0)) - k[i] * a[i] * k[j] for j in range(n)) for i in range(n)
    )


def delaying(random: Random, n: int) -> Rows:
    """A Jordan block for the eigenvalue 0."""
    return triangular(random, n, (F(0),) * n, F(random.choice((0, 1))))


def keeping(random: Random, n: int) -> Rows:
    """Diagonal with entries 0 and 1."""
    return triangular(random, n, tuple(F(random.choice((0, 1))) for _ in range(n)), F(0))


def kernel(a: Rows) -> Vector:
    """A vector with a x = 0, from the adjugate by Faddeev and LeVerrier; 0 if the rank is low."""
    n = len(a)
    matrix, adjugate = Matrix.of([list(row) for row in a]), Matrix.identity(n)
    for step in range(1, n):
        moved = matrix @ adjugate
        adjugate = moved - Matrix.identity(n).scale(moved.trace() / step)
    columns = adjugate.transpose().rows
    return next((x for x in columns if any(x) and not any(image(a, x))), (F(0),) * n)


class RandomLayer:
    """Draws a case for a symbol when it is read; often one matrix, and states along its kernel."""

    def __init__(self, random: Random, draw: Draw) -> None:
        self.random, self.draw, self.size = random, draw, random.choice((1, 2, 2, 3))
        self.base = draw(random, self.size)
        self.origin = tuple(F(random.randint(-1, 1)) for _ in range(self.size))
        # A stable matrix with few states around it has them along its kernel.
        self.has_kernel = draw in (stable, released)
        anywhere = tuple(F(random.randint(-1, 1)) for _ in range(self.size))
        self.along = kernel(self.base) if self.has_kernel else anywhere
        self.cases: dict[object, tuple[Rows, Vector]] = {}
        self.names: dict[Vector, int] = {}

    def point(self) -> Vector:
        times = self.random.randint(-1, 1)
        return tuple(x + times * y for x, y in zip(self.origin, self.along, strict=True))

    def step(self, symbol: object, h: Vector) -> Vector:
        if symbol not in self.cases:
            usual = self.has_kernel and self.random.random() < 0.8
            a = self.base if usual else self.draw(self.random, self.size)
            moved = image(a, self.point())
            b = tuple(x - y for x, y in zip(self.point(), moved, strict=True))
            self.cases[symbol] = (a, b)
        a, b = self.cases[symbol]
        after = tuple(x + y for x, y in zip(image(a, h), b, strict=True))
        self.names.setdefault(after, len(self.names))
        return after


def joint_states(seed: int, depth: int, draw: Draw, most: int = 16) -> list[list[object]] | None:
    """For each joint state of a random stack, the joint states that the letters lead to."""
    random = Random(f"{seed} {depth} {draw.__name__}")
    layers = [RandomLayer(random, draw) for _ in range(depth)]

    def step(joint: tuple[Vector, ...], letter: str) -> tuple[Vector, ...]:
        symbol: tuple[object, ...] = (letter,)
        after = []
        for layer, h in zip(layers, joint, strict=True):
            after.append(layer.step(symbol, h))
            symbol = (*symbol, layer.names[after[-1]])
        return tuple(after)

    states = [tuple(layer.point() for layer in layers)]
    rows: list[list[object]] = []
    for joint in states:
        rows.append([step(joint, letter) for letter in "ab"])
        states += [new for new in dict.fromkeys(rows[-1]) if new not in states]
        if len(states) > most:
            return None
    return rows


def image(a: Rows, x: Vector) -> Vector:
    return tuple(sum((p * q for p, q in zip(row, x, strict=True)), F(0)) for row in a)


def counts(draw: Draw, depth: int, seeds: int) -> tuple[int, int]:
    """Stacks of finitely many, at least three states; those in which more than a letter counts."""
    finite = more = 0
    for seed in range(seeds):
        rows = joint_states(seed, depth, draw)
        if rows is not None and len(rows) > 2:
            finite += 1
            more += any(len(set(column)) > 1 for column in zip(*rows, strict=True))
    return finite, more


@pytest.mark.parametrize("draw", [stable, released])
@pytest.mark.parametrize(("depth", "seeds"), [(1, 250), (2, 80)])
def test_only_the_last_letter_counts(draw: Draw, depth: int, seeds: int) -> None:
    finite, more = counts(draw, depth, seeds)
    assert finite > 5
    assert more == 0


@pytest.mark.slow
@pytest.mark.parametrize("draw", [stable, released])
@pytest.mark.parametrize(("depth", "seeds"), [(1, 3_000), (2, 3_000), (3, 3_000)])
def test_only_the_last_letter_counts_in_many(draw: Draw, depth: int, seeds: int) -> None:
    assert counts(draw, depth, seeds)[1] == 0


@pytest.mark.parametrize("draw", [delaying, keeping])
@pytest.mark.parametrize("depth", [1, 2])
def test_control_more_counts_with_a_jordan_block_or_an_eigenvalue_1(draw: Draw, depth: int) -> None:
    assert counts(draw, depth, 100)[1] > 2


@examples(60)
@given(st.integers(1, 3), st.data())
def test_a_released_head_is_symmetric_up_to_a_scaling_with_spectrum_below_1(
    n: int, data: st.DataObject
) -> None:
    """With a_i = r_i^2, so that the scaling is rational; then both bounds are definite."""
    k = data.draw(st.sampled_from(UNIT_KEYS[n]))
    w = [data.draw(st.integers(110, 199)) * F(1, 200) for _ in range(n)]
    r = [data.draw(st.integers(1, 99)) * F(1, 100) for _ in range(n)]
    head = DiagonalPlusRankOne(tuple(w), k, tuple(x * x for x in r), F(1))
    a = transition_matrix(head).transpose()
    scaled = Matrix.diagonal([1 / x for x in r]) @ a @ Matrix.diagonal(r)
    assert scaled == scaled.transpose()
    one = Matrix.identity(n)
    assert is_positive_definite(one - scaled)
    assert is_positive_definite(scaled + one.scale(1 - F(109, 200)))


def is_positive_definite(matrix: Matrix) -> bool:
    """Whether all pivots of a symmetric matrix are positive."""
    rows = [list(row) for row in matrix.rows]
    for i, pivot in enumerate(rows):
        if pivot[i] <= 0:
            return False
        for row in rows[i + 1 :]:
            factor = row[i] / pivot[i]
            row[:] = [x - factor * y for x, y in zip(row, pivot, strict=True)]
    return True


def first_mistake(lrnn: LRNN, distance: Fraction, most: int) -> int | None:
    """The length at which a network whose entries are moved inwards first answers otherwise."""
    exact = {(): lrnn.layers[0].initial}
    moved = dict(exact)
    (layer,) = lrnn.layers
    for length in range(1, most + 1):
        for word in product(lrnn.alphabet, repeat=length):
            case = layer.case((word[-1],))
            exact[word] = case.apply(exact[word[:-1]])
            inwards = case.matrix.scale(1 - distance)
            moved[word] = inwards @ moved[word[:-1]] + case.input
            states = set(exact.values())
            near = min(states, key=lambda h: abs((h - moved[word]).rows[0][0]))
            if near != exact[word]:
                return length
    return None


@pytest.mark.parametrize("length", [2, 4, 6])
def test_close_to_the_limit_parity_is_right_up_to_a_length_and_not_for_ever(length: int) -> None:
    """h <- -(1 - d) h: the read-outs stay those of the states 1 and -1 for every length."""
    lrnn = get_construction("scalar-parity").build(get_language("parity").build())
    assert first_mistake(lrnn, F(1, 10 * length), length) is None
    assert first_mistake(flip_flop(), F(1, 10 * length), length) is None
    # A read-out that is right for ever would have to tell limits apart that are one point, 0.
    far = Matrix.of([[(1 - F(1, 10 * length)) ** (200 * length)]])
    assert abs(far.rows[0][0]) < F(1, 10**6)


def flip_flop() -> LRNN:
    """One entry that is overwritten by 0 and by 1, and kept by r."""
    return get_construction("right-regular-band").build(get_language("flip-flop").build())
