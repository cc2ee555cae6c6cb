"""Addition modulo m in two layers of symmetric permutation matrices, with rational entries.

The network of Grazzi, Siems et al., arXiv 2411.12537, Theorem 6, on the m corners of a polygon
instead of its plane: layer 1 alternates, and layer 2 applies the mirror i -> -x - i or i -> x - i,
by turns, when x is added. Every single matrix is symmetric, so its spectrum is real (1 and -1); the
product of two mirrors is a rotation, whose spectrum is not real for m >= 3.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.clock import alternating_layer
from monoscan.theory.constructions.published.cyclic import residues
from monoscan.theory.constructions.published.group_one_layer import swaps
from monoscan.theory.constructions.published.one_layer import reflection_product
from monoscan.theory.constructions.published.wiring import LayerPlan, autonomous, tabulate
from monoscan.theory.constructions.registry import UnsupportedError
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Transition, transition_matrix


def mirror(m: int, total: int) -> Transition:
    """The permutation matrix of i -> total - i modulo m, as a product of disjoint swaps.

    >>> print(transition_matrix(mirror(3, 0)))
    [1, 0, 0; 0, 0, 1; 0, 1, 0]
    """
    return reflection_product(swaps([(total - i) % m for i in range(m)]), m)


def mirror_counter(automaton: Automaton) -> LRNN:
    """The network of two layers for an automaton that adds residues.

    Raises:
        UnsupportedError: if the transition group is not cyclic of order 3, 4, ..., 120.

    >>> from monoscan.automata.zoo.groups import cyclic_automaton
    >>> mirror_counter(cyclic_automaton(5)).output(["3", "4", "4"])
    '1'
    """
    found = residues(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    m = found.modulus
    if m < 3:
        raise UnsupportedError(f"addition modulo {m} has no mirrors besides the identity; take 3")
    added = dict(zip(automaton.alphabet, found.letters, strict=True))
    start = Matrix.column(range(m))

    def case(symbol: Symbol) -> Case:
        x, is_odd = added[str(symbol[0])], symbol[1] is True
        return autonomous(mirror(m, -x if is_odd else x), start)

    second = LayerPlan(start, case, None, reads=(1,))
    return tabulate(automaton, (alternating_layer(), second))


def two_mirrors(m: int) -> Matrix:
    """The product of two steps of `mirror_counter` that each add 1: a rotation of the polygon.

    >>> print(two_mirrors(3))
    [0, 1, 0; 0, 0, 1; 1, 0, 0]
    """
    return transition_matrix(mirror(m, 1)) @ transition_matrix(mirror(m, -1))
