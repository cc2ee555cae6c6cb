"""Acceptors of the automata-lib library, in both directions.

Reading one asks only for its attributes, so the library need not be loaded; it is imported when
one is made. No other file may import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonError
from monoscan.automata.sources.partial import automaton_from_named, letter_names

if TYPE_CHECKING:
    from automata.fa.dfa import DFA


def from_automata_lib(
    dfa: DFA, alphabet: Sequence[str] | None = None, *, trim: bool = False
) -> Automaton:
    """The acceptor of a deterministic automaton of automata-lib.

    A partial automaton (``allow_partial=True`` there) rejects where a transition is missing, as
    in the library: a trap is added.

    Args:
        dfa: The automaton.
        alphabet: The letters in order; None sorts them, since the library keeps no order. Letters
            that the automaton does not know are refused.
        trim: Drop unreachable states instead of raising.

    Raises:
        AlphabetError: If the alphabet is not valid or lacks a letter of the automaton.
        AutomatonError: If it is no deterministic automaton, or a state is unreachable.

    >>> from automata.fa.dfa import DFA
    >>> parity = DFA(states={"e", "o"}, input_symbols={"0", "1"}, initial_state="e",
    ...     transitions={"e": {"0": "e", "1": "o"}, "o": {"0": "o", "1": "e"}}, final_states={"e"})
    >>> from_automata_lib(parity).accepts("11")
    True
    """
    if not _is_dfa(dfa):
        raise AutomatonError(
            f"expected a DFA of automata-lib; got a {type(dfa).__name__}. "
            "For an NFA write from_automata_lib(DFA.from_nfa(nfa))"
        )
    names = letter_names(dfa.input_symbols, alphabet)
    _check_no_new_letters(names, dfa.input_symbols)
    transitions = {
        state: {names[letter]: target for letter, target in row.items()}
        for state, row in dfa.transitions.items()
    }
    return automaton_from_named(
        tuple(names.values()),
        transitions,
        dfa.initial_state,
        {state: state in dfa.final_states for state in dfa.states},
        complete=dfa.allow_partial,
        trim=trim,
    )


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


def _is_dfa(given: object) -> bool:
    """Whether it looks like a DFA: an NFA has no allow_partial, a GNFA neither."""
    wanted = ("states", "input_symbols", "transitions", "initial_state", "final_states")
    return all(hasattr(given, name) for name in (*wanted, "allow_partial"))


def _check_no_new_letters(names: dict[object, str], symbols: AbstractSet[str]) -> None:
    for letter, name in names.items():
        if letter not in symbols:
            raise AutomatonError(
                f"the automaton has no transitions for the letter {name!r} of the given alphabet; "
                "leave it out"
            )
