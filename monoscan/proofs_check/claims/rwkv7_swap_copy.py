"""Every 0/1 matrix with one 1 in each column as a product of RWKV-7 swaps and copies."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from monoscan.proofs_check.certificates.identity import Equal, constant, dot, identity, variables
from monoscan.proofs_check.certificates.matrix_fact import (
    IsProduct,
    NormAboveOne,
    RankOfGap,
    matrix_fact,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.short_products import short_products
from monoscan.proofs_check.claim import EvidenceMissingError, Row, claim
from monoscan.proofs_check.matrix_rows import identities, instances
from monoscan.theory.factor import SwapCopy, map_matrix

_SIZES = (2, 3, 4, 5)
_FEWEST = (
    "The matrix of a map f is a product of n - #components of f swaps and copies, and of no fewer "
    "factors I - (a matrix of rank 1)"
)


@claim(
    statement=(
        "Swaps and copies are RWKV-7 transitions diag(w) - c k (k o a)^T / (k.k) with w = 1 and "
        "c = 2, and every n x n matrix with one 1 and otherwise 0 in each column is a product of "
        "at most n of them; n - 1 are enough."
    ),
    sources=("Peng et al., arXiv 2503.14456, appendix D, Lemma 3 (n factors)",),
    provenance=(
        "the lemma is second hand (statement known, proof rebuilt); that n - 1 are enough, and the "
        "least number for each map, are our own"
    ),
    tags=("matrix-fact", "rwkv-7", "construction"),
)
def rwkv7_swap_copy() -> tuple[Row, ...]:
    """The rows: all maps of few points, the least numbers, all sizes, and the norm of a copy."""
    return (
        instances(
            "all-maps",
            "All n^n matrices with one 1 in each column are products of at most n - 1 swaps and "
            "copies of RWKV-7 with w = 1 and c = 2",
            "n = 2 to 5: 4, 27, 256 and 3,125 matrices",
            lambda: {f"size-{n}": _all_maps(n) for n in _SIZES},
            len(_SIZES),
            "all products listed, by their least number of swaps and copies",
            kind="short-products",
        ),
        instances(
            "least-number",
            _FEWEST,
            "all 31 maps of 2 and of 3 points",
            lambda: _least_numbers((2, 3)),
            31,
            "factors multiplied out; rank(I - A) = n - #components",
        ),
        identities(
            "all-sizes",
            _FEWEST,
            "all n",
            _moves,
            "what a swap and a copy do to a vector; swap-copy-products",
            lemma="swap-copy-products",
        ),
        instances(
            "copy-grows",
            "A copy has norm above 1 (Householder factors with beta in [0, 2] and their products "
            "do not)",
            "n = 2: e_1 and e_2 go to e_2",
            lambda: {"": _copy()},
            1,
            "the vector (1, 1) grows",
        ),
    )


def swaps_and_copies_of(size: int) -> list[SwapCopy]:
    """All swaps and copies of n coordinates: n(n - 1)/2 and n(n - 1).

    >>> len(swaps_and_copies_of(3))
    9
    """
    pairs = [(i, j) for i in range(size) for j in range(size) if i != j]
    swaps = [SwapCopy("swap", size, i, j) for i, j in pairs if i < j]
    return [*swaps, *(SwapCopy("copy", size, i, j) for i, j in pairs)]


def fewest_swaps_and_copies(images: Sequence[int]) -> tuple[SwapCopy, ...]:
    """A map f of n points as F_1 ... F_m with m = n - #components of f; F_1 is applied last.

    A point of each preimage represents it, one on a cycle of f if there is one. The others are
    copied to their representatives; then the permutation that takes the representatives to their
    images, and the end of each path of them to its start, is a product of swaps.

    Args:
        images: the images of 0, ..., n-1.

    >>> [(f.kind, f.source, f.target) for f in fewest_swaps_and_copies((1, 0, 0))]
    [('swap', 0, 1), ('copy', 2, 1)]
    """
    size = len(images)
    cyclic = set(range(size))
    while (further := {images[x] for x in cyclic}) != cyclic:
        cyclic = further
    # Later entries win: points on cycles stand last.
    chosen = {images[x]: x for x in sorted(range(size), key=cyclic.__contains__)}
    copies = [
        SwapCopy("copy", size, x, chosen[images[x]]) for x in range(size) if chosen[images[x]] != x
    ]
    permuted = _closed({x: y for y, x in chosen.items()}, size)
    swaps: list[SwapCopy] = []
    for x in range(size):
        while (y := permuted[x]) != x:
            swaps.append(SwapCopy("swap", size, x, y))
            permuted = [{x: y, y: x}.get(z, z) for z in permuted]
    return (*swaps, *copies)


def _closed(moved: dict[int, int], size: int) -> list[int]:
    """A partial one-to-one map as a permutation: the end of each path goes to its start."""
    back = {y: x for x, y in moved.items()}
    for end in range(size):
        if end not in moved:
            start = end
            while start in back:
                start = back[start]
            moved[end] = start
    return [moved[x] for x in range(size)]


def _n_components(images: Sequence[int]) -> int:
    """The number of cycles of the map, one in each component of the graph x -> f(x)."""
    cyclic = set(range(len(images)))
    while (further := {images[x] for x in cyclic}) != cyclic:
        cyclic = further
    count = 0
    while cyclic:
        point, count = cyclic.pop(), count + 1
        while (point := images[point]) in cyclic:
            cyclic.remove(point)
    return count


def _least_numbers(sizes: Sequence[int]) -> dict[str, Certificate]:
    made: dict[str, Certificate] = {}
    for images in (f for n in sizes for f in product(range(n), repeat=n)):
        found, least = fewest_swaps_and_copies(images), len(images) - _n_components(images)
        if len(found) != least:
            raise EvidenceMissingError(f"expected {least} factors of {images}; found {found}")
        listed = IsProduct(tuple(factor.transition() for factor in found))
        name = "-".join(str(image + 1) for image in images)
        made[name] = matrix_fact(map_matrix(images), [listed, RankOfGap(least)])
    return made


def _all_maps(size: int) -> Certificate:
    listed = [factor.transition() for factor in swaps_and_copies_of(size)]
    certificate = short_products(listed, "one-hot-columns", "diagonal-plus-rank-one")
    if len(certificate.body["lengths"]) != size:
        raise EvidenceMissingError(
            f"expected at most {size - 1} factors; found {certificate.body['lengths']}"
        )
    return certificate


def _moves() -> Certificate:
    """With k = e_1 - e_2, c = 2: x - k (k o a).x is (y, x) for a = (1, 1), (0, x + y) for e_1."""
    x, y = variables("x", "y")
    one, zero = constant(1), constant(0)
    key = (one, -one)

    def moved(gate: tuple[int, int]) -> list[Equal]:
        scaled = dot([k * a for k, a in zip(key, gate, strict=True)], (x, y))
        images = (y, x) if gate == (1, 1) else (zero, x + y)
        return [
            Equal(entry - k * scaled, image)
            for entry, k, image in zip((x, y), key, images, strict=True)
        ]

    return identity([x, y], [*moved((1, 1)), *moved((1, 0))], lemma="swap-copy-products")


def _copy() -> Certificate:
    factor = SwapCopy("copy", 2, 0, 1)
    grows = NormAboveOne((Fraction(1), Fraction(1)))
    return matrix_fact(map_matrix((1, 1)), [IsProduct((factor.transition(),)), grows])
