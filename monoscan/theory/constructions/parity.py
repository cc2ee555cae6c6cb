"""Parity in one layer: a scalar with eigenvalue -1, and one reflection.

Source: Grazzi, Siems et al., arXiv 2411.12537, section 4.1 (scalar) and Theorem 3 with m = 2.
"""

from __future__ import annotations

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
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


def parity_obstacle(automaton: Automaton) -> str | None:
    """Why a language is no parity of occurrences of some letters, or None if it is one.

    >>> parity_obstacle(Automaton("ab", [[1, 0], [1, 0]], (True, False)))
    "the letter 'a' neither keeps nor swaps the two states of the minimal automaton"
    """
    minimal = minimize(automaton)
    if minimal.n_states != 2:
        return f"the minimal automaton has {minimal.n_states} states; a parity has two"
    for letter, column in zip(minimal.alphabet, minimal.table.T.tolist(), strict=True):
        if column not in ([0, 1], [1, 0]):
            return (
                f"the letter {letter!r} neither keeps nor swaps the two states of the minimal "
                "automaton"
            )
    return None


@construction(
    "scalar-parity",
    statement="The parity of the number of occurrences of some letters, by one scalar state that "
    "these letters multiply by -1",
    source="Grazzi, Siems et al., arXiv 2411.12537, section 4.1",
    supports=parity_obstacle,
)
def parity_of_letters(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The scalar network h <- -h on the letters that swap the two states, h <- h on the others.

    Written as a delta rule it is `delta_rule_parity`.

    Raises:
        UnsupportedError: if the language is no such parity.
        BudgetExceeded: if the budget is one joint state; there are two.

    >>> tomita_6 = Automaton("01", [[1, 1], [0, 0]], (True, False))
    >>> parity_of_letters(tomita_6).output("0110"), parity_of_letters(tomita_6).output("010")
    (True, False)
    """
    obstacle = parity_obstacle(automaton)
    if obstacle:
        raise UnsupportedError(obstacle)
    if budget < 2:
        raise BudgetExceeded("joint states of the network", budget, 2)
    minimal = minimize(automaton)
    cases: dict[Symbol, Case] = {}
    for letter, target in zip(minimal.alphabet, minimal.table[0].tolist(), strict=True):
        factor = Diagonal((number(1 - 2 * target),))
        cases[(letter,)] = Case(factor, Matrix.of([[0]]))
    start, swapped = Matrix.of([[1]]), Matrix.of([[-1]])
    table = {start: minimal.outputs[0], swapped: minimal.outputs[1]}
    return LRNN(minimal.alphabet, (Layer(start, cases, StateTable(table)),))
