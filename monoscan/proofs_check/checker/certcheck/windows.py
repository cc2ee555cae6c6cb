"""The windows that a certificate states: how many letters the matrices A, and B, may see."""

from __future__ import annotations

from .reading import Node

Windows = tuple[int, int]  # of A and of B, the current letter counted


def optional(node: Node) -> list[str]:
    """The member that a certificate about windows has, if it is there."""
    return ["windows"] if node.has("windows") else []


def read_windows(node: Node) -> Windows:
    """The optional member `windows` of a certificate; (1, 1) if it is not there."""
    if not node.has("windows"):
        return 1, 1
    a, b = node.get("windows").items(2, 2)
    found = a.integer(), b.integer()
    if not all(1 <= window <= 1_000 for window in found):
        node.get("windows").fail("a window is an integer between 1 and 1000")
    return found
