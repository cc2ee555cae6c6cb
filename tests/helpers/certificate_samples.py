"""Certificates that the checker accepts, written by hand from FORMAT.md alone.

The broken ones are in certificate_rejections.py.
"""

from __future__ import annotations

import copy
import hashlib
import importlib.util
import json
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

Json = Any  # a JSON value without numbers and null
Certificate = dict[str, Json]
CHECKER = Path(__file__).resolve().parents[2] / "monoscan/proofs_check/checker/check.py"


@cache
def load_checker() -> ModuleType:
    """check.py as a module of its own, as if it lay alone in a folder."""
    spec = importlib.util.spec_from_file_location("checker_under_test", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def canonical(body: Certificate) -> str:
    """The canonical text of FORMAT.md, of everything but the digest."""
    rest = {key: value for key, value in body.items() if key != "digest"}
    return json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def seal(body: Certificate) -> Certificate:
    """The certificate with a fresh digest."""
    text = canonical(body).encode("utf-8", "surrogatepass")
    return {**body, "digest": hashlib.sha256(text).hexdigest()}


def to_bytes(certificate: Certificate) -> bytes:
    """The file of a certificate."""
    return (json.dumps(certificate, indent=1, ensure_ascii=False) + "\n").encode()


def _certificate(kind: str, **members: Json) -> Certificate:
    named = {key.replace("_", "-"): value for key, value in members.items()}
    head = {"monoscan": "certificate", "version": "1", "kind": kind}
    return seal(copy.deepcopy({**head, **named}))


# ------------------------------------------------------------------ parts

PARITY: Json = {"alphabet": ["0", "1"], "table": [["0", "1"], ["1", "0"]], "outputs": [True, False]}
COUNT_MOD_4: Json = {
    "alphabet": ["0", "1"],
    "table": [["0", "1"], ["1", "2"], ["2", "3"], ["3", "0"]],
    "outputs": ["zero", "one", "two", "three"],
}
EXACT: Json = {"name": "exact"}


def fixed(step: str, low: str, high: str, rounding: str, overflow: str = "saturate") -> Json:
    """A fixed-point format."""
    names = ("step", "min", "max", "rounding", "overflow")
    return {"kind": "fixed"} | dict(zip(names, (step, low, high, rounding, overflow), strict=True))


def minifloat(precision: str, min_exponent: str, high: str, rounding: str) -> Json:
    """A floating-point format."""
    return {
        "kind": "float",
        "precision": precision,
        "min_exponent": min_exponent,
        "max": high,
        "rounding": rounding,
        "overflow": "saturate",
    }


E4M3 = minifloat("4", "-6", "448", "nearest-even")


def column(*entries: str) -> Json:
    """A matrix with one column."""
    return [[entry] for entry in entries]


def diagonal(*entries: str) -> Json:
    """A diagonal transition."""
    return {"kind": "diagonal", "entries": list(entries)}


def householder(v: list[str], beta: str) -> Json:
    """A generalised reflection I - beta v v^T / (v^T v)."""
    return {"kind": "householder", "v": v, "beta": beta}


def product(*factors: Json) -> Json:
    """A product of factors, the first applied last."""
    return {"kind": "product", "factors": list(factors)}


def case(on: list[Json], a: Json, b: Json) -> Json:
    """One case of a layer."""
    return {"on": on, "A": a, "B": b}


def states_readout(*pairs: tuple[Json, Json]) -> Json:
    """A read-out table of states."""
    return {"kind": "states", "table": [{"state": s, "output": o} for s, o in pairs]}


def threshold(functionals: list[tuple[Json, str, str]], **table: Json) -> Json:
    """A threshold read-out; the keyword `b01` stands for the bit string 01."""
    return {
        "kind": "threshold",
        "functionals": [{"weights": w, "relation": r, "bound": b} for w, r, b in functionals],
        "table": [{"bits": bits[1:], "output": output} for bits, output in table.items()],
    }


def layer(initial: Json, cases: list[Json], readout: Json) -> Json:
    """One layer."""
    return {"initial": initial, "cases": cases, "readout": readout}


def network(*layers: Json) -> Json:
    """A stack over the letters 0 and 1."""
    return {"alphabet": ["0", "1"], "layers": list(layers)}


def one_layer(initial: Json, zero: tuple[Json, Json], one: tuple[Json, Json], out: Json) -> Json:
    """One layer over the letters 0 and 1, each with its (A, B)."""
    return network(layer(initial, [case(["0"], *zero), case(["1"], *one)], out))


def pairs(*listed: tuple[list[Json], str]) -> Json:
    """The `states` of a recognizer."""
    return [{"layers": layers, "automaton": state} for layers, state in listed]


def _two_states(even: Json, odd: Json) -> tuple[Json, Json]:
    readout = states_readout((even, True), (odd, False))
    return readout, pairs(([even], "0"), ([odd], "1"))


# ------------------------------------------------------------------ accepted: recognizers


def _scalar_parity() -> tuple[Json, Json]:
    even, odd = column("0"), column("1")
    readout, states = _two_states(even, odd)
    zero, one = (diagonal("1"), column("0")), (diagonal("-1"), column("1"))
    return one_layer(even, zero, one, readout), states


def parity_scalar() -> Certificate:
    """a(1) = -1 counts modulo 2."""
    lrnn, states = _scalar_parity()
    return _certificate(
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
    return _certificate(
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
    readout, states = _two_states(even, odd)
    zero, one = householder(["1", "-1"], "0"), householder(["1", "-1"], "2")
    return _certificate(
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
    readout, states = _two_states(even, odd)
    zero, one = ({"kind": "delta", "k": ["5/8", "5/8"], "beta": beta} for beta in ("0", "3/4"))
    form = fixed("1/8", "-16", "127/8", "nearest-even")
    return _certificate(
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
    readout, states = _two_states(even, odd)
    zero, one = (
        product(householder(["1", "-2"], beta), householder(["1", "2"], beta))
        for beta in ("0", "1")
    )
    form = fixed("1", "-8", "7", "nearest-even")
    return _certificate(
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
    readout, states = _two_states(even, odd)
    keep = {"kind": "dense", "rows": [["1"]]}
    form = fixed("1", "0", "1", "toward-zero", "wrap")
    return _certificate(
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
    return _certificate(
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
    return _certificate(
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
    return _certificate(
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


# ------------------------------------------------------------------ accepted: the others


def obstruction(lemma: str, semantics_name: str, class_name: str) -> Certificate:
    """Parity alternates along 1^n."""
    members = {"class": class_name, "prefix": [], "word": ["1"]}
    return _certificate(
        "obstruction",
        lemma=lemma,
        semantics_name=semantics_name,
        automaton=PARITY,
        **members,
    )


def exhaustive(form: Json, values: int, nonnegative: str, signed: str) -> Certificate:
    """The periods of all scalar maps of a format."""
    return _certificate(
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
    "exhaustive-tiny-fixed": lambda: exhaustive(
        fixed("1/2", "-1", "3/2", "nearest-even"), 6, "1", "2"
    ),
    "exhaustive-tiny-float": lambda: exhaustive(
        minifloat("2", "-1", "3", "nearest-away"), 15, "1", "2"
    ),
    "exhaustive-e4m3": lambda: exhaustive(E4M3, 253, "1", "2"),
}
INCOMPLETE: dict[str, Callable[[], Certificate]] = {
    "obstruction-exact": lambda: obstruction("sign-lemma", "exact", "spectrum-nonnegative"),
    "obstruction-cast-unrolled": lambda: obstruction(
        "sign-lemma", "cast-unrolled", "spectrum-nonnegative"
    ),
    "obstruction-op-round": lambda: obstruction(
        "monotone-rounding", "op-round", "diagonal-nonnegative"
    ),
    "obstruction-seq-round": lambda: obstruction(
        "psd-lemma", "seq-round", "symmetric-spectrum-in-0-1"
    ),
}
SAMPLE_MAKERS = ACCEPTED | INCOMPLETE
