"""Snaps a head whose letters act as those of a finite group: by its representation."""

from __future__ import annotations

from typing import Final

import numpy as np

from monoscan.models.snap.group import (
    Floats,
    LetterGroup,
    invariant_parts,
    nearest_representation,
)
from monoscan.models.snap.irreducible import ExactPart, exact_part
from monoscan.models.snap.pieces import (
    SnappedHead,
    TrainedHead,
    block_diagonal,
    floats,
    rounded,
)
from monoscan.theory.factor import reflections
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Householder, HouseholderProduct, Transition

_MOVES: Final = 1e-6


def snap_by_group(head: TrainedHead, group: LetterGroup, *, signed: bool) -> SnappedHead | str:
    """The head with the representation of a group that is nearest to its letters.

    Args:
        head: What was trained.
        group: The group of the letters.
        signed: Whether the range of the layer has reflections.

    Returns:
        The snapped head; or why there is none, and then it can stand still.
    """
    matrices = nearest_representation(head.steps, group)
    if matrices is None or not signed:
        return "no representation of the group is near"
    letters = matrices[group.letters]
    moved = max(np.linalg.matrix_rank(letter - np.eye(len(letter)), 1e-6) for letter in letters)
    if moved > head.keys.shape[1]:
        return f"the nearest representation needs {moved} factors a letter"
    parts: list[ExactPart] = []
    for basis in invariant_parts(matrices):
        if float(np.abs(letters @ basis - basis).max()) < _MOVES:
            continue  # nothing moves there
        part = exact_part(matrices, basis, group)
        if part is None:
            return f"a part of {basis.shape[1]} dimensions has no exact form that is small enough"
        parts.append(part)
    if not parts:
        return "all letters stand still"
    return _snapped(head, parts)


def still(head: TrainedHead, said: str) -> SnappedHead:
    """A head in which no letter does anything."""
    n_letters, width = len(head.keys), head.start.shape[1]
    trained = TrainedHead(
        head.keys,
        np.zeros_like(head.betas),
        np.zeros_like(head.values),
        np.ones_like(head.gates),
        head.start,
    )
    nothing = Matrix.zeros(1, width)
    identity = Householder((ONE,), ZERO)
    return SnappedHead((identity,) * n_letters, (nothing,) * n_letters, nothing, trained, said)


def _snapped(head: TrainedHead, parts: list[ExactPart]) -> SnappedHead:
    embedding = np.concatenate([part.embedding for part in parts], 1)
    projection = block_diagonal([part.projection for part in parts])
    matrices = [
        block_diagonal([part.letters[letter] for part in parts]) for letter in range(len(head.keys))
    ]
    centre = projection @ rounded(embedding.T @ _fixed_point(head))
    start = projection @ rounded(embedding.T @ head.start)
    inputs = tuple(centre - matrix @ centre for matrix in matrices)
    one = np.eye(len(embedding))
    moves = [embedding @ floats(matrix) @ embedding.T for matrix in matrices]
    exact = np.array([one - embedding @ embedding.T + move for move in moves])
    keys, betas = _factors(exact, head)
    trained = TrainedHead(
        keys,
        betas,
        keys @ (embedding @ floats(centre)) if head.values.any() else np.zeros_like(head.values),
        np.ones_like(head.gates),
        head.start + embedding @ (floats(start) - embedding.T @ head.start),
    )
    said = " + ".join(sorted(str(part.dimension) for part in parts))
    return SnappedHead(
        tuple(_product(matrix) for matrix in matrices),
        inputs,
        start,
        trained,
        f"a representation of the group, of dimension {said}",
    )


def _fixed_point(head: TrainedHead) -> Floats:
    """The state that all letters leave as it is, as nearly as there is one, [K, V]."""
    if not head.values.any():
        return np.zeros_like(head.start)
    size = head.start.shape[0]
    system = (np.eye(size) - head.steps).reshape(-1, size)
    inputs = head.inputs.reshape(-1, head.start.shape[1])
    found: Floats = np.asarray(np.linalg.lstsq(system, inputs, rcond=1e-3)[0], dtype=np.float64)
    return found


def _product(matrix: Matrix) -> Transition:
    found = reflections(matrix)
    if len(found) > 1:
        return HouseholderProduct(found)
    return found[0] if found else Householder((ONE,) * matrix.shape[0], ZERO)


def _factors(letters: Floats, head: TrainedHead) -> tuple[Floats, Floats]:
    """Reflections with these products, each along the trained key as nearly as can be."""
    keys, betas = head.keys.copy(), np.zeros_like(head.betas)
    for letter, matrix in enumerate(letters):
        rest = matrix
        # Factors that the letter does not need are those that were least like reflections.
        need = int(np.linalg.matrix_rank(rest - np.eye(len(rest)), 1e-6))
        chosen = np.sort(np.argsort(-head.betas[letter], kind="stable")[:need])
        for place in chosen:
            left, sizes, _ = np.linalg.svd(rest - np.eye(len(rest)))
            moved = left[:, sizes > 1e-6]
            key = moved @ (moved.T @ keys[letter, place])
            if np.linalg.norm(key) < 1e-3:
                key = moved[:, 0]
            key = key / np.linalg.norm(key)
            keys[letter, place], betas[letter, place] = key, 2.0
            rest = rest - 2 * np.outer(rest @ key, key)
    return keys, betas
