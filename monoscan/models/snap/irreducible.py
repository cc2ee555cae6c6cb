"""Irreducible representations of a letter group in exact numbers.

The orbit of a vector v that a subgroup H fixes is numbered by the cosets H g. By Schur's lemma the
inner products of its n vectors, times d / n, are a projection P of rank d that commutes with the
permutations of the cosets; so P R^n is the representation, exactly, and a letter is
P (permutation) + (I - P) there. Where H fixes one direction only, the inner products are sums of
the character over cosets, and the character is a sum of roots of unity: the eigenvalues of a matrix
of order m are m-th roots, so that rounding their angles gives them exactly. Whether P is a
projection is then checked in exact numbers; nothing rests on the rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Final, final

import numpy as np

from monoscan.models.snap.group import Floats, Integers, LetterGroup
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number, cosine

MAX_POINTS: Final = 24
_CLOSE: Final = 1e-6


@final
@dataclass(frozen=True, eq=False)
class ExactPart:
    """An irreducible representation, exactly, as a part of R^n.

    Attributes:
        dimension: d.
        letters: for each letter its matrix, n x n, orthogonal; it is I outside the part.
        projection: P, n x n of rank d, onto the part.
        embedding: [K, n], takes P R^n isometrically onto the trained part.
    """

    dimension: int
    letters: tuple[Matrix, ...]
    projection: Matrix
    embedding: Floats


def exact_part(matrices: Floats, basis: Floats, group: LetterGroup) -> ExactPart | None:
    """The exact form of an irreducible part of a representation.

    Args:
        matrices: [n, K, K], the representation.
        basis: [K, d], an orthonormal basis of the part.
        group: The group.

    Returns:
        The exact form with the fewest cosets; None if there is none with at most `MAX_POINTS`.
    """
    own = basis.T @ matrices @ basis
    character = [_trace(own[g], group.order_of(g)) for g in range(len(group))]
    if any(value is None for value in character):
        return None
    exact = [value for value in character if value is not None]
    if basis.shape[1] == 1:
        signs = tuple(Matrix.of([[exact[letter]]]) for letter in group.letters)
        return ExactPart(1, signs, Matrix.identity(1), basis)
    for vector, subgroup in _fixed_vectors(own, group):
        found = _on_cosets(exact, subgroup, group, basis.shape[1])
        if found is None:
            continue
        letters, projection, firsts = found
        n = len(firsts)
        orbit = (own[firsts] @ vector).T * (basis.shape[1] / n) ** 0.5
        return ExactPart(basis.shape[1], letters, projection, basis @ orbit)
    return None


def _trace(matrix: Floats, order: int) -> Number | None:
    """The exact trace of a matrix whose order is known; None if its eigenvalues are no roots."""
    turns = np.angle(np.linalg.eigvals(matrix)) * order / (2 * np.pi)
    if np.abs(turns - np.rint(turns)).max() > 1e-3:
        return None
    return _sum_of_cosines(tuple(sorted(abs(int(k)) for k in np.rint(turns))), order)


@lru_cache(maxsize=1024)
def _sum_of_cosines(turns: tuple[int, ...], order: int) -> Number:
    return sum((cosine(k, order) for k in turns), ZERO)


def _fixed_vectors(own: Floats, group: LetterGroup) -> list[tuple[Floats, Integers]]:
    """Vectors with the subgroups that fix them, those with few cosets first."""
    found: dict[tuple[int, ...], tuple[Floats, Integers]] = {}
    n = len(group)
    candidates = [_generated((g,), group) for g in range(n)]
    if own.shape[-1] > 1:
        rng = np.random.default_rng(0)
        pairs = rng.integers(1, n, (60, 2)) if n > 2 else np.empty((0, 2), dtype=np.int64)
        candidates += [_generated((int(g), int(h)), group) for g, h in pairs]
    for subgroup in {tuple(c): c for c in candidates}.values():
        mean = own[subgroup].mean(0)
        values, vectors = np.linalg.eigh((mean + mean.T) / 2)
        if values[-1] < 1 - _CLOSE:
            continue
        vector = vectors[:, -1]
        if len(values) > 1 and values[-2] > 1 - _CLOSE:
            stabiliser = subgroup  # of a plane or more; the exact check says whether it will do
        else:
            stabiliser = np.flatnonzero(np.abs(own @ vector - vector).max(1) < _CLOSE)
        found.setdefault(tuple(stabiliser.tolist()), (vector, stabiliser))
    fitting = [pair for pair in found.values() if n // len(pair[1]) <= MAX_POINTS]
    return sorted(fitting, key=lambda pair: -len(pair[1]))


def _generated(generators: tuple[int, ...], group: LetterGroup) -> Integers:
    seen, queue = {0}, [0]
    for element in queue:
        for generator in generators:
            after = int(group.products[element, generator])
            if after not in seen:
                seen.add(after)
                queue.append(after)
    return np.array(sorted(seen))


def _on_cosets(
    character: list[Number], subgroup: Integers, group: LetterGroup, dimension: int
) -> tuple[tuple[Matrix, ...], Matrix, Integers] | None:
    """The matrices of the letters, the projection, and an element of each coset H g."""
    coset = np.full(len(group), -1)
    firsts: list[int] = []
    for element in range(len(group)):
        if coset[element] < 0:
            coset[group.products[subgroup, element]] = len(firsts)
            firsts.append(element)
    n = len(firsts)
    fixed = sum((character[h] for h in subgroup), ZERO)
    if not fixed:
        return None
    inverses = group.inverses
    scale = Fraction(dimension, n)

    @cache
    def entry(element: int) -> Number:
        total = sum((character[g] for g in group.products[element, subgroup]), ZERO)
        return total / fixed * scale

    rows = [[entry(int(group.products[i, inverses[j]])) for j in firsts] for i in firsts]
    projection = Matrix.of(rows)
    if projection @ projection != projection or projection.trace() != dimension:
        return None
    rest = Matrix.identity(n) - projection
    letters = []
    for letter in group.letters:
        images = coset[group.products[firsts, letter]]
        moves = Matrix.of([[int(images[j] == i) for j in range(n)] for i in range(n)])
        if moves @ projection != projection @ moves:
            return None
        letters.append(moves @ projection + rest)
    return tuple(letters), projection, np.array(firsts)
