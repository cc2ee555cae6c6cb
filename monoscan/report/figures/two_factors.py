"""Draws where two Householder factors have eigenvalues that are not real, negative, of modulus 1.

A panel an angle of the keys, the square of (beta1, beta2) in each. Every cell is decided exactly at
its middle, by the trace and the determinant of the symbolic product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final, Literal, TypeAlias

from monoscan.report.figures.framing import framed
from monoscan.report.figures.scene import (
    BLACK,
    BLUE,
    DARK_GREY,
    ORANGE,
    SKY,
    Box,
    Circle,
    Curve,
    Drawing,
    Point,
    Rectangle,
    Shape,
    Text,
)

Kind: TypeAlias = Literal["not real", "real, some negative", "real, none negative"]
Invariants: TypeAlias = Callable[[Fraction, Fraction, Fraction], tuple[Fraction, Fraction]]

COLOURS: Final[dict[Kind, str]] = {
    "not real": BLUE,
    "real, some negative": ORANGE,
    "real, none negative": SKY,
}
ANGLES: Final[dict[int, Fraction]] = {
    30: Fraction(3, 4),
    45: Fraction(1, 2),
    60: Fraction(1, 4),
    90: Fraction(0),
}
"""The angles of the panels in degrees, with the squares of their cosines."""

N_CELLS: Final = 40
_PANEL, _GAP, _TITLE_HEIGHT = 128.0, 26.0, 14.0
_TITLE, _SMALL = 9.0, 7.0


def invariants() -> Invariants:
    """Trace and determinant of two factors as a function of beta1, beta2 and cos(theta)^2.

    >>> invariants()(Fraction(2), Fraction(2), Fraction(0))
    (Fraction(-2, 1), Fraction(1, 1))
    """
    import sympy

    from monoscan.theory.symbolic import householder_product

    pair = householder_product(2)
    *betas, theta = pair.symbols
    c = sympy.Symbol("c")
    written = [e.subs(sympy.cos(theta) ** 2, c) for e in (pair.trace(), pair.determinant())]
    function = sympy.lambdify((*betas, c), written, modules="math")
    return lambda b1, b2, square: tuple(function(b1, b2, square))


def kind_of(trace: Fraction, determinant: Fraction) -> Kind:
    """What the roots of x^2 - trace x + determinant are.

    >>> kind_of(Fraction(0), Fraction(1)), kind_of(Fraction(0), Fraction(-1))
    ('not real', 'real, some negative')
    """
    if trace**2 < 4 * determinant:
        return "not real"
    has_negative = determinant < 0 or trace < 0
    return "real, some negative" if has_negative else "real, none negative"


def identifier(kind: Kind) -> str:
    """A kind as a part of the name of a shape.

    >>> identifier("real, some negative")
    'real-some-negative'
    """
    return kind.replace(",", "").replace(" ", "-")


def draw_two_factors(most: int = 2) -> Drawing:
    """Draws a panel an angle.

    Args:
        most: the range of both beta is [0, most]; 1 or 2.

    Raises:
        MissingLibrary: If matplotlib is not installed.

    >>> [text.text for text in draw_two_factors().texts()][:2]
    ['theta = 30 degrees', '0']
    """
    found = invariants()
    shapes: list[Shape] = []
    for number, (degrees, square) in enumerate(ANGLES.items()):
        corner = number * (_PANEL + _GAP), 0.0
        shapes += _panel(degrees, square, most, corner, found)
    shapes += _legend(_PANEL + _TITLE_HEIGHT + 34)
    notes = [
        "Eigenvalues of (I - beta1 k1 k1^T) (I - beta2 k2 k2^T) on the plane of the unit keys, "
        "which have the angle theta. Each cell is decided exactly at its middle. All other "
        "eigenvalues are 1.",
    ]
    return framed("eigenvalues of two Householder factors", shapes, notes)


def _panel(
    degrees: int, square: Fraction, most: int, corner: Point, found: Invariants
) -> Iterator[Shape]:
    left, top = corner[0], corner[1] + _TITLE_HEIGHT
    place = Rectangle(left, top, _PANEL, _PANEL)
    title = f"theta = {degrees} degrees"
    yield Text(
        (left + _PANEL / 2, corner[1] + 5), title, _TITLE, bold=True, name=f"angle-{degrees}"
    )
    for row in range(N_CELLS):
        # Row 0 is at the top, where beta2 is large.
        b2 = _middle(N_CELLS - 1 - row, most)
        kinds: list[Kind] = [kind_of(*found(_middle(i, most), b2, square)) for i in range(N_CELLS)]
        yield from _row(kinds, row, place, degrees)
    yield Box(place, "none", DARK_GREY, 0.6)
    yield from _modulus_one(degrees, square, most, place, found)
    for value in range(most + 1):
        share = value / most * _PANEL
        yield Text((left + share, top + _PANEL + 9), str(value), _SMALL, colour=DARK_GREY)
        yield Text((left - 6, top + _PANEL - share), str(value), _SMALL, colour=DARK_GREY)
    yield Text((left + _PANEL / 2, top + _PANEL + 19), "beta1", _SMALL, colour=DARK_GREY)
    yield Text((left - 14, top + _PANEL / 4), "beta2", _SMALL, colour=DARK_GREY)


def _middle(cell: int, most: int) -> Fraction:
    return Fraction(2 * cell + 1, 2 * N_CELLS) * most


def _row(kinds: Sequence[Kind], row: int, place: Rectangle, degrees: int) -> Iterator[Shape]:
    """The cells of one row; neighbours of one kind are one box."""
    side = place.width / N_CELLS
    start = 0
    for kind, run in groupby(kinds):
        width = len(list(run))
        box = Rectangle(place.left + start * side, place.top + row * side, width * side, side)
        name = f"{identifier(kind)}-{degrees}-{row}-{start}-{width}"
        yield Box(box, COLOURS[kind], COLOURS[kind], 0.3, name=name)
        start += width


def _modulus_one(
    degrees: int, square: Fraction, most: int, place: Rectangle, found: Invariants
) -> Iterator[Shape]:
    """Sides and corners of the square where an eigenvalue has modulus 1.

    Inside the square there is none: det(I - A) = b1 b2 (1 - c) and det(I + A) =
    (2 - b1) (2 - b2) + b1 b2 c are positive, and the determinant is below 1.
    """
    corners = [(0, 0), (most, 0), (most, most), (0, most)]

    def at(point: tuple[int, int]) -> Point:
        return (
            place.left + point[0] / most * place.width,
            place.bottom - point[1] / most * place.height,
        )

    reasons = [_reasons(*found(Fraction(b1), Fraction(b2), square)) for b1, b2 in corners]
    for i, corner in enumerate(corners):
        after = (i + 1) % len(corners)
        # Both determinants are of degree 1 along a side: they vanish on all of it or once.
        if reasons[i] & reasons[after] & {"1", "-1"}:
            ends = at(corner), at(corners[after])
            yield Curve(ends, colour=BLACK, width=2.2, name=f"one-{degrees}-{i}")
        if reasons[i]:
            yield Circle(at(corner), 2.6, BLACK, BLACK, 0.0, name=f"one-{degrees}-at-{i}")


def _reasons(trace: Fraction, determinant: Fraction) -> set[str]:
    """Why an eigenvalue has modulus 1: it is 1 or -1, or the two are conjugate."""
    found = {sign for sign, s in (("1", 1), ("-1", -1)) if 1 - s * trace + determinant == 0}
    if trace**2 < 4 * determinant and determinant == 1:
        found.add("conjugate")
    return found


def _legend(top: float) -> Iterator[Shape]:
    left = 0.0
    for kind, colour in COLOURS.items():
        yield Box(
            Rectangle(left, top - 4, 10, 8), colour, colour, 0.0, name=f"legend-{identifier(kind)}"
        )
        yield Text((left + 15, top), kind, _TITLE, "left")
        left += 118
    yield Curve(((left, top), (left + 12, top)), colour=BLACK, width=2.2, name="legend-one")
    yield Circle((left + 6, top), 2.6, BLACK, BLACK, 0.0)
    yield Text((left + 17, top), "one of modulus 1", _TITLE, "left")
