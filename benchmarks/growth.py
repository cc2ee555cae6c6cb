"""Cost against size, as CSV tables and as plots with logarithmic axes.

Seconds are processor time, the best of three runs (of one if it takes long). Memory is the peak
that Python and numpy allocate during one more run; what was there before does not count.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, fields
from itertools import groupby
from math import comb, factorial
from pathlib import Path

from benchmarks import _samples
from benchmarks._options import Options
from benchmarks._timing import best_cpu_seconds, peak_mebibytes
from monoscan.automata import (
    Automaton,
    are_equivalent,
    compile_regex,
    is_aperiodic,
    minimize,
    transition_monoid,
)
from monoscan.automata.greens import GreensRelations

_LONG = 2.0
_POWERS_OF_TEN = tuple(10**k for k in range(1, 7))


@dataclass(frozen=True)
class Point:
    """One measurement: a curve, what it was measured on, and what it cost."""

    curve: str
    size: int
    sample: str
    cpu_seconds: float
    peak_mib: float


@dataclass(frozen=True)
class Curve:
    """Something whose cost grows.

    Attributes:
        name: What is done.
        samples: For each size what it is done on, in words, and a function that prepares it and
            returns the action to measure.
    """

    name: str
    samples: dict[int, tuple[str, Callable[[], Callable[[], object]]]]


def run(options: Options) -> Iterator[dict[str, object]]:
    """Measures the curves, writes a table and a plot for each group, yields the points."""
    require_curves([curve for curves in FIGURES.values() for curve in curves], options)
    for name, curves in FIGURES.items():
        yield from curve_points(name, curves, _SIZE_OF[name], options)


def require_curves(curves: list[Curve], options: Options) -> None:
    """Ends the program if none of the curves was asked for."""
    names = [curve.name for curve in curves]
    if options.only and not set(options.only) & set(names):
        sys.exit(f"no curve {options.only[0]!r}; there are {', '.join(names)}")


def curve_points(
    name: str, curves: list[Curve], size: str, options: Options
) -> Iterator[dict[str, object]]:
    """Measures the curves asked for; if that is all of them, writes their table and plot.

    Args:
        name: Of the two files, without what follows the dot.
        curves: What is measured.
        size: What a size is, as a title of the axis.
        options: Which curves, up to which size, and where the files go.
    """
    points: list[Point] = []
    for curve in curves:
        if options.only and curve.name not in options.only:
            continue
        for point in _measure(curve, options.largest):
            points.append(point)
            yield asdict(point)
    if points and not options.only:
        _write(options.folder, name, size, points)


def _measure(curve: Curve, largest: int) -> Iterator[Point]:
    for size, (sample, prepare) in curve.samples.items():
        if size > largest:
            break
        print(f"growth: {curve.name}, {sample} ...", file=sys.stderr, flush=True)
        action = prepare()
        seconds = best_cpu_seconds(action, runs=1)
        if seconds < _LONG:
            seconds = min(seconds, best_cpu_seconds(action, runs=2))
        yield Point(curve.name, size, sample, round(seconds, 6), round(peak_mebibytes(action), 3))


def _write(folder: Path, name: str, size: str, points: list[Point]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(Point)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(point) for point in points)
    _plot(folder, name, size, points)
    print(f"growth: wrote {folder / name}.svg and .csv", file=sys.stderr, flush=True)


def _plot(folder: Path, name: str, size: str, points: list[Point]) -> None:
    # Only this function needs the plotting library; the other benchmarks do without.
    import matplotlib

    matplotlib.use("svg")
    # The same points give the same file.
    matplotlib.rcParams["svg.hashsalt"] = "monoscan"
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4.8), layout="constrained")
    panels = figure.subplots(1, 2)
    for panel, value, unit in zip(
        panels, ("cpu_seconds", "peak_mib"), ("processor seconds", "peak MiB"), strict=True
    ):
        for curve, members in groupby(points, key=lambda point: point.curve):
            row = list(members)
            sizes, values = [p.size for p in row], [getattr(p, value) for p in row]
            panel.plot(sizes, values, marker="o", markersize=3, label=curve)
        panel.set(xscale="log", yscale="log", xlabel=size, ylabel=unit)
        panel.grid(visible=True, which="major", alpha=0.3)
    lines, labels = panels[0].get_legend_handles_labels()
    figure.legend(lines, labels, loc="outside lower center", ncols=3, fontsize="small")
    figure.savefig(folder / f"{name}.svg", metadata={"Date": None})


def _minimise(n_states: int, build: Callable[[int], Automaton]) -> Callable[[], object]:
    automaton = build(n_states)
    return lambda: minimize(automaton)


def _equivalence(n_states: int) -> Callable[[], object]:
    first, second = _samples.equivalent_pair(n_states)
    return lambda: are_equivalent(first, second)


def _regex(length: int) -> Callable[[], object]:
    pattern, n_states = f"(a|b)*a(a|b){{{length}}}", 2 ** (length + 1)
    return lambda: compile_regex(pattern, "ab", budget=2 * n_states)


def _enumeration(automaton: Automaton) -> Callable[[], object]:
    return lambda: transition_monoid(automaton, budget=2_000_000)


def _greens(automaton: Automaton) -> Callable[[], object]:
    monoid = transition_monoid(automaton, budget=2_000_000)
    return lambda: GreensRelations(monoid)


def _aperiodicity(automaton: Automaton) -> Callable[[], object]:
    return lambda: is_aperiodic(automaton, budget=2_000_000)


def _on_states(name: str, prepare: Callable[[int], Callable[[], object]], sample: str) -> Curve:
    samples = {n: (f"{sample}, {n:,} states", lambda n=n: prepare(n)) for n in _POWERS_OF_TEN}
    return Curve(name, samples)  # type: ignore[arg-type]


def _on_monoids(
    name: str, prepare: Callable[[Automaton], Callable[[], object]], family: str
) -> Curve:
    build, size, ns = _FAMILIES[family]
    samples = {size(n): (f"{family} of {n} states", lambda n=n: prepare(build(n))) for n in ns}
    return Curve(f"{name}, {family}", samples)  # type: ignore[arg-type]


_FAMILIES: dict[str, tuple[Callable[[int], Automaton], Callable[[int], int], range]] = {
    "all maps": (_samples.full_transformations, lambda n: n**n, range(3, 8)),
    "permutations": (_samples.symmetric_group, factorial, range(4, 10)),
    "order-preserving maps": (
        _samples.order_preserving,
        lambda n: comb(2 * n - 1, n),
        range(3, 12),
    ),
}

_SIZE_OF = {"automata": "states", "monoids": "elements"}

FIGURES: dict[str, list[Curve]] = {
    "automata": [
        _on_states("minimise random", lambda n: _minimise(n, _samples.random_automaton), "random"),
        _on_states("minimise a chain", lambda n: _minimise(n, _samples.chain), "a chain"),
        _on_states("equivalence", _equivalence, "two equivalent automata"),
        Curve(
            "regex",
            {
                2 ** (k + 1): (f"(a|b)*a(a|b){{{k}}}", lambda k=k: _regex(k))  # type: ignore[misc]
                for k in range(2, 20)
            },
        ),
    ],
    "monoids": [
        *(_on_monoids("elements and Cayley graphs", _enumeration, family) for family in _FAMILIES),
        *(_on_monoids("Green's relations", _greens, family) for family in _FAMILIES),
        _on_monoids("aperiodicity", _aperiodicity, "order-preserving maps"),
    ],
}
