"""Words between states, words that tell states apart, and the states that words lead to."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, canonical
from monoscan.automata.components import strong_components
from monoscan.automata.equivalence import distinguishing_word
from monoscan.automata.word import Word


def word_to(automaton: Automaton, start: int, goal: Callable[[int], bool]) -> Word | None:
    """The shortlex first word from a state to a state with a property, or None.

    >>> word_to(Automaton("ab", [[0, 1], [0, 1]], (False, True)), 0, lambda state: state == 1)
    ('b',)
    """
    return () if goal(start) else _first_word(automaton, start, goal)


def _first_word(automaton: Automaton, start: int, goal: Callable[[int], bool]) -> Word | None:
    """The shortlex first non-empty word from a state to a state with a property, or None."""
    before: dict[int, tuple[int, int]] = {}  # the state and the letter before the last state
    queue = [start]
    for state in queue:
        for letter, target in enumerate(automaton.table[state].tolist()):
            if target in before:
                continue
            before[target] = (state, letter)
            if goal(target):
                return _word_back(automaton, before, start, target)
            queue.append(target)
    return None


def _word_back(
    automaton: Automaton, before: dict[int, tuple[int, int]], start: int, end: int
) -> Word:
    letters: list[str] = []
    while not letters or end != start:
        end, letter = before[end]
        letters.append(automaton.alphabet[letter])
    return tuple(reversed(letters))


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
    return _first_word(automaton, state, lambda reached: reached == state)


def sinks(automaton: Automaton) -> list[int]:
    """The states that no letter leaves.

    >>> sinks(Automaton("a", [[1], [1]], (True, False)))
    [1]
    """
    staying = automaton.table == np.arange(automaton.n_states)[:, None]
    return np.flatnonzero(staying.all(axis=1)).tolist()


def longest_walks(automaton: Automaton, states: NDArray[np.bool_]) -> dict[int, int] | None:
    """The length of the longest walk from the initial state to each of some states.

    Takes time linear in the size of the table.

    Args:
        automaton: The automaton.
        states: For each state whether it is one of those; no walk comes back to them.

    Returns:
        The lengths, or None if some of the states lie on a cycle: walks then have any length.

    >>> chain = Automaton("a", [[1], [2], [2]], (False, True, False))
    >>> longest_walks(chain, np.array([True, True, False])), longest_walks(chain, np.ones(3, bool))
    ({0: 0, 1: 1}, None)
    """
    table, inside = automaton.table.tolist(), states.tolist()
    inner = automaton.table[states]
    missing = np.bincount(inner[states[inner]], minlength=len(states)).tolist()
    lengths = {0: 0} if inside[0] and not missing[0] else {}
    queue = list(lengths)
    for state in queue:
        for target in table[state]:
            if inside[target]:
                missing[target] -= 1
                if not missing[target]:
                    # The last of the states before it to come has the longest walk.
                    lengths[target] = lengths[state] + 1
                    queue.append(target)
    return lengths if len(lengths) == sum(inside) else None


def first_loop(automaton: Automaton, states: NDArray[np.bool_]) -> tuple[int, Word]:
    """The first of some states that lies on a cycle, and its shortlex first loop.

    Raises:
        ValueError: If none of them does.

    >>> first_loop(Automaton("a", [[1], [2], [1]], (True, False, True)), np.ones(3, bool))
    (1, ('a', 'a'))
    """
    components = strong_components(automaton.table)
    on_cycle = (automaton.table == np.arange(automaton.n_states)[:, None]).any(axis=1)
    on_cycle |= np.bincount(components)[components] > 1
    for state in np.flatnonzero(states & on_cycle).tolist():
        loop = loop_word(automaton, state)
        if loop is not None:
            return state, loop
    raise ValueError("none of the states lies on a cycle; expected one that does")


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
