"""The language of a command: the options that name it, the same for every command."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any

import typer

from monoscan.automata import (
    Automaton,
    AutomatonError,
    BudgetExceeded,
    get_language,
    parse_alphabet,
)
from monoscan.automata.summary import summary, summary_to_json
from monoscan.cli.completion import languages
from monoscan.cli.console import fail, note, say
from monoscan.proofs_check.exit_codes import BUDGET_REACHED
from monoscan.registry import UnknownId

_PANEL = "Language"


def _option(*names: str, help: str, **more: Any) -> Any:
    return typer.Option(*names, help=help, rich_help_panel=_PANEL, **more)


@dataclass(frozen=True)
class LanguageOptions:
    """The options that name a language; each field is an option of that name.

    Attributes:
        regex: A regular expression.
        past_ltl: A formula of past LTL.
        empty_word: Whether the formula is said to be true of the empty word.
        group: Permutations that generate a group.
        alphabet: The letters of the expression, formula or file, or names of the permutations.
        language: The id of a language.
        automaton: The path of a file.
        symbols: The path of the symbol table of that file.
        complete: Whether missing transitions of the file lead to a rejecting state.
        trim: Whether unreachable states of the file are dropped.
        ignore: Attributes of the drawing that mean nothing.
    """

    regex: Annotated[str | None, _option(help="A regular expression (docs/regex.md).")] = None
    past_ltl: Annotated[
        str | None, _option(help="A formula of past LTL, as 'H (b -> Y a)' (docs/languages.md).")
    ] = None
    empty_word: Annotated[
        bool, _option("--empty-word", help="Of --past-ltl: accept the empty word.")
    ] = False
    group: Annotated[
        str | None,
        _option(help="Permutations, as '(1 2 3),(1 2)': the letters; the output is the product."),
    ] = None
    alphabet: Annotated[
        str,
        _option(
            help="Letters of --regex, --past-ltl, --automaton: 01, or a,b,swap; names for --group."
        ),
    ] = ""
    language: Annotated[
        str, _option(help="An id; see: monoscan list languages.", autocompletion=languages)
    ] = ""
    automaton: Annotated[
        str, _option(help="File: .json, .dot, .jff, .att, .ba, .hoa (docs/languages.md).")
    ] = ""
    symbols: Annotated[str, _option(help="Of --automaton: the symbol table of an .att file.")] = ""
    complete: Annotated[
        bool,
        _option(
            "--complete",
            help="Of --automaton: missing transitions lead to a new rejecting state.",
        ),
    ] = False
    trim: Annotated[
        bool, _option("--trim", help="Of --automaton: drop states that cannot be reached.")
    ] = False
    ignore: Annotated[
        list[str] | None,
        _option(help="Of --automaton: an attribute of the drawing to ignore; may be repeated."),
    ] = None

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

    def facts(self, automaton: Automaton) -> dict[str, Any]:
        """What every command that reads a language says of it in JSON."""
        return {"language": summary_to_json(automaton, self.name)}

    def read(self, as_json: bool) -> Automaton:
        """The automaton that the options name; ends the program if there is none.

        One line on standard error says what was read, with the first words that are accepted and
        rejected.

        Args:
            as_json: The command says the same in JSON, by `facts`; then there is no line.
        """
        automaton = self._read()
        if not as_json:
            say(f"language: {summary(automaton, self.name)}")
        return automaton

    def _read(self) -> Automaton:
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
        except UnknownId as error:
            fail(str(error))
        except AutomatonError as error:
            place = f"{self.automaton}: " if self.automaton else ""
            fail(f"{place}{error}")
        except BudgetExceeded as error:
            fail(
                f"{_name(given[0])} {getattr(self, given[0])}: more than {error.limit} "
                f"{error.what} are needed on the way, and no option raises this limit",
                BUDGET_REACHED,
            )

    def _has(self, name: str) -> bool:
        return bool(getattr(self, name) != getattr(LanguageOptions, name))

    def _check_belongs(self, source: str) -> None:
        for name, sources in _BELONGS_TO.items():
            if self._has(name) and source not in sources:
                fail(
                    f"{_name(name)} belongs to {_and(sources)}, and means nothing for "
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


def _read_regex(options: LanguageOptions) -> Automaton:
    from monoscan.automata.regex import compile_regex, hint_of_union

    pattern, letters = options.regex or "", parse_alphabet(options.alphabet)
    automaton = compile_regex(pattern, letters)
    hint = hint_of_union(pattern, letters)
    if hint:
        note(hint)
    return automaton


def _read_past_ltl(options: LanguageOptions) -> Automaton:
    from monoscan.automata.sources import compile_past_ltl

    return compile_past_ltl(
        options.past_ltl or "",
        parse_alphabet(options.alphabet),
        empty_word=options.empty_word,
        tell=note,
    )


def _read_group(options: LanguageOptions) -> Automaton:
    from monoscan.automata.sources import group_word_problem, parse_permutations

    permutations = parse_permutations(options.group or "")
    if not options.alphabet:
        return group_word_problem(permutations)
    letters = parse_alphabet(options.alphabet)
    if len(letters) != len(permutations):
        fail(
            f"--alphabet {options.alphabet} names {len(letters)} letters and --group "
            f"{len(permutations)} permutations; give each a name, or leave --alphabet out: the "
            "letters are then the permutations in cycle notation"
        )
    return group_word_problem(dict(zip(letters, permutations, strict=True)))


def _read_language(options: LanguageOptions) -> Automaton:
    return get_language(options.language).build()


def _read_file(options: LanguageOptions) -> Automaton:
    from monoscan.automata.sources import read_automaton

    def tell(words: str) -> None:
        note(f"{options.automaton}: {words}")

    try:
        automaton = read_automaton(
            options.automaton,
            parse_alphabet(options.alphabet) if options.alphabet else None,
            symbols=options.symbols or None,
            complete=options.complete,
            trim=options.trim,
            ignore=options.ignore or (),
            tell=tell,
        )
    except OSError as error:
        path = error.filename or options.automaton
        fail(f"{path}: {error.strerror or error}; give a readable file")
    if automaton.is_acceptor and not any(automaton.outputs):
        tell("no state accepts, so this is the empty language")
    return automaton


_READERS: Mapping[str, Callable[[LanguageOptions], Automaton]] = {
    "regex": _read_regex,
    "past_ltl": _read_past_ltl,
    "group": _read_group,
    "language": _read_language,
    "automaton": _read_file,
}
