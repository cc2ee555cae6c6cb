"""Where the eigenvalues of one factor may lie, and how free numbers are mapped there.

A clamp reaches the end points of the range, so that a network can keep a state for ever; a sigmoid
does not, and its memory is finite (arXiv:2411.12537, section 4).
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from monoscan.models.errors import ConfigError

NONNEGATIVE: Final = "[0,1]"
SIGNED: Final = "[-1,1]"
COMPLEX: Final = "complex"
NO_RANGE: Final = "none"  # of layers that have no transition matrices
RANGES: Final = (NONNEGATIVE, SIGNED, COMPLEX, NO_RANGE)
SIGMOID: Final = "sigmoid"
CLAMP: Final = "clamp"
PARAMETRISATIONS: Final = (SIGMOID, CLAMP)


def parse_range(text: str) -> str:
    """The range that a text names, with or without brackets.

    Raises:
        ConfigError: If it names none.

    >>> parse_range("-1,1"), parse_range("[0, 1]")
    ('[-1,1]', '[0,1]')
    """
    plain = text.strip().lower().replace(" ", "")
    for name in RANGES:
        if plain in (name, name.strip("[]")):
            return name
    raise ConfigError(f"unknown range {text!r}; expected 0,1 or -1,1 or complex")


def widened(x: Tensor) -> Tensor:
    """The numbers in at least 32 bits: the three digits of bfloat16 are too few near 1.

    >>> widened(torch.ones(1, dtype=torch.bfloat16)).dtype
    torch.float32
    """
    return x.float() if x.dtype in (torch.bfloat16, torch.float16) else x


def to_unit(x: Tensor, parametrisation: str) -> Tensor:
    """Numbers in [0, 1], 1/2 for 0, with slope 1/4 there.

    >>> to_unit(torch.tensor([-9.0, 0.0, 9.0]), "clamp").tolist()
    [0.0, 0.5, 1.0]
    """
    x = widened(x)
    if parametrisation == SIGMOID:
        return torch.sigmoid(x)
    return torch.clamp(0.5 + 0.25 * x, 0.0, 1.0)


def to_eigenvalue(x: Tensor, range: str, parametrisation: str) -> Tensor:
    """Real numbers in the range: the entries of a diagonal.

    >>> to_eigenvalue(torch.tensor([-9.0, 0.0, 9.0]), "[-1,1]", "clamp").tolist()
    [-1.0, 0.0, 1.0]
    """
    unit = to_unit(x, parametrisation)
    return 2 * unit - 1 if range == SIGNED else unit


def to_beta(x: Tensor, range: str, parametrisation: str) -> Tensor:
    """Factors beta for which the eigenvalue 1 - beta lies in the range.

    >>> to_beta(torch.tensor([-9.0, 0.0, 9.0]), "[-1,1]", "clamp").tolist()
    [0.0, 1.0, 2.0]
    """
    unit = to_unit(x, parametrisation)
    return 2 * unit if range == SIGNED else unit


def to_disc(x: Tensor, y: Tensor, parametrisation: str) -> Tensor:
    """Complex numbers of modulus at most 1.

    The clamp is the projection of x + iy onto the disc; the sigmoid gives the modulus of x and
    takes y for the angle.

    >>> to_disc(torch.tensor([3.0]), torch.tensor([4.0]), "clamp").abs().tolist()
    [1.0]
    """
    x, y = widened(x), widened(y)
    if parametrisation == SIGMOID:
        return torch.polar(torch.sigmoid(x), y)
    # The gradient of a square root at 0 is infinite; inside the disc nothing is divided.
    modulus = torch.sqrt(torch.clamp(x * x + y * y, min=1.0))
    return torch.complex(x / modulus, y / modulus)
