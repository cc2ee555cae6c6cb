"""Equivalence of automata, with the shortest word that tells them apart."""

from __future__ import annotations

import numpy as np

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AlphabetError, show_alphabet
from monoscan.automata.word import Word


def distinguishing_word(a: Automaton, b: Automaton) -> Word | None:
    """The first word in shortlex order on which two automata have different outputs.

    A breadth-first search over pairs of states. A pair is skipped when earlier pairs already
    link its two states (Hopcroft and Karp). This never loses the answer: if w told the skipped
    states apart, it would tell the states of one of the linking pairs apart, and that pair was
    reached by an earlier word.

    So at most m + n pairs are followed for automata of m and n states; with k letters the time
    is O(k (m + n) log(m + n)), in practice almost linear, and no more than the pairs up to the
    answer.

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
    columns = columns_in_order_of(a.alphabet, b)
    if a == b:
        return None
    if a.outputs[0] != b.outputs[0]:
        return ()
    return _PairSearch(a, b, columns).word()


def are_equivalent(a: Automaton, b: Automaton) -> bool:
    """Whether two automata have the same output on every word.

    Raises:
        AlphabetError: If the two automata have different letters.

    >>> are_equivalent(Automaton("a", [[1], [0]], (True, True)), Automaton("a", [[0]], (True,)))
    True
    """
    return distinguishing_word(a, b) is None


def columns_in_order_of(alphabet: tuple[str, ...], automaton: Automaton) -> list[int]:
    """For each letter of an alphabet, its column in the table of an automaton.

    Raises:
        AlphabetError: If the automaton has other letters.

    >>> columns_in_order_of(("b", "a"), Automaton("ab", [[0, 0]], (True,)))
    [1, 0]
    """
    if set(alphabet) != set(automaton.alphabet):
        raise AlphabetError(
            f"the automata have different alphabets, {show_alphabet(alphabet)} and "
            f"{show_alphabet(automaton.alphabet)}; they must have the same letters. "
            "inverse_letter_map(...) changes an alphabet"
        )
    return [automaton.letter_index(letter) for letter in alphabet]


class _PairSearch:
    """Breadth-first search over pairs of states of the disjoint union of two automata.

    Pair i is ``(lefts[i], rights[i])``; it was reached by ``steps[i]``, which is the number of
    the pair before it times the number of letters, plus the letter's number.
    """

    def __init__(self, a: Automaton, b: Automaton, columns: list[int]) -> None:
        self._alphabet = a.alphabet
        union = np.concatenate([a.table, b.table[:, columns] + np.int32(a.n_states)])
        self._table = union.reshape(-1).data
        self._outputs = a.outputs + b.outputs
        self._lefts, self._rights, self._steps = [0], [a.n_states], [-1]

    def word(self) -> Word | None:
        """The word to the first pair with different outputs."""
        table, outputs, n_letters = self._table, self._outputs, len(self._alphabet)
        lefts, rights = self._lefts, self._rights
        # A forest whose trees are the sets of linked states; each walk to a root halves its path.
        parent = list(range(len(outputs)))
        parent[rights[0]] = lefts[0]
        # Both lists grow while they are read.
        for pair, (left, right) in enumerate(zip(lefts, rights, strict=True)):
            for number in range(n_letters):
                x, y = table[left * n_letters + number], table[right * n_letters + number]
                if outputs[x] != outputs[y]:
                    return self._word_to(pair, number)
                root, other = x, y
                while parent[root] != root:
                    parent[root] = root = parent[parent[root]]
                while parent[other] != other:
                    parent[other] = other = parent[parent[other]]
                if root != other:
                    parent[other] = root
                    lefts.append(x)
                    rights.append(y)
                    self._steps.append(pair * n_letters + number)
        return None

    def _word_to(self, pair: int, last: int) -> Word:
        numbers = [last]
        while self._steps[pair] >= 0:
            pair, number = divmod(self._steps[pair], len(self._alphabet))
            numbers.append(number)
        return tuple(self._alphabet[number] for number in reversed(numbers))
