"""`verify --lrnn FILE`: does this network recognise this language?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, NoReturn

import typer

from monoscan.cli.console import ProgressLine, fail, fail_to_write, shown_path
from monoscan.cli.language import LanguageOptions
from monoscan.cli.output import OutputOptions, write_table
from monoscan.cli.questions import read_class
from monoscan.face.checking import certify
from monoscan.face.decisions import decide
from monoscan.face.language import Language
from monoscan.face.network import Network, network
from monoscan.theory.formats import FormatError
from monoscan.theory.lrnn_json import LRNNFileError
from monoscan.theory.semantics import SEMANTICS, SemanticsError, named_semantics


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
    net = _read(lrnn)
    automaton = target.read(as_json=output.chosen() == "json")
    _check_arithmetic(semantics, number_format)
    architecture = read_class(class_) if class_ else None
    states, prefix, period = limits
    progress = ProgressLine()
    try:
        with progress.shown():
            found = decide(
                net,
                Language(automaton),
                semantics,
                number_format or None,
                architecture=architecture,
                max_states=states,
                max_prefix=prefix,
                max_period=period,
                progress=progress.update,
            )
            answer = certify(found, certificates / Path(lrnn).stem, progress.update)
    except ValueError as error:
        fail(f"{lrnn}: {error}")
    except OSError as error:
        fail_to_write(
            f"certificates to {certificates}", error, "choose another folder with --certificates"
        )
    table = answer.table(shown_path)
    write_table(replace(table, value=target.facts(automaton) | dict(table.value or {})), output)
    raise typer.Exit(answer.exit_code)


def _read(path: str) -> Network:
    try:
        return network(path)
    except LRNNFileError as error:
        fail(str(error))


def _check_arithmetic(name: str, format_text: str) -> None:
    """Ends the program if the options name no arithmetic."""
    rounded = [known for known in SEMANTICS if known != "exact"]
    if name == "exact" and format_text:
        fail(f"--number-format needs a rounded semantics: {', '.join(rounded)}")
    if name in rounded and not format_text:
        fail(
            f"--semantics {name} needs --number-format, for example --number-format e4m3 or "
            "--number-format fixed:1/8:-16:127/8"
        )
    try:
        named_semantics(name, format_text or None)
    except FormatError as error:
        fail(f"--number-format {format_text}: {error}")
    except SemanticsError as error:
        fail(str(error))
