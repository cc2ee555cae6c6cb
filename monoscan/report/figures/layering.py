"""Layers of vertices, ordered so that few lines between neighbouring layers cross."""

from __future__ import annotations

from collections.abc import Iterable

_SWEEPS = 12

Layers = list[list[int]]


def ordered_layers(layers: Layers, edges: Iterable[tuple[int, int]]) -> Layers:
    """The layers, each in an order that avoids crossings: the best of several sweeps.

    Each vertex goes where its neighbours in the layer before are on average, downwards and upwards
    in turn. The result is the same in every run.

    Args:
        layers: The vertices of each layer.
        edges: Pairs of vertices; those of one layer, or of layers further apart, do not count.

    Source: K. Sugiyama, S. Tagawa and M. Toda, Methods for visual understanding of hierarchical
    system structures, 1981.

    >>> ordered_layers([[0], [1, 2], [3, 4]], [(0, 1), (0, 2), (1, 4), (2, 3)])
    [[0], [1, 2], [4, 3]]
    """
    pairs = sorted({(min(e), max(e)) for e in edges})
    neighbours: dict[int, list[int]] = {vertex: [] for layer in layers for vertex in layer}
    for x, y in pairs:
        neighbours[x].append(y)
        neighbours[y].append(x)
    current = [list(layer) for layer in layers]
    best, fewest = current, count_crossings(current, pairs)
    for sweep in range(_SWEEPS):
        numbers = list(range(1, len(current)))
        for number in numbers if sweep % 2 == 0 else reversed(numbers):
            fixed, moved = (number - 1, number) if sweep % 2 == 0 else (number, number - 1)
            current[moved] = _by_average(current[moved], current[fixed], neighbours)
        crossings = count_crossings(current, pairs)
        if crossings < fewest:
            best, fewest = [list(layer) for layer in current], crossings
    return best


def _by_average(layer: list[int], fixed: list[int], neighbours: dict[int, list[int]]) -> list[int]:
    place = {vertex: position for position, vertex in enumerate(fixed)}

    def average(position: int) -> float:
        met = [place[v] for v in neighbours[layer[position]] if v in place]
        # A vertex without neighbours stays where it is, in proportion.
        return sum(met) / len(met) if met else position * len(fixed) / len(layer)

    return [layer[position] for position in sorted(range(len(layer)), key=average)]


def count_crossings(layers: Layers, edges: Iterable[tuple[int, int]]) -> int:
    """How many pairs of edges between neighbouring layers cross.

    >>> count_crossings([[0, 1], [2, 3]], [(0, 3), (1, 2)])
    1
    """
    place = {v: (n, p) for n, layer in enumerate(layers) for p, v in enumerate(layer)}
    between: dict[int, list[tuple[int, int]]] = {}
    for x, y in edges:
        (upper, from_), (lower, to) = sorted((place[x], place[y]))
        if lower == upper + 1:
            between.setdefault(upper, []).append((from_, to))
    return sum(
        (a - c) * (b - d) < 0
        for lines in between.values()
        for number, (a, b) in enumerate(lines)
        for c, d in lines[:number]
    )
