"""Families of languages: ids with numbers, their ranges, and listing without building."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    LANGUAGES,
    Automaton,
    all_languages,
    get_language,
    is_minimal,
)
from monoscan.automata.sources import automaton_to_json
from monoscan.automata.zoo import describe, language_family
from monoscan.registry import ParameterOutOfRange, UnknownId

PINNED = "081decc3f303063143dde3a8930f4e8d219559f62a36425e91fbe72a7b6bb905"


def smallest_and_larger(family):
    least = [low for low, _ in family.ranges.values()]
    yield least
    yield [min(high, low + 2) for low, high in family.ranges.values()]


@pytest.mark.parametrize("family", LANGUAGES.families(), ids=lambda family: family.pattern)
def test_members_of_families(family):
    for values in [*family.listed, *smallest_and_larger(family)]:
        entry = get_language(family.id_of(values))
        assert entry.id == family.id_of(values)
        assert family.values_in(entry.id) == tuple(values)
        automaton = entry.build()
        assert automaton.alphabet == entry.alphabet
        assert is_minimal(automaton)
        for word, output in entry.examples:
            assert automaton.output(word) == output


@pytest.mark.parametrize("family", LANGUAGES.families(), ids=lambda family: family.pattern)
def test_parameters_out_of_range(family):
    for place, (name, (low, high)) in enumerate(family.ranges.items()):
        for wrong in (low - 1, high + 1):
            if wrong < 0:
                continue
            values = [least for least, _ in family.ranges.values()]
            values[place] = wrong
            with pytest.raises(ParameterOutOfRange) as caught:
                get_language(family.id_of(values))
            assert str(caught.value) == (
                f"there is no {family.id_of(values)!r}: {name} is {wrong} in "
                f"{family.pattern}; it must be from {low} to {high}"
            )


def test_no_id_belongs_to_two_families():
    ids = [entry.id for entry in all_languages()]
    assert len(set(ids)) == len(ids)
    for id in ids:
        assert sum(family.values_in(id) is not None for family in LANGUAGES.families()) <= 1


def test_too_many_states_is_a_parameter_error():
    with pytest.raises(ParameterOutOfRange, match="'dyck-9-9': its automaton has 435848051 s"):
        get_language("dyck-9-9")
    with pytest.raises(ParameterOutOfRange, match=r"more than 10\^12 states"):
        get_language("dyck-100-1000")


@pytest.mark.parametrize("id", ["count-mod-03", "count-mod-+3", "count-mod-", "count-mod-x", "s"])
def test_numbers_are_written_one_way(id):
    with pytest.raises(UnknownId) as caught:
        get_language(id)
    assert not isinstance(caught.value, ParameterOutOfRange)


def test_unknown_ids_name_the_families():
    with pytest.raises(UnknownId, match="nearest: dyck-K-D"):
        get_language("dyck-2-K")


def test_listing_builds_no_automaton(monkeypatch):
    def refuse(*_):
        raise AssertionError("an automaton is built")

    monkeypatch.setattr(Automaton, "__init__", refuse)
    assert len(all_languages()) > 50
    with pytest.raises(AssertionError, match="an automaton is built"):
        get_language("parity").build()


def test_a_pattern_is_registered_once_and_has_members():
    with pytest.raises(ValueError, match="a family 'count-mod-M' of languages already"):
        language_family("count-mod-M", members=[(3,)], M=(2, 3))(describe)
    with pytest.raises(ValueError, match="'test-N' lists no members"):
        language_family("test-N", members=[], N=(2, 3))(describe)
    assert "test-N" not in [family.pattern for family in LANGUAGES.families()]


@given(st.integers(2, 40), st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_random_automata_have_the_size_that_was_asked_for(n, k, seed):
    automaton = get_language(f"random-{n}-{k}-{seed}").build()
    assert (automaton.n_states, len(automaton.alphabet)) == (n, k)
    assert is_minimal(automaton)
    assert automaton == get_language(f"random-{n}-{k}-{seed}").build()


def test_random_automata_depend_on_the_seed_and_nothing_else():
    texts = [automaton_to_json(get_language(f"random-12-2-{seed}").build()) for seed in range(20)]
    assert len(set(texts)) == 20
    digest = hashlib.sha256("".join(texts).encode()).hexdigest()
    assert digest == PINNED, "other random automata than published results were computed with"
