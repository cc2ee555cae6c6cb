"""Permutation groups: known groups, names that are proofs, factors of non-solvable groups."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from helpers.known_automata import cycle, swap
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata.group_models import cyclic, dihedral, direct_product, quaternion_like
from monoscan.automata.group_names import (
    MAX_NAMED,
    SIMPLE_GROUPS,
    abelian_name,
    model_name,
    models,
)
from monoscan.automata.group_table import GroupTable, is_isomorphic
from monoscan.automata.groups import PermutationGroup, list_elements

# The number of groups of order 1, 2, ..., 60: OEIS A000001.
NUMBER_OF_GROUPS = [
    *(1, 1, 1, 2, 1, 2, 1, 5, 2, 2, 1, 5, 1, 2, 1, 14, 1, 5, 1, 5),
    *(2, 2, 1, 15, 2, 2, 5, 4, 1, 4, 1, 51, 1, 2, 1, 14, 1, 2, 2, 14),
    *(1, 6, 1, 4, 2, 2, 1, 52, 2, 5, 1, 5, 1, 15, 2, 13, 2, 2, 1, 13),
]
# The number of abelian groups of order 1, 2, ..., 60: OEIS A000688.
NUMBER_OF_ABELIAN_GROUPS = [
    *(1, 1, 1, 2, 1, 1, 1, 3, 2, 1, 1, 2, 1, 1, 1, 5, 1, 2, 1, 2),
    *(1, 1, 1, 3, 2, 1, 3, 2, 1, 1, 1, 7, 1, 1, 1, 4, 1, 1, 1, 3),
    *(1, 1, 1, 2, 2, 1, 1, 5, 2, 2, 1, 2, 1, 3, 1, 3, 1, 1, 1, 2),
]


def shifted(permutation: tuple[int, ...], before: int, after: int) -> tuple[int, ...]:
    """The permutation on some points among others that it fixes."""
    n = len(permutation)
    moved = [before + point for point in permutation]
    return (*range(before), *moved, *range(before + n, before + n + after))


def symmetric(n: int) -> PermutationGroup:
    return PermutationGroup(n, (tuple(cycle(n)), tuple(swap(n))))


def alternating(n: int) -> PermutationGroup:
    threes = [(0, 1, i) for i in range(2, n)]
    generators = []
    for a, b, c in threes:
        images = list(range(n))
        images[a], images[b], images[c] = b, c, a
        generators.append(tuple(images))
    return PermutationGroup(n, tuple(generators))


def regular(table: GroupTable) -> PermutationGroup:
    """A group acting on itself by multiplication on the right."""
    columns = [tuple(table.products[:, element].tolist()) for element in range(len(table))]
    return PermutationGroup(len(table), tuple(columns))


def times(first: PermutationGroup, second: PermutationGroup) -> PermutationGroup:
    generators = [shifted(g, 0, second.degree) for g in first.generators]
    generators += [shifted(g, first.degree, 0) for g in second.generators]
    return PermutationGroup(first.degree + second.degree, tuple(generators))


def projective_line(p: int) -> PermutationGroup:
    """PSL(2, p) on the points 0..p-1 and infinity: x -> x + 1 and x -> -1/x."""
    inverse = [p if x == 0 else -pow(x, -1, p) % p for x in range(p)]
    return PermutationGroup(p + 1, ((*cycle(p), p), (*inverse, 0)))


@pytest.mark.parametrize("order", range(1, MAX_NAMED + 1))
def test_the_table_holds_every_group(order):
    named = models(order)
    for i, (_, first) in enumerate(named):
        assert not (first.products == first.products.T).all()
        assert not any(is_isomorphic(first, second) for _, second in named[:i])
        assert len(first) == order
    names = [name for name, _ in named]
    assert len(set(names)) == len(names)
    count = len(named) + NUMBER_OF_ABELIAN_GROUPS[order - 1]
    assert count == NUMBER_OF_GROUPS[order - 1]


@pytest.mark.parametrize("order", range(1, MAX_NAMED + 1))
def test_models_are_groups(order):
    for _, table in models(order):
        product_of = table.products.astype(np.intp)
        assert (product_of[0] == np.arange(order)).all()
        assert (product_of[:, 0] == np.arange(order)).all()
        assert (np.sort(product_of, axis=1) == np.arange(order)).all()
        left = product_of[product_of]
        right = product_of[np.arange(order)[:, None, None], product_of]
        assert (left == right).all()


@pytest.mark.parametrize("order", [order for order in range(6, MAX_NAMED + 1) if models(order)])
def test_models_are_found_again_after_renaming_their_elements(order):
    random = np.random.default_rng(order)
    for name, table in models(order):
        shuffle = np.concatenate([[0], 1 + random.permutation(order - 1)])
        renamed = np.empty_like(table.products)
        renamed[shuffle[:, None], shuffle] = shuffle[table.products]
        assert model_name(GroupTable(renamed)) == name


@pytest.mark.parametrize(
    ("group", "name", "order", "length", "factors"),
    [
        (PermutationGroup(3, ()), "trivial", 1, 0, ()),
        (PermutationGroup(0, ()), "trivial", 1, 0, ()),
        (PermutationGroup(60, (tuple(cycle(60)),)), "Z60", 60, 1, ("Z2", "Z2", "Z3", "Z5")),
        (symmetric(3), "S3", 6, 2, ("Z2", "Z3")),
        (symmetric(4), "S4", 24, 3, ("Z2", "Z2", "Z2", "Z3")),
        (alternating(4), "A4", 12, 2, ("Z2", "Z2", "Z3")),
        (symmetric(5), "S5", 120, None, ("A5", "Z2")),
        (alternating(5), "A5", 60, None, ("A5",)),
        (symmetric(6), "S6", 720, None, ("A6", "Z2")),
        (alternating(9), "A9", 181440, None, ("A9",)),
        (symmetric(20), "S20", 2432902008176640000, None, ("A20", "Z2")),
        (regular(dihedral(5)), "D5", 10, 2, ("Z2", "Z5")),
        (regular(quaternion_like(2)), "Q8", 8, 2, ("Z2", "Z2", "Z2")),
        (regular(quaternion_like(3)), "Dic3", 12, 2, ("Z2", "Z2", "Z3")),
        (times(symmetric(3), symmetric(2)), "D6", 12, 2, ("Z2", "Z2", "Z3")),
        (times(symmetric(3), symmetric(3)), "S3 x S3", 36, 2, ("Z2", "Z2", "Z3", "Z3")),
        (
            PermutationGroup(100, (tuple(cycle(100)), tuple((-i) % 100 for i in range(100)))),
            "D100",
            200,
            2,
            ("Z2", "Z2", "Z2", "Z5", "Z5"),
        ),
        (projective_line(5), "A5", 60, None, ("A5",)),
        (projective_line(7), "order 168, not named", 168, None, ("PSL(2,7)",)),
        (projective_line(11), "order 660, not named", 660, None, ("PSL(2,11)",)),
        (
            times(alternating(5), alternating(5)),
            "order 3600, not named",
            3600,
            None,
            ("A5", "A5"),
        ),
        (
            times(alternating(5), symmetric(4)),
            "order 1440, not named",
            1440,
            None,
            ("A5", "Z2", "Z2", "Z2", "Z3"),
        ),
    ],
)
def test_known_groups(group, name, order, length, factors):
    assert (group.name, group.order, group.derived_length) == (name, order, length)
    assert group.composition_factors == factors
    assert group.is_solvable == (length is not None)


def test_factors_of_a_large_group_are_not_guessed():
    assert projective_line(23).composition_factors == ("PSL(2,23)",)
    large = projective_line(29)
    assert large.order == 12180 not in SIMPLE_GROUPS
    assert large.composition_factors is None
    assert large.element_orders is None
    assert large.name == "order 12180, not named"


def test_symmetric_group_in_an_unusual_form():
    """S5 on the six points of the projective line: PGL(2, 5), with x -> 2 x added."""
    line = projective_line(5)
    doubled = (*(2 * x % 5 for x in range(5)), 5)
    assert PermutationGroup(6, (*line.generators, doubled)).name == "S5"


@pytest.mark.parametrize(
    ("orders", "name"),
    [
        ((2, 2), "Z2 x Z2"),
        ((4,), "Z4"),
        ((2, 3), "Z6"),
        ((2, 2, 3), "Z2 x Z6"),
        ((4, 2, 9, 3), "Z6 x Z36"),
    ],
)
def test_abelian_groups(orders, name):
    total = sum(orders)
    starts = np.cumsum([0, *orders[:-1]]).tolist()
    generators = tuple(
        shifted(tuple(cycle(n)), start, total - start - n)
        for n, start in zip(orders, starts, strict=True)
    )
    group = PermutationGroup(total, generators)
    assert sorted(group.abelian_invariants) == sorted(orders)
    assert group.name == abelian_name(orders) == name
    assert group.is_abelian


def test_abelian_invariants_of_a_group_that_is_not_abelian():
    assert symmetric(4).abelian_invariants == (2,)
    assert alternating(4).abelian_invariants == (3,)
    assert alternating(5).abelian_invariants == ()


def test_isomorphism_is_more_than_counting_orders():
    """Z3 x Z3 x Z3 and the Heisenberg group have 26 elements of order 3 each."""
    (heisenberg,) = [table for name, table in models(27) if name == "Heisenberg(3)"]
    elementary = direct_product(cyclic(3), direct_product(cyclic(3), cyclic(3)))
    assert sorted(heisenberg.orders) == sorted(elementary.orders)
    assert not is_isomorphic(heisenberg, elementary)
    # Z4:Z4 and Z2 x Q8 have the same orders too, and are both not abelian.
    tables = dict(models(16))
    first, second = tables["Z4:Z4 (x -> x^3)"], tables["Z2 x Q8"]
    assert sorted(first.orders) == sorted(second.orders)
    assert not is_isomorphic(first, second)


@given(st.lists(st.permutations(range(5)), max_size=3))
def test_elements_and_orders_by_brute_force(generators):
    group = PermutationGroup(5, tuple(tuple(g) for g in generators))
    found = {tuple(range(5))}
    while True:
        grown = found | {tuple(g[x] for x in element) for element, g in product(found, generators)}
        if grown == found:
            break
        found = grown
    listed = {tuple(element) for element in list_elements(5, group.generators).tolist()}
    assert listed == found
    assert group.order == len(found) == sum(group.element_orders.values())
    assert group.is_abelian == all(
        tuple(b[x] for x in a) == tuple(a[x] for x in b) for a, b in product(found, found)
    )


def test_bad_generators():
    with pytest.raises(ValueError, match=r"generator \(0, 0\) is no permutation of the points"):
        PermutationGroup(2, ((0, 0),))
    with pytest.raises(ValueError, match=r"generator \(0, 1\) is no permutation"):
        PermutationGroup(3, ((0, 1),))
    with pytest.raises(ValueError, match="order 5040 is not written as a table"):
        _ = symmetric(7).table
