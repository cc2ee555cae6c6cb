"""The kinds of certificates, and the files that an answer about one of them rests on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from .reading import Node

HEAD = ("monoscan", "version", "kind", "digest")
UNROUNDED = ("exact", "threshold")  # the semantics without a format
# Each kind with the file that checks it, by a function that is named like the kind. It reads the
# whole certificate, raises Invalid at the first obligation that fails, and returns the step that
# it leaves open ("" when there is none).
KINDS = {
    "recognizer": "recognizers",
    "boxes": "boxes",
    "horizon": "horizons",
    "counterexample": "recognizers",
    "obstruction": "lemmas",
    "identity": "identities",
    "matrix-fact": "matrix_facts",
    "monoid": "monoids",
    "short-products": "listings",
    "exhaustive-copy": "listings",
    "exhaustive": "rounded_maps",
    "exhaustive-monoid": "rounded_maps",
    "scan-recognizer": "scans",
    "scan-counterexample": "scans",
}
IMPORTED = re.compile(r"^ *from \.(\w+) import", re.MULTILINE)


def function_of(kind: str) -> Callable[[Node], str]:
    """The function that checks a kind; its file, and what that needs, is imported by now."""
    module = import_module(f".{KINDS[kind]}", __package__)
    function: Callable[[Node], str] = getattr(module, f"check_{kind.replace('-', '_')}")
    return function


class Basis(NamedTuple):
    """What an answer rests on: files of this folder, and how many lines they have."""

    files: list[str]
    lines: int

    def __str__(self) -> str:
        return f"checked by {len(self.files)} files, {self.lines:,} lines: {', '.join(self.files)}"


@cache
def basis_of(*names: str) -> Basis:
    """These files and all that they have imported, one from the other, in this process."""
    queue, lines = [name for name in names if is_imported(name)], 0
    for name in queue:
        module = sys.modules[f"{__package__}.{name}"]
        # The loader knows it also where this folder is zipped.
        source: str = vars(module)["__loader__"].get_source(module.__name__) or ""
        lines += source.count("\n")
        for imported in IMPORTED.findall(source):
            if imported not in queue and is_imported(imported):
                queue.append(imported)
    return Basis(sorted(queue), lines)


def is_imported(name: str) -> bool:
    """Whether a file of this folder is in use."""
    return f"{__package__}.{name}" in sys.modules
