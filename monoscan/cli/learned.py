"""`monoscan learned`: the automaton that a trained network computes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from monoscan.cli.console import ProgressLine, print_json, shown_path, standard_output
from monoscan.cli.figures import checked_figure, write_figure
from monoscan.cli.networks import open_run
from monoscan.errors import BadInput
from monoscan.face.needed import need_models

if TYPE_CHECKING:
    from monoscan.face.learned import LearnedAutomaton


def learned_command(
    run: Annotated[str, typer.Argument(help="Folder of a run of monoscan train.")],
    length: Annotated[
        int, typer.Option(help="The automaton is learned from words of up to this length.")
    ] = 16,
    max_states: Annotated[int, typer.Option(help="Of the automaton.")] = 200,
    worst_length: Annotated[
        int, typer.Option(help="Longest word on which network and automaton are compared.")
    ] = 640,
    worst_letters: Annotated[
        int, typer.Option(help="Letters that each search and the learning may read.")
    ] = 2_000_000,
    figure: Annotated[
        str, typer.Option(help="Picture of it to write: FILE.svg, FILE.pdf or FILE.png.")
    ] = "",
    device: Annotated[str, typer.Option(help="cpu, cuda, cuda:N or auto.")] = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Learn the automaton that a trained network computes, and say how far it describes it.

    It is the smallest one that agrees with the network on all words of up to --length letters that
    were read. Then longer words are searched to which the network answers otherwise.

    Exit codes: 0 answered (also if there is no such automaton), 2 bad input, 4 out of memory.
    """
    need_models("monoscan learned")
    path = checked_figure(figure) if figure else None
    progress = ProgressLine()
    with progress.shown():
        opened = open_run(run, device)
        progress.update("learning the automaton of the network")
        found = opened.learned(
            length, max_states=max_states, worst_length=worst_length, letters=worst_letters
        )
    if path is not None:
        _draw(found, path)
    if as_json:
        print_json({"run": run, **found.to_json(), "figure": figure or None})
        return
    console = standard_output()
    for line in found.lines():
        console.print(Text(line))
    if path is not None:
        console.print(Text(f"picture: {shown_path(path)}"))


def _draw(found: LearnedAutomaton, path: Path) -> None:
    from monoscan.report.figures import draw_automaton

    language = found.language
    if language is None:
        raise BadInput(f"--figure {path}: there is no automaton to draw: {found.lines()[-1]}")
    write_figure(path, lambda: draw_automaton(language.minimal))
