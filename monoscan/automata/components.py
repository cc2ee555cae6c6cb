"""Strongly connected components of graphs with labelled edges."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Classes: TypeAlias = NDArray[np.int32]


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


def in_order_of_appearance(labels: NDArray[np.integer]) -> Classes:
    """The labels renamed to 0, 1, 2, ... in the order in which they first appear.

    >>> in_order_of_appearance(np.array([7, 3, 7, 5])).tolist()
    [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    names = np.empty(len(first), dtype=np.int32)
    names[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    renamed: Classes = names[inverse.reshape(-1)]
    return renamed
