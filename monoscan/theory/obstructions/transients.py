"""Words whose powers do not lead at once, or not soon enough, into a cycle of states."""

from __future__ import annotations

import numpy as np

from monoscan.automata import Automaton
from monoscan.automata.element_search import ElementSearch
from monoscan.automata.properties.aperiodic import search_maps
from monoscan.automata.properties.words import access_word, word_to
from monoscan.theory.obstructions.cycles import cycles_of, periodic_states, power_of_maps
from monoscan.theory.obstructions.witness import Transient


def transient_letter(minimal: Automaton) -> Transient | None:
    """A shortest prefix after which a letter leads to a state that is on no cycle of the letter.

    >>> transient_letter(Automaton("a", [[1], [2], [2]], (False, False, True)))
    Transient(prefix=(), word=('a',), times=1)
    """
    table = minimal.table.tolist()
    on_cycle = [
        {state for cycle in cycles_of(column) for state in cycle} for column in minimal.table.T
    ]

    def passing(state: int) -> int | None:
        targets = enumerate(table[state])
        return next((letter for letter, q in targets if q not in on_cycle[letter]), None)

    prefix = word_to(minimal, 0, lambda state: passing(state) is not None)
    if prefix is None:
        return None
    letter = passing(minimal.state_after(prefix))
    return None if letter is None else Transient(prefix, (minimal.alphabet[letter],), 1)


def transient_word(minimal: Automaton, times: int, budget: int) -> Transient | None:
    """The first word in shortlex order that leads to no cycle of its own, even so many times.

    Args:
        minimal: A minimal automaton.
        times: How often the word is repeated.
        budget: The largest number of elements of the monoid.

    Raises:
        BudgetExceeded: If the budget is reached before such a word is found.

    >>> three = Automaton("a", [[1], [2], [3], [3]], (False, False, False, True))
    >>> transient_word(three, times=2, budget=9)
    Transient(prefix=(), word=('a',), times=2)
    >>> print(transient_word(three, times=3, budget=9))
    None
    """
    if times >= minimal.n_states:
        return None  # the states before the cycle are all different
    search = ElementSearch(minimal, budget)
    for maps, first in search_maps(search):
        passing = ~np.take_along_axis(periodic_states(maps), power_of_maps(maps, times), axis=1)
        found = np.flatnonzero(passing.any(axis=1))
        if len(found):
            row = int(found[0])
            word = tuple(minimal.alphabet[a] for a in search.word(first + row))
            prefix = access_word(minimal, int(np.flatnonzero(passing[row])[0]))
            return Transient(prefix, word, times)
    return None
