"""Delays: layers that report what a signal was before the last letter.

A cascade moves all its levels at once, each by the *old* states of those above it. A layer of a
network sees the *new* outputs of the layers below. A delay between the two gives the old ones.

Each class here adds such a layer to a stack; `of(signal, initial)` is the delayed signal, where
`initial` is what it reports after the first letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol, final

from monoscan.theory.constructions.stack_builder import (
    Signal,
    StackBuilder,
    Values,
    constant_signal,
    whole,
)
from monoscan.theory.lrnn import Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, rational
from monoscan.theory.transition import Diagonal, Householder, HouseholderProduct


class Delay(Protocol):
    """A way to report old values of signals."""

    def of(self, signal: Signal, initial: int) -> Signal:
        """The value of the signal before the last letter; `initial` before the first."""
        ...


@final
class WindowDelay:
    """A delay of the network itself, which a convolution or a token shift makes: no layer at all.

    Args:
        builder: the stack.
    """

    def __init__(self, builder: StackBuilder) -> None:
        self._builder = builder

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last letter, for the A and the B of the layers that read it."""
        return self._builder.delayed(signal, initial)


@final
class WrittenDelay:
    """A layer with A = 0 that writes what a delay hands on: only its B sees an earlier letter.

    Args:
        builder: the stack.
    """

    def __init__(self, builder: StackBuilder) -> None:
        self._builder = builder

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last letter."""
        return self._builder.add_signal(
            Matrix.of([[initial]]),
            (self._builder.delayed(signal, initial),),
            lambda letter, values: Case(Diagonal((ZERO,)), Matrix.of([[values[0]]])),
            whole,
        )


@final
class Clock:
    """A scalar that each letter multiplies by -1: the number of letters modulo 2.

    The layer is added when it is first asked for.
    """

    def __init__(self, builder: StackBuilder) -> None:
        self._builder = builder
        self._signal: Signal | None = None

    @property
    def parity(self) -> Signal:
        """The length of the word modulo 2."""
        if self._signal is None:
            tick = Case(Diagonal((-ONE,)), Matrix.of([[0]]))
            self._signal = self._builder.add_signal(
                Matrix.of([[1]]),
                (),
                lambda letter, values: tick,
                lambda state: int(whole(state) == -1),
            )
        return self._signal


@final
class TwoSlotRegisters:
    """Values are written to two slots in turn, so one slot always holds the old value.

    The layer's state is (slot 0, slot 1, sign): after t letters the new value is in slot t mod 2
    and the sign is (-1)^t, by which the read-out finds the other slot. The layer below that counts
    the letters says which slot to overwrite. All transitions are diagonal with entries 0, 1, -1.
    """

    def __init__(self, builder: StackBuilder, clock: Clock) -> None:
        self._builder = builder
        self._clock = clock

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last letter."""
        return self._builder.add_signal(
            Matrix.column([initial, initial, 1]), (self._clock.parity, signal), _write_slot, _old
        )


def _write_slot(_letter: str, values: Values) -> Case:
    slot, value = values
    if slot == 0:
        return Case(Diagonal((ZERO, ONE, -ONE)), Matrix.column([value, 0, 0]))
    return Case(Diagonal((ONE, ZERO, -ONE)), Matrix.column([0, value, 0]))


def _old(state: Matrix) -> int:
    return whole(state, 1 if whole(state, 2) == 1 else 0)


@final
class LeakyDelay:
    """h <- h / K + e under rounding to multiples of 1/K: h is e_t + e_(t-1) / K, no more, no less.

    The next older value would add e_(t-2) / K^2, less than half a step if all values are below
    K / 2, and is rounded away. One scalar with an entry strictly between 0 and 1.

    Args:
        builder: the stack; it must round to multiples of 1/K.
        scale: K.
    """

    def __init__(self, builder: StackBuilder, scale: int) -> None:
        self._builder = builder
        self._scale = scale
        self._leak = Diagonal((Fraction(1, scale),))

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last letter.

        Raises:
            ValueError: if the initial value is K / 2 or more.
        """
        if 2 * initial >= self._scale:
            raise ValueError(f"the value {initial} is not below half of the scale {self._scale}")
        return self._builder.add_signal(
            Matrix.of([[initial]]),
            (signal,),
            lambda letter, values: Case(self._leak, Matrix.of([[values[0]]])),
            lambda state: int(self._scale * (rational(state.rows[0][0]) % 1)),
        )


@final
class NilpotentDelay:
    """A = 1/2 e1 e2^T moves the second coordinate, halved, to the first, and forgets the rest.

    This A is the product of the three projections along e1, (1, -1) and e2, though no product of
    two such factors is nilpotent and different from 0.
    """

    def __init__(self, builder: StackBuilder) -> None:
        self._builder = builder

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last letter."""
        return self._builder.add_signal(
            Matrix.column([0, initial]),
            (signal,),
            lambda letter, values: Case(NILPOTENT, Matrix.column([0, values[0]])),
            lambda state: int(2 * rational(state.rows[0][0])),
        )


NILPOTENT = HouseholderProduct(
    (
        Householder((ZERO, ONE), ONE),
        Householder((ONE, -ONE), ONE),
        Householder((ONE, ZERO), ONE),
    )
)


@final
class BlockRegisters:
    """Reports what a signal was before the last *block* of equal letters.

    Each letter has a slot for the value at its last block; the slot of the letter before the last
    block is not overwritten during that block. Which letter that is follows from the order of the
    last occurrences, kept as one scalar for each pair of letters. All entries are 0 or 1.

    Args:
        builder: the stack.
        kinds: the number 0, 1, ... of the kind of each letter: letters of one kind count as equal.
            A letter without a kind is passed over.
    """

    def __init__(self, builder: StackBuilder, kinds: Mapping[str, int]) -> None:
        self._builder = builder
        self._kinds = kinds
        self._n = len(set(kinds.values()))
        self._pairs = [(i, j) for j in range(self._n) for i in range(j)]

    def of(self, signal: Signal, initial: int) -> Signal:
        """The signal before the last block."""
        if self._n < 2:
            return constant_signal(initial)
        return self._builder.add_signal(
            Matrix.column([initial] * self._n + [0] * len(self._pairs)),
            (signal,),
            self._write,
            self._before_block,
        )

    def _write(self, letter: str, values: Values) -> Case:
        entries: list[Number] = [ONE] * (self._n + len(self._pairs))
        inputs = [0] * len(entries)
        kind = self._kinds.get(letter)
        if kind is not None:
            entries[kind], inputs[kind] = ZERO, values[0]
            for place, pair in enumerate(self._pairs, start=self._n):
                if kind in pair:
                    entries[place], inputs[place] = ZERO, 1 + pair.index(kind)
        return Case(Diagonal(tuple(entries)), Matrix.column(inputs))

    def _before_block(self, state: Matrix) -> int:
        """The slot of the kind that comes second in the order of last occurrences."""
        beaten = [0] * self._n
        for place, pair in enumerate(self._pairs, start=self._n):
            last = whole(state, place)
            if last:
                beaten[pair[2 - last]] += 1
        # Kinds that have not occurred hold the initial value, so a tie among them is harmless.
        second = sorted(range(self._n), key=lambda kind: beaten[kind])[1]
        return whole(state, second)
