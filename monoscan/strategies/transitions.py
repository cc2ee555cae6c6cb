"""Random transition matrices A(x): of every kind, and families whose spectrum is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from hypothesis import strategies as st

from monoscan.strategies.errors import need_range
from monoscan.strategies.numbers import RATIONALS, Numbers, directions, matrices, vectors
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
    Transition,
)

Transitions: TypeAlias = st.SearchStrategy[Transition]
Kinds: TypeAlias = Callable[[int], Transitions]
"""For each size, transitions of that size."""

_ZERO = Fraction(0)
_EIGENVALUES: Numbers = st.builds(Fraction, st.integers(0, 6), st.integers(1, 5))
_BETAS: Numbers = st.builds(Fraction, st.integers(0, 4), st.just(4))


def transitions(size: int, entries: Numbers = RATIONALS, *, normalised: bool = True) -> Transitions:
    """Transitions of every kind, with any numbers.

    Args:
        size: The number of rows.
        entries: The numbers.
        normalised: Whether there are factors I - beta v v^T / (v^T v); where every operation is
            rounded they have no meaning.

    Raises:
        EmptySetError: If there is no row.

    >>> from hypothesis import find
    >>> len(find(transitions(1), lambda t: isinstance(t, DeltaRule)).k)
    1
    """
    need_range("rows", 1, 1, size)
    delta = st.builds(DeltaRule, vectors(size, entries), entries)
    factor: st.SearchStrategy[Householder | DeltaRule] = delta
    if normalised:
        factor = st.one_of(delta, st.builds(Householder, directions(size), entries))
    return st.one_of(
        vectors(size, entries).map(Diagonal),
        factor,
        st.lists(factor, min_size=1, max_size=3).map(lambda many: HouseholderProduct(tuple(many))),
        matrices(size, size, entries).map(Dense),
    )


# --- a real spectrum >= 0 ------------------------------------------------------------------------


def diagonal(size: int) -> Transitions:
    """Diagonal entries >= 0.

    >>> from hypothesis import find
    >>> len(find(diagonal(1), lambda t: t.entries[0] > 1).entries)
    1
    """
    return vectors(size, _EIGENVALUES).map(Diagonal)


@st.composite
def triangular(draw: st.DrawFn, size: int) -> Transition:
    """Upper or lower triangular with a diagonal >= 0.

    >>> from hypothesis import find
    >>> find(triangular(2), lambda t: True).matrix.is_square
    True
    """
    full = draw(matrices(size, size))
    eigenvalues = draw(vectors(size, _EIGENVALUES))
    rows = [
        [eigenvalues[i] if i == j else full.rows[i][j] if j > i else _ZERO for j in range(size)]
        for i in range(size)
    ]
    upper = Matrix.of(rows)
    return Dense(draw(st.sampled_from([upper, upper.transpose()])))


@st.composite
def symmetric(draw: st.DrawFn, size: int) -> Transition:
    """G^T G times a factor: singular at times, with irrational eigenvalues as a rule.

    >>> from hypothesis import find
    >>> matrix = find(symmetric(2), lambda t: any(t.matrix.entries())).matrix
    >>> matrix == matrix.transpose()
    True
    """
    g = draw(matrices(draw(st.integers(1, size)), size))
    factor = draw(st.sampled_from([Fraction(1), Fraction(1, 4), Fraction(1, 9)]))
    return Dense((g.transpose() @ g).scale(factor))


@st.composite
def contraction(draw: st.DrawFn, size: int) -> Householder | DeltaRule:
    """A factor with eigenvalue 1 - beta in [0, 1] along its direction, normalised or not.

    >>> from hypothesis import find
    >>> find(contraction(1), lambda t: t.effective_beta() == 1).effective_beta()
    Fraction(1, 1)
    """
    v, beta = draw(directions(size)), draw(_BETAS)
    if draw(st.booleans()):
        return Householder(v, beta)
    return DeltaRule(v, beta / sum(entry * entry for entry in v))


def two_factors(size: int) -> Transitions:
    """DeltaProduct with n_h = 2: not symmetric, spectrum in [0, 1].

    >>> from hypothesis import find
    >>> len(find(two_factors(2), lambda t: True).factors)
    2
    """
    return st.tuples(contraction(size), contraction(size)).map(HouseholderProduct)


@st.composite
def conjugated(draw: st.DrawFn, matrix: Matrix) -> Matrix:
    """P M P^-1 for a product P of a few integer shears.

    >>> from hypothesis import find
    >>> (a, b), (c, d) = find(conjugated(Matrix.diagonal([1, 2])), lambda m: m.rows[0][1] != 0).rows
    >>> a + d, a * d - b * c
    (Fraction(3, 1), Fraction(2, 1))
    """
    size = matrix.shape[0]
    if size == 1:
        return matrix
    pairs = [(i, j) for i in range(size) for j in range(size) if i != j]
    shears = st.tuples(st.sampled_from(pairs), st.integers(-2, 2))
    for (i, j), amount in draw(st.lists(shears, max_size=4)):
        matrix = _shear(size, i, j, amount) @ matrix @ _shear(size, i, j, -amount)
    return matrix


def _shear(size: int, i: int, j: int, amount: int) -> Matrix:
    rows = [list(row) for row in Matrix.identity(size).rows]
    rows[i][j] = Fraction(amount)
    return Matrix.of(rows)


@st.composite
def non_diagonalisable(draw: st.DrawFn, size: int) -> Transition:
    """One Jordan block with an eigenvalue >= 0, hidden by a change of basis.

    >>> from hypothesis import find
    >>> find(non_diagonalisable(2), lambda t: True).matrix.rows[0]
    (Fraction(0, 1), Fraction(1, 1))
    """
    eigenvalue = draw(_EIGENVALUES)
    block = Matrix.of(
        [[eigenvalue if i == j else int(j == i + 1) for j in range(size)] for i in range(size)]
    )
    return Dense(draw(conjugated(block)))


NONNEGATIVE_SPECTRUM: Mapping[str, Kinds] = MappingProxyType(
    {
        "diagonal": diagonal,
        "triangular": triangular,
        "symmetric": symmetric,
        "two-factors": two_factors,
        "non-diagonalisable": non_diagonalisable,
    }
)
"""Families whose matrices have a real spectrum >= 0, by name."""
