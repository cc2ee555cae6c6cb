"""Polynomial identities and listed sets: what the package writes, the checker accepts."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import sympy
from helpers.certificate_samples import load_checker
from helpers.effort import examples
from helpers.identity_truth import identity_is_true
from hypothesis import given
from hypothesis import strategies as st

from monoscan.proofs_check.certificates.identity import (
    Equal,
    Expression,
    IsNonNegative,
    IsZero,
    Square,
    constant,
    dot,
    identity,
    total,
    variables,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.short_products import (
    exhaustive_copy,
    map_lengths,
    short_products,
)
from monoscan.proofs_check.derived_steps import from_sympy, nonnegative_step
from monoscan.proofs_check.matrix_identities import (
    determinant_of,
    factor_shortens,
    fixed_points_spread,
    no_two_factors,
    pair_characteristic,
    pair_in_unit_interval,
    reflection_moves,
    sign_exchanged,
)
from monoscan.theory.factor import SwapCopy
from monoscan.theory.numbers import number
from monoscan.theory.transition import Householder

checker = load_checker()
X, Y = variables("x", "y")
small = st.integers(-3, 3)
trees = st.recursive(
    st.one_of(
        st.sampled_from([X, Y]),
        st.fractions(-3, 3, max_denominator=3).map(constant),
    ),
    lambda parts: st.one_of(
        st.tuples(parts, parts).map(lambda pair: pair[0] + pair[1]),
        st.tuples(parts, parts).map(lambda pair: pair[0] - pair[1]),
        st.tuples(parts, parts).map(lambda pair: pair[0] * pair[1]),
        st.tuples(parts, st.integers(0, 3)).map(lambda pair: pair[0] ** pair[1]),
    ),
    max_leaves=6,
)


def verdict(certificate: Certificate) -> str:
    return str(checker.check(certificate.text().encode()).verdict)


def to_sympy(value: Any) -> sympy.Expr:
    """The same polynomial for a computer algebra system."""
    if isinstance(value, str):
        return sympy.Symbol(value) if value.isalpha() else sympy.Rational(value)
    operator, first, *others = value
    if operator == "^":
        return to_sympy(first) ** int(others[0])
    parts = [to_sympy(part) for part in (first, *others)]
    if operator == "*":
        return sympy.Mul(*parts)
    return sympy.Add(*parts) if operator == "+" else parts[0] - parts[1]


@given(trees, trees)
@examples(150)
def test_equal_is_what_computer_algebra_says(left: Expression, right: Expression) -> None:
    difference = sympy.expand(to_sympy(left.json) - to_sympy(right.json))
    expected = "valid" if difference == 0 else "invalid"
    assert verdict(identity([X, Y], [Equal(left, right)])) == expected


def power(x: Expression, exponent: int) -> Expression:
    """A power in two factors, because an exponent of the format is at most 16."""
    half = int(exponent) // 2
    return x**half * x ** (int(exponent) - half)


@given(trees)
@examples(60)
def test_a_polynomial_equals_itself_written_out(p: Expression) -> None:
    terms = sympy.Poly(to_sympy(p.json), *sympy.symbols("x y")).terms()
    written = total(constant(Fraction(str(c))) * power(X, i) * power(Y, j) for (i, j), c in terms)
    assert verdict(identity([X, Y], [Equal(p, written)])) == "valid"
    assert verdict(identity([X, Y], [Equal(p, written + 1)])) == "invalid"


@pytest.mark.parametrize(
    "certificate",
    [
        factor_shortens(3),
        pair_in_unit_interval(),
        pair_characteristic(2),
        reflection_moves(2),
        sign_exchanged(3),
        no_two_factors(),
        fixed_points_spread(2),
    ],
)
def test_the_identities_hold_at_random_points(certificate: Certificate) -> None:
    body = {**certificate.body}
    assert identity_is_true(body)
    assert verdict(certificate) == "valid"
    wrong = {**body["steps"][0]}
    key = "left" if "left" in wrong else "polynomial"
    wrong[key] = ["+", "1", wrong[key]]
    changed = {**body, "steps": [wrong, *body["steps"][1:]]}
    assert not identity_is_true(changed)
    assert verdict(Certificate("identity", changed)) == "invalid"


def test_a_named_lemma_leaves_the_certificate_incomplete() -> None:
    step = Equal(X * (X + Y), X**2 + X * Y)
    found = checker.check(identity([X, Y], [step], lemma="some-lemma").text().encode())
    assert found == ("incomplete", "identity", "the lemma 'some-lemma' is not proved here")
    wrong = identity([X, Y], [Equal(X, Y)], lemma="some-lemma")
    assert verdict(wrong) == "invalid"


def test_a_step_may_not_use_itself() -> None:
    circular = IsZero(X, ((0, constant(1)),))
    assert verdict(identity([X], [circular])) == "malformed"
    positive = IsNonNegative(X, (Square(constant(1), (0,)),))
    assert verdict(identity([X], [positive])) == "malformed"


def test_too_much_work_is_malformed() -> None:
    names = variables(*(f"x{i}" for i in range(20)))
    large = (1 + total(names)) ** 16
    assert verdict(identity(names, [Equal(large, large)])) == "malformed"


def test_a_derived_step_is_accepted_and_what_has_no_reason_is_refused() -> None:
    x, y = sympy.symbols("x y")
    assumed = [x, 1 - x, y - 2]
    names, given = variables("x", "y"), [from_sympy(distance) for distance in assumed]
    moved = given[1:] + given[:1]
    for polynomial in (1 - x**2, x * y - 2 * x, (x - y) ** 2 + x, y**2 - 4):
        step = nonnegative_step(polynomial, assumed)
        assert verdict(identity(names, [step], nonnegative=given)) == "valid"
        assert verdict(identity(names, [step], nonnegative=moved)) == "invalid"
    for polynomial in (x - 1, y - 3, x * y - 2, -(x**2)):
        with pytest.raises(ValueError, match="no reason was found"):
            nonnegative_step(polynomial, assumed)


def test_an_identity_needs_a_step() -> None:
    with pytest.raises(ValueError, match="states nothing"):
        identity([X], [])


@given(st.lists(st.lists(small, min_size=3, max_size=3), min_size=3, max_size=3))
def test_determinants(rows: list[list[int]]) -> None:
    written = determinant_of([[constant(x) for x in row] for row in rows])
    assert to_sympy(written.json) == sympy.Matrix(rows).det()


def test_sums() -> None:
    assert total([]).json == "0"
    assert to_sympy(dot((X, Y), (constant(2), Y)).json) == sympy.sympify("2*x + y**2")


def test_lengths_of_maps() -> None:
    assert map_lengths([(1, 2, 3, 0), (1, 0, 2, 3)])[:2] == (1, 2)
    assert sum(map_lengths([(1, 2, 3, 0), (1, 0, 2, 3)])) == 24


def test_products_must_give_the_whole_set() -> None:
    swap = Householder((number(1), number(-1), number(0)), number(2))
    with pytest.raises(ValueError, match="generate 2 maps, expected 6"):
        short_products([swap], "permutations", "factors-in-0-2")
    with pytest.raises(ValueError, match="at least one"):
        short_products([], "permutations", "any")
    copies = [SwapCopy("copy", 2, i, 1 - i).transition() for i in (0, 1)]
    with pytest.raises(ValueError, match="generate 3 maps, expected 4"):
        short_products(copies, "one-hot-columns", "any")


@pytest.mark.parametrize(("letters", "length", "states"), [(2, 2, 2), (2, 2, 5), (3, 1, 2)])
def test_copying(letters: int, length: int, states: int) -> None:
    certificate = exhaustive_copy(letters, length, states)
    assert verdict(certificate) == "valid"
    words = range(letters**length)
    best = max(len(set(code)) for code in product(range(states), repeat=len(words)))
    assert certificate.body["most-copied"] == str(best)
    more = {**certificate.body, "most-copied": str(best + 1)}
    assert verdict(Certificate("exhaustive-copy", more)) == "invalid"
