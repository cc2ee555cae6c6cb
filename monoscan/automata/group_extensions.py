"""The small groups that are no product and belong to no family, each built from its name.

A name such as ``(Z2 x Z4):Z2 (y -> xy)`` or ``D12.Z2 (x -> x^5, y -> xy, s^2 = x^3)`` is a
presentation: the normal subgroup with generators x, y, z, w; after ``:`` or ``.`` the cyclic factor
group of order m that one more generator s makes; in brackets what s v s^-1 is for those generators
v that s does not leave alone, and what s^m is if it is not 1. A colon says that s^m = 1.
"""

from __future__ import annotations

import re
from functools import reduce

import numpy as np

from monoscan.automata.group_models import (
    cyclic,
    cyclic_extension,
    dihedral,
    direct_product,
    heisenberg,
    quaternion_like,
)
from monoscan.automata.group_table import GroupTable

EXTENSIONS = (
    "(Z2 x Z4):Z2 (y -> xy)",
    "(Z2 x Z6):Z2 (y -> xy^5)",
    "(Z2 x Z2 x Z2 x Z2):Z2 (z -> yz, w -> xw)",
    "(Z2 x Z2 x Z4):Z2 (y -> xy, z -> z^3)",
    "(Z2 x Z2 x Z4):Z2 (y -> yz^2, z -> xz)",
    "(Z2 x Z8):Z2 (y -> xy)",
    "(Z2 x Z8):Z2 (y -> xy^3)",
    "(Z2 x Z8):Z2 (x -> xy^4)",
    "(Z2 x Z8):Z2 (x -> xy^4, y -> y^3)",
    "(Z4 x Z4):Z2 (y -> x^2y)",
    "(Z4 x Z4):Z2 (y -> xy^3)",
    "(Z4 x Z4):Z2 (x -> x^3, y -> x^2y^3)",
    "(Z4 x Z4):Z2 (x -> xy^2, y -> x^2y^3)",
    "(Z2 x Z2 x Z2):Z4 (x -> z, z -> xy)",
    "(Z2 x Z4):Z4 (y -> xy)",
    "(Z2 x Z2 x Z4).Z2 (y -> xy, z -> z^3, s^2 = z^2)",
    "(Z2 x Z8).Z2 (y -> xy^3, s^2 = y^4)",
    "(Z2 x Z8).Z2 (x -> xy^4, y -> y^3, s^2 = xy^2)",
    "(Z4 x Z4).Z2 (x -> x^3, y -> y^3, s^2 = y^2)",
    "(Z4 x Z4).Z2 (x -> x^3, y -> x^2y^3, s^2 = y^2)",
    "(Z2 x Z2 x Z2).Z4 (x -> z, z -> xy, s^4 = y)",
    "(Z2 x Z4).Z4 (x -> xy^2, y -> xy, s^4 = y^2)",
    "D8:Z2 (x -> x^3)",
    "Q16:Z2 (x -> x^3)",
    "(Z3 x Z3):Z4 (x -> y, y -> x^2)",
    "(Z3 x Z3):Z4 (x -> x^2, y -> y^2)",
    "(Z2 x Z2):Z9 (x -> y, y -> xy)",
    "(Z2 x Z10):Z2 (y -> xy^9)",
    "(Z2 x Z12):Z2 (y -> xy^5)",
    "(Z2 x Z12):Z2 (x -> xy^6, y -> y^5)",
    "(Z2 x Z2 x Z2 x Z2):Z3 (x -> w, y -> z, z -> yz, w -> xw)",
    "(Z4 x Z4):Z3 (x -> y, y -> x^3y^3)",
    "(Z2 x Z6):Z4 (y -> xy^5)",
    "(Z2 x Z12).Z2 (y -> xy^5, s^2 = y^6)",
    "(Z2 x Z12).Z2 (x -> xy^6, y -> y^5, s^2 = y^3)",
    "D12.Z2 (x -> x^5, s^2 = x^6)",
    "D12.Z2 (x -> x^5, y -> xy, s^2 = x^3)",
    "D12.Z2 (x -> x^5, y -> xy, s^2 = x^9)",
    "Dic6.Z2 (x -> x^5, s^2 = x^6)",
    "Dic6.Z2 (x -> x^5, y -> xy, s^2 = x^3)",
    "Dic6.Z2 (x -> x^5, y -> xy, s^2 = x^9)",
    "(Z3 x Z3):Z6 (x -> y, y -> x^2y)",
    "Heisenberg(3):Z2 (x -> x^2, y -> y^2)",
    "(Z2 x Z14):Z2 (y -> xy^13)",
    "(Z2 x Z2 x Z2):Z7 (x -> z, y -> x, z -> yz)",
)
"""The names; with products and families of groups they complete the orders up to 60."""

_NAME = re.compile(r"(?P<base>.+?)[:.]Z(?P<m>\d+) \((?P<relations>.*)\)")
_LETTERS = "xyzw"


def extension_order(name: str) -> int:
    """The number of elements of the group with a name of this form.

    >>> extension_order("(Z2 x Z4):Z2 (y -> xy)")
    16
    """
    base, m, _ = _parts(name)
    return len(_base(base)[0]) * m


def extension_table(name: str) -> GroupTable:
    """The group with a name of this form.

    Raises:
        ValueError: If the name is not of this form, or if there is no such group.

    >>> sorted(extension_table("(Z2 x Z4):Z2 (y -> xy)").orders.tolist())
    [1, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4]
    """
    base, m, relations = _parts(name)
    group, generators = _base(base)
    letters = dict(zip(_LETTERS, generators, strict=False))
    images, power = dict(letters), 0
    for relation in relations:
        left, right = re.split(" -> | = ", relation)
        if left in letters:
            images[left] = _word(group, letters, right)
        else:
            power = _word(group, letters, right)
    tree = group.spanning_tree(list(generators))
    action = np.zeros(len(group), dtype=np.intp)
    for element, parent, number in tree[1:]:
        action[element] = group.products[action[tree[parent][0]], images[_LETTERS[number]]]
    return cyclic_extension(group, m, action, power)


def _parts(name: str) -> tuple[str, int, list[str]]:
    match = _NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"{name!r} is no name such as 'D8:Z2 (x -> x^3)'")
    return match["base"], int(match["m"]), match["relations"].split(", ")


def _base(name: str) -> tuple[GroupTable, tuple[int, ...]]:
    """A normal subgroup and its generators x, y, z, w."""
    if name == "Heisenberg(3)":
        return heisenberg(), (1, 9)
    if name.startswith("Dic"):
        return quaternion_like(int(name[3:])), (2, 1)
    if name.startswith("D"):
        return dihedral(int(name[1:])), (2, 1)
    if name.startswith("Q"):
        return quaternion_like(int(name[1:]) // 4), (2, 1)
    factors = [int(factor) for factor in re.findall(r"Z(\d+)", name)]
    sizes = [int(np.prod(factors[place + 1 :], dtype=np.int64)) for place in range(len(factors))]
    return reduce(direct_product, map(cyclic, factors)), tuple(sizes)


def _word(group: GroupTable, letters: dict[str, int], word: str) -> int:
    """The element that a word such as x^2y is."""
    element = 0
    for letter, exponent in re.findall(r"([a-z])(?:\^(\d+))?", word):
        for _ in range(int(exponent or 1)):
            element = int(group.products[element, letters[letter]])
    return element
