"""Signed permutation representations and the pieces cut out of them."""

import numpy as np
import pytest

from monoscan.automata.group_table import GroupTable
from monoscan.automata.groups import PermutationGroup
from monoscan.theory.householder_number.modules import SignedModule, signed_modules
from monoscan.theory.householder_number.pieces import Piece, pieces
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO

S3 = PermutationGroup(3, ((1, 2, 0), (1, 0, 2))).table
D5 = PermutationGroup(5, ((1, 2, 3, 4, 0), (0, 4, 3, 2, 1))).table
A5 = PermutationGroup(5, ((1, 2, 3, 4, 0), (1, 2, 0, 3, 4))).table
Q8 = PermutationGroup(8, ((1, 2, 3, 0, 5, 6, 7, 4), (4, 7, 6, 5, 2, 1, 0, 3))).table
GROUPS = {"S3": S3, "D5": D5, "A5": A5, "Q8": Q8}


def all_pieces(table: GroupTable) -> list[Piece]:
    exponent = int(np.lcm.reduce(table.orders))
    return [piece for module in signed_modules(table) for piece in pieces(module, exponent)]


def whole(module: SignedModule, g: int) -> np.ndarray:
    matrix = np.zeros((module.degree, module.degree), dtype=int)
    matrix[module.images[g], np.arange(module.degree)] = module.signs[g]
    return matrix


@pytest.mark.parametrize("name", GROUPS)
def test_modules_are_representations(name: str) -> None:
    table = GROUPS[name]
    for module in signed_modules(table):
        for g in table.generators:
            for h in range(len(table)):
                product = int(table.products[h, g])  # h, then g
                assert (whole(module, g) @ whole(module, h) == whole(module, product)).all()


@pytest.mark.parametrize("name", ["S3", "D5", "Q8"])
def test_pieces_are_orthogonal_representations(name: str) -> None:
    table = GROUPS[name]
    for piece in all_pieces(table):
        p, size = piece.projector, piece.module.degree
        assert p @ p == p == p.transpose()
        assert piece.dimension == p.trace()
        for g in table.generators:
            a = piece.matrix(g, 1)
            assert a.transpose() @ a == Matrix.identity(size)
            rest = Matrix.identity(size).trace() - piece.dimension
            assert a.trace() == rest + piece.character[g]
            assert piece.matrix(g, -1).trace() == rest - piece.character[g]
            for h in table.generators:
                assert a @ piece.matrix(h, 1) == piece.matrix(int(table.products[h, g]), 1)


@pytest.mark.parametrize(
    ("name", "dimensions"),
    [("S3", {1, 2}), ("D5", {1, 2}), ("A5", {1, 3, 4, 5}), ("Q8", {1, 4})],
)
def test_the_real_irreducible_representations_are_found(name: str, dimensions: set[int]) -> None:
    """Irreducible over the reals: the mean of the squared character is 1, or 4 for the Q8 piece."""
    table = GROUPS[name]
    found = set()
    for piece in all_pieces(table):
        norm = sum((trace * trace for trace in piece.character), ZERO) / len(table)
        if norm == 1 or (name == "Q8" and piece.dimension == 4 and norm == 4):
            found.add(int(piece.dimension))
    assert found == dimensions


def test_a5_has_two_real_characters_of_degree_three() -> None:
    threes = {piece.character for piece in all_pieces(A5) if piece.dimension == 3}
    assert len(threes) == 2
