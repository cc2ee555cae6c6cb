"""Piecewise testable languages: flags for the subsequences that have occurred.

The flag of a subsequence u a is set by the letter a once that of u was set before the letter, and
kept for ever. Those of one length share a layer. Which subsequences matter is found by need: two
words that set the same flags and have different answers differ in a shortest subsequence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import NamedTuple, TypeAlias

from monoscan.automata import Automaton, Output
from monoscan.automata.budget import remembered
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.cascades.delays import WindowDelay, WrittenDelay
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder, Step, Values, whole
from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Diagonal

Word: TypeAlias = tuple[int, ...]
"""Kinds of letters from 0: letters of one kind do the same to all states."""

MOST_FLAGS = 60
MOST_STATES = 10_000
"""The most pairs of a state of the automaton and a set of flags."""
_NOT_FOUND = f"no {MOST_FLAGS} subsequences were found that determine the answer"


class _Plan(NamedTuple):
    """The subsequences, the shortest first, and the answer by which of them have occurred."""

    kinds: dict[str, int]
    words: tuple[Word, ...]
    answers: dict[int, Output]


def difference(first: Word, second: Word) -> Word:
    """A shortest word that is a subsequence of one of two different words only.

    >>> difference((0, 1, 0), (1, 0, 1)), difference((0, 0), (0, 0, 0))
    ((0, 0), (0, 0, 0))
    """
    found: dict[tuple[int, int], Word] = {(0, 0): ()}
    queue = [(0, 0)]
    for i, j in queue:
        word = found[i, j]
        for letter in sorted({*first[i:], *second[j:]}):
            after = _past(first, i, letter), _past(second, j, letter)
            if 0 in after:
                return (*word, letter)
            if after not in found:
                found[after] = (*word, letter)
                queue.append(after)
    raise AssertionError(f"{first} and {second} are one word")


def _past(word: Word, start: int, letter: int) -> int:
    """The place behind the next occurrence of a letter; 0 if there is none."""
    return word.index(letter, start) + 1 if letter in word[start:] else 0


class _Search:
    """Looks for subsequences until those that have occurred determine the answer.

    Args:
        minimal: the automaton.
        whole: whether a word that leads to a state is taken as it is, as a forbidden subsequence
            is; else only so much of it as another word lacks.
    """

    def __init__(self, minimal: Automaton, *, whole: bool) -> None:
        self.whole = whole
        self.outputs = minimal.outputs
        columns: dict[Word, int] = {}
        listed = [tuple(column) for column in minimal.table.T.tolist()]
        self.kinds = {
            letter: columns.setdefault(column, len(columns))
            for letter, column in zip(minimal.alphabet, listed, strict=True)
        }
        self.columns = list(columns)
        self.states = range(minimal.n_states)
        self.words: list[Word] = []

    def run(self) -> _Plan | None:
        """The subsequences; None if there are none, or too many would be needed."""
        if not self._is_ordered():
            return None
        while len(self.words) <= MOST_FLAGS:
            found = self._explored()
            if found is None:
                return None
            if isinstance(found, dict):
                return _Plan(self.kinds, tuple(self.words), found)
            new = [found[:end] for end in range(1, len(found) + 1)]
            self.words = sorted({*self.words, *new}, key=lambda word: (len(word), word))
        return None

    def _is_ordered(self) -> bool:
        """Whether no state comes back once it was left, which flags that are kept for ever need."""
        left = {
            state: {column[state] for column in self.columns} - {state} for state in self.states
        }
        while ends := [state for state, after in left.items() if not after]:
            left = {state: after.difference(ends) for state, after in left.items() if after}
        return not left

    def _explored(self) -> dict[int, Output] | Word | None:
        """The answers by the flags, or a subsequence that they lack; None if there is too much."""
        places = {word: place for place, word in enumerate(self.words)}
        # For each kind the flags that it sets, and which flag has to be set before.
        sets = [
            [
                (1 << place, 1 << places[word[:-1]] if len(word) > 1 else 0)
                for word, place in places.items()
                if word[-1] == kind
            ]
            for kind in range(len(self.columns))
        ]
        start = (0, 0)
        reached: dict[tuple[int, int], Word] = {start: ()}
        first: dict[int, tuple[int, int]] = {0: start}
        queue: list[tuple[int, int]] = [start]
        for state, flags in queue:
            for kind, column in enumerate(self.columns):
                new = flags
                for flag, before in sets[kind]:
                    if not before or flags & before:
                        new |= flag
                after = column[state], new
                if after in reached:
                    continue
                reached[after] = (*reached[state, flags], kind)
                other = first.setdefault(new, after)
                if self.outputs[other[0]] != self.outputs[after[0]]:
                    return self._lacking(reached[other], reached[after])
                if len(reached) > MOST_STATES:
                    return None
                queue.append(after)
        return {flags: self.outputs[state] for flags, (state, _) in first.items()}

    def _lacking(self, first: Word, second: Word) -> Word:
        """A subsequence of one of two words only, of letters that matter for where it leads."""
        for word in sorted(map(self._reduced, (first, second)), key=len):
            if _occurs(word, first) != _occurs(word, second):
                return word if self.whole else _least(word, first, second)
        return difference(first, second)

    def _reduced(self, word: Word) -> Word:
        """The word without letters that do not matter for where it leads."""
        place = 0
        while place < len(word):
            rest = word[:place] + word[place + 1 :]
            if self._state(rest) == self._state(word):
                word = rest
            else:
                place += 1
        return word

    def _state(self, word: Word) -> int:
        return reduce(lambda state, kind: self.columns[kind][state], word, 0)


def _occurs(word: Word, within: Word) -> bool:
    letters = iter(within)
    return all(letter in letters for letter in word)


def _least(word: Word, first: Word, second: Word) -> Word:
    """A word that occurs in one of two words only, without letters that do not matter for that."""
    place = 0
    while place < len(word):
        rest = word[:place] + word[place + 1 :]
        if _occurs(rest, first) != _occurs(rest, second):
            word = rest
        else:
            place += 1
    return word


@remembered(maxsize=64)
def _plan(minimal: Automaton) -> _Plan | None:
    found = [plan for whole in (True, False) if (plan := _Search(minimal, whole=whole).run())]
    return min(found, key=lambda plan: (_length(plan), len(plan.answers)), default=None)


def _length(plan: _Plan) -> int:
    return max(map(len, plan.words), default=1)


def obstacle(automaton: Automaton) -> str | None:
    """Why there is no such network, or None if there is one.

    >>> obstacle(Automaton("ab", [[1, 0], [1, 2], [2, 2]], (False, False, True)))
    >>> obstacle(Automaton("ab", [[0, 1], [0, 1]], (False, True)))
    'no 60 subsequences were found that determine the answer'
    """
    return _NOT_FOUND if _plan(minimize(automaton)) is None else None


def _layers(automaton: Automaton) -> int:
    plan = _plan(minimize(automaton))
    assert plan is not None
    return _length(plan)


def _written_layers(automaton: Automaton) -> int:
    return 2 * _layers(automaton) - 1


def _network(automaton: Automaton, budget: int, delay: type[WindowDelay | WrittenDelay]) -> LRNN:
    minimal = minimize(automaton)
    plan = _plan(minimal)
    if plan is None:
        raise UnsupportedError(_NOT_FOUND)
    builder = StackBuilder(minimal.alphabet, budget)
    depth = _length(plan)
    lengths = [[word for word in plan.words if len(word) == n] for n in range(1, depth + 1)]
    old: tuple[Signal, ...] = ()
    new: list[Signal] = []
    for words, shorter in zip(lengths[:-1], [[], *lengths], strict=False):
        step = _flag_step(_setter(plan, words, shorter))
        start = Matrix.column([0] * len(words))
        new.append(builder.add_signal(start, old, step, lambda state: _flags(_held(state))))
        old = (delay(builder).of(new[-1], 0),)
    _answering(builder, plan, lengths, old, new)
    return builder.build()


def _setter(
    plan: _Plan, words: list[Word], shorter: list[Word]
) -> Callable[[str, Values], list[bool]]:
    """Which flags of some words a letter sets, by the flags that the layer below had before it."""

    def sets(letter: str, values: Values) -> list[bool]:
        old = {word for place, word in enumerate(shorter) if values[0] >> place & 1}
        return [w[-1] == plan.kinds[letter] and (len(w) == 1 or w[:-1] in old) for w in words]

    return sets


def _flag_step(sets: Callable[[str, Values], list[bool]]) -> Step:
    def step(letter: str, values: Values) -> Case:
        is_set = sets(letter, values)
        entries = tuple([ZERO if x else ONE for x in is_set])
        return Case(Diagonal(entries), Matrix.column(list(map(int, is_set))))

    return step


def _answering(
    builder: StackBuilder,
    plan: _Plan,
    lengths: list[list[Word]],
    old: tuple[Signal, ...],
    new: list[Signal],
) -> None:
    """The last layer, into which a number of the flags below is written for the read-out."""
    words, shorter = lengths[-1], lengths[-2] if old else []
    below = sum(map(len, lengths[:-1]))
    seen: list[int] = [0]
    sets = _setter(plan, words, shorter)

    def last(letter: str, values: Values) -> Case:
        flags, place = 0, 0
        for value, listed in zip(values[len(old) :], lengths[:-1], strict=True):
            flags, place = flags | value << place, place + len(listed)
        if flags not in seen:
            seen.append(flags)
        is_set = sets(letter, values)
        entries = [*(ZERO if x else ONE for x in is_set), ZERO]
        return Case(Diagonal(tuple(entries)), Matrix.column([*map(int, is_set), seen.index(flags)]))

    def answer(state: Matrix) -> Output:
        *held, number = _held(state)
        return plan.answers[seen[number] | _flags(held) << below]

    builder.add(Matrix.column([0] * (len(words) + 1)), (*old, *new), last, answer)


def _held(state: Matrix) -> list[int]:
    return [whole(state, row) for row in range(state.shape[0])]


def _flags(held: Sequence[int]) -> int:
    return sum(bit << place for place, bit in enumerate(held))


_SOURCE = "Simon 1975 (piecewise testable languages); the layers of flags are this project's"


@construction(
    "subsequences",
    statement="A piecewise testable language by flags of subsequences, one layer for each length, "
    "whose A and B see what the layer below held before the letter; all entries are 0 and 1",
    source=_SOURCE,
    supports=obstacle,
    depth=_layers,
)
def subsequences(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0 and 1 and delays of one letter.

    Raises:
        UnsupportedError: if the search finds no subsequences that determine the answers.
        BudgetExceeded: if there are more joint states than the budget.

    >>> aba = Automaton("ab", [[1, 0], [1, 2], [3, 2], [3, 3]], (False, False, False, True))
    >>> subsequences(aba).output("aabbba"), subsequences(aba).output("bba"), subsequences(aba).depth
    (True, False, 3)
    """
    return _network(automaton, budget, WindowDelay)


@construction(
    "written-subsequences",
    statement="A piecewise testable language by flags of subsequences, with layers between them "
    "whose B writes what its window hands on; A sees one letter",
    source=_SOURCE,
    supports=obstacle,
    depth=_written_layers,
)
def written_subsequences(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """The network, exact, with diagonal entries 0 and 1 and delays of one letter that B reads.

    Raises:
        UnsupportedError: if the search finds no subsequences that determine the answers.
        BudgetExceeded: if there are more joint states than the budget.

    >>> aba = Automaton("ab", [[1, 0], [1, 2], [3, 2], [3, 3]], (False, False, False, True))
    >>> written_subsequences(aba).windows, written_subsequences(aba).depth
    ((1, 2), 5)
    """
    return _network(automaton, budget, WrittenDelay)
