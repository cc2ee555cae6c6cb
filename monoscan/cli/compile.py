"""`monoscan compile`: an exact network as a network of the layers that training uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer
from rich.text import Text

from monoscan.automata import Automaton
from monoscan.cli.completion import classes
from monoscan.cli.console import fail, fail_to_write, print_json, standard_output
from monoscan.cli.construct import named_network, networks_of_class
from monoscan.cli.language import LanguageOptions
from monoscan.cli.networks import model_errors_told, need_models
from monoscan.cli.options import takes_options
from monoscan.cli.questions import read_class, read_depth
from monoscan.face.compiling import Compiled, CompiledCheck, compile
from monoscan.models.errors import ModelError
from monoscan.theory.lrnn import LRNN
from monoscan.theory.lrnn_json import LRNNFileError, read_lrnn
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question

_WRONG_ANSWERS = 1
_Candidate: TypeAlias = tuple[LRNN, dict[str, str]]
"""An exact network, and where it comes from."""


@takes_options
def compile_command(
    target: LanguageOptions,
    class_: Annotated[
        str,
        typer.Option("--class", help="Model class, or 'NAME, VARIANT'.", autocompletion=classes),
    ] = "",
    construction: Annotated[str, typer.Option(help="See: monoscan list constructions.")] = "",
    depth: Annotated[str, typer.Option(help="At most this many layers, or any.")] = "any",
    lrnn: Annotated[str, typer.Option(help="Exact network: JSON file (docs/lrnn-json.md).")] = "",
    layer: Annotated[
        str, typer.Option(help="deltanet, rwkv7, ...; default: that of --class, or the first fit.")
    ] = "",
    output: Annotated[str, typer.Option("-o", "--output", help="File for the network.")] = "",
    check_length: Annotated[int, typer.Option(help="Length of the words; 0: no check.")] = 10_000,
    check_words: Annotated[int, typer.Option(help="How many words are checked.")] = 8,
    precision: Annotated[str, typer.Option(help="Of the check: fp32, bf16 or fp64.")] = "fp32",
    backend: Annotated[
        str, typer.Option(help="Of the check: auto, reference, chunked, compiled or triton.")
    ] = "auto",
    seed: Annotated[int, typer.Option(help="Seed of the words.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write an exact network as a network of the layers that training uses, and check it.

    Exit codes: 0 compiled and no wrong answer, 1 no network of the class recognises the language,
    or a wrong answer in the check, 3 unknown, 2 bad input or a network that the layers cannot
    hold, 4 over a budget or out of memory.
    """
    need_models("compile")
    if not output:
        fail("say where the network goes: -o FILE")
    if check_length < 0 or check_words < 1:
        fail(
            f"--check-length {check_length} --check-words {check_words}: expected a length, or 0 "
            "for no check, and at least 1 word"
        )
    if seed < 0:
        fail(f"--seed {seed}: expected at least 0")
    _check_names(precision, backend)
    if lrnn:
        if target.is_given or class_ or construction or depth != "any":
            fail("--lrnn FILE is the whole network; leave out language, class and depth")
        candidates, facts = iter([(_read(lrnn), {"lrnn": lrnn})]), {}
    else:
        _check_one(class_, construction)
        automaton = target.read(as_json)
        facts = target.facts(automaton) if as_json else {}
        candidates = _constructed(automaton, target.language, class_, construction, depth)
    with model_errors_told():
        compiled = _compiled(candidates, _layer(layer, class_))
        _write(compiled, output)
        found = None
        try:
            if check_length:
                found = compiled.check(
                    check_words, check_length, precision=precision, backend=backend, seed=seed
                )
        except ModelError:
            raise
        except ValueError as error:  # a form of the kernels that cannot run here
            fail(f"{error}; {output} is written but not checked: choose another --backend")
    _report(output, compiled, found, facts, as_json)
    if found is not None and found.wrong_answers:
        sys.exit(_WRONG_ANSWERS)


def _read(path: str) -> LRNN:
    try:
        return read_lrnn(Path(path))
    except LRNNFileError as error:
        fail(str(error))


def _check_one(class_: str, construction: str) -> None:
    if bool(class_) == bool(construction):
        fail(
            "give --lrnn FILE, or a language with either --class ID or --construction ID; for "
            "example --language s3 --class 'deltaproduct-2, released'"
        )


def _constructed(
    automaton: Automaton, language: str, class_: str, construction: str, depth: str
) -> Iterator[_Candidate]:
    """The exact networks of a language, and where they come from, in the order to be tried."""
    predictor = Predictor(automaton)
    if construction:
        networks = iter([named_network(predictor, construction, read_depth(depth), "exact")])
    else:
        question = Question(read_class(class_), read_depth(depth))
        networks = networks_of_class(predictor, question)
    return (
        (
            found.lrnn,
            {
                "language": language,
                "construction": found.construction.id,
                "source": found.construction.source,
            },
        )
        for found in networks
    )


def _check_names(precision: str, backend: str) -> None:
    with model_errors_told():
        from monoscan.models.compile import check_names

        check_names(precision, backend)


def _layer(layer: str, class_: str) -> str | None:
    from monoscan.models.compile import layer_of_class

    if layer:
        return layer
    return layer_of_class(read_class(class_).id) if class_ else None


def _compiled(candidates: Iterator[_Candidate], layer: str | None) -> Compiled:
    """The first network that layers hold; ends the program with all reasons if there is none."""
    from monoscan.models.compile import CompileError

    refusals: dict[str, str] = {}  # the reasons, each with the constructions that it is about
    for exact, origin in candidates:
        try:
            return replace(compile(exact, layer=layer), origin=origin)
        except CompileError as error:
            known = refusals.get(str(error))
            name = origin.get("construction", "")
            refusals[str(error)] = f"{known}, {name}" if known else name
    if len(refusals) == 1:
        ((reason, names),) = refusals.items()
        fail(f"{reason}{'; another --construction or --layer may fit' if names else ''}")
    reasons = "".join(f"\n  {names}: {reason}" for reason, names in refusals.items())
    fail(f"the layers hold no network of this class; another --layer may fit{reasons}")


def _write(compiled: Compiled, output: str) -> None:
    try:
        compiled.write(output)
    except OSError as error:
        fail_to_write(output, error, "choose another file with -o")


def _report(
    output: str,
    compiled: Compiled,
    found: CompiledCheck | None,
    facts: dict[str, Any],
    as_json: bool,
) -> None:
    origin = compiled.origin
    if as_json:
        shown = None if found is None else asdict(found.found)
        layers = {"origin": origin, "layers": compiled.layers}
        print_json({**facts, "file": output, **layers, "check": shown})
        return
    console = standard_output()
    if "construction" in origin:
        console.print(Text(f"{origin['construction']}: {origin['source']}"))
    for line in compiled.lines():
        console.print(Text(line), soft_wrap=True)
    for line in found.lines() if found is not None else ():
        console.print(Text(line))
    console.print(Text(f"written to {output}"))
