"""`python -m benchmarks gpu` where there is no GPU: what it checks, writes and says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PROGRAM = """
import json, sys
from dataclasses import replace
from pathlib import Path
import torch
from benchmarks import _gpu_checks, gpu
from benchmarks._options import Options
folder = Path(sys.argv[1])
torch.cuda.is_available = lambda: False
# The chunked form in plain torch stands in for the interpreter, which the kernels' own tests use.
cases = [replace(case, form="chunked") for case in _gpu_checks.SMALL]
good = list(_gpu_checks.checks(tuple(cases), "cpu"))
none = list(_gpu_checks.checks(tuple(cases), "cpu", lambda: False))
honest = _gpu_checks.results
def wrong(case, inputs, backend):
    found = honest(case, inputs, backend)
    return found if backend == "reference" else [found[0] * 1.01, *found[1:]]
_gpu_checks.results = wrong
bad = list(_gpu_checks.checks(tuple(cases[:1]), "cpu"))
gpu._resources = lambda end: iter([{"kernel": "a", "registers": 8}])
said = []
for rows in (good, bad):
    gpu._interpreted = lambda end: iter(rows)
    try:
        for row in gpu.run(Options(folder=folder)):
            said.append(row)
    except SystemExit as error:
        said.append(str(error))
    said.append(json.loads((folder / "gpu.json").read_text()))
print(json.dumps({"good": good, "none": none, "bad": bad, "said": said}))
"""


def test_it_runs_as_far_as_it_can_and_says_what_differs(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["good"]) == 7
    assert all(row["agrees"] and row["error"] < 1e-5 for row in found["good"])
    assert {(row["kernel"], row["gate"]) for row in found["good"]} >= {
        ("rank_one", "none"),
        ("rank_one", "zeros"),
        ("diagonal_scan", "complex"),
    }
    assert found["none"] == []
    assert [row["agrees"] for row in found["bad"]] == [False]
    files = [said for said in found["said"] if isinstance(said, dict) and "times" in said]
    assert [file["checks left out"] for file in files] == [0, 6]
    assert [len(file["checks"]) for file in files] == [7, 1]
    assert all(file["device"] == "none: Triton's interpreter" for file in files)
    assert all(file["times"] == [] and len(file["resources"]) == 1 for file in files)
    (end,) = [said for said in found["said"] if isinstance(said, str)]
    assert end.startswith("1 kernels differ from the float64 loop: see ")
