"""Network files: fields of irrational numbers, layers that name what they read, newer kinds."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.numbers import cyclotomics
from monoscan.theory.lrnn import LRNN, Case, Layer, LRNNError
from monoscan.theory.lrnn_json import (
    LRNNFileError,
    lrnn_from_json,
    lrnn_to_json,
    matrix_to_json,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import MAX_DIGITS, Number, cosine, sine, sqrt_of, zeta
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
)

Json = Any
F = Fraction
ONE = F(1)

# Layer 1 turns a complex number by 90 degrees, layer 2 by 60, layer 3 watches layer 1.
STILL: Json = [["0"]]
NETWORK: Json = {
    "alphabet": ["a"],
    "layers": [
        {
            "initial": [["1"]],
            "cases": [
                {"on": ["a"], "A": {"kind": "diagonal", "entries": [["0", "1"]]}, "B": STILL}
            ],
            "readout": {
                "kind": "states",
                "table": [
                    {"state": [["1"]], "output": "0"},
                    {"state": [[["0", "1"]]], "output": "1"},
                    {"state": [["-1"]], "output": "2"},
                    {"state": [[["0", "-1"]]], "output": "3"},
                ],
            },
            "field": "4",
        },
        {
            "initial": [["1"]],
            "cases": [
                {
                    "on": ["a"],
                    "A": {"kind": "blocks", "blocks": [{"kind": "dense", "rows": [[["1", "1"]]]}]},
                    "B": STILL,
                }
            ],
            "readout": {"kind": "states", "table": [{"state": [["1"]], "output": True}]},
            "reads": [],
            "field": 3,
        },
        {
            "initial": ["0"],
            "cases": [{"on": ["a", "1"], "A": {"kind": "diagonal", "entries": [1]}, "B": ["1"]}],
            "readout": {
                "kind": "threshold",
                "functionals": [{"weights": ["1"], "relation": ">", "bound": "0"}],
                "table": [{"bits": "1", "output": True}],
            },
            "reads": [1],
        },
    ],
}


def changed(place: str, value: Json) -> Json:
    """The network with another value at a place such as layers.0.field."""
    network = copy.deepcopy(NETWORK)
    inner = network
    *path, last = [int(part) if part.isdecimal() else part for part in place.split(".")]
    for part in path:
        inner = inner[part]
    inner[last] = value
    return network


def test_a_network_of_three_fields_is_read() -> None:
    lower, middle, upper = lrnn_from_json(NETWORK).layers
    assert lower.case(("a",)).transition == Diagonal((zeta(4),))
    assert isinstance(lower.readout, StateTable)
    assert lower.readout.table[Matrix.of([[-zeta(4)]])] == "3"
    assert middle.case(("a",)).matrix == Matrix.of([[zeta(6)]])
    assert [layer.reads for layer in (lower, middle, upper)] == [None, (), (1,)]
    assert upper.case(("a", "1")).transition == Diagonal((ONE,))


def test_round_trip_of_the_network() -> None:
    lrnn = lrnn_from_json(NETWORK)
    written = lrnn_to_json(lrnn)
    assert lrnn_from_json(json.loads(json.dumps(written))) == lrnn
    assert [layer.get("field") for layer in written["layers"]] == ["4", "3", None]
    assert [layer.get("reads") for layer in written["layers"]] == [None, [], ["1"]]
    assert written["layers"][0] == NETWORK["layers"][0]


def one_layer(transition: Transition, initial: Matrix) -> LRNN:
    case = Case(transition, Matrix.zeros(*initial.shape))
    return LRNN(("a",), (Layer(initial, {("a",): case}, StateTable({initial: True})),))


KINDS: list[Transition] = [
    Gated(F(1, 2), Householder((ONE,), F(2))),
    Gated(F(1, 2), HouseholderProduct((DeltaRule((ONE,), F(2)), Householder((ONE,), F(1, 3))))),
    DiagonalPlusRankOne((F(1, 2),), (F(3),), (F(1, 4),), F(2)),
    HouseholderDiagonal((F(3),), F(1, 2), (F(-1),)),
    Blocks((Diagonal((F(2),)),)),
    Gated(sqrt_of(2), DeltaRule((sqrt_of(3),), sqrt_of(6))),
    DiagonalPlusRankOne((cosine(1, 5),), (sine(1, 5),), (sqrt_of(5),), cosine(2, 5)),
    HouseholderDiagonal((sqrt_of(5),), cosine(1, 10), (zeta(3),)),
]


@pytest.mark.parametrize("transition", KINDS, ids=lambda kind: type(kind).__name__)
def test_round_trip_of_newer_kinds(transition: Transition) -> None:
    lrnn = one_layer(transition, Matrix.of([[1]]))
    assert lrnn_from_json(json.loads(json.dumps(lrnn_to_json(lrnn)))) == lrnn


@given(st.lists(cyclotomics((3, 4, 5, 8)), min_size=2, max_size=2))
@examples(30)
def test_round_trip_of_numbers(entries: list[Number]) -> None:
    lrnn = one_layer(Diagonal(tuple(entries)), Matrix.column(entries))
    written = json.loads(json.dumps(lrnn_to_json(lrnn)))
    assert lrnn_from_json(written) == lrnn
    assert lrnn_to_json(lrnn_from_json(written)) == written


def test_coefficients_are_those_of_the_field_of_the_layer() -> None:
    written = lrnn_to_json(one_layer(Diagonal((zeta(3), zeta(4))), Matrix.column([1, 1])))
    (layer,) = written["layers"]
    assert layer["field"] == "12"
    # zeta3 = zeta12^4 = zeta12^2 - 1, and i = zeta12^3.
    entries = [["-1", "0", "1", "0"], ["0", "0", "0", "1"]]
    assert layer["cases"][0]["A"]["entries"] == entries


REFUSED: dict[str, tuple[Callable[[], Json], str]] = {
    "a field of order 2": (
        lambda: changed("layers.0.field", "2"),
        "layers[0].field: expected the order n >= 3 of a root of unity; got 2; leave the key out",
    ),
    "a broken order": (
        lambda: changed("layers.0.field", "7/2"),
        "layers[0].field: expected an integer; got '7/2'",
    ),
    "a field of large degree": (
        lambda: changed("layers.0.field", 37),
        "layers[0].field: the cyclotomic field of order 37 has a degree over the limit of 32",
    ),
    "a field of huge order": (
        lambda: changed("layers.0.field", 10**9),
        "layers[0].field: the cyclotomic field of order 1000000000 has a degree over the limit",
    ),
    "too few coefficients": (
        lambda: changed("layers.0.cases.0.A.entries.0", ["1"]),
        "layers[0].cases[0].A.entries[0]: a number of the cyclotomic field of order 4 has 2 "
        "coefficients; got 1",
    ),
    "a rational as coefficients": (
        lambda: changed("layers.0.cases.0.A.entries.0", ["1/2", "0"]),
        'entries[0]: a rational number is no list of coefficients; write "1/2"',
    ),
    "a coefficient that is no number": (
        lambda: changed("layers.0.cases.0.A.entries.0", ["0", "i"]),
        "layers[0].cases[0].A.entries[0][1]: 'i' is not a rational number",
    ),
    "a coefficient that is a list": (
        lambda: changed("layers.0.cases.0.A.entries.0", ["0", ["0", "1"]]),
        "entries[0][1]: ['0', '1'] is no number",
    ),
    "a huge coefficient": (
        lambda: changed("layers.0.cases.0.A.entries.0", ["0", 10**MAX_DIGITS]),
        f"entries[0][1]: a number of more than {MAX_DIGITS} digits is over the limit",
    ),
    "coefficients without a field": (
        lambda: changed("layers.2.cases.0.A.entries.0", ["0", "1"]),
        "layers[2].cases[0].A.entries[0]: ['0', '1'] is no number; expected a rational, or a list "
        'of coefficients in a layer with the key "field"',
    ),
    "thresholds in a field": (
        lambda: changed("layers.2.field", 4),
        'layers[2].readout: a layer with the key "field" reads out through a table of states',
    ),
    "reads is no list": (
        lambda: changed("layers.2.reads", 1),
        "layers[2].reads: expected a list; got 1",
    ),
    "reads a fraction": (
        lambda: changed("layers.2.reads", ["1/2"]),
        "layers[2].reads[0]: expected an integer; got '1/2'",
    ),
    "reads from 0": (
        lambda: changed("layers.2.reads", [0]),
        "layers[2]: a layer reads the layers [0]; expected numbers from 1 in ascending order",
    ),
    "reads itself": (
        lambda: changed("layers.2.reads", [3]),
        "layer 3 reads layer 3; a layer can read the layers below it only",
    ),
    "reads more than the symbol": (
        lambda: changed("layers.2.reads", [1, 2]),
        "layer 3 has a case on (a, 1); its symbols are the letter and the outputs of the 2 layers "
        "that it reads, 3 in all",
    ),
    "blocks in blocks": (
        lambda: changed(
            "layers.1.cases.0.A.blocks.0",
            {"kind": "blocks", "blocks": [{"kind": "diagonal", "entries": [1]}]},
        ),
        "layers[1].cases[0].A.blocks[0]: a block is of any kind but blocks",
    ),
    "no blocks": (
        lambda: changed("layers.1.cases.0.A.blocks", []),
        "A.blocks: expected a list of at least 1",
    ),
    "a gated diagonal": (
        lambda: changed(
            "layers.1.cases.0.A",
            {"kind": "gated", "gate": 1, "factor": {"kind": "diagonal", "entries": [1]}},
        ),
        "A.factor: the factor of a gate is of kind householder or delta or product",
    ),
    "a direction of square 0": (
        lambda: changed(
            "layers.0.cases.0.A",
            {"kind": "householder-diagonal", "v": [1, [0, 1]], "beta": 1, "entries": [1, 1]},
        ),
        "layers[0].cases[0].A: HouseholderDiagonal.v is (1, zeta4), whose square sum is 0",
    ),
    "vectors of different lengths": (
        lambda: changed(
            "layers.0.cases.0.A",
            {"kind": "diagonal-plus-rank-one", "w": [1], "k": [1], "a": [1, 1], "c": 1},
        ),
        "layers[0].cases[0].A: DiagonalPlusRankOne: w has 1, k has 1, a has 2 entries",
    ),
}


@pytest.mark.parametrize(("build", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_with_the_place(build: Callable[[], Json], message: str) -> None:
    with pytest.raises(LRNNFileError) as caught:
        lrnn_from_json(build())
    assert message in str(caught.value)


def test_networks_that_no_file_can_hold() -> None:
    with pytest.raises(LRNNError, match="order 37, whose degree is over the limit of 32"):
        lrnn_to_json(one_layer(Diagonal((zeta(37),)), Matrix.of([[1]])))
    readout = Threshold((Functional(Matrix.of([[1]]), ">", F(0)),), {"1": True})
    case = Case(Diagonal((sqrt_of(2),)), Matrix.of([[0]]))
    lrnn = LRNN(("a",), (Layer(Matrix.of([[1]]), {("a",): case}, readout),))
    with pytest.raises(LRNNError, match="has a threshold read-out, which a file cannot hold"):
        lrnn_to_json(lrnn)
    with pytest.raises(ValueError, match="not in that of order 3"):
        matrix_to_json(Matrix.of([[zeta(4)]]), 3)
