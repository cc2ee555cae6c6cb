"""`monoscan inspect`: which eigenvalues a saved network may have, and which it uses on a text."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from monoscan.cli.console import ProgressLine, shown_path
from monoscan.cli.errors import fail
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.inspection import LANGUAGES, TOKENS, inspect, read_text, recognised_in_words
from monoscan.face.needed import need_models


@takes_options
def inspect_command(
    output: OutputOptions,
    checkpoint: Annotated[
        str, typer.Argument(help="Folder with config.json and safetensors (docs/checkpoints.md).")
    ],
    text: Annotated[
        str, typer.Option(help="File with a text; the folder then needs a tokenizer.json.")
    ] = "",
    ids: Annotated[
        int | None,
        typer.Option(help=f"How many tokens are drawn at random instead of a text ({TOKENS})."),
    ] = None,
    heads: Annotated[bool, typer.Option(help="A row for each head.")] = False,
    language: Annotated[
        list[str] | None,
        typer.Option(
            help=f"Row of the solvability table; may be repeated; default: {', '.join(LANGUAGES)}."
        ),
    ] = None,
    figure: Annotated[
        str, typer.Option(help="Picture to write: FILE.svg, FILE.pdf or FILE.png.")
    ] = "",
) -> None:
    """Print which eigenvalues a saved network may have, and which it uses on a text.

    Layer by layer, so that one layer is in memory at a time. Below stands what networks of such
    layers can recognise.

    Exit codes: 0 printed, 2 bad input, 4 out of memory.
    """
    need_models("monoscan inspect")
    output.chosen()
    if text and ids is not None:
        fail("--text and --ids ask for two texts; leave one out")
    path = checked_figure(figure) if figure else None
    progress = ProgressLine()
    with progress.shown():
        found = inspect(
            checkpoint,
            text=read_text(text) if text else None,
            ids=TOKENS if ids is None else ids,
            progress=lambda layer, layers: progress.update(f"layer {layer} of {layers}"),
        )
        progress.update("what such networks can recognise")
        cells = found.recognised(language or LANGUAGES)
    if path is not None:
        write_figure(path, found.drawing)
    table = found.table(heads)
    picture = (f"picture: {shown_path(path)}",) if path else ()
    value = {**found.to_json(), "solvability": cells}
    write_table(
        replace(
            table,
            notes=(*table.notes, recognised_in_words(found.architecture, cells), *picture),
            value=value | ({"figure": str(path)} if path else {}),
        ),
        output,
    )
