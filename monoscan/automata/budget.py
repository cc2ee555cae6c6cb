"""Budgets: a search that grows too large stops with a message, not with a verdict."""

from __future__ import annotations


class BudgetExceeded(RuntimeError):
    """A computation stopped because it reached its budget; nothing was decided.

    Attributes:
        what: The objects that were counted, in words (plural).
        limit: The budget, in objects.
        reached: How many objects had been found when the computation stopped.

    >>> print(BudgetExceeded("elements of the monoid", limit=10, reached=11))
    budget reached: 11 elements of the monoid found, at most 10 allowed;
    raise the budget or ask about a smaller input
    """

    def __init__(self, what: str, limit: int, reached: int) -> None:
        super().__init__(what, limit, reached)
        self.what = what
        self.limit = limit
        self.reached = reached

    def __str__(self) -> str:
        return (
            f"budget reached: {self.reached} {self.what} found, at most {self.limit} allowed;\n"
            "raise the budget or ask about a smaller input"
        )


def check_budget(budget: int) -> None:
    """Raises ValueError unless the budget is at least 1.

    >>> check_budget(0)
    Traceback (most recent call last):
    ...
    ValueError: the budget is 0; it must be an integer of at least 1
    """
    if budget < 1:
        raise ValueError(f"the budget is {budget}; it must be an integer of at least 1")
