"""What the letters do in a trained network with a linear read-out: its very float32 numbers."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias, cast, final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from monoscan.models.errors import ConfigError
from monoscan.models.layers.delta_rule import DeltaRule
from monoscan.models.layers.diagonal import DiagonalLayer
from monoscan.models.model import Block, SequenceModel
from monoscan.models.worst.reader import check_finite

Floats: TypeAlias = NDArray[np.float64]
Exact: TypeAlias = list[list[Fraction]]
FINEST: Final = 60
"""Entries of A and B are rounded to multiples of 2^-60, which the error of a step includes."""


@final
@dataclass(frozen=True, eq=False)
class Letters:
    """The sub-steps of each letter, head by head: S^T <- (w + b a^T) S^T + b v^T.

    All numbers are float32 values. A diagonal layer has a head for every entry, K = V = 1, a
    single sub-step, and its entry as w, with a = 0.

    Attributes:
        w: [L, n_h, H].
        a: [L, n_h, H, K].
        b: [L, n_h, H, K].
        v: [L, n_h, H, V].
        start: [H, K, V], the initial state, transposed.
        query: [H, K], which reads the state.
        weight: [outputs, H, V], of the scores.
        bias: [outputs].
        is_gated: whether the kernel with a diagonal runs, sub-step by sub-step.
        is_diagonal: whether the layer is diagonal.
    """

    w: Floats
    a: Floats
    b: Floats
    v: Floats
    start: Floats
    query: Floats
    weight: Floats
    bias: Floats
    is_gated: bool
    is_diagonal: bool

    def exact(self, letter: int, head: int) -> tuple[Exact, Exact]:
        """A and B of a letter in a head, K x K and K x V, multiples of 2^-60 next to them."""
        n, d = self.start.shape[1:]
        matrix = [[Fraction(int(i == j)) for j in range(n)] for i in range(n)]
        added = [[Fraction(0)] * d for _ in range(n)]
        for place in range(self.w.shape[1]):
            at = letter, place, head
            w, v = Fraction(self.w[at]), [Fraction(x) for x in self.v[at]]
            a, b = [Fraction(x) for x in self.a[at]], [Fraction(x) for x in self.b[at]]
            matrix = _stepped(matrix, w, a, b, None)
            added = _stepped(added, w, a, b, v)
        return _short(matrix), _short(added)


def _stepped(
    state: Exact, w: Fraction, a: list[Fraction], b: list[Fraction], v: list[Fraction] | None
) -> Exact:
    """(w + b a^T) S + b v^T."""
    read = [
        sum((x * y for x, y in zip(a, column, strict=True)), Fraction(0))
        for column in zip(*state, strict=True)
    ]
    if v is not None:
        read = [x + y for x, y in zip(read, v, strict=True)]
    return [
        [w * x + y * z for x, z in zip(row, read, strict=True)]
        for row, y in zip(state, b, strict=True)
    ]


def _short(rows: Exact) -> Exact:
    return [[Fraction(round(x * 2**FINEST), 2**FINEST) for x in row] for row in rows]


def letters_of(model: SequenceModel) -> Letters:
    """The numbers of a network.

    Raises:
        ConfigError: If it has no linear read-out, or its state is complex.
        ModelError: If a parameter is not finite.
    """
    if model.readout is None:
        raise ConfigError(
            "no length can be certified for this network, whose answers are no linear functions of "
            "its state; expected one that was trained with --readout linear (readout='linear')"
        )
    if model.config.layer.range == "complex":
        raise ConfigError(
            "no length can be certified for this network, since its state is complex; expected the "
            "range [0,1] or [-1,1]"
        )
    check_finite(model)
    block = cast(Block, model.blocks[0])
    layer = block.layer
    with torch.no_grad():
        x = block.layer_input(model.embedding.weight.unsqueeze(1))
        if isinstance(layer, DeltaRule):
            return _of_heads(model, layer, x)
        assert isinstance(layer, DiagonalLayer)
        return _of_entries(model, layer, x)


def _of_heads(model: SequenceModel, layer: DeltaRule, x: Tensor) -> Letters:
    done = layer.factors(x)
    values = layer.values(x, done)
    n_letters, n_h, heads, width = done.a.shape
    assert model.readout is not None
    assert model.readout.query is not None
    start = done.a.new_zeros(heads, width, width) if layer.initial is None else layer.initial
    return Letters(
        np.ones((n_letters, n_h, heads)) if done.w is None else _floats(done.w.squeeze(-1)),
        _floats(done.a),
        _floats(done.b),
        np.zeros(done.a.shape) if values is None else _floats(values),
        _floats(start.mT),
        _floats(model.readout.query),
        _floats(model.readout.head.weight).reshape(-1, heads, width),
        _floats(model.readout.head.bias),
        done.w is not None,
        is_diagonal=False,
    )


def _of_entries(model: SequenceModel, layer: DiagonalLayer, x: Tensor) -> Letters:
    entries = layer.entries(x)
    added = _floats(layer.inputs(x, entries))
    width = added.shape[-1]
    zeros = np.zeros((*added.shape, 1))
    start = np.zeros(width) if layer.initial is None else _floats(layer.initial).reshape(-1)
    assert model.readout is not None
    return Letters(
        _floats(entries),
        zeros,
        zeros + 1,
        added[..., None],
        start[:, None, None],
        np.ones((width, 1)),
        _floats(model.readout.head.weight)[..., None],
        _floats(model.readout.head.bias),
        is_gated=True,
        is_diagonal=True,
    )


def _floats(x: Tensor) -> Floats:
    found: Floats = x.detach().cpu().double().numpy()
    return found
