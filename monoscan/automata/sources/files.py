"""Automata in files: the one place that says which reader and writer a name ends in."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError, AutomatonFileError
from monoscan.automata.sources.att import automaton_from_att, automaton_to_att, symbols_from_text
from monoscan.automata.sources.ba import automaton_from_ba
from monoscan.automata.sources.dot import automaton_from_dot, automaton_to_dot
from monoscan.automata.sources.hoa import automaton_from_hoa
from monoscan.automata.sources.jflap import automaton_from_jff, automaton_to_jff
from monoscan.automata.sources.json_file import automaton_from_json, automaton_to_json
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.texts import MAX_CHARACTERS
from monoscan.automata.steps import DEFAULT_STATE_BUDGET


@dataclass(frozen=True)
class FileFormat:
    """A format of files that hold automata.

    Attributes:
        name: What people call it.
        suffixes: How the names of its files end.
        read: Reads a text.
        write: Writes an automaton as text; None if the format is only read.
        looks_like: A pattern that texts of this format, and hardly any others, match.
        options: What its reader takes beside what all of them take.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Callable[..., Automaton]
    write: Callable[[Automaton], str] | None
    looks_like: re.Pattern[str]
    options: frozenset[str] = frozenset()


FORMATS = (
    FileFormat(
        "JSON",
        (".json",),
        automaton_from_json,
        automaton_to_json,
        re.compile(r"\s*\{\s*\""),
        frozenset({"complete"}),
    ),
    FileFormat(
        "a drawing of Graphviz",
        (".dot", ".gv"),
        automaton_from_dot,
        automaton_to_dot,
        re.compile(r"\s*(strict\s+)?(di)?graph\b[^{\n]*\{", re.IGNORECASE),
        frozenset({"alphabet", "complete", "ignore"}),
    ),
    FileFormat(
        "a file of JFLAP",
        (".jff",),
        automaton_from_jff,
        automaton_to_jff,
        re.compile(r"\s*<(\?xml|structure)\b"),
        frozenset({"alphabet"}),
    ),
    FileFormat(
        "a file in the Hanoi format",
        (".hoa",),
        automaton_from_hoa,
        None,
        re.compile(r"\s*HOA:"),
    ),
    FileFormat(
        "a file of RABIT",
        (".ba",),
        automaton_from_ba,
        None,
        re.compile(r"\s*([^\s,]+\s*\n\s*)?[^\s,]+,\S+->\S+\s*$", re.MULTILINE),
        frozenset({"alphabet"}),
    ),
    FileFormat(
        "a text of OpenFst",
        (".att", ".fst.txt"),
        automaton_from_att,
        automaton_to_att,
        re.compile(r"\s*\d+[ \t]+\d+[ \t]+\S+([ \t]+\S+){0,2}[ \t]*$", re.MULTILINE),
        frozenset({"alphabet", "symbols"}),
    ),
)
SUFFIXES = tuple(suffix for form in FORMATS for suffix in form.suffixes)

# What the options say, for the formats that have no use for them.
_MEANINGS = {
    "alphabet": "the alphabet is said by the file itself",
    "symbols": "a symbol table belongs to a text of OpenFst",
    "ignore": "attributes that can be ignored are those of a drawing",
}
_COMPILED_FST = b"\xd6\xfd\xb2\x7e"


def read_automaton(
    path: str | Path,
    alphabet: Sequence[str] | None = None,
    *,
    symbols: str | Path | None = None,
    complete: bool = False,
    trim: bool = False,
    ignore: Collection[str] = (),
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """Reads an automaton from a file; the end of its name says the format (docs/languages.md).

    Args:
        path: The file, ending in one of `SUFFIXES`.
        alphabet: The letters in order, for formats that do not list them; None sorts those that
            occur.
        symbols: The file of a symbol table, for a text of OpenFst.
        complete: Let missing transitions lead to a rejecting trap. Formats in which they reject
            anyway need no word.
        trim: Drop unreachable states instead of raising.
        ignore: Attributes of a drawing to ignore beside those that only change the look.
        tell: Is told what was added, dropped, guessed and made deterministic.
        budget: Largest number of sets of states of a nondeterministic automaton.

    Raises:
        AutomatonFileError: If the file cannot be read, its name ends otherwise, an option means
            nothing for the format, the file is too large, no UTF-8 text or not of the format, or
            the automaton itself is not valid; the message begins with the path.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> read_automaton("parity.fsm")
    Traceback (most recent call last):
    ...
    monoscan.automata.errors.AutomatonFileError: parity.fsm: give a file whose name ends in .json, \
.dot, .gv, .jff, .hoa, .ba, .att or .fst.txt
    """
    form = _format_of(path)
    given: dict[str, Any] = {"alphabet": alphabet, "symbols": symbols, "ignore": tuple(ignore)}
    options = {name: value for name, value in given.items() if value not in (None, ())}
    options |= {"trim": trim, "tell": lambda words: tell(f"{path}: {words}"), "budget": budget}
    try:
        found = _read(path, form, options, complete=complete)
    except AutomatonError as error:
        raise AutomatonFileError(f"{path}: {error}") from None
    except OSError as error:
        place, said = error.filename or path, error.strerror or error
        raise AutomatonFileError(f"{place}: {said}; give a readable file") from None
    if found.is_acceptor and not any(found.outputs):
        tell(f"{path}: no state accepts, so this is the empty language")
    return found


def _read(
    path: str | Path, form: FileFormat, options: dict[str, Any], *, complete: bool
) -> Automaton:
    for name in _MEANINGS:
        if name in options and name not in form.options:
            value = options[name]
            shown = ",".join(value) if isinstance(value, tuple) else value
            raise AutomatonFileError(
                f"--{name} {shown} (in Python {name}=...) means nothing for {form.suffixes[0]} "
                f"files: {_MEANINGS[name]}; leave it out"
            )
    if "symbols" in options:
        symbols = options["symbols"]
        try:
            options["symbols"] = symbols_from_text(_text_of(symbols))
        except AutomatonFileError as error:
            raise AutomatonFileError(f"symbol table {symbols}: {error}") from None
    if "complete" in form.options:
        options["complete"] = complete
    text = _text_of(path)
    try:
        return form.read(text, **options)
    except AutomatonError as error:
        other = looks_like(text)
        if other is None or other is form:
            raise
        raise AutomatonFileError(
            f"{error}\nThe contents look like {other.name}; if so, let the name end in "
            f"{other.suffixes[0]}"
        ) from None


def write_automaton(automaton: Automaton, path: str | Path) -> None:
    """Writes an automaton to a file; the end of its name says the format.

    Raises:
        OSError: If the file cannot be written.
        AutomatonFileError: If the name ends otherwise, the format is only read, or it does not
            hold such an automaton; the message begins with the path.

    >>> write_automaton(Automaton("a", [[0]], (True,)), "all.ba")
    Traceback (most recent call last):
    ...
    monoscan.automata.errors.AutomatonFileError: all.ba: a file of RABIT is only read; give a file \
whose name ends in .json, .dot, .gv, .jff, .att or .fst.txt
    """
    form = _format_of(path)
    if form.write is None:
        written = [suffix for other in FORMATS if other.write for suffix in other.suffixes]
        raise AutomatonFileError(f"{path}: {form.name} is only read; {_give(written)}")
    try:
        text = form.write(automaton)
    except AutomatonError as error:
        raise AutomatonFileError(f"{path}: {error}") from None
    Path(path).write_text(text + "\n", encoding="utf-8")


def looks_like(text: str) -> FileFormat | None:
    """The format that a text seems to be of, if any.

    >>> looks_like("HOA: v1").name, looks_like("Dear all,")
    ('a file in the Hanoi format', None)
    """
    return next((form for form in FORMATS if form.looks_like.match(text[:2000])), None)


def _format_of(path: str | Path) -> FileFormat:
    name = Path(path).name.lower()
    for form in FORMATS:
        if name.endswith(form.suffixes):
            return form
    hint = ""
    if Path(path).is_file():
        try:
            other = looks_like(_text_of(path))
        except AutomatonFileError as error:
            hint = f"; {error}"
        else:
            hint = f" (the contents look like {other.name})" if other else ""
    raise AutomatonFileError(f"{path}: {_give(SUFFIXES)}{hint}")


def _give(suffixes: Sequence[str]) -> str:
    return f"give a file whose name ends in {', '.join(suffixes[:-1])} or {suffixes[-1]}"


def _text_of(path: str | Path) -> str:
    # In UTF-8 a character takes at most four bytes. One more shows that there is too much.
    with Path(path).open("rb") as file:
        data = file.read(4 * MAX_CHARACTERS + 1)
    if data.startswith(_COMPILED_FST):
        raise AutomatonFileError("this is a compiled file of OpenFst; print it by fstprint")
    if b"\0" in data:
        raise AutomatonFileError(
            f"byte {data.index(0)} is 0, so this is no text; save the automaton as text"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if len(data) > 4 * MAX_CHARACTERS:
            raise AutomatonFileError(
                f"the file has more than {4 * MAX_CHARACTERS} bytes; at most {MAX_CHARACTERS} "
                "characters are read"
            ) from None
        raise AutomatonFileError(
            f"byte {error.start} is not UTF-8; save the file as UTF-8"
        ) from None
