"""The picture of spectra: what is where, on the shapes and not on an image."""

from __future__ import annotations

import cmath
from dataclasses import dataclass

import pytest
from helpers.effort import examples
from helpers.pictures import named, outside_the_page, text_overlaps
from hypothesis import given
from hypothesis import strategies as st

from monoscan.report.figures import FORMATS, PictureRefused, draw_spectra, render
from monoscan.report.figures.framing import place_of
from monoscan.report.figures.marks import N_MARKS, N_SHAPES, mark
from monoscan.report.figures.scene import BLACK, Circle, Drawing
from monoscan.report.figures.spectra import MAX_HEADS, MAX_PANELS


@dataclass(frozen=True)
class Spectrum:
    layer: int
    head: int
    word: str
    eigenvalues: tuple[complex, ...]


PARITY = [
    Spectrum(1, 1, "0", (1, 1, 0.5)),
    Spectrum(1, 2, "0", (1, 1, 1)),
    Spectrum(1, 1, "1", (1, 1, -1)),
    Spectrum(1, 2, "1", (1, 0.2 + 0.3j, 0.2 - 0.3j)),
]


def unit_circles(drawing: Drawing) -> list[Circle]:
    return [s for s in drawing.shapes if isinstance(s, Circle) and s.name.startswith("unit-circle")]


def marked(drawing: Drawing, head: int) -> list[complex]:
    """Where the marks of a head are, in the plane that each lies in."""
    planes = unit_circles(drawing)
    found = []
    for shape in drawing.shapes:
        if shape.name.startswith(f"mark-{head}-"):
            place = place_of(shape)
            x, y = place.left + place.width / 2, place.top + place.height / 2
            plane = min(planes, key=lambda c: abs(complex(c.center[0] - x, c.center[1] - y)))
            found.append(complex(x - plane.center[0], plane.center[1] - y) / plane.radius)
    return found


def test_a_plane_for_each_word_with_marks_at_the_eigenvalues() -> None:
    drawing = draw_spectra(PARITY, "[-1,1]")
    assert named(drawing, "word-") == ["word-1", "word-2"]
    assert len(unit_circles(drawing)) == 2
    # Two equal eigenvalues share a mark.
    assert [round(z.real, 6) for z in marked(drawing, 1)] == [1, 0.5, 1, -1]
    assert len(marked(drawing, 2)) == 4
    texts = [text.text for text in drawing.texts()]
    assert texts[0] == "layer 1"
    assert {"0", "1", "head 1", "head 2", "range of a factor: [-1,1]"} <= set(texts)
    assert [t.text for t in drawing.texts() if t.name.startswith("count")] == ["5", "3"]


@pytest.mark.parametrize(("region", "low"), [("[0,1]", 0.0), ("[-1,1]", -1.0), ("complex", None)])
def test_the_range_is_drawn(region: str, low: float | None) -> None:
    drawing = draw_spectra(PARITY[:1], region)
    (plane,) = unit_circles(drawing)
    ranges = [place_of(s) for s in drawing.shapes if s.name.startswith("range-")]
    if low is None:
        assert ranges == []
        assert plane.fill != "#ffffff"
    else:
        (place,) = ranges
        assert abs(place.left - plane.center[0] - low * plane.radius) < 1e-6
        assert abs(place.right - plane.center[0] - plane.radius) < 1e-6
        assert plane.fill == "#ffffff"


def test_no_range_is_drawn_where_none_is_known() -> None:
    drawing = draw_spectra(PARITY, None)
    assert not any("range" in shape.name for shape in drawing.shapes)
    assert not any("range" in text.text for text in drawing.texts())


def test_eigenvalues_outside_the_disc_stay_on_the_page() -> None:
    drawing = draw_spectra([Spectrum(1, 1, "a", (3, -2j))], "[0,1]")
    assert outside_the_page(drawing) == []
    assert [abs(z) for z in marked(drawing, 1)] == pytest.approx([3, 2])


@examples(25)
@given(st.integers(1, 3), st.integers(1, MAX_HEADS), st.integers(1, 9), st.integers(0, 2**32))
def test_titles_and_counts_never_overlap(layers: int, heads: int, words: int, seed: int) -> None:
    spectra = [
        Spectrum(i, j, f"word {k}", tuple(cmath.rect(((seed >> j) % 5) / 4, k * n) for n in (0, 1)))
        for i in range(1, layers + 1)
        for j in range(1, heads + 1)
        for k in range(words)
    ]
    drawing = draw_spectra(spectra, "complex")
    assert outside_the_page(drawing) == []
    assert text_overlaps(drawing, "word-") == []
    assert text_overlaps(drawing, "count") == []
    assert len(named(drawing, "word-")) == layers * words
    assert len(named(drawing, "legend-")) == heads + 1
    names = [shape.name for shape in drawing.shapes if shape.name]
    assert len(names) == len(set(names))


def notes(drawing: Drawing) -> str:
    return " ".join(text.text for text in drawing.texts() if text.name.startswith("note-"))


def test_layers_stand_below_each_other_in_order() -> None:
    drawing = draw_spectra([Spectrum(2, 1, "a", (1,)), Spectrum(1, 1, "a", (1,))], "[0,1]")
    places = {text.text: text.at[1] for text in drawing.texts() if text.text.startswith("layer")}
    assert places["layer 1"] < places["layer 2"]
    assert "from the start" in notes(drawing)
    assert "from the start" not in notes(draw_spectra(PARITY, "[0,1]"))


def test_each_mark_differs_in_shape() -> None:
    def shape(number: int) -> tuple[object, ...]:
        parts = mark(number, (0, 0))
        kinds = tuple(type(part).__name__ for part in parts)
        return kinds, tuple(place_of(part) for part in parts), len(getattr(parts[0], "points", ()))

    assert len({shape(number) for number in range(N_MARKS)}) == N_MARKS
    assert all(len(mark(n, (0, 0))) < len(mark(n + N_SHAPES, (0, 0))) for n in range(N_SHAPES))
    with pytest.raises(ValueError, match="there is no mark number 16; expected 0 to 15"):
        mark(N_MARKS, (0, 0))


def test_what_would_not_be_legible_is_refused() -> None:
    many = [Spectrum(1, 1, str(k), (1,)) for k in range(MAX_PANELS + 1)]
    assert len(named(draw_spectra(many[:-1], "[0,1]"), "word-")) == MAX_PANELS
    with pytest.raises(PictureRefused, match=r"61 panels .*legible up to 60: choose shorter words"):
        draw_spectra(many, "[0,1]")
    heads = [Spectrum(1, k, "a", (1,)) for k in range(1, MAX_HEADS + 2)]
    with pytest.raises(PictureRefused, match="17 heads; the picture is legible up to 16"):
        draw_spectra(heads, "[0,1]")


def test_strange_words_are_printed() -> None:
    drawing = draw_spectra([Spectrum(1, 1, "$x_1$ " * 20 + "中", (1,))], "[0,1]")
    (title,) = [text for text in drawing.texts() if text.name.startswith("word-")]
    assert title.text.startswith("$x_1$")
    assert title.text.endswith("…")
    assert title.colour == BLACK


@pytest.mark.parametrize("kind", FORMATS)
def test_two_runs_write_the_same_bytes(kind) -> None:
    first, second = (render(draw_spectra(PARITY, "[-1,1]"), kind) for _ in range(2))
    assert first == second
    assert len(first) > 1000
