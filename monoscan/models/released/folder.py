"""Folders of weights: `config.json`, and safetensors in one file or several with an index.

Nothing is read that could run code: files of pickles are refused by their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, final

from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from monoscan.models.errors import CheckpointError
from monoscan.models.released.layouts import Layout, layout_of
from monoscan.models.released.settings import Settings

SINGLE: Final = "model.safetensors"
INDEX: Final = "model.safetensors.index.json"
_PICKLES: Final = (".bin", ".pt", ".pth", ".ckpt", ".pkl")
_TYPES: Final = {"F64", "F32", "F16", "BF16"}


@final
@dataclass(frozen=True)
class Header:
    """What a file says of a tensor before it is read.

    Attributes:
        file: Its file.
        name: Its name there.
        shape: Its shape.
        type: Its type, as safetensors names it.
    """

    file: str
    name: str
    shape: tuple[int, ...]
    type: str


@final
class Folder:
    """The weights of a network on disk, read tensor by tensor.

    Args:
        path: The folder, or the safetensors file in it.

    Raises:
        CheckpointError: If it is no such folder, a file is missing or damaged, or the tensors are
            not those of the configuration.
    """

    def __init__(self, path: str | Path) -> None:
        given = Path(path)
        if given.suffix.lower() in _PICKLES:
            raise _pickle(given)
        self.path = given.parent if given.suffix == ".safetensors" else given
        if not self.path.is_dir():
            raise CheckpointError(
                f"there is no folder {self.path}; give one with config.json and {SINGLE}"
            )
        self.settings = Settings(_json(self.path / "config.json"), str(self.path / "config.json"))
        self.layout: Layout = layout_of(self.settings)
        self._index = self._places()
        self.headers = self._headers()

    @property
    def is_tied(self) -> bool:
        """Whether the read-out has the weights of the embedding."""
        default = "lm_head.weight" not in self.headers
        return self.settings.flag("tie_word_embeddings", default)

    def check(self, expected: nn.Module) -> None:
        """Compares names, shapes and types with those of a network, before anything is read.

        Raises:
            CheckpointError: If they differ.
        """
        wanted = {name: tuple(tensor.shape) for name, tensor in expected.state_dict().items()}
        found = dict(self.headers)
        if self.is_tied:
            found.pop("lm_head.weight", None)
        missing = [name for name in wanted if name not in found]
        if missing:
            raise CheckpointError(
                f"{self.path} has no tensor {_some(missing)}, which a {self.layout.model_type} of "
                "this config.json has; expected all of its weights"
            )
        unknown = [name for name in found if name not in wanted]
        if unknown:
            raise CheckpointError(
                f"{self.path} holds the tensor {_some(unknown)}, for which a "
                f"{self.layout.model_type} of this config.json has no place; expected the weights "
                "of that network and no others"
            )
        for name, header in found.items():
            if header.shape != wanted[name]:
                raise CheckpointError(
                    f"{name} in {self.path / header.file} has the shape {list(header.shape)}, and "
                    f"config.json asks for {list(wanted[name])}; one of the two is of another "
                    "network"
                )
            if header.type not in _TYPES:
                raise CheckpointError(
                    f"{name} in {self.path / header.file} has the type {header.type}: weights that "
                    "are quantised are not read; save them in bfloat16, float16 or float32"
                )

    def tensors(self, names: Iterable[str]) -> dict[str, Tensor]:
        """Some tensors in their own types, mapped from the files for as long as they are used.

        Raises:
            CheckpointError: If a file cannot be read.
        """
        by_file: dict[str, list[str]] = {}
        for name in names:
            by_file.setdefault(self.headers[name].file, []).append(name)
        found: dict[str, Tensor] = {}
        for file, wanted in by_file.items():
            with self._opened(file) as opened:
                found |= {name: opened.get_tensor(self.headers[name].name) for name in wanted}
        return found

    def fill(self, module: nn.Module, prefix: str) -> None:
        """Gives the parameters of a module, made on the device `meta`, their values in float32.

        Raises:
            CheckpointError: If a file cannot be read, or a weight is not a finite number.
        """
        names = {f"{prefix}{name}": name for name in module.state_dict()}
        filled = {}
        for full, tensor in self.tensors(names).items():
            if not tensor.isfinite().all():
                raise CheckpointError(
                    f"{full} in {self.path} holds numbers that are not finite; the network cannot "
                    "be run"
                )
            filled[names[full]] = tensor.float()
        module.load_state_dict(filled, assign=True)

    def _places(self) -> dict[str, str]:
        """The file of each tensor by the index; nothing where there is one file."""
        index = self.path / INDEX
        if index.exists():
            table = _json(index).get("weight_map")
            if not isinstance(table, dict) or not all(
                isinstance(file, str) and Path(file).name == file for file in table.values()
            ):
                raise CheckpointError(
                    f"{index} has no weight_map of names to files of the same folder; expected the "
                    "index that was saved with the weights"
                )
            for file in sorted(set(table.values())):
                if not (self.path / file).exists():
                    raise CheckpointError(
                        f"{self.path / file} is missing; {INDEX} names it, and the tensors in it "
                        f"are needed ({_some([n for n, f in table.items() if f == file])})"
                    )
            return dict(table)
        if not (self.path / SINGLE).exists():
            pickles = sorted(f for f in self.path.iterdir() if f.suffix.lower() in _PICKLES)
            if pickles:
                raise _pickle(pickles[0])
            raise CheckpointError(f"{self.path} holds neither {SINGLE} nor {INDEX}")
        return {}

    def _headers(self) -> dict[str, Header]:
        """What the files say of each tensor."""
        found: dict[str, Header] = {}
        for file in sorted(set(self._index.values())) or [SINGLE]:
            with self._opened(file) as opened:
                for name in opened.keys():  # noqa: SIM118 - no mapping, only like one
                    part = opened.get_slice(name)
                    shape, type_ = tuple(part.get_shape()), str(part.get_dtype())
                    found[self.layout.renamed(name)] = Header(file, name, shape, type_)
        places = {header.name: header.file for header in found.values()}
        for name, file in self._index.items():
            if places.get(name) != file:
                raise CheckpointError(
                    f"{self.path / file} has no tensor {name}, and {INDEX} says that it is there; "
                    "expected the index that was saved with the weights"
                )
        return found

    @contextmanager
    def _opened(self, file: str) -> Iterator[Any]:
        try:
            with safe_open(self.path / file, framework="pt") as opened:
                yield opened
        except (SafetensorError, OSError) as error:
            raise CheckpointError(
                f"{self.path / file} cannot be read ({error}): it is truncated or no safetensors "
                "file"
            ) from None


def _json(path: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        hint = "the file that was saved with the weights"
        if (path.parent / "checkpoint.safetensors").exists():
            hint = "a network of public code; of a run of `monoscan train` see `monoscan spectra`"
        raise CheckpointError(f"there is no {path}; expected {hint}") from None
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read ({error})") from None
    # A number of too many digits is a ValueError, and brackets without end are a RecursionError.
    except (ValueError, RecursionError) as error:
        raise CheckpointError(f"{path} is no JSON ({error})") from None
    if not isinstance(found, dict):
        raise CheckpointError(f"{path} holds no object; expected the entries of a configuration")
    return found


def _pickle(path: Path) -> CheckpointError:
    return CheckpointError(
        f"{path} is a file of pickles, which can run any code when it is read, so it is refused; "
        "expected safetensors: load the network where you trust the file, and save it with "
        "save_pretrained(folder, safe_serialization=True)"
    )


def _some(names: list[str]) -> str:
    more = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"{names[0]}{more}"
