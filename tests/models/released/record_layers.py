"""Records what the layers of `helpers.released_peers` give, for the tests that have no network.

    PYTHONPATH=tests python tests/models/released/record_layers.py

fetches each release with pip and writes `recorded_layers/` anew.
"""

from __future__ import annotations

from pathlib import Path

import torch
from helpers.released_peers import PEERS, outputs
from safetensors.torch import save_file

from benchmarks._kernel_peers import fetched

FOLDER = Path(__file__).parent / "recorded_layers"


def record() -> None:
    """Writes one file for each layer."""
    FOLDER.mkdir(exist_ok=True)
    for name, peer in PEERS.items():
        weights = dict(peer.ours().named_parameters())
        x = torch.randn(2, 12, peer.width, dtype=peer.dtype)
        folder = fetched(peer.releases)
        found = outputs(lambda own, y, run=peer.run, at=folder: run(at, own, y), weights, x)
        kept = {f"weight.{key}": weight.detach() for key, weight in weights.items()}
        tensors = {"x": x, **kept, **found}
        save_file({k: v.contiguous() for k, v in tensors.items()}, FOLDER / f"{name}.safetensors")
        print(name, f"{found['out'].abs().max():.3f}")


if __name__ == "__main__":
    record()
