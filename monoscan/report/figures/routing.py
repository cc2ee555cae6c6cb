"""The curves of arrows, and places for their labels, with as few collisions as possible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, cos, pi, sin
from typing import TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.report.figures.placement import Edge, Places
from monoscan.report.figures.scene import Point, Rectangle

Points: TypeAlias = NDArray[np.float64]

_SAMPLE_DISTANCE, _FEWEST_SAMPLES = 3.0, 13
_BENDS = (0.0, 0.12, -0.12, 0.22, -0.22, 0.35, -0.35, 0.5, -0.5, 0.7, -0.7)
_TWO_WAY_BENDS = (0.1, 0.14, 0.24, 0.36, 0.5, 0.7, -0.5, -0.7)
_SHARES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
_LOOP_ANGLES = tuple(2 * pi * k / 16 for k in range(16))
_CLEARANCE = 5.0
_NEAR = 6.0


@final
@dataclass(frozen=True)
class Route:
    """The way of one arrow: the points of its Bézier curve, and points along it.

    Attributes:
        ends: The two states.
        points: The 3 or 4 points of the curve, from edge to edge of the states.
        samples: float array [samples, 2] of points on the curve.
    """

    ends: Edge
    points: tuple[Point, ...]
    samples: Points


def route_arrows(
    edges: Sequence[Edge], both_ways: Sequence[Edge], places: Places, radius: float
) -> list[Route]:
    """A curve for each pair of different states: straight if it can be, else round what is met.

    Args:
        edges: The pairs, in the order in which they are routed.
        both_ways: Those of the pairs whose reverse has an arrow of its own, so that both bend.
        places: float array [states, 2].
        radius: The radius of a state.

    >>> route_arrows([(0, 1)], [], np.array([[0.0, 0.0], [60.0, 0.0]]), 10)[0].points
    ((10.0, 0.0), (30.0, 0.0), (50.0, 0.0))
    """
    bent = set(both_ways)
    routes: list[Route] = []
    for edge in edges:
        bends = _TWO_WAY_BENDS if edge in bent else _BENDS
        candidates = [_bent(edge, bend, places, radius) for bend in bends]
        costs = [
            _hidden(route, places, radius) + abs(bend)
            for route, bend in zip(candidates, bends, strict=True)
        ]
        routes.append(candidates[int(np.argmin(costs))])
    return routes


def _bent(edge: Edge, bend: float, places: Places, radius: float) -> Route:
    a, b = places[edge[0]], places[edge[1]]
    along = b - a
    # A long arrow need not bend by the same share of its length to keep off its twin.
    height = (
        bend * float(np.hypot(*along))
        if abs(bend) > 0.3
        else bend * min(float(np.hypot(*along)), 14 * radius)
    )
    normal = np.array([along[1], -along[0]]) / float(np.hypot(*along))
    middle = (a + b) / 2 + normal * height * 2
    start, end = _towards(a, middle, radius), _towards(b, middle, radius)
    return Route(edge, (_point(start), _point(middle), _point(end)), _quadratic(start, middle, end))


def _towards(origin: Points, target: Points, distance: float) -> Points:
    way = target - origin
    moved: Points = origin + way / float(np.hypot(*way)) * distance
    return moved


def _point(array: Points) -> Point:
    return float(array[0]), float(array[1])


def _quadratic(a: Points, b: Points, c: Points) -> Points:
    t = _steps(a, b, c)
    curve: Points = (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
    return curve


def _cubic(a: Points, b: Points, c: Points, d: Points) -> Points:
    t = _steps(a, b, c, d)
    s = 1 - t
    curve: Points = s**3 * a + 3 * t * s**2 * b + 3 * t**2 * s * c + t**3 * d
    return curve


def _steps(*points: Points) -> Points:
    """Parameters from 0 to 1, dense enough for labels to notice the curve: [samples, 1]."""
    length = float(np.hypot(*np.diff(np.array(points), axis=0).T).sum())
    count = max(_FEWEST_SAMPLES, 2 * round(length / _SAMPLE_DISTANCE / 2) + 1)
    return np.linspace(0, 1, count)[:, None]


def _hidden(route: Route, places: Places, radius: float) -> float:
    """How far the curve runs into other states, in states."""
    others = np.delete(places, list(route.ends), axis=0)
    if not len(others):
        return 0.0
    distances = np.hypot(*(route.samples[:, None] - others[None]).transpose(2, 0, 1)).min(axis=0)
    depth = np.clip((radius + _CLEARANCE - distances) / radius, 0, None)
    return float(10 * depth.sum())


def route_loop(
    state: int, places: Places, routes: Sequence[Route], taken: Sequence[float], radius: float
) -> Route:
    """A loop at a state, on the side where most room is.

    Args:
        state: The state.
        places: float array [states, 2].
        routes: The curves so far.
        taken: Directions at this state that something else takes, as angles.
        radius: The radius of a state.

    >>> loop = route_loop(0, np.array([[0.0, 0.0]]), [], [], 10)
    >>> float(loop.samples[:, 1].min()) < -20  # it stands above the state
    True
    """
    center = places[state]
    directions = [*taken, *_directions(state, places, routes)]
    others = np.delete(places, state, axis=0)

    def cost(angle: float) -> float:
        tip = center + 2.4 * radius * np.array([cos(angle), sin(angle)])
        near = np.hypot(*(others - tip).T).min() / radius if len(others) else 9.0
        free = min((_apart(angle, other) for other in directions), default=pi)
        # Rounding lets the first of equally good directions win.
        outwards = _apart(angle, _outwards(state, places))
        return round(0.25 * outwards - 2 * min(free, 1.0) - min(near, 2.0) - 0.1 * sin(-angle), 6)

    angle = min(_LOOP_ANGLES, key=cost)
    spread, reach = 0.42, 3.3 * radius
    first, last = (
        center + radius * np.array([cos(angle + turn), sin(angle + turn)])
        for turn in (-spread, spread)
    )
    second, third = (
        center + reach * np.array([cos(angle + turn), sin(angle + turn)])
        for turn in (-spread, spread)
    )
    points = (first, second, third, last)
    return Route((state, state), tuple(_point(p) for p in points), _cubic(*points))


def _directions(state: int, places: Places, routes: Sequence[Route]) -> list[float]:
    """The directions in which curves leave or reach a state."""
    found = []
    for route in routes:
        for end, point in zip(route.ends, (route.points[0], route.points[-1]), strict=True):
            if end == state:
                found.append(atan2(point[1] - places[state][1], point[0] - places[state][0]))
    return found


def _apart(first: float, second: float) -> float:
    """The angle between two directions."""
    return abs((first - second + pi) % (2 * pi) - pi)


def free_direction(state: int, places: Places, routes: Sequence[Route]) -> float:
    """The direction at a state that is furthest from all curves, the left one if it is free.

    >>> round(free_direction(0, np.array([[0.0, 0.0]]), []), 2)
    3.14
    """
    directions = _directions(state, places, routes)

    def cost(angle: float) -> float:
        free = min((_apart(angle, other) for other in directions), default=pi)
        return round(_apart(angle, pi) - 2 * min(free, 0.9), 6)

    return min(_LOOP_ANGLES, key=cost)


def _outwards(state: int, places: Places) -> float:
    """The direction away from the others: from the middle of a circle, else up or down."""
    away = places - places.mean(axis=0)
    distances = np.hypot(*away.T)
    if len(places) > 2 and distances.max() < 1.01 * distances.min():
        return atan2(away[state][1], away[state][0])
    return pi / 2 if away[state][1] > 1e-6 else -pi / 2


def place_labels(
    routes: Sequence[Route],
    sizes: Sequence[tuple[float, float]],
    obstacles: Sequence[Rectangle],
) -> list[Rectangle]:
    """A place for the label of each curve: beside it, off states, other labels and curves.

    Args:
        routes: The curves.
        sizes: Width and height of each label.
        obstacles: The places of states and of what else must not be covered.

    >>> routes = route_arrows([(0, 1)], [], np.array([[0.0, 0.0], [60.0, 0.0]]), 10)
    >>> place_labels(routes, [(8, 9)], [])
    [Rectangle(left=26.0, top=-10.0, width=8, height=9)]
    """
    curves = np.concatenate([route.samples for route in routes]) if routes else np.empty((0, 2))
    owners = np.repeat(np.arange(len(routes)), [len(route.samples) for route in routes])

    def choice(number: int) -> tuple[bool, float]:
        # Labels of loops have the least choice, then those of short curves.
        return len(routes[number].points) != 4, _length(routes[number])

    taken = list(obstacles)
    placed: dict[int, Rectangle] = {}
    for number in sorted(range(len(routes)), key=choice):
        candidates = _label_places(routes[number], sizes[number])
        blocked, others = _edges(taken), curves[owners != number]
        costs = [
            _collisions(place, blocked, curves) + _nearness(place, others) for place in candidates
        ]
        placed[number] = candidates[int(np.argmin(costs))]
        taken.append(placed[number])
    return [placed[number] for number in range(len(routes))]


def _nearness(place: Rectangle, others: Points) -> float:
    """How near a label is to another curve, which it could be taken for."""
    x, y = place.left + place.width / 2, place.top + place.height / 2
    far = np.maximum(np.abs(others[:, 0] - x) - place.width / 2, 0)
    high = np.maximum(np.abs(others[:, 1] - y) - place.height / 2, 0)
    distance = float(np.hypot(far, high).min(initial=_NEAR))
    return 6 * (1 - distance / _NEAR)


def _length(route: Route) -> float:
    return round(float(np.hypot(*np.diff(route.samples, axis=0).T).sum()), 3)


def _edges(places: Sequence[Rectangle]) -> NDArray[np.float64]:
    return np.array([(p.left, p.top, p.right, p.bottom) for p in places]).reshape(-1, 4)


def _collisions(place: Rectangle, blocked: NDArray[np.float64], curves: Points) -> float:
    """The area covered twice, and the number of points of curves that are covered."""
    wide = np.minimum(place.right, blocked[:, 2]) - np.maximum(place.left, blocked[:, 0])
    high = np.minimum(place.bottom, blocked[:, 3]) - np.maximum(place.top, blocked[:, 1])
    shared = np.clip(wide, 0, None) * np.clip(high, 0, None)
    inside = (
        (curves[:, 0] > place.left)
        & (curves[:, 0] < place.right)
        & (curves[:, 1] > place.top)
        & (curves[:, 1] < place.bottom)
    )
    return float(shared.sum() + 3 * (shared > 0).sum() * 10 + 4 * inside.sum())


def _label_places(route: Route, size: tuple[float, float]) -> list[Rectangle]:
    width, height = size
    samples = route.samples
    if len(route.points) == 4:
        middle = samples[len(samples) // 2]
        outwards = middle - (samples[0] + samples[-1]) / 2
        return [_beside(middle, outwards, width, height, gap) for gap in (1.5, 4.0)]
    found = []
    for share in _SHARES:
        at = round(share * (len(samples) - 1))
        along = samples[min(at + 1, len(samples) - 1)] - samples[max(at - 1, 0)]
        normal = np.array([along[1], -along[0]])
        found += [_beside(samples[at], side * normal, width, height, 1.0) for side in (1, -1)]
    return found


def _beside(at: Points, direction: Points, width: float, height: float, gap: float) -> Rectangle:
    """The nearest place beside a point, in a direction, that does not cover the point."""
    x, y = direction / max(float(np.hypot(*direction)), 1e-9)
    reach = min(
        (width / 2) / abs(x) if abs(x) > 1e-9 else np.inf,
        (height / 2) / abs(y) if abs(y) > 1e-9 else np.inf,
    )
    # Slanted curves would cut the corner of a label that only just clears the point.
    reach += gap + 2 * abs(x * y) * min(width, height) / 2
    cx, cy = float(at[0] + x * reach), float(at[1] + y * reach)
    return Rectangle(cx - width / 2, cy - height / 2, width, height)
