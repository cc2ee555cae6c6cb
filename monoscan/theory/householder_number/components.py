"""The group of a permutation automaton, split where letters commute.

If the letters fall into parts such that letters of different parts commute, the group is a quotient
of the product of the parts' groups. One layer may therefore track each part in heads of its own, a
letter being the identity on the others; and a network that tracks the whole tracks each part. So
the least number of Householder factors is the largest one of a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, minimize
from monoscan.automata.group_table import GroupTable
from monoscan.automata.groups import PermutationGroup, list_elements
from monoscan.automata.properties.group import is_group

Images: TypeAlias = tuple[int, ...]


class NotPermutationAutomatonError(ValueError):
    """An automaton in which a letter does not permute the states of the minimal automaton."""


@dataclass(frozen=True)
class Component:
    """Letters that do not split into commuting parts, or that are powers of one of them.

    Attributes:
        letters: the letters; none of them is the identity.
        maps: for each letter the images of the states of the minimal automaton.
    """

    letters: tuple[str, ...]
    maps: tuple[Images, ...]

    @cached_property
    def group(self) -> PermutationGroup:
        """The group that the letters generate."""
        return PermutationGroup(len(self.maps[0]), self.maps)

    @cached_property
    def _elements(self) -> NDArray[np.intp]:
        return list_elements(len(self.maps[0]), self.maps)

    @cached_property
    def table(self) -> GroupTable:
        """Its multiplication table: the product of row and column is "row, then column".

        Raises:
            ValueError: if the group is too large for a table.
        """
        return GroupTable.of_permutations(self._elements)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """For each letter the number of its element in the table."""
        found = {tuple(row): number for number, row in enumerate(self._elements.tolist())}
        return tuple(found[images] for images in self.maps)

    @cached_property
    def generator(self) -> int | None:
        """The place of a letter of which all letters are powers, if there is one."""
        orders = [PermutationGroup(len(images), (images,)).order for images in self.maps]
        place = orders.index(max(orders))
        return place if orders[place] == self.group.order else None

    def exponents(self, generator: int) -> tuple[int, ...]:
        """For each letter the k such that it is the k-th power of one of them.

        Args:
            generator: the place of a letter of which all letters are powers.
        """
        step = self.maps[generator]
        power, exponents = tuple(range(len(step))), dict[Images, int]()
        while power not in exponents:
            exponents[power] = len(exponents)
            power = tuple(step[image] for image in power)
        return tuple(exponents[images] for images in self.maps)


def components(automaton: Automaton) -> tuple[Component, ...]:
    """The parts of the letters that move a state; letters of different parts commute.

    Raises:
        NotPermutationAutomatonError: if a letter does not permute the states.

    >>> from monoscan.automata import get_language
    >>> [len(part.letters) for part in components(get_language("s3").build())]
    [5]
    >>> [part.letters for part in components(get_language("parity").build())]
    [('1',)]
    """
    answer = is_group(automaton)
    if not answer:
        raise NotPermutationAutomatonError(
            f"the letter {answer.letter!r} does not permute the states of the minimal automaton; "
            "the least number of Householder factors is defined for permutation automata"
        )
    minimal = minimize(automaton)
    moving = {
        letter: tuple(images)
        for letter, images in zip(minimal.alphabet, minimal.table.T.tolist(), strict=True)
        if images != list(range(minimal.n_states))
    }
    left, parts = list(moving), list[list[str]]()
    while left:
        part = [left.pop(0)]
        for letter in part:
            tied = [other for other in left if not _commute(moving[letter], moving[other])]
            part.extend(tied)
            left = [other for other in left if other not in tied]
        parts.append(part)
    joined = _joined(parts, moving)
    for part in joined:
        part.sort(key=minimal.alphabet.index)
    return tuple(Component(tuple(part), tuple(moving[a] for a in part)) for part in joined)


def _joined(parts: list[list[str]], moving: dict[str, Images]) -> list[list[str]]:
    """The parts, single letters that are powers of another one joined to it.

    A rotation of the plane serves all powers of a letter of order 3 or more, with two factors.
    """
    lone = {moving[part[0]]: part for part in parts if len(part) == 1}
    for images, part in list(lone.items()):
        power = tuple(images[image] for image in images)
        while power != images and part:
            other = lone.get(power)
            if other:
                part.extend(other)
                other.clear()
            power = tuple(images[image] for image in power)
    return [part for part in parts if part]


def _commute(x: Images, y: Images) -> bool:
    return all(y[image] == x[y[point]] for point, image in enumerate(x))
