"""The all-lengths proof: breadth-first search over the joint states of a network and an automaton.

If the search closes, the network answers like the automaton on every word of every length; if it
meets a disagreement, the word is the shortest one (shortlex). Arithmetic is done once for each
layer state and symbol: the search itself runs on small integers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from monoscan.automata import Automaton, Output
from monoscan.errors import NoAnswer
from monoscan.theory.integer_steps import MAX_BITS, NumberTooLargeError
from monoscan.theory.layer_cache import LayerCache, QueueCache, layer_cache
from monoscan.theory.lrnn import LRNN, Delay, LRNNError, Queue, Value
from monoscan.theory.semantics import Semantics

S = TypeVar("S", bound=Hashable)
Word: TypeAlias = tuple[str, ...]

__all__ = [
    "MAX_BITS",
    "CachedNetwork",
    "Disagrees",
    "JointState",
    "NumberTooLargeError",
    "Recognises",
    "StateBudgetReached",
    "UndefinedOutputError",
    "Word",
    "explore",
]


@dataclass(frozen=True)
class JointState(Generic[S]):
    """A reachable situation: the network's states beside the automaton's.

    Attributes:
        layers: one state a layer or delay, bottom to top.
        automaton: state number of the target automaton.
    """

    layers: tuple[S | Queue, ...]
    automaton: int


@dataclass(frozen=True)
class Recognises(Generic[S]):
    """The network agrees with the automaton on all words: the complete list of joint states."""

    states: tuple[JointState[S], ...]

    @property
    def size(self) -> tuple[int, str]:
        """How many joint states, and what they are."""
        return len(self.states), "joint state"


@dataclass(frozen=True)
class Disagrees:
    """The shortest word on which the network is wrong.

    Attributes:
        word: shortlex-least failing word.
        output: what the network answers.
        expected: what the automaton answers.
    """

    word: Word
    output: Output
    expected: Output


@dataclass(frozen=True)
class StateBudgetReached:
    """The search stopped with more joint states to come.

    Attributes:
        explored: number of joint states found.
        length: every word up to this length was compared and agrees.
        limit: what was reached: "states", or "bits" if the numbers grew too large.
    """

    explored: int
    length: int
    limit: Literal["states", "bits"] = "states"


class UndefinedOutputError(NoAnswer):
    """A word on which the network has no output at all.

    Attributes:
        word: the word.
    """

    def __init__(self, message: str, word: Word) -> None:
        super().__init__(message)
        self.word = word


def no_output(word: Word, error: Exception) -> UndefinedOutputError:
    """The error of a network that has no output after a word.

    >>> print(no_output(("a", "b"), LRNNError("there is no case")))
    after the word a b there is no case
    """
    shown = " ".join(word) or "(empty)"
    return UndefinedOutputError(f"after the word {shown} {error}", word)


class CachedNetwork(Generic[S]):
    """A network under a semantics, run on numbered layer states.

    Args:
        lrnn: the network.
        semantics: how it computes; checked against the network here.

    Raises:
        SemanticsError: if the network has no meaning under the semantics.
    """

    def __init__(self, lrnn: LRNN, semantics: Semantics[S]) -> None:
        semantics.validate(lrnn)
        self.lrnn = lrnn
        self._layers: list[LayerCache[S, Any] | QueueCache] = [
            QueueCache(layer) if isinstance(layer, Delay) else layer_cache(layer, semantics)
            for layer in lrnn.layers
        ]
        self._last = self._layers[-1]

    @property
    def start(self) -> tuple[int, ...]:
        """The numbered initial states."""
        return tuple(layer.start for layer in self._layers)

    def step(self, numbers: tuple[int, ...], letter: str) -> tuple[int, ...]:
        """The numbered states after one more letter."""
        outputs: list[Value] = []
        advanced: list[int] = []
        for layer, number in zip(self._layers, numbers, strict=True):
            if isinstance(layer, QueueCache):
                of = layer.delay.of
                advanced.append(layer.step(number, outputs[of - 1] if of else letter))
                outputs.append(layer.handed_on(number))
                continue
            advanced.append(layer.step(number, layer.layer.symbol(letter, outputs)))
            if layer is not self._last:
                outputs.append(layer.output(advanced[-1]))
        return tuple(advanced)

    def output(self, numbers: tuple[int, ...]) -> Output:
        """The network's answer in these states."""
        assert not isinstance(self._last, QueueCache)
        return self._last.output(numbers[-1])

    def states(self, numbers: tuple[int, ...]) -> tuple[S | Queue, ...]:
        """The states behind the numbers."""
        return tuple(
            layer.state(number) for layer, number in zip(self._layers, numbers, strict=True)
        )

    def run(self, word: Word) -> Output:
        """The network's answer to a word; fast on long words over few states.

        Raises:
            NumberTooLargeError: if a state's numbers outgrow `MAX_BITS` bits.

        >>> from monoscan.theory.constructions.parity import scalar_parity
        >>> from monoscan.theory.semantics import Exact
        >>> CachedNetwork(scalar_parity(), Exact()).run(("1",) * 10_001)
        False
        """
        numbers = self.start
        for letter in word:
            numbers = self.step(numbers, letter)
        return self.output(numbers)


_Pair: TypeAlias = tuple[tuple[int, ...], int]


def explore(
    lrnn: LRNN, semantics: Semantics[S], target: Automaton, max_states: int
) -> Recognises[S] | Disagrees | StateBudgetReached:
    """Compares a network with an automaton on all words, in shortlex order.

    Args:
        lrnn: the network; its alphabet is the automaton's, letters in the same order.
        semantics: how the network computes.
        target: the automaton it should agree with.
        max_states: budget of joint states.

    Returns:
        `Recognises` (a proof for all lengths), `Disagrees` (the shortest word), or
        `StateBudgetReached`.

    Raises:
        ValueError: if the alphabets differ.
        UndefinedOutputError: if some word leads to a state without output.
        SemanticsError: if the network has no meaning under the semantics.
    """
    if lrnn.alphabet != target.alphabet:
        raise ValueError(
            f"the network's alphabet is {', '.join(lrnn.alphabet)}, the language's is "
            f"{', '.join(target.alphabet)}; they must list the same letters in the same order"
        )
    return _Search(CachedNetwork(lrnn, semantics), target, max_states).run()


class _Search(Generic[S]):
    def __init__(self, network: CachedNetwork[S], target: Automaton, max_states: int) -> None:
        self.network = network
        self.target = target
        self.max_states = max_states
        self.parents: dict[_Pair, tuple[_Pair, str] | None] = {}

    def run(self) -> Recognises[S] | Disagrees | StateBudgetReached:
        root: _Pair = (self.network.start, 0)
        self.parents[root] = None
        failure = self._disagreement(root)
        if failure:
            return failure
        queue: deque[tuple[_Pair, int]] = deque([(root, 0)])
        while queue:
            pair, length = queue.popleft()
            for index, letter in enumerate(self.target.alphabet):
                try:
                    successor = self._successor(pair, letter, index)
                except NumberTooLargeError:
                    return StateBudgetReached(len(self.parents), length, "bits")
                if successor in self.parents:
                    continue
                if len(self.parents) >= self.max_states:
                    return StateBudgetReached(len(self.parents), length)
                self.parents[successor] = (pair, letter)
                failure = self._disagreement(successor)
                if failure:
                    return failure
                queue.append((successor, length + 1))
        return Recognises(tuple(JointState(self.network.states(n), q) for n, q in self.parents))

    def _successor(self, pair: _Pair, letter: str, index: int) -> _Pair:
        try:
            numbers = self.network.step(pair[0], letter)
        except (NoAnswer, LRNNError) as error:
            raise no_output((*self._word(pair), letter), error) from error
        return numbers, int(self.target.table[pair[1], index])

    def _disagreement(self, pair: _Pair) -> Disagrees | None:
        try:
            output = self.network.output(pair[0])
        except NoAnswer as error:
            raise no_output(self._word(pair), error) from error
        expected = self.target.outputs[pair[1]]
        return None if output == expected else Disagrees(self._word(pair), output, expected)

    def _word(self, pair: _Pair) -> Word:
        letters: list[str] = []
        step = self.parents[pair]
        while step is not None:
            pair, letter = step
            letters.append(letter)
            step = self.parents[pair]
        return tuple(reversed(letters))
