"""What is known in print of the spectra, and signs of polynomials against values at many points."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sympy
from helpers.effort import examples
from helpers.symbolic_values import SAMPLES, inside, name_of
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory import symbolic
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.model_classes.number_sets import Interval, Moduli
from monoscan.theory.model_classes.shapes import DiagonalEntries, Shape
from monoscan.theory.symbolic import NoClosedFormError, NoSymbolicFormError, ParameterError, x
from monoscan.theory.symbolic.signs import as_terms, is_nonnegative, total

two = symbolic.householder_product(2)
b1, b2, theta = two.symbols
trace = 2 - b1 - b2 + b1 * b2 * sympy.cos(theta) ** 2
determinant = (1 - b1) * (1 - b2)


def is_same(left: sympy.Expr, right: sympy.Expr) -> bool:
    return bool(sympy.simplify(left - right) == 0)


def test_two_factors_as_in_grazzi_et_al() -> None:
    assert is_same(two.trace(), trace)
    assert is_same(two.determinant(), determinant)
    assert is_same(two.characteristic_polynomial(), x**2 - trace * x + determinant)
    condition = two.non_real_condition()
    assert isinstance(condition, sympy.StrictLessThan)
    assert is_same(condition.rhs - condition.lhs, 4 * determinant - trace**2)
    assert is_same(sum(two.eigenvalues()), trace)
    assert is_same(sympy.prod(two.eigenvalues()), determinant)


def test_proposition_1_of_grazzi_et_al() -> None:
    assert symbolic.householder().eigenvalues() == (1, 1 - sympy.Symbol("beta", nonnegative=True))
    assert two.norm_condition() is sympy.true
    assert symbolic.householder_product(2, beta="[0, 1]").non_real_condition() is sympy.false
    # Complex eigenvalues need two factors with beta above 1.
    ring, beta_at_most_one = two.non_real_condition(), {b1: sympy.Rational(1, 2)}
    assert ring.subs(beta_at_most_one) is not sympy.false  # sympy alone does not see it
    assert two.subs(beta1="1/2").non_real_condition() is sympy.false
    assert two.subs(beta1="3/2").non_real_condition() is not sympy.false


def test_components_of_keys_give_the_same_spectrum() -> None:
    three_rows = symbolic.householder_product(2, size=3)
    polynomial = three_rows.characteristic_polynomial()
    assert sympy.cancel(polynomial.subs(x, 1)) == 0
    k, j = (sympy.Matrix(three_rows.symbols[i : i + 3]) for i in (2, 5))
    cosine = k.dot(j) ** 2 / (k.dot(k) * j.dot(j))
    first, second = three_rows.symbols[:2]
    wanted = 3 - first - second + first * second * cosine
    assert sympy.cancel(three_rows.trace() - wanted) == 0


def test_real_spectra_that_are_proved_over_the_whole_range() -> None:
    for made in (
        symbolic.householder(),
        symbolic.gated(symbolic.householder_product(2, beta="[0, 1]")),
        symbolic.householder_diagonal(beta="[0, 1]", a="[0, 1]"),
        symbolic.diagonal_plus_rank_one(),
        symbolic.scalar_plus_rank_one(),
    ):
        assert made.non_real_condition() is sympy.false
    for made in (symbolic.householder_diagonal(), symbolic.dense(), two):
        assert made.non_real_condition() not in (sympy.true, sympy.false)


def test_cycles_and_eigenvalues_of_many_entries() -> None:
    cycle = symbolic.permutation_diagonal((2, 3, 1))
    entries = -cycle.characteristic_polynomial().subs(x, 0)
    assert cycle.non_real_condition() == sympy.Ne(entries, 0)
    assert all(is_same(root**3, entries) for root in cycle.eigenvalues())
    assert len(set(cycle.eigenvalues())) == 3
    with pytest.raises(NoClosedFormError, match="a factor of degree 3 that does not split"):
        symbolic.dense(3).eigenvalues()


def test_four_real_roots_by_subdiscriminants() -> None:
    four = symbolic.dense(4)
    names = [p.name for p in four.parameters]
    companion = dict.fromkeys(names, 0) | {"a12": 1, "a23": 1, "a34": 1}
    for last_row, is_real in (
        ((-24, 50, -35, 10), True),
        ((-4, 0, -5, 0), False),
        ((-4, 0, 5, 0), True),
        ((-1, 0, 0, 0), False),
    ):
        chosen = companion | {f"a4{j + 1}": value for j, value in enumerate(last_row)}
        assert four.subs(**chosen).non_real_condition() == (not is_real)


@pytest.mark.parametrize("matrix", SAMPLES, ids=name_of)
def test_latex_and_lines(matrix: symbolic.SymbolicTransition) -> None:
    assert matrix.latex().startswith(r"\left[\begin{matrix}")
    assert matrix._repr_latex_().count("$") == 2
    assert "\n" not in repr(matrix)
    assert all(p.name in repr(matrix) for p in matrix.parameters)


def test_simplification_within_ranges() -> None:
    assert two.simplify(sympy.Abs(b1 - 3)) == 3 - b1
    assert two.simplify(sympy.Abs(b1 - 1)) == sympy.Abs(b1 - 1)
    assert two.simplify(b1 * b2 <= 4) is sympy.true
    assert two.simplify(b1 * b2 < 0) is sympy.false
    assert two.simplify(b1 > 1) == (b1 > 1)
    assert two.simplify(sympy.sin(theta) ** 2 + sympy.cos(theta) ** 2 - 1) == 0


def test_sums_of_squares_may_be_zero_but_for_whole_keys() -> None:
    full = symbolic.dense()
    a11, _, _, a22 = full.symbols
    assert full.simplify(a11**2 + a22**2 > 0) not in (True, False)
    _, k1, k2, k3 = (key := symbolic.householder(size=3)).symbols
    assert key.simplify(k1**2 + k2**2 > 0) not in (True, False)
    assert key.simplify(k1**2 + k2**2 + k3**2 > 0) is sympy.true


MESSAGES = [
    ({"beta": "5/2", "theta": 0}, "beta is 5/2; expected a number in [0, 2]"),
    ({"beta": -1, "theta": 0}, "beta is -1; expected a number in [0, 2]"),
    ({"beta": 0.5, "theta": 0}, 'write "1/2" as a string'),
    ({"beta": sympy.I, "theta": 0}, "beta is I; expected a number in [0, 2]"),
    ({"beta": 1, "theta": 1}, "theta: cos(1) is not known to be a number of a cyclotomic field"),
    ({"beta": 1}, "no value for theta a real angle"),
    ({"beta": 1, "theta": 0, "bete": 1}, "has no parameter 'bete'; it has: beta, theta"),
]


@pytest.mark.parametrize(("values", "message"), MESSAGES)
def test_values_that_are_refused(values: dict[str, object], message: str) -> None:
    with pytest.raises(ParameterError) as caught:
        symbolic.householder().at(**values)
    assert message in str(caught.value)


def test_other_refusals() -> None:
    with pytest.raises(ParameterError, match=r"a1 is 1; expected a number in \(0, 1\)"):
        symbolic.diagonal(1, "(0, 1)").at(a1=1)
    with pytest.raises(ParameterError, match="beta is fixed already, to 2"):
        symbolic.householder().subs(beta=2).at(beta=1)
    with pytest.raises(ParameterError, match="a11 is I; expected a number that is real"):
        symbolic.dense(1).at(a11=sympy.I)
    with pytest.raises(ParameterError, match="4 factors; expected a number from 1 to 3"):
        symbolic.householder_product(4)
    for text in ("0, 2", "[2, 0]", "[0, inf]", "", "[1, 1"):
        with pytest.raises(ParameterError, match="is no range"):
            symbolic.householder(beta=text)
    with pytest.raises(ParameterError, match="expected a Householder factor"):
        symbolic.gated(symbolic.diagonal())
    with pytest.raises(ParameterError, match="rows is"):
        symbolic.permutation_diagonal((0, 1))
    with pytest.raises(ParameterError, match="size is 9; expected a number from 1 to 8"):
        symbolic.diagonal(9)
    with pytest.raises(NoSymbolicFormError, match="transformer is attention"):
        symbolic.of("transformer")
    with pytest.raises(NoSymbolicFormError, match="householder-product-7: 7 factors"):
        symbolic.of("householder-product-7")
    entries = Moduli(Interval(0, 0), Interval(1, 1))
    scratch = ModelClass("scratch", "a", "a", DiagonalEntries(entries), "none")
    with pytest.raises(NoSymbolicFormError, match="lies in 0 or 1; expected one interval"):
        symbolic.of(scratch)
    with pytest.raises(NoSymbolicFormError, match="no family of symbolic matrices has the shape"):
        symbolic.of(replace(scratch, shape=Shape()))
    with pytest.raises(ValueError, match="nearest"):
        symbolic.of("householder-prodct-2")


y, z, w = sympy.symbols("y z w", real=True)
BOUNDS = {y: (0, 1), z: (-1, 2)}
terms = st.lists(
    st.tuples(st.integers(-3, 3), st.integers(0, 2), st.integers(0, 2), st.integers(0, 2)),
    min_size=1,
    max_size=4,
)


@given(terms, st.data())
@examples(60)
def test_what_is_found_nonnegative_is(
    listed: list[tuple[int, int, int, int]], data: st.DataObject
) -> None:
    polynomial = sympy.Add(*(c * y**i * z**j * w**k for c, i, j, k in listed))
    found = as_terms(polynomial, BOUNDS)
    if found is not None:
        assert sympy.expand(total(found) - polynomial) == 0
        assert all(term.weight > 0 for term in found)
        assert {factor for term in found for factor in term.of} <= {y, 1 - y, z + 1, 2 - z}
    if is_nonnegative(polynomial, BOUNDS):
        point = {
            y: data.draw(inside(sympy.Interval(0, 1))),
            z: data.draw(inside(sympy.Interval(-1, 2))),
            w: data.draw(st.fractions(-3, 3, max_denominator=4)),
        }
        assert polynomial.subs({s: sympy.Rational(str(v)) for s, v in point.items()}) >= 0


def test_products_of_unbounded_variables_have_no_sign() -> None:
    assert not is_nonnegative(y * w, BOUNDS)
    assert not is_nonnegative(z * w + z**2 + w**2 + 1, {})  # >= 0, and no reason is found
    assert not is_nonnegative(w**2 - 1, {})
    assert is_nonnegative(w**4 + y * w**2, BOUNDS)


def test_a_norm_condition_that_nobody_could_read() -> None:
    matrix = symbolic.diagonal_plus_rank_one(size=3)
    with pytest.raises(NoClosedFormError, match=r"10 parameters and degree 6.* at most 9 may be"):
        matrix.norm_condition()
