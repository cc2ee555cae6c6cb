"""Permutations of the points 1, 2, ..., and how they are written: in cycles, as ``(1,2,3)(4,5)``.

The identity is ``()``. Products go from left to right: ``g * h`` first does g, then h.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import final

from monoscan.automata.errors import AutomatonError, point_at

MAX_POINTS = 1_000


class PermutationError(AutomatonError):
    """Something that is no permutation, or no way to write one."""


@final
@dataclass(frozen=True)
class Permutation:
    """A permutation of the points 1..n.

    Attributes:
        images: The image of 1, of 2, ..., of n.

    Raises:
        PermutationError: If the images are not the numbers 1..n in some order.

    >>> str(Permutation((2, 3, 1)) * Permutation((2, 1, 3)))
    '(2,3)'
    """

    images: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.images) > MAX_POINTS:
            raise PermutationError(
                f"{len(self.images)} points are given; at most {MAX_POINTS} are allowed"
            )
        seen: dict[object, int] = {}
        for point, image in enumerate(self.images, start=1):
            if type(image) is not int or not 1 <= image <= len(self.images):
                raise PermutationError(
                    f"{self.images} is no permutation: the image of {point} is {image!r}; images "
                    f"are the numbers 1..{len(self.images)} in some order"
                )
            if image in seen:
                raise PermutationError(
                    f"{self.images} is no permutation: {seen[image]} and {point} have the same "
                    f"image {image}"
                )
            seen[image] = point

    @property
    def degree(self) -> int:
        """The number of points."""
        return len(self.images)

    def cycles(self) -> tuple[tuple[int, ...], ...]:
        """The cycles of length at least 2, each from its smallest point, in order of these.

        >>> Permutation((2, 1, 3, 5, 4)).cycles()
        ((1, 2), (4, 5))
        """
        return _cycles(self.images)

    def extended(self, degree: int) -> Permutation:
        """The same permutation of more points; the new ones stay where they are."""
        return Permutation((*self.images, *range(self.degree + 1, degree + 1)))

    def __mul__(self, other: Permutation) -> Permutation:
        """First this permutation, then the other; both on equally many points."""
        if self.degree != other.degree:
            raise PermutationError(
                f"{self} moves {self.degree} points and {other} {other.degree}; "
                "make them equal with extended(...)"
            )
        return Permutation(tuple(other.images[image - 1] for image in self.images))

    def __str__(self) -> str:
        return cycle_notation(self.images)


def parse_permutation(text: str, degree: int | None = None) -> Permutation:
    """Reads a permutation in cycle notation, as ``(1,2,3)(4,5)`` or ``(1 2 3)(4 5)``.

    Args:
        text: Disjoint cycles; ``()`` or the empty text is the identity.
        degree: The number of points; None takes the largest point that occurs.

    Raises:
        PermutationError: If the text is malformed, a point occurs twice or is beyond the degree.
            The message points at the place.

    >>> parse_permutation("(1 2)(4 5)").images
    (2, 1, 3, 5, 4)
    """
    return _permutation(text, 0, len(text), degree)


def parse_permutations(text: str) -> tuple[Permutation, ...]:
    """Reads several permutations with commas between them, as ``(1 2 3)(4 5),(1 2)``.

    Raises:
        PermutationError: As `parse_permutation`, or if there is none between two commas.

    >>> [str(permutation) for permutation in parse_permutations("(1 2 3), (1 2)(3 4)")]
    ['(1,2,3)', '(1,2)(3,4)']
    """
    found: list[Permutation] = []
    begin = 0
    for end in [*_commas_outside(text), len(text)]:
        if not text[begin:end].strip():
            raise _permutation_error(
                "a permutation is missing here; the identity is written ()", text, begin
            )
        found.append(_permutation(text, begin, end, None))
        begin = end + 1
    return tuple(found)


def _commas_outside(text: str) -> list[int]:
    """Where commas stand outside of parentheses."""
    depth, places = 0, []
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and depth <= 0:
            places.append(place)
    return places


_CYCLES = re.compile(r"(\s*\([\d\s,]*\))*\s*")
_READABLE = re.compile(r"(\s*\([\d\s,]*\))*\s*(\([\d\s,]*)?")
_CYCLE = re.compile(r"\(([^)]*)\)")


def _permutation(text: str, begin: int, end: int, degree: int | None) -> Permutation:
    """The permutation in a part of a text; errors point into the whole text."""
    if not _CYCLES.fullmatch(text, begin, end):
        bad = _READABLE.match(text, begin, end)
        raise _permutation_error(
            "a permutation is written in cycles of points 1, 2, ..., as (1,2,3)(4,5)",
            text,
            bad.end() if bad else begin,
        )
    images: dict[int, int] = {}
    for cycle in _CYCLE.finditer(text, begin, end):
        points = _points_of_cycle(cycle, text, degree)
        for place, point in enumerate(points):
            if point in images:
                raise _permutation_error(
                    f"point {point} is in two cycles; cycles are disjoint. For their product, "
                    "multiply the permutations",
                    text,
                    cycle.start(),
                )
            images[point] = points[(place + 1) % len(points)]
    size = max(images, default=0) if degree is None else degree
    return Permutation(tuple(images.get(point, point) for point in range(1, size + 1)))


def _points_of_cycle(cycle: re.Match[str], text: str, degree: int | None) -> list[int]:
    inner, begin = cycle.group(1), cycle.start(1)
    if inner.strip() and not re.fullmatch(r"\s*\d+(\s*,\s*\d+|\s+\d+)*\s*", inner):
        raise _permutation_error("put one comma or blank between points", text, begin)
    largest = MAX_POINTS if degree is None else degree
    points: list[int] = []
    for match in re.finditer(r"\d+", inner):
        digits = match.group().lstrip("0")
        if not digits or len(digits) > len(str(largest)) or int(digits) > largest:
            raise _permutation_error(
                f"points are the numbers 1..{largest}", text, begin + match.start()
            )
        if int(digits) in points:
            raise _permutation_error(
                f"point {digits} occurs twice in this cycle", text, begin + match.start()
            )
        points.append(int(digits))
    return points


def _cycles(images: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    seen: set[int] = set()
    for start in range(1, len(images) + 1):
        cycle: list[int] = []
        point = start
        while point not in seen:
            seen.add(point)
            cycle.append(point)
            point = images[point - 1]
        if len(cycle) > 1:
            found.append(tuple(cycle))
    return tuple(found)


def cycle_notation(images: Sequence[int]) -> str:
    """The permutation with these images of 1, 2, ... in cycles, each from its smallest point.

    >>> cycle_notation((2, 1, 3))
    '(1,2)'
    """
    return "".join(f"({','.join(map(str, cycle))})" for cycle in _cycles(images)) or "()"


def _permutation_error(problem: str, text: str, position: int) -> PermutationError:
    return PermutationError(f"{problem}\n{point_at(text, position)}")
