"""The programs that the kernels are compared with, and how to get them.

They are not dependencies. Two of them come from PyPI, without what they depend on, into a folder of
their own; only the one file of each that holds the recurrence in plain torch is loaded.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import torch
from torch import Tensor

# Relative to the largest entry, in float32.
_AGREEMENT = 1e-4


@dataclass(frozen=True)
class Package:
    """One file of a release on PyPI.

    Attributes:
        requirement: The release, and what the file imports besides torch.
        file: Where the file lies in the installed release.
    """

    requirement: tuple[str, ...]
    file: str


FLA = Package(("fla-core==0.6.0", "einops==0.8.1"), "fla/ops/delta_rule/naive.py")
FLA_GATED = Package(FLA.requirement, "fla/ops/gated_delta_rule/naive.py")
MAMBAPY = Package(("mambapy==1.2.0",), "mambapy/pscan.py")


class PeerMissingError(Exception):
    """A peer could not be had; the message says why."""


class PeerDisagreesError(Exception):
    """A peer computes other numbers, so that its time says nothing."""


def cache_folder() -> Path:
    """Where peers are kept from one run to the next."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "monoscan" / "peers"


def load(package: Package, folder: Path | None = None) -> ModuleType:
    """Import the file of a package, which is fetched with pip unless it is in the folder.

    Raises:
        PeerMissingError: If pip cannot get it.
    """
    place = fetched(package.requirement, folder)
    file = place / package.file
    if not file.exists():
        raise PeerMissingError(f"not compared: {package.requirement[0]} has no {package.file}")
    spec = importlib.util.spec_from_file_location(f"peer_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(place))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(place))
    return module


def fetched(requirement: tuple[str, ...], folder: Path | None = None) -> Path:
    """The folder of releases of PyPI, which pip fetches unless they are there.

    Raises:
        PeerMissingError: If pip cannot get them.
    """
    place = (folder or cache_folder()) / requirement[0]
    if place.exists():
        return place
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    command += ["--no-deps", "--only-binary", ":all:", "--target"]
    with tempfile.TemporaryDirectory() as unfinished:
        new = Path(unfinished) / "new"
        done = subprocess.run([*command, str(new), *requirement], capture_output=True, text=True)
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise PeerMissingError(f"not compared: pip cannot get {requirement[0]} ({last})")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(new, place)
    return place


def fla_chunk(module: ModuleType, chunk: int) -> Callable[..., Tensor]:
    """The delta rule of q, k, v (B, T, H, d) and beta (B, T, H, 1), chunkwise, as fla has it.

    With a gate (B, T, H, 1) the module must be that of the gated rule.
    """

    def run(q: Tensor, k: Tensor, v: Tensor, beta: Tensor, gate: Tensor | None = None) -> Tensor:
        if gate is not None:
            log, strength = gate.squeeze(-1).log(), beta.squeeze(-1)
            gated: Tensor = module.naive_chunk_gated_delta_rule(
                q, k, v, log, strength, chunk_size=chunk, scale=1.0
            )[0]
            return gated
        # It scales the queries itself.
        q = q * q.shape[-1] ** 0.5
        q, k, v = (x.transpose(1, 2) for x in (q, k, v))
        beta = beta.squeeze(-1).transpose(1, 2)
        outputs: Tensor = module.delta_rule_chunkwise(q, k, v, beta, chunk_size=chunk)[0]
        return outputs.transpose(1, 2)

    return run


def mambapy_scan(module: ModuleType) -> Callable[[Tensor, Tensor], Tensor]:
    """The scan of a and b (B, T, D) from a zero state, as mambapy has it."""

    def run(a: Tensor, b: Tensor) -> Tensor:
        states: Tensor = module.pscan(a.unsqueeze(-1), b.unsqueeze(-1))
        return states.squeeze(-1)

    return run


def torch_scan(a: Tensor, b: Tensor) -> Tensor:
    """The same with torch's own associative scan, in the one mode that it has on a processor."""
    from torch._higher_order_ops import associative_scan

    def joined(
        earlier: tuple[Tensor, Tensor], later: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        return earlier[0] * later[0], later[0] * earlier[1] + later[1]

    states: Tensor = associative_scan(joined, (a, b), 1, combine_mode="generic")[1]
    return states


def require_agreement(name: str, found: Tensor, expected: Tensor) -> None:
    """Refuse to time a peer that computes something else.

    Raises:
        PeerDisagreesError: With the largest difference.
    """
    with torch.no_grad():
        error = ((found - expected).abs().max() / expected.abs().max().clamp(min=1)).item()
    if not error < _AGREEMENT:
        raise PeerDisagreesError(
            f"{name} differs by {error:.1e} of the largest entry, more than {_AGREEMENT:g}"
        )
