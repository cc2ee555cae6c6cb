"""Matrices like those of a construction's networks, from which it is told what to ask it for.

Building a network can take seconds. Before a construction is asked for a network of a class, these
few matrices are: if they do not lie in the class, its networks are not looked at. What is proved is
proved of the network itself.
"""

from __future__ import annotations

from typing import TypeAlias

from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, number
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import (
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    dimension,
)

Matrices: TypeAlias = tuple[tuple[Transition, ...], ...]
"""For each kind of layer, the matrices of different letters, all of one size."""


def diagonal(*entries: Number | int) -> Matrices:
    """A layer with a scalar that different letters multiply by different entries.

    >>> len(diagonal(0, 1)[0])
    2
    """
    scalars = [number(entry) if isinstance(entry, int) else entry for entry in entries]
    return (tuple(Diagonal((entry,)) for entry in scalars),)


def mirrors(count: int = 1, *, beta: int = 2, gated: bool = False) -> Matrices:
    """A layer with a product of so many factors I - beta k k^T, in a plane.

    >>> mirrors(2)[0][0].factors[1].beta
    Fraction(2, 1)
    """
    directions = ((1, 2), (1, 0))
    factors = tuple(_factor(directions[index % 2], beta) for index in range(count))
    product = factors[0] if count == 1 else HouseholderProduct(factors)
    return ((Gated(ONE / 2, product) if gated else product,),)


def permutations(count: int) -> Matrices:
    """A layer with a cycle of count + 1 coordinates, a product of so many exchanges of two.

    >>> len(permutations(2)[0][0].factors[0].v)
    3
    """
    places = range(count + 1)
    factors = tuple(
        Householder(tuple(number((i == j) - (i == j + 1)) for i in places), number(2))
        for j in range(count)
    )
    return ((factors[0] if count == 1 else HouseholderProduct(factors),),)


def _factor(direction: tuple[int, int], beta: int) -> Householder:
    return Householder((number(direction[0]), number(direction[1])), number(beta))


UPDATE: Matrices = (
    (DiagonalPlusRankOne(w=(ONE, ONE), k=(ONE, number(2)), a=(ONE, ZERO), c=number(2)),),
)
"""A layer with diag(w) - c k (k o a)^T whose transpose is not of this form."""

SIGNED: Matrices = ((HouseholderDiagonal((ONE, number(2)), number(2), (ONE, -ONE)),),)
"""A layer with a reflection times signs."""


def network_of(matrices: Matrices) -> LRNN:
    """A network with these matrices, which does nothing.

    >>> len(network_of(diagonal(0, 1)).alphabet)
    2
    """
    letters = tuple(f"letter {index}" for index in range(max(map(len, matrices))))
    return LRNN(letters, tuple(_layer(letters, transitions) for transitions in matrices))


def _layer(letters: tuple[str, ...], transitions: tuple[Transition, ...]) -> Layer:
    zero = Matrix.zeros(dimension(transitions[0]), 1)
    cases: dict[Symbol, Case] = {
        (letter,): Case(transitions[min(index, len(transitions) - 1)], zero)
        for index, letter in enumerate(letters)
    }
    return Layer(zero, cases, StateTable({zero: True}), reads=())
