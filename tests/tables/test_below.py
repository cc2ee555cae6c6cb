"""Columns that stand below a table which is too wide for a terminal."""

from __future__ import annotations

from monoscan.tables import Column, Table
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
