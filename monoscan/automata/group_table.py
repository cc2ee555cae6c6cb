"""Small groups as multiplication tables, and whether two of them are isomorphic."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.row_table import RowTable

Table: TypeAlias = NDArray[np.int16]
Fingerprint: TypeAlias = tuple[int, int, int]

MAX_TABLE = 720
"""The largest order of a group that is written as a table."""

_TUPLES_AT_ONCE = 1 << 15


@final
@dataclass(frozen=True, eq=False)
class GroupTable:
    """A group of at most `MAX_TABLE` elements; element 0 is the identity.

    Attributes:
        products: int16 array [elements, elements]: the product of row and column.

    Raises:
        ValueError: If the group is too large.

    >>> import numpy as np
    >>> z3 = GroupTable(np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]], dtype=np.int16))
    >>> z3.orders.tolist(), is_isomorphic(z3, z3)
    ([1, 3, 3], True)
    """

    products: Table

    def __post_init__(self) -> None:
        if len(self.products) > MAX_TABLE:
            raise ValueError(
                f"a group of order {len(self.products)} is not written as a table; "
                f"at most {MAX_TABLE} elements are"
            )

    @classmethod
    def of_permutations(cls, elements: NDArray[np.intp]) -> GroupTable:
        """The table of a complete list of permutations, the identity first: [elements, points].

        Raises:
            ValueError: If there are more than `MAX_TABLE`.
        """
        order, degree = elements.shape
        if order > MAX_TABLE:
            raise ValueError(
                f"a group of order {order} is not written as a table; at most {MAX_TABLE} "
                "elements are"
            )
        numbers = RowTable(bound=degree, width=degree)
        numbers.add(elements)
        # "x, then y" sends a point p to y[x[p]].
        rows = [numbers.find(elements[:, element]) for element in elements]
        return cls(np.array(rows, dtype=np.int16))

    def __len__(self) -> int:
        return len(self.products)

    @cached_property
    def orders(self) -> NDArray[np.int64]:
        """The order of each element."""
        everyone = np.arange(len(self))
        orders, powers = np.ones(len(self), dtype=np.int64), everyone
        while powers.any():
            orders[powers != 0] += 1
            powers = np.where(powers == 0, 0, self.products[powers, everyone])
        return orders

    @cached_property
    def fingerprints(self) -> list[Fingerprint]:
        """For each element three numbers that an isomorphism keeps.

        Its order, the number of elements that commute with it, and the number of elements whose
        square it is.
        """
        commuting = (self.products == self.products.T).sum(axis=1)
        roots = np.bincount(np.diagonal(self.products), minlength=len(self))
        return list(zip(self.orders.tolist(), commuting.tolist(), roots.tolist(), strict=True))

    @cached_property
    def generators(self) -> tuple[int, ...]:
        """Few generators, of fingerprints as rare as possible."""
        rarity = Counter(self.fingerprints)
        chosen: list[int] = []
        while len(self.subgroup(chosen)) < len(self):
            inside = set(self.subgroup(chosen))
            chosen.append(
                max(
                    (element for element in range(len(self)) if element not in inside),
                    key=lambda x: (
                        len(self.subgroup([*chosen, x])),
                        -rarity[self.fingerprints[x]],
                    ),
                )
            )
        return tuple(chosen)

    def subgroup(self, generators: list[int]) -> list[int]:
        """The elements that some elements generate, in breadth-first order."""
        return [element for element, _, _ in self.spanning_tree(generators)]

    def spanning_tree(self, generators: list[int]) -> list[tuple[int, int, int]]:
        """The subgroup of some elements as triples: element = earlier element times generator.

        The last two entries are the place of the earlier element in the list and the place of the
        generator among the generators; -1 for the identity, which comes first.
        """
        tree, seen = [(0, -1, -1)], {0}
        for place, (element, _, _) in enumerate(tree):
            for number, generator in enumerate(generators):
                product = int(self.products[element, generator])
                if product not in seen:
                    seen.add(product)
                    tree.append((product, place, number))
        return tree


def is_isomorphic(first: GroupTable, second: GroupTable) -> bool:
    """Whether two groups are isomorphic.

    The images of the generators of the first group are sought one after another; a choice is kept
    as long as it extends to an injective homomorphism of the subgroup generated so far. The
    answer is exact: fingerprints only narrow the search.
    """
    if Counter(first.fingerprints) != Counter(second.fingerprints):
        return False
    images: NDArray[np.intp] = np.zeros((1, 0), dtype=np.intp)
    for count in range(1, len(first.generators) + 1):
        chosen = list(first.generators[:count])
        wanted = first.fingerprints[chosen[-1]]
        options = [x for x, fingerprint in enumerate(second.fingerprints) if fingerprint == wanted]
        images = _extended(first, second, chosen, images, np.array(options))
    return len(images) > 0


def _extended(
    first: GroupTable,
    second: GroupTable,
    generators: list[int],
    images: NDArray[np.intp],
    options: NDArray[np.intp],
) -> NDArray[np.intp]:
    """The tuples of images, each with one more option, that extend to the subgroup."""
    tree = first.spanning_tree(generators)
    kept: list[NDArray[Any]] = []
    step = max(1, _TUPLES_AT_ONCE // len(options))
    for start in range(0, len(images), step):
        part = images[start : start + step]
        tuples = np.column_stack([np.repeat(part, len(options), 0), np.tile(options, len(part))])
        kept.append(tuples[_extend_to_homomorphisms(first, second, generators, tree, tuples)])
    return np.concatenate(kept) if kept else images[:0]


def _extend_to_homomorphisms(
    first: GroupTable,
    second: GroupTable,
    generators: list[int],
    tree: list[tuple[int, int, int]],
    tuples: NDArray[np.intp],
) -> NDArray[np.bool_]:
    places = np.full(len(first), -1)
    places[[element for element, _, _ in tree]] = np.arange(len(tree))
    values = np.zeros((len(tree), len(tuples)), dtype=np.intp)
    for place, (_, parent, number) in enumerate(tree):
        if place:
            values[place] = second.products[values[parent], tuples[:, number]]
    good = np.ones(len(tuples), dtype=bool)
    for place, (element, _, _) in enumerate(tree):
        good &= (values[place] != 0) | (place == 0)
        for number, generator in enumerate(generators):
            target = places[first.products[element, generator]]
            good &= values[target] == second.products[values[place], tuples[:, number]]
    return good
