"""L* on the answers of a network: the smallest automaton that agrees with it on short words.

The learning is AALpy's. What it asks is answered by the network, and its equivalence queries by a
search for words on which network and automaton differ.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, final

import numpy as np
from aalpy.base import SUL, Oracle
from aalpy.learning_algs import run_Lstar
from torch import nn

from monoscan.automata import Automaton, Output, distinguishing_word, from_aalpy
from monoscan.models.worst import SearchPlan, search_worst
from monoscan.models.worst.reader import Context, Reader

_AHEAD: Final = 2**12  # words of one length whose answers are asked for together, before any query
_DRAWN: Final = 256  # random words of an equivalence query
_SHARE: Final = 8  # an equivalence query reads at most this part of the letters

Word = tuple[str, ...]


class TooManyStates(Exception):
    """The automaton has more states than it may have.

    Attributes:
        states: How many it had when learning stopped.
    """

    def __init__(self, states: int) -> None:
        super().__init__(states)
        self.states = states


class LettersSpent(Exception):
    """The network has read as many letters as it may."""


@final
@dataclass(frozen=True, eq=False)
class Taught:
    """A network and what is asked of it.

    Attributes:
        network: A module with ``advance``.
        outputs: What the numbers of its answers stand for.
        target: The automaton that it was trained on: its differences to what was learned are tried
            first, and its output to the empty word, to which a network has no answer, is taken.
        context: What reading happens in.
        length: Network and automaton are compared on words of up to so many letters.
        letters: How many letters may be read.
        max_states: How many states the automaton may have.
    """

    network: nn.Module
    outputs: Sequence[Output]
    target: Automaton
    context: Context
    length: int
    letters: int
    max_states: int


def learn_by_queries(taught: Taught) -> tuple[Automaton, int]:
    """The automaton that agrees with the network on all words that were read.

    Returns:
        The automaton, and how many letters were read.

    Raises:
        TooManyStates: If it has more states than it may have.
        LettersSpent: If the letters do not suffice.

    Source: D. Angluin, Information and Computation 75 (1987); E. Muskardin et al., AALpy (2022).
    """
    answers = _Answers(taught)
    letters = list(taught.target.alphabet)
    oracle = _Comparison(answers, taught)
    machine: Any = run_Lstar(
        letters, answers, oracle, "moore", cache_and_non_det_check=False, print_level=0
    )
    return from_aalpy(machine, letters), answers.reader.count


@final
class _Answers(SUL):  # type: ignore[misc]  # AALpy is not typed
    """The answers of the network, each word's asked for once."""

    def __init__(self, taught: Taught) -> None:
        super().__init__()
        self.reader = Reader(
            taught.network, taught.target, taught.outputs, taught.letters, taught.context
        )
        self._outputs = taught.outputs
        self._numbers = {letter: n for n, letter in enumerate(taught.target.alphabet)}
        self._known: dict[Word, Output | None] = {(): taught.target.outputs[0]}
        self._read_ahead(tuple(taught.target.alphabet))

    def _read_ahead(self, alphabet: Word) -> None:
        """Reads the words of the greatest length that has few of them."""
        length = 1
        while len(alphabet) ** (length + 1) <= _AHEAD and length < _AHEAD.bit_length():
            length += 1
        self._ask(list(itertools.product(alphabet, repeat=length)))

    def _ask(self, words: Sequence[Word]) -> None:
        """Reads words of one length; what is known of their beginnings stays."""
        numbers = np.array([[self._numbers[a] for a in word] for word in words], dtype=np.int32)
        if self.reader.left < numbers.size:
            raise LettersSpent
        for word, row in zip(words, self.reader.answers(numbers).tolist(), strict=True):
            for end, answer in enumerate(row, start=1):
                self._known.setdefault(word[:end], self._outputs[answer] if answer >= 0 else None)

    def query(self, word: Word) -> list[Output | None]:
        """The answers after each letter, or that to the empty word."""
        if word and word not in self._known:
            self._ask([word])
        ends = range(1, len(word) + 1) if word else range(1)
        return [self._known[word[:end]] for end in ends]

    def pre(self) -> None:
        """Nothing: words are read whole."""

    def post(self) -> None:
        """Nothing."""

    def step(self, letter: object) -> object:
        """Words are read whole, so nobody asks for a letter."""
        raise NotImplementedError


@final
class _Comparison(Oracle):  # type: ignore[misc]
    """Searches a word to which network and automaton answer differently."""

    def __init__(self, answers: _Answers, taught: Taught) -> None:
        super().__init__(list(taught.target.alphabet), answers)
        self._answers, self._taught = answers, taught

    def find_cex(self, hypothesis: Any) -> Word | None:
        """A word on which they differ, or None if none is found."""
        taught, reader = self._taught, self._answers.reader
        if len(hypothesis.states) > taught.max_states:
            raise TooManyStates(len(hypothesis.states))
        learned = from_aalpy(hypothesis, taught.target.alphabet)
        for word in (distinguishing_word(learned, taught.target), *self._random(learned)):
            if word and len(word) <= taught.length and self._differs(learned, word):
                return word
        letters = min(taught.letters // _SHARE, reader.left)
        if letters < 1:
            raise LettersSpent
        plan = SearchPlan(taught.length, letters)
        found = search_worst(taught.network, learned, taught.outputs, plan, taught.context)
        reader.count += found.letters
        return found.word if found.word and self._differs(learned, found.word) else None

    def _random(self, learned: Automaton) -> list[Word]:
        """The random words to which they answer differently, to their first difference."""
        taught, reader = self._taught, self._answers.reader
        rng = np.random.default_rng(learned.n_states)
        letters = np.array(taught.target.alphabet, dtype=object)
        words = rng.integers(0, len(letters), (_DRAWN, taught.length), dtype=np.int32)
        if reader.left < words.size:
            raise LettersSpent
        compared = Reader(taught.network, learned, taught.outputs, words.size, taught.context)
        wrong = compared.answers(words) != compared.expected(words)
        reader.count += words.size
        ends = wrong.argmax(axis=1) + 1
        found = [
            tuple(letters[word[:end]])
            for word, end, is_wrong in zip(words, ends, wrong.any(axis=1), strict=True)
            if is_wrong
        ]
        return sorted(found, key=len)

    def _differs(self, learned: Automaton, word: Word) -> bool:
        return self._answers.query(word)[-1] != learned.output(word)
