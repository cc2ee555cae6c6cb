"""`monoscan construct`: the weights of an exact network that recognises a language."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from monoscan.cli.completion import classes
from monoscan.cli.console import fail, fail_to_write, print_json, standard_output
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options
from monoscan.cli.questions import check_semantics, read_class, read_depth
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, UNKNOWN
from monoscan.proofs_check.verify_prediction import counted
from monoscan.registry import UnknownId
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    get_construction,
)
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lemmas import Depth, Obstruction
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Citation, ProvedNetwork, Question

_NOT_EXPRESSIBLE = 1


@takes_options
def construct_command(
    target: LanguageOptions,
    class_: Annotated[
        str,
        typer.Option("--class", help="Model class, or 'NAME, VARIANT'.", autocompletion=classes),
    ] = "",
    construction: Annotated[str, typer.Option(help="See: monoscan list constructions.")] = "",
    depth: Annotated[str, typer.Option(help="At most this many layers, or any.")] = "any",
    semantics: Annotated[str, typer.Option(help="exact, or op-round (saturating).")] = "exact",
    max_states: Annotated[
        int,
        typer.Option(
            help="Budget of joint states of the network.", rich_help_panel="Limits of the search"
        ),
    ] = DEFAULT_JOINT_STATES,
    output: Annotated[str, typer.Option("-o", "--output", help="File for the network.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write an exact network of a class that recognises a language.

    Exit codes: 0 written, 1 no network of the class recognises the language, 3 unknown or only
    cited, 2 bad input, 4 over the budget.
    """
    automaton = target.read(as_json)
    if bool(class_) == bool(construction):
        fail("give either --class ID or --construction ID; for example --class householder")
    if not output:
        fail("say where the network goes: -o FILE.json")
    check_semantics(semantics)
    if max_states < 1:
        fail(f"--max-states {max_states}: expected at least 1")
    predictor = Predictor(automaton, max_states)
    if construction:
        found = named_network(predictor, construction, read_depth(depth), semantics)
    else:
        question = Question(read_class(class_), read_depth(depth), semantics)
        found = network_of_class(predictor, question)
    _write(found, output)
    _report(found, output, str(target), target.facts(automaton) if as_json else None)


def named_network(predictor: Predictor, name: str, depth: Depth, semantics: str) -> ProvedNetwork:
    """The network of the construction of that id; ends the program if there is none."""
    try:
        construction = get_construction(name)
    except UnknownId as error:
        fail(str(error))
    reason = construction.supports(predictor.automaton)
    if reason is not None:
        fail(f"{name} gives no network for this language: {reason}", UNKNOWN)
    made_for = [s.name for s in construction.semantics(predictor.automaton)]
    if semantics not in made_for:
        fail(
            f"the networks of {name} are made for {', '.join(made_for)} and not for {semantics}; "
            "name another with --semantics"
        )
    found = predictor.prove(construction, semantics)
    if isinstance(found, str):
        fail(f"{name}: {found}", BUDGET_REACHED)
    if not found.fits(depth):
        fail(f"the network of {name} has {found.depth} layers, more than --depth {depth}", UNKNOWN)
    return found


def network_of_class(predictor: Predictor, question: Question) -> ProvedNetwork:
    """A network of a class; ends the program if there is none, or none is known."""
    evidence = predictor.predict(question).evidence
    where = f"{question.model_class.id}, depth {question.depth}, {question.semantics}"
    if isinstance(evidence, Obstruction):
        fail(f"no network recognises this language ({where}): {evidence}", _NOT_EXPRESSIBLE)
    if isinstance(evidence, Citation):
        fail(f"no network is built here ({where}); {evidence}", UNKNOWN)
    if isinstance(evidence, str):
        fail(f"unknown ({where}): {evidence}", UNKNOWN)
    return evidence


def networks_of_class(predictor: Predictor, question: Question) -> Iterator[ProvedNetwork]:
    """All known networks of a class; ends the program if there is none."""
    network_of_class(predictor, question)
    return predictor.networks(question)


def _write(found: ProvedNetwork, output: str) -> None:
    try:
        text = json.dumps(lrnn_to_json(found.lrnn), indent=1, ensure_ascii=False)
        Path(output).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        fail_to_write(output, error, "choose another file with -o")


def _report(
    found: ProvedNetwork, output: str, target: str, language: dict[str, Any] | None
) -> None:
    command = f"monoscan verify --lrnn {shlex.quote(output)} {target}"
    command += _format_option(found)
    facts = {
        "construction": found.construction.id,
        "source": found.construction.source,
        "classes": [model_class.id for model_class in found.model_classes],
        "layers": found.depth,
        "joint_states": len(found.proof.states),
        "file": output,
        "verify": command,
    }
    if language is not None:
        print_json(language | facts)
        return
    console = standard_output()
    console.print(Text(found.construction.statement))
    console.print(Text(f"source: {found.construction.source}"))
    states = counted(len(found.proof.states), "joint state")
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
        return ""
    # The members in the order in which `parse_format` reads them.
    text = ":".join(number_format.to_json().values())
    return f" --semantics {found.semantics.name} --number-format {text}"
