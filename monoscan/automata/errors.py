"""The errors of this room: bad input is a ValueError that says what to do next."""

from __future__ import annotations

from monoscan.errors import BadInput

_SHOWN_EACH_SIDE = 36


class AutomatonError(BadInput):
    """An automaton, alphabet, word or regular expression that is not valid."""


class AutomatonFileError(AutomatonError):
    """A file that does not describe an automaton; the message names the place and the remedy."""


class AlphabetError(AutomatonError):
    """An alphabet that is not valid, or a letter outside the alphabet."""


class WordError(AutomatonError):
    """The text of a word that cannot be read over the given alphabet."""


def point_at(text: str, position: int) -> str:
    """Two lines: the text, and a caret under one of its characters.

    White space is shown as plain blanks, so that the caret stays in its column. Of a long text
    only the part around the caret is shown.

    Args:
        text: The text to show.
        position: Index of the character to point at; ``len(text)`` points behind the end.

    Returns:
        The two lines, indented by two blanks and joined by a line break.

    >>> print(point_at("0(2", 2))
      0(2
        ^
    """
    shown = "".join(" " if character.isspace() else character for character in text)
    if len(shown) > 2 * _SHOWN_EACH_SIDE:
        begin = max(0, position - _SHOWN_EACH_SIDE)
        end = position + _SHOWN_EACH_SIDE
        before, after = "..." * (begin > 0), "..." * (end < len(shown))
        shown = before + shown[begin:end] + after
        position += len(before) - begin
    return f"  {shown}\n  {' ' * position}^"


def show_alphabet(alphabet: tuple[str, ...]) -> str:
    """The letters between braces, for messages.

    >>> show_alphabet(("0", "1"))
    '{0, 1}'
    """
    return "{" + ", ".join(alphabet) + "}"
