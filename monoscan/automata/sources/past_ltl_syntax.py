"""From the text of a formula of the past to its tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias, final

from monoscan.automata.errors import AutomatonError, point_at, show_alphabet

# Trees are walked by recursion and parentheses parsed by it, with at most two and eight calls a
# level, far below Python's limit of 1000.
MAX_HEIGHT = 150
MAX_PARENTHESES = 60

_PREFIXES = ("!", "Y", "O", "H")
_CONSTANTS = ("true", "false")

_SIGNS = {"&&": "&", "||": "|", "~": "!", "=>": "->", "<=>": "<->"}
"""Other ways to write signs."""

# Words that are not letters of the alphabet.
_WORDS = {"once": "O", "historically": "H", "yesterday": "Y", "since": "S"}
"""Words for operators."""

_REFUSED = {
    "P": "O p (once), or Y p where P is the previous position",
    "Z": "!Y !p",
    "WY": "!Y !p",
    "T": "!(!p S !q)",
    "B": "(p S q) | H p",
    "WS": "(p S q) | H p",
    "first": "!Y true",
    "start": "!Y true",
    "last": "nothing: a formula is about the last position",
}
"""Words of other notations, and what to write."""

# The operators of the future, what they say, and what says the same of the past.
_FUTURE = {
    "X": ("next", "Y (yesterday)"),
    "F": ("finally", "O (once)"),
    "G": ("globally", "H (historically)"),
    "U": ("until", "S (since)"),
    "W": ("weak until", "(p S q) | H p"),
    "R": ("release", "!(!p S !q)"),
}

_FUTURE_WORDS = {
    "next": "X", "WX": "X", "finally": "F", "eventually": "F", "globally": "G", "always": "G",
    "until": "U", "release": "R",
}  # fmt: skip

_TOKEN = re.compile(
    r"\s*(?:(<->|<=>|->|=>|&&|\|\||[!~&|()])|(<(?:[^\\>]|\\.)*>)|(\w+)|(\S))", re.DOTALL
)


class FormulaError(AutomatonError):
    """A formula that cannot be read.

    Attributes:
        problem: What is wrong and what to do, in words.
        formula: The whole formula.
        position: Index of the character at fault; ``len(formula)`` for the end.

    >>> print(FormulaError("expected a formula here", "a &", 3))
    expected a formula here
      a &
         ^
    """

    def __init__(self, problem: str, formula: str, position: int) -> None:
        super().__init__(problem, formula, position)
        self.problem = problem
        self.formula = formula
        self.position = position

    def __str__(self) -> str:
        return f"{self.problem}\n{point_at(self.formula, self.position)}"


@final
@dataclass(frozen=True)
class Formula:
    """A formula: an operator and its parts.

    Attributes:
        operator: ``letter``, ``true``, ``false``, ``!``, ``&``, ``|``, ``->``, ``<->``, ``Y``,
            ``O``, ``H`` or ``S``.
        parts: The formulas that it joins.
        letter: The letter, for the operator ``letter``.
        height: Length of the longest path to a leaf.
    """

    operator: str
    parts: tuple[Formula, ...] = ()
    letter: str = ""
    height: int = field(init=False, compare=False, repr=False, default=0)

    def __post_init__(self) -> None:
        if self.parts:
            height = 1 + max(part.height for part in self.parts)
            object.__setattr__(self, "height", height)


def parse_formula(text: str, alphabet: tuple[str, ...]) -> Formula:
    """The tree of a formula.

    Precedence from tightest: ``! Y O H``, then ``S``, ``&``, ``|``, ``->``, ``<->``; ``S``, ``->``
    and ``<->`` group to the right. A letter is written as it is if it is one word (letters, digits,
    ``_``) or one sign and no operator; any letter can be written ``<letter>``.

    Raises:
        FormulaError: If the text is malformed, holds an operator of the future or a letter that is
            not in the alphabet, or is nested too deeply.

    >>> parse_formula("a S Y b", ("a", "b")).operator
    'S'
    """
    parser = _Parser(text, alphabet)
    formula = parser.equivalence(0)
    parser.finish()
    return formula


_Token: TypeAlias = tuple[str, str, int]  # kind (name, quoted, sign, end), text, position


class _Parser:
    def __init__(self, text: str, alphabet: tuple[str, ...]) -> None:
        self._text = text
        self._alphabet = alphabet
        self._tokens = self._scan()
        self._next = next(self._tokens)

    def finish(self) -> None:
        """Checks that everything has been read."""
        kind, text, position = self._next
        if kind == "end":
            return
        if text == ")":
            self._refuse("this ')' closes nothing; remove it", position)
        self._refuse_other_notation()
        self._refuse(f"expected an operator (& | -> <-> S) before {text!r}", position)

    def equivalence(self, depth: int) -> Formula:
        """A formula of the loosest kind, inside so many parentheses."""
        if depth > MAX_PARENTHESES:
            self._refuse(f"parentheses may nest {MAX_PARENTHESES} deep", self._next[2])
        parts = [self._implication(depth)]
        while self._take_if("<->"):
            parts.append(self._implication(depth))
        return self._join_to_the_right("<->", parts)

    def _implication(self, depth: int) -> Formula:
        parts = [self._sequence("|", depth)]
        while self._take_if("->"):
            parts.append(self._sequence("|", depth))
        return self._join_to_the_right("->", parts)

    def _sequence(self, operator: str, depth: int) -> Formula:
        parts = [self._part(operator, depth)]
        while self._take_if(operator):
            parts.append(self._part(operator, depth))
        return parts[0] if len(parts) == 1 else self._join(operator, *parts)

    def _part(self, operator: str, depth: int) -> Formula:
        return self._sequence("&", depth) if operator == "|" else self._since(depth)

    def _since(self, depth: int) -> Formula:
        parts = [self._prefixed(depth)]
        while self._take_if("S"):
            parts.append(self._prefixed(depth))
        return self._join_to_the_right("S", parts)

    def _prefixed(self, depth: int) -> Formula:
        prefixes = []
        while self._next[0] != "quoted" and self._next[1] in _PREFIXES:
            prefixes.append(self._take())
        formula = self._atom(depth)
        for prefix in reversed(prefixes):
            formula = self._join(prefix, formula)
        return formula

    def _atom(self, depth: int) -> Formula:
        kind, text, position = self._next
        if kind == "quoted":
            return Formula("letter", letter=self._letter(re.sub(r"\\(.)", r"\1", text[1:-1])))
        if text == "(":
            self._take()
            formula = self.equivalence(depth + 1)
            if self._next[1] != ")":
                if self._next[0] != "end":
                    self.finish()
                self._refuse("this '(' is never closed; add ')'", position)
            self._take()
            return formula
        self._refuse_other_notation()
        if kind == "end" or text in ("S", ")", "&", "|", "->", "<->"):
            self._refuse("expected a formula here", position)
        if text in _CONSTANTS:
            return Formula(self._take())
        return Formula("letter", letter=self._letter(text))

    def _letter(self, letter: str) -> str:
        if letter not in self._alphabet:
            self._refuse(
                f"letter {letter!r} is not in the alphabet {show_alphabet(self._alphabet)}; use "
                "one of its letters, or put an operator between two letters",
                self._next[2],
            )
        self._take()
        return letter

    def _join(self, operator: str, *parts: Formula) -> Formula:
        formula = Formula(operator, parts)
        if formula.height > MAX_HEIGHT:
            self._refuse(f"formulas may nest {MAX_HEIGHT} deep", self._next[2])
        return formula

    def _join_to_the_right(self, operator: str, parts: list[Formula]) -> Formula:
        formula = parts.pop()
        while parts:
            formula = self._join(operator, parts.pop(), formula)
        return formula

    def _refuse_other_notation(self) -> None:
        kind, text, position = self._next
        if kind == "name" and text in _REFUSED and text not in self._alphabet:
            self._refuse(f"{text} is another notation; write {_REFUSED[text]}", position)
        future = text if text in self._alphabet else _FUTURE_WORDS.get(text, text)
        if kind == "name" and future in _FUTURE:
            name, past = _FUTURE[future]
            self._refuse(
                f"{text} ({name}) speaks about the future, and only past LTL is read: the answer "
                f"after each letter depends on the letters so far. Its counterpart of the past is "
                f"{past}. For a letter write <{text}>",
                position,
            )

    def _take(self) -> str:
        text = self._next[1]
        self._next = next(self._tokens)
        return text

    def _take_if(self, text: str) -> bool:
        if self._next[0] == "quoted" or self._next[1] != text:
            return False
        self._take()
        return True

    def _refuse(self, problem: str, position: int) -> NoReturn:
        raise FormulaError(problem, self._text, position)

    def _scan(self) -> Iterator[_Token]:
        position = 0
        while match := _TOKEN.match(self._text, position):
            group = match.lastindex or 0
            kind, text = ("sign", "quoted", "name", "sign")[group - 1], match.group(group)
            if kind == "sign":
                text = _SIGNS.get(text, text)
            elif kind == "name" and text not in self._alphabet:
                text = _WORDS.get(text, text)
            yield kind, text, match.start(group)
            position = match.end()
        while True:
            yield "end", "", len(self._text)
