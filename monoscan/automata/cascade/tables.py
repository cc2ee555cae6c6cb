"""A cascade as tables of numbers: whether it follows its automaton, all coordinates at a time."""

from __future__ import annotations

from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.cascade.cascade import Cascade, Coordinates
from monoscan.automata.numbering import breadth_first_order
from monoscan.automata.row_table import RowTable

Numbers: TypeAlias = NDArray[np.int32]


def follows(cascade: Cascade, automaton: Automaton) -> bool:
    """Whether a cascade goes where its automaton goes, and has no parts that no word reaches.

    That is so if

    - the initial coordinates cover state 0;
    - each level has actions below all coordinates that are covered and nowhere else;
    - each letter leads from coordinates that cover a state q to coordinates that cover the state
      which follows q;
    - the coordinates that are covered are those that words reach.

    Nothing but the cascade and the automaton is looked at, as in a walk through the coordinates
    one by one; no word is named if the answer is no.

    Args:
        cascade: The cascade.
        automaton: An automaton with the same alphabet.

    >>> from monoscan.automata.cascade import holonomy_cascade
    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> follows(holonomy_cascade(parity), parity)
    True
    """
    if cascade.covering.get(cascade.initial) != 0:
        return False
    following = _following(cascade)
    if following is None:
        return False
    coordinates = list(cascade.covering)
    table = RowTable(max((level.n_states for level in cascade.levels), default=1), len(following))
    table.add(_columns(coordinates, len(following)).T)
    n_letters = len(automaton.alphabet)
    found = table.find(following.reshape(len(following), len(coordinates) * n_letters).T)
    successors = found.reshape(len(coordinates), n_letters)
    covered = np.fromiter(cascade.covering.values(), dtype=np.int32, count=len(coordinates))
    if (successors < 0).any() or (covered[successors] != automaton.table[covered]).any():
        return False
    initial = coordinates.index(cascade.initial)
    return len(breadth_first_order(successors, initial)) == len(coordinates)


def _following(cascade: Cascade) -> Numbers | None:
    """The coordinates that follow: an array [levels, coordinates, letters].

    None if a level does not have actions for just the states of the levels above that occur.
    """
    coordinates = list(cascade.covering)
    columns = _columns(coordinates, len(cascade.levels))
    shape = (len(cascade.levels), len(coordinates), len(cascade.automaton.alphabet))
    following = np.empty(shape, dtype=np.int32)
    # Coordinates with the same states above have the same number; one of them stands for all.
    everyone = np.arange(len(coordinates))
    numbers, chosen = np.zeros_like(everyone), everyone[:1]
    for depth, level in enumerate(cascade.levels):
        rows = [level.actions.get(coordinates[place][:depth]) for place in chosen.tolist()]
        if None in rows or len(rows) < len(level.actions):
            return None
        following[depth] = np.array(rows, dtype=np.int32)[numbers, :, columns[depth]]
        pairs = numbers * level.n_states + columns[depth]
        places = np.full(len(rows) * level.n_states, -1)
        places[pairs] = everyone
        occurring = np.flatnonzero(places >= 0)
        chosen = places[occurring]
        places[occurring] = np.arange(len(occurring))
        numbers = places[pairs]
    return following


def _columns(coordinates: list[Coordinates], n_levels: int) -> Numbers:
    """The states of each level: an array [levels, coordinates]."""
    flat = np.fromiter(chain.from_iterable(coordinates), dtype=np.int32)
    return np.ascontiguousarray(flat.reshape(len(coordinates), n_levels).T)
