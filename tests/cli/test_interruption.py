"""Ctrl-C at any moment: exit code 130, one word, and every file that is there is whole."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers.command_line import environment
from helpers.lone_checker import check_alone

CLAIM = "parity-needs-negative-eigs"
FILES = 34
# The command waits at its moment, so that no machine is too slow or too fast for it. Where these
# tests run in the background, Ctrl-C would be ignored from the start.
PROGRAM = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from monoscan.cli.app import {entry}

events = []

def wait(*_):
    if "waited" not in events:
        events.append("waited")
        pathlib.Path("come").touch()
        time.sleep(60)

{moment}
{entry}()
"""
AT_IMPORT = """
def watch(event, arguments):
    if event == "import" and arguments[0] == "monoscan.proofs_check.verify":
        wait()

sys.addaudithook(watch)
"""
# A file gets its name when it is whole.
AT_FILE = """
def watch(event, _):
    if event == "os.rename":
        events.append(event)
        if events.count(event) == {number}:
            wait()

sys.addaudithook(watch)
"""
IN_CHECKER = """
import monoscan.proofs_check.run_checker as run_checker
run_checker._Process.wait = wait
"""
MOMENTS = {
    "while modules are imported": (AT_IMPORT, 0),
    "the first file": (AT_FILE.format(number=1), 0),
    "the tenth file": (AT_FILE.format(number=10), 9),
    "the last file": (AT_FILE.format(number=FILES), FILES - 1),
    "while the checker runs": (IN_CHECKER, FILES),
}
# One moment of each kind is in the quick tests: before, between and after the files.
SLOW = ("the first file", "the last file")


def interrupted(
    folder: Path, moment: str, whole_group: bool, entry: str, *arguments: str
) -> tuple[int, str, str]:
    """Starts a command, interrupts it at a moment: exit code, standard output and error."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM.format(entry=entry, moment=moment), *arguments],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    while not (folder / "come").exists():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    if whole_group:  # as a terminal does: the checker's process is hit as well
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=600)
    return process.returncode, output, errors


def files(folder: Path) -> list[Path]:
    """All files and leftovers under the folder of certificates."""
    return [path for path in (folder / "out").rglob("*") if not path.is_dir()]


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] if n in SLOW else []) for n in MOMENTS]
)
def test_a_claim_is_interrupted(tmp_path: Path, name: str) -> None:
    moment, count = MOMENTS[name]
    arguments = ("--claim", CLAIM, "--certificates", "out")
    (tmp_path / "out").mkdir()
    code, output, errors = interrupted(tmp_path, moment, True, "verify_main", *arguments)
    assert (code, output) == (130, "")
    assert re.fullmatch(f"({CLAIM}: .*\n)*interrupted\n", errors)  # after lines of progress
    left = files(tmp_path)
    assert len(left) == count
    assert [path.name for path in left if path.name.startswith(".")] == []
    if left:
        (tmp_path / "alone").mkdir()
        answer = check_alone(tmp_path / "alone", left)
        assert set(answer.verdicts.values()) <= {"valid", "incomplete"}


def test_only_the_command_itself_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    arguments = ("verify", "--claim", CLAIM, "--certificates", "out")
    code, output, errors = interrupted(tmp_path, IN_CHECKER, False, "main", *arguments)
    assert (code, output) == (130, "")
    assert re.fullmatch(f"({CLAIM}: .*\n)*interrupted\n", errors)  # after lines of progress
    assert len(files(tmp_path)) == FILES


def test_a_command_in_the_background_stays_uninterrupted(tmp_path: Path) -> None:
    """A shell starts `command &` with interruptions ignored; that is left as it is."""
    program = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.addaudithook(
    lambda event, names: event == "import" and names[0] == "monoscan.proofs_check.claim"
    and os.kill(os.getpid(), signal.SIGINT)
)
from monoscan.cli.app import main
assert "monoscan.proofs_check.claim" not in sys.modules
main()
"""
    process = subprocess.run(
        [sys.executable, "-c", program, "list"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (process.returncode, process.stderr) == (0, "")
    assert CLAIM in process.stdout
