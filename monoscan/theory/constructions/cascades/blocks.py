"""Smaller actions of permutation groups: an orbit, and its blocks."""

from __future__ import annotations

from collections.abc import Iterable

from monoscan.theory.constructions.cascades.wiring import Action


def small_action(permutations: tuple[Action, ...]) -> tuple[Action, ...]:
    """What permutations do to the blocks of a system with few blocks, within one moved orbit.

    A simple group acts faithfully on any two or more blocks that it permutes transitively.

    Args:
        permutations: of the same points, not all the identity.

    Returns:
        The permutation of the blocks for each of them, in the same order.

    >>> small_action(((1, 2, 3, 4, 5, 0),))
    ((1, 0),)
    >>> small_action(((1, 2, 0, 3),))
    ((1, 2, 0),)
    """
    orbits = {_orbit(point, permutations) for point in range(len(permutations[0]))}
    orbit = min((orbit for orbit in orbits if len(orbit) > 1), key=lambda o: (len(o), o))
    queue = [tuple(tuple(orbit.index(p[point]) for point in orbit) for p in permutations)]
    for acting in queue:
        queue += _smaller(acting)
    return min(queue, key=lambda acting: len(acting[0]))


def _smaller(acting: tuple[Action, ...]) -> list[tuple[Action, ...]]:
    """What permutations do to blocks, one system for each number of blocks that occurs."""
    found: dict[int, tuple[Action, ...]] = {}
    for other in range(1, len(acting[0])):
        option = _on_blocks(_block_system(other, acting), acting)
        if len(option[0]) > 1:
            found.setdefault(len(option[0]), option)
    return [option for n_blocks, option in found.items() if n_blocks < len(acting[0])]


def _orbit(point: int, permutations: Iterable[Action]) -> tuple[int, ...]:
    orbit = {point}
    queue = [point]
    for reached in queue:
        new = {p[reached] for p in permutations} - orbit
        orbit |= new
        queue += sorted(new)
    return tuple(sorted(orbit))


def _block_system(other: int, permutations: tuple[Action, ...]) -> tuple[int, ...]:
    """The number of the block of each point, in the finest system with 0 and another in one block.

    Source: M. D. Atkinson, An algorithm for finding the blocks of a permutation group, 1975.
    """
    parents = list(range(len(permutations[0])))

    def root(point: int) -> int:
        while parents[point] != point:
            point = parents[point]
        return point

    queue = [(0, other)]
    for first, second in queue:
        low, high = sorted((root(first), root(second)))
        if low != high:
            parents[high] = low
            queue += [(p[low], p[high]) for p in permutations]
    roots = sorted({root(point) for point in range(len(parents))})
    return tuple(roots.index(root(point)) for point in range(len(parents)))


def _on_blocks(blocks: tuple[int, ...], permutations: tuple[Action, ...]) -> tuple[Action, ...]:
    firsts = [blocks.index(number) for number in range(max(blocks) + 1)]
    return tuple(tuple(blocks[p[first]] for first in firsts) for p in permutations)
