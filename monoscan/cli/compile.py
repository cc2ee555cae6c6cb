"""`monoscan compile`: an exact network as a network of the layers that training uses."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer
from rich.text import Text

from monoscan.cli.console import fail, fail_to_write, print_json, standard_output
from monoscan.cli.construct import named_network, networks_of_class
from monoscan.cli.language import LanguageOptions, takes_language
from monoscan.cli.layers import kind_of
from monoscan.cli.networks import model_errors_told, need_models
from monoscan.cli.questions import read_class, read_depth
from monoscan.proofs_check.verify_prediction import counted
from monoscan.theory.lrnn import LRNN
from monoscan.theory.lrnn_json import LRNNFileError, read_lrnn
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question

if TYPE_CHECKING:
    from monoscan.models.compile import Check, CompiledModel, LayerCheck

_WRONG_ANSWERS = 1
_Candidate: TypeAlias = tuple[LRNN, dict[str, str]]
"""An exact network, and where it comes from."""


@takes_language
def compile_command(
    target: LanguageOptions,
    class_: Annotated[str, typer.Option("--class", help="Model class, or 'NAME, VARIANT'.")] = "",
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
        candidates = iter([(_read(lrnn), {"lrnn": lrnn})])
    else:
        candidates = _constructed(target, class_, construction, depth)
    with model_errors_told():
        wanted = _layer(layer, class_)
        model, origin = _compiled(candidates, wanted)
        _save(model, output, origin)
        facts = _facts(model)
        try:
            found = _checked(model, precision, backend, (check_length, check_words, seed))
        except ValueError as error:  # a form of the kernels that cannot run here
            fail(f"{error}; {output} is written but not checked: choose another --backend")
    _report(output, origin, facts, found, as_json)
    if found is not None and found.wrong_answers:
        sys.exit(_WRONG_ANSWERS)


def _read(path: str) -> LRNN:
    try:
        return read_lrnn(Path(path))
    except LRNNFileError as error:
        fail(str(error))


def _constructed(
    target: LanguageOptions, class_: str, construction: str, depth: str
) -> Iterator[_Candidate]:
    """The exact networks of a language, and where they come from, in the order to be tried."""
    if bool(class_) == bool(construction):
        fail(
            "give --lrnn FILE, or a language with either --class ID or --construction ID; for "
            "example --language s3 --class 'deltaproduct-2, released'"
        )
    predictor = Predictor(target.read())
    if construction:
        networks = iter([named_network(predictor, construction, read_depth(depth), "exact")])
    else:
        question = Question(read_class(class_), read_depth(depth))
        networks = networks_of_class(predictor, question)
    return (
        (
            found.lrnn,
            {
                "language": target.language,
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
        return kind_of(layer)
    return layer_of_class(read_class(class_).id) if class_ else None


def _compiled(
    candidates: Iterator[_Candidate], layer: str | None
) -> tuple[CompiledModel, dict[str, str]]:
    """The first network that layers hold; ends the program with all reasons if there is none."""
    from monoscan.models.compile import CompileError, compile_network

    refusals: dict[str, str] = {}  # the reasons, each with the constructions that it is about
    for exact, origin in candidates:
        try:
            return compile_network(exact, layer), origin
        except CompileError as error:
            known = refusals.get(str(error))
            name = origin.get("construction", "")
            refusals[str(error)] = f"{known}, {name}" if known else name
    if len(refusals) == 1:
        ((reason, names),) = refusals.items()
        fail(f"{reason}{'; another --construction or --layer may fit' if names else ''}")
    reasons = "".join(f"\n  {names}: {reason}" for reason, names in refusals.items())
    fail(f"the layers hold no network of this class; another --layer may fit{reasons}")


def _save(model: CompiledModel, output: str, origin: dict[str, str]) -> None:
    from monoscan.models.compile import save_compiled

    try:
        save_compiled(model, Path(output), origin)
    except OSError as error:
        fail_to_write(output, error, "choose another file with -o")


def _checked(
    model: CompiledModel, precision: str, backend: str, words: tuple[int, int, int]
) -> Check | None:
    from monoscan.models.compile import check

    length, n_words, seed = words
    if not length:
        return None
    return check(model.using(precision, backend), length, n_words, seed)


def _facts(model: CompiledModel) -> list[dict[str, Any]]:
    """What the layers are, while their weights are not rounded yet."""
    return [
        {
            "layer": layer.config.layer,
            "range": layer.config.range,
            "model_class": layer.config.model_class,
            "n_h": layer.config.n_h,
            "width": layer.config.width,
            "heads": layer.config.heads,
            "symbols": len(layer.embedding),
            "states": len(layer.codes),
            "exact_in": layer.exact_in(),
        }
        for layer in model.compiled_layers()
    ]


def _report(
    output: str,
    origin: dict[str, str],
    layers: list[dict[str, Any]],
    found: Check | None,
    as_json: bool,
) -> None:
    if as_json:
        shown = None if found is None else asdict(found)
        print_json({"file": output, "origin": origin, "layers": layers, "check": shown})
        return
    console = standard_output()
    if "construction" in origin:
        console.print(Text(f"{origin['construction']}: {origin['source']}"))
    for number, facts in enumerate(layers, start=1):
        console.print(Text(_layer_line(number, facts)), soft_wrap=True)
    if found is not None:
        for line in (*_step_lines(found), _check_line(found)):
            console.print(Text(line))
    console.print(Text(f"written to {output}"))


def _layer_line(number: int, facts: dict[str, Any]) -> str:
    factors = f", n_h = {facts['n_h']}" if facts["n_h"] > 1 else ""
    heads = f"{counted(facts['heads'], 'head')} of {facts['width'] // facts['heads']}"
    exact = ", ".join(facts["exact_in"])
    return (
        f"layer {number}: {facts['layer']} {facts['range']} ({facts['model_class']}){factors}, "
        f"width {facts['width']} in {heads}, {counted(facts['symbols'], 'symbol')}, "
        f"{counted(facts['states'], 'state')}; "
        f"weights {f'exact in {exact}' if exact else 'rounded'}"
    )


def _step_lines(found: Check) -> list[str]:
    """What is known of the errors of each layer; layers without any share a line."""
    lines = []
    exact = [str(n) for n, layer in enumerate(found.layers, start=1) if not layer.step_error]
    if exact:
        lines.append(
            f"{'layer' if len(exact) == 1 else 'layers'} {', '.join(exact)}: a step from any state "
            f"has no error in {found.precision}, so nothing adds up"
        )
    for number, layer in enumerate(found.layers, start=1):
        if layer.step_error:
            lines.append(f"layer {number}: {_errors(layer, found.precision)}")
    return lines


def _errors(layer: LayerCheck, precision: str) -> str:
    line = f"a step is off by up to {layer.step_error:.2g} in {precision}"
    if layer.gap is None:
        return f"{line}, and the report is always the same"
    line += f"; reports are safe up to {layer.gap / 2:.3g}"
    if layer.horizon is not None:
        line += f", after about {_rounded(layer.horizon)} letters if all errors add up"
    return f"{line}; the check came to {layer.drift:.2g} of it"


def _rounded(number: int) -> str:
    """A number in two digits.

    >>> _rounded(251302)
    '250,000'
    """
    return f"{float(f'{number:.2g}'):,.0f}"


def _check_line(found: Check) -> str:
    words = f"{counted(found.n_words, 'word')} of {counted(found.length, 'letter')}"
    where = f"{found.precision}, kernels: {found.backend}"
    if not found.wrong_answers:
        return f"check: {words} ({where}): every answer right"
    return (
        f"check: {words} ({where}): {counted(found.wrong_answers, 'wrong answer')} in "
        f"{counted(found.wrong_words, 'word')}, the first one after {found.first_error} letters"
    )
