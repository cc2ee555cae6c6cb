"""Minimal automata by partition refinement (Moore), vectorised."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, canonical

Classes: TypeAlias = NDArray[np.int64]


def equivalence_classes(automaton: Automaton) -> Classes:
    """The class of each state: two states share a class if every word gives equal outputs.

    Returns:
        int64 array [states] of class numbers 0..n_classes-1.

    Source: E. F. Moore, Gedanken-experiments on sequential machines, 1956.

    >>> equivalence_classes(Automaton("a", [[1], [2], [1]], (True, False, True))).tolist()
    [1, 0, 1]
    """
    classes = _renumber(np.array([str(output) for output in automaton.outputs]))
    while True:
        refined = _refine(classes, automaton)
        if refined.max() == classes.max():
            return classes
        classes = refined


def _refine(classes: Classes, automaton: Automaton) -> Classes:
    """Splits classes by the classes that each letter leads to.

    Renumbering after every letter keeps the combined keys below n_states squared.
    """
    refined = classes
    for column in automaton.table.T:
        refined = _renumber(refined * automaton.n_states + classes[column])
    return refined


def _renumber(keys: NDArray[np.generic]) -> Classes:
    numbers: Classes = np.unique(keys, return_inverse=True)[1].reshape(-1).astype(np.int64)
    return numbers


def minimize(automaton: Automaton) -> Automaton:
    """The smallest automaton with the same output on every word, in canonical form.

    Two automata over the same alphabet have equal outputs on all words exactly if their minimal
    automata are equal.

    >>> minimize(Automaton("a", [[1], [2], [1]], (True, False, True))).table.tolist()
    [[1], [0]]
    """
    classes = equivalence_classes(automaton)
    _, members = np.unique(classes, return_index=True)
    if len(members) == automaton.n_states:
        return automaton
    table = classes[automaton.table[members]]
    outputs = [automaton.outputs[member] for member in members]
    return canonical(automaton.alphabet, table, outputs, int(classes[0]))


def is_minimal(automaton: Automaton) -> bool:
    """Whether no two states are equivalent.

    >>> is_minimal(Automaton("a", [[1], [0]], (True, True)))
    False
    """
    return int(equivalence_classes(automaton).max()) + 1 == automaton.n_states
