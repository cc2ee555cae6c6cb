"""Batches of words with the outputs of an automaton: any automaton is a task."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton
from monoscan.models.errors import ConfigError

IGNORED: Final = -100  # the target that torch's cross entropy leaves out
TARGETS: Final = ("every", "last")
WORDS: Final = ("uniform", "balanced")
_MAX_WEIGHTS = 2**27

Integers = NDArray[np.int64]


@final
@dataclass(frozen=True, eq=False)
class Batch:
    """Words, padded at the end, and what a network should answer.

    Attributes:
        words: int64 [B, T], the number of each letter; 0 beyond the end of a word.
        targets: int64 [B, T], the number of the output after each letter; `IGNORED` where
            nothing is asked.
        lengths: int64 [B].
    """

    words: Integers
    targets: Integers
    lengths: Integers

    @property
    def n_tokens(self) -> int:
        """The number of letters without padding."""
        return int(self.lengths.sum())


@final
@dataclass(frozen=True)
class Task:
    """Follow an automaton: read a word, answer with its output.

    Attributes:
        automaton: Whose outputs are the right answers.
        targets: ``every``: an answer after each letter; ``last``: one after the last letter.
        words: ``uniform``: each word of the chosen length equally likely; ``balanced``: first the
            output, each that some word of this length has equally likely, then uniformly one of
            the words with it.

    Raises:
        ConfigError: If an option is unknown, or the automaton has one output only.

    >>> from monoscan.automata import get_language
    >>> task = Task(get_language("parity").build())
    >>> batch = task.sample(np.random.default_rng(0), 2, 5)
    >>> batch.words.shape, task.outputs
    ((2, 5), (False, True))
    """

    automaton: Automaton
    targets: str = "every"
    words: str = "uniform"
    _output_numbers: Integers = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, value, known in (
            ("targets", self.targets, TARGETS),
            ("words", self.words, WORDS),
        ):
            if value not in known:
                raise ConfigError(f"unknown {name} {value!r}; expected {' or '.join(known)}")
        if len(self.outputs) < 2:
            raise ConfigError(
                f"the automaton's only output is {self.automaton.outputs[0]!r}, so there is "
                "nothing to learn; choose a language with at least two outputs"
            )
        number = {output: place for place, output in enumerate(self.outputs)}
        numbers = np.array([number[output] for output in self.automaton.outputs], dtype=np.int64)
        object.__setattr__(self, "_output_numbers", numbers)

    @cached_property
    def outputs(self) -> tuple[bool | str, ...]:
        """The different outputs in order: what the numbers in targets stand for."""
        return tuple(sorted(set(self.automaton.outputs), key=lambda output: (str(output), output)))

    @property
    def n_letters(self) -> int:
        """The number of letters."""
        return len(self.automaton.alphabet)

    @property
    def n_outputs(self) -> int:
        """The number of different outputs."""
        return len(self.outputs)

    def sample(
        self, rng: np.random.Generator, n_words: int, length: int, min_length: int | None = None
    ) -> Batch:
        """Random words with their targets.

        Args:
            rng: The source of randomness.
            n_words: B, at least 1.
            length: T, at least 1: the length of the words, or the greatest one.
            min_length: If given, lengths are uniform between it and ``length``.

        Raises:
            ConfigError: If a size is out of range.
        """
        least = length if min_length is None else min_length
        for name, value in (("batch", n_words), ("length", length), ("shortest length", least)):
            if value < 1:
                raise ConfigError(f"the {name} is {value}; expected at least 1")
        if least > length:
            raise ConfigError(f"the shortest length {least} is above the longest, {length}")
        lengths = rng.integers(least, length, n_words, endpoint=True)
        if self.words == "uniform":
            words = rng.integers(0, self.n_letters, (n_words, length), dtype=np.int32)
            words[np.arange(length) >= lengths[:, None]] = 0
        else:
            words = self._balanced(rng, lengths, length)
        return self._labelled(words, lengths)

    def label(self, words: Integers) -> Batch:
        """The targets of given words, all of one length.

        Args:
            words: [B, T], numbers of letters.

        Raises:
            ConfigError: If ``words`` is no such table.
        """
        if words.ndim != 2 or min(words.shape) < 1:
            raise ConfigError(
                f"words have the shape {words.shape}; expected [B, T], both at least 1"
            )
        if words.min() < 0 or words.max() >= self.n_letters:
            raise ConfigError(
                f"the letters are numbered 0..{self.n_letters - 1}; "
                f"found {words.min()}..{words.max()}"
            )
        return self._labelled(words.astype(np.int32), np.full(len(words), words.shape[1]))

    def _labelled(self, words: NDArray[np.int32], lengths: Integers) -> Batch:
        targets = self._output_numbers[run(self.automaton, words)]
        places = np.arange(words.shape[1])
        asked = places < lengths[:, None]
        if self.targets == "last":
            asked &= places == lengths[:, None] - 1
        return Batch(words.astype(np.int64), np.where(asked, targets, IGNORED), lengths)

    def _balanced(
        self, rng: np.random.Generator, lengths: Integers, longest: int
    ) -> NDArray[np.int32]:
        """Letter by letter, each as likely as the share of right completions that begin with it."""
        weights = self._completions(longest)
        n_words, alphabet = len(lengths), np.arange(self.n_letters)
        possible = weights[lengths, :, 0] > 0
        # The goal: the place of the largest random number among the outputs that are possible.
        goal = np.where(possible, rng.random(possible.shape), -1.0).argmax(axis=1)
        words = np.zeros((n_words, longest), dtype=np.int32)
        states = np.zeros(n_words, dtype=np.int64)
        for place in range(longest):
            left = np.maximum(lengths - place - 1, 0)
            following = self.automaton.table[states][:, alphabet]
            shares = weights[left[:, None], goal[:, None], following].cumsum(axis=1)
            drawn = rng.random(n_words) * shares[:, -1]
            letters = np.minimum((shares <= drawn[:, None]).sum(axis=1), self.n_letters - 1)
            inside = place < lengths
            words[inside, place] = letters[inside]
            states[inside] = following[inside, letters[inside]]
        return words

    def _completions(self, longest: int) -> NDArray[np.float64]:
        """[n, output, state]: share of the words of length n that lead from the state to it.

        For each n and output up to a factor, so that rare words do not vanish.
        """
        table, n_states = self.automaton.table, self.automaton.n_states
        size = (longest + 1) * self.n_outputs * n_states
        if size > _MAX_WEIGHTS:
            raise ConfigError(
                f"balanced words of length {longest} need a table of {size} numbers (limit "
                f"{_MAX_WEIGHTS}); use shorter words, or words='uniform'"
            )
        shares = np.empty((longest + 1, self.n_outputs, n_states))
        shares[0] = np.arange(self.n_outputs)[:, None] == self._output_numbers
        for n in range(longest):
            shares[n + 1] = shares[n][:, table].mean(axis=2)
            largest = shares[n + 1].max(axis=1, keepdims=True)
            shares[n + 1] /= np.where(largest > 0, largest, 1.0)
        return shares


def run(automaton: Automaton, words: NDArray[np.int32]) -> Integers:
    """The states after each letter, all words at once.

    Args:
        automaton: The automaton.
        words: int32 [B, T], numbers of letters.

    Returns:
        int64 [B, T].

    >>> from monoscan.automata import get_language
    >>> run(get_language("parity").build(), np.array([[0, 1, 1, 1]], dtype=np.int32)).tolist()
    [[0, 1, 0, 1]]
    """
    n_letters = len(automaton.alphabet)
    # Rows of states times n_letters, so that a step is one addition and one look-up.
    scaled = (automaton.table * n_letters).ravel()
    columns = np.ascontiguousarray(words.T)
    states = np.empty(columns.shape, dtype=np.int32)
    current = np.zeros(columns.shape[1], dtype=np.int32)
    for place, letters in enumerate(columns):
        current = np.take(scaled, current + letters, out=states[place])
    return (states.T // n_letters).astype(np.int64)
