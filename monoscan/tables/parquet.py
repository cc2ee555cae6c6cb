"""A table as the bytes of a Parquet file, through pyarrow."""

from __future__ import annotations

import io
import json
from importlib import import_module
from importlib.util import find_spec

from monoscan.errors import NotInstalled
from monoscan.tables.table import Table


def require_pyarrow() -> None:
    """Refuses what needs pyarrow where that is not installed.

    Raises:
        NotInstalled: if it is not; the message says how to install it.
    """
    if find_spec("pyarrow") is None:
        raise NotInstalled(
            "Parquet needs pyarrow; install it with pip install 'monoscan[parquet]', or choose "
            ".csv or .jsonl"
        )


def as_parquet(table: Table) -> bytes:
    """The records of a table, or its rows; what is no number, text or truth value is JSON text.

    Raises:
        NotInstalled: if pyarrow is not installed.
    """
    require_pyarrow()
    # By their names, for type checkers do not find this extra everywhere.
    pyarrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    titles, rows = table.records or (table.titles, table.rows)
    columns = {
        title: _uniform([row[number] for row in rows]) for number, title in enumerate(titles)
    }
    stream = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), stream)
    return stream.getvalue()


def _uniform(values: list[object]) -> list[object]:
    """Values of one type, as a column needs them; whole numbers may stand among others."""
    types = {type(value) for value in values if value is not None}
    if (len(types) <= 1 and types <= {bool, int, float, str}) or types == {int, float}:
        return values
    return [v if v is None or isinstance(v, str) else json.dumps(v) for v in values]
