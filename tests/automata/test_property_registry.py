"""Every property as its entry says: its examples, what it implies, how it is found."""

from __future__ import annotations

import pytest

from monoscan.automata import PROPERTIES, Automaton, compile_regex, get_language
from monoscan.automata.properties.registry import language_property
from monoscan.registry import UnknownId


def read(text: str) -> Automaton:
    if text == "S5":
        return get_language(text).build()
    return compile_regex(text, "abc" if "c" in text else "ab")


@pytest.mark.parametrize("entry", PROPERTIES.all(), ids=lambda entry: entry.id)
def test_the_examples_have_it_and_have_it_not(entry):
    for text, expected in ((entry.example, True), (entry.counterexample, False)):
        automaton = read(text)
        answer = entry(automaton)
        assert bool(answer) is expected
        assert answer.check(automaton)
        if expected:
            assert all(PROPERTIES.get(other)(automaton) for other in entry.implies)
    assert entry.definition.endswith(".")
    assert all((entry.source, entry.yes, entry.no))


def test_no_implication_is_missing():
    texts = [
        *{text for entry in PROPERTIES for text in (entry.example, entry.counterexample)},
        *("~(.*aa.*)", "(b*ab*ab*ab*)*b*", "b*ab*ab*", ".*ab", "(a.*a|b.*b)", "b*a.*", "ε"),
        *(".*a.*", ".*aa.*bb.*|b.*", "a*b*a*", "(aab)*", "(aaa)*", "b*ab*|.*bb.*", "aab|a"),
        *(".*a.*b.*|.*b.*a.*", "c*b.*", "(b|c)*(a|c)*", "c*(ac*bc*)*", "(.*b)?c*", "c*ac*bc*"),
        ".*a.*a.*b.*",
    ]
    found = []
    for text in texts:
        automaton = read(text)
        known = [e for e in PROPERTIES if automaton.is_acceptor or not e.of_languages]
        found.append({entry.id for entry in known if entry(automaton, 2_000)})
    for entry in PROPERTIES:
        implied, queue = {entry.id}, [entry.id]
        for name in queue:
            fresh = set(PROPERTIES.get(name).implies) - implied
            implied |= fresh
            queue.extend(fresh)
        common = set.intersection(*(holding for holding in found if entry.id in holding))
        assert common == implied, entry.id


def test_they_are_found_in_any_spelling_and_registered_once():
    assert PROPERTIES.get("Dot Depth One").id == "dot-depth-one"
    with pytest.raises(UnknownId, match="nearest: strictly-local"):
        PROPERTIES.get("strictly-locale")
    texts = dict.fromkeys(("definition", "source", "yes", "no", "example", "counterexample"), "a")
    with pytest.raises(ValueError, match="two properties have the ids 'da' and 'DA'"):
        language_property("DA", place=1, **texts)(PROPERTIES.get("da").decide)
