"""Runs a layer of the training code on given inputs, in any form of its kernel.

The layer's own parameters and code say what the tokens do; only the state is looked at in another
way than in training: no norm and no output map come after it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from monoscan.models.kernels import Backend, diagonal_scan, rank_one
from monoscan.models.layers import LinearRNN
from monoscan.models.layers.layer import split_heads
from monoscan.models.layers.matrix_state import MatrixState
from monoscan.models.layers.ranges import widened
from monoscan.models.layers.recurrent import RecurrentState
from monoscan.models.layers.vector_state import VectorState


def is_complex(layer: LinearRNN) -> bool:
    """Whether the state of a layer is complex.

    >>> from monoscan.models.layers import LayerConfig
    >>> from monoscan.models.layers.diagonal import DiagonalLayer
    >>> is_complex(DiagonalLayer(LayerConfig("diagonal", "complex", width=2, heads=1)))
    True
    """
    return isinstance(layer, VectorState | RecurrentState) and layer.is_complex


def run(
    layer: LinearRNN, x: Tensor, start: Tensor, backend: Backend, *, bf16: bool = False
) -> tuple[Tensor, Tensor]:
    """What a layer holds, or what its queries read of it, after each token, and the last state.

    Args:
        layer: One with a matrix state, a vector state or a recurrent state.
        x: Its inputs, [B, T, width].
        start: The state before: [B, H, V, K], [B, width] or [B, H, K].
        backend: The form of the kernel; layers without a kernel are a loop.
        bf16: Whether the linear maps are computed in bfloat16, as in training; the recurrence
            has at least 32 bits.

    Returns:
        [B, T, entries] and the state after the last token.

    >>> from monoscan.models.layers import LayerConfig
    >>> from monoscan.models.layers.diagonal import DiagonalLayer
    >>> layer = DiagonalLayer(LayerConfig("diagonal", width=2, heads=1))
    >>> given, last = run(layer, torch.zeros(1, 3, 2), torch.zeros(1, 2), "chunked")
    >>> tuple(given.shape), tuple(last.shape)
    ((1, 3, 2), (1, 2))
    """
    if isinstance(layer, MatrixState):
        return _run_matrix(layer, x, start, backend, bf16)
    if isinstance(layer, VectorState):
        with _narrow(x, bf16):
            entries = layer.entries(x)
            inputs = layer.inputs(x, entries)
        return diagonal_scan(entries, inputs, start, backend=backend)
    assert isinstance(layer, RecurrentState)
    return _run_recurrent(layer, x, start, bf16)


def _narrow(x: Tensor, bf16: bool) -> torch.autocast:
    return torch.autocast(x.device.type, torch.bfloat16, enabled=bf16)


def _run_matrix(
    layer: MatrixState, x: Tensor, start: Tensor, backend: Backend, bf16: bool
) -> tuple[Tensor, Tensor]:
    with _narrow(x, bf16):
        done = layer.factors(x)
        query = widened(split_heads(layer.query(x), layer.config))
        values = None if layer.value is None else layer.substeps(layer.value(x))
    query = nn.functional.normalize(query, dim=-1)
    if values is not None and done.strength is not None:
        values = values * done.strength
    keys = None if values is None else done.k
    n_h = layer.config.n_h
    read, last = rank_one(done.w, done.a, done.b, values, keys, query, start, n_h, backend=backend)
    return read.flatten(-2), last


def _run_recurrent(
    layer: RecurrentState, x: Tensor, state: Tensor, bf16: bool
) -> tuple[Tensor, Tensor]:
    with _narrow(x, bf16):
        steps = layer.transitions(x)
        inputs = None if layer.input is None else widened(layer.input(x))
    added = None
    if inputs is not None:
        parts = [split_heads(part, layer.config) for part in _parts(layer, inputs)]
        added = torch.complex(*parts) if layer.is_complex else parts[0]
    states = []
    for place, step in enumerate(steps.to(state.dtype).unbind(1)):
        state = (step @ state.unsqueeze(-1)).squeeze(-1)
        if added is not None:
            state = state + added[:, place]
        states.append(state)
    return torch.stack(states, 1).flatten(-2), state


def _parts(layer: RecurrentState, inputs: Tensor) -> tuple[Tensor, ...]:
    return inputs.chunk(2, -1) if layer.is_complex else (inputs,)
