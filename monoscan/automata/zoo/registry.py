"""The registry of named languages. To add one, add a file to this package; edit nothing else."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, final

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.word import Word, check_alphabet, parse_word

Builder: TypeAlias = Callable[[], Automaton]

_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_languages: dict[str, Language] = {}


@final
@dataclass(frozen=True)
class Language:
    """A regular language (or another automaton task) with a name.

    Attributes:
        id: Its name in kebab-case.
        alphabet: The letters in order.
        definition: What it is, in words.
        examples: Two or more words with their outputs, at least two different outputs.
        source: Where it comes from, or where its properties are proved.
        build: Makes its automaton.

    Raises:
        AutomatonError: If one of these is missing or not valid.
    """

    id: str
    alphabet: tuple[str, ...]
    definition: str
    examples: tuple[tuple[Word, Output], ...]
    source: str
    build: Builder

    def __post_init__(self) -> None:
        if not _KEBAB_CASE.fullmatch(self.id):
            raise AutomatonError(
                f"language id {self.id!r} is not in kebab-case, as in 'count-mod-3'"
            )
        check_alphabet(self.alphabet)
        for name, text in (("definition", self.definition), ("source", self.source)):
            if not text.strip():
                raise AutomatonError(f"language {self.id!r} has no {name}; write one")
        if len({output for _, output in self.examples}) < 2:
            raise AutomatonError(
                f"the examples of language {self.id!r} show fewer than two different outputs; "
                "give at least two worked examples"
            )


class UnknownLanguage(KeyError):
    """No language of the zoo has this id.

    Attributes:
        id: The id that was asked for.
        nearest: The most similar ids that exist, best first.
    """

    def __init__(self, id: str, nearest: tuple[str, ...]) -> None:
        super().__init__(id, nearest)
        self.id = id
        self.nearest = nearest

    def __str__(self) -> str:
        if self.nearest:
            return f"unknown language {self.id!r}; did you mean {', '.join(self.nearest)}?"
        known = ", ".join(entry.id for entry in all_languages())
        return f"unknown language {self.id!r}; the languages are {known}"


def language(
    id: str,
    *,
    alphabet: tuple[str, ...],
    definition: str,
    examples: dict[str, Output],
    source: str,
) -> Callable[[Builder], Builder]:
    """Registers the language whose automaton the decorated function builds.

    Args:
        id: Its name in kebab-case.
        alphabet: The letters in order.
        definition: What it is, in words.
        examples: Words as text (see `parse_word`) with their outputs.
        source: Where it comes from, or where its properties are proved.

    Raises:
        AutomatonError: If the description is not valid or the id is taken.
    """
    words = tuple((parse_word(text, alphabet), output) for text, output in examples.items())

    def register(build: Builder) -> Builder:
        entry = Language(id, alphabet, definition, words, source, build)
        if id in _languages:
            raise AutomatonError(f"two languages have the id {id!r}; rename one of them")
        _languages[id] = entry
        return build

    return register


def all_languages() -> tuple[Language, ...]:
    """All languages of the zoo, sorted by id.

    >>> "parity" in [entry.id for entry in all_languages()]
    True
    """
    _import_zoo()
    return tuple(_languages[id] for id in sorted(_languages))


def get_language(id: str) -> Language:
    """The language with this id.

    Raises:
        UnknownLanguage: If there is none; the message names the most similar ids.

    >>> get_language("parity").build().accepts("0110")
    True
    """
    _import_zoo()
    if id not in _languages:
        nearest = difflib.get_close_matches(id, sorted(_languages), n=3)
        raise UnknownLanguage(id, tuple(nearest))
    return _languages[id]


def _import_zoo() -> None:
    """Imports the modules beside this one; importing a module twice does nothing."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        importlib.import_module(f"{package}.{module.name}")
