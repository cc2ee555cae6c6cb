"""The errors that are for people: what was given is not valid, too much, or not installed.

A command prints their message and ends with exit code 2 or 4. Any other error is a failure of
monoscan itself.
"""

from __future__ import annotations

from typing import Any


class BadInput(ValueError):
    """Something that was given is not valid; the message says what, and what to do."""


class NoAnswer(BadInput):
    """A network has no answer to some word; the message says why."""


class BadValue(BadInput):
    """A parameter has a value that it cannot have.

    Attributes:
        name: of the parameter; the option of a command is called alike.
        value: what was given.
        expected: what it can be, in words.

    >>> print(BadValue("max_states", 0, "a whole number of at least 1"))
    max_states is 0; expected a whole number of at least 1
    """

    def __init__(self, name: str, value: object, expected: str) -> None:
        super().__init__(name, value, expected)
        self.name = name
        self.value = value
        self.expected = expected

    def __str__(self) -> str:
        return f"{self.name} is {self.value!r}; expected {self.expected}"


class OverLimit(RuntimeError):
    """A computation ended at a limit; nothing was decided."""


class NotInstalled(ImportError):
    """A library or a program that is needed is not installed; the message says how to get it."""


def check_number(name: str, value: Any, least: int, most: int | None = None) -> int:
    """A parameter that is a whole number within its limits.

    Raises:
        BadValue: if it is none, too small or too large.

    >>> check_number("depth", 2, 1)
    2
    """
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number and least <= value and (most is None or value <= most):
        return int(value)
    range_ = f"of at least {least}" if most is None else f"from {least} to {most:,}"
    raise BadValue(name, value, f"a whole number {range_}")
