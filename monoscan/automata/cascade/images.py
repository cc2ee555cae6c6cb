"""The sets of states that words leave, ordered by how words map them into each other.

A set of states is an integer here: bit q is set if state q is in the set.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, Work

Mask: TypeAlias = int

MAX_WORK = 1 << 31
"""So many bits of sets are compared at most; other steps count as `_STEP` bits."""

_STEP = 16


@final
@dataclass(frozen=True)
class ImageClass:
    """Image sets with two or more states that words take to each other, all of one size.

    Attributes:
        height: The length of the longest descent from these sets to single states. If a word
            takes a set P onto or into a set that is not equivalent to P, the height falls.
        tiles: For each set of the class its tiles, the largest image sets properly inside it,
            in an order that is carried along: tile j of the first set (the representative) is
            taken to tile j of another one by some word that has an inverse word.
    """

    height: int
    tiles: Mapping[Mask, tuple[Mask, ...]]


@final
@dataclass(frozen=True)
class ImageSets:
    """The images of the set of all states under words, and the single states.

    Attributes:
        all_states: The set of all states.
        step: For each set its image under each letter, in the order of the alphabet.
        classes: The classes of sets with two or more states, from the highest to the lowest.

    Source: S. Eilenberg, Automata, Languages, and Machines B, 1976, chapter II (holonomy).
    """

    all_states: Mask
    step: Mapping[Mask, tuple[Mask, ...]]
    classes: tuple[ImageClass, ...]

    @cached_property
    def masks(self) -> tuple[Mask, ...]:
        """All sets; the place of a set in this tuple is its number."""
        return tuple(self.step)


def image_sets(automaton: Automaton, budget: int) -> ImageSets:
    """The image sets of an automaton and their classes.

    Args:
        automaton: The automaton.
        budget: Largest number of image sets allowed.

    Raises:
        BudgetExceeded: If there are more image sets than the budget, or together they hold too
            many bits.

    >>> sets = image_sets(Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True)), 10)
    >>> sorted(sets.step)
    [1, 2, 4, 5, 7]
    >>> [(found.height, dict(found.tiles)) for found in sets.classes]
    [(2, {7: (5, 2)}), (1, {5: (1, 4)})]
    """
    all_states = (1 << automaton.n_states) - 1
    work = Work("bits compared in image sets", MAX_WORK)
    step = _closure(automaton, budget, work)
    several = [mask for mask in step if mask & (mask - 1)]
    edges = {
        mask: [other for other in step[mask] if other.bit_count() == mask.bit_count()]
        for mask in several
    }
    components = _strong_components(edges)
    # Components come with those below them first; sorting by size keeps that order.
    components.sort(key=lambda members: members[0].bit_count())
    place = {mask: number for number, mask in enumerate(several)}
    family = _Family(step, automaton.n_states, work)
    heights: dict[Mask, int] = {}
    classes = []
    for members in components:
        found = _image_class(min(members, key=place.__getitem__), members, step, family, heights)
        classes.append(found)
        heights.update(dict.fromkeys(members, found.height))
    classes.sort(key=lambda found: -found.height)
    return ImageSets(all_states, step, tuple(classes))


def _closure(automaton: Automaton, budget: int, work: Work) -> dict[Mask, tuple[Mask, ...]]:
    """Each image set and each single state with its images under the letters."""
    # Sets have up to one bit for each state; what is charged for a state grows with their length.
    per_state = _STEP * (1 + automaton.n_states // 1024) * len(automaton.alphabet)
    work.charge(per_state * automaton.n_states)
    bits = [[1 << target for target in row] for row in automaton.table.tolist()]
    n_letters = len(automaton.alphabet)
    step: dict[Mask, tuple[Mask, ...]] = {}
    singles = [1 << state for state in range(automaton.n_states)]
    queue = list(dict.fromkeys([(1 << automaton.n_states) - 1, *singles]))
    seen = set(queue)
    for mask in queue:
        work.charge(per_state * mask.bit_length())
        rows = [bits[state] for state in range(mask.bit_length()) if mask >> state & 1]
        images = []
        for letter in range(n_letters):
            image = 0
            for row in rows:
                image |= row[letter]
            images.append(image)
            if image not in seen:
                seen.add(image)
                queue.append(image)
        step[mask] = tuple(images)
        if len(seen) > budget:
            raise BudgetExceeded(
                f"image sets of an automaton with {automaton.n_states} states", budget, len(seen)
            )
    return step


def _image_class(
    representative: Mask,
    members: list[Mask],
    step: Mapping[Mask, tuple[Mask, ...]],
    family: _Family,
    heights: Mapping[Mask, int],
) -> ImageClass:
    """The class of these sets; the heights of all sets strictly below are known."""
    inside = set(members)
    tiles = {representative: family.tiles(representative)}
    queue = [representative]
    below = [0, *(heights.get(tile, 0) for tile in tiles[representative])]
    for mask in queue:
        for letter, image in enumerate(step[mask]):
            if image not in inside:
                below.append(heights.get(image, 0))
            elif image not in tiles:
                tiles[image] = tuple(step[tile][letter] for tile in tiles[mask])
                queue.append(image)
    return ImageClass(1 + max(below), tiles)


@final
class _Family:
    """All sets, largest first, as rows of bits in which subsets are found quickly."""

    def __init__(self, masks: Iterable[Mask], n_states: int, work: Work) -> None:
        self._work = work
        self._n_states = n_states
        self._masks = sorted(masks, key=lambda mask: -mask.bit_count())
        self._sizes = [-mask.bit_count() for mask in self._masks]
        self._n_bytes = 8 * (n_states // 64 + 1)
        self._words = self._to_words(self._masks)

    def tiles(self, mask: Mask) -> tuple[Mask, ...]:
        """The maximal sets properly inside a set."""
        # Sets that are no smaller are not inside.
        start = bisect_right(self._sizes, -mask.bit_count())
        self._work.charge((len(self._masks) - start) * self._n_states)
        outside = ~self._to_words([mask])
        inside = np.flatnonzero(~(self._words[start:] & outside).any(axis=1))
        tiles: list[Mask] = []
        for place in inside.tolist():
            other = self._masks[start + place]
            self._work.charge(_STEP * len(tiles))
            for tile in tiles:
                if not other & ~tile:
                    break
            else:
                tiles.append(other)
        return tuple(tiles)

    def _to_words(self, masks: list[Mask]) -> NDArray[np.uint64]:
        """One row of 64-bit words for each set."""
        data = b"".join(mask.to_bytes(self._n_bytes, "little") for mask in masks)
        return np.frombuffer(data, dtype=np.uint64).reshape(len(masks), self._n_bytes // 8)


def _strong_components(edges: Mapping[Mask, list[Mask]]) -> list[list[Mask]]:
    """The strongly connected components, each after those that it leads to (Tarjan, 1972)."""
    number: dict[Mask, int] = {}
    low: dict[Mask, int] = {}
    open_nodes: list[Mask] = []
    components: list[list[Mask]] = []
    for root in edges:
        if root in number:
            continue
        path = [(root, iter(edges[root]))]
        number[root] = low[root] = len(number)
        open_nodes.append(root)
        while path:
            node, targets = path[-1]
            target = next((t for t in targets if t not in number or t in low), None)
            if target is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == number[node]:
                    place = open_nodes.index(node)
                    components.append(open_nodes[place:])
                    del open_nodes[place:]
                    for closed in components[-1]:
                        del low[closed]
            elif target in number:
                low[node] = min(low[node], number[target])
            else:
                number[target] = low[target] = len(number)
                open_nodes.append(target)
                path.append((target, iter(edges[target])))
    return components
