"""Dihedral groups: two layers of one reflection each, or one layer of two.

Siems et al., arXiv 2502.10297, Theorem 7. The elements are the rotations r_0, ..., r_(m-1) and the
reflections s_0, ..., s_(m-1), with r_i r_j = r_(i+j), r_i s_j = s_(i+j), s_i r_j = s_(i-j) and
s_i s_j = r_(i-j). The version in print fails; `dihedral_as_printed` says where.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.matrices import Matrices, mirrors
from monoscan.theory.constructions.published.letter_group import LetterGroup, letter_group
from monoscan.theory.constructions.published.one_layer import (
    one_layer,
    reflection_product,
)
from monoscan.theory.constructions.published.plane import point, reflection, rotation
from monoscan.theory.constructions.published.wiring import (
    LayerPlan,
    scalar_head,
    tabulate,
    with_code,
)
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Blocks, Householder, transition_matrix

SOURCE = "Siems et al., arXiv 2502.10297, Theorem 7"


@dataclass(frozen=True)
class Symmetry:
    """An element of a dihedral group: r_index, or s_index if it flips."""

    flips: bool
    index: int


@dataclass(frozen=True)
class Symmetries:
    """A dihedral transition group.

    Attributes:
        m: half the order.
        letters: the element of each letter.
        states: the automaton's state of each element.
    """

    m: int
    letters: tuple[Symmetry, ...]
    states: dict[Symmetry, int]


def symmetries(automaton: Automaton) -> Symmetries | str:
    """The letters as elements of a dihedral group, or in words why their group is none.

    >>> [letter.flips for letter in symmetries(dihedral_word_problem(3)).letters]
    [False, False, False, True, True, True]
    """
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    named = _named(group)
    if named is None:
        return (
            f"the letters generate a group of {group.order} elements that is not dihedral: no "
            "element r of half that order is turned into its inverse by an involution outside "
            "its powers"
        )
    states = {name: group.elements[element][0] for element, name in named.items()}
    return Symmetries(group.order // 2, tuple(named[letter] for letter in group.letters), states)


def _named(group: LetterGroup) -> dict[int, Symmetry] | None:
    products, half = group.table.products, group.order // 2
    for r in np.flatnonzero(group.table.orders == half).tolist() if group.order % 2 == 0 else ():
        powers = [0]
        while len(powers) < half:
            powers.append(int(products[powers[-1], r]))
        flips = [s for s in range(group.order) if s not in powers]
        if all(products[s, s] == 0 for s in flips):
            named = {power: Symmetry(False, i) for i, power in enumerate(powers)}
            # s_i is r_i, then s_0.
            reflected = (int(products[power, flips[0]]) for power in powers)
            return named | {element: Symmetry(True, i) for i, element in enumerate(reflected)}
    return None


def dihedral_word_problem(m: int, newest: Literal["right", "left"] = "right") -> Automaton:
    """The automaton that multiplies elements r0, ..., s0, ... of the dihedral group of order 2m.

    Args:
        m: at least 1.
        newest: on which side of the product so far the next token is multiplied.

    >>> dihedral_word_problem(3).output(["s0", "r1"])
    's2'
    >>> dihedral_word_problem(3, newest="left").output(["s0", "r1"])
    's1'
    """
    elements = [Symmetry(flips, i) for flips in (False, True) for i in range(m)]
    names = [f"{'rs'[element.flips]}{element.index}" for element in elements]
    numbers = {element: number for number, element in enumerate(elements)}
    table = [
        [numbers[_product(x, y, m) if newest == "right" else _product(y, x, m)] for y in elements]
        for x in elements
    ]
    return Automaton(names, table, names)


def _product(first: Symmetry, second: Symmetry, m: int) -> Symmetry:
    turn = -second.index if first.flips else second.index
    return Symmetry(first.flips != second.flips, (first.index + turn) % m)


def _supports(automaton: Automaton) -> str | None:
    found = symmetries(automaton)
    return found if isinstance(found, str) else None


def _symmetries(automaton: Automaton) -> Symmetries:
    found = symmetries(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return found


@construction(
    "dihedral-two-layer",
    statement="A dihedral group in two layers of one reflection each: the parities of the numbers "
    "of rotations and of reflections, and in R^2 a mirror that depends on the letter and them.",
    source=f"{SOURCE}, with the labels of its reflections exchanged",
    supports=_supports,
)
def dihedral_two_layers(automaton: Automaton) -> LRNN:
    """The network of the paper, with the angles of reflections at the right parities.

    After a product r_i or s_(-i) the second layer is the unit vector at the angle 2 i pi/m if the
    number of rotations is even and at (1 - 2i) pi/m if it is odd.

    Raises:
        UnsupportedError: if the transition group is not dihedral, or has more than 120 elements.

    >>> dihedral_two_layers(dihedral_word_problem(2)).output(["s0", "r1"])
    's1'
    """
    return _two_layers(automaton, printed=False)


def dihedral_as_printed(automaton: Automaton) -> LRNN:
    """The same network with the two angles of each reflection where the paper prints them.

    The paper gives the reflection s_j the angle -2 j pi/m when the number of rotations is odd and
    (2 + 2j) pi/m when it is even. Right after the start that number is even and the state is at
    the angle 0, which s_0 takes to 2 pi/m instead of 0: for m = 2 the answer to the word s_0 is
    wrong. The paper also defines the product so far as x_t ... x_1; its case analysis is right
    for x_1 ... x_t, and for m >= 3 only for that order.

    Raises:
        UnsupportedError: if the transition group is not dihedral, or has more than 120 elements.

    >>> dihedral_as_printed(dihedral_word_problem(2)).output(["s0"])
    's1'
    """
    return _two_layers(automaton, printed=True)


def _two_layers(automaton: Automaton, *, printed: bool) -> LRNN:
    found = _symmetries(automaton)
    letters = dict(zip(automaton.alphabet, found.letters, strict=True))
    return tabulate(automaton, (_parities(letters), _mirrors(automaton, found, letters, printed)))


def _parities(letters: dict[str, Symmetry]) -> LayerPlan:
    """Two heads h <- -h + 1: whether the number of rotations, and of reflections, is odd."""

    def case(symbol: Symbol) -> Case:
        flips = letters[str(symbol[0])].flips
        heads = Blocks((scalar_head(1 if flips else -1), scalar_head(-1 if flips else 1)))
        return Case(heads, Matrix.column([int(not flips), int(flips)]))

    def report(state: Matrix) -> str:
        return "".join(str(entry) for entry in state.entries())

    return LayerPlan(Matrix.column([0, 0]), case, report)


def _mirrors(
    automaton: Automaton, found: Symmetries, letters: dict[str, Symmetry], printed: bool
) -> LayerPlan:
    m = found.m
    indices = {point(2 * i, m): i for i in range(m)} | {point(1 - 2 * i, m): i for i in range(m)}

    def angle(letter: Symmetry, rotations_odd: bool) -> int:
        if not letter.flips:
            return 1 - 2 * letter.index if rotations_odd else 1 + 2 * letter.index
        return -2 * letter.index if rotations_odd == printed else 2 + 2 * letter.index

    def case(symbol: Symbol) -> Case:
        parities = str(symbol[1])
        mirror = reflection(angle(letters[str(symbol[0])], parities[0] == "1"), m)
        return with_code(mirror, int(parities[1]))

    def report(state: Matrix) -> Output:
        *vector, flips = state.entries()
        index = indices[Matrix.column(vector)]
        element = Symmetry(True, -index % m) if flips else Symmetry(False, index)
        return automaton.outputs[found.states[element]]

    return LayerPlan(Matrix.column([1, 0, 0]), case, report, reads=(1,))


@lru_cache(maxsize=64)
def plane_symmetries(automaton: Automaton) -> tuple[Matrix, ...] | str:
    """Each letter as a 2 x 2 matrix, or in words why the group is not dihedral.

    >>> print(plane_symmetries(dihedral_word_problem(2))[1])
    [-1, 0; 0, -1]
    """
    if isinstance(symmetries(automaton), str):
        return str(symmetries(automaton))
    products = (reflection_product(turns, 2) for turns in _turns(automaton))
    return tuple(map(transition_matrix, products))


def _turns(automaton: Automaton) -> tuple[tuple[Householder, ...], ...]:
    """Each letter as reflections: r_j turns by 2 j pi/m, and s_j turns so and then flips."""
    found = _symmetries(automaton)
    return tuple(
        (reflection(-2 * x.index, found.m),) if x.flips else rotation(2 * x.index, found.m)
        for x in found.letters
    )


def _one_layer_matrices(automaton: Automaton) -> Matrices:
    return mirrors(max(map(len, _turns(automaton))) or 1)


@construction(
    "dihedral-one-layer",
    statement="A dihedral group in one layer of R^2: rotations are two reflections, reflections "
    "are one.",
    source=SOURCE,
    matrices=_one_layer_matrices,
    supports=_supports,
)
def dihedral_one_layer(automaton: Automaton) -> LRNN:
    """The symmetries of the m-gon, applied to a vector on none of its mirrors.

    Raises:
        UnsupportedError: if the transition group is not dihedral, or has more than 120 elements.

    >>> dihedral_one_layer(dihedral_word_problem(2)).output(["s0", "r1"])
    's1'
    """
    # No multiple of pi/m has the tangent 2, so (1, 2) is on no mirror.
    start = Matrix.column([1, 2])
    transitions = [reflection_product(turns, 2) for turns in _turns(automaton)]
    return one_layer(automaton, start, transitions)
