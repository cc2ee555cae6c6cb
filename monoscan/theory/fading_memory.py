"""One coordinate a state, each letter a 0/1 matrix times a number below 1: a memory that fades.

In exact arithmetic the state shrinks by the same factor with each letter. With rounding to
nearest it does not: the smallest positive value u of a format has r(e u) = u for 1/2 < e < 1, so
the memory stops fading before it is gone. With rounding toward zero it is gone after a number of
letters that the format decides.

Source of the matrices: PD-SSM, Terzic et al., arXiv 2509.22284; the observation is our own.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.factor.swap_copy import map_matrix
from monoscan.theory.lrnn import LRNN, Case, Layer, LRNNError, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, number
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import Dense


def fading_unit_vectors(automaton: Automaton, entry: Number) -> LRNN:
    """The network H <- entry P(w) H with H_0 the first unit vector, that asks which row is > 0.

    P(w) has one 1 in each column: in row delta(q, w) of column q. When the state has faded to 0,
    the network answers as if the automaton were in its initial state.

    Args:
        automaton: at most 64 states.
        entry: the factor, 0 < entry <= 1.

    Raises:
        LRNNError: if there are more states or the factor is out of range.

    >>> flip = Automaton("a", [[1], [0]], (True, False))
    >>> fading_unit_vectors(flip, number("3/4")).output("aaa")
    False
    """
    n = automaton.n_states
    if n > 64:
        raise LRNNError(f"{n} states; expected at most 64, one coordinate each")
    if not 0 < entry <= 1:
        raise LRNNError(f"the factor is {entry}; expected 0 < factor <= 1")
    nothing = Matrix.zeros(n, 1)
    cases: dict[Symbol, Case] = {
        (letter,): Case(Dense(map_matrix(images).map(lambda x: entry * x)), nothing)
        for letter, images in zip(automaton.alphabet, automaton.table.T.tolist(), strict=True)
    }
    rows = [[number(int(i == j)) for i in range(n)] for j in range(n)]
    asked = tuple(Functional(Matrix.column(row), ">", number(0)) for row in rows)
    table = {"".join("01"[x == 1] for x in row): automaton.outputs[q] for q, row in enumerate(rows)}
    table["0" * n] = automaton.outputs[0]
    return LRNN(
        automaton.alphabet, (Layer(Matrix.column(rows[0]), cases, Threshold(asked, table)),)
    )
