"""`short-products` and `exhaustive-copy`: whole finite sets that the checker lists again."""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial
from typing import Literal, TypeAlias

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.lrnn_json import transition_to_json
from monoscan.theory.transition import DiagonalPlusRankOne, Householder, transition_matrix

MapSet: TypeAlias = Literal["permutations", "one-hot-columns"]
FactorRange: TypeAlias = Literal["any", "factors-in-0-2", "diagonal-plus-rank-one"]


def short_products(
    factors: Sequence[Householder | DiagonalPlusRankOne], among: MapSet, range_name: FactorRange
) -> Certificate:
    """The certificate of how many factors each 0/1 matrix of a set needs.

    Args:
        factors: matrices with one 1 in each column and otherwise 0, all of one size n.
        among: `permutations` (of n points) or `one-hot-columns` (all n^n such matrices).
        range_name: a property that each factor has.

    Raises:
        ValueError: if there is no factor, a factor is no such matrix, or a matrix of the set is
            no product of the factors.

    >>> from monoscan.theory.numbers import number
    >>> swap = Householder((number(1), number(-1)), number(2))
    >>> short_products([swap], "permutations", "factors-in-0-2").body["lengths"]
    ['1', '1']
    """
    from monoscan.theory.factor import matrix_map  # few claims need it

    if not factors:
        raise ValueError("products are made of factors; give at least one")
    maps = [matrix_map(transition_matrix(factor)) for factor in factors]
    lengths = map_lengths(maps)
    size = len(maps[0])
    expected = factorial(size) if among == "permutations" else size**size
    if sum(lengths) != expected:
        raise ValueError(
            f"the factors generate {sum(lengths)} maps, expected {expected} ({among} of {size} "
            "points); add the factors that are missing"
        )
    return Certificate.of(
        "short-products",
        {
            "set": among,
            "range": range_name,
            "factors": [transition_to_json(factor, 1) for factor in factors],
            "lengths": [str(count) for count in lengths],
        },
    )


def map_lengths(maps: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    """For k = 0, 1, ...: how many maps are compositions of k of the given ones, and of no fewer.

    Args:
        maps: at least one; the images of 0, ..., n-1 under each.

    >>> map_lengths([(1, 0, 2), (0, 2, 1)])
    (1, 2, 2, 1)
    """
    newest = {tuple(range(len(maps[0])))}
    seen = set(newest)
    counts: list[int] = []
    while newest:
        counts.append(len(newest))
        newest = {tuple(map(f.__getitem__, g)) for g in newest for f in maps} - seen
        seen |= newest
    return tuple(counts)


def exhaustive_copy(letters: int, length: int, states: int) -> Certificate:
    """The certificate of how many words a memory can give back at most.

    Args:
        letters: size of the alphabet.
        length: of the words.
        states: of the memory.

    >>> exhaustive_copy(2, 2, 3).body["most-copied"]
    '3'
    """
    words = letters**length
    return Certificate.of(
        "exhaustive-copy",
        {
            "letters": str(letters),
            "length": str(length),
            "states": str(states),
            "encoders": str(states**words),
            "most-copied": str(min(states, words)),
        },
    )
