"""Hints about regular expressions that are read otherwise elsewhere."""

from __future__ import annotations

from itertools import pairwise

from monoscan.automata.errors import point_at
from monoscan.automata.regex.scanner import Repetition, Sign, Token, scan

_OPENING = ("(", "~")


def hint_of_union(pattern: str, alphabet: tuple[str, ...]) -> str | None:
    """What to say of the first `+` with an operand after it, which others read as union.

    Args:
        pattern: A regular expression that can be read.
        alphabet: Its letters.

    >>> print(hint_of_union("(a+b)*", ("a", "b")))
    '+' is read as one or more; for union, as '+' is in JFLAP, FAdo, Awali and textbooks, write '|'
      (a+b)*
        ^
    >>> hint_of_union("(a+|b)*", ("a", "b")) is None
    True
    """
    for token, following in pairwise(scan(pattern, alphabet)):
        if isinstance(token, Repetition) and token.text == "+" and _begins_an_operand(following):
            return (
                "'+' is read as one or more; for union, as '+' is in JFLAP, FAdo, Awali and "
                f"textbooks, write '|'\n{point_at(pattern, token.position)}"
            )
    return None


def _begins_an_operand(token: Token) -> bool:
    if isinstance(token, Sign):
        return token.text in _OPENING
    return not isinstance(token, Repetition)
