"""What somebody has given, in the words of an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monoscan.automata import parse_word

_LONGEST = 60


def letters_of(word: object, alphabet: Sequence[str]) -> tuple[str, ...]:
    """A word as a tuple of letters; text is read letter by letter, or by blanks.

    Raises:
        WordError: if a letter of a text is not in the alphabet.
        TypeError: if it is no text and no sequence.

    >>> letters_of("0110", "01"), letters_of(["swap"], ["swap"])
    (('0', '1', '1', '0'), ('swap',))
    """
    if isinstance(word, str):
        return parse_word(word, tuple(alphabet))
    if not isinstance(word, Iterable):
        raise TypeError(f"{described(word)} is no word; expected text or a sequence of letters")
    return tuple(word)


def described(value: object) -> str:
    """A value for messages, cut to one short line, with its type.

    >>> described(3.5)
    '3.5 (float)'
    """
    shown = " ".join(repr(value).split())
    if len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 3] + "..."
    return f"{shown} ({type(value).__name__})"
