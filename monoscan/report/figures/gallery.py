"""Draws automata side by side, each under the name of its language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from monoscan.automata import Automaton
from monoscan.errors import BadInput
from monoscan.report.figures.automaton import draw_automaton
from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.fonts import printable, text_width
from monoscan.report.figures.framing import framed, moved, scaled
from monoscan.report.figures.scene import Drawing, Shape, Text

MOST_PICTURES: Final = 60
_PAGE: Final = 480.0  # points: both columns of a page
_GAP, _TITLE, _TITLE_HEIGHT, _SCALE = 8.0, 7.0, 8.0, 0.65


def draw_gallery(languages: Sequence[tuple[str, Automaton]], most_states: int = 8) -> Drawing:
    """Draws the automata in rows that are as wide as a page, low ones first.

    What is too large is named below.

    Args:
        languages: What each is called, and its automaton.
        most_states: Automata with more states are left out.

    Raises:
        BadInput: If nothing is left to draw.
        PictureRefused: If there are more automata than are legible.
        MissingLibrary: If matplotlib is not installed.

    >>> from monoscan.automata import get_language
    >>> named = [(name, get_language(name).build()) for name in ("parity", "aa-star")]
    >>> [text.text for text in draw_gallery(named).texts() if text.name.startswith("title")]
    ['aa-star', 'parity']
    """
    pictures: list[tuple[str, Drawing]] = []
    left_out = []
    for name, automaton in languages:
        try:
            if automaton.n_states > most_states:
                raise PictureRefused("states", automaton.n_states, most_states, "leave it out")
            pictures.append((name, _small(draw_automaton(automaton))))
        except PictureRefused:
            left_out.append(name)
    if not pictures:
        raise BadInput(f"no automaton has at most {most_states} states; name smaller languages")
    if len(pictures) > MOST_PICTURES:
        raise PictureRefused("automata", len(pictures), MOST_PICTURES, "choose some")
    pictures.sort(key=lambda pair: pair[1].height)
    shapes: list[Shape] = []
    x = y = height = 0.0
    for number, (name, drawing) in enumerate(pictures):
        title = printable(name)
        width = max(drawing.width, text_width(title, _TITLE, bold=True))
        if x and x + width > _PAGE:
            x, y, height = 0.0, y + height + _GAP, 0.0
        shapes.append(Text((x, y), title, _TITLE, "left", bold=True, name=f"title-{number}"))
        shapes += [moved(shape, x, y + _TITLE_HEIGHT) for shape in drawing.shapes]
        x, height = x + width + _GAP, max(height, drawing.height + _TITLE_HEIGHT)
    notes = [
        "Of many letters those are drawn that generate the others, and of many arrows into a state "
        "that is never left none: monoscan analyze --language NAME says which."
    ]
    notes += [f"Left out, for they are too large: {', '.join(left_out)}."] if left_out else []
    return framed("automata", shapes, notes)


def _small(drawing: Drawing) -> Drawing:
    """The picture without the notes below it, smaller."""
    kept = [s for s in drawing.shapes if not s.name.startswith("note-")]
    return framed(drawing.title, [scaled(shape, _SCALE) for shape in kept])
