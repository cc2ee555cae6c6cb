"""Certificates that the checker refuses, each a sample with some places changed, by one reason."""

from __future__ import annotations

from helpers.box_rejections import BOX_INVALID, BOX_MALFORMED
from helpers.certificate_samples import (
    PARITY,
    SAMPLE_MAKERS,
    Json,
    column,
    diagonal,
    fixed,
    householder,
    minifloat,
    pairs,
    product,
    states_readout,
    threshold,
)
from helpers.delay_rejections import DELAY_INVALID, DELAY_MALFORMED
from helpers.horizon_rejections import HORIZON_INVALID, HORIZON_MALFORMED
from helpers.identity_rejections import IDENTITY_INVALID, IDENTITY_MALFORMED
from helpers.matrix_rejections import MATRIX_INVALID, MATRIX_MALFORMED
from helpers.network_rejections import NETWORK_INVALID, NETWORK_MALFORMED
from helpers.rejection import DELETE, Path_, Rejection, edited
from helpers.rounded_map_rejections import ROUNDED_MAP_INVALID, ROUNDED_MAP_MALFORMED
from helpers.witness_rejections import WITNESS_INVALID, WITNESS_MALFORMED

__all__ = ["INVALID", "MALFORMED", "Rejection", "edited"]

SCALAR = "recognizer-parity-scalar"
UNROLLED = "recognizer-parity-scalar-cast-unrolled"
SWAP = "recognizer-parity-householder"
OP_ROUND = "recognizer-parity-delta-op-round"
SEQ_ROUND = "recognizer-parity-product-seq-round"
TWO_LAYERS = "recognizer-count-mod-4-two-layers"
ONE_WORD = "counterexample-one-word"
TWO_WORDS = "counterexample-two-words"
MATRIX_WORDS = "counterexample-states"
OBSTRUCTION = "obstruction-exact"
EXHAUSTIVE = "exhaustive-tiny-fixed"
FLOAT = "exhaustive-tiny-float"

LAYER: Path_ = ("lrnn", "layers", 0)
ONE: Path_ = (*LAYER, "cases", 1)
A: Path_ = (*ONE, "A")
TABLE: Path_ = (*LAYER, "readout", "table")
FORMAT: Path_ = ("semantics", "format")
AUTOMATON: Path_ = ("automaton",)


AVERAGING = SAMPLE_MAKERS["counterexample-two-words-cast-unrolled"]()


def _dense(*rows: list[str]) -> Json:
    return {"kind": "dense", "rows": list(rows)}


def _property(name: str, base: str, matrix: Json, found: str) -> Rejection:
    """A network with a transition that lacks a property."""
    return Rejection(
        f"property-{found}", base, [(A, matrix), (("properties",), [name])], f"property {name}"
    )


def _start_at(even: str, odd: str) -> list[tuple[Path_, Json]]:
    """The scalar network for parity started elsewhere; its terms stay -1, 0 and 1."""
    first, second = column(even), column(odd)
    return [
        ((*LAYER, "initial"), first),
        (TABLE, states_readout((first, True), (second, False))["table"]),
        (("states",), pairs(([first], "0"), ([second], "1"))),
    ]


INVALID = [
    Rejection("digest", SCALAR, [(("digest",), "0" * 64)], "digest"),
    # recognizer
    Rejection("alphabets", SCALAR, [((*AUTOMATON, "alphabet"), ["0", "2"])], "different alphabets"),
    Rejection(
        "alphabet-order", SCALAR, [((*AUTOMATON, "alphabet"), ["1", "0"])], "different alphabets"
    ),
    Rejection(
        "pair-twice", SCALAR, [(("states", 2), pairs(([column("0")], "0"))[0])], "listed twice"
    ),
    Rejection("initial-pair", SCALAR, [(("states", 0), DELETE)], "initial pair is not listed"),
    Rejection("successor", SCALAR, [(("states", 1), DELETE)], "successor under '1' is not listed"),
    Rejection(
        "output",
        SCALAR,
        [((*AUTOMATON, "outputs"), [False, True])],
        "states[0]: output True, the automaton says False",
    ),
    Rejection(
        "unreachable",
        SCALAR,
        [(("states", 2), pairs(([column("5")], "0"))[0])],
        "states[2]: this pair is not reachable",
    ),
    Rejection("no-output", SCALAR, [((*TABLE, 1), DELETE)], "no output for [['1']]"),
    Rejection(
        "no-case",
        TWO_LAYERS,
        [(("lrnn", "layers", 1, "cases", 3), DELETE)],
        "no case for the symbol ['1', True]",
    ),
    _property("diagonal", SWAP, householder(["1", "-1"], "2"), "diagonal"),
    _property("symmetric", SWAP, _dense(["1", "1/2"], ["0", "1"]), "symmetric"),
    _property("spectrum-real", SWAP, _dense(["0", "-1"], ["1", "0"]), "spectrum-real"),
    _property(
        "spectrum-real", SWAP, _dense(["1/2", "-1/9"], ["1", "1/2"]), "spectrum-real-complex"
    ),
    _property("spectrum-nonnegative", SCALAR, diagonal("-1"), "spectrum-nonnegative"),
    _property("spectrum-nonnegative", SWAP, _dense(["2", "-5"], ["1", "2"]), "nonnegative-complex"),
    _property("spectrum-in-0-1", SCALAR, diagonal("101/100"), "spectrum-above-1"),
    _property("spectrum-in-0-1", SWAP, diagonal("1", "-1/100"), "spectrum-below-0"),
    _property("norm-at-most-one", SCALAR, diagonal("101/100"), "norm"),
    _property("norm-at-most-one", SWAP, _dense(["1/2", "2"], ["0", "1/2"]), "norm-jordan"),
    _property("norm-at-most-one", SWAP, _dense(["1", "1/9"], ["0", "0"]), "norm-zero-pivot"),
    _property("factors-in-0-1", SWAP, householder(["1", "-1"], "2"), "factor-beta-2"),
    _property(
        "factors-in-0-1",
        OP_ROUND,
        {"kind": "delta", "k": ["1", "1"], "beta": "5/8"},
        "factor-delta",
    ),
    _property("factors-in-0-1", SCALAR, diagonal("1"), "factor-diagonal"),
    _property(
        "factors-in-0-2",
        SWAP,
        product(householder(["1", "1"], "1"), householder(["1", "0"], "5/2")),
        "factor-of-product",
    ),
    _property("factors-in-0-2", SWAP, householder(["1", "1"], "-1"), "factor-negative"),
    Rejection(
        "seq-round-initial",
        SEQ_ROUND,
        [((*LAYER, "initial", 0, 0), "-1/2")],
        "lrnn.layers[0].initial: an entry is no value",
    ),
    Rejection(
        "op-round-initial",
        OP_ROUND,
        [((*LAYER, "initial", 0, 0), "17")],
        "lrnn.layers[0].initial: an entry is no value",
    ),
    Rejection("op-round-a", OP_ROUND, [((*A, "beta"), "1/16")], "cases[1].A: a number is no"),
    Rejection("op-round-k", OP_ROUND, [((*A, "k", 1), "1/16")], "cases[1].A: a number is no"),
    Rejection(
        "op-round-b", OP_ROUND, [((*ONE, "B"), column("0", "1/16"))], "cases[1].B: an entry is no"
    ),
    Rejection(
        "op-round-householder", OP_ROUND, [(A, householder(["1", "1"], "1"))], "no householder"
    ),
    Rejection(
        "op-round-householder-factor",
        OP_ROUND,
        [(A, product(householder(["1", "1"], "1")))],
        "no householder",
    ),
    Rejection("op-round-order", OP_ROUND, [((*A, "beta"), "1/2")], "is not listed"),
    Rejection("term-twice", UNROLLED, [(("terms", 0, 3), column("0"))], "a term is listed twice"),
    Rejection("term-initial", UNROLLED, _start_at("2", "-1"), "`initial` is not listed"),
    Rejection("term-b", UNROLLED, [(("terms", 0, 1), DELETE)], "the B [['1']] is not listed"),
    Rejection("term-closed", UNROLLED, [(("terms", 0, 2), DELETE)], "not closed, [['-1']]"),
    Rejection(
        "term-value", UNROLLED, [((*FORMAT, "min"), "0")], "[['-1']] has an entry that is no value"
    ),
    Rejection("state-value", UNROLLED, _start_at("-1", "2"), "states[1]: an entry is no value"),
    # counterexample
    Rejection(
        "counterexample-alphabets",
        ONE_WORD,
        [((*AUTOMATON, "alphabet"), ["1", "0"])],
        "different alphabets",
    ),
    Rejection("observation", ONE_WORD, [(("observations", 0), "0")], "observations[0]: found 1"),
    Rejection(
        "observation-matrix",
        MATRIX_WORDS,
        [(("observations", 1), column("0"))],
        "observations[1]: found [['1']]",
    ),
    Rejection("network-output", ONE_WORD, [(("outputs", 0), True)], "the network says False"),
    Rejection(
        "expected-output", ONE_WORD, [(("expected", 0), False)], "expected[0]: the automaton says"
    ),
    Rejection(
        "right-word",
        ONE_WORD,
        [(("words", 0), ["1"]), (("expected", 0), False)],
        "the network is right on this word",
    ),
    Rejection(
        "told-apart",
        TWO_WORDS,
        [(("words", 1), ["0"]), (("observations", 1), "0"), (("outputs", 1), True)],
        "told apart",
    ),
    Rejection(
        "not-separated",
        TWO_WORDS,
        [(("words", 1), ["1", "0"]), (("expected", 1), False)],
        "does not separate",
    ),
    Rejection(
        "counterexample-property",
        ONE_WORD,
        [(("properties", 2), "factors-in-0-1")],
        "property factors-in-0-1",
    ),
    Rejection("counterexample-no-output", ONE_WORD, [((*TABLE, 1), DELETE)], "no output for 1"),
    Rejection(
        "counterexample-no-output-below",
        "counterexample-read-out-at-the-end-only",
        [((*TABLE, 0), DELETE)],
        "no output for [['1']]",
    ),
    Rejection(
        "counterexample-no-output-at-the-end",
        "counterexample-read-out-at-the-end-only",
        [(("words", 0), ["1"]), (("observations", 0), [["1"]])],
        "no output for [['1']]",
    ),
    Rejection(
        "counterexample-unrolled-no-case",
        "counterexample-two-words-cast-unrolled",
        [(("lrnn", "layers", 1), {**AVERAGING["lrnn"]["layers"][0], "cases": []})],
        "no case for the symbol ['1', False]",
    ),
    # exhaustive
    Rejection("values", EXHAUSTIVE, [(("values",), "5")], "values: found 6"),
    Rejection("triples", EXHAUSTIVE, [(("triples",), "215")], "triples: found 216"),
    Rejection(
        "nonnegative-period", EXHAUSTIVE, [(("nonnegative-max-period",), "2")], "period: found 1"
    ),
    Rejection("signed-period", EXHAUSTIVE, [(("signed-max-period",), "1")], "period: found 2"),
    *NETWORK_INVALID,
    *DELAY_INVALID,
    *BOX_INVALID,
    *HORIZON_INVALID,
    *WITNESS_INVALID,
    *MATRIX_INVALID,
    *ROUNDED_MAP_INVALID,
    *IDENTITY_INVALID,
]

H0: Path_ = (*LAYER, "initial")
DEEP: Json = "0"
for _ in range(40):
    DEEP = [DEEP]
TWO_PARITIES = {"alphabet": ["0", "1"], "table": [["0", "2"], ["1", "0"], ["0", "0"]]}

MALFORMED = [
    # the head
    Rejection("monoscan", SCALAR, [(("monoscan",), "proof")], "monoscan: 'proof', expected one of"),
    Rejection("version", SCALAR, [(("version",), "3")], "format version '3'; this checker reads"),
    Rejection("version-1", SCALAR, [(("version",), "1")], "has format version '1'; this checker"),
    Rejection("kind", SCALAR, [(("kind",), "theorem")], "kind: 'theorem'"),
    Rejection("missing-key", SCALAR, [(("states",), DELETE)], "missing key 'states'"),
    Rejection("unknown-key", SCALAR, [(("comment",), "x")], "unknown key 'comment'"),
    Rejection("terms-exact", SCALAR, [(("terms",), [])], "unknown key 'terms'"),
    Rejection("terms-missing", UNROLLED, [(("terms",), DELETE)], "missing key 'terms'"),
    Rejection("digest-missing", SCALAR, [(("digest",), DELETE)], "missing key 'digest'"),
    Rejection("digest-case", SCALAR, [(("digest",), "A" * 64)], "digits in lower case"),
    Rejection("digest-length", SCALAR, [(("digest",), "0" * 63)], "64 hexadecimal digits"),
    # strings
    Rejection("not-a-list", SCALAR, [(("states",), {})], "states: expected a list"),
    Rejection("null", SCALAR, [(("states",), None)], "states: expected a list"),
    Rejection("number", SCALAR, [(("states", 0, "automaton"), 0)], "JSON number 0"),
    Rejection("depth", SCALAR, [(("states",), DEEP)], "nested deeper than 40"),
    Rejection("integer-sign", SCALAR, [(("states", 0, "automaton"), "+0")], "expected an integer"),
    Rejection("integer-minus-0", SCALAR, [(("states", 0, "automaton"), "-0")], "an integer"),
    Rejection("integer-zeros", SCALAR, [(("states", 0, "automaton"), "00")], "an integer"),
    Rejection("integer-space", SCALAR, [(("states", 0, "automaton"), "0\n")], "an integer"),
    Rejection("integer-digits", SCALAR, [(("states", 0, "automaton"), "٠")], "an integer"),
    Rejection("integer-long", SCALAR, [(("states", 0, "automaton"), "1" * 2001)], "2000 digits"),
    Rejection("rational-terms", SCALAR, [((*H0, 0, 0), "2/4")], "initial[0][0]: '2/4' is not in"),
    Rejection("rational-whole", SCALAR, [((*H0, 0, 0), "3/1")], "lowest terms"),
    Rejection("rational-zero", SCALAR, [((*H0, 0, 0), "0/2")], "lowest terms"),
    Rejection("rational-by-0", SCALAR, [((*H0, 0, 0), "1/0")], "expected a rational"),
    Rejection("rational-negative", SCALAR, [((*H0, 0, 0), "1/-2")], "expected a rational"),
    Rejection("rational-float", SCALAR, [((*H0, 0, 0), "0.5")], "expected a rational"),
    Rejection("rational-nan", SCALAR, [((*H0, 0, 0), "nan")], "expected a rational"),
    Rejection("rational-long", SCALAR, [((*H0, 0, 0), "1" * 2001)], "2000 digits"),
    Rejection("rational-long-below", SCALAR, [((*H0, 0, 0), "1/" + "1" * 2001)], "2000 digits"),
    Rejection("rational-bool", SCALAR, [((*H0, 0, 0), True)], "expected a string"),
    # matrices and vectors
    Rejection("matrix-empty", SCALAR, [(H0, [])], "0 entries, expected at least 1"),
    Rejection("matrix-empty-row", SCALAR, [(H0, [[]])], "0 entries, expected at least 1"),
    Rejection("matrix-ragged", SWAP, [((*H0, 1), ["0", "0"])], "rows of different length"),
    Rejection("matrix-large", SCALAR, [(H0, [["0"]] * 65)], "65 entries, expected at most 64"),
    Rejection("matrix-wide", SCALAR, [(H0, [["0"] * 65])], "65 entries, expected at most 64"),
    Rejection("vector-large", SCALAR, [((*A, "entries"), ["1"] * 65)], "at most 64"),
    # automata
    Rejection("no-letters", OBSTRUCTION, [(AUTOMATON, {**PARITY, "alphabet": []})], "at least 1"),
    Rejection(
        "letter-empty", OBSTRUCTION, [((*AUTOMATON, "alphabet", 0), "")], "a non-empty string"
    ),
    Rejection("letters-equal", OBSTRUCTION, [((*AUTOMATON, "alphabet", 0), "1")], "are equal"),
    Rejection(
        "row-length", OBSTRUCTION, [((*AUTOMATON, "table", 0), ["0"])], "table[0]: 1 entries"
    ),
    Rejection(
        "outputs-length", OBSTRUCTION, [((*AUTOMATON, "outputs"), [True])], "outputs: 1 entries"
    ),
    Rejection(
        "output-type", OBSTRUCTION, [((*AUTOMATON, "outputs", 0), [])], "true, false or a string"
    ),
    Rejection("successor-range", OBSTRUCTION, [((*AUTOMATON, "table", 1, 1), "2")], "a successor"),
    Rejection(
        "successor-negative", OBSTRUCTION, [((*AUTOMATON, "table", 1, 1), "-1")], "a successor"
    ),
    Rejection(
        "not-breadth-first",
        OBSTRUCTION,
        [(AUTOMATON, {**TWO_PARITIES, "outputs": [True, True, False]})],
        "not canonical",
    ),
    Rejection(
        "automaton-unreachable",
        OBSTRUCTION,
        [((*AUTOMATON, "table", 0), ["0", "0"])],
        "state 1 is not reached",
    ),
    # formats and semantics
    Rejection("semantics", SCALAR, [(("semantics", "name"), "scan")], "semantics.name: 'scan'"),
    Rejection("exact-format", SCALAR, [(("semantics", "format"), {})], "unknown key 'format'"),
    Rejection("format-missing", UNROLLED, [(FORMAT, DELETE)], "missing key 'format'"),
    Rejection("format-kind", UNROLLED, [((*FORMAT, "kind"), "posit")], "format.kind: 'posit'"),
    Rejection("step-zero", UNROLLED, [((*FORMAT, "step"), "0")], "step must be > 0"),
    Rejection("step-negative", UNROLLED, [((*FORMAT, "step"), "-1")], "step must be > 0"),
    Rejection("min-multiple", UNROLLED, [((*FORMAT, "min"), "-1/2")], "multiples of the step"),
    Rejection("max-multiple", UNROLLED, [((*FORMAT, "max"), "3/2")], "multiples of the step"),
    Rejection("min-positive", UNROLLED, [((*FORMAT, "min"), "1")], "min <= 0 <= max"),
    Rejection("max-negative", UNROLLED, [((*FORMAT, "max"), "-1")], "min <= 0 <= max"),
    Rejection(
        "one-value",
        UNROLLED,
        [((*FORMAT, "min"), "0"), ((*FORMAT, "max"), "0")],
        "two different multiples",
    ),
    Rejection("rounding", UNROLLED, [((*FORMAT, "rounding"), "nearest")], "rounding: 'nearest'"),
    Rejection("overflow", UNROLLED, [((*FORMAT, "overflow"), "trap")], "overflow: 'trap'"),
    Rejection("precision-0", FLOAT, [(("format", "precision"), "0")], "between 1 and 64"),
    Rejection("precision-65", FLOAT, [(("format", "precision"), "65")], "between 1 and 64"),
    Rejection("exponent", FLOAT, [(("format", "min_exponent"), "-2001")], "-2000 and 2000"),
    Rejection("float-max", FLOAT, [(("format", "max"), "5/3")], "max must be a positive value"),
    Rejection("float-max-0", FLOAT, [(("format", "max"), "0")], "max must be a positive value"),
    Rejection("float-max-fine", FLOAT, [(("format", "max"), "7")], "must be a positive value"),
    Rejection("float-wrap", FLOAT, [(("format", "overflow"), "wrap")], "overflow: 'wrap'"),
    # networks
    Rejection("no-layer", SCALAR, [(("lrnn", "layers"), [])], "lrnn.layers: 0 entries"),
    Rejection("letter-case", SCALAR, [(ONE, DELETE)], "no case for the letter '1'"),
    Rejection("case-twice", SCALAR, [((*ONE, "on"), ["0"])], "two cases for the same symbol"),
    Rejection("case-letter", SCALAR, [((*ONE, "on"), ["2"])], "on[0]: '2', expected one of"),
    Rejection("case-length", SCALAR, [((*ONE, "on"), ["1", True])], "on: 2 entries"),
    Rejection("b-shape", SCALAR, [((*ONE, "B"), column("1", "1"))], "B: shape 2 x 1, expected"),
    Rejection("transition-kind", SCALAR, [((*A, "kind"), "shear")], "A.kind: 'shear'"),
    Rejection("diagonal-length", SCALAR, [((*A, "entries"), ["1", "1"])], "2 entries, expected 1"),
    Rejection("dense-shape", SCALAR, [(A, _dense(["1", "1"]))], "shape 1 x 2, expected 1 x 1"),
    Rejection("v-zero", SWAP, [((*A, "v"), ["0", "0"])], "v must not be zero"),
    Rejection("v-length", SWAP, [((*A, "v"), ["1"])], "A.v: 1 entries, expected 2"),
    Rejection("no-factor", SWAP, [(A, product())], "factors: 0 entries"),
    Rejection("factor-kind", SWAP, [(A, product(diagonal("1", "1")))], "'diagonal', expected one"),
    Rejection("factor-nested", SWAP, [(A, product(product()))], "'product', expected one"),
    Rejection("readout-kind", SCALAR, [((*LAYER, "readout", "kind"), "sign")], "readout.kind"),
    Rejection("readout-twice", SCALAR, [((*TABLE, 1, "state"), column("0"))], "listed twice"),
    Rejection("readout-shape", SCALAR, [((*TABLE, 1, "state"), column("0", "0"))], "shape 2 x 1"),
    Rejection(
        "no-functional", ONE_WORD, [((*LAYER, "readout"), threshold([]))], "functionals: 0 entries"
    ),
    Rejection(
        "relation",
        ONE_WORD,
        [((*LAYER, "readout", "functionals", 0, "relation"), "<")],
        "relation: '<'",
    ),
    Rejection(
        "weights-shape",
        ONE_WORD,
        [((*LAYER, "readout", "functionals", 0, "weights"), column("1", "1"))],
        "shape 2 x 1",
    ),
    Rejection("bits-length", ONE_WORD, [((*TABLE, 0, "bits"), "00")], "bits: '00', expected 1 of"),
    Rejection("bits-letters", ONE_WORD, [((*TABLE, 0, "bits"), "x")], "bits: 'x', expected 1 of"),
    # kinds
    Rejection("property-name", SCALAR, [(("properties", 0), "orthogonal")], "'orthogonal'"),
    Rejection("property-twice", SCALAR, [(("properties", 1), "diagonal")], "named twice"),
    Rejection("state-shape", SCALAR, [(("states", 0, "layers", 0), [["0", "0"]])], "shape 1 x 2"),
    Rejection("state-layers", SCALAR, [(("states", 0, "layers"), [])], "layers: 0 entries"),
    Rejection("state-range", SCALAR, [(("states", 0, "automaton"), "2")], "no such state"),
    Rejection("terms-layers", UNROLLED, [(("terms",), [])], "terms: 0 entries"),
    Rejection("terms-shape", UNROLLED, [(("terms", 0, 0), [["0", "0"]])], "shape 1 x 2"),
    Rejection("no-word", ONE_WORD, [(("words",), [])], "words: 0 entries, expected at least 1"),
    Rejection(
        "three-words", ONE_WORD, [(("words",), [["1"]] * 3)], "3 entries, expected at most 2"
    ),
    Rejection("word-letter", ONE_WORD, [(("words", 0, 0), "2")], "words[0][0]: '2', expected one"),
    Rejection("observations", ONE_WORD, [(("observations",), [])], "observations: 0 entries"),
    Rejection("observation-kind", ONE_WORD, [(("observations", 0), [["0"]])], "expected a string"),
    Rejection("outputs", ONE_WORD, [(("outputs",), [])], "outputs: 0 entries, expected"),
    Rejection("expected", ONE_WORD, [(("expected",), [True] * 2)], "expected: 2 entries"),
    Rejection(
        "exhaustive-wrap", EXHAUSTIVE, [(("format", "overflow"), "wrap")], "must be saturate"
    ),
    Rejection(
        "exhaustive-large",
        EXHAUSTIVE,
        [(("format",), fixed("1", "-128", "128", "down"))],
        "more than 256 values",
    ),
    Rejection(
        "exhaustive-huge",
        EXHAUSTIVE,
        [(("format",), minifloat("64", "-2000", "1", "down"))],
        "more than 256 values",
    ),
    *NETWORK_MALFORMED,
    *DELAY_MALFORMED,
    *BOX_MALFORMED,
    *HORIZON_MALFORMED,
    *WITNESS_MALFORMED,
    *MATRIX_MALFORMED,
    *ROUNDED_MAP_MALFORMED,
    *IDENTITY_MALFORMED,
]
