"""Automata in JSON: the table of the certificates, states with names, or fields of automata-lib."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monoscan.automata.automaton import Automaton, Output, canonical
from monoscan.automata.errors import AutomatonError, AutomatonFileError, point_at
from monoscan.automata.sources.moves import Move, automaton_from_moves
from monoscan.automata.sources.partial import Tell, automaton_from_named, tell_nobody
from monoscan.automata.sources.texts import check_size
from monoscan.automata.steps import DEFAULT_STATE_BUDGET

MAX_STATES = 1_000_000

_TABLE_KEYS = ("alphabet", "table", "outputs")
_NAMED_KEYS = ("alphabet", "initial", "transitions")
_LIBRARY_KEYS = ("states", "input_symbols", "transitions", "initial_state", "final_states")


def automaton_to_json(automaton: Automaton) -> str:
    """The automaton as JSON text, in the form `automaton` of the certificates.

    States that have names get one more key, ``state_names``.

    >>> print(automaton_to_json(Automaton("a", [[1], [0]], (True, False))))
    {"alphabet": ["a"], "table": [["1"], ["0"]], "outputs": [true, false]}
    """
    table = [[str(target) for target in row] for row in automaton.table.tolist()]
    parts = {"alphabet": automaton.alphabet, "table": table, "outputs": automaton.outputs}
    names = {"state_names": automaton.state_names} if automaton.state_names else {}
    return json.dumps({**parts, **names}, ensure_ascii=False)


def automaton_from_json(
    text: str,
    *,
    complete: bool = False,
    trim: bool = False,
    tell: Tell = tell_nobody,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """Reads an automaton from JSON text, in any of three forms.

    The table form has the keys ``alphabet``, ``table`` (for each state and letter the number of
    the next state, as an integer or an integer in quotes; state 0 is initial) and ``outputs``
    (true, false or a string for each state), perhaps ``state_names``. The form with names has
    ``alphabet``, ``initial``, ``transitions`` (state -> letter -> state) and one of ``accepting``
    (a list of states) and ``outputs`` (state -> output). The form of automata-lib has the fields of
    its classes, ``states``, ``input_symbols``, ``transitions``, ``initial_state``,
    ``final_states``, perhaps ``allow_partial``. Other numberings of a table are made canonical.

    In the last two forms a list of states in the place of a state makes a nondeterministic
    automaton, and the letter "" is then the empty move.

    Args:
        text: The JSON text.
        complete: Let transitions that are missing lead to a rejecting trap, as in an automaton that
            is nondeterministic or has ``allow_partial`` they do anyway.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added, dropped and made deterministic.
        budget: Largest number of sets of states of a nondeterministic automaton.

    Raises:
        AutomatonFileError: If the text is no JSON, has a key twice, one too many or too few, or a
            value of the wrong type.
        AutomatonError: If the automaton itself is not valid.
        BudgetExceeded: If there are more sets of states than the budget.

    >>> automaton_from_json('''{"alphabet": ["a"], "initial": "even", "accepting": ["even"],
    ...     "transitions": {"even": {"a": "odd"}, "odd": {"a": "even"}}}''').accepts("aa")
    True
    """
    parts = _load(text)
    if "table" in parts:
        return _from_table(parts, trim, tell)
    if "input_symbols" in parts:
        complete = complete or _allows_partial(parts)
        parts = _from_library(parts)
    return _from_names(parts, complete, trim, tell, budget)


def _load(text: str) -> dict[str, Any]:
    check_size(text, "a JSON object")
    try:
        parts = json.loads(text, object_pairs_hook=_without_duplicates)
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        shown = f"\n{point_at(line, error.colno - 1)}" if line.strip() else ""
        ends = "" if text[error.pos :].strip() else "; the text ends there"
        raise AutomatonFileError(
            f"this is no JSON: {error.msg} (line {error.lineno}){ends}{shown}"
        ) from None
    except RecursionError:
        raise AutomatonFileError("the JSON is nested too deeply to be an automaton") from None
    except ValueError as error:
        # Python refuses to read integers of thousands of digits.
        raise (
            error
            if isinstance(error, AutomatonFileError)
            else AutomatonFileError(
                "a number of the JSON has too many digits; states are numbered from 0"
            )
        ) from None
    if not isinstance(parts, dict):
        raise AutomatonFileError(f"expected a JSON object; got {_show(parts)}")
    if "layers" in parts:
        raise AutomatonFileError(
            "this is a file of a network, since it has the key 'layers', and no automaton; where a "
            "command reads networks, give it with --lrnn"
        )
    return parts


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in pairs:
        if key in result:
            raise AutomatonFileError(f"the key {key!r} occurs twice in one object; keep one")
        result[key] = value
    return result


def _from_table(parts: dict[str, Any], trim: bool, tell: Tell) -> Automaton:
    _check_keys(parts, _TABLE_KEYS, ("state_names",))
    rows = _list(parts["table"], "table")
    table = [
        [_state(value, f"table[{state}][{column}]") for column, value in enumerate(row)]
        for state, row in enumerate(_list(row, f"table[{i}]") for i, row in enumerate(rows))
    ]
    outputs = _list(parts["outputs"], "outputs")
    names = _list(parts.get("state_names", []), "state_names")
    automaton = canonical(_letters(parts), table, outputs, state_names=names)
    lost = len(outputs) - automaton.n_states
    if lost and not trim:
        raise AutomatonError(
            f"{lost} of the {len(outputs)} states of the table cannot be reached from state 0; "
            "remove them, or drop them by --trim (in Python trim=True)"
        )
    if lost:
        tell(f"trimmed: {lost} of {len(outputs)} states cannot be reached")
    return automaton


def _from_names(
    parts: dict[str, Any], complete: bool, trim: bool, tell: Tell, budget: int
) -> Automaton:
    _check_keys(parts, _NAMED_KEYS, ("accepting", "outputs"))
    if ("accepting" in parts) is ("outputs" in parts):
        raise AutomatonFileError(
            "expected exactly one of the keys 'accepting' (a list of states) and 'outputs' "
            "(state -> output)"
        )
    rows = {
        state: _object(row, f"transitions[{state!r}]")
        for state, row in _object(parts["transitions"], "transitions").items()
    }
    moves = list(_moves(rows))
    letters, initial = _letters(parts), _string(parts["initial"], "initial")
    outputs = _outputs(parts, rows)
    if not any(isinstance(target, list) for row in rows.values() for target in row.values()):
        transitions: dict[str, dict[str, str]] = {state: {} for state in rows}
        for move in moves:
            transitions[move.source][move.letter] = move.target
        return automaton_from_named(
            letters, transitions, initial, outputs, complete=complete, trim=trim, tell=tell
        )
    if initial not in outputs:
        raise AutomatonFileError(
            f"the initial state {initial!r} has no row in 'transitions'; add it"
        )
    return automaton_from_moves(
        moves, [initial], outputs, letters, complete=True, trim=trim, tell=tell, budget=budget
    )


def _moves(rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Move]:
    for state, row in rows.items():
        for letter, given in row.items():
            place = f"transitions[{state!r}][{letter!r}]"
            for target in given if isinstance(given, list) else [given]:
                yield Move(state, letter, _string(target, place), place)


def _from_library(parts: dict[str, Any]) -> dict[str, Any]:
    """The fields of automata-lib under our names."""
    _check_keys(parts, _LIBRARY_KEYS, ("allow_partial",))
    states = [
        _name(state, f"states[{i}]") for i, state in enumerate(_list(parts["states"], "states"))
    ]
    rows: dict[str, Any] = {state: {} for state in states}
    for state, row in _object(parts["transitions"], "transitions").items():
        if state not in rows:
            raise AutomatonFileError(f"transitions has a row {state!r}, which is not in 'states'")
        rows[state] = {
            letter: [_name(target, f"transitions[{state!r}][{letter!r}]") for target in given]
            if isinstance(given, list)
            else _name(given, f"transitions[{state!r}][{letter!r}]")
            for letter, given in _object(row, f"transitions[{state!r}]").items()
        }
    final = _list(parts["final_states"], "final_states")
    return {
        "alphabet": parts["input_symbols"],
        "initial": _name(parts["initial_state"], "initial_state"),
        "transitions": rows,
        "accepting": [_name(state, f"final_states[{i}]") for i, state in enumerate(final)],
    }


def _allows_partial(parts: dict[str, Any]) -> bool:
    value = parts.get("allow_partial", False)
    if not isinstance(value, bool):
        raise AutomatonFileError(f"allow_partial is {_show(value)}; expected true or false")
    return value


def _name(value: object, place: str) -> str:
    """The name of a state; a number of automata-lib is the string that it is as a key of JSON."""
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return str(value) if is_number else _string(value, place)


def _outputs(parts: dict[str, Any], states: Mapping[str, object]) -> dict[str, Output]:
    if "outputs" in parts:
        return _object(parts["outputs"], "outputs")
    accepting = [
        _string(state, f"accepting[{place}]")
        for place, state in enumerate(_list(parts["accepting"], "accepting"))
    ]
    for state in accepting:
        if state not in states:
            raise AutomatonFileError(
                f"the accepting state {state!r} has no row in 'transitions'; add it"
            )
    return {state: state in accepting for state in states}


def _letters(parts: dict[str, Any]) -> list[str]:
    letters = _list(parts["alphabet"], "alphabet")
    return [_string(letter, f"alphabet[{place}]") for place, letter in enumerate(letters)]


def _check_keys(parts: dict[str, Any], required: tuple[str, ...], more: tuple[str, ...]) -> None:
    expected = ", ".join((*required, *more))
    for key in required:
        if key not in parts:
            raise AutomatonFileError(
                f"the key {key!r} is missing; expected {expected} (an object with the key 'table' "
                "is read as a table, one with 'input_symbols' as of automata-lib, any other by the "
                "names of its states)"
            )
    for key in parts:
        if key not in (*required, *more):
            raise AutomatonFileError(f"unknown key {key!r}; expected {expected}")


def _state(value: object, place: str) -> int:
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MAX_STATES:
        raise AutomatonFileError(
            f"{place} is {_show(value)}; expected the number of a state, from 0 on"
        )
    return value


def _list(value: object, place: str) -> list[Any]:
    if not isinstance(value, list):
        raise AutomatonFileError(f"{place} is {_show(value)}; expected a list")
    return value


def _object(value: object, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise AutomatonFileError(f"{place} is {_show(value)}; expected an object")
    return value


def _string(value: object, place: str) -> str:
    if not isinstance(value, str):
        hint = ", written in quotes" if isinstance(value, int) else ""
        raise AutomatonFileError(f"{place} is {_show(value)}; expected a string{hint}")
    return value


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
