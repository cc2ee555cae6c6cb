"""The registry of named languages and families. To add one, add a file to this package."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, final

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.word import Word, check_alphabet, parse_word

Builder: TypeAlias = Callable[[], Automaton]
Describe = TypeVar("Describe", bound="Callable[..., Language]")

_KEBAB_CASE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PATTERN = re.compile(r"([a-z0-9]+|[a-z]*[A-Z]+)(-([a-z0-9]+|[a-z]*[A-Z]+))*")
_PARAMETER = re.compile(r"[A-Z]+")
_languages: dict[str, Language] = {}
_families: dict[str, Family] = {}


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


@final
@dataclass(frozen=True)
class Family:
    """Languages that differ in whole numbers, such as ``count-mod-M`` for M from 2 on.

    Attributes:
        pattern: The id with the names of the parameters in capitals.
        ranges: For each parameter its smallest and largest value.
        members: The parameters of the members that stand for the family in `all_languages`.
        describe: Makes the language of given parameters. It may raise `ParameterError`.

    Raises:
        AutomatonError: If pattern, ranges and members do not fit together.
    """

    pattern: str
    ranges: Mapping[str, tuple[int, int]]
    members: tuple[tuple[int, ...], ...]
    describe: Callable[..., Language]

    def __post_init__(self) -> None:
        if not _PATTERN.fullmatch(self.pattern):
            raise AutomatonError(
                f"the family {self.pattern!r} is not named as in 'count-mod-M': parts in lower "
                "case, joined by '-', some with the name of a parameter in capitals at the end"
            )
        if tuple(self.ranges) != tuple(_PARAMETER.findall(self.pattern)):
            raise AutomatonError(
                f"the parameters of the family {self.pattern!r} are "
                f"{', '.join(_PARAMETER.findall(self.pattern)) or 'none'}; "
                f"ranges are given for {', '.join(self.ranges) or 'none'}"
            )

    def id_of(self, values: Sequence[int]) -> str:
        """The id of the member with these parameters.

        >>> get_family("count-mod-M").id_of((3,))
        'count-mod-3'
        """
        given = iter(values)
        return _PARAMETER.sub(lambda _: str(next(given)), self.pattern)

    def values_in(self, id: str) -> tuple[int, ...] | None:
        """The parameters in an id, or None if the id does not have the form of the family.

        >>> get_family("count-mod-M").values_in("count-mod-12")
        (12,)
        """
        match = re.fullmatch(_PARAMETER.sub("(0|[1-9][0-9]{0,17})", self.pattern), id)
        return None if match is None else tuple(int(digits) for digits in match.groups())

    def member(self, values: Sequence[int]) -> Language:
        """The language with these parameters.

        Raises:
            ParameterError: If a parameter is out of range.
        """
        for (name, (least, largest)), value in zip(self.ranges.items(), values, strict=True):
            if not least <= value <= largest:
                raise ParameterError(
                    self.id_of(values),
                    f"{name} is {value} in {self.pattern}; it must be from {least} to {largest}",
                )
        return self.describe(*values)


class UnknownLanguage(KeyError):
    """No language of the zoo has this id.

    Attributes:
        id: The id that was asked for.
        nearest: The most similar ids that exist, best first, at most three.
    """

    def __init__(self, id: str, nearest: tuple[str, ...]) -> None:
        super().__init__(id, nearest)
        self.id = id
        self.nearest = nearest

    def __str__(self) -> str:
        return f"unknown language {self.id!r}; did you mean {', '.join(self.nearest)}?"


class ParameterError(UnknownLanguage):
    """The id has the form of a family, but a parameter is out of its range.

    Attributes:
        problem: Which parameter, its value, and what it may be.
    """

    def __init__(self, id: str, problem: str) -> None:
        super().__init__(id, ())
        self.problem = problem

    def __str__(self) -> str:
        return f"there is no language {self.id!r}: {self.problem}"

    def __reduce__(self) -> tuple[type[ParameterError], tuple[str, str]]:
        # The base class remembers other arguments.
        return ParameterError, (self.id, self.problem)


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
        examples: Words as text (see `parse_word`) with their outputs.
        source: Where it comes from, or where its properties are proved.
        build: Makes its automaton.

    Raises:
        AutomatonError: If the description is not valid.
    """
    words = tuple((parse_word(text, alphabet), output) for text, output in examples.items())
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
        AutomatonError: If the description is not valid or the id is taken.
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
        if id in _languages:
            raise AutomatonError(f"two languages have the id {id!r}; rename one of them")
        _languages[id] = entry
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
        AutomatonError: If the description is not valid or the pattern is taken.
    """

    def register(describe: Describe) -> Describe:
        if pattern in _families:
            raise AutomatonError(f"two families have the pattern {pattern!r}; rename one of them")
        if not members:
            raise AutomatonError(f"the family {pattern!r} lists no members; give at least one")
        _families[pattern] = Family(pattern, ranges, tuple(members), describe)
        return describe

    return register


def all_languages() -> tuple[Language, ...]:
    """All languages of the zoo, sorted by id; of each family those that stand for it.

    No automaton is built.

    >>> "parity" in [entry.id for entry in all_languages()]
    True
    """
    _import_zoo()
    listed = [family.member(values) for family in _families.values() for values in family.members]
    return tuple(sorted([*_languages.values(), *listed], key=lambda entry: entry.id))


def all_families() -> tuple[Family, ...]:
    """All families of the zoo, sorted by pattern.

    >>> "count-mod-M" in [family.pattern for family in all_families()]
    True
    """
    _import_zoo()
    return tuple(_families[pattern] for pattern in sorted(_families))


def get_family(pattern: str) -> Family:
    """The family with this pattern.

    Raises:
        UnknownLanguage: If there is none; the message names the most similar patterns.

    >>> get_family("count-mod-M").ranges["M"][0]
    2
    """
    _import_zoo()
    if pattern not in _families:
        raise UnknownLanguage(pattern, _nearest(pattern, sorted(_families)))
    return _families[pattern]


def get_language(id: str) -> Language:
    """The language with this id: a single one, or a member of a family.

    Raises:
        UnknownLanguage: If there is none; the message names the most similar ids.
        ParameterError: If it would be a member of a family, but a parameter is out of range.

    >>> get_language("parity").build().accepts("0110")
    True
    >>> get_language("count-mod-11").build().n_states
    11
    """
    _import_zoo()
    if id in _languages:
        return _languages[id]
    for family in _families.values():
        values = family.values_in(id)
        if values is not None:
            return family.member(values)
    known = sorted([*_languages, *_families, *_listed_members()])
    raise UnknownLanguage(id, _nearest(id, known))


def _nearest(id: str, known: list[str]) -> tuple[str, ...]:
    """The similar ids; if there are none, the three that are least unlike it."""
    similar = difflib.get_close_matches(id, known, n=3)
    return tuple(similar or difflib.get_close_matches(id, known, n=3, cutoff=0))


def _listed_members() -> list[str]:
    return [family.id_of(values) for family in _families.values() for values in family.members]


def _import_zoo() -> None:
    """Imports the modules beside this one; importing a module twice does nothing."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        importlib.import_module(f"{package}.{module.name}")
