"""How an answer is written: the format, a file, and what a terminal has room for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, final

import typer
from rich.text import Text

from monoscan.cli.console import shown_path, standard_output, width_of_rows
from monoscan.cli.errors import fail, writing
from monoscan.errors import BadValue
from monoscan.tables import FORMATS, PARQUET, SUFFIXES, Table, written
from monoscan.tables.parquet import as_parquet, require_pyarrow
from monoscan.tables.text import text_lines

_PANEL = "Output"


def _option(*names: str, help: str) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=_PANEL)


@final
@dataclass(frozen=True)
class OutputOptions:
    """The options that say how a table is written.

    Attributes:
        format_: One of the formats; empty: that of the file's name, or text.
        output: A file for the table; empty: standard output.
        as_json: The same as the format json.
        columns: For LaTeX, of the article: one or two; empty: one.
        transpose: Whether rows become columns.
    """

    format_: Annotated[
        str,
        _option("--format", help=", ".join((*FORMATS, PARQUET))),
    ] = ""
    output: Annotated[str, _option("-o", "--output", help="File for the table.")] = ""
    as_json: Annotated[bool, _option("--json", help="--format json.")] = False
    columns: Annotated[
        str, _option("--columns", help="LaTeX: columns of the article, one (default) or two.")
    ] = ""
    transpose: Annotated[bool, _option("--transpose", help="Rows as columns.")] = False

    def chosen(self) -> str:
        """The format, which must be one, and one only."""
        known = (*FORMATS, PARQUET)
        if self.format_ and self.format_ not in known:
            raise BadValue("format", self.format_, f"one of {', '.join(known)}")
        if self.columns not in ("", "one", "two"):
            raise BadValue("columns", self.columns, "one or two")
        if self.as_json and self.format_ not in ("", "json"):
            fail(f"--json and --format {self.format_} ask for two formats; leave one out")
        suffix = Path(self.output).suffix.lower()
        is_open = not self.format_ and not self.as_json
        if is_open and self.output and suffix not in SUFFIXES:
            fail(
                f"-o {self.output}: the end of the name tells no format; expected one of "
                f"{', '.join(SUFFIXES)}, or give --format"
            )
        format_ = "json" if self.as_json else self.format_ or SUFFIXES.get(suffix, "text")
        if self.columns and format_ != "latex":
            fail(f"--columns is for LaTeX; leave it out for {format_}, or give --format latex")
        if format_ == PARQUET:
            require_pyarrow()
            if not self.output:
                fail("Parquet is no text; name a file for it with -o FILE.parquet")
        return format_

    @property
    def is_text(self) -> bool:
        """Whether people read the answer on standard output."""
        return not self.output and self.chosen() == "text"


def write_table(table: Table, options: OutputOptions) -> None:
    """Writes a table as the options say; ends the program if it cannot be written."""
    table = table.transposed() if options.transpose else table
    if options.is_text:
        print_text(table)
        return
    format_ = options.chosen()
    if format_ == PARQUET:
        content = as_parquet(table)
    else:
        text = _latex(table, options) if format_ == "latex" else written(table, format_)
        if not options.output:
            sys.stdout.write(text)
            return
        content = text.encode()
    path = Path(options.output)
    with writing(f"the table to {path}", "choose another file with -o"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        beside = _write_bibliography(table, path) if format_ == "latex" else None
    said = f"written to {shown_path(path)}"
    if beside:
        said += f", the papers that it cites to {shown_path(beside)}"
    standard_output().print(Text(said), soft_wrap=True)


def _latex(table: Table, options: OutputOptions) -> str:
    from monoscan.report.symbols import symbol
    from monoscan.tables.latex import as_latex

    return as_latex(table, "two" if options.columns == "two" else "one", symbol)


def _write_bibliography(table: Table, path: Path) -> Path | None:
    """The papers of a table in a .bib file beside it, if there are any."""
    from monoscan.tables.bibliography import bibliography
    from monoscan.tables.latex import all_papers

    if not (papers := all_papers(table)):
        return None
    beside = path.with_suffix(".bib")
    beside.write_text(bibliography(papers), encoding="utf-8")
    return beside


def print_text(table: Table) -> None:
    """Prints a table as text, with colours on a terminal."""
    console = standard_output()
    for line in text_lines(table, width_of_rows()):
        text = Text(line.text)
        for start, end, style in line.styles:
            text.stylize(style, start, end)
        console.print(text, soft_wrap=True)
