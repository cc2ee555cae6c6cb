"""Minimal automata by Moore's rounds over all states, each round a few calls of numpy."""

from __future__ import annotations

import numpy as np
from oracles.breadth_first import canonical_by_loop

from monoscan.automata import Automaton


def equivalence_classes_by_rounds(automaton):
    """The class of each state, as numbers 0..n_classes-1 in any order."""
    classes = _renumber(np.array([str(output) for output in automaton.outputs]))
    while True:
        refined = _refine(classes, automaton)
        if refined.max() == classes.max():
            return classes
        classes = refined


def _refine(classes, automaton):
    # Renumbering after every letter keeps the combined keys below n_states squared.
    refined = classes
    for column in automaton.table.T:
        refined = _renumber(refined * automaton.n_states + classes[column])
    return refined


def _renumber(keys):
    return np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.int64)


def minimize_by_rounds(automaton: Automaton) -> Automaton:
    """The minimal automaton in canonical form."""
    classes = equivalence_classes_by_rounds(automaton)
    _, members = np.unique(classes, return_index=True)
    table = classes[automaton.table[members]]
    outputs = [automaton.outputs[member] for member in members]
    return canonical_by_loop(automaton.alphabet, table.tolist(), outputs, int(classes[0]))
