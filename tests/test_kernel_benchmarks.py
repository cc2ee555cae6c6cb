"""The benchmark of the kernels runs through, and a peer that computes other numbers stops it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Stand-ins for the two files from PyPI, with the names and the order of dimensions that those have.
FLA = """
import torch
def delta_rule_chunkwise(q, k, v, beta, chunk_size=32):
    assert q.shape[2] % chunk_size == 0
    S, out = q.new_zeros(*q.shape[:2], v.shape[-1], k.shape[-1]), []
    for t in range(q.shape[2]):
        e = v[:, :, t] - (S @ k[:, :, t, :, None]).squeeze(-1)
        S = S + SIGN * beta[:, :, t, None, None] * e.unsqueeze(-1) * k[:, :, t, None]
        out.append((S @ q[:, :, t, :, None]).squeeze(-1) * q.shape[-1] ** -0.5)
    return torch.stack(out, 2), S
"""
FLA_GATED = """
import torch
def naive_chunk_gated_delta_rule(q, k, v, g, beta, chunk_size=64, scale=None):
    S, out = q.new_zeros(len(q), q.shape[2], v.shape[-1], k.shape[-1]), []
    for t in range(q.shape[1]):
        S = g[:, t].exp()[..., None, None] * S
        e = v[:, t] - (S @ k[:, t, ..., None]).squeeze(-1)
        S = S + beta[:, t][..., None, None] * e.unsqueeze(-1) * k[:, t].unsqueeze(-2)
        out.append((S @ q[:, t, ..., None]).squeeze(-1) * scale)
    return torch.stack(out, 1), S
"""
MAMBAPY = """
import torch
def pscan(A, X):
    h, out = 0 * X[:, 0], []
    for t in range(A.shape[1]):
        h = A[:, t] * h + X[:, t]
        out.append(h)
    return torch.stack(out, 1)
"""

PROGRAM = """
import json, sys
from pathlib import Path
import torch
from benchmarks import kernels
torch.manual_seed(0)
torch.set_num_threads(1)
folder = Path(sys.argv[1])
machine = kernels.measure_machine(64)
rows = list(kernels.rank_one_records(2, 24, 2, 8, machine, folder))
rows += kernels.rank_one_records(2, 24, 2, 8, machine, folder, gated=True)
rows += kernels.scan_records(2, 24, 8, folder)
print(json.dumps(rows))
"""


def run(folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def write_peers(folder: Path, sign: str = "1") -> None:
    for place, text in (
        ("fla-core==0.6.0/fla/ops/delta_rule/naive.py", FLA.replace("SIGN", sign)),
        ("fla-core==0.6.0/fla/ops/gated_delta_rule/naive.py", FLA_GATED),
        ("mambapy==1.2.0/mambapy/pscan.py", MAMBAPY),
    ):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text, encoding="utf-8")


def test_every_form_has_a_row_with_its_figures(tmp_path: Path) -> None:
    write_peers(tmp_path)
    answer = run(tmp_path)
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)
    assert [row["form"] for row in rows] == [
        *("compiled", "chunked", "fla naive chunk", "loop"),
        *("compiled", "chunked", "fla naive chunk", "loop"),
        *("compiled", "chunked", "loop", "torch associative_scan", "mambapy"),
    ]
    for row in rows:
        assert float(row["ms"]) >= 0
        assert float(row["saved MiB"]) >= 0
    for row in rows[:8]:
        assert float(row["useful GFLOP/s"]) >= 0
        assert row["of the peak"].endswith("%")
    assert rows[0]["over compiled"] == "1.00"
    assert float(rows[8]["over floor"]) > 0


def test_a_peer_that_computes_other_numbers_is_not_timed(tmp_path: Path) -> None:
    write_peers(tmp_path, sign="-1")
    answer = run(tmp_path)
    assert answer.returncode == 1
    assert "PeerDisagreesError: fla differs by " in answer.stderr


@pytest.mark.slow
def test_peers_that_cannot_be_had_say_so(tmp_path: Path) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    answer = run(tmp_path, PIP_CONFIG_FILE=os.devnull, **nowhere)
    assert answer.returncode == 0, answer.stderr
    notes = {row["form"]: row.get("note", "") for row in json.loads(answer.stdout)}
    assert notes["fla naive chunk"].startswith("not compared: pip cannot get fla-core==0.6.0 (")
    assert notes["mambapy"].startswith("not compared: pip cannot get mambapy==1.2.0 (")


@pytest.mark.slow
def test_the_peers_of_pypi_compute_the_same_numbers(tmp_path: Path) -> None:
    """Disagreement would stop the program; without a network there would be notes and no times."""
    answer = run(tmp_path)
    assert answer.returncode == 0, answer.stderr
    times = {row["form"]: row.get("ms") for row in json.loads(answer.stdout)}
    assert times["fla naive chunk"] is not None, answer.stdout
    assert times["mambapy"] is not None, answer.stdout
