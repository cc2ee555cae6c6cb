"""Which tensor of a network stopped being finite first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn


def first_non_finite(model: nn.Module, words: Tensor) -> str:
    """The first tensor that is not finite: a parameter, what a module puts out, or a gradient.

    Args:
        model: A network after a backward pass.
        words: The words of that pass.

    >>> layer = nn.Linear(1, 1)
    >>> _ = nn.init.constant_(layer.weight, float("nan"))
    >>> first_non_finite(layer, torch.ones(1, 1))
    'the parameter weight'
    """
    for name, parameter in model.named_parameters():
        if not parameter.isfinite().all():
            return f"the parameter {name}"
    found = _bad_outputs(model, words)
    if found:
        return f"the output of {found[0]}"
    for name, parameter in model.named_parameters():
        if parameter.grad is not None and not parameter.grad.isfinite().all():
            return f"the gradient of {name}"
    return "the loss"


def _bad_outputs(model: nn.Module, words: Tensor) -> list[str]:
    """The modules with outputs that are not finite, innermost and earliest first."""
    found: list[str] = []

    def watch(name: str) -> Callable[[nn.Module, Any, Any], None]:
        def hook(_module: nn.Module, _inputs: Any, output: Any) -> None:
            if isinstance(output, Tensor) and not output.isfinite().all():
                found.append(name or "the network")

        return hook

    handles = [module.register_forward_hook(watch(name)) for name, module in model.named_modules()]
    try:
        with torch.no_grad():
            model(words)
    finally:
        for handle in handles:
            handle.remove()
    return found
