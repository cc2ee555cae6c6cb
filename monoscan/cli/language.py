"""The language that `--regex --alphabet` or `--language` names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from monoscan.automata import (
    Automaton,
    AutomatonError,
    BudgetExceeded,
    UnknownLanguage,
    compile_regex,
    get_language,
    parse_alphabet,
)
from monoscan.automata.sources import automaton_from_dot, automaton_from_json
from monoscan.cli.console import BUDGET_REACHED, fail


def read_language(regex: str | None, alphabet: str, language: str) -> Automaton:
    """The automaton of a language named on the command line; ends the program if there is none."""
    if (regex is None) == (not language):
        fail("say which language: either --regex R --alphabet LETTERS or --language ID")
    try:
        if regex is None:
            if alphabet:
                fail("--alphabet belongs to --regex; a --language brings its own alphabet")
            return get_language(language).build()
        if not alphabet:
            fail("--regex needs --alphabet, the letters in order; for example --alphabet 01")
        return compile_regex(regex, parse_alphabet(alphabet))
    except UnknownLanguage as error:
        fail(f"{error} (all of them: monoscan list languages)")
    except AutomatonError as error:
        fail(str(error))
    except BudgetExceeded as error:
        fail(
            f"--regex {regex}: more than {error.limit} {error.what} are needed on the way; "
            "write it so that fewer are",
            BUDGET_REACHED,
        )


def read_target(regex: str | None, alphabet: str, language: str, automaton: str) -> Automaton:
    """The automaton that the options name; ends the program if there is none."""
    if automaton and (regex is not None or language or alphabet):
        fail("give one of --automaton, --regex and --language")
    if not automaton and regex is None and not language:
        fail("say which language: --regex R --alphabet LETTERS, --language ID or --automaton FILE")
    return read_automaton_file(automaton) if automaton else read_language(regex, alphabet, language)


def read_automaton_file(path: str) -> Automaton:
    """The automaton in a .json, .dot or .gv file; ends the program if it holds none."""
    read = _READERS.get(Path(path).suffix.lower())
    if read is None:
        fail(f"--automaton {path}: give a file whose name ends in {', '.join(_READERS)}")
    try:
        return read(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        fail(f"{path}: {error.strerror or error}; give a readable file")
    except UnicodeDecodeError as error:
        fail(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8")
    except AutomatonError as error:
        fail(f"{path}: {error}")


_READERS: Mapping[str, Callable[[str], Automaton]] = {
    ".json": automaton_from_json,
    ".dot": automaton_from_dot,
    ".gv": automaton_from_dot,
}
