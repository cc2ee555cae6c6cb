"""The words with a given output, in shortlex order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.budget import BudgetExceeded, Work
from monoscan.automata.properties.words import word_to
from monoscan.automata.word import Word


def words_with_output(
    automaton: Automaton, output: Output, work: Work | None = None
) -> Iterator[Word]:
    """All words after which the automaton has an output: the shorter first, then in letter order.

    Each word is found in time linear in its length, however many words have another output. If
    there are such words of infinitely many lengths, two neighbouring lengths differ by at most the
    number of states (a loop can be cut out of the longer word); so the search ends after as many
    lengths without a word.

    Args:
        automaton: The automaton.
        output: The output.
        work: Is charged for each length an entry of the table, and for each word its letters.

    Raises:
        BudgetExceeded: If the work is over its limit.

    >>> even = Automaton("ab", [[0, 1], [1, 0]], (True, False))
    >>> ["".join(word) for word in islice(words_with_output(even, True), 4)]
    ['', 'a', 'aa', 'bb']
    """
    # reach[k][q]: whether some word of length k leads from the state q to the output.
    reach: list[NDArray[np.bool_]] = [np.array([value == output for value in automaton.outputs])]
    barren = 0
    while barren < automaton.n_states:
        if work is not None:
            work.charge(automaton.table.size)
        if reach[-1][0]:
            yield from _words_of_length(automaton, reach, work)
            barren = 0
        else:
            barren += 1
        before: NDArray[np.bool_] = np.any(reach[-1][automaton.table], axis=1)
        reach.append(before)


def _words_of_length(
    automaton: Automaton, reach: list[NDArray[np.bool_]], work: Work | None
) -> Iterator[Word]:
    """The words of length len(reach) - 1, in letter order; no branch is followed in vain."""
    length = len(reach) - 1
    pending: list[tuple[Word, int]] = [((), 0)]
    while pending:
        word, state = pending.pop()
        if work is not None:
            work.charge(len(word))
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


@dataclass(frozen=True)
class Sample:
    """Some words with an output.

    Attributes:
        words: The first ones in shortlex order.
        is_all: Whether it is known that there are no more.
    """

    words: tuple[Word, ...]
    is_all: bool


def sample_words(automaton: Automaton, output: Output, n: int, limit: int = 2**23) -> Sample:
    """The first n words with an output, or fewer where finding them takes too much work.

    The first word is always found, in time linear in the automaton. The work is counted, so the
    answer is the same on every machine.

    Args:
        automaton: The automaton.
        output: The output.
        n: How many words, at least one.
        limit: How much work, in entries of the table and letters.

    >>> sample_words(Automaton("a", [[1], [1]], (True, False)), False, 2)
    Sample(words=(('a',), ('a', 'a')), is_all=False)
    >>> sample_words(Automaton("a", [[1], [1]], (True, False)), True, 2)
    Sample(words=((),), is_all=True)
    """
    if output not in automaton.outputs:
        return Sample((), is_all=True)
    found: list[Word] = []
    try:
        for word in words_with_output(automaton, output, Work("entries", limit)):
            if len(found) == n:
                return Sample(tuple(found), is_all=False)
            found.append(word)
    except BudgetExceeded:
        first = word_to(automaton, 0, lambda state: automaton.outputs[state] == output)
        return Sample(tuple(found) or ((first,) if first is not None else ()), is_all=False)
    return Sample(tuple(found), is_all=True)
