"""Every automaton in one layer: the state is a unit vector, a letter a 0/1 matrix.

The columns of A(w) have one 1 each, in row delta(q, w) for column q. PD-SSM: Terzic et al., arXiv
2509.22284, Proposition 2 (a permutation-like matrix times the identity). Dense: Merrill et al.,
arXiv 2404.08819, Theorem 5.2 (IDS4).
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.one_layer import one_layer
from monoscan.theory.constructions.registry import NOT_DECIDED, UnsupportedError, construction
from monoscan.theory.factor.swap_copy import map_matrix
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Dense

MAX_STATES = 256
"""The largest automaton that is written with one coordinate a state."""


def _supports(automaton: Automaton) -> str | None:
    if automaton.n_states > MAX_STATES:
        return (
            f"{NOT_DECIDED}the automaton has {automaton.n_states} states; networks with one "
            f"coordinate a state are made up to {MAX_STATES}"
        )
    return None


def _one_hot(automaton: Automaton) -> LRNN:
    reason = _supports(automaton)
    if reason is not None:
        raise UnsupportedError(reason)
    n = automaton.n_states
    start = Matrix.column([1] + [0] * (n - 1))
    letters = automaton.table.T.tolist()
    return one_layer(automaton, start, [Dense(map_matrix(images)) for images in letters])


@construction(
    "pd-ssm-n-states",
    statement="An automaton of n states in one layer of n coordinates: the state is a unit "
    "vector, each column of A(w) has one 1.",
    source="Terzic et al., arXiv 2509.22284, Proposition 2",
    supports=_supports,
)
def pd_ssm_n_states(automaton: Automaton) -> LRNN:
    """The network whose matrices are column-one-hot.

    Raises:
        UnsupportedError: if the automaton has more than `MAX_STATES` states.

    >>> pd_ssm_n_states(Automaton("ab", [[0, 1], [0, 1]], (False, True))).output("aab")
    True
    """
    return _one_hot(automaton)


@construction(
    "dense-one-layer",
    statement="An automaton of n states in one layer of dense n x n matrices: unit vectors and "
    "A(w) with entry 1 in row delta(q, w) of column q.",
    source="Merrill et al., arXiv 2404.08819, Theorem 5.2 (IDS4)",
    supports=_supports,
)
def dense_one_layer(automaton: Automaton) -> LRNN:
    """The same 0/1 matrices, as the full matrices of IDS4 and SD-SSM.

    Raises:
        UnsupportedError: if the automaton has more than `MAX_STATES` states.

    >>> dense_one_layer(Automaton("ab", [[0, 1], [0, 1]], (False, True))).output("ba")
    False
    """
    return _one_hot(automaton)
