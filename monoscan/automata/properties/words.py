"""Words between states, words that tell states apart, and the states that words lead to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, canonical
from monoscan.automata.equivalence import distinguishing_word
from monoscan.automata.word import Word


def word_to(automaton: Automaton, start: int, goal: Callable[[int], bool]) -> Word | None:
    """The shortlex first word from a state to a state with a property, or None.

    >>> word_to(Automaton("ab", [[0, 1], [0, 1]], (False, True)), 0, lambda state: state == 1)
    ('b',)
    """
    words: dict[int, Word] = {start: ()}
    queue = [start]
    table = automaton.table.tolist()
    for state in queue:
        if goal(state):
            return words[state]
        for letter, target in zip(automaton.alphabet, table[state], strict=True):
            if target not in words:
                words[target] = (*words[state], letter)
                queue.append(target)
    return None


def known_word_to(automaton: Automaton, start: int, goal: Callable[[int], bool]) -> Word:
    """The shortlex first word from a state to a state with a property that can be reached.

    Raises:
        ValueError: If no such state can be reached.
    """
    word = word_to(automaton, start, goal)
    if word is None:
        raise ValueError(
            f"no state that can be reached from state {start} has the wanted property; "
            "expected at least one"
        )
    return word


def access_word(automaton: Automaton, state: int) -> Word:
    """The shortlex first word from the initial state to a state.

    >>> access_word(Automaton("a", [[1], [0]], (True, False)), 1)
    ('a',)
    """
    return known_word_to(automaton, 0, lambda reached: reached == state)


def loop_word(automaton: Automaton, state: int) -> Word | None:
    """A shortest non-empty word from a state back to itself, or None.

    >>> loop_word(Automaton("ab", [[1, 1], [1, 0]], (True, False)), 0)
    ('a', 'b')
    """
    loops = []
    for letter, target in zip(automaton.alphabet, automaton.table[state].tolist(), strict=True):
        back = word_to(automaton, target, lambda reached: reached == state)
        if back is not None:
            loops.append((letter, *back))
    return min(loops, key=len, default=None)


def sinks(automaton: Automaton) -> list[int]:
    """The states that no letter leaves.

    >>> sinks(Automaton("a", [[1], [1]], (True, False)))
    [1]
    """
    staying = automaton.table == np.arange(automaton.n_states)[:, None]
    return np.flatnonzero(staying.all(axis=1)).tolist()


def states_by_length(automaton: Automaton) -> Iterator[NDArray[np.int32]]:
    """For each length 0, 1, 2, ... the states that words of this length lead to; endless."""
    states = np.zeros(1, dtype=np.int32)
    while True:
        yield states
        states = np.unique(automaton.table[states])


def merging_classes(automaton: Automaton) -> Iterator[NDArray[np.int64]]:
    """For each length 0, 1, 2, ... which states all words of this length merge.

    Two states have equal numbers 0, 1, ... if every word of the length leads them to the same
    state. The classes only grow; the last ones given are those of all greater lengths.

    >>> last_b = Automaton("ab", [[0, 1], [0, 1]], (False, True))
    >>> [classes.tolist() for classes in merging_classes(last_b)]
    [[0, 1], [0, 0]]
    """
    classes, count = np.arange(automaton.n_states), automaton.n_states
    previous = count + 1
    while count < previous:
        yield classes
        rows = classes[automaton.table]
        classes = np.unique(rows, axis=0, return_inverse=True)[1].reshape(-1)
        previous, count = count, int(classes.max()) + 1


def unmerged_path(
    automaton: Automaton, first: int, second: int
) -> tuple[Word, Word, tuple[int, int]]:
    """Words d and f and states p, q: d leads the given states to p and q, f leads these back.

    Args:
        automaton: The automaton.
        first: A state.
        second: A state such that some words of any length keep the two apart.

    Returns:
        The words d and f (not empty) and the two different states (p, q).

    >>> unmerged_path(Automaton("a", [[1], [0]], (True, False)), 0, 1)
    ((), ('a', 'a'), (0, 1))
    """
    final = deque(merging_classes(automaton), maxlen=1).pop()
    pair, seen, word = (first, second), dict[tuple[int, int], int](), list[str]()
    while pair not in seen:
        seen[pair] = len(word)
        p, q = pair
        apart = np.flatnonzero(final[automaton.table[p]] != final[automaton.table[q]])
        letter = int(apart[0])
        word.append(automaton.alphabet[letter])
        pair = (int(automaton.table[p, letter]), int(automaton.table[q, letter]))
    cut = seen[pair]
    return tuple(word[:cut]), tuple(word[cut:]), pair


def separating_word(automaton: Automaton, first: int, second: int) -> Word | None:
    """The shortlex first word whose output tells two states apart, or None.

    >>> separating_word(Automaton("a", [[1], [2], [2]], (False, False, True)), 0, 1)
    ('a',)
    """
    starts = (
        canonical(automaton.alphabet, automaton.table, automaton.outputs, state)
        for state in (first, second)
    )
    return distinguishing_word(*starts)


def known_separating_word(automaton: Automaton, first: int, second: int) -> Word:
    """The separating word of two states of a minimal automaton, which are never equivalent.

    Raises:
        ValueError: If the states are equivalent after all.
    """
    word = separating_word(automaton, first, second)
    if word is None:
        raise ValueError(
            f"states {first} and {second} are equivalent; expected a minimal automaton and "
            "two different states"
        )
    return word
