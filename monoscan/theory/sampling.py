"""Random exact LRNNs whose transition matrices all have real non-negative spectra.

Five families, from commuting to non-diagonalisable, each seeded; used to show the decision of
`decide` at work on networks nobody has chosen.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from random import Random
from typing import TypeAlias

from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import Dense, Diagonal, Householder, HouseholderProduct, Transition

Family: TypeAlias = Callable[[Random, int], Transition]


def _small(random: Random) -> Number:
    return Fraction(random.randint(-4, 4), random.randint(1, 4))


def _eigenvalue(random: Random) -> Number:
    return Fraction(random.randint(0, 6), random.randint(1, 5))


def diagonal(random: Random, size: int) -> Transition:
    """A diagonal matrix with entries >= 0."""
    return Diagonal(tuple(_eigenvalue(random) for _ in range(size)))


def triangular(random: Random, size: int) -> Transition:
    """An upper triangular matrix with a diagonal >= 0."""
    return Dense(
        Matrix(
            tuple(
                tuple(
                    ZERO if j < i else _eigenvalue(random) if i == j else _small(random)
                    for j in range(size)
                )
                for i in range(size)
            )
        )
    )


def symmetric(random: Random, size: int) -> Transition:
    """G^T G, symmetric and positive semidefinite, in general with irrational eigenvalues."""
    g = Matrix(tuple(tuple(_small(random) for _ in range(size)) for _ in range(size)))
    return Dense((g.transpose() @ g).scale(Fraction(1, 4)))


def two_householder_factors(random: Random, size: int) -> Transition:
    """DeltaProduct with n_h = 2 and both beta in [0, 1]."""
    return HouseholderProduct(tuple(_contraction(random, size) for _ in range(2)))


def _contraction(random: Random, size: int) -> Householder:
    v = [Fraction(random.randint(-3, 3)) for _ in range(size)]
    v[random.randrange(size)] += 7  # never the zero vector
    return Householder(tuple(v), Fraction(random.randint(0, 4), 4))


def non_diagonalisable(random: Random, size: int) -> Transition:
    """One Jordan block with an eigenvalue >= 0, conjugated by a unit lower triangular matrix."""
    eigenvalue = _eigenvalue(random)
    block = Matrix(
        tuple(
            tuple(eigenvalue if i == j else Fraction(int(j == i + 1)) for j in range(size))
            for i in range(size)
        )
    )
    change = Matrix.identity(size)
    inverse = Matrix.identity(size)
    for column in range(size - 1):
        entry = Fraction(random.randint(-2, 2))
        change = change @ _elementary(size, column, entry)
        inverse = _elementary(size, column, -entry) @ inverse
    return Dense(change @ block @ inverse)


def _elementary(size: int, column: int, entry: Number) -> Matrix:
    rows = [list(row) for row in Matrix.identity(size).rows]
    rows[column + 1][column] = entry
    return Matrix.of(rows)


FAMILIES: dict[str, Family] = {
    "diagonal": diagonal,
    "triangular": triangular,
    "symmetric": symmetric,
    "two-householder-factors": two_householder_factors,
    "non-diagonalisable": non_diagonalisable,
}


def random_nonnegative_lrnn(random: Random, family: str, size: int | None = None) -> LRNN:
    """A one-layer network over {0, 1} with two random threshold bits and a random table.

    Args:
        random: source of randomness.
        family: a key of `FAMILIES`.
        size: state dimension, 1 to 3 at random if not given.

    >>> random_nonnegative_lrnn(Random(0), "symmetric").alphabet
    ('0', '1')
    """
    size = size or random.randint(1 if family == "diagonal" else 2, 3)

    def column() -> Matrix:
        return Matrix.column([_small(random) for _ in range(size)])

    cases: dict[Symbol, Case] = {
        (letter,): Case(FAMILIES[family](random, size), column()) for letter in ("0", "1")
    }
    functionals = tuple(
        Functional(column(), ">=" if random.random() < 0.5 else ">", _small(random))
        for _ in range(2)
    )
    table = {"".join(bits): random.random() < 0.5 for bits in product("01", repeat=2)}
    return LRNN(("0", "1"), (Layer(column(), cases, Threshold(functionals, table)),))
