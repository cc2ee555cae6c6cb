"""Letters that act alike in certificates: the network is written out for one of each kind."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.letter_kinds import likeness
from monoscan.theory.lrnn import LRNN


def alike_to_json(lrnn: LRNN, automaton: Automaton) -> dict[str, list[list[str]]]:
    """The member `like` of a certificate about a network with fewer letters than the automaton.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> parity = Automaton("012", [[0, 1, 0], [1, 0, 1]], (True, False))
    >>> alike_to_json(scalar_parity(), parity)
    {'like': [['2', '0']]}
    """
    if lrnn.alphabet == automaton.alphabet:
        return {}
    return {"like": [list(pair) for pair in likeness(automaton).items()]}
