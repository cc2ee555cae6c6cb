"""Certificates that the checker accepts, written by hand from FORMAT.md alone.

The broken ones are in certificate_rejections.py.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.box_samples import BOXES
from helpers.certificate_parts import (
    CHECKER,
    COUNT_MOD_4,
    E4M3,
    EXACT,
    PARITY,
    Certificate,
    Json,
    canonical,
    case,
    column,
    diagonal,
    fixed,
    householder,
    layer,
    load_checker,
    minifloat,
    network,
    new_certificate,
    one_layer,
    pairs,
    product,
    seal,
    states_readout,
    threshold,
    to_bytes,
    two_states,
)
from helpers.delay_samples import DELAY_OBSTRUCTIONS, DELAYS
from helpers.horizon_samples import HORIZONS
from helpers.identity_samples import IDENTITIES
from helpers.matrix_samples import MATRICES
from helpers.network_samples import NETWORKS
from helpers.rounded_map_samples import ROUNDED_MAPS
from helpers.witness_samples import MONOIDS, OBSTRUCTIONS, obstruction

__all__ = [
    "ACCEPTED",
    "CHECKER",
    "COUNT_MOD_4",
    "E4M3",
    "EXACT",
    "INCOMPLETE",
    "PARITY",
    "SAMPLE_MAKERS",
    "Certificate",
    "Json",
    "canonical",
    "case",
    "column",
    "diagonal",
    "fixed",
    "householder",
    "layer",
    "load_checker",
    "minifloat",
    "network",
    "obstruction",
    "one_layer",
    "pairs",
    "product",
    "seal",
    "states_readout",
    "threshold",
    "to_bytes",
]

# ------------------------------------------------------------------ accepted: recognizers


def _scalar_parity() -> tuple[Json, Json]:
    even, odd = column("0"), column("1")
    readout, states = two_states(even, odd)
    zero, one = (diagonal("1"), column("0")), (diagonal("-1"), column("1"))
    return one_layer(even, zero, one, readout), states


def parity_scalar() -> Certificate:
    """a(1) = -1 counts modulo 2."""
    lrnn, states = _scalar_parity()
    return new_certificate(
        "recognizer",
        semantics=EXACT,
        lrnn=lrnn,
        automaton=PARITY,
        properties=["diagonal", "symmetric", "spectrum-real", "norm-at-most-one"],
        states=states,
    )


def parity_scalar_cast_unrolled() -> Certificate:
    """The same network over the datatype {-1, 0, 1}."""
    lrnn, states = _scalar_parity()
    form = fixed("1", "-1", "1", "nearest-down")
    return new_certificate(
        "recognizer",
        semantics={"name": "cast-unrolled", "format": form},
        lrnn=lrnn,
        automaton=PARITY,
        properties=["diagonal"],
        states=states,
        terms=[[column("0"), column("1"), column("-1")]],
    )


def parity_householder() -> Certificate:
    """A reflection with beta = 2 swaps the two coordinates."""
    even, odd, nothing = column("1", "0"), column("0", "1"), column("0", "0")
    readout, states = two_states(even, odd)
    zero, one = householder(["1", "-1"], "0"), householder(["1", "-1"], "2")
    return new_certificate(
        "recognizer",
        semantics=EXACT,
        lrnn=one_layer(even, (zero, nothing), (one, nothing), readout),
        automaton=PARITY,
        properties=["symmetric", "spectrum-real", "norm-at-most-one", "factors-in-0-2"],
        states=states,
    )


def parity_delta_op_round() -> Certificate:
    """Counterexample C: a DeltaNet with beta < 1, every operation rounded, counts modulo 2."""
    even, odd, nothing = column("-13/8", "7/4"), column("-7/4", "13/8"), column("0", "0")
    readout, states = two_states(even, odd)
    zero, one = ({"kind": "delta", "k": ["5/8", "5/8"], "beta": beta} for beta in ("0", "3/4"))
    form = fixed("1/8", "-16", "127/8", "nearest-even")
    return new_certificate(
        "recognizer",
        semantics={"name": "op-round", "format": form},
        lrnn=one_layer(even, (zero, nothing), (one, nothing), readout),
        automaton=PARITY,
        properties=["factors-in-0-1", "spectrum-nonnegative"],
        states=states,
    )


def parity_product_seq_round() -> Certificate:
    """Counterexample B: two Householder factors with beta = 1, rounded once a step."""
    even, odd, nothing = column("-1", "2"), column("-1", "1"), column("0", "0")
    readout, states = two_states(even, odd)
    zero, one = (
        product(householder(["1", "-2"], beta), householder(["1", "2"], beta))
        for beta in ("0", "1")
    )
    form = fixed("1", "-8", "7", "nearest-even")
    return new_certificate(
        "recognizer",
        semantics={"name": "seq-round", "format": form},
        lrnn=one_layer(even, (zero, nothing), (one, column("-1/4", "15/8")), readout),
        automaton=PARITY,
        properties=["norm-at-most-one", "spectrum-nonnegative", "factors-in-0-1"],
        states=states,
    )


def parity_wrap_around() -> Certificate:
    """An integer of one bit that wraps around, in a dense 1 x 1 network."""
    even, odd = column("0"), column("1")
    readout, states = two_states(even, odd)
    keep = {"kind": "dense", "rows": [["1"]]}
    form = fixed("1", "0", "1", "toward-zero", "wrap")
    return new_certificate(
        "recognizer",
        semantics={"name": "op-round", "format": form},
        lrnn=one_layer(even, (keep, column("0")), (keep, column("1")), readout),
        automaton=PARITY,
        properties=["spectrum-in-0-1"],
        states=states,
    )


def count_mod_4_two_layers() -> Certificate:
    """Layer 1 is the low bit of the number of ones, layer 2 holds (high bit, low bit)."""
    lower, _ = _scalar_parity()
    nothing, same, low = column("0", "0"), diagonal("1", "1"), diagonal("1", "0")
    joint = [column(high, one) for high in "01" for one in "01"]
    upper = layer(
        nothing,
        [
            case(["0", True], same, nothing),
            case(["0", False], same, nothing),
            case(["1", False], low, column("0", "1")),
            case(["1", True], diagonal("-1", "0"), column("1", "0")),
        ],
        states_readout(*((joint[i], COUNT_MOD_4["outputs"][i]) for i in range(4))),
    )
    listed = [([column(str(i % 2)), joint[i]], str(i)) for i in range(4)]
    return new_certificate(
        "recognizer",
        semantics=EXACT,
        lrnn=network(*lower["layers"], upper),
        automaton=COUNT_MOD_4,
        properties=["spectrum-real", "diagonal"],
        states=pairs(*listed),
    )


# ------------------------------------------------------------------ accepted: counterexamples


def _averaging(out: Json) -> Json:
    """h becomes h / 2 + 1 on the letter 1: 0, 1, 3/2, 7/4, ..."""
    zero, one = (diagonal("1"), column("0")), (diagonal("1/2"), column("1"))
    return one_layer(column("0"), zero, one, out)


def _refutation(semantics: Json, words: list[str], bits: str, bound: str) -> Certificate:
    readout = threshold([([["1"]], ">=", bound)], b0=True, b1=False)
    return new_certificate(
        "counterexample",
        semantics=semantics,
        lrnn=_averaging(readout),
        automaton=PARITY,
        properties=["spectrum-in-0-1", "diagonal"],
        words=[list(word) for word in words],
        observations=[bits for _ in words],
        outputs=[bits == "0" for _ in words],
        expected=[word.count("1") % 2 == 0 for word in words],
    )


UNROLLED = {"name": "cast-unrolled", "format": minifloat("3", "-2", "7", "nearest-even")}


def averaging_one_word() -> Certificate:
    """Exact: the word 11 is even, and the network says odd."""
    return _refutation(EXACT, ["11"], "1", "1")


def averaging_two_words() -> Certificate:
    """Exact: the words 1 and 11 are not told apart."""
    return _refutation(EXACT, ["1", "11"], "1", "1")


def averaging_one_word_unrolled() -> Certificate:
    """Cast-unrolled: after 101111 the sum of the rounded terms has reached 2."""
    return _refutation(UNROLLED, ["1011111"], "1", "2")


def averaging_two_words_unrolled() -> Certificate:
    """Cast-unrolled: 111111 and 1111111 are not told apart."""
    return _refutation(UNROLLED, ["111111", "1111111"], "1", "2")


def forgetful_states() -> Certificate:
    """A network that remembers the last letter only; its observation is the state."""
    readout = states_readout((column("0"), True), (column("1"), False))
    forget = {"kind": "dense", "rows": [["0"]]}
    return new_certificate(
        "counterexample",
        semantics=EXACT,
        lrnn=one_layer(column("0"), (forget, column("0")), (forget, column("1")), readout),
        automaton=PARITY,
        properties=[],
        words=[["1"], ["1", "1"]],
        observations=[column("1"), column("1")],
        outputs=[False, False],
        expected=[False, True],
    )


def read_out_at_the_end_only() -> Certificate:
    """Two layers that count letters; the read-out of the last has an output for two only."""
    step, out = (diagonal("1"), column("1")), states_readout((column("2"), False))
    counts = states_readout((column("1"), "one"), (column("2"), "two"))
    low = layer(column("0"), [case([letter], *step) for letter in "01"], counts)
    high = layer(column("0"), [case(["1", seen], *step) for seen in ("one", "two")], out)
    return new_certificate(
        "counterexample",
        semantics=EXACT,
        lrnn=network(low, high),
        automaton=PARITY,
        properties=[],
        words=[["1", "1"]],
        observations=[column("2")],
        outputs=[False],
        expected=[True],
    )


# ------------------------------------------------------------------ accepted: the others


def exhaustive(form: Json, values: int, nonnegative: str, signed: str) -> Certificate:
    """The periods of all scalar maps of a format."""
    return new_certificate(
        "exhaustive",
        format=form,
        values=str(values),
        triples=str(values**3),
        nonnegative_max_period=nonnegative,
        signed_max_period=signed,
    )


ACCEPTED: dict[str, Callable[[], Certificate]] = {
    "recognizer-parity-scalar": parity_scalar,
    "recognizer-parity-scalar-cast-unrolled": parity_scalar_cast_unrolled,
    "recognizer-parity-householder": parity_householder,
    "recognizer-parity-delta-op-round": parity_delta_op_round,
    "recognizer-parity-product-seq-round": parity_product_seq_round,
    "recognizer-parity-wrap-around": parity_wrap_around,
    "recognizer-count-mod-4-two-layers": count_mod_4_two_layers,
    "counterexample-one-word": averaging_one_word,
    "counterexample-two-words": averaging_two_words,
    "counterexample-one-word-cast-unrolled": averaging_one_word_unrolled,
    "counterexample-two-words-cast-unrolled": averaging_two_words_unrolled,
    "counterexample-states": forgetful_states,
    "counterexample-read-out-at-the-end-only": read_out_at_the_end_only,
    "exhaustive-tiny-fixed": lambda: exhaustive(
        fixed("1/2", "-1", "3/2", "nearest-even"), 6, "1", "2"
    ),
    "exhaustive-tiny-float": lambda: exhaustive(
        minifloat("2", "-1", "3", "nearest-away"), 15, "1", "2"
    ),
    "exhaustive-e4m3": lambda: exhaustive(E4M3, 253, "1", "2"),
    **NETWORKS,
    **DELAYS,
    **BOXES,
    **HORIZONS,
    **MONOIDS,
    **MATRICES,
    **ROUNDED_MAPS,
    **IDENTITIES,
}
INCOMPLETE = OBSTRUCTIONS | DELAY_OBSTRUCTIONS
SAMPLE_MAKERS = ACCEPTED | INCOMPLETE
