"""Every language of the zoo, against its own examples and against regular expressions."""

from __future__ import annotations

from itertools import pairwise

import pytest

from monoscan.automata import (
    Automaton,
    AutomatonError,
    all_languages,
    compile_regex,
    get_language,
    is_aperiodic,
    is_minimal,
)
from monoscan.automata.zoo import Language, describe, language
from monoscan.registry import UnknownId
from monoscan.theory.lrnn import words_up_to

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
    with pytest.raises(UnknownId) as caught:
        get_language("parety")
    assert caught.value.nearest[0] == "parity"
    assert str(caught.value).startswith("there is no language 'parety'; nearest: parity, ")


@pytest.mark.parametrize("id", ["zzz", "", "?"])
def test_unknown_language_without_neighbours_says_where_all_are(id):
    with pytest.raises(UnknownId, match=r"all of them: monoscan list languages") as caught:
        get_language(id)
    assert len(caught.value.nearest) <= 3


@pytest.mark.parametrize("spelling", ["Parity", "S5", "Tomita 4", "SUBWORD_AB", "Count-Mod-3"])
def test_languages_are_found_in_any_spelling(spelling):
    assert get_language(spelling).id == spelling.lower().replace(" ", "-").replace("_", "-")


def test_examples_show_two_outputs():
    with pytest.raises(AutomatonError, match="fewer than two different outputs"):
        describe(
            "all-words",
            alphabet="a",
            definition="All words.",
            examples={"": True, "a": True},
            source="none",
            build=lambda: Automaton("a", [[0]], (True,)),
        )


def a_language(**changes):
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
    ],
)
def test_incomplete_descriptions_are_rejected(changes, message):
    assert a_language().id == "all-words"
    with pytest.raises(AutomatonError, match=message):
        a_language(**changes)


def test_an_id_is_registered_once():
    register = language(
        "parity", alphabet=("a",), definition="d", examples={"": True, "a": False}, source="s"
    )
    with pytest.raises(ValueError, match="two languages have the id 'parity'"):
        register(lambda: Automaton("a", [[0]], (True,)))
    assert get_language("parity").alphabet == ("0", "1")
