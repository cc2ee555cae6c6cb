"""Snaps a diagonal layer: each entry becomes 0 or a root of unity."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import final

import numpy as np
import torch
from numpy.typing import NDArray

from monoscan.models.layers.diagonal import DiagonalLayer
from monoscan.models.layers.ranges import NONNEGATIVE
from monoscan.models.snap.group import Floats
from monoscan.models.snap.pieces import UNITS
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number, number, zeta
from monoscan.theory.transition import Diagonal


@final
@dataclass(frozen=True, eq=False)
class SnappedDiagonal:
    """A diagonal layer in exact numbers, and the same as floats.

    Attributes:
        letters: for each letter its exact diagonal, without channels that never change.
        inputs: for each letter what is added, n x 1.
        start: the exact initial state, n x 1.
        trained: [L, width], the trained entries.
        entries: [L, width], the snapped ones.
        added: [L, width], what is added.
        initial: [width], the initial state.
        said: what the layer does, in words.
    """

    letters: tuple[Diagonal, ...]
    inputs: tuple[Matrix, ...]
    start: Matrix
    trained: NDArray[np.complex128]
    entries: NDArray[np.complex128]
    added: NDArray[np.complex128]
    initial: NDArray[np.complex128]
    said: str


def snap_diagonal(layer: DiagonalLayer, inputs: Floats, order: int) -> SnappedDiagonal:
    """The layer with each entry the nearest of 0 and the roots of unity of an order.

    Nothing is added where an entry is 1, since it would be added without end.

    Args:
        layer: What was trained, in float64.
        inputs: [L, width], what it sees of each letter.
        order: Of the roots; real entries are 0, 1 or -1 (0 or 1) whatever it is.
    """
    x = torch.from_numpy(inputs).unsqueeze(1)
    with torch.no_grad():
        trained = layer.entries(x)
        added = layer.inputs(x, trained)[:, 0].numpy().astype(np.complex128)
        entries = trained[:, 0].numpy().astype(np.complex128)
    initial = _near(initial_state(layer))
    if not layer.is_complex:
        order = 1 if layer.config.range == NONNEGATIVE else 2
    roots = [ZERO, *(zeta(order, k) if order > 2 else number((-1) ** k) for k in range(order))]
    points = np.array([0, *np.exp(2j * np.pi * np.arange(order) / order)])
    nearest = np.abs(entries[..., None] - points).argmin(-1)
    snapped = points[nearest]
    added = np.where(nearest == 1, 0, _near(added))
    moving = [c for c in range(entries.shape[1]) if (nearest[:, c] != 1).any()] or [0]
    return SnappedDiagonal(
        tuple(Diagonal(tuple(roots[place] for place in row[moving])) for row in nearest),
        tuple(_column(row[moving]) for row in added),
        _column(initial[moving]),
        entries,
        snapped,
        added,
        initial,
        f"{len(moving)} of {entries.shape[1]} channels move; entries 0 or "
        f"roots of unity of order {order}",
    )


def initial_state(layer: DiagonalLayer) -> NDArray[np.complex128]:
    """The initial state of a diagonal layer, [width]; 0 if it has none that is learned."""
    if layer.initial is None:
        return np.zeros(layer.config.width, complex)
    parts = layer.initial.detach().double().cpu().numpy()
    found: NDArray[np.complex128] = parts[0] + (1j * parts[1] if layer.is_complex else 0j)
    return found


def _near(values: NDArray[np.complex128]) -> NDArray[np.complex128]:
    found: NDArray[np.complex128] = np.rint(values.real * UNITS) + 1j * np.rint(values.imag * UNITS)
    return found / UNITS


def _column(values: NDArray[np.complex128]) -> Matrix:
    return Matrix.column([_exact(value) for value in values.tolist()])


def _exact(value: complex) -> Number:
    real, imaginary = (Fraction(round(x * UNITS), UNITS) for x in (value.real, value.imag))
    return real + imaginary * zeta(4) if imaginary else real
