"""Delta rules in the place of Householder factors: the same matrices, and operations to round."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from monoscan.automata import get_language
from monoscan.theory.constructions.parity import delta_rule_parity
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import SemanticsError, named_semantics
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Diagonal,
    Gated,
    Householder,
    HouseholderProduct,
    transition_matrix,
)
from monoscan.theory.unit_keys import with_delta_rules

UNIT = Householder((Fraction(3, 5), Fraction(4, 5)), number(2))
LONG = Householder((number(1), number(-1)), number(2))
PLAIN = DeltaRule((number(0), number(1)), number(1))


def network(transition) -> LRNN:
    start = Matrix.column([1] * transition_matrix(transition).shape[0])
    zeros = Matrix.zeros(*start.shape)
    layer = Layer(start, {("a",): Case(transition, zeros)}, StateTable({start: True}))
    return LRNN(("a",), (layer,))


def rewritten(transition):
    return with_delta_rules(network(transition)).transitions()[0]


@pytest.mark.parametrize(
    "transition",
    [
        UNIT,
        LONG,
        PLAIN,
        HouseholderProduct((UNIT, LONG, PLAIN)),
        Gated(number("1/2"), UNIT),
        Gated(number("1/2"), HouseholderProduct((UNIT, UNIT))),
        Blocks((UNIT, Diagonal((number(1),)), HouseholderProduct((UNIT,)))),
    ],
)
def test_no_matrix_changes_and_no_long_vector_is_touched(transition):
    found = rewritten(transition)
    assert transition_matrix(found) == transition_matrix(transition)
    assert str(found).count("Householder(") == str(transition).count("(1, 1), Fraction(-1, 1))")


def test_parity_can_then_be_rounded():
    delta = delta_rule_parity()
    (layer,) = delta.layers
    cases = {
        symbol: replace(case, transition=Householder(case.transition.k, case.transition.beta))
        for symbol, case in layer.cases.items()
    }
    householder = LRNN(delta.alphabet, (replace(layer, cases=cases),))
    parity, rounded = get_language("parity").build(), named_semantics("op-round", "e4m3")
    with pytest.raises(SemanticsError, match="divides by v"):
        decide(householder, rounded, parity)
    assert with_delta_rules(householder) == delta
    assert isinstance(decide(delta, rounded, parity), Recognised)
