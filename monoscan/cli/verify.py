"""The options of `verify`: of claims, and of one network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Annotated

import typer

from monoscan.cli.completion import claims, classes
from monoscan.cli.errors import fail
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions
from monoscan.cli.verify_claims import verify_many, verify_one
from monoscan.theory.decide import Budget

_OF_LRNN = (
    *(field.name for field in fields(LanguageOptions)),
    "class_",
    "semantics",
    "number_format",
    "max_states",
    "max_prefix",
    "max_period",
)
_OF_CLAIMS = ("seed", "strict")


@takes_options
def verify_command(
    context: typer.Context,
    target: LanguageOptions,
    output: OutputOptions,
    claim: Annotated[
        str,
        typer.Option(
            help="Id; see monoscan list claims.",
            rich_help_panel="Claims",
            autocompletion=claims,
        ),
    ] = "",
    all_: Annotated[
        bool, typer.Option("--all", help="Verify every claim.", rich_help_panel="Claims")
    ] = False,
    tag: Annotated[
        str, typer.Option(help="Verify every claim with this tag.", rich_help_panel="Claims")
    ] = "",
    lrnn: Annotated[
        str,
        typer.Option(help="JSON file (docs/lrnn-json.md).", rich_help_panel="One network"),
    ] = "",
    class_: Annotated[
        str,
        typer.Option(
            "--architecture",
            "--class",
            help="Class that it must lie in.",
            rich_help_panel="One network",
            autocompletion=classes,
        ),
    ] = "",
    semantics: Annotated[
        str,
        typer.Option(
            help="Or threshold, cast-unrolled, seq-round, op-round.", rich_help_panel="One network"
        ),
    ] = "exact",
    number_format: Annotated[
        str,
        typer.Option(
            help="Of a rounded semantics: e4m3, ...",
            rich_help_panel="One network",
        ),
    ] = "",
    max_states: Annotated[
        int, typer.Option(help="States to look at.", rich_help_panel="One network")
    ] = Budget.states,
    max_prefix: Annotated[
        int,
        typer.Option(help="Longest p of words p u^n.", rich_help_panel="One network"),
    ] = Budget.prefix,
    max_period: Annotated[
        int,
        typer.Option(help="Longest u of words p u^n.", rich_help_panel="One network"),
    ] = Budget.period,
    certificates: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
    seed: Annotated[int, typer.Option(help="Of everything random.", rich_help_panel="Claims")] = 0,
    strict: Annotated[
        bool, typer.Option("--strict", help="3 if a row is conditional.", rich_help_panel="Claims")
    ] = False,
) -> None:
    """Verify a claim, or decide whether one exact linear RNN recognises a language.

    Exit codes: 0 all rows as documented, or proved; 1 not so, or refuted; 2 bad input; 3 undecided,
    or with --strict a conditional row; 4 a limit was reached; 70 a certificate was rejected.
    """
    output.chosen()
    if [bool(claim), all_, bool(tag), bool(lrnn)].count(True) != 1:
        fail(
            "give one of --claim ID, --all, --tag TAG or --lrnn FILE; for example "
            "--claim parity-needs-negative-eigs"
        )
    if lrnn:
        _refuse(context, _OF_CLAIMS, "claims", "--lrnn")
    else:
        _refuse(context, _OF_LRNN, "--lrnn", "claims")
        if claim:
            verify_one(claim, seed, Path(certificates), strict, output)
        verify_many(tag, seed, Path(certificates), strict, output)
    # Claims need nothing of this.
    from monoscan.cli.verify_network import NetworkQuestion, verify_network

    question = NetworkQuestion(
        lrnn, target, class_, semantics, number_format, (max_states, max_prefix, max_period)
    )
    verify_network(question, Path(certificates), output)


def _refuse(context: typer.Context, names: Iterable[str], owner: str, other: str) -> None:
    """Ends the program if one of the options of the other kind of question is given."""
    for name in names:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.strip("_").replace("_", "-")
            fail(f"{option} belongs to {owner} and means nothing for {other}; leave it out")
