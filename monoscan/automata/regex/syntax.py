"""Syntax trees of regular expressions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias, final


@dataclass(frozen=True)
class _Tree:
    """What all trees share.

    Attributes:
        position: Where the tree begins in the pattern.
        height: Length of the longest path to a leaf; the parser bounds it, so that walking a
            tree by recursion is safe.
    """

    position: int
    height: int = field(init=False, compare=False, repr=False, default=0)

    def _set_height_above(self, *children: Node) -> None:
        height = 1 + max(child.height for child in children)
        object.__setattr__(self, "height", height)


@final
@dataclass(frozen=True)
class Letters(_Tree):
    """One letter out of several, in alphabet order; no letter at all is the empty set."""

    letters: tuple[str, ...]


@final
@dataclass(frozen=True)
class EmptyWord(_Tree):
    """The set that holds only the empty word."""


@final
@dataclass(frozen=True)
class Concatenation(_Tree):
    """The parts one after the other."""

    parts: tuple[Node, ...]

    def __post_init__(self) -> None:
        self._set_height_above(*self.parts)


@final
@dataclass(frozen=True)
class Union(_Tree):
    """Words in at least one part."""

    parts: tuple[Node, ...]

    def __post_init__(self) -> None:
        self._set_height_above(*self.parts)


@final
@dataclass(frozen=True)
class Intersection(_Tree):
    """Words in all parts."""

    parts: tuple[Node, ...]

    def __post_init__(self) -> None:
        self._set_height_above(*self.parts)


@final
@dataclass(frozen=True)
class Complement(_Tree):
    """All words over the alphabet that are not in the part."""

    part: Node

    def __post_init__(self) -> None:
        self._set_height_above(self.part)


@final
@dataclass(frozen=True)
class Power(_Tree):
    """At least ``low`` and at most ``high`` copies of the part; ``high`` None is no bound."""

    part: Node
    low: int
    high: int | None

    def __post_init__(self) -> None:
        self._set_height_above(self.part)


Node: TypeAlias = Letters | EmptyWord | Concatenation | Union | Intersection | Complement | Power
