"""Draws learning curves of a linear state-space model beside their closed form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from monoscan.report.figures.framing import framed
from monoscan.report.figures.marks import COLOURS
from monoscan.report.figures.plot import COLUMN, Axes, legend, ticks
from monoscan.report.figures.scene import Drawing, Rectangle, Shape

_LEFT, _ABOVE, _HEIGHT = 34.0, 10.0, 150.0
_POINTS: Final = 60  # of a line


class Curve(Protocol):
    """A learning curve and its closed form, at the same times."""

    @property
    def n_states(self) -> int:
        """Of the model."""
        ...

    @property
    def rate(self) -> float:
        """Time of a step."""
        ...

    @property
    def descent(self) -> Sequence[float]:
        """By gradient descent."""
        ...

    @property
    def closed(self) -> Sequence[float]:
        """By the closed form."""
        ...


def draw_dynamics(curves: Sequence[Curve]) -> Drawing:
    """Draws for each curve the descent and, dashed in black over it, the closed form.

    Args:
        curves: at least one.

    Raises:
        MissingLibrary: If matplotlib is not installed.
    """
    most = max(max((*curve.descent, *curve.closed)) for curve in curves)
    time = max(curve.rate * (len(curve.descent) - 1) for curve in curves)
    axes = Axes(Rectangle(_LEFT, _ABOVE, COLUMN - _LEFT - 20, _HEIGHT), (0, time), (0, most))
    names = "time (steps times rate)", "strength u of what was learned"
    shapes: list[Shape] = [*axes.frame(*names, ticks(0, time), ticks(0, most, 4))]
    entries = []
    for number, curve in enumerate(curves):
        every = max(1, len(curve.descent) // _POINTS)
        colour = COLOURS[(number + 1) % len(COLOURS)]
        for values, kind in ((curve.descent, "descent"), (curve.closed, "closed")):
            points = [(curve.rate * n, values[n]) for n in range(0, len(values), every)]
            is_closed = kind == "closed"
            shapes += axes.line(
                points, COLOURS[0] if is_closed else colour, 0.8 if is_closed else 2.4,
                dashed=is_closed, name=f"{kind}-{number}",
            )  # fmt: skip
        states = "1 state" if curve.n_states == 1 else f"{curve.n_states} states"
        entries.append((f"gradient descent, {states}", colour, False))
    entries.append(("closed form", COLOURS[0], True))
    shapes += legend(entries, _LEFT, _ABOVE + _HEIGHT + 36)
    return framed("learning curves of a linear state-space model", shapes)
