"""Random permutations and the groups that they generate."""

from __future__ import annotations

from hypothesis import strategies as st

from monoscan.automata import PermutationGroup
from monoscan.strategies.errors import need_range


def permutations(points: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Permutations of 0, ..., points - 1, each as the tuple of the images.

    Raises:
        EmptySetError: If there is no point.

    >>> from hypothesis import find
    >>> find(permutations(3), lambda p: all(p[i] != i for i in range(3))) in ((1, 2, 0), (2, 0, 1))
    True
    """
    need_range("points", 1, 1, points)
    return st.permutations(range(points)).map(tuple)


def generators(
    max_points: int = 7, *, max_generators: int = 3
) -> st.SearchStrategy[list[tuple[int, ...]]]:
    """At least one permutation; all of them of the same points.

    Raises:
        EmptySetError: If there is no point or no generator.

    >>> from hypothesis import find
    >>> drawn = find(generators(3), lambda drawn: len(drawn) == 2 and drawn[0] != drawn[1])
    >>> len(drawn[0]) == len(drawn[1]) <= 3
    True
    """
    need_range("points", 1, 1, max_points)
    need_range("generators", 1, 1, max_generators)
    return st.integers(1, max_points).flatmap(
        lambda n: st.lists(permutations(n), min_size=1, max_size=max_generators)
    )


def groups(max_points: int = 6, *, max_generators: int = 3) -> st.SearchStrategy[PermutationGroup]:
    """Permutation groups, given by generators.

    Raises:
        EmptySetError: If there is no point or no generator.

    >>> from hypothesis import find
    >>> find(groups(3), lambda group: not group.is_abelian).order
    6
    """
    return generators(max_points, max_generators=max_generators).map(
        lambda drawn: PermutationGroup(len(drawn[0]), tuple(drawn))
    )
