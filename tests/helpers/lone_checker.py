"""The checker copied alone into an empty folder and run there, with nothing of ours in reach."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from helpers.certificate_samples import CHECKER


class LoneAnswer(NamedTuple):
    """What the lone checker printed, and its exit code."""

    verdicts: dict[Path, str]
    errors: str
    code: int


def copy_checker(folder: Path) -> None:
    """Copies the checker into a folder, under the name `checker`."""
    shutil.copytree(CHECKER, folder / "checker", ignore=shutil.ignore_patterns("__pycache__"))


def check_alone(folder: Path, files: Iterable[Path]) -> LoneAnswer:
    """Runs a copy of the checker on files.

    Args:
        folder: an empty folder.
        files: certificates.
    """
    assert list(folder.iterdir()) == []
    copy_checker(folder)
    paths = [path.resolve() for path in files]
    process = subprocess.run(
        # -S: no installed package either, so that an import of monoscan would fail.
        [sys.executable, "-I", "-S", "checker", *map(str, paths)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert sorted(path.name for path in folder.iterdir()) == ["checker"]
    lines = [line.split("\t") for line in process.stdout.splitlines()]
    assert [Path(line[2]) for line in lines] == paths
    verdicts = {path: line[0] for path, line in zip(paths, lines, strict=True)}
    return LoneAnswer(verdicts, process.stderr, process.returncode)
