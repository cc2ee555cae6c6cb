"""The best representations of a group that a search over small pieces finds, one a head.

The pieces are those of the group G itself or of a group H that maps onto it with two central
elements in the kernel. A letter may act on each piece with an extra sign: that is a representation
of a subgroup of H x Z_2^r. Together they determine the element of G if whatever acts as the
identity on all of them lies over the identity. So minus a half-turn of the icosahedron is a
reflection, and A5 over its involutions needs one reflection a letter; and the quaternion group
needs two, on two heads of size 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from monoscan.theory.householder_number.covers import Cover, covers
from monoscan.theory.householder_number.modules import signed_modules
from monoscan.theory.householder_number.pieces import Piece, pieces
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, cosine, rational, sine

MAX_COVER = 50_000
"""The largest number of elements of G x Z_2^r that are listed."""

_MAX_PIECES = 2
"""The largest number of heads for the letters of one component."""

_MAX_CHOICES = 400


@dataclass(frozen=True)
class Representation:
    """A head: an orthogonal matrix for each letter.

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


def best_heads(component: Component, good_enough: int) -> tuple[Representation, ...]:
    """The heads with the smallest largest rank that are found; together they tell the element.

    Args:
        component: letters of a group.
        good_enough: a lower bound; the search stops when it is reached.
    """
    if component.generator is not None:
        return (rotations(component, component.generator),)
    worst = max(len(images) - _n_cycles(images) for images in component.maps)
    best: tuple[Representation, ...] = (_on_states(component),)
    if worst > good_enough and component.group.order <= MAX_TABLE:
        for cover in covers(component):
            found = _from_pieces(cover, good_enough, worst)
            if found is not None:
                best = tuple(_head(component, cover, part) for part in found)
                worst = _largest_rank(found)
            if worst == good_enough:
                break
    return best


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


def _from_pieces(cover: Cover, good_enough: int, worst: int) -> _Choice | None:
    """The best choice of at most two pieces and signs that is better than `worst`."""
    options: list[_Option] = []
    for option in _options(cover):
        options.append(option)
        for choice in _signed((option,)):
            enough = _largest_rank(choice) == good_enough
            if enough and _determines_element(cover, choice):
                return choice
    ranked = [(_largest_rank(choice), choice) for choice in _choices(options)]
    possible = [item for item in ranked if good_enough <= item[0] < worst]
    possible.sort(key=lambda item: (item[0], _size(item[1])))
    for _, choice in possible[:_MAX_CHOICES]:
        if _determines_element(cover, choice):
            return choice
    return None


def _options(cover: Cover) -> Iterator[_Option]:
    """The pieces with different characters, each in as few coordinates as possible."""
    exponent = int(np.lcm.reduce(cover.table.orders))
    seen: set[tuple[Number, ...]] = set()
    for module in sorted(signed_modules(cover.table), key=lambda module: module.degree):
        for piece in pieces(module, exponent):
            if piece.character not in seen:
                seen.add(piece.character)
                yield _option(cover, piece)


def _option(cover: Cover, piece: Piece) -> _Option:
    table, ranks = cover.table, []
    for g in cover.numbers:
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
    """The number of reflections of the head and the letter that need most."""
    return max(
        ranks[sign == -1]
        for option, signs in choice
        for ranks, sign in zip(option.ranks, signs, strict=True)
    )


def _size(choice: _Choice) -> int:
    return sum(option.piece.module.degree for option, _ in choice)


def _determines_element(cover: Cover, choice: _Choice) -> bool:
    """Whether what acts as I on all pieces lies over the identity of the component's group."""
    products = cover.table.products
    acts_as_sign = [_scalars(option.piece) for option, _ in choice]
    letters = [
        (g, tuple(signs[letter] for _, signs in choice)) for letter, g in enumerate(cover.numbers)
    ]
    start: _CoverElement = (0, (1,) * len(choice))
    listed: set[_CoverElement] = {start}
    queue: list[_CoverElement] = [start]
    for g, signs in queue:
        if cover.over[g] and all(
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


def _head(
    component: Component, cover: Cover, part: tuple[_Option, tuple[int, ...]]
) -> Representation:
    option, signs = part
    matrices = [option.piece.matrix(g, sign) for g, sign in zip(cover.numbers, signs, strict=True)]
    text = f"dimension {option.piece.dimension} in {option.piece.module.degree} signed coordinates"
    return Representation(
        component.letters, tuple(matrices), text + (" with signs" if -1 in signs else "")
    )
