"""Layers that no saved network has: outputs, states and gradients are those of public code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import torch
from helpers.released_peers import PEERS, Outputs, Peer, filled, outputs
from safetensors.torch import load_file
from torch import Tensor
from torch.nn.functional import layer_norm

from benchmarks._kernel_peers import fetched

RECORDED = Path(__file__).parent / "recorded_layers"
AGREEMENT = 1e-5


def recorded(name: str) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Weights by name, and everything else."""
    tensors = load_file(RECORDED / f"{name}.safetensors")
    weights = {k.removeprefix("weight."): t for k, t in tensors.items() if k.startswith("weight.")}
    return weights, {k: t for k, t in tensors.items() if not k.startswith("weight.")}


def differ(found: Mapping[str, Tensor], expected: Mapping[str, Tensor]) -> float:
    """The greatest difference, over the greatest number of its tensor."""
    assert found.keys() == expected.keys() - {"x"}
    return max(
        ((found[key] - expected[key]).abs().max() / expected[key].abs().max()).item()
        for key in found
    )


def ours(peer: Peer, weights: Mapping[str, Tensor], x: Tensor) -> Outputs:
    x = layer_norm(x, x.shape[-1:]) if peer.normed else x
    mixed = filled(peer.ours(), weights).advance(x, {})
    state = {} if peer.state is None else {"state": peer.state(mixed.memory)}
    return {"out": mixed.output, **state}


@pytest.mark.parametrize("name", sorted(PEERS))
def test_outputs_states_and_gradients_are_those_of_the_peer(name: str) -> None:
    peer = PEERS[name]
    weights, expected = recorded(name)
    found = outputs(lambda own, y: ours(peer, own, y), weights, expected["x"])
    assert (peer.state is not None) == ("state" in expected)
    assert differ(found, expected) < AGREEMENT


@pytest.mark.parametrize("name", sorted(PEERS))
def test_a_text_in_pieces_has_the_outputs_of_the_whole(name: str) -> None:
    layer, x = PEERS[name].ours(), recorded(name)[1]["x"]
    memory, found = {}, []
    with torch.no_grad():
        for piece in x.split([1, 2, 9], 1):
            mixed = layer.advance(piece, memory)
            memory = mixed.memory
            found.append(mixed.output)
        whole = layer.advance(x, {}).output
    assert (torch.cat(found, 1) - whole).abs().max() < AGREEMENT * whole.abs().max()


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PEERS))
def test_what_is_recorded_is_what_the_release_on_pypi_gives(name: str) -> None:
    peer = PEERS[name]
    weights, expected = recorded(name)
    folder = fetched(peer.releases)
    found = outputs(lambda own, y: peer.run(folder, own, y), weights, expected["x"])
    assert differ(found, expected) < AGREEMENT
