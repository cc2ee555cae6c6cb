"""Automata as graphs of networkx, read by their attributes."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.sources.partial import automaton_from_named, letter_names

_LETTERS = ("letter", "symbol", "label")
_ACCEPTING = ("accepting", "final")


class Graph(Protocol):
    """A directed graph or multigraph of networkx."""

    graph: dict[str, Any]

    def nodes(self, data: bool) -> Iterable[tuple[Hashable, Mapping[str, Any]]]:
        """The nodes with their attributes."""
        ...

    def edges(self, data: bool) -> Iterable[tuple[Hashable, Hashable, Mapping[str, Any]]]:
        """The edges with their attributes."""
        ...

    def is_directed(self) -> bool:
        """Whether edges have a direction."""
        ...


def from_networkx(
    graph: Graph,
    alphabet: Sequence[str] | None = None,
    *,
    complete: bool = False,
    trim: bool = False,
) -> Automaton:
    """The automaton of a directed graph: nodes are states, edges are transitions.

    An edge has its letter, or a list of letters, in the attribute ``letter``, ``symbol`` or
    ``label``. The initial state has the attribute ``initial=True`` (or the graph has it:
    ``graph.graph["initial"]``). Either some nodes have ``accepting=True`` (or ``final=True``), or
    every node has an ``output``.

    Args:
        graph: A `DiGraph` or a `MultiDiGraph`.
        alphabet: The letters in order; None sorts them.
        complete: Let missing transitions lead to a rejecting trap.
        trim: Drop unreachable states instead of raising.

    Raises:
        AlphabetError: If the alphabet is not valid or lacks a letter of the graph.
        AutomatonError: If the graph is undirected, has no or several initial states, an edge
            without a letter, two edges with the same letter from one node, or no outputs; or if
            a transition is missing or a state unreachable.

    >>> from networkx import MultiDiGraph
    >>> graph = MultiDiGraph(initial="even")
    >>> graph.add_node("even", accepting=True)
    >>> _ = graph.add_edge("even", "odd", letter="a"), graph.add_edge("odd", "even", letter="a")
    >>> from_networkx(graph).accepts("aa")
    True
    """
    if not graph.is_directed():
        raise AutomatonError("the graph is undirected; give a DiGraph or a MultiDiGraph")
    nodes = dict(graph.nodes(data=True))
    read = [
        (source, letter, target)
        for source, target, data in graph.edges(data=True)
        for letter in _letters(source, target, data)
    ]
    names = letter_names((letter for _, letter, _ in read), alphabet)
    transitions: dict[Hashable, dict[str, Hashable]] = {node: {} for node in nodes}
    for source, letter, target in read:
        known = transitions[source].setdefault(names[letter], target)
        if known != target:
            raise AutomatonError(
                f"state {source!r} goes to {known!r} and to {target!r} with the letter "
                f"{names[letter]!r}; expected one next state for each letter"
            )
    return automaton_from_named(
        tuple(names.values()),
        transitions,
        _initial(graph, nodes),
        _outputs(nodes),
        complete=complete,
        trim=trim,
    )


def _letters(source: Hashable, target: Hashable, data: Mapping[str, Any]) -> list[object]:
    for name in _LETTERS:
        if name in data:
            value = data[name]
            return list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
    raise AutomatonError(
        f"the edge from {source!r} to {target!r} has no letter; give it the attribute 'letter'"
    )


def _initial(graph: Graph, nodes: Mapping[Hashable, Mapping[str, Any]]) -> Hashable:
    if "initial" in graph.graph:
        initial: Hashable = graph.graph["initial"]
        if initial not in nodes:
            raise AutomatonError(f"the initial state {initial!r} is no node of the graph; add it")
        return initial
    marked = [node for node, data in nodes.items() if data.get("initial")]
    if len(marked) != 1:
        found = ", ".join(map(repr, marked[:6])) or "none"
        raise AutomatonError(
            f"expected one node with the attribute initial=True; found {found}. The graph can "
            "name it as well: graph.graph['initial'] = node"
        )
    return marked[0]


def _outputs(nodes: Mapping[Hashable, Mapping[str, Any]]) -> dict[Hashable, Output]:
    given = {node: data["output"] for node, data in nodes.items() if "output" in data}
    if given:
        missing = [node for node in nodes if node not in given]
        if missing:
            raise AutomatonError(
                f"node {missing[0]!r} has no 'output', and others have one; give one to every node"
            )
        return given
    if not any(name in data for data in nodes.values() for name in _ACCEPTING):
        raise AutomatonError(
            "no node has the attribute 'accepting' or 'output', so nobody knows what the automaton "
            "accepts; mark the accepting states with accepting=True"
        )
    return {node: any(bool(data.get(name)) for name in _ACCEPTING) for node, data in nodes.items()}
