"""What a theorem is: what it says, for whom, who says so, what was checked of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias, final

PROVED = "proved on the page; its steps are tested on exact random instances"
CITED = "cited, not checked"

WitnessType: TypeAlias = Literal[
    "unsettled",
    "cycle",
    "same-length-cycle",
    "group",
    "repeat",
    "inequivalent",
    "s5",
    "transient",
    "overwritten",
    "left-equivalent",
]


@final
@dataclass(frozen=True)
class Forbids:
    """What a lemma forbids.

    Attributes:
        semantics: Names of the semantics that it is about.
        classes: Ids of the classes of networks that it is about; N stands for 2, 3, ..., 64.
        witness: The type of witness that it needs.
        only_depth_1: True if it is about networks of one layer, False if about all depths.
    """

    semantics: tuple[str, ...]
    classes: tuple[str, ...]
    witness: WitnessType
    only_depth_1: bool = False

    def is_about(self, semantics: str, model_class: str) -> bool:
        """Whether the lemma speaks of this semantics and this class itself.

        >>> Forbids(("exact",), ("p-N",), "cycle").is_about("exact", "p-12")
        True
        """
        return semantics in self.semantics and any(
            _class_pattern(pattern).fullmatch(model_class) for pattern in self.classes
        )


@cache
def _class_pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace("N", "([2-9]|[1-5][0-9]|6[0-4])"))


@final
@dataclass(frozen=True)
class Theorem:
    """A theorem, lemma or fact of the literature or of our own.

    Attributes:
        key: Kebab-case.
        statement: In words.
        hypotheses: What has to hold besides; empty if the statement says everything.
        source: Paper with theorem number, or "our own result".
        checked: What we did ourselves: proved on a page, tested, or only cited.
        page: The page under docs/ with the proof; empty if it is only cited.
        forbids: What it forbids to networks, for a lemma of certificates.
    """

    key: str
    statement: str
    hypotheses: str
    source: str
    checked: str
    page: str = ""
    forbids: Forbids | None = None

    @property
    def is_proved_here(self) -> bool:
        """Whether a page of the project proves it."""
        return bool(self.page)
