"""Ctrl-C at any moment: exit code 130, one word, and every file that is there is whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from helpers.command_line import environment
from helpers.lone_checker import check_alone

CLAIM = "parity-needs-negative-eigs"
# Says that it is ready once the handler of Ctrl-C is about to be installed.
PROGRAM = "from monoscan.cli.app import {entry}; print('ready', flush=True); import sys; {entry}()"
FILES = 34


def files(folder: Path) -> list[Path]:
    """All files and leftovers under the folder of certificates."""
    return [path for path in (folder / "out").rglob("*") if not path.is_dir()]


def moment(seconds: float) -> Callable[[Path], bool]:
    """A moment after the start of the command."""
    start = time.monotonic()
    return lambda _: time.monotonic() - start > seconds


def written(count: int, later: float = 0.0) -> Callable[[Path], bool]:
    """The moment at which so many certificates have been written, or some seconds later."""
    seen: list[float] = []

    def has_come(folder: Path) -> bool:
        if not seen and sum(path.suffix == ".json" for path in files(folder)) >= count:
            seen.append(time.monotonic())
        return bool(seen) and time.monotonic() - seen[0] >= later

    return has_come


MOMENTS: dict[str, Callable[[], Callable[[Path], bool]]] = {
    "while modules are imported": lambda: moment(0.1),
    "soon after": lambda: moment(0.4),
    "the first file": lambda: written(1),
    "the tenth file": lambda: written(10),
    "nearly all files": lambda: written(FILES - 6),
    "the last file": lambda: written(FILES),
    "while the checker runs": lambda: written(FILES, later=0.3),
}


def interrupted(
    folder: Path, name: str, whole_group: bool, entry: str, *arguments: str
) -> tuple[int, str, str]:
    """Starts a command, interrupts it at a moment: exit code, standard output and error."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(entry=entry), *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    has_come = MOMENTS[name]()
    while not has_come(folder):
        assert process.poll() is None, "the command ended before its moment"
        time.sleep(0.005)
    if whole_group:  # as a terminal does: the checker's process is hit as well
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    return process.returncode, output, errors


# One moment of each kind is in the quick tests: before, between and after the files.
SLOW = ("soon after", "the tenth file", "nearly all files", "the last file")


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] if n in SLOW else []) for n in MOMENTS]
)
def test_a_claim_is_interrupted(tmp_path: Path, name: str) -> None:
    arguments = ("--claim", CLAIM, "--certificates", "out")
    (tmp_path / "out").mkdir()
    code, output, errors = interrupted(tmp_path, name, True, "verify_main", *arguments)
    assert (code, output) == (130, "")
    assert re.fullmatch(f"({CLAIM}: .*\n)*interrupted\n", errors)  # after lines of progress
    left = files(tmp_path)
    assert [path.name for path in left if path.name.startswith(".")] == []
    if left:
        (tmp_path / "alone").mkdir()
        answer = check_alone(tmp_path / "alone", left)
        assert set(answer.verdicts.values()) <= {"valid", "incomplete"}


def test_only_the_command_itself_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    arguments = ("verify", "--claim", CLAIM, "--certificates", "out")
    code, output, errors = interrupted(tmp_path, "the last file", False, "main", *arguments)
    assert (code, output) == (130, "")
    assert re.fullmatch(f"({CLAIM}: .*\n)*interrupted\n", errors)  # after lines of progress
    assert len(files(tmp_path)) == FILES


def test_a_command_in_the_background_stays_uninterrupted(tmp_path: Path) -> None:
    """A shell starts `command &` with interruptions ignored; that is left as it is."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(entry="main"), "list"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (0, "")
    assert CLAIM in output
