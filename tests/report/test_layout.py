"""Layers, circles, curves and labels: each rule of the layout on its own."""

from __future__ import annotations

import math
from itertools import combinations, permutations

import numpy as np
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.report.figures.layering import count_crossings, ordered_layers
from monoscan.report.figures.placement import circle_order, disorder, on_circle
from monoscan.report.figures.routing import place_labels, route_arrows, route_loop
from monoscan.report.figures.scene import Rectangle

RADIUS = 10.0
ROW = np.array([[0.0, 0.0], [50.0, 0.0], [100.0, 0.0]])

edges_between = st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9)), max_size=12, unique=True)


def crossings_by_pairs(upper: list[int], lower: list[int], edges: list[tuple[int, int]]) -> int:
    return sum(
        (upper.index(a) - upper.index(c)) * (lower.index(b) - lower.index(d)) < 0
        for (a, b), (c, d) in combinations(edges, 2)
    )


@given(edges_between)
@examples(60)
def test_crossings_are_counted_pair_by_pair(edges: list[tuple[int, int]]) -> None:
    layers = [list(range(5)), list(range(5, 10))]
    assert count_crossings(layers, edges) == crossings_by_pairs(*layers, edges)


@given(edges_between)
@examples(60)
def test_ordering_never_adds_a_crossing_and_loses_nothing(edges: list[tuple[int, int]]) -> None:
    layers = [list(range(5)), list(range(5, 10))]
    ordered = ordered_layers(layers, edges)
    assert [sorted(layer) for layer in ordered] == layers
    assert count_crossings(ordered, edges) <= count_crossings(layers, edges)


def test_ordering_finds_an_order_without_crossings_if_it_is_a_matching() -> None:
    for order in permutations(range(4, 8)):
        edges = list(enumerate(order))
        assert count_crossings(ordered_layers([[0, 1, 2, 3], [4, 5, 6, 7]], edges), edges) == 0


@given(st.permutations(range(1, 8)))
@examples(30)
def test_a_hidden_cycle_is_not_made_longer(order: list[int]) -> None:
    cycle = [0, *order]
    edges = list(zip(cycle, [*cycle[1:], 0], strict=True))
    before = disorder(on_circle(range(8), RADIUS), edges, RADIUS)
    found = circle_order(8, edges)
    assert sorted(found) == list(range(8))
    assert found[0] == 0
    assert disorder(on_circle(found, RADIUS), edges, RADIUS) <= before + 1e-9


def test_disorder_counts_a_state_in_the_way() -> None:
    free = np.array([[0.0, 0.0], [50.0, 40.0], [100.0, 0.0]])
    assert disorder(ROW, [(0, 2)], RADIUS) > disorder(free, [(0, 2)], RADIUS) + 2


def test_an_arrow_goes_round_a_state_in_its_way() -> None:
    (straight,) = route_arrows([(0, 1)], [], ROW, RADIUS)
    (bent,) = route_arrows([(0, 2)], [], ROW, RADIUS)
    assert np.allclose(straight.samples[:, 1], 0)
    assert np.hypot(*(bent.samples - ROW[1]).T).min() > RADIUS


def test_two_arrows_between_two_states_keep_apart() -> None:
    there, back = route_arrows([(0, 1), (1, 0)], [(0, 1), (1, 0)], ROW[:2], RADIUS)
    middle = len(there.samples) // 2
    assert there.samples[middle, 1] * back.samples[middle, 1] < 0
    assert abs(there.samples[middle, 1] - back.samples[middle, 1]) > 4


def test_a_loop_keeps_off_what_is_there() -> None:
    routes = route_arrows([(0, 1)], [], ROW[:2], RADIUS)
    loop = route_loop(0, ROW[:2], routes, [-math.pi / 2], RADIUS)
    tip = loop.samples[len(loop.samples) // 2]
    assert tip[0] < 5  # not to the right, where the arrow is
    assert math.atan2(-tip[1], -tip[0]) < 0.6  # nor above, which is taken
    for end in (loop.points[0], loop.points[-1]):
        assert math.isclose(math.dist(end, (0, 0)), RADIUS)


def test_a_label_is_beside_its_curve_and_off_obstacles() -> None:
    routes = route_arrows([(0, 1)], [], ROW[:2], RADIUS)
    above = Rectangle(0, -20, 50, 20)
    (label,) = place_labels(routes, [(10.0, 8.0)], [above])
    assert not label.overlaps(above)
    assert 0 < label.top < 5
    (free,) = place_labels(routes, [(10.0, 8.0)], [])
    assert free.bottom < 0


def test_labels_keep_off_each_other() -> None:
    routes = route_arrows([(0, 1), (1, 2), (0, 2)], [], ROW, RADIUS)
    labels = place_labels(routes, [(20.0, 8.0)] * 3, [])
    assert not any(a.overlaps(b) for a, b in combinations(labels, 2))
