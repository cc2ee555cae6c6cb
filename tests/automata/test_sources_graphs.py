"""Graphs of networkx and groups of sympy become automata, or are refused in words."""

from __future__ import annotations

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy.combinatorics import Permutation as SympyPermutation
from sympy.combinatorics.named_groups import AlternatingGroup, SymmetricGroup

from monoscan.automata import (
    AutomatonError,
    from_networkx,
    from_sympy_group,
    from_sympy_permutation,
    group_elements,
)
from monoscan.strategies.automata import automata


def as_graph(automaton, letter="letter"):
    graph = networkx.MultiDiGraph()
    for state, output in enumerate(automaton.outputs):
        kind = "accepting" if isinstance(output, bool) else "output"
        graph.add_node(state, initial=state == 0, **{kind: output})
    for state, row in enumerate(automaton.table.tolist()):
        for name, target in zip(automaton.alphabet, row, strict=True):
            graph.add_edge(state, target, **{letter: name})
    return graph


@given(automata(), st.sampled_from(["letter", "symbol", "label"]))
def test_an_acceptor_comes_back(automaton, letter):
    assert from_networkx(as_graph(automaton, letter)) == automaton


@given(automata(outputs=("x", "y")))
def test_outputs_come_back(automaton):
    assert from_networkx(as_graph(automaton)) == automaton


def parity_graph():
    graph = networkx.DiGraph(initial="even")
    graph.add_node("even", final=True)
    for state, other in (("even", "odd"), ("odd", "even")):
        graph.add_edge(state, state, label=["0", "2"])
        graph.add_edge(state, other, label="1")
    return graph


def test_an_edge_may_have_several_letters():
    found = from_networkx(parity_graph(), alphabet=["1", "0", "2"])
    assert found.alphabet == ("1", "0", "2")
    assert found.accepts("0121")
    assert not found.accepts("21")


def spoilt(change):
    graph = parity_graph()
    change(graph)
    return graph


REFUSED = {
    "has no letter": lambda g: g["even"]["odd"].clear(),
    "goes to 'even' and to 'odd' with the letter '0'": lambda g: g["even"]["odd"].update(label="0"),
    "no transition for letter '1'": lambda g: g["odd"]["even"].update(label=[]),
    "'accepting' or 'output'": lambda g: g.nodes["even"].clear(),
    "node 'odd' has no 'output'": lambda g: g.nodes["even"].update(output="yes"),
    "the initial state 'start' is no node": lambda g: g.graph.update(initial="start"),
    "found none": lambda g: g.graph.clear(),
    "'lost' cannot be reached": lambda g: g.add_edge("lost", "even", label=["0", "1", "2"]),
}


@pytest.mark.parametrize("message", REFUSED)
def test_bad_graphs_are_refused(message):
    with pytest.raises(AutomatonError, match=message):
        from_networkx(spoilt(REFUSED[message]))


def test_two_initial_states_and_undirected_graphs_are_refused():
    graph = parity_graph()
    graph.graph.clear()
    networkx.set_node_attributes(graph, True, "initial")
    with pytest.raises(AutomatonError, match="found 'even', 'odd'"):
        from_networkx(graph)
    with pytest.raises(AutomatonError, match="undirected"):
        from_networkx(networkx.Graph())


def test_missing_transitions_and_lost_states_on_request():
    graph = parity_graph()
    graph.remove_edge("odd", "even")
    graph.add_edge("lost", "even", label="1")
    found = from_networkx(graph, complete=True, trim=True)
    assert found.accepts("00")
    assert not found.accepts("11")


@given(st.permutations(range(5)), st.permutations(range(5)))
def test_products_of_permutations_agree_with_sympy(first, second):
    p, q = SympyPermutation(first), SympyPermutation(second)
    ours = from_sympy_permutation(p) * from_sympy_permutation(q)
    assert ours == from_sympy_permutation(p * q)


@pytest.mark.parametrize("group", [SymmetricGroup(4), AlternatingGroup(5)])
def test_the_generators_make_a_group_of_the_same_order(group):
    assert len(group_elements(from_sympy_group(group))) == group.order()
