"""Draws certified horizons against the bits of the number format, a line a construction."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10
from typing import Final

from monoscan.errors import BadInput
from monoscan.report.figures.fonts import printable
from monoscan.report.figures.framing import framed
from monoscan.report.figures.marks import COLOURS
from monoscan.report.figures.plot import COLUMN, Axes, legend, ticks
from monoscan.report.figures.scene import Drawing, Rectangle, Shape

_TOP: Final = 8
_LEFT, _ABOVE, _HEIGHT = 34.0, 10.0, 150.0


def draw_horizons(lines: Sequence[tuple[str, Sequence[tuple[int, int | None]]]]) -> Drawing:
    """Draws how the length of words that are certainly right grows with the precision.

    Args:
        lines: what each construction is called, and for each number of bits the length, None for
            all lengths; a length above 10^8 is drawn as 10^8, and so are all lengths.

    Raises:
        BadInput: If there is no line, or there are more than can be told apart.
        MissingLibrary: If matplotlib is not installed.

    >>> draw_horizons([("mod 5", [(8, 41), (11, 500), (12, None)])]).width < 260
    True
    """
    if not 1 <= len(lines) <= len(COLOURS):
        raise BadInput(f"{len(lines)} lines; expected 1 to {len(COLOURS)} that can be told apart")
    bits = [point[0] for _, points in lines for point in points]
    edges = float(min(bits)), float(max(bits))
    axes = Axes(Rectangle(_LEFT, _ABOVE, COLUMN - _LEFT - 20, _HEIGHT), edges, (0, _TOP))
    across = "bits of precision"
    up = f"letters certainly right, as a power of ten ({_TOP}: more, or all)"
    shapes: list[Shape] = [*axes.frame(across, up, ticks(*edges), ticks(0, _TOP))]
    for number, (_, points) in enumerate(lines):
        drawn = [(float(x), _height(length)) for x, length in points]
        shapes += axes.line(drawn, COLOURS[number], 1.0, name=f"horizon-{number}")
    entries = [(printable(name), COLOURS[n], False) for n, (name, _) in enumerate(lines)]
    shapes += legend(entries, _LEFT, _ABOVE + _HEIGHT + 34)
    return framed("horizons against bits", shapes)


def _height(length: int | None) -> float:
    return float(_TOP) if length is None else min(float(_TOP), log10(max(1, length)))
