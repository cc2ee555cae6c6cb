"""`monoscan list` and `monoscan show`: what there is, and one thing of it in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from monoscan.automata import all_languages
from monoscan.cli.console import print_json, standard_output
from monoscan.cli.errors import errors_told, fail
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, print_text, write_table
from monoscan.cli.symbolic import SYMBOLIC_FORMATS, show_symbolic
from monoscan.face.catalogue import KINDS, catalogue
from monoscan.face.entries import show

if TYPE_CHECKING:
    from monoscan.report.figures import Drawing


@takes_options
def list_command(
    output: OutputOptions,
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(KINDS)}.")] = "claims",
    figure: Annotated[
        str,
        typer.Option(help="languages: picture of their small automata, FILE.svg, .pdf, .png."),
    ] = "",
) -> None:
    """List claims, languages, properties, architectures, classes, ... in a line each."""
    output.chosen()
    if figure and kind != "languages":
        fail(f"--figure {figure} is of languages; leave it out for {kind}")
    path = checked_figure(figure) if figure else None
    with errors_told(kind="list"):
        table = catalogue(kind)
    if path:
        write_figure(path, _gallery)
    write_table(table, output)


def _gallery() -> Drawing:
    from monoscan.report.figures import draw_gallery

    return draw_gallery([(entry.id, entry.build()) for entry in all_languages()])


def show_command(
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help="An id that `monoscan list` prints; no layer or task."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    symbolic: Annotated[
        bool,
        typer.Option(
            "--symbolic",
            help="Of a class or 'NAME, VARIANT': its matrix with free parameters, and its "
            "spectrum.",
        ),
    ] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format", help=f"Of --symbolic, of formulas: {', '.join(SYMBOLIC_FORMATS)}."
        ),
    ] = "",
    figure: Annotated[
        str,
        typer.Option(
            help="With --symbolic, of two factors: picture to write, FILE.svg, .pdf, .png."
        ),
    ] = "",
) -> None:
    """Show one claim, language, property, architecture, class, construction, ... in full."""
    if symbolic:
        show_symbolic(id_, "json" if as_json else form or "text", figure)
        return
    if form or figure:
        option = "--figure" if figure else "--format"
        fail(f"{option} is of --symbolic: give both, or neither")
    entry = show(id_)
    if as_json:
        print_json(dict(entry.facts))
        return
    console = standard_output()
    console.print(entry.facts["id"], style="bold")
    for line in entry.lines():
        console.print(f"  {line}")
    rows = entry.rows()
    if rows is not None:
        print_text(rows)
