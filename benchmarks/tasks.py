"""Millions of letters a second, with their targets, for each language and each kind of task."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from benchmarks._options import Options
from benchmarks._timing import best_cpu_seconds
from monoscan.automata import Automaton, all_languages
from monoscan.models.kernels.backend import has_numba
from monoscan.models.tasks import Corpus, Expressions, SequenceTask, Task

N_WORDS, LENGTH = 1024, 40


def run(options: Options) -> Iterator[dict[str, object]]:
    """A record a language of the zoo (or of those in ``options.only``), then one a further task."""
    uniform, balanced = [], []
    for language in all_languages():
        if options.only and language.id not in options.only:
            continue
        automaton = language.build()
        if len(set(automaton.outputs)) < 2:
            continue
        record = _record(language.id, automaton)
        uniform.append((record["uniform_Mtok_s"], language.id))
        balanced.append((record["balanced_Mtok_s"], language.id))
        yield record
    if uniform:
        slowest = {"slowest_uniform": min(uniform), "slowest_balanced": min(balanced)}
        yield {**slowest, "numba": has_numba()}
    if not options.only:
        for name, task in _further_tasks().items():
            yield {"task": name, "Mtok_s": _rate(task)}


def _record(id: str, automaton: Automaton) -> dict[str, object]:
    return {
        "language": id,
        "letters": len(automaton.alphabet),
        "states": automaton.n_states,
        "uniform_Mtok_s": _rate(Task(automaton)),
        "balanced_Mtok_s": _rate(Task(automaton, words="balanced")),
    }


def _further_tasks() -> dict[str, SequenceTask]:
    return {
        "expressions, brackets, + - *": Expressions(),
        "expressions, brackets, + -": Expressions(operators="+-"),
        "expressions, no brackets": Expressions(brackets=False),
        "corpus stdlib": Corpus.of(),
    }


def _rate(task: SequenceTask) -> float:
    """Millions of letters a second, after a first batch that makes tables and compiles."""
    rng = np.random.default_rng(0)
    task.sample(rng, N_WORDS, LENGTH)
    seconds = best_cpu_seconds(lambda: task.sample(rng, N_WORDS, LENGTH), runs=5)
    return round(N_WORDS * LENGTH / seconds / 1e6, 1)
