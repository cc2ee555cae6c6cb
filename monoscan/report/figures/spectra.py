"""Draws eigenvalues of learned transitions in the complex plane: a panel a layer and word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, final

from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.fonts import printable, shortened, text_place, text_width
from monoscan.report.figures.framing import framed
from monoscan.report.figures.marks import N_MARKS, mark
from monoscan.report.figures.scene import (
    DARK_GREY,
    LIGHT_GREY,
    SKY,
    WHITE,
    Circle,
    Curve,
    Drawing,
    Point,
    Rectangle,
    Shape,
    Text,
)

MAX_PANELS: Final = 60
MAX_HEADS: Final = N_MARKS

_PANEL, _GAP, _COLUMNS = 132.0, 14.0, 6
_TITLE_HEIGHT, _HEADING_HEIGHT, _LEGEND_HEIGHT = 14.0, 20.0, 16.0
_TITLE, _HEADING, _SMALL = 9.0, 10.0, 6.5
_RANGE_WIDTH = 5.0
_DISC: Final = "#e8f3fb"  # paler than the line of a real range: it lies under many marks
_SAME_PLACE = 1.5  # points between marks that cannot be told apart in print
_ENDS = {"[0,1]": 0.0, "[-1,1]": -1.0}


class Spectrum(Protocol):
    """What is drawn: the eigenvalues of one word in one head of one layer, counted from 1."""

    @property
    def layer(self) -> int:
        """The layer, from 1."""
        ...

    @property
    def head(self) -> int:
        """The head, from 1."""
        ...

    @property
    def word(self) -> str:
        """The word as text."""
        ...

    @property
    def eigenvalues(self) -> Sequence[complex]:
        """The eigenvalues with their multiplicities."""
        ...


@final
@dataclass(frozen=True)
class _Panel:
    """One complex plane: its number, its middle on the page, and how many points a unit is."""

    number: int
    middle: Point
    unit: float

    def place(self, value: complex) -> Point:
        return self.middle[0] + self.unit * value.real, self.middle[1] - self.unit * value.imag


def draw_spectra(spectra: Sequence[Spectrum], region: str | None) -> Drawing:
    """Draws a panel for each layer and word, with a mark for each head.

    Args:
        spectra: At least one; any order.
        region: The range of the eigenvalues of a factor: ``[0,1]``, ``[-1,1]`` or ``complex``;
            None: nothing is known of it, and nothing is drawn.

    Raises:
        PictureRefused: If there are more panels or heads than are legible.
        MissingLibrary: If matplotlib is not installed.

    >>> from types import SimpleNamespace
    >>> flip = SimpleNamespace(layer=1, head=1, word="1", eigenvalues=(1, -1))
    >>> [text.text for text in draw_spectra([flip], "[-1,1]").texts()][:2]
    ['layer 1', '1']
    """
    panels: dict[tuple[int, str], list[Spectrum]] = {}
    for spectrum in sorted(spectra, key=lambda spectrum: (spectrum.layer, spectrum.head)):
        panels.setdefault((spectrum.layer, spectrum.word), []).append(spectrum)
    heads = sorted({spectrum.head for spectrum in spectra})
    _check_legible(len(panels), len(heads))
    largest = max((abs(value) for s in spectra for value in s.eigenvalues), default=1.0)
    unit = (_PANEL / 2 - 9) / max(1.0, largest)
    shapes: list[Shape] = []
    top, number = 0.0, 1
    for layer in sorted({layer for layer, _ in panels}):
        shapes.append(Text((0, top + 7), f"layer {layer}", _HEADING, "left", bold=True))
        top += _HEADING_HEIGHT
        words = [word for of_layer, word in panels if of_layer == layer]
        for index, word in enumerate(words):
            row, column = divmod(index, _COLUMNS)
            corner = column * (_PANEL + _GAP), top + row * (_PANEL + _TITLE_HEIGHT + _GAP)
            shapes += _panel(number, corner, unit, region, panels[layer, word])
            number += 1
        top += -(-len(words) // _COLUMNS) * (_PANEL + _TITLE_HEIGHT + _GAP)
    shapes += _legend(top, heads, region)
    return framed("eigenvalues of transitions", shapes, _notes(spectra))


def _check_legible(n_panels: int, n_heads: int) -> None:
    if n_panels > MAX_PANELS:
        raise PictureRefused(
            "panels (a layer and word each)", n_panels, MAX_PANELS, "choose shorter words"
        )
    if n_heads > MAX_HEADS:
        raise PictureRefused("heads", n_heads, MAX_HEADS, "read the numbers with --json")


def _panel(
    number: int, corner: Point, unit: float, region: str | None, spectra: Sequence[Spectrum]
) -> Iterator[Shape]:
    left, top = corner
    panel = _Panel(number, (left + _PANEL / 2, top + _TITLE_HEIGHT + _PANEL / 2), unit)
    title = shortened(printable(spectra[0].word), _TITLE, _PANEL)
    yield Text((panel.middle[0], top + 5), title, _TITLE, bold=True, name=f"word-{number}")
    yield from _plane(panel, region)
    for spectrum in spectra:
        for index, (value, _) in enumerate(_gathered(panel, spectrum.eigenvalues)):
            name = f"mark-{spectrum.head}-{number}-{index}"
            yield from mark(spectrum.head - 1, panel.place(value), name)
    yield from _counts(panel, [value for s in spectra for value in s.eigenvalues])


def _plane(panel: _Panel, region: str | None) -> Iterator[Shape]:
    """The range, the unit circle, and the axes."""
    (x, y), half = panel.middle, _PANEL / 2
    fill = _DISC if region == "complex" else WHITE
    yield Circle(panel.middle, panel.unit, fill, DARK_GREY, 0.7, name=f"unit-circle-{panel.number}")
    yield Curve(((x - half, y), (x + half, y)), colour=LIGHT_GREY, width=0.6)
    yield Curve(((x, y - half), (x, y + half)), colour=LIGHT_GREY, width=0.6)
    if region is not None and region in _ENDS:
        ends = panel.place(_ENDS[region]), panel.place(1)
        yield Curve(ends, colour=SKY, width=_RANGE_WIDTH, name=f"range-{panel.number}")
    for text, value, dx, dy in (("1", 1, 7, 8), ("-1", -1, -7, 8), ("i", 1j, 5, -4)):
        place = panel.place(value)
        yield Text((place[0] + dx, place[1] + dy), text, _SMALL, colour=DARK_GREY)


def _gathered(panel: _Panel, values: Sequence[complex]) -> list[tuple[complex, int]]:
    """The values that differ in print, with the number of those that each stands for."""
    found: list[tuple[complex, int]] = []
    for value in values:
        for index, (other, count) in enumerate(found):
            if abs(value - other) * panel.unit < _SAME_PLACE:
                found[index] = other, count + 1
                break
        else:
            found.append((value, 1))
    return found


def _counts(panel: _Panel, values: Sequence[complex]) -> Iterator[Shape]:
    """How many eigenvalues are at a place, where it is more than one and there is room."""
    taken: list[Rectangle] = []
    for value, count in sorted(_gathered(panel, values), key=lambda found: -found[1]):
        x, y = panel.place(value)
        name = f"count-{panel.number}-{len(taken)}"
        text = Text((x, y - 11), str(count), _SMALL, colour=DARK_GREY, name=name)
        place = text_place(text)
        if count > 1 and not any(place.overlaps(other) for other in taken):
            taken.append(place)
            yield text


def _legend(top: float, heads: Sequence[int], region: str | None) -> Iterator[Shape]:
    """What marks and colours stand for, in lines of a width that many panels have anyway."""
    left, y = 6.0, top + 4
    entries = [f"head {head}" for head in heads]
    for head, entry in zip(heads, entries, strict=True):
        if left + text_width(entry, _TITLE) > _COLUMNS * (_PANEL + _GAP):
            left, y = 6.0, y + _LEGEND_HEIGHT
        yield from mark(head - 1, (left, y), f"legend-{head}")
        yield Text((left + 9, y), entry, _TITLE, "left")
        left += text_width(entry, _TITLE) + 26
    if region is None:
        return
    y += _LEGEND_HEIGHT
    is_disc = region == "complex"
    colour, words = (_DISC, "the unit disc") if is_disc else (SKY, region)
    yield Curve(((0, y), (14, y)), colour=colour, width=_RANGE_WIDTH, name="legend-range")
    yield Text((20, y), f"range of a factor: {words}", _TITLE, "left")


def _notes(spectra: Sequence[Spectrum]) -> list[str]:
    notes = ["A number says how many eigenvalues of all heads are at one place, if there is room."]
    if any(spectrum.layer > 1 for spectrum in spectra):
        notes.append("Above layer 1 transitions depend on the letters before: from the start.")
    return notes
