"""A table in any of the formats."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from typing import Final

from monoscan.tables.table import Table
from monoscan.tables.text import as_text


def as_csv(table: Table) -> str:
    r"""The records of a table, or its cells, with a line of titles.

    >>> from monoscan.tables import Column
    >>> as_csv(Table((Column("a"), Column("b")), (("1", "x,y"),)))
    'a,b\n1,"x,y"\n'
    """
    import csv  # as late as the markup: most tables are written as text

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    if table.records is not None:
        writer.writerow(table.records.titles)
        writer.writerows(table.records.rows)
    else:
        headed = zip(table.headings, table.rows, strict=True)
        writer.writerow((*(["heading"] if table.headings else []), *table.titles))
        writer.writerows(((h, *row) for h, row in headed) if table.headings else table.rows)
    return stream.getvalue()


def as_json_lines(table: Table) -> str:
    r"""A JSON object a line: the records of a table, or its rows.

    >>> from monoscan.tables import Column
    >>> as_json_lines(Table((Column("a"), Column("b")), (("1", "x"),)))
    '{"a": "1", "b": "x"}\n'
    """
    titles, rows = table.records or (table.titles, table.rows)
    return "".join(json.dumps(dict(zip(titles, row, strict=True))) + "\n" for row in rows)


def as_json(table: Table) -> str:
    """One JSON object: the value of the table, or its title, rows and notes; all of it ASCII."""
    value = table.value
    if value is None:
        rows = [dict(zip(table.titles, row, strict=True)) for row in table.rows]
        if table.headings:
            rows = [{"heading": h, **row} for h, row in zip(table.headings, rows, strict=True)]
        value = {
            "title": table.title,
            "introduction": list(table.introduction),
            "rows": rows,
            "notes": [note for note in table.notes if note],
        }
    return json.dumps(value, indent=2) + "\n"


def _in_markup(name: str) -> Callable[[Table], str]:
    def write(table: Table) -> str:
        from monoscan.tables import markup

        return str(getattr(markup, name)(table))

    return write


def _as_latex(table: Table) -> str:
    from monoscan.tables.latex import as_latex

    return as_latex(table)


FORMATS: Final[Mapping[str, Callable[[Table], str]]] = {
    "text": as_text,
    "md": _in_markup("as_markdown"),
    "latex": _as_latex,
    "csv": as_csv,
    "json": as_json,
    "jsonl": as_json_lines,
    "html": _in_markup("as_html"),
}
"""How a table can be written as text, by the name of the format."""

PARQUET: Final = "parquet"
"""The one format that is no text: `monoscan.tables.parquet` writes it."""

SUFFIXES: Final[Mapping[str, str]] = {
    ".txt": "text",
    ".md": "md",
    ".tex": "latex",
    ".csv": "csv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".parquet": PARQUET,
    ".html": "html",
}
"""The format that the end of a file's name asks for."""


def written(table: Table, format_: str) -> str:
    """The table in a format.

    Raises:
        KeyError: if there is no such format.
    """
    return FORMATS[format_](table)
