"""Shows the examples of docstrings as code on the site: Markdown would take >>> for quotations."""

from __future__ import annotations

import re
from typing import Any

import griffe

# An example: lines from a prompt to the next empty line.
_EXAMPLE = re.compile(r"(?:^|(?<=\n))>>> (?:.+\n?)+")


def fenced(text: str) -> str:
    """The text with each example between fences."""
    return _EXAMPLE.sub(lambda found: f"```pycon\n{found[0].rstrip()}\n```\n", text)


class Doctests(griffe.Extension):
    """Changes docstrings before they are parsed."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called for every module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
