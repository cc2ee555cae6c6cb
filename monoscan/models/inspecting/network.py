"""Runs a saved network layer by layer over one text, and watches its recurrent layers.

One layer is in memory at a time, and a text is read in pieces: the rest stays in the files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn

from monoscan.models.errors import CheckpointError, OutOfMemory
from monoscan.models.inspecting.facts import LayerFacts, NetworkFacts, together
from monoscan.models.inspecting.watching import Watcher
from monoscan.models.released.attention import Attention
from monoscan.models.released.blocks import Block
from monoscan.models.released.files import network_without_weights
from monoscan.models.released.folder import Folder
from monoscan.models.released.hgrn import BOUNDS
from monoscan.models.released.mamba import Mamba
from monoscan.models.released.mixer import Memory
from monoscan.models.released.network import check_ids
from monoscan.models.released.olmo import OlmoAttention
from monoscan.models.threads import using_threads

PIECE: Final = 128
_BYTES: Final = 4
# What is made of the input of a layer on the way, in multiples of its widest parts.
_COPIES: Final = 12


def inspect_network(
    path: str | Path,
    ids: Callable[[Folder], Tensor],
    progress: Callable[[int, int], None] = lambda _layer, _layers: None,
) -> NetworkFacts:
    """What the recurrent layers of a saved network do on a text.

    Args:
        path: A folder, as `load_network` takes it.
        ids: Gives the tokens, int64 [1, T], of a folder that was opened.
        progress: Told each layer that is finished, from 1, and how many there are.

    Raises:
        CheckpointError: If the folder cannot be read, its files contradict each other, or all
            layers have attention, or a layer's outputs are not finite.
        ConfigError: If a token is none of the vocabulary.
        OutOfMemory: If a layer does not fit into memory; the message says how much it takes.
    """
    folder = Folder(path)
    network = network_without_weights(folder, "chunked")
    embedding = f"{folder.layout.prefix}.{folder.layout.embedding}.weight"
    if all(isinstance(block.mixing, Attention | OlmoAttention) for block in network.blocks):
        raise CheckpointError(
            f"{folder.path} has attention in every layer; expected a network with recurrent layers"
        )
    tokens = ids(folder)
    check_ids(tokens, folder.headers[embedding].shape[0])
    _check_memory(network.blocks, tokens.shape[1])
    with torch.inference_mode():
        # Only the rows of these tokens are read of what is often the largest tensor.
        x = folder.tensors([embedding])[embedding][tokens].float()
        if not x.isfinite().all():
            raise CheckpointError(f"{embedding} in {folder.path} holds numbers that are not finite")
        x = x * folder.layout.scale(folder.settings)
        bounds = f"{folder.layout.prefix}.{BOUNDS}"
        known = {}
        if bounds in folder.headers:
            known = {BOUNDS: folder.tensors([bounds])[bounds].float()}
        told = [known for _ in range(0, tokens.shape[1], PIECE)]
        layers = []
        for index, empty in enumerate(network.blocks):
            block = deepcopy(empty)
            folder.fill(block, f"{folder.layout.prefix}.layers.{index}.")
            x, facts = _read(block, x, told, index + 1)
            layers.append(facts)
            progress(index + 1, len(network.blocks))
    return NetworkFacts(
        str(folder.path),
        folder.layout.model_type,
        sum(torch.Size(header.shape).numel() for header in folder.headers.values()),
        tokens.shape[1],
        folder.layout.possible(folder.settings),
        tuple(layers),
        max(getattr(block.mixing, "n_h", 1) for block in network.blocks),
    )


def _read(block: Block, x: Tensor, told: list[Memory], layer: int) -> tuple[Tensor, LayerFacts]:
    """The output of a layer for a text, and what was seen of it."""
    watcher, outputs = Watcher(x.shape[1]), []
    memory: Memory = {}
    for place, piece in enumerate(torch.split(x, PIECE, 1)):
        mixed = block.advance(piece, {**memory, **told[place]})
        memory = mixed.memory
        told[place] = {**told[place], **mixed.told}
        outputs.append(mixed.output)
        if not all(part.isfinite().all() for part in (mixed.output, *memory.values())):
            raise CheckpointError(
                f"layer {layer} gives numbers that are not finite on this text; nothing can be "
                "said of it and of the layers above"
            )
        if mixed.steps is not None:
            # Small matrices: two threads take several times the work of one.
            with using_threads(1):
                watcher.read(mixed.steps, memory["state"])
    heads = tuple(watcher.facts(layer)) if watcher.heads else ()
    kind = "recurrent" if heads else "attention"
    return torch.cat(outputs, 1), LayerFacts(layer, kind, heads, together(heads) if heads else None)


def _check_memory(blocks: Sequence[Block], tokens: int) -> None:
    """Refuses a network of which a layer cannot fit beside the text."""
    weights = max(sum(p.numel() for p in block.parameters()) for block in blocks)
    linear = [part for b in blocks for part in b.modules() if isinstance(part, nn.Linear)]
    widest = max(part.out_features for part in linear)
    # The text as the layer gets and gives it, and what is made of a piece on the way.
    texts, piece = 3 * tokens * min(part.in_features for part in linear), min(PIECE, tokens)
    entries = max(
        (b.mixing.A_log.numel() for b in blocks if isinstance(b.mixing, Mamba)), default=0
    )
    needed = _BYTES * (weights + texts + _COPIES * piece * (widest + entries))
    available = available_memory()
    if available is not None and needed > available:
        raise OutOfMemory(
            f"one layer of {weights:,} numbers and {tokens} tokens, about "
            f"{needed / 2**30:.1f} GiB in float32",
            f"{available / 2**30:.1f} GiB are free",
            "give fewer tokens, or a machine with more memory",
        )


def available_memory() -> int | None:
    """How many bytes are free, as far as the system says.

    >>> (available_memory() or 1) > 0
    True
    """
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 for line in lines if "MemAvailable" in line), None)
