"""Networks with non-negative spectra that count because of rounding, most of them parity.

Each of those is a counterexample to "parity needs a negative eigenvalue" under one semantics. In
exact arithmetic none of them recognises parity.
"""

from __future__ import annotations

from dataclasses import dataclass

from monoscan.automata import Automaton, minimize
from monoscan.theory.constructions.parity import parity_network
from monoscan.theory.formats import FixedPoint, Overflow
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.semantics import OpRound, SeqRound
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
)


@dataclass(frozen=True)
class RoundingCounterexample:
    """A network, the rounded semantics under which it computes parity, and where it is from.

    Attributes:
        key: short name.
        lrnn: the network; every matrix has a real non-negative spectrum.
        semantics: where it recognises parity.
    """

    key: str
    lrnn: LRNN
    semantics: SeqRound | OpRound


def expansive_rounded_steps() -> RoundingCounterexample:
    """Counterexample A: eigenvalues 0.0086 and 1.7414, states rounded to integers."""
    return RoundingCounterexample(
        "A",
        parity_network(
            on_zero=Dense(Matrix.identity(2)),
            on_one=Dense(Matrix.of([["-7/20", "1/4"], ["-3", "21/10"]])),
            even=Matrix.column([0, 0]),
            odd=Matrix.column([1, 1]),
            input_on_one=Matrix.column(["11/20", "13/10"]),
        ),
        SeqRound(_integers(-8, 7)),
    )


def two_projections_rounded_steps() -> RoundingCounterexample:
    """Counterexample B: DeltaProduct, two factors with beta = 1, eigenvalues 0 and 9/25.

    The product of the projections along (1, -2) and (1, 2) is not symmetric but has norm < 1.
    """
    first, second = (number(1), number(-2)), (number(1), number(2))

    def product(beta: int) -> HouseholderProduct:
        return HouseholderProduct(
            (Householder(first, number(beta)), Householder(second, number(beta)))
        )

    return RoundingCounterexample(
        "B",
        parity_network(
            on_zero=product(0),
            on_one=product(1),
            even=Matrix.column([-1, 2]),
            odd=Matrix.column([-1, 1]),
            input_on_one=Matrix.column(["-1/4", "15/8"]),
        ),
        SeqRound(_integers(-8, 7)),
    )


def two_projections_count_to_three() -> RoundingCounterexample:
    """The same with the directions (1, 3) and (4, -3): three states in turn, a count modulo 3."""

    def product(beta: int) -> HouseholderProduct:
        return HouseholderProduct(
            (
                Householder((number(1), number(3)), number(beta)),
                Householder((number(4), number(-3)), number(beta)),
            )
        )

    semantics = SeqRound(_integers(-8, 7))
    start, nothing = Matrix.column([2, -1]), Matrix.zeros(2, 1)
    cases: dict[Symbol, Case] = {
        ("0",): Case(product(0), nothing),
        ("1",): Case(product(1), Matrix.column(["11/8", "-1/2"])),
    }
    bare = Layer(start, cases, StateTable({start: True}))
    table = {state: state == start for state in _reachable(bare, semantics)}
    network = LRNN(("0", "1"), (Layer(start, cases, StateTable(table)),))
    return RoundingCounterexample("B3", network, semantics)


def deltanet_rounded_operations() -> RoundingCounterexample:
    """Counterexample C: a DeltaNet with beta = 3/4, eigenvalues 1 and 1/4, step 1/4.

    Every product and sum of x <- x - (beta (k . x)) k is rounded to a multiple of 1/4, and the
    last digit never settles. The key has length 1 exactly.
    """
    key = (number("1/2"),) * 4
    return RoundingCounterexample(
        "C",
        parity_network(
            on_zero=DeltaRule(key, number(0)),
            on_one=DeltaRule(key, number("3/4")),
            even=Matrix.column(["3/2", "3/2", "-1/2", "-3/2"]),
            odd=Matrix.column(["5/4", "5/4", "-3/4", "-7/4"]),
        ),
        OpRound(FixedPoint(number("1/4"), number(-8), number("31/4"))),
    )


def alternating_projections() -> RoundingCounterexample:
    """Two projections with beta = 1, one for each letter, states rounded to integers.

    From (2, -2) the word abab leads back to (2, -2), and after ab the state is (2, -1): symmetric
    matrices with spectrum {0, 1} and one rounding a step. The read-out knows the first state only
    from the others that occur.
    """
    first, second = (number(4), number(1)), (number(-1), number(1))
    cases: dict[Symbol, Case] = {
        ("a",): Case(Householder(first, number(1)), Matrix.column(["9/8", "7/8"])),
        ("b",): Case(Householder(second, number(1)), Matrix.column(["15/8", "-15/8"])),
    }
    semantics = SeqRound(_integers(-8, 7))
    start = Matrix.column([2, -2])
    bare = Layer(start, cases, StateTable({start: True}))
    table = {state: state == start for state in _reachable(bare, semantics)}
    network = LRNN(("a", "b"), (Layer(start, cases, StateTable(table)),))
    return RoundingCounterexample("P", network, semantics)


def written_as_delta_rule() -> RoundingCounterexample:
    """A 1 x 1 delta rule whose matrices are 1 and 0, with every operation rounded to quarters.

    I - beta k k^T with k = 2, beta = 1/4 is 0, but h -> r(h - r(r(beta r(k h)) k)) + 1/4 takes 1/4
    to 1/2 and back.
    """
    key, quarter = (number(2),), number("1/4")
    return RoundingCounterexample(
        "D",
        parity_network(
            on_zero=DeltaRule(key, number(0)),
            on_one=DeltaRule(key, quarter),
            even=Matrix.of([["1/4"]]),
            odd=Matrix.of([["1/2"]]),
            input_on_one=Matrix.of([["1/4"]]),
        ),
        OpRound(FixedPoint(quarter, number(-4), number("15/4"))),
    )


def with_threshold(lrnn: LRNN, weights: tuple[int, ...], bound: str) -> LRNN:
    """A one-layer network whose answer is: is this sum of the state's entries above the bound?

    Args:
        lrnn: the network; its own read-out is dropped.
        weights: of the entries.
        bound: a rational.

    >>> network = with_threshold(expansive_rounded_steps().lrnn, (-1, -1), "-1")
    >>> network.output(""), network.output("1")
    (True, False)
    """
    (layer,) = lrnn.recurrent.values()
    asked = Functional(Matrix.column(list(weights)), ">", number(bound))
    readout = Threshold((asked,), {"1": True, "0": False})
    return LRNN(lrnn.alphabet, (Layer(layer.initial, layer.cases, readout),))


def reachable_automaton(lrnn: LRNN, semantics: SeqRound | OpRound) -> Automaton:
    """The minimal automaton of what a one-layer network with finitely many states recognises."""
    (layer,) = lrnn.recurrent.values()
    states = _reachable(layer, semantics)
    table = [
        [states[semantics.step(layer, state, (letter,))] for letter in lrnn.alphabet]
        for state in states
    ]
    return minimize(Automaton(lrnn.alphabet, table, tuple(layer.output(state) for state in states)))


def _reachable(layer: Layer, semantics: SeqRound | OpRound) -> dict[Matrix, int]:
    """All states of a layer, numbered in the order in which a search finds them."""
    found = {layer.initial: 0}
    queue = [layer.initial]
    for state in queue:
        for symbol in layer.cases:
            following = semantics.step(layer, state, symbol)
            if following not in found:
                found[following] = len(found)
                queue.append(following)
    return found


def wrapping_counter() -> RoundingCounterexample:
    """Counterexample W: a = 1, b = 128 in unsigned 8-bit integers that wrap around.

    Source: the mechanism of Nowak et al., arXiv 2606.01765: wrap-around arithmetic counts.
    """
    one = Diagonal((number(1),))
    return RoundingCounterexample(
        "W",
        parity_network(
            on_zero=one,
            on_one=one,
            even=Matrix.of([[0]]),
            odd=Matrix.of([[128]]),
            input_on_one=Matrix.of([[128]]),
        ),
        OpRound(FixedPoint.unsigned(8, overflow=Overflow.WRAP)),
    )


def _integers(low: int, high: int) -> FixedPoint:
    return FixedPoint(number(1), number(low), number(high))
