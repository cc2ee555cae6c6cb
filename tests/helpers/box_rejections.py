"""Refused certificates of the kind boxes."""

from __future__ import annotations

from helpers.box_samples import cell, span
from helpers.certificate_parts import column, diagonal, fixed, states_readout
from helpers.rejection import DELETE, Path_, Rejection

LEAK = "boxes-leak-ends-ab"
COUNTER = "boxes-at-least-two"
NEVER = "boxes-never-one"
DELAYED = "boxes-last-but-one"
LAYER: Path_ = ("lrnn", "layers", 0)


def _box(number: int) -> Path_:
    return ("boxes", 0, number, 0, 0)


BOX_INVALID = [
    Rejection("box-not-closed", LEAK, [((*_box(1), "to"), "3/2")], "not closed, under 'a' layer 1"),
    Rejection("box-open-end", LEAK, [((*_box(1), "ends"), "[)")], "not closed"),
    Rejection("box-half", COUNTER, [(_box(2), span("2", "9"))], "not closed"),
    Rejection("box-open-at-two", COUNTER, [((*_box(2), "ends"), "()")], "not closed"),
    Rejection(
        "box-upper-layer",
        NEVER,
        [(("cells", 1, "next", 0), "1"), (("automaton", "table", 1, 0), "1")],
        "not closed, under 'a' layer 2",
    ),
    Rejection("box-straddles", LEAK, [((*_box(3), "to"), "5/2")], "straddles the threshold of"),
    Rejection(
        "box-touches", COUNTER, [(_box(1), span("0", "1")), (_box(2), span("1", "3"))], "straddles"
    ),
    Rejection("box-straddles-open", NEVER, [((*_box(0), "ends"), "[]")], "threshold of functional"),
    Rejection("box-wrong-answer", LEAK, [(("automaton", "outputs", 1), True)], "wrong answer"),
    Rejection(
        "box-no-output", LEAK, [((*LAYER, "readout", "table", 1), DELETE)], "has no output for"
    ),
    Rejection("box-start", LEAK, [(_box(0), "1/7")], "the initial state of layer 1 lies outside"),
    Rejection("box-start-layer", LEAK, [((*LAYER, "initial"), column("1/7"))], "lies outside"),
    Rejection(
        "box-start-automaton",
        LEAK,
        [(("cells", 0), cell("1", "1", "13"))],
        "not of the initial state of the automaton",
    ),
    Rejection("box-next", LEAK, [(("cells", 1, "next", 1), "4")], "goes to another state"),
    Rejection(
        "box-no-case", NEVER, [((*LAYER, "readout", "table", 0, "output"), "new")], "no case"
    ),
    Rejection(
        "box-states",
        COUNTER,
        [((*LAYER, "readout"), states_readout((column("0"), False), (column("1"), False)))],
        "more than one state",
    ),
    Rejection("box-property", COUNTER, [(("properties",), ["diagonal-open"])], "property"),
    Rejection(
        "box-exact", LEAK, [(("semantics", "name"), "exact")], "about the semantics threshold"
    ),
    Rejection(
        "box-rounded",
        LEAK,
        [(("semantics",), {"name": "seq-round", "format": fixed("1", "-1", "1", "down")})],
        "about the semantics threshold",
    ),
    Rejection("box-letters", COUNTER, [(("automaton", "alphabet"), ["b"])], "different alphabets"),
    Rejection("box-field", COUNTER, [((*LAYER, "field"), "4")], "with a field there are none"),
    Rejection("box-delay", DELAYED, [(("boxes", 0, 1, 0), "b")], "not closed, under 'a' layer 1"),
    Rejection("box-delay-start", DELAYED, [(("boxes", 0, 0, 0), "a")], "layer 1 lies outside"),
    Rejection("box-windows", DELAYED, [(("windows", 1), "1")], "window"),
    Rejection(
        "box-grows",
        LEAK,
        [((*LAYER, "cases", 0, "A"), diagonal("2")), (("properties",), [])],
        "not closed",
    ),
]
BOX_MALFORMED = [
    Rejection("box-empty", LEAK, [(_box(1), span("2", "1"))], "an empty interval"),
    Rejection("box-point-as-span", LEAK, [(_box(1), span("1", "1"))], "an empty interval"),
    Rejection("box-infinity", COUNTER, [((*_box(2), "ends"), "[]")], "no number lies at infinity"),
    Rejection("box-word", COUNTER, [((*_box(2), "to"), "inf")], "expected a rational"),
    Rejection(
        "box-shape", LEAK, [(("boxes", 0, 1), [["1", "1"]])], "2 entries, expected at most 1"
    ),
    Rejection("box-layers", LEAK, [(("boxes", 1), [])], "2 entries, expected at most 1"),
    Rejection(
        "box-number", LEAK, [(("cells", 0, "boxes", 0), "5")], "expected a number from 0 to 4"
    ),
    Rejection("box-cell", LEAK, [(("cells", 0, "next", 0), "5")], "expected a number from 0 to 4"),
    Rejection("box-state", LEAK, [(("cells", 0, "automaton"), "3")], "no such state"),
    Rejection("box-no-cells", LEAK, [(("cells",), [])], "expected at least 1"),
    Rejection("box-key", LEAK, [(("terms",), [])], "unknown key 'terms'"),
]
