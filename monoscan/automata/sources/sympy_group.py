"""Permutations and permutation groups of sympy, read by their attributes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from monoscan.automata.sources.cycle_notation import Permutation


class SympyPermutation(Protocol):
    """A permutation of the points 0, 1, ..., as sympy has it."""

    @property
    def array_form(self) -> Sequence[int]:
        """The images of the points."""
        ...


class SympyGroup(Protocol):
    """A permutation group of sympy."""

    @property
    def generators(self) -> Sequence[SympyPermutation]:
        """Permutations that generate the group."""
        ...


def from_sympy_permutation(permutation: SympyPermutation) -> Permutation:
    """A permutation of sympy; its points 0, 1, ... become 1, 2, ...

    Products go from left to right in both: ``p * q`` first does p.

    Raises:
        PermutationError: If there are too many points.

    >>> from sympy.combinatorics import Permutation as Other
    >>> p, q = Other([1, 2, 0]), Other([1, 0, 2])
    >>> str(from_sympy_permutation(p)), str(from_sympy_permutation(p * q))
    ('(1,2,3)', '(2,3)')
    """
    return Permutation(tuple(int(image) + 1 for image in permutation.array_form))


def from_sympy_group(group: SympyGroup) -> tuple[Permutation, ...]:
    """The generators of a permutation group of sympy.

    >>> from sympy.combinatorics.named_groups import SymmetricGroup
    >>> [str(permutation) for permutation in from_sympy_group(SymmetricGroup(3))]
    ['(1,2,3)', '(1,2)']
    """
    return tuple(map(from_sympy_permutation, group.generators))
