"""Components by way of images and kernels against components of the whole Cayley graphs."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.known_automata import full_transformations, symmetric_group, tracker
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import canonical, image_kernel, transition_monoid
from monoscan.automata.components import (
    connected_components,
    in_order_of_appearance,
    lifted_components,
    strong_components,
)
from monoscan.automata.greens import l_classes, r_classes
from monoscan.automata.image_kernel import number_images, number_kernels
from monoscan.automata.monoid import TransitionMonoid
from monoscan.strategies.automata import automata


def assert_classes_are_components(monoid: TransitionMonoid) -> None:
    assert r_classes(monoid).tolist() == strong_components(monoid.right).tolist()
    assert l_classes(monoid).tolist() == strong_components(monoid.left).tolist()


@given(automata(max_states=5))
def test_r_and_l_classes_are_strong_components(automaton):
    assert_classes_are_components(transition_monoid(automaton, budget=4000))


@pytest.mark.parametrize("automaton", [full_transformations(5), symmetric_group(6)])
def test_classes_of_known_monoids(automaton):
    assert_classes_are_components(transition_monoid(automaton))


@pytest.mark.parametrize("n", [70, 300])
def test_classes_with_many_states(n):
    """Images of more than 64 states, and states that take more than a byte."""
    shift = [min(state + 1, n - 1) for state in range(n)]
    turn = [(state + 1) % n for state in range(n)]
    assert_classes_are_components(transition_monoid(tracker({"s": shift})))
    assert_classes_are_components(transition_monoid(tracker({"t": turn})))
    reset = [0] * n
    assert_classes_are_components(transition_monoid(tracker({"t": turn, "r": reset})))


@given(automata(max_states=5), st.integers(1, 40))
def test_images_and_kernels_by_sets(automaton, cells):
    maps = transition_monoid(automaton, budget=4000).elements
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(image_kernel, "_CELLS_AT_ONCE", cells)
        images, kernels = number_images(maps), number_kernels(maps)
    sets = [frozenset(row) for row in maps.tolist()]
    partitions = [tuple(row.index(value) for value in row) for row in maps.tolist()]
    for numbers, values in ((images, sets), (kernels, partitions)):
        firsts = list(dict.fromkeys(values))
        assert numbers.tolist() == [firsts.index(value) for value in values]


@given(st.integers(1, 30), st.data())
def test_connected_components_by_search(n, data):
    vertex = st.integers(0, n - 1)
    edges = data.draw(st.lists(st.tuples(vertex, vertex), max_size=40))
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2)
    components = connected_components(n, ends[:, 0], ends[:, 1])
    together = np.eye(n, dtype=bool)
    together[ends[:, 0], ends[:, 1]] = together[ends[:, 1], ends[:, 0]] = True
    for _ in range(n.bit_length()):
        together = together @ together
    assert ((components[:, None] == components) == together).all()
    assert components.tolist() == in_order_of_appearance(components).tolist()


@pytest.mark.parametrize("order", ["forwards", "backwards", "shuffled"])
def test_long_paths_are_connected(order):
    n = 20_000
    vertices = np.arange(n)
    if order == "backwards":
        vertices = vertices[::-1]
    if order == "shuffled":
        vertices = np.random.default_rng(0).permutation(n)
    assert connected_components(n, vertices[:-1], vertices[1:]).max() == 0


@given(st.lists(st.integers(-3, 10**9), max_size=30))
def test_labels_in_order_of_appearance(labels):
    firsts = list(dict.fromkeys(labels))
    renamed = in_order_of_appearance(np.array(labels, dtype=np.int64))
    assert renamed.tolist() == [firsts.index(label) for label in labels]


def test_blocks_that_are_the_vertices_themselves():
    table = np.array([[1, 2], [0, 2], [3, 3], [3, 3]], dtype=np.int32)
    vertices = np.arange(4, dtype=np.int32)
    assert lifted_components(table, vertices).tolist() == [0, 0, 1, 2]


def test_a_monoid_of_one_element():
    monoid = transition_monoid(canonical("a", [[0]], [True]))
    assert r_classes(monoid).tolist() == l_classes(monoid).tolist() == [0]
