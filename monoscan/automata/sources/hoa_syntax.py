"""Tokens of the Hanoi Omega-Automata format, and the labels of its edges.

Source: adl.github.io/hoaf, The Hanoi Omega-Automata Format, version 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn

from monoscan.automata.errors import AutomatonFileError
from monoscan.automata.sources.texts import line_error

_DEEPEST = 100

_TOKEN = re.compile(
    r"""(?P<blank>\s+|/\*.*?\*/)
    |(?P<text>"(?:[^"\\]|\\.)*")
    |(?P<header>[A-Za-z_][\w-]*:)
    |(?P<marker>--[A-Z]+--)
    |(?P<alias>@[\w-]+)
    |(?P<name>[A-Za-z_][\w-]*)
    |(?P<number>\d+)
    |(?P<sign>[!&|()\[\]{}])""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)


class Token(NamedTuple):
    """A word of the file, the name of its kind, and its line."""

    kind: str
    value: str
    line: int


class HoaParser:
    """The tokens of a file one after the other, and labels made of them.

    A label is the set of the valuations that it admits: bit k of an integer is valuation k, and bit
    i of k says whether proposition i is true in it.

    Attributes:
        propositions: Their names.
        letters: The names of the valuations.
    """

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._tokens = self._scan(text)
        self._next = next(self._tokens)
        self._aliases: dict[str, int] = {}
        self._depth = 0
        self.propositions: list[str] = []
        self.letters: list[str] = []

    def _scan(self, text: str) -> Iterator[Token]:
        position, line = 0, 1
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise self._error(f"{text[position]!r} has no meaning here", line)
            if match.lastgroup != "blank":
                yield Token(str(match.lastgroup), match.group(), line)
            line += match.group().count("\n")
            position = match.end()
        while True:
            yield Token("end", "the end of the file", line)

    def _error(self, problem: str, line: int) -> AutomatonFileError:
        return line_error(line, self._lines[min(line, len(self._lines)) - 1], problem)

    def _refuse(self, problem: str) -> NoReturn:
        raise self._error(problem, self._next.line)

    def _take(self, kind: str, value: str | None = None) -> str:
        token = self._next
        if token.kind != kind or value not in (None, token.value):
            self._refuse(f"expected {value or f'a {kind}'}, got {token.value}")
        self._next = next(self._tokens)
        return token.value

    def _is(self, kind: str, *values: str) -> bool:
        return self._next.kind == kind and (not values or self._next.value in values)

    def _number(self) -> int:
        text = self._take("number")
        if len(text) > 9:
            self._refuse(f"the number {text[:9]}... has too many digits")
        return int(text)

    def _read_alias(self, name: str, tokens: list[Token]) -> None:
        rest = self._tokens, self._next
        end = Token("end", "the end of the alias", self._next.line)
        self._tokens = iter([*tokens, end, end])
        self._next = next(self._tokens)
        self._aliases[name] = self._label()
        if self._next.kind != "end":
            self._refuse(f"the alias {name} ends before {self._next.value}")
        self._tokens, self._next = rest

    @property
    def _all(self) -> int:
        return (1 << len(self.letters)) - 1

    def _label(self) -> int:
        """A disjunction."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse(f"labels are nested deeper than {_DEEPEST}")
        found = self._conjunction()
        while self._is("sign", "|"):
            self._take("sign")
            found |= self._conjunction()
        self._depth -= 1
        return found

    def _conjunction(self) -> int:
        found = self._atom()
        while self._is("sign", "&"):
            self._take("sign")
            found &= self._atom()
        return found

    def _atom(self) -> int:
        negations = 0
        while self._is("sign", "!"):
            self._take("sign")
            negations += 1
        if self._is("sign", "("):
            self._take("sign")
            found = self._label()
            self._take("sign", ")")
        elif self._is("name", "t", "f"):
            found = self._all if self._take("name") == "t" else 0
        elif self._is("alias"):
            name = self._next.value
            if name not in self._aliases:
                self._refuse(f"the alias {name} is not defined above")
            found = self._aliases[self._take("alias")]
        else:
            place = self._number()
            if place >= len(self.propositions):
                self._refuse(f"there is no proposition {place}; AP: has {len(self.propositions)}")
            found = sum(1 << k for k in range(len(self.letters)) if k >> place & 1)
        return self._all & ~found if negations % 2 else found
