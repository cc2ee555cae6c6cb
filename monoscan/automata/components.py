"""Strongly connected components of graphs with labelled edges."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Classes: TypeAlias = NDArray[np.int32]

# Labels below so many times their number are sorted into boxes, others are compared.
_DENSE = 4


def strong_components(successors: NDArray[np.int32]) -> Classes:
    """The strongly connected component of each vertex.

    Time and memory are linear in the number of edges, whatever the shape of the graph.

    Args:
        successors: int32 array [vertices, letters]: where each letter leads.

    Returns:
        int32 array [vertices] of component numbers 0, 1, ..., in the order of their first
        vertices.

    Source: H. N. Gabow, Path-based depth-first search for strong and biconnected components,
    2000.

    >>> strong_components(np.array([[1], [2], [1]], dtype=np.int32)).tolist()
    [0, 1, 1]
    """
    n_vertices, n_letters = successors.shape
    edges = successors.reshape(-1).tolist()
    order, component = [-1] * n_vertices, [-1] * n_vertices
    found = finished = 0
    # open_vertices: found, but their component is not known; boundaries: the first vertices of
    # what may still turn out to be different components.
    open_vertices: list[int] = []
    boundaries: list[int] = []
    for root in range(n_vertices):
        path = [root] if order[root] < 0 else []
        cursors = [root * n_letters]
        while path:
            vertex, edge = path[-1], cursors[-1]
            if order[vertex] < 0:
                order[vertex] = found
                found += 1
                open_vertices.append(vertex)
                boundaries.append(vertex)
            end = (vertex + 1) * n_letters
            while edge < end:
                target = edges[edge]
                edge += 1
                if order[target] < 0:
                    cursors[-1] = edge
                    path.append(target)
                    cursors.append(target * n_letters)
                    break
                if component[target] < 0:
                    while order[boundaries[-1]] > order[target]:
                        boundaries.pop()
            else:
                path.pop()
                cursors.pop()
                if boundaries[-1] == vertex:
                    boundaries.pop()
                    member = -1
                    while member != vertex:
                        member = open_vertices.pop()
                        component[member] = finished
                    finished += 1
    return in_order_of_appearance(np.array(component))


def lifted_components(successors: NDArray[np.int32], blocks: NDArray[np.int32]) -> Classes:
    """The strongly connected component of each vertex, by way of a smaller graph.

    The vertices of the smaller graph are blocks of vertices, and each letter leads from one block
    into one block. It is taken on trust that an edge stays within its component whenever it stays
    within a component of the smaller graph; the converse always holds. Then the components are
    what remains connected when all other edges are taken away, and that is found with numpy.

    Args:
        successors: int32 array [vertices, letters]: where each letter leads.
        blocks: int32 array [vertices]: block numbers 0, 1, ... in the order of their first
            vertices.

    Returns:
        int32 array [vertices] of component numbers 0, 1, ..., in the order of their first
        vertices.

    >>> swaps = np.array([[1, 2], [0, 3], [3, 0], [2, 1], [4, 4]], dtype=np.int32)
    >>> lifted_components(swaps, np.array([0, 0, 0, 0, 1], dtype=np.int32)).tolist()
    [0, 0, 0, 0, 1]
    """
    first = np.flatnonzero(np.diff(np.maximum.accumulate(blocks), prepend=-1))
    components = strong_components(blocks[successors[first]])[blocks]
    sources, letters = np.nonzero(components[successors] == components[:, None])
    return connected_components(len(successors), sources, successors[sources, letters])


def connected_components(
    n_vertices: int, sources: NDArray[np.integer], targets: NDArray[np.integer]
) -> Classes:
    """The connected component of each vertex of an undirected graph, all edges at a time.

    Each vertex that has a smaller neighbour is merged with its smallest one, and vertices merged
    with each other count as one, until no edges are left. A vertex that has only larger
    neighbours is itself merged in the second round at the latest, unless a neighbour was merged
    with it. So two rounds at least halve the vertices that have edges.

    Args:
        n_vertices: The number of vertices.
        sources: Integers [edges]: one end of each edge.
        targets: Integers [edges]: the other end.

    Returns:
        int32 array [vertices] of component numbers 0, 1, ..., in the order of their first
        vertices.

    >>> connected_components(5, np.array([4, 3, 2]), np.array([1, 3, 4])).tolist()
    [0, 1, 1, 2, 1]
    """
    leaders = np.arange(n_vertices, dtype=np.int32)
    lower = np.minimum(sources, targets).astype(np.int32)
    upper = np.maximum(sources, targets).astype(np.int32)
    while len(upper):
        np.minimum.at(leaders, upper, lower)
        while not np.array_equal(further := leaders[leaders], leaders):
            leaders = further
        first, second = leaders[lower], leaders[upper]
        apart = first != second
        first, second = first[apart], second[apart]
        lower, upper = np.minimum(first, second), np.maximum(first, second)
    return in_order_of_appearance(leaders)


def in_order_of_appearance(labels: NDArray[np.integer]) -> Classes:
    """The labels renamed to 0, 1, 2, ... in the order in which they first appear.

    >>> in_order_of_appearance(np.array([7, 3, 7, 5])).tolist()
    [0, 1, 0, 2]
    """
    names = labels.reshape(-1)
    if not 0 <= names.min(initial=0) <= names.max(initial=0) <= _DENSE * len(names):
        names = np.unique(names, return_inverse=True)[1].reshape(-1)
    # Of several writes to one place the last one stays: here that of the first occurrence.
    places = np.arange(len(names), dtype=np.int32)
    first = np.zeros(names.max(initial=0) + 1, dtype=np.int32)
    first[names[::-1]] = places[::-1]
    leaders = first[names]
    ranks: Classes = np.cumsum(leaders == places, dtype=np.int32) - np.int32(1)
    renamed: Classes = ranks[leaders]
    return renamed
