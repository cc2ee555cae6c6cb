"""JSON under the lexical rules of FORMAT.md, and values read with their path."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import NoReturn

from .limits import (
    CHARACTER,
    ENTRY,
    MAX_BYTES,
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_WORD,
    WORK,
    Malformed,
    shown,
)

Output = bool | str

INTEGER = re.compile(r"0|-?[1-9][0-9]*")
RATIONAL = re.compile(r"(0|-?[1-9][0-9]*)(?:/([1-9][0-9]*))?")


SHORT = 16  # characters


@lru_cache(maxsize=4_096)
def short_rational(text: str) -> Fraction | None:
    """The rational that a short text denotes, if it is one in lowest terms: few occur often."""
    match = RATIONAL.fullmatch(text)
    if match is None:
        return None
    value = Fraction(int(match[1]), int(match[2] or "1"))
    return value if str(value) == text else None


def read_json(data: bytes) -> object:
    """The JSON value in `data`, under the lexical rules of FORMAT.md."""
    if len(data) > MAX_BYTES:
        raise Malformed(f"over limit: larger than {MAX_BYTES} bytes")
    WORK.spend(CHARACTER * len(data))
    try:
        value: object = json.loads(
            data.decode("utf-8"),
            object_pairs_hook=unique_keys,
            parse_int=no_number,
            parse_float=no_number,
            parse_constant=no_number,
        )
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8: {error.reason} at byte {error.start}") from None
    except RecursionError:
        raise Malformed(f"over limit: nested deeper than {MAX_DEPTH}") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"not JSON: {error}") from None
    check_tree(value, 0)
    return value


def unique_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object without duplicate keys."""
    result: dict[str, object] = {}
    for key, value in pairs:
        if key in result:
            raise Malformed(f"duplicate key {shown(key)}")
        result[key] = value
    return result


def no_number(text: str) -> NoReturn:
    """Refuse a JSON number."""
    raise Malformed(f"JSON number {text[:40]}: numbers are written as strings")


def check_tree(value: object, depth: int) -> None:
    """Refuse nesting that is too deep."""
    if isinstance(value, (dict, list)):
        if depth == MAX_DEPTH:
            raise Malformed(f"over limit: nested deeper than {MAX_DEPTH}")
        for item in value.values() if isinstance(value, dict) else value:
            check_tree(item, depth + 1)


class Node:
    """A JSON value and its path; reading it in the wrong way raises `Malformed` with that path."""

    __slots__ = ("above", "name", "value")

    def __init__(self, value: object, name: str | int, above: Node | None = None) -> None:
        self.value = value
        self.name = name  # its key or its place in the value above
        self.above = above

    @property
    def path(self) -> str:
        """Where the value is in the certificate."""
        if self.above is None:
            return str(self.name)
        path = self.above.path
        if isinstance(self.name, int):
            return f"{path}[{self.name}]"
        return f"{path}.{self.name}" if path else self.name

    def fail(self, why: str) -> NoReturn:
        """Raise Malformed with the path."""
        raise Malformed(f"{self.path or 'certificate'}: {why}")

    def get(self, key: str) -> Node:
        """One member of an object."""
        if not isinstance(self.value, dict):
            self.fail("expected an object")
        WORK.spend(ENTRY)
        if key not in self.value:
            self.fail(f"missing key {key!r}")
        return Node(self.value[key], key, self)

    def has(self, key: str) -> bool:
        """Whether this is an object with such a member."""
        return isinstance(self.value, dict) and key in self.value

    def members(self, *keys: str) -> list[Node]:
        """The members of an object with exactly these keys, in the order of `keys`."""
        found = [self.get(key) for key in keys]
        if isinstance(self.value, dict) and len(self.value) > len(keys):
            unknown = next(key for key in self.value if key not in keys)
            self.fail(f"unknown key {shown(unknown)}")
        return found

    def items(self, least: int = 0, most: int = MAX_BYTES) -> list[Node]:
        """The entries of a list of such a length."""
        if not isinstance(self.value, list):
            self.fail("expected a list")
        if not least <= len(self.value) <= most:
            limit = f"at most {most}" if len(self.value) > most else f"at least {least}"
            self.fail(f"{len(self.value)} entries, expected {limit}")
        WORK.spend(ENTRY * (len(self.value) + 1))
        return [Node(item, index, self) for index, item in enumerate(self.value)]

    def string(self) -> str:
        """A string; equal ones are one object, so that comparing them again takes no time."""
        if not isinstance(self.value, str):
            self.fail("expected a string")
        return sys.intern(self.value)

    def choice(self, options: Collection[str]) -> str:
        """A string that is one of these."""
        text = self.string()
        if text not in options:
            listed = ", ".join(shown(option)[1:-1] for option in list(options)[:100])
            self.fail(f"{shown(text)}, expected one of {listed}")
        return text

    def output(self) -> Output:
        """An output: a truth value or a string."""
        if isinstance(self.value, bool):
            return self.value
        if not isinstance(self.value, str):
            self.fail("expected true, false or a string")
        return self.string()

    def integer(self) -> int:
        """An integer."""
        match = INTEGER.fullmatch(self.string())
        if not match:
            self.fail(f"{shown(self.value)}, expected an integer such as '-12'")
        return self.digits(match[0])

    def digits(self, text: str) -> int:
        """The integer that a part of this string denotes."""
        if len(text) > MAX_DIGITS and len(text.lstrip("-")) > MAX_DIGITS:
            self.fail(f"over limit: more than {MAX_DIGITS} digits")
        WORK.spend(ENTRY + len(text) ** 2 // 20)  # the time of reading it, and of a gcd
        return int(text)

    def rational(self) -> Fraction:
        """A rational in lowest terms."""
        known = short_rational(self.string()) if len(self.string()) <= SHORT else None
        if known is not None:
            WORK.spend(ENTRY)
            return known
        match = RATIONAL.fullmatch(self.string())
        if not match:
            self.fail(f"{shown(self.value)}, expected a rational such as '-3/4'")
        above = self.digits(match[1])
        if match[2] is None:
            return Fraction(above)
        below = self.digits(match[2])
        value = Fraction(above, below)
        if below == 1 or value.denominator != below:
            self.fail(f"{shown(self.value)} is not in lowest terms")
        return value

    def letters(
        self, alphabet: Mapping[str, int], least: int = 0, most: int = MAX_WORD
    ) -> list[str]:
        """A list of letters."""
        return [letter.choice(alphabet) for letter in self.items(least, most)]

    def alphabet(self) -> dict[str, int]:
        """A list of different letters, each with its place."""
        letters = [letter.string() for letter in self.items(1)]
        if "" in letters:
            self.fail("a letter is a non-empty string")
        places = {letter: place for place, letter in enumerate(letters)}
        if len(places) < len(letters):
            self.fail("two letters are equal")
        return places
