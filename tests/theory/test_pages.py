"""docs/lrnn-json.md and docs/semantics.md: what they show is read from them and run."""

from __future__ import annotations

import json
import re
import shlex
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from helpers.command_line import run_here

from monoscan.automata import get_language
from monoscan.strategies.formats import SEMANTICS, semantics_of
from monoscan.theory.decide import decide
from monoscan.theory.explore import MAX_BITS
from monoscan.theory.formats import VALUES_LIMIT, RoundingMode, parse_format
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.lrnn_json import LRNNFileError, lrnn_from_json, lrnn_to_json
from monoscan.theory.lrnn_json.fields import MAX_DEGREE, MAX_SIZE, Field
from monoscan.theory.lrnn_json.reading import MAX_BYTES
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import MAX_DIGITS, cosine, sine, sqrt_of, zeta
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.recurrence import MAX_INDEX
from monoscan.theory.rounding_parity import deltanet_rounded_operations
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import Diagonal

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "lrnn-json.md").read_text(encoding="utf-8")
SEMANTICS_PAGE = (DOCS / "semantics.md").read_text(encoding="utf-8")
FILES: dict[str, str] = dict(
    re.findall(r"Save this as `([a-z-]+\.json)`:\n\n```json\n(.*?)```", PAGE, flags=re.DOTALL)
)
RUNS: list[tuple[str, str]] = [
    run
    for block in re.findall(r"```text\n(.*?)```", PAGE, flags=re.DOTALL)
    for run in re.findall(r"\$ verify (.*)\n((?:.+\n)+)", block)
]
EXIT_CODES = {"proved": 0, "refuted": 1}


def words(text: str) -> str:
    """The text without its line breaks."""
    return " ".join(text.split())


# --- docs/lrnn-json.md -------------------------------------------------------------------------


def test_the_page_has_three_examples_and_five_runs() -> None:
    assert list(FILES) == ["last-two-letters.json", "two-bits.json", "deltanet.json"]
    assert len(RUNS) == 5


@pytest.mark.parametrize(("command", "shown"), RUNS, ids=[command for command, _ in RUNS])
def test_the_examples_print_what_is_shown(command: str, shown: str, tmp_path: Path) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    answer = run_here(tmp_path, "verify", *shlex.split(command))
    assert answer.exit_code == EXIT_CODES[shown.split("\n")[0]], answer.output
    assert words(shown) in words(answer.stdout)


def test_example_2_is_counterexample_c() -> None:
    (ours,), (shown,) = (
        deltanet_rounded_operations().lrnn.layers,
        lrnn_from_json(json.loads(FILES["deltanet.json"])).layers,
    )
    assert (ours.initial, ours.cases) == (shown.initial, shown.cases)


KINDS = re.findall(r"^\| `([a-z-]+)` \| .*? \| `(\{.*\})` \|$", PAGE, flags=re.MULTILINE)


def test_every_kind_is_shown() -> None:
    assert [kind for kind, _ in KINDS] == [
        "diagonal",
        "householder",
        "delta",
        "product",
        "dense",
        "gated",
        "diagonal-plus-rank-one",
        "householder-diagonal",
        "blocks",
        "states",
        "threshold",
    ]


def one_layer(size: int, **changes: Any) -> dict[str, Any]:
    layer: dict[str, Any] = {
        "initial": [0] * size,
        "cases": [{"on": ["a"], "A": {"kind": "diagonal", "entries": [1] * size}, "B": [0] * size}],
        "readout": {
            "kind": "threshold",
            "functionals": [{"weights": [1] * size, "relation": ">", "bound": 0}],
            "table": [{"bits": "0", "output": True}],
        },
    }
    layer["cases"][0] |= changes.pop("case", {})
    return {"alphabet": ["a"], "layers": [layer | changes]}


@pytest.mark.parametrize(("kind", "written"), KINDS)
def test_what_is_shown_of_a_kind_is_read(kind: str, written: str) -> None:
    value = json.loads(written)
    assert value["kind"] == kind
    if kind in ("states", "threshold"):
        network = one_layer(1, readout=value)
    else:
        network = one_layer(2, case={"A": value})
    assert lrnn_to_json(lrnn_from_json(network))["layers"][0]


@pytest.mark.parametrize("text", ['`"3/4"`', '`"-2"`', '`"0.75"`'])
def test_the_spellings_of_numbers_are_read(text: str) -> None:
    assert text in PAGE
    lrnn_from_json(one_layer(1, initial=[json.loads(text.strip("`"))]))


IRRATIONAL = {
    "i, the square root of -1": zeta(4),
    "the square root of 2": sqrt_of(2),
    "the square root of 3": sqrt_of(3),
    "the square root of 5": sqrt_of(5),
    "cos(2 pi / 3) + i sin(2 pi / 3)": cosine(1, 3) + zeta(4) * sine(1, 3),
}
SHOWN = re.findall(r"^\| (.*) \| (\d+) \| `(\[.*\])` \|$", PAGE, flags=re.MULTILINE)


def test_the_irrational_numbers_are_what_the_page_says() -> None:
    assert [name for name, _, _ in SHOWN] == list(IRRATIONAL)
    for name, field, written in SHOWN:
        table = {"kind": "states", "table": [{"state": [[json.loads(written)]], "output": True}]}
        network = one_layer(1, readout=table, field=int(field))
        (layer,) = lrnn_from_json(network).layers
        assert isinstance(layer.readout, StateTable)
        assert list(layer.readout.table) == [Matrix.of([[IRRATIONAL[name]]])]


def test_the_column_of_irrational_numbers_on_the_page() -> None:
    assert "`[[[0, 1]], [1]]`" in PAGE
    assert Field([[[0, 1]], [1]], "B", 4).matrix() == Matrix.of([[zeta(4)], [1]])


def test_limits() -> None:
    assert f"is at most {MAX_DEGREE}." in words(PAGE)
    assert f"| phi(n) of a field of order n | {MAX_DEGREE} |" in PAGE
    assert f"| {MAX_BYTES // 2**20} MiB, UTF-8" in PAGE
    assert f"entries of a vector | {MAX_SIZE} |" in PAGE
    assert f"| {MAX_DIGITS:,} digits above and below the bar, {MAX_DIGITS:,} characters |" in PAGE
    assert f"beyond {MAX_BITS:,} bits" in words(PAGE)
    assert f"an index beyond {MAX_INDEX:,}" in words(PAGE)
    assert f"more than {VALUES_LIMIT:,} values" in words(PAGE)


MESSAGES = dict(
    re.findall(r"^\| (a [a-z ]+) \| `(.*)` \|$", PAGE.split("## Errors")[1], flags=re.MULTILINE)
)
PARITY: dict[str, Any] = json.loads((DOCS / "examples" / "reflection.json").read_text("utf-8"))


def parity_network() -> dict[str, Any]:
    one = {"kind": "diagonal", "entries": [1]}
    return {
        "alphabet": ["0", "1"],
        "layers": [
            {
                "initial": [0],
                "cases": [
                    {"on": ["0"], "A": one, "B": [0]},
                    {"on": ["1"], "A": one, "B": [1]},
                ],
                "readout": {
                    "kind": "states",
                    "table": [{"state": [0], "output": True}, {"state": [1], "output": False}],
                },
            }
        ],
    }


def broken(mistake: str) -> dict[str, Any]:
    network = parity_network()
    layer = network["layers"][0]
    case = layer["cases"][1]
    if mistake == "a float":
        case["B"] = [0.1]
    elif mistake == "a missing letter":
        del layer["cases"][1]
    elif mistake == "a wrong shape":
        case["A"] = {"kind": "diagonal", "entries": [1, 1]}
    else:
        case["A"] = {"kind": "diag", "entries": [1]}
    return network


@pytest.mark.parametrize(
    "mistake", ["a float", "a missing letter", "a wrong shape", "a misspelt kind"]
)
def test_messages_about_files(mistake: str) -> None:
    with pytest.raises(LRNNFileError) as caught:
        lrnn_from_json(broken(mistake))
    assert str(caught.value) == MESSAGES[mistake]


def test_the_message_about_a_key_that_stands_twice(tmp_path: Path) -> None:
    text = json.dumps(parity_network())
    (tmp_path / "twice.json").write_text(text.replace("{", '{"alphabet": [], ', 1))
    answer = run_here(tmp_path, "verify", "--lrnn", "twice.json", "--language", "parity")
    assert answer.exit_code == 2
    assert answer.stderr.strip() == f"error: twice.json: {MESSAGES['a key twice']}"


def test_messages_about_networks() -> None:
    parity = get_language("parity").build()
    with pytest.raises(ValueError, match="after the word") as caught:
        decide(lrnn_from_json(parity_network()), Exact(), parity)
    assert str(caught.value) == MESSAGES["a state that no table lists"]
    two_bits = json.loads(FILES["two-bits.json"])
    del two_bits["layers"][1]["cases"][3]
    with pytest.raises(ValueError, match="no case") as caught:
        decide(lrnn_from_json(two_bits), Exact(), parity)
    assert str(caught.value) == MESSAGES["a symbol that no case covers"]


def test_all_messages_are_tested() -> None:
    assert len(MESSAGES) == 7


# --- docs/semantics.md -------------------------------------------------------------------------

TRAJECTORIES = dict(re.findall(r"^\| `([a-z-]+)` \| (0, .*) \|$", SEMANTICS_PAGE, re.MULTILINE))


def test_the_table_of_one_network_under_all_four() -> None:
    assert "h <- 3/2 h + 1/2 from h = 0" in SEMANTICS_PAGE
    number_format = parse_format("fixed:1/2:-8:15/2")
    assert "`fixed:1/2:-8:15/2`" in SEMANTICS_PAGE
    functional = Functional(Matrix.of([[1]]), ">", Fraction(0))
    layer = Layer(
        Matrix.of([[0]]),
        {("1",): Case(Diagonal((Fraction(3, 2),)), Matrix.of([["1/2"]]))},
        Threshold((functional,), {"0": True}),
    )
    lrnn = LRNN(("1",), (layer,))
    assert tuple(TRAJECTORIES) == SEMANTICS
    last = set()
    for name, shown in TRAJECTORIES.items():
        semantics = semantics_of(name, number_format)
        states = [semantics.visible(semantics.states(lrnn, "1" * n)[0]) for n in range(5)]
        assert [str(state.rows[0][0]) for state in states] == shown.split(", ")
        last.add(states[-1])
    assert len(last) == 4


def test_the_rounding_modes_are_all_named() -> None:
    for mode in RoundingMode:
        assert f"`{mode}`" in SEMANTICS_PAGE
