"""A layer of reflections taken apart: what each letter does in each head, trained and snapped."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, cast, final

import numpy as np
import torch

from monoscan.models.layers.delta_rule import DeltaRule
from monoscan.models.model import Block, SequenceModel
from monoscan.models.snap.group import Floats
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Cyclotomic, Number
from monoscan.theory.transition import Transition

UNITS: Final = 64
"""States and inputs of the exact network are multiples of one over this, before projections."""


@final
@dataclass(frozen=True, eq=False)
class TrainedHead:
    """What the letters do in one head with the transposed state S^T <- A S^T + B, in float64.

    Attributes:
        keys: [L, n_h, K], of length 1; the first factor acts first.
        betas: [L, n_h].
        values: [L, n_h, V], what each factor writes along its key; 0 without additive input.
        gates: [L].
        start: [K, V].
    """

    keys: Floats
    betas: Floats
    values: Floats
    gates: Floats
    start: Floats

    @property
    def steps(self) -> Floats:
        """[L, K, K], the matrix A of each letter."""
        found = np.eye(self.keys.shape[-1]) * self.gates[:, None, None]
        for place in range(self.keys.shape[1]):
            key = self.keys[:, place]
            reflected = self.betas[:, place, None, None] * key[:, :, None] * key[:, None, :]
            found = found - reflected @ found
        return found

    @property
    def inputs(self) -> Floats:
        """[L, K, V], the matrix B of each letter."""
        found = np.zeros((len(self.keys), *self.start.shape))
        for place in range(self.keys.shape[1]):
            key, beta = self.keys[:, place], self.betas[:, place, None, None]
            written = key[:, :, None] * (self.values[:, place, None, :] - (key[:, None, :] @ found))
            found = found + beta * written
        return found


@final
@dataclass(frozen=True, eq=False)
class SnappedHead:
    """A head of the exact network, and the same in the coordinates of the trained one.

    Attributes:
        letters: for each letter the exact matrix A, n x n.
        inputs: for each letter the exact B, n x V.
        start: the exact initial state, n x V.
        trained: the weights that do the same in the trained head, up to their rounding.
        said: what the head does, in words.
    """

    letters: tuple[Transition, ...]
    inputs: tuple[Matrix, ...]
    start: Matrix
    trained: TrainedHead
    said: str


def trained_heads(model: SequenceModel) -> tuple[Floats, list[TrainedHead]]:
    """What the layer of a network sees of each letter, [L, width], and its heads."""
    wide = copy.deepcopy(model).double()
    block = cast(Block, wide.blocks[0])
    layer = block.layer
    assert isinstance(layer, DeltaRule)
    config = layer.config
    with torch.no_grad():
        x = block.layer_input(wide.embedding.weight.unsqueeze(1))
        done = layer.factors(x)
        assert done.strength is not None
        gates = x.new_ones(len(x), config.heads) if done.w is None else done.w[:, 0, :, 0]
        values = torch.zeros_like(done.k) if layer.value is None else layer.substeps(layer.value(x))
        start = layer.initial
        starts = x.new_zeros(config.heads, config.head_width, config.head_width)
        starts = starts if start is None else start
    heads = [
        TrainedHead(
            done.k[:, :, h].cpu().numpy(),
            done.strength[:, :, h, 0].cpu().numpy(),
            values[:, :, h].cpu().numpy(),
            gates[:, h].cpu().numpy(),
            starts[h].detach().T.cpu().numpy(),
        )
        for h in range(config.heads)
    ]
    return x[:, 0].cpu().numpy(), heads


def rounded(values: Floats) -> Matrix:
    """The matrix of the nearest multiples of 1 / `UNITS`.

    >>> print(rounded(np.array([[0.51, -0.1]])))
    [33/64, -3/32]
    """
    numbers = np.rint(values * UNITS).astype(int).tolist()
    return Matrix.of([[Fraction(x, UNITS) for x in row] for row in numbers])


def floats(matrix: Matrix) -> Floats:
    """The entries of a real exact matrix in float64.

    >>> floats(Matrix.of([[1, Fraction(1, 2)]])).tolist()
    [[1.0, 0.5]]
    """
    return np.array([[_float(x) for x in row] for row in matrix.rows])


def _float(value: Number) -> float:
    if isinstance(value, Cyclotomic):
        low, high = value.bounds(60)
        return float(low + high) / 2
    return float(value)


def block_diagonal(blocks: Sequence[Matrix]) -> Matrix:
    """Square matrices along a diagonal."""
    size, before, rows = sum(block.shape[0] for block in blocks), 0, []
    for block in blocks:
        after = size - before - block.shape[0]
        rows += [[*[ZERO] * before, *row, *[ZERO] * after] for row in block.rows]
        before += block.shape[0]
    return Matrix.of(rows)
