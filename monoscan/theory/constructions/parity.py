"""Parity in one layer: a scalar with eigenvalue -1, and one reflection.

Source: Grazzi, Siems et al., arXiv 2411.12537, section 4.1 (scalar) and Theorem 3 with m = 2.
"""

from __future__ import annotations

from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import DeltaRule, Diagonal, Householder, Transition

ALPHABET = ("0", "1")


def scalar_parity() -> LRNN:
    """H <- -h + 1 on the letter 1, h <- h on 0, from h = 0: h is the parity of the 1s.

    >>> scalar_parity().output("0110"), scalar_parity().output("010")
    (True, False)
    """
    return parity_network(
        on_zero=Diagonal((number(1),)),
        on_one=Diagonal((number(-1),)),
        even=Matrix.of([[0]]),
        odd=Matrix.of([[1]]),
        input_on_one=Matrix.of([[1]]),
    )


def householder_parity() -> LRNN:
    """The reflection along (1, -1), beta = 2, exchanges the two coordinates on each letter 1.

    >>> householder_parity().output("11"), householder_parity().output("1")
    (True, False)
    """
    direction = (number(1), number(-1))
    return parity_network(
        on_zero=Householder(direction, number(0)),
        on_one=Householder(direction, number(2)),
        even=Matrix.column([1, 0]),
        odd=Matrix.column([0, 1]),
    )


def delta_rule_parity() -> LRNN:
    """DeltaNet in one dimension, k = 1 and beta = 2: the state changes its sign on each 1.

    The stored numbers are 1, 2 and 0, so every operation is exact in any format that holds them.

    >>> delta_rule_parity().output("11"), delta_rule_parity().output("1")
    (True, False)
    """
    return parity_network(
        on_zero=DeltaRule((number(1),), number(0)),
        on_one=DeltaRule((number(1),), number(2)),
        even=Matrix.of([[1]]),
        odd=Matrix.of([[-1]]),
    )


def parity_network(
    *,
    on_zero: Transition,
    on_one: Transition,
    even: Matrix,
    odd: Matrix,
    input_on_one: Matrix | None = None,
) -> LRNN:
    """The one-layer network that should be in `even` or `odd` according to the number of 1s.

    Args:
        on_zero: A(0); B(0) is zero.
        on_one: A(1).
        even: the initial state; the read-out answers True there.
        odd: the read-out answers False there.
        input_on_one: B(1); zero if not given.
    """
    zeros = Matrix.zeros(*even.shape)
    cases: dict[Symbol, Case] = {
        ("0",): Case(on_zero, zeros),
        ("1",): Case(on_one, zeros if input_on_one is None else input_on_one),
    }
    return LRNN(ALPHABET, (Layer(even, cases, StateTable({even: True, odd: False})),))
