"""Draws how right trained networks are at each length: random words, and the worst known ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, final

from monoscan.errors import BadInput
from monoscan.report.figures.fonts import printable, shortened
from monoscan.report.figures.framing import framed
from monoscan.report.figures.plot import COLUMN, Axes, legend
from monoscan.report.figures.scene import BLUE, DARK_GREY, Curve, Drawing, Rectangle, Shape, Text

RANDOM: Final = BLUE
WORST: Final = "#d55e00"
_HEIGHT, _LEFT, _TITLE = 112.0, 30.0, 8.5
_PALE: Final = 0.5


@final
@dataclass(frozen=True)
class MeasuredRun:
    """What is drawn of one seed.

    Attributes:
        shares: For each length the share of random words without an error.
        failing: Length of the shortest failing word that was found; None: none was.
        searched_to: Up to which length it was searched; 0: not at all.
        trained_to: The greatest length of training.
    """

    shares: tuple[tuple[int, float], ...]
    failing: int | None
    searched_to: int
    trained_to: int


def draw_lengths(runs: Sequence[MeasuredRun], title: str = "") -> Drawing:
    """Draws one picture of all seeds: a thin line each, and the median as a thick one.

    Args:
        runs: At least one that was measured.
        title: What stands above.

    Raises:
        BadInput: If none was measured.
        MissingLibrary: If matplotlib is not installed.

    >>> run = MeasuredRun(((40, 1.0), (160, 0.5)), 27, 640, 40)
    >>> [text.text for text in draw_lengths([run], "s3").texts()][-4:-2]
    ['random words, median of 1 seed', 'without a failing word so far, of 1 seed']
    """
    measured = [run for run in runs if run.shares]
    if not measured:
        raise BadInput("no run was trained to its end, so that there is nothing to draw")
    lengths = sorted({length for run in measured for length, _ in run.shares})
    searched = [run for run in measured if run.searched_to]
    most = max([*lengths, *(run.searched_to for run in searched)])
    least = max(1, min([lengths[0], *(run.failing or most for run in searched)]))
    axes = Axes(
        Rectangle(_LEFT, 20, COLUMN - _LEFT - 20, _HEIGHT),
        (least, max(most, least + 1)),
        (0, 1),
        is_log=True,
    )
    shapes: list[Shape] = []
    if title:
        shown = shortened(printable(title), _TITLE, COLUMN - 20)
        shapes.append(Text((COLUMN / 2, 2), shown, _TITLE, bold=True, name="title"))
    shapes += axes.frame(
        "length of words (logarithmic)", "share that is right", _powers(least, most), (0, 0.5, 1)
    )
    shapes += _training(axes, measured)
    shapes += _random(axes, measured, lengths)
    shapes += _worst(axes, searched, least)
    seeds = f"{len(measured)} seed{'s' * (len(measured) > 1)}"
    entries = [(f"random words, median of {seeds}", RANDOM, False)]
    if searched:
        entries.append((f"without a failing word so far, of {seeds}", WORST, True))
    shapes += legend(entries, _LEFT, axes.place.bottom + 32)
    notes = ["Dashed upright line: the greatest length of training.", "Failing words: those found."]
    return framed(title or "accuracy by length", shapes, notes)


def _powers(least: float, most: float) -> list[float]:
    found, value = [float(least)], 1
    while value <= most:
        found += [float(value)] if value > least else []
        value *= 2
    return [*found, float(most)] if found[-1] < most else found


def _training(axes: Axes, runs: Sequence[MeasuredRun]) -> Iterator[Shape]:
    trained = max(run.trained_to for run in runs)
    if axes.x[0] <= trained <= axes.x[1]:
        ends = axes.at(trained, 0), axes.at(trained, 1)
        yield Curve(ends, colour=DARK_GREY, width=0.8, dashed=True, name="training")


def _random(axes: Axes, runs: Sequence[MeasuredRun], lengths: Sequence[int]) -> Iterator[Shape]:
    if len(runs) > 1:
        for number, run in enumerate(runs):
            yield from axes.line(run.shares, RANDOM, _PALE, name=f"random-{number}")
    middle = [
        (length, median(share for run in runs for at, share in run.shares if at == length))
        for length in lengths
    ]
    yield from axes.line(middle, RANDOM, 1.8, name="random-median")


def _worst(axes: Axes, runs: Sequence[MeasuredRun], least: float) -> Iterator[Shape]:
    """The share of seeds without a failing word of up to a length, as stairs."""
    if not runs:
        return
    end = min(run.searched_to for run in runs)
    falls = sorted(run.failing for run in runs if run.failing is not None and run.failing <= end)
    points: list[tuple[float, float]] = [(least, 1.0)]
    for number, length in enumerate(falls, 1):
        points += [(length, points[-1][1]), (length, 1 - number / len(runs))]
    points.append((end, points[-1][1]))
    yield from axes.line(points, WORST, 1.8, dashed=True, name="worst")
