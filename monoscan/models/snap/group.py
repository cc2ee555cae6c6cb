"""A finite group of letters, and the orthogonal representation nearest to trained matrices.

K. Grove, H. Karcher and E. A. Ruh, Math. Ann. 211 (1974): a map of a finite group that is almost a
homomorphism is near to one, and averages lead there. Elements are numbered; the product of g and h
is g and then h, as letters are read, so a representation has r(g h) = r(h) r(g).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton
from monoscan.automata.monoid import transition_monoid

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MAX_ORDER: Final = 400
_ROUNDS: Final = 50
_EXACT: Final = 1e-9  # error of products below which a map counts as a representation


@final
@dataclass(frozen=True, eq=False)
class LetterGroup:
    """The group that the letters of an automaton generate.

    Attributes:
        products: [n, n], the number of g h; element 0 is the identity.
        letters: [L], the element of each letter.
        words: a word of numbers of letters for each element.
    """

    products: Integers
    letters: Integers
    words: tuple[tuple[int, ...], ...]

    def __len__(self) -> int:
        return len(self.products)

    @property
    def inverses(self) -> Integers:
        """[n], the inverse of each element."""
        found: Integers = np.argmin(self.products, 1)
        return found

    def order_of(self, element: int) -> int:
        """The least m with g^m = 1."""
        power, order = element, 1
        while power:
            power, order = int(self.products[power, element]), order + 1
        return order


def letter_group(automaton: Automaton) -> LetterGroup | None:
    """The group of a minimal automaton; None if some letter permutes no states.

    Raises:
        BudgetExceeded: If it has more than `MAX_ORDER` elements.

    >>> from monoscan.automata import get_language
    >>> len(letter_group(get_language("s3").build()))
    6
    >>> letter_group(get_language("flip-flop").build())
    """
    if any(len(set(images)) < automaton.n_states for images in automaton.table.T.tolist()):
        return None
    monoid = transition_monoid(automaton, MAX_ORDER)
    n, place = len(monoid), {letter: k for k, letter in enumerate(automaton.alphabet)}
    first, then = np.divmod(np.arange(n * n), n)
    return LetterGroup(
        monoid.products(first, then).reshape(n, n).astype(np.int64),
        np.array([monoid.index_of_word([letter]) for letter in automaton.alphabet]),
        tuple(tuple(place[letter] for letter in word) for word in monoid.words),
    )


def nearest_representation(steps: Floats, group: LetterGroup) -> Floats | None:
    """The orthogonal representation that averages of trained matrices lead to.

    Args:
        steps: [L, K, K], the trained matrix of each letter.
        group: The group.

    Returns:
        [n, K, K], the matrix of each element; None if the averages lead to none.

    >>> from monoscan.automata import get_language
    >>> group = letter_group(get_language("parity").build())
    >>> nearest_representation(np.array([[[1.02]], [[-0.9]]]), group).ravel().tolist()
    [1.0, -1.0]
    """
    size = steps.shape[-1]
    nearest = _orthogonal(steps)
    found = np.empty((len(group), size, size))
    for element, word in enumerate(group.words):
        matrix = np.eye(size)
        for letter in word:
            matrix = nearest[letter] @ matrix
        found[element] = matrix
    for _ in range(_ROUNDS):
        averages = np.empty_like(found)
        for element in range(len(group)):
            # r(g h) r(g)^-1 for all g is r(h), if r is a representation.
            after = found[group.products[:, element]]
            averages[element] = (after @ found.mT).mean(0)
        following = _orthogonal(averages)
        error = float(np.abs(following - averages).max())
        found = following
        if error < _EXACT:
            return found
    return None


def _orthogonal(matrices: Floats) -> Floats:
    """The nearest orthogonal matrices."""
    left, _, right = np.linalg.svd(matrices)
    found: Floats = left @ right
    return found


def invariant_parts(matrices: Floats, seed: int = 0) -> list[Floats]:
    """Orthonormal bases [K, d] of irreducible parts whose sum is the whole space.

    A symmetric matrix that commutes with the representation, and is generic, has those parts as
    its eigenspaces.

    Args:
        matrices: [n, K, K], an orthogonal representation.
        seed: Of the generic matrix.
    """
    size = matrices.shape[-1]
    free = np.random.default_rng(seed).standard_normal((size, size))
    mean = (matrices.mT @ (free + free.T) @ matrices).mean(0)
    values, vectors = np.linalg.eigh(mean)
    cuts = np.flatnonzero(np.diff(values) > 1e-6 * max(1.0, float(np.abs(values).max()))) + 1
    return [part for part in np.split(vectors, cuts, axis=1) if part.shape[1]]
