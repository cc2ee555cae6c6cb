"""Checkpoints: tensors and facts in one safetensors file, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from monoscan.models.errors import CheckpointError

_CONFIG: Final = "config"
_FACTS: Final = "facts"
_DIGESTS: Final = "digests"
_PARTS: Final = ("configuration", "facts", "weights")


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


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A file to write to, which takes the place of `path` at the end: all of it or nothing.

    A process that is killed meanwhile leaves the earlier file. Processes that write the same file
    at the same time have a file each to write to, and the last of them counts.

    Args:
        path: In a folder that is there.

    Raises:
        OSError: If the file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with written_whole(Path(folder) / "a.txt") as partial:
    ...         _ = partial.write_text("all of it")
    ...     [(file.name, file.read_text()) for file in Path(folder).iterdir()]
    [('a.txt', 'all of it')]
    """
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def require_writable(folder: Path) -> None:
    """Makes a folder if there is none, and writes and removes a small file in it.

    Raises:
        OSError: If that cannot be done.

    >>> require_writable(Path(os.devnull))
    Traceback (most recent call last):
    FileExistsError: [Errno 17] File exists: '/dev/null'
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"monoscan")


def write_checkpoint(path: Path, checkpoint: Checkpoint) -> None:
    """Writes a checkpoint; a run killed meanwhile leaves the previous one as it was.

    Raises:
        OSError: If the file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_checkpoint(Path(folder) / "a", Checkpoint("{}", {"step": 3}, {}))
    ...     read_checkpoint(Path(folder) / "a").facts
    {'step': 3}
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    tensors = {name: tensor.detach().contiguous() for name, tensor in checkpoint.tensors.items()}
    metadata = sealed(checkpoint.config, json.dumps(checkpoint.facts), tensors)
    # As bytes, since safetensors does not say as an OSError that the disk is full.
    data = save(tensors, metadata)
    with written_whole(path) as partial, partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sealed(config: str, facts: str, tensors: Mapping[str, Tensor]) -> dict[str, str]:
    """The texts that stand in a file beside its tensors, with digests of each part and of all.

    >>> sorted(sealed("{}", "{}", {}))
    ['config', 'digests', 'facts']
    """
    digests = {
        "configuration": _digest([config.encode()]),
        "facts": _digest([facts.encode()]),
        "weights": _digest(_bytes(tensors)),
    }
    digests["whole"] = _digest(digests[part].encode() for part in _PARTS)
    return {_CONFIG: config, _FACTS: facts, _DIGESTS: json.dumps(digests)}


def _bytes(tensors: Mapping[str, Tensor]) -> Iterator[bytes]:
    for name, tensor in sorted(tensors.items()):
        yield f"{name} {tensor.dtype} {list(tensor.shape)}\n".encode()
        yield tensor.cpu().reshape(-1).view(torch.uint8).numpy().tobytes()


def _digest(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()


def read_checkpoint(path: Path) -> Checkpoint:
    """Reads a checkpoint.

    Raises:
        CheckpointError: If there is none, or it is truncated or no checkpoint of a run.

    >>> read_checkpoint(Path("absent"))
    Traceback (most recent call last):
    monoscan.models.errors.CheckpointError: there is no checkpoint absent; give the folder of a \
run of `monoscan train`
    """
    try:
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except FileNotFoundError:
        raise CheckpointError(
            f"there is no checkpoint {path}; give the folder of a run of `monoscan train`"
        ) from None
    except SafetensorError as error:
        raise CheckpointError(
            f"the file {path} cannot be read ({error}): it is truncated or no safetensors file; "
            "expected one that `monoscan train` or `monoscan compile` wrote: if it is, delete it "
            "and run that command again"
        ) from None
    except OSError as error:
        raise CheckpointError(
            f"the checkpoint {path} cannot be read ({error}); expected a file that may be read"
        ) from None
    if not {_CONFIG, _FACTS} <= set(metadata):
        raise CheckpointError(
            f"{path} holds tensors but not the configuration of a run; expected a file written by "
            "`monoscan train`"
        )
    _check_digests(path, metadata, tensors)
    try:
        _, facts = (json.loads(metadata[name]) for name in (_CONFIG, _FACTS))
    # A number of too many digits is a ValueError, and brackets without end are a RecursionError.
    except (ValueError, RecursionError) as error:
        raise CheckpointError(
            f"the checkpoint {path} is damaged: its configuration or its facts are no JSON "
            f"({error}); delete it and train again"
        ) from None
    return Checkpoint(metadata[_CONFIG], facts, tensors)


def _check_digests(path: Path, metadata: Mapping[str, str], tensors: Mapping[str, Tensor]) -> None:
    """Refuses a file that is not as it was written, and says which part is another one."""
    if _DIGESTS not in metadata:
        raise CheckpointError(
            f"{path} has no digests: an earlier version of monoscan wrote it; delete it and run "
            "the command that wrote it again"
        )
    expected = sealed(metadata[_CONFIG], metadata[_FACTS], tensors)[_DIGESTS]
    if metadata[_DIGESTS] == expected:
        return
    try:
        said = dict(json.loads(metadata[_DIGESTS]))
    except (ValueError, TypeError, RecursionError):
        said = {}
    found = json.loads(expected)
    other = " and ".join(part for part in _PARTS if said.get(part) != found[part])
    fault = f"not the {other} that it was written with" if other else "parts of different files"
    raise CheckpointError(
        f"{path} was changed: it holds {fault}; delete it and run the command that wrote it again"
    )
