"""`monoscan analyze`: the algebra of one language on one screen."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from monoscan.automata.analysis import Analysis
from monoscan.automata.analysis_table import reached
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.cli.console import ProgressLine, standard_output
from monoscan.cli.errors import fail, fail_to_write, writing
from monoscan.cli.figures import DEFAULT_FORMATS, draw_figures, request_figures
from monoscan.cli.language import LanguageOptions
from monoscan.cli.monoid_files import write_monoid_files
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, print_text, write_table
from monoscan.proofs_check.exit_codes import BUDGET_REACHED


@takes_options
def analyze_command(
    target: LanguageOptions,
    output: OutputOptions,
    budget: Annotated[
        int,
        typer.Option(
            help="Elements of the monoid, coordinates of the cascade.",
            rich_help_panel="Limits",
        ),
    ] = DEFAULT_MONOID_BUDGET,
    figure: Annotated[
        str,
        typer.Option(help="Folder to write pictures to (see docs).", rich_help_panel="Pictures"),
    ] = "",
    figure_formats: Annotated[
        str | None,
        typer.Option(
            help="Formats of the pictures: svg, pdf, png.",
            show_default=DEFAULT_FORMATS,
            rich_help_panel="Pictures",
        ),
    ] = None,
    certificates: Annotated[
        str, typer.Option(help="Folder to write certificates to, for the independent checker.")
    ] = "",
) -> None:
    """Monoid, groups, properties with witnesses, and cascade of a language.

    Exit codes: 0 everything was decided, 4 a budget was reached (the rest is printed), 2 bad input.
    """
    if figure_formats is not None and not figure:
        fail("--figure-formats needs --figure DIR, the folder to write the pictures to")
    is_json = output.chosen() == "json"
    language = target.read()
    request = request_figures(figure, figure_formats) if figure else None
    if certificates:  # before a long computation
        with writing(f"--certificates {certificates}", "give another folder"):
            Path(certificates).mkdir(parents=True, exist_ok=True)
    progress = ProgressLine("" if is_json else target.line(language))
    with progress.shown():
        found = language.analyze(budget, progress.update)
    if output.is_text:
        # Before the pictures, so that nothing that was found can be lost with them.
        print_text(found.table())
    drawn = draw_figures(found, request, budget) if request else None
    written = write_monoid_files(found, certificates, budget) if certificates else None
    if not output.is_text:
        more = {"figures": drawn, "certificates": written}
        value = (
            target.facts(language)
            | _to_json(found)
            | {name: part.to_json() for name, part in more.items() if part}
        )
        write_table(replace(found.table(), value=value), output)
    for option, part in (
        (f"--figure {figure}", drawn),
        (f"--certificates {certificates}", written),
    ):
        if part and output.is_text:
            part.print(standard_output())
        if part and part.error:
            fail_to_write(option, part.error, "the rest is missing; give another folder")
    raise typer.Exit(0 if _is_complete(found) else BUDGET_REACHED)


def _is_complete(found: Analysis) -> bool:
    return None not in (found.monoid, found.cascade, *found.properties.values())


def _to_json(found: Analysis) -> dict[str, Any]:
    monoid, cascade = found.monoid, found.cascade
    return {
        "alphabet": list(found.minimal.alphabet),
        "states": found.automaton.n_states,
        "minimal_states": found.minimal.n_states,
        **({"minimal_state_names": list(names)} if (names := found.minimal.state_names) else {}),
        "monoid": None
        if monoid is None
        else {
            "elements": monoid.elements,
            "idempotents": monoid.idempotents,
            "d_classes": monoid.d_classes,
            "groups": list(monoid.groups),
        },
        "properties": {
            name: None if witness is None else {"holds": bool(witness), "witness": _plain(witness)}
            for name, witness in found.properties.items()
        },
        "cascade": None
        if cascade is None
        else [
            {"kind": level.kind, "states": level.n_states, "group_order": level.group_order}
            for level in cascade.levels
        ],
        "limits": {name: reached(error) for name, error in found.limits.items()},
    }


def _plain(value: Any) -> Any:
    """A witness as JSON values."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
