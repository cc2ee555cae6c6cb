"""Pairs of words that a language separates and a network cannot, along ultimately periodic words.

If the last layer makes the same observation after two words, its read-out gives them the same
output whatever its table says. A pair with different answers in the language therefore refutes
the network for every table, not only for the one that it has.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, TypeVar

from monoscan.automata import Automaton, Output
from monoscan.theory.explore import Word
from monoscan.theory.lasso import Lasso, common_horizon
from monoscan.theory.lrnn import LRNN, words_up_to
from monoscan.theory.readout import Observation
from monoscan.theory.response import network_response
from monoscan.theory.semantics import Semantics

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True)
class InseparablePair:
    """Two words with equal observations and different answers in the language.

    Attributes:
        first: the shorter word.
        second: the longer word.
        observation: what the last layer observes after each of them.
        answers: the language's answers to the two words.
    """

    first: Word
    second: Word
    observation: Observation
    answers: tuple[Output, Output]


@dataclass(frozen=True)
class PeriodicBehaviour:
    """What a network and a language do along prefix u u u ..., letter by letter.

    Attributes:
        word: the letters.
        observations: of the last layer, after each letter.
        outputs: of the network, after each letter.
        answers: of the language, after each letter.
    """

    word: Lasso[str]
    observations: Lasso[Observation]
    outputs: Lasso[Output]
    answers: Lasso[Output]

    def _horizon(self) -> int:
        both: list[Lasso[Any]] = [self.observations, self.answers]
        stem, period = common_horizon(both)
        return stem + period

    def first_error(self) -> Word | None:
        """The shortest prefix on which the network is wrong; None if it is right on all."""
        for time in range(self._horizon()):
            if self.outputs[time] != self.answers[time]:
                return self.word.take(time + 1)
        return None

    def inseparable_pair(self) -> InseparablePair | None:
        """The earliest two prefixes that the language separates and the observations do not.

        The pair whose longer word is shortest; None if the observations determine the answers
        along this word.
        """
        horizon = self._horizon()
        return first_pair(self.word, self.observations.take(horizon), self.answers.take(horizon))


def first_pair(
    word: Lasso[str], observations: Iterable[Observation], answers: Iterable[Output]
) -> InseparablePair | None:
    """The first two prefixes with equal observations and different answers.

    Args:
        word: the letters.
        observations: after one letter, after two, and so on.
        answers: the same for the language's answers.
    """
    first_times: dict[Observation, dict[Output, int]] = {}
    for time, (observation, answer) in enumerate(zip(observations, answers, strict=True)):
        times = first_times.setdefault(observation, {})
        earlier = [(first, given) for given, first in times.items() if given != answer]
        if earlier:
            first, given = min(earlier)
            words = word.take(first + 1), word.take(time + 1)
            return InseparablePair(*words, observation, (given, answer))
        times.setdefault(answer, time)
    return None


def early_pair(
    lrnn: LRNN, semantics: Semantics[S], target: Automaton, word: Lasso[str], length: int
) -> InseparablePair | None:
    """The same, found by running the network on the first letters; no behaviour is settled.

    Args:
        lrnn: the network.
        semantics: how it computes.
        target: the language.
        word: an ultimately periodic word.
        length: how many letters are read.

    Raises:
        ReadoutUndefinedError: if some layer has no output for a state that it reaches.
    """
    observations = _observations(lrnn, semantics, word.take(length))
    return first_pair(word, observations, automaton_response(target, word).take(length))


def _observations(lrnn: LRNN, semantics: Semantics[S], word: Word) -> Iterator[Observation]:
    """What the last layer observes after each letter, computed as far as it is asked for."""
    states = semantics.start_states(lrnn)
    for letter in word:
        states = semantics.advance(lrnn, states, letter)
        yield semantics.observe(lrnn, states)


def periodic_behaviour(
    lrnn: LRNN, semantics: Semantics[S], target: Automaton, word: Lasso[str], max_steps: int
) -> PeriodicBehaviour | None:
    """The behaviour along one ultimately periodic word, or None if it is not decided."""
    observations = network_response(lrnn, semantics, word, max_steps)
    if observations is None:
        return None
    observations = observations.shortened()
    return PeriodicBehaviour(
        word,
        observations,
        observations.map(lrnn.last.readout.output),
        automaton_response(target, word),
    )


def automaton_response(automaton: Automaton, word: Lasso[str]) -> Lasso[Output]:
    """The answers of an automaton after each letter of an ultimately periodic word.

    >>> from monoscan.automata import get_language
    >>> automaton_response(get_language("parity").build(), Lasso((), ("1",)))
    Lasso(stem=(), cycle=(False, True))
    """
    state = 0
    answers: list[Output] = []
    seen: dict[tuple[int, int], int] = {}
    stem, period = len(word.stem), len(word.cycle)
    for time in count():
        state = int(automaton.table[state, automaton.letter_index(word[time])])
        first = seen.setdefault((state, (time - stem) % period), time) if time >= stem else time
        if first < time:
            return Lasso(tuple(answers[:first]), tuple(answers[first:])).shortened()
        answers.append(automaton.outputs[state])
    raise AssertionError("unreachable: a finite automaton repeats a state")


def periodic_words(
    alphabet: tuple[str, ...], max_prefix: int, max_period: int
) -> Iterable[Lasso[str]]:
    """Ultimately periodic words by total length, each infinite word once.

    >>> [w.stem + ("|",) + w.cycle for w in periodic_words(("a", "b"), 0, 1)]
    [('|', 'a'), ('|', 'b')]
    """
    seen: set[Lasso[str]] = set()
    prefixes = tuple(words_up_to(alphabet, max_prefix))
    periods = tuple(word for word in words_up_to(alphabet, max_period) if word)
    pairs = [(prefix, period) for prefix in prefixes for period in periods]
    for prefix, period in sorted(pairs, key=lambda pair: len(pair[0]) + len(pair[1])):
        word = Lasso(prefix, period).shortened()
        if word not in seen:
            seen.add(word)
            yield word
