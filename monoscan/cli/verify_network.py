"""`verify --lrnn FILE`: does this network recognise this language?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, NoReturn

import typer

from monoscan.cli.console import ProgressLine, shown_path
from monoscan.cli.errors import writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.output import OutputOptions, write_table
from monoscan.face.checking import certify
from monoscan.face.decisions import decide
from monoscan.face.network import network


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
    lrnn, target, class_, semantics, number_format, (states, prefix, period) = question
    is_json = output.chosen() == "json"
    net = network(lrnn)
    language = target.read()
    progress = ProgressLine("" if is_json else target.line(language))
    with (
        writing(f"certificates to {certificates}", "choose another folder with --certificates"),
        progress.shown(),
    ):
        found = decide(
            net,
            language,
            semantics,
            number_format or None,
            architecture=class_ or None,
            max_states=states,
            max_prefix=prefix,
            max_period=period,
            progress=progress.update,
        )
        answer = certify(found, certificates / Path(lrnn).stem, progress.update)
    table = answer.table(shown_path)
    write_table(replace(table, value=target.facts(language) | dict(table.value or {})), output)
    raise typer.Exit(answer.exit_code)
