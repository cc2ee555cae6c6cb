"""Minimal automata: states that no word tells apart become one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.partition import Classes, coarsest_stable_partition

_NAMES_SHOWN = 3


def equivalence_classes(automaton: Automaton) -> Classes:
    """The class of each state: two states share a class if every word gives equal outputs.

    Takes O(k n log^2 n) for n states and k letters; see `coarsest_stable_partition`.

    Returns:
        int64 array [states] of class numbers 0..n_classes-1, in the order of first states.

    >>> equivalence_classes(Automaton("a", [[1], [2], [1]], (True, False, True))).tolist()
    [0, 1, 0]
    """
    return _classes_and_firsts(automaton)[0]


def _classes_and_firsts(automaton: Automaton) -> tuple[Classes, Classes]:
    """The class of each state, and the first state of each class."""
    first_of_state = coarsest_stable_partition(automaton.table, _output_numbers(automaton.outputs))
    is_first = first_of_state == np.arange(automaton.n_states)
    numbers: Classes = np.cumsum(is_first) - 1
    return numbers[first_of_state], np.flatnonzero(is_first)


def _output_numbers(outputs: tuple[Output, ...]) -> NDArray[np.integer[Any]]:
    numbers: dict[Output, int] = {}
    listed = [numbers.setdefault(output, len(numbers)) for output in outputs]
    return np.array(listed, dtype=np.int64)


def minimize(automaton: Automaton) -> Automaton:
    """The smallest automaton with the same output on every word, in canonical form.

    Two automata over the same alphabet have equal outputs on all words exactly if their minimal
    automata are equal. Takes O(k n log^2 n) for n states and k letters.

    >>> minimize(Automaton("a", [[1], [2], [1]], (True, False, True))).table.tolist()
    [[1], [0]]
    """
    classes, firsts = _classes_and_firsts(automaton)
    if len(firsts) == automaton.n_states:
        return automaton
    # States are numbered by the first words that reach them, so classes numbered by their first
    # states are numbered by the first words that reach the classes: the canonical form.
    outputs = [automaton.outputs[state] for state in firsts.tolist()]
    names = _class_names(automaton.state_names, classes) if automaton.state_names else ()
    return Automaton(automaton.alphabet, classes[automaton.table[firsts]], outputs, names)


def _class_names(state_names: tuple[str, ...], classes: Classes) -> list[str]:
    """The names of classes: that of the only state, or those of all, as in {q1, q2}."""
    members: list[list[str]] = [[] for _ in range(int(classes.max()) + 1)]
    for name, number in zip(state_names, classes.tolist(), strict=True):
        members[number].append(name)
    names = [shared_name(shared) for shared in members]
    # Names that hold braces and commas themselves could make two of them alike.
    return names if len(set(names)) == len(names) else [shared[0] for shared in members]


def shared_name(names: Sequence[str]) -> str:
    """The name of states that became one; of many states only the first three are listed.

    >>> shared_name(["q1"]), shared_name(["q1", "q2"]), shared_name("abcdef")
    ('q1', '{q1, q2}', '{a, b, c, 3 more}')
    """
    if len(names) == 1:
        return names[0]
    more = [f"{len(names) - _NAMES_SHOWN} more"] if len(names) > _NAMES_SHOWN + 1 else []
    return f"{{{', '.join([*names[: _NAMES_SHOWN if more else None], *more])}}}"


def merge_letters(automaton: Automaton) -> Automaton:
    """The automaton without the letters that act like an earlier one.

    Words keep their first spelling, so the algebra and its shortlex first witnesses stay the same.

    >>> merge_letters(Automaton("abc", [[1, 1, 0], [0, 0, 1]], (True, False))).alphabet
    ('a', 'c')
    """
    _, firsts = np.unique(automaton.table, axis=1, return_index=True)
    if len(firsts) == len(automaton.alphabet):
        return automaton
    kept = np.sort(firsts)
    letters = [automaton.alphabet[letter] for letter in kept.tolist()]
    return Automaton(letters, automaton.table[:, kept], automaton.outputs, automaton.state_names)


def is_minimal(automaton: Automaton) -> bool:
    """Whether no two states are equivalent.

    >>> is_minimal(Automaton("a", [[1], [0]], (True, True)))
    False
    """
    return len(_classes_and_firsts(automaton)[1]) == automaton.n_states
