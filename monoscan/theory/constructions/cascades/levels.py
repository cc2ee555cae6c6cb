"""Levels of a cascade as layers: how small states, resets and permutations become numbers.

Each function adds the layers of one level and returns the signal of its new state. The signals
that it is given hold the old states of the levels above.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, final

from monoscan.theory.constructions.cascades.cyclic import CyclicCoding, Reflections, root
from monoscan.theory.constructions.cascades.delays import Clock
from monoscan.theory.constructions.cascades.permuting import permutation_transition
from monoscan.theory.constructions.cascades.representations import (
    Product,
    Representation,
    best_representation,
)
from monoscan.theory.constructions.cascades.wiring import Action, WiredLevel, action_kind
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder, Values, whole
from monoscan.theory.lrnn import Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Diagonal, Householder, Transition, factors

Signals = tuple[Signal, ...]


class Encode(Protocol):
    """Adds the layers of a level to a stack."""

    def __call__(self, builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
        """The new state of the level, given the old states that it needs."""
        ...


def reset_level(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
    """A level that is only kept and reset: one scalar that holds the state's number."""

    def step(letter: str, values: Values) -> Case:
        action = level.action(letter, values)
        if action_kind(action) == "keep":
            return _scalar(1, 0)
        return _scalar(0, action[0])

    return builder.add_signal(Matrix.of([[level.initial]]), upstream, step, whole)


def _scalar(a: int, b: int) -> Case:
    return Case(Diagonal((ONE if a else ZERO,)), Matrix.of([[b]]))


def root_level(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
    """A level with a group of prime order p: its states are p-th roots of unity.

    For p = 2 these are 1 and -1. If the group has several orbits, a second coordinate holds the
    number of the orbit. A permutation multiplies by a root, a reset multiplies by 0 and writes.
    """
    coding = CyclicCoding(level)
    codes = [coding.state(point) for point in range(level.n_states)]
    points = {code: point for point, code in enumerate(codes)}
    size = codes[0].shape[0]
    erase, nothing = Diagonal((ZERO,) * size), Matrix.zeros(size, 1)

    def step(letter: str, values: Values) -> Case:
        action = level.action(letter, values)
        if action_kind(action) == "reset":
            return Case(erase, codes[action[0]])
        turn = root(coding.prime, coding.shift(action))
        return Case(Diagonal((ONE,) * (size - 1) + (turn,)), nothing)

    return builder.add_signal(codes[level.initial], upstream, step, lambda state: points[state])


def reflected_level(
    builder: StackBuilder, level: WiredLevel, upstream: Signals, clock: Clock
) -> Signal:
    """A level with a group of odd prime order p: each letter is one reflection.

    The product of two reflections is a rotation. With rho the rotation by 2 pi / p and s a fixed
    reflection, the state is rho^g h after an even and s rho^g h after an odd number of letters,
    where g is the sum of the shifts; the shift k is made by the reflection s rho^k on odd and
    rho^k s on even times. Resets are left to `origin`.

    Source: Grazzi, Siems et al., arXiv 2411.12537, Theorem 6; the clock is the first layer there.
    """
    coding = CyclicCoding(level)
    group = Reflections(coding.prime)
    sums = group.states()

    def step(letter: str, values: Values) -> Case:
        action = level.action(letter, values[1:])
        shift = 0 if action_kind(action) == "reset" else coding.shift(action)
        direction = group.direction(-shift if values[0] else shift)
        return Case(Householder(direction, 2 * ONE), Matrix.zeros(len(direction), 1))

    total = builder.add_signal(
        group.start, (clock.parity, *upstream), step, lambda state: sums[state]
    )
    return _tracked(builder, level, upstream, total, coding.moved)


def tracked_level(builder: StackBuilder, level: WiredLevel, upstream: Signals) -> Signal:
    """A level that tracks the product of its permutations in a representation of its group.

    The vector is never erased; resets are left to `origin`.
    """
    group = level_representation(level)
    numbers = {vector: number for number, vector in enumerate(group.products)}
    products = list(group.products.values())
    nothing = Matrix.zeros(*group.start.shape)
    identity = tuple(range(level.n_states))

    def step(letter: str, values: Values) -> Case:
        action = level.action(letter, values)
        kept = action_kind(action) == "reset"
        return Case(group.transitions[identity if kept else action], nothing)

    product = builder.add_signal(group.start, upstream, step, lambda state: numbers[state])
    return _tracked(
        builder, level, upstream, product, lambda point, number: products[number][point]
    )


def level_representation(level: WiredLevel) -> Representation:
    """The representation in which `tracked_level` tracks the group of a level.

    Raises:
        BudgetExceeded: if the group has more than 20,000 elements.
    """
    identity = tuple(range(level.n_states))
    permutations = tuple(sorted({identity, *level.permutations()}))
    return best_representation(permutations, level.group_order)


def _tracked(
    builder: StackBuilder,
    level: WiredLevel,
    upstream: Signals,
    product: Signal,
    moved: Callable[[int, int], int],
) -> Signal:
    """The state of a level from the product g of all its permutations so far.

    A reset to q at a time with product g stores the point that g takes to q; afterwards the state
    is where the product takes the stored point. So nothing has to be erased but one scalar.

    Args:
        builder: the stack.
        level: the level.
        upstream: the old states above.
        product: a number for the product of the permutations, resets counted as the identity.
        moved: where the product with that number takes a point.
    """
    if not level.has_resets:
        return product.then(lambda code: moved(level.initial, code))

    def step(letter: str, values: Values) -> Case:
        action = level.action(letter, values[1:])
        if action_kind(action) != "reset":
            return _scalar(1, 0)
        points = range(level.n_states)
        return _scalar(0, next(p for p in points if moved(p, values[0]) == action[0]))

    origin = builder.add_signal(Matrix.of([[level.initial]]), (product, *upstream), step, whole)
    layers = (*product.layers, *origin.layers)
    return Signal(
        layers, lambda outputs: moved(origin.value(outputs[-1:]), product.value(outputs[:-1]))
    )


@final
@dataclass(frozen=True)
class PointCode:
    """Vectors for the states of a level, and the matrices that permute them.

    Attributes:
        vectors: for each state the vector that a reset writes.
        points: the state for each vector that is reached; there may be several for one state.
        transitions: for each permutation its matrix, as a product of Householder factors.
    """

    vectors: tuple[Matrix, ...]
    points: Mapping[Matrix, int]
    transitions: Mapping[Action, Product]

    @property
    def dimension(self) -> int:
        """The size of the vectors."""
        return self.vectors[0].shape[0]

    @property
    def n_factors(self) -> int:
        """The largest number of factors of a matrix."""
        return max(len(factors(transition) or ()) for transition in self.transitions.values())


def point_code(level: WiredLevel) -> PointCode:
    """One-hot vectors and permutation matrices, or a representation of a group that is as large.

    If the group has just one element that takes a given state to another, then the vectors of a
    representation of the group are a code of the states, and may need fewer reflections.

    Raises:
        BudgetExceeded: if the group has more than 20,000 elements.
    """
    n = level.n_states
    if level.group_order == n:
        group = level_representation(level)
        points = {vector: product[level.initial] for vector, product in group.products.items()}
        first: dict[int, Matrix] = {}
        for vector, point in points.items():
            first.setdefault(point, vector)
        if len(first) == n:
            return PointCode(tuple([first[q] for q in range(n)]), points, group.transitions)
    identity = tuple(range(n))
    actions = {identity, *level.permutations()}
    one_hot = tuple([Matrix.column([int(i == q) for i in range(n)]) for q in range(n)])
    return PointCode(
        one_hot,
        {vector: point for point, vector in enumerate(one_hot)},
        {action: permutation_transition(action) for action in actions},
    )


def erased_level(
    builder: StackBuilder,
    level: WiredLevel,
    upstream: Signals,
    erase: Callable[[int], Transition],
) -> Signal:
    """A level in a code of its states: permutations move them, the zero matrix and an input reset.

    Args:
        builder: the stack.
        level: the level.
        upstream: the old states above.
        erase: the zero matrix of a size, as a transition.

    Source: Grazzi, Siems et al., arXiv 2411.12537, Theorem 4 (one-hot codes).
    """
    code = point_code(level)
    nothing = Matrix.zeros(code.dimension, 1)

    def step(letter: str, values: Values) -> Case:
        action = level.action(letter, values)
        if action_kind(action) == "reset":
            return Case(erase(code.dimension), code.vectors[action[0]])
        return Case(code.transitions[action], nothing)

    return builder.add_signal(
        code.vectors[level.initial], upstream, step, lambda state: code.points[state]
    )
