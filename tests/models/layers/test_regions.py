"""Transition matrices of every layer lie in the region of its model class, and do what it does."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers.transition_regions import is_in_region

from monoscan.models.kernels import rank_one
from monoscan.models.layers import (
    PARAMETRISATIONS,
    LayerConfig,
    LinearRNN,
    all_layer_kinds,
)
from monoscan.models.layers.dense import DenseLayer
from monoscan.models.layers.matrix_state import MatrixState
from monoscan.models.layers.rwkv7 import RWKV7
from monoscan.theory.model_classes import get_model_class

CONFIGS = [
    LayerConfig(kind.id, range_, parametrisation, width=18, heads=3, n_h=n_h)
    for kind in all_layer_kinds()
    for range_ in kind.ranges
    for parametrisation in PARAMETRISATIONS
    for n_h in ((1, 2, 3) if kind.is_product else (1,))
]
VECTOR_STATES = ("diagonal", "mingru", "pd_ssm", "dense")
LINEAR = [config for config in CONFIGS if config.range != "none"]


def name(config: LayerConfig) -> str:
    return f"{config.layer}{config.range}-{config.parametrisation}-{config.n_h}"


def sampled(config: LayerConfig, scale: float = 3.0) -> tuple[LinearRNN, torch.Tensor]:
    """A layer and inputs large enough for clamps to reach their ends."""
    torch.manual_seed(0)
    layer = config.kind.build(config)
    assert isinstance(layer, LinearRNN)
    return layer, scale * torch.randn(4, 5, config.width)


@pytest.mark.parametrize("config", CONFIGS, ids=name)
def test_the_class_is_in_the_catalogue(config: LayerConfig) -> None:
    assert get_model_class(config.model_class).id == config.model_class


@pytest.mark.parametrize(
    "config", [c for c in LINEAR if c.layer not in ("rwkv7", "ckda")], ids=name
)
def test_transitions_lie_in_the_region(config: LayerConfig) -> None:
    # A sigmoid of a large number is 1 in 32 bits.
    is_open = config.model_class.startswith("diagonal-") and config.parametrisation == "sigmoid"
    layer, x = sampled(config, 1.0 if is_open else 3.0)
    matrices = layer.transitions(x).detach().to(torch.complex128).numpy()
    assert matrices.shape == (4, 5, 3, 6, 6)
    for matrix in matrices.reshape(-1, 6, 6):
        assert is_in_region(matrix, config.model_class), matrix


@pytest.mark.parametrize("config", [c for c in LINEAR if c.layer == "ckda"], ids=name)
def test_ckda_is_a_reflection_of_a_diagonal(config: LayerConfig) -> None:
    layer, x = sampled(config)
    assert isinstance(layer, MatrixState)
    done = layer.factors(x)
    matrices = layer.transitions(x)
    low = -1.0 if config.range == "[-1,1]" else 0.0
    assert done.w is not None
    assert done.strength is not None
    assert low <= done.w.min()
    assert done.w.max() <= 1
    assert (done.k.norm(dim=-1) - 1).abs().max() < 1e-5
    assert done.strength.min() >= 0
    assert done.strength.max() <= 1 - low
    outer = done.k.unsqueeze(-1) * done.k.unsqueeze(-2)
    reflection = torch.eye(6) - done.strength.unsqueeze(-1) * outer
    assert (matrices - reflection @ torch.diag_embed(done.w)).abs().max() < 1e-5


@pytest.mark.parametrize("config", [c for c in LINEAR if c.layer == "rwkv7"], ids=name)
def test_rwkv7_is_a_decay_and_a_removal(config: LayerConfig) -> None:
    layer, x = sampled(config)
    assert isinstance(layer, RWKV7)
    done = layer.factors(x)
    assert done.w is not None
    c = done.a.norm(dim=-1)
    assert (c - (2.0 if config.range == "[-1,1]" else 1.0)).abs().max() < 1e-5
    rates = done.b / (-done.a / c.unsqueeze(-1))
    released = config.model_class == "rwkv-7-released"
    least = 0.545 if config.parametrisation == "sigmoid" else 0.0
    assert done.w.min() >= least
    assert done.w.max() <= 1
    assert rates.min() >= -1e-5
    assert rates.max() <= 1 + 1e-5
    assert released == (config.parametrisation == "sigmoid" and config.range == "[0,1]")
    # What a column loses is read along the key and taken along rate * k: diag(w) - c (k o a) k^T.
    lost = torch.diag_embed(done.w) - layer.transitions(x)
    across = torch.randn_like(done.k)
    across -= (across * done.k).sum(-1, keepdim=True) * done.k
    assert (lost @ across.unsqueeze(-1)).abs().max() < 1e-4
    taken = (lost @ done.k.unsqueeze(-1)).squeeze(-1)
    assert (taken - c.unsqueeze(-1) * rates * done.k).abs().max() < 1e-4
    assert (lost.mT @ across.unsqueeze(-1)).abs().max() > 0.1
    assert released or config.model_class == "diagonal-plus-rank-one-transposed"


@pytest.mark.parametrize("config", [c for c in LINEAR if c.layer not in VECTOR_STATES], ids=name)
def test_transitions_are_what_the_recurrence_does(config: LayerConfig) -> None:
    layer, x = sampled(config)
    assert isinstance(layer, MatrixState)
    product = torch.eye(6)
    for step in layer.transitions(x).unbind(1):
        product = step @ product
    done = layer.factors(x)
    start = torch.eye(6).expand(4, 3, 6, 6)
    final = rank_one(
        done.w, done.a, done.b, None, None, None, start, config.n_h, backend="chunked"
    ).final
    assert (final - product.mT).abs().max() < 1e-4


@pytest.mark.parametrize("config", [c for c in LINEAR if c.n_h == 1], ids=name)
def test_eigenvalues_lie_in_the_range_of_bounded_layers(config: LayerConfig) -> None:
    layer, x = sampled(config)
    if isinstance(layer, DenseLayer):
        torch.nn.init.ones_(layer.matrices.matrices)  # columns of norm 1 that add up
    if isinstance(layer, RWKV7):  # the least decay and the largest rate: w I - c k k^T
        torch.nn.init.constant_(
            layer.decay.bias, 50.0 if config.parametrisation == "sigmoid" else -50.0
        )
        torch.nn.init.constant_(layer.rate.bias, 50.0)
    values = torch.linalg.eigvals(layer.transitions(x).detach()).flatten()
    outside = [torch.tensor(0.0), values.abs() - 1]
    if config.layer != "ckda":  # there each of two factors has its eigenvalues in the range
        if config.range != "complex":
            outside.append(values.imag.abs())
        if config.range == "[0,1]":
            outside.append(-values.real)
    farthest = max(float(part.max()) for part in outside)
    if config.kind.is_bounded:
        assert farthest < 1e-3
    else:
        assert farthest > 0.01


REFLECTION = np.eye(6) - 2 * np.diag([1.0, 0, 0, 0, 0, 0])
SHEAR = np.eye(6) + np.eye(6, k=1)


@pytest.mark.parametrize(
    ("matrix", "class_id", "inside"),
    [
        (REFLECTION, "householder", True),
        (REFLECTION, "householder-nonnegative", False),
        (REFLECTION, "diagonal-nonnegative", False),
        (REFLECTION, "diagonal-real", True),
        (0.5 * REFLECTION, "gated-householder", True),
        (0.5 * REFLECTION, "householder", False),
        (0.5 * REFLECTION, "gated-householder-nonnegative", False),
        (-1 * REFLECTION, "householder", False),
        (np.diag([-1.0, -1, 1, 1, 1, 1]), "householder", False),
        (np.diag([-1.0, -1, 1, 1, 1, 1]), "householder-product-2", True),
        (np.diag([-1.0, -1, -1, 1, 1, 1]), "householder-product-2", False),
        (np.diag([-1.0, -1, 1, 1, 1, 1]), "householder-product-2-nonnegative", False),
        (np.diag([0.0, 0.5, 1, 1, 1, 1]), "householder-product-2-nonnegative", True),
        (0.5 * np.diag([0.0, 0.5, 1, 1, 1, 1]), "gated-householder-product-2-nonnegative", True),
        (0.5 * np.diag([0.0, 0.5, 1, 1, 1, 1]), "householder-product-2-nonnegative", False),
        (0.5 * np.diag([-1.0, -1, 1, 1, 1, 1]), "gated-householder-product-2-nonnegative", False),
        (SHEAR, "householder-product-5", False),
        (SHEAR, "diagonal-real", False),
        (SHEAR, "permutation-diagonal", False),
        (np.eye(6), "diagonal-open", False),
        (-0.5 * np.eye(6), "diagonal-open", False),
        (-0.5 * np.eye(6), "diagonal-real-open", True),
        (-1.0 * np.eye(6), "diagonal-real-open", False),
        (0.5j * np.eye(6), "diagonal-real-open", False),
        (0.5j * np.eye(6), "diagonal-complex-open", True),
        (1j * np.eye(6), "diagonal-complex-open", False),
        (1j * np.eye(6), "diagonal-real", False),
        (1j * np.eye(6), "diagonal-complex", True),
        (1.1j * np.eye(6), "diagonal-complex", False),
    ],
)
def test_the_regions_can_tell(matrix, class_id: str, inside: bool) -> None:
    assert is_in_region(matrix.astype(np.complex128), class_id) is inside
