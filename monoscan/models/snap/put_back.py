"""Puts snapped weights back into a trained network: its linear maps give them for each letter."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Final, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from monoscan.models.layers.delta_rule import DeltaRule
from monoscan.models.layers.diagonal import DiagonalLayer
from monoscan.models.layers.ranges import NONNEGATIVE, SIGMOID
from monoscan.models.model import Block, SequenceModel
from monoscan.models.snap.group import Floats
from monoscan.models.snap.pieces import TrainedHead

_BEYOND_CLAMP: Final = 2.5  # the clamp ends at 2
_BEYOND_SIGMOID: Final = 40.0  # float32 holds nothing between its sigmoid and the end


def no_room(inputs: Floats) -> str | None:
    """Why linear maps cannot give any weights to each letter; None if they can.

    Args:
        inputs: [L, width], what the layer sees of each letter.
    """
    n_letters, width = inputs.shape
    if np.linalg.matrix_rank(inputs, 1e-4) < n_letters:
        return (
            f"its layer sees the {n_letters} letters as vectors of {width} numbers that depend on "
            "each other, so that its linear maps cannot give each letter weights of its own"
        )
    return None


def with_heads(model: SequenceModel, inputs: Floats, heads: Sequence[TrainedHead]) -> SequenceModel:
    """A copy of a network whose layer of reflections has these heads.

    Args:
        model: The network, of depth 1.
        inputs: [L, width], what its layer sees of each letter.
        heads: One for each head of the layer.
    """
    changed = copy.deepcopy(model)
    layer = cast(Block, changed.blocks[0]).layer
    assert isinstance(layer, DeltaRule)
    sigmoid = layer.config.parametrisation == SIGMOID
    keys = np.stack([head.keys for head in heads], 2)  # [L, n_h, H, K]
    sizes = np.linalg.norm(_given(layer.key, inputs).reshape(keys.shape), axis=-1, keepdims=True)
    _set(layer.key, inputs, keys * sizes)
    top = 1.0 if layer.config.range == NONNEGATIVE else 2.0
    betas = np.stack([head.betas for head in heads], 2) / top
    _set(layer.beta, inputs, _free(betas, _given(layer.beta, inputs), sigmoid))
    if layer.value is not None:
        _set(layer.value, inputs, np.stack([head.values for head in heads], 2))
    if layer.gate is not None:
        gates = np.stack([head.gates for head in heads], 1)
        _set(layer.gate, inputs, _free(gates, _given(layer.gate, inputs), sigmoid))
    if layer.initial is not None:
        _fill(layer.initial, np.stack([head.start.T for head in heads]))
    return changed.eval()


def with_entries(
    model: SequenceModel,
    inputs: Floats,
    entries: NDArray[np.complex128],
    added: Floats,
    start: Floats,
) -> SequenceModel:
    """A copy of a network whose diagonal layer has these entries, inputs and initial state.

    Args:
        model: The network, of depth 1.
        inputs: [L, width], what its layer sees of each letter.
        entries: [L, width].
        added: [L, parts width], real parts and then imaginary parts.
        start: [parts, width].
    """
    changed = copy.deepcopy(model)
    layer = cast(Block, changed.blocks[0]).layer
    assert isinstance(layer, DiagonalLayer)
    sigmoid = layer.config.parametrisation == SIGMOID
    if layer.is_complex:
        free = np.concatenate([2 * entries.real, 2 * entries.imag], 1)
    else:
        unit = entries.real if layer.config.range == NONNEGATIVE else (entries.real + 1) / 2
        free = _free(unit, _given(layer.entry, inputs), sigmoid)
    _set(layer.entry, inputs, free)
    if layer.input is not None:
        _set(layer.input, inputs, added)
    if layer.initial is not None:
        _fill(layer.initial, start)
    return changed.eval()


def _free(units: Floats, trained: Floats, sigmoid: bool) -> Floats:
    """What a clamp or a sigmoid takes to 0, 1/2 or 1; trained values stay where they will do."""
    beyond = _BEYOND_SIGMOID if sigmoid else _BEYOND_CLAMP
    trained = trained.reshape(units.shape)
    free = np.where(units >= 0.75, np.maximum(trained, beyond), 0.0)
    return np.where(units <= 0.25, np.minimum(trained, -beyond), free)


def _given(linear: nn.Linear, inputs: Floats) -> Floats:
    """What a linear map gives for each letter."""
    given = torch.from_numpy(inputs) @ linear.weight.detach().double().cpu().T
    if linear.bias is not None:
        given = given + linear.bias.detach().double().cpu()
    found: Floats = given.numpy()
    return found


def _set(linear: nn.Linear, inputs: Floats, wanted: Floats) -> None:
    """The least change of a matrix after which it gives what is wanted for each letter."""
    missing = wanted.reshape(len(inputs), -1) - _given(linear, inputs)
    weight = linear.weight.detach().double().cpu().numpy() + (np.linalg.pinv(inputs) @ missing).T
    _fill(linear.weight, weight)


def _fill(parameter: Tensor, values: Floats) -> None:
    with torch.no_grad():
        parameter.copy_(torch.from_numpy(values))
