"""What every kernel refuses, with the name of the argument in the message."""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor


class KernelInputError(ValueError):
    """Tensors that a kernel cannot take; the message names the argument and what was expected."""


def check_shape(name: str, tensor: Tensor, expected: Mapping[str, int]) -> None:
    """Refuse a tensor whose shape is not the expected one.

    Args:
        name: The argument's name, for the message.
        tensor: The argument.
        expected: The size of each dimension under the letter that the documentation uses.

    Raises:
        KernelInputError: If the number of dimensions or one of the sizes differs.

    >>> check_shape("q", torch.zeros(2, 3), {"B": 2, "T": 3})
    >>> check_shape("q", torch.zeros(2, 3), {"B": 2, "T": 4})
    Traceback (most recent call last):
        ...
    monoscan.models.kernels.checks.KernelInputError: q has shape (2, 3), expected (B=2, T=4)
    """
    if tuple(tensor.shape) != tuple(expected.values()):
        sizes = ", ".join(f"{letter}={size}" for letter, size in expected.items())
        raise KernelInputError(f"{name} has shape {tuple(tensor.shape)}, expected ({sizes})")


def check_dimensions(name: str, tensor: Tensor, letters: str) -> None:
    """Refuse a tensor with another number of dimensions, or one of size zero.

    Raises:
        KernelInputError: Naming the dimension that is empty, or the shape that was expected.

    >>> check_dimensions("a", torch.zeros(2, 0, 4), "BTD")
    Traceback (most recent call last):
        ...
    monoscan.models.kernels.checks.KernelInputError: a has shape (2, 0, 4): T must be at least 1
    """
    shape = tuple(tensor.shape)
    if len(shape) != len(letters):
        raise KernelInputError(f"{name} has shape {shape}, expected ({', '.join(letters)})")
    for letter, size in zip(letters, shape, strict=True):
        if size < 1:
            raise KernelInputError(f"{name} has shape {shape}: {letter} must be at least 1")


def check_device(tensors: Mapping[str, Tensor]) -> torch.device:
    """Return the one device that all tensors are on.

    Raises:
        KernelInputError: If two of them are on different devices.

    >>> check_device({"a": torch.zeros(1), "b": torch.zeros(1)})
    device(type='cpu')
    """
    (first, reference), *others = tensors.items()
    for name, tensor in others:
        if tensor.device != reference.device:
            raise KernelInputError(
                f"{name} is on {tensor.device} and {first} on {reference.device}; "
                f"move all of them to one device with .to({str(reference.device)!r})"
            )
    return reference.device


def compute_dtype(tensors: Mapping[str, Tensor], *, complex_allowed: bool) -> torch.dtype:
    """Return the type to compute in: the common type of the tensors, at least 32 bits wide.

    Raises:
        KernelInputError: If a tensor holds integers, or complex numbers where only reals make
            sense.

    >>> half = torch.zeros(1, dtype=torch.bfloat16)
    >>> compute_dtype({"a": half}, complex_allowed=False)
    torch.float32
    """
    common = torch.float32
    for name, tensor in tensors.items():
        if not (tensor.is_floating_point() or (complex_allowed and tensor.is_complex())):
            kinds = "floating-point or complex" if complex_allowed else "floating-point"
            raise KernelInputError(
                f"{name} has type {tensor.dtype}, expected a {kinds} type; convert it with .float()"
            )
        common = torch.promote_types(common, tensor.dtype)
    return common
