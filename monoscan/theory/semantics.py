"""What "the network computes" means: exact arithmetic, or one of the kinds of rounding.

The semantics are different mathematical objects and statements hold in one and fail in
another (docs/semantics.md), so each is a type, and every result names the one it is about.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Generic, TypeVar, cast

from monoscan.automata import Output
from monoscan.errors import BadInput, BadValue
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Delay, Layer, Queue, Symbol, field_order, show_symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number
from monoscan.theory.readout import Observation
from monoscan.theory.rounded_step import operands, rounded_apply
from monoscan.theory.windows import Windows

S = TypeVar("S", bound=Hashable)


class SemanticsError(BadInput):
    """A network that has no meaning under the chosen semantics; the message says which number."""


class Semantics(ABC, Generic[S]):
    """How a layer steps from state to state and which state its read-out sees."""

    name: ClassVar[str]

    @abstractmethod
    def start(self, layer: Layer) -> S:
        """The state before the first symbol."""

    @abstractmethod
    def step(self, layer: Layer, state: S, symbol: Symbol) -> S:
        """The state after one more symbol."""

    @abstractmethod
    def visible(self, state: S) -> Matrix:
        """The n x d matrix that the read-out sees in this state."""

    @abstractmethod
    def describe(self) -> str:
        """The semantics in words."""

    def windows_of(self, lrnn: LRNN) -> Windows:
        """How many letters A and B see: what fixes the matrix A, and B."""
        return lrnn.windows

    def validate(self, lrnn: LRNN) -> None:
        """Checks that the network has a meaning here.

        Raises:
            SemanticsError: naming the number that is irrational or no value of the format.
        """

    def states(self, lrnn: LRNN, word: Iterable[str]) -> tuple[S | Queue, ...]:
        """The states of all layers and delays after a word, bottom to top."""
        states = self.start_states(lrnn)
        for letter in word:
            states = self.advance(lrnn, states, letter)
        return states

    def start_states(self, lrnn: LRNN) -> tuple[S | Queue, ...]:
        """The states of all layers and delays before the first letter."""
        return tuple(
            layer.initial if isinstance(layer, Delay) else self.start(layer)
            for layer in lrnn.layers
        )

    def advance(
        self, lrnn: LRNN, states: tuple[S | Queue, ...], letter: str
    ) -> tuple[S | Queue, ...]:
        """The states of all layers and delays after one more letter; a delay copies exactly."""
        return lrnn.advance(states, letter, self.step, self._report)

    def _report(self, layer: Layer, state: S) -> Output:
        return layer.output(self.visible(state))

    def observe(self, lrnn: LRNN, states: tuple[S | Queue, ...]) -> Observation:
        """What the last layer's read-out sees."""
        return lrnn.last.observe(self.visible(cast("S", states[-1])))

    def output(self, lrnn: LRNN, word: Iterable[str]) -> Output:
        """The network's answer to a word."""
        return lrnn.last.readout.output(self.observe(lrnn, self.states(lrnn, word)))


@dataclass(frozen=True)
class Exact(Semantics[Matrix]):
    """Rational arithmetic without rounding."""

    name: ClassVar[str] = "exact"

    def start(self, layer: Layer) -> Matrix:
        """The initial state."""
        return layer.initial

    def step(self, layer: Layer, state: Matrix, symbol: Symbol) -> Matrix:
        """A H + B."""
        return layer.case(symbol).apply(state)

    def visible(self, state: Matrix) -> Matrix:
        """The state itself."""
        return state

    def describe(self) -> str:
        """The semantics in words."""
        return "exact arithmetic"


@dataclass(frozen=True)
class ExactThreshold(Exact):
    """Exact arithmetic in which the reachable states may be infinitely many.

    Each read-out is a table of finitely many linear thresholds, or a table of states if it reads
    finitely many. A network computes as in `Exact`; what differs is what a statement about all
    networks of a class is about.
    """

    name: ClassVar[str] = "threshold"

    def describe(self) -> str:
        """The semantics in words."""
        return "exact arithmetic, any number of states, threshold read-outs"


@dataclass(frozen=True)
class Disturbed(Exact):
    """Each step may be off: the new state is A H + B + E with any matrix E of at most some size.

    The steps of machines are of this kind, in whatever order they add up, if E bounds what they
    lose. A step is taken here without E; what is said of a network holds for every E.

    Attributes:
        error: the largest root of the sum of the squares of the entries of E.
    """

    error: Fraction
    name: ClassVar[str] = "disturbed"

    def describe(self) -> str:
        """The semantics in words."""
        return f"each step off by at most {float(self.error):.2g}, in any direction"


@dataclass(frozen=True)
class SeqRound(Semantics[Matrix]):
    """Each step is computed exactly and rounded once: H <- round(A H + B).

    Attributes:
        format: the numbers that a state can hold.
    """

    format: NumberFormat
    name: ClassVar[str] = "seq-round"

    def start(self, layer: Layer) -> Matrix:
        """The initial state."""
        return layer.initial

    def step(self, layer: Layer, state: Matrix, symbol: Symbol) -> Matrix:
        """round(A H + B)."""
        return layer.case(symbol).apply(state).map(self.format.round)

    def visible(self, state: Matrix) -> Matrix:
        """The state itself."""
        return state

    def describe(self) -> str:
        """The semantics in words."""
        return f"each step exact, then rounded once; {self.format.describe()}"

    def validate(self, lrnn: LRNN) -> None:
        """Checks that the network is rational and the initial states are values of the format."""
        require_rational(lrnn, self.name)
        for level, layer in lrnn.recurrent.items():
            require_values(self.format, layer.initial.entries(), f"layer {level}, initial state")


@dataclass(frozen=True)
class OpRound(Semantics[Matrix]):
    """Every scalar product, sum and difference is rounded, in the order of `rounded_step`.

    Attributes:
        format: the numbers that every intermediate result is rounded to.
    """

    format: NumberFormat
    name: ClassVar[str] = "op-round"

    def start(self, layer: Layer) -> Matrix:
        """The initial state."""
        return layer.initial

    def step(self, layer: Layer, state: Matrix, symbol: Symbol) -> Matrix:
        """A H + B, every operation rounded."""
        return rounded_apply(layer.case(symbol), state, self.format)

    def visible(self, state: Matrix) -> Matrix:
        """The state itself."""
        return state

    def windows_of(self, lrnn: LRNN) -> Windows:
        """How many letters A and B see: what fixes the numbers by which A is stored, and B."""
        return lrnn.stored_windows

    def describe(self) -> str:
        """The semantics in words."""
        return f"every scalar operation rounded; {self.format.describe()}"

    def validate(self, lrnn: LRNN) -> None:
        """Checks that all stored numbers are values of the format."""
        require_rational(lrnn, self.name)
        for level, layer in lrnn.recurrent.items():
            require_values(self.format, layer.initial.entries(), f"layer {level}, initial state")
            for symbol, case in layer.cases.items():
                place = f"layer {level}, symbol {show_symbol(symbol)}"
                try:
                    stored = operands(case.transition)
                except ValueError as error:
                    raise SemanticsError(f"{place}, A: {error}") from None
                require_values(self.format, stored, f"{place}, A")
                require_values(self.format, case.input.entries(), f"{place}, B")


@dataclass(frozen=True)
class MixedRound(OpRound):
    """As `OpRound` in a second format, and the new state is rounded to the first one.

    Tensor cores do so: operands of 16 bits, products and sums of 32.

    Attributes:
        format: the numbers that are stored, states among them.
        accumulate: the numbers that every product and sum is rounded to.
    """

    accumulate: NumberFormat
    name: ClassVar[str] = "mixed-round"

    def step(self, layer: Layer, state: Matrix, symbol: Symbol) -> Matrix:
        """A H + B, every operation rounded to the one format and the result to the other."""
        return rounded_apply(layer.case(symbol), state, self.accumulate).map(self.format.round)

    def describe(self) -> str:
        """The semantics in words."""
        return (
            f"every scalar operation rounded to one format ({self.accumulate.describe()}), and the "
            f"new state to another ({self.format.describe()})"
        )


@dataclass(frozen=True)
class Unrolled:
    """The exact terms of an unrolled recurrence.

    Attributes:
        head: A_t ... A_1 H_0.
        terms: the matrices A_t ... A_{i+1} B_i, each with the number of indices i that give it.
    """

    head: Matrix
    terms: frozenset[tuple[Matrix, int]]


@dataclass(frozen=True)
class CastUnrolled(Semantics[Unrolled]):
    """Products and the sum are exact; each term and then the sum is cast to the format.

    The reading of "finite precision" in Merrill et al. (2404.08819) and in Theorems 1 and 2 of
    Grazzi et al. (2411.12537). The state is the whole unrolled sum, so it is finite only when few
    different terms occur; the read-out sees cast(cast(head) + sum of cast terms).

    Attributes:
        format: the finite datatype; casting is its rounding.
    """

    format: NumberFormat
    name: ClassVar[str] = "cast-unrolled"

    def start(self, layer: Layer) -> Unrolled:
        """The sum before the first symbol: cast(H_0)."""
        return Unrolled(layer.initial, frozenset())

    def step(self, layer: Layer, state: Unrolled, symbol: Symbol) -> Unrolled:
        """Multiplies every term by A and adds the term B."""
        case = layer.case(symbol)
        counts: dict[Matrix, int] = {}
        for term, count in state.terms:
            moved = case.matrix @ term
            if any(moved.entries()):
                counts[moved] = counts.get(moved, 0) + count
        if any(case.input.entries()):
            counts[case.input] = counts.get(case.input, 0) + 1
        return Unrolled(case.matrix @ state.head, frozenset(counts.items()))

    def visible(self, state: Unrolled) -> Matrix:
        """The cast of the sum of the cast terms."""
        cast = self.format.round
        total = state.head.map(cast)
        for term, count in state.terms:
            total = total + term.map(cast).scale(Fraction(count))
        return total.map(cast)

    def validate(self, lrnn: LRNN) -> None:
        """Checks that the network is rational."""
        require_rational(lrnn, self.name)

    def describe(self) -> str:
        """The semantics in words."""
        return f"unrolled sum, each term and the sum cast; {self.format.describe()}"


def named_semantics(name: str, number_format: NumberFormat | str | None = None) -> Semantics[Any]:
    """The semantics of a name, and of a number format where it rounds.

    Args:
        name: `exact`, `threshold`, `cast-unrolled`, `seq-round` or `op-round`.
        number_format: a format, or its text as `parse_format` reads it; None for `exact` and
            `threshold`.

    Raises:
        BadValue: if there is no such semantics.
        SemanticsError: if it goes without a format or with one.
        FormatError: if the text names no format.

    >>> named_semantics("op-round", "e4m3").format.contains(Fraction(448))
    True
    """
    if name in UNROUNDED:
        if number_format is not None:
            raise SemanticsError(
                "exact arithmetic has no number format; leave it out, or name a semantics that "
                f"rounds: {', '.join(_ROUNDED)}"
            )
        return Exact() if name == Exact.name else ExactThreshold()
    if name not in _ROUNDED:
        raise BadValue("semantics", name, f"one of {', '.join(SEMANTICS)}")
    if number_format is None:
        raise SemanticsError(
            f"{name} needs a number format, for example e4m3 or fixed:1/8:-16:127/8"
        )
    if isinstance(number_format, str):
        from monoscan.theory.formats import FormatError, parse_format

        text = number_format
        try:
            number_format = parse_format(text)
        except FormatError as error:
            place = "" if text in str(error) else f"number format {text}: "
            raise FormatError(f"{place}{error}") from None
    return _ROUNDED[name](number_format)


_ROUNDED: dict[str, Callable[[NumberFormat], Semantics[Any]]] = {
    kind.name: kind for kind in (CastUnrolled, SeqRound, OpRound)
}
UNROUNDED = (Exact.name, ExactThreshold.name)
"""The names of the semantics in exact arithmetic, which have no number format."""

SEMANTICS = (*UNROUNDED, *_ROUNDED)
"""The names of all semantics."""


def require_rational(lrnn: LRNN, name: str) -> None:
    """Checks that a network has no irrational numbers.

    Raises:
        SemanticsError: naming the layer that has.
    """
    for level, layer in lrnn.recurrent.items():
        order = field_order(layer)
        if order > 1:
            raise SemanticsError(
                f"layer {level} has irrational numbers, of the cyclotomic field of order {order}; "
                f"the semantics {name} is about rational networks, choose exact"
            )


def require_values(number_format: NumberFormat, entries: Iterable[Number], where: str) -> None:
    """Checks that all entries are values of a format.

    Raises:
        SemanticsError: naming the place and the entry that is none.
    """
    for entry in entries:
        if not number_format.contains(entry):
            raise SemanticsError(
                f"{where}: {entry} is no value of the format ({number_format.describe()}); "
                "round it first, or choose a format that contains it"
            )
