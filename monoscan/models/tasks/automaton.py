"""Follow an automaton: any automaton is a task."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Self, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton
from monoscan.automata.sources import automaton_from_json, automaton_to_json
from monoscan.models.errors import ConfigError
from monoscan.models.tasks.balanced import BalancedWords
from monoscan.models.tasks.batch import IGNORED, Batch, Integers, random_lengths
from monoscan.models.tasks.task import SequenceTask, task_kind

TARGETS: Final = ("every", "last")
WORDS: Final = ("uniform", "balanced")


@task_kind("automaton")
@final
@dataclass(frozen=True)
class Task(SequenceTask):
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
    def letters(self) -> tuple[str, ...]:
        """The automaton's alphabet."""
        return self.automaton.alphabet

    @property
    def n_outputs(self) -> int:
        """The number of different outputs."""
        return len(self.outputs)

    @property
    def asks_every_letter(self) -> bool:
        """Whether `targets` is ``every``."""
        return self.targets == "every"

    def sample(
        self, rng: np.random.Generator, n_words: int, length: int, min_length: int | None = None
    ) -> Batch:
        """Random words with their targets; see `SequenceTask.sample`.

        Raises:
            ConfigError: If a size is out of range, or balanced words are too long.
        """
        lengths = random_lengths(rng, n_words, length, min_length)
        if self.words == "balanced":
            return self._labelled(self._balanced_words.draw(rng, lengths, length), lengths)
        words = rng.integers(0, self.n_letters, (n_words, length), dtype=np.int32)
        words[np.arange(length) >= lengths[:, None]] = 0
        return self._labelled(words, lengths)

    @cached_property
    def _balanced_words(self) -> BalancedWords:
        return BalancedWords(self.automaton.table, self._output_numbers)

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
        if not self.asks_every_letter:
            asked &= places == lengths[:, None] - 1
        return Batch(words.astype(np.int64), np.where(asked, targets, IGNORED), lengths)

    def options(self) -> dict[str, Any]:
        """The automaton's JSON, targets and words."""
        return {
            "automaton": json.loads(automaton_to_json(self.automaton)),
            "targets": self.targets,
            "words": self.words,
        }

    @classmethod
    def from_options(cls, value: Mapping[str, Any]) -> Self:
        """The task with these options; see `SequenceTask.from_options`.

        Raises:
            AutomatonError: If the automaton is none.
        """
        automaton = automaton_from_json(json.dumps(value["automaton"]))
        return cls(automaton, value["targets"], value["words"])


def run(
    automaton: Automaton, words: NDArray[np.int32], start: NDArray[np.int32] | None = None
) -> Integers:
    """The states after each letter, all words at once.

    Args:
        automaton: The automaton.
        words: int32 [B, T], numbers of letters.
        start: int32 [B], the states before; None: the initial one.

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
    before = np.zeros(columns.shape[1], dtype=np.int32) if start is None else start
    current = before * np.int32(n_letters)
    for place, letters in enumerate(columns):
        current = np.take(scaled, current + letters, out=states[place])
    return (states.T // n_letters).astype(np.int64)
