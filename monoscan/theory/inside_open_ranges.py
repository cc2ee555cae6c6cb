"""Networks with parameters inside open ranges, which rounding makes do what the ends do.

Where every operation is rounded to multiples of a step s, the ends of a range need not be reached:
for a state h, a multiple of s with |h| < 1/2, the product (1 - s) h = h - s h is rounded to h, and
s h to 0. So take a network that rounds nothing in some format, divide its states by a number above
twice all that it computes, take a step that is as much smaller, and move each parameter at an end
of its range inside by one step: the rounded network computes what the exact one does.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from monoscan.theory.exact_format import Numbers
from monoscan.theory.formats import FixedPoint
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, rational
from monoscan.theory.readout import Functional, Readout, StateTable
from monoscan.theory.semantics import Semantics
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Diagonal,
    Gated,
    HouseholderProduct,
    Transition,
)


def inside_open_ranges(lrnn: LRNN, numbers: Numbers) -> tuple[LRNN, Numbers]:
    """A network with parameters inside open ranges, and what a format has to hold for it.

    Entries and gates 0, 1 and -1 become s, 1 - s and s - 1, and the betas 0 and 2 become s and
    2 - s, s being the new step. That it computes the same is to be looked at once more.

    Args:
        lrnn: a network.
        numbers: all that it computes without rounding.

    Raises:
        ValueError: for a head that is neither diagonal nor made of delta rules.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> opened, numbers = inside_open_ranges(scalar_parity(), Numbers(Fraction(1), Fraction(1)))
    >>> [str(t.entries[0]) for t in opened.transitions()], str(numbers.step)
    (['3/4', '-3/4'], '1/4')
    """
    largest = int(numbers.largest)
    scale = Fraction(1, 1 << (2 * largest + 1).bit_length())  # so states are below 1/2
    step = numbers.step * scale
    opened = lrnn.map_layers(lambda layer: _layer(layer, scale, step))
    return opened, Numbers(step, Fraction(2 * largest + 2))  # which holds the products with 2 - s


def layers_inside(lrnn: LRNN, semantics: Semantics[Matrix]) -> LRNN | None:
    """A network whose layers with the entries 0, 1 and -1 only are moved inside open ranges.

    For a network that needs the rounding of its format, so that the step must stay: the states of
    such a layer become multiples of the step. That it computes the same is to be looked at.

    Args:
        lrnn: a network.
        semantics: how it computes; None is returned if that has no fixed-point format.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.semantics import named_semantics
    >>> opened = layers_inside(scalar_parity(), named_semantics("op-round", "q5.3"))
    >>> [str(t.entries[0]) for t in opened.transitions()]
    ['7/8', '-7/8']
    """
    number_format = getattr(semantics, "format", None)
    if not isinstance(number_format, FixedPoint):
        return None
    step = number_format.step

    def moved(layer: Layer) -> Layer:
        entries = {x for case in layer.cases.values() for x in case.matrix.entries()}
        return _layer(layer, step, step) if entries <= {0, 1, -1} else layer

    return lrnn.map_layers(moved)


def _layer(layer: Layer, scale: Fraction, step: Fraction) -> Layer:
    cases = {
        symbol: Case(_inside(case.transition, step), case.input.scale(scale))
        for symbol, case in layer.cases.items()
    }
    readout = _scaled(layer.readout, scale)
    return replace(layer, initial=layer.initial.scale(scale), cases=cases, readout=readout)


def _scaled(readout: Readout, scale: Fraction) -> Readout:
    if isinstance(readout, StateTable):
        return StateTable({state.scale(scale): out for state, out in readout.table.items()})
    bits: list[Functional] = [replace(b, bound=b.bound * scale) for b in readout.functionals]
    return replace(readout, functionals=tuple(bits))


def _inside(transition: Transition, step: Fraction) -> Transition:
    if isinstance(transition, Blocks):
        return Blocks(tuple(_inside(block, step) for block in transition.blocks))
    if isinstance(transition, Diagonal):
        return Diagonal(tuple(_moved(entry, 1, step) for entry in transition.entries))
    if isinstance(transition, Gated):
        gate = _moved(transition.gate, 1, step)
        factor = _inside(transition.factor, step)
        assert isinstance(factor, DeltaRule | HouseholderProduct)
        return Gated(gate, factor)
    if isinstance(transition, HouseholderProduct):
        return HouseholderProduct(tuple(_delta_rule(x, step) for x in transition.factors))
    return _delta_rule(transition, step)


def _delta_rule(transition: Transition, step: Fraction) -> DeltaRule:
    if not isinstance(transition, DeltaRule):
        raise ValueError(
            f"a head of kind {type(transition).__name__}; expected diagonal matrices and delta "
            "rules"
        )
    return replace(transition, beta=_moved(transition.beta, 2, step))


def _moved(value: Number, end: int, step: Fraction) -> Fraction:
    """A number at 0 or at one of the ends, moved inside by a step; other numbers stay."""
    x = rational(value)
    if x == 0:
        return step
    return x - step if x == end else x + step if x == -end else x
