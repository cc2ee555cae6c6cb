"""How fast monoids are enumerated, and in how much memory, each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from benchmarks._options import Options

CASES = {
    "T6": "full_transformations(6)",
    "T7": "full_transformations(7)",
    "S8": "symmetric_group(8)",
    "S9": "symmetric_group(9)",
    "order-preserving maps of 11 states": "order_preserving(11)",
}

PROGRAM = """
import json, resource
from benchmarks._samples import full_transformations, order_preserving, symmetric_group
from benchmarks._timing import best_cpu_seconds
from monoscan.automata import is_aperiodic, transition_monoid
from monoscan.automata.greens import GreensRelations

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

automaton = {automaton}
before = peak()
monoid = transition_monoid(automaton, budget=2_000_000)
memory = peak()
GreensRelations(monoid)
memory_with_greens = peak()
print(json.dumps({{
    "elements": len(monoid),
    "cpu_seconds_elements_and_both_cayley_graphs": round(
        best_cpu_seconds(lambda: transition_monoid(automaton, budget=2_000_000)), 3
    ),
    "peak_mib": memory,
    "peak_mib_before": before,
    "cpu_seconds_greens_relations": round(best_cpu_seconds(lambda: GreensRelations(monoid)), 3),
    "peak_mib_with_greens_relations": memory_with_greens,
    "cpu_seconds_is_aperiodic": round(
        best_cpu_seconds(lambda: is_aperiodic(automaton, budget=2_000_000)), 4
    ),
}}))
"""


def run(_: Options) -> Iterator[dict[str, object]]:
    """One record a case: sizes, seconds and the largest resident memory in MiB."""
    for name, automaton in CASES.items():
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(automaton=automaton)],
            capture_output=True,
            text=True,
            check=True,
        )
        yield {"case": name, **json.loads(done.stdout)}
