"""Whole networks in memory: loaded from folders and written to them without loss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import save

from monoscan.models.checkpoint import require_writable, written_whole
from monoscan.models.errors import CheckpointError
from monoscan.models.kernels import Backend
from monoscan.models.released.folder import INDEX, SINGLE, Folder
from monoscan.models.released.network import ReleasedNetwork
from monoscan.models.released.settings import Settings

_TYPES: Final = {
    "BF16": torch.bfloat16,
    "F16": torch.float16,
    "F32": torch.float32,
    "F64": torch.float64,
}
_CLASSES: Final = {
    "comba": "CombaForCausalLM",
    "delta_net": "DeltaNetForCausalLM",
    "gated_deltanet": "GatedDeltaNetForCausalLM",
    "gated_deltaproduct": "GatedDeltaProductForCausalLM",
    "gla": "GLAForCausalLM",
    "hgrn": "HGRNForCausalLM",
    "hgrn2": "HGRN2ForCausalLM",
    "kda": "KDAForCausalLM",
    "mamba": "MambaForCausalLM",
    "mamba2": "Mamba2ForCausalLM",
    "mamba3": "Mamba3ForCausalLM",
    "olmo_hybrid": "OlmoHybridForCausalLM",
    "recurrent_gemma": "RecurrentGemmaForCausalLM",
    "retnet": "RetNetForCausalLM",
    "rwkv": "RwkvForCausalLM",
    "rwkv6": "RWKV6ForCausalLM",
    "rwkv7": "RWKV7ForCausalLM",
}


def load_network(path: str | Path, backend: Backend = "auto") -> ReleasedNetwork:
    """The network of a folder, in float32.

    Args:
        path: A folder with `config.json` and safetensors.
        backend: Of the kernels.

    Raises:
        CheckpointError: If it cannot be read, or its files contradict each other.
    """
    folder = Folder(path)
    network = network_without_weights(folder, backend)
    folder.fill(network, "")
    return network.requires_grad_(True)


def network_without_weights(folder: Folder, backend: Backend = "auto") -> ReleasedNetwork:
    """The network of a folder on the device `meta`, where it takes no memory.

    Raises:
        CheckpointError: If the tensors in the folder are not those of its configuration.
    """
    tied = {"tie_word_embeddings": folder.is_tied}
    settings = Settings({**folder.settings.values, **tied}, folder.settings.source)
    with torch.device("meta"):
        network = ReleasedNetwork(settings, backend)
    folder.check(network)
    return network


def write_network(network: ReleasedNetwork, path: str | Path, like: str | Path = "") -> None:
    """Writes a network as a folder that flash-linear-attention 0.6.0 loads.

    Args:
        network: Its weights are written in float32, or as `like` has them.
        path: The folder.
        like: A folder whose types of numbers are taken; empty for float32.

    Raises:
        CheckpointError: If `like` is of another network, or the folder has weights in several
            files.
        OSError: If the folder cannot be written.
    """
    folder = Path(path)
    if (folder / INDEX).exists():
        raise CheckpointError(
            f"{folder / INDEX} names other weights, and would be read in place of what is written; "
            "choose another folder"
        )
    types, names = {}, {}
    if like:
        other = Folder(like)
        other.check(network)
        types = {name: _TYPES[header.type] for name, header in other.headers.items()}
        names = {name: header.name for name, header in other.headers.items()}
    tensors = {
        names.get(name, name): tensor.detach().to(types.get(name, torch.float32)).contiguous()
        for name, tensor in network.state_dict().items()
    }
    kind = network.layout.model_type
    config = {"architectures": [_CLASSES[kind]], **network.settings.values}
    config |= {"model_type": kind, "tie_word_embeddings": network.is_tied}
    require_writable(folder)
    with written_whole(folder / "config.json") as file:
        file.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    with written_whole(folder / SINGLE) as file:
        file.write_bytes(save(tensors, {"format": "pt"}))
