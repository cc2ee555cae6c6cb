"""Open diagonal ranges with delays: only the last letters count, and the lemma says just that."""

from __future__ import annotations

from random import Random

import pytest
from helpers.effort import drawn, examples
from hypothesis import given

from monoscan.automata import Automaton, get_language
from monoscan.automata.properties.definite import is_definite
from monoscan.strategies.automata import automata
from monoscan.strategies.finite_networks import Draw, _below_limits, _real, random_network
from monoscan.theory.lemmas import find
from monoscan.theory.lemmas.kept import Kept
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question, Verdict

OPEN = ("diagonal-open", "diagonal-real-open", "diagonal-complex-open")


def definite(draw: Draw, depth: int, seeds: int) -> list[bool]:
    """Of random networks with delays that are drawn like this, which see the last letters only."""
    made = (
        random_network(Random(f"{seed} {depth}"), "exact", depth, (draw,), delays=3)
        for seed in range(seeds)
    )
    return [bool(is_definite(network.automaton)) for network in made if network is not None]


@pytest.mark.parametrize("depth", [1, 2])
def test_entries_below_1_see_the_last_letters_only(depth: int) -> None:
    found = definite(_below_limits, depth, drawn(400))
    assert found
    assert all(found)


def test_with_entries_1_and_minus_1_other_languages_are_recognised() -> None:
    """The positive control."""
    assert not all(definite(_real, 1, 20))


@examples(60)
@given(automata(max_states=5))
def test_with_delays_exactly_the_languages_that_are_not_definite_are_forbidden(
    automaton: Automaton,
) -> None:
    for name in OPEN:
        found = find(automaton, name, windows=(9, 9))
        assert (found is None) == bool(is_definite(automaton))
        assert found is None or found.lemma == "open-diagonal-definite"


@pytest.mark.parametrize(("word", "states"), [((), (0, 1)), (("a",), (1,)), (("a",), (1, 1))])
def test_what_keeps_no_states_apart(word: tuple[str, ...], states: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        Kept(word, states)


@pytest.mark.parametrize(
    ("language", "name", "windows", "verdict", "every_length"),
    [
        ("no-two-consecutive-ones", "diagonal-open", (4, 4), Verdict.NOT_EXPRESSIBLE, True),
        ("parity", "diagonal-open", (4, 4), Verdict.NOT_EXPRESSIBLE, False),
        ("parity", "diagonal-real-open", (4, 4), Verdict.NOT_EXPRESSIBLE, True),
        ("a5", "diagonal-complex-open", (1, 2), Verdict.NOT_EXPRESSIBLE, False),
        # Two of the released matrices may keep a direction: nothing forbids it, nothing does it.
        ("no-two-consecutive-ones", "rwkv-7-released", (2, 2), Verdict.UNKNOWN, True),
        ("parity", "rwkv-7-released", (2, 2), Verdict.UNKNOWN, False),
        ("ends-with-ab", "diagonal-real-open", (4, 4), Verdict.EXPRESSIBLE, False),
    ],
)
def test_every_length_and_all_lengths(
    language: str, name: str, windows: tuple[int, int], verdict: Verdict, every_length: bool
) -> None:
    question = Question(get_model_class(name), windows=windows)
    found = Predictor(get_language(language).build()).predict(question)
    assert (found.verdict, found.every_length) == (verdict, every_length)
