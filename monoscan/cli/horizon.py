"""`monoscan horizon`: up to which length a rounded network is right on all words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from monoscan.cli.console import ProgressLine, shown_path
from monoscan.cli.construct import no_network_told
from monoscan.cli.errors import fail, writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import OneArchitecture, takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.checking import certify
from monoscan.face.constructing import construct
from monoscan.face.horizons import horizon
from monoscan.face.network import network
from monoscan.theory.horizon.search import MAX_STATES


@takes_options
def horizon_command(
    target: LanguageOptions,
    output: OutputOptions,
    lrnn: Annotated[str, typer.Option(help="Exact network: JSON file (docs/lrnn-json.md).")] = "",
    class_: OneArchitecture = "",
    construction: Annotated[str, typer.Option(help="See: monoscan list constructions.")] = "",
    number_format: Annotated[
        str, typer.Option(help="bf16, e4m3, ...; left out: exact arithmetic.")
    ] = "",
    order: Annotated[str, typer.Option(help="See: monoscan list orders.")] = "operations",
    certificates: Annotated[Path, typer.Option(help="Folder for certificates.")] = Path(
        "certificates"
    ),
    max_states: Annotated[
        int, typer.Option(help="Budget of joint states.", rich_help_panel="Limits")
    ] = MAX_STATES,
    max_word: Annotated[
        int, typer.Option(help="Longest word searched for a failure.", rich_help_panel="Limits")
    ] = 10_000,
) -> None:
    """Say up to which length a rounded network answers every word rightly, and where it fails.

    Exit codes: 0 right at all lengths, 1 a failing word was found, 3 right up to a length and no
    failing word found, 2 bad input, 4 over a budget.
    """
    if [bool(lrnn), bool(class_), bool(construction)].count(True) != 1:
        fail("give the network: --lrnn FILE, or --construction ID, or --architecture NAME")
    language = target.read()
    is_json = output.chosen() == "json"
    progress = ProgressLine("" if is_json else target.line(language))
    with (
        no_network_told(),
        writing(f"certificates to {certificates}", "choose another folder with --certificates"),
        progress.shown(),
    ):
        if lrnn:
            net = network(lrnn)
        else:
            net = construct(language, class_ or None, construction=construction).network
        found = horizon(
            net,
            language,
            number_format or None,
            order,
            max_states=max_states,
            max_word=max_word,
            progress=progress.update,
        )
        folder = Path(lrnn).stem or construction or target.name
        answer = certify(found, certificates / folder, progress.update)
    table = answer.table(shown_path)
    write_table(replace(table, value=target.facts(language) | dict(table.value or {})), output)
    raise typer.Exit(answer.exit_code)
