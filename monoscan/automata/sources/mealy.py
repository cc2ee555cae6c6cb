r"""Mealy machines, which answer on their arrows, as automata, which answer by their states.

The output of a state is the answer on the arrow that led to it. A state to which arrows with
different answers lead becomes one state for each answer. A Mealy machine says nothing on the empty
word. Here the initial state has an answer of the arrows that lead back to it, the first by name, so
that no state is added for the empty word alone; if no arrow leads back it has the output `none`.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from monoscan.automata.automaton import Automaton
from monoscan.automata.sources.partial import Tell, automaton_from_named, tell_nobody

State = TypeVar("State", bound=Hashable)

NO_ANSWER = "none"


def automaton_from_mealy(
    alphabet: Sequence[str],
    transitions: Mapping[State, Mapping[str, State]],
    answers: Mapping[State, Mapping[str, str]],
    initial: State,
    *,
    complete: bool = False,
    trim: bool = False,
    tell: Tell = tell_nobody,
) -> Automaton:
    """The automaton whose output after each word of letters is the last answer.

    Args:
        alphabet: The letters in order.
        transitions: For each state the next state by letter.
        answers: For each state the answer by letter.
        initial: The initial state.
        complete: Refused if a transition is missing: nobody knows what a machine answers there.
        trim: Drop unreachable states instead of raising.
        tell: Is told how the machine was read.

    Raises:
        AutomatonError: If a transition is missing, or a state is unreachable (without ``trim``).

    >>> machine = {0: {"a": 1}, 1: {"a": 0}}, {0: {"a": "odd"}, 1: {"a": "even"}}
    >>> automaton_from_mealy("a", *machine, 0).outputs
    ('even', 'odd')
    """
    # Checks the machine under the names of its own states, and tells what was dropped.
    shape = automaton_from_named(
        alphabet,
        transitions,
        initial,
        dict.fromkeys(transitions, "an answer"),
        complete=complete,
        trim=trim,
        tell=tell,
    )
    arrows = {
        state: {a: (target, answers[state][a]) for a, target in row.items()}
        for state, row in transitions.items()
    }
    reached = list(dict.fromkeys(arrows[initial].values()))
    known = set(reached)
    # The list grows while it is read.
    for state, _ in reached:
        new = [pair for pair in dict.fromkeys(arrows[state].values()) if pair not in known]
        known.update(new)
        reached += new
    back = sorted(answer for state, answer in reached if state == initial)
    start = (initial, back[0] if back else NO_ANSWER)
    rows = {pair: arrows[pair[0]] for pair in (start, *reached)}
    why = "an answer" if back else "as there is no arrow"
    tell(
        "read as a Mealy machine: the output of a state is the answer on the arrow that led to "
        f"it (states: {len(rows)}, before {shape.n_states}); the output of the empty word is "
        f"{start[1]!r}, {why} that leads back to the start"
    )
    return Automaton.from_transitions(shape.alphabet, rows, start, {pair: pair[1] for pair in rows})


def read_answers(label: str) -> list[tuple[str, str]] | None:
    r"""The letters and answers in a label such as ``a/x``, ``a,b/x`` or ``a/x,b/y``.

    Commas or line breaks stand between them. The slash of ``\/`` and the comma of ``\,`` are plain.
    Of several slashes the one between blanks separates.

    Returns:
        None if the label does not have this form.

    >>> read_answers("a,b / x"), read_answers("a/x,b/y"), read_answers("a"), read_answers("/")
    ([('a', 'x'), ('b', 'x')], [('a', 'x'), ('b', 'y')], None, None)
    """
    whole = _halves(label)
    if whole is not None:
        letters, answer = whole
        pairs: list[tuple[str, str] | None] = [
            (_plain(letter), _plain(answer)) for letter in _split(letters)
        ]
    else:
        halves = [_halves(piece) for piece in _split(label)]
        pairs = [half and (_plain(half[0]), _plain(half[1])) for half in halves]
    found = [pair for pair in pairs if pair is not None and all(pair)]
    return found if len(found) == len(pairs) else None


def _halves(label: str) -> tuple[str, str] | None:
    """What stands before and after the one slash that separates, if there is one."""
    slashes = [match.start() for match in re.finditer(r"(?:\\.)|/", label, re.DOTALL)]
    slashes = [place for place in slashes if label[place] == "/"]
    if len(slashes) > 1:
        slashes = [at for at in slashes if label[at - 1 : at] == " " == label[at + 1 : at + 2]]
    if len(slashes) != 1:
        return None
    return label[: slashes[0]], label[slashes[0] + 1 :]


def _split(label: str) -> list[str]:
    return re.findall(r"(?:^|(?<=[,\n]))(?:\\.|[^\\,\n])*", label, re.DOTALL)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip(), flags=re.DOTALL)
