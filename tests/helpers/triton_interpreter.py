"""Programs that run Triton's kernels in its interpreter, in a fresh process.

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


def interpreted(*parts: tuple[str, Sequence[tuple[object, ...]]]) -> list[list[Any]]:
    """Run programs one after the other in a process that has torch.

    Args:
        parts: Programs and their CASES; each appends to `results` what JSON can hold.

    Returns:
        The results of each.
    """
    lines = ["import json, torch", "of_parts = []"]
    for program, cases in parts:
        lines += ["results = []", f"CASES = {cases!r}", program, "of_parts.append(results)"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*lines, "print(json.dumps(of_parts))"])],
        env={**os.environ, "TRITON_INTERPRET": "1", "PYTHONPATH": str(TESTS)},
        cwd=TESTS.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[list[Any]] = json.loads(done.stdout)
    return found
