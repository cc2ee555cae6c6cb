"""`monoscan compile`: an exact network as a network of the layers that training uses."""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from typing import Annotated, Any

import typer
from rich.text import Text

from monoscan.cli.console import ProgressLine, print_json, standard_output
from monoscan.cli.construct import no_network_told
from monoscan.cli.errors import fail, writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import OneArchitecture, read_depth, takes_options
from monoscan.errors import BadInput, check_number
from monoscan.face.compiling import Compiled, CompiledCheck, compile
from monoscan.face.needed import need_models

_WRONG_ANSWERS = 1


@takes_options
def compile_command(
    target: LanguageOptions,
    class_: OneArchitecture = "",
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
    need_models("monoscan compile")
    from monoscan.models.compile import check_names

    if not output:
        fail("say where the network goes: -o FILE")
    check_number("check_length", check_length, 0)
    check_number("check_words", check_words, 1)
    check_number("seed", seed, 0)
    check_names(precision, backend)
    if lrnn and (target.is_given or class_ or construction or depth != "any"):
        fail("--lrnn FILE is the whole network; leave out language, class and depth")
    if not lrnn and bool(class_) == bool(construction):
        fail(
            "give --lrnn FILE, or a language with either --architecture NAME or --construction "
            "ID; for example --language s3 --architecture 'deltaproduct-2, as released'"
        )
    facts: dict[str, Any] = {}
    if lrnn:
        compiled = replace(compile(lrnn, layer=layer), origin={"lrnn": lrnn})
    else:
        language = target.read()
        facts = target.facts(language) if as_json else {}
        said = "" if as_json else target.line(language)
        with no_network_told(), ProgressLine(said).shown():
            compiled = compile(
                language,
                class_ or None,
                construction=construction,
                depth=read_depth(depth),
                layer=layer,
            )
    with writing(output, "choose another file with -o"):
        compiled.write(output)
    found = None
    try:
        if check_length:
            found = compiled.check(
                check_words, check_length, precision=precision, backend=backend, seed=seed
            )
    except BadInput as error:  # a form of the kernels that cannot run here
        fail(f"{error}; {output} is written but not checked: choose another --backend")
    _report(output, compiled, found, facts, as_json)
    if found is not None and found.wrong_answers:
        sys.exit(_WRONG_ANSWERS)


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
