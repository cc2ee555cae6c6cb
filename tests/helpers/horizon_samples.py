"""Accepted certificates of the kind horizon.

Written by hand from FORMAT.md alone; certificate_samples.py collects all samples.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import (
    EXACT,
    Certificate,
    Json,
    case,
    column,
    diagonal,
    fixed,
    layer,
    minifloat,
    new_certificate,
    seal,
    states_readout,
    threshold,
)
from helpers.witness_samples import acceptor


def horizon_certificate(
    layers: list[Json], automaton: Json, length: str, semantics: Json, **evidence: Json
) -> Certificate:
    """A certificate with evidence of the kind that its parts are of."""
    kind = "balls" if evidence else "words"
    lrnn = {"alphabet": automaton["alphabet"], "layers": layers}
    return new_certificate(
        "horizon",
        semantics=semantics,
        lrnn=lrnn,
        automaton=automaton,
        length=length,
        evidence={"type": kind, **evidence},
    )


def cell(centres: str, automaton: str, following: str) -> Json:
    """A cell; one digit a number."""
    return {"centres": list(centres), "automaton": automaton, "next": list(following)}


def bound(growth: str, radius: str) -> Json:
    """The bound of a layer."""
    return {"growth": growth, "radius": radius}


def fading_parity() -> Certificate:
    """h <- -9/10 h, and h >= 1/2 says even: wrong after 8 letters."""
    readout = threshold([(column("1"), ">=", "1/2")], b0=False, b1=True)
    fading = layer(column("1"), [case(["a"], diagonal("-9/10"), column("0"))], readout)
    return horizon_certificate([fading], acceptor("a", "1", "0", final="0"), "7", EXACT)


def rounded_cycle() -> Certificate:
    """A quarter turn in e4m3, which comes back: right at all lengths, by its states alone."""
    turn = {"kind": "dense", "rows": [["0", "-1"], ["1", "0"]]}
    readout = states_readout(
        *((column(x, y), x == "1") for x, y in (("1", "0"), ("0", "1"), ("-1", "0"), ("0", "-1")))
    )
    quarter = layer(column("1", "0"), [case(["a"], turn, column("0", "0"))], readout)
    semantics = {"name": "op-round", "format": minifloat("4", "-6", "448", "nearest-even")}
    four = acceptor("a", "1", "2", "3", "0", final="0")
    return horizon_certificate([quarter], four, "all", semantics)


def leak_ends_a() -> Certificate:
    """h <- h/4 + 1 on a, h/4 - 1 on b: 2/3 <= h <= 4/3 after an a."""
    readout = threshold([(column("1"), ">=", "1/2")], b0=False, b1=True)
    quarter = diagonal("1/4")
    cases = [case(["a"], quarter, column("1")), case(["b"], quarter, column("-1"))]
    return horizon_certificate(
        [layer(column("0"), cases, readout)],
        acceptor("ab", "10", "10", final="1"),
        "all",
        {"name": "threshold"},
        centres=[[column("0"), column("1"), column("-1")]],
        bounds=[bound("1/4", "1/3")],
        cells=[cell("0", "0", "12"), cell("1", "1", "12"), cell("2", "0", "12")],
    )


def third_of_a_turn() -> Certificate:
    """The turn by 120 degrees with 8 bits, every operation rounded."""
    turn = {"kind": "dense", "rows": [["-1/2", "-111/128"], ["111/128", "-1/2"]]}
    readout = threshold([(column("1", "0"), ">=", "1/4")], b0=False, b1=True)
    rotating = layer(column("1", "0"), [case(["a"], turn, column("0", "0"))], readout)
    semantics = {"name": "op-round", "format": minifloat("8", "-20", "448", "nearest-even")}
    return horizon_certificate(
        [rotating],
        acceptor("a", "1", "2", "0", final="0"),
        "42",
        semantics,
        centres=[[column("1", "0"), column("-1/2", "111/128"), column("-1/2", "-111/128")]],
        bounds=[bound("100101/100000", "1/2")],
        cells=[cell("0", "0", "1"), cell("1", "1", "2"), cell("2", "2", "0")],
    )


def turn_in_mixed_precision() -> Certificate:
    """The same turn, operations with 16 bits and states with 8."""
    certificate = third_of_a_turn()
    semantics = {
        "name": "mixed-round",
        "format": certificate["semantics"]["format"],
        "accumulate": minifloat("16", "-20", "448", "nearest-even"),
    }
    return seal({**certificate, "semantics": semantics, "length": "67"})


def last_but_one() -> Certificate:
    """A delay by one letter below a leak, each step rounded down to a multiple of 1/1024."""
    readout = threshold([(column("1"), ">", "1/2")], b0=False, b1=True)
    cases = [
        case([letter, past], diagonal("1/4"), column("1" if past == "a" else "0"))
        for letter in "ab"
        for past in ("a", "b", None)
    ]
    return horizon_certificate(
        [{"delay": {"of": "0", "steps": "1"}}, layer(column("0"), cases, readout)],
        acceptor("ab", "12", "34", "12", "34", "12", final="34"),
        "1000000",
        {"name": "seq-round", "format": fixed("1/1024", "-2", "2", "down")},
        centres=[[[None], ["a"], ["b"]], [column("1/6"), column("7/6")]],
        bounds=[bound("1/4", "1/5")],
        cells=[
            *(cell("00", "0", "12"), cell("10", "1", "34"), cell("20", "2", "12")),
            *(cell("11", "3", "34"), cell("21", "4", "12")),
        ],
    )


def disturbed_third_of_a_turn() -> Certificate:
    """The same turn, whose steps may each be off by 1/1000 in any direction."""
    semantics = {"name": "disturbed", "error": "1/1000"}
    return seal({**third_of_a_turn(), "semantics": semantics, "length": "150"})


SCAN = {
    "name": "chunk-scan",
    "format": minifloat("6", "-20", "448", "nearest-even"),
    "chunk": "4",
}


def scanned_turn() -> Certificate:
    """The turn by 120 degrees with 6 bits, multiplied along trees over 4 letters."""
    turn = {"kind": "dense", "rows": [["-1/2", "-7/8"], ["7/8", "-1/2"]]}
    readout = threshold([(column("1", "0"), ">=", "1/4")], b0=False, b1=True)
    rotating = layer(column("1", "0"), [case(["a"], turn, column("0", "0"))], readout)
    cells = [
        {"outputs": [index == 0], "automaton": str(index), "next": [str((index + 1) % 3)]}
        for index in range(3)
    ]
    target = acceptor("a", "1", "2", "0", final="0")
    certificate = horizon_certificate([rotating], target, "120", SCAN)
    return seal({**certificate, "evidence": {"type": "segments", "cells": cells}})


def scanned_leak() -> Certificate:
    """h <- h/2 + 1 on a, h/2 on b, in chunks of 3 letters: h >= 1 after an a, and h < 1 after b."""
    readout = threshold([(column("1"), ">=", "1")], b0=False, b1=True)
    half = diagonal("1/2")
    cases = [case(["a"], half, column("1")), case(["b"], half, column("0"))]
    semantics = {"name": "chunk-scan", "format": fixed("1/4", "-8", "8", "down"), "chunk": "3"}
    cells = [
        {"outputs": [said], "automaton": state, "next": ["1", "0"]}
        for state, said in (("0", False), ("1", True))
    ]
    certificate = horizon_certificate(
        [layer(column("1/4"), cases, readout)],
        acceptor("ab", "10", "10", final="1"),
        "all",
        semantics,
    )
    return seal({**certificate, "evidence": {"type": "segments", "cells": cells}})


def scanned_turn_by_balls() -> Certificate:
    """The turn with 8 bits, bounded along every tree."""
    semantics = {**SCAN, "format": third_of_a_turn()["semantics"]["format"]}
    return seal({**third_of_a_turn(), "semantics": semantics, "length": "23"})


HORIZONS: dict[str, Callable[[], Certificate]] = {
    "horizon-fading-parity": fading_parity,
    "horizon-rounded-cycle": rounded_cycle,
    "horizon-leak-ends-a": leak_ends_a,
    "horizon-third-of-a-turn": third_of_a_turn,
    "horizon-mixed-precision": turn_in_mixed_precision,
    "horizon-disturbed": disturbed_third_of_a_turn,
    "horizon-last-but-one": last_but_one,
    "horizon-scanned-turn": scanned_turn,
    "horizon-scanned-leak": scanned_leak,
    "horizon-scanned-balls": scanned_turn_by_balls,
}
