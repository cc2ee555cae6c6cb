"""When casting changes nothing: networks whose unrolled terms all lie in the datatype.

If every product A_t ... A_{i+1} B_i and A_t ... A_1 H_0 that can occur is a value of the format,
and so is every reachable state, then each cast of the unrolled semantics is the identity and the
unrolled state is the exact state, for all lengths.
"""

from __future__ import annotations

from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Layer
from monoscan.theory.matrix import Matrix


def representable_terms(
    lrnn: LRNN, datatype: NumberFormat, max_terms: int
) -> tuple[tuple[Matrix, ...], ...] | None:
    """For each layer, the initial state and all B, closed under left multiplication by all A.

    Args:
        lrnn: the network.
        datatype: the format that has to contain all entries.
        max_terms: budget of terms a layer.

    Returns:
        the terms layer by layer, delays left out, or None if an entry is no value of the format or
        some layer has more than `max_terms` terms.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.formats import get_format
    >>> [str(term) for term in representable_terms(scalar_parity(), get_format("e4m3"), 10)[0]]
    ['[0]', '[1]', '[-1]']
    """
    closures = []
    for layer in lrnn.recurrent.values():
        closed = _closure(layer, datatype, max_terms)
        if closed is None:
            return None
        closures.append(closed)
    return tuple(closures)


def _closure(layer: Layer, datatype: NumberFormat, max_terms: int) -> tuple[Matrix, ...] | None:
    matrices = tuple(dict.fromkeys(case.matrix for case in layer.cases.values()))
    terms = dict.fromkeys([layer.initial, *(case.input for case in layer.cases.values())])
    if not all(is_representable(term, datatype) for term in terms):
        return None
    frontier = list(terms)
    while frontier:
        term = frontier.pop()
        for matrix in matrices:
            moved = matrix @ term
            if moved not in terms:
                if len(terms) >= max_terms or not is_representable(moved, datatype):
                    return None
                terms[moved] = None
                frontier.append(moved)
    return tuple(terms)


def is_representable(matrix: Matrix, datatype: NumberFormat) -> bool:
    """Whether every entry is a value of the format."""
    return all(datatype.contains(entry) for entry in matrix.entries())
