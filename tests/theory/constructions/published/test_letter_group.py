"""Transition groups of letters, and copies of one group in another."""

from __future__ import annotations

import re
from itertools import permutations, product

import numpy as np
import pytest
from helpers.published_constructions import AUTOMATA, automaton
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import transition_monoid
from monoscan.automata.group_table import GroupTable
from monoscan.automata.groups import list_elements
from monoscan.theory.constructions.published.abelian import (
    characters,
    exponent,
    separating_characters,
)
from monoscan.theory.constructions.published.cyclic import Residues, residues
from monoscan.theory.constructions.published.dihedral import (
    Symmetries,
    dihedral_word_problem,
    symmetries,
)
from monoscan.theory.constructions.published.group_one_layer import reflection_length
from monoscan.theory.constructions.published.letter_group import (
    LetterGroup,
    embeddings,
    homomorphism,
    letter_group,
    letter_permutations,
    why_not_permutations,
)
from monoscan.theory.constructions.published.small_degree import (
    least_degree_action,
    symmetric_table,
)


def group_of(name: str) -> LetterGroup:
    found = letter_group(automaton(name))
    assert isinstance(found, LetterGroup)
    return found


@pytest.mark.parametrize(
    ("name", "order"), [("s3", 6), ("q8", 8), ("five-points", 60), ("z2xz4", 8), ("one-state", 1)]
)
def test_the_group_is_the_transition_monoid(name: str, order: int) -> None:
    group, monoid = group_of(name), transition_monoid(automaton(name))
    assert group.order == order == len(monoid)
    assert {tuple(row) for row in monoid.elements.tolist()} == set(group.elements)
    for letter, element in zip(automaton(name).alphabet, group.letters, strict=True):
        index = monoid.index_of_word([letter])
        assert tuple(monoid.elements[index].tolist()) == group.elements[element]


def test_the_budget_is_exact() -> None:
    assert isinstance(letter_group(automaton("s3"), max_order=6), LetterGroup)
    assert "more than 5 elements" in str(letter_group(automaton("s3"), max_order=5))
    assert "more than 100 elements" in str(letter_group(automaton("s5-swaps"), max_order=100))


def test_a_letter_that_merges_states_is_named() -> None:
    flip_flop = automaton("flip-flop")
    assert letter_permutations(flip_flop) is None
    assert "permutes no states" in (why_not_permutations(flip_flop) or "")
    assert letter_group(flip_flop) == why_not_permutations(flip_flop)
    assert why_not_permutations(automaton("q8")) is None


def brute_force(first: GroupTable, second: GroupTable) -> set[tuple[int, ...]]:
    """All injective maps that keep products."""
    n = len(first)
    return {
        images
        for images in permutations(range(len(second)), n)
        if images[0] == 0
        and all(
            images[first.products[x, y]] == second.products[images[x], images[y]]
            for x, y in product(range(n), repeat=2)
        )
    }


SMALL = {
    "z2": GroupTable(np.array([[0, 1], [1, 0]], dtype=np.int16)),
    "z3": GroupTable(np.array([[(i + j) % 3 for j in range(3)] for i in range(3)], dtype=np.int16)),
    "z4": GroupTable(np.array([[(i + j) % 4 for j in range(4)] for i in range(4)], dtype=np.int16)),
    "v4": GroupTable(np.array([[i ^ j for j in range(4)] for i in range(4)], dtype=np.int16)),
    "s3": symmetric_table(3)[1],
}


@pytest.mark.parametrize("first", SMALL)
@pytest.mark.parametrize("second", SMALL)
def test_embeddings_against_all_maps(first: str, second: str) -> None:
    found = list(embeddings(SMALL[first], SMALL[second]))
    assert len(set(found)) == len(found)
    assert set(found) == brute_force(SMALL[first], SMALL[second])


@pytest.mark.parametrize(
    ("name", "degree", "expected"),
    [("q8", 5, False), ("a4", 4, True), ("d4", 4, True), ("a5", 5, True), ("z2xz4", 5, False)],
)
def test_known_embeddings(name: str, degree: int, expected: bool) -> None:
    found = next(embeddings(group_of(name).table, symmetric_table(degree)[1]), None)
    assert (found is not None) is expected


def test_homomorphisms_that_are_not_injective_and_none() -> None:
    s3, z2 = SMALL["s3"], SMALL["z2"]
    swaps = [g for g in range(6) if s3.orders[g] == 2]
    sign = homomorphism(s3, swaps[:2], z2, [1, 1])
    assert sign is not None
    assert [sign[g] for g in range(6)] == [int(s3.orders[g] == 2) for g in range(6)]
    assert homomorphism(s3, swaps[:2], z2, [1, 0]) is None


@pytest.mark.parametrize(
    ("name", "degree"),
    [("s3", 3), ("q8", None), ("a4", 4), ("klein-four", 4), ("z3-by-one", 3), ("one-state", 1)],
)
def test_least_degree(name: str, degree: int | None) -> None:
    action = least_degree_action(automaton(name))
    if degree is None:
        assert isinstance(action, str)
    else:
        assert not isinstance(action, str)
        assert {len(letter) for letter in action} == {degree}
        group = len(list_elements(degree, tuple(dict.fromkeys(action))))
        assert group == group_of(name).order


def test_of_several_actions_one_with_few_reflections_is_taken() -> None:
    # As permutations of their own states the letters of the Klein group need two swaps each.
    action = least_degree_action(automaton("klein-four"))
    assert not isinstance(action, str)
    assert [reflection_length(letter) for letter in action] == [1, 1]


@given(st.lists(st.sampled_from([2, 3, 4]), min_size=1, max_size=3))
def test_characters_of_products_of_cyclic_groups(orders: list[int]) -> None:
    elements = list(product(*map(range, orders)))
    numbers = {element: number for number, element in enumerate(elements)}
    sums = [
        [
            numbers[tuple((a + b) % n for a, b, n in zip(x, y, orders, strict=True))]
            for y in elements
        ]
        for x in elements
    ]
    table = GroupTable(np.array(sums, dtype=np.int16))
    found, e = characters(table), exponent(table)
    assert len(np.unique(found, axis=0)) == len(table)
    for row in found:
        assert np.array_equal(row[table.products], (row[:, None] + row[None, :]) % e)
    chosen = separating_characters(table)
    assert len(np.unique(chosen, axis=1).T) == len(table)
    # No fewer suffice: a group of e-th roots has rank one for each prime.
    most = max(sum(n % prime == 0 for n in orders) for prime in (2, 3))
    assert len(chosen) == most


@pytest.mark.parametrize("name", ["z5", "z12", "z3-by-one", "one-state", "parity"])
def test_residues_add(name: str) -> None:
    target = automaton(name)
    found = residues(target)
    assert isinstance(found, Residues)
    assert len(set(found.states)) == found.modulus == target.n_states
    for value, state in enumerate(found.states):
        for letter, added in enumerate(found.letters):
            assert found.states[(value + added) % found.modulus] == target.table[state, letter]


@pytest.mark.parametrize(
    "name", [*(name for name in AUTOMATA if re.fullmatch("d[0-9].*", name)), "d5", "s3"]
)
def test_symmetries_multiply(name: str) -> None:
    target = automaton(name)
    found = symmetries(target)
    assert isinstance(found, Symmetries)
    assert sorted(found.states.values()) == list(range(2 * found.m))
    model = dihedral_word_problem(found.m)
    names = {element: f"{'rs'[element.flips]}{element.index}" for element in found.states}
    numbers = {model.outputs[state]: state for state in range(model.n_states)}
    for element, state in found.states.items():
        for letter, symmetry in enumerate(found.letters):
            column = model.letter_index(names[symmetry])
            following = model.table[numbers[names[element]], column]
            reached = next(x for x, q in found.states.items() if q == target.table[state, letter])
            assert names[reached] == model.outputs[following]
