"""How fast monoids are enumerated, and in how much memory, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys

CASES = {
    "T6": "full_transformations(6)",
    "T7": "full_transformations(7)",
    "S8": "symmetric_group(8)",
    "S9": "symmetric_group(9)",
}

# The letters of T_n and S_n: a cycle, a swap of two points, and for T_n a merge of two points.
PROGRAM = """
import json, resource, time
from monoscan.automata import canonical, is_aperiodic, transition_monoid
from monoscan.automata.greens import GreensRelations

def tracker(letters):
    table = list(zip(*letters, strict=True))
    return canonical("csm"[: len(letters)], table, [str(state) for state in range(len(table))])

def symmetric_group(n):
    return tracker([[(i + 1) % n for i in range(n)], [1, 0, *range(2, n)]])

def full_transformations(n):
    return tracker(
        [[(i + 1) % n for i in range(n)], [1, 0, *range(2, n)], [0, 0, *range(2, n)]]
    )

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

automaton = {automaton}
before = peak()
start = time.perf_counter()
monoid = transition_monoid(automaton, budget=2_000_000)
enumerated, memory = time.perf_counter() - start, peak()
start = time.perf_counter()
greens = GreensRelations(monoid)
related = time.perf_counter() - start
start = time.perf_counter()
is_aperiodic(automaton, budget=2_000_000)
decided = time.perf_counter() - start
print(json.dumps({{
    "elements": len(monoid),
    "seconds_elements_and_both_cayley_graphs": round(enumerated, 3),
    "peak_mib": memory,
    "peak_mib_before": before,
    "seconds_greens_relations": round(related, 3),
    "peak_mib_with_greens_relations": peak(),
    "seconds_is_aperiodic": round(decided, 4),
}}))
"""


def run() -> list[dict[str, object]]:
    """One record a case: sizes, seconds and the largest resident memory in MiB."""
    records: list[dict[str, object]] = []
    for name, automaton in CASES.items():
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(automaton=automaton)],
            capture_output=True,
            text=True,
            check=True,
        )
        records.append({"case": name, **json.loads(done.stdout)})
    return records
