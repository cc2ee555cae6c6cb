"""Linear RNNs, exactly: stacks of layers H <- A(x) H + B(x) with finite read-outs.

Layer l (from 1) reads the symbol (x, o_1, ..., o_{l-1}): the letter and what the layers below
report *after* reading it. A layer may name the lower layers that it reads; its symbol is then the
letter and the outputs of those. A read-out sees the new state only; a read-out that also depends
on the letter is one more layer with A = 0. The answer to a word is the last layer's output, and to
the empty word the read-out of its initial state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import lcm
from types import MappingProxyType
from typing import TypeAlias

from monoscan.automata import Output
from monoscan.errors import BadInput
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import Cyclotomic, Number
from monoscan.theory.readout import Observation, Readout, StateTable
from monoscan.theory.transition import Transition, dimension, parameters, transition_matrix

Symbol: TypeAlias = tuple[Output, ...]


class LRNNError(BadInput):
    """A network that is not well formed; the message names the layer and the symbol."""


@dataclass(frozen=True)
class Case:
    """What one symbol does to the state.

    Attributes:
        transition: A, an n x n matrix.
        input: B, an n x d matrix.
    """

    transition: Transition
    input: Matrix

    @cached_property
    def matrix(self) -> Matrix:
        """A as a matrix."""
        return transition_matrix(self.transition)

    def apply(self, state: Matrix) -> Matrix:
        """A H + B."""
        return self.matrix @ state + self.input


@dataclass(frozen=True)
class Layer:
    """One recurrence H <- A(s) H + B(s) over symbols s.

    Attributes:
        initial: H_0, an n x d matrix.
        cases: symbol -> (A, B), one for each symbol that a word leads to.
        readout: what the layers above, or the user, see of the state.
        reads: numbers of the lower layers whose outputs are in the symbol, ascending, from 1; None
            for all lower layers.
    """

    initial: Matrix
    cases: Mapping[Symbol, Case]
    readout: Readout
    reads: tuple[int, ...] | None = None
    _key: frozenset[tuple[Symbol, Case]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.cases:
            raise LRNNError("a layer has no cases; give A and B for each letter")
        self._check_reads()
        for symbol, case in self.cases.items():
            self._check_case(symbol, case)
        if self.readout.shape != self.initial.shape:
            raise ShapeError(
                f"the read-out reads states of shape {self.readout.shape}, "
                f"the initial state has shape {self.initial.shape}"
            )
        object.__setattr__(self, "cases", MappingProxyType(dict(self.cases)))
        object.__setattr__(self, "_key", frozenset(self.cases.items()))

    def _check_reads(self) -> None:
        reads = self.reads
        if reads is None:
            return
        if any(number < 1 for number in reads) or list(reads) != sorted(set(reads)):
            raise LRNNError(
                f"a layer reads the layers {list(reads)}; expected numbers from 1 in ascending "
                "order, each once"
            )

    def _check_case(self, symbol: Symbol, case: Case) -> None:
        height = self.initial.shape[0]
        if dimension(case.transition) != height:
            raise ShapeError(
                f"on {show_symbol(symbol)}: A is {dimension(case.transition)} x "
                f"{dimension(case.transition)}, but the initial state has {height} rows"
            )
        if case.input.shape != self.initial.shape:
            raise ShapeError(
                f"on {show_symbol(symbol)}: B has shape {case.input.shape}, "
                f"but the initial state has shape {self.initial.shape}"
            )

    def __hash__(self) -> int:
        return hash((self.initial, self._key, self.readout, self.reads))

    @cached_property
    def _field_order(self) -> int:
        return lcm(*(x.order for x in _numbers(self) if isinstance(x, Cyclotomic)))

    def symbol(self, letter: str, outputs: Sequence[Output]) -> Symbol:
        """What the layer reads: the letter and the outputs of the layers that it names.

        Args:
            letter: the letter.
            outputs: what all lower layers report after the letter, the bottom layer first.
        """
        if self.reads is None:
            return (letter, *outputs)
        return (letter, *[outputs[number - 1] for number in self.reads])

    def case(self, symbol: Symbol) -> Case:
        """The case of a symbol.

        Raises:
            LRNNError: if the layer has none.
        """
        found = self.cases.get(symbol)
        if found is None:
            raise LRNNError(
                f"a layer is reached with the symbol {show_symbol(symbol)}, for which it has no "
                "case; add one"
            )
        return found

    def observe(self, state: Matrix) -> Observation:
        """What the read-out sees of a state."""
        return self.readout.observe(state)

    def output(self, state: Matrix) -> Output:
        """What the layer reports in a state."""
        return self.readout.output(self.readout.observe(state))


@dataclass(frozen=True)
class LRNN:
    """A stack of layers over an alphabet.

    Attributes:
        alphabet: the letters, in order.
        layers: bottom to top, at least one.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> scalar_parity().output("0110"), scalar_parity().output("010")
    (True, False)
    """

    alphabet: tuple[str, ...]
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if not self.alphabet or len(set(self.alphabet)) < len(self.alphabet):
            raise LRNNError(
                f"alphabet {self.alphabet}: expected at least one letter, all different"
            )
        if not self.layers:
            raise LRNNError("a network needs at least one layer")
        for level, layer in enumerate(self.layers, start=1):
            self._check_symbols(level, layer)

    def _check_symbols(self, level: int, layer: Layer) -> None:
        reads = range(1, level) if layer.reads is None else layer.reads
        if reads and reads[-1] >= level:
            raise LRNNError(
                f"layer {level} reads layer {reads[-1]}; a layer can read the layers below it only"
            )
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
        if not reads:
            for letter in self.alphabet:
                if (letter,) not in layer.cases:
                    raise LRNNError(f"layer {level} has no case for the letter {letter!r}; add one")

    def run(self, word: Iterable[str]) -> tuple[Matrix, ...]:
        """The exact states of all layers after a word.

        Raises:
            LRNNError: for a letter outside the alphabet or a symbol without a case.
        """
        states = tuple(layer.initial for layer in self.layers)
        for letter in word:
            states = self.step(states, letter)
        return states

    def step(self, states: tuple[Matrix, ...], letter: str) -> tuple[Matrix, ...]:
        """The exact states of all layers after one more letter."""
        outputs: list[Output] = []
        new_states = []
        for layer, state in zip(self.layers, states, strict=True):
            state = layer.case(layer.symbol(letter, outputs)).apply(state)
            new_states.append(state)
            if layer is not self.layers[-1]:
                outputs.append(layer.output(state))
        return tuple(new_states)

    def output(self, word: Iterable[str]) -> Output:
        """The network's answer to a word in exact arithmetic."""
        return self.layers[-1].output(self.run(word)[-1])

    def transitions(self) -> tuple[Transition, ...]:
        """The transitions of every case of every layer."""
        return tuple(case.transition for layer in self.layers for case in layer.cases.values())


def field_order(layer: Layer) -> int:
    """The n of the smallest field Q(zeta_n) that holds all numbers of a layer; 1 for Q.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> field_order(scalar_parity().layers[0])
    1
    """
    return layer._field_order


def _numbers(layer: Layer) -> Iterator[Number]:
    yield from layer.initial.entries()
    for case in layer.cases.values():
        yield from parameters(case.transition)
        yield from case.input.entries()
    if isinstance(layer.readout, StateTable):
        for state in layer.readout.table:
            yield from state.entries()
    else:
        for functional in layer.readout.functionals:
            yield from functional.weights.entries()
            yield functional.bound


def show_symbol(symbol: Symbol) -> str:
    """A symbol for people: the letter alone, or the letter and the outputs below."""
    parts = [str(part) for part in symbol]
    return parts[0] if len(parts) == 1 else "(" + ", ".join(parts) + ")"


def words_up_to(alphabet: tuple[str, ...], length: int) -> Iterable[tuple[str, ...]]:
    """All words of at most this length in shortlex order.

    >>> ["".join(word) for word in words_up_to(("a", "b"), 1)]
    ['', 'a', 'b']
    """
    for size in range(length + 1):
        yield from product(alphabet, repeat=size)
