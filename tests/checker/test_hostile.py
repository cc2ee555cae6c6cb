"""Hostile certificates: no more work than is charged, and no more is charged than is allowed."""

from __future__ import annotations

import json
import subprocess
import sys
from types import FrameType
from typing import Any

import pytest
from helpers.certificate_parts import CHECKER, load_checker
from helpers.effort import EVERYTHING
from helpers.hostile_certificates import HOSTILE, LARGEST

checker = load_checker()
_FOLDER = str(CHECKER)
# A unit is about a nanosecond, and an instruction of the interpreter takes ten and more.
_UNITS = 12
# What is not charged: a few steps outside of all loops.
_FREE = 50_000


def file_of(name: str) -> bytes:
    data = json.dumps(HOSTILE[name](), separators=(",", ":"), ensure_ascii=False).encode()
    assert len(data) < LARGEST
    return data


def kind_of(name: str) -> str:
    """The longest kind that the name begins with."""
    found: str = max((kind for kind in checker.KINDS if name.startswith(f"{kind}-")), key=len)
    return found


def test_each_kind_has_hostile_certificates() -> None:
    made = [kind_of(name) for name in HOSTILE]
    assert {kind for kind in checker.KINDS if made.count(kind) < 2} == set()
    for name, make in HOSTILE.items():
        assert make()["kind"] == kind_of(name)


class Instructions:
    """Counts the instructions that the checker's files execute."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, frame: FrameType, _event: str, _argument: object) -> Any:
        if not frame.f_code.co_filename.startswith(_FOLDER):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return self.step

    def step(self, _frame: FrameType, event: str, _argument: object) -> Any:
        self.count += event == "opcode"
        return self.step


ONE_A_KIND = list({kind_of(name): name for name in HOSTILE}.values())


@pytest.mark.parametrize("name", HOSTILE if EVERYTHING else ONE_A_KIND)
def test_work_is_charged_before_it_is_done(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data, most = file_of(name), 30_000_000
    monkeypatch.setattr(checker, "MAX_WORK", most)
    counted, before = Instructions(), sys.gettrace()
    checker.spectrum.cache_clear()
    sys.settrace(counted)
    try:
        result = checker.check(data)
    finally:
        sys.settrace(before)
    assert result.verdict in ("valid", "invalid", "incomplete", "malformed"), result.reason
    assert len(result.reason) <= checker.MAX_REASON
    charged = most - checker.WORK.left
    assert 0 <= charged <= most
    assert _UNITS * counted.count <= charged + _FREE


_HUNGRY = (
    "exhaustive-integers",
    "exhaustive-long-steps",
    "exhaustive-monoid-wraps",
    "identity-long-coefficients",
    "identity-many-polynomials",
    "matrix-fact-circle-symmetric",
    "monoid-large-group",
    "monoid-many-generators",
    "obstruction-s5-on-many-states",
    "recognizer-many-diagonals",
    "recognizer-reflections-with-long-numbers",
    "recognizer-wide-lifts",
    "short-products-all-maps",
)
_CONFINED = """
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, (2**20 * 640, 2**20 * 640))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="limits the memory of a process")
@pytest.mark.parametrize("name", _HUNGRY)
def test_memory_is_bounded(name: str, tmp_path: Any) -> None:
    """All limits as they are, in a process that has 512 MiB beside those of the interpreter."""
    path = tmp_path / "hostile.json"
    path.write_bytes(file_of(name))
    command = [sys.executable, "-I", "-c", _CONFINED, str(CHECKER), str(path)]
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode in (0, 1, 3, 4), answer.stderr
    assert "internal" not in answer.stdout + answer.stderr


def test_the_limits_are_the_documented_ones() -> None:
    page = " ".join((CHECKER / "FORMAT.md").read_text(encoding="utf-8").split())
    for words in (
        f"{checker.MAX_WORK // 10**10} * 10^10 units of work",
        f"costs {checker.BYTE} units",
        f"{checker.MAX_ROOM // 2**20} MiB for the numbers of one matrix",
        f"limits itself to {checker.MAX_MEMORY // 2**30} GiB",
        f"{checker.MAX_BITS:,} bits in a number",
        f"{checker.MAX_STATES:,} states",
        f"{checker.MAX_IMAGES:,} images",
        f"{checker.MAX_GROUP:,} elements",
    ):
        assert words in page
