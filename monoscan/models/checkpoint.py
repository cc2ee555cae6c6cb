"""Checkpoints: tensors and facts in one safetensors file, written whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from monoscan.models.errors import CheckpointError

_CONFIG: Final = "config"
_FACTS: Final = "facts"


@final
@dataclass(frozen=True, eq=False)
class Checkpoint:
    """What a checkpoint holds.

    Attributes:
        config: The configuration of the run as JSON text.
        facts: Numbers and lists: the step, the history.
        tensors: By name.
    """

    config: str
    facts: Mapping[str, Any]
    tensors: Mapping[str, Tensor]


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Writes a checkpoint; a run killed meanwhile leaves the previous one as it was.

    Raises:
        OSError: If the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    tensors = {name: tensor.detach().contiguous() for name, tensor in checkpoint.tensors.items()}
    metadata = {_CONFIG: checkpoint.config, _FACTS: json.dumps(checkpoint.facts)}
    save_file(tensors, partial, metadata)
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(path)


def read_checkpoint(path: Path) -> Checkpoint:
    """Reads a checkpoint.

    Raises:
        CheckpointError: If there is none, or it is truncated or no checkpoint of a run.
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError:
        raise CheckpointError(
            f"there is no checkpoint {path}; give the folder of a run of `monoscan train`"
        ) from None
    except (SafetensorError, OSError) as error:
        raise CheckpointError(
            f"the checkpoint {path} cannot be read ({error}): it is truncated or no safetensors "
            "file; delete it and train again"
        ) from None
    if not {_CONFIG, _FACTS} <= set(metadata):
        raise CheckpointError(
            f"{path} holds tensors but not the configuration of a run; expected a file written by "
            "`monoscan train`"
        )
    return Checkpoint(metadata[_CONFIG], json.loads(metadata[_FACTS]), tensors)
