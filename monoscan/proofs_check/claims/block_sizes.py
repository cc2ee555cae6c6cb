"""Block-diagonal matrices: what blocks of size b track in one layer, and what bounds them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from itertools import permutations

from monoscan.automata import Automaton
from monoscan.automata.sources import group_word_problem
from monoscan.proofs_check.certificates.identity import (
    Equal,
    Expression,
    constant,
    dot,
    identity,
    total,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.claims.unit_quaternions import a5, s4
from monoscan.proofs_check.matrix_identities import Grid, vector
from monoscan.proofs_check.matrix_rows import identities, instances
from monoscan.proofs_check.rows import about_network, built, obstructed, open_row, recognises
from monoscan.theory.constructions.published.one_layer import one_layer
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Dense

_TRACKS = "One layer of one block tracks the group"
_NEEDS = "Smaller blocks do not, in one layer, however many there are"
_FIXED = (
    "A layer with blocks of one size b and no inputs has a linear relation between the states "
    "after the orders of 2 b letters"
)
_LARGER = "Blocks of size b + 1 do not satisfy that relation"
_ALL = "The relation holds for every b (Amitsur and Levitzki)"
_DENSE = "Block-diagonal layers approximate whatever dense ones do"


@claim(
    statement=(
        "In block-diagonal layers with finitely many states the size b of the real blocks bounds "
        "what one layer tracks: b = 2 suffices for dihedral groups, A5 and S4 need 3, S5 needs 4; "
        "and for each fixed b linear "
        "read-outs of all such layers without inputs satisfy one relation that larger blocks "
        "violate."
    ),
    sources=(
        "Walker et al., arXiv 2505.17761 (SLiCEs), on what block-diagonal layers approximate",
        "Amitsur and Levitzki, Minimal identities for algebras, 1950",
    ),
    provenance=(
        "the abstract of the first is read, not its proof; the networks are proved by their "
        "certificates, the bounds on sizes in words on this page, the relations by identities"
    ),
    tags=("groups", "one-layer"),
)
def block_sizes() -> tuple[Row, ...]:
    """The rows: networks with blocks of 2, 3 and 4, what is too small, and relations."""
    return (
        recognises(
            "d5-size-2",
            _TRACKS,
            "one block of size 2: the dihedral group of 10 elements",
            built("dihedral-one-layer", "d5"),
            "d5",
            depth=1,
        ),
        *(
            recognises(
                f"{key}-size-3",
                _TRACKS,
                f"one block of size 3: {words}",
                built("so3-groups-two-gh", target),
                target,
                depth=1,
            )
            for key, words, target in (("s4", "S4 by two letters", s4), ("a5", "A5 by two", a5))
        ),
        about_network(
            recognises(
                "s5-size-4",
                _TRACKS,
                "one block of size 4 with entries 0, 1 and -1: S5 by two letters",
                _permuted_points,
                s5,
                depth=1,
            ),
            _permuted_points,
        ),
        obstructed(
            "d5-size-1",
            _NEEDS,
            "blocks of size 1, complex entries of modulus at most 1: D5",
            "diagonal-complex",
            "diagonal-derived-length",
            "d5",
            depth=1,
        ),
        *(
            open_row(
                f"{name}-smaller",
                _NEEDS,
                f"real blocks of size {size}, one layer: {name.upper()}",
                "exact",
                "proved in words on the claim's page; there is no lemma of the checker for it",
            )
            for name, size in (("s4", 2), ("a5", 2), ("s5", 3))
        ),
        *(
            identities(
                f"relation-{size}",
                _FIXED,
                f"all blocks of size {size}: {2 * size} letters, {words}",
                partial(_standard_identity, size),
                "the signed sum over all orders of the letters, entry by entry",
            )
            for size, words in ((1, "2 orders"), (2, "24 orders"))
        ),
        instances(
            "violated",
            _LARGER,
            "the signed sum of two letters is not 0 for matrices of size 2, nor that of four "
            "letters for size 3",
            _violations,
            2,
            "the products of the letters in all orders, and their signed sum",
            kind="identity",
        ),
        open_row(
            "relation",
            _ALL,
            "blocks of any size b, 2 b letters",
            "exact",
            "cited (1950); the identities above are those of b = 1 and b = 2",
        ),
        open_row(
            "approximation",
            _DENSE,
            "block-diagonal layers in continuous time, wide enough",
            "exact",
            "cited (Walker et al.), a statement about limits. By the relation it cannot be about "
            "blocks of one fixed size; whether the paper says so is not confirmed here",
        ),
    )


@cache
def s5() -> Automaton:
    """S5 by a cycle of five points and a swap.

    >>> s5().n_states
    120
    """
    return group_word_problem(["(1 2 3 4 5)", "(1 2)"])


def _permuted_points() -> LRNN:
    """The letters permute e_1, ..., e_5 with sum 0; the state is in the basis e_i - e_5."""
    letters = [(1, 2, 3, 4, 0), (1, 0, 2, 3, 4)]
    start = Matrix.column([1, 2, 4, 8])
    return one_layer(s5(), start, [Dense(_without_last(letter)) for letter in letters])


def _without_last(images: Sequence[int]) -> Matrix:
    """What a permutation of points does to the differences to the last point.

    >>> print(_without_last((1, 2, 0)))
    [-1, -1; 1, 0]
    """
    size = len(images) - 1
    return Matrix.of(
        [
            [int(images[column] == row) - int(images[size] == row) for column in range(size)]
            for row in range(size)
        ]
    )


def _signed_orders(count: int) -> list[tuple[int, tuple[int, ...]]]:
    """All orders of so many letters, each with its sign.

    >>> _signed_orders(2)
    [(1, (0, 1)), (-1, (1, 0))]
    """
    found = []
    for order in permutations(range(count)):
        inversions = sum(order[i] > order[j] for j in range(count) for i in range(j))
        found.append(((-1) ** inversions, order))
    return found


def _product(left: Grid, right: Grid) -> Grid:
    return [[dot(row, column) for column in zip(*right, strict=True)] for row in left]


def _signed_sum(matrices: Sequence[Grid]) -> Grid:
    """The sum of sign times product over all orders of the matrices."""
    size = len(matrices[0])
    sums: list[list[list[Expression]]] = [[[] for _ in range(size)] for _ in range(size)]
    for sign, order in _signed_orders(len(matrices)):
        product = matrices[order[0]]
        for index in order[1:]:
            product = _product(product, matrices[index])
        for i in range(size):
            for j in range(size):
                sums[i][j].append(sign * product[i][j])
    return [[total(entry) for entry in row] for row in sums]


def _standard_identity(size: int) -> Certificate:
    names = [vector(f"x{letter}e", size * size) for letter in range(2 * size)]
    matrices = [[list(x[i * size : (i + 1) * size]) for i in range(size)] for x in names]
    steps = [Equal(entry, constant(0)) for row in _signed_sum(matrices) for entry in row]
    return identity([entry for x in names for entry in x], steps)


def _violations() -> dict[str, Certificate]:
    """Matrices with one entry 1: only one of the orders of their product is not 0."""
    return {
        f"size-{size}": _violation(size, places)
        for size, places in ((2, ((0, 0), (0, 1))), (3, ((0, 0), (0, 1), (1, 1), (1, 2))))
    }


def _violation(size: int, places: Sequence[tuple[int, int]]) -> Certificate:
    def unit(place: tuple[int, int]) -> Grid:
        return [[constant(int((i, j) == place)) for j in range(size)] for i in range(size)]

    entry = _signed_sum([unit(place) for place in places])[0][size - 1]
    return identity([], [Equal(entry, constant(1))])
