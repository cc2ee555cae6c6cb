"""One layer whose A is the same for all inputs: languages of the length and the last letter."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.matrices import Matrices
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, number, zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal

MAX_DEGREE = 32
"""The largest degree of a cyclotomic field in certificates."""

Row = tuple[int, ...]


def length_obstacle(automaton: Automaton) -> str | None:
    """Why the state is no function of the last letter and the length modulo a number, or None.

    >>> length_obstacle(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    'words of length 2 with the last letter 0 lead to different states'
    >>> length_obstacle(Automaton("a", [[1], [2], [2]], (False, False, True)))
    'the states that words of length 1 lead to are not those of any greater length'
    """
    found = _rows(minimize(automaton))
    if isinstance(found, str):
        return found
    if totient(len(found)) > MAX_DEGREE:
        return (
            f"roots of unity of order {len(found)} are needed to count letters; "
            f"the fields of certificates have degree at most {MAX_DEGREE}"
        )
    return None


def _rows(minimal: Automaton) -> tuple[Row, ...] | str:
    """For lengths 1, 2, ..., up to the period, the state for each last letter."""
    table = minimal.table.tolist()
    rows: list[Row] = [tuple(table[0])]
    while True:
        row = []
        for number_of_letter, letter in enumerate(minimal.alphabet):
            targets = {table[state][number_of_letter] for state in rows[-1]}
            if len(targets) > 1:
                return (
                    f"words of length {len(rows) + 1} with the last letter {letter} lead to "
                    "different states"
                )
            row.append(targets.pop())
        if tuple(row) == rows[0]:
            return tuple(rows)
        if tuple(row) in rows:
            return "the states that words of length 1 lead to are not those of any greater length"
        rows.append(tuple(row))


def _matrices(automaton: Automaton) -> Matrices:
    """The same matrix for every letter; where the length does not count, the entries 1 and 0."""
    return ((Diagonal((zeta(len(_rows(minimize(automaton)))), ZERO)),),)


@construction(
    "length-and-last-letter",
    statement="A language that depends on the last letter and on the length modulo a number, by a "
    "root of unity that each letter turns alike and a scalar that each letter overwrites",
    source="Gu et al., arXiv 2111.00396 (time-invariant layers); this project, checked for each "
    "network by exploring it",
    matrices=_matrices,
    supports=length_obstacle,
)
def length_and_last_letter(automaton: Automaton) -> LRNN:
    """One layer, exact, with A = diag(zeta, 0) or diag(zeta) for all letters.

    Raises:
        UnsupportedError: if the language depends on more.

    >>> even_length = Automaton("ab", [[1, 1], [0, 0]], (True, False))
    >>> length_and_last_letter(even_length).output("abba")
    True
    """
    obstacle = length_obstacle(automaton)
    if obstacle:
        raise UnsupportedError(obstacle)
    minimal = minimize(automaton)
    rows = _rows(minimal)
    assert not isinstance(rows, str)
    kinds = _kinds(rows)
    with_kind = len(set(kinds)) > 1 or rows[-1] != (0,) * len(kinds)
    table = {_state(0, 0, rows, with_kind): minimal.outputs[0]}
    for length, row in enumerate(rows, start=1):
        for kind, state in zip(kinds, row, strict=True):
            table[_state(length, kind, rows, with_kind)] = minimal.outputs[state]
    turn = Diagonal((zeta(len(rows)), ZERO) if with_kind else (zeta(len(rows)),))
    cases: dict[Symbol, Case] = {
        (letter,): Case(turn, Matrix.column([0, kind] if with_kind else [0]))
        for letter, kind in zip(minimal.alphabet, kinds, strict=True)
    }
    start = _state(0, 0, rows, with_kind)
    return LRNN(minimal.alphabet, (Layer(start, cases, StateTable(table)),))


def _kinds(rows: tuple[Row, ...]) -> tuple[int, ...]:
    """A number from 1 for each letter, the same for letters that lead to the same states."""
    columns = list(zip(*rows, strict=True))
    return tuple(1 + columns.index(column) for column in columns)


def _state(length: int, kind: int, rows: tuple[Row, ...], with_kind: bool) -> Matrix:
    angle: Number = zeta(len(rows), length) if len(rows) > 1 else ONE
    return Matrix(((angle,), (number(kind),)) if with_kind else ((angle,),))
