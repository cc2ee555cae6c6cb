"""Linear RNNs, exactly: stacks of layers H <- A(x) H + B(x) with finite read-outs.

Layer l (from 1) reads the symbol (x, o_1, ..., o_{l-1}): the letter and what the layers below
report *after* reading it. A layer may name the lower layers that it reads; its symbol is then the
letter and the outputs of those. A read-out sees the new state only; a read-out that also depends
on the letter is one more layer with A = 0. The answer to a word is the last layer's output, and to
the empty word the read-out of its initial state.

Between the layers may stand delays. A delay hands on a letter, or the output of a layer below, from
some letters ago: what a causal convolution and a token shift do in the networks that people run.
The layers above read it like a layer, and it is counted like one in `reads`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import TypeVar, cast

from monoscan.automata import Output
from monoscan.theory.layer import (
    Case,
    Delay,
    Layer,
    LRNNError,
    Queue,
    Symbol,
    Value,
    field_order,
    reads_of,
    show_symbol,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Transition
from monoscan.theory.windows import NO_DELAYS, Windows

__all__ = [
    "LRNN",
    "Case",
    "Delay",
    "LRNNError",
    "Layer",
    "Queue",
    "Symbol",
    "Value",
    "field_order",
    "reads_of",
    "show_symbol",
    "words_up_to",
]

S = TypeVar("S")


@dataclass(frozen=True)
class LRNN:
    """A stack of layers over an alphabet.

    Attributes:
        alphabet: the letters, in order.
        layers: layers and delays, bottom to top, at least one; the last one is a layer.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> scalar_parity().output("0110"), scalar_parity().output("010")
    (True, False)
    """

    alphabet: tuple[str, ...]
    layers: tuple[Layer | Delay, ...]

    def __post_init__(self) -> None:
        if not self.alphabet or len(set(self.alphabet)) < len(self.alphabet):
            raise LRNNError(
                f"alphabet {self.alphabet}: expected at least one letter, all different"
            )
        if not self.layers:
            raise LRNNError("a network needs at least one layer")
        if isinstance(self.layers[-1], Delay):
            raise LRNNError("the last layer is a delay; expected a layer that reads it")
        for level, layer in enumerate(self.layers, start=1):
            if isinstance(layer, Delay):
                self._check_delay(level, layer)
            else:
                self._check_symbols(level, layer)

    def _check_delay(self, level: int, delay: Delay) -> None:
        if delay.of >= level or (delay.of and isinstance(self.layers[delay.of - 1], Delay)):
            what = "a delay itself" if delay.of < level else "not below it"
            raise LRNNError(
                f"layer {level} is a delay of layer {delay.of}, which is {what}; expected 0 for "
                "the letter, or the number of a layer below that is no delay"
            )

    def _check_symbols(self, level: int, layer: Layer) -> None:
        reads = reads_of(layer, level - 1)
        if reads and reads[-1] >= level:
            raise LRNNError(
                f"layer {level} reads layer {reads[-1]}; a layer can read the layers below it only"
            )
        padded = [0, *(n for n in reads if isinstance(self.layers[n - 1], Delay))]
        for symbol in layer.cases:
            if len(symbol) != len(reads) + 1:
                which = "below" if layer.reads is None else "that it reads"
                raise LRNNError(
                    f"layer {level} has a case on {show_symbol(symbol)}; its symbols are the "
                    f"letter and the outputs of the {len(reads)} layers {which}, "
                    f"{len(reads) + 1} in all"
                )
            if symbol[0] not in self.alphabet:
                raise LRNNError(
                    f"layer {level} has a case on {show_symbol(symbol)}; the letter is not in the "
                    f"alphabet {', '.join(self.alphabet)}"
                )
            for number, value in zip(reads, symbol[1:], strict=True):
                if value is None and number not in padded:
                    raise LRNNError(
                        f"layer {level} has a case on {show_symbol(symbol)}; layer {number} is no "
                        "delay and has an output after every letter, so expected one for null"
                    )
        if not reads:
            for letter in self.alphabet:
                if (letter,) not in layer.cases:
                    raise LRNNError(f"layer {level} has no case for the letter {letter!r}; add one")

    @cached_property
    def recurrent(self) -> dict[int, Layer]:
        """The layers that are no delays, by their numbers from 1, bottom to top."""
        numbered = enumerate(self.layers, start=1)
        return {number: layer for number, layer in numbered if isinstance(layer, Layer)}

    @property
    def depth(self) -> int:
        """The number of layers, delays not counted.

        >>> from monoscan.theory.constructions.parity import scalar_parity
        >>> scalar_parity().depth
        1
        """
        return len(self.recurrent)

    @property
    def last(self) -> Layer:
        """The layer whose output is the answer."""
        layer = self.layers[-1]
        assert isinstance(layer, Layer)
        return layer

    @cached_property
    def windows(self) -> Windows:
        """How many letters A and B see: 1 and the longest delay on which each really depends.

        The window of A is the least w such that, in each layer, what is read through delays of
        less than w letters, or through none, fixes the matrix A; so for B.

        >>> from monoscan.theory.constructions.parity import scalar_parity
        >>> scalar_parity().windows
        (1, 1)
        """
        return self._windows(lambda case: case.matrix)

    @cached_property
    def stored_windows(self) -> Windows:
        """The same for the numbers by which A is stored, where every operation on them is rounded.

        I - 4 k k^T with k = (1/2, 1/2) is I - k k^T with k = (1, 1), but the two round
        differently: which of them is stored would tell what a delay hands on.
        """
        return self._windows(lambda case: case.transition)

    def _windows(self, of_a: Callable[[Case], Matrix | Transition]) -> Windows:
        steps = {n: d.steps for n, d in enumerate(self.layers, start=1) if isinstance(d, Delay)}
        if not steps:
            return NO_DELAYS
        found = [
            (
                _window(symbols, [of_a(case) for case in layer.cases.values()]),
                _window(symbols, [case.input for case in layer.cases.values()]),
            )
            for number, layer in self.recurrent.items()
            for symbols in [_by_age(layer, [steps.get(n, 0) for n in reads_of(layer, number - 1)])]
        ]
        return max(a for a, _ in found), max(b for _, b in found)

    def run(self, word: Iterable[str]) -> tuple[Matrix | Queue, ...]:
        """The exact states of all layers and delays after a word.

        Raises:
            LRNNError: for a letter outside the alphabet or a symbol without a case.
        """
        states: tuple[Matrix | Queue, ...] = tuple(layer.initial for layer in self.layers)
        for letter in word:
            states = self.step(states, letter)
        return states

    def step(self, states: tuple[Matrix | Queue, ...], letter: str) -> tuple[Matrix | Queue, ...]:
        """The exact states of all layers and delays after one more letter."""

        def step(layer: Layer, state: Matrix, symbol: Symbol) -> Matrix:
            return layer.case(symbol).apply(state)

        return self.advance(states, letter, step, Layer.output)

    def advance(
        self,
        states: tuple[S | Queue, ...],
        letter: str,
        step: Callable[[Layer, S, Symbol], S],
        output: Callable[[Layer, S], Output],
    ) -> tuple[S | Queue, ...]:
        """The states of all layers and delays after one more letter, in any arithmetic.

        Args:
            states: bottom to top.
            letter: the letter.
            step: the state of a layer after one more symbol.
            output: what a layer reports in a state.
        """
        values: list[Value] = [letter]
        advanced: list[S | Queue] = []
        for layer, state in zip(self.layers, states, strict=True):
            if isinstance(layer, Delay):
                value, queue = layer.step(cast("Queue", state), values[layer.of])
                values.append(value)
                advanced.append(queue)
                continue
            following = step(layer, cast("S", state), layer.symbol(letter, values[1:]))
            advanced.append(following)
            if layer is not self.layers[-1]:
                values.append(output(layer, following))
        return tuple(advanced)

    def output(self, word: Iterable[str]) -> Output:
        """The network's answer to a word in exact arithmetic."""
        return self.last.output(cast("Matrix", self.run(word)[-1]))

    def map_layers(self, function: Callable[[Layer], Layer]) -> LRNN:
        """The network with a function applied to each layer; delays stay as they are."""
        layers = (x if isinstance(x, Delay) else function(x) for x in self.layers)
        return LRNN(self.alphabet, tuple(layers))

    def transitions(self) -> tuple[Transition, ...]:
        """The transitions of every case of every layer."""
        layers = self.recurrent.values()
        return tuple(case.transition for layer in layers for case in layer.cases.values())


def _by_age(layer: Layer, steps: Sequence[int]) -> list[tuple[tuple[int, Value], ...]]:
    """The symbols of a layer; with each value, how many letters ago it is from."""
    return [tuple(zip((0, *steps), symbol, strict=True)) for symbol in layer.cases]


def _window(
    symbols: Sequence[tuple[tuple[int, Value], ...]], values: Sequence[Matrix | Transition]
) -> int:
    """The least w such that the parts of the symbols that are younger fix the values."""
    for w in sorted({steps + 1 for symbol in symbols for steps, _ in symbol}):
        fixed: dict[tuple[Value, ...], Matrix | Transition] = {}
        seen = (tuple(part for steps, part in symbol if steps < w) for symbol in symbols)
        if all(fixed.setdefault(x, value) == value for x, value in zip(seen, values, strict=True)):
            return w
    raise AssertionError("a whole symbol has one case only")


def words_up_to(alphabet: tuple[str, ...], length: int) -> Iterable[tuple[str, ...]]:
    """All words of at most this length in shortlex order.

    >>> ["".join(word) for word in words_up_to(("a", "b"), 1)]
    ['', 'a', 'b']
    """
    for size in range(length + 1):
        yield from product(alphabet, repeat=size)
