"""A sweep that was killed ends, when it is called again, as if nothing had been."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monoscan.models.sweep import ResultStore, StoredRun

SWEEP = """
languages = ["parity", "flip-flop"]
writing = ["flip-flop"]
layers = ["deltanet [-1,1]", "diagonal [0,1]"]
seeds = 2
training = {steps = 30, max_length = 6, batch = 16, checkpoint_every = 3}
network = {width = 8, heads = 2}
test = {lengths = [8, 16], words = 20, worst_length = 20}
"""
RUNS = 8
# A fork has loaded torch already, so that what is killed is the sweep and not the start of Python.
SERVER = """
import os, sys
import torch
import monoscan.cli.sweep, monoscan.report.confrontation_table, monoscan.models.sweep.quick
from monoscan.cli.app import main

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.setsid()
        sys.argv = ["monoscan", *line.split()]
        null = os.open(os.devnull, os.O_RDWR)
        os.dup2(null, 0)
        os.dup2(null, 1)
        main()
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class Server:
    """Runs `monoscan ...` in forks of one process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def start(self, line: str) -> int:
        """Starts a command; its process id."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._line()

    def code(self) -> int:
        """Waits for the command; its exit code, negative for a signal."""
        return self._line()

    def _line(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    with process:
        yield Server(process)


def decided(run: StoredRun) -> tuple[Any, ...]:
    """What the configuration decides of a record: all but times and the names of versions."""
    outcome = replace(run.outcome, processor_seconds=0.0, made_with={})
    return run.digest, run.config, outcome


def records(folder: Path) -> dict[str, tuple[Any, ...]]:
    runs = list(ResultStore(folder).runs())
    found = {run.digest: decided(run) for run in runs}
    assert len(found) == len(runs)  # each once
    return found


@pytest.mark.slow
def test_kills_at_twenty_random_moments_change_no_record(tmp_path: Path) -> None:
    (tmp_path / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    draw = random.Random(17)
    with serving(tmp_path) as server:

        def sweep(name: str, workers: int = 1) -> int:
            return server.start(f"sweep sweep.toml --runs {name} --workers {workers}")

        begun = time.monotonic()
        sweep("undisturbed")
        assert server.code() == 0
        whole = time.monotonic() - begun
        expected = records(tmp_path / "undisturbed")
        assert len(expected) == RUNS
        assert all(outcome.curve and outcome.worst for *_, outcome in expected.values())

        def killed(name: str, workers: int, most: float) -> bool:
            """Whether the sweep was killed before it ended."""
            child = sweep(name, workers)
            time.sleep(draw.random() * most)
            with suppress(ProcessLookupError):
                (os.kill, os.killpg)[draw.random() < 0.5](child, signal.SIGKILL)
            code = server.code()
            assert code in (0, -signal.SIGKILL)
            assert records(tmp_path / name).items() <= expected.items()
            return code != 0

        # Two workers are new processes, which load torch first. They outlive a parent that is
        # killed alone, and are at work beside the next sweep of the same folder.
        for workers, kills, most in ((1, 16, whole / 2), (2, 4, whole + 4)):
            number = 0
            while kills:
                name = f"{workers}-{number}"
                count = min(kills, 4)
                while count and killed(name, workers, most):
                    count, kills = count - 1, kills - 1
                sweep(name, workers)
                assert server.code() == 0
                assert records(tmp_path / name) == expected
                number += 1
