"""A table in every format: nothing of it is lost, and nothing in it is taken for markup."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from hypothesis import given
from hypothesis import strategies as st

from monoscan.tables import FORMATS, SUFFIXES, Column, Records, Strong, Table, written
from monoscan.tables.markup import as_html, as_markdown
from monoscan.tables.text import as_text, text_lines

COLUMNS = (Column("status"), Column("evidence", wraps=True), Column("n", "right"))
TABLE = Table(
    COLUMNS,
    (
        ("proved", "a & b <= c", "1"),
        ("refuted", "x|y_z", "10"),
        ("failed", Strong("first\nsecond"), "2"),
    ),
    title="A title",
    introduction=("above",),
    headings=("one", "one", "two"),
    notes=("below", "", "  kept   as it is"),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=30)


def test_text_has_everything_in_its_place() -> None:
    assert as_text(TABLE).splitlines() == [
        "A title",
        "above",
        "",
        "  status   evidence     n",
        "one",
        "  proved   a & b <= c   1",
        "  refuted  x|y_z       10",
        "two",
        "  failed   first        2",
        "           second",
        "",
        "below",
        "",
        "  kept   as it is",
    ]


def test_status_words_and_strong_cells_are_coloured() -> None:
    styles = {
        line.text[start:end]: style
        for line in text_lines(TABLE)
        for start, end, style in line.styles
    }
    assert styles["proved "] == "green"
    assert styles["failed "] == "bold red"
    assert styles["first     "] == "bold"


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=4), st.integers(40, 200))
def test_rows_fit_the_width_and_lose_no_sign(rows: list[list[str]], width: int) -> None:
    columns = (Column("left", wraps=True), Column("right", wraps=True))
    lines = as_text(Table(columns, tuple(map(tuple, rows))), width).splitlines()
    assert all(len(line) <= width for line in lines)
    found = sorted("".join(lines[1:]).replace(" ", ""))
    assert found == sorted("".join(cell for row in rows for cell in row))


def test_columns_with_a_meaning_are_numbered_in_text_only() -> None:
    table = Table((Column("language"), Column("a long name", meaning="diag(a)")), (("s3", "no"),))
    assert as_text(table).splitlines()[0].split() == ["language", "1"]
    assert "  1  a long name: diag(a)" in as_text(table)
    for format_ in ("md", "html", "csv"):
        assert "a long name" in written(table, format_)


def test_markdown_escapes_what_would_end_a_cell() -> None:
    lines = as_markdown(TABLE).splitlines()
    assert "| refuted | x\\|y_z | 10 |" in lines
    assert "| failed | **first (second)** | 2 |" in lines
    assert "**two**" in lines
    assert "|---|---|--:|" in lines


class Cells(HTMLParser):
    """The cells of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag in ("td", "th"):
            self.found.append("")

    def handle_data(self, data: str) -> None:
        if self.found and data.strip():
            self.found[-1] += data


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), max_size=4))
def test_html_and_csv_and_json_say_what_the_cells_say(rows: list[list[str]]) -> None:
    table = Table((Column("a"), Column("b")), tuple(map(tuple, rows)))
    assert Cells(as_html(table)).found == ["a", "b", *(cell for row in rows for cell in row)]
    assert list(csv.reader(io.StringIO(written(table, "csv")))) == [["a", "b"], *rows]
    found = json.loads(written(table, "json"))["rows"]
    assert [[row["a"], row["b"]] for row in found] == rows
    assert table._repr_html_() == as_html(table)


def test_records_and_value_replace_the_cells() -> None:
    table = Table((Column("a"),), (("x",),), records=Records(("n",), ((1,),)), value={"n": 1})
    assert written(table, "csv") == "n\n1\n"
    assert json.loads(written(table, "json")) == {"n": 1}
    assert "x" in written(table, "text")


@pytest.mark.parametrize("rows", [(("a", "b"),), ((),)])
def test_a_row_has_a_cell_a_column(rows: tuple[tuple[str, ...], ...]) -> None:
    with pytest.raises(ValueError, match="expected 1"):
        Table((Column("one"),), rows)


def test_each_row_has_a_heading_or_none_has() -> None:
    with pytest.raises(ValueError, match="1 headings for 2 rows"):
        Table((Column("one"),), (("a",), ("b",)), headings=("h",))


def test_only_columns_that_say_the_same_in_all_rows_go() -> None:
    columns = (Column("length"), Column("right"), Column("bits"), Column("error"))
    rows = (("8", "1.0", "", "none"), ("8", "1.0", "", "3"))
    short = Table(columns, rows).with_constants_said()
    assert short.titles == ("length", "error")
    assert short.notes == ("the same in every row: right 1.0",)
    one = Table(columns, rows[:1])
    assert one.with_constants_said() is one


# ------------------------------------------------------------------ -o FILE and --format


# Parquet needs a library: test_parquet.
@pytest.mark.parametrize("suffix", [end for end in SUFFIXES if end != ".parquet"])
def test_the_end_of_the_name_is_the_format(tmp_path: Path, suffix: str) -> None:
    asked = ("monoscan", "list", "formats")
    said = run_here(tmp_path, *asked, "-o", f"new/table{suffix}")
    assert (said.exit_code, said.stdout) == (0, f"written to new/table{suffix}\n")
    printed = run_here(tmp_path, *asked, "--format", SUFFIXES[suffix]).stdout
    assert (tmp_path / "new" / f"table{suffix}").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_can_be_said(tmp_path: Path, name: str) -> None:
    asked = ("monoscan", "predict", "--language", "parity", "--class", "mamba")
    answer = run_here(tmp_path, *asked, "--format", name)
    assert answer.exit_code == 0
    assert answer.stderr.startswith("language: parity") == (name != "json")
    assert "as released" in answer.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--format", "pdf"), "--format pdf: expected one of text, md, latex, csv"),
        (("-o", "table.pdf"), "-o table.pdf: the end of the name tells no format; expected"),
        (("-o", "table"), "or give --format"),
        (("--json", "--format", "md"), "--json and --format md ask for two formats"),
        (("-o", "file/table.md"), "cannot write the table to file/table.md: Not a directory"),
    ],
)
def test_bad_output_options(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    (tmp_path / "file").touch()
    assert said in fails(tmp_path, "monoscan", "list", "formats", *options)


def test_the_width_is_respected_where_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("monoscan", "list", "theorems")
    free = run_here(tmp_path, *asked).stdout.splitlines()
    monkeypatch.setenv("COLUMNS", "60")
    narrow = run_here(tmp_path, *asked).stdout.splitlines()
    assert max(map(len, free)) > 100
    assert max(map(len, narrow)) <= 60
    assert sorted("".join("".join(free).split())) == sorted("".join("".join(narrow).split()))
