"""Flip-flop with instructions and bits as separate tokens, in two layers of gates 0 and 1.

B. Liu et al., Exposing attention glitches with flip-flop language modeling, arXiv 2306.00946; the
two layers are those of Sarrof, Veitsman and Hahn, arXiv 2405.17394.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.wiring import LayerPlan, tabulate
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Diagonal

_BITS = ("0", "1")
_KEEP = Case(Diagonal((ONE,)), Matrix.of([[0]]))


def flip_flop_tokens() -> Automaton:
    """The bit that was last written: a bit is written if the last instruction before it was w.

    The letters are w (write), r (read), i (ignore), 0 and 1; the output is 0, 1 or none.

    >>> flip_flop_tokens().output("w1i0r")
    '1'
    """
    letters = ("w", "r", "i", *_BITS)
    stored = ("none", *_BITS)
    transitions = {
        (writes, bit): [
            (True, bit),
            (False, bit),
            (False, bit),
            *((writes, new if writes else bit) for new in _BITS),
        ]
        for writes in (False, True)
        for bit in stored
    }
    queue = [(False, "none")]
    for state in queue:
        queue += [x for x in dict.fromkeys(transitions[state]) if x not in queue]
    table = [[queue.index(target) for target in transitions[state]] for state in queue]
    return Automaton(letters, table, [bit for _, bit in queue])


def flip_flop_two_layers() -> LRNN:
    """Layer 1 keeps whether the last instruction was w, layer 2 the bit that was last written.

    All entries are 0 and 1: a gate 0 overwrites, a gate 1 keeps.

    >>> flip_flop_two_layers().output("w1i0r0")
    '1'
    """

    def instruction(symbol: Symbol) -> Case:
        return _KEEP if symbol[0] in _BITS else _write(int(symbol[0] == "w"))

    def bit(symbol: Symbol) -> Case:
        letter, writes = symbol
        return _write(_BITS.index(str(letter)) + 1) if letter in _BITS and writes else _KEEP

    start = Matrix.of([[0]])
    first = LayerPlan(start, instruction, lambda state: state != start)
    return tabulate(flip_flop_tokens(), (first, LayerPlan(start, bit, None, reads=(1,))))


def _write(value: int) -> Case:
    return Case(Diagonal((ZERO,)), Matrix.of([[value]]))
