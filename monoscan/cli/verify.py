"""`verify --claim ID` and `verify --lrnn FILE --regex R`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from monoscan.cli.completion import claims, classes
from monoscan.cli.console import ProgressLine, fail, fail_to_write, shown_path
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, write_table
from monoscan.cli.questions import read_class
from monoscan.cli.verify_claims import verify_many, verify_one
from monoscan.proofs_check.claim import Setting
from monoscan.proofs_check.network_table import network_table
from monoscan.proofs_check.verify_lrnn import verify_lrnn
from monoscan.theory.decide import Budget
from monoscan.theory.formats import FormatError, NumberFormat, parse_format
from monoscan.theory.lrnn import LRNN
from monoscan.theory.lrnn_json import LRNNFileError, read_lrnn
from monoscan.theory.model_classes import ModelClass
from monoscan.theory.semantics import CastUnrolled, Exact, OpRound, Semantics, SeqRound

_ROUNDED: dict[str, Callable[[NumberFormat], Semantics[Any]]] = {
    "cast-unrolled": CastUnrolled,
    "seq-round": SeqRound,
    "op-round": OpRound,
}
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
            verify_one(claim, Setting(seed), Path(certificates), strict, output)
        verify_many(tag, Setting(seed), Path(certificates), strict, output)
    network = _read(lrnn)
    automaton = target.read(as_json=output.chosen() == "json")
    chosen = _semantics(semantics, number_format)
    model_class = _require_class(lrnn, network, class_, chosen) if class_ else None
    budget = _budget(max_states, max_prefix, max_period)
    progress = ProgressLine()
    try:
        with progress.shown():
            report = verify_lrnn(
                network,
                chosen,
                automaton,
                Path(certificates) / Path(lrnn).stem,
                budget,
                progress.update,
                () if model_class is None else (model_class.id,),
            )
    except ValueError as error:
        fail(f"{lrnn}: {error}")
    except OSError as error:
        fail_to_write(
            f"certificates to {certificates}", error, "choose another folder with --certificates"
        )
    table = network_table(report, model_class, shown_path)
    write_table(replace(table, value=target.facts(automaton) | dict(table.value or {})), output)
    raise typer.Exit(report.outcome.code)


def _refuse_with_claim(context: typer.Context) -> None:
    for name in _OF_LRNN:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.strip("_").replace("_", "-")
            fail(f"{option} belongs to --lrnn and means nothing for claims; leave it out")


def _require_class(path: str, network: LRNN, name: str, semantics: Semantics[Any]) -> ModelClass:
    """The class, if the network lies in it; otherwise ends the program."""
    model_class = read_class(name)
    try:
        fault = model_class.outside(network, as_written=isinstance(semantics, OpRound))
    except ValueError as error:
        fail(f"--class {name}: {error}")
    if fault is not None:
        fail(f"{path} does not lie in the class {model_class.id}: {fault}")
    return model_class


def _read(path: str) -> LRNN:
    try:
        return read_lrnn(Path(path))
    except LRNNFileError as error:
        fail(str(error))


def _semantics(name: str, format_text: str) -> Semantics[Any]:
    if name == "exact":
        if format_text:
            fail("--number-format needs a rounded semantics: cast-unrolled, seq-round or op-round")
        return Exact()
    if name not in _ROUNDED:
        fail(f"unknown semantics {name!r}; expected exact, {', '.join(_ROUNDED)}")
    if not format_text:
        fail(
            f"--semantics {name} needs --number-format, for example --number-format e4m3 or "
            "--number-format fixed:1/8:-16:127/8"
        )
    try:
        return _ROUNDED[name](parse_format(format_text))
    except FormatError as error:
        fail(f"--number-format {format_text}: {error}")


def _budget(states: int, prefix: int, period: int) -> Budget:
    try:
        return Budget(states=states, prefix=prefix, period=period)
    except ValueError as error:
        fail(str(error))
