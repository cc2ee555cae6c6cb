"""`monoscan compile`: an exact network as a network of the layers that training uses."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import Annotated, Any

import typer
from rich.text import Text

from monoscan.cli.completion import classes
from monoscan.cli.console import fail, fail_to_write, print_json, standard_output
from monoscan.cli.construct import no_network_told
from monoscan.cli.language import LanguageOptions
from monoscan.cli.networks import model_errors_told, need_models
from monoscan.cli.options import takes_options
from monoscan.cli.questions import read_depth
from monoscan.face.compiling import Compiled, CompiledCheck, compile
from monoscan.face.language import Language
from monoscan.models.errors import ModelError

_WRONG_ANSWERS = 1


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
    if lrnn and (target.is_given or class_ or construction or depth != "any"):
        fail("--lrnn FILE is the whole network; leave out language, class and depth")
    if not lrnn and bool(class_) == bool(construction):
        fail(
            "give --lrnn FILE, or a language with either --class ID or --construction ID; for "
            "example --language s3 --class 'deltaproduct-2, released'"
        )
    facts: dict[str, Any] = {}
    with model_errors_told(), no_network_told():
        if lrnn:
            compiled = replace(compile(lrnn, layer=layer), origin={"lrnn": lrnn})
        else:
            automaton = target.read(as_json)
            facts = target.facts(automaton) if as_json else {}
            compiled = compile(
                Language(automaton, target.language),
                class_ or None,
                construction=construction,
                depth=read_depth(depth),
                layer=layer,
            )
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


def _check_names(precision: str, backend: str) -> None:
    with model_errors_told():
        from monoscan.models.compile import check_names

        check_names(precision, backend)


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
