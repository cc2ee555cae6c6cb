"""The options of `verify`: of claims, and of one network."""

from __future__ import annotations

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


@takes_options
def verify_command(
    context: typer.Context,
    target: LanguageOptions,
    output: OutputOptions,
    claim: Annotated[
        str,
        typer.Option(
            help="Claim id; see: monoscan list claims.",
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
        typer.Option(
            help="Network in a JSON file (docs/lrnn-json.md).", rich_help_panel="One network"
        ),
    ] = "",
    class_: Annotated[
        str,
        typer.Option(
            "--class",
            help="Class, or 'NAME, VARIANT', that the network must lie in.",
            rich_help_panel="One network",
            autocompletion=classes,
        ),
    ] = "",
    semantics: Annotated[
        str,
        typer.Option(
            help="exact, cast-unrolled, seq-round or op-round.", rich_help_panel="One network"
        ),
    ] = "exact",
    number_format: Annotated[
        str,
        typer.Option(
            help="Number format of a rounded semantics: e4m3, q4.4, ...",
            rich_help_panel="One network",
        ),
    ] = "",
    max_states: Annotated[
        int, typer.Option(help="Budget of joint states.", rich_help_panel="Limits of the search")
    ] = Budget.states,
    max_prefix: Annotated[
        int,
        typer.Option(help="Longest p of the words p u^n.", rich_help_panel="Limits of the search"),
    ] = Budget.prefix,
    max_period: Annotated[
        int,
        typer.Option(help="Longest u of the words p u^n.", rich_help_panel="Limits of the search"),
    ] = Budget.period,
    certificates: Annotated[str, typer.Option(help="Folder for certificates.")] = "certificates",
    seed: Annotated[
        int, typer.Option(help="Seed of everything random.", rich_help_panel="Claims")
    ] = 0,
    strict: Annotated[
        bool, typer.Option(help="Exit with 3 if a row is conditional.", rich_help_panel="Claims")
    ] = False,
) -> None:
    """Verify a claim, or decide whether one exact linear RNN recognises a language.

    Exit codes for claims: 0 every row is as documented, 1 a row is not or a certificate was
    rejected, 3 with --strict if a row is conditional. Of --lrnn: 0 proved, 1 refuted,
    3 incomplete, 70 the checker rejected a certificate. Of both: 4 a limit was reached, 2 usage
    or bad input, 130 interrupted.
    """
    output.chosen()
    if [bool(claim), all_, bool(tag), bool(lrnn)].count(True) != 1:
        fail(
            "give one of --claim ID, --all, --tag TAG or --lrnn FILE; for example "
            "--claim parity-needs-negative-eigs"
        )
    if not lrnn:
        _refuse_with_claim(context)
        if claim:
            verify_one(claim, seed, Path(certificates), strict, output)
        verify_many(tag, seed, Path(certificates), strict, output)
    # Claims need nothing of this.
    from monoscan.cli.verify_network import NetworkQuestion, verify_network

    question = NetworkQuestion(
        lrnn, target, class_, semantics, number_format, (max_states, max_prefix, max_period)
    )
    verify_network(question, Path(certificates), output)


def _refuse_with_claim(context: typer.Context) -> None:
    for name in _OF_LRNN:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.strip("_").replace("_", "-")
            fail(f"{option} belongs to --lrnn and means nothing for claims; leave it out")
