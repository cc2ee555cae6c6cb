"""Networks of one layer without input: H_t = A(x_t) ... A(x_1) H_0, and the classes they are in."""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.wiring import (
    MAX_JOINT_STATES,
    LayerPlan,
    autonomous,
    tabulate,
)
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Householder, HouseholderProduct, Transition


def one_layer(
    automaton: Automaton,
    initial: Matrix,
    transitions: Sequence[Transition],
    max_states: int = MAX_JOINT_STATES,
) -> LRNN:
    """The network with one layer, B = 0, whose states answer what the automaton answers there.

    Args:
        automaton: the target.
        initial: H_0, n x d.
        transitions: A for each letter.
        max_states: budget of joint states.

    Raises:
        BudgetExceeded: if there are more states than the budget.
        AmbiguousStateError: if one state occurs after words with different answers.

    >>> flip = Automaton("a", [[1], [0]], (True, False))
    >>> one_layer(flip, Matrix.of([[1]]), [Householder((ONE,), ONE + ONE)]).output("aaa")
    False
    """
    cases: dict[Symbol, Case] = {
        (letter,): autonomous(transition, initial)
        for letter, transition in zip(automaton.alphabet, transitions, strict=True)
    }
    return tabulate(automaton, (LayerPlan(initial, cases.__getitem__, None),), max_states)


def reflection_product(factors: Sequence[Householder], dimension: int) -> Transition:
    """F_1 F_2 ... F_m as a transition; no factors are the identity, written with beta = 0.

    >>> reflection_product([], 2).beta
    Fraction(0, 1)
    """
    if not factors:
        return Householder((ONE,) + (ZERO,) * (dimension - 1), ZERO)
    return factors[0] if len(factors) == 1 else HouseholderProduct(tuple(factors))


def householder_class(n_factors: int) -> str:
    """The class of products of at most so many generalised Householder matrices.

    >>> householder_class(1), householder_class(4)
    ('householder', 'householder-product-4')
    """
    return "householder" if n_factors <= 1 else f"householder-product-{n_factors}"
