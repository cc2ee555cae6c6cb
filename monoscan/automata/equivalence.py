"""Equivalence of automata, with the shortest word that tells them apart."""

from __future__ import annotations

from collections import deque

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AlphabetError, show_alphabet
from monoscan.automata.word import Word


def distinguishing_word(a: Automaton, b: Automaton) -> Word | None:
    """The first word in shortlex order on which two automata have different outputs.

    A breadth-first search over pairs of states. A pair is skipped when earlier pairs already
    link its two states (Hopcroft and Karp). This never loses the answer: if w told the skipped
    states apart, it would tell the states of one of the linking pairs apart, and that pair was
    reached by an earlier word.

    Args:
        a: The first automaton; the order of its alphabet is the order of words.
        b: An automaton over the same letters, in any order.

    Returns:
        The word, or None if the automata are equivalent.

    Raises:
        AlphabetError: If the two automata have different letters.

    Source: J. E. Hopcroft and R. M. Karp, A linear algorithm for testing equivalence of finite
    automata, 1971.

    >>> even = Automaton("a", [[1], [0]], (True, False))
    >>> distinguishing_word(even, Automaton("a", [[0]], (True,)))
    ('a',)
    """
    columns = _columns_in_order_of(a, b)
    if a.outputs[0] != b.outputs[0]:
        return ()
    linked = _DisjointSets(a.n_states + b.n_states)
    linked.link(0, a.n_states)
    queue: deque[tuple[int, int, Word]] = deque([(0, 0, ())])
    table_a, table_b = a.table.tolist(), b.table.tolist()
    while queue:
        state_a, state_b, word = queue.popleft()
        for number, letter in enumerate(a.alphabet):
            next_a, next_b = table_a[state_a][number], table_b[state_b][columns[number]]
            if a.outputs[next_a] != b.outputs[next_b]:
                return (*word, letter)
            if linked.link(next_a, a.n_states + next_b):
                queue.append((next_a, next_b, (*word, letter)))
    return None


def are_equivalent(a: Automaton, b: Automaton) -> bool:
    """Whether two automata have the same output on every word.

    Raises:
        AlphabetError: If the two automata have different letters.

    >>> are_equivalent(Automaton("a", [[1], [0]], (True, True)), Automaton("a", [[0]], (True,)))
    True
    """
    return distinguishing_word(a, b) is None


def _columns_in_order_of(a: Automaton, b: Automaton) -> list[int]:
    if set(a.alphabet) != set(b.alphabet):
        raise AlphabetError(
            f"the automata have different alphabets, {show_alphabet(a.alphabet)} and "
            f"{show_alphabet(b.alphabet)}; they must have the same letters"
        )
    return [b.letter_index(letter) for letter in a.alphabet]


class _DisjointSets:
    """Sets of numbers that only grow together (union-find with path halving)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def link(self, first: int, second: int) -> bool:
        """Joins the sets of two numbers; False if they were one set already."""
        root, other = self._root(first), self._root(second)
        self._parent[other] = root
        return root != other

    def _root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number
