"""Draws the eigenvalues that each head of a saved network may have, and those that it uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.framing import framed
from monoscan.report.figures.scene import (
    BLUE,
    DARK_GREY,
    LIGHT_GREY,
    ORANGE,
    SKY,
    Curve,
    Drawing,
    Shape,
    Text,
)

if TYPE_CHECKING:
    from monoscan.models.inspecting import HeadFacts, NetworkFacts

MAX_ROWS: Final = 256
_UNIT, _STEP, _LABEL, _SMALL = 150.0, 11.0, 8.0, 6.5
_WIDE, _MIDDLE, _THIN = 7.0, 3.0, 1.2


def draw_ranges(facts: NetworkFacts) -> Drawing:
    """Draws a row a head, or a row a layer where there would be too many.

    Args:
        facts: What was seen of a network.

    Raises:
        PictureRefused: If there are more layers than are legible.
        MissingLibrary: If matplotlib is not installed.
    """
    rows = [head for layer in facts.recurrent for head in layer.heads]
    if len(rows) > MAX_ROWS:
        rows = [layer.whole for layer in facts.recurrent if layer.whole is not None]
    if not 0 < len(rows) <= MAX_ROWS:
        raise PictureRefused("layers", len(rows), MAX_ROWS, "read the numbers with --json")
    shapes: list[Shape] = []
    for place, head in enumerate(rows):
        shapes += _row(place * _STEP, head, facts.possible.least, facts.possible.most)
    bottom = len(rows) * _STEP
    shapes += _axis(bottom, rows)
    notes = [
        f"{facts.model_type}, {facts.tokens} tokens. Wide and pale: the eigenvalues that the "
        "configuration allows a transition, or each factor of one. Blue: those of transitions on "
        "the text. Orange: real parts of those of products of 2 to 8."
    ]
    return framed("eigenvalues possible and used", shapes, notes)


def _row(y: float, head: HeadFacts, least: float | None, most: float) -> Iterator[Shape]:
    name = f"{head.layer}-{head.head}"
    title = f"layer {head.layer}" + (f", head {head.head}" if head.head else "")
    yield Text((-1.12 * _UNIT, y), title, _LABEL, "right", name=f"title-{name}")
    if least is not None:
        yield _line(y, least, most, SKY, _WIDE, f"possible-{name}")
    first, *others = head.products
    if others:
        low, high = min(p.least for p in others), max(p.greatest for p in others)
        yield _line(y + 2.4, low, high, ORANGE, _THIN, f"products-{name}")
    yield _line(y - 0.6, first.least, first.greatest, BLUE, _MIDDLE, f"used-{name}")


def _line(y: float, low: float, high: float, colour: str, width: float, name: str) -> Curve:
    # A range of one number would be no mark at all.
    least = max(high - low, 0.01)
    return Curve(
        ((low * _UNIT, y), ((low + least) * _UNIT, y)), colour=colour, width=width, name=name
    )


def _axis(bottom: float, rows: Sequence[HeadFacts]) -> Iterator[Shape]:
    ends = [p.radius for head in rows for p in head.products]
    right = max(1.0, *ends) * _UNIT
    yield Curve(((-_UNIT, bottom), (right, bottom)), colour=DARK_GREY, width=0.7)
    for value in (-1, 0, 1):
        yield Curve(
            ((value * _UNIT, -_STEP / 2), (value * _UNIT, bottom)), colour=LIGHT_GREY, width=0.6
        )
        yield Text((value * _UNIT, bottom + 7), str(value), _SMALL, colour=DARK_GREY)
