"""The registry of certificate kinds."""

from __future__ import annotations

from collections.abc import Callable

from .reading import Node

HEAD = ("monoscan", "version", "kind", "digest")
# A kind reads the whole certificate, raises Invalid at the first obligation that fails, and
# returns the step that it leaves open ("" when there is none).
KINDS: dict[str, Callable[[Node], str]] = {}


def kind(name: str) -> Callable[[Callable[[Node], str]], Callable[[Node], str]]:
    """Register the function that checks a kind of certificate."""

    def register(function: Callable[[Node], str]) -> Callable[[Node], str]:
        KINDS[name] = function
        return function

    return register
