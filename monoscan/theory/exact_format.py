"""A number format in which a network rounds nothing, though every operation is rounded.

A network of rational numbers that reaches finitely many states makes finitely many products and
sums, so all of them are multiples of one step in one interval. In the fixed-point format of that
step and that interval every operation of the documented order is exact. The format is found by
running the network; that the network is right in it is proved afterwards, like everything else.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm
from typing import ClassVar, Final, NamedTuple

from monoscan.automata import Automaton
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.formats import FixedPoint
from monoscan.theory.lrnn import LRNN, Layer, Symbol, field_order
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, rational
from monoscan.theory.rounded_step import operands, rounded_apply
from monoscan.theory.semantics import Semantics

_BITS: Final = 32
MAX_BITS: Final = 64
"""Formats of more bits than this are not looked for."""


class Ledger(Semantics[Matrix]):
    """Exact arithmetic by the operations of `op-round`, which writes down every number it meets.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> ledger = Ledger()
    >>> _ = ledger.states(scalar_parity(), "11")
    >>> ledger.denominator, ledger.largest
    (1, Fraction(1, 1))
    """

    name: ClassVar[str] = "exact, by operations"

    def __init__(self) -> None:
        self.denominator = 1
        self.largest = Fraction(0)

    def round(self, x: Number) -> Fraction:
        """The number itself, once it is written down."""
        value = rational(x)
        self.denominator = lcm(self.denominator, value.denominator)
        self.largest = max(self.largest, abs(value))
        return value

    def start(self, layer: Layer) -> Matrix:
        """The initial state."""
        return layer.initial

    def step(self, layer: Layer, state: Matrix, symbol: Symbol) -> Matrix:
        """A H + B."""
        return rounded_apply(layer.case(symbol), state, self)

    def visible(self, state: Matrix) -> Matrix:
        """The state itself."""
        return state

    def describe(self) -> str:
        """The semantics in words."""
        return self.name

    def validate(self, lrnn: LRNN) -> None:
        """Writes down the numbers that the network stores.

        Raises:
            ValueError: if its operations have no documented order.
        """
        for layer in lrnn.recurrent.values():
            stored = [*layer.initial.entries()]
            for case in layer.cases.values():
                stored += [*operands(case.transition), *case.input.entries()]
            for number in stored:
                self.round(number)


class Numbers(NamedTuple):
    """All numbers that a network stores and computes.

    Attributes:
        step: the largest number 1 / n of which they are multiples.
        largest: the largest of their moduli, at least the step.
    """

    step: Fraction
    largest: Fraction

    def format(self) -> FixedPoint | str:
        """A saturating fixed-point format that holds them, or why there is none.

        It has 32 bits and a binary point if that is enough, else the step and the range that are
        needed.
        """
        if 2 * self.largest / self.step >= 1 << MAX_BITS:
            return f"its numbers take a fixed-point format of more than {MAX_BITS} bits"
        fraction_bits = self.step.denominator.bit_length() - 1
        if self.step.denominator == 1 << fraction_bits and fraction_bits < _BITS:
            binary = FixedPoint.signed(_BITS, fraction_bits)
            if self.largest <= binary.largest:
                return binary
        return FixedPoint(self.step, -self.largest, self.largest)


def numbers_of(lrnn: LRNN, automaton: Automaton, max_states: int) -> Numbers | str:
    """The numbers that a network computes by the operations of `op-round`, without rounding.

    Args:
        lrnn: a network that recognises the language in exact arithmetic.
        automaton: the language.
        max_states: budget of joint states.

    Returns:
        What a format has to hold; or why there is none.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> numbers_of(scalar_parity(), get_language("parity").build(), 10).format().describe()
    'fixed point, step 1, range [-2147483648, 2147483647], round half to even, saturating'
    """
    if any(field_order(layer) > 1 for layer in lrnn.recurrent.values()):
        return "its numbers are irrational, and no format holds them"
    ledger = Ledger()
    try:
        found = explore(lrnn, ledger, automaton, max_states)
    except ValueError as error:
        return str(error)
    if not isinstance(found, Recognises):
        return f"more than {max_states} joint states"
    step = Fraction(1, ledger.denominator)
    return Numbers(step, max(ledger.largest, step))
