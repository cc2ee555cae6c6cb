"""Budgets: a search that grows too large stops with a message, not with a verdict."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast

from monoscan.errors import OverLimit, check_number

DEFAULT_MONOID_BUDGET = 100_000
"""How many elements of a monoid are listed, if nothing else is said."""


class BudgetExceeded(OverLimit):
    """A computation stopped because it reached its budget; nothing was decided.

    Attributes:
        what: The objects that were counted, in words (plural).
        limit: The budget, in objects.
        reached: How many objects had been found when the computation stopped.
        fixed: Whether no option raises the limit.

    >>> print(BudgetExceeded("elements of the monoid", limit=10, reached=11))
    budget reached: 11 elements of the monoid found, at most 10 allowed;
    raise the budget or ask about a smaller input
    """

    def __init__(self, what: str, limit: int, reached: int, fixed: bool = False) -> None:
        super().__init__(what, limit, reached, fixed)
        self.what = what
        self.limit = limit
        self.reached = reached
        self.fixed = fixed

    def __str__(self) -> str:
        remedy = "this limit is fixed:" if self.fixed else "raise the budget or"
        return (
            f"budget reached: {self.reached} {self.what} found, at most {self.limit} allowed;\n"
            f"{remedy} ask about a smaller input"
        )


Given = ParamSpec("Given")
Found = TypeVar("Found")


def remembered(maxsize: int) -> Callable[[Callable[Given, Found]], Callable[Given, Found]]:
    """Like `functools.lru_cache`, and a budget that was reached is remembered as well.

    >>> from monoscan.automata.budget import remembered
    >>> calls = []
    >>> @remembered(maxsize=8)
    ... def count(n: int) -> int:
    ...     calls.append(n)
    ...     raise BudgetExceeded("things", limit=1, reached=n)
    >>> for _ in range(2):
    ...     try:
    ...         count(3)
    ...     except BudgetExceeded as error:
    ...         print(error.reached, calls)
    3 [3]
    3 [3]
    """

    def decorate(function: Callable[Given, Found]) -> Callable[Given, Found]:
        def attempt(*args: Given.args, **kwargs: Given.kwargs) -> Found | BudgetExceeded:
            try:
                return function(*args, **kwargs)
            except BudgetExceeded as error:
                return error

        answer = cast("Callable[Given, Found | BudgetExceeded]", lru_cache(maxsize)(attempt))

        @wraps(function)
        def call(*args: Given.args, **kwargs: Given.kwargs) -> Found:
            found = answer(*args, **kwargs)
            if isinstance(found, BudgetExceeded):
                raise found
            return found

        return call

    return decorate


def check_budget(budget: int) -> None:
    """Raises BadValue unless the budget is at least 1.

    >>> check_budget(0)
    Traceback (most recent call last):
    ...
    monoscan.errors.BadValue: budget is 0; expected a whole number of at least 1
    """
    check_number("budget", budget, 1)


class Work:
    """A count of work that ends a computation at a fixed limit, the same on every machine.

    Attributes:
        what: What is counted, in words (plural).
        limit: How much is allowed.
        done: How much was charged.

    >>> Work("steps", 10).charge(11)
    Traceback (most recent call last):
    ...
    monoscan.automata.budget.BudgetExceeded: budget reached: 11 steps found, at most 10 allowed;
    this limit is fixed: ask about a smaller input
    """

    def __init__(self, what: str, limit: int) -> None:
        self.what = what
        self.limit = limit
        self.done = 0

    def charge(self, amount: int) -> None:
        """Counts some work before it is done.

        Raises:
            BudgetExceeded: If that makes more than the limit.
        """
        self.done += amount
        if self.done > self.limit:
            raise BudgetExceeded(self.what, self.limit, self.done, fixed=True)
