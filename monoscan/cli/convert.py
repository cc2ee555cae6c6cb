"""`monoscan convert`: a language as a file of another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from monoscan.automata import minimize
from monoscan.automata.sources import symbols_to_text, write_automaton
from monoscan.cli.console import print_json, say, standard_output
from monoscan.cli.errors import fail, writing
from monoscan.cli.language import LanguageOptions
from monoscan.cli.options import takes_options


@takes_options
def convert_command(
    target: LanguageOptions,
    output: Annotated[
        str,
        typer.Option("-o", "--output", help="File to write: .json, .dot, .gv, .jff or .att."),
    ] = "",
    minimal: Annotated[
        bool, typer.Option("--minimal", help="Write the minimal automaton.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Write a language as a file of another format; a text of OpenFst gets its symbol table, too.

    Exit codes: 0 written, 2 bad input.
    """
    if not output:
        fail("say where the automaton goes: -o FILE.json, .dot, .gv, .jff or .att")
    language = target.read()
    automaton = minimize(language.automaton) if minimal else language.automaton
    written = [output]
    with writing(output, "choose another file with -o"):
        write_automaton(automaton, output)
        if output.lower().endswith((".att", ".fst.txt")):
            table = Path(output).with_suffix(".syms")
            table.write_text(symbols_to_text(automaton.alphabet) + "\n", encoding="utf-8")
            written.append(str(table))
    if as_json:
        print_json({**target.facts(language), "files": written})
        return
    say(target.line(language))
    states = f"{automaton.n_states} state{'s' * (automaton.n_states > 1)}"
    standard_output().print(Text(f"{states}, written to {' and '.join(written)}"), soft_wrap=True)
