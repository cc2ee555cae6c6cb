"""The language that `--regex --alphabet` or `--language` names."""

from __future__ import annotations

from monoscan.automata import (
    Automaton,
    AutomatonError,
    BudgetExceeded,
    UnknownLanguage,
    compile_regex,
    get_language,
    parse_alphabet,
)
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
