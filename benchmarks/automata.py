"""Regular expressions, minimisation and equivalence against automata-lib, and cost against size.

Memory is the peak that Python and numpy allocate during one more run, traced apart from the
timing; what was there before does not count.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import numpy as np
from automata.fa.dfa import DFA
from automata.fa.nfa import NFA

from benchmarks._timing import best_seconds
from monoscan.automata import (
    Automaton,
    are_equivalent,
    canonical,
    compile_regex,
    distinguishing_word,
    minimize,
)

_SIZES = (10, 100, 1_000, 10_000, 100_000, 1_000_000)


def run() -> list[dict[str, object]]:
    """Seconds, peak memory, and ratios to automata-lib; then seconds for each size."""
    return [*_regex(), *_minimization(), *_equivalence(), *(_cost(size) for size in _SIZES)]


def _regex() -> list[dict[str, object]]:
    pattern = "(a|b)*a(a|b){14}"

    def by_library() -> DFA:
        return DFA.from_nfa(NFA.from_regex(pattern, input_symbols={"a", "b"}), minify=True)

    assert compile_regex(pattern, "ab").n_states == len(by_library().states)
    row = _compare(lambda: compile_regex(pattern, "ab"), by_library)
    return [{"what": f"{pattern} to the minimal automaton, 32,768 states", **row}]


def _minimization() -> list[dict[str, object]]:
    # Of 125,500 random states, about 100,000 can be reached.
    examples = {"random": _random(125_500), "in a chain": _chain(100_000)}
    rows: list[dict[str, object]] = []
    for name, automaton in examples.items():
        library = _to_library(automaton)
        assert minimize(automaton).n_states == len(library.minify().states)
        row = _compare(lambda a=automaton: minimize(a), lambda d=library: d.minify())  # type: ignore[misc]
        rows.append({"what": f"minimise {automaton.n_states:,} states, {name}", **row})
    return rows


def _equivalence() -> list[dict[str, object]]:
    # Of 15,600 states, about 10,000 can be reached.
    a, b = _equivalent_pair(15_600)
    changed = Automaton(b.alphabet, b.table, (*b.outputs[:-1], not b.outputs[-1]))
    rows: list[dict[str, object]] = []
    for name, other in (("equivalent", b), ("last output different", changed)):
        word = distinguishing_word(a, other)
        d, e = _to_library(a), _to_library(other)
        assert (d == e) is (word is None)
        row = _compare(lambda o=other: distinguishing_word(a, o), lambda d=d, e=e: d == e)  # type: ignore[misc]
        sizes = f"{a.n_states:,} and {other.n_states:,} states"
        rows.append({"what": f"shortest distinguishing word, {sizes}, {name}", **row})
    return rows


def _cost(n_states: int) -> dict[str, object]:
    random = np.random.default_rng(n_states)
    table, outputs = _random_table(random, n_states)
    automaton, chain = canonical("ab", table, outputs), _chain(n_states)
    a, b = _equivalent_pair(n_states)
    length = max(1, n_states.bit_length() - 2)
    pattern = f"(a|b)*a(a|b){{{length}}}"
    budget = 2 ** (length + 2)
    actions: dict[str, Callable[[], object]] = {
        "canonical form": lambda: canonical("ab", table, outputs),
        "minimise random": lambda: minimize(automaton),
        "minimise a chain": lambda: minimize(chain),
        "equivalence": lambda: are_equivalent(a, b),
        f"regex of {2 ** (length + 1):,} states": lambda: compile_regex(
            pattern, "ab", budget=budget
        ),
    }
    row: dict[str, object] = {"states": f"{n_states:,}"}
    runs = 3 if n_states <= 100_000 else 1
    for name, action in actions.items():
        seconds = best_seconds(action, runs)
        row[name] = f"{seconds:.2g} s, {_peak_mebibytes(action):.2g} MiB"
    return row


def _compare(ours: Callable[[], object], library: Callable[[], object]) -> dict[str, object]:
    fast, slow = best_seconds(ours), best_seconds(library)
    return {
        "seconds": f"{fast:.4f}",
        "seconds of automata-lib": f"{slow:.3f}",
        "times faster": f"{slow / fast:.1f}",
        "peak MiB": f"{_peak_mebibytes(ours):.1f}",
        "peak MiB of automata-lib": f"{_peak_mebibytes(library):.1f}",
    }


def _peak_mebibytes(action: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def _random_table(random: np.random.Generator, n_states: int) -> tuple[np.ndarray, list[bool]]:
    table = random.integers(n_states, size=(n_states, 2))
    return table, (random.random(n_states) < 0.5).tolist()


def _random(n_states: int) -> Automaton:
    return canonical("ab", *_random_table(np.random.default_rng(0), n_states))


def _chain(n_states: int) -> Automaton:
    states = np.arange(n_states)
    table = np.stack([np.minimum(states + 1, n_states - 1), states], axis=1)
    return canonical("ab", table, states == n_states - 1)


def _equivalent_pair(n_states: int) -> tuple[Automaton, Automaton]:
    """Two automata of up to so many states, both with a random one as their minimal automaton."""
    random = np.random.default_rng(1)
    half = max(1, n_states // 2)
    table, outputs = _random_table(random, half)

    def doubled() -> Automaton:
        moves = np.tile(table, (2, 1)) + half * random.integers(2, size=(2 * half, 2))
        return canonical("ab", moves, outputs * 2)

    return doubled(), doubled()


def _to_library(automaton: Automaton) -> DFA:
    rows = enumerate(automaton.table.tolist())
    return DFA(
        states=set(range(automaton.n_states)),
        input_symbols=set(automaton.alphabet),
        transitions={state: dict(zip(automaton.alphabet, row, strict=True)) for state, row in rows},
        initial_state=0,
        final_states={state for state, output in enumerate(automaton.outputs) if output},
    )
