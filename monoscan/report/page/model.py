"""What a report says, before it is written as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final


@final
@dataclass(frozen=True)
class Verdict:
    """An answer in one arithmetic.

    Attributes:
        arithmetic: in words.
        kind: `yes`, `no`, `nearly`, `cited` or `open`: the colour.
        said: the answer in a few words.
        reason: what it rests on, in words.
        firm: how firm that is, in one word: certified, formal, conditional, cited, unknown.
        certificates: file names with what the checker said of each.
    """

    arithmetic: str
    kind: str
    said: str
    reason: str
    firm: str
    certificates: tuple[tuple[str, str], ...] = ()


@final
@dataclass(frozen=True)
class Trained:
    """A trained network.

    Attributes:
        seed: of parameters and words.
        right: share of random words without an error at the greatest test length, in words.
        failing: length of the shortest failing word that was found, in words.
        ending: how the run ended.
        is_learned: whether random words are right and no failing word of that length is known.
    """

    seed: int
    right: str
    failing: str
    ending: str
    is_learned: bool


@final
@dataclass(frozen=True)
class PageCell:
    """One language and one architecture.

    Attributes:
        verdicts: one an arithmetic.
        trained: every seed that is stored.
        figure: accuracy by length as SVG; empty if there is none.
    """

    verdicts: tuple[Verdict, ...]
    trained: tuple[Trained, ...] = ()
    figure: str = ""


@final
@dataclass(frozen=True)
class PageRow:
    """One language.

    Attributes:
        name: its id, or what it was called.
        definition: in words.
        properties: ids of those that it has.
        cells: one a column.
        figure: its automaton as SVG; empty if there is none.
    """

    name: str
    definition: str
    properties: tuple[str, ...]
    cells: tuple[PageCell, ...]
    figure: str = ""


@final
@dataclass(frozen=True)
class ClaimEntry:
    """A claim.

    Attributes:
        id: its name.
        statement: in words.
        rows: how many rows are documented to have which status, in words.
    """

    id: str
    statement: str
    rows: str


@final
@dataclass(frozen=True)
class Report:
    """All that a page shows.

    Attributes:
        columns: name and transitions of each architecture.
        rows: languages.
        claims: all that monoscan knows.
        certificates: the text of each file that is small enough to be in the page.
        commands: what made the page, and what makes its parts again.
        notes: what a reader must know.
        version: of monoscan.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[PageRow, ...]
    claims: tuple[ClaimEntry, ...]
    certificates: dict[str, str]
    commands: tuple[str, ...]
    notes: tuple[str, ...]
    version: str
