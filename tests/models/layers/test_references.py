"""References against definitions written out."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from monoscan.models.layers import LayerConfig, get_layer_kind


def sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.mark.parametrize("scale", [1.0, 20.0])
def test_slstm_without_any_stabilisation(scale: float) -> None:
    """One head of width 1, so that every gate is a number; the exponentials as they stand."""
    torch.manual_seed(0)
    layer = get_layer_kind("slstm").build(LayerConfig("slstm", "none", width=1, heads=1)).double()
    x = scale * torch.randn(1, 9, 1, dtype=torch.float64)
    recorded: list[torch.Tensor] = []
    layer.norm.register_forward_hook(lambda m, inputs, out: recorded.append(inputs[0]))
    with torch.no_grad():
        layer(x)
    weight, bias = layer.input.weight.detach()[:, 0].numpy(), layer.input.bias.detach().numpy()
    back = layer.recurrence.detach()[0, 0].numpy()
    hidden = cell = count = 0.0
    expected = []
    for value in x[0, :, 0].tolist():
        z, i, f, o = weight * value + bias + back * hidden
        cell = sigmoid(f) * cell + math.exp(i) * math.tanh(z)
        count = sigmoid(f) * count + math.exp(i)
        hidden = sigmoid(o) * cell / count
        expected.append(hidden)
    assert np.allclose(recorded[0].flatten().numpy(), expected, rtol=1e-9, atol=1e-12)


def test_attention_knows_the_order_of_letters() -> None:
    torch.manual_seed(0)
    layer = get_layer_kind("transformer").build(
        LayerConfig("transformer", "none", width=8, heads=2)
    )
    x = torch.randn(1, 6, 8)
    swapped = x[:, [1, 0, 2, 3, 4, 5]]
    with torch.no_grad():
        assert (layer(x)[:, -1] - layer(swapped)[:, -1]).abs().max() > 1e-4


def test_attention_takes_heads_of_odd_width() -> None:
    layer = get_layer_kind("transformer").build(
        LayerConfig("transformer", "none", width=9, heads=3)
    )
    assert layer(torch.randn(2, 4, 9)).shape == (2, 4, 9)
