"""Refused certificates of the kind horizon."""

from __future__ import annotations

from helpers.certificate_parts import (
    case,
    column,
    diagonal,
    layer,
    minifloat,
    states_readout,
    threshold,
)
from helpers.horizon_samples import cell
from helpers.rejection import DELETE, Path_, Rejection

FADING = "horizon-fading-parity"
CYCLE = "horizon-rounded-cycle"
LEAK = "horizon-leak-ends-a"
TURN = "horizon-third-of-a-turn"
MIXED = "horizon-mixed-precision"
DISTURBED = "horizon-disturbed"
DELAYED = "horizon-last-but-one"
SCANNED = "horizon-scanned-turn"
SCANNED_LEAK = "horizon-scanned-leak"
SCANNED_BALLS = "horizon-scanned-balls"
LAYER: Path_ = ("lrnn", "layers", 0)
CASE: Path_ = (*LAYER, "cases", 0)
EVIDENCE: Path_ = ("evidence",)
BOUND: Path_ = (*EVIDENCE, "bounds", 0)
CELLS: Path_ = (*EVIDENCE, "cells")
CENTRES: Path_ = (*EVIDENCE, "centres", 0)
UNROLLED = {"name": "cast-unrolled", "format": minifloat("4", "-6", "448", "nearest-even")}
COARSE = minifloat("6", "-20", "448", "nearest-even")

LEAKING = layer(
    column("1/4"),
    [case([letter, None], diagonal("1/2"), column(b)) for letter, b in (("a", "1"), ("b", "0"))],
    threshold([(column("1"), ">=", "1")], b0=False, b1=True),
)

HORIZON_INVALID = [
    Rejection("horizon-too-long", FADING, [(("length",), "8")], "wrong after 8 letters"),
    Rejection("horizon-not-all", FADING, [(("length",), "all")], "wrong after 8 letters"),
    Rejection(
        "horizon-no-answer", CYCLE, [((*LAYER, "readout", "table", 3), DELETE)], "has no output for"
    ),
    Rejection(
        "horizon-letters", FADING, [(("automaton", "alphabet"), ["b"])], "different alphabet"
    ),
    Rejection(
        "horizon-not-stored", CYCLE, [((*LAYER, "initial"), column("17/16", "0"))], "no value of"
    ),
    Rejection(
        "horizon-balls-letters", LEAK, [(("automaton", "alphabet"), ["a", "c"])], "different"
    ),
    Rejection("horizon-balls-unrolled", LEAK, [(("semantics",), UNROLLED)], "under cast-unrolled"),
    Rejection("horizon-balls-field", LEAK, [((*LAYER, "field"), "4")], "there are none"),
    Rejection(
        "horizon-balls-not-stored", TURN, [((*CASE, "B"), column("1/3", "0"))], "no value of the"
    ),
    Rejection("horizon-radius-wide", LEAK, [((*BOUND, "radius"), "1/2")], "meets the threshold of"),
    Rejection("horizon-radius-narrow", LEAK, [((*BOUND, "radius"), "1/4")], "leaves the ball at"),
    Rejection(
        "horizon-radius-few", TURN, [((*BOUND, "radius"), "1/20")], "within `length` letters"
    ),
    Rejection("horizon-longer", TURN, [(("length",), "99")], "within `length` letters"),
    Rejection("horizon-all", TURN, [(("length",), "all")], "leaves the ball at some length"),
    Rejection("horizon-growth", TURN, [((*BOUND, "growth"), "1")], "a norm above `growth`"),
    Rejection(
        "horizon-coarse", TURN, [(("semantics", "format"), COARSE)], "no value of the format"
    ),
    Rejection(
        "horizon-overflow",
        TURN,
        [(("semantics", "format", "max"), "1")],
        "beyond the largest value of the format",
    ),
    Rejection(
        "horizon-directed", TURN, [(("semantics", "format", "rounding"), "up")], "within `length`"
    ),
    Rejection("horizon-mixed-longer", MIXED, [(("length",), "800")], "within `length` letters"),
    Rejection(
        "horizon-mixed-coarse",
        MIXED,
        [(("semantics", "accumulate", "precision"), "6")],
        "within `length` letters",
    ),
    Rejection(
        "horizon-mixed-not-stored", MIXED, [((*CASE, "B"), column("1/3", "0"))], "no value of the"
    ),
    Rejection(
        "horizon-disturbed-more",
        DISTURBED,
        [(("semantics", "error"), "1/100")],
        "within `length` letters",
    ),
    Rejection("horizon-disturbed-longer", DISTURBED, [(("length",), "400")], "within `length`"),
    Rejection(
        "horizon-disturbed-all", DISTURBED, [(("length",), "all")], "leaves the ball at some length"
    ),
    Rejection("horizon-wrong-answer", LEAK, [(("automaton", "outputs", 1), False)], "wrong answer"),
    Rejection("horizon-next", LEAK, [((*CELLS, 1, "next", 1), "1")], "goes to another state"),
    Rejection(
        "horizon-start-automaton",
        LEAK,
        [((*CELLS, 0), cell("1", "1", "12"))],
        "not of the initial state of the automaton",
    ),
    Rejection("horizon-start", LEAK, [((*LAYER, "initial"), column("2/5"))], "is not in its ball"),
    Rejection("horizon-centre", LEAK, [((*CENTRES, 1), column("9/8"))], "leaves the ball at some"),
    Rejection(
        "horizon-no-output", LEAK, [((*LAYER, "readout", "table", 1), DELETE)], "has no output for"
    ),
    Rejection(
        "horizon-states",
        LEAK,
        [
            (
                (*LAYER, "readout"),
                states_readout((column("0"), False), (column("1"), True), (column("-1"), False)),
            )
        ],
        "so the radius must be 0",
    ),
    Rejection("horizon-grows", LEAK, [((*CASE, "A"), diagonal("2"))], "a norm above `growth`"),
    Rejection("horizon-delay", DELAYED, [((*CENTRES, 1, 0), "b")], "delay 1 goes to another state"),
    Rejection("horizon-delay-start", DELAYED, [((*CENTRES, 0, 0), "a")], "starts with another"),
    Rejection(
        "horizon-rounds-far",
        DELAYED,
        [(("semantics", "format", "step"), "1/8")],
        "leaves the ball within",
    ),
]
HORIZON_INVALID += [
    Rejection("scan-longer", SCANNED, [(("length",), "121")], "something else after 121 letters"),
    Rejection("scan-all", SCANNED, [(("length",), "all")], "something else after 121 letters"),
    Rejection("scan-letters", SCANNED, [(("automaton", "alphabet"), ["b"])], "different alphabets"),
    Rejection("scan-chunk", SCANNED, [(("semantics", "chunk"), "5")], "something else after"),
    Rejection("scan-other-output", SCANNED, [((*CELLS, 0, "outputs", 0), False)], "wrong answer"),
    Rejection("scan-other-next", SCANNED, [((*CELLS, 0, "next", 0), "2")], "goes to another state"),
    Rejection(
        "scan-other-start", SCANNED, [((*CELLS, 0, "automaton"), "1")], "not of the initial state"
    ),
    Rejection(
        "scan-not-stored", SCANNED, [((*CASE, "B"), column("1/3", "0"))], "B: an entry is no"
    ),
    Rejection(
        "scan-matrix-not-stored", SCANNED_LEAK, [((*CASE, "A"), diagonal("1/3"))], "A: an entry is"
    ),
    Rejection(
        "scan-initial-not-stored", SCANNED_LEAK, [((*LAYER, "initial"), column("1/3"))], "no value"
    ),
    Rejection(
        "scan-other-initial", SCANNED_LEAK, [((*LAYER, "initial"), column("1"))], "after 0 letters"
    ),
    Rejection(
        "scan-rounds-up", SCANNED_LEAK, [(("semantics", "format", "rounding"), "up")], "says"
    ),
    Rejection(
        "scan-no-output", SCANNED_LEAK, [((*LAYER, "readout", "table", 0), DELETE)], "has no output"
    ),
    Rejection(
        "scan-delay",
        SCANNED_LEAK,
        [
            (("lrnn", "layers"), [{"delay": {"of": "0", "steps": "1"}}, LEAKING]),
            ((*CELLS, 0, "outputs"), [False, False]),
            ((*CELLS, 1, "outputs"), [False, True]),
        ],
        "no segments with a delay",
    ),
    Rejection("scan-balls-longer", SCANNED_BALLS, [(("length",), "24")], "within `length` letters"),
    Rejection("scan-balls-all", SCANNED_BALLS, [(("length",), "all")], "at some length"),
    Rejection("scan-balls-growth", SCANNED_BALLS, [((*BOUND, "growth"), "1")], "a norm above"),
    Rejection(
        "scan-balls-small-growth",
        SCANNED_BALLS,
        [((*CASE, "A"), diagonal("1/2", "1/2")), ((*BOUND, "growth"), "1/2")],
        "the growth is below 1",
    ),
    Rejection(
        "scan-balls-shift", SCANNED_BALLS, [((*CASE, "B"), column("1/8", "0"))], "a norm above"
    ),
    Rejection(
        "scan-balls-overflow",
        SCANNED_BALLS,
        [(("semantics", "format", "max"), "1")],
        "beyond the largest value",
    ),
]
HORIZON_MALFORMED = [
    Rejection("scan-words", SCANNED, [(EVIDENCE, {"type": "words"})], "words for the other"),
    Rejection(
        "segments-of-words",
        SCANNED,
        [(("semantics",), {"name": "exact"})],
        "segments are for chunk-scan",
    ),
    Rejection("scan-no-letters", SCANNED, [(("semantics", "chunk"), "0")], "from 1 to 1024"),
    Rejection("scan-long-chunk", SCANNED, [(("semantics", "chunk"), "1025")], "from 1 to 1024"),
    Rejection("scan-no-cells", SCANNED, [(CELLS, [])], "expected at least 1"),
    Rejection("scan-cell", SCANNED, [((*CELLS, 0, "next", 0), "3")], "from 0 to 2"),
    Rejection("scan-said", SCANNED, [((*CELLS, 0, "outputs"), [])], "expected at least 1"),
    Rejection("horizon-type", FADING, [((*EVIDENCE, "type"), "proof")], "expected one of"),
    Rejection("horizon-negative", FADING, [(("length",), "-1")], "expected `all`, or an integer"),
    Rejection("horizon-endless", FADING, [(("length",), "1000000000001")], "expected `all`"),
    Rejection("horizon-unrolled", FADING, [(("semantics",), UNROLLED)], "other semantics only"),
    Rejection(
        "horizon-disturbed-words",
        FADING,
        [(("semantics",), {"name": "disturbed", "error": "0"})],
        "balls are needed",
    ),
    Rejection(
        "horizon-disturbed-below",
        DISTURBED,
        [(("semantics", "error"), "-1/1000")],
        "an error that is not negative",
    ),
    Rejection(
        "horizon-disturbed-no-error", DISTURBED, [(("semantics", "error"), DELETE)], "missing"
    ),
    Rejection("horizon-key", FADING, [((*EVIDENCE, "cells"), [])], "unknown key 'cells'"),
    Rejection("horizon-mixed-format", MIXED, [(("semantics", "accumulate"), DELETE)], "missing"),
    Rejection("horizon-bounds", LEAK, [((*EVIDENCE, "bounds"), [])], "expected at least 1"),
    Rejection("horizon-below", LEAK, [((*BOUND, "growth"), "-1/4")], "expected no negative number"),
    Rejection("horizon-number", LEAK, [((*CELLS, 0, "centres", 0), "3")], "from 0 to 2"),
    Rejection("horizon-cell", LEAK, [((*CELLS, 0, "next", 0), "3")], "from 0 to 2"),
    Rejection("horizon-state", LEAK, [((*CELLS, 0, "automaton"), "2")], "from 0 to 1"),
    Rejection("horizon-shape", LEAK, [((*CENTRES, 0), column("0", "0"))], "shape 2 x 1"),
    Rejection("horizon-no-cells", LEAK, [(CELLS, [])], "expected at least 1"),
]
