"""The exit codes of all commands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

# 0 and 1 are yes and no; each command says in its help what of.
YES: Final = 0
NO: Final = 1
USAGE_ERROR: Final = 2  # also bad input
UNKNOWN: Final = 3  # neither yes nor no is known, or not without a lemma proved on paper
BUDGET_REACHED: Final = 4
INTERNAL_ERROR: Final = 70  # monoscan failed, or the checker rejected a certificate of ours
NOT_WRITTEN: Final = 74  # the answer could not be written: a full disk, a closed output
INTERRUPTED: Final = 130
CLOSED_PIPE: Final = 141  # as if SIGPIPE had ended the program

OF_VERDICT: Final[Mapping[str, int]] = {
    "no-answer": INTERNAL_ERROR,
    "internal-error": INTERNAL_ERROR,
    "time-limit": BUDGET_REACHED,
    "malformed": BUDGET_REACHED,
    "invalid": NO,
    "incomplete": UNKNOWN,
    "valid": YES,
}
"""What each word of the checker ends `monoscan check` with, as in the checker's FORMAT.md."""


def worst(codes: Iterable[int], order: tuple[int, ...]) -> int:
    """The first code of the order that occurs; 0 if there are no codes.

    >>> worst([0, 3, 1], (70, 4, 1, 3, 0))
    1
    """
    found = set(codes)
    return next((code for code in order if code in found), YES)
