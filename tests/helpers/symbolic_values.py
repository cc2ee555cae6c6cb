"""Symbolic transitions of every family, exact values of parameters, and exact truth values."""

from __future__ import annotations

from fractions import Fraction

import sympy
from hypothesis import strategies as st

from monoscan.theory import symbolic
from monoscan.theory.model_classes import all_model_classes
from monoscan.theory.numbers import Number
from monoscan.theory.symbolic import SymbolicTransition
from monoscan.theory.symbolic.exact import exact_number

IDS = (
    *(c.id for c in all_model_classes() if c.has_exact_networks),
    *(
        f"{gate}householder-product-2{range_}"
        for gate in ("", "gated-")
        for range_ in ("", "-nonnegative")
    ),
)
WITHOUT_A_CLASS = (
    symbolic.scalar("[-1, 1]"),
    symbolic.dense(),
    symbolic.triangular(3),
    symbolic.diagonal(3, "(-1, 1)"),
    symbolic.householder(size=3),
    symbolic.householder_product(2, size=2),
    symbolic.householder_product(2, beta="[0, 3]"),
    symbolic.householder_diagonal(size=2),
    symbolic.scalar_plus_rank_one(size=3),
    symbolic.permutation_diagonal((2, 3, 1)),
    symbolic.permutation_diagonal((1, 1, 3)),
)
SAMPLES = (*map(symbolic.of, IDS), *WITHOUT_A_CLASS)


def name_of(matrix: SymbolicTransition) -> str:
    return f"{matrix.name}-{matrix.matrix.shape[0]}-{len(matrix.parameters)}"


def angles() -> st.SearchStrategy[sympy.Expr]:
    """Multiples of pi with exact cosines, and angles of Pythagorean triangles."""
    return st.one_of(
        st.builds(sympy.Rational, st.integers(-5, 12), st.sampled_from((2, 3, 4, 5, 6, 8))).map(
            lambda q: q * sympy.pi
        ),
        st.sampled_from([sympy.atan(sympy.Rational(p, q)) for p, q in ((4, 3), (5, 12), (15, 8))]),
    )


@st.composite
def inside(draw: st.DrawFn, interval: sympy.Interval) -> Fraction:
    """Rationals of an interval; the ends that belong to it are drawn often."""
    low, high = Fraction(str(interval.start)), Fraction(str(interval.end))
    shares = [Fraction(i, 12) for i in range(13)]
    share = draw(
        st.sampled_from(
            shares[(1 if interval.left_open else 0) : (12 if interval.right_open else 13)]
        )
    )
    return low + share * (high - low)


@st.composite
def values(draw: st.DrawFn, matrix: SymbolicTransition) -> dict[str, object]:
    """An exact value of each free parameter, within its range."""
    found: dict[str, object] = {}
    small = st.fractions(-2, 2, max_denominator=3)
    for p in matrix.parameters:
        if p.is_angle:
            found[p.name] = draw(angles())
        elif p.is_bounded:
            found[p.name] = draw(inside(p.range))
        elif p.range == sympy.S.Reals:
            found[p.name] = draw(small)
        else:
            found[p.name] = sympy.Add(draw(small), sympy.I * draw(small))
    keys: dict[str, list[str]] = {}
    for name in found:
        if name[0] == "k":
            keys.setdefault(name.partition("_")[0] if "_" in name else "", []).append(name)
    for names in keys.values():  # a key is not 0
        if not any(found[name] for name in names):
            found[names[0]] = Fraction(1)
    return found


def environment(matrix: SymbolicTransition, given: dict[str, object]) -> dict[object, Number]:
    """The exact numbers of the symbols, and of functions of the angles."""
    exact: dict[object, Number] = {}
    for p in matrix.parameters:
        exact |= p.exact(given[p.name])
    return exact


def holds(condition: object, numbers: dict[object, Number]) -> bool:
    """The truth of a condition, by exact comparisons."""
    if condition in (sympy.true, sympy.false):
        return bool(condition)
    if isinstance(condition, sympy.And | sympy.Or):
        parts = [holds(part, numbers) for part in condition.args]
        return all(parts) if isinstance(condition, sympy.And) else any(parts)
    left, right = (exact_number(side, numbers) for side in condition.args)
    if isinstance(condition, sympy.Eq | sympy.Ne):
        return (left == right) == isinstance(condition, sympy.Eq)
    if isinstance(condition, sympy.Lt | sympy.Le):
        left, right = right, left
    return left >= right if isinstance(condition, sympy.Ge | sympy.Le) else left > right
