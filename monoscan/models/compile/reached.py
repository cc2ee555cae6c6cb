"""What an exact network does on all words: the states and symbols that each layer meets.

Only these are compiled. The joint states also make an automaton, whose answers are the network's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, final

from monoscan.automata import Automaton, Output, canonical, minimize
from monoscan.models.compile.errors import CompileError
from monoscan.theory.integer_steps import NumberTooLargeError
from monoscan.theory.layer_cache import LayerCache, layer_cache
from monoscan.theory.lrnn import LRNN, LRNNError, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import ReadoutUndefinedError
from monoscan.theory.semantics import Exact

MAX_JOINT_STATES = 20_000


@final
@dataclass(frozen=True)
class ReachedLayer:
    """What words lead one layer to.

    Attributes:
        states: The different states, the initial one first.
        outputs: What the layer reports in each; None for an initial state that no word of one
            letter or more leads back to.
        symbols: The symbols that the layer reads.
        moves: Numbers of a state, a symbol and the next state, for all that occur.
    """

    states: tuple[Matrix, ...]
    outputs: tuple[Output | None, ...]
    symbols: tuple[Symbol, ...]
    moves: tuple[tuple[int, int, int], ...]


@final
@dataclass(frozen=True)
class Reached:
    """What all words lead a network to.

    Attributes:
        automaton: The minimal automaton with the network's answers.
        layers: One entry a layer, bottom to top.
        n_joint: Number of joint states.
    """

    automaton: Automaton
    layers: tuple[ReachedLayer, ...]
    n_joint: int


def reach(lrnn: LRNN, max_states: int = MAX_JOINT_STATES) -> Reached:
    """Runs a network on all words, in exact arithmetic, until nothing new comes.

    Args:
        lrnn: The network.
        max_states: Budget of joint states.

    Raises:
        CompileError: If there are more joint states, or some word has no answer.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> reach(scalar_parity()).automaton.outputs
    (True, False)
    """
    try:
        return _Search(lrnn, max_states).run()
    except (LRNNError, ReadoutUndefinedError) as error:
        raise CompileError(f"some word has no answer: {error}") from None
    except NumberTooLargeError as error:
        raise CompileError(f"{_TOO_MANY} ({error})") from None


_TOO_MANY = (
    "the network has too many states to read them off: the read-out of a compiled layer is a list "
    "of all states that words lead to. If words lead to infinitely many, as they may here, no list "
    "holds them"
)


@dataclass
class _Level:
    """What has been seen of one layer."""

    cache: LayerCache[Any, Any]
    symbols: dict[Symbol, int] = field(default_factory=dict)
    moves: dict[tuple[int, int, int], None] = field(default_factory=dict)

    def step(self, number: int, symbol: Symbol) -> int:
        following = self.cache.step(number, symbol)
        place = self.symbols.setdefault(symbol, len(self.symbols))
        self.moves.setdefault((number, place, following))
        return following

    def reached(self) -> ReachedLayer:
        again = {move[2] for move in self.moves}
        n_states = max(self.cache.start, *again) + 1
        return ReachedLayer(
            tuple(self.cache.state(number) for number in range(n_states)),
            tuple(self.cache.output(n) if n in again else None for n in range(n_states)),
            tuple(self.symbols),
            tuple(self.moves),
        )


class _Search:
    def __init__(self, lrnn: LRNN, max_states: int) -> None:
        self.lrnn = lrnn
        self.max_states = max_states
        layers = lrnn.recurrent.values()
        if len(layers) < len(lrnn.layers):
            raise CompileError(
                "the network has a delay (a convolution or token shift), and the layers here hold "
                "exact weights of networks without; name a variant without, such as 'mamba, no "
                "convolution'"
            )
        self.levels = [_Level(layer_cache(layer, Exact())) for layer in layers]

    def run(self) -> Reached:
        start = tuple(level.cache.start for level in self.levels)
        numbers = {start: 0}
        table: list[list[int]] = []
        joints = [start]
        for joint in joints:
            row = []
            for letter in self.lrnn.alphabet:
                following = self._step(joint, letter)
                if following not in numbers:
                    numbers[following] = len(joints)
                    joints.append(following)
                row.append(numbers[following])
            if len(joints) > self.max_states:
                raise CompileError(f"{_TOO_MANY} (more than {self.max_states} joint states)")
            table.append(row)
        outputs = [self.levels[-1].cache.output(joint[-1]) for joint in joints]
        automaton = minimize(canonical(self.lrnn.alphabet, table, outputs))
        return Reached(automaton, tuple(level.reached() for level in self.levels), len(joints))

    def _step(self, joint: tuple[int, ...], letter: str) -> tuple[int, ...]:
        outputs: list[Output] = []
        following: list[int] = []
        for level, number in zip(self.levels, joint, strict=True):
            symbol = level.cache.layer.symbol(letter, outputs)
            following.append(level.step(number, symbol))
            if level is not self.levels[-1]:
                outputs.append(level.cache.output(following[-1]))
        return tuple(following)
