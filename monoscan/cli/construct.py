"""`monoscan construct`: the weights of an exact network that recognises a language."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.text import Text

from monoscan.cli.console import ProgressLine, print_json, standard_output
from monoscan.cli.errors import fail, writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import OneArchitecture, read_depth, takes_options
from monoscan.face.constructing import NoNetworkError, construct
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, NO, UNKNOWN
from monoscan.proofs_check.verify_prediction import counted
from monoscan.theory.formats import NumberFormat
from monoscan.theory.prediction import DEFAULT_JOINT_STATES, ProvedNetwork

_CODES = {"not-expressible": NO, "unknown": UNKNOWN, "over-budget": BUDGET_REACHED}


@takes_options
def construct_command(
    target: LanguageOptions,
    class_: OneArchitecture = "",
    construction: Annotated[str, typer.Option(help="See: monoscan list constructions.")] = "",
    depth: Annotated[str, typer.Option(help="At most this many layers, or any.")] = "any",
    semantics: Annotated[
        str, typer.Option(help="exact, threshold, or rounded (some saturating format).")
    ] = "exact",
    max_states: Annotated[
        int,
        typer.Option(help="Budget of joint states of the network.", rich_help_panel="Limits"),
    ] = DEFAULT_JOINT_STATES,
    output: Annotated[str, typer.Option("-o", "--output", help="File for the network.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write an exact network of a class that recognises a language.

    Exit codes: 0 written, 1 no network of the class recognises the language, 3 unknown or only
    cited, 2 bad input, 4 over the budget.
    """
    if bool(class_) == bool(construction):
        fail(
            "give either --architecture NAME or --construction ID; for example "
            "--architecture householder"
        )
    if not output:
        fail("say where the network goes: -o FILE.json")
    language = target.read()
    with no_network_told(), ProgressLine("" if as_json else target.line(language)).shown():
        made = construct(
            language,
            class_ or None,
            construction=construction,
            depth=read_depth(depth),
            semantics=semantics,
            max_states=max_states,
        )
    with writing(output, "choose another file with -o"):
        made.network.write(output)
    _report(made.proved, output, str(target), target.facts(language) if as_json else None)


@contextmanager
def no_network_told() -> Iterator[None]:
    """Ends the program with the reason why there is no network."""
    try:
        yield
    except NoNetworkError as error:
        fail(str(error), _CODES[error.verdict])


def _report(
    found: ProvedNetwork, output: str, target: str, language: dict[str, Any] | None
) -> None:
    command = f"monoscan verify --lrnn {shlex.quote(output)} {target}"
    command += _format_option(found)
    number, noun = found.size
    facts = {
        "construction": found.construction.id,
        "source": found.construction.source,
        "classes": [model_class.id for model_class in found.model_classes],
        "layers": found.depth,
        f"{noun.replace(' ', '_')}s": number,
        "file": output,
        "verify": command,
    }
    if language is not None:
        print_json(language | facts)
        return
    console = standard_output()
    console.print(Text(found.construction.statement))
    console.print(Text(f"source: {found.construction.source}"))
    states = counted(number, noun)
    console.print(Text(f"it lies in: {', '.join(map(str, found.model_classes))}"))
    console.print(
        Text(
            f"{output}: {counted(found.depth, 'layer')}; right on words of every length, "
            f"{states}. Verify it with"
        )
    )
    console.print(Text(f"  {command}"), soft_wrap=True)


def _format_option(found: ProvedNetwork) -> str:
    number_format = getattr(found.semantics, "format", None)
    if not isinstance(number_format, NumberFormat):
        return "" if found.semantics.name == "exact" else f" --semantics {found.semantics.name}"
    # The members in the order in which `parse_format` reads them.
    text = ":".join(number_format.to_json().values())
    return f" --semantics {found.semantics.name} --number-format {text}"
