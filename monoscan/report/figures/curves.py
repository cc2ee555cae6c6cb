"""Draws learning curves: the loss, the share of right answers and the length of words, by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from monoscan.errors import BadInput
from monoscan.report.figures.fonts import printable, shortened
from monoscan.report.figures.framing import framed
from monoscan.report.figures.marks import COLOURS
from monoscan.report.figures.plot import COLUMN, Axes, legend, ticks
from monoscan.report.figures.scene import Drawing, Rectangle, Shape, Text

MOST_CURVES: Final = 8
_HEIGHT, _LEFT, _TITLE, _GAP = 70.0, 34.0, 8.5, 34.0


class CurvePoint(Protocol):
    """What was seen at a step."""

    @property
    def step(self) -> int:
        """From 1."""
        ...

    @property
    def loss(self) -> float:
        """Mean cross entropy."""
        ...

    @property
    def accuracy(self) -> float:
        """Share of right answers."""
        ...

    @property
    def length(self) -> int:
        """Of the longest words."""
        ...


def draw_curves(runs: Sequence[tuple[str, Sequence[CurvePoint]]], title: str = "") -> Drawing:
    """Draws a panel for loss, accuracy and length, with a line a run.

    Args:
        runs: What each is called, and its curve; those without one are left out. Runs that are
            called alike, such as the seeds of a layer, are drawn alike.
        title: What stands above.

    Raises:
        BadInput: If there is no curve, or there are more names than can be told apart.
        MissingLibrary: If matplotlib is not installed.

    >>> from types import SimpleNamespace
    >>> curve = [SimpleNamespace(step=s, loss=1 / s, accuracy=0.5, length=4) for s in (1, 2)]
    >>> draw_curves([("seed 0", curve)]).width < 260
    True
    """
    known = [(name, curve) for name, curve in runs if curve]
    if not known:
        raise BadInput(
            "none of these runs has a learning curve; runs of earlier versions have none: delete "
            "their folders, and the next sweep trains them anew"
        )
    names = list(dict.fromkeys(name for name, _ in known))
    if len(names) > MOST_CURVES:
        raise BadInput(
            f"learning curves of {len(names)} kinds of networks cannot be told apart; expected at "
            f"most {MOST_CURVES}: choose with --language"
        )
    steps = max(curve[-1].step for _, curve in known)
    loss = max(point.loss for _, curve in known for point in curve)
    length = max(point.length for _, curve in known for point in curve)
    shapes: list[Shape] = []
    if title:
        shown = shortened(printable(title), _TITLE, COLUMN - 20)
        shapes.append(Text((COLUMN / 2, 2), shown, _TITLE, bold=True, name="title"))
    panels = (
        ("loss", "loss (nats an answer)", loss),
        ("accuracy", "share of right answers", 1.0),
        ("length", "length of words", float(length)),
    )
    top = 20.0
    for attribute, words, most in panels:
        axes = Axes(Rectangle(_LEFT, top, COLUMN - _LEFT - 20, _HEIGHT), (0, steps), (0, most or 1))
        name = "step" if attribute == "length" else ""
        shapes += axes.frame(name, words, ticks(0, steps), ticks(0, most or 1, 3))
        shapes += _lines(axes, known, attribute)
        top += _HEIGHT + _GAP
    entries = [
        (printable(name), COLOURS[n % len(COLOURS)], n >= len(COLOURS) - 3)
        for n, name in enumerate(names)
    ]
    shapes += legend(entries, _LEFT, top)
    return framed(title or "learning curves", shapes)


def _lines(
    axes: Axes, runs: Sequence[tuple[str, Sequence[CurvePoint]]], attribute: str
) -> Iterator[Shape]:
    names = list(dict.fromkeys(name for name, _ in runs))
    for place, (called, curve) in enumerate(runs):
        number = names.index(called)
        points = [(point.step, float(getattr(point, attribute))) for point in curve]
        # The first five colours differ; after them they come again, and the lines are dashed.
        dashed = number >= len(COLOURS) - 3
        name = f"{attribute}-{place}"
        yield from axes.line(points, COLOURS[number % len(COLOURS)], 1.0, dashed=dashed, name=name)
