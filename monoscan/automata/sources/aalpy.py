"""Machines of the learning library AALpy, in both directions, without importing it.

Reading looks only at attributes; writing gives the dictionary that AALpy's own classes read. So
AALpy need not be installed, and its machines are told apart by what their states have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import AutomatonError
from monoscan.automata.sources.mealy import automaton_from_mealy
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
    """The automaton of a Dfa, a MooreMachine or a MealyMachine of AALpy.

    A Mealy machine becomes a Moore machine (`automaton_from_mealy`). Letters and outputs that are
    not strings are written by ``str`` (AALpy reads digits from files as integers). Outputs stay
    Boolean where all of them are.

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
    called = _called(states)
    transitions = {
        called[id(state)]: {
            letters[a]: called[_target(state, a, called)] for a in state.transitions
        }
        for state in states
    }
    initial = called[id(machine.initial_state)]
    if any(hasattr(state, "output_fun") for state in states):
        answers = {called[id(state)]: _answers(state, letters) for state in states}
        _check_texts(getattr(state, "output_fun", {}).values() for state in states)
        return automaton_from_mealy(
            tuple(letters.values()), transitions, answers, initial, complete=complete, trim=trim
        )
    outputs = dict(zip(called.values(), _outputs(states), strict=True))
    return automaton_from_named(
        tuple(letters.values()), transitions, initial, outputs, complete=complete, trim=trim
    )


def _called(states: Sequence[AalpyState]) -> dict[int, str]:
    """The name of each state, by its identity: what AALpy calls it, or else its number."""
    names = [str(state.state_id) for state in states]
    different = len(set(names)) == len(names) and all(names)
    return {
        id(state): names[place] if different else str(place) for place, state in enumerate(states)
    }


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
    expected = "expected a Dfa, a MooreMachine or a MealyMachine of AALpy"
    for name in ("initial_state", "states"):
        if not hasattr(machine, name):
            raise AutomatonError(f"{expected}; a {type(machine).__name__} has no {name!r}")
    states = list(machine.states)
    for state in states:
        if not isinstance(getattr(state, "transitions", None), Mapping):
            raise AutomatonError(f"{expected}; state {state!r} has no dictionary 'transitions'")
        if not any(hasattr(state, name) for name in ("is_accepting", "output", "output_fun")):
            raise AutomatonError(
                f"{expected}; state {state.state_id!r} has no 'is_accepting', 'output' or "
                "'output_fun'"
            )
    if all(state is not machine.initial_state for state in states):
        raise AutomatonError("the initial state of the machine is not among its states; add it")
    return states


def _target(state: AalpyState, letter: object, called: Mapping[int, str]) -> int:
    target = state.transitions[letter]
    if id(target) not in called:
        raise AutomatonError(
            f"state {state.state_id!r} has the transition {letter!r} to {target!r}, which is none "
            "of the states of the machine; from_aalpy reads deterministic machines only"
        )
    return id(target)


def _answers(state: Any, letters: Mapping[object, str]) -> dict[str, str]:
    """What a state of a Mealy machine answers to each letter."""
    answers = getattr(state, "output_fun", {})
    missing = next((letter for letter in state.transitions if letter not in answers), None)
    if missing is not None:
        raise AutomatonError(
            f"state {state.state_id!r} has a transition and no output for the letter {missing!r}; "
            "add it to its output_fun"
        )
    return {letters[letter]: str(answers[letter]) for letter in state.transitions}


def _outputs(states: Sequence[AalpyState]) -> list[Output]:
    values = [getattr(state, "is_accepting", getattr(state, "output", None)) for state in states]
    verdicts = [value for value in values if isinstance(value, bool)]
    if len(verdicts) == len(values):
        return list(verdicts)
    _check_texts([values])
    return [str(value) for value in values]


def _check_texts(values: Iterable[Iterable[object]]) -> None:
    """Refuses different outputs that are written alike."""
    texts: dict[str, object] = {}
    for value in (value for some in values for value in some):
        if texts.setdefault(str(value), value) != value:
            raise AutomatonError(
                f"the outputs {texts[str(value)]!r} and {value!r} are both written {str(value)!r}; "
                "rename one of them"
            )
