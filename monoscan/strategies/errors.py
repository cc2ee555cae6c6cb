"""What is said when nothing of the kind that was asked for exists."""

from __future__ import annotations

from monoscan.errors import BadInput


class EmptySetError(BadInput):
    """A strategy was asked for values that do not exist; the message says which."""


def need(condition: bool, message: str) -> None:
    """Goes on if there are such values.

    Raises:
        EmptySetError: If the condition does not hold.

    >>> need(2 > 3, "sizes from 3 to 2: there are none")
    Traceback (most recent call last):
    monoscan.strategies.errors.EmptySetError: sizes from 3 to 2: there are none
    """
    if not condition:
        raise EmptySetError(message)


def need_range(what: str, least: int, low: int, high: int) -> None:
    """Goes on if `low..high` is a range of numbers that are at least `least`.

    Raises:
        EmptySetError: If it is not.

    >>> need_range("states", 1, 4, 2)
    Traceback (most recent call last):
    monoscan.strategies.errors.EmptySetError: from 4 to 2 states: the largest number is below the \
smallest; expected at least 4 as the largest
    """
    need(low >= least, f"{low} {what}: expected at least {least}")
    need(
        high >= low,
        f"from {low} to {high} {what}: the largest number is below the smallest; expected at "
        f"least {low} as the largest",
    )
