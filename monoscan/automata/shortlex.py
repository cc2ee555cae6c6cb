"""The words with a given output, in shortlex order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.word import Word


def words_with_output(automaton: Automaton, output: Output) -> Iterator[Word]:
    """All words after which the automaton has an output: the shorter first, then in letter order.

    Each word is found in time linear in its length, however many words have another output. If
    there are such words of infinitely many lengths, two neighbouring lengths differ by at most the
    number of states (a loop can be cut out of the longer word); so the search ends after as many
    lengths without a word.

    >>> even = Automaton("ab", [[0, 1], [1, 0]], (True, False))
    >>> ["".join(word) for word in islice(words_with_output(even, True), 4)]
    ['', 'a', 'aa', 'bb']
    """
    # reach[k][q]: whether some word of length k leads from the state q to the output.
    reach: list[NDArray[np.bool_]] = [np.array([value == output for value in automaton.outputs])]
    barren = 0
    while barren < automaton.n_states:
        if reach[-1][0]:
            yield from _words_of_length(automaton, reach)
            barren = 0
        else:
            barren += 1
        before: NDArray[np.bool_] = np.any(reach[-1][automaton.table], axis=1)
        reach.append(before)


def _words_of_length(automaton: Automaton, reach: list[NDArray[np.bool_]]) -> Iterator[Word]:
    """The words of length len(reach) - 1, in letter order; no branch is followed in vain."""
    length = len(reach) - 1
    pending: list[tuple[Word, int]] = [((), 0)]
    while pending:
        word, state = pending.pop()
        if len(word) == length:
            yield word
            continue
        still = reach[length - len(word) - 1]
        row = automaton.table[state].tolist()
        pending += [
            ((*word, letter), target)
            for letter, target in zip(reversed(automaton.alphabet), reversed(row), strict=True)
            if still[target]
        ]


def first_words(automaton: Automaton, output: Output, n: int) -> tuple[Word, ...]:
    """The first n words with an output in shortlex order; fewer if there are no more.

    >>> first_words(Automaton("a", [[1], [1]], (True, False)), True, 3)
    ((),)
    """
    return tuple(islice(words_with_output(automaton, output), n))
