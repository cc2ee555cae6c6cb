"""Counting modulo 2^k in k layers, each of one scalar: layer i holds bit i, multiplied by 1 or -1.

Bit i changes when the added number has this bit, or when the bits below overflow, but not when
both happen. The bits below overflow exactly if together they are less after the addition than what
was added to them. So the *new* bits below tell it, and no delay is needed. Compare Grazzi, Siems et
al., arXiv 2411.12537, Theorem 2: with real spectra k layers cannot count modulo 2^(k+1).
"""

from __future__ import annotations

from dataclasses import dataclass

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.cyclic import Residues, residues
from monoscan.theory.constructions.published.wiring import LayerPlan, autonomous, tabulate
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.transition import Diagonal


def _added_bits(automaton: Automaton) -> Residues | str:
    found = residues(automaton)
    if isinstance(found, str) or (found.modulus > 1 and found.modulus.bit_count() == 1):
        return found
    return f"the letters generate a cyclic group of order {found.modulus}; expected 2, 4, 8, ..."


def _supports(automaton: Automaton) -> str | None:
    found = _added_bits(automaton)
    return found if isinstance(found, str) else None


def _n_bits(automaton: Automaton) -> int:
    found = _added_bits(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return found.modulus.bit_length() - 1


@construction(
    "binary-counter",
    statement="Addition modulo 2^k in k layers: layer i holds bit i as a sign, and the new bits "
    "below it tell whether there is a carry",
    source="This project; Grazzi, Siems et al., arXiv 2411.12537, Theorem 2, shows that fewer "
    "layers with real spectra do not suffice",
    depth=_n_bits,
    supports=_supports,
)
def binary_counter(automaton: Automaton) -> LRNN:
    """The network of k layers for an automaton that adds residues modulo 2^k.

    Raises:
        UnsupportedError: if the transition group is not cyclic, or its order is no power of 2.

    >>> from monoscan.automata.zoo.groups import cyclic_automaton
    >>> network = binary_counter(cyclic_automaton(8))
    >>> len(network.layers), network.output(["3", "7"])
    (3, '2')
    """
    found = _added_bits(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    added = dict(zip(automaton.alphabet, found.letters, strict=True))
    *lower, last = (_Bit(index, added) for index in range(_n_bits(automaton)))
    plans = (*(bit.layer() for bit in lower), last.last_layer())
    return tabulate(automaton, plans)


@dataclass(frozen=True)
class _Bit:
    """One layer.

    Attributes:
        index: which bit, 0 for the lowest.
        added: what each letter adds.
    """

    index: int
    added: dict[str, int]

    def layer(self) -> LayerPlan:
        """The scalar 1 or -1; the report is whether the bit is 1."""
        start = Matrix.of([[1]])

        def case(symbol: Symbol) -> Case:
            return autonomous(Diagonal((self._factor(symbol),)), start)

        return LayerPlan(start, case, lambda state: state != start, self._reads)

    def last_layer(self) -> LayerPlan:
        """The scalar, and one more that each letter overwrites with the bits below.

        A network answers from the state of its last layer alone.
        """

        def case(symbol: Symbol) -> Case:
            factors = Diagonal((self._factor(symbol), ZERO))
            return Case(factors, Matrix.column([0, _below(symbol)]))

        return LayerPlan(Matrix.column([1, 0]), case, None, self._reads)

    @property
    def _reads(self) -> tuple[int, ...]:
        return tuple(range(1, self.index + 1))

    def _factor(self, symbol: Symbol) -> Number:
        summand = self.added[str(symbol[0])]
        carries = _below(symbol) < summand % (1 << self.index)
        return -ONE if bool(summand >> self.index & 1) != carries else ONE


def _below(symbol: Symbol) -> int:
    """The new bits of the layers below as a number."""
    return sum(1 << place for place, bit in enumerate(symbol[1:]) if bit is True)
