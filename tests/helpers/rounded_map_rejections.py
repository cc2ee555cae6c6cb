"""Certificates about compositions of rounded maps and about scans that the checker refuses."""

from __future__ import annotations

from helpers.certificate_parts import fixed
from helpers.rejection import DELETE, Rejection

NONNEGATIVE = "exhaustive-monoid-nonnegative"
ANY = "exhaustive-monoid-any"
SCANNED = "scan-recognizer-parity"
FADED = "scan-counterexample-faded-bit"

ROUNDED_MAP_INVALID = [
    Rejection("maps-values", NONNEGATIVE, [(("values",), "5")], "values: found 4"),
    Rejection("maps", NONNEGATIVE, [(("maps",), "16")], "maps: found 8"),
    Rejection("maps-elements", ANY, [(("elements",), "52")], "elements: found 53"),
    Rejection("maps-subgroup", ANY, [(("largest-subgroup",), "1")], "largest-subgroup: found 2"),
    Rejection("maps-periods", ANY, [(("periods",), ["1"])], "periods: found [1, 2]"),
    Rejection("maps-periods-order", ANY, [(("periods",), ["2", "1"])], "periods: found [1, 2]"),
    Rejection("maps-factors", ANY, [(("factors",), "nonnegative")], "periods: found [1]"),
    Rejection("scan-output", SCANNED, [(("readout", 1, "output"), True)], "wrong output"),
    Rejection("scan-empty-word", SCANNED, [(("readout", 0, "output"), False)], "the empty word"),
    Rejection("scan-no-output", SCANNED, [(("readout", 1), DELETE)], "no output for [['-1']]"),
    Rejection("scan-no-start", SCANNED, [(("readout", 0), DELETE)], "no output for `initial`"),
    Rejection("scan-step", SCANNED, [(("steps", 1, "a", 0), "1")], "wrong output"),
    Rejection("scan-value", SCANNED, [(("steps", 0, "b", 0), "1/1024")], "no value of the format"),
    Rejection("scan-tree-right", FADED, [(("tree",), ["w1", "i"])], "output: the layer says True"),
    Rejection("scan-tree-output", FADED, [(("output",), True)], "output: the layer says False"),
    Rejection("scan-tree-expected", FADED, [(("expected",), False)], "automaton says True"),
    Rejection(
        "scan-tree-agrees",
        FADED,
        [(("tree",), "w1"), (("output",), True)],
        "tree: the layer is right along this tree",
    ),
]

ROUNDED_MAP_MALFORMED = [
    Rejection("maps-factors-word", ANY, [(("factors",), "all")], "factors: 'all', expected one of"),
    Rejection("maps-no-periods", ANY, [(("periods",), [])], "periods: 0 entries"),
    Rejection(
        "maps-large",
        ANY,
        [(("format",), fixed("1", "-32", "32", "down"))],
        "more than 64 values",
    ),
    Rejection("scan-steps", SCANNED, [(("steps", 1), DELETE)], "steps: 1 entries, expected"),
    Rejection("scan-length", SCANNED, [(("steps", 0, "a"), ["1", "1"])], "2 entries, expected 1"),
    Rejection(
        "scan-two-outputs",
        SCANNED,
        [(("readout", 2), {"state": ["1"], "output": False})],
        "this state is listed twice",
    ),
    Rejection("scan-tree-letter", FADED, [(("tree", 0, 0), "w2")], "tree[0][0]: 'w2', expected"),
    Rejection("scan-tree-three", FADED, [(("tree",), ["i"] * 3)], "tree: 3 entries, expected"),
]
