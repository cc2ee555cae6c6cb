"""Permutations of the points 0..n-1, written as the tuples of the images of the points."""

from __future__ import annotations

from typing import TypeAlias

Permutation: TypeAlias = tuple[int, ...]


def then(first: Permutation, second: Permutation) -> Permutation:
    """The permutation "first, then second".

    >>> then((1, 2, 0), (0, 2, 1))
    (2, 1, 0)
    """
    return tuple([second[point] for point in first])


def inverse(permutation: Permutation) -> Permutation:
    """The inverse of a permutation.

    >>> inverse((1, 2, 0))
    (2, 0, 1)
    """
    images = [0] * len(permutation)
    for point, image in enumerate(permutation):
        images[image] = point
    return tuple(images)


def commutator(first: Permutation, second: Permutation) -> Permutation:
    """What is left of both, when first both inverses act and then both permutations.

    >>> commutator((1, 2, 0, 3), (1, 0, 2, 3))
    (1, 2, 0, 3)
    """
    return then(then(inverse(first), inverse(second)), then(first, second))


def conjugate(permutation: Permutation, by: Permutation) -> Permutation:
    """The permutation that does to the image of each point what the given one does to the point.

    >>> conjugate((1, 0, 2), by=(1, 2, 0))
    (0, 2, 1)
    """
    images = [0] * len(by)
    for point, image in enumerate(permutation):
        images[by[point]] = by[image]
    return tuple(images)


def nth_power(permutation: Permutation, exponent: int) -> Permutation:
    """The permutation, so many times, at least 0.

    >>> nth_power((1, 2, 3, 4, 0), 3)
    (3, 4, 0, 1, 2)
    """
    result = tuple(range(len(permutation)))
    while exponent:
        if exponent & 1:
            result = then(result, permutation)
        permutation, exponent = then(permutation, permutation), exponent >> 1
    return result
