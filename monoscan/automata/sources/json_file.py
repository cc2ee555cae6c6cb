"""Automata in JSON: the table of the certificates, or states with names."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from monoscan.automata.automaton import Automaton, Output, canonical
from monoscan.automata.errors import AutomatonError, point_at
from monoscan.automata.sources.partial import Tell, automaton_from_named, tell_nobody

MAX_CHARACTERS = 16 * 2**20
MAX_STATES = 1_000_000

_TABLE_KEYS = ("alphabet", "table", "outputs")
_NAMED_KEYS = ("alphabet", "initial", "transitions")


class AutomatonFileError(AutomatonError):
    """A file that does not describe an automaton; the message names the place and the remedy."""


def automaton_to_json(automaton: Automaton) -> str:
    """The automaton as JSON text, in the form `automaton` of the certificates.

    >>> print(automaton_to_json(Automaton("a", [[1], [0]], (True, False))))
    {"alphabet": ["a"], "table": [["1"], ["0"]], "outputs": [true, false]}
    """
    table = [[str(target) for target in row] for row in automaton.table.tolist()]
    parts = {"alphabet": automaton.alphabet, "table": table, "outputs": automaton.outputs}
    return json.dumps(parts, ensure_ascii=False)


def automaton_from_json(
    text: str, *, complete: bool = False, trim: bool = False, tell: Tell = tell_nobody
) -> Automaton:
    """Reads an automaton from JSON text, in either of two forms.

    The table form has the keys ``alphabet``, ``table`` (for each state and letter the number of
    the next state, as an integer or an integer in quotes; state 0 is initial) and ``outputs``
    (true, false or a string for each state). The form with names has ``alphabet``, ``initial``,
    ``transitions`` (state -> letter -> state) and one of ``accepting`` (a list of states) and
    ``outputs`` (state -> output). Other numberings of a table are made canonical.

    Args:
        text: The JSON text.
        complete: Let transitions that are missing in the form with names lead to a rejecting trap.
        trim: Drop unreachable states instead of raising.
        tell: Is told what was added and dropped.

    Raises:
        AutomatonFileError: If the text is no JSON, has a key twice, one too many or too few, or a
            value of the wrong type.
        AutomatonError: If the automaton itself is not valid.

    >>> automaton_from_json('''{"alphabet": ["a"], "initial": "even", "accepting": ["even"],
    ...     "transitions": {"even": {"a": "odd"}, "odd": {"a": "even"}}}''').accepts("aa")
    True
    """
    parts = _load(text)
    if "table" in parts:
        return _from_table(parts, trim, tell)
    return _from_names(parts, complete, trim, tell)


def read_automaton(path: str | Path, *, complete: bool = False, trim: bool = False) -> Automaton:
    """Reads an automaton from a JSON file; see `automaton_from_json`.

    Raises:
        OSError: If the file cannot be read.
        AutomatonFileError: If it is no UTF-8 text, or no JSON of one of the two forms.
        AutomatonError: If the automaton itself is not valid.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise AutomatonFileError(f"{path} is no UTF-8 text (byte {error.start})") from None
    return automaton_from_json(text, complete=complete, trim=trim)


def _load(text: str) -> dict[str, Any]:
    if len(text) > MAX_CHARACTERS:
        raise AutomatonFileError(
            f"the text has {len(text)} characters; at most {MAX_CHARACTERS} are read"
        )
    if not text.strip():
        raise AutomatonFileError("there is nothing in it; expected a JSON object")
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
    _check_keys(parts, _TABLE_KEYS, ())
    rows = _list(parts["table"], "table")
    table = [
        [_state(value, f"table[{state}][{column}]") for column, value in enumerate(row)]
        for state, row in enumerate(_list(row, f"table[{i}]") for i, row in enumerate(rows))
    ]
    outputs = _list(parts["outputs"], "outputs")
    automaton = canonical(_letters(parts), table, outputs)
    lost = len(outputs) - automaton.n_states
    if lost and not trim:
        raise AutomatonError(
            f"{lost} of the {len(outputs)} states of the table cannot be reached from state 0; "
            "remove them, or drop them by --trim (in Python trim=True)"
        )
    if lost:
        tell(f"trimmed: {lost} of {len(outputs)} states cannot be reached")
    return automaton


def _from_names(parts: dict[str, Any], complete: bool, trim: bool, tell: Tell) -> Automaton:
    _check_keys(parts, _NAMED_KEYS, ("accepting", "outputs"))
    if ("accepting" in parts) is ("outputs" in parts):
        raise AutomatonFileError(
            "expected exactly one of the keys 'accepting' (a list of states) and 'outputs' "
            "(state -> output)"
        )
    rows = _object(parts["transitions"], "transitions")
    transitions: dict[str, Mapping[str, str]] = {}
    for state, row in rows.items():
        transitions[state] = {
            letter: _string(target, f"transitions[{state!r}][{letter!r}]")
            for letter, target in _object(row, f"transitions[{state!r}]").items()
        }
    return automaton_from_named(
        _letters(parts),
        transitions,
        _string(parts["initial"], "initial"),
        _outputs(parts, transitions),
        complete=complete,
        trim=trim,
        tell=tell,
    )


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
                "is read as a table, any other by the names of its states)"
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
