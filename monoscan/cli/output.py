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
from monoscan.tables import FORMATS, SUFFIXES, Table, written
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
    """

    format_: Annotated[
        str,
        _option("--format", help=", ".join(FORMATS)),
    ] = ""
    output: Annotated[str, _option("-o", "--output", help="File for the table.")] = ""
    as_json: Annotated[bool, _option("--json", help="--format json.")] = False

    def chosen(self) -> str:
        """The format, which must be one, and one only."""
        if self.format_ and self.format_ not in FORMATS:
            raise BadValue("format", self.format_, f"one of {', '.join(FORMATS)}")
        if self.as_json and self.format_ not in ("", "json"):
            fail(f"--json and --format {self.format_} ask for two formats; leave one out")
        if self.as_json:
            return "json"
        suffix = Path(self.output).suffix.lower()
        if not self.format_ and self.output and suffix not in SUFFIXES:
            fail(
                f"-o {self.output}: the end of the name tells no format; expected one of "
                f"{', '.join(SUFFIXES)}, or give --format"
            )
        return self.format_ or SUFFIXES.get(suffix, "text")

    @property
    def is_text(self) -> bool:
        """Whether people read the answer on standard output."""
        return not self.output and self.chosen() == "text"


def write_table(table: Table, options: OutputOptions) -> None:
    """Writes a table as the options say; ends the program if it cannot be written."""
    if options.is_text:
        print_text(table)
        return
    text = written(table, options.chosen())
    if not options.output:
        sys.stdout.write(text)
        return
    path = Path(options.output)
    with writing(f"the table to {path}", "choose another file with -o"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    standard_output().print(Text(f"written to {shown_path(path)}"), soft_wrap=True)


def print_text(table: Table) -> None:
    """Prints a table as text, with colours on a terminal."""
    console = standard_output()
    for line in text_lines(table, width_of_rows()):
        text = Text(line.text)
        for start, end, style in line.styles:
            text.stylize(style, start, end)
        console.print(text, soft_wrap=True)
