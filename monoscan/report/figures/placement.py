"""Where the states of an automaton go: on a circle, or in layers by their distance."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton
from monoscan.automata.components import strong_components
from monoscan.report.figures.layering import ordered_layers

Edge: TypeAlias = tuple[int, int]
Places: TypeAlias = NDArray[np.float64]

_ROUNDS = 6
_GAP_IN_LAYER, _GAP_OF_LAYERS = 3.6, 5.4
_FEW_EDGES, _ROOM_FOR_EDGES = 2.0, 0.3
_LENGTH_WEIGHT = 0.02


def place_states(automaton: Automaton, edges: Sequence[Edge], radius: float) -> Places:
    """The middle of each state, so that no two states touch.

    A single cycle is put on a circle in its order. An automaton whose states all reach each other
    gets the circle or the layers, whichever crosses fewer lines; any other one gets layers by
    the length of the shortest word that leads to a state.

    Args:
        automaton: The automaton.
        edges: The pairs of different states that an arrow joins.
        radius: The radius of a state, in points.

    Returns:
        float array [states, 2].

    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> place_states(parity, [(0, 1)], 10).round(1).tolist()
    [[0.0, 0.0], [56.3, 0.0]]
    """
    # Many arrows need more room between the states.
    crowd = max(0.0, len(edges) / automaton.n_states - _FEW_EDGES)
    room = radius * (1 + _ROOM_FOR_EDGES * crowd)
    cycle = whole_cycle(automaton)
    if cycle is not None:
        return on_circle(cycle, room)
    layered = in_layers(automaton.n_states, edges, room)
    if automaton.n_states < 3 or len(set(strong_components(automaton.table).tolist())) > 1:
        return layered
    circle = on_circle(circle_order(automaton.n_states, edges), room)
    return min((circle, layered), key=lambda places: disorder(places, edges, radius))


def whole_cycle(automaton: Automaton) -> tuple[int, ...] | None:
    """The states in the order in which some letter goes round all of them, if there are three.

    >>> whole_cycle(Automaton("ab", [[1, 0], [2, 0], [0, 0]], (True, False, False)))
    (0, 1, 2)
    """
    for column in automaton.table.T.tolist() if automaton.n_states >= 3 else ():
        order = [0]
        while (following := column[order[-1]]) != 0 and len(order) < automaton.n_states:
            order.append(following)
        if len(set(order)) == automaton.n_states:
            return tuple(order)
    return None


def on_circle(order: Sequence[int], radius: float) -> Places:
    """Places on a circle, clockwise from the left, with room for labels between them.

    >>> on_circle((0, 2, 1, 3), 10).round(1).tolist()
    [[-34.0, 0.0], [34.0, -0.0], [-0.0, -34.0], [0.0, 34.0]]
    """
    count = len(order)
    around = max(count * 4.2 * radius / (2 * pi), 3.4 * radius)
    angles = [pi + 2 * pi * position / count for position in range(count)]
    places = np.empty((count, 2))
    places[list(order)] = [(around * cos(angle), around * sin(angle)) for angle in angles]
    return places


def circle_order(n_states: int, edges: Sequence[Edge]) -> tuple[int, ...]:
    """An order on the circle that keeps joined states together.

    States are moved one at a time while that makes all arrows together shorter.

    >>> circle_order(4, [(0, 2), (2, 1), (1, 3), (3, 0)])
    (0, 2, 1, 3)
    """
    order = list(range(n_states))
    best = _chords(order, edges)
    for _ in range(_ROUNDS):
        before = best
        for state in range(1, n_states):
            rest = [other for other in order if other != state]
            moved = [[*rest[:place], state, *rest[place:]] for place in range(1, n_states)]
            lengths = [_chords(candidate, edges) for candidate in moved]
            shortest = int(np.argmin(lengths))
            if lengths[shortest] < best - 1e-9:
                order, best = moved[shortest], lengths[shortest]
        if best == before:
            break
    return tuple(order)


def _chords(order: Sequence[int], edges: Sequence[Edge]) -> float:
    """The total length of the chords on a circle of radius 1/2."""
    place = np.empty(len(order))
    place[list(order)] = np.arange(len(order))
    pairs = np.array(edges, dtype=np.intp).reshape(-1, 2)
    return float(np.sin(pi * np.abs(place[pairs[:, 0]] - place[pairs[:, 1]]) / len(order)).sum())


def in_layers(n_states: int, edges: Sequence[Edge], radius: float) -> Places:
    """Places in columns: the states that the same number of arrows leads to, from state 0 on.

    States that no arrow drawn leads to make up a last column.

    >>> in_layers(3, [(0, 1), (0, 2)], 10).round(1).tolist()
    [[0.0, 0.0], [58.5, -18.0], [58.5, 18.0]]
    """
    depth = {0: 0}
    queue = [0]
    for state in queue:
        for x, y in edges:
            if x == state and y not in depth:
                depth[y] = depth[x] + 1
                queue.append(y)
    last = max(depth.values()) + 1
    layers: list[list[int]] = [[] for _ in range(last + 1)]
    for state in range(n_states):
        layers[depth.get(state, last)].append(state)
    layers = ordered_layers([layer for layer in layers if layer], edges)
    places = np.empty((n_states, 2))
    tallest = max(len(layer) for layer in layers)
    stretch = 1 + tallest / 24
    for number, layer in enumerate(layers):
        for position, state in enumerate(layer):
            height = (position - (len(layer) - 1) / 2) * _GAP_IN_LAYER * radius
            places[state] = (number * _GAP_OF_LAYERS * stretch * radius, height)
    return places


def disorder(places: Places, edges: Sequence[Edge], radius: float) -> float:
    """How hard straight lines between the places are to follow: crossings, states in the way.

    >>> square = np.array([[0.0, 0.0], [90.0, 0.0], [90.0, 90.0], [0.0, 90.0]])
    >>> disorder(square, [(0, 2), (1, 3)], 10) > disorder(square, [(0, 1), (2, 3)], 10) + 1
    True
    """
    pairs = sorted({(min(e), max(e)) for e in edges})
    if not pairs:
        return 0.0
    starts, ends = (places[[pair[side] for pair in pairs]] for side in (0, 1))
    lengths = np.hypot(*(ends - starts).T)
    crossings = _crossings(starts, ends)
    hidden = sum(
        int((distances_to_line(places, a, b) < 1.2 * radius).sum()) - 2
        for a, b in zip(starts, ends, strict=True)
    )
    return crossings + 3 * hidden + _LENGTH_WEIGHT * float(lengths.sum()) / radius


def _crossings(starts: Places, ends: Places) -> int:
    """How many pairs of lines cross inside."""

    def side(a: Places, b: Places, c: Places) -> NDArray[np.float64]:
        u, v = b - a, c - a
        turned: NDArray[np.float64] = np.round(u[..., 0] * v[..., 1] - u[..., 1] * v[..., 0], 6)
        return turned

    a, b = starts[:, None], ends[:, None]
    c, d = starts[None], ends[None]
    apart = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    return int(apart.sum()) // 2


def distances_to_line(points: Places, a: Places, b: Places) -> NDArray[np.float64]:
    """The distance of each point from the line between two points.

    >>> points, end = np.array([[1.0, 2.0], [9.0, 4.0]]), np.array([6.0, 0.0])
    >>> distances_to_line(points, np.zeros(2), end).tolist()
    [2.0, 5.0]
    """
    along = b - a
    share = np.clip(((points - a) @ along) / max(float(along @ along), 1e-9), 0, 1)
    found: NDArray[np.float64] = np.hypot(*(points - (a + share[:, None] * along)).T)
    return found
