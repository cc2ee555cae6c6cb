"""Groups from their presentations: what is refused, and facts that are known of single groups."""

from __future__ import annotations

import numpy as np
import pytest

from monoscan.automata.group_extensions import EXTENSIONS, extension_order, extension_table
from monoscan.automata.group_models import (
    alternating_four_by_four,
    binary_octahedral,
    central_product,
    cyclic,
    cyclic_extension,
    dihedral,
    direct_product,
    linear,
    quaternion_like,
)
from monoscan.automata.group_names import MAX_NAMED, model_name, models
from monoscan.automata.group_table import GroupTable, is_isomorphic
from monoscan.automata.groups import PermutationGroup


def involutions(group: GroupTable) -> int:
    return int((group.orders == 2).sum())


def test_no_row_of_the_table_is_superfluous():
    """Each name is that of a group which no product, family or earlier row gives."""
    used = {name for order in range(1, MAX_NAMED + 1) for name, _ in models(order)}
    assert [name for name in EXTENSIONS if name not in used] == []


@pytest.mark.parametrize("name", EXTENSIONS)
def test_a_name_is_a_presentation(name):
    """The group has the order of its name, and a permutation group of this kind gets the name."""
    table = extension_table(name)
    assert len(table) == extension_order(name)
    columns = [tuple(table.products[:, g].tolist()) for g in table.generators]
    assert PermutationGroup(len(table), tuple(columns)).name == name


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Z8:Z2 (x -> x^7)", "D8"),
        ("Z4.Z2 (x -> x^3, s^2 = x^2)", "Q8"),
        ("(Z2 x Z2):Z3 (x -> y, y -> xy)", "A4"),
        ("(Z2 x Z2):Z2 (x -> y, y -> x)", "D4"),
        ("Q8:Z3 (x -> y, y -> xy)", "SL(2,3)"),
        ("(Z3 x Z3):Z2 (x -> y, y -> x)", "Z3 x S3"),
        ("D4.Z2 (x -> x, s^2 = x^2)", "Z4 o D4"),
    ],
)
def test_other_presentations_of_well_known_groups(name, same):
    assert model_name(extension_table(name)) == same


@pytest.mark.parametrize(
    ("group", "order", "found"),
    [
        # Huppert, Endliche Gruppen I, III.13: extraspecial groups of order 32.
        (central_product(dihedral(4), dihedral(4)), 32, 19),
        (central_product(dihedral(4), quaternion_like(2)), 32, 11),
        # Only -1 has order 2 in the binary octahedral group: it lies in the unit quaternions.
        (binary_octahedral(), 48, 1),
        # 12 conjugates of a reflection, and -1.
        (linear((1, 2)), 48, 13),
        # The three double transpositions, s^2, and their products.
        (alternating_four_by_four(), 48, 7),
    ],
    ids=["D4 o D4", "D4 o Q8", "CSU(2,3)", "GL(2,3)", "A4:Z4"],
)
def test_elements_of_order_two(group, order, found):
    assert (len(group), involutions(group)) == (order, found)


def test_central_products_of_two_kinds():
    """D4 o D4 and Q8 o Q8 are isomorphic, and neither is D4 o Q8."""
    d4, q8 = dihedral(4), quaternion_like(2)
    assert is_isomorphic(central_product(d4, d4), central_product(q8, q8))
    assert not is_isomorphic(central_product(d4, d4), central_product(d4, q8))


@pytest.mark.parametrize(
    ("action", "power"),
    [
        ([0, 2, 1, 3], 0),  # no automorphism of Z4
        ([0, 3, 2, 1], 1),  # moves s^2
        ([0, 0, 0, 0], 0),  # merges elements
    ],
)
def test_extensions_that_do_not_exist(action, power):
    with pytest.raises(ValueError, match="there is no extension by a cyclic group of order 2"):
        cyclic_extension(cyclic(4), 2, np.array(action), power)


def test_an_action_whose_power_is_no_conjugation():
    turn = np.arange(5) * 2 % 5
    with pytest.raises(ValueError, match="its power 2 the conjugation"):
        cyclic_extension(cyclic(5), 2, turn)
    assert len(cyclic_extension(cyclic(5), 4, turn)) == 20


def test_a_central_product_needs_one_involution_in_each_centre():
    with pytest.raises(ValueError, match="order 3 has 0 central elements of order 2"):
        central_product(cyclic(3), cyclic(4))
    with pytest.raises(ValueError, match="order 4 has 3 central elements of order 2"):
        central_product(cyclic(2), direct_product(cyclic(2), cyclic(2)))


@pytest.mark.parametrize("name", ["D8", "D8:Z2", "D8 x Z2 (x -> y)", ""])
def test_names_that_are_no_presentation(name):
    with pytest.raises(ValueError, match="is no name such as"):
        extension_table(name)


def test_a_presentation_of_no_group():
    with pytest.raises(ValueError, match="there is no extension"):
        extension_table("Z8:Z2 (x -> x^2)")
