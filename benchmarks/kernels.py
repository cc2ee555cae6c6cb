"""The forms of the two recurrences beside each other: forward and backward, milliseconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor
from torch.nn.functional import normalize

from benchmarks._options import Options
from benchmarks._timing import best_seconds
from monoscan.models.kernels import diagonal_scan, rank_one
from monoscan.models.kernels.diagonal_scan.reference import reference_scan
from monoscan.models.kernels.rank_one.chunked import chunked_rank_one

# (B, T, H, d) and (B, T, D).
RANK_ONE_SIZES = [(256, 40, 4, 16), (256, 40, 4, 32), (64, 256, 4, 32), (8, 2048, 4, 64)]
SCAN_SIZES = [(256, 40, 128), (64, 256, 128), (8, 4096, 256)]
CHUNKS = (8, 16, 32, 64)


def run(_: Options) -> Iterator[dict[str, object]]:
    """One record a recurrence and size, on torch's number of threads, in float32."""
    for sizes in RANK_ONE_SIZES:
        yield {"threads": torch.get_num_threads(), **_rank_one_record(*sizes)}
    for sizes in SCAN_SIZES:
        yield {"threads": torch.get_num_threads(), **_scan_record(*sizes)}


def _rank_one_record(batch: int, steps: int, heads: int, size: int) -> dict[str, object]:
    k = normalize(torch.randn(batch, steps, heads, size), dim=-1)
    a, b = -2 * torch.rand(batch, steps, heads, 1) * k, k.clone()
    v, q = torch.randn_like(k), torch.randn_like(k)
    S0 = torch.zeros(batch, heads, size, size)
    inputs = [x.requires_grad_() for x in (a, b, v, k, q, S0)]
    compiled = _milliseconds(
        lambda a, b, v, k, q, S0: rank_one(None, a, b, v, k, q, S0, backend="compiled").outputs,
        inputs,
    )
    chunked = {
        chunk: _milliseconds(lambda *x, c=chunk: chunked_rank_one(None, *x, 1, chunk=c)[0], inputs)
        for chunk in CHUNKS
    }
    best = min(chunked, key=chunked.__getitem__)
    return {
        "kernel": "rank_one",
        "B,T,H,d": (batch, steps, heads, size),
        "loop_ms": round(_milliseconds(_delta_loop, inputs), 1),
        "chunked_ms": round(chunked[best], 1),
        "best_chunk": best,
        "compiled_ms": round(compiled, 1),
        "chunked_over_compiled": round(chunked[best] / compiled, 2),
    }


def _delta_loop(a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor) -> Tensor:
    """The loop of the definition in the precision of its inputs; the oracle computes in float64."""
    state, outputs = S0, []
    columns, rows, values, keys, queries = (x.unsqueeze(-1).unbind(1) for x in (a, b, v, k, q))
    for column, row, value, key, query in zip(columns, rows, values, keys, queries, strict=True):
        state = state + (state @ column) @ row.mT + value @ key.mT
        outputs.append((state @ query).squeeze(-1))
    return torch.stack(outputs, 1)


def _scan_record(batch: int, steps: int, width: int) -> dict[str, object]:
    a = 2 * torch.rand(batch, steps, width) - 1
    inputs = [x.requires_grad_() for x in (a, torch.randn_like(a), torch.zeros(batch, width))]
    compiled = _milliseconds(lambda *x: diagonal_scan(*x, backend="compiled").states, inputs)
    chunked = _milliseconds(lambda *x: diagonal_scan(*x, backend="chunked").states, inputs)
    return {
        "kernel": "diagonal_scan",
        "B,T,D": (batch, steps, width),
        "float64_loop_ms": round(_milliseconds(lambda *x: reference_scan(*x)[0], inputs), 1),
        "chunked_ms": round(chunked, 1),
        "compiled_ms": round(compiled, 1),
        "bandwidth_floor_ms": round(_floor_milliseconds(a.numel()), 1),
    }


def _floor_milliseconds(entries: int) -> float:
    """A copy that moves as much as the scan must: a, b, h forward; a, h, dh, da, db backward."""
    source, target = torch.randn(4 * entries), torch.empty(4 * entries)
    return 1e3 * best_seconds(lambda: target.copy_(source), runs=5)


def _milliseconds(function: Callable[..., Tensor], inputs: list[Tensor]) -> float:
    """Forward and backward, after a first call that may compile."""
    weights = torch.randn_like(function(*inputs).detach())

    def both() -> None:
        torch.autograd.grad(function(*inputs), inputs, weights)

    both()
    return 1e3 * best_seconds(both, runs=5)
