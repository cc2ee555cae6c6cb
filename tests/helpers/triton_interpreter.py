"""Programs that run Triton's kernels in its interpreter, each in a fresh process.

TRITON_INTERPRET must stand before triton is imported.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parents[1]


def interpreted(program: str, cases: Sequence[tuple[object, ...]]) -> list[Any]:
    """Run a program that finds its CASES and torch, and appends to `results` what JSON can hold."""
    lines = ["import json, torch", "torch.set_num_threads(1)", "results = []", f"CASES = {cases!r}"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*lines, program, "print(json.dumps(results))"])],
        env={**os.environ, "TRITON_INTERPRET": "1", "PYTHONPATH": str(TESTS)},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout)
    return results
