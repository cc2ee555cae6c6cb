"""Words and alphabets as text: reading them, writing them, and pointing at mistakes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

from monoscan.automata.errors import AlphabetError, WordError, point_at, show_alphabet

Word: TypeAlias = tuple[str, ...]

EMPTY_WORD_SIGN = "ε"


def check_alphabet(alphabet: Sequence[str]) -> tuple[str, ...]:
    """The alphabet as a tuple, after checking it.

    Args:
        alphabet: Letters in their order. A letter may have several characters.

    Raises:
        AlphabetError: If there is no letter, or a letter is not a string, is empty, holds
            white space or occurs twice.

    >>> check_alphabet(["swap", "rot"])
    ('swap', 'rot')
    """
    letters = tuple(alphabet)
    if not letters:
        raise AlphabetError("the alphabet is empty; give at least one letter")
    for number, letter in enumerate(letters):
        if not isinstance(letter, str):
            raise AlphabetError(
                f"letter number {number} is {letter!r}, a {type(letter).__name__}; "
                "letters are strings"
            )
        _check_letter(letter, number, letters)
    return letters


def _check_letter(letter: str, number: int, letters: tuple[str, ...]) -> None:
    if not letter:
        raise AlphabetError(
            f"letter number {number} is the empty string; a letter has at least one character"
        )
    if any(character.isspace() for character in letter):
        raise AlphabetError(
            f"letter {letter!r} holds white space, which separates letters in words; remove it"
        )
    first = letters.index(letter)
    if first < number:
        raise AlphabetError(
            f"letter {letter!r} occurs twice in the alphabet (numbers {first} and {number}); "
            "keep one of them"
        )


def parse_alphabet(text: str) -> tuple[str, ...]:
    r"""Reads an alphabet: ``01`` (each character a letter) or ``swap,rot`` (commas separate).

    A backslash makes the next character plain, so that ``\,`` and ``\\`` can be letters.

    Raises:
        AlphabetError: If the text holds no letter, an empty letter, white space, a letter
            twice, or ends with a backslash. The message points at the place.

    >>> parse_alphabet("01"), parse_alphabet("swap,rot"), parse_alphabet(r"a\,")
    (('0', '1'), ('swap', 'rot'), ('a', ','))
    """
    if not text:
        raise AlphabetError("the alphabet is empty; write letters as in 01 or swap,rot")
    characters = list(_unescape(text))
    if any(character is None for _, character in characters):
        parts = _split_at_commas(characters, len(text))
    else:
        parts = [(position, character or "") for position, character in characters]
    first_seen: dict[str, int] = {}
    for position, letter in parts:
        if not letter:
            raise _alphabet_error("a letter is empty here; remove the comma", text, position)
        if letter in first_seen:
            raise _alphabet_error(
                f"letter {letter!r} occurs twice; keep one of them", text, position
            )
        first_seen[letter] = position
    return tuple(first_seen)


def _unescape(text: str) -> Iterator[tuple[int, str | None]]:
    """Pairs of a position and its plain character; None stands for a separating comma."""
    position = 0
    while position < len(text):
        start = position
        character: str | None = text[position]
        if character == "\\":
            position += 1
            if position == len(text):
                raise _alphabet_error(
                    r"the backslash has nothing to escape; write \\ for a backslash", text, start
                )
            character = text[position]
        elif character == ",":
            character = None
        if character is not None and character.isspace():
            raise _alphabet_error("white space cannot be part of an alphabet", text, position)
        yield start, character
        position += 1


def _split_at_commas(characters: list[tuple[int, str | None]], end: int) -> list[tuple[int, str]]:
    parts: list[tuple[int, str]] = []
    letter, start = "", 0
    for position, character in characters:
        if character is None:
            parts.append((start, letter))
            letter, start = "", position + 1
        else:
            letter += character
    parts.append((min(start, end), letter))
    return parts


def _alphabet_error(problem: str, text: str, position: int) -> AlphabetError:
    return AlphabetError(f"{problem}\n{point_at(text, position)}")


def parse_word(text: str, alphabet: Sequence[str]) -> Word:
    """Reads a word: ``0110`` if all letters are single characters, else ``swap rot swap``.

    White space between letters is ignored. The empty text and ``ε`` are the empty word
    (``ε`` is a letter if the alphabet says so).

    Raises:
        AlphabetError: If the alphabet is not valid.
        WordError: If a letter is not in the alphabet. The message points at it.

    >>> parse_word("0110", "01"), parse_word("swap rot", ["swap", "rot"]), parse_word("ε", "01")
    (('0', '1', '1', '0'), ('swap', 'rot'), ())
    """
    letters = check_alphabet(alphabet)
    if text.strip() == EMPTY_WORD_SIGN and EMPTY_WORD_SIGN not in letters:
        return ()
    single = all(len(letter) == 1 for letter in letters)
    word: list[str] = []
    for position, part in _parts_of_word(text, single):
        if part not in letters:
            hint = "" if single else "; separate the letters by blanks"
            raise WordError(
                f"letter {part!r} is not in the alphabet {show_alphabet(letters)}{hint}\n"
                f"{point_at(text, position)}"
            )
        word.append(part)
    return tuple(word)


def _parts_of_word(text: str, single: bool) -> Iterator[tuple[int, str]]:
    position = 0
    while position < len(text):
        end = position + 1
        if not text[position].isspace():
            while not single and end < len(text) and not text[end].isspace():
                end += 1
            yield position, text[position:end]
        position = end


def format_word(word: Iterable[str], alphabet: Sequence[str]) -> str:
    """Writes a word so that `parse_word` reads it back; the empty word is ``ε``.

    Raises:
        AlphabetError: If the alphabet is not valid, or a letter of the word is not in it.

    >>> format_word(("0", "1"), "01"), format_word(("swap", "rot"), ["swap", "rot"])
    ('01', 'swap rot')
    >>> format_word((), "01")
    'ε'
    """
    letters, parts = check_alphabet(alphabet), tuple(word)
    for part in parts:
        if part not in letters:
            raise AlphabetError(f"letter {part!r} is not in the alphabet {show_alphabet(letters)}")
    if not parts:
        return "" if EMPTY_WORD_SIGN in letters else EMPTY_WORD_SIGN
    return ("" if all(len(letter) == 1 for letter in letters) else " ").join(parts)
