"""Counting modulo 2^k in k layers, each of one scalar: layer i holds bit i, multiplied by 1 or -1.

Bit i changes when the added number has this bit, or when the bits below overflow, but not when
both happen. The bits below overflow exactly if together they are less after the addition than what
was added to them. So the *new* bits below tell it, and no delay is needed. Compare Grazzi, Siems et
al., arXiv 2411.12537, Theorem 2: with real spectra k layers cannot count modulo 2^(k+1).
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.cyclic import residues
from monoscan.theory.constructions.published.wiring import LayerPlan, autonomous, tabulate
from monoscan.theory.constructions.registry import UnsupportedError
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.transition import Diagonal

_START = Matrix.of([[1]])


def binary_counter(automaton: Automaton) -> LRNN:
    """The network of k layers for an automaton that adds residues modulo 2^k.

    Raises:
        UnsupportedError: if the transition group is not cyclic, or its order is no power of 2.

    >>> from monoscan.automata.zoo.groups import cyclic_automaton
    >>> network = binary_counter(cyclic_automaton(8))
    >>> len(network.layers), network.output(["3", "7"])
    (3, '2')
    """
    found = residues(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    n_bits = found.modulus.bit_length() - 1
    if found.modulus != 1 << n_bits or n_bits == 0:
        raise UnsupportedError(
            f"the letters generate a cyclic group of order {found.modulus}; expected 2, 4, 8, ..."
        )
    added = dict(zip(automaton.alphabet, found.letters, strict=True))
    plans = tuple(_bit(index, added, is_last=index == n_bits - 1) for index in range(n_bits))
    if n_bits == 1:
        return tabulate(automaton, plans)
    # A layer answers from its own state alone, so the last one also holds the bits below.
    return tabulate(automaton, plans)


def _bit(index: int, added: dict[str, int], *, is_last: bool) -> LayerPlan:
    def case(symbol: Symbol) -> Case:
        below = sum(1 << place for place, bit in enumerate(symbol[1:]) if bit is True)
        summand = added[str(symbol[0])]
        carries = below < summand % (1 << index)
        flips = bool(summand >> index & 1) != carries
        return autonomous(Diagonal((number(-1 if flips else 1),)), _START)

    report = None if is_last else (lambda state: state != _START)
    return LayerPlan(_START, case, report, reads=tuple(range(1, index + 1)))
