"""Automata in the ``.ba`` format of RABIT, read as acceptors of finite words.

The format was made for Büchi automata, but says only which states accept. A line is the initial
state, a transition ``letter,source->target`` or an accepting state, in this order.

Source: languageinclusion.org, RABIT and Reduce, the file format.
"""

from __future__ import annotations

from collections.abc import Sequence

from monoscan.automata.automaton import Automaton
from monoscan.automata.errors import AutomatonFileError
from monoscan.automata.sources.moves import Move, automaton_from_moves
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.texts import check_size, line_error
from monoscan.automata.steps import DEFAULT_STATE_BUDGET

_FORM = "the initial state, transitions 'letter,source->target' and accepting states, one a line"


def automaton_from_ba(
    text: str,
    alphabet: Sequence[str] | None = None,
    *,
    trim: bool = False,
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    r"""Reads the acceptor of the finite words that lead to an accepting state.

    As in RABIT the source of the first transition is initial if no state stands before it, and all
    states accept if none is listed. A missing transition rejects.

    Args:
        text: The contents of the file.
        alphabet: The letters in order; None takes those of the transitions and sorts them.
        trim: Drop unreachable states instead of raising.
        tell: Is told that finite words are meant, and what was added, dropped and made
            deterministic.
        budget: Largest number of sets of states of a nondeterministic automaton.

    Raises:
        AutomatonFileError: If a line has another form, or a second state stands before the
            transitions.
        AutomatonError: If a state is not reachable, or the automaton is not valid otherwise.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> automaton_from_ba("[e]\na,[e]->[o]\na,[o]->[e]\n[e]").accepts("aa")
    True
    """
    check_size(text, _FORM)
    moves: list[Move] = []
    before: list[str] = []
    accepting: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if "->" not in stripped:
            (accepting if moves else before).extend([stripped] if stripped else [])
            if len(before) > 1:
                raise line_error(number, line, f"a second initial state; expected {_FORM}")
            continue
        letter, _, arrow = stripped.partition(",")
        source, _, target = arrow.partition("->")
        if accepting or not (letter and source and target):
            problem = "a transition after the accepting states" if accepting else "no transition"
            raise line_error(number, line, f"{problem}; expected {_FORM}")
        moves.append(Move(source, letter, target, f"line {number}"))
    tell(".ba files are of Büchi automata; this one is read as an acceptor of finite words")
    states = dict.fromkeys([*before, *(state for m in moves for state in (m.source, m.target))])
    strange = next((state for state in accepting if state not in states), None)
    if strange is not None:
        raise AutomatonFileError(
            f"no transition leads to the accepting state {strange!r}; remove it"
        )
    if not accepting:
        tell("no accepting state is listed, so all states accept, as in RABIT")
    return automaton_from_moves(
        moves,
        before or [moves[0].source],
        {state: not accepting or state in accepting for state in states},
        alphabet,
        complete=True,
        trim=trim,
        tell=tell,
        budget=budget,
    )
