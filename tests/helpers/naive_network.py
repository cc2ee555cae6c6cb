"""A second, slow reading of FORMAT.md: what a network in a certificate answers to a word.

It shares no code and few ideas with the checker: it works on the JSON itself, lists all values of a
format, and follows the definition of `cast-unrolled` term by term.
"""

from __future__ import annotations

import json
from fractions import Fraction
from functools import cache
from typing import Any

from helpers.certificate_samples import Json
from helpers.naive_field import Element, element

Entry = Fraction | Element
Rows = list[list[Entry]]


def number(entry: Json, order: str | None) -> Entry:
    """A number of the grammar in a layer over the rationals (None) or over a field."""
    return Fraction(entry) if order is None else element(order, entry)


def rows(matrix: Json, order: str | None = None) -> Rows:
    """A matrix of the grammar."""
    return [[number(entry, order) for entry in row] for row in matrix]


def times(a: Rows, b: Rows) -> Rows:
    """The matrix product."""
    columns = list(zip(*b, strict=True))
    return [
        [sum((x * y for x, y in zip(r, c, strict=True)), Fraction(0)) for c in columns] for r in a
    ]


def plus(a: Rows, b: Rows) -> Rows:
    """The sum of two matrices."""
    return [[x + y for x, y in zip(r, s, strict=True)] for r, s in zip(a, b, strict=True)]


def transition(a: Json, order: str | None = None) -> Rows:
    """The matrix of a transition."""
    if a["kind"] == "dense":
        return rows(a["rows"], order)
    if a["kind"] == "product":
        result = transition(a["factors"][0], order)
        for factor in a["factors"][1:]:
            result = times(result, transition(factor, order))
        return result
    if a["kind"] == "gated":
        gate = number(a["gate"], order)
        return [[gate * x for x in row] for row in transition(a["factor"], order)]
    if a["kind"] == "blocks":
        parts = [transition(block, order) for block in a["blocks"]]
        left = [sum(map(len, parts[:i])) for i in range(len(parts) + 1)]
        places = zip(parts, left, strict=False)
        return [
            [Fraction(0)] * i + row + [Fraction(0)] * (left[-1] - i - len(part))
            for part, i in places
            for row in part
        ]
    vectors = {
        key: [number(x, order) for x in a[key]]
        for key in ("entries", "v", "k", "w", "a")
        if key in a
    }
    if a["kind"] == "diagonal":
        return _scaled([Fraction(1)] * len(vectors["entries"]), Fraction(0), vectors["entries"])
    u = vectors.get("v") or vectors["k"]
    square = Fraction(1) if a["kind"] == "delta" else sum((x * x for x in u), Fraction(0))
    scale = number(a.get("beta") or a["c"], order) / square
    if a["kind"] == "diagonal-plus-rank-one":
        n = range(len(u))
        return [
            [int(i == j) * vectors["w"][i] - scale * u[i] * u[j] * vectors["a"][j] for j in n]
            for i in n
        ]
    return _scaled(u, scale, vectors.get("entries") or [Fraction(1)] * len(u))


def _scaled(u: list[Entry], scale: Entry, entries: list[Entry]) -> Rows:
    """(I - scale u u^T) diag(entries)."""
    n = range(len(u))
    return [[(int(i == j) - scale * u[i] * u[j]) * entries[j] for j in n] for i in n]


@cache
def _values(text: str) -> list[Fraction]:
    form = json.loads(text)
    if form["kind"] == "fixed":
        step, low, high = (Fraction(form[key]) for key in ("step", "min", "max"))
        return [low + i * step for i in range(int((high - low) / step) + 1)]
    precision, least, high = (
        int(form["precision"]),
        int(form["min_exponent"]),
        Fraction(form["max"]),
    )
    found = {Fraction(0)}
    for e in range(least, least + 40):
        unit = Fraction(2) ** (e - precision + 1)
        found |= {s * m * unit for m in range(1, 2**precision) for s in (1, -1)}
    return sorted(x for x in found if abs(x) <= high)


def values(form: Json) -> list[Fraction]:
    """All values of a (small) format, ascending."""
    return _values(json.dumps(form, sort_keys=True))


def rounded(x: Fraction, form: Json) -> Fraction:
    """The value of the format that x is rounded to, chosen between its two neighbours."""
    return _rounded(x, json.dumps(form, sort_keys=True))


@cache
def _rounded(x: Fraction, text: str) -> Fraction:
    form = json.loads(text)
    if form["kind"] == "float":
        return _chosen(form["rounding"], x, *_neighbours(x, form))
    listed = _values(text)
    period = listed[-1] - listed[0] + listed[1] - listed[0]
    shift = (x - listed[0]) // period * period if form["overflow"] == "wrap" else 0
    x -= shift
    if x in listed:
        return x
    if x < listed[0]:
        return listed[0]
    low = max(value for value in listed if value < x)
    above = [value for value in listed if value > x]
    if not above and form["overflow"] == "saturate":
        return low
    high = above[0] if above else low + listed[1] - listed[0]
    chosen = _chosen(form["rounding"], x, low, high, shift)
    return chosen if chosen in listed else listed[0]


def _neighbours(x: Fraction, form: Json) -> tuple[Fraction, Fraction]:
    """The values of a floating-point format next to x, below and above; the same if it is one."""
    greatest = Fraction(form["max"])
    if abs(x) >= greatest:
        end = greatest if x > 0 else -greatest
        return end, end
    exponent = int(form["min_exponent"])
    while Fraction(2) ** (exponent + 1) <= abs(x):
        exponent += 1
    unit = Fraction(2) ** (exponent - int(form["precision"]) + 1)
    return x // unit * unit, -(-x // unit) * unit


def _chosen(
    rounding: str, x: Fraction, low: Fraction, high: Fraction, shift: Fraction | int = 0
) -> Fraction:
    """One of two neighbours; the number itself is x + shift."""
    if low == high:
        return low
    even = low if (low + shift) / (high - low) % 2 == 0 else high
    outer, inner = (high, low) if x + shift > 0 else (low, high)  # by the sign of the number itself
    chosen = {
        "nearest-even": even,
        "nearest-away": outer,
        "nearest-down": low,
        "toward-zero": inner,
        "up": high,
        "down": low,
    }[rounding]
    middle = (low + high) / 2
    if rounding.startswith("nearest") and x != middle:
        return low if x < middle else high
    return chosen


def cast(a: Rows, form: Json) -> Rows:
    """Each entry rounded."""
    return [[rounded(x, form) for x in row] for row in a]


def _op_column(a: Json, x: list[Fraction], form: Json) -> list[Fraction]:
    def r(number: Fraction) -> Fraction:
        return rounded(number, form)

    if a["kind"] == "product":
        for factor in reversed(a["factors"]):
            x = _op_column(factor, x, form)
        return x
    if a["kind"] == "blocks":
        listed: list[Fraction] = []
        for block in a["blocks"]:
            size = len(transition(block))
            listed += _op_column(block, x[:size], form)
            x = x[size:]
        return listed
    if a["kind"] == "gated":
        return [r(Fraction(a["gate"]) * y) for y in _op_column(a["factor"], x, form)]
    if a["kind"] == "diagonal":
        return [r(Fraction(p) * q) for p, q in zip(a["entries"], x, strict=True)]
    if a["kind"] == "dense":
        result = []
        for row in rows(a["rows"]):
            y = r(row[0] * x[0])
            for j in range(1, len(x)):
                y = r(y + r(row[j] * x[j]))
            result.append(y)
        return result
    k, beta = [Fraction(p) for p in a["k"]], Fraction(a["beta"])
    s = r(k[0] * x[0])
    for i in range(1, len(x)):
        s = r(s + r(k[i] * x[i]))
    t = r(beta * s)
    return [r(x[i] - r(t * k[i])) for i in range(len(x))]


def _states(layer: Json, symbols: list[list[Json]], semantics: Json) -> list[Rows]:
    """The states that are read out after 0, 1, 2, ... symbols."""
    by_symbol = {json.dumps(case["on"]): case for case in layer["cases"]}
    cases = [by_symbol[json.dumps(symbol)] for symbol in symbols]
    order, name, form = layer.get("field"), semantics["name"], semantics.get("format")
    start = rows(layer["initial"], order)
    if name == "cast-unrolled":
        return [_unrolled(start, cases[:t], form) for t in range(len(cases) + 1)]
    if name == "chunk-scan":
        return _scanned(start, cases, form, int(semantics["chunk"]))
    found = [start]
    for case in cases:
        b = rows(case["B"], order)
        if name == "op-round":
            columns = [_op_column(case["A"], list(x), form) for x in zip(*found[-1], strict=True)]
            new = cast(plus([list(y) for y in zip(*columns, strict=True)], b), form)
        elif name == "mixed-round":
            wide = semantics["accumulate"]
            columns = [_op_column(case["A"], list(x), wide) for x in zip(*found[-1], strict=True)]
            new = cast(plus([list(y) for y in zip(*columns, strict=True)], b), wide)
            new = cast(new, form)
        else:
            new = plus(times(transition(case["A"], order), found[-1]), b)
            new = cast(new, form) if name == "seq-round" else new
        found.append(new)
    return found


def _scanned(start: Rows, cases: list[Json], form: Json, chunk: int) -> list[Rows]:
    def moved(pair: tuple[Rows, Rows], state: Rows) -> Rows:
        return cast(plus(_op_product(pair[0], state, form), pair[1]), form)

    def pair(part: list[Json]) -> tuple[Rows, Rows]:
        if len(part) == 1:
            return transition(part[0]["A"]), rows(part[0]["B"])
        last = max(2**i for i in range(10) if 2**i < len(part))
        first, second = pair(part[:-last]), pair(part[-last:])
        return _op_product(second[0], first[0], form), moved(second, first[1])

    found = [start]
    for time in range(1, len(cases) + 1):
        begin = (time - 1) // chunk * chunk
        found.append(moved(pair(cases[begin:time]), found[begin]))
    return found


def _op_product(a: Rows, x: Rows, form: Json) -> Rows:
    dense = {"kind": "dense", "rows": [[str(y) for y in row] for row in a]}
    columns = [_op_column(dense, list(column), form) for column in zip(*x, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def _unrolled(start: Rows, cases: list[Json], form: Json) -> Rows:
    terms = [start]
    for case in cases:
        terms = [times(transition(case["A"]), term) for term in terms] + [rows(case["B"])]
    total = cast(terms[0], form)
    for term in terms[1:]:
        total = plus(total, cast(term, form))
    return cast(total, form)


def _observation(readout: Json, state: Rows) -> str | Rows:
    if readout["kind"] == "states":
        return state
    bits = ""
    for functional in readout["functionals"]:
        pairs = zip(rows(functional["weights"]), state, strict=True)
        total = sum(w * h for r, s in pairs for w, h in zip(r, s, strict=True))
        bound = Fraction(functional["bound"])
        bits += "1" if total > bound or (functional["relation"] == ">=" and total == bound) else "0"
    return bits


def _output(layer: Json, state: Rows) -> bool | str:
    seen = _observation(layer["readout"], state)
    for entry in layer["readout"]["table"]:
        key = entry["bits"] if "bits" in entry else rows(entry["state"], layer.get("field"))
        if seen == key:
            output: bool | str = entry["output"]
            return output
    raise LookupError(f"no output for {seen}")


def states_of_layer(layer: Json, heard: list[list[Json]], semantics: Json) -> list[Rows]:
    """The states of one layer; `heard` has the letter and all outputs below, for each time."""
    reads = [int(i) for i in layer.get("reads", range(1, len(heard[0]) if heard else 1))]
    symbols = [[at_time[0], *(at_time[i] for i in reads)] for at_time in heard]
    return _states(layer, symbols, semantics)


def answer(semantics: Json, lrnn: Json, word: list[str]) -> tuple[str | Rows, bool | str]:
    """The last observation and the last output."""
    heard: list[list[Json]] = [[letter] for letter in word]
    for layer in lrnn["layers"][:-1]:
        if "delay" in layer:
            of, steps = int(layer["delay"]["of"]), int(layer["delay"]["steps"])
            said = [at_time[of] for at_time in heard]
            for t, at_time in enumerate(heard):
                at_time.append(said[t - steps] if t >= steps else None)
            continue
        states = states_of_layer(layer, heard, semantics)
        for at_time, state in zip(heard, states[1:], strict=True):
            at_time.append(_output(layer, state))
    last = lrnn["layers"][-1]
    state = states_of_layer(last, heard, semantics)[-1]
    return _observation(last["readout"], state), _output(last, state)


def automaton_output(automaton: Json, word: list[str]) -> bool | str:
    """The output of the state that a word leads to."""
    state = 0
    for letter in word:
        state = int(automaton["table"][state][automaton["alphabet"].index(letter)])
    output: bool | str = automaton["outputs"][state]
    return output


def longest_period(form: Json, least: Fraction | None) -> int:
    """The largest period of h -> r(r(a h) + b) over all b, h and all a >= least."""
    listed, best = values(form), 0
    for a in listed:
        for b in listed if least is None or a >= least else []:
            image = {h: rounded(rounded(a * h, form) + b, form) for h in listed}
            for start in listed:
                path = [start]
                while image[path[-1]] not in path:
                    path.append(image[path[-1]])
                best = max(best, len(path) - path.index(image[path[-1]]))
    return best


def semantics_json(name: str, number_format: Any) -> Json:
    """The semantics of a name as the readers of certificates take it."""
    return {"name": name} if name == "exact" else {"name": name, "format": number_format.to_json()}
