"""The least number of Householder factors: known values, and the networks behind them."""

import pytest
from helpers.effort import part_of

from monoscan.automata import Automaton, get_language
from monoscan.automata.sources import group_word_problem, parse_permutation
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.factor import product_of
from monoscan.theory.householder_number import (
    HouseholderNumber,
    NotPermutationAutomatonError,
    components,
    householder_number,
    tracker,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import Transition, dimension, factors, heads

MAX_STATES = 1_000


def group(points: int, *letters: str) -> Automaton:
    return group_word_problem([parse_permutation(letter, points) for letter in letters])


def language(name: str) -> Automaton:
    return get_language(name).build()


EXACT_VALUES = [
    ("parity", 1),
    ("count-mod-3", 2),
    ("count-mod-7", 2),
    ("z60", 2),
    ("s3", 2),
    ("s3-swaps", 1),
    ("s4", 2),
    ("a4", 2),
    ("a5", 2),
    ("a5-involutions", 1),
    ("s5", 4),
    ("s5-swaps", 1),
    ("s5-three-points", 2),
    ("d4", 2),
    ("d5", 2),
    ("q8", 2),
]


@pytest.mark.parametrize(("name", "value"), part_of(EXACT_VALUES, 8))
def test_values_in_the_literature(name: str, value: int) -> None:
    found = householder_number(language(name))
    assert (found.low.value, found.high, found.is_exact, str(found)) == (
        value,
        value,
        True,
        str(value),
    )


@pytest.mark.parametrize(
    ("automaton", "low", "high"),
    [
        (group(6, "(1,2)", "(3,4)", "(5,6)", "(1,2)(3,4)", "(1,2)(3,4)(5,6)"), 1, 1),
        (group(12, "(1,2,3,4,5,6,7,8,9,10,11,12)", "(2,12)(3,11)(4,10)(5,9)(6,8)"), 2, 2),
        (group(7, "(2,7)(3,6)(4,5)", "(1,2)(3,7)(4,6)"), 1, 1),
        (group(7, "(1,2,3,4)", "(1,2)", "(5,6,7)"), 2, 2),
        (group(5, "(1,2,3,4,5)", "(1,2)"), 4, 4),
        (group(5, "(1,2,3,4,5)", "(2,3,5,4)"), 2, 4),
        (Automaton("ab", [[0, 0]], (True,)), 0, 0),
        (Automaton("ab", [[1, 1], [0, 0]], (True, False)), 1, 1),
    ],
    ids=["Z2^3", "D12", "D7-mirrors", "S4xZ3", "S5-two-letters", "F20", "trivial", "twins"],
)
def test_intervals(automaton: Automaton, low: int, high: int) -> None:
    found = householder_number(automaton)
    assert (found.low.value, found.high) == (low, high)
    assert str(found) == (str(low) if low == high else f"between {low} and {high}")


@pytest.mark.slow
def test_the_outer_automorphism_of_s6_is_found() -> None:
    """It takes a cycle of six points to type 3 + 2 + 1, which needs 3 factors instead of 5."""
    found = householder_number(group(6, "(1,2)", "(1,2,3,4,5,6)"))
    assert (found.low.value, found.high) == (2, 3)


@pytest.mark.parametrize(
    "name", ["parity", "count-mod-5", "s3", "s4", "a4", "d5", "q8", "s3-swaps", "a5-involutions"]
)
def test_the_representations_give_networks_that_track(name: str) -> None:
    automaton = language(name)
    number = householder_number(automaton)
    network = tracker(automaton, number)
    assert isinstance(explore(network, Exact(), automaton, MAX_STATES), Recognises)
    for case in network.layers[0].cases.values():
        assert not any(case.input.entries())
        for head in heads(case.transition):
            listed = factors(head)
            assert listed is not None
            assert len(listed) <= max(1, number.high)
            assert all(factor.effective_beta() in (0, 2) for factor in listed)
    assert len({sizes(case.transition) for case in network.layers[0].cases.values()}) == 1


def sizes(transition: Transition) -> tuple[int, ...]:
    """The sizes of the heads, which have to be the same for all letters."""
    return tuple(map(dimension, heads(transition)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a5", "s5-swaps", "s5"])
def test_large_networks_track(name: str) -> None:
    automaton = language(name)
    network = tracker(automaton, householder_number(automaton))
    assert isinstance(explore(network, Exact(), automaton, MAX_STATES), Recognises)


def check_matrices(automaton: Automaton, number: HouseholderNumber) -> None:
    for letter in automaton.alphabet:
        for matrix, listed in zip(number.matrices(letter), number.factors(letter), strict=True):
            size = matrix.shape[0]
            assert matrix.transpose() @ matrix == Matrix.identity(size)
            assert product_of(listed, size) == matrix
            assert len(listed) <= number.high


@pytest.mark.parametrize("name", ["s4", "d5", "q8", "count-mod-7", "a5-involutions"])
def test_the_factors_of_each_letter_multiply_to_its_matrix(name: str) -> None:
    automaton = language(name)
    number = householder_number(automaton)
    check_matrices(automaton, number)
    with pytest.raises(ValueError, match="no letter 'no'; the letters are"):
        number.matrices("no")


def test_lower_bounds_say_why() -> None:
    assert "s5-four-householders" in str(householder_number(language("s5")).low)
    assert "one-reflection-order-two" in str(householder_number(language("s3")).low)
    assert str(householder_number(language("parity")).low) == (
        "at least 1: the letter 1 moves a state"
    )
    trivial = householder_number(Automaton("a", [[0]], (True,)))
    assert (str(trivial.low), len(trivial.matrices("a"))) == ("at least 0", 1)
    check_matrices(Automaton("a", [[0]], (True,)), trivial)


def test_automata_that_forget_are_refused() -> None:
    with pytest.raises(NotPermutationAutomatonError, match=r"the letter .* does not permute"):
        householder_number(language("flip-flop"))


def test_parts_commute_and_powers_of_a_letter_stay_together() -> None:
    parts = components(group(7, "(1,2,3,4)", "(1,2)", "(5,6,7)", "(5,7,6)"))
    assert [part.letters for part in parts] == [("(1,2,3,4)", "(1,2)"), ("(5,6,7)", "(5,7,6)")]
    assert [part.group.order for part in parts] == [24, 3]
    assert [len(part.letters) for part in components(language("z60"))] == [59]
