"""Balanced words of an automaton: each possible output equally often, then uniform words with it.

A word is drawn letter by letter, each as likely as the share of right completions that begin with
it. The shares are a table that is made once and grows with the length of the words. With letters to
come the shares of a group soon are almost equal, so what they have in common is split off: mostly
a uniform letter is the right one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.models.errors import ConfigError
from monoscan.models.kernels.backend import has_numba
from monoscan.models.kernels.compiled import compile_loop
from monoscan.models.tasks.batch import Integers

_MAX_NUMBERS: Final = 2**26

_Reals: TypeAlias = NDArray[np.float64]
_Letters: TypeAlias = NDArray[np.int32]


@final
@dataclass(frozen=True, eq=False)
class _Completions:
    """Which letters lead to an output, for each number n of letters that follow them.

    Attributes:
        common: [n, output]: the least share of a state. The share of a state is the share of the
            words of length n that lead from it to the output; for each n and output up to a
            factor, so that rare words do not vanish.
        excess: [n, output, state]: the share of the state less what is common.
        totals: [n, output, state]: the sum of the shares after each letter.
        possible: [n, k]: the outputs that words of length n have, in order; then the others.
        n_possible: [n]: how many outputs the words of length n have.
    """

    common: _Reals
    excess: _Reals
    totals: _Reals
    possible: Integers
    n_possible: Integers


@final
class BalancedWords:
    """Draws balanced words of one automaton.

    Args:
        table: int32 [state, letter], the next state; words begin in state 0.
        outputs: int64 [state], numbers from 0 on.

    >>> words = BalancedWords(np.array([[0, 1], [1, 0]], dtype=np.int32), np.array([0, 1]))
    >>> drawn = words.draw(np.random.default_rng(0), np.full(1000, 7), 7)
    >>> bool(abs((drawn.sum(axis=1) % 2).mean() - 0.5) < 0.1)
    True
    """

    def __init__(self, table: _Letters, outputs: Integers) -> None:
        self._table = table
        self._outputs = outputs
        self._n_outputs = int(outputs.max()) + 1
        self._known: _Completions | None = None

    def draw(self, rng: np.random.Generator, lengths: Integers, longest: int) -> _Letters:
        """Words of these lengths, int32 [B, longest], 0 beyond their ends.

        Raises:
            ConfigError: If the table would be too large.
        """
        known = self._completions(longest)
        chosen = (rng.random(len(lengths)) * known.n_possible[lengths]).astype(np.int64)
        goals = known.possible[lengths, chosen]
        numbers = rng.random((longest, len(lengths)))
        words = np.zeros((len(lengths), longest), dtype=np.int32)
        form = _compiled_loop() if has_numba() else _by_columns
        form(known.common, known.excess, known.totals, self._table, goals, lengths, numbers, words)
        return words

    def _completions(self, longest: int) -> _Completions:
        rows = 0 if self._known is None else len(self._known.common)
        if self._known is None or rows <= longest:
            numbers_a_row = self._n_outputs * len(self._table)
            if (longest + 1) * numbers_a_row > _MAX_NUMBERS:
                raise ConfigError(
                    f"balanced words of length {longest} need a table of "
                    f"{(longest + 1) * numbers_a_row} numbers (limit {_MAX_NUMBERS}); use shorter "
                    "words, or words='uniform'"
                )
            # Twice as large as before: lengths that grow by one need few tables.
            roomy = min(2 * rows, _MAX_NUMBERS // numbers_a_row)
            self._known = self._table_of(max(longest + 1, roomy))
        return self._known

    def _table_of(self, rows: int) -> _Completions:
        shares = np.empty((rows, self._n_outputs, len(self._table)))
        totals = np.empty_like(shares)
        shares[0] = np.arange(self._n_outputs)[:, None] == self._outputs
        for n in range(rows):
            # Added in the order of the loop below: a number below 1 times the sum is below the sum
            # in floating point too, so that it never leads past the possible letters.
            totals[n] = 0
            for following in self._table.T:
                totals[n] += shares[n][:, following]
            if n + 1 < rows:
                largest = totals[n].max(axis=1, keepdims=True)
                shares[n + 1] = totals[n] / np.where(largest > 0, largest, 1.0)
        is_possible = shares[:, :, 0] > 0
        common = shares.min(axis=2)
        shares -= common[:, :, None]
        possible = np.argsort(~is_possible, axis=1, kind="stable")
        return _Completions(common, shares, totals, possible, is_possible.sum(axis=1))


def _by_letters(
    common: _Reals,
    excess: _Reals,
    totals: _Reals,
    table: _Letters,
    goals: Integers,
    lengths: Integers,
    numbers: _Reals,
    words: _Letters,
) -> None:
    """Writes the words; `numbers` [T, B] are uniform in [0, 1).

    All words that have as many letters left take their next letter before any goes on, so that
    the shares of one number of letters stay in the cache.
    """
    n_letters = table.shape[1]
    states = np.zeros(words.shape[0], dtype=np.int32)
    for left in range(numbers.shape[0] - 1, -1, -1):
        for word in range(words.shape[0]):
            place = lengths[word] - left - 1
            if place < 0:
                continue
            goal, state, letter = goals[word], states[word], 0
            least, drawn = common[left, goal], numbers[left, word] * totals[left, goal, state]
            if drawn < least * n_letters:
                letter = min(int(drawn / least), n_letters - 1)
            else:
                drawn -= least * n_letters
                total = excess[left, goal, table[state, 0]]
                # Rounding leads past the last letter only where each letter is possible.
                while total <= drawn and letter < n_letters - 1:
                    letter += 1
                    total += excess[left, goal, table[state, letter]]
            words[word, place] = letter
            states[word] = table[state, letter]


def _by_columns(
    common: _Reals,
    excess: _Reals,
    totals: _Reals,
    table: _Letters,
    goals: Integers,
    lengths: Integers,
    numbers: _Reals,
    words: _Letters,
) -> None:
    """The same words, all at once letter by letter: for where nothing can be compiled."""
    n_letters = table.shape[1]
    states = np.zeros(len(words), dtype=np.int64)
    for left in reversed(range(len(numbers))):
        (inside,) = np.nonzero(lengths > left)
        goal, state = goals[inside], states[inside]
        least, drawn = common[left, goal], numbers[left, inside] * totals[left, goal, state]
        letters = (drawn / np.where(least > 0, least, 1.0)).astype(np.int64)
        (rare,) = np.nonzero(drawn >= least * n_letters)
        sums = excess[left, goal[rare, None], table[state[rare]]].cumsum(axis=1)
        drawn = drawn[rare] - least[rare] * n_letters
        letters[rare] = (sums <= drawn[:, None]).sum(axis=1)
        letters = np.minimum(letters, n_letters - 1)
        words[inside, lengths[inside] - left - 1] = letters
        states[inside] = table[states[inside], letters]


@cache
def _compiled_loop() -> Callable[..., None]:
    return compile_loop(_by_letters)
