"""Abelian groups in one diagonal layer whose entries are characters: roots of unity.

Shakerinava et al., arXiv 2603.01959: one complex diagonal layer tracks exactly the abelian groups.
With signs only these are the groups in which every element has order at most 2.
"""

from __future__ import annotations

from math import gcd

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton
from monoscan.automata.group_table import GroupTable
from monoscan.theory.constructions.matrices import Matrices, diagonal
from monoscan.theory.constructions.published.letter_group import LetterGroup, letter_group
from monoscan.theory.constructions.published.one_layer import one_layer
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import zeta
from monoscan.theory.transition import Diagonal

Exponents = NDArray[np.int64]


def exponent(table: GroupTable) -> int:
    """The least e such that the e-th power of every element is the identity.

    >>> exponent(GroupTable(np.array([[0, 1], [1, 0]], dtype=np.int16)))
    2
    """
    return int(np.lcm.reduce(table.orders))


def characters(table: GroupTable) -> Exponents:
    """All homomorphisms of an abelian group into the e-th roots of unity, e its exponent.

    Returns:
        An array [characters, elements]; entry k stands for the root of unity exp(2 pi i k/e).

    >>> characters(GroupTable(np.array([[0, 1], [1, 0]], dtype=np.int16))).tolist()
    [[0, 0], [0, 1]]
    """
    e = exponent(table)
    found: list[dict[int, int]] = [{0: 0}]
    for generator in table.generators:
        found = [longer for short in found for longer in _extensions(table, short, generator, e)]
    return np.array([[values[g] for g in range(len(table))] for values in found], dtype=np.int64)


def _extensions(
    table: GroupTable, character: dict[int, int], generator: int, e: int
) -> list[dict[int, int]]:
    """The extensions of a character of a subgroup to the subgroup with one more generator."""
    powers = [0]
    power = generator
    while power not in character:
        powers.append(power)
        power = int(table.products[power, generator])
    index = len(powers)
    # The value x of the generator is any solution of index * x = value(generator^index) modulo e.
    values = [x for x in range(e) if (index * x - character[power]) % e == 0]
    return [
        {
            int(table.products[element, step]): (old + count * x) % e
            for element, old in character.items()
            for count, step in enumerate(powers)
        }
        for x in values
    ]


def separating_characters(table: GroupTable) -> Exponents:
    """Few characters that together tell all elements apart.

    >>> four = GroupTable(np.array([[i ^ j for j in range(4)] for i in range(4)], dtype=np.int16))
    >>> len(separating_characters(four))
    2
    """
    e, everything = exponent(table), characters(table)
    # Characters with many values first: one faithful character of a cyclic group is enough.
    everything = everything[np.argsort([-_n_values(row, e) for row in everything], kind="stable")]
    chosen: list[int] = []
    kernel = np.ones(len(table), dtype=bool)
    while kernel.sum() > 1:
        best = int(np.argmin((everything[:, kernel] == 0).sum(axis=1)))
        chosen.append(best)
        kernel &= everything[best] == 0
    return everything[chosen] if chosen else everything[:1]


def _n_values(row: Exponents, e: int) -> int:
    return e // gcd(e, *row.tolist())


def _abelian_group(automaton: Automaton) -> LetterGroup | str:
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    for i, first in enumerate(group.letters):
        for j, second in enumerate(group.letters[:i]):
            if group.table.products[first, second] != group.table.products[second, first]:
                return (
                    f"the letters {automaton.alphabet[j]!r} and {automaton.alphabet[i]!r} do not "
                    "commute, so their group is not abelian"
                )
    return group


def _supports(automaton: Automaton) -> str | None:
    group = _abelian_group(automaton)
    return group if isinstance(group, str) else None


def _order_of_roots(automaton: Automaton) -> int:
    group = _abelian_group(automaton)
    if isinstance(group, str):
        raise UnsupportedError(group)
    return exponent(group.table)


def _matrices(automaton: Automaton) -> Matrices:
    return diagonal(1, zeta(_order_of_roots(automaton)))


@construction(
    "abelian-one-layer",
    statement="An abelian group in one diagonal layer: each coordinate multiplies the roots of "
    "unity that a character gives to the letters; signs if every element has order at most 2.",
    source="Shakerinava et al., arXiv 2603.01959",
    matrices=_matrices,
    supports=_supports,
)
def abelian_one_layer(automaton: Automaton) -> LRNN:
    """The network with as few characters as tell the group's elements apart greedily.

    Raises:
        UnsupportedError: if the letters do not permute the states, do not commute, or generate
            more than 120 elements.

    >>> abelian_one_layer(Automaton("a", [[1], [2], [0]], (True, False, False))).output("aaaa")
    False
    """
    group = _abelian_group(automaton)
    if isinstance(group, str):
        raise UnsupportedError(group)
    e, rows = exponent(group.table), separating_characters(group.table)
    transitions = [
        Diagonal(tuple(zeta(e, int(row[letter])) for row in rows)) for letter in group.letters
    ]
    return one_layer(automaton, Matrix.column([1] * len(rows)), transitions)
