"""The error of a malformed regular expression, which points at the place."""

from __future__ import annotations

from monoscan.automata.errors import AutomatonError, point_at


class RegexError(AutomatonError):
    """A regular expression that cannot be read.

    Attributes:
        problem: What is wrong and what to do, in words.
        pattern: The whole regular expression.
        position: Index of the character at fault; ``len(pattern)`` for the end.

    >>> print(RegexError("this '(' is never closed; add ')'", "(ab", 0))
    this '(' is never closed; add ')'
      (ab
      ^
    """

    def __init__(self, problem: str, pattern: str, position: int) -> None:
        super().__init__(problem, pattern, position)
        self.problem = problem
        self.pattern = pattern
        self.position = position

    def __str__(self) -> str:
        return f"{self.problem}\n{point_at(self.pattern, self.position)}"
