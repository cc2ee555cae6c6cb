"""The picture of a cascade shows its levels, what each of them sees, and what letters do."""

from __future__ import annotations

from itertools import combinations

import pytest
from helpers.effort import examples
from helpers.pictures import boxes, named, outside_the_page, text_overlaps
from hypothesis import given

from monoscan.automata import Automaton, get_language, minimize
from monoscan.automata.cascade import Cascade, Level, holonomy_cascade
from monoscan.report.figures import PictureRefused, draw_cascade
from monoscan.report.figures.cascade import MAX_LEVELS
from monoscan.report.figures.wiring import letters_by_kind, level_group, levels_seen
from monoscan.strategies.automata import automata

SHOWN = ("parity", "tomita-3", "cerny-7", "s4", "s5", "z60", "random-8-2-1", "dyck-2-3")


def of(language: str) -> Cascade:
    return holonomy_cascade(minimize(get_language(language).build()))


def determines(level: Level, numbers: tuple[int, ...]) -> bool:
    """Whether equal states of some levels above always mean equal actions, pair by pair."""
    return all(
        first == second
        for (x, first), (y, second) in combinations(level.actions.items(), 2)
        if all(x[number] == y[number] for number in numbers)
    )


@pytest.mark.parametrize("language", SHOWN)
def test_zoo(language: str) -> None:
    cascade = of(language)
    drawing = draw_cascade(cascade)
    assert len(boxes(drawing, "level-")) == len(cascade.levels)
    assert len(named(drawing, "letter-")) == len(cascade.levels)
    assert text_overlaps(drawing) == []
    assert outside_the_page(drawing) == []
    wires = {f"wire-{i}-{j}" for j, level in enumerate(cascade.levels) for i in levels_seen(level)}
    assert set(named(drawing, "wire-")) == wires | {"wire-covering"}
    tops = [box.place.top for box in boxes(drawing, "level-")]
    assert tops == sorted(set(tops))


@given(automata(max_states=5))
@examples(40)
def test_the_levels_seen_suffice_and_none_is_spare(automaton: Automaton) -> None:
    for level in holonomy_cascade(automaton).levels:
        seen = levels_seen(level)
        assert determines(level, seen)
        for number in seen:
            assert not determines(level, tuple(n for n in seen if n != number))


@given(automata(max_states=5))
@examples(40)
def test_the_kinds_of_letters(automaton: Automaton) -> None:
    for level in holonomy_cascade(automaton).levels:
        kinds = letters_by_kind(level)
        assert set().union(*kinds.values()) == set(range(len(automaton.alphabet)))
        assert (kinds["permute"] == ()) == (level.kind == "reset")


def test_the_names_of_groups() -> None:
    assert [level_group(level) for level in of("s4").levels] == ["Z2", "Z3", "Z2", "Z2"]
    assert [level_group(level) for level in of("s5").levels] == ["Z2", "A5"]
    assert {level_group(level) for level in of("ab-star").levels} == {"reset"}


def test_what_stands_in_the_boxes() -> None:
    texts = [text.text for text in draw_cascade(of("tomita-3")).texts()]
    assert {"level 0: reset", "level 1: Z2", "2 states, sees levels 0, 2, 3"} <= set(texts)
    assert {"12 coordinates reached by words", "cover 5 states; all levels are read"} <= set(texts)


def test_levels_in_a_row_are_told_as_a_range() -> None:
    texts = [text.text for text in draw_cascade(of("cerny-7")).texts()]
    assert "2 states, sees levels 0–6" in texts


def test_long_alphabets_are_counted() -> None:
    texts = [text.text for text in draw_cascade(of("s5")).texts()]
    assert "permuted by 60 of 120 letters" in texts


def test_no_level() -> None:
    drawing = draw_cascade(holonomy_cascade(Automaton("a", [[0]], (True,))))
    assert "one state: no level is needed" in [text.text for text in drawing.texts()]
    assert named(drawing, "wire-") == []


def test_too_many_levels() -> None:
    count = MAX_LEVELS + 1
    keep = (((0,),),)
    levels = tuple(Level(1, 1, {(0,) * number: keep[0]}) for number in range(count))
    cascade = Cascade(Automaton("a", [[0]], (True,)), levels, (0,) * count, {(0,) * count: 0})
    with pytest.raises(PictureRefused, match="41 levels; the picture is legible up to 40: read"):
        draw_cascade(cascade)
