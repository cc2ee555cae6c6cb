"""The rotation groups of the cube and of the icosahedron: S4 and A5 with keys of size 3.

Siems et al., arXiv 2502.10297, Theorem 4: a rotation of R^3 is a product of two reflections. If
each letter is a half-turn, one reflection is enough: minus the half-turn about a is the reflection
along a, and the sign is read off at the end. The reflections along the fifteen axes of the
icosahedron generate the Coxeter group H3 = A5 x Z2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from monoscan.automata import Automaton
from monoscan.automata.group_table import GroupTable
from monoscan.theory.constructions.published.letter_group import embeddings, letter_group
from monoscan.theory.constructions.published.one_layer import one_layer, reflection_product
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.factor import reflections
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, cosine, number
from monoscan.theory.transition import Householder

DIMENSION = 3

# No rotation axis and no mirror of either solid contains this vector.
START = Matrix.column([1, 2, 4])


@dataclass(frozen=True)
class MatrixGroup:
    """A finite group of matrices; the product "g, then h" is the matrix of h times that of g.

    Attributes:
        matrices: the elements, the identity first.
        table: the multiplication table, elements in the same order.
    """

    matrices: tuple[Matrix, ...]
    table: GroupTable


def matrix_group(generators: tuple[Matrix, ...]) -> MatrixGroup:
    """The group that some matrices generate, which must be finite and small.

    >>> len(matrix_group((Matrix.of([[0, -1], [1, 0]]),)).matrices)
    4
    """
    numbers = {Matrix.identity(generators[0].shape[0]): 0}
    queue = list(numbers)
    steps: list[list[int]] = []
    origins = [(0, 0)]
    for element in queue:
        row = []
        for index, generator in enumerate(generators):
            product = generator @ element
            if product not in numbers:
                numbers[product] = len(queue)
                origins.append((len(steps), index))
                queue.append(product)
            row.append(numbers[product])
        steps.append(row)
    letters = np.array(steps, dtype=np.intp).T
    right = [np.arange(len(queue), dtype=np.intp)]
    for parent, index in origins[1:]:
        right.append(letters[index][right[parent]])
    return MatrixGroup(tuple(queue), GroupTable.of_permutations(np.array(right)))


@cache
def cube_rotations() -> MatrixGroup:
    """The 24 rotations of the cube, isomorphic to S4: signed permutation matrices.

    >>> len(cube_rotations().matrices)
    24
    """
    quarter_turn = Matrix.of([[0, -1, 0], [1, 0, 0], [0, 0, 1]])
    return matrix_group((quarter_turn, _cyclic()))


@cache
def icosahedron_rotations() -> MatrixGroup:
    """The 60 rotations of the icosahedron, isomorphic to A5, over Q(sqrt 5).

    >>> len(icosahedron_rotations().matrices)
    60
    """
    golden = cosine(1, 10) * number(2)
    axis = Matrix.column([golden, 1, ONE / golden])
    about_axis = (axis @ axis.transpose()).scale(number("1/2")) - Matrix.identity(DIMENSION)
    return matrix_group((Matrix.diagonal((ONE, -ONE, -ONE)), _cyclic(), about_axis))


def _cyclic() -> Matrix:
    return Matrix.of([[0, 0, 1], [1, 0, 0], [0, 1, 0]])


@lru_cache(maxsize=64)
def letters_as_rotations(automaton: Automaton) -> tuple[Matrix, ...] | str:
    """Each letter as a rotation of the cube or of the icosahedron, or in words why it cannot be.

    >>> letters_as_rotations(Automaton("a", [[1], [2], [3], [4], [5], [6], [0]], "0123456"))
    'the letters generate a group of 7 elements that is in no rotation group of the cube or of the \
icosahedron'
    """
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    for solid in (cube_rotations, icosahedron_rotations):
        images = next(embeddings(group.table, solid().table), None)
        if images is not None:
            return tuple(solid().matrices[images[letter]] for letter in group.letters)
    return (
        f"the letters generate a group of {group.order} elements that is in no rotation group of "
        "the cube or of the icosahedron"
    )


def _supports_rotations(automaton: Automaton) -> str | None:
    rotations = letters_as_rotations(automaton)
    return rotations if isinstance(rotations, str) else None


@construction(
    "so3-groups-two-gh",
    statement="A permutation automaton whose group is one of rotations of the cube or of the "
    "icosahedron (S4, A4, A5, ...) in one layer of R^3, two reflections a letter.",
    source="Siems et al., arXiv 2502.10297, Theorem 4",
    supports=_supports_rotations,
)
def so3_two_reflections(automaton: Automaton) -> LRNN:
    """The network with a state in R^3; the cube needs only rational numbers.

    Raises:
        UnsupportedError: if the group is in neither rotation group.

    >>> from monoscan.automata import get_language
    >>> so3_two_reflections(get_language("a4").build()).output(["(1,2,3)", "(1,2,3)"])
    '(1,3,2)'
    """
    rotations = letters_as_rotations(automaton)
    if isinstance(rotations, str):
        raise UnsupportedError(rotations)
    transitions = [reflection_product(reflections(matrix), DIMENSION) for matrix in rotations]
    return one_layer(automaton, START, transitions)


def as_reflection(rotation: Matrix) -> Householder | None:
    """Minus a half-turn of R^3 as the reflection along its axis; I for I; None for other rotations.

    >>> [str(entry) for entry in as_reflection(Matrix.diagonal((ONE, -ONE, -ONE))).v]
    ['2', '0', '0']
    """
    identity = Matrix.identity(DIMENSION)
    if rotation == identity:
        return Householder((ONE, ZERO, ZERO), ZERO)
    if rotation @ rotation != identity:
        return None
    # I + R is twice the projection on the axis.
    columns = (rotation + identity).transpose().rows
    return Householder(next(column for column in columns if any(column)), number(2))


def letters_as_reflections(automaton: Automaton) -> tuple[Householder, ...] | str:
    """Each letter as one reflection up to sign, or in words why it cannot be.

    >>> letters_as_reflections(Automaton("a", [[1], [2], [0]], "012"))
    "the letter 'a' has an order above 2, so one reflection is not enough"
    """
    rotations = letters_as_rotations(automaton)
    if isinstance(rotations, str):
        return rotations
    found: list[Householder] = []
    for letter, rotation in zip(automaton.alphabet, rotations, strict=True):
        reflection = as_reflection(rotation)
        if reflection is None:
            return f"the letter {letter!r} has an order above 2, so one reflection is not enough"
        found.append(reflection)
    return tuple(found)


def _supports_reflections(automaton: Automaton) -> str | None:
    found = letters_as_reflections(automaton)
    return found if isinstance(found, str) else None


@construction(
    "a5-involutions-one-reflection",
    statement="A permutation automaton whose group is one of rotations of the cube or of the "
    "icosahedron and whose letters have order 2 (A5 by its involutions): one reflection a letter.",
    source="J. E. Humphreys, Reflection groups and Coxeter groups, 1990, section 2.13 (the "
    "reflections of the icosahedron generate H3 = A5 x Z2)",
    supports=_supports_reflections,
)
def half_turns_one_reflection(automaton: Automaton) -> LRNN:
    """The network whose states are an orbit of H3 (120 vectors for A5) or of the cube's group.

    Raises:
        UnsupportedError: if the group is in neither rotation group, or a letter is no half-turn.

    >>> from monoscan.automata import get_language
    >>> a5 = half_turns_one_reflection(get_language("a5-involutions").build())
    >>> a5.output(["(1,2)(3,4)", "(1,3)(2,4)"])
    '(1,4)(2,3)'
    """
    found = letters_as_reflections(automaton)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return one_layer(automaton, START, found)
