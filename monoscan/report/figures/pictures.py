"""The three pictures of an analysed language, written one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import final

from monoscan.automata.analysis import Analysis
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import TransitionMonoid
from monoscan.errors import BadValue
from monoscan.report.figures.automaton import draw_automaton
from monoscan.report.figures.canvas import FORMATS, Format, write_drawing
from monoscan.report.figures.cascade import draw_cascade
from monoscan.report.figures.egg_box import draw_egg_box
from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.scene import Drawing

DEFAULT_FORMATS: tuple[Format, ...] = ("svg", "pdf")


@final
@dataclass(frozen=True)
class Picture:
    """What became of a picture.

    Attributes:
        name: "automaton", "egg-box" or "cascade".
        files: The files that were written.
        skipped: Why there are none, or None.
    """

    name: str
    files: tuple[Path, ...]
    skipped: str | None = None


def parse_formats(text: str) -> tuple[Format, ...]:
    """Reads formats separated by commas, such as ``svg,png``.

    Raises:
        BadValue: If one is not known, or there is none.

    >>> parse_formats("svg,png")
    ('svg', 'png')
    """
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in FORMATS:
            known = ", ".join(FORMATS)
            raise BadValue("figure_formats", text, f"some of {known}, separated by commas")
    return tuple(known for known in FORMATS if known in names)


def write_pictures(
    analysis: Analysis,
    folder: Path,
    budget: int,
    formats: Sequence[Format] = DEFAULT_FORMATS,
    progress: Callable[[str], None] = lambda text: None,
) -> Iterator[Picture]:
    """Writes the automaton, the egg-box diagram and the cascade of a language.

    All of them are of the minimal automaton. A picture that would not be legible is skipped, and
    so is one of something that reached its budget.

    Args:
        analysis: The analysed language.
        folder: Where to write; the files are named ``automaton.svg`` and so on.
        budget: The budget of the analysis, for the elements of the monoid.
        formats: The formats to write.
        progress: Called with what is being drawn.

    Yields:
        One picture after the other, as soon as it is written or skipped.

    Raises:
        MissingLibrary: If matplotlib is not installed.
        OSError: If a file cannot be written.

    >>> from tempfile import TemporaryDirectory
    >>> from monoscan.automata import get_language
    >>> from monoscan.automata.analysis import analyze
    >>> parity = analyze(get_language("parity").build())
    >>> with TemporaryDirectory() as folder:
    ...     [picture.name for picture in write_pictures(parity, Path(folder), 100, ["svg"])]
    ['automaton', 'egg-box', 'cascade']
    """
    draw: dict[str, Callable[[], Drawing]] = {
        "automaton": lambda: draw_automaton(analysis.minimal),
        "egg-box": lambda: _egg_box(analysis, budget),
        "cascade": lambda: _cascade(analysis),
    }
    for name, make in draw.items():
        progress(f"drawing the {name}")
        try:
            drawing = make()
        except _NotComputed as reason:
            yield Picture(name, (), str(reason))
        except PictureRefused as refusal:
            yield Picture(name, (), str(refusal))
        else:
            yield Picture(name, write_drawing(drawing, folder / name, formats))


class _NotComputed(Exception):
    """There is nothing to draw, because a budget was reached."""


def _egg_box(analysis: Analysis, budget: int) -> Drawing:
    if analysis.monoid is None:
        raise _NotComputed("the monoid has more elements than the budget; raise the budget")
    return draw_egg_box(GreensRelations(TransitionMonoid(analysis.minimal, budget)))


def _cascade(analysis: Analysis) -> Drawing:
    if analysis.cascade is None:
        raise _NotComputed("the cascade reached the budget; raise the budget")
    return draw_cascade(analysis.cascade)
