"""The Triton kernels beside the float64 loop: on a GPU, or in Triton's interpreter.

    TRITON_INTERPRET=1 python -m benchmarks._gpu_checks

prints the small cases as JSON, one a line. The variable must stand before triton is imported, so
that `benchmarks.gpu` starts this as a process of its own where there is no GPU.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import torch
from torch import Tensor
from torch.nn.functional import normalize

from monoscan.models.kernels import diagonal_scan, rank_one

# Relative to the largest entry, in float32; the same as in the tests of the interpreter.
AGREEMENT = 5e-5


@dataclass(frozen=True)
class Case:
    """One comparison.

    Attributes:
        kernel: rank_one or diagonal_scan.
        form: The backend.
        batch: Sequences.
        tokens: Their length.
        heads: Heads; 1 for the scan.
        width: K = V, or the width of the scan.
        gate: none, scalar, vector, zeros (exact zeros and ones); real or complex of the scan.
        keys: random or repeated (one key for all tokens, with beta = 2).
        n_h: Sub-steps of a token.
    """

    kernel: str
    form: str
    batch: int
    tokens: int
    heads: int
    width: int
    gate: str
    keys: str = "random"
    n_h: int = 1


SMALL = (
    Case("rank_one", "triton", 1, 9, 2, 8, "none", "repeated"),
    Case("rank_one", "triton", 1, 6, 2, 5, "vector", n_h=2),
    Case("rank_one", "triton", 1, 7, 1, 4, "zeros"),
    Case("rank_one", "triton-chunked", 1, 35, 1, 8, "none", "repeated"),
    Case("rank_one", "triton-chunked", 1, 20, 1, 4, "scalar", n_h=2),
    Case("diagonal_scan", "triton", 2, 33, 1, 5, "real"),
    Case("diagonal_scan", "triton", 1, 17, 1, 3, "complex"),
)
"""For the interpreter, which reads some thousands of numbers a second."""

LARGE = (
    *(
        Case("rank_one", form, 2, tokens, 4, width, gate, keys)
        for form in ("triton", "triton-chunked")
        for tokens, width in ((40, 16), (256, 32), (300, 64))
        for gate, keys in (("none", "repeated"), ("scalar", "random"))
    ),
    *(
        Case("rank_one", "triton", 2, 256, 4, width, gate)
        for width in (32, 64)
        for gate in ("vector", "zeros")
    ),
    Case("rank_one", "triton", 2, 64, 4, 32, "scalar", n_h=3),
    Case("rank_one", "triton-chunked", 2, 64, 4, 32, "scalar", n_h=3),
    Case("diagonal_scan", "triton", 4, 1000, 1, 256, "real"),
    Case("diagonal_scan", "triton", 4, 1000, 1, 128, "complex"),
)
"""For a GPU."""

Inputs = dict[str, "Tensor | None"]


def inputs_of(case: Case) -> Inputs:
    """Random inputs in float64."""
    make = torch.Generator().manual_seed(0)

    def normal(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=make, dtype=torch.float64)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=make, dtype=torch.float64)

    batch, tokens, heads, width = case.batch, case.tokens, case.heads, case.width
    if case.kernel == "diagonal_scan":
        a, b = 2 * uniform(batch, tokens, width) - 1, normal(batch, tokens, width)
        if case.gate == "complex":
            a = torch.polar(a.abs(), 3 * normal(*a.shape))
            b = torch.complex(b, normal(*b.shape))
        return {"a": a, "b": b, "h0": b[:, 0].clone()}
    steps = tokens * case.n_h
    k = normal(batch, steps, heads, width)
    repeated = case.keys == "repeated"
    k = normalize(k[:, :1].expand_as(k) if repeated else k, dim=-1).clone()
    strength = 2 * uniform(batch, steps, heads, 1)
    column = -(2 if repeated else strength) * k
    gates = {
        "none": None,
        "scalar": uniform(batch, steps, heads, 1),
        "vector": uniform(batch, steps, heads, width),
        "zeros": uniform(batch, steps, heads, width).round(),
    }
    values, queries = normal(batch, steps, heads, width), normal(batch, tokens, heads, width)
    start = normal(batch, heads, width, width)
    return {
        "w": gates[case.gate],
        **{"a": column, "b": k.clone(), "v": values, "k": k, "q": queries, "S0": start},
    }


def results(case: Case, inputs: Inputs, backend: str) -> list[Tensor]:
    """Outputs, last state and the gradients of all inputs."""
    given = {
        name: None if x is None else x.detach().clone().requires_grad_()
        for name, x in inputs.items()
    }
    if case.kernel == "rank_one":
        found = list(rank_one(**given, n_h=case.n_h, backend=backend))  # type: ignore[arg-type]
    else:
        found = list(diagonal_scan(**given, backend=backend))  # type: ignore[arg-type]
    total = sum((part.abs() * (1 + place)).sum() for place, part in enumerate(found))
    leaves = [x for x in given.values() if x is not None]
    return [*(part.detach() for part in found), *torch.autograd.grad(total, leaves)]


def error_of(case: Case, device: str) -> float:
    """The largest difference from the float64 loop, over the largest entry of its tensor."""
    inputs = inputs_of(case)
    expected = results(case, inputs, "reference")
    narrow = {
        name: None if x is None else x.to(device).to(_NARROW[x.dtype]) for name, x in inputs.items()
    }
    found = results(case, narrow, case.form)
    return max(
        float((a.cpu() - b).abs().max() / b.abs().max().clamp(min=1e-30))
        for a, b in zip(found, expected, strict=True)
    )


_NARROW = {torch.float64: torch.float32, torch.complex128: torch.complex64}


def checks(
    cases: tuple[Case, ...], device: str, go_on: Callable[[], bool] = lambda: True
) -> Iterator[dict[str, object]]:
    """A row a case: its error, and whether it agrees; what there is no time for is left out."""
    for case in cases:
        if not go_on():
            return
        error = error_of(case, device)
        yield {**asdict(case), "error": error, "agrees": error < AGREEMENT}


if __name__ == "__main__":
    for row in checks(SMALL, "cpu"):
        print(json.dumps(row), flush=True)
