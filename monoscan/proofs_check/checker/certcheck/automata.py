"""Complete deterministic automata with outputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .limits import MAX_STATES, WORK
from .reading import Node, Output


class Automaton(NamedTuple):
    """A complete deterministic automaton with outputs."""

    alphabet: dict[str, int]  # letter -> its column in the table
    table: list[list[int]]
    outputs: list[Output]

    def run(self, word: Sequence[str]) -> int:
        """The state after a word."""
        return self.move(word, [0])[0]

    def move(self, word: Sequence[str], states: Sequence[int]) -> list[int]:
        """Where a word leads from some states."""
        WORK.spend(300 * (len(word) + 1) * (len(states) + 1))
        moved = list(states)
        for i in (self.alphabet[letter] for letter in word):
            moved = [self.table[state][i] for state in moved]
        return moved

    def is_minimal(self) -> bool:
        """Whether any two states are told apart by a word (Moore's refinement)."""
        names: dict[object, int] = {}
        WORK.spend(300 * len(self.outputs))
        classes = [names.setdefault(output, len(names)) for output in self.outputs]
        while len(names) < len(classes):
            WORK.spend(400 * len(classes) * (len(self.alphabet) + 2))
            known, names = len(names), {}
            finer = [(classes[q], *(classes[p] for p in row)) for q, row in enumerate(self.table)]
            classes = [names.setdefault(signature, len(names)) for signature in finer]
            if len(names) == known:
                return False
        return True


def read_automaton(node: Node) -> Automaton:
    """A canonical automaton."""
    alphabet_node, table_node, outputs_node = node.members("alphabet", "table", "outputs")
    alphabet = alphabet_node.alphabet()
    rows = table_node.items(1, MAX_STATES)
    table = [[q.integer() for q in row.items(len(alphabet), len(alphabet))] for row in rows]
    outputs = [output.output() for output in outputs_node.items(len(rows), len(rows))]
    known = 1  # breadth first, each new successor is the smallest number not yet seen
    for state, row in enumerate(table):
        if state == known:
            table_node.fail(f"not canonical: state {state} is not reached in breadth-first order")
        for successor in row:
            if not 0 <= successor <= known or successor == len(table):
                table_node.fail(f"not canonical, or out of range: a successor of state {state}")
            known += successor == known
    return Automaton(alphabet, table, outputs)


def read_state(node: Node, automaton: Automaton) -> int:
    """A state of the automaton."""
    state = node.integer()
    if not 0 <= state < len(automaton.table):
        node.fail("no such state of the automaton")
    return state


def read_states(node: Node, automaton: Automaton, least: int) -> list[int]:
    """At least so many states, all different."""
    states = [read_state(item, automaton) for item in node.items(least, MAX_STATES)]
    if len(set(states)) < len(states):
        node.fail("a state is listed twice")
    return states
