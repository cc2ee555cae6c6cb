"""Columns that stand below a table which is too wide, and columns in groups."""

from __future__ import annotations

from monoscan.tables import Column, Table
from monoscan.tables.markup import as_html, as_markdown
from monoscan.tables.text import as_text

TABLE = Table(
    (Column("name"), Column("region", wraps=True, goes_below=True), Column("answer")),
    (("one", "a in [0, 1]", "yes"), ("two", "a in [0, 1]", "no"), ("three", "any", "?")),
    notes=("a note",),
)


def test_a_table_that_fits_keeps_them() -> None:
    for width in (None, 80, 28):
        assert "region" in as_text(TABLE, width).splitlines()[0]


def test_one_that_does_not_fit_says_them_below_once_each() -> None:
    lines = as_text(TABLE, 20).splitlines()
    assert lines[0].split() == ["name", "answer"]
    assert lines[1].split() == ["one", "yes"]
    assert lines[4:] == ["", "region:", "a in [0, 1]: one;", "two", "any: three", "", "a note"]


GROUPED = Table(
    (
        Column("language"),
        Column("diagonal-real", "right", meaning="diag(a)", group="diagonal", head="[-1,1]"),
        Column("dense", "right", group="others"),
        Column("complex", "right", meaning="complex a", group="diagonal"),
    ),
    (("parity", "1", "2", "3"),),
    notes=("a legend",),
)


def test_groups_are_tables_of_their_own_after_the_legend() -> None:
    assert as_text(GROUPED).splitlines() == [
        "a legend",
        "",
        "diagonal",
        "[-1,1]: diag(a) (diagonal-real); complex: complex a.",
        "",
        "  language  [-1,1]  complex",
        "  parity         1        3",
        "",
        "others",
        "",
        "  language  dense",
        "  parity        2",
    ]
    lines = as_markdown(GROUPED).splitlines()
    assert lines[0] == "* a legend"
    assert "| language | [-1,1] | complex |" in lines
    assert as_html(GROUPED).count("<table>") == 2


def test_a_group_that_is_too_wide_is_cut_between_columns() -> None:
    lines = [line for line in as_text(GROUPED, 20).splitlines() if line.startswith("  ")]
    assert [line.split() for line in lines[:4]] == [
        ["language", "[-1,1]"],
        ["parity", "1"],
        ["language", "complex"],
        ["parity", "3"],
    ]
