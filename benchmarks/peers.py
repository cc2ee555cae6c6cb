"""Monoids against libsemigroups' FroidurePin, in the same run, each in a process of its own.

libsemigroups is under the GPL, so it is no dependency of this project, not even for development:
install it by hand in an environment of its own and name that environment's interpreter.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks._options import Options

CASES = {"T6": ("T", 6), "T7": ("T", 7), "S8": ("S", 8), "S9": ("S", 9)}

_RUNS = 5

# Both programs get the same letters and print the same record. The memory is that of the process.
_OURS = """
import json, resource, time
from benchmarks._samples import full_transformations, symmetric_group
from monoscan.automata import transition_monoid
automaton = {{"T": full_transformations, "S": symmetric_group}}[{kind!r}]({n})
start = time.process_time()
monoid = transition_monoid(automaton, budget=2_000_000)
seconds = time.process_time() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([len(monoid), seconds, peak]))
"""

_THEIRS = """
import json, resource, time
from libsemigroups_pybind11 import FroidurePin, Perm, ReportGuard, Transf
ReportGuard(False)
n = {n}
letters = [[(i + 1) % n for i in range(n)], [1, 0, *range(2, n)], [0, 0, *range(2, n)]]
maps = [Transf(x) for x in letters] if {kind!r} == "T" else [Perm(x) for x in letters[:2]]
start = time.process_time()
monoid = FroidurePin(maps)
monoid.run()
right, left = monoid.right_cayley_graph(), monoid.left_cayley_graph()
seconds = time.process_time() - start
assert right.number_of_nodes() == left.number_of_nodes() == monoid.size()
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps([monoid.size(), seconds, peak]))
"""

HOW_TO_GET_IT = (
    "not compared: libsemigroups_pybind11 is under the GPL and therefore not installed with the "
    "development tools. To compare: python3 -m venv ELSEWHERE, then ELSEWHERE/bin/pip install "
    "libsemigroups_pybind11, then python -m benchmarks peers --libsemigroups ELSEWHERE/bin/python"
)


def run(options: Options) -> Iterator[dict[str, object]]:
    """Seconds of processor time, peak memory, and their ratios, one row a monoid."""
    if options.libsemigroups is None:
        yield {"libsemigroups": HOW_TO_GET_IT}
        return
    _check(options.libsemigroups)
    for name, (kind, n) in CASES.items():
        ours, theirs = [], []
        # By turns, so that a busy moment of the machine does not count for one side only.
        for _ in range(_RUNS):
            ours.append(_measure(sys.executable, _OURS.format(kind=kind, n=n)))
            theirs.append(_measure(options.libsemigroups, _THEIRS.format(kind=kind, n=n)))
        yield {"what": f"{name} with both Cayley graphs", **_row(ours, theirs)}


def _row(ours: list[list[float]], theirs: list[list[float]]) -> dict[str, object]:
    sizes = {int(run[0]) for run in ours + theirs}
    assert len(sizes) == 1, sizes
    seconds, their_seconds = (min(run[1] for run in runs) for runs in (ours, theirs))
    peak, their_peak = (max(run[2] for run in runs) for runs in (ours, theirs))
    return {
        "elements": sizes.pop(),
        "cpu seconds": f"{seconds:.3f}",
        "cpu seconds of libsemigroups": f"{their_seconds:.3f}",
        "times as long": f"{seconds / their_seconds:.2f}",
        "peak MiB": f"{peak:.0f}",
        "peak MiB of libsemigroups": f"{their_peak:.0f}",
        "times as much": f"{peak / their_peak:.2f}",
    }


def _measure(python: str, program: str) -> list[float]:
    done = subprocess.run([python, "-c", program], capture_output=True, text=True, check=True)
    record: list[float] = json.loads(done.stdout.splitlines()[-1])
    return record


def _check(python: str) -> None:
    """Exits with a message unless the interpreter can import libsemigroups_pybind11."""
    try:
        done = subprocess.run(
            [python, "-c", "import libsemigroups_pybind11"], capture_output=True, text=True
        )
    except OSError as error:
        sys.exit(f"--libsemigroups {python}: it cannot be run ({error}); name a Python interpreter")
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(
            f"--libsemigroups {python}: it cannot import libsemigroups_pybind11 ({last}); install "
            f"it with: {python} -m pip install libsemigroups_pybind11"
        )
