"""Which arrows the picture of an automaton shows, so that none is more than the eye can follow."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import final

from monoscan.automata import Automaton
from monoscan.report.figures.errors import PictureRefused
from monoscan.report.figures.letters import Generators, generating_letters, next_states
from monoscan.report.figures.placement import Edge

MAX_STATES = 60
MAX_LINES = 240

_FEW_ARROWS = 24
_ARROWS_A_STATE = 3.5
_WAYS_INTO_SINK = 4
_ADVICE = (
    "draw the egg-box or the cascade instead, or write it with automaton_to_dot for a program "
    "that lays out large graphs"
)


@final
@dataclass(frozen=True)
class Arrows:
    """The arrows of an automaton that are drawn, and what was left out.

    Attributes:
        letters: The numbers of the letters whose arrows are drawn.
        words: For each letter left out, a word over the others that acts like it.
        sink: The state whose incoming arrows are left out, or None.
        single: For each pair of different states the letters of the arrow between them.
        double: The pairs (smaller state first) whose arrows in both directions have the same
            letters, so that one line with two heads shows both.
        loops: The letters of the loop at each state that has one.
    """

    letters: tuple[int, ...]
    words: dict[int, tuple[str, ...]]
    sink: int | None
    single: dict[Edge, tuple[int, ...]] = field(repr=False)
    double: dict[Edge, tuple[int, ...]] = field(repr=False)
    loops: dict[int, tuple[int, ...]] = field(repr=False)


def choose_arrows(automaton: Automaton) -> Arrows:
    """The arrows to draw.

    Letters with the same ends share one arrow. If there would be too many, only letters are drawn
    from which the others follow. The arrows into a state that is never left, such as the trap of
    an acceptor, are left out if they come from many states.

    Raises:
        PictureRefused: If there are more than `MAX_STATES` states or `MAX_LINES` lines.

    >>> from monoscan.automata import get_language
    >>> found = choose_arrows(get_language("s3").build())
    >>> found.letters, len(found.double), len(found.single)
    ((1, 2), 6, 0)
    """
    if automaton.n_states > MAX_STATES:
        raise PictureRefused("states", automaton.n_states, MAX_STATES, _ADVICE)
    generators = _letters(automaton)
    ends = next_states(automaton, generators.letters)
    sink = _sink(automaton, ends)
    loops = {x: tuple(letters) for (x, y), letters in ends.items() if x == y}
    between = {e: tuple(a) for e, a in ends.items() if e[0] != e[1] and e[1] != sink}
    double = {(x, y): a for (x, y), a in between.items() if x < y and between.get((y, x)) == a}
    single = {(x, y): a for (x, y), a in between.items() if (min(x, y), max(x, y)) not in double}
    if len(single) + len(double) > MAX_LINES:
        raise PictureRefused("arrows", len(single) + len(double), MAX_LINES, _ADVICE)
    return Arrows(generators.letters, generators.words, sink, single, double, loops)


def _letters(automaton: Automaton) -> Generators:
    every = tuple(range(len(automaton.alphabet)))
    arrows = sum(x != y for x, y in next_states(automaton, every))
    if arrows <= max(_FEW_ARROWS, _ARROWS_A_STATE * automaton.n_states):
        return Generators(every, {})
    return generating_letters(automaton)


def _sink(automaton: Automaton, ends: dict[Edge, list[int]]) -> int | None:
    """The state that is never left and that most states lead to, if they are many."""
    ways: dict[int, int] = {}
    for x, y in ends:
        if x != y and (automaton.table[y] == y).all():
            ways[y] = ways.get(y, 0) + 1
    enough = max(_WAYS_INTO_SINK, automaton.n_states // 4)
    many = [state for state, count in ways.items() if count >= enough]
    return max(many, key=lambda state: ways[state], default=None)
