"""Automata given by a start and a step function: their states are what words can reach."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.word import check_alphabet

DEFAULT_STATE_BUDGET = 1_000_000

State = TypeVar("State", bound=Hashable)


def automaton_from_steps(
    alphabet: Sequence[str],
    start: State,
    step: Callable[[State, int], State],
    output: Callable[[State], Output],
    *,
    budget: int = DEFAULT_STATE_BUDGET,
    what: str = "states of the automaton",
) -> Automaton:
    """The automaton whose states are the values reached from a start by a step function.

    Args:
        alphabet: The letters in order.
        start: The initial state, any hashable value.
        step: The next state, from a state and the number of a letter.
        output: The output of a state.
        budget: Largest number of states.
        what: What the states are, in words (plural), for the message of `BudgetExceeded`.

    Raises:
        AlphabetError: If the alphabet is not valid.
        BudgetExceeded: If there are more states than the budget.

    >>> automaton_from_steps("a", 0, lambda n, _: (n + 1) % 3, str).outputs
    ('0', '1', '2')
    """
    letters = check_alphabet(alphabet)
    check_budget(budget)
    numbers, states = {start: 0}, [start]
    table: list[list[int]] = []
    for state in states:
        row = []
        for letter in range(len(letters)):
            target = step(state, letter)
            number = numbers.setdefault(target, len(states))
            if number == len(states):
                states.append(target)
                if len(states) > budget:
                    raise BudgetExceeded(what, budget, len(states))
            row.append(number)
        table.append(row)
    return Automaton(letters, table, [output(state) for state in states])
