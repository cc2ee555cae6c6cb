"""Languages drawn by property have it, and are not all trivial."""

import pytest
from helpers.effort import first_drawn
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import PROPERTIES, Automaton, is_minimal
from monoscan.strategies import LANGUAGE_PROPERTIES, EmptySetError, languages
from monoscan.strategies import automata as drawn_automata


@pytest.mark.parametrize("name", LANGUAGE_PROPERTIES)
def test_they_have_the_property(name: str) -> None:
    alphabets = st.sampled_from(["a", "ab", "abcd"])

    @given(alphabets.flatmap(lambda letters: languages(name, letters)))
    def check(automaton: Automaton) -> None:
        assert PROPERTIES.get(name)(automaton, 100_000)
        assert is_minimal(automaton)

    check()


def test_all_properties_are_known() -> None:
    assert set(LANGUAGE_PROPERTIES) == set(PROPERTIES.ids())


def test_every_property_has_a_language_that_is_not_finite() -> None:
    for name in LANGUAGE_PROPERTIES:
        if name != "finite":
            first_drawn(
                languages(name),
                lambda a: a.n_states > 1 and not PROPERTIES.get("finite")(a, 100),
            )


def test_the_properties_are_not_those_of_every_automaton() -> None:
    """The positive control; solvable is what needs five points to fail."""
    for name in set(LANGUAGE_PROPERTIES) - {"solvable"}:
        first_drawn(drawn_automata(max_states=4), lambda a, n=name: not PROPERTIES.get(n)(a, 9_999))


def test_star_free_is_another_name() -> None:
    assert first_drawn(languages("star-free"), lambda a: a.n_states == 2).n_states == 2


def test_what_there_is_not() -> None:
    with pytest.raises(EmptySetError, match="languages that are 'regular': expected one of finite"):
        languages("regular")
    with pytest.raises(EmptySetError, match="languages over 5 letters: expected at most 4"):
        languages("group", "abcde")
