"""Refused certificates about the parts of a network: fields, `reads`, blocks, gates, regions."""

from __future__ import annotations

from helpers.certificate_parts import Json, diagonal, fixed, householder, product, threshold
from helpers.certificate_samples import SAMPLE_MAKERS
from helpers.network_samples import (
    ROOT_2,
    blocks,
    delta,
    gated,
    householder_diagonal,
    rank_one_update,
)
from helpers.rejection import DELETE, Path_, Rejection

LAYER: Path_ = ("lrnn", "layers", 0)
A: Path_ = (*LAYER, "cases", 1, "A")
A_ZERO: Path_ = (*LAYER, "cases", 0, "A")
TABLE: Path_ = (*LAYER, "readout", "table")
FIELD: Path_ = (*LAYER, "field")
READS: Path_ = ("lrnn", "layers", 2, "reads")

STATED: Path_ = ("properties", 0)
INTERVALS: Path_ = (*STATED, "entries", "modulus")
STATES_REGIONS = "recognizer-stated-regions"
STATED_TWICE = SAMPLE_MAKERS[STATES_REGIONS]()["properties"][0]
FACTORS: Json = {"shape": "factors", "at-most": "1", "beta": "real", "gate": "none"}
UPDATE: Json = {
    **{"shape": "rank-one-update", "w": "any", "a": "any", "c": "any"},
    **{"erased": "none", "symmetric": "no"},
}
ONE = {"from": "1", "to": "1", "ends": "[]"}

SCALAR = "recognizer-parity-scalar"
FOURTH = "recognizer-fourth-root"
EIGHTH = "recognizer-eighth-turn"
LENGTH = "recognizer-length-mod-3"
THIRD = "counterexample-third-root"
GATED = "recognizer-gated-heads"
GATED_OP = "recognizer-gated-heads-op-round"
TWO_OP = "recognizer-two-scalars-op-round"
LAST_OP = "recognizer-last-letter-op-round"
DELTA_OP = "recognizer-delta-parity-op-round"
KEY_OP = "recognizer-parity-delta-op-round"
GATE = "recognizer-single-gate"
REFLECTION = "recognizer-one-reflection"
REMOVAL = "recognizer-removal"
GATE_ORDER = "recognizer-gate-order"
QUARTER = "recognizer-quarter-turn"
CUT = "recognizer-cut-diagonal"
LAST = "recognizer-last-letter"
FADED = "recognizer-faded-letter"
REMOVED = "recognizer-removed-letter"
STATE = "recognizer-one-state"
SKIP = "recognizer-layers-that-skip"


def _region(name: str, base: str, matrix: Json | None, found: str, place: Path_ = A) -> Rejection:
    """A network with a transition outside a region; None: its own transition is outside."""
    changes: list[tuple[Path_, Json]] = [(("properties",), [name.split(",")[0]])]
    if matrix is not None:
        changes.append((place, matrix))
    return Rejection(f"region-{found}", base, changes, f"property {name}")


def _entries(*entries: Json) -> Json:
    return {"kind": "diagonal", "entries": list(entries)}


def _reflection(v: list[Json], beta: Json) -> Json:
    return {"kind": "householder", "v": v, "beta": beta}


def _over_8(a: Json) -> list[tuple[Path_, Json]]:
    """The only transition of the last-letter network, over the field of order 8."""
    return [(FIELD, "8"), (A, a)]


def _irrational(name: str, a: Json, found: str) -> Rejection:
    changes = [*_over_8(a), (("properties",), [name])]
    return Rejection(f"irrational-{found}", LAST, changes, f"property {name}; nothing that needs")


HALF = "1/2"
NINE_EIGHTHS = "9/8"
SWAP = householder(["1", "-1"], "2")
PROJECTION = householder(["1"], "1")
PROJECTED = householder(["1", "1"], "1")
BEYOND = householder(["1"], "17/8")
BELOW = householder(["1"], "-1/8")
ABOVE_1 = householder(["1"], NINE_EIGHTHS)
LARGE_UPDATE = rank_one_update(["1"] * 3, ["1", "0", "-1"], ["1"] * 3, "2")
SMALL_IRRATIONAL: Json = ["0", "1/2", "0", "-1/2"]  # half of sqrt 2

NETWORK_INVALID = [
    # fields
    Rejection("field-coefficient", FOURTH, [((*A, "entries", 0), ["0", "1/2"])], "is not listed"),
    Rejection("field-conjugate", FOURTH, [((*A, "entries", 0), ["0", "-1"])], "is not listed"),
    Rejection(
        "field-direction",
        EIGHTH,
        [((*A, "factors", 0, "v", 1), ["-1", "1", "0", "1"]), (("properties",), [])],
        "is not listed",
    ),
    Rejection("field-state", EIGHTH, [(("states", 1, "layers", 0, 0, 0), ROOT_2)], "is not listed"),
    Rejection(
        "field-readout", FOURTH, [((*TABLE, 1, "state", 0, 0), ["1", "1"])], "the read-out has no"
    ),
    Rejection("field-order", LENGTH, [(FIELD, "6")], "is not listed"),
    Rejection(
        "field-threshold",
        THIRD,
        [
            ((*LAYER, "readout"), threshold([([["1"]], ">", "0")], b1="1", b0="1")),
            (("observations",), ["1", "1"]),
        ],
        "lrnn.layers[0]: with a field the read-out must be of kind states",
    ),
    *(
        Rejection(
            f"field-{name}",
            FOURTH,
            [
                (("semantics",), {"name": name, "format": fixed("1", "-1", "1", "down")}),
                *([(("terms",), [[]])] if name == "cast-unrolled" else []),
            ],
            "lrnn.layers[0]: with a field the semantics can only be exact",
        )
        for name in ("seq-round", "op-round", "cast-unrolled")
    ),
    Rejection(
        "field-observation", THIRD, [(("observations", 0, 0, 0), "1")], "observations[0]: found"
    ),
    # reads
    Rejection(
        "reads-other-layer",
        SKIP,
        [
            (("lrnn", "layers", 1, "readout", "table", 0, "output"), "high"),
            (("lrnn", "layers", 1, "readout", "table", 1, "output"), "low"),
        ],
        "is not listed",
    ),
    Rejection(
        "reads-no-case",
        SKIP,
        [(("lrnn", "layers", 2, "cases", 3), DELETE)],
        "no case for the symbol ['1', 'low']",
    ),
    # op-round
    Rejection("op-round-gate", GATED_OP, [((*A, "blocks", 1, "gate"), HALF)], "cases[1].A: a num"),
    Rejection("op-round-block", GATED_OP, [((*A, "blocks", 0, "beta"), "3")], "cases[1].A: a num"),
    Rejection(
        "op-round-gated-householder",
        GATED_OP,
        [((*A, "blocks", 1, "factor"), PROJECTION)],
        "op-round allows no householder",
    ),
    Rejection(
        "op-round-rank-one-update",
        GATED_OP,
        [((*A, "blocks", 0), rank_one_update(["1"], ["1"], ["1"], "2"))],
        "op-round allows no diagonal-plus-rank-one",
    ),
    Rejection(
        "op-round-householder-diagonal",
        GATED_OP,
        [(A, householder_diagonal(["1", "0"], "2", ["1", "0"]))],
        "op-round allows no householder-diagonal",
    ),
    Rejection(
        "op-round-block-order",
        GATED_OP,
        [((*A, "blocks"), [gated("0", delta(["1"], "2")), delta(["-1"], "2")])],
        "is not listed",
    ),
    # with every operation rounded, a diagonal matrix is one that is written as such
    *(
        _region(f"{name}, because op-round asks", DELTA_OP, None, f"op-round-{name}-as-delta")
        for name in (
            "diagonal-nonnegative",
            "diagonal-real",
            "diagonal-complex",
            "diagonal-open",
            "diagonal-real-open",
            "diagonal-complex-open",
            "diagonal-common-phase",
            "time-invariant-nonnegative",
            "time-invariant-diagonal",
            "mixed-diagonal",
        )
    ),
    _region(
        "diagonal-nonnegative, because op-round asks",
        LAST_OP,
        delta(["1"], "1"),
        "op-round-as-projection",
    ),
    _region(
        "diagonal-nonnegative, because op-round asks",
        LAST_OP,
        {"kind": "dense", "rows": [["0"]]},
        "op-round-as-dense",
    ),
    _region(
        "mixed-diagonal, because op-round asks",
        LAST_OP,
        blocks(gated("0", delta(["1"], "0"))),
        "op-round-as-gated-block",
    ),
    _region(
        "diagonal-real, because op-round asks",
        TWO_OP,
        blocks(diagonal("-1"), delta(["1"], "1")),
        "op-round-one-block",
    ),
    _region("diagonal-nonnegative", TWO_OP, None, "op-round-negative-entry"),
    # with every operation rounded, the key of a class of heads has length 1 as it is written
    *(
        _region(f"{name}, because op-round asks for a", KEY_OP, None, f"op-round-{name}-key")
        for name in (
            "householder-nonnegative",
            "gated-householder",
            "householder-product-2",
            "householder-open",
            "diagonal-householder",
        )
    ),
    *(
        Rejection(
            f"stated-region-op-round-key-{name}",
            KEY_OP,
            [(("properties",), [region])],
            "because op-round asks for a `delta` whose k has the square sum 1",
        )
        for name, region in (
            ("factors", FACTORS),
            ("same-matrix", {"shape": "same-matrix", "of": FACTORS}),
            ("one-of", {"shape": "one-of", "regions": [{"shape": "any"}, FACTORS]}),
            (
                "times-diagonal",
                {"shape": "factor-times-diagonal", "beta": "real", "entries": "real"},
            ),
            ("rank-one-update", UPDATE),
        )
    ),
    # regions of diagonal and triangular matrices
    _region("diagonal-nonnegative", SCALAR, None, "negative-entry"),
    _region("diagonal-nonnegative", LAST, diagonal(NINE_EIGHTHS), "entry-above-1"),
    _region("diagonal-nonnegative", QUARTER, SWAP, "not-diagonal"),
    _region("diagonal-real", SCALAR, diagonal("-9/8"), "real-entry-below-minus-1"),
    _region("diagonal-real", FOURTH, None, "real-entry-i"),
    _region("diagonal-complex", FOURTH, _entries([HALF, "1"]), "modulus-above-1"),
    _region("diagonal-complex", QUARTER, SWAP, "complex-not-diagonal"),
    _region("diagonal-open", STATE, diagonal("0", HALF), "open-entry-0"),
    _region("diagonal-open", STATE, diagonal(HALF, "1"), "open-entry-1"),
    _region("diagonal-open", STATE, PROJECTED, "open-not-diagonal"),
    _region("diagonal-real-open", STATE, diagonal("-1", HALF), "open-entry-minus-1"),
    _region("diagonal-real-open", STATE, diagonal("1", HALF), "real-open-entry-1"),
    _region("diagonal-complex-open", FOURTH, None, "open-modulus-1"),
    _region("diagonal-complex-open", STATE, PROJECTED, "complex-open-not-diagonal"),
    _region("rwkv-7-released", REMOVED, diagonal("0", "0"), "released-diagonal"),
    *(
        _region(
            "rwkv-7-released", REMOVED, rank_one_update(w, ["1", "0"], a, c), f"released-{name}"
        )
        for name, w, a, c in (
            ("w-low", ["109/200", "3/4"], ["109/200", HALF], "1"),
            ("w-high", ["3/4", "1"], ["3/4", HALF], "1"),
            ("a-low", ["3/4", "3/4"], ["3/4", "0"], "1"),
            ("a-high", ["3/4", "3/4"], ["3/4", "1"], "1"),
            ("c", ["3/4", "3/4"], ["3/4", HALF], "3/4"),
        )
    ),
    _region(
        "rwkv-7-released",
        REMOVED,
        rank_one_update(["3/4", "3/4"], ["1", "1"], [HALF, "3/4"], "1"),
        "released-not-symmetric",
    ),
    _region("time-invariant-diagonal", FOURTH, None, "time-variant"),
    Rejection(
        "region-time-invariant-expanding",
        LENGTH,
        [
            *((place, {"kind": "dense", "rows": [["2"]]}) for place in (A, A_ZERO)),
            (("properties",), ["time-invariant-diagonal"]),
        ],
        "property time-invariant-diagonal",
    ),
    _region("time-invariant-nonnegative", LENGTH, None, "time-invariant-complex"),
    _region("time-invariant-nonnegative", SCALAR, None, "decay-that-changes"),
    _region("mixed-diagonal", SCALAR, None, "mixed-neither"),
    _region("diagonal-common-phase", SCALAR, None, "two-signs"),
    _region("diagonal-common-phase", FOURTH, None, "two-phases"),
    _region("diagonal-common-phase", QUARTER, None, "phases-of-a-swap"),
    _region("diagonal-common-phase", LENGTH, {"kind": "dense", "rows": [["2"]]}, "phase-above-1"),
    _region(
        "triangular-real", QUARTER, {"kind": "dense", "rows": [["1", "0"], ["2", "1"]]}, "lower"
    ),
    _region("triangular-real", FOURTH, None, "triangular-i"),
    *(
        Rejection(
            f"stated-region-{found}",
            STATES_REGIONS,
            [(place, value)],
            "lrnn.layers[0]: does not have the property stated as",
        )
        for found, place, value in (
            ("entry", A, {"kind": "diagonal", "entries": [["0", "1/2"]]}),
            ("kind", (*STATED, "entries"), {"rational": [ONE]}),
        )
    ),
    _region("triangular-complex", QUARTER, None, "complex-lower"),
    _region(
        "permutation-diagonal",
        QUARTER,
        {"kind": "dense", "rows": [["1", "0"], ["1", "0"]]},
        "two-in-a-column",
    ),
    _region("permutation-diagonal", SCALAR, diagonal("-9/8"), "permutation-large"),
    # regions of factors
    _region("householder", LAST, BEYOND, "beta-above-2"),
    _region("householder-open", LAST, householder(["7"], "0"), "beta-open-0"),
    _region("householder-open", LAST, householder(["7"], "2"), "beta-open-2"),
    _region("householder-open", LAST, diagonal("0"), "open-householder-diagonal"),
    _region("householder", LAST, BELOW, "beta-negative"),
    _region("householder", LAST, delta(["2"], "5/8"), "delta-above-2"),
    _region("householder", LAST, diagonal("1"), "householder-diagonal-kind"),
    _region("householder", GATED, None, "householder-gated"),
    _region(
        "householder", REFLECTION, blocks(SWAP, product(PROJECTION, PROJECTION)), "head-two-factors"
    ),
    _region("householder-nonnegative", LAST, ABOVE_1, "nonnegative-above-1"),
    _region("scalar-plus-rank-one", REMOVAL, None, "scalar-removal"),
    _region("scalar-plus-rank-one", GATE_ORDER, _reflection(["1"], "2"), "scalar-householder"),
    _region(
        "scalar-plus-rank-one",
        GATE_ORDER,
        rank_one_update(["1"], ["1"], ["3/4"], "3/2"),
        "scalar-above-1",
    ),
    _region(
        "scalar-plus-rank-one",
        REFLECTION,
        rank_one_update(["1", "0", "1"], ["1", "1", "1"], ["1", "1", "1"], "1"),
        "two-gates",
    ),
    _region(
        "scalar-plus-rank-one",
        REFLECTION,
        rank_one_update(["1", "1", "1"], ["1", "1", "1"], ["1", "0", "1"], "1"),
        "two-rates",
    ),
    _region("householder-product-2", LAST, product(*[PROJECTION] * 3), "three-of-two"),
    _region("householder-product-3", LAST, product(PROJECTION, BEYOND), "product-beta"),
    _region(
        "householder-product-2-nonnegative", LAST, product(PROJECTION, ABOVE_1), "product-above-1"
    ),
    _region("householder-product-64-nonnegative", EIGHTH, None, "product-of-reflections"),
    _region("gated-householder", GATE, gated(NINE_EIGHTHS, PROJECTION), "gate-above-1"),
    _region("gated-householder", GATE, gated("-1/8", PROJECTION), "gate-negative"),
    _region("gated-householder", GATED, None, "gated-two-factors"),
    _region("gated-householder-nonnegative", GATE, None, "gated-beta-2"),
    _region("gated-householder-nonnegative", GATE, gated("5/4", PROJECTION), "gated-gate-5-4"),
    _region("gated-householder-product-2-nonnegative", GATE, None, "gated-product-beta-2"),
    _region(
        "gated-householder-product-2",
        LAST,
        gated("1", product(*[PROJECTION] * 3)),
        "gated-three-of-two",
    ),
    _region("gated-householder-product-2", LAST, diagonal("1"), "gated-diagonal"),
    _region(
        "diagonal-householder",
        QUARTER,
        householder_diagonal(["1", "0"], "17/8", ["1", "0"]),
        "diagonal-householder-beta",
    ),
    _region(
        "diagonal-householder",
        QUARTER,
        householder_diagonal(["1", "0"], "2", ["1", NINE_EIGHTHS]),
        "diagonal-householder-entry",
    ),
    _region("diagonal-householder", LAST, diagonal(NINE_EIGHTHS), "diagonal-householder-diagonal"),
    _region("diagonal-householder", LAST, product(PROJECTION, PROJECTION), "diagonal-hh-product"),
    _region(
        "diagonal-householder-nonnegative",
        FADED,
        blocks(householder_diagonal(["1"], "9/8", ["1"]), diagonal("0")),
        "kda-beta",
    ),
    _region(
        "diagonal-householder-nonnegative",
        FADED,
        blocks(householder_diagonal(["1"], "1", ["-1/8"]), diagonal("0")),
        "kda-entry",
    ),
    _region("diagonal-householder-nonnegative", FADED, diagonal("0", "-1/8"), "kda-diagonal"),
    *(
        _region("diagonal-plus-rank-one", LAST, rank_one_update([w], ["1"], [a], c), f"rwkv-{why}")
        for why, w, a, c in (
            ("w", NINE_EIGHTHS, "1", "1"),
            ("w-negative", "-1/8", "1", "1"),
            ("a", "1", NINE_EIGHTHS, "1"),
            ("c", "1", "1", "17/8"),
            ("c-negative", "1", "1", "-1/8"),
        )
    ),
    _region("diagonal-plus-rank-one", LAST, None, "rwkv-kind"),
    _region("diagonal-plus-rank-one-transposed", LAST, None, "rwkv-transposed-kind"),
    _region(
        "diagonal-plus-rank-one-transposed",
        LAST,
        rank_one_update(["1"], ["1"], ["1"], "17/8"),
        "rwkv-transposed-c",
    ),
    _region(
        "diagonal-plus-rank-one-transposed",
        QUARTER,
        rank_one_update(["1", "1"], ["1", "-1"], ["1", "0"], "2"),
        "rwkv-transposed-copy",
    ),
    # the heads are the same in all cases of a layer
    *(
        _region(f"{name}, because heads are the same in all cases", base, matrix, f"heads-{found}")
        for name, base, matrix, found in (
            ("householder", REFLECTION, householder(["1", "0", "1"], "2"), "joined"),
            ("householder-product-5", REFLECTION, blocks(PROJECTION, SWAP), "other-order"),
            ("gated-householder", REFLECTION, blocks(*[PROJECTION] * 3), "of-size-1"),
            ("gated-householder-product-2", GATED, gated("1", SWAP), "gated"),
            ("diagonal-plus-rank-one", REMOVAL, LARGE_UPDATE, "update"),
            ("diagonal-plus-rank-one-transposed", REMOVAL, LARGE_UPDATE, "transposed"),
        )
    ),
    *(
        _region(
            f"{name}, because heads are the same in all cases of a layer: row 2 is in a head of "
            "rows 1 to 2 in cases[0].A and of rows 2 to 3 in cases[1].A",
            CUT,
            blocks(householder(["1", "1"], "1"), diagonal("1")),
            f"heads-overlap-{name}",
            A_ZERO,
        )
        for name in ("diagonal-householder", "diagonal-householder-nonnegative")
    ),
    # an order of irrational numbers is not decided; a direction that is not real is none
    _irrational("diagonal-nonnegative", _entries(SMALL_IRRATIONAL), "entry"),
    _irrational("diagonal-real", _entries(SMALL_IRRATIONAL), "real-entry"),
    _irrational("spectrum-real", _entries(SMALL_IRRATIONAL), "spectrum-real"),
    _irrational("spectrum-nonnegative", _entries(SMALL_IRRATIONAL), "spectrum-nonnegative"),
    _irrational("spectrum-in-0-1", _entries(SMALL_IRRATIONAL), "spectrum-in-0-1"),
    _irrational("norm-at-most-one", _entries(SMALL_IRRATIONAL), "norm"),
    _irrational("householder", _reflection(["1"], SMALL_IRRATIONAL), "beta"),
    _irrational("factors-in-0-2", _reflection(["1"], SMALL_IRRATIONAL), "factor"),
    _irrational("householder", _reflection([["0", "1", "0", "0"]], "1"), "complex-direction"),
    _irrational("gated-householder", gated(SMALL_IRRATIONAL, PROJECTION), "gate"),
    _irrational(
        "diagonal-householder", householder_diagonal(["1"], "1", [SMALL_IRRATIONAL]), "ckda"
    ),
    _irrational(
        "diagonal-plus-rank-one", rank_one_update(["0"], [["0", "1", "0", "0"]], ["0"], "0"), "k"
    ),
    _irrational(
        "diagonal-plus-rank-one", rank_one_update([SMALL_IRRATIONAL], ["1"], ["0"], "0"), "w"
    ),
]


def _reads(value: Json, found: str, reason: str) -> Rejection:
    return Rejection(f"reads-{found}", SKIP, [(READS, value)], reason)


ORDER = "expected different numbers from 1 to 2 in ascending order"
NETWORK_MALFORMED = [
    # regions that are stated as data
    *(
        Rejection(f"region-{found}", STATES_REGIONS, [(place, value)], reason)
        for found, place, value, reason in (
            ("no-shape", (*STATED, "shape"), DELETE, "missing key 'shape'"),
            ("unknown-shape", (*STATED, "shape"), "banded", "'banded', expected one of any"),
            ("unknown-key", (*STATED, "size"), "2", "unknown key 'size'"),
            ("unknown-numbers", (*STATED, "entries"), "rational", "expected one of any, real"),
            ("both-numbers", (*STATED, "entries", "rational"), [ONE], "unknown key"),
            ("no-interval", (*INTERVALS,), [], "0 entries, expected at least 1"),
            ("many-intervals", (*INTERVALS,), [ONE] * 17, "17 entries, expected at most 16"),
            ("empty-interval", (*INTERVALS, 0, "from"), "2", "an empty interval"),
            ("open-point", (*INTERVALS, 1, "ends"), "[)", "an empty interval"),
            ("ends", (*INTERVALS, 1, "ends"), "][", "expected one of []"),
            ("long-end", (*INTERVALS, 1, "to"), "9" * 101, "over limit: more than 100"),
            ("negative-modulus", (*INTERVALS, 0, "from"), "-1", "a modulus below 0"),
            ("twice", ("properties", 1), STATED_TWICE, "a property is named twice"),
            (
                "phase-of-others",
                STATED,
                {"shape": "same-phase", "of": {"shape": "any"}},
                "expected one of diagonal",
            ),
            (
                "many-regions",
                (*STATED[:1], 1, "regions"),
                [{"shape": "any"}] * 9,
                "9 entries, expected at most 8",
            ),
            ("factors-0", STATED, {**FACTORS, "at-most": "0"}, "an integer from 1 to 64"),
            ("factors-65", STATED, {**FACTORS, "at-most": "65"}, "an integer from 1 to 64"),
            ("symmetric", STATED, {**UPDATE, "symmetric": "maybe"}, "expected one of yes, no"),
        )
    ),
    # fields
    Rejection(
        "field-rational-list",
        FOURTH,
        [((*A_ZERO, "entries", 0), ["1", "0"])],
        "entries[0]: a rational number is written as a string",
    ),
    Rejection(
        "field-zero-list",
        FOURTH,
        [((*LAYER, "initial", 0, 0), ["0", "0"])],
        "initial[0][0]: a rational number is written as a string",
    ),
    Rejection(
        "field-short",
        EIGHTH,
        [((*A, "factors", 0, "v", 1), ["0", "1"])],
        "v[1]: 2 entries, expected at least 4",
    ),
    Rejection(
        "field-long",
        FOURTH,
        [((*A, "entries", 0), ["0", "1", "0"])],
        "entries[0]: 3 entries, expected at most 2",
    ),
    Rejection(
        "field-coefficient-terms",
        FOURTH,
        [((*A, "entries", 0), ["0", "2/2"])],
        "entries[0][1]: '2/2' is not in lowest terms",
    ),
    Rejection("field-nested", FOURTH, [((*A, "entries", 0), ["0", ["0", "1"]])], "entries[0][1]"),
    Rejection("field-missing", FOURTH, [(FIELD, DELETE)], "expected a string"),
    Rejection("field-of-the-rationals", SCALAR, [(FIELD, "1")], "field: expected an order of at l"),
    Rejection("field-order-2", SCALAR, [(FIELD, "2")], "field: expected an order of at least 3"),
    Rejection("field-negative", SCALAR, [(FIELD, "-8")], "field: expected an order of at least 3"),
    Rejection("field-degree", SCALAR, [(FIELD, "37")], "field: over limit: the field has a degree"),
    Rejection(
        "field-and-side",
        SCALAR,
        [(FIELD, "120"), ((*LAYER, "initial"), [["0"]] * 33)],
        "lrnn.layers[0]: over limit: rows times degree of the field above 1024",
    ),
    Rejection("field-large", SCALAR, [(FIELD, "9" * 900)], "field: over limit: the field has a"),
    Rejection("field-number", SCALAR, [(FIELD, ["3"])], "field: expected a string"),
    Rejection(
        "field-isotropic",
        "recognizer-quarter-turn",
        [(FIELD, "4"), (A, _reflection(["1", ["0", "1"]], "2"))],
        "v must not be zero, nor its scalar square",
    ),
    Rejection(
        "field-weights",
        THIRD,
        [
            ((*LAYER, "readout"), threshold([([[["0", "1"]]], ">", "0")], b1="1", b0="1")),
            (("observations",), ["1", "1"]),
        ],
        "weights[0][0]: expected a string",
    ),
    Rejection("field-automaton", FOURTH, [(("states", 0, "automaton"), ["0", "1"])], "a string"),
    # reads
    _reads(["3"], "itself", ORDER),
    _reads(["4"], "above", ORDER),
    _reads(["0"], "zero", ORDER),
    _reads(["-1"], "negative", ORDER),
    _reads(["2", "1"], "descending", ORDER),
    _reads(["2", "2"], "twice", ORDER),
    _reads(["1", "2"], "longer-than-on", "on: 2 entries, expected at least 3"),
    _reads([], "shorter-than-on", "on: 2 entries, expected at most 1"),
    _reads("2", "string", "reads: expected a list"),
    _reads(["+2"], "integer", "reads[0]: '+2', expected an integer"),
    Rejection("reads-first-layer", SCALAR, [((*LAYER, "reads"), ["1"])], "reads: expected differ"),
    Rejection(
        "reads-letter-case",
        SKIP,
        [(("lrnn", "layers", 1, "cases", 1), DELETE)],
        "lrnn.layers[1].cases: no case for the letter '1'",
    ),
    Rejection("layer-key", SCALAR, [((*LAYER, "gate"), "1")], "unknown key 'gate'"),
    # transitions
    Rejection("blocks-empty", REFLECTION, [(A, blocks())], "blocks: 0 entries"),
    Rejection("blocks-nested", REFLECTION, [(A, blocks(blocks(SWAP), PROJECTION))], "'blocks', ex"),
    Rejection(
        "blocks-small", REFLECTION, [(A, blocks(SWAP))], "the blocks have 2 rows, expected 3"
    ),
    Rejection("blocks-large", REFLECTION, [(A, blocks(SWAP, SWAP))], "have 4 rows, expected 3"),
    Rejection(
        "blocks-factor-sizes",
        REFLECTION,
        [(A, blocks(product(SWAP, PROJECTION), PROJECTION))],
        "v: 1 entries, expected 2",
    ),
    Rejection(
        "blocks-not-square",
        REFLECTION,
        [(A, blocks({"kind": "dense", "rows": [["1", "2", "3"]]}))],
        "a square matrix",
    ),
    Rejection("gated-diagonal", GATE, [(A, gated("1", diagonal("1")))], "'diagonal', expected one"),
    Rejection("gated-dense", GATE, [((*A, "factor", "kind"), "dense")], "'dense', expected one of"),
    Rejection("gated-twice", GATE, [(A, gated("1", gated("1", PROJECTION)))], "'gated', expected"),
    Rejection("gated-in-product", GATE, [(A, product(gated("1", PROJECTION)))], "'gated', expecte"),
    Rejection("gate-missing", GATE, [((*A, "gate"), DELETE)], "missing key 'gate'"),
    Rejection(
        "rwkv-k-zero",
        REMOVAL,
        [((*A, "blocks", 0), rank_one_update(["1", "1"], ["0", "0"], ["1", "1"], "2"))],
        "k must not be zero",
    ),
    Rejection(
        "rwkv-length", REMOVAL, [((*A, "blocks", 0, "a"), ["1"])], "a: 1 entries, expected 2"
    ),
    Rejection("rwkv-w", REMOVAL, [((*A, "blocks", 0, "w"), DELETE)], "missing key 'w'"),
    Rejection("ckda-v-zero", QUARTER, [((*A, "v"), ["0", "0"])], "v must not be zero"),
    Rejection("ckda-length", QUARTER, [((*A, "entries"), ["1"])], "entries: 1 entries, expected 2"),
    # names of regions
    *(
        Rejection(f"property-{name}", LAST, [(("properties",), [name])], f"{name!r}, expected one")
        for name in (
            "householder-product-1",
            "householder-product-65",
            "householder-product-02",
            "householder-product-N",
            "gated-householder-product-1-nonnegative",
            "rwkv-7",
            "diagonal-closed",
        )
    ),
]
