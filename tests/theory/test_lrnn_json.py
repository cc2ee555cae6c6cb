"""Network files: every error with its place, limits, and the round trip."""

from __future__ import annotations

import copy
import json
import os
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.strategies.networks import networks
from monoscan.strategies.numbers import rationals
from monoscan.strategies.transitions import transitions
from monoscan.theory.constructions.parity import householder_parity, scalar_parity
from monoscan.theory.lrnn_json import LRNNFileError, lrnn_from_json, lrnn_to_json, read_lrnn
from monoscan.theory.lrnn_json.fields import MAX_SIZE
from monoscan.theory.lrnn_json.reading import MAX_BYTES
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import MAX_DIGITS
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
)

Json = Any
F = Fraction

ZERO: Json = [["0"], ["0"]]
NETWORK: Json = {
    "alphabet": ["a", "b"],
    "layers": [
        {
            "initial": ["0", "1"],
            "cases": [
                {"on": ["a"], "A": {"kind": "diagonal", "entries": ["1/2", "-1"]}, "B": ZERO},
                {"on": ["b"], "A": {"kind": "dense", "rows": [["0", "1"], ["1", "0"]]}, "B": ZERO},
            ],
            "readout": {
                "kind": "threshold",
                "functionals": [{"weights": ["1", "0"], "relation": ">=", "bound": "1/3"}],
                "table": [{"bits": "0", "output": "lo"}, {"bits": "1", "output": "hi"}],
            },
        },
        {
            "initial": [["1", "0"]],
            "cases": [
                {
                    "on": ["a", "lo"],
                    "A": {"kind": "householder", "v": ["1"], "beta": "2"},
                    "B": [["0", "0"]],
                },
                {"on": ["a", "hi"], "A": {"kind": "delta", "k": ["1"], "beta": "1"}, "B": [[0, 0]]},
                {
                    "on": ["b", "lo"],
                    "A": {
                        "kind": "product",
                        "factors": [
                            {"kind": "delta", "k": ["1"], "beta": "0.5"},
                            {"kind": "householder", "v": [3], "beta": 1},
                        ],
                    },
                    "B": [["1", "0"]],
                },
                {"on": ["b", "hi"], "A": {"kind": "dense", "rows": [[1]]}, "B": [["0", "0"]]},
            ],
            "readout": {
                "kind": "states",
                "table": [
                    {"state": [["1", "0"]], "output": True},
                    {"state": [["-1", "0"]], "output": False},
                ],
            },
        },
    ],
}


def at(place: str, value: Json) -> Callable[[Json], None]:
    """Puts a value at a place such as layers.0.cases.1.B; `DELETE` takes the key away."""
    *path, last = [int(part) if part.isdecimal() else part for part in place.split(".")]

    def change(network: Json) -> None:
        for part in path:
            network = network[part]
        if value is DELETE:
            del network[last]
        else:
            network[last] = value

    return change


DELETE = object()
CASE, TOP = "layers.0.cases.0", "layers.0.readout"
TABLE = "layers.1.readout.table"


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "network.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# --- accepted ----------------------------------------------------------------------------------


def test_every_kind_is_read(tmp_path: Path) -> None:
    lrnn = read_lrnn(write(tmp_path, json.dumps(NETWORK)))
    assert lrnn.alphabet == ("a", "b")
    lower, upper = lrnn.layers
    assert lower.initial == Matrix.column([0, 1])
    assert lower.case(("a",)).transition == Diagonal((F(1, 2), F(-1)))
    assert lower.case(("b",)).transition == Dense(Matrix.of([[0, 1], [1, 0]]))
    assert upper.initial == Matrix.of([[1, 0]])
    assert upper.case(("a", "lo")).transition == Householder((F(1),), F(2))
    assert upper.case(("a", "hi")).transition == DeltaRule((F(1),), F(1))
    assert upper.case(("b", "lo")).transition == HouseholderProduct(
        (DeltaRule((F(1),), F(1, 2)), Householder((F(3),), F(1)))
    )
    assert isinstance(upper.readout, StateTable)
    assert lrnn.output("a") is False


@pytest.mark.parametrize("value", ["1/2", "0.5", "+2/4", " 1/2 "])
def test_spellings_of_one_half(value: str) -> None:
    network = copy.deepcopy(NETWORK)
    at(f"{CASE}.A.entries", [value, -1])(network)
    assert lrnn_from_json(network) == lrnn_from_json(NETWORK)


def test_a_list_of_numbers_is_one_column() -> None:
    network = copy.deepcopy(NETWORK)
    at(f"{CASE}.B", ["0", 0])(network)
    at("layers.0.initial", [["0"], ["1"]])(network)
    assert lrnn_from_json(network) == lrnn_from_json(NETWORK)


def test_the_largest_sizes() -> None:
    network: Json = {
        "alphabet": ["a"],
        "layers": [
            {
                "initial": [[0] * MAX_SIZE] * MAX_SIZE,
                "cases": [
                    {
                        "on": ["a"],
                        "A": {"kind": "diagonal", "entries": ["9" * MAX_DIGITS] * MAX_SIZE},
                        "B": [[0] * MAX_SIZE] * MAX_SIZE,
                    }
                ],
                "readout": {
                    "kind": "threshold",
                    "functionals": [
                        {"weights": [[1] * MAX_SIZE] * MAX_SIZE, "relation": ">", "bound": 0}
                    ],
                    "table": [{"bits": "0", "output": True}],
                },
            }
        ],
    }
    assert lrnn_from_json(network).layers[0].initial.shape == (MAX_SIZE, MAX_SIZE)


# --- refused: values ---------------------------------------------------------------------------

REFUSED: dict[str, tuple[Callable[[Json], None], str]] = {
    "no layers key": (
        at("layers", DELETE),
        "the file: the key 'layers' is missing; expected alphabet, layers",
    ),
    "unknown top key": (at("name", "x"), "the file: unknown key 'name'; expected alphabet, layers"),
    "empty alphabet": (at("alphabet", []), "alphabet: expected a list of at least 1 items; got 0"),
    "alphabet is text": (at("alphabet", "ab"), "alphabet: expected a list; got 'ab'"),
    "letter is a number": (
        at("alphabet.1", 1),
        "alphabet[1]: expected a string that is not empty; got 1",
    ),
    "letter is empty": (at("alphabet.0", ""), "alphabet[0]: expected a string that is not empty"),
    "letter twice": (at("alphabet", ["a", "b", "a"]), "at least one letter, all different"),
    "half a surrogate pair": (at("alphabet.0", "\ud800"), "alphabet[0]: '\\ud800' contains half"),
    "no layer": (at("layers", []), "layers: expected a list of at least 1 items; got 0"),
    "layer is a list": (
        at("layers.0", [1]),
        "layers[0]: expected an object with the keys initial, cases, readout; got [1]",
    ),
    "layer without initial": (at("layers.0.initial", DELETE), "layers[0]: the key 'initial' is"),
    "no cases": (at("layers.0.cases", []), "layers[0].cases: expected a list of at least 1 items"),
    "missing letter": (
        at("layers.0.cases.1", DELETE),
        "layer 1 has no case for the letter 'b'; add one",
    ),
    "letter not in the alphabet": (
        at(f"{CASE}.on", ["c"]),
        "layer 1 has a case on c; the letter is not in the alphabet a, b",
    ),
    "a symbol too long": (
        at(f"{CASE}.on", ["a", "lo"]),
        "layer 1 has a case on (a, lo); its symbols are the letter and the outputs of the 0",
    ),
    "a symbol too short": (
        at("layers.1.cases.0.on", ["a"]),
        "layer 2 has a case on a; its symbols are the letter and the outputs of the 1 layers below",
    ),
    "a symbol twice": (
        at("layers.0.cases.1.on", ["a"]),
        "layers[0].cases[1]: a second case on a; keep one of them",
    ),
    "a symbol with a number": (
        at("layers.1.cases.0.on", ["a", 1]),
        "layers[1].cases[0].on[1]: expected true, false or a string; got 1",
    ),
    "an empty symbol": (at(f"{CASE}.on", []), "layers[0].cases[0].on: expected a list of at least"),
    "A without kind": (at(f"{CASE}.A", {}), 'cases[0].A: expected an object with the key "kind"'),
    "A is a list": (at(f"{CASE}.A", [[1]]), 'cases[0].A: expected an object with the key "kind"'),
    "unknown kind": (
        at(f"{CASE}.A.kind", "banded"),
        "layers[0].cases[0].A: unknown kind 'banded'; expected one of diagonal, householder, "
        "delta, product, dense, gated, diagonal-plus-rank-one, householder-diagonal, blocks",
    ),
    "kind is no text": (at(f"{CASE}.A.kind", ["x"]), "cases[0].A.kind: expected a string"),
    "wrong key for the kind": (
        at(f"{CASE}.A", {"kind": "diagonal", "rows": [[1]]}),
        "layers[0].cases[0].A: the key 'entries' is missing; expected kind, entries",
    ),
    "one key too many": (
        at(f"{CASE}.A.beta", "1"),
        "layers[0].cases[0].A: unknown key 'beta'; expected kind, entries",
    ),
    "A of the wrong size": (
        at(f"{CASE}.A.entries", ["1"]),
        "layers[0]: on a: A is 1 x 1, but the initial state has 2 rows",
    ),
    "A not square": (
        at("layers.0.cases.1.A.rows", [[1, 2]]),
        "layers[0].cases[1].A: Dense needs a square matrix; this one has shape (1, 2)",
    ),
    "A ragged": (
        at("layers.0.cases.1.A.rows", [[1, 2], [3]]),
        "layers[0].cases[1].A.rows: row 1 has 1 entries, row 0 has 2",
    ),
    "zero direction": (
        at("layers.1.cases.0.A.v", [0]),
        "layers[1].cases[0].A: Householder.v is the zero vector",
    ),
    "empty vector": (
        at(f"{CASE}.A.entries", []),
        "cases[0].A.entries: expected a list of at least",
    ),
    "factors of two sizes": (
        at("layers.1.cases.2.A.factors.1.v", [1, 2]),
        "layers[1].cases[2].A: HouseholderProduct factors have different dimensions: [1, 2]",
    ),
    "no factors": (
        at("layers.1.cases.2.A.factors", []),
        "A.factors: expected a list of at least 1",
    ),
    "a diagonal factor": (
        at("layers.1.cases.2.A.factors.0", {"kind": "diagonal", "entries": [1]}),
        "cases[2].A.factors[0]: the factors of a product are of kind householder or delta",
    ),
    "B of the wrong shape": (
        at(f"{CASE}.B", [["0", "0"]]),
        "layers[0]: on a: B has shape (1, 2), but the initial state has shape (2, 1)",
    ),
    "B half a column": (at(f"{CASE}.B", ["0", ["0"]]), "cases[0].B[0]: expected a list; got '0'"),
    "B is a number": (at(f"{CASE}.B", 0), "layers[0].cases[0].B: expected a list; got 0"),
    "not a number": (
        at(f"{CASE}.B.1.0", "one"),
        "layers[0].cases[0].B[1][0]: 'one' is not a rational number",
    ),
    "a power": (at(f"{CASE}.B.1.0", "1e3"), "cases[0].B[1][0]: '1e3' is not a rational number"),
    "a root": (at(f"{CASE}.B.1.0", "sqrt(2)"), "'sqrt(2)' is not a rational number"),
    "division by zero": (at(f"{CASE}.B.1.0", "1/0"), "cases[0].B[1][0]: '1/0' divides by zero"),
    "a float": (
        at("layers.0.readout.functionals.0.bound", 0.1),
        "layers[0].readout.functionals[0].bound: 0.1 is a floating-point number, and an exact one "
        'is needed here; write "1/10" as a string',
    ),
    "NaN": (
        at(f"{CASE}.B.0.0", float("nan")),
        "layers[0].cases[0].B[0][0]: nan is not a number of any exact field",
    ),
    "Infinity": (at(f"{CASE}.B.0.0", float("inf")), "inf is not a number of any exact field"),
    "a truth value": (at(f"{CASE}.B.0.0", True), "cases[0].B[0][0]: True is no number; expected a"),
    "null": (at("layers.0.initial.0", None), "layers[0].initial[0]: None is no number"),
    "a huge integer": (
        at(f"{CASE}.B.0.0", 10**MAX_DIGITS),
        f"cases[0].B[0][0]: a number of more than {MAX_DIGITS} digits is over the limit",
    ),
    "a huge text": (
        at(f"{CASE}.B.0.0", "1" * (MAX_DIGITS + 1)),
        f"cases[0].B[0][0]: a number of {MAX_DIGITS + 1} characters is over the limit",
    ),
    "too many entries": (
        at(f"{CASE}.A.entries", [0] * (MAX_SIZE + 1)),
        f"cases[0].A.entries: {MAX_SIZE + 1} entries are over the limit of {MAX_SIZE}",
    ),
    "too many rows": (
        at("layers.0.cases.1.A.rows", [[0]] * (MAX_SIZE + 1)),
        f"cases[1].A.rows: {MAX_SIZE + 1} rows are over the limit of {MAX_SIZE}",
    ),
    "unknown readout": (
        at(f"{TOP}.kind", "argmax"),
        "layers[0].readout: unknown kind 'argmax'; expected one of states, threshold",
    ),
    "readout without kind": (
        at(f"{TOP}.kind", DELETE),
        'layers[0].readout: expected an object with the key "kind"',
    ),
    "readout of the wrong shape": (
        at(f"{TOP}.functionals.0.weights", ["1"]),
        "layers[0]: the read-out reads states of shape (1, 1), the initial state has shape (2, 1)",
    ),
    "weights of two shapes": (
        at(
            f"{TOP}.functionals",
            [
                {"weights": ["1", "0"], "relation": ">", "bound": "0"},
                {"weights": ["1"], "relation": ">", "bound": "0"},
            ],
        ),
        "layers[0].readout: functionals have weights of different shapes",
    ),
    "unknown relation": (
        at(f"{TOP}.functionals.0.relation", "<"),
        "layers[0].readout.functionals[0].relation: '<' is not one of >=, >",
    ),
    "no functionals": (at(f"{TOP}.functionals", []), "readout.functionals: expected a list of at"),
    "no bits": (at(f"{TOP}.table", []), "layers[0].readout.table: expected a list of at least 1"),
    "bits of the wrong length": (
        at(f"{TOP}.table.0.bits", "01"),
        "layers[0].readout: '01' in the read-out table is no string of 1 bits",
    ),
    "bits of other digits": (
        at(f"{TOP}.table.0.bits", "2"),
        "layers[0].readout: '2' in the read-out table is no string of 1 bits",
    ),
    "bits twice": (
        at(f"{TOP}.table.1.bits", "0"),
        "layers[0].readout.table[1]: the bits 0 are listed twice; keep one of them",
    ),
    "output is a number": (
        at(f"{TOP}.table.0.output", 1),
        "layers[0].readout.table[0].output: expected true, false or a string; got 1",
    ),
    "output is half a surrogate pair": (
        at(f"{TOP}.table.0.output", "x\udfff"),
        "layers[0].readout.table[0].output: 'x\\udfff' contains half of a surrogate pair",
    ),
    "state twice": (
        at(f"{TABLE}.1.state", [["2/2", "0"]]),
        "layers[1].readout.table[1]: the state [1, 0] is listed twice; keep one of them",
    ),
    "states of two shapes": (
        at(f"{TABLE}.1.state", ["1"]),
        "layers[1].readout: the read-out table lists states of different shapes",
    ),
    "no states": (at(TABLE, []), "layers[1].readout.table: expected a list of at least 1 items"),
}


@pytest.mark.parametrize(("change", "message"), REFUSED.values(), ids=REFUSED)
def test_refused_with_the_place(
    change: Callable[[Json], None], message: str, tmp_path: Path
) -> None:
    network = copy.deepcopy(NETWORK)
    change(network)
    with pytest.raises(LRNNFileError) as caught:
        lrnn_from_json(network)
    assert message in str(caught.value)
    # From a file the same, with the name of the file in front.
    path = write(tmp_path, json.dumps(network))
    with pytest.raises(LRNNFileError) as from_file:
        read_lrnn(path)
    assert str(from_file.value) == f"{path}: {caught.value}"


@pytest.mark.parametrize("value", [None, 3, "x", [], [NETWORK], {}])
def test_other_json_is_no_network(value: Json) -> None:
    with pytest.raises(LRNNFileError, match=r"^the file: "):
        lrnn_from_json(value)


def test_long_values_are_shortened_in_messages() -> None:
    with pytest.raises(LRNNFileError) as caught:
        lrnn_from_json({"alphabet": "x" * 10_000, "layers": []})
    assert len(str(caught.value)) < 150
    assert str(caught.value).endswith("...")


# --- refused: files ----------------------------------------------------------------------------

TEXT = json.dumps(NETWORK)
BAD_FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", r"line 1, column 1: not JSON \(Expecting value\)"),
    "truncated": (TEXT[:300].encode(), r"line 1, column \d+: not JSON"),
    "two values": (f"{TEXT} {TEXT}".encode(), r"column \d+: not JSON \(Extra data\)"),
    "not JSON": (b"alphabet: [a]\n", "line 1, column 1: not JSON"),
    "second line": (b'{"alphabet": ["a"],\n oops}', r"line 2, column 2: not JSON"),
    "not UTF-8": (TEXT.encode("utf-16"), "byte 0 is not UTF-8; save the file as UTF-8"),
    "one wrong byte": (b'{"alphabet": ["\xe9"]}', "byte 15 is not UTF-8"),
    "byte order mark": (b"\xef\xbb\xbf" + TEXT.encode(), "line 1, column 1: not JSON"),
    "duplicate key": (
        TEXT.replace('"alphabet"', '"layers": [], "alphabet"', 1).encode(),
        "json: the key 'layers' stands twice in one object; keep one of them",
    ),
    "duplicate key inside": (
        TEXT.replace('"relation"', '"bound": "0", "relation"', 1).encode(),
        "json: the key 'bound' stands twice in one object",
    ),
    "NaN literal": (
        TEXT.replace('"1/3"', "NaN").encode(),
        r"functionals\[0\].bound: nan is not a number of any exact field",
    ),
    "float literal": (TEXT.replace('"1/3"', "1e400").encode(), "bound: inf is not a number"),
    "huge integer": (
        TEXT.replace('"1/3"', "1" * 100_000).encode(),
        "a number is too long: Exceeds the limit",
    ),
    "nested lists": (b"[" * 100_000 + b"]" * 100_000, "the brackets are nested too deeply"),
    "nested objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "the brackets are nested"),
    "nested alphabet": (
        b'{"alphabet": ' + b"[" * 500 + b"]" * 500 + b', "layers": []}',
        r"alphabet\[0\]: expected a string",
    ),
    "too large": (b" " * (MAX_BYTES + 1), f"{MAX_BYTES + 1} bytes are over the limit of"),
}


@pytest.mark.parametrize(("content", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_bad_files(content: bytes, message: str, tmp_path: Path) -> None:
    path = write(tmp_path, content)
    with pytest.raises(LRNNFileError, match=message) as caught:
        read_lrnn(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("depth", [2, 100, 485, 490, 495, 1000])
def test_products_of_products(depth: int, tmp_path: Path) -> None:
    # Around half of the recursion limit the parser gets through and the reader must not fall.
    factor = '{"kind": "delta", "k": [1], "beta": 1}'
    nested = '{"kind": "product", "factors": [' * depth + factor + "]}" * depth
    network = copy.deepcopy(NETWORK)
    network["layers"][1]["cases"][2]["A"] = "HERE"
    path = write(tmp_path, json.dumps(network).replace('"HERE"', nested))
    with pytest.raises(LRNNFileError, match=r"householder or delta|nested too deeply"):
        read_lrnn(path)


def test_no_such_file(tmp_path: Path) -> None:
    path = tmp_path / "missing.json"
    with pytest.raises(LRNNFileError, match="No such file or directory; give a readable file"):
        read_lrnn(path)


def test_a_directory(tmp_path: Path) -> None:
    with pytest.raises(LRNNFileError, match=f"{tmp_path}: Is a directory; give a readable file"):
        read_lrnn(tmp_path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT)
    path.chmod(0)
    with pytest.raises(LRNNFileError, match="Permission denied; give a readable file"):
        read_lrnn(path)


# --- writing -----------------------------------------------------------------------------------


@given(st.data(), st.integers(1, 3))
@examples(20)
def test_round_trip(data: st.DataObject, depth: int) -> None:
    entries = rationals(10**6, 10**6)
    lrnn = data.draw(
        networks(lambda size: transitions(size, entries), entries=entries, depth=depth, max_rows=2)
    )
    written = lrnn_to_json(lrnn)
    assert lrnn_from_json(written) == lrnn
    assert lrnn_from_json(json.loads(json.dumps(written))) == lrnn
    assert lrnn_to_json(lrnn_from_json(written)) == written


def test_round_trip_of_state_tables() -> None:
    for lrnn in (scalar_parity(), householder_parity()):
        assert lrnn_from_json(lrnn_to_json(lrnn)) == lrnn


def test_every_number_is_written_as_text() -> None:
    def numbers(value: Json) -> list[Json]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [found for item in value for found in numbers(item)]
        return [] if isinstance(value, bool | str) else [value]

    assert numbers(lrnn_to_json(lrnn_from_json(NETWORK))) == []
