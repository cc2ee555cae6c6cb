"""A network whose errors add up, so that its shortest failing word is known."""

from __future__ import annotations

import math

import torch

import monoscan as ms
from monoscan.models.compile import CompiledModel


def drifting(angle: float) -> CompiledModel:
    """Counts modulo 3 by a third of a turn that is off by an angle."""
    model = ms.compile(ms.construct("count-mod-3", "diagonal-complex")).model
    turn = torch.tensor(
        [[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]],
        dtype=torch.float64,
    )
    with torch.no_grad():
        embedding = model.compiled_layers()[0].embedding
        embedding[1, 1:] = embedding[1, 1:] @ turn
    return model


def first_failure(angle: float) -> int:
    """After n 1s the state is off by n angles; two states have the answer false, so that only the
    borders to the answer true count: those are 60 degrees away after 3k and 3k + 2 of them."""
    least = math.floor(math.pi / 3 / angle) + 1
    return least if least % 3 != 1 else least + 1
