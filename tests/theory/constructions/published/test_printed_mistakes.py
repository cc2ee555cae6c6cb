"""What is wrong in print, shown by the shortest word on which the printed network fails."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations

import pytest
from helpers.published_constructions import (
    klein_four,
    six_points_by_swaps,
)

from monoscan.automata import Automaton, get_language
from monoscan.proofs_check.claims.gated_lemma4_block_length import three_cycle_and_swap
from monoscan.theory.constructions.published.dihedral import (
    dihedral_as_printed,
    dihedral_two_layers,
    dihedral_word_problem,
)
from monoscan.theory.constructions.published.group_one_layer import (
    displaced,
    group_one_layer,
    reflection_length,
    reflections_needed,
)
from monoscan.theory.constructions.published.six_points import (
    on_totals,
    theorem3_as_printed,
    totals,
)
from monoscan.theory.constructions.published.symmetric_group import (
    lemma4_as_printed,
    printed_block_length,
)
from monoscan.theory.constructions.registry import UnsupportedError
from monoscan.theory.explore import Disagrees, Recognises, explore
from monoscan.theory.factor import permutation_matrix
from monoscan.theory.factor import reflection_length as rank_of_difference
from monoscan.theory.lrnn import LRNN, words_up_to
from monoscan.theory.semantics import Exact

BUDGET = 20_000


def printed_order(automaton: Automaton) -> LRNN:
    """The repaired dihedral network, for the product that the paper defines: newest token first."""
    m = automaton.n_states // 2
    return dihedral_two_layers(dihedral_word_problem(m, newest="right"))


FAILING: list[tuple[str, Callable[[Automaton], LRNN], Automaton, str]] = [
    ("labels, m = 2", dihedral_as_printed, dihedral_word_problem(2), "s0"),
    ("labels, m = 3", dihedral_as_printed, dihedral_word_problem(3), "s0"),
    ("labels, m = 5", dihedral_as_printed, dihedral_word_problem(5), "s0"),
    ("order, m = 3", printed_order, dihedral_word_problem(3, newest="left"), "r1 s0"),
    ("order, m = 4", printed_order, dihedral_word_problem(4, newest="left"), "r1 s0"),
    ("Lemma 4", lemma4_as_printed, three_cycle_and_swap(), "a a a b a"),
    ("Theorem 3", theorem3_as_printed, six_points_by_swaps(), "b"),
]


@pytest.mark.parametrize(
    ("build", "automaton", "word"),
    [row[1:] for row in FAILING],
    ids=[row[0] for row in FAILING],
)
def test_the_printed_version_fails(
    build: Callable[[Automaton], LRNN], automaton: Automaton, word: str
) -> None:
    lrnn, letters = build(automaton), tuple(word.split())
    found = explore(lrnn, Exact(), automaton, BUDGET)
    assert isinstance(found, Disagrees)
    assert found.word == letters
    assert lrnn.output(letters) == found.output != found.expected == automaton.output(letters)
    for shorter in words_up_to(automaton.alphabet, len(letters) - 1):
        assert lrnn.output(shorter) == automaton.output(shorter)


@pytest.mark.parametrize("m", [1, 2])
def test_the_printed_order_is_harmless_where_the_group_is_abelian(m: int) -> None:
    automaton = dihedral_word_problem(m, newest="left")
    assert isinstance(explore(printed_order(automaton), Exact(), automaton, BUDGET), Recognises)


@pytest.mark.parametrize("m", [2, 3, 4, 5, 6, 7, 9])
def test_the_repaired_dihedral_network_is_right(m: int) -> None:
    automaton = dihedral_word_problem(m)
    found = explore(dihedral_two_layers(automaton), Exact(), automaton, BUDGET)
    assert isinstance(found, Recognises)


def test_printed_labels_are_right_for_rotations_alone() -> None:
    """A positive control: only the angles of reflections are at the wrong parity."""
    full = dihedral_word_problem(5)
    lrnn = dihedral_as_printed(full)
    for word in words_up_to(("r1", "r3"), 5):
        assert lrnn.output(word) == full.output(word)


def test_the_dihedral_group_of_the_zoo_multiplies_alike() -> None:
    for m in (3, 4, 5):
        zoo, own = get_language(f"d{m}").build(), dihedral_word_problem(m)
        for word in words_up_to(own.alphabet, 2):
            assert zoo.output(word) == own.output(word)


def test_lemma_4_prints_blocks_that_are_too_short() -> None:
    # Six states, n_h = 1: each letter moves three states, so m = 2, but (123)(456) is four swaps.
    letters = {"a": (1, 2, 0, 3, 4, 5), "b": (0, 1, 2, 4, 5, 3)}
    product = tuple(letters["b"][image] for image in letters["a"])
    assert reflection_length(product) == rank_of_difference(permutation_matrix(product)) == 4
    connected = Automaton(
        "abc",
        [[1, 0, 0], [2, 1, 1], [0, 2, 3], [3, 4, 4], [4, 5, 2], [5, 3, 5]],
        "012345",
    )
    assert displaced(connected) == 3
    assert printed_block_length(connected) == 2 < reflection_length(product)
    assert printed_block_length(connected, n_h=2) == 1


def test_lemma_4_is_right_where_the_products_fit() -> None:
    automaton = Automaton("ab", [[1, 1], [2, 0], [0, 2]], "012")
    assert printed_block_length(automaton) == 2
    found = explore(lemma4_as_printed(automaton), Exact(), automaton, BUDGET)
    assert isinstance(found, Recognises)


def test_theorem_3_counts_reflections_in_another_representation() -> None:
    automaton = six_points_by_swaps()
    assert displaced(automaton) - 1 == reflections_needed(automaton) == 1
    swap = (1, 0, 2, 3, 4, 5)
    assert rank_of_difference(permutation_matrix(on_totals(swap))) == 3
    # In the representation that the automaton itself is, the printed number suffices.
    assert isinstance(explore(group_one_layer(automaton), Exact(), automaton, BUDGET), Recognises)


def test_the_totals_are_a_second_faithful_action() -> None:
    assert len(totals()) == 6
    images = {on_totals(images) for images in permutations(range(6))}
    assert len(images) == 720
    for first, second in [((1, 0, 2, 3, 4, 5), (1, 2, 3, 4, 5, 0)), ((0, 2, 1, 4, 3, 5),) * 2]:
        product = tuple(second[image] for image in first)
        composed = tuple(on_totals(second)[image] for image in on_totals(first))
        assert on_totals(product) == composed


def test_k_minus_1_is_not_tight() -> None:
    # (12)(34) moves four points; k - 1 = 3 reflections are printed and 2 are needed.
    automaton = klein_four()
    assert displaced(automaton) - 1 == 3
    assert reflections_needed(automaton) == 2


@pytest.mark.parametrize(
    ("build", "automaton", "reason"),
    [
        (theorem3_as_printed, klein_four(), "the automaton has 4 states; expected 6"),
        (dihedral_as_printed, get_language("a4").build(), "not dihedral"),
        (lemma4_as_printed, get_language("flip-flop").build(), "it permutes no states"),
        (displaced, get_language("flip-flop").build(), "it permutes no states"),
    ],
)
def test_refused(build: Callable[[Automaton], object], automaton: Automaton, reason: str) -> None:
    with pytest.raises(UnsupportedError, match=reason):
        build(automaton)
