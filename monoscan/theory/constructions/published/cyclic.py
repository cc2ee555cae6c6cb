"""Cyclic groups: rotations in one layer, and addition modulo m by reflections in two.

Grazzi, Siems et al., arXiv 2411.12537, Theorem 3 (Z_m in R^2) and Theorem 6 (appendix D).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.published.clock import alternating_layer
from monoscan.theory.constructions.published.letter_group import letter_group
from monoscan.theory.constructions.published.one_layer import one_layer, reflection_product
from monoscan.theory.constructions.published.plane import point, reflection, rotation
from monoscan.theory.constructions.published.wiring import LayerPlan, autonomous, tabulate
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix

MAX_MODULUS = 120


@dataclass(frozen=True)
class Residues:
    """A cyclic transition group as addition modulo m.

    Attributes:
        modulus: m.
        letters: the residue that each letter adds.
        states: for each residue the automaton's state.
    """

    modulus: int
    letters: tuple[int, ...]
    states: tuple[int, ...]


def residues(automaton: Automaton) -> Residues | str:
    """The letters as residues, or in words why the transition group is not cyclic.

    >>> residues(Automaton("ab", [[1, 2], [2, 0], [0, 1]], (True, False, False))).letters
    (1, 2)
    """
    group = letter_group(automaton, MAX_MODULUS)
    if isinstance(group, str):
        return group
    generators = np.flatnonzero(group.table.orders == group.order).tolist()
    if not generators:
        largest = int(group.table.orders.max())
        return (
            f"the letters generate a group of {group.order} elements in which no element has an "
            f"order above {largest}; it is not cyclic"
        )
    # A letter that generates the group counts as 1, so that residues keep their names.
    generator = next((g for g in group.letters if g in generators), generators[0])
    logarithms, power = {0: 0}, generator
    while power:
        logarithms[power] = len(logarithms)
        power = int(group.table.products[power, generator])
    return Residues(
        group.order,
        tuple(logarithms[letter] for letter in group.letters),
        tuple(group.elements[element][0] for element in logarithms),
    )


def _supports(automaton: Automaton) -> str | None:
    found = residues(automaton)
    return found if isinstance(found, str) else None


def _residues(automaton: Automaton) -> Residues:
    found = residues(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return found


@construction(
    "cyclic-rotation-two-gh",
    statement="A cyclic group of order m in one layer of R^2: residue j turns the plane by "
    "2 pi j/m, a product of two reflections.",
    source="Grazzi, Siems et al., arXiv 2411.12537, Theorem 3",
    supports=_supports,
)
def cyclic_rotation(automaton: Automaton) -> LRNN:
    """The network over the field of cos(2 pi/m) and sin(2 pi/m).

    Raises:
        UnsupportedError: if the transition group is not cyclic, or has more than 120 elements.

    >>> cyclic_rotation(Automaton("a", [[1], [2], [0]], (True, False, False))).output("aaa")
    True
    """
    found = _residues(automaton)
    turns = [rotation(2 * residue, found.modulus) for residue in found.letters]
    transitions = [reflection_product(turn, 2) for turn in turns]
    return one_layer(automaton, point(0, found.modulus), transitions)


@construction(
    "modadd-two-layer-reflections",
    statement="Addition modulo m in two layers of one reflection each: the parity of the time, "
    "and in R^2 a mirror that depends on the residue and on that parity.",
    source="Grazzi, Siems et al., arXiv 2411.12537, Theorem 6",
    supports=_supports,
)
def modadd_two_layers(automaton: Automaton) -> LRNN:
    """The network of the paper, with its angles.

    After t tokens of sum i the second layer is the unit vector at the angle 2 i pi/m if t is even
    and at (1 - 2i) pi/m if t is odd.

    Raises:
        UnsupportedError: if the transition group is not cyclic, or has more than 120 elements.

    >>> modadd_two_layers(Automaton("a", [[1], [2], [0]], (True, False, False))).output("aaa")
    True
    """
    found = _residues(automaton)
    m = found.modulus
    start = point(0, m)
    residue = dict(zip(automaton.alphabet, found.letters, strict=True))
    sums = {point(2 * i, m): i for i in range(m)} | {point(1 - 2 * i, m): i for i in range(m)}

    def case(symbol: Symbol) -> Case:
        letter, is_odd = str(symbol[0]), symbol[1] is True
        added = 2 * residue[letter]
        return autonomous(reflection(1 - added if is_odd else 1 + added, m), start)

    def report(state: Matrix) -> Output:
        return automaton.outputs[found.states[sums[state]]]

    second = LayerPlan(start, case, report, reads=(1,))
    return tabulate(automaton, (alternating_layer(), second))
