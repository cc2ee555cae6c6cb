"""Every contraction as at most 2n generalised Householder factors, exactly.

Grazzi et al. (arXiv:2411.12537), Proposition 1, factor a matrix of norm at most 1 through its
singular value decomposition into 3n factors. Here rank(I - A^T A) factors with beta in [0, 1] and
at most rank(A) reflections are enough, and eigenvectors are not needed. Write I - A^T A as a sum
of r positive squares d l l^T, and take them from I one at a time:

    S_0 = I,  S_k = S_(k-1) - d_k l_k l_k^T,  S_r = A^T A.

If N^T N = S_(k-1) and S_(k-1) z = l_k, then y = N z gives S_k = N^T (I - d_k y y^T) N. The matrix
in the middle is the square of a Householder factor C along y with eigenvalue c there,
c^2 = 1 - d_k z^T l_k, so (C N)^T (C N) = S_k. In the end N^T N = A^T A, and reflections take the
columns of N to those of A.

The numbers c^2 lie in the field of the entries, whatever was chosen before. So over the rationals
the only irrational numbers are square roots of r rationals; the squares are chosen so that these
roots are rational if a search finds such a choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import gcd

from monoscan.theory.factor.elimination import Vector, apply, inner, primitive, solver
from monoscan.theory.factor.norm import (
    NegativeDirection,
    contraction_gap,
    sum_of_squares,
)
from monoscan.theory.factor.reflections import reflections_onto
from monoscan.theory.factor.roots import (
    MAX_DEGREE,
    RootOutOfReachError,
    are_in_reach,
    square_root,
    squarefree_radicand,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, is_real
from monoscan.theory.transition import Householder, transition_matrix

SEARCH_STEPS = 600
"""How many squares the search for rational roots tries to take away."""

_SMALL = tuple(Fraction(n) for n in (1, -1, 2, -2, 3, -3))
_LARGEST = 12  # of two coprime coordinates


class NotContractionError(ValueError):
    """A matrix of norm above 1; the message shows a vector that grows."""


@dataclass(frozen=True)
class _Taken:
    """One square d l l^T taken from S, and the square of the factor's eigenvalue."""

    weight: Number
    line: Vector
    preimage: Vector  # z with S_(k-1) z = l
    squared: Number


def contraction_factors(matrix: Matrix) -> tuple[Householder, ...]:
    """A matrix of norm at most 1 as F_1 F_2 ... F_m with m <= rank(A) + rank(I - A^T A) <= 2n.

    First come reflections (beta = 2), then rank(I - A^T A) factors with beta in [0, 1]; F_1 is
    applied last. Served are all real matrices of norm at most 1 whose roots are in reach: always if
    rank(I - A^T A) is at most 1, and whenever a choice of squares is found whose c^2 have
    square roots in `roots.square_root`.

    Args:
        matrix: n x n, real.

    Raises:
        NotContractionError: if the norm is above 1.
        RootOutOfReachError: if no such choice is found; the message names the root.

    >>> factors = contraction_factors(Matrix.of([["1/2", 0], [0, "-1/3"]]))
    >>> [str(factor.beta) for factor in factors]
    ['2', '2/3', '1/2']
    >>> product_of(factors, 2) == Matrix.of([["1/2", 0], [0, "-1/3"]])
    True
    """
    require_contraction(matrix)
    steps = _found_steps(matrix)
    shrinking = Matrix.identity(matrix.shape[0])
    found: list[Householder] = []
    for step in steps:
        direction = primitive(apply(shrinking, step.preimage))
        root = square_root(step.squared)
        assert root is not None
        factor = Householder(direction, ONE - root)
        shrinking = transition_matrix(factor) @ shrinking
        found.insert(0, factor)
    return (*reflections_onto(shrinking, matrix), *found)


def product_of(factors: tuple[Householder, ...], size: int) -> Matrix:
    """The matrix F_1 F_2 ... F_m; the identity for no factors.

    Args:
        factors: the factors, each size x size.
        size: the dimension.

    >>> print(product_of((), 1))
    [1]
    """
    result = Matrix.identity(size)
    for factor in factors:
        result = result @ transition_matrix(factor)
    return result


def require_contraction(matrix: Matrix) -> None:
    """Raises NotContractionError unless the matrix is square, real and of norm at most 1."""
    if not matrix.is_square:
        raise NotContractionError(
            f"a matrix of shape {matrix.shape} is not square; Householder factors are square"
        )
    unreal = next((entry for entry in matrix.entries() if not is_real(entry)), None)
    if unreal is not None:
        raise NotContractionError(
            f"the matrix has the entry {unreal}, which is not real; the factors are real matrices"
        )
    squares = sum_of_squares(contraction_gap(matrix))
    if isinstance(squares, NegativeDirection):
        x = primitive(squares.vector)
        image = apply(matrix, x)
        raise NotContractionError(
            "the norm is above 1, and products of factors with beta in [0, 2] have norm at most "
            f"1: the vector ({', '.join(map(str, x))}) of squared length {inner(x, x)} goes to one "
            f"of squared length {inner(image, image)}"
        )


def _directions(size: int) -> Iterator[Vector]:
    """The unit vectors, then small combinations of two and of three of them."""
    for places in combinations(range(size), 1):
        yield _at(size, places, (ONE,))
    for b in range(1, _LARGEST + 1):
        for a in range(1, _LARGEST + 1):
            for places in combinations(range(size), 2) if gcd(a, b) == 1 else ():
                yield _at(size, places, (Fraction(a), Fraction(b)))
                yield _at(size, places, (Fraction(a), Fraction(-b)))
    for places in combinations(range(size), 3):
        for pair in product(_SMALL, repeat=2):
            yield _at(size, places, (ONE, *pair))


def _at(size: int, places: tuple[int, ...], values: tuple[Number, ...]) -> Vector:
    vector = [ZERO] * size
    for place, value in zip(places, values, strict=True):
        vector[place] = value
    return tuple(vector)


def _take(gap: Matrix, preimage_of: Callable[[Vector], Vector | None], u: Vector) -> _Taken | None:
    """The largest multiple of (gap u)(gap u)^T that leaves the gap positive semidefinite."""
    line = apply(gap, u)
    size = inner(u, line)
    if not size:
        return None
    preimage = preimage_of(line)
    if preimage is None:
        raise AssertionError("the gap has a direction outside the image of the form")
    weight = ONE / size
    return _Taken(weight, line, preimage, ONE - weight * inner(preimage, line))


def _minus(matrix: Matrix, step: _Taken) -> Matrix:
    column = Matrix.column(step.line)
    return matrix - (column @ column.transpose()).scale(step.weight)


def _found_steps(matrix: Matrix) -> tuple[_Taken, ...]:
    """A choice of squares with rational roots, or else with roots in one small field."""
    for is_allowed in (_are_rational, are_in_reach):
        steps = _steps(matrix, is_allowed)
        if steps is not None:
            return steps
    raise RootOutOfReachError(
        f"no choice of factors was found whose square roots lie in a cyclotomic field of degree at "
        f"most {MAX_DEGREE}; the norm is at most 1 all the same, so that the factors exist over "
        "the real numbers: change the entries, or certify norm-at-most-one"
    )


def _are_rational(radicands: list[int]) -> bool:
    return all(radicand == 1 for radicand in radicands)


def _steps(matrix: Matrix, is_allowed: Callable[[list[int]], bool]) -> tuple[_Taken, ...] | None:
    """A choice of squares, found in `SEARCH_STEPS` tries, whose radicands are allowed together."""
    budget = SEARCH_STEPS

    def search(gap: Matrix, form: Matrix, before: list[int]) -> tuple[_Taken, ...] | None:
        nonlocal budget
        if not any(gap.entries()):
            return ()
        preimage_of = solver(form)
        for u in _directions(gap.shape[0]):
            budget -= 1
            if budget < 0:
                return None
            step = _take(gap, preimage_of, u)
            radicand = None if step is None else squarefree_radicand(step.squared)
            if step is None or radicand is None or not is_allowed([*before, radicand]):
                continue
            rest = search(_minus(gap, step), _minus(form, step), [*before, radicand])
            if rest is not None:
                return (step, *rest)
        return None

    return search(contraction_gap(matrix), Matrix.identity(matrix.shape[0]), [])
