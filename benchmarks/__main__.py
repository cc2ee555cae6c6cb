"""Runs the benchmark modules beside this file, all or those named, and prints their rows."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import benchmarks
from benchmarks._options import Options


def main(arguments: list[str]) -> int:
    """Prints a table for each benchmark module: `run(options)` yields rows, one dict each."""
    known = [m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name[0] != "_"]
    parser = _parser(known)
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in known]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(known)}")
    options = Options(
        given.libsemigroups,
        given.largest,
        tuple(given.only),
        given.folder,
        given.languages,
        given.seed,
        given.jobs,
    )
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores")
    for name in given.names or known:
        print(f"benchmark {name} ...", file=sys.stderr, flush=True)
        print(f"\n{name}", flush=True)
        for row in importlib.import_module(f"benchmarks.{name}").run(options):
            print("  " + ", ".join(f"{key}: {value}" for key, value in row.items()), flush=True)
    return 0


def _at_least(least: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r}; expected a whole number from {least} on")
        return int(text)

    return number


def _parser(known: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(known)}")
    parser.add_argument(
        "--libsemigroups",
        metavar="PYTHON",
        help="interpreter of another environment, with libsemigroups_pybind11 (for peers)",
    )
    parser.add_argument(
        "--largest", type=int, default=Options.largest, help="up to this size (for growth, theory)"
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="CURVE",
        help="measure this curve; may be repeated (for growth, theory; for atlas the number of a "
        "language)",
    )
    parser.add_argument(
        "--folder",
        type=Path,
        default=Options.folder,
        help="for tables and plots (growth, theory), and the answers of atlas",
    )
    for name, what in (
        ("languages", "so many languages are drawn (for atlas)"),
        ("seed", "of these languages"),
        ("jobs", "so many processes (for atlas)"),
    ):
        least = 0 if name == "seed" else 1
        parser.add_argument(
            f"--{name}", type=_at_least(least), default=getattr(Options, name), help=what
        )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
