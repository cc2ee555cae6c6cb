"""Green's relations: by ideals on random monoids, by formulas on known ones."""

from __future__ import annotations

from itertools import combinations
from math import comb, factorial

import pytest
from helpers.known_automata import (
    alternating_five,
    full_transformations,
    quaternion_group,
    symmetric_group,
)
from hypothesis import given

from monoscan.automata import compile_regex, syntactic_monoid, transition_monoid
from monoscan.automata.greens import GreensRelations, find_idempotents
from monoscan.strategies.automata import automata


def stirling(n: int, k: int) -> int:
    """The number of partitions of n things into k blocks."""
    return sum((-1) ** (k - i) * comb(k, i) * i**n for i in range(k + 1)) // factorial(k)


@given(automata(max_states=4))
def test_classes_are_equal_ideals(automaton):
    monoid = transition_monoid(automaton, budget=300)
    greens = GreensRelations(monoid)
    everyone = range(len(monoid))
    right = [frozenset(monoid.products(x, list(everyone)).tolist()) for x in everyone]
    left = [frozenset(monoid.products(list(everyone), x).tolist()) for x in everyone]
    both = [frozenset(y for x in ideal for y in right[x]) for ideal in left]
    for x, y in combinations(everyone, 2):
        r, l, j = (ideals[x] == ideals[y] for ideals in (right, left, both))  # noqa: E741
        assert (greens.r_classes[x] == greens.r_classes[y]) == r
        assert (greens.l_classes[x] == greens.l_classes[y]) == l
        assert (greens.h_classes[x] == greens.h_classes[y]) == (r and l)
        assert (greens.d_classes[x] == greens.d_classes[y]) == j


@given(automata(max_states=4))
def test_egg_boxes(automaton):
    monoid = transition_monoid(automaton)
    greens = GreensRelations(monoid)
    idempotents = {x for x in range(len(monoid)) if monoid.multiply(x, x) == x}
    assert set(greens.idempotents.tolist()) == idempotents == set(find_idempotents(monoid).tolist())
    boxes = [greens.egg_box(number) for number in range(greens.n_classes["D"])]
    assert sum(box.n_elements for box in boxes) == len(monoid)
    found = set()
    for box in boxes:
        for i, r in enumerate(box.r_classes):
            for j, l in enumerate(box.l_classes):  # noqa: E741
                first = int(box.representatives[i, j])
                cell = greens.h_class(first)
                assert cell[0] == first
                assert len(cell) == box.cell_size
                assert {int(greens.r_classes[x]) for x in cell} == {r}
                assert {int(greens.l_classes[x]) for x in cell} == {l}
                if box.idempotents[i, j] >= 0:
                    assert box.idempotents[i, j] in cell
                    found.add(int(box.idempotents[i, j]))
        # A D-class is regular exactly if each row and each column has an idempotent.
        regular = box.idempotents >= 0
        assert box.is_regular == regular.any(axis=1).all() == regular.any(axis=0).all()
    assert found == idempotents


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_full_transformation_monoid(n):
    """D-classes are the ranks k, L-classes the images, R-classes the kernels, groups S_k."""
    greens = GreensRelations(transition_monoid(full_transformations(n)))
    assert greens.n_classes["D"] == n
    assert greens.n_classes["L"] == 2**n - 1
    assert greens.n_classes["R"] == sum(stirling(n, k) for k in range(1, n + 1))
    assert len(greens.idempotents) == sum(comb(n, k) * k ** (n - k) for k in range(1, n + 1))
    assert greens.regular_d_classes == tuple(range(n))
    for number, k in enumerate(range(n, 0, -1)):
        box = greens.egg_box(number)
        assert (len(box.r_classes), len(box.l_classes)) == (stirling(n, k), comb(n, k))
        assert box.cell_size == factorial(k)
        group = greens.subgroup_at(greens.group_identities()[number]).group
        assert (group.degree, group.order) == (k, factorial(k))


def test_ab_star():
    greens = GreensRelations(syntactic_monoid(compile_regex("(ab)*", "ab")))
    boxes = [greens.egg_box(number) for number in range(3)]
    assert [box.representatives.shape for box in boxes] == [(1, 1), (2, 2), (1, 1)]
    assert [box.is_regular for box in boxes] == [True, True, True]
    assert greens.maximal_subgroups(trivial=False) == ()
    assert len(greens.maximal_subgroups()) == 3


def test_irregular_d_class():
    greens = GreensRelations(syntactic_monoid(compile_regex("aa", "a")))
    assert greens.n_classes["D"] == 4
    assert greens.regular_d_classes == (0, 3)
    assert not greens.egg_box(1).is_regular


@pytest.mark.parametrize(
    ("automaton", "name"),
    [
        (symmetric_group(5), "S5"),
        (alternating_five(), "A5"),
        (quaternion_group(), "Q8"),
    ],
)
def test_groups_have_one_class(automaton, name):
    greens = GreensRelations(transition_monoid(automaton))
    assert set(greens.n_classes.values()) == {1}
    (subgroup,) = greens.maximal_subgroups()
    assert subgroup.group.name == name
    assert subgroup.idempotent == 0


@given(automata(max_states=5))
def test_maximal_subgroups_act_like_their_elements(automaton):
    monoid = transition_monoid(automaton, budget=4000)
    greens = GreensRelations(monoid)
    for subgroup in greens.maximal_subgroups(trivial=False):
        members = greens.h_class(subgroup.idempotent)
        assert subgroup.group.order == len(members)
        for element, permutation in zip(
            subgroup.generators, subgroup.group.generators, strict=True
        ):
            images = [subgroup.states[point] for point in permutation]
            assert monoid.elements[element][list(subgroup.states)].tolist() == images


def test_errors():
    greens = GreensRelations(syntactic_monoid(compile_regex("(ab)*", "ab")))
    with pytest.raises(IndexError, match=r"D-class 3 does not exist; the D-classes are 0\.\.2"):
        greens.egg_box(3)
    with pytest.raises(ValueError, match="element 1 is no idempotent"):
        greens.subgroup_at(1)
