"""Hostile certificates about networks: growing numbers, wide states, many layers and cases."""

from __future__ import annotations

import random
from fractions import Fraction

from helpers.certificate_parts import (
    EXACT,
    Certificate,
    Json,
    case,
    diagonal,
    fixed,
    layer,
    new_certificate,
    seal,
    states_readout,
    threshold,
)
from helpers.hostile_parts import BINARY, ONE_STATE, Maker, hostile, letter_names, long, ring

NETWORKS: dict[str, Maker] = {}


def running(
    layers: list[Json], word: list[str], semantics: Json = EXACT, letters: int = 1, **more: Json
) -> Certificate:
    """A certificate of kind counterexample with one word."""
    names = letter_names(letters)
    automaton = {"alphabet": names, "table": [["0"] * letters], "outputs": [True]}
    members: Json = {
        "semantics": semantics,
        "lrnn": {"alphabet": names, "layers": layers},
        "automaton": automaton,
        "properties": [],
        "words": [word],
        "observations": [[["0"]]],
        "outputs": [True],
        "expected": [False],
    }
    return new_certificate("counterexample", **(members | more))


def recognizing(layers: list[Json], semantics: Json = EXACT, **more: Json) -> Certificate:
    """A certificate of kind recognizer that lists no states."""
    lrnn = {"alphabet": more.pop("letters", ["0"]), "layers": layers}
    members: Json = {"semantics": semantics, "lrnn": lrnn, "automaton": ONE_STATE}
    return new_certificate("recognizer", **(members | {"properties": [], "states": []} | more))


def scalar(a: str, b: str = "1") -> Json:
    """A layer with a single number as state, and one letter."""
    return layer([["0"]], [case(["0"], diagonal(a), [[b]])], states_readout())


def wide(rows: int, columns: int, entry: str = "0") -> Json:
    """A matrix of equal entries."""
    return [[entry] * columns for _ in range(rows)]


def square(a: Json, rows: int, columns: int = 1, **more: Json) -> Json:
    """A layer with this transition for its only letter."""
    zero = wide(rows, columns)
    return layer(zero, [case(["0"], a, zero)], states_readout()) | more


def rounded(name: str, form: Json) -> Json:
    """A semantics with a format."""
    return {"name": name, "format": form}


FINE = fixed(f"1/{long(2_000)}", f"-{long(1_999)}", long(1_999), "nearest-even", "wrap")


@hostile(NETWORKS)
def counterexample_many_regions() -> Certificate:
    """Regions in regions, each with as many intervals and as long ends as there may be."""
    ends = [str(Fraction(int(long(45, index)), 2**150)) for index in range(16)]
    intervals = [{"from": "-1", "to": end, "ends": "[)"} for end in ends]
    region: Json = {"shape": "sparse-columns", "entries": {"rational": intervals}}
    for _ in range(3):
        region = {"shape": "one-of", "regions": [region] * 2}
    stated = [{"shape": "one-of", "regions": [region, {"shape": "any"}]}]
    rows = wide(40, 40, "-2")
    body = square({"kind": "dense", "rows": rows}, 40)
    return running([body], ["0"], properties=stated, observations=[wide(40, 1)])


@hostile(NETWORKS)
def counterexample_growing_number() -> Certificate:
    return running([scalar(f"{long(2_000, 1)}/{long(2_000, 2)}")], ["0"] * 12_000)


@hostile(NETWORKS)
def counterexample_slowly_growing_number() -> Certificate:
    return running([scalar("3/2")], ["0"] * 15_000)


@hostile(NETWORKS)
def counterexample_unrolled_sum() -> Certificate:
    form = fixed("1", "-8", "7", "down")
    return running([scalar("2/3")], ["0"] * 12_000, rounded("cast-unrolled", form))


@hostile(NETWORKS)
def counterexample_fine_format() -> Certificate:
    return running([scalar("1/3")], ["0"] * 10_000, rounded("seq-round", FINE))


@hostile(NETWORKS)
def counterexample_large_exponents() -> Certificate:
    return running([scalar(f"1/{long(2_000)}")], ["0"] * 12_000, rounded("cast-unrolled", BINARY))


@hostile(NETWORKS)
def counterexample_many_layers() -> Certificate:
    on = [[["0", *[True] * k], k] for k in range(40)]
    out = states_readout(([["0"]], True))
    layers = [layer([["0"]], [case(symbol, diagonal("1"), [["0"]])], out) for symbol, _ in on]
    return running(layers, ["0"] * 4_000)


@hostile(NETWORKS)
def counterexample_wide_state() -> Certificate:
    rows = wide(50, 50, "1")
    body = square(diagonal(*["2/3"] * 50), 50, 50, initial=rows)
    return running([body], ["0"] * 4_000, observations=[rows])


@hostile(NETWORKS)
def counterexample_many_functionals() -> Certificate:
    functional = {"weights": [[long(40)]], "relation": ">", "bound": "0"}
    table = [{"bits": "0" * 300, "output": True}]
    readout = {"kind": "threshold", "functionals": [functional] * 300, "table": table}
    low = layer([["0"]], [case(["0"], diagonal("1"), [["0"]])], readout)
    high = layer([["0"]], [case(["0", True], diagonal("1"), [["0"]])], states_readout())
    return running([low, high], ["0"] * 4_000)


@hostile(NETWORKS)
def counterexample_rounded_dense() -> Certificate:
    a = {"kind": "dense", "rows": wide(20, 20, f"{2**60 + 1}")}
    rows = wide(20, 20, "1")
    body = square(a, 20, 20, initial=rows)
    return running([body], ["0"] * 5_000, rounded("op-round", BINARY), observations=[rows])


@hostile(NETWORKS)
def recognizer_wide_lifts() -> Certificate:
    a = diagonal(*["1"] * 31, f"1/{long(1_000)}")
    body = square(a, 32, field="120")
    body["cases"] = [case([name], a, wide(32, 1)) for name in letter_names(30)]
    return recognizing([body], letters=letter_names(30))


@hostile(NETWORKS)
def recognizer_many_diagonals() -> Certificate:
    n = 110
    cases = [case([name], diagonal(*["1"] * 50), wide(50, 1)) for name in letter_names(n)]
    body = layer(wide(50, 1), cases, states_readout())
    names = ["spectrum-real", "symmetric", "norm-at-most-one"]
    return recognizing([body], letters=letter_names(n), properties=names, automaton=ring(1, n))


@hostile(NETWORKS)
def recognizer_reflections_with_long_numbers() -> Certificate:
    v = [[long(20, i), "1", *["1"] * 29, long(20, i + 1)] for i in range(32)]
    reflection = {"kind": "householder", "v": v, "beta": f"1/{long(2_000)}"}
    return recognizing([square(reflection, 32, field="120")])


@hostile(NETWORKS)
def recognizer_many_factors() -> Certificate:
    factor = {"kind": "householder", "v": [str(i + 1) for i in range(64)], "beta": "1/3"}
    a = {"kind": "product", "factors": [factor] * 100}
    return recognizing([square(a, 64)], properties=["norm-at-most-one"])


@hostile(NETWORKS)
def recognizer_all_properties() -> Certificate:
    source = random.Random(5)
    rows = [[str(source.randint(-9, 9)) for _ in range(64)] for _ in range(64)]
    names = ["spectrum-real", "norm-at-most-one", "spectrum-in-0-1", "diagonal", "symmetric"]
    return recognizing([square({"kind": "dense", "rows": rows}, 64)], properties=names)


@hostile(NETWORKS)
def recognizer_many_moves() -> Certificate:
    n, size = 35, 150
    entries = [["1"] for _ in range(16)]
    b = [case([name], diagonal(*["0"] * 16), entries) for name in letter_names(n)]
    out = states_readout((entries, True))
    body = layer(entries, b, out)
    automaton = ring(size, n) | {"outputs": [True] * size}
    states = [{"layers": [entries], "automaton": str(q)} for q in range(size)]
    return recognizing([body], letters=letter_names(n), automaton=automaton, states=states)


@hostile(NETWORKS)
def recognizer_many_terms() -> Certificate:
    form = fixed("1", "-1000", "1000", "down")
    cases = [case([name], diagonal("1"), [["0"]]) for name in letter_names(300)]
    body = layer([["0"]], cases, states_readout())
    terms = [[[[str(q)]] for q in range(1_000)]]
    return recognizing(
        [body | {"readout": states_readout(([["0"]], True))}],
        rounded("cast-unrolled", form),
        letters=letter_names(300),
        terms=terms,
        automaton=ring(1, 300),
        states=[{"layers": [[["0"]]], "automaton": "0"}],
    )


@hostile(NETWORKS)
def recognizer_long_letters() -> Certificate:
    letter = "x" * 15_000
    out = states_readout(([["0"]], letter))
    body = layer([["0"]], [case([letter], diagonal("1"), [["0"]])], out)
    automaton = {"alphabet": [letter], "table": [["0"]], "outputs": ["y"]}
    return recognizing([body], letters=[letter], automaton=automaton)


@hostile(NETWORKS)
def recognizer_many_copies() -> Certificate:
    names = letter_names(1_500)
    body = layer([["0"]], [case(["0"], diagonal("1"), [["0"]])], states_readout(([["0"]], True)))
    like = [[name, "0"] for name in names[1:]]
    return recognizing([body], letters=["0"], automaton=ring(1, 1_500), like=like)


@hostile(NETWORKS)
def recognizer_copies_in_many_states() -> Certificate:
    names = letter_names(40)
    body = layer([["0"]], [case(["0"], diagonal("1"), [["0"]])], states_readout(([["0"]], True)))
    like = [[name, "0"] for name in names[1:]]
    return recognizing([body], letters=["0"], automaton=ring(150, 40), like=like)


def boxed(body: Json, box: Json, count: int) -> Certificate:
    """A certificate of kind boxes with one box, in a ring of cells."""
    cells = [
        {"boxes": ["0"], "automaton": "0", "next": [str((place + 1) % count)]}
        for place in range(count)
    ]
    lrnn = {"alphabet": ["0"], "layers": [body]}
    members: Json = {"semantics": {"name": "threshold"}, "lrnn": lrnn, "automaton": ONE_STATE}
    return new_certificate("boxes", **members, properties=[], boxes=[[box]], cells=cells)


def watched(rows: int, a: Json) -> Json:
    """A layer with one letter, of whose state a threshold sees nothing."""
    zero = wide(rows, 1)
    return layer(zero, [case(["0"], a, zero)], threshold([(zero, ">=", "0")], b0=True, b1=True))


@hostile(NETWORKS)
def boxes_wide_state() -> Certificate:
    return boxed(watched(40, {"kind": "dense", "rows": wide(40, 40, "2/3")}), wide(40, 1), 600)


@hostile(NETWORKS)
def boxes_long_ends() -> Certificate:
    end = long(2_000)
    box = [[{"from": f"-{end}", "to": end, "ends": "()"}]]
    return boxed(watched(1, diagonal(f"1/{long(1_000)}")), box, 900)


def lasting(layers: list[Json], length: str, evidence: Json, semantics: Json) -> Certificate:
    """A certificate of kind horizon about a network with one letter."""
    lrnn = {"alphabet": ["0"], "layers": layers}
    return new_certificate(
        "horizon",
        semantics=semantics,
        lrnn=lrnn,
        automaton=ONE_STATE,
        length=length,
        evidence=evidence,
    )


def open_ended(size: int, a: Json) -> Json:
    """A layer that answers true in all states."""
    zero = wide(size, 1)
    readout = threshold([(zero, ">=", "0")], b1=True)
    return layer(wide(size, 1, "1"), [case(["0"], a, zero)], readout)


@hostile(NETWORKS)
def horizon_growing_numbers() -> Certificate:
    """States that never close, with numbers that grow, and no limit to the length."""
    dense = {"kind": "dense", "rows": wide(24, 24, "12345/10007")}
    return lasting([open_ended(24, dense)], "all", {"type": "words"}, EXACT)


@hostile(NETWORKS)
def horizon_rounded_steps() -> Certificate:
    """A product of many factors with long numbers, every operation of which is bounded."""
    key = [long(200, index) for index in range(48)]
    factors = [{"kind": "delta", "k": key, "beta": long(200)} for _ in range(4)]
    balls = {
        "type": "balls",
        "centres": [[wide(48, 1, "1")]],
        "bounds": [{"growth": long(300), "radius": long(1_500)}],
        "cells": [{"centres": ["0"], "automaton": "0", "next": ["0"]}],
    }
    semantics = rounded("op-round", fixed("1", f"-{long(1_999)}", long(1_999), "nearest-even"))
    product = {"kind": "product", "factors": factors}
    return lasting([open_ended(48, product)], "1000000000000", balls, semantics)


@hostile(NETWORKS)
def horizon_growing_radius() -> Certificate:
    """A radius that is squared forty times."""
    balls = {
        "type": "balls",
        "centres": [[["1"]]],
        "bounds": [{"growth": long(1_999), "radius": long(1_999, 5)}],
        "cells": [{"centres": ["0"], "automaton": "0", "next": ["0"]}],
    }
    return lasting([open_ended(1, diagonal("2"))], "1000000000000", balls, EXACT)


@hostile(NETWORKS)
def horizon_many_moves() -> Certificate:
    """Many cells, each with a move of its own."""
    size = 250
    balls = {
        "type": "balls",
        "centres": [[wide(3, 1, str(index)) for index in range(size)]],
        "bounds": [{"growth": "1", "radius": "1000000"}],
        "cells": [
            {"centres": [str(index)], "automaton": "0", "next": [str((index * 7 + 1) % size)]}
            for index in range(size)
        ],
    }
    a = {"kind": "dense", "rows": wide(3, 3, "1/3")}
    return lasting([open_ended(3, a)], "1000", balls, EXACT)


@hostile(NETWORKS)
def horizon_long_error() -> Certificate:
    """An error with as many digits as there may be, beside a radius with as many."""
    balls = {
        "type": "balls",
        "centres": [[["1"]]],
        "bounds": [{"growth": long(1_999), "radius": long(1_999, 5)}],
        "cells": [{"centres": ["0"], "automaton": "0", "next": ["0"]}],
    }
    semantics = {"name": "disturbed", "error": f"1/{long(1_999)}"}
    return lasting([open_ended(1, diagonal("2"))], "1000000000000", balls, semantics)


@hostile(NETWORKS)
def horizon_many_disturbed_moves() -> Certificate:
    """Many moves of a wide layer, each step of which may be off."""
    size = 60
    balls = {
        "type": "balls",
        "centres": [[wide(24, 2, f"{index}/7") for index in range(size)]],
        "bounds": [{"growth": "1", "radius": "1000000"}],
        "cells": [
            {"centres": [str(index)], "automaton": "0", "next": [str((index * 7 + 1) % size)]}
            for index in range(size)
        ],
    }
    a = {"kind": "dense", "rows": wide(24, 24, "1/30")}
    zero = wide(24, 2)
    readout = threshold([(zero, ">=", "0")], b1=True)
    start = layer(wide(24, 2, "0"), [case(["0"], a, zero)], readout)
    return lasting([start], "1000", balls, {"name": "disturbed", "error": "1/1000000"})


def scanning(entries: int, chunk: str) -> Json:
    """A scan with long numbers."""
    form = fixed("1", f"-{long(entries)}", long(entries), "nearest-even")
    return {"name": "chunk-scan", "format": form, "chunk": chunk}


@hostile(NETWORKS)
def horizon_scan_many_pairs() -> Certificate:
    """Products of many letters, no two of which are the same."""
    names = letter_names(40)
    cases = [case([name], diagonal(str(i + 2)), [[str(i)]]) for i, name in enumerate(names)]
    always = layer([["1"]], cases, threshold([([["0"]], ">=", "0")], b1=True))
    cells = [{"outputs": [True], "automaton": "0", "next": ["0"] * 40}]
    certificate = lasting(
        [always], "all", {"type": "segments", "cells": cells}, scanning(300, "64")
    )
    automaton = {"alphabet": names, "table": [["0"] * 40], "outputs": [True]}
    lrnn = {"alphabet": names, "layers": [always]}
    return seal({**certificate, "automaton": automaton, "lrnn": lrnn})


@hostile(NETWORKS)
def horizon_scan_growing_error() -> Certificate:
    """An error that is squared forty times, of wide steps with shifts."""
    one = layer(
        wide(30, 30, "1"),
        [case(["0"], diagonal(*["1"] * 30), wide(30, 30, "1"))],
        threshold([(wide(30, 30), ">=", "0")], b1=True),
    )
    balls = {
        "type": "balls",
        "centres": [[wide(30, 30, "1")]],
        "bounds": [{"growth": long(400), "radius": long(1_999, 5)}],
        "cells": [{"centres": ["0"], "automaton": "0", "next": ["0"]}],
    }
    return lasting([one], "1000000000000", balls, scanning(1_900, "16"))


@hostile(NETWORKS)
def horizon_scan_many_cells() -> Certificate:
    """Few pairs, and as many cells as there is room for."""
    size = 1_000
    cells = [
        {"outputs": [True], "automaton": "0", "next": [str((7 * index + 1) % size)]}
        for index in range(size)
    ]
    evidence = {"type": "segments", "cells": cells}
    return lasting([open_ended(4, diagonal(*"1111"))], "all", evidence, scanning(3, "1024"))


@hostile(NETWORKS)
def counterexample_scan_wide_pairs() -> Certificate:
    """A counterexample whose steps are products of wide matrices of long numbers."""
    dense = {"kind": "dense", "rows": wide(20, 20, long(60))}
    wide_layer = layer(wide(20, 1), [case(["0"], dense, wide(20, 1, "1"))], states_readout())
    return running([wide_layer], ["0"] * 5_000, scanning(1_900, "1024"))
