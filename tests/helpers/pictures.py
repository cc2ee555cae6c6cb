"""What is asked of every picture, on the shapes and not on an image."""

from __future__ import annotations

from itertools import combinations

from monoscan.report.figures.fonts import text_place
from monoscan.report.figures.framing import place_of
from monoscan.report.figures.scene import Box, Circle, Drawing, Text


def text_overlaps(drawing: Drawing, prefix: str = "") -> list[tuple[str, str]]:
    """The pairs of texts that overlap, of those whose names have a prefix."""
    texts = [text for text in drawing.texts() if text.name.startswith(prefix)]
    places = [text_place(text) for text in texts]
    return [
        (texts[i].text, texts[j].text)
        for i, j in combinations(range(len(texts)), 2)
        if places[i].overlaps(places[j])
    ]


def named(drawing: Drawing, prefix: str) -> list[str]:
    """The names of shapes that begin with a prefix."""
    return [shape.name for shape in drawing.shapes if shape.name.startswith(prefix)]


def circles(drawing: Drawing) -> dict[int, Circle]:
    """The circle of each state."""
    return {
        int(shape.name.removeprefix("state-")): shape
        for shape in drawing.shapes
        if isinstance(shape, Circle) and shape.name
    }


def boxes(drawing: Drawing, prefix: str) -> list[Box]:
    """The boxes whose names begin with a prefix."""
    return [s for s in drawing.shapes if isinstance(s, Box) and s.name.startswith(prefix)]


def outside_the_page(drawing: Drawing) -> list[str]:
    """The names of shapes that are not wholly on the page."""
    slack = 0.02
    return [
        shape.name or (shape.text if isinstance(shape, Text) else "?")
        for shape in drawing.shapes
        for place in [place_of(shape)]
        if place.left < -slack
        or place.top < -slack
        or place.right > drawing.width + slack
        or place.bottom > drawing.height + slack
    ]
