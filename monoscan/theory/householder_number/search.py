"""The best representation of a group that a search over small pieces finds.

A letter may act on each piece with an extra sign: that is a representation of a subgroup of
G x Z_2^r, which still determines the element of G if no element other than the identity acts as
the identity. So minus a half-turn of the icosahedron is a reflection, and A5 over its involutions
needs one reflection a letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import lcm
from typing import TypeAlias

import numpy as np

from monoscan.automata.group_table import MAX_TABLE
from monoscan.theory.factor.elimination import rank
from monoscan.theory.factor.reflections import permutation_matrix
from monoscan.theory.householder_number.components import Component
from monoscan.theory.householder_number.modules import signed_modules
from monoscan.theory.householder_number.pieces import Piece, pieces
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, cosine, rational, sine

MAX_COVER = 50_000
"""The largest number of elements of G x Z_2^r that are listed."""

_MAX_PIECES = 2
_MAX_CHOICES = 400


@dataclass(frozen=True)
class Representation:
    """An orthogonal matrix for each letter, from which the element of the group can be read.

    Attributes:
        letters: the letters.
        matrices: a real orthogonal matrix for each of them, of equal size.
        description: what the representation is, in words.
    """

    letters: tuple[str, ...]
    matrices: tuple[Matrix, ...]
    description: str

    @cached_property
    def ranks(self) -> tuple[int, ...]:
        """rank(I - A) for each letter: how many reflections it needs."""
        size = self.matrices[0].shape[0]
        return tuple(rank(Matrix.identity(size) - matrix) for matrix in self.matrices)


def best_representation(component: Component, good_enough: int) -> Representation:
    """The representation with the smallest largest rank that is found.

    Args:
        component: letters of a group.
        good_enough: a lower bound; the search stops when it is reached.
    """
    if component.generator is not None:
        return rotations(component, component.generator)
    worst = max(len(images) - _n_cycles(images) for images in component.maps)
    if worst > good_enough and component.group.order <= MAX_TABLE:
        found = _from_pieces(component, good_enough, worst)
        if found is not None:
            return found
    return _on_states(component)


def rotations(component: Component, generator: int) -> Representation:
    """Powers of one letter of order m: -1 for m = 2, else rotations of the plane by 2 pi k/m.

    Args:
        component: letters that are powers of one of them.
        generator: the place of that letter.

    >>> part = Component(("a",), ((1, 2, 3, 0),))
    >>> print(rotations(part, 0).matrices[0])
    [0, -1; 1, 0]
    """
    exponents = component.exponents(generator)
    order = component.group.order
    if order == 2:
        matrices: tuple[Matrix, ...] = (Matrix(((-ONE,),)),)
    else:
        angles = ((cosine(k, order), sine(k, order)) for k in exponents)
        matrices = tuple(Matrix(((c, -s), (s, c))) for c, s in angles)
    return Representation(component.letters, matrices, f"rotations of order {order}")


def _n_cycles(images: Sequence[int]) -> int:
    left, count = set(range(len(images))), 0
    while left:
        point, count = left.pop(), count + 1
        while (point := images[point]) in left:
            left.discard(point)
    return count


def _on_states(component: Component) -> Representation:
    """The permutation matrices of the states that some letter moves."""
    moved = sorted({x for images in component.maps for x, y in enumerate(images) if x != y})
    number = {state: index for index, state in enumerate(moved)}
    matrices = [
        permutation_matrix([number[images[state]] for state in moved]) for images in component.maps
    ]
    text = f"permutations of {len(moved)} states"
    return Representation(component.letters, tuple(matrices), text)


@dataclass(frozen=True, eq=False)
class _Option:
    """A piece, and for each letter the rank with sign 1 and with sign -1."""

    piece: Piece
    ranks: tuple[tuple[int, int], ...]

    def signs(self, twisted: bool) -> tuple[int, ...]:
        """For each letter the sign with the smaller rank, or 1 for all."""
        return tuple(-1 if twisted and minus < plus else 1 for plus, minus in self.ranks)


_CoverElement: TypeAlias = tuple[int, tuple[int, ...]]
_Choice: TypeAlias = tuple[tuple[_Option, tuple[int, ...]], ...]


def _from_pieces(component: Component, good_enough: int, worst: int) -> Representation | None:
    """The best choice of at most two pieces and signs that is better than `worst`."""
    options: list[_Option] = []
    for option in _options(component):
        options.append(option)
        for choice in _signed((option,)):
            enough = _largest_rank(choice) == good_enough
            if enough and _determines_element(component, choice):
                return _representation(component, choice)
    ranked = [(_largest_rank(choice), choice) for choice in _choices(options)]
    possible = [item for item in ranked if good_enough <= item[0] < worst]
    possible.sort(key=lambda item: (item[0], _size(item[1])))
    for _, choice in possible[:_MAX_CHOICES]:
        if _determines_element(component, choice):
            return _representation(component, choice)
    return None


def _options(component: Component) -> Iterator[_Option]:
    """The pieces with different characters, each in as few coordinates as possible."""
    table = component.table
    exponent = int(np.lcm.reduce(table.orders))
    seen: set[tuple[Number, ...]] = set()
    for module in sorted(signed_modules(table), key=lambda module: module.degree):
        for piece in pieces(module, exponent):
            if piece.character not in seen:
                seen.add(piece.character)
                yield _option(component, piece)


def _option(component: Component, piece: Piece) -> _Option:
    table, ranks = component.table, []
    for g in component.numbers:
        powers = [0]
        while (power := int(table.products[powers[-1], g])) != 0:
            powers.append(power)
        ranks.append((_rank(piece, powers, 1), _rank(piece, powers, -1)))
    return _Option(piece, tuple(ranks))


def _rank(piece: Piece, powers: Sequence[int], sign: int) -> int:
    """The rank of I - sign M_g on a piece: its dimension less the mean trace of the powers."""
    length = len(powers) if sign == 1 else lcm(2, len(powers))
    traces = (
        piece.character[powers[j % len(powers)]] * (sign if j % 2 else 1) for j in range(length)
    )
    mean = sum(traces, ZERO) / length
    return int(rational(piece.dimension - mean))


def _choices(options: Sequence[_Option]) -> Iterator[_Choice]:
    """Sets of pieces with signs."""
    for count in range(1, _MAX_PIECES + 1):
        for chosen in combinations(options, count):
            yield from _signed(chosen)


def _signed(chosen: tuple[_Option, ...]) -> Iterator[_Choice]:
    for twisted in (True, False):
        yield tuple((option, option.signs(twisted)) for option in chosen)


def _largest_rank(choice: _Choice) -> int:
    totals = [0] * len(choice[0][1])
    for option, signs in choice:
        for letter, sign in enumerate(signs):
            totals[letter] += option.ranks[letter][sign == -1]
    return max(totals)


def _size(choice: _Choice) -> int:
    return sum(option.piece.module.degree for option, _ in choice)


def _determines_element(component: Component, choice: _Choice) -> bool:
    """Whether no element of the cover acts as I unless it lies over the identity."""
    products = component.table.products
    acts_as_sign = [_scalars(option.piece) for option, _ in choice]
    letters = [
        (g, tuple(signs[letter] for _, signs in choice))
        for letter, g in enumerate(component.numbers)
    ]
    start: _CoverElement = (0, (1,) * len(choice))
    listed: set[_CoverElement] = {start}
    queue: list[_CoverElement] = [start]
    for g, signs in queue:
        if g and all(
            scalars.get(g) == sign for scalars, sign in zip(acts_as_sign, signs, strict=True)
        ):
            return False
        for letter, twist in letters:
            moved = tuple(a * b for a, b in zip(signs, twist, strict=True))
            item = (int(products[g, letter]), moved)
            if item not in listed:
                if len(listed) == MAX_COVER:
                    return False
                listed.add(item)
                queue.append(item)
    return True


def _scalars(piece: Piece) -> dict[int, int]:
    """The elements that act on a piece as 1 or as -1."""
    found = {}
    for g, trace in enumerate(piece.character):
        for sign in (1, -1):
            if trace == piece.dimension * sign:
                found[g] = sign
    return found


def _representation(component: Component, choice: _Choice) -> Representation:
    matrices = [
        block_diagonal(
            [option.piece.matrix(g, signs[letter]) for option, signs in choice],
        )
        for letter, g in enumerate(component.numbers)
    ]
    texts = [
        f"dimension {option.piece.dimension} in {option.piece.module.degree} signed coordinates"
        + (" with signs" if -1 in signs else "")
        for option, signs in choice
    ]
    return Representation(component.letters, tuple(matrices), " and ".join(texts))


def block_diagonal(blocks: Iterable[Matrix]) -> Matrix:
    """The matrix with these square blocks along its diagonal.

    >>> print(block_diagonal([Matrix.of([[1]]), Matrix.of([[2]])]))
    [1, 0; 0, 2]
    """
    listed = list(blocks)
    size, before = sum(block.shape[0] for block in listed), 0
    rows: list[tuple[Number, ...]] = []
    for block in listed:
        after = size - before - block.shape[0]
        rows += [(*(ZERO,) * before, *row, *(ZERO,) * after) for row in block.rows]
        before += block.shape[0]
    return Matrix(tuple(rows))
