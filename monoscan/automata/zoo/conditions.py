"""Conditions on how often some words occur, joined by and, or, not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, final

from monoscan.automata.zoo.rules import items


class Bound(NamedTuple):
    """The word of this number occurs at least so often, and at most so often (None: any)."""

    word: int
    least: int
    most: int | None


@final
@dataclass(frozen=True)
class Conditions:
    """A disjunction of conjunctions of bounds.

    Attributes:
        alternatives: The conjunctions.

    >>> some = Conditions(((Bound(0, 1, None), Bound(1, 0, 0)),))
    >>> some.holds((3, 0)), some.outcome((0, 0)), some.outcome((0, 1))
    (True, None, False)
    """

    alternatives: tuple[tuple[Bound, ...], ...]

    def holds(self, counts: Sequence[int]) -> bool:
        """Whether the counts fulfil one of the conjunctions."""
        return any(
            all(b.least <= counts[b.word] and not _is_lost(b, counts) for b in bounds)
            for bounds in self.alternatives
        )

    def outcome(self, counts: Sequence[int]) -> bool | None:
        """Whether the conditions hold of all larger counts (True), of none (False), or of some."""
        live = self._live(counts)
        if any(all(b.most is None and counts[b.word] >= b.least for b in bs) for bs in live):
            return True
        return None if live else False

    def counted(self, counts: Sequence[int]) -> frozenset[int]:
        """The words whose number can still matter."""
        return frozenset(b.word for bounds in self._live(counts) for b in bounds)

    def caps(self, words: int) -> tuple[int, ...]:
        """For each word the number from which on more occurrences change nothing."""
        bounds = [b for alternative in self.alternatives for b in alternative]
        return tuple(
            max(
                max(b.least, 0 if b.most is None else b.most + 1)
                for b in [Bound(word, 0, None), *bounds]
                if b.word == word
            )
            for word in range(words)
        )

    def _live(self, counts: Sequence[int]) -> list[tuple[Bound, ...]]:
        return [bs for bs in self.alternatives if not any(_is_lost(b, counts) for b in bs)]


def _is_lost(bound: Bound, counts: Sequence[int]) -> bool:
    return bound.most is not None and counts[bound.word] > bound.most


def never(words: int) -> Conditions:
    """None of so many words occurs."""
    return Conditions((tuple(Bound(word, 0, 0) for word in range(words)),))


def read_alternatives(text: str, what: str) -> list[list[tuple[bool, str]]]:
    """Items with commas (and) and bars (or) between them; an item after ``!`` must not hold.

    Args:
        text: The text, as ``aa,!bb|^b``.
        what: What an item is, in words.

    Returns:
        For each alternative its items, each with whether it must hold.

    Raises:
        AutomatonError: If an item is empty.

    >>> read_alternatives("aa,!bb|^b", "factor")
    [[(True, 'aa'), (False, 'bb')], [(True, '^b')]]
    """
    return [
        [
            (not item.startswith("!"), items(item.removeprefix("!"), ",", what)[0])
            for item in items(alternative, ",", what)
        ]
        for alternative in items(text, "|", "alternative")
    ]


def in_words(alternatives: list[list[tuple[bool, str]]]) -> str:
    """The conditions as they are said.

    >>> in_words(read_alternatives("aa,!bb|^b", "factor"))
    'aa and not bb, or ^b'
    """
    return ", or ".join(
        " and ".join(item if wanted else f"not {item}" for wanted, item in bounds)
        for bounds in alternatives
    )
