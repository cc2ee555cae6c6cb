"""`verify --lrnn FILE`: does this network recognise this language?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import typer

from monoscan.cli.console import ProgressLine, fail, fail_to_write, shown_path
from monoscan.cli.language import LanguageOptions
from monoscan.cli.output import OutputOptions, write_table
from monoscan.cli.questions import read_class
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


class NetworkQuestion(NamedTuple):
    """The options of the question, as they are typed.

    Attributes:
        lrnn: file of the network.
        target: the language.
        class_: that the network must lie in; empty for none.
        semantics: how it computes.
        number_format: of a rounded semantics; empty otherwise.
        limits: joint states, longest p and longest u of the words p u^n.
    """

    lrnn: str
    target: LanguageOptions
    class_: str
    semantics: str
    number_format: str
    limits: tuple[int, int, int]


def verify_network(
    question: NetworkQuestion, certificates: Path, output: OutputOptions
) -> NoReturn:
    """Decides it, has the answer checked, prints it and ends the program."""
    lrnn, target, class_, semantics, number_format, limits = question
    network = _read(lrnn)
    automaton = target.read(as_json=output.chosen() == "json")
    chosen = _semantics(semantics, number_format)
    model_class = _require_class(lrnn, network, class_, chosen) if class_ else None
    budget = _budget(*limits)
    progress = ProgressLine()
    try:
        with progress.shown():
            report = verify_lrnn(
                network,
                chosen,
                automaton,
                certificates / Path(lrnn).stem,
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
