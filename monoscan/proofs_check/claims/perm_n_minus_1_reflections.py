"""Permutation matrices as products of n - #cycles reflections, the least number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

from monoscan.proofs_check.certificates.matrix_fact import IsProduct, RankOfGap, matrix_fact
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.short_products import short_products
from monoscan.proofs_check.claim import EvidenceMissingError, Row, claim
from monoscan.proofs_check.matrix_identities import reflection_moves
from monoscan.proofs_check.matrix_rows import identities, instances
from monoscan.theory.factor import permutation_matrix, reflections
from monoscan.theory.numbers import number
from monoscan.theory.transition import Householder

_LEAST = (
    "A permutation matrix is a product of n - #cycles reflections, and of no fewer factors of any "
    "rank-one kind"
)
_SWAPS = "With swaps of two points alone every permutation is a product of n - #cycles, no fewer"
_DEGREES = (2, 3, 4, 5, 6)


@claim(
    statement=(
        "A permutation matrix of n points is a product of n - #cycles reflections, so of at most "
        "n - 1; fewer generalised Householder factors do not suffice."
    ),
    sources=(
        "Grazzi, Siems et al., arXiv 2411.12537v5, Proposition 1 (2) (n - 1 reflections)",
        "P. Scherk, On the decomposition of orthogonalities into symmetries, 1950",
    ),
    provenance="the proposition is read in print; Scherk's theorem is cited; the ranks are ours",
    tags=("matrix-fact", "householder", "groups"),
)
def perm_n_minus_1_reflections() -> tuple[Row, ...]:
    """The rows: all small permutations, one of each cycle type, swaps alone, the erratum."""
    return (
        instances(
            "up-to-4-points",
            _LEAST,
            "all 33 permutations of 1, 2, 3 and 4 points",
            lambda: _certificates([p for n in (1, 2, 3, 4) for p in permutations(range(n))]),
            33,
            "factors multiplied out; rank(I - A) = n - #cycles",
        ),
        instances(
            "cycle-types",
            _LEAST,
            "one permutation of each cycle type of 5, 6 and 7 points (7, 11, 15)",
            lambda: _certificates([of_cycle_type(t) for n in (5, 6, 7) for t in partitions(n)]),
            33,
            "factors multiplied out; rank(I - A) = n - #cycles",
        ),
        identities(
            "all-sizes",
            _LEAST,
            "all n",
            lambda: reflection_moves(3, "scherk"),
            "the step of the factorisation, in dimension 3; scherk",
            lemma="scherk",
        ),
        instances(
            "swaps",
            _SWAPS,
            "all permutations of n points, n = 2 to 6",
            lambda: {f"degree-{n}": _by_swaps(n) for n in _DEGREES},
            len(_DEGREES),
            "all products listed; at most n - 1 swaps",
            kind="short-products",
        ),
        instances(
            "displaced-points",
            "(1 2)(3 4) moves 4 points, but needs 2 reflections, not 4 - 1",
            "n = 4",
            lambda: {"": _certificate((1, 0, 3, 2))},
            1,
            "two swaps; rank(I - A) = 2",
        ),
    )


def partitions(n: int, largest: int | None = None) -> Iterator[tuple[int, ...]]:
    """The cycle types of n points, each in descending order.

    >>> list(partitions(3))
    [(3,), (2, 1), (1, 1, 1)]
    """
    if n == 0:
        yield ()
        return
    for first in range(min(n, n if largest is None else largest), 0, -1):
        for rest in partitions(n - first, first):
            yield (first, *rest)


def of_cycle_type(lengths: Sequence[int]) -> tuple[int, ...]:
    """The permutation with cycles of these lengths on consecutive points.

    >>> of_cycle_type((2, 1))
    (1, 0, 2)
    """
    images: list[int] = []
    for length in lengths:
        start = len(images)
        images += [start + (i + 1) % length for i in range(length)]
    return tuple(images)


def n_cycles(images: Sequence[int]) -> int:
    """The number of cycles, fixed points counted.

    >>> n_cycles((1, 0, 2))
    2
    """
    left = set(range(len(images)))
    count = 0
    while left:
        point, count = left.pop(), count + 1
        while (point := images[point]) in left:
            left.remove(point)
    return count


def _certificates(listed: Sequence[tuple[int, ...]]) -> dict[str, Certificate]:
    return {"-".join(str(i + 1) for i in images): _certificate(images) for images in listed}


def _certificate(images: Sequence[int]) -> Certificate:
    matrix = permutation_matrix(images)
    factors, length = reflections(matrix), len(images) - n_cycles(images)
    if len(factors) != length:
        raise EvidenceMissingError(f"expected {length} reflections of {images}; found {factors}")
    return matrix_fact(matrix, [IsProduct(factors, "factors-in-0-2"), RankOfGap(length)])


def _by_swaps(degree: int) -> Certificate:
    return short_products(all_swaps(degree), "permutations", "factors-in-0-2")


def all_swaps(degree: int) -> list[Householder]:
    """The reflections along e_i - e_j for all i < j.

    >>> [[int(x) for x in swap.v] for swap in all_swaps(3)]
    [[1, -1, 0], [1, 0, -1], [0, 1, -1]]
    """
    swaps: list[Householder] = []
    for i, j in combinations(range(degree), 2):
        v = [number(int(k == i) - int(k == j)) for k in range(degree)]
        swaps.append(Householder(tuple(v), number(2)))
    return swaps
