"""Which of its forms a kernel runs in, and what it says when the fast one is missing."""

from __future__ import annotations

import importlib.util
import os
import warnings
from typing import Literal, TypeAlias, get_args

import torch

from monoscan.errors import BadInput

Backend: TypeAlias = Literal["auto", "reference", "chunked", "compiled", "triton"]

BACKENDS: tuple[str, ...] = get_args(Backend)

# Only the rank-one recurrence has two forms in Triton.
RankOneBackend: TypeAlias = Literal[Backend, "triton-chunked"]

RANK_ONE_BACKENDS: tuple[str, ...] = get_args(RankOneBackend)


class SlowKernelWarning(RuntimeWarning):
    """A kernel runs in a slower form than this machine could; the message says what to install."""


# Looked up once: torch.compile cannot trace a search for packages.
_INSTALLED = {name: importlib.util.find_spec(name) is not None for name in ("numba", "triton")}


def has_numba() -> bool:
    """Whether the compiled processor kernels can run."""
    return _INSTALLED["numba"]


def has_triton() -> bool:
    """Whether the Triton kernels can run, on a GPU or (for tests) in Triton's interpreter."""
    return _INSTALLED["triton"]


def is_interpreting() -> bool:
    """Whether Triton interprets its kernels on the processor instead of compiling them."""
    return os.environ.get("TRITON_INTERPRET") == "1"


def choose_backend(
    asked: str, device: torch.device, dtype: torch.dtype, known: tuple[str, ...] = BACKENDS
) -> str:
    """Return the backend that is going to run: never `auto`.

    Args:
        asked: One of `known`.
        device: Where the tensors are.
        dtype: What the kernel computes in.
        known: The backends that the recurrence has.

    Raises:
        ValueError: If the backend is unknown, or asked for by name and not able to run here.

    >>> choose_backend("chunked", torch.device("cpu"), torch.float32)
    'chunked'
    """
    if asked not in known:
        raise BadInput(f"no backend {asked!r}; there are {', '.join(known)}")
    fast = "compiled" if device.type == "cpu" else "triton"
    obstacle = obstacle_to(fast if asked == "auto" else asked, device, dtype)
    if asked != "auto":
        if obstacle is not None:
            raise BadInput(f"backend {asked!r} cannot run: {obstacle}")
        return asked
    if obstacle is None:
        return fast
    warnings.warn(
        f"the {fast} kernel cannot run: {obstacle}; the chunked torch form runs instead, which is "
        "several times slower and saves more memory for the backward pass",
        SlowKernelWarning,
        stacklevel=4,
    )
    return "chunked"


def obstacle_to(backend: str, device: torch.device, dtype: torch.dtype) -> str | None:
    """Why a backend cannot run on tensors of this device and type, or None.

    >>> obstacle_to("reference", torch.device("cpu"), torch.float64) is None
    True
    """
    if backend == "compiled":
        if device.type != "cpu":
            return f"it takes tensors on the cpu, and these are on {device}"
        if not has_numba():
            return "numba is not installed (pip install 'monoscan[models]')"
    if backend.startswith("triton"):
        if not has_triton():
            return "triton is not installed (pip install 'monoscan[models]')"
        if device.type != "cuda" and not is_interpreting():
            return f"it takes tensors on a cuda device, and these are on {device}"
        if dtype not in (torch.float32, torch.complex64):
            return f"it computes in float32, and these tensors ask for {dtype}"
    return None
