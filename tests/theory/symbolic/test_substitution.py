"""Symbolic matrices at exact values are the exact matrices, with their polynomials and roots."""

from __future__ import annotations

import pytest
import sympy
from helpers.effort import examples
from helpers.naive_field import approximately
from helpers.symbolic_values import IDS, SAMPLES, environment, holds, name_of, values
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory import symbolic
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import all_model_classes, get_model_class
from monoscan.theory.numbers import NotRealError, cosine, number, sqrt_of, zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.region import outside
from monoscan.theory.spectrum import has_norm_at_most_one, has_real_spectrum
from monoscan.theory.symbolic import SymbolicTransition, x
from monoscan.theory.symbolic.exact import exact_number, to_sympy
from monoscan.theory.transition import Transition, dimension, transition_matrix

samples = pytest.mark.parametrize("matrix", SAMPLES, ids=name_of)


@samples
@given(st.data())
@examples(8, least=2)
def test_matrix_polynomial_and_conditions_at_exact_values(
    matrix: SymbolicTransition, data: st.DataObject
) -> None:
    chosen = data.draw(values(matrix))
    exact, numbers = transition_matrix(matrix.at(**chosen)), environment(matrix, chosen)
    assert (
        Matrix(
            tuple(tuple(exact_number(e, numbers) for e in row) for row in matrix.matrix.tolist())
        )
        == exact
    )
    written = sympy.Poly(matrix.characteristic_polynomial(), x).all_coeffs()
    polynomial = tuple(exact_number(c, numbers) for c in reversed(written))
    assert polynomial == exact.characteristic_polynomial()
    sign = (-1) ** exact.shape[0]
    assert exact_number(matrix.determinant(), numbers) == sign * polynomial[0]
    assert exact_number(matrix.trace(), numbers) == exact.trace()
    assert holds(matrix.non_real_condition(), numbers) == (not is_real_spectrum(exact))
    assert holds(matrix.norm_condition(), numbers) == has_norm_at_most_one(exact)
    assert holds(matrix.ranges(), numbers)


def is_real_spectrum(matrix: Matrix) -> bool:
    try:
        return has_real_spectrum(matrix)
    except NotRealError:
        return False


@samples
@given(st.data())
@examples(3, least=1)
def test_eigenvalues_are_roots_of_the_exact_polynomial(
    matrix: SymbolicTransition, data: st.DataObject
) -> None:
    chosen = data.draw(values(matrix))
    exact = transition_matrix(matrix.at(**chosen)).characteristic_polynomial()
    symbols = {p.symbol: sympy.sympify(chosen[p.name]) for p in matrix.parameters}
    roots = [complex(root.subs(symbols).evalf(30)) for root in matrix.eigenvalues()]
    assert len(roots) == len(exact) - 1
    for point in (2, 3j, -1.5 + 1j):
        product = complex(1)
        for root in roots:
            product *= point - root
        wanted = sum(approximately(c) * point**k for k, c in enumerate(exact))
        assert abs(product - wanted) < 1e-7 * (1 + abs(wanted))


def on_every_letter(transition: Transition) -> LRNN:
    """One layer that stays at the state 0."""
    zero = Matrix.zeros(dimension(transition), 1)
    cases = {("a",): Case(transition, zero)}
    return LRNN(("a",), (Layer(zero, cases, StateTable({zero: True})),))


# Of the transposed form a network may have only those that are of the other form as well.
@pytest.mark.parametrize("name", [c for c in IDS if "transposed" not in c and c[:4] != "rwkv"])
@given(st.data())
@examples(4, least=2)
def test_transitions_of_a_class_lie_in_its_region(name: str, data: st.DataObject) -> None:
    matrix = symbolic.of(name)
    chosen = data.draw(values(matrix))
    if name == "mixed-diagonal":
        chosen |= {p: 0 for p in chosen if p.startswith("phi")}
    assert outside(on_every_letter(matrix.at(**chosen)), get_model_class(name)) is None


def test_every_class_with_exact_networks_has_a_form() -> None:
    for model_class in all_model_classes():
        if model_class.has_exact_networks:
            assert symbolic.of(model_class).name == model_class.id


@pytest.mark.slow
def test_three_factors() -> None:
    three = symbolic.householder_product(3)
    chosen = dict.fromkeys(("theta21", "theta31", "theta32"), sympy.pi / 3)
    chosen |= {"beta1": 2, "beta2": "3/2", "beta3": 1}
    exact = transition_matrix(three.at(**chosen))
    written = sympy.Poly(three.characteristic_polynomial(), x).all_coeffs()
    numbers = environment(three, chosen)
    polynomial = tuple(exact_number(c, numbers) for c in reversed(written))
    assert polynomial == exact.characteristic_polynomial()
    assert holds(three.non_real_condition(), numbers) == (not has_real_spectrum(exact))
    assert three.norm_condition() is sympy.true


@given(st.sampled_from([zeta(5), zeta(12) * 3, sqrt_of(6), cosine(1, 7), number("-3/7")]))
def test_numbers_go_to_sympy_and_back(value: object) -> None:
    assert exact_number(to_sympy(value)) == value


def test_fixed_parameters_stay_fixed() -> None:
    two = symbolic.householder_product(2).subs(theta=sympy.pi / 8)
    assert [p.name for p in two.parameters] == ["beta1", "beta2"]
    whole = symbolic.householder_product(2).at(beta1=2, beta2=1, theta=sympy.pi / 8)
    assert two.at(beta1=2, beta2=1) == whole
    assert two.norm_condition() is sympy.true
    assert "theta = pi/8" in repr(two)
