"""The registry of named languages and families. To add one, add a file to this package."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, final

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.word import Word, check_alphabet, parse_word
from monoscan.registry import Family, Registry

Builder: TypeAlias = Callable[[], Automaton]
Describe = TypeVar("Describe", bound="Callable[..., Language]")

# The part after a colon is the parameters of a family by rules.
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(:.+)?", re.DOTALL)


@final
@dataclass(frozen=True)
class Language:
    """A regular language (or another automaton task) with a name.

    Attributes:
        id: Its name in kebab-case; of a family by rules, then a colon and the parameters.
        alphabet: The letters in order.
        definition: What it is, in words.
        examples: Words with their outputs.
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
        if not _ID.fullmatch(self.id):
            raise AutomatonError(
                f"language id {self.id!r} is not in kebab-case, as in 'count-mod-3'"
            )
        check_alphabet(self.alphabet)
        for name, text in (("definition", self.definition), ("source", self.source)):
            if not text.strip():
                raise AutomatonError(f"language {self.id!r} has no {name}; write one")


LANGUAGES = Registry[Language]("language", "languages", "monoscan.automata.zoo")


def describe(
    id: str,
    *,
    alphabet: Sequence[str],
    definition: str,
    examples: Mapping[str, Output],
    source: str,
    build: Builder,
) -> Language:
    """The language with this description.

    Args:
        id: Its name in kebab-case.
        alphabet: The letters in order.
        definition: What it is, in words.
        examples: Two or more words as text (see `parse_word`), at least two different outputs.
        source: Where it comes from, or where its properties are proved.
        build: Makes its automaton.

    Raises:
        AutomatonError: If the description is not valid.
    """
    words = tuple((parse_word(text, alphabet), output) for text, output in examples.items())
    if len({output for _, output in words}) < 2:
        raise AutomatonError(
            f"the examples of language {id!r} show fewer than two different outputs; "
            "give at least two worked examples"
        )
    return Language(id, tuple(alphabet), definition, words, source, build)


def language(
    id: str,
    *,
    alphabet: Sequence[str],
    definition: str,
    examples: Mapping[str, Output],
    source: str,
) -> Callable[[Builder], Builder]:
    """Registers the language whose automaton the decorated function builds.

    The arguments are those of `describe`.

    Raises:
        AutomatonError: If the description is not valid.
        ValueError: If the id is taken.
    """

    def register(build: Builder) -> Builder:
        entry = describe(
            id,
            alphabet=alphabet,
            definition=definition,
            examples=examples,
            source=source,
            build=build,
        )
        LANGUAGES.add(id, entry)
        return build

    return register


def language_family(
    pattern: str,
    *,
    members: Sequence[tuple[int, ...]],
    **ranges: tuple[int, int],
) -> Callable[[Describe], Describe]:
    """Registers the family whose members the decorated function describes, without building them.

    Args:
        pattern: The id with the names of the parameters in capitals, as in ``dyck-K-D``.
        members: The parameters of the members that `all_languages` lists, at least one.
        ranges: For each parameter, in order, the smallest and the largest value.

    Raises:
        ValueError: If pattern, ranges and members do not fit together or the pattern is taken.
    """

    def register(describe: Describe) -> Describe:
        if not members:
            raise ValueError(f"the family {pattern!r} lists no members; give at least one")
        LANGUAGES.add_family(Family(pattern, ranges, describe, tuple(members)))
        return describe

    return register


def all_languages() -> tuple[Language, ...]:
    """All languages of the zoo, sorted by id; of each family those that stand for it.

    No automaton is built. Families by rules (`RULES`) have no members that stand for them.

    >>> "parity" in [entry.id for entry in all_languages()]
    True
    """
    return LANGUAGES.all()
