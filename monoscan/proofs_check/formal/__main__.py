"""`python -m monoscan.proofs_check.formal`: compile the formal proofs, print their assumptions."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from monoscan.proofs_check.formal.coq import (
    PACKAGES,
    CoqMissing,
    ProofError,
    assumptions,
    compile_instances,
    require_coq,
)
from monoscan.proofs_check.formal.instances import instances
from monoscan.proofs_check.formal.record import BUILD, RECORD, current, text
from monoscan.proofs_check.formal.verified import build_verified

_MISSING = 4


def main(arguments: list[str]) -> int:
    """Exit codes: 0 all compiled and closed, 1 not so, 2 usage, 4 Coq is missing."""
    parser = argparse.ArgumentParser(prog="python -m monoscan.proofs_check.formal")
    parser.add_argument("--build", type=Path, default=BUILD, help="output folder")
    parser.add_argument("--packages", action="store_true", help="print the Debian packages, stop")
    parser.add_argument(
        "--record", action="store_true", help=f"write what has been proved to {RECORD.name}"
    )
    chosen = parser.parse_args(arguments)
    build: Path = chosen.build
    if chosen.packages:
        print(*PACKAGES)
        return 0
    start = time.monotonic()
    try:
        print(f"Coq {require_coq()}")
        build_verified(build, lambda step: print(step, flush=True))
        found = assumptions(build)
        if chosen.record:
            RECORD.write_text(text(current()), encoding="utf-8")
        compile_instances(build)
    except CoqMissing as error:
        print(f"formal: {error}", file=sys.stderr)
        return _MISSING
    except ProofError as error:
        print(f"formal: {error}", file=sys.stderr)
        return 1
    for item in found:
        print(f"{item.theorem}: {item.text}")
    open_ones = [item.theorem for item in found if not item.closed]
    if open_ones:
        print(f"formal: not closed: {', '.join(open_ones)}", file=sys.stderr)
        return 1
    print(
        f"{len(found)} theorems and {len(instances())} statements about classes, none assumes "
        f"anything ({time.monotonic() - start:.0f} s)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
