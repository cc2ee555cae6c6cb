"""Acceptors of the automata-lib library, in both directions.

Reading one asks only for its attributes, so the library need not be loaded; it is imported when
one is made. No other file may import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError
from monoscan.automata.sources.moves import Move, automaton_from_moves
from monoscan.automata.sources.partial import (
    Tell,
    automaton_from_named,
    letter_names,
    tell_nobody,
)

if TYPE_CHECKING:
    from automata.fa.dfa import DFA
    from automata.fa.nfa import NFA

_FIELDS = ("states", "input_symbols", "transitions", "initial_state", "final_states")


def from_automata_lib(
    fa: DFA | NFA,
    alphabet: Sequence[str] | None = None,
    *,
    trim: bool = False,
    tell: Tell = tell_nobody,
) -> Automaton:
    """The acceptor of a finite automaton of automata-lib.

    A partial DFA (``allow_partial=True`` there) and an NFA reject where a transition is missing, as
    in the library: a trap is added. An NFA is made deterministic by sets of states.

    Args:
        fa: The automaton, deterministic or not.
        alphabet: The letters in order; None sorts them, since the library keeps no order. Letters
            that the automaton does not know are refused.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added, dropped and made deterministic, with the sizes.

    Raises:
        AlphabetError: If the alphabet is not valid or lacks a letter of the automaton.
        AutomatonError: If it is no finite automaton, or a state is unreachable.
        BudgetExceeded: If an NFA has more than 1,000,000 sets of states.

    >>> from automata.fa.dfa import DFA
    >>> parity = DFA(states={"e", "o"}, input_symbols={"0", "1"}, initial_state="e",
    ...     transitions={"e": {"0": "e", "1": "o"}, "o": {"0": "o", "1": "e"}}, final_states={"e"})
    >>> from_automata_lib(parity).accepts("11")
    True
    """
    if not all(hasattr(fa, name) for name in _FIELDS):
        raise AutomatonError(f"expected a DFA or NFA of automata-lib; got a {type(fa).__name__}")
    names = letter_names(fa.input_symbols, alphabet)
    _check_no_new_letters(names, fa.input_symbols)
    letters = tuple(names.values())
    # Only a DFA can be partial.
    is_partial = getattr(fa, "allow_partial", None)
    if is_partial is None:
        called = _called(fa.states)
        moves = [
            Move(called[state], names[letter] if letter else "", called[target])
            for state, row in fa.transitions.items()
            for letter, targets in row.items()
            for target in sorted(targets, key=called.__getitem__)
        ]
        outputs = {name: state in fa.final_states for state, name in called.items()}
        return automaton_from_moves(
            moves, [called[fa.initial_state]], outputs, letters, complete=True, trim=trim, tell=tell
        )
    transitions = {
        state: {names[letter]: target for letter, target in row.items()}
        for state, row in fa.transitions.items()
    }
    return automaton_from_named(
        letters,
        transitions,
        fa.initial_state,
        {state: state in fa.final_states for state in fa.states},
        complete=is_partial,
        trim=trim,
        tell=tell,
    )


def _called(states: AbstractSet[Any]) -> dict[Any, str]:
    """Names for the states, in the order of the names."""
    names = {state: str(state) for state in states}
    if len(set(names.values())) < len(names):
        names = {state: repr(state) for state in states}
    return dict(sorted(names.items(), key=lambda item: item[1]))


def to_automata_lib(acceptor: Automaton) -> DFA:
    """The acceptor as a deterministic automaton of automata-lib; states keep their numbers.

    Raises:
        AutomatonError: If the automaton is no acceptor.

    >>> to_automata_lib(Automaton("a", [[1], [0]], (True, False))).accepts_input("aa")
    True
    """
    if not acceptor.is_acceptor:
        raise AutomatonError(
            f"this automaton outputs strings such as {acceptor.outputs[0]!r}; "
            "automata-lib has acceptors only"
        )
    from automata.fa.dfa import DFA

    rows = acceptor.table.tolist()
    return DFA(
        states=set(range(acceptor.n_states)),
        input_symbols=set(acceptor.alphabet),
        transitions={
            state: dict(zip(acceptor.alphabet, row, strict=True)) for state, row in enumerate(rows)
        },
        initial_state=0,
        final_states={state for state, value in enumerate(acceptor.outputs) if value},
    )


def _check_no_new_letters(names: dict[object, str], symbols: AbstractSet[str]) -> None:
    for letter, name in names.items():
        if letter not in symbols:
            raise AutomatonError(
                f"the automaton has no transitions for the letter {name!r} of the given alphabet; "
                "leave it out"
            )
