"""What goes wrong when an exact network is to become weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar, final

from monoscan.models.errors import ModelError
from monoscan.theory.lrnn import Case, Symbol, show_symbol
from monoscan.theory.numbers import Number, is_real

Read = TypeVar("Read")


@final
class CompileError(ModelError):
    """A network that cannot be compiled; the message names layer and symbol."""


@final
class NotHeld(ValueError):
    """A matrix or an input that a kind of layer cannot have; the message says which number."""


def for_each_symbol(cases: Mapping[Symbol, Case], read: Callable[[Case], Read]) -> list[Read]:
    """What a function gives for each case.

    Raises:
        NotHeld: What the function raises, with the symbol.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> for_each_symbol(scalar_parity().layers[0].cases, lambda case: str(case.matrix))
    ['[1]', '[-1]']
    """
    found = []
    for symbol, case in cases.items():
        try:
            found.append(read(case))
        except NotHeld as error:
            raise NotHeld(f"on {show_symbol(symbol)}: {error}") from None
    return found


def require_real(what: str, values: Iterable[Number]) -> None:
    """Refuses numbers that are not real.

    Raises:
        NotHeld: Naming the first of them.

    >>> from monoscan.theory.numbers import zeta
    >>> require_real("a key", [zeta(4)])
    Traceback (most recent call last):
    monoscan.models.compile.errors.NotHeld: a key has the entry zeta4; expected real numbers
    """
    for value in values:
        if not is_real(value):
            raise NotHeld(f"{what} has the entry {value}; expected real numbers")


def require_within(what: str, values: Iterable[Number], low: int, high: int) -> None:
    """Refuses numbers that are not real or not in a range.

    Raises:
        NotHeld: Naming the first of them.

    >>> from fractions import Fraction
    >>> require_within("beta", [Fraction(3)], 0, 2)
    Traceback (most recent call last):
    monoscan.models.compile.errors.NotHeld: beta is 3; expected a number in [0, 2]
    """
    for value in values:
        if not (is_real(value) and low <= value <= high):
            raise NotHeld(f"{what} is {value}; expected a number in [{low}, {high}]")
