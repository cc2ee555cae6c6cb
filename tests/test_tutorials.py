"""The page of first questions shows what its commands print, run in one folder in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from helpers.command_line import run

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "tutorials.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```text\n\$ (\S+) (.*)\n((?:.*\n)+?)```$", PAGE, re.MULTILINE)


def test_each_command_prints_what_is_shown(tmp_path: Path) -> None:
    wrong = []
    for program, arguments, shown in EXAMPLES:
        answer = run(tmp_path, program, *shlex.split(arguments))
        printed = "\n".join(line.rstrip() for line in answer.stdout.splitlines())
        if shown.rstrip() not in printed:
            wrong.append((arguments, printed, answer.stderr))
    assert wrong == []
    assert len(EXAMPLES) == 8
