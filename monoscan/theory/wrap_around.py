"""Counters that work because numbers wrap around: h <- r(r(a h) + b) on each letter 1.

Source: the mechanism of Nowak, Cotterell, Boumasmoud, arXiv 2606.01765 (unsigned integers count).
The steps with a binary fraction a, which count modulo numbers that are no power of 2, are our own.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.coordinate_monoid import counting_step
from monoscan.theory.formats import FixedPoint, FormatError, NumberFormat, Overflow
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal


def ones_divisible_by(modulus: int) -> Automaton:
    """The words over {0, 1} whose number of 1s is divisible by a number.

    >>> ones_divisible_by(3).output("10101")
    True
    """
    table = [[q, (q + 1) % modulus] for q in range(modulus)]
    return Automaton(("0", "1"), table, tuple(q == 0 for q in range(modulus)))


def unsigned_words(bits: int, fraction_bits: int = 0) -> FixedPoint:
    """Unsigned fixed-point numbers of so many bits that wrap around, rounded to nearest even.

    >>> unsigned_words(5, 1).describe()
    'fixed point, step 1/2, range [0, 31/2], round half to even, wrapping around'
    """
    step = number(1) / 2**fraction_bits
    return FixedPoint(step, number(0), (2**bits - 1) * step, overflow=Overflow.WRAP)


def wrapped_counter(number_format: NumberFormat, modulus: int) -> LRNN:
    """A scalar that goes once round a cycle of the format in `modulus` letters 1.

    Args:
        number_format: at most 256 values.
        modulus: the length of the cycle.

    Raises:
        FormatError: if no h -> r(r(a h) + b) with 0 <= a <= 1 has such a cycle.

    >>> wrapped_counter(unsigned_words(3), 4).layers[0].initial
    Matrix(rows=((Fraction(0, 1),),))
    """
    found = counting_step(number_format, modulus)
    if found is None:
        raise FormatError(
            f"no step with 0 <= a <= 1 counts modulo {modulus} in {number_format.describe()}; "
            "try more bits or another modulus"
        )
    a, b, cycle = found
    cases: dict[Symbol, Case] = {
        ("0",): Case(Diagonal((number(1),)), Matrix.of([[0]])),
        ("1",): Case(Diagonal((a,)), Matrix.of([[b]])),
    }
    table = {Matrix.of([[value]]): index == 0 for index, value in enumerate(cycle)}
    return LRNN(("0", "1"), (Layer(Matrix.of([[cycle[0]]]), cases, StateTable(table)),))
