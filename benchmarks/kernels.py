"""The forms of the two recurrences and their peers: forward and backward, time and saved memory.

A useful flop is one of the definition: for each entry of the state, a sub-step of the delta rule
takes 8 forward (S a, S + e b^T + v k^T and S q), and 12 are counted backward, whatever a form does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn.functional import normalize

from benchmarks import _kernel_peers as peers
from benchmarks._options import Options
from benchmarks._timing import best_seconds
from monoscan.models.kernels import diagonal_scan, rank_one
from monoscan.models.kernels.rank_one.chunked import chunked_rank_one

# (B, T, H, d) and (B, T, D).
RANK_ONE_SIZES = [(256, 40, 4, 16), (256, 40, 4, 32), (64, 256, 4, 32), (8, 2048, 4, 64)]
SCAN_SIZES = [(256, 40, 128), (64, 256, 128), (8, 4096, 256)]
CHUNKS = (8, 16, 32, 64)
# It takes only chunks that divide T, and its memory grows with the square of a chunk.
FLA_CHUNKS = (8, 16, 20, 32)
USEFUL_FLOPS = 20
RUNS = 7


@dataclass(frozen=True)
class Machine:
    """What this machine can do at most, on the same number of threads.

    Attributes:
        gflops: Of a large matrix product in float32.
        gigabytes: A second, read and written, of a copy between large arrays.
    """

    gflops: float
    gigabytes: float


@dataclass(frozen=True)
class Cost:
    """What one form takes.

    Attributes:
        milliseconds: Forward and backward, the best of several runs.
        mebibytes: What autograd keeps between the two, the inputs left out.
    """

    milliseconds: float
    mebibytes: float


def run(_: Options) -> Iterator[dict[str, object]]:
    """The machine, then one record a recurrence, size and form, in float32."""
    machine = measure_machine()
    yield {
        "threads": torch.get_num_threads(),
        "matrix product GFLOP/s": f"{machine.gflops:.0f}",
        "copy GB/s": f"{machine.gigabytes:.1f}",
    }
    for sizes in RANK_ONE_SIZES:
        yield from rank_one_records(*sizes, machine)
        yield from rank_one_records(*sizes, machine, gated=True)
    for sizes in SCAN_SIZES:
        yield from scan_records(*sizes)


def measure_machine(size: int = 2048) -> Machine:
    """Of square matrices of this size, and of arrays with 16 times as many entries."""
    x, y = torch.randn(size, size), torch.randn(size, size)
    product = torch.empty(size, size)
    seconds = best_seconds(lambda: torch.mm(x, y, out=product), RUNS)
    source, target = torch.randn(16 * size * size), torch.zeros(16 * size * size)
    copying = best_seconds(lambda: target.copy_(source), RUNS)
    moved = 2 * source.numel() * source.element_size()
    return Machine(2e-9 * size**3 / seconds, 1e-9 * moved / copying)


def rank_one_records(
    batch: int,
    steps: int,
    heads: int,
    size: int,
    machine: Machine,
    folder: Path | None = None,
    *,
    gated: bool = False,
) -> Iterator[dict[str, object]]:
    """The delta rule in every form, perhaps with a gate a head; `folder` holds the peers."""
    k = normalize(torch.randn(batch, steps, heads, size), dim=-1)
    beta, v, q = 2 * torch.rand(batch, steps, heads, 1), torch.randn_like(k), torch.randn_like(k)
    gate = [1 - 0.1 * torch.rand_like(beta)] if gated else []
    delta = _leaves(q, k, v, beta, *gate)
    entries = batch * steps * heads * size * size
    costs = {"loop": _cost(_delta_loop, delta), "compiled": _cost(_delta_compiled, delta)}
    expected = _delta_loop(*delta)
    peers.require_agreement("the compiled form", _delta_compiled(*delta), expected)
    costs["chunked"], chunk = _best(lambda c: _cost(_delta_chunked(c), delta), CHUNKS)
    notes: dict[str, object] = {"chunked": f"chunks of {chunk}"}
    try:
        module = peers.load(peers.FLA_GATED if gated else peers.FLA, folder)
    except peers.PeerMissingError as missing:
        notes["fla naive chunk"] = str(missing)
    else:
        fitting = [c for c in FLA_CHUNKS if steps % c == 0] or [steps]
        peers.require_agreement("fla", peers.fla_chunk(module, fitting[0])(*delta), expected)
        costs["fla naive chunk"], chunk = _best(
            lambda c: _cost(peers.fla_chunk(module, c), delta), fitting
        )
        notes["fla naive chunk"] = f"chunks of {chunk}"
    for form in ("compiled", "chunked", "fla naive chunk", "loop"):
        row: dict[str, object] = {
            "kernel": "rank_one, gated" if gated else "rank_one",
            "B,T,H,d": (batch, steps, heads, size),
            "form": form,
        }
        yield row | _row(form, costs, notes, USEFUL_FLOPS * entries, machine)


def _row(
    form: str,
    costs: dict[str, Cost],
    notes: dict[str, object],
    flops: int,
    machine: Machine,
) -> dict[str, object]:
    if form not in costs:
        return {"note": notes[form]}
    cost = costs[form]
    gflops = 1e-6 * flops / cost.milliseconds
    row: dict[str, object] = {
        "ms": f"{cost.milliseconds:.1f}",
        "over compiled": f"{cost.milliseconds / costs['compiled'].milliseconds:.2f}",
        "saved MiB": f"{cost.mebibytes:.1f}",
        "useful GFLOP/s": f"{gflops:.1f}",
        "of the peak": f"{gflops / machine.gflops:.0%}",
    }
    return row | ({"note": notes[form]} if form in notes else {})


def _delta_compiled(
    q: Tensor, k: Tensor, v: Tensor, beta: Tensor, gate: Tensor | None = None
) -> Tensor:
    column = -beta * k if gate is None else -gate * beta * k
    return rank_one(gate, column, k, beta * v, k, q, backend="compiled").outputs


def _delta_chunked(chunk: int) -> Callable[..., Tensor]:
    def run(q: Tensor, k: Tensor, v: Tensor, beta: Tensor, gate: Tensor | None = None) -> Tensor:
        start = q.new_zeros(len(q), q.shape[2], v.shape[-1], q.shape[-1])
        column = -beta * k if gate is None else -gate * beta * k
        return chunked_rank_one(gate, column, k, beta * v, k, q, start, 1, chunk=chunk)[0]

    return run


def _delta_loop(
    q: Tensor, k: Tensor, v: Tensor, beta: Tensor, gate: Tensor | None = None
) -> Tensor:
    """The loop of the definition in the precision of its inputs; the oracle computes in float64."""
    state, outputs = q.new_zeros(len(q), q.shape[2], v.shape[-1], q.shape[-1]), []
    every = (q, k, v, beta, torch.ones_like(beta) if gate is None else gate)
    queries, keys, values, betas, gates = (x.unsqueeze(-1).unbind(1) for x in every)
    for query, key, value, strength, kept in zip(queries, keys, values, betas, gates, strict=True):
        state = state if gate is None else kept * state
        state = state + (strength * (value - state @ key)) @ key.mT
        outputs.append((state @ query).squeeze(-1))
    return torch.stack(outputs, 1)


def scan_records(
    batch: int, steps: int, width: int, folder: Path | None = None
) -> Iterator[dict[str, object]]:
    """The scan in every form, over what a copy of as many bytes takes."""
    given = _leaves(2 * torch.rand(batch, steps, width) - 1, torch.randn(batch, steps, width))
    forms: dict[str, Callable[..., Tensor]] = {
        "compiled": lambda a, b: diagonal_scan(a, b, backend="compiled").states,
        "chunked": lambda a, b: diagonal_scan(a, b, backend="chunked").states,
        "loop": _scan_loop,
        "torch associative_scan": peers.torch_scan,
    }
    notes = {}
    try:
        forms["mambapy"] = peers.mambapy_scan(peers.load(peers.MAMBAPY, folder))
    except peers.PeerMissingError as missing:
        notes["mambapy"] = str(missing)
    expected, costs = _scan_loop(*given), {}
    for form, function in forms.items():
        peers.require_agreement(form, function(*given), expected)
        costs[form] = _cost(function, given)
    reused, fresh = scan_floors(given[0].numel())
    for form in (*forms, *notes):
        row: dict[str, object] = {
            "kernel": "diagonal_scan",
            "B,T,D": (batch, steps, width),
            "form": form,
        }
        if form in notes:
            yield row | {"note": notes[form]}
            continue
        time = costs[form].milliseconds
        yield row | {
            "ms": f"{time:.1f}",
            "over compiled": f"{time / costs['compiled'].milliseconds:.2f}",
            "saved MiB": f"{costs[form].mebibytes:.1f}",
            "floor ms": f"{reused:.1f}",
            "over floor": f"{time / reused:.2f}",
            "floor with new results ms": f"{fresh:.1f}",
            "over floor with new results": f"{time / fresh:.2f}",
        }


def _scan_loop(a: Tensor, b: Tensor) -> Tensor:
    state, states = torch.zeros_like(a[:, 0]), []
    for factor, entry in zip(a.unbind(1), b.unbind(1), strict=True):
        state = factor * state + entry
        states.append(state)
    return torch.stack(states, 1)


def scan_floors(entries: int) -> tuple[float, float]:
    """Milliseconds of copies that move what the scan must: 5 arrays read and 3 written.

    Forward reads a, b and writes h; backward reads a, h, dh and writes da, db. The first figure
    copies between arrays that are there, 4 read and 4 written. In the second, three of the four
    copies go into new memory, as results must: the system fills its pages with zeros first.
    """
    source, target = torch.randn(4 * entries), torch.zeros(4 * entries)
    pieces = source.split(entries)

    def fresh() -> list[Tensor]:
        results = [piece.clone() for piece in pieces[:3]]
        target[:entries].copy_(pieces[3])
        return results

    reused = best_seconds(lambda: target.copy_(source), RUNS)
    return 1e3 * reused, 1e3 * best_seconds(fresh, RUNS)


def _leaves(*tensors: Tensor) -> list[Tensor]:
    return [x.requires_grad_() for x in tensors]


def _best(measure: Callable[[int], Cost], chunks: Sequence[int]) -> tuple[Cost, int]:
    """The cost with the fastest of the chunks, and that chunk."""
    costs = {chunk: measure(chunk) for chunk in chunks}
    fastest = min(costs, key=lambda chunk: costs[chunk].milliseconds)
    return costs[fastest], fastest


def _cost(function: Callable[..., Tensor], inputs: list[Tensor]) -> Cost:
    """Forward and backward, after a first call that may compile."""
    weights = torch.randn_like(function(*inputs).detach())

    def both() -> None:
        torch.autograd.grad(function(*inputs), inputs, weights)

    saved = saved_mebibytes(function, inputs)
    both()
    return Cost(1e3 * best_seconds(both, RUNS), saved)


def saved_mebibytes(function: Callable[..., Tensor], inputs: Sequence[Tensor]) -> float:
    """What autograd saves in one call beyond its inputs, each piece of memory counted once."""
    given = {x.untyped_storage().data_ptr() for x in inputs}
    found: dict[int, Tensor] = {}

    def keep(x: Tensor) -> Tensor:
        storage = x.untyped_storage()
        if storage.data_ptr() not in given:
            found[storage.data_ptr()] = x
        return x

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda x: x):
        result = function(*inputs)
    assert result.requires_grad
    return sum(x.untyped_storage().nbytes() for x in found.values()) / 2**20
