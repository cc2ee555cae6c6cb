"""Accepted certificates about the parts of a network: fields, `reads`, blocks, gates, regions.

Written by hand from FORMAT.md alone; certificate_samples.py collects all samples.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import (
    COUNT_MOD_4,
    EXACT,
    PARITY,
    Certificate,
    Json,
    case,
    column,
    diagonal,
    fixed,
    householder,
    layer,
    network,
    new_certificate,
    one_layer,
    pairs,
    product,
    states_readout,
)


def blocks(*heads: Json) -> Json:
    """Several heads in one layer."""
    return {"kind": "blocks", "blocks": list(heads)}


def gated(gate: Json, factor: Json) -> Json:
    """A gate times a factor."""
    return {"kind": "gated", "gate": gate, "factor": factor}


def delta(k: list[str], beta: str) -> Json:
    """I - beta k k^T."""
    return {"kind": "delta", "k": k, "beta": beta}


def rank_one_update(w: list[Json], k: list[Json], a: list[Json], c: Json) -> Json:
    """diag(w) - c k (k o a)^T / (k^T k)."""
    return {"kind": "diagonal-plus-rank-one", "w": w, "k": k, "a": a, "c": c}


def householder_diagonal(v: list[Json], beta: Json, entries: list[Json]) -> Json:
    """(I - beta v v^T / (v^T v)) diag(entries)."""
    return {"kind": "householder-diagonal", "v": v, "beta": beta, "entries": entries}


def over(order: str, lrnn: Json) -> Json:
    """The same network with a field in its only layer."""
    return {**lrnn, "layers": [{**lrnn["layers"][0], "field": order}]}


def counter(modulus: int) -> Json:
    """The automaton that counts ones, with its state as its output."""
    listed = range(modulus)
    table = [[str(q), str((q + 1) % modulus)] for q in listed]
    return {"alphabet": ["0", "1"], "table": table, "outputs": [str(q) for q in listed]}


def _recognizer(lrnn: Json, automaton: Json, states: list[list[Json]], *properties: Json) -> Json:
    """Exact, with the states of all layers in the order of the states of the automaton."""
    return new_certificate(
        "recognizer",
        semantics=EXACT,
        lrnn=lrnn,
        automaton=automaton,
        properties=list(properties),
        states=pairs(*((joint, str(q)) for q, joint in enumerate(states))),
    )


def _single(
    zero: tuple[Json, Json], one: tuple[Json, Json], automaton: Json, states: list[Json]
) -> Json:
    """One layer that starts in the first state, and answers what the automaton answers."""
    readout = states_readout(*zip(states, automaton["outputs"], strict=True))
    return one_layer(states[0], zero, one, readout)


# ------------------------------------------------------------------ fields

IMAGINARY: Json = ["0", "1"]  # of order 4
MINUS_I: Json = ["0", "-1"]
ROOT_2: Json = ["0", "1", "0", "-1"]  # zeta - zeta^3, of order 8
TANGENT: Json = ["-1", "1", "0", "-1"]  # sqrt 2 - 1, the tangent of pi / 8
HALF_ROOT: Json = ["0", "1/2", "0", "-1/2"]
MINUS_HALF_ROOT: Json = ["0", "-1/2", "0", "1/2"]


def _fourth_root(*properties: Json) -> Certificate:
    states = [[[number]] for number in ("1", IMAGINARY, "-1", MINUS_I)]
    keep, turn = (diagonal("1"), column("0")), ({**diagonal(), "entries": [IMAGINARY]}, column("0"))
    lrnn = over("4", _single(keep, turn, COUNT_MOD_4, states))
    return _recognizer(lrnn, COUNT_MOD_4, [[s] for s in states], *properties)


def fourth_root() -> Certificate:
    """Multiplication with i counts modulo 4."""
    regions = ("diagonal-complex", "permutation-diagonal", "triangular-complex", "diagonal")
    return _fourth_root(*regions, "symmetric", "dense")


def stated_regions() -> Certificate:
    """The same network, which says of itself that its entries have modulus 1, in three ways."""
    one = {"modulus": [{"from": end, "to": end, "ends": "[]"} for end in "01"]}
    inside = {"rational": [{"from": "-1", "to": "1", "ends": "()"}]}
    either = [{"shape": "diagonal", "entries": numbers} for numbers in (inside, one)]
    return _fourth_root(either[1], {"shape": "one-of", "regions": either}, "diagonal-complex")


def eighth_turn() -> Certificate:
    """Two reflections whose directions enclose pi / 8 are a turn by pi / 4."""
    a, b = HALF_ROOT, MINUS_HALF_ROOT
    points = [("1", "0"), (a, a), ("0", "1"), (b, a), ("-1", "0"), (b, b), ("0", "-1"), (a, b)]
    states = [[[x], [y]] for x, y in points]
    zero, one = (
        product({**householder([], beta), "v": ["1", TANGENT]}, householder(["1", "0"], beta))
        for beta in ("0", "2")
    )
    nothing = column("0", "0")
    lrnn = over("8", _single((zero, nothing), (one, nothing), counter(8), states))
    regions = ("householder-product-2", "householder-product-64", "gated-householder-product-2")
    return _recognizer(lrnn, counter(8), [[s] for s in states], *regions, "factors-in-0-2")


def length_mod_3() -> Certificate:
    """The same A = zeta for both letters: the length modulo 3, in two columns of the state."""
    turn: Json = {"kind": "dense", "rows": [[["0", "1"]]]}
    states = [[[x, "0"]] for x in ("1", ["0", "1"], ["-1", "-1"])]
    table = [["1", "1"], ["2", "2"], ["0", "0"]]
    automaton = {"alphabet": ["0", "1"], "table": table, "outputs": [True, False, False]}
    lrnn = over("3", _single((turn, [["0", "0"]]), (turn, [["0", "0"]]), automaton, states))
    regions = (
        *("time-invariant-diagonal", "mixed-diagonal", "diagonal-common-phase"),
        "diagonal-complex",
    )
    return _recognizer(lrnn, automaton, [[s] for s in states], *regions)


def third_root_counterexample() -> Certificate:
    """zeta and zeta^4 are one state, so 1 and 1111 are not told apart."""
    states: list[Json] = [[["1"]], [[["0", "1"]]], [[["-1", "-1"]]]]
    keep, turn = (diagonal("1"), column("0")), ({**diagonal(), "entries": [["0", "1"]]}, [["0"]])
    lrnn = over("3", _single(keep, turn, counter(3), states))
    return new_certificate(
        "counterexample",
        semantics=EXACT,
        lrnn=lrnn,
        automaton=PARITY,
        properties=["diagonal-complex"],
        words=[["1"], ["1"] * 4],
        observations=[states[1]] * 2,
        outputs=["1", "1"],
        expected=[False, True],
    )


# ------------------------------------------------------------------ kinds of transitions

LAST_AND_PARITY: Json = {
    "alphabet": ["0", "1"],
    "table": [["0", "1"], ["2", "3"], ["2", "3"], ["0", "1"]],
    "outputs": ["even", "odd 1", "odd", "even 1"],
}


def _two_heads(keep: Json, flip: Json, forget: Json) -> Json:
    """A head for the parity of the ones, and one for the last letter."""
    states = [column("1", "0"), column("-1", "1"), column("-1", "0"), column("1", "1")]
    zero, one = (blocks(keep, forget), column("0", "0")), (blocks(flip, forget), column("0", "1"))
    return _single(zero, one, LAST_AND_PARITY, states), [[state] for state in states]


def gated_heads() -> Certificate:
    """The second head forgets, because its gate is 0."""
    keep, flip = householder(["1"], "0"), householder(["1"], "2")
    lrnn, states = _two_heads(keep, flip, gated("0", product(householder(["3"], "2"), keep)))
    regions = ("gated-householder-product-2", "diagonal-real", "symmetric", "spectrum-real")
    return _recognizer(lrnn, LAST_AND_PARITY, states, *regions)


def gated_heads_op_round() -> Certificate:
    """The same with every operation rounded, and with one head written as a diagonal."""
    forget = gated("0", delta(["1"], "2"))
    lrnn, states = _two_heads(diagonal("1"), delta(["-1"], "2"), forget)
    return _with_rounded_operations(_recognizer(lrnn, LAST_AND_PARITY, states, "diagonal", "dense"))


def two_scalars_op_round() -> Certificate:
    """The same, with all heads written as diagonals."""
    lrnn, states = _two_heads(diagonal("1"), diagonal("-1"), diagonal("0"))
    regions = ("diagonal-real", "diagonal-complex", "triangular-real")
    return _with_rounded_operations(_recognizer(lrnn, LAST_AND_PARITY, states, *regions))


def last_letter_op_round() -> Certificate:
    """A = 0, written as a diagonal and as a block: the smallest network in the diagonal classes."""
    states, clear = [column("0"), column("1")], diagonal("0")
    lrnn = _single((clear, column("0")), (blocks(clear), column("1")), LAST_LETTER, states)
    regions = (
        *("diagonal-nonnegative", "time-invariant-diagonal", "time-invariant-nonnegative"),
        *("mixed-diagonal", "diagonal-common-phase"),
    )
    return _with_rounded_operations(_recognizer(lrnn, LAST_LETTER, [[s] for s in states], *regions))


def delta_parity_op_round() -> Certificate:
    """A DeltaNet of width 1 with the matrices 1 and 0 counts, when every operation is rounded."""
    states, nothing = [[["1/4"]], [["1/2"]]], column("0")
    keep, clear = delta(["2"], "0"), delta(["2"], "1/4")
    lrnn = _single((keep, nothing), (clear, column("1/4")), PARITY, states)
    sample = _recognizer(lrnn, PARITY, [[s] for s in states], "diagonal", "spectrum-in-0-1")
    return _with_rounded_operations(sample, fixed("1/4", "-4", "4", "nearest-even"))


def _with_rounded_operations(sample: Certificate, form: Json | None = None) -> Certificate:
    form = form or fixed("1", "-2", "2", "down")
    members = {key.replace("-", "_"): value for key, value in sample.items() if key in _BODY}
    return new_certificate(
        "recognizer", **{**members, "semantics": {"name": "op-round", "format": form}}
    )


_BODY = ("lrnn", "automaton", "properties", "states")


def single_gate() -> Certificate:
    """A gate of 1 on the letter 0, and the gated reflection -1 on the letter 1."""
    states: list[Json] = [[["1"]], [["-1"]]]
    keep, flip = gated("1", delta(["2"], "0")), gated("1", delta(["2"], "1/2"))
    lrnn = _single((keep, column("0")), (flip, column("0")), PARITY, states)
    return _recognizer(lrnn, PARITY, [[s] for s in states], "gated-householder", "diagonal-real")


def one_reflection() -> Certificate:
    """Two heads of one reflection each, one of them written as a product of one factor."""
    states = [column("1", "0", "3"), column("0", "1", "-3")]
    zero, one = (
        blocks(householder(["1", "-1"], beta), product(delta(["1"], beta))) for beta in ("0", "2")
    )
    nothing = column("0", "0", "0")
    lrnn = _single((zero, nothing), (one, nothing), PARITY, states)
    regions = ("householder", "gated-householder", "householder-product-5", "norm-at-most-one")
    return _recognizer(lrnn, PARITY, [[s] for s in states], *regions)


def removal() -> Certificate:
    """RWKV-7 with c = 2 swaps two coordinates; a second head overwrites by w = 0, c = 0."""
    states = [column("1", "0", "5"), column("0", "1", "5")]
    one, zero = (
        blocks(
            rank_one_update(["1", "1"], ["1", "-1"], ["1", "1"], c),
            rank_one_update(["0"], ["1"], ["1/2"], "0"),
        )
        for c in ("2", "0")
    )
    write = column("0", "0", "5")
    lrnn = _single((zero, write), (one, write), PARITY, states)
    regions = ("diagonal-plus-rank-one", "diagonal-plus-rank-one-transposed")
    return _recognizer(lrnn, PARITY, [[s] for s in states], *regions)


def gate_order() -> Certificate:
    """g I - b k k^T with g = 0 and b = 1 changes a sign; g = 1 and b = 0 keeps it."""
    states, nothing = [column("1"), column("-1")], column("0")
    keep, change = (rank_one_update([g], ["3"], ["1/2"], c) for g, c in (("1", "0"), ("0", "2")))
    lrnn = _single((keep, nothing), (change, nothing), PARITY, states)
    regions = ("scalar-plus-rank-one", "diagonal-plus-rank-one-transposed", "diagonal-real")
    return _recognizer(lrnn, PARITY, [[s] for s in states], *regions)


def quarter_turn() -> Certificate:
    """A swap after diag(1, -1) is a turn by pi / 2; it counts modulo 4."""
    states = [column("1", "0"), column("0", "1"), column("-1", "0"), column("0", "-1")]
    nothing = column("0", "0")
    turn = householder_diagonal(["1", "-1"], "2", ["1", "-1"])
    lrnn = _single((diagonal("1", "1"), nothing), (turn, nothing), COUNT_MOD_4, states)
    regions = ("diagonal-householder", "permutation-diagonal", "norm-at-most-one")
    return _recognizer(lrnn, COUNT_MOD_4, [[s] for s in states], *regions)


def cut_diagonal() -> Certificate:
    """A `diagonal` is cut where the other letter has heads, and where it has none."""
    states, nothing = [column("1", "1", "0"), column("-1", "0", "1")], column("0", "0", "0")
    keep = blocks(diagonal("1", "1"), diagonal("1"))
    swap = householder_diagonal(["1", "-1"], "2", ["1", "1"])
    lrnn = _single((keep, nothing), (blocks(diagonal("-1"), swap), nothing), PARITY, states)
    regions = ("diagonal-householder", "permutation-diagonal")
    return _recognizer(lrnn, PARITY, [[s] for s in states], *regions)


LAST_LETTER: Json = {
    "alphabet": ["0", "1"],
    "table": [["0", "1"], ["0", "1"]],
    "outputs": [False, True],
}


def last_letter() -> Certificate:
    """A = 0 as a projection of the line: the smallest network in most of the regions."""
    states = [column("0"), column("1")]
    clear = householder(["7"], "1")
    lrnn = _single((clear, column("0")), (clear, column("1")), LAST_LETTER, states)
    regions = [
        *("diagonal-nonnegative", "diagonal-real", "diagonal-complex", "time-invariant-diagonal"),
        *("time-invariant-nonnegative", "diagonal-common-phase"),
        *("mixed-diagonal", "triangular-real", "triangular-complex", "permutation-diagonal"),
        *("householder-nonnegative", "householder", "householder-open"),
        "gated-householder-nonnegative",
        *("householder-product-2-nonnegative", "householder-product-2", "gated-householder"),
        *("gated-householder-product-2-nonnegative", "gated-householder-product-2"),
        *("diagonal-householder", "diagonal-real-open", "diagonal-complex-open", "dense"),
    ]
    return _recognizer(lrnn, LAST_LETTER, [[s] for s in states], *regions)


def removed_letter() -> Certificate:
    """RWKV-7 with c = 1 and w = a: along the key it removes what it keeps."""
    states = [column("0", "0"), column("3", "4")]
    clear = rank_one_update(["3/4", "3/4"], ["3", "4"], ["3/4", "3/4"], "1")
    lrnn = _single((clear, column("0", "0")), (clear, column("3", "4")), LAST_LETTER, states)
    regions = ("rwkv-7-released", "diagonal-plus-rank-one-transposed")
    return _recognizer(lrnn, LAST_LETTER, [[s] for s in states], *regions)


ALL_WORDS: Json = {"alphabet": ["0", "1"], "table": [["0", "0"]], "outputs": [True]}


def one_state() -> Certificate:
    """A state that stays 0 below the limits of all ranges."""
    lrnn = _single(
        (diagonal("1/2", "1/99"), column("0", "0")),
        (diagonal("98/99", "1/2"), column("0", "0")),
        ALL_WORDS,
        [column("0", "0")],
    )
    regions = ("diagonal-open", "diagonal-real-open", "diagonal-complex-open")
    return _recognizer(lrnn, ALL_WORDS, [[column("0", "0")]], *regions)


def faded_letter() -> Certificate:
    """(I - v v^T) diag(1/2) = 0 in one head, and a diagonal head that is 0 as well."""
    states = [column("0", "0"), column("1", "1")]
    clear = householder_diagonal(["1"], "1", ["1/2"])
    heads = blocks(clear, diagonal("0"))
    lrnn = _single((heads, column("0", "0")), (heads, column("1", "1")), LAST_LETTER, states)
    regions = ("diagonal-householder-nonnegative", "diagonal-householder")
    return _recognizer(lrnn, LAST_LETTER, [[s] for s in states], *regions)


# ------------------------------------------------------------------ reads


def layers_that_skip() -> Certificate:
    """Two counters modulo 2 side by side, and a third layer that hears the second one only."""
    swap, keep, nothing = diagonal("-1"), diagonal("1"), column("0")
    bit = layer(
        column("0"),
        [case(["0"], keep, nothing), case(["1"], swap, column("1"))],
        states_readout((column("0"), "low"), (column("1"), "high")),
    )
    high = layer(
        column("0"),
        [
            case(["0", "low"], keep, nothing),
            case(["0", "high"], keep, nothing),
            case(["1", "high"], keep, nothing),
            case(["1", "low"], swap, column("1")),
        ],
        states_readout((column("0"), True), (column("1"), False)),
    )
    lrnn = network(bit, {**bit, "reads": []}, {**high, "reads": ["2"]})
    automaton = {**COUNT_MOD_4, "outputs": [True, True, False, False]}
    low, up = column("0"), column("1")
    states = [[low, low, low], [up, up, low], [low, low, up], [up, up, up]]
    return _recognizer(lrnn, automaton, states, "diagonal-real", "triangular-real")


NETWORKS: dict[str, Callable[[], Certificate]] = {
    "recognizer-fourth-root": fourth_root,
    "recognizer-stated-regions": stated_regions,
    "recognizer-eighth-turn": eighth_turn,
    "recognizer-length-mod-3": length_mod_3,
    "counterexample-third-root": third_root_counterexample,
    "recognizer-gated-heads": gated_heads,
    "recognizer-gated-heads-op-round": gated_heads_op_round,
    "recognizer-two-scalars-op-round": two_scalars_op_round,
    "recognizer-last-letter-op-round": last_letter_op_round,
    "recognizer-delta-parity-op-round": delta_parity_op_round,
    "recognizer-single-gate": single_gate,
    "recognizer-one-reflection": one_reflection,
    "recognizer-removal": removal,
    "recognizer-gate-order": gate_order,
    "recognizer-quarter-turn": quarter_turn,
    "recognizer-cut-diagonal": cut_diagonal,
    "recognizer-last-letter": last_letter,
    "recognizer-faded-letter": faded_letter,
    "recognizer-removed-letter": removed_letter,
    "recognizer-one-state": one_state,
    "recognizer-layers-that-skip": layers_that_skip,
}
