"""The entry point of the diagonal scan: checks, then the backend that suits the device."""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

from monoscan.models.kernels.backend import Backend, choose_backend
from monoscan.models.kernels.checks import (
    check_device,
    check_dimensions,
    check_shape,
    compute_dtype,
)
from monoscan.models.kernels.diagonal_scan.chunked import chunked_scan
from monoscan.models.kernels.diagonal_scan.ops import scan_op
from monoscan.models.kernels.diagonal_scan.reference import reference_scan


class DiagonalScanResult(NamedTuple):
    """What a scan returns.

    Attributes:
        states: h_1, ..., h_T, (B, T, D), in the common type of a and b.
        final: h_T, (B, D), in the type computed in; the h0 of the next piece of the sequence.
    """

    states: Tensor
    final: Tensor


def diagonal_scan(
    a: Tensor, b: Tensor, h0: Tensor | None = None, *, backend: Backend = "auto"
) -> DiagonalScanResult:
    """h_t = a_t * h_(t-1) + b_t, entry by entry.

    Args:
        a: Factors, (B, T, D): real of any sign or size, zero too, or complex.
        b: Inputs, (B, T, D).
        h0: State before the first step, (B, D); zero by default.
        backend: `auto` takes the compiled form on a processor and Triton on a GPU, or warns and
            takes the chunked form. The others name one form, for tests and comparisons.

    Returns:
        All states and the last one. Gradients flow to a, b and h0. Types narrower than 32 bits are
        computed in float32.

    Raises:
        KernelInputError: If shapes, types or devices do not fit together.
        ValueError: If the backend is unknown or asked for by name and unable to run.

    >>> a, b = torch.tensor([[[2.0], [-1.0]]]), torch.tensor([[[1.0], [5.0]]])
    >>> states, final = diagonal_scan(a, b, backend="chunked")
    >>> states.flatten().tolist(), final.tolist()
    ([1.0, 4.0], [[4.0]])
    """
    check_dimensions("a", a, "BTD")
    batch, steps, width = a.shape
    check_shape("b", b, {"B": batch, "T": steps, "D": width})
    tensors = {"a": a, "b": b}
    if h0 is not None:
        check_shape("h0", h0, {"B": batch, "D": width})
        tensors["h0"] = h0
    device = check_device(tensors)
    dtype = compute_dtype(tensors, complex_allowed=True)
    chosen = choose_backend(backend, device, dtype)
    start = a.new_zeros(batch, width, dtype=dtype) if h0 is None else h0.to(dtype)
    factors, inputs = a.to(dtype), b.to(dtype)
    if chosen == "reference":
        states, final = reference_scan(factors, inputs, start)
    elif chosen == "chunked":
        states, final = chunked_scan(factors, inputs, start)
    else:
        states = scan_op(factors, inputs, start, chosen)
        final = states[:, -1]
    narrow = torch.promote_types(a.dtype, b.dtype)
    if dtype.is_complex and not narrow.is_complex:
        narrow = dtype
    return DiagonalScanResult(states.to(narrow), final.to(dtype))
