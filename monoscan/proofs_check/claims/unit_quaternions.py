"""Heads of size 4 that multiply by a unit quaternion: A5 and S4 in one layer, and not S5."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any, TypeAlias

from monoscan.automata import Automaton
from monoscan.automata.sources import group_word_problem
from monoscan.proofs_check.certificates.identity import Equal, Step, constant, dot, identity
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_identities import vector
from monoscan.proofs_check.matrix_rows import identities
from monoscan.proofs_check.rows import about_network, open_row, recognises
from monoscan.theory.constructions.published.one_layer import one_layer
from monoscan.theory.constructions.published.rotation_groups import letters_as_rotations
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, cosine
from monoscan.theory.transition import Dense

_TRACKS = "One head that multiplies by unit quaternions tracks it; a state and its negative are one"
_S5 = "No one layer of such heads tracks S5, however many there are"
Quaternion: TypeAlias = tuple[Number, Number, Number, Number]


@cache
def q8() -> Automaton:
    """The quaternion group by two letters, i and j.

    >>> q8().n_states
    8
    """
    return group_word_problem({"i": "(1 2 3 4)(5 6 7 8)", "j": "(1 5 3 7)(2 8 4 6)"})


@cache
def s4() -> Automaton:
    """S4 by a cycle of four points and one of three.

    >>> s4().n_states
    24
    """
    return group_word_problem(["(1 2 3 4)", "(1 2 3)"])


@cache
def a5() -> Automaton:
    """A5 by a cycle of five points and one of three.

    >>> a5().n_states
    60
    """
    return group_word_problem(["(1 2 3 4 5)", "(3 4 5)"])


@claim(
    statement=(
        "One layer whose heads of size 4 multiply the state by a unit quaternion tracks S4 and A5, "
        "since the double covers of these groups consist of unit quaternions; with finitely many "
        "states no such layer tracks S5."
    ),
    sources=("Our own results; the finite groups of unit quaternions are classical",),
    provenance=(
        "our own: the networks are proved by their certificates, that S5 is out of reach in words "
        "on this page"
    ),
    tags=("groups", "construction", "one-layer"),
)
def unit_quaternions() -> tuple[Row, ...]:
    """The rows: what the matrices are, three groups, and S5."""
    return (
        identities(
            "rotations",
            "Multiplication by a unit quaternion is an orthogonal matrix, and the matrix of a "
            "product is the product of the matrices",
            "all quaternions p and q",
            _left_multiplication,
            "A^T A = |q|^2 I, and the sixteen entries of the product",
        ),
        *(
            about_network(
                recognises(key, _TRACKS, words, partial(network, make), make, depth=1),
                partial(network, make),
            )
            for key, words, make in (
                ("q8", "Q8 by i and j, 8 states", q8),
                ("s4", "S4 by two letters, over Q(sqrt 2)", s4),
                ("a5", "A5 by two letters, over Q(sqrt 5)", a5),
            )
        ),
        open_row(
            "s5",
            _S5,
            "one layer, any number of heads that multiply by unit quaternions",
            "exact",
            "proved in words on the claim's page; there is no lemma of the checker for it",
        ),
    )


def left_multiplication(q: Quaternion) -> Matrix:
    """The matrix of x -> q x for quaternions as columns of four numbers.

    >>> print(left_multiplication((ZERO, ONE, ZERO, ZERO)))
    [0, -1, 0, 0; 1, 0, 0, 0; 0, 0, 0, -1; 0, 0, 1, 0]
    """
    return Matrix.of(_rows(q, [-entry for entry in q]))


def _rows(q: Sequence[Any], minus: Sequence[Any]) -> list[list[Any]]:
    a, b, c, d = q
    _, e, f, g = minus
    return [[a, e, f, g], [b, a, g, c], [c, d, a, e], [d, f, b, a]]


def _lifted(rotation: Matrix) -> Quaternion:
    """A unit quaternion that turns space like this; its negative is the other one."""
    r = rotation.rows
    square = ONE + r[0][0] + r[1][1] + r[2][2]
    # Twice the cosine of half the angle of a turn of order 3, 4, 5 and 5.
    double = next(x for x in (2 * cosine(1, n) for n in (6, 8, 10)) if x * x == square)
    vector = (r[2][1] - r[1][2], r[0][2] - r[2][0], r[1][0] - r[0][1])
    x, y, z = (entry / (2 * double) for entry in vector)
    return double / 2, x, y, z


def network(make: Callable[[], Automaton]) -> LRNN:
    """One head that starts at the quaternion 1."""
    automaton = make()
    letters = (
        [(ZERO, ONE, ZERO, ZERO), (ZERO, ZERO, ONE, ZERO)]
        if make is q8
        else [_lifted(rotation) for rotation in _rotations(automaton)]
    )
    start = Matrix.column([1, 0, 0, 0])
    return one_layer(automaton, start, [Dense(left_multiplication(q)) for q in letters])


def _rotations(automaton: Automaton) -> tuple[Matrix, ...]:
    found = letters_as_rotations(automaton)
    assert not isinstance(found, str)
    return found


def _left_multiplication() -> Certificate:
    p, q = vector("p", 4), vector("q", 4)
    left, right = (_rows(x, [-entry for entry in x]) for x in (p, q))
    columns = list(zip(*right, strict=True))
    product = [[dot(row, column) for column in columns] for row in left]
    whole = [row[0] for row in product]  # the quaternion p q
    expected = _rows(whole, [-entry for entry in whole])
    norm = dot(q, q)
    steps: list[Step] = [
        Equal(dot(columns[i], columns[j]), norm if i == j else constant(0))
        for i in range(4)
        for j in range(4)
    ]
    steps += [
        Equal(x, y)
        for a, b in zip(product, expected, strict=True)
        for x, y in zip(a, b, strict=True)
    ]
    return identity([*p, *q], steps)
