"""Regular expressions, minimisation and equivalence against automata-lib.

Memory is the peak that Python and numpy allocate during one more run, traced apart from the
timing; what was there before does not count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from automata.fa.dfa import DFA
from automata.fa.nfa import NFA

from benchmarks._options import Options
from benchmarks._samples import chain, equivalent_pair, random_automaton
from benchmarks._timing import best_seconds, peak_mebibytes
from monoscan.automata import Automaton, compile_regex, distinguishing_word, minimize


def run(_: Options) -> Iterator[dict[str, object]]:
    """Seconds, peak memory, and ratios to automata-lib."""
    yield from _regex()
    yield from _minimization()
    yield from _equivalence()


def _regex() -> list[dict[str, object]]:
    pattern = "(a|b)*a(a|b){14}"

    def by_library() -> DFA:
        return DFA.from_nfa(NFA.from_regex(pattern, input_symbols={"a", "b"}), minify=True)

    assert compile_regex(pattern, "ab").n_states == len(by_library().states)
    row = _compare(lambda: compile_regex(pattern, "ab"), by_library)
    return [{"what": f"{pattern} to the minimal automaton, 32,768 states", **row}]


def _minimization() -> list[dict[str, object]]:
    # Of 125,500 random states, about 100,000 can be reached.
    examples = {"random": random_automaton(125_500), "in a chain": chain(100_000)}
    rows: list[dict[str, object]] = []
    for name, automaton in examples.items():
        library = _to_library(automaton)
        assert minimize(automaton).n_states == len(library.minify().states)
        row = _compare(lambda a=automaton: minimize(a), lambda d=library: d.minify())  # type: ignore[misc]
        rows.append({"what": f"minimise {automaton.n_states:,} states, {name}", **row})
    return rows


def _equivalence() -> list[dict[str, object]]:
    # Of 15,600 states, about 10,000 can be reached.
    a, b = equivalent_pair(15_600)
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


def _compare(ours: Callable[[], object], library: Callable[[], object]) -> dict[str, object]:
    fast, slow = best_seconds(ours), best_seconds(library)
    return {
        "seconds": f"{fast:.4f}",
        "seconds of automata-lib": f"{slow:.3f}",
        "times faster": f"{slow / fast:.1f}",
        "peak MiB": f"{peak_mebibytes(ours):.1f}",
        "peak MiB of automata-lib": f"{peak_mebibytes(library):.1f}",
    }


def _to_library(automaton: Automaton) -> DFA:
    rows = enumerate(automaton.table.tolist())
    return DFA(
        states=set(range(automaton.n_states)),
        input_symbols=set(automaton.alphabet),
        transitions={state: dict(zip(automaton.alphabet, row, strict=True)) for state, row in rows},
        initial_state=0,
        final_states={state for state, output in enumerate(automaton.outputs) if output},
    )
