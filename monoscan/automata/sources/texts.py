"""What all readers of text files ask first, and the error that points at a line."""

from __future__ import annotations

from monoscan.automata.errors import AutomatonFileError

MAX_CHARACTERS = 16 * 2**20


def check_size(text: str, expected: str) -> None:
    """Refuses a text that is empty or too long.

    Args:
        text: The text.
        expected: What it should hold, in words.

    Raises:
        AutomatonFileError: If it is one of the two.

    >>> check_size(" ", "a JSON object")
    Traceback (most recent call last):
    ...
    monoscan.automata.errors.AutomatonFileError: there is nothing in it; expected a JSON object
    """
    if len(text) > MAX_CHARACTERS:
        raise AutomatonFileError(
            f"the text has {len(text)} characters; at most {MAX_CHARACTERS} are read"
        )
    if not text.strip():
        raise AutomatonFileError(f"there is nothing in it; expected {expected}")


def line_error(number: int, line: str, problem: str) -> AutomatonFileError:
    """The error that names a line, shows it, and says what is wrong.

    >>> print(line_error(3, "0 1 a 0.5", "weights are not read"))
    line 3: weights are not read
      0 1 a 0.5
    """
    shown = "".join(c if c.isprintable() else " " for c in line.strip())
    return AutomatonFileError(
        f"line {number}: {problem}\n  {shown if len(shown) <= 72 else shown[:69] + '...'}"
    )
