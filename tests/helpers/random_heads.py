"""Random rational heads of the classes with reflections, often isometries of some subspace."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from random import Random

from monoscan.theory.matrix import Matrix

Draw = Callable[[Random, int], Matrix]


def _factor(random: Random, n: int) -> Matrix:
    v = [random.randint(-2, 2) for _ in range(n)]
    v = v if any(v) else [1] + [0] * (n - 1)
    beta = random.choice([Fraction(2), Fraction(2), Fraction(1), Fraction(0), Fraction(1, 2)])
    column = Matrix.column(v)
    outer = column @ column.transpose()
    return Matrix.identity(n) - outer.scale(beta / sum(x * x for x in v))


def _product(count: int, *, gated: bool = False) -> Draw:
    def draw(random: Random, n: int) -> Matrix:
        factors = [_factor(random, n) for _ in range(random.randint(1, count))]
        gate = random.choice([Fraction(1), Fraction(1), Fraction(1, 2)]) if gated else Fraction(1)
        return reduce(Matrix.__matmul__, factors).scale(gate)

    return draw


def _after_diagonal(random: Random, n: int) -> Matrix:
    signs = [Fraction(random.choice(("1", "-1", "1", "-1", "1/2", "0"))) for _ in range(n)]
    return _factor(random, n) @ Matrix.diagonal(signs)


HEADS: dict[str, Draw] = {
    "householder": _factor,
    "householder-product-2": _product(2),
    "householder-product-3": _product(3),
    "gated-householder-product-3": _product(3, gated=True),
    "diagonal-householder": _after_diagonal,
}


def draw_head(name: str, seed: int) -> Matrix:
    """The head of a seed, of size 2 to 5.

    Args:
        name: one of `HEADS`.
        seed: of the random choices.
    """
    random = Random(f"{name} {seed}")
    return HEADS[name](random, random.randint(2, 5))
