"""Free parameters of transition matrices, their ranges, and exact values of them."""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (sympy has no types, and pyright guesses wrong ones)

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

from monoscan.errors import BadInput
from monoscan.theory.numbers import ZERO, InexactNumberError, Number, is_real
from monoscan.theory.symbolic.exact import (
    NoExactNumberError,
    exact_number,
    exact_point,
    to_sympy,
)


class ParameterError(BadInput):
    """A parameter without a value, unknown, or outside its range; the message says which."""


@dataclass(frozen=True)
class Parameter:
    """A free number of a transition matrix.

    Attributes:
        symbol: how it stands in the matrix; its assumptions follow from the range.
        range: a sympy `Interval`, all real or all complex numbers.
        is_angle: whether the matrix sees its cosine and sine only.
    """

    symbol: Any
    range: Any
    is_angle: bool = False

    @property
    def name(self) -> str:
        """The name of the symbol."""
        return str(self.symbol)

    @property
    def is_bounded(self) -> bool:
        """Whether the range is an interval with two ends."""
        return isinstance(self.range, sympy.Interval) and self.range != sympy.S.Reals

    def __str__(self) -> str:
        return f"{self.name} {self.kind}"

    @property
    def kind(self) -> str:
        """The range in words: `in [0, 2]`, `real`, `complex`, or `a real angle`."""
        if self.is_bounded:
            return f"in {range_text(self.range)}"
        if self.is_angle:
            return "a real angle"
        return "real" if self.range == sympy.S.Reals else "complex"

    def relation(self) -> Any:
        """The range as a sympy relation; true where it says no more than the assumptions do.

        >>> parameter("beta", "[0, 2]").relation()
        (0 <= beta) & (beta <= 2)
        """
        if not self.is_bounded:
            return sympy.true
        low, high = self.range.start, self.range.end
        below = sympy.Lt if self.range.left_open else sympy.Le
        above = sympy.Lt if self.range.right_open else sympy.Le
        return sympy.And(
            below(low, self.symbol, evaluate=False),
            above(self.symbol, high, evaluate=False),
            evaluate=False,
        )

    def exact(self, value: object) -> dict[Any, Number]:
        """What a value is in exact numbers: of the symbol, or of its cosine, sine and phase.

        Raises:
            ParameterError: if it is no exact number, or outside the range.

        >>> parameter("beta", "[0, 2]").exact("3/2")
        {beta: Fraction(3, 2)}
        """
        try:
            if self.is_angle:
                return _functions(self.symbol, *exact_point(value))
            found = exact_number(value)
        except (NoExactNumberError, InexactNumberError) as error:
            raise ParameterError(f"{self.name}: {error}") from None
        if not self._holds(found):
            shown = value if isinstance(value, sympy.Basic) else found
            raise ParameterError(f"{self.name} is {shown}; expected a number {self._wanted()}")
        return {self.symbol: found}

    def _wanted(self) -> str:
        return self.kind if self.is_bounded else f"that is {self.kind}"

    def _holds(self, value: Number) -> bool:
        if self.range == sympy.S.Complexes:
            return True
        if not is_real(value) or not self.is_bounded:
            return is_real(value)
        low, high = (Fraction(int(e.p), int(e.q)) for e in (self.range.start, self.range.end))
        inside = low <= value <= high
        at_open_end = (self.range.left_open and value == low) or (
            self.range.right_open and value == high
        )
        return inside and not at_open_end


def _functions(symbol: Any, cos: Number, sin: Number) -> dict[Any, Number]:
    phase = exact_number(sympy.I) * sin + cos if sin != ZERO else cos
    return {sympy.cos(symbol): cos, sympy.sin(symbol): sin, sympy.exp(sympy.I * symbol): phase}


def value_of(parameter: Parameter, value: object) -> Any:
    """A value as a sympy expression, after the test that it lies in the range.

    Raises:
        ParameterError: if it is no exact number, or outside the range.
    """
    exact = parameter.exact(value)
    if isinstance(value, sympy.Basic):
        return value
    return to_sympy(exact_number(value) if parameter.is_angle else exact[parameter.symbol])


def parameter(name: str, range_: object = sympy.S.Reals) -> Parameter:
    """A parameter of that name.

    Args:
        name: of its symbol.
        range_: a sympy `Interval`, `Reals` or `Complexes`, or the text of an interval: "[0, 2]".

    Raises:
        ParameterError: if that is no range.

    >>> str(parameter("beta", "(0, 2)")), parameter("a").symbol.is_real
    ('beta in (0, 2)', True)
    """
    found = read_range(range_)
    if found == sympy.S.Complexes:
        return Parameter(sympy.Symbol(name, complex=True), found)
    known = {"real": True}
    if found.start >= 0:
        is_open = found.left_open or found.start > 0
        known["positive" if is_open else "nonnegative"] = True
    return Parameter(sympy.Symbol(name, **known), found)


def angle(name: str) -> Parameter:
    """An angle of that name: any real number.

    >>> str(angle("theta"))
    'theta a real angle'
    """
    return Parameter(sympy.Symbol(name, real=True), sympy.S.Reals, is_angle=True)


_NUMBER = r"\s*([+-]?\d+(?:/\d+|\.\d+)?)\s*"
_INTERVAL = re.compile(rf"([\[(]){_NUMBER},{_NUMBER}([\])])", re.ASCII)


def read_range(range_: object) -> Any:
    """A range: itself if it is a sympy `Interval`, `Reals` or `Complexes`, or read from a text.

    Raises:
        ParameterError: if it is neither, or empty.

    >>> read_range("[0, 2)")
    Interval.Ropen(0, 2)
    """
    if range_ in (sympy.S.Reals, sympy.S.Complexes):
        return range_
    match = _INTERVAL.fullmatch(range_) if isinstance(range_, str) else None
    if match is not None:
        low, high = sympy.Rational(match[2]), sympy.Rational(match[3])
        range_ = sympy.Interval(low, high, match[1] == "(", match[4] == ")")
    ends = (range_.start, range_.end) if isinstance(range_, sympy.Interval) else ()
    if not ends or not all(end.is_Rational for end in ends):
        raise ParameterError(
            f'{range_} is no range; expected a text such as "[0, 2]" or "(0, 1)" with two '
            "rational numbers, the smaller one first, or a sympy Interval of that kind"
        )
    return range_


def range_text(interval: Any) -> str:
    """An interval as it is written.

    >>> range_text(sympy.Interval.open(0, 2))
    '(0, 2)'
    """
    left, right = "(" if interval.left_open else "[", ")" if interval.right_open else "]"
    return f"{left}{interval.start}, {interval.end}{right}"
