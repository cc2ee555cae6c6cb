"""From the text of a regular expression to tokens with positions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, final

from monoscan.automata.errors import show_alphabet
from monoscan.automata.regex.errors import RegexError

MAX_POWER = 1000

_SIGNS = frozenset("()|&~")
_STARS: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
_DIGITS = frozenset("0123456789")


@final
@dataclass(frozen=True)
class Sign:
    """One of the characters ``( ) | & ~``."""

    position: int
    text: str


@final
@dataclass(frozen=True)
class LetterSet:
    """A letter, a class, the dot, or the empty set: one letter out of these."""

    position: int
    letters: tuple[str, ...]


@final
@dataclass(frozen=True)
class EmptyWordSign:
    """The sign ``ε``."""

    position: int


@final
@dataclass(frozen=True)
class Repetition:
    """A postfix operator: at least ``low`` and at most ``high`` (None: no bound) copies."""

    position: int
    text: str
    low: int
    high: int | None


Token: TypeAlias = Sign | LetterSet | EmptyWordSign | Repetition


def scan(pattern: str, alphabet: tuple[str, ...]) -> Iterator[Token]:
    """The tokens of a pattern; letters are checked against the alphabet.

    Raises:
        RegexError: If a character, letter, class or power cannot be read.

    >>> list(scan("1*", ("0", "1")))[1]
    Repetition(position=1, text='*', low=0, high=None)
    """
    return _Scanner(pattern, alphabet).tokens()


class _Scanner:
    def __init__(self, pattern: str, alphabet: tuple[str, ...]) -> None:
        self._pattern = pattern
        self._alphabet = alphabet
        self._at = 0

    def tokens(self) -> Iterator[Token]:
        self._skip_blanks()
        while self._at < len(self._pattern):
            yield self._token()
            self._skip_blanks()

    def _token(self) -> Token:
        start, character = self._at, self._peek()
        if character in _SIGNS:
            self._at += 1
            return Sign(start, character)
        if character in _STARS:
            self._at += 1
            return Repetition(start, character, *_STARS[character])
        if character == "{":
            return self._power()
        return self._letters_or_empty_word(start, character)

    def _letters_or_empty_word(self, start: int, character: str) -> Token:
        if character == "[":
            return LetterSet(start, self._class())
        if character in ".∅":
            self._at += 1
            return LetterSet(start, self._alphabet if character == "." else ())
        if character == "ε":
            self._at += 1
            return EmptyWordSign(start)
        return LetterSet(start, (self._letter(),))

    # Letters

    def _letter(self) -> str:
        """A plain, escaped or bracketed letter that is in the alphabet."""
        start = self._at
        letter = self._letter_name()
        if letter not in self._alphabet:
            raise self._error(self._unknown_letter(letter, start), start)
        return letter

    def _letter_name(self) -> str:
        start, character = self._at, self._peek()
        if character == "\\":
            return self._escaped()
        if character == "<":
            return self._bracketed()
        if character == "^":
            raise self._error(self._about_caret(), start)
        if character in "}]>":
            raise self._error(
                f"{character!r} closes nothing here; for the letter write \\{character}", start
            )
        self._at += 1
        return character

    def _escaped(self) -> str:
        start = self._at
        self._at += 2
        if self._at > len(self._pattern):
            raise self._error(
                "the backslash at the end escapes nothing; for the letter write \\\\", start
            )
        return self._pattern[start + 1]

    def _bracketed(self) -> str:
        start, letter = self._at, ""
        self._at += 1
        while self._peek() != ">":
            if self._at >= len(self._pattern):
                raise self._error("this '<' is never closed; letters are written <swap>", start)
            if self._peek() == "\\":
                letter += self._escaped()
            else:
                letter += self._peek()
                self._at += 1
        self._at += 1
        return letter.strip()

    def _unknown_letter(self, letter: str, start: int) -> str:
        if not letter:
            return "no letter is named here; letters of several characters are written <swap>"
        problem = f"letter {letter!r} is not in the alphabet {show_alphabet(self._alphabet)}"
        if self._pattern[start] == "\\" and letter.isalnum():
            return f"{problem}; \\{letter} stands for the letter itself, not for a class"
        longer = [name for name in self._alphabet if len(name) > 1]
        if longer and self._pattern[start] != "<":
            return f"{problem}; letters of several characters are written <{longer[0]}>"
        return f"{problem}; use one of its letters or add it to the alphabet"

    def _about_caret(self) -> str:
        digits = ""
        while self._pattern[self._at + 1 + len(digits) :][:1] in _DIGITS:
            digits += self._pattern[self._at + 1 + len(digits)]
        if digits:
            return f"'^' is no operator; powers are written {{{digits}}}, as in a{{{digits}}}"
        return (
            "'^' is no operator; powers are written {3}, classes of other letters [^ab], "
            "the letter \\^"
        )

    # Classes

    def _class(self) -> tuple[str, ...]:
        start = self._at
        self._at += 1
        self._skip_blanks()
        negated = self._peek() == "^"
        if negated:
            self._at += 1
        members: set[str] = set()
        while self._next_in_class(start) != "]":
            members |= self._class_item(start)
        self._at += 1
        return tuple(letter for letter in self._alphabet if (letter in members) != negated)

    def _next_in_class(self, start: int) -> str:
        self._skip_blanks()
        if self._at >= len(self._pattern):
            raise self._error("this '[' is never closed; add ']'", start)
        if self._peek() == "[":
            raise self._error(
                "'[' inside a class; for the letter write \\[, for a choice of classes use |",
                self._at,
            )
        return self._peek()

    def _class_item(self, class_start: int) -> set[str]:
        start = self._at
        first = self._letter_name()
        self._skip_blanks()
        after_dash = self._pattern[self._at + 1 :].lstrip()[:1]
        if self._peek() != "-" or after_dash == "]":
            if first not in self._alphabet:
                raise self._error(self._unknown_letter(first, start), start)
            return {first}
        self._at += 1
        self._next_in_class(class_start)
        return self._range(start, first, self._letter_name())

    def _range(self, start: int, first: str, last: str) -> set[str]:
        if len(first) != 1 or len(last) != 1:
            raise self._error(
                f"a range such as [a-c] needs single characters as ends, not {first!r} and "
                f"{last!r}; list the letters one by one",
                start,
            )
        if first > last:
            raise self._error(
                f"the range {first}-{last} is empty because {first!r} comes after {last!r}; "
                "swap its ends",
                start,
            )
        letters = {name for name in self._alphabet if len(name) == 1 and first <= name <= last}
        if not letters:
            raise self._error(
                f"the range {first}-{last} holds no letter of the alphabet "
                f"{show_alphabet(self._alphabet)}",
                start,
            )
        return letters

    # Powers

    def _power(self) -> Repetition:
        start = self._at
        self._at += 1
        low = self._number(start)
        high: int | None = low
        if self._peek() == ",":
            self._at += 1
            self._skip_blanks()
            high = None if self._peek() == "}" else self._number(start)
        if self._peek() != "}":
            raise self._bad_power(start)
        self._at += 1
        if high is not None and high < low:
            raise self._error(
                f"the power {{{low},{high}}} asks for at least {low} and at most {high} copies; "
                f"write {{{high},{low}}}",
                start,
            )
        return Repetition(start, self._pattern[start : self._at], low, high)

    def _number(self, start: int) -> int:
        self._skip_blanks()
        begin = self._at
        while self._peek() in _DIGITS:
            self._at += 1
        digits = self._pattern[begin : self._at]
        self._skip_blanks()
        if not digits:
            raise self._bad_power(start)
        # The length is compared first: Python refuses to read very long numbers.
        if len(digits.lstrip("0")) > len(str(MAX_POWER)) or int(digits) > MAX_POWER:
            raise self._error(
                f"the power {digits[:20]} is over the limit of {MAX_POWER}; nest powers, as in "
                "(a{100}){20}, or build the automaton directly",
                begin,
            )
        return int(digits)

    def _bad_power(self, start: int) -> RegexError:
        return self._error("a power is written {3}, {2,} or {2,5}; for the letter write \\{", start)

    # Reading

    def _peek(self) -> str:
        """The next character, or a line feed (which is never read as a letter) at the end."""
        return self._pattern[self._at] if self._at < len(self._pattern) else "\n"

    def _skip_blanks(self) -> None:
        while self._at < len(self._pattern) and self._pattern[self._at].isspace():
            self._at += 1

    def _error(self, problem: str, position: int) -> RegexError:
        return RegexError(problem, self._pattern, position)
