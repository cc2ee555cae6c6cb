"""Compiled networks as files: one safetensors file with the tensors and what they belong to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from monoscan.automata.sources import automaton_from_json, automaton_to_json
from monoscan.models.checkpoint import Checkpoint, read_checkpoint, write_checkpoint
from monoscan.models.compile.layer import CompiledLayer
from monoscan.models.compile.model import CompiledModel
from monoscan.models.errors import CheckpointError, ModelError
from monoscan.models.layers import LayerConfig

FORMAT: Final = "compiled network, version 1"


def save_compiled(model: CompiledModel, path: Path, origin: Mapping[str, str]) -> None:
    """Writes a compiled network.

    Args:
        model: The network; its weights must not have been rounded.
        path: The file.
        origin: What it was compiled from, in words.

    Raises:
        CheckpointError: If the weights have been rounded.
        OSError: If the file cannot be written.

    >>> import tempfile
    >>> from monoscan.models.compile.network import compile_network
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_compiled(compile_network(scalar_parity()), Path(folder) / "parity", {})
    ...     load_compiled(Path(folder) / "parity").outputs
    (False, True)
    """
    if model.precision != "fp64":
        raise CheckpointError(
            f"the weights are rounded to those of {model.precision}; save the network before "
            "using it in another precision"
        )
    config = {
        "format": FORMAT,
        "automaton": json.loads(automaton_to_json(model.automaton)),
        "layers": [asdict(layer.config) for layer in model.compiled_layers()],
        "reads": [list(own) for own in model.reads],
    }
    text = json.dumps(config, sort_keys=True, ensure_ascii=False)
    write_checkpoint(path, Checkpoint(text, dict(origin), model.state_dict()))


def load_compiled(path: Path, device: torch.device | str = "cpu") -> CompiledModel:
    """Reads a compiled network, in float64.

    Raises:
        CheckpointError: If there is no file, or it is damaged or holds something else.

    >>> load_compiled(Path("absent.model"))
    Traceback (most recent call last):
    monoscan.models.errors.CheckpointError: there is no file absent.model; write one with \
`monoscan compile`
    """
    if not path.is_file():
        raise CheckpointError(f"there is no file {path}; write one with `monoscan compile`")
    checkpoint = read_checkpoint(path)
    config = json.loads(checkpoint.config)
    if not isinstance(config, dict) or config.get("format") != FORMAT:
        raise CheckpointError(
            f"{path} is no {FORMAT}; expected a file written by this version of `monoscan compile` "
            "(of a run of `monoscan train`, give the folder)"
        )
    try:
        model = _built(config, checkpoint.tensors)
        _try(model)
        return model.to(device)
    except (ValueError, LookupError, TypeError, RuntimeError) as error:
        raise CheckpointError(
            f"{path} is damaged or of another version ({type(error).__name__}: {error}); compile "
            "the network again"
        ) from None


def _built(config: Mapping[str, Any], tensors: Mapping[str, Tensor]) -> CompiledModel:
    layers = [
        CompiledLayer(LayerConfig(**own), _below(tensors, f"layers.{place}."))
        for place, own in enumerate(config["layers"])
    ]
    reads = [tuple(own) for own in config["reads"]]
    lookups = [
        [tensors[f"lookup_{place}_{number}"] for number in range(len(own) + 1)]
        for place, own in enumerate(reads, start=1)
    ]
    automaton = automaton_from_json(json.dumps(config["automaton"]))
    if not layers or len(reads) != len(layers):
        raise ModelError(f"{len(layers)} layers with {len(reads)} lists of layers that they read")
    for place, (layer, own, tables) in enumerate(zip(layers, reads, lookups, strict=True)):
        if list(own) != sorted(set(own) & set(range(1, place + 1))):
            raise ModelError(f"layer {place + 1} reads the layers {own}")
        rows = [len(automaton.alphabet), *map(len, tables[1:]), len(layer.embedding)]
        for number, table in enumerate(tables):
            columns = [layers[own[number - 1] - 1].n_reports] if number else []
            _check_numbers(table, [rows[number], *columns], rows[number + 1])
        _check_numbers(layer.reports + 1, [len(layer.codes)], len(layer.codes) + 1)
        for column, most in enumerate((len(layer.codes), len(layer.embedding), len(layer.codes))):
            _check_numbers(layer.moves[:, column], [len(layer.moves)], most)
    model = CompiledModel(automaton, layers, lookups, reads).eval()
    if layers[-1].n_reports > len(model.outputs):
        raise ModelError(f"{layers[-1].n_reports} answers; expected {len(model.outputs)} at most")
    return model


def _check_numbers(table: Tensor, shape: Sequence[int], most: int) -> None:
    """Refuses a table that does not hold numbers from 0 to below `most`."""
    if table.dtype != torch.int64 or list(table.shape) != list(shape) or 0 in table.shape:
        raise ModelError(f"a table is {table.dtype} {list(table.shape)}; expected int64 {shape}")
    if table.min() < 0 or table.max() >= most:
        raise ModelError(f"numbers from {table.min()} to {table.max()}; expected 0 to {most - 1}")


def _try(model: CompiledModel) -> None:
    """Reads each letter: a table that points outside another one fails here and not later."""
    for name, tensor in model.state_dict().items():
        if not tensor.isfinite().all():
            raise ModelError(f"the tensor {name} is not finite")
    with torch.inference_mode():
        scores = model(torch.arange(len(model.automaton.alphabet)).unsqueeze(1))
    if scores.isnan().any():
        raise ModelError("an answer to a letter is no number")


def _below(tensors: Mapping[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {n.removeprefix(prefix): x for n, x in tensors.items() if n.startswith(prefix)}
