"""The picture of an automaton shows all of it, and nothing hides anything else."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from helpers.effort import examples
from helpers.pictures import circles, named, outside_the_page, text_overlaps
from hypothesis import given

from monoscan.automata import Automaton, canonical, get_language, minimize
from monoscan.report.figures import PictureRefused, draw_automaton
from monoscan.report.figures.arrows import MAX_LINES, MAX_STATES, Arrows, choose_arrows
from monoscan.report.figures.placement import place_states, whole_cycle
from monoscan.report.figures.scene import BLUE, ORANGE, SKY, Curve, Drawing, Text
from monoscan.strategies.automata import automata

SHOWN = (
    "parity",
    "tomita-3",
    "cerny-7",
    "s3",
    "s4",
    "dyck-2-3",
    "random-20-2-1",
    "modular-arithmetic-5",
    "z60",
    "even-pairs",
    "q8",
    "cycle-navigation-5",
    "a-to-e-plus",
)


def of(language: str) -> Automaton:
    return minimize(get_language(language).build())


def dense(n_states: int, n_letters: int, seed: int = 0) -> Automaton:
    random = np.random.default_rng(seed)
    table = random.integers(0, n_states, size=(n_states, n_letters))
    table[:, 0] = (np.arange(n_states) + 1) % n_states  # all states are reached
    letters = [chr(ord("a") + letter) for letter in range(n_letters)]
    return canonical(letters, table, [bool(state % 2) for state in range(n_states)])


def texts(drawing: Drawing, prefix: str) -> list[str]:
    return [text.text for text in drawing.texts() if text.name.startswith(prefix)]


def touching(drawing: Drawing) -> list[tuple[int, int]]:
    """The pairs of states that touch."""
    found = circles(drawing)
    return [
        (x, y)
        for x, y in combinations(found, 2)
        if math.dist(found[x].center, found[y].center) <= found[x].radius + found[y].radius
    ]


def transitions(automaton: Automaton, arrows: Arrows) -> dict[tuple[int, str], int]:
    """The transitions that a reader takes from the arrows and the notes."""
    letters = automaton.alphabet
    drawn: dict[tuple[int, str], int] = {}
    both = {**arrows.double, **{(y, x): a for (x, y), a in arrows.double.items()}}
    for (x, y), labels in {**arrows.single, **both}.items():
        drawn |= {(x, letters[letter]): y for letter in labels}
    for x, labels in arrows.loops.items():
        drawn |= {(x, letters[letter]): x for letter in labels}
    for x in range(automaton.n_states):
        for letter in arrows.letters:
            if arrows.sink is not None:
                drawn.setdefault((x, letters[letter]), arrows.sink)
    for number, word in arrows.words.items():
        for x in range(automaton.n_states):
            state = x
            for letter in word:
                state = drawn[state, letter]
            drawn[x, letters[number]] = state
    return drawn


def table(automaton: Automaton) -> dict[tuple[int, str], int]:
    return {
        (state, letter): int(automaton.table[state, number])
        for state in range(automaton.n_states)
        for number, letter in enumerate(automaton.alphabet)
    }


@pytest.mark.parametrize("language", SHOWN)
def test_zoo(language: str) -> None:
    automaton = of(language)
    drawing = draw_automaton(automaton)
    assert sorted(map(int, texts(drawing, "number-"))) == list(range(automaton.n_states))
    assert text_overlaps(drawing) == []
    assert touching(drawing) == []
    assert outside_the_page(drawing) == []
    assert len(named(drawing, "initial")) == 1
    if not automaton.is_acceptor:
        assert len(texts(drawing, "output-")) == automaton.n_states


@pytest.mark.parametrize("language", SHOWN)
def test_the_arrows_say_what_the_table_says(language: str) -> None:
    automaton = of(language)
    assert transitions(automaton, choose_arrows(automaton)) == table(automaton)


@given(automata(alphabet=("a", "b", "c"), max_states=12))
@examples(60)
def test_the_arrows_of_any_automaton(automaton: Automaton) -> None:
    assert transitions(automaton, choose_arrows(automaton)) == table(automaton)


@given(automata(max_states=14))
@examples(25)
def test_any_small_automaton_is_legible(automaton: Automaton) -> None:
    drawing = draw_automaton(automaton)
    assert text_overlaps(drawing, "number-") == []
    assert touching(drawing) == []
    assert outside_the_page(drawing) == []


@pytest.mark.parametrize("n_states", [2, 3, 30, 59, 60])
def test_states_of_random_automata_keep_apart(n_states: int) -> None:
    drawing = draw_automaton(dense(n_states, 2))
    assert text_overlaps(drawing, "number-") == []
    assert touching(drawing) == []
    assert len(circles(drawing)) == n_states


def test_a_test_for_overlaps_can_fail() -> None:
    twice = Text((5, 5), "q", 8)
    assert text_overlaps(Drawing("twice", 10, 10, (twice, twice))) == [("q", "q")]
    assert outside_the_page(Drawing("small", 4, 4, (twice,))) == ["q"]


@pytest.mark.parametrize("language", SHOWN)
def test_arrows_lead_from_edge_to_edge(language: str) -> None:
    drawing = draw_automaton(of(language))
    states = circles(drawing)
    curves = [s for s in drawing.shapes if isinstance(s, Curve) and s.name.startswith("arrow-")]
    assert curves
    for curve in curves:
        _, source, target = curve.name.split("-")
        for number, end in ((source, curve.points[0]), (target, curve.points[-1])):
            state = states[int(number)]
            assert math.isclose(math.dist(end, state.center), state.radius, abs_tol=1e-6)


def test_accepting_states_have_a_double_edge() -> None:
    drawing = draw_automaton(of("parity"))
    state = circles(drawing)
    around = [s for s in drawing.shapes if getattr(s, "center", None) == state[0].center]
    assert [type(s).__name__ for s in around] == ["Circle", "Circle"]
    assert len([s for s in drawing.shapes if getattr(s, "center", None) == state[1].center]) == 1
    assert (state[0].fill, state[1].fill) == (SKY, "#ffffff")


def test_colours_differ_in_grey() -> None:
    def grey(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return 0.299 * red + 0.587 * green + 0.114 * blue

    shades = sorted(map(grey, ("#000000", BLUE, ORANGE, SKY, "#ffffff")))
    assert min(b - a for a, b in pairwise(shades)) > 20


def test_parallel_letters_share_an_arrow() -> None:
    automaton = Automaton("abc", [[1, 1, 0], [1, 1, 1]], (False, True))
    drawing = draw_automaton(automaton)
    assert sorted(texts(drawing, "label-")) == ["a,b", "a,b,c", "c"]


def test_letters_with_commas_are_separated_by_blanks() -> None:
    automaton = Automaton(("(1,2)", "(3,4)"), [[1, 1], [0, 0]], (False, True))
    assert texts(draw_automaton(automaton), "label-") == ["(1,2) (3,4)"]


def test_a_long_label_gets_a_name_and_a_legend() -> None:
    letters = [f"letter{number}" for number in range(12)]
    automaton = Automaton(letters, [[1] * 12, [0] * 12], (False, True))
    drawing = draw_automaton(automaton)
    assert texts(drawing, "label-") == ["S1"]
    legend = " ".join(texts(drawing, "note-"))
    assert legend == "S1 = " + " ".join(letters)


def test_the_name_of_a_set_is_no_letter() -> None:
    letters = [f"S{number}" for number in range(12)]
    drawing = draw_automaton(Automaton(letters, [[1] * 12, [0] * 12], (False, True)))
    assert texts(drawing, "label-") == ["X1"]


def test_a_long_output_is_told_below() -> None:
    long = "an output of many characters"
    automaton = Automaton("a", [[1], [0]], (long, "short"))
    drawing = draw_automaton(automaton)
    shown, short = texts(drawing, "output-")
    assert shown.endswith("…")
    assert long.startswith(shown[:-1])
    assert short == "short"
    assert texts(drawing, "note-") == [f"output of state 0: {long}"]


def test_the_trap_is_drawn_once_and_explained() -> None:
    automaton = of("dyck-2-3")
    arrows = choose_arrows(automaton)
    assert arrows.sink is not None
    assert not any(y == arrows.sink for _, y in arrows.single)
    note = f"Letters that are not drawn at a state lead to state {arrows.sink}."
    assert texts(draw_automaton(automaton), "note-") == [note]


def test_a_group_is_drawn_by_generators() -> None:
    arrows = choose_arrows(of("s4"))
    assert len(arrows.letters) == 3
    assert len(arrows.words) == 21
    note = " ".join(texts(draw_automaton(of("s4")), "note-"))
    assert note.startswith("Drawn: (3,4) (2,3) (1,2). Every other letter acts like a word")
    assert note.endswith("and\u00a0so\u00a0on\u00a0for\u00a013\u00a0more.")


def test_a_cycle_is_drawn_as_a_circle() -> None:
    automaton = of("cerny-7")
    assert whole_cycle(automaton) == tuple(range(7))
    places = place_states(automaton, [(i, (i + 1) % 7) for i in range(7)], 12)
    distances = np.hypot(*(places - places.mean(axis=0)).T)
    assert np.allclose(distances, distances[0])


def test_depth_is_drawn_as_layers() -> None:
    automaton = of("a-to-e-plus")
    places = place_states(automaton, list(choose_arrows(automaton).single), 12)
    chain = [automaton.state_after("abcde"[:length]) for length in range(6)]
    columns = places[chain, 0].tolist()
    assert columns == sorted(set(columns))


def test_one_state() -> None:
    drawing = draw_automaton(Automaton("ab", [[0, 0]], (True,)))
    assert texts(drawing, "label-") == ["a,b"]
    assert outside_the_page(drawing) == []


def test_too_many_states() -> None:
    with pytest.raises(PictureRefused, match="120 states; the picture is legible up to 60: draw"):
        draw_automaton(of("s5"))
    with pytest.raises(PictureRefused) as refusal:
        draw_automaton(dense(MAX_STATES + 1, 1))
    assert (refusal.value.size, refusal.value.limit) == (MAX_STATES + 1, MAX_STATES)
    assert "automaton_to_dot" in str(refusal.value)


def test_too_many_arrows() -> None:
    with pytest.raises(PictureRefused, match=f"arrows; the picture is legible up to {MAX_LINES}"):
        draw_automaton(dense(60, 6))


def called(*names: str) -> Automaton:
    table = [[(state + 1) % len(names)] for state in range(len(names))]
    return Automaton("a", table, [state == 0 for state in range(len(names))], names)


def test_states_are_called_by_their_names() -> None:
    drawing = draw_automaton(called("even", "odd"))
    assert texts(drawing, "number-") == ["even", "odd"]
    assert text_overlaps(drawing) == []
    assert outside_the_page(drawing) == []


def test_long_names_stand_beside_the_picture() -> None:
    long = "a state of a rather long name"
    drawing = draw_automaton(called(long, "odd"))
    assert texts(drawing, "number-") == ["0", "odd"]
    assert any(f"state 0 = {long}" in text.text for text in drawing.texts())
    # Two states must not look alike.
    drawing = draw_automaton(called(long, "0"))
    assert texts(drawing, "number-") == ["0", "1"]
    said = [text.text for text in drawing.texts()]
    assert any(f"state 0 = {long}" in text for text in said)
    assert any("state 1 = 0" in text for text in said)
