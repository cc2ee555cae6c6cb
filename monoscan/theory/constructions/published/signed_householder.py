"""Groups in one layer of (I - beta k k^T) diag(a), the matrices of CKDA.

A rotation of the plane is a reflection times diag(1, -1). In space the frame matters: along the
axes (1, -1, 0), (1, 1, 0) and (0, 0, 1) each rotation of the cube is a reflection times a diagonal
matrix of signs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import product

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.dihedral import plane_symmetries
from monoscan.theory.constructions.published.letter_group import letter_group
from monoscan.theory.constructions.published.rotation_groups import letters_as_rotations
from monoscan.theory.constructions.published.tracking_heads import heads_of_group
from monoscan.theory.constructions.registry import NOT_DECIDED, UnsupportedError, construction
from monoscan.theory.factor.elimination import rank
from monoscan.theory.factor.roots import square_root
from monoscan.theory.householder_number.tracker import track
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, number
from monoscan.theory.transition import Blocks, HouseholderDiagonal, Transition

HeadMatrices = tuple[Matrix, ...]


def signed_householder(matrix: Matrix) -> HouseholderDiagonal | None:
    """An orthogonal matrix as a reflection, or I, times a diagonal matrix of signs, if it is one.

    >>> quarter_turn = Matrix.of([[0, -1], [1, 0]])
    >>> [str(entry) for entry in signed_householder(quarter_turn).v]
    ['1', '-1']
    >>> print(signed_householder(Matrix.of([[0, 1, 0], [0, 0, 1], [1, 0, 0]])))
    None
    """
    size = matrix.shape[0]
    identity = Matrix.identity(size)
    for signs in product((ONE, -ONE), repeat=size):
        gap = identity - matrix @ Matrix.diagonal(signs)
        if gap == Matrix.zeros(size, size):
            return HouseholderDiagonal((ONE,) + (ZERO,) * (size - 1), ZERO, signs)
        if gap == gap.transpose() and rank(gap) == 1:
            direction = next(row for row in gap.rows if any(row))
            return HouseholderDiagonal(direction, number(2), signs)
    return None


def _plane(automaton: Automaton) -> list[HeadMatrices] | str:
    found = plane_symmetries(automaton)
    return found if isinstance(found, str) else [(matrix,) for matrix in found]


def _cube(automaton: Automaton) -> list[HeadMatrices] | str:
    found = letters_as_rotations(automaton)
    if isinstance(found, str):
        return found
    half = square_root(number("1/2"))
    assert half is not None
    frame = Matrix(((half, half, ZERO), (-half, half, ZERO), (ZERO, ZERO, ONE)))
    return [(frame.transpose() @ matrix @ frame,) for matrix in found]


def _covers(automaton: Automaton) -> list[HeadMatrices] | str:
    found = heads_of_group(automaton)
    if isinstance(found, str):
        return found
    return [found.matrices(letter) for letter in automaton.alphabet]


_SOURCES: tuple[Callable[[Automaton], list[HeadMatrices] | str], ...] = (_plane, _covers, _cube)


@lru_cache(maxsize=64)
def _transitions(automaton: Automaton) -> tuple[Transition, ...] | str:
    """The transition of each letter, or in words why none are found."""
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    reasons = []
    for source in _SOURCES:
        found = source(automaton)
        if isinstance(found, str):
            reasons.append(found)
            continue
        written = [_written(heads) for heads in found]
        known = [transition for transition in written if transition is not None]
        if len(known) == len(written):
            return tuple(known)
    limits = [reason for reason in reasons if reason.startswith(NOT_DECIDED)]
    if limits:
        return limits[0]
    return (
        "no representation is found in which each letter is a reflection times a diagonal matrix "
        "of signs"
    )


def _written(heads: Sequence[Matrix]) -> Transition | None:
    written: list[Transition] = []
    for matrix in heads:
        head = signed_householder(matrix) if matrix.shape[0] <= 4 else None
        if head is None:
            return None
        written.append(head)
    return written[0] if len(written) == 1 else Blocks(tuple(written))


def _supports(automaton: Automaton) -> str | None:
    found = _transitions(automaton)
    return found if isinstance(found, str) else None


@construction(
    "signed-householder-one-layer",
    statement="A group of rotations and reflections of the plane, of rotations of the cube, or a "
    "small group with such heads, in one layer: each letter is a reflection times signs.",
    source="Siems et al., arXiv 2609.24797 (Z_m and D_m in the plane, A4 and S4 in space)",
    supports=_supports,
)
def signed_householder_layer(automaton: Automaton) -> LRNN:
    """The network, without input; the same heads for all letters.

    Raises:
        UnsupportedError: if no such representation of the letters is found.

    >>> from monoscan.automata import get_language
    >>> s4 = signed_householder_layer(get_language("s4").build())
    >>> s4.output(["(1,2,3,4)", "(1,2)"]), s4.layers[0].initial.shape
    ('(2,3,4)', (3, 1))
    """
    found = _transitions(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return track(automaton, found)
