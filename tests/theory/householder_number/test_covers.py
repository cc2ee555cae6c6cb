"""Groups that map onto a group with two central elements in the kernel, and all small groups."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest
from helpers.effort import part_of

from monoscan.automata import Automaton, canonical, get_language
from monoscan.automata.sources.permutations import group_word_problem, parse_permutation
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.householder_number import components, householder_number, tracker
from monoscan.theory.householder_number.covers import Cover, covers
from monoscan.theory.semantics import Exact


def of(points: int, *letters: str) -> Automaton:
    return group_word_problem([parse_permutation(letter, points) for letter in letters])


# Regular representations would do as well; these have few points.
GROUPS = {
    "S3": (6, of(3, "(1,2,3)", "(1,2)")),
    "D4": (8, of(4, "(1,2,3,4)", "(1,3)")),
    "Q8": (8, get_language("q8").build()),
    "D5": (10, of(5, "(1,2,3,4,5)", "(2,5)(3,4)")),
    "D6": (12, of(6, "(1,2,3,4,5,6)", "(2,6)(3,5)")),
    "A4": (12, of(4, "(1,2,3)", "(1,2)(3,4)")),
    "Dic3": (12, of(7, "(1,2,3)", "(1,2)(4,5,6,7)")),
    "Z4xZ2": (8, of(6, "(1,2,3,4)", "(5,6)")),
    "Dic4": (
        16,
        of(
            16,
            "(1,2,3,4,5,6,7,8)(9,10,11,12,13,14,15,16)",
            "(1,9,5,13)(2,16,6,12)(3,15,7,11)(4,14,8,10)",
        ),
    ),
}


@pytest.mark.parametrize(
    ("name", "number"),
    [("S3", 1), ("D4", 7), ("Q8", 3), ("D5", 1), ("A4", 1), ("D6", 7), ("Dic3", 1)],
)
def test_as_many_extensions_as_the_second_cohomology_has_elements(name: str, number: int) -> None:
    """2^dim H^2(G, Z_2) - 1, from the literature; the split one is left out."""
    order, automaton = GROUPS[name]
    part = max(components(automaton), key=lambda component: component.group.order)
    itself, *others = covers(part)
    assert (len(itself.table), len(others)) == (order, number)
    for cover in others:
        assert len(cover.table) == 2 * order
        check_cover(cover, part.table.products, part.numbers)


def check_cover(cover: Cover, products, numbers: tuple[int, ...]) -> None:
    elements = range(len(cover.table))
    for x, y in product(elements, repeat=2):
        image = cover.over[int(cover.table.products[x, y])]
        assert image == products[cover.over[x], cover.over[y]]
    (kernel,) = [x for x in elements if x and cover.over[x] == 0]
    assert all(cover.table.products[x, kernel] == cover.table.products[kernel, x] for x in elements)
    assert tuple(cover.over[x] for x in cover.numbers) == numbers


def least_by_letters(automaton: Automaton) -> int:
    """1 if each letter is an involution or the identity, else 2: no network does with less."""
    for letter in range(len(automaton.alphabet)):
        images = automaton.table[:, letter]
        if any(images[images[q]] != q for q in range(automaton.n_states)):
            return 2
    return 1


def generating_sets(automaton: Automaton, seed: int) -> list[Automaton]:
    """The same group over other letters: up to three elements, of all that generate it."""
    words = {0: ()}
    queue = [0]
    for state in queue:
        for letter in range(len(automaton.alphabet)):
            image = int(automaton.table[state, letter])
            if image not in words:
                words[image] = (*words[state], letter)
                queue.append(image)
    columns = []
    for word in words.values():
        column = list(range(automaton.n_states))
        for letter in word:
            column = [int(automaton.table[q, letter]) for q in column]
        columns.append(tuple(column))
    found = []
    options = [c for n in (2, 3) for c in combinations(columns[1:], n)]
    Random(seed).shuffle(options)
    for chosen in options:
        reached, order = {0}, [0]
        for q in order:
            new = {column[q] for column in chosen} - reached
            reached |= new
            order += sorted(new)
        if len(reached) == automaton.n_states:
            table = [[column[q] for column in chosen] for q in range(automaton.n_states)]
            found.append(canonical("abc"[: len(chosen)], table, automaton.outputs))
    return found


def check_both_ends(automaton: Automaton) -> None:
    number = householder_number(automaton)
    assert number.low.value == least_by_letters(automaton)
    network = tracker(automaton, number)
    assert isinstance(explore(network, Exact(), automaton, 4_000), Recognises)
    assert number.is_exact or (number.low.value, number.high) == (1, 2)


@pytest.mark.parametrize("name", part_of(list(GROUPS), 3))
def test_small_groups_need_no_more_than_two_factors(name: str) -> None:
    for automaton in generating_sets(GROUPS[name][1], 1)[:2]:
        check_both_ends(automaton)


@pytest.mark.slow
@pytest.mark.parametrize("name", GROUPS)
def test_small_groups_over_many_letters(name: str) -> None:
    for automaton in generating_sets(GROUPS[name][1], 2)[:40]:
        check_both_ends(automaton)
