"""Runs the benchmark modules beside this file, all or those named, and prints their rows."""

from __future__ import annotations

import importlib
import pkgutil
import platform
import sys

import benchmarks


def main(names: list[str]) -> int:
    """Prints a table for each benchmark module; each has `run() -> list[dict[str, object]]`."""
    known = [m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name[0] != "_"]
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"no benchmark {unknown[0]!r}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name in names or known:
        print(f"\n{name}", flush=True)
        for row in importlib.import_module(f"benchmarks.{name}").run():
            print("  " + ", ".join(f"{key}: {value}" for key, value in row.items()), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
