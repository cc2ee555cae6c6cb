"""Random number formats, and the semantics that round to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from monoscan.strategies.errors import need
from monoscan.theory.formats import FixedPoint, Minifloat, NumberFormat, Overflow, RoundingMode
from monoscan.theory.semantics import CastUnrolled, Exact, OpRound, Semantics, SeqRound

_ROUNDED: dict[str, Callable[[NumberFormat], Semantics[Any]]] = {
    "cast-unrolled": CastUnrolled,
    "seq-round": SeqRound,
    "op-round": OpRound,
}
SEMANTICS = ("exact", *_ROUNDED)
"""The semantics that `semantics` draws from."""


@st.composite
def number_formats(draw: st.DrawFn, *, wrap: bool = False) -> NumberFormat:
    """Fixed-point and floating-point formats of at most about 40 values, in all rounding modes.

    Args:
        draw: Given by hypothesis.
        wrap: Whether fixed-point formats may wrap around; otherwise all saturate.

    >>> from hypothesis import find
    >>> 3 < len(find(number_formats(), lambda f: len(f.values()) > 3).values())
    True
    """
    mode = draw(st.sampled_from(RoundingMode))
    if draw(st.booleans()):
        precision, exponent = draw(st.integers(1, 3)), draw(st.integers(-2, 0))
        top = Fraction(2) ** (exponent + draw(st.integers(1, 3)))
        return Minifloat(precision, exponent, top, mode)
    step = draw(st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 4), Fraction(2, 3)]))
    low, high = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    overflow = (
        draw(st.sampled_from([Overflow.SATURATE, Overflow.WRAP])) if wrap else Overflow.SATURATE
    )
    return FixedPoint(step, -low * step, high * step, mode, overflow)


def semantics_of(name: str, number_format: NumberFormat) -> Semantics[Any]:
    """The semantics of a name; `exact` needs no format.

    >>> semantics_of("op-round", FixedPoint(Fraction(1), Fraction(-2), Fraction(2),
    ...     RoundingMode.UP)).name
    'op-round'
    """
    return Exact() if name == "exact" else _ROUNDED[name](number_format)


def semantics(
    names: Sequence[str] = SEMANTICS, formats: st.SearchStrategy[NumberFormat] | None = None
) -> st.SearchStrategy[Semantics[Any]]:
    """How a network computes: exactly, or with numbers of a small format.

    Args:
        names: Some of `SEMANTICS`.
        formats: The formats; None: `number_formats()`.

    Raises:
        EmptySetError: If there is no name, or one is not known.

    >>> from hypothesis import find
    >>> find(semantics(["seq-round", "op-round"]), lambda s: True).name
    'seq-round'
    """
    need(len(names) > 0, f"no semantics: expected some of {', '.join(SEMANTICS)}")
    for name in names:
        need(name in SEMANTICS, f"the semantics {name!r}: expected {', '.join(SEMANTICS)}")
    drawn = number_formats() if formats is None else formats
    return st.builds(semantics_of, st.sampled_from(list(names)), drawn)
