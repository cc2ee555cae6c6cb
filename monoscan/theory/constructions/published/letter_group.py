"""The group that the letters of a permutation automaton generate, and its copies in other groups.

Words act left to right: the product of elements g and h is "g, then h".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from monoscan.automata import Automaton
from monoscan.automata.group_table import GroupTable
from monoscan.theory.constructions.registry import NOT_DECIDED

MAX_ORDER = 120
"""The largest group whose copies in other groups are searched."""


@dataclass(frozen=True)
class LetterGroup:
    """A transition group and its letters.

    Attributes:
        elements: permutations of the automaton's states, the identity first.
        letters: for each letter the number of its element.
        table: the multiplication table, elements in the same order.
    """

    elements: tuple[tuple[int, ...], ...]
    letters: tuple[int, ...]
    table: GroupTable

    @property
    def order(self) -> int:
        """The number of elements."""
        return len(self.elements)


def letter_permutations(automaton: Automaton) -> tuple[tuple[int, ...], ...] | None:
    """What each letter does to the states, or None if some letter does not permute them.

    >>> letter_permutations(Automaton("ab", [[1, 0], [0, 1]], (True, False)))
    ((1, 0), (0, 1))
    >>> letter_permutations(Automaton("a", [[1], [1]], (True, False))) is None
    True
    """
    columns = tuple(tuple(column) for column in automaton.table.T.tolist())
    if any(len(set(column)) < automaton.n_states for column in columns):
        return None
    return columns


def why_not_permutations(automaton: Automaton) -> str | None:
    """The first letter that does not permute the states, in words, or None.

    >>> print(why_not_permutations(Automaton("a", [[1], [1]], (True, False))))
    the letter 'a' takes states 0 and 1 to the same state 1, so it permutes no states
    """
    for letter, column in zip(automaton.alphabet, automaton.table.T.tolist(), strict=True):
        first: dict[int, int] = {}
        for state, target in enumerate(column):
            if target in first:
                return (
                    f"the letter {letter!r} takes states {first[target]} and {state} to the same "
                    f"state {target}, so it permutes no states"
                )
            first[target] = state
    return None


@lru_cache(maxsize=64)
def letter_group(automaton: Automaton, max_order: int = MAX_ORDER) -> LetterGroup | str:
    """The transition group of an automaton, or in words why there is none within the budget.

    Args:
        automaton: any automaton.
        max_order: the largest order allowed, at most 720.

    >>> group = letter_group(Automaton("a", [[1], [2], [0]], (True, False, False)))
    >>> group.order, group.letters
    (3, (1,))
    """
    letters = letter_permutations(automaton)
    if letters is None:
        return why_not_permutations(automaton) or ""
    elements = _generated(automaton.n_states, tuple(dict.fromkeys(letters)), max_order)
    if elements is None:
        return (
            f"{NOT_DECIDED}the letters generate a group of more than {max_order} elements, "
            "the largest that is searched"
        )
    numbers = {element: number for number, element in enumerate(elements)}
    table = GroupTable.of_permutations(np.array(elements, dtype=np.intp))
    return LetterGroup(elements, tuple(numbers[letter] for letter in letters), table)


def _generated(
    degree: int, letters: tuple[tuple[int, ...], ...], max_order: int
) -> tuple[tuple[int, ...], ...] | None:
    # Letters are different elements, and a transitive group has at least as many as points.
    if max(degree, len(letters)) > max_order:
        return None
    elements = {tuple(range(degree)): None}
    queue = list(elements)
    for element in queue:
        for letter in letters:
            product = tuple(map(letter.__getitem__, element))
            if product not in elements:
                if len(elements) >= max_order:
                    return None
                elements[product] = None
                queue.append(product)
    return tuple(queue)


def embeddings(group: GroupTable, model: GroupTable) -> Iterator[tuple[int, ...]]:
    """All injective homomorphisms, each as the images of all elements of the first group.

    The images of few generators are tried one after another; a choice is kept as long as it
    extends to an injective homomorphism of the subgroup generated so far. So nothing is missed.

    >>> two = GroupTable(np.array([[0, 1], [1, 0]], dtype=np.int16))
    >>> three = GroupTable(np.array([[0, 1, 2], [1, 2, 0], [2, 0, 1]], dtype=np.int16))
    >>> list(embeddings(two, three)), len(list(embeddings(three, three)))
    ([], 2)
    """
    return iter(()) if len(model) % len(group) else _extended(group, model, [])


def _extended(group: GroupTable, model: GroupTable, images: list[int]) -> Iterator[tuple[int, ...]]:
    found = homomorphism(group, list(group.generators[: len(images)]), model, images)
    if found is None or len(set(found.values())) < len(found):
        return
    if len(images) == len(group.generators):
        yield tuple(found[element] for element in range(len(group)))
        return
    order = group.orders[group.generators[len(images)]]
    for option in np.flatnonzero(model.orders == order).tolist():
        yield from _extended(group, model, [*images, option])


def homomorphism(
    group: GroupTable, generators: list[int], model: GroupTable, images: list[int]
) -> dict[int, int] | None:
    """The homomorphism of the generated subgroup with given images of generators, or None.

    Args:
        group: where the generators are.
        generators: element numbers.
        model: the other group.
        images: one element of the model for each generator.

    Returns:
        For each element of the subgroup its image.

    >>> two = GroupTable(np.array([[0, 1], [1, 0]], dtype=np.int16))
    >>> homomorphism(two, [1], two, [0])
    {0: 0, 1: 0}
    """
    values = {0: 0}
    queue = [0]
    for element in queue:
        for generator, image in zip(generators, images, strict=True):
            product = int(group.products[element, generator])
            value = int(model.products[values[element], image])
            if product not in values:
                values[product] = value
                queue.append(product)
            elif values[product] != value:
                return None
    return values
