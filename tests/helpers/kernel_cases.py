"""Inputs for the kernels, and outputs and gradients beside those of the float64 loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import torch
from torch import Tensor
from torch.nn.functional import normalize

from monoscan.models.kernels import diagonal_scan, rank_one

Inputs = dict[str, "Tensor | None"]


@contextmanager
def poisoned_memory() -> Iterator[None]:
    """Within it torch fills memory that is only reserved with NaN, also inside the kernels."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)
    assert torch.utils.deterministic.fill_uninitialized_memory
    try:
        assert torch.empty(3).isnan().all()
        yield
    finally:
        torch.use_deterministic_algorithms(before)


def rank_one_inputs(
    *,
    batch: int = 2,
    steps: int = 20,
    heads: int = 2,
    keys: int = 8,
    values: int = 8,
    n_h: int = 1,
    gate: str = "none",
    key_kind: str = "random",
    beta: float | None = None,
    seed: int = 0,
) -> Inputs:
    """Delta-rule-like inputs in float64: unit keys, a = -beta k, b = k, so states stay bounded.

    Args:
        gate: none, scalar, vector, zero-one (a vector of exact zeros and ones), signed, or one
            number a head of the latter two, scalar-zero-one or scalar-signed.
        key_kind: random, repeated (one key for all steps) or correlated.
        beta: One number for all steps, or None: uniform in [0, 2].
    """
    make = torch.Generator().manual_seed(seed)

    def normal(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=make, dtype=torch.float64)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=make, dtype=torch.float64)

    total = steps * n_h
    k = normal(batch, total, heads, keys)
    if key_kind == "repeated":
        k = k[:, :1].expand_as(k)
    elif key_kind == "correlated":
        k = k[:, :1] + 0.05 * k
    k = normalize(k, dim=-1).clone()
    strength = 2 * uniform(batch, total, heads, 1) if beta is None else beta
    gates = {
        "none": None,
        "scalar": uniform(batch, total, heads, 1),
        "vector": uniform(batch, total, heads, keys),
        "zero-one": uniform(batch, total, heads, keys).round(),
        "signed": 2 * uniform(batch, total, heads, keys) - 1,
    }
    for kind in ("zero-one", "signed"):
        gates[f"scalar-{kind}"] = gates[kind][..., :1].clone()
    return {
        "w": gates[gate],
        "a": -strength * k,
        "b": k.clone(),
        "v": normal(batch, total, heads, values),
        "k": k,
        "q": normal(batch, steps, heads, keys),
        "S0": normal(batch, heads, values, keys),
    }


def scan_inputs(
    *, batch: int = 2, steps: int = 20, width: int = 5, kind: str = "signed", seed: int = 0
) -> Inputs:
    """Factors of absolute value at most 1 in double precision: signed, zero-one or complex."""
    make = torch.Generator().manual_seed(seed)
    dtype = torch.complex128 if kind == "complex" else torch.float64
    a = 2 * torch.rand(batch, steps, width, generator=make, dtype=torch.float64) - 1
    if kind == "zero-one":
        a = a.round()
    if kind == "complex":
        a = a * torch.exp(3j * torch.randn(a.shape, generator=make, dtype=torch.float64))
    b = torch.randn(batch, steps, width, generator=make, dtype=dtype)
    return {"a": a, "b": b, "h0": torch.randn(batch, width, generator=make, dtype=dtype)}


def run_rank_one(inputs: Inputs, n_h: int, backend: str) -> list[Tensor]:
    """Outputs, last state and the gradient of every input, for fixed weights of the results."""
    return _results(lambda **x: rank_one(**x, n_h=n_h, backend=backend), inputs)


def run_scan(inputs: Inputs, backend: str) -> list[Tensor]:
    """States, last state and the gradient of every input, for fixed weights of the results."""
    return _results(lambda **x: diagonal_scan(**x, backend=backend), inputs)


def converted(inputs: Inputs, dtype: torch.dtype) -> Inputs:
    """The inputs in another precision (complex inputs in the complex type of that precision)."""
    twin = {torch.float32: torch.complex64, torch.float64: torch.complex128}
    return {
        name: None if x is None else x.to(twin[dtype] if x.is_complex() else dtype)
        for name, x in inputs.items()
    }


def relative_error(found: Sequence[Tensor], expected: Sequence[Tensor]) -> float:
    """The largest difference of two lists of tensors, relative to the largest entry of each."""
    assert len(found) == len(expected)
    worst = 0.0
    for x, y in zip(found, expected, strict=True):
        assert x.shape == y.shape
        error = (x.to(y.dtype) - y).abs().max() / y.abs().max().clamp(min=1.0)
        assert error.isfinite(), "a result is not finite"
        worst = max(worst, error.item())
    return worst


def _results(function: Callable[..., tuple[Tensor, Tensor]], inputs: Inputs) -> list[Tensor]:
    leaves = {n: None if x is None else x.clone().requires_grad_() for n, x in inputs.items()}
    results = function(**leaves)
    loss = torch.zeros((), dtype=torch.float64)
    for number, result in enumerate(results):
        wide = torch.complex128 if result.is_complex() else torch.float64
        make = torch.Generator().manual_seed(number)
        weights = torch.randn(result.shape, generator=make, dtype=wide)
        loss = loss + (result.to(wide) * weights).real.sum()
    wanted = [x for x in leaves.values() if x is not None]
    return [r.detach() for r in results] + list(torch.autograd.grad(loss, wanted))
