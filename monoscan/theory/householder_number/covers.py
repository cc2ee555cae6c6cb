"""Groups that map onto a group with a kernel of two central elements.

A central extension of G by Z_2 is G x Z_2 as a set, and a generator s moves (g, a) to
(g s, a + c(g, s)). Which signs c make it a group is a system of linear equations over GF(2): the
sum of c along each closed walk of the Cayley graph has to be the same wherever the walk starts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from monoscan.automata.group_table import MAX_TABLE, GroupTable
from monoscan.automata.groups import list_elements
from monoscan.theory.householder_number.components import Component

MAX_EXTENDED = 48
"""The largest order of a group whose extensions are listed."""

_MAX_CLASSES = 4
"""The dimension over GF(2) of the space of extensions that are tried at most."""

Edge: TypeAlias = tuple[int, int]
Signs: TypeAlias = dict[Edge, int]


@dataclass(frozen=True, eq=False)
class Cover:
    """A group that maps onto the group of a component, with an element over each letter.

    Attributes:
        table: its multiplication table.
        over: for each element of it the element of the component's group that it maps to.
        numbers: for each letter an element that maps to the letter's.
    """

    table: GroupTable
    over: tuple[int, ...]
    numbers: tuple[int, ...]


def covers(component: Component) -> Iterator[Cover]:
    """The group of the component itself, then its extensions by two central elements.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.householder_number.components import components
    >>> center, q8 = components(get_language("q8").build())
    >>> [len(cover.table) for cover in covers(q8)]
    [8, 16, 16, 16]
    """
    table = component.table
    yield Cover(table, tuple(range(len(table))), component.numbers)
    if len(table) > min(MAX_EXTENDED, MAX_TABLE // 2):
        return
    for signs in _extensions(table):
        yield _extended(component, signs)


def _extensions(table: GroupTable) -> Iterator[Signs]:
    """Signs of the edges (g, number of the generator), one choice for each extension.

    All signs on a spanning tree are 0. Signs that depend on the generator alone only change the
    signs of letters, and are left out.
    """
    n, generators = len(table), table.generators
    path: dict[int, tuple[int, ...]] = {}
    tree = set[Edge]()
    listed = table.spanning_tree(list(generators))
    for element, earlier, index in listed:
        path[element] = ()
        if index >= 0:
            before = listed[earlier][0]
            tree.add((before, index))
            path[element] = (*path[before], index)
    edges = [edge for edge in product(range(n), range(len(generators))) if edge not in tree]
    bit = {edge: 1 << place for place, edge in enumerate(edges)}

    def along(start: int, walk: Sequence[int]) -> int:
        total = 0
        for index in walk:
            total ^= bit.get((start, index), 0)
            start = int(table.products[start, generators[index]])
        return total

    equations = []
    for g, index in edges:
        # Two walks from the same element to the same element, which close.
        there = (*path[g], index)
        back = path[int(table.products[g, generators[index]])]
        here = along(0, there) ^ along(0, back)
        equations += [here ^ along(int(h), there) ^ along(int(h), back) for h in generators]
    solutions = _kernel(equations, len(edges))
    trivial = []
    for index in range(len(generators)):
        # The signs of one generator, moved to zero on the tree.
        level = {h: walk.count(index) % 2 for h, walk in path.items()}
        trivial.append(
            sum(
                bit[g, i]
                for g, i in edges
                if (i == index) ^ level[g] ^ level[int(table.products[g, generators[i]])]
            )
        )
    classes = _independent(solutions, trivial)[:_MAX_CLASSES]
    for choice in product((0, 1), repeat=len(classes)):
        if any(choice):
            total = 0
            for taken, vector in zip(choice, classes, strict=True):
                total ^= vector * taken
            yield {edge: int(bool(total & bit[edge])) for edge in edges}


def _kernel(equations: Sequence[int], n_unknowns: int) -> list[int]:
    """A basis of the vectors (as bits) that are orthogonal to all equations, over GF(2)."""
    pivots: dict[int, int] = {}
    for equation in equations:
        for place, row in pivots.items():
            if equation >> place & 1:
                equation ^= row
        if equation:
            place = equation.bit_length() - 1
            for other, row in pivots.items():
                if row >> place & 1:
                    pivots[other] = row ^ equation
            pivots[place] = equation
    free = [place for place in range(n_unknowns) if place not in pivots]
    return [
        (1 << place) | sum(1 << other for other, row in pivots.items() if row >> place & 1)
        for place in free
    ]


def _independent(vectors: Sequence[int], known: Sequence[int]) -> list[int]:
    """Vectors that are independent of each other and of the known ones, over GF(2)."""
    basis: list[int] = []
    found: list[int] = []
    for number, vector in enumerate((*known, *vectors)):
        rest = vector
        for row in basis:
            rest = min(rest, rest ^ row)
        if rest:
            basis.append(rest)
            if number >= len(known):
                found.append(vector)
    return found


def _extended(component: Component, signs: Signs) -> Cover:
    table, n = component.table, len(component.table)
    # Point 2 g + a stands for (g, a).
    moves = tuple(
        tuple(
            2 * int(table.products[g, generator]) + (a ^ signs.get((g, index), 0))
            for g in range(n)
            for a in (0, 1)
        )
        for index, generator in enumerate(table.generators)
    )
    elements = list_elements(2 * n, moves)
    over = tuple(int(row[0]) // 2 for row in elements)
    first = {g: number for number, g in reversed(list(enumerate(over)))}
    return Cover(
        GroupTable.of_permutations(elements), over, tuple(first[g] for g in component.numbers)
    )
