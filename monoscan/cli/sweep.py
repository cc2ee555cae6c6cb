"""`monoscan sweep`: networks of many kinds trained on many languages, beside the predictions."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from monoscan.cli.console import ProgressLine
from monoscan.cli.errors import writing
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.errors import check_number
from monoscan.face.sweeps import BUILT_IN, ENGINES, read_sweep
from monoscan.proofs_check.exit_codes import INTERNAL_ERROR, NO, YES
from monoscan.report.confrontation_table import contradiction


@takes_options
def sweep_command(
    output: OutputOptions,
    file: Annotated[
        str, typer.Argument(help=f"File in TOML (docs/sweeps.md), or {', '.join(BUILT_IN)}.")
    ],
    runs: Annotated[str, typer.Option(help="Folder of the runs and of their results.")] = "runs",
    certificates: Annotated[
        str, typer.Option(help="Folder for certificates of the predictions.")
    ] = "certificates",
    workers: Annotated[int, typer.Option(help="Processes; 0: one a core.")] = 0,
    engine: Annotated[
        str, typer.Option(help=f"Where networks are trained: {' or '.join(ENGINES)}.")
    ] = "local",
    address: Annotated[
        str,
        typer.Option(help="ray: HOST:PORT of the head; default: RAY_ADDRESS, or this machine."),
    ] = "",
    figure: Annotated[
        str, typer.Option(help="Picture of the table as a matrix: FILE.svg, .pdf or .png.")
    ] = "",
) -> None:
    """Train networks on languages as a file says, and print them beside the predictions.

    Only what is missing in the folder of the runs is trained; after an interruption the same
    command goes on. All results are in one file there, results.sqlite: monoscan table runs.

    Exit codes: 0 printed, 1 a network does what it was predicted not to do, 2 bad input, 4 out of
    memory, 70 the checker rejected a certificate.
    """
    output.chosen()
    processes = check_number("workers", workers, 0) or os.cpu_count() or 1
    path = checked_figure(figure) if figure else None
    asked = read_sweep(file)
    progress = ProgressLine()
    remedy = "choose another folder with --runs, --certificates"
    with writing(f"to {runs} or {certificates}", remedy), progress.shown():
        found = asked.run(
            runs,
            f"{certificates}/sweep",
            workers=processes,
            engine=engine,
            address=address,
            progress=progress.update,
        )
    if path:
        write_figure(path, found.draw)
    write_table(found.table(), output)
    for cell in found.contradictions:
        sys.stderr.write(f"CONTRADICTION: {contradiction(cell)}\n")
    code = NO if found.contradictions else YES
    raise typer.Exit(code if found.is_confirmed else INTERNAL_ERROR)
