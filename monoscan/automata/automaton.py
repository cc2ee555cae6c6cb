"""Complete deterministic automata with outputs, in one canonical form."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar, cast, final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from monoscan.automata.errors import AlphabetError, AutomatonError, show_alphabet
from monoscan.automata.numbering import breadth_first_order, is_breadth_first
from monoscan.automata.word import check_alphabet

Output: TypeAlias = bool | str
Table: TypeAlias = NDArray[np.int32]
State = TypeVar("State", bound=Hashable)


@final
@dataclass(frozen=True, init=False, eq=False, repr=False)
class Automaton:
    """A complete deterministic automaton whose states carry outputs.

    State 0 is initial, every state is reachable, and states are numbered in breadth-first
    order, letters in alphabet order. So two automata over the same alphabet are equal exactly
    if they are isomorphic. An acceptor is the case of Boolean outputs (True accepts); a group
    tracker outputs the name of its state.

    Attributes:
        alphabet: The letters in order, at least one, all different. A letter may have several
            characters, but no white space.
        table: int32 array [states, letters], read-only: the next state.
        outputs: The output of each state, all Boolean or all strings.
        state_names: What people call the states, all different; empty if they have no names. Names
            are no part of what is equal: isomorphic automata are.

    Raises:
        AutomatonError: If the arguments do not describe such an automaton. For a table that is
            right but numbered otherwise, use `canonical`.

    >>> parity = Automaton(("0", "1"), [[0, 1], [1, 0]], (True, False))
    >>> parity.accepts("0110"), parity.accepts("010")
    (True, False)
    """

    alphabet: tuple[str, ...]
    table: Table
    outputs: tuple[Output, ...]
    state_names: tuple[str, ...]
    _letter_numbers: dict[str, int]

    def __init__(
        self,
        alphabet: Sequence[str],
        table: ArrayLike,
        outputs: Iterable[Output],
        state_names: Sequence[str] = (),
    ) -> None:
        letters = check_alphabet(alphabet)
        values = _check_outputs(outputs)
        checked = _check_table(letters, table, len(values))
        _check_canonical(checked, letters)
        # Over a bytes object nobody can switch the array back to writeable: the hash stays true.
        frozen = np.frombuffer(checked.tobytes(), dtype=np.int32).reshape(checked.shape)
        object.__setattr__(self, "alphabet", letters)
        object.__setattr__(self, "table", frozen)
        object.__setattr__(self, "outputs", values)
        object.__setattr__(self, "state_names", _check_names(state_names, len(values)))
        numbers = {letter: number for number, letter in enumerate(letters)}
        object.__setattr__(self, "_letter_numbers", numbers)

    @classmethod
    def from_transitions(
        cls,
        alphabet: Sequence[str],
        transitions: Mapping[State, Mapping[str, State]],
        initial: State,
        outputs: Mapping[State, Output],
        *,
        trim: bool = False,
    ) -> Automaton:
        """The automaton given by named states.

        Args:
            alphabet: The letters in order.
            transitions: For each state and each letter the next state. Where all states are
                strings, they become the `state_names`.
            initial: The initial state.
            outputs: The output of each state.
            trim: Drop unreachable states instead of raising.

        Raises:
            AutomatonError: If a transition or an output is missing or too many, a target is no
                state, or (without ``trim``) a state is unreachable.

        >>> Automaton.from_transitions(
        ...     "a", {"even": {"a": "odd"}, "odd": {"a": "even"}}, "even",
        ...     {"even": True, "odd": False},
        ... ).table.tolist()
        [[1], [0]]
        """
        letters = check_alphabet(alphabet)
        _check_transitions(letters, transitions, initial, outputs)
        names = list(transitions)
        numbers = {name: number for number, name in enumerate(names)}
        table = [[numbers[transitions[name][a]] for a in letters] for name in names]
        order = breadth_first_order(np.array(table, dtype=np.int32), numbers[initial])
        if len(order) < len(names) and not trim:
            lost = names[min(set(range(len(names))) - set(order.tolist()))]
            raise AutomatonError(
                f"state {lost!r} cannot be reached from the initial state {initial!r}; "
                "remove it, or drop such states by --trim (in Python trim=True)"
            )
        shown = [name for name in names if isinstance(name, str) and name]
        return canonical(
            letters,
            table,
            [outputs[name] for name in names],
            numbers[initial],
            shown if len(shown) == len(names) else (),
        )

    def state_name(self, state: int) -> str:
        """What people call a state: its name, or its number if it has none.

        >>> Automaton("a", [[1], [0]], (True, False), ("even", "odd")).state_name(1)
        'odd'
        """
        return self.state_names[state] if self.state_names else str(state)

    @property
    def n_states(self) -> int:
        """The number of states."""
        return len(self.outputs)

    @property
    def is_acceptor(self) -> bool:
        """Whether the outputs are Boolean, so that the automaton accepts a language."""
        return isinstance(self.outputs[0], bool)

    def letter_index(self, letter: str) -> int:
        """The number of a letter: its column in the table.

        Raises:
            AlphabetError: If the letter is not in the alphabet.
        """
        try:
            return self._letter_numbers[letter]
        except KeyError:
            hint = "; give the word as a list of letters" if self._has_long_letters() else ""
            raise AlphabetError(
                f"letter {letter!r} is not in the alphabet {show_alphabet(self.alphabet)}{hint}"
            ) from None

    def _has_long_letters(self) -> bool:
        return any(len(letter) > 1 for letter in self.alphabet)

    def state_after(self, word: Iterable[str]) -> int:
        """The state reached from the initial state by a word.

        Args:
            word: The letters, first letter first. A string is a sequence of one-character letters.

        Raises:
            AlphabetError: If a letter is not in the alphabet.

        >>> Automaton("01", [[0, 1], [1, 0]], (True, False)).state_after("0111")
        1
        """
        state = 0
        for letter in word:
            state = int(self.table[state, self.letter_index(letter)])
        return state

    def output(self, word: Iterable[str]) -> Output:
        """The output after a word.

        Raises:
            AlphabetError: If a letter is not in the alphabet.

        >>> Automaton("ab", [[0, 1], [0, 1]], ("none", "b")).output("ab")
        'b'
        """
        return self.outputs[self.state_after(word)]

    def accepts(self, word: Iterable[str]) -> bool:
        """Whether the word is accepted.

        Raises:
            AlphabetError: If a letter is not in the alphabet.
            AutomatonError: If the outputs are not Boolean.

        >>> Automaton("01", [[0, 1], [1, 0]], (True, False)).accepts("11")
        True
        """
        answer = self.output(word)
        if not isinstance(answer, bool):
            raise AutomatonError(
                f"this automaton outputs strings such as {answer!r}, so it accepts no language; "
                "use output(word)"
            )
        return answer

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Automaton):
            return NotImplemented
        return (
            self.alphabet == other.alphabet
            and self.outputs == other.outputs
            and np.array_equal(self.table, other.table)
        )

    def __hash__(self) -> int:
        return hash((self.alphabet, self.table.tobytes(), self.outputs))

    def __repr__(self) -> str:
        names = f", {self.state_names!r}" if self.state_names else ""
        return f"Automaton({self.alphabet!r}, {self.table.tolist()!r}, {self.outputs!r}{names})"

    def __reduce__(self) -> tuple[type[Automaton], tuple[object, ...]]:
        # Copies and pickles pass through the constructor, so they are read-only and checked too.
        return Automaton, (self.alphabet, self.table, self.outputs, self.state_names)


def check_acceptor(automaton: Automaton) -> None:
    """Refuses an automaton whose outputs are not Boolean.

    Raises:
        AutomatonError: If the automaton is no acceptor.
    """
    if not automaton.is_acceptor:
        raise AutomatonError(
            f"this automaton outputs strings such as {automaton.outputs[0]!r}, so it accepts no "
            "language; Boolean operations need acceptors, product(...) takes any automaton"
        )


def canonical(
    alphabet: Sequence[str],
    table: ArrayLike,
    outputs: Iterable[Output],
    initial: int = 0,
    state_names: Sequence[str] = (),
) -> Automaton:
    """The automaton of a table with any numbering: drops unreachable states and renumbers.

    Args:
        alphabet: The letters in order.
        table: Integers [states, letters]: the next state.
        outputs: The output of each state.
        initial: The number of the initial state.
        state_names: What people call the states; empty if they have no names.

    Raises:
        AutomatonError: If the table is incomplete, out of range or of the wrong shape.

    >>> canonical("a", [[1], [0], [2]], (False, True, True), initial=1).outputs
    (True, False)
    """
    letters = check_alphabet(alphabet)
    values = _check_outputs(outputs)
    checked = _check_table(letters, table, len(values))
    names = _check_names(state_names, len(values))
    if not 0 <= initial < len(values):
        raise AutomatonError(
            f"the initial state is {initial}; it must be one of the states 0..{len(values) - 1}"
        )
    order = breadth_first_order(checked, initial)
    new_number = np.full(len(values), -1, dtype=np.int32)
    new_number[order] = np.arange(len(order), dtype=np.int32)
    kept = order.tolist()
    return Automaton(
        letters,
        new_number[checked[order]],
        [values[state] for state in kept],
        [names[state] for state in kept] if names else (),
    )


def _check_outputs(outputs: Iterable[object]) -> tuple[Output, ...]:
    given_values = tuple(outputs.tolist() if isinstance(outputs, np.ndarray) else outputs)
    if set(map(type, given_values)) in ({bool}, {str}):
        return cast(tuple[Output, ...], given_values)
    values: list[Output] = []
    for state, given in enumerate(given_values):
        value = bool(given) if isinstance(given, np.bool_) else given
        if not isinstance(value, (bool, str)):
            raise AutomatonError(
                f"the output of state {state} is {value!r}, a {type(value).__name__}; "
                "outputs are True, False or strings"
            )
        values.append(value)
        if isinstance(value, bool) is not isinstance(values[0], bool):
            raise AutomatonError(
                f"state {state} has the output {value!r}, state 0 has {values[0]!r}; "
                "outputs are all Boolean or all strings"
            )
    if not values:
        raise AutomatonError("there are no outputs, so no states; an automaton has at least one")
    return tuple(values)


def _check_names(state_names: Sequence[str], n_states: int) -> tuple[str, ...]:
    names = tuple(state_names)
    if names and len(names) != n_states:
        raise AutomatonError(
            f"there are {len(names)} names for {n_states} states; give each state one, or none"
        )
    wrong = next((name for name in names if not isinstance(name, str) or not name), None)
    if wrong is not None:
        raise AutomatonError(f"{wrong!r} is no name of a state; names are strings, not empty")
    if len(set(names)) < len(names):
        twice = next(name for place, name in enumerate(names) if name in names[:place])
        raise AutomatonError(f"two states have the name {twice!r}; rename one of them")
    # A state that is called by its number has no other name.
    return () if names == tuple(map(str, range(n_states))) else names


def _check_table(alphabet: tuple[str, ...], table: ArrayLike, n_states: int) -> Table:
    try:
        array = np.asarray(table)
    except ValueError:
        raise AutomatonError(
            f"the rows of the table have different lengths; each of the {n_states} states needs "
            f"one entry for each letter of {show_alphabet(alphabet)}"
        ) from None
    if array.shape != (n_states, len(alphabet)):
        raise AutomatonError(
            f"the table has shape {array.shape}; expected {(n_states, len(alphabet))}: one row "
            f"for each of the {n_states} outputs, one column for each letter of "
            f"{show_alphabet(alphabet)}"
        )
    if array.dtype.kind not in "iu":
        raise AutomatonError(f"the table holds {array.dtype} values; states are integers")
    if array.min() < 0 or array.max() >= n_states:
        wrong = np.argwhere((array < 0) | (array >= n_states))
        state, number = (int(index) for index in wrong[0])
        raise AutomatonError(
            f"from state {state} letter {alphabet[number]!r} leads to {array[state, number]}; "
            f"it must lead to one of the states 0..{n_states - 1}"
        )
    return array.astype(np.int32)


def _check_canonical(table: Table, alphabet: tuple[str, ...]) -> None:
    if is_breadth_first(table):
        return
    order = breadth_first_order(table, 0).tolist()
    for place, state in enumerate(order):
        if state != place:
            source, number = (int(index) for index in np.argwhere(table == state)[0])
            raise AutomatonError(
                f"states are not numbered breadth-first: state {source} by letter "
                f"{alphabet[number]!r} first reaches {state}, which should have number {place}; "
                "build it with canonical(...)"
            )
    raise AutomatonError(
        f"state {len(order)} cannot be reached from state 0; "
        "build it with canonical(...), which drops unreachable states"
    )


def _check_transitions(
    alphabet: tuple[str, ...],
    transitions: Mapping[State, Mapping[str, State]],
    initial: State,
    outputs: Mapping[State, Output],
) -> None:
    if initial not in transitions:
        raise AutomatonError(f"the initial state {initial!r} has no transitions; add its row")
    for state, row in transitions.items():
        if state not in outputs:
            raise AutomatonError(f"state {state!r} has no output; add it to the outputs")
        for letter in alphabet:
            if letter not in row:
                raise AutomatonError(
                    f"state {state!r} has no transition for letter {letter!r}; "
                    "automata are complete: add it, for example to a trap state"
                )
            if row[letter] not in transitions:
                raise AutomatonError(
                    f"from state {state!r} letter {letter!r} leads to {row[letter]!r}, "
                    "which has no transitions; add its row"
                )
        for letter in row:
            if letter not in alphabet:
                raise AutomatonError(
                    f"state {state!r} has a transition for letter {letter!r}, "
                    f"which is not in the alphabet {show_alphabet(alphabet)}"
                )
    for state in outputs:
        if state not in transitions:
            raise AutomatonError(f"state {state!r} has an output but no transitions; add its row")
