"""`monoscan report`: one page with answers, certificates, trained networks and claims."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from monoscan.cli.completion import classes
from monoscan.cli.console import ProgressLine, shown_path, standard_output
from monoscan.cli.errors import fail, writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.face.reports import report
from monoscan.proofs_check.exit_codes import INTERNAL_ERROR


@takes_options
def report_command(
    target: LanguageOptions,
    languages: Annotated[
        list[str] | None,
        typer.Argument(help="Language ids; default: those of the quick sweep."),
    ] = None,
    output: Annotated[
        str, typer.Option("-o", "--output", help="The page, FILE.html.")
    ] = "report.html",
    class_: Annotated[
        list[str] | None,
        typer.Option(
            "--architecture",
            "--class",
            help="Architecture, or model class; may be repeated; default: five architectures.",
            autocompletion=classes,
        ),
    ] = None,
    runs: Annotated[str, typer.Option(help="Folder of runs; it may be absent.")] = "runs",
    certificates: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
) -> None:
    """Write one page: what architectures can do with languages, why, and what training made of it.

    The page is complete in itself: certificates to download, learning results, claims.

    Exit codes: 0 written, 2 bad input, 70 the checker rejected a certificate.
    """
    if Path(output).suffix.lower() not in (".html", ".htm"):
        fail(f"-o {output}: a report is a page; expected a name that ends in .html")
    asked: list[object] = list(languages or ())
    if target.is_given:
        asked.append(target.read())
    progress = ProgressLine()
    folder = f"{certificates}/report"
    remedy = "choose another folder with --certificates"
    with writing(f"certificates to {folder}", remedy), progress.shown():
        made = report(
            asked,
            class_ or None,
            runs=runs,
            certificates=folder,
            commands=(f"monoscan {shlex.join(sys.argv[1:])}", "monoscan sweep quick"),
            progress=progress.update,
        )
    with writing(f"the page to {output}", "choose another file with -o"):
        made.write(output)
    standard_output().print(Text(f"written to {shown_path(Path(output))}"), soft_wrap=True)
    if not made.is_confirmed:
        raise typer.Exit(INTERNAL_ERROR)
