"""Texts of several lengths in one tensor: none sees another."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from helpers.released_peers import PEERS
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.errors import ConfigError
from monoscan.models.released import load_network, packed

RECORDED = Path(__file__).parent / "recorded"
AGREEMENT = 1e-5  # some gates are computed in float32 whatever the weights are
LENGTHS = (3, 1, 7, 2, 6)
STARTS = (0, 3, 4, 11, 13, 19)


@pytest.mark.parametrize(
    "name",
    ["delta_net", "gated_deltanet-hybrid", "kda", "mamba", "mamba2", "mamba3", "rwkv", "rwkv7"],
)
def test_texts_have_the_scores_that_they_have_alone(name: str) -> None:
    network = load_network(RECORDED / name, "chunked").double()
    torch.manual_seed(0)
    ids = torch.randint(0, 7, (STARTS[-1],))
    found = packed(network, ids, STARTS)
    found.square().mean().backward()
    gradients = [weight.grad for weight in network.parameters()]
    network.zero_grad()
    alone = torch.cat([network(text.unsqueeze(0))[0] for text in ids.split(LENGTHS)])
    alone.square().mean().backward()
    assert (found - alone).abs().max() < AGREEMENT
    for weight, gradient in zip(network.parameters(), gradients, strict=True):
        assert gradient is not None
        assert weight.grad is not None
        assert (weight.grad - gradient).abs().max() < AGREEMENT


@pytest.mark.parametrize("name", sorted(PEERS))
def test_layers_too(name: str) -> None:
    layer = PEERS[name].ours().double()
    x = torch.randn(STARTS[-1], PEERS[name].width, dtype=torch.float64)
    with torch.no_grad():
        found = packed(lambda y: layer.advance(y, {}).output, x, STARTS)
        alone = [layer.advance(y.unsqueeze(0), {}).output[0] for y in x.split(LENGTHS)]
    assert (found - torch.cat(alone)).abs().max() < AGREEMENT


@given(st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_any_lengths_in_any_order(lengths: list[int]) -> None:
    x = torch.arange(sum(lengths))
    starts = [sum(lengths[:n]) for n in range(len(lengths) + 1)]
    widths = []

    def total(texts: torch.Tensor) -> torch.Tensor:
        widths.append(texts.numel())
        return texts.cumsum(1)

    found = packed(total, x, starts)
    assert found.tolist() == torch.cat([y.cumsum(0) for y in x.split(lengths)]).tolist()
    assert sum(widths) <= 2 * len(x)


@pytest.mark.parametrize("starts", [[], [0], [0, 2], [1, 4], [0, 2, 2, 4], [0, 3, 2, 4], [0, 5]])
def test_places_that_cut_no_texts_are_refused(starts: list[int]) -> None:
    with pytest.raises(ConfigError, match="expected 0, then where each next text begins"):
        packed(lambda x: x, torch.arange(4), starts)
