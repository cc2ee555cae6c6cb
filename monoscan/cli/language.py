"""The language of a command: the options that name it, the same for every command."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.summary import summary, summary_to_json
from monoscan.cli.completion import languages
from monoscan.cli.console import note
from monoscan.cli.errors import fail
from monoscan.face import sources
from monoscan.face.language import Language
from monoscan.proofs_check.exit_codes import BUDGET_REACHED

_PANEL = "Language"


def _option(*names: str, help: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=_PANEL, **more)


@dataclass(frozen=True)
class LanguageOptions:
    """The options that name a language; each field is an option of that name.

    Attributes:
        language: The id of a language.
        regex: A regular expression.
        past_ltl: A formula of past LTL.
        empty_word: Whether the formula is said to be true of the empty word.
        group: Permutations that generate a group.
        automaton: The path of a file.
        alphabet: The letters of the expression, formula or file, or names of the permutations.
        symbols: The path of the symbol table of that file.
        complete: Whether missing transitions of the file lead to a rejecting state.
        trim: Whether unreachable states of the file are dropped.
        ignore: Attributes of the drawing that mean nothing.
    """

    language: Annotated[
        str, _option(help="Id; see monoscan list languages.", autocompletion=languages)
    ] = ""
    regex: Annotated[str | None, _option(help="Expression (docs/regex.md).")] = None
    past_ltl: Annotated[str | None, _option(help="Formula, as 'H (b -> Y a)'.")] = None
    empty_word: Annotated[bool, _option("--empty-word", help="Of --past-ltl: accept it.")] = False
    group: Annotated[str | None, _option(help="Permutations, as '(1 2 3),(1 2)'.")] = None
    automaton: Annotated[str, _option(help="File (docs/languages.md).")] = ""
    alphabet: Annotated[str, _option(help="Letters: 01, or a,b,swap.")] = ""
    symbols: Annotated[str, _option(help="Symbol table of an .att file.")] = ""
    complete: Annotated[bool, _option("--complete", help="Missing transitions reject.")] = False
    trim: Annotated[bool, _option("--trim", help="Drop unreachable states.")] = False
    ignore: Annotated[list[str] | None, _option(help="Attribute of a drawing to ignore.")] = None

    @property
    def is_given(self) -> bool:
        """Whether any of the options is given."""
        return self != LanguageOptions()

    def __str__(self) -> str:
        """The options as they are typed."""
        words: list[str] = []
        for field in fields(self):
            value = getattr(self, field.name)
            for text in value if isinstance(value, list) else [value]:
                if text != field.default:
                    words.append(_name(field.name))
                    words += [] if text is True else [shlex.quote(text)]
        return " ".join(words)

    @property
    def name(self) -> str:
        """What the language is called in the one line that says what was read."""
        return (
            self.language or self.regex or self.past_ltl or self.group or Path(self.automaton).name
        )

    def line(self, language: Language) -> str:
        """What every command says of the language that it has read."""
        return f"language: {summary(language.automaton, language.name or self.name)}"

    def facts(self, language: Language) -> dict[str, Any]:
        """The same in JSON."""
        named = language.name or self.name
        return {"language": summary_to_json(language.automaton, named)}

    def read(self) -> Language:
        """The language that the options name; ends the program if there is none."""
        given = [name for name in _READERS if self._has(name)]
        if not given:
            fail(
                "say which language: --regex R --alphabet LETTERS, --language ID or "
                "--automaton FILE; also --past-ltl FORMULA --alphabet LETTERS, --group PERMUTATIONS"
            )
        if len(given) > 1:
            fail(f"say which language: give one of {_and(given)}")
        self._check_belongs(given[0])
        try:
            return _READERS[given[0]](self)
        except BudgetExceeded as error:
            fail(
                f"{_name(given[0])} {getattr(self, given[0])}: more than {error.limit} "
                f"{error.what} are needed on the way, and no option raises this limit",
                BUDGET_REACHED,
            )

    def _has(self, name: str) -> bool:
        return bool(getattr(self, name) != getattr(LanguageOptions, name))

    def _check_belongs(self, source: str) -> None:
        for name, owners in _BELONGS_TO.items():
            if self._has(name) and source not in owners:
                fail(
                    f"{_name(name)} belongs to {_and(owners)}, and means nothing for "
                    f"{_name(source)}; leave it out"
                )
        if source in ("regex", "past_ltl") and not self.alphabet:
            fail(
                f"{_name(source)} needs --alphabet, the letters in order; for example --alphabet 01"
            )


def _name(field: str) -> str:
    return f"--{field.replace('_', '-')}"


def _and(names: Iterable[str]) -> str:
    return " and ".join(map(_name, names))


_BELONGS_TO = {
    "alphabet": ("regex", "past_ltl", "group", "automaton"),
    "empty_word": ("past_ltl",),
    "symbols": ("automaton",),
    "complete": ("automaton",),
    "trim": ("automaton",),
    "ignore": ("automaton",),
}


def _group(options: LanguageOptions) -> Language:
    return sources.group(options.group, letters=options.alphabet or None)


def _file(options: LanguageOptions) -> Language:
    return sources.automaton(
        options.automaton,
        options.alphabet or None,
        symbols=options.symbols or None,
        complete=options.complete,
        trim=options.trim,
        ignore=options.ignore or (),
        tell=note,
    )


_READERS: Mapping[str, Callable[[LanguageOptions], Language]] = {
    "regex": lambda given: sources.regex(given.regex or "", given.alphabet, tell=note),
    "past_ltl": lambda given: sources.formula(
        given.past_ltl or "", given.alphabet, empty_word=given.empty_word, tell=note
    ),
    "group": _group,
    "language": lambda given: sources.language(given.language),
    "automaton": _file,
}
