"""Every language of the zoo, against its own examples and against regular expressions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from helpers.automata_strategies import words_up_to

from monoscan.automata import (
    Automaton,
    AutomatonError,
    UnknownLanguage,
    all_languages,
    compile_regex,
    get_language,
    is_aperiodic,
    is_minimal,
)
from monoscan.automata.zoo import Language, language

# id, regular expression, star-free?
KNOWN = [
    ("parity", "(0*10*1)*0*", False),
    ("ones-even", "(11)*", False),
    ("aa-star", "(aa)*", False),
    ("count-mod-3", "0*((10*){3})*", False),
    ("count-mod-4", "0*((10*){4})*", False),
    ("count-mod-5", "0*((10*){5})*", False),
    ("count-mod-6", "0*((10*){6})*", False),
    ("count-mod-7", "0*((10*){7})*", False),
    ("ends-with-1", ".*1", True),
    ("no-two-consecutive-ones", "~(.*11.*)", True),
    ("ab-star", "(ab)*", True),
    ("even-pairs", "ε|a|b|a.*a|b.*b", True),
]


@pytest.mark.parametrize("entry", all_languages(), ids=lambda entry: entry.id)
def test_examples_and_form(entry):
    automaton = entry.build()
    assert automaton.alphabet == entry.alphabet
    assert is_minimal(automaton)
    assert len(entry.examples) >= 2
    for word, output in entry.examples:
        assert automaton.output(word) == output


@pytest.mark.parametrize(("id", "pattern", "star_free"), KNOWN)
def test_known_languages(id, pattern, star_free):
    automaton = get_language(id).build()
    assert automaton == compile_regex(pattern, automaton.alphabet)
    assert bool(is_aperiodic(automaton)) is star_free


def test_even_pairs_counts_changes():
    automaton = get_language("even-pairs").build()
    for word in words_up_to(("a", "b"), 7):
        changes = sum(u != v for u, v in pairwise(word))
        assert automaton.accepts(word) == (changes % 2 == 0)


def test_languages_are_sorted_and_found():
    ids = [entry.id for entry in all_languages()]
    assert ids == sorted(set(ids))
    assert {id for id, _, _ in KNOWN} <= set(ids)
    assert get_language("parity").id == "parity"


def test_unknown_language_names_the_nearest():
    with pytest.raises(UnknownLanguage) as caught:
        get_language("parety")
    assert caught.value.nearest[0] == "parity"
    assert str(caught.value) == "unknown language 'parety'; did you mean parity?"


@pytest.mark.parametrize("id", ["zzz", "", "?"])
def test_unknown_language_without_neighbours_names_three(id):
    with pytest.raises(UnknownLanguage, match="did you mean") as caught:
        get_language(id)
    assert len(caught.value.nearest) == 3


def describe(**changes):
    parts = {
        "id": "all-words",
        "alphabet": ("a",),
        "definition": "All words.",
        "examples": (((), True), (("a",), False)),
        "source": "none",
        "build": lambda: Automaton("a", [[0]], (True,)),
    }
    return Language(**{**parts, **changes})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "All Words"}, "id 'All Words' is not in kebab-case"),
        ({"alphabet": ()}, "the alphabet is empty"),
        ({"definition": " "}, "'all-words' has no definition"),
        ({"source": ""}, "'all-words' has no source"),
        ({"examples": (((), True),)}, "fewer than two different outputs"),
    ],
)
def test_incomplete_descriptions_are_rejected(changes, message):
    assert describe().id == "all-words"
    with pytest.raises(AutomatonError, match=message):
        describe(**changes)


def test_an_id_is_registered_once():
    register = language(
        "parity", alphabet=("a",), definition="d", examples={"": True, "a": False}, source="s"
    )
    with pytest.raises(AutomatonError, match="two languages have the id 'parity'"):
        register(lambda: Automaton("a", [[0]], (True,)))
    assert get_language("parity").alphabet == ("0", "1")
