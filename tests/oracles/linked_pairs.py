"""The first distinguishing word by Hopcroft and Karp's search, words and sets spelled out."""

from __future__ import annotations

from collections import deque

from monoscan.automata import Automaton, Word


def distinguishing_word_by_links(a: Automaton, b: Automaton) -> Word | None:
    """The first word in shortlex order on which two automata have different outputs."""
    columns = [b.letter_index(letter) for letter in a.alphabet]
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
