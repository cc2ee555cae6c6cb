"""The solvability table: cells, formats, and the page in docs/."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from helpers.command_line import run_here

from monoscan.face.architectures import shown_classes
from monoscan.report.solvability import FAILED, Answer, Cell, Solvability, solvability
from monoscan.report.solvability_table import solvability_table
from monoscan.tables import FORMATS, written

LANGUAGES = ("parity", "s3", "ends-with-ab")
CLASSES = ("diagonal-nonnegative", "householder", "permutation-diagonal", "nonlinear-rnn")
SYMBOLS = [["no", "1", "1", "yes*"], ["no", "2", "1", "yes*"], ["no", "2", "1", "yes*"]]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Solvability:
    return solvability(LANGUAGES, CLASSES, tmp_path_factory.mktemp("table"))


def symbols(table: Solvability) -> list[list[str]]:
    return [[cell.symbol for cell in row] for row in table.cells]


def test_cells(table: Solvability) -> None:
    assert symbols(table) == SYMBOLS
    assert table.is_confirmed


def test_two_processes_give_the_same_table(tmp_path: Path) -> None:
    done: list[str] = []
    other = solvability(LANGUAGES, CLASSES, tmp_path, processes=2, progress=done.append)
    assert symbols(other) == SYMBOLS
    assert len(done) == len(LANGUAGES)


def test_every_answer_has_its_certificate(table: Solvability) -> None:
    for answer in table.answers:
        has_none = answer.verdict == "unknown" or answer.is_cited
        assert has_none == (answer.certificate == "")
        assert not answer.certificate or Path(answer.certificate).exists()


def test_text(table: Solvability) -> None:
    lines = written(solvability_table(table), "text").splitlines()
    rows = [line.split()[1:] for line in lines if line.startswith("  parity ")]
    assert rows == [[symbol] for symbol in SYMBOLS[0]]
    assert "[-1,1]: I - b k k^T, b in [0, 2] (householder)." in lines
    assert lines.index("no: no number of layers suffices") < lines.index("delta rules")


def test_markdown(table: Solvability) -> None:
    lines = written(solvability_table(table), "md").splitlines()
    assert [line for line in lines if line.startswith("| language")] == [
        f"| language | {head} |" for head in ("[0,1]", "[-1,1]", "pd", "rnn")
    ]
    rows = [line for line in lines if line.startswith("| ends-with-ab")]
    assert rows == [f"| ends-with-ab | {symbol} |" for symbol in ("no", "2", "1", "yes*")]


def test_latex(table: Solvability) -> None:
    text = written(solvability_table(table), "latex")
    assert r"ends-with-ab & no & 2 & 1 & yes* \\" in text
    assert text.count(r"\rotatebox") == len(CLASSES)
    assert [rule for rule in ("toprule", "midrule", "bottomrule") if rule in text]
    assert text.count("{") == text.count("}")


def test_csv_and_json_hold_every_answer(table: Solvability) -> None:
    rows = list(csv.DictReader(io.StringIO(written(solvability_table(table), "csv"))))
    answers = json.loads(written(solvability_table(table), "json"))["answers"]
    assert len(rows) == len(answers) == len(LANGUAGES) * len(CLASSES) * 3
    for row, answer in zip(rows, answers, strict=True):
        assert (row["language"], row["verdict"]) == (answer["language"], answer["verdict"])
    first = rows[0]
    assert (first["model_class"], first["depth"], first["evidence"]) == (
        "diagonal-nonnegative",
        "1",
        "psd-products-aperiodic",
    )


def answer(
    depth: int | str, verdict: str, layers: int | None = None, *, cited: bool = False
) -> Answer:
    return Answer("l", "c", depth, "exact", verdict, "", "", layers, "", cited)


def test_a_cell_that_is_cited_in_latex(table: Solvability) -> None:
    cell = Cell("l", "c", (answer(1, NO), answer("any", YES, 4, cited=True)))
    small = replace(
        table, languages=("l",), classes=("householder",), cells=((cell,),), windows=((1, 1),)
    )
    text = written(solvability_table(small), "latex")
    assert r"$>$1 $\le$4*" in text


def test_a_conditional_citation_says_its_condition(tmp_path: Path) -> None:
    found = solvability(("a5", "s3"), ("transformer",), tmp_path)
    assert symbols(found) == [["no*"], ["?"]]
    text = written(solvability_table(found), "text")
    assert "no* in the column transformer: unless TC0 = NC1" in text


def test_a_column_says_which_names_it_is_for(table: Solvability) -> None:
    names = (("a",), ("deltanet, allow_neg_eigval", "DeltaNet"), ("b",), ("c",))
    named = replace(table, names=names)
    title = "deltanet, allow_neg_eigval; DeltaNet"
    assert f"{title}: I - b k k^T, b in [0, 2]" in written(solvability_table(named), "text")
    assert f" {title} |" in written(solvability_table(named), "md")
    assert r"allow\_neg\_eigval" in written(solvability_table(named), "latex")
    assert json.loads(written(solvability_table(named), "json"))["columns"][1] == {
        "class": "householder",
        "windows": [1, 1],
        "name": title,
        "transitions": "I - b k k^T, b in [0, 2]",
    }


def test_an_open_range_that_is_right_up_to_every_length() -> None:
    never = Answer("l", "c", "any", "exact", NO, "", "", None, "", every_length=True)
    one_layer = replace(never, depth=1)
    assert Cell("l", "c", (one_layer, never)).symbol == "no+"
    assert Cell("l", "c", (one_layer, replace(never, every_length=False))).symbol == "no"


NO, YES, OPEN = "not-expressible", "expressible", "unknown"


@pytest.mark.parametrize(
    ("answers", "symbol"),
    [
        ([answer(1, NO), answer(2, YES, 2), answer("any", YES, 2)], "2"),
        ([answer(1, OPEN), answer(2, YES, 2), answer("any", YES, 2)], "<=2"),
        ([answer(1, NO), answer(2, NO), answer("any", OPEN)], ">2"),
        ([answer(1, NO), answer(2, NO), answer("any", NO)], "no"),
        ([answer(1, OPEN), answer(2, OPEN), answer("any", OPEN)], "?"),
        ([answer(1, YES, 1), answer(2, FAILED), answer("any", YES, 1)], "!"),
        ([answer(1, OPEN), answer(4, YES, 4, cited=True)], "<=4*"),
        ([answer(1, NO), answer("any", YES, 4, cited=True)], ">1 <=4*"),
        ([answer(1, OPEN), answer("any", YES, cited=True)], "yes*"),
        ([answer(1, NO), answer("any", NO, cited=True)], ">1 no*"),
        ([answer(3, YES, 3, cited=True), answer("any", YES, 5)], "<=5"),
    ],
)
def test_symbols(answers: list[Answer], symbol: str) -> None:
    assert Cell("l", "c", tuple(answers)).symbol == symbol


def test_every_class_has_a_place_among_a_few_columns() -> None:
    classes = tuple(found.id for found in shown_classes())
    row = tuple(Cell("l", name, (answer("any", OPEN),)) for name in classes)
    found = Solvability(("l",), classes, ("any",), (row,), ((1, 1),) * len(classes))
    parts = found.table().parts
    assert sum(len(part.columns) - 1 for part in parts) == len(classes)
    for part in parts:
        assert len(part.columns) <= 8
        assert len(set(part.titles)) == len(part.titles)
    for line in written(found.table(), "text").splitlines():
        if line.startswith("  "):
            assert len(line) <= 80
    csv = written(found.table(), "csv").splitlines()
    assert len(csv) == 1 + len(classes)


def test_a_rejected_certificate_is_seen(table: Solvability) -> None:
    cell = Cell("l", "c", (answer(1, FAILED),))
    assert not replace(table, cells=((cell,),)).is_confirmed


@pytest.mark.parametrize("format_", FORMATS)
def test_the_command(tmp_path: Path, format_: str) -> None:
    command = ("monoscan", "table", "solvability", "--format", format_, "--processes", "1")
    done = run_here(tmp_path, *command, "--language", "parity", "--class", "mamba")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "parity" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nonsense",), "there is no table 'nonsense'; expected solvability"),
        (("solvability", "--format", "pdf"), "--format pdf: expected one of text, md"),
        (("solvability", "--language", "zzz"), "there is no language 'zzz'"),
        (("solvability", "--class", "zzz"), "there is no architecture or model class 'zzz'"),
        (("solvability", "--depth", "0"), "--depth 0: expected any, or a number of layers"),
        (("solvability", "--semantics", "vague"), "--semantics vague: expected one of exact, "),
        (
            ("solvability", "--processes", "-1"),
            "--processes -1: expected a whole number",
        ),
    ],
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run_here(tmp_path, "monoscan", "table", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.slow
def test_the_page_shows_the_table(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "solvability.md").read_text(encoding="utf-8")
    printed = run_here(tmp_path, "monoscan", "table", "solvability", "--format", "md").stdout
    rows = re.findall(r"^\| .*$", printed, flags=re.MULTILINE)
    assert rows == re.findall(r"^\| .*$", page, flags=re.MULTILINE)


def test_a_column_is_a_class_with_windows(tmp_path) -> None:
    classes = ("diagonal-nonnegative", "diagonal-nonnegative")
    found = solvability(("ends-with-ab",), classes, tmp_path, windows=((1, 1), (4, 4)))
    assert symbols(found) == [["no", "1"]]
    assert {(answer.window_a, answer.window_b) for answer in found.answers} == {(1, 1), (4, 4)}
