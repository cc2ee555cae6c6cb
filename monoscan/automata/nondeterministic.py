"""Nondeterministic automata with empty moves, grown piece by piece (Thompson)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded


@final
class NondeterministicAutomaton:
    """States 0, 1, 2, ... with moves by letters and empty moves; state 0 is initial.

    It grows by *pieces*. A piece starts at a given state and ends at the state that the method
    returns; it holds the words that lead from one to the other. No piece adds a move into the
    state where it starts, so pieces from the same state do not mix.

    Attributes:
        n_letters: The number of letters.
        moves: For each state the pairs (number of a letter, next state).
        empty_moves: For each state the states that follow without a letter.

    Source: K. Thompson, Regular expression search algorithm, 1968.

    >>> automaton = NondeterministicAutomaton(n_letters=2, budget=100)
    >>> end = automaton.add_letters(0, [1])
    >>> automaton.moves
    [[(1, 1)], []]
    """

    def __init__(self, n_letters: int, budget: int) -> None:
        self.n_letters = n_letters
        self.moves: list[list[tuple[int, int]]] = []
        self.empty_moves: list[list[int]] = []
        self._budget = budget
        self.add_state()

    def add_state(self) -> int:
        """A new state without moves.

        Raises:
            BudgetExceeded: If there are more states than the budget.
        """
        self._check_room_for(1)
        self.moves.append([])
        self.empty_moves.append([])
        return len(self.moves) - 1

    def add_letters(self, start: int, numbers: Iterable[int]) -> int:
        """The piece of the given letters; returns its end."""
        end = self.add_state()
        self.moves[start].extend((number, end) for number in numbers)
        return end

    def join(self, ends: Iterable[int]) -> int:
        """A new end that follows each of the given ones."""
        # Always a new state: an end may have moves back into its own piece.
        joint = self.add_state()
        for end in ends:
            self.empty_moves[end].append(joint)
        return joint

    def add_loop_start(self, start: int) -> int:
        """A state behind ``start`` to which the piece that starts there may come back."""
        return self.join([start])

    def close_loop(self, loop_start: int, end: int) -> None:
        """Lets the piece from ``loop_start`` to ``end`` be repeated."""
        self.empty_moves[end].append(loop_start)

    def add_acceptor(self, start: int, acceptor: Automaton) -> int:
        """The piece of the words that an acceptor accepts; returns its end.

        A dead state is left out: it would only swell the sets of states.
        """
        self._check_room_for(acceptor.n_states)
        rows = acceptor.table.tolist()
        copies = [
            -1 if not acceptor.outputs[state] and set(row) == {state} else self.add_state()
            for state, row in enumerate(rows)
        ]
        for copy, row in zip(copies, rows, strict=True):
            if copy >= 0:
                targets = ((number, copies[target]) for number, target in enumerate(row))
                self.moves[copy].extend(move for move in targets if move[1] >= 0)
        if copies[0] >= 0:
            self.empty_moves[start].append(copies[0])
        return self.join(
            copy for copy, output in zip(copies, acceptor.outputs, strict=True) if output
        )

    def _check_room_for(self, more: int) -> None:
        if len(self.moves) + more > self._budget:
            raise BudgetExceeded(
                "states of an automaton",
                self._budget,
                len(self.moves) + more,
            )
