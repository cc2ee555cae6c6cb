"""The automaton that a network computes under a semantics, whatever it was built for."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

from monoscan.automata import Automaton, Output, minimize
from monoscan.automata.budget import BudgetExceeded
from monoscan.errors import NoAnswer, check_number
from monoscan.theory.explore import CachedNetwork, Word, no_output
from monoscan.theory.lrnn import LRNN, LRNNError
from monoscan.theory.semantics import UNROUNDED, Semantics

S = TypeVar("S", bound=Hashable)


class MaybeEndless(BudgetExceeded):
    """The states of a network are many, in an arithmetic in which they may be infinitely many."""

    def __str__(self) -> str:
        return (
            f"the network has more than {self.limit} states, and in exact arithmetic they may be "
            "infinitely many: then no automaton is read off them. Ask whether it recognises a "
            "language that you name (ms.decide with semantics='threshold', verify --lrnn "
            "--semantics threshold), or raise the number of states"
        )


def computed_automaton(lrnn: LRNN, semantics: Semantics[S], max_states: int) -> Automaton:
    """The minimal automaton that answers like a network to every word.

    Args:
        lrnn: the network.
        semantics: how it computes.
        max_states: how many states of the network are followed at most.

    Raises:
        BudgetExceeded: if the network has more states.
        SemanticsError: if the network has no meaning under the semantics.
        UndefinedOutputError: if the network has no answer to some word.
        NumberTooLargeError: if the numbers of the states grow without end.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.semantics import Exact
    >>> computed_automaton(scalar_parity(), Exact(), 10).n_states
    2
    """
    check_number("max_states", max_states, 1)
    network = CachedNetwork(lrnn, semantics)
    found = [network.start]
    numbers = {network.start: 0}
    parents: list[tuple[int, str]] = [(0, "")]
    outputs: list[Output] = []
    table: list[list[int]] = []
    for state, numbered in enumerate(found):  # which grows on the way
        row: list[int] = []
        try:
            outputs.append(network.output(numbered))
            for letter in lrnn.alphabet:
                successor = network.step(numbered, letter)
                row.append(numbers.setdefault(successor, len(found)))
                if row[-1] == len(found):
                    if len(found) == max_states:
                        kind = MaybeEndless if semantics.name in UNROUNDED else BudgetExceeded
                        raise kind("states of the network", max_states, max_states + 1)
                    found.append(successor)
                    parents.append((state, letter))
        except (NoAnswer, LRNNError) as error:
            reached = _word(parents, state)
            after = reached if len(outputs) == state else (*reached, lrnn.alphabet[len(row)])
            raise no_output(after, error) from error
        table.append(row)
    return minimize(Automaton(lrnn.alphabet, table, outputs))


def _word(parents: list[tuple[int, str]], state: int) -> Word:
    letters: list[str] = []
    while state:
        state, letter = parents[state]
        letters.append(letter)
    return tuple(reversed(letters))
