"""Holonomy cascades of random and of Cerny automata, verification included."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from statistics import median, quantiles

from benchmarks._options import Options
from benchmarks._timing import best_cpu_seconds
from monoscan.automata import Automaton, BudgetExceeded, canonical
from monoscan.automata.cascade import holonomy_cascade, verify_cascade

_SAMPLES = 200


def run(_: Options) -> Iterator[dict[str, object]]:
    """Milliseconds for random automata with 8 states, seconds for Cerny automata.

    Of processor time, the best of three runs.
    """
    for n_letters in (2, 3):
        yield _random(n_letters)
    for n in (5, 6, 7, 8):
        yield _cerny(n)


def _decompose(automaton: Automaton) -> int:
    """The number of coordinates of a verified cascade."""
    cascade = holonomy_cascade(automaton)
    assert verify_cascade(cascade, automaton)
    return len(cascade.covering)


def _random_automaton(n_states: int, n_letters: int, random: Random) -> Automaton:
    """Each transition is drawn on its own; drawn again until all states can be reached."""
    while True:
        table = [[random.randrange(n_states) for _ in range(n_letters)] for _ in range(n_states)]
        outputs = [state == 0 for state in range(n_states)]
        automaton = canonical("abc"[:n_letters], table, outputs)
        if automaton.n_states == n_states:
            return automaton


def _random(n_letters: int) -> dict[str, object]:
    random = Random(0)
    milliseconds, over_budget = [], 0
    for _ in range(_SAMPLES):
        automaton = _random_automaton(8, n_letters, random)
        try:
            milliseconds.append(1000 * best_cpu_seconds(lambda a=automaton: _decompose(a)))  # type: ignore[misc]
        except BudgetExceeded:
            over_budget += 1
            milliseconds.append(float("inf"))
    return {
        "what": f"{_SAMPLES} random automata with 8 states and {n_letters} letters",
        "median cpu ms": f"{median(milliseconds):.1f}",
        "90th percentile cpu ms": f"{quantiles(milliseconds, n=10)[-1]:.0f}",
        "over 100,000 coordinates": over_budget,
    }


def _cerny(n: int) -> dict[str, object]:
    table = [[(state + 1) % n, state % (n - 1)] for state in range(n)]
    automaton = canonical("ab", table, [state == 0 for state in range(n)])
    return {
        "what": f"Cerny automaton with {n} states",
        "coordinates": _decompose(automaton),
        "cpu seconds": f"{best_cpu_seconds(lambda: _decompose(automaton)):.3f}",
    }
