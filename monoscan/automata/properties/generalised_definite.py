"""Is the language generalised definite: do the first and the last letters of a word decide?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.by_hand import Quotient
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.properties.words import (
    access_word,
    known_separating_word,
    known_word_to,
    loop_word,
    merging_classes,
    unmerged_path,
)
from monoscan.automata.word import Word


@final
@dataclass(frozen=True)
class GeneralisedDefinite:
    """The output of a long word depends only on its first and last letters. True as a Boolean.

    Attributes:
        length: The least k such that x z y and x y are always alike when x and y have k letters.
    """

    length: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether this is the least such length, by following pairs of states.

        >>> GeneralisedDefinite(0).check(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
        False
        """
        quotient = Quotient(automaton)
        good = self.length >= 0 and _decides(quotient, self.length)
        return good and (self.length == 0 or not _decides(quotient, self.length - 1))


def _decides(quotient: Quotient, length: int) -> bool:
    """Whether words x z y and x y with x, y of some length lead to the same state."""
    states = {0}
    for _ in range(length):
        states = {target for state in states for target in quotient.table[state]}
    pairs = {(start, reached) for start in states for reached in _reachable(quotient, start)}
    for _ in range(length):
        pairs = {
            pair
            for p, q in pairs
            for pair in zip(quotient.table[p], quotient.table[q], strict=True)
        }
    return all(p == q for p, q in pairs)


def _reachable(quotient: Quotient, start: int) -> list[int]:
    found = [start]
    for state in found:
        found.extend(target for target in set(quotient.table[state]) if target not in found)
    return found


@final
@dataclass(frozen=True)
class NotGeneralisedDefinite(Against):
    """However long the common beginning and the common end, the middle decides. False.

    The words prefix loop^i suffix and prefix loop^i link loop^i suffix begin alike and end alike,
    but their outputs differ for every i.

    Attributes:
        prefix: A word.
        loop: A non-empty word that leads the state after prefix, and the state after prefix link,
            back to itself.
        link: A word.
        suffix: A word that tells the two states apart.
    """

    prefix: Word
    loop: Word
    link: Word
    suffix: Word

    def check(self, automaton: Automaton) -> bool:
        """Whether the loops close and the outputs differ.

        >>> even = Automaton("a", [[1], [0]], (True, False))
        >>> NotGeneralisedDefinite((), ("a", "a"), ("a",), ()).check(even)
        True
        """
        quotient = Quotient(automaton)
        if not self.loop or not quotient.knows(self.prefix, self.loop, self.link, self.suffix):
            return False
        p = quotient.after(self.prefix)
        q = quotient.after(self.link, p)
        closed = quotient.after(self.loop, p) == p and quotient.after(self.loop, q) == q
        first, second = quotient.after(self.suffix, p), quotient.after(self.suffix, q)
        return closed and quotient.outputs[first] != quotient.outputs[second]


Answer: TypeAlias = GeneralisedDefinite | NotGeneralisedDefinite


@language_property(
    "generalised-definite",
    place=40,
    implies=("locally-testable", "da"),
    definition="For some k the first k and the last k letters decide together.",
    equation="e x e = e",
    source=(
        "A. Ginzburg, About some properties of definite, reverse-definite and "
        "related automata, 1966"
    ),
    yes="how many letters at both ends decide",
    no=(
        "prefix loop^i suffix and prefix loop^i link loop^i suffix have different "
        "answers for every i"
    ),
    example="a.*b",
    counterexample=".*aa.*",
)
def is_generalised_definite(automaton: Automaton) -> Answer:
    """Whether the first k and the last k letters of a word decide, for some k. Needs no monoid.

    With E(k) the states that all words of length k merge, and Q(k) the states that words of at
    least k letters reach, k letters decide exactly if each step from a state of Q(k) stays in its
    class of E(k). Q(k) shrinks and E(k) grows, and both stop.

    >>> is_generalised_definite(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    GeneralisedDefinite(length=1)
    >>> is_generalised_definite(Automaton("a", [[1], [0]], (True, False)))
    NotGeneralisedDefinite(prefix=(), loop=('a', 'a'), link=('a',), suffix=())
    """
    minimal = minimize(automaton)
    reached: NDArray[Any] = np.arange(minimal.n_states)
    leaving: NDArray[np.intp] = np.zeros((0, 2), dtype=np.intp)
    for length, (classes, reached) in enumerate(_merged_and_reached(minimal)):
        leaving = np.argwhere(classes[minimal.table[reached]] != classes[reached][:, None])
        if not len(leaving):
            return GeneralisedDefinite(length)
    row, letter = (int(index) for index in leaving[0])
    return _pumped(minimal, int(reached[row]), letter)


def _merged_and_reached(
    minimal: Automaton,
) -> Iterator[tuple[NDArray[np.int64], NDArray[Any]]]:
    """E(k) as class numbers and Q(k) as states for k = 0, 1, ... until both stay the same."""
    sequence = merging_classes(minimal)
    classes = next(sequence)
    reached: NDArray[Any] = np.arange(minimal.n_states)
    while True:
        yield classes, reached
        later_classes = next(sequence, classes)
        later = np.flatnonzero(np.bincount(minimal.table[reached].reshape(-1)))
        if later_classes is classes and len(later) == len(reached):
            return
        classes, reached = later_classes, later


def _pumped(minimal: Automaton, state: int, letter: int) -> NotGeneralisedDefinite:
    """A pair of states with a common loop, one reached from the other.

    The state comes after a loop e at some state r; it and its successor are kept apart by a word
    d, after which both lie on loops f. If the state reached from r through the second of these
    and back to a loop of e is not r, it makes a pair with r for the loop e; otherwise r lies
    between the two, so that the second is reached from the first, for the loop f.
    """
    after = int(minimal.table[state, letter])
    start, loop = _loop_before(minimal, state)
    _, f, (p, q) = unmerged_path(minimal, state, after)
    turns, back = _turns_until_closed(minimal, p, loop)
    if back != start:
        return _witness(minimal, start, back, loop * turns)
    return _witness(minimal, p, q, f)


def _witness(minimal: Automaton, p: int, q: int, loop: Word) -> NotGeneralisedDefinite:
    link = known_word_to(minimal, p, lambda reached: reached == q)
    suffix = known_separating_word(minimal, p, q)
    return NotGeneralisedDefinite(access_word(minimal, p), loop, link, suffix)


def _loop_before(minimal: Automaton, state: int) -> tuple[int, Word]:
    """A state on a loop from which a state can be reached, and the loop."""
    sources = [state]
    for target in sources:
        loop = loop_word(minimal, target)
        if loop is not None:
            return target, loop
        origins = np.flatnonzero((minimal.table == target).any(axis=1)).tolist()
        sources.extend(origin for origin in origins if origin not in sources)
    raise AssertionError("states that arbitrarily long words reach come after a loop")


def _turns_until_closed(minimal: Automaton, state: int, word: Word) -> tuple[int, int]:
    """How often (at least once) a word is repeated until repeating it as often again closes."""
    path = [state]
    while True:
        for letter in word:
            state = int(minimal.table[state, minimal.letter_index(letter)])
        if state in path:
            start = path.index(state)
            period = len(path) - start
            turns = period * max(1, -(-start // period))
            return turns, path[start + (turns - start) % period]
        path.append(state)
