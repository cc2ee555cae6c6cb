"""Networks: what they are made of, and what their parts see."""

from __future__ import annotations

import dataclasses

import pytest
import torch
from helpers.small_runs import small_run

from monoscan.models.errors import ConfigError
from monoscan.models.layers import LayerConfig, all_layer_kinds, get_layer_kind
from monoscan.models.layers.matrix_state import MatrixState
from monoscan.models.model import ModelConfig, SequenceModel, build_model


def config(layer: LayerConfig, **options: int) -> ModelConfig:
    return ModelConfig(3, 2, layer, **options)


def test_a_seed_decides_the_parameters() -> None:
    wanted = small_run().model
    first, second, other = (build_model(wanted, seed) for seed in (0, 0, 1))
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(a, b)
    assert not torch.equal(first.embedding.weight, other.embedding.weight)


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_seeds_that_cannot_be(seed: int) -> None:
    with pytest.raises(ConfigError, match=f"the seed is {seed}; expected 0 to 2\\^64 - 1"):
        build_model(small_run().model, seed)


@pytest.mark.parametrize("width", [2, 4])
def test_a_convolution_sees_so_many_letters_and_none_of_the_future(width: int) -> None:
    # What the layer itself sees is not asked here.
    layer = LayerConfig("transformer", "none", width=8, heads=2)
    model = build_model(config(layer, convolution=width), 0)
    block = model.blocks[0]
    x = torch.randn(1, 10, 8)
    changed = x.clone()
    changed[:, 5] += 1
    with torch.no_grad():
        moved = (block.layer_input(x) - block.layer_input(changed)).abs().amax(-1)[0] > 1e-6
    assert moved.tolist() == [5 <= place < 5 + width for place in range(10)]


def test_depth_and_feed_forward_parts() -> None:
    layer = LayerConfig(width=8, heads=2)
    plain, deep, narrow = (
        build_model(config(layer, **options), 0)
        for options in ({}, {"depth": 3}, {"mlp_factor": 0})
    )
    assert len(deep.blocks) == 3
    assert narrow.n_parameters < plain.n_parameters < deep.n_parameters
    assert plain.n_parameters == sum(p.numel() for p in plain.parameters())


def test_the_initial_state_has_full_rank() -> None:
    layer = get_layer_kind("deltanet").build(LayerConfig(width=12, heads=3))
    assert isinstance(layer, MatrixState)
    assert layer.initial is not None
    assert torch.linalg.matrix_rank(layer.initial).tolist() == [4, 4, 4]


@pytest.mark.parametrize(
    "kind", [k for k in all_layer_kinds() if k.ranges != ("none",)], ids=lambda k: k.id
)
def test_layers_without_an_initial_state_start_at_zero(kind) -> None:
    torch.manual_seed(0)
    layer = kind.build(
        LayerConfig(
            kind.id, kind.ranges[0], width=8, heads=2, additive_input=True, initial_state=False
        )
    )
    assert "initial" not in dict(layer.named_parameters())
    assert layer(torch.randn(2, 5, 8)).abs().max() > 0
    for name, parameter in layer.named_parameters():
        if name.startswith(("value", "input")):
            torch.nn.init.zeros_(parameter)
    # Nothing is written into a state of zeros, so nothing is read.
    assert layer(torch.randn(2, 5, 8)).abs().max() == 0


@pytest.mark.parametrize(
    "kind", [k for k in all_layer_kinds() if not k.needs_input], ids=lambda k: k.id
)
def test_without_additive_input_the_outputs_are_linear_in_the_initial_state(kind) -> None:
    torch.manual_seed(0)
    layer = kind.build(LayerConfig(kind.id, kind.ranges[0], width=8, heads=2))
    names = dict(layer.named_parameters())
    assert "initial" in names
    assert not any(name.startswith(("value", "input")) for name in names)
    x = torch.randn(2, 2, 8)
    with torch.no_grad():
        before = layer(x)
        # The norm behind the state takes every factor away again, up to its epsilon.
        names["initial"] *= 10
        after = layer(x)
    assert (before - after).abs().max() < 0.1 * before.abs().max() + 1e-3


@pytest.mark.parametrize("kind", all_layer_kinds(), ids=lambda k: k.id)
def test_every_parameter_gets_a_gradient(kind) -> None:
    torch.manual_seed(0)
    options = {"n_h": 2} if kind.is_product else {}
    layer = LayerConfig(kind.id, kind.ranges[-1], width=8, heads=2, additive_input=True, **options)
    model = build_model(config(layer), 0)
    scores = model(torch.randint(0, 3, (16, 9)))
    torch.nn.functional.cross_entropy(scores.flatten(0, 1), torch.randint(0, 2, (144,))).backward()
    for name, parameter in model.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.isfinite().all(), name
        assert parameter.grad.abs().max() > 0, name


def test_a_configuration_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        small_run().model.depth = 2  # type: ignore[misc]
    assert isinstance(build_model(small_run().model, 0), SequenceModel)
