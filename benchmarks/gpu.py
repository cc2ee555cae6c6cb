"""The Triton kernels on a GPU: checked against the float64 loop, timed beside fla's kernels.

Without a GPU the same checks run on small cases in Triton's interpreter, and the kernels are
compiled ahead of time; nothing is timed. Either way one JSON file has everything, and it says what
there was no time for: the whole takes at most eight minutes.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from time import monotonic

import torch
from torch import Tensor
from torch.nn.functional import normalize

from benchmarks._gpu_checks import LARGE, SMALL, checks
from benchmarks._options import Options
from monoscan.models.kernels import rank_one
from monoscan.models.kernels.resources import all_resources

SECONDS = 480.0
_FOR_CHECKS = 240.0
_REPEATS = 10
_SAME = 0.05
_PEER = "flash-linear-attention==0.6.0"
SHAPES = ((256, 40, 4, 16), (256, 40, 4, 32), (64, 256, 4, 32), (8, 2048, 4, 64), (8, 4096, 16, 64))


def run(options: Options) -> Iterator[dict[str, object]]:
    """Rows of what was found; the file is written at the end, also if a check fails."""
    end = monotonic() + SECONDS
    has_gpu = torch.cuda.is_available()
    found: dict[str, list[dict[str, object]]] = {"checks": [], "times": [], "resources": []}
    facts: dict[str, object] = {
        "device": torch.cuda.get_device_name() if has_gpu else "none: Triton's interpreter",
        "python": platform.python_version(),
        **{name: _version(name) for name in ("torch", "triton", "flash-linear-attention")},
    }
    yield {"device": facts["device"]}
    parts = (
        ("checks", _on_gpu(end) if has_gpu else _interpreted(end)),
        ("times", _times(end) if has_gpu else iter(())),
        ("resources", iter(()) if has_gpu else _resources(end)),
    )
    for name, rows in parts:
        for row in rows:
            found[name].append(row)
            yield row
    left_out = (len(LARGE) if has_gpu else len(SMALL)) - len(found["checks"])
    facts |= {"checks left out": left_out, "seconds": round(monotonic() - end + SECONDS, 1)}
    options.folder.mkdir(parents=True, exist_ok=True)
    file = options.folder / "gpu.json"
    file.write_text(json.dumps({**facts, **found}, indent=2) + "\n", encoding="utf-8")
    wrong = [row for row in found["checks"] if not row["agrees"]]
    yield {"written": str(file), "checks": len(found["checks"]), "wrong": len(wrong), **facts}
    if wrong:
        raise SystemExit(f"{len(wrong)} kernels differ from the float64 loop: see {file}")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _on_gpu(end: float) -> Iterator[dict[str, object]]:
    limit = end - SECONDS + _FOR_CHECKS
    return checks(LARGE, "cuda", lambda: monotonic() < limit)


def _interpreted(end: float) -> Iterator[dict[str, object]]:
    """The small cases in a process in which Triton interprets its kernels."""
    command = [sys.executable, "-m", "benchmarks._gpu_checks"]
    try:
        done = subprocess.run(
            command,
            cwd=Path(__file__).parent.parent,
            env={**os.environ, "TRITON_INTERPRET": "1"},
            capture_output=True,
            text=True,
            timeout=max(1.0, end - monotonic()),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return iter(())
    if done.returncode:
        raise SystemExit(f"the interpreter failed:\n{done.stderr}")
    return iter([json.loads(line) for line in done.stdout.splitlines()])


def _resources(end: float) -> Iterator[dict[str, object]]:
    """What each kernel takes, compiled ahead of time for GPUs that need not be there."""
    for resources in all_resources():
        yield asdict(resources)
        if monotonic() > end:
            return


def _times(end: float) -> Iterator[dict[str, object]]:
    """Milliseconds of forward and backward, on the same inputs; fla's chunks take bfloat16."""
    for shape in SHAPES:
        for gated in (False, True):
            given = _delta(shape, gated)
            calls = [*_ours(given), *_peers(given)]
            first = calls[0][1]().detach().float()
            for name, call in calls:
                if monotonic() > end:
                    return
                row: dict[str, object] = {"shape": str(shape), "gated": gated, "form": name}
                try:
                    # Bfloat16 has three digits; what differs by more computes something else.
                    other = (call().detach().float() - first).abs().max() / first.abs().max()
                    row["difference from the first form"] = float(other)
                    if other > _SAME:
                        raise ValueError("another result, so that its time says nothing")
                    yield {**row, "ms": round(_milliseconds(call, given), 3)}
                except Exception as error:  # a peer that cannot run here is a row, not the end
                    yield {**row, "ms": None, "why": f"{type(error).__name__}: {error}"[:300]}


def _delta(shape: tuple[int, int, int, int], gated: bool) -> dict[str, Tensor]:
    batch, tokens, heads, width = shape
    torch.manual_seed(0)
    q, k, v = (torch.randn(batch, tokens, heads, width, device="cuda") for _ in range(3))
    given = {"q": normalize(q, dim=-1), "k": normalize(k, dim=-1), "v": v}
    given["beta"] = torch.rand(batch, tokens, heads, device="cuda")
    if gated:
        given["g"] = -torch.rand(batch, tokens, heads, device="cuda")
    return {name: x.requires_grad_() for name, x in given.items()}


def _ours(given: dict[str, Tensor]) -> list[tuple[str, Callable[[], Tensor]]]:
    def call(backend: str) -> Callable[[], Tensor]:
        def run_it() -> Tensor:
            k, beta = given["k"], given["beta"].unsqueeze(-1)
            gate = given["g"].exp().unsqueeze(-1) if "g" in given else None
            column = -beta * k if gate is None else -gate * beta * k
            v, q = beta * given["v"], given["q"]
            return rank_one(gate, column, k, v, k, q, backend=backend).outputs  # type: ignore[arg-type]

        return run_it

    return [(f"monoscan {form}, float32", call(form)) for form in ("triton", "triton-chunked")]


def _peers(given: dict[str, Tensor]) -> list[tuple[str, Callable[[], Tensor]]]:
    try:
        from fla.ops.delta_rule import chunk_delta_rule, fused_recurrent_delta_rule
        from fla.ops.gated_delta_rule import (
            chunk_gated_delta_rule,
            fused_recurrent_gated_delta_rule,
        )
    except ImportError:

        def absent() -> Tensor:
            raise ModuleNotFoundError(f"pip install {_PEER}")

        return [("fla", absent)]
    gated = "g" in given
    chunk, recurrent = (
        (chunk_gated_delta_rule, fused_recurrent_gated_delta_rule)
        if gated
        else (chunk_delta_rule, fused_recurrent_delta_rule)
    )
    half = {
        name: x if name == "g" else x.detach().bfloat16().requires_grad_()
        for name, x in given.items()
    }
    peers = [("fla chunk, bfloat16", lambda: chunk(**half, scale=1.0)[0])]
    # The recurrent kernel with gates has no backward pass in fla 0.6.0.
    if not gated:
        peers.append(("fla recurrent, float32", lambda: recurrent(**given, scale=1.0)[0]))
    return peers


def _milliseconds(call: Callable[[], Tensor], given: dict[str, Tensor]) -> float:
    """The median of some runs after others that compile and warm up."""
    found = []
    for turn in range(3 + _REPEATS):
        begin, done = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        call().float().square().sum().backward()
        done.record()
        torch.cuda.synchronize()
        if turn >= 3:
            found.append(begin.elapsed_time(done))
        for x in given.values():
            x.grad = None
    return median(found)
