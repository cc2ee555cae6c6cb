"""Machines of the learning library AALpy, in both directions, without importing it.

Reading looks only at attributes; writing gives the dictionary that AALpy's own classes read. So
AALpy need not be installed, and its Dfa and MooreMachine are told apart by what their states have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.sources.partial import automaton_from_named, letter_names


class AalpyState(Protocol):
    """A state of a Dfa (with ``is_accepting``) or of a MooreMachine (with ``output``)."""

    state_id: object
    transitions: Mapping[object, AalpyState]


class AalpyMachine(Protocol):
    """A Dfa or a MooreMachine of AALpy."""

    @property
    def initial_state(self) -> AalpyState:
        """The initial state."""
        ...

    @property
    def states(self) -> Sequence[AalpyState]:
        """All states."""
        ...


def from_aalpy(
    machine: AalpyMachine,
    alphabet: Sequence[str] | None = None,
    *,
    complete: bool = False,
    trim: bool = False,
) -> Automaton:
    """The automaton of a Dfa or a MooreMachine of AALpy.

    Letters and outputs that are not strings are written by ``str`` (AALpy reads digits from files
    as integers). Outputs stay Boolean where all of them are.

    Args:
        machine: The machine.
        alphabet: The letters in order; None sorts them.
        complete: Let missing transitions lead to a rejecting trap.
        trim: Drop unreachable states instead of raising.

    Raises:
        AlphabetError: If the alphabet is not valid or lacks a letter of the machine, or two
            letters are written alike.
        AutomatonError: If it is another kind of machine, incomplete or not valid otherwise.

    >>> from types import SimpleNamespace as Make
    >>> even, odd = Make(state_id="e", is_accepting=True), Make(state_id="o", is_accepting=False)
    >>> even.transitions, odd.transitions = {"a": odd}, {"a": even}
    >>> from_aalpy(Make(initial_state=even, states=[even, odd])).accepts("aa")
    True
    """
    states = _states(machine)
    letters = letter_names((a for state in states for a in state.transitions), alphabet)
    number = {id(state): place for place, state in enumerate(states)}
    transitions = {}
    for place, state in enumerate(states):
        row = {letters[a]: _target(state, a, number) for a in state.transitions}
        transitions[place] = row
    return automaton_from_named(
        tuple(letters.values()),
        transitions,
        number[id(machine.initial_state)],
        _outputs(states),
        complete=complete,
        trim=trim,
    )


def to_aalpy_state_setup(automaton: Automaton) -> dict[str, tuple[Output, dict[str, str]]]:
    """The dictionary that ``Dfa.from_state_setup`` or ``MooreMachine.from_state_setup`` reads.

    The first state is initial, as AALpy expects.

    >>> to_aalpy_state_setup(Automaton("a", [[1], [0]], (True, False)))
    {'s0': (True, {'a': 's1'}), 's1': (False, {'a': 's0'})}
    """
    return {
        f"s{state}": (
            automaton.outputs[state],
            {a: f"s{target}" for a, target in zip(automaton.alphabet, row, strict=True)},
        )
        for state, row in enumerate(automaton.table.tolist())
    }


def _states(machine: AalpyMachine) -> list[AalpyState]:
    expected = "expected a Dfa or a MooreMachine of AALpy"
    for name in ("initial_state", "states"):
        if not hasattr(machine, name):
            raise AutomatonError(f"{expected}; a {type(machine).__name__} has no {name!r}")
    states = list(machine.states)
    for state in states:
        if hasattr(state, "output_fun"):
            raise AutomatonError(
                f"{expected}; this is a Mealy machine, whose outputs hang on transitions. "
                "Learn it with automaton_type='moore' or 'dfa'"
            )
        if not isinstance(getattr(state, "transitions", None), Mapping):
            raise AutomatonError(f"{expected}; state {state!r} has no dictionary 'transitions'")
        if not (hasattr(state, "is_accepting") or hasattr(state, "output")):
            raise AutomatonError(
                f"{expected}; state {state.state_id!r} has neither 'is_accepting' nor 'output'"
            )
    if all(state is not machine.initial_state for state in states):
        raise AutomatonError("the initial state of the machine is not among its states; add it")
    return states


def _target(state: AalpyState, letter: object, number: Mapping[int, int]) -> int:
    target = state.transitions[letter]
    if id(target) not in number:
        raise AutomatonError(
            f"state {state.state_id!r} has the transition {letter!r} to {target!r}, which is none "
            "of the states of the machine; from_aalpy reads deterministic machines only"
        )
    return number[id(target)]


def _outputs(states: Sequence[AalpyState]) -> dict[int, Output]:
    values = [getattr(state, "is_accepting", getattr(state, "output", None)) for state in states]
    verdicts = [value for value in values if isinstance(value, bool)]
    if len(verdicts) == len(values):
        return dict(enumerate(verdicts))
    texts: dict[str, object] = {}
    for value in values:
        if texts.setdefault(str(value), value) != value:
            raise AutomatonError(
                f"the outputs {texts[str(value)]!r} and {value!r} are both written {str(value)!r}; "
                "rename one of them"
            )
    return {place: str(value) for place, value in enumerate(values)}
