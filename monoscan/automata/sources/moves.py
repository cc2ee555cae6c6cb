"""Machines as the files of the field give them: moves between states that have names.

What is deterministic is taken as it stands. A nondeterministic acceptor, with empty moves or not,
is made deterministic by sets of states; a machine whose states or arrows give answers cannot be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AlphabetError, AutomatonError, AutomatonFileError
from monoscan.automata.minimize import minimize
from monoscan.automata.nondeterministic import NondeterministicAutomaton
from monoscan.automata.sources.mealy import automaton_from_mealy
from monoscan.automata.sources.partial import Tell, automaton_from_named, tell_nobody
from monoscan.automata.steps import DEFAULT_STATE_BUDGET
from monoscan.automata.subsets import determinize
from monoscan.automata.word import check_alphabet

# How files write a move that reads nothing.
EMPTY_MOVES = frozenset({"ε", "λ", "<eps>", "<epsilon>", "epsilon", "eps", "lambda"})


class Move(NamedTuple):
    """An arrow.

    Attributes:
        source: Where it starts.
        letter: What it reads; "" reads nothing.
        target: Where it leads.
        place: Where it stands in the file, in words such as "line 3"; "" if nobody knows.
        answer: What it answers, in a Mealy machine.
    """

    source: str
    letter: str
    target: str
    place: str = ""
    answer: str | None = None

    @property
    def end(self) -> str:
        """Where it leads, and what it answers."""
        return repr(self.target) + (f" with {self.answer!r}" if self.answer is not None else "")

    def __str__(self) -> str:
        place = f"{self.place}: " if self.place else ""
        reads = f"the letter {self.letter!r}" if self.letter else "an empty move"
        return f"{place}from {self.source!r} {reads} leads to {self.end}"


def automaton_from_moves(
    moves: Iterable[Move],
    initial: Sequence[str],
    outputs: Mapping[str, Output],
    alphabet: Sequence[str] | None = None,
    *,
    empty: Collection[str] = (),
    complete: bool = False,
    trim: bool = False,
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """The automaton of some moves between named states.

    Args:
        moves: The moves; all of them have an answer, or none.
        initial: The initial states; several make it nondeterministic.
        outputs: The output of every state, in any order.
        alphabet: The letters in order; None takes those of the moves and sorts them.
        empty: Letters that stand for reading nothing, unless the alphabet has them.
        complete: Let missing transitions lead to a rejecting trap, which a nondeterministic
            automaton does anyway.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added, dropped, read as empty, and made deterministic, with sizes.
        budget: Largest number of sets of states.

    Raises:
        AutomatonFileError: If a letter is not in the alphabet, or a machine with answers is
            nondeterministic.
        AutomatonError: If a state is not reachable, or the machine is not valid otherwise.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> moves = [Move("p", "a", "p"), Move("p", "a", "q")]
    >>> automaton_from_moves(moves, ["p"], {"p": False, "q": True}, tell=print).state_names
    read as an NFA (from 'p' the letter 'a' leads to 'p' and to 'q'): NFA with 2 states -> DFA with 2 states, 2 minimal
    ('{p}', '{p, q}')
    """  # noqa: E501
    arrows = _without_empty_letters(list(moves), frozenset(empty).difference(alphabet or ()), tell)
    letters = _letters(arrows, alphabet)
    rows: dict[str, dict[str, Move]] = {state: {} for state in outputs}
    fork = ""
    for move in arrows:
        _check_ends(move, outputs)
        other = rows[move.source].setdefault(move.letter, move)
        if not move.letter:
            fork = fork or str(move)
        elif (other.target, other.answer) != (move.target, move.answer):
            both = move._replace(target=other.target, answer=other.answer)
            fork = fork or f"{both} and to {move.end}"
    if len(initial) > 1:
        fork = fork or f"initial states: {', '.join(initial)}"
    answers = any(move.answer is not None for move in arrows)
    if fork:
        if answers or not all(isinstance(output, bool) for output in outputs.values()):
            raise AutomatonFileError(
                f"{fork}; a machine with outputs is deterministic and reads a letter with each move"
            )
        return _determinized(arrows, initial, outputs, letters, fork, trim, tell, budget)
    transitions = {
        state: {a: move.target for a, move in row.items()} for state, row in rows.items()
    }
    if not answers:
        return automaton_from_named(
            letters, transitions, initial[0], outputs, complete=complete, trim=trim, tell=tell
        )
    texts = {
        state: {a: move.answer or "" for a, move in row.items()} for state, row in rows.items()
    }
    return automaton_from_mealy(
        letters, transitions, texts, initial[0], complete=complete, trim=trim, tell=tell
    )


def _without_empty_letters(moves: list[Move], empty: frozenset[str], tell: Tell) -> list[Move]:
    for letter in sorted(empty.intersection(move.letter for move in moves)):
        tell(
            f"{letter!r} is read as the empty move; if it is a letter, name all letters by "
            "--alphabet (in Python alphabet=...)"
        )
    return [move._replace(letter="") if move.letter in empty else move for move in moves]


def _letters(moves: Sequence[Move], alphabet: Sequence[str] | None) -> tuple[str, ...]:
    found = {move.letter: move for move in reversed(moves) if move.letter}
    if alphabet is None:
        if not found:
            raise AlphabetError(
                "no move reads a letter, so the alphabet is not known; name it by --alphabet (in "
                "Python alphabet=...)"
            )
        return check_alphabet(sorted(found))
    letters = check_alphabet(alphabet)
    strange = next((move for letter, move in found.items() if letter not in letters), None)
    if strange is not None:
        raise AutomatonFileError(
            f"{strange}, and the letter is not in the given alphabet {{{', '.join(letters)}}}"
        )
    return letters


def _check_ends(move: Move, outputs: Mapping[str, Output]) -> None:
    for state in (move.source, move.target):
        if state not in outputs:
            raise AutomatonFileError(f"{move}, and there is no state {state!r}; add it")


def _determinized(
    moves: Sequence[Move],
    initial: Sequence[str],
    outputs: Mapping[str, Output],
    letters: tuple[str, ...],
    fork: str,
    trim: bool,
    tell: Tell,
    budget: int,
) -> Automaton:
    """The acceptor of the sets of states that words reach."""
    names = [*initial, *(state for state in outputs if state not in initial)]
    numbers = {name: number for number, name in enumerate(names)}
    # State 0 comes before the initial states, and the end after all accepting ones.
    machine = NondeterministicAutomaton(len(letters), budget=len(names) + 2)
    states = [machine.add_state() for _ in names]
    machine.empty_moves[0] = [states[numbers[state]] for state in initial]
    columns = {letter: number for number, letter in enumerate(letters)}
    for move in moves:
        source, target = states[numbers[move.source]], states[numbers[move.target]]
        if move.letter:
            machine.moves[source].append((columns[move.letter], target))
        else:
            machine.empty_moves[source].append(target)
    reached = _reached(machine)
    lost = [name for name, state in zip(names, states, strict=True) if state not in reached]
    if lost and not trim:
        raise AutomatonError(
            f"state {lost[0]!r} cannot be reached from the initial state {initial[0]!r}; "
            "remove it, or drop such states by --trim (in Python trim=True)"
        )
    end = machine.join(states[numbers[name]] for name in names if outputs[name])
    found = determinize(machine, end, letters, budget, ["", *names])
    if lost:
        tell(f"trimmed: {len(lost)} of {len(names)} states cannot be reached")
    tell(
        f"read as an NFA ({fork}): NFA with {_states(len(names))} -> DFA with "
        f"{_states(found.n_states)}, {minimize(found).n_states} minimal"
    )
    return found


def _reached(machine: NondeterministicAutomaton) -> set[int]:
    seen, pending = {0}, [0]
    while pending:
        state = pending.pop()
        after = {*machine.empty_moves[state], *(target for _, target in machine.moves[state])}
        pending += after - seen
        seen |= after
    return seen


def _states(number: int) -> str:
    return f"{number} state{'s' * (number != 1)}"
