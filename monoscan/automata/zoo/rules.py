"""Families of languages that are given by rules, such as forbidden factors over any alphabet.

A member is named by the id of its family and the parameters, with colons between them:
``forbidden-factors:ab:aa,b$``. A backslash makes the next character an ordinary letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, final

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.word import Word, parse_alphabet, parse_word
from monoscan.automata.zoo.registry import LANGUAGES, Language
from monoscan.registry import Registry, UnknownId

MAX_LETTERS = 1_000
"""The most letters in all words of one rule together."""


@final
@dataclass(frozen=True)
class Ruled:
    """What the parameters of a family by rules stand for.

    Attributes:
        definition: The language in words.
        automaton: Its minimal automaton.
    """

    definition: str
    automaton: Automaton


ReadRule: TypeAlias = Callable[..., Ruled]
"""Reads the parameters of a member: the letters, then the other parameters as texts."""
Read = TypeVar("Read", bound=ReadRule)


@final
@dataclass(frozen=True)
class RuleFamily:
    """Languages over any alphabet that one kind of rule defines.

    Attributes:
        id: Its name in kebab-case.
        parameters: The names of the parameters after the alphabet.
        definition: What the members are, in words.
        examples: Texts of the parameters, each with a word that is in and one that is not.
        source: Where the class of languages comes from.
        read: Makes a member.

    >>> family = RULES.get("forbidden-factors")
    >>> family.pattern
    'forbidden-factors:ALPHABET:FACTORS'
    >>> family.member("ab:aa,b$").build().accepts("aba")
    True
    """

    id: str
    parameters: tuple[str, ...]
    definition: str
    examples: tuple[tuple[str, str, str], ...]
    source: str
    read: ReadRule

    @property
    def pattern(self) -> str:
        """The id with the names of the parameters in capitals."""
        return ":".join([self.id, "ALPHABET", *(name.upper() for name in self.parameters)])

    def member(self, text: str) -> Language:
        """The language whose parameters stand in a text, with colons between them.

        Raises:
            AutomatonError: If the text cannot be read.
            BudgetExceeded: If the automaton needs too many states on the way.
        """
        parts = split(text, ":")
        if len(parts) != 1 + len(self.parameters):
            raise AutomatonError(
                f"{self.id}:{text} has {len(parts)} parameters; expected {self.pattern}, "
                f"as in {self.example} (a backslash before a colon makes it a letter)"
            )
        alphabet = parse_alphabet(parts[0])
        ruled = self.read(alphabet, *parts[1:])
        return Language(
            f"{self.id}:{text}",
            alphabet,
            ruled.definition,
            _first_words(ruled.automaton),
            self.source,
            lambda: ruled.automaton,
        )

    def text_of(self, parameters: dict[str, object]) -> str:
        """The text of parameters that are given by name, as strings or sequences of strings.

        Raises:
            AutomatonError: If one is missing, or unknown, or no text.
        """
        names = ("alphabet", *self.parameters)
        if set(parameters) != set(names):
            raise AutomatonError(
                f"{self.id} was given {', '.join(parameters) or 'no parameters'}; expected "
                f"{', '.join(names)}"
            )
        return ":".join(_text(name, parameters[name]) for name in names)

    @property
    def example(self) -> str:
        """The id of a member."""
        return f"{self.id}:{self.examples[0][0]}"


RULES = Registry[RuleFamily]("language by rules", "languages", "monoscan.automata.zoo")


def rule_family(
    id: str,
    *parameters: str,
    definition: str,
    examples: Sequence[tuple[str, str, str]],
    source: str,
) -> Callable[[Read], Read]:
    """Registers the family whose members the decorated function reads.

    Args:
        id: Its name in kebab-case.
        parameters: The names of the parameters after the alphabet.
        definition: What the members are, in words.
        examples: Texts of the parameters, each with a word that is in and one that is not.
        source: Where the class of languages comes from.

    Raises:
        ValueError: If the id is taken.
    """

    def register(read: Read) -> Read:
        RULES.add(id, RuleFamily(id, parameters, definition, tuple(examples), source, read))
        return read

    return register


def get_language(id: str, **parameters: object) -> Language:
    """The language with this id: a single one, or a member of a family.

    Args:
        id: The id, in any spelling of hyphens and capitals.
        parameters: Of a family by rules, if they do not stand in the id.

    Raises:
        UnknownId: If there is none; the message names the most similar ids.
        ParameterOutOfRange: If it would be a member of a family, but a number is out of range.
        AutomatonError: If the parameters of a rule cannot be read.
        BudgetExceeded: If the automaton of a rule needs too many states on the way.

    >>> get_language("Parity").build().accepts("0110")
    True
    >>> get_language("count-mod-11").build().n_states
    11
    >>> get_language("forbidden-factors:ab:aa,bb").definition
    'Words over {a, b} in which none of the factors aa, bb occurs.'
    >>> get_language("forbidden-factors", alphabet="ab", factors=["aa", "bb"]).id
    'forbidden-factors:ab:aa,bb'
    """
    name, colon, text = id.partition(":")
    if parameters and not colon:
        family = RULES.get(name)
        return family.member(family.text_of(parameters))
    if parameters:
        raise AutomatonError(
            f"{id!r} has its parameters in the id, and {', '.join(parameters)} as well; "
            "give them in one way"
        )
    if colon:
        return RULES.get(name).member(text)
    try:
        return LANGUAGES.get(id)
    except UnknownId:
        if name not in RULES:
            raise
        family = RULES.get(name)
        raise AutomatonError(
            f"{family.id} is a family of languages: write {family.pattern}, as in {family.example}"
        ) from None


def split(text: str, separator: str) -> list[str]:
    r"""The parts of a text between separators that no backslash makes plain.

    >>> split(r"a\,b,c", ",")
    ['a\\,b', 'c']
    """
    parts, escaped = [""], False
    for character in text:
        if character == separator and not escaped:
            parts.append("")
        else:
            parts[-1] += character
        escaped = character == "\\" and not escaped
    return parts


def items(text: str, separator: str, what: str) -> list[str]:
    """The parts of a text without white space around them, none of which may be empty.

    Raises:
        AutomatonError: If one is empty; it names `what` they are.
    """
    parts = [part.strip() for part in split(text, separator)]
    if "" in parts:
        raise AutomatonError(
            f"{text!r}: {what} number {parts.index('') + 1} is empty; give at least one, with "
            f"{separator!r} between several"
        )
    return parts


def read_word(text: str, alphabet: tuple[str, ...]) -> Word:
    r"""A word in which a backslash makes the next character plain.

    Raises:
        WordError: If a letter is not in the alphabet.

    >>> read_word(r"a\,a", ("a", ","))
    ('a', ',', 'a')
    """
    return parse_word(re.sub(r"\\(.)", r"\1", text), alphabet)


def check_lengths(words: Sequence[Sequence[object]]) -> None:
    """Refuses rules with too many letters.

    Raises:
        AutomatonError: If there are more than `MAX_LETTERS`.
    """
    total = sum(map(len, words))
    if total > MAX_LETTERS:
        raise AutomatonError(
            f"the words of this rule have {total} letters together; at most {MAX_LETTERS} are read"
        )


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and all(isinstance(part, str) for part in value):
        return ",".join(value)
    raise AutomatonError(
        f"{name} is {value!r}; expected a string, or a sequence of strings such as ['aa', 'b$']"
    )


def _first_words(automaton: Automaton) -> tuple[tuple[Word, Output], ...]:
    """The first word that is in, and the first that is not, as far as there is one."""
    from monoscan.automata.properties.words import word_to  # not at the top: few languages need it

    found: list[tuple[Word, Output]] = []
    for output in (True, False):
        states = {state for state, value in enumerate(automaton.outputs) if value == output}
        word = word_to(automaton, 0, states.__contains__)
        if word is not None:
            found.append((word, output))
    return tuple(found)
