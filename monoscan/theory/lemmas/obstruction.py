"""What `find` returns: a lemma, what it is about, and the witness that its hypothesis holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, final

from monoscan.automata import Automaton
from monoscan.errors import BadValue
from monoscan.theory.lemmas.witness import Witness
from monoscan.theory.windows import NO_DELAYS, Windows, check_windows

Depth: TypeAlias = int | Literal["any"]
MAX_DEPTH = 1_000


def check_depth(depth: Depth) -> None:
    """Refuses what is no number of layers.

    Raises:
        BadValue: If the depth is out of range.

    >>> check_depth(2), check_depth("any")
    (None, None)
    """
    if depth != "any" and not (isinstance(depth, int) and 1 <= depth <= MAX_DEPTH):
        raise BadValue("depth", depth, f"any, or a number of layers from 1 to {MAX_DEPTH:,}")


@final
@dataclass(frozen=True)
class Obstruction:
    """A language that no network of a class recognises, as a lemma says.

    It also holds for every class inside this one, every smaller depth and smaller windows.

    Attributes:
        lemma: The id of the lemma in `THEOREMS`.
        model_class: The id of the class that the lemma is about.
        semantics: The name of the semantics.
        depth: The number of layers, or `any`.
        automaton: The minimal automaton of the language.
        witness: What the automaton does that the lemma forbids.
        windows: How many letters A and B may see in the networks.

    Raises:
        BadValue: If the depth or a window is out of range.
    """

    lemma: str
    model_class: str
    semantics: str
    depth: Depth
    automaton: Automaton
    witness: Witness
    windows: Windows = NO_DELAYS

    def __post_init__(self) -> None:
        check_depth(self.depth)
        check_windows(self.windows)

    @property
    def reason(self) -> str:
        """What the language does, in words; states are called by their names if they have any."""
        return self.witness.on(self.automaton)

    def __str__(self) -> str:
        return f"{self.reason} ({self.lemma})"
