"""Machines with named states as other tools give them: perhaps partial, letters of any type."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeAlias, TypeVar

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AlphabetError, AutomatonError
from monoscan.automata.word import check_alphabet

State = TypeVar("State", bound=Hashable)

Tell: TypeAlias = Callable[[str], None]
"""Is told in words what a reader has changed or guessed."""

TRAP = "trap"


def tell_nobody(_words: str) -> None:
    """Keeps to itself what a reader has changed or guessed."""


def automaton_from_named(
    alphabet: Sequence[str],
    transitions: Mapping[State, Mapping[str, State]],
    initial: State,
    outputs: Mapping[State, Output],
    *,
    complete: bool = False,
    trim: bool = False,
    tell: Tell = tell_nobody,
) -> Automaton:
    """The automaton of named states; on request completed by a rejecting trap and trimmed.

    Args:
        alphabet: The letters in order.
        transitions: For each state the next state by letter.
        initial: The initial state.
        outputs: The output of each state.
        complete: Let missing transitions lead to a new state that rejects for ever. Only
            acceptors can be completed: what another machine outputs there nobody knows.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added and dropped.

    Raises:
        AutomatonError: If a transition is missing (without ``complete``), a state unreachable
            (without ``trim``), or the description is not valid otherwise.

    >>> automaton_from_named("ab", {0: {"a": 0}}, 0, {0: True}, complete=True).table.tolist()
    [[0, 1], [1, 1]]
    """
    letters = check_alphabet(alphabet)
    rows: dict[Hashable, Mapping[str, Hashable]] = dict(transitions.items())
    values: dict[Hashable, Output] = dict(outputs.items())
    missing = [(state, a) for state, row in rows.items() for a in letters if a not in row]
    if missing and not complete:
        state, letter = missing[0]
        raise AutomatonError(
            f"state {state!r} has no transition for letter {letter!r}; add it, or let all missing "
            "transitions lead to a new rejecting state by --complete (in Python complete=True)"
        )
    if missing:
        strange = next((value for value in values.values() if not isinstance(value, bool)), None)
        if strange is not None:
            raise AutomatonError(
                f"--complete (in Python complete=True) adds a rejecting state, but this machine "
                f"outputs strings such as {strange!r}; add the missing transitions to the machine "
                "itself"
            )
        trap = _fresh(rows)
        rows = {
            state: {**dict.fromkeys(letters, trap), **row}
            for state, row in [*rows.items(), (trap, {})]
        }
        values[trap] = False
        many = "transitions lead" if len(missing) > 1 else "transition leads"
        tell(f"completed: {len(missing)} missing {many} to a new rejecting state")
    automaton = Automaton.from_transitions(letters, rows, initial, values, trim=trim)
    if automaton.n_states < len(rows):
        tell(f"trimmed: {len(rows) - automaton.n_states} of {len(rows)} states cannot be reached")
    return automaton


def letter_names(letters: Iterable[object], alphabet: Sequence[str] | None) -> dict[object, str]:
    """The letters of another tool as strings, in alphabet order.

    Args:
        letters: The letters of the machine, of any type.
        alphabet: Their names in the wanted order; None sorts them by name.

    Returns:
        For each letter its name; the order of the entries is the order of the alphabet.

    Raises:
        AlphabetError: If two letters have the same name, or the alphabet lacks one of them.

    >>> letter_names({1, 0}, None)
    {0: '0', 1: '1'}
    """
    named: dict[str, object] = {}
    for letter in letters:
        other = named.setdefault(str(letter), letter)
        if (type(other), other) != (type(letter), letter):
            raise AlphabetError(
                f"the letters {other!r} and {letter!r} are both written {str(letter)!r}; "
                "rename one of them"
            )
    order = sorted(named) if alphabet is None else check_alphabet(alphabet)
    for name in named:
        if name not in order:
            raise AlphabetError(
                f"the machine reads the letter {name!r}, which is not in the given alphabet; add it"
            )
    return {named.get(name, name): name for name in order}


def _fresh(taken: Mapping[Hashable, object]) -> str:
    name = TRAP
    while name in taken:
        name += "'"
    return name
