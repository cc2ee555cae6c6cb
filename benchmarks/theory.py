"""Predictions and all-lengths proofs: seconds for each part, and cost against joint states.

The curves give processor seconds and peak memory of proving a stack for all lengths, of writing the
certificate (with the proof) and of checking it, each against the number of joint states.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from math import factorial
from pathlib import Path
from typing import TypeAlias

from benchmarks import _samples
from benchmarks._options import Options
from benchmarks.growth import Curve, curve_points, require_curves
from monoscan.automata import Automaton, all_languages, get_language
from monoscan.face.architectures import shown_classes
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.run_checker import CHECKER
from monoscan.proofs_check.verify_prediction import check_predictions
from monoscan.report.solvability import DEPTHS
from monoscan.theory.constructions.cascades.solvable import sign_cascade
from monoscan.theory.constructions.published.group_one_layer import swaps
from monoscan.theory.constructions.published.one_layer import one_layer, reflection_product
from monoscan.theory.decide import Recognised
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question
from monoscan.theory.semantics import Exact

_SLOWEST = 10
_BUDGET = 1_000_000

Sample: TypeAlias = tuple[Automaton, LRNN]


def run(options: Options) -> Iterator[dict[str, object]]:
    """The table, its slowest languages, the proof for S_8, then the curves."""
    require_curves(CURVES, options)
    if not options.only:
        yield _table()
        yield from _languages()
        yield _largest_proof()
    yield from curve_points("theory", CURVES, "joint states", options)


def _table() -> dict[str, object]:
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).parent / "monoscan"), "table", "solvability"]
        subprocess.run(
            [*command, "--format", "json", "--certificates", folder],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    seconds = time.perf_counter() - start
    return {"what": "monoscan table solvability, all languages", "seconds": f"{seconds:.1f}"}


def _languages() -> list[dict[str, object]]:
    """The languages whose answers take longest, in one process."""
    with tempfile.TemporaryDirectory() as folder:
        found = [_language(entry.id, Path(folder) / entry.id) for entry in all_languages()]
    found.sort(key=lambda row: -(row[1] + row[2]))
    return [
        {
            "what": f"all answers about {language}",
            "cpu_seconds_predict": f"{predicting:.2f}",
            "seconds_write_and_check": f"{checking:.2f}",
        }
        for language, predicting, checking in found[:_SLOWEST]
    ]


def _language(language: str, folder: Path) -> tuple[str, float, float]:
    start = time.process_time()
    predictor = Predictor(get_language(language).build(), 5_000)
    questions = [Question(entry, depth) for entry in shown_classes() for depth in DEPTHS]
    predictions = [predictor.predict(question) for question in questions]
    predicted, checking = time.process_time(), time.perf_counter()
    check_predictions(predictions, folder)
    return language, predicted - start, time.perf_counter() - checking


def _largest_proof() -> dict[str, object]:
    target, lrnn = _symmetric_group(8)
    start = time.process_time()
    found = explore(lrnn, Exact(), target, _BUDGET)
    assert isinstance(found, Recognises)
    return {
        "what": "proof for all lengths of the tracker of S_8",
        "joint states": len(found.states),
        "cpu_seconds": f"{time.process_time() - start:.2f}",
    }


def _symmetric_group(n: int) -> Sample:
    """The automaton of all n! permutations, by a cycle and a swap of two points."""
    return _permutations([tuple((i + 1) % n for i in range(n)), (1, 0, *range(2, n))])


def _group_and_sign(n: int) -> Sample:
    """The same, with two more points that a third letter exchanges: 2 n! permutations."""
    cycle, swap = tuple((i + 1) % n for i in range(n)), (1, 0, *range(2, n))
    kept = (n, n + 1)
    return _permutations([(*cycle, *kept), (*swap, *kept), (*range(n), n + 1, n)])


def _permutations(letters: list[tuple[int, ...]]) -> Sample:
    """The automaton of a permutation group, and one layer of products of reflections for it."""
    n = len(letters[0])
    elements = {tuple(range(n)): 0}
    queue, table = list(elements), []
    for element in queue:
        row = []
        for letter in letters:
            product = tuple([letter[point] for point in element])
            if product not in elements:
                elements[product] = len(elements)
                queue.append(product)
            row.append(elements[product])
        table.append(row)
    names = tuple(f"x{number}" for number in range(len(letters)))
    target = Automaton(names, table, [str(state) for state in range(len(table))])
    factors = [reflection_product(swaps(letter), n) for letter in letters]
    return target, one_layer(target, Matrix.column(range(1, n + 1)), factors, _BUDGET)


def _counter(bits: int) -> Sample:
    """Counting modulo 2^bits, by a cascade of signs with a clock."""
    n = 2**bits
    target = _samples.tracker([[(i + 1) % n for i in range(n)], list(range(n))])
    return target, sign_cascade(target, budget=_BUDGET)


def _proved(sample: Sample) -> Recognises[Matrix]:
    found = explore(sample[1], Exact(), sample[0], _BUDGET)
    assert isinstance(found, Recognises)
    return found


def _certificate(sample: Sample) -> Certificate:
    return recognizer(sample[1], Exact(), sample[0], Recognised(_proved(sample).states))


def _prove(sample: Sample) -> Callable[[], object]:
    return lambda: _proved(sample)


def _write(sample: Sample) -> Callable[[], object]:
    return lambda: _certificate(sample).text()


def _check(sample: Sample) -> Callable[[], object]:
    """The checker's own function, in this process, so that its time and memory are counted."""
    if str(CHECKER) not in sys.path:
        sys.path.append(str(CHECKER))
    data, check = _certificate(sample).text().encode(), import_module("certcheck.main").check
    return lambda: check(data)


def _curve(
    name: str,
    action: Callable[[Sample], Callable[[], object]],
    samples: dict[int, tuple[str, Callable[[], Sample]]],
    most: int,
) -> Curve:
    return Curve(
        name,
        {
            size: (sample, lambda make=make: action(make()))  # type: ignore[misc]
            for size, (sample, make) in samples.items()
            if size <= most
        },
    )


_GROUPS: dict[int, tuple[str, Callable[[], Sample]]] = {
    factorial(n): (f"the tracker of S_{n}", lambda n=n: _symmetric_group(n)) for n in range(3, 9)
} | {2 * factorial(8): ("the tracker of S_8 x S_2", lambda: _group_and_sign(8))}

_COUNTERS: dict[int, tuple[str, Callable[[], Sample]]] = {
    4 * 2**bits: (f"counting modulo 2^{bits}", lambda bits=bits: _counter(bits))  # type: ignore[misc]
    for bits in range(2, 13)
}

# Larger certificates are over the limit of 16 MiB.
_CHECKED = 10_000

CURVES: list[Curve] = [
    _curve("prove, one layer for a group", _prove, _GROUPS, _BUDGET),
    _curve("prove, a cascade of signs", _prove, _COUNTERS, _BUDGET),
    _curve("write, one layer for a group", _write, _GROUPS, _CHECKED),
    _curve("check, one layer for a group", _check, _GROUPS, _CHECKED),
    _curve("check, a cascade of signs", _check, _COUNTERS, _CHECKED),
]
