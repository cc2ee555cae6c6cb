"""The order of the D-classes of a monoid: which products lead from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

import networkx as nx
import numpy as np

from monoscan.automata.greens import GreensRelations

Edge = tuple[int, int]


@final
@dataclass(frozen=True)
class JOrder:
    """The J-order of the D-classes: one is above another if products lead from it down there.

    Attributes:
        depths: For each D-class the length of the longest chain above it; 0 for that of the
            identity.
        covers: The pairs (upper, lower) without another D-class between them.
    """

    depths: tuple[int, ...]
    covers: tuple[Edge, ...]


def j_order(greens: GreensRelations) -> JOrder:
    """The J-order of a monoid, from its Cayley graphs.

    An element is below another in the J-order if it is reached from it by multiplying letters
    from the right and from the left.

    Source: J.-E. Pin, Mathematical foundations of automata theory, chapter V.

    >>> from monoscan.automata import compile_regex, syntactic_monoid
    >>> j_order(GreensRelations(syntactic_monoid(compile_regex("(ab)*", "ab"))))
    JOrder(depths=(0, 1, 2), covers=((0, 1), (1, 2)))
    """
    classes, count = greens.d_classes.astype(np.int64), greens.n_classes["D"]
    pairs: set[Edge] = set()
    for graph in (greens.monoid.right, greens.monoid.left):
        for letter in range(graph.shape[1]):
            # One number for each pair of classes: numpy sorts numbers much faster than pairs.
            steps = np.unique(classes * count + classes[graph[:, letter]])
            pairs.update(divmod(step, count) for step in steps.tolist())
    pairs = {(x, y) for x, y in pairs if x != y}
    order = nx.DiGraph(sorted(pairs))
    order.add_nodes_from(range(count))
    covers = tuple(sorted((int(x), int(y)) for x, y in nx.transitive_reduction(order).edges))
    depths = [0] * count
    for number in nx.lexicographical_topological_sort(order):
        for below in order.successors(number):
            depths[below] = max(depths[below], depths[number] + 1)
    return JOrder(tuple(depths), covers)
