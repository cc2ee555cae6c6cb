"""Processor time of what should be quick, over that of starting Python with numpy, rich and typer.

The ratio depends less on the machine than seconds do. Each is the least of three runs,
of `verify --all` the only one.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile

from benchmarks._options import Options

_START = "import numpy, rich, typer"
_VERIFY = "import sys; sys.argv = ['verify', *sys.argv[1:]]; from monoscan.cli.app import {}; {}()"
_CLAIMS = ("parity-needs-negative-eigs", "gh-3n-suffices", "perm-n-minus-1-reflections")
_MONOSCAN = _VERIFY.replace("'verify'", "'monoscan'").format(*["main"] * 2)
_COMMANDS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("import monoscan", "import monoscan", ()),
    ("monoscan --help", _MONOSCAN.replace("*sys.argv[1:]", "'--help'"), ()),
    (
        "predict --language parity --class mamba",
        _MONOSCAN,
        ("predict", "--language", "parity", "--class", "mamba"),
    ),
    ("verify --all", _VERIFY.format(*["verify_main"] * 2), ("--all",)),
)
_GROUPS = ("s5", "s5-four-tokens", "a5", "s6")


def run(_: Options) -> list[dict[str, object]]:
    """One row a command."""
    start = _seconds(_START)
    rows: list[dict[str, object]] = [
        {"what": "starting Python with numpy, rich and typer", "seconds": f"{start:.2f}"}
    ]
    for claim in _CLAIMS:
        with tempfile.TemporaryDirectory() as folder:
            options = ("--claim", claim, "--certificates", folder)
            seconds = _seconds(_VERIFY.format(*["verify_main"] * 2), *options)
        rows.append(
            {"what": f"verify --claim {claim}", "times the start": f"{seconds / start:.1f}"}
        )
    with tempfile.TemporaryDirectory() as folder:
        for what, code, options in _COMMANDS:
            given = (*options, *(("--certificates", folder) if options else ()))
            ratio = f"{_seconds(code, *given, runs=1 if '--all' in given else 3) / start:.1f}"
            rows.append({"what": what, "times the start": ratio})
    code = (
        f"from monoscan.automata import get_language\nfor id in {_GROUPS}: get_language(id).build()"
    )
    ratio = f"{_seconds(code) / start:.1f}"
    return [
        *rows,
        {"what": f"building the automata of {', '.join(_GROUPS)}", "times the start": ratio},
    ]


def _seconds(code: str, *arguments: str, runs: int = 3) -> float:
    """User and system time of a fresh Python, the processes that it starts included.

    It keeps the bytecode of what it imports, as Python does unless it is told otherwise.
    """
    found = []
    keeping = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [sys.executable, "-c", code, *arguments]
        subprocess.run(
            command,
            check=True,
            env=keeping,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)
