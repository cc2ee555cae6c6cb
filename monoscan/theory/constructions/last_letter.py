"""One layer that forgets all but the last letter: what gates below their limits can do exactly."""

from __future__ import annotations

from fractions import Fraction

from monoscan.automata import Automaton
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lemmas.inequivalent import moving_letter, words_of_one_last_letter
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal

_SOURCE = "this project, checked for each network by exploring it"


def last_letter_obstacle(automaton: Automaton) -> str | None:
    """Why more than the last letter counts, or None if nothing else does.

    >>> last_letter_obstacle(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    'not only the last letter counts: 0 and 10 are not equivalent'
    """
    found = words_of_one_last_letter(minimize(automaton))
    return None if found is None else f"not only the last letter counts: {found}"


def one_state_obstacle(automaton: Automaton) -> str | None:
    """Why some letter counts, or None if the answers to all words are the same.

    >>> one_state_obstacle(Automaton("a", [[1], [1]], (True, False)))
    'not all words are equivalent: the empty word and a are not equivalent'
    """
    found = moving_letter(minimize(automaton))
    return None if found is None else f"not all words are equivalent: {found}"


@construction(
    "last-letter",
    statement="A language that depends on the last letter only, by a scalar that each letter "
    "overwrites",
    source=_SOURCE,
    supports=last_letter_obstacle,
)
def last_letter(automaton: Automaton) -> LRNN:
    """One layer with A = 0 for every letter.

    Raises:
        UnsupportedError: if the language depends on more.

    >>> last_letter(Automaton("ab", [[1, 0], [1, 0]], (True, False))).output("aab")
    True
    """
    return _network(automaton, Diagonal((ZERO,)), last_letter_obstacle(automaton))


@construction(
    "one-state",
    statement="The empty language or that of all words, by a state that stays 0",
    source=_SOURCE,
    supports=one_state_obstacle,
)
def one_state(automaton: Automaton) -> LRNN:
    """One layer with A = 1/2 and B = 0 for every letter, from the state 0.

    Raises:
        UnsupportedError: if the answers are not all the same.

    >>> one_state(Automaton("a", [[0]], (True,))).output("aa")
    True
    """
    return _network(automaton, Diagonal((Fraction(1, 2),)), one_state_obstacle(automaton))


def _network(automaton: Automaton, transition: Diagonal, obstacle: str | None) -> LRNN:
    """A scalar that each letter sets to the number of the state it leads to; A maps 0 to 0."""
    if obstacle:
        raise UnsupportedError(obstacle)
    minimal = minimize(automaton)
    cases: dict[Symbol, Case] = {
        (letter,): Case(transition, Matrix.of([[state]]))
        for letter, state in zip(minimal.alphabet, minimal.table[0].tolist(), strict=True)
    }
    table = {Matrix.of([[state]]): minimal.outputs[state] for state in range(minimal.n_states)}
    return LRNN(minimal.alphabet, (Layer(Matrix.of([[0]]), cases, StateTable(table)),))
