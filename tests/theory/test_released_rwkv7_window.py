"""RWKV-7 as released, with its token shift, remembers more than any fixed number of last letters.

Every single matrix has its eigenvalues strictly inside the unit circle, but the product of two of
them may have the eigenvalue 1. Where A sees two letters, a word that alternates keeps a state for
ever, and two equal letters erase it.
"""

from __future__ import annotations

from fractions import Fraction

import monoscan as ms
from monoscan.automata.properties.definite import is_definite
from monoscan.theory.eigenvalues import eigenvalues
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import Dense, DiagonalPlusRankOne, transition_matrix

F = Fraction
ALTERNATES = ms.regex("(ab)*a?|(ba)*b?", "ab").automaton
Pair = tuple[F, F]


def released(w: Pair, a: Pair, k: Pair) -> Dense:
    """diag(w) - (k o a) k^T with a unit key k, w in (0.545, 1) and a in (0, 1)."""
    assert k[0] ** 2 + k[1] ** 2 == 1
    assert all(F(545, 1000) < entry < 1 for entry in w)
    assert all(0 < entry < 1 for entry in a)
    rows = [[(w[i] if i == j else 0) - k[i] * a[i] * k[j] for j in (0, 1)] for i in (0, 1)]
    return Dense(Matrix.of(rows))


GATES = (F(99, 100), F(99, 100))
AFTER_A = released(GATES, (F(99, 100), F(1, 100)), (F(-9, 41), F(40, 41)))
AFTER_B = released(GATES, (F(2492369, 17801280), F(1, 20)), (F(4, 5), F(-3, 5)))


def kept() -> Matrix:
    """The vector that the product of the two matrices keeps."""
    product = transition_matrix(AFTER_B) @ transition_matrix(AFTER_A)
    (a, b), _ = product.rows
    return Matrix.column([b, 1 - a])


def erasing(state: Matrix) -> DiagonalPlusRankOne:
    """3/4 (I - k k^T) with the unit key k along a state, of which no multiple need be rational."""
    gates = (F(3, 4), F(3, 4))
    return DiagonalPlusRankOne(gates, tuple(state.entries()), gates, F(1))


def network() -> LRNN:
    after_a, nothing = kept(), Matrix.column([0, 0])
    after_b = transition_matrix(AFTER_A) @ after_a
    start = erasing(after_a)
    cases = {
        ("a", None): Case(start, after_a),
        ("b", None): Case(start, after_b),
        ("b", "a"): Case(AFTER_A, nothing),
        ("a", "b"): Case(AFTER_B, nothing),
        ("a", "a"): Case(erasing(after_a), nothing),
        ("b", "b"): Case(erasing(after_b), nothing),
    }
    initial = after_a + after_a
    table = {initial: True, after_a: True, after_b: True, nothing: False}
    return LRNN(("a", "b"), (Delay(0, 1), Layer(initial, cases, StateTable(table))))


def test_released_rwkv7_with_a_token_shift_is_not_limited_to_definite_languages() -> None:
    assert not is_definite(ALTERNATES)
    lrnn = network()
    assert lrnn.windows == (2, 2)
    for matrix in (AFTER_A, AFTER_B):
        assert all(abs(value) < 1 for value in map(complex, eigenvalues(matrix)))
    assert isinstance(explore(lrnn, Exact(), ALTERNATES, 100), Recognises)
