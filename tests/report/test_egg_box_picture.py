"""The egg-box diagram shows the classes of a monoid, and the J-order between them."""

from __future__ import annotations

import pytest
from helpers.effort import examples
from helpers.pictures import boxes, outside_the_page, text_overlaps
from hypothesis import given

from monoscan.automata import Automaton, get_language, minimize
from monoscan.automata.greens import GreensRelations
from monoscan.automata.monoid import TransitionMonoid
from monoscan.report.figures import PictureRefused, draw_egg_box
from monoscan.report.figures.egg_box import MAX_D_CLASSES
from monoscan.report.figures.framing import place_of
from monoscan.report.figures.j_order import j_order
from monoscan.report.figures.scene import Cells, Curve, Drawing, Rectangle
from monoscan.strategies.automata import automata

SHOWN = (
    "parity",
    "tomita-3",
    "ab-star",
    "s4",
    "s5",
    "z60",
    "dyck-2-3",
    "random-8-2-1",
    "modular-arithmetic-5",
    "cerny-7",
    "a-to-e-plus",
)


def greens_of(language: str) -> GreensRelations:
    return GreensRelations(TransitionMonoid(minimize(get_language(language).build())))


def group_cells(drawing: Drawing, d_class: int) -> Cells:
    (found,) = [s for s in drawing.shapes if s.name == f"groups-{d_class}"]
    assert isinstance(found, Cells)
    return found


def places(drawing: Drawing, count: int) -> list[Rectangle]:
    found = {box.name: place_of(box) for box in boxes(drawing, "d-class-")}
    return [found[f"d-class-{number}"] for number in range(count)]


@pytest.mark.parametrize("language", SHOWN)
def test_zoo(language: str) -> None:
    greens = greens_of(language)
    drawing = draw_egg_box(greens)
    count = greens.n_classes["D"]
    assert len(boxes(drawing, "d-class-")) == count
    drawn = sum(len(group_cells(drawing, d).chosen) for d in greens.regular_d_classes)
    assert drawn == len(greens.idempotents)
    assert text_overlaps(drawing) == []
    assert outside_the_page(drawing) == []
    found = places(drawing, count)
    assert not any(found[i].overlaps(found[j]) for i in range(count) for j in range(i))


@pytest.mark.parametrize("language", SHOWN)
def test_lower_classes_are_drawn_lower(language: str) -> None:
    greens = greens_of(language)
    found = places(draw_egg_box(greens), greens.n_classes["D"])
    for upper, lower in j_order(greens).covers:
        assert found[upper].bottom < found[lower].top


@given(automata(max_states=4))
@examples(40)
def test_the_order_is_that_of_two_sided_ideals(automaton: Automaton) -> None:
    greens = GreensRelations(TransitionMonoid(automaton))
    monoid, classes = greens.monoid, greens.d_classes.tolist()
    everything = range(len(monoid))
    # The classes below each class, from the definition: all u x v for one x of the class.
    below: dict[int, set[int]] = {}
    for x in everything:
        if classes[x] not in below:
            left = set(monoid.products(list(everything), x).tolist())
            products = {y for z in left for y in monoid.products(z, list(everything)).tolist()}
            below[classes[x]] = {classes[y] for y in products} - {classes[x]}
    order = j_order(greens)
    reached = {number: set() for number in below}
    for upper, lower in sorted(order.covers, key=lambda pair: -order.depths[pair[0]]):
        reached[upper] |= {lower} | reached[lower]
    assert reached == below
    for upper, lower in order.covers:
        assert not any(lower in below[middle] for middle in below[upper])


def test_words_stars_and_groups() -> None:
    texts = [text.text for text in draw_egg_box(greens_of("tomita-3")).texts()]
    assert texts[:3] == ["1 element", "ε ★", "2 elements"]
    assert texts.count("Z2") == 2
    assert {"16 elements", "010 ★", "0100", "0101 ★"} <= set(texts)


def test_groups_of_large_boxes_are_named_in_the_title() -> None:
    greens = greens_of("cerny-7")
    texts = [text.text for text in draw_egg_box(greens).texts()]
    assert "4900 elements, groups Z4" in texts
    # Boxes with 7 columns have stars, larger ones shades only, the identity a word and a star.
    starred = (greens.d_classes[greens.idempotents] == 1) | (
        greens.d_classes[greens.idempotents] == 6
    )
    assert texts.count("★") == starred.sum()
    assert any("groups are shaded and have no star" in text for text in texts)


def test_a_huge_class_is_described(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monoscan.report.figures.egg_box.MAX_SIDE_WITH_CELLS", 20)
    texts = [text.text for text in draw_egg_box(greens_of("cerny-7")).texts()]
    assert {"35 × 35 H-classes", "of 4 elements", "Z4"} <= set(texts)


def test_trivial_groups_are_lighter_than_others() -> None:
    drawing = draw_egg_box(greens_of("tomita-3"))
    assert group_cells(drawing, 0).fill != group_cells(drawing, 1).fill


@pytest.mark.parametrize("language", SHOWN)
def test_lines_pass_no_box(language: str) -> None:
    greens = greens_of(language)
    drawing = draw_egg_box(greens)
    found = places(drawing, greens.n_classes["D"])
    lines = [s for s in drawing.shapes if isinstance(s, Curve)]
    assert {line.name for line in lines} == {f"order-{x}-{y}" for x, y in j_order(greens).covers}
    for line in lines:
        assert [number for number, box in enumerate(found) if hits(line, box)] == []


def hits(line: Curve, box: Rectangle) -> bool:
    """Whether a straight line comes into the inner part of a box, at one of many points."""
    (ax, ay), (bx, by) = line.points
    points = [(ax + (bx - ax) * k / 200, ay + (by - ay) * k / 200) for k in range(201)]
    slack = 0.01
    return any(
        box.left + slack < x < box.right - slack and box.top + slack < y < box.bottom - slack
        for x, y in points
    )


def test_a_line_through_a_box_is_noticed() -> None:
    assert hits(Curve(((0, 0), (10, 10))), Rectangle(4, 4, 2, 2))
    assert not hits(Curve(((0, 0), (10, 0))), Rectangle(4, 4, 2, 2))


def test_too_many_classes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monoscan.report.figures.egg_box.MAX_D_CLASSES", 16)
    with pytest.raises(PictureRefused, match="17 D-classes; the picture is legible up to 16: draw"):
        draw_egg_box(greens_of("a-to-e-plus"))
    assert MAX_D_CLASSES == 64
