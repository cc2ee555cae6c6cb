"""The last letters in one layer: a leak, a number whose digits are the past.

The states are infinitely many, so these networks are made for the semantics `threshold`. A leak
h <- h / K + d writes the digit d before those that it holds: the last digits are read off h by
comparing it with finitely many numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import final

from monoscan.automata import Automaton, Output
from monoscan.automata.minimize import minimize
from monoscan.theory.constructions.matrices import Matrices, diagonal
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import ExactThreshold, Semantics
from monoscan.theory.transition import Diagonal

MOST_SUFFIXES = 2_000
"""The most suffixes that the read-out of one leak tells apart."""


def base_for(largest: int) -> int:
    """A base in which the digits 0, ..., largest leave gaps: a power of 2.

    >>> base_for(2), base_for(7)
    (4, 16)
    """
    return 1 << (largest + 1).bit_length()


def thresholds(_automaton: Automaton) -> tuple[Semantics[Matrix], ...]:
    """The semantics of networks with leaks."""
    return (ExactThreshold(),)


def at_least(row: int, height: int, bound: Fraction) -> Functional:
    """The threshold [ H_row >= bound ] of a column."""
    return Functional(Matrix.column([int(i == row) for i in range(height)]), ">=", bound)


@final
@dataclass(frozen=True)
class _Leak:
    """The read-out of a leak: from each number on the answer, ascending."""

    base: int
    digits: Mapping[str, int]
    answers: tuple[tuple[Fraction, Output], ...]


def _leak(minimal: Automaton) -> _Leak | str:
    """The leak that the last letters of words can be read off, or why they do not decide."""
    states = tuple(range(minimal.n_states))
    columns = dict(zip(minimal.alphabet, map(tuple, minimal.table.T.tolist()), strict=True))
    digits = {
        letter: number
        for number, letter in enumerate((a for a in columns if columns[a] != states), start=1)
    }
    base = base_for(len(digits))
    answers: list[tuple[Fraction, Output]] = []
    # A suffix with what it does to all states, its number, and the weight of the next digit. A
    # suffix that comes again without progress has grown along a cycle of such maps.
    waiting = [(states, Fraction(0), Fraction(1), frozenset[tuple[int, ...]]())]
    seen = 0
    while waiting:
        action, value, weight, above = waiting.pop()
        seen += 1
        if seen > MOST_SUFFIXES:
            return f"more than {MOST_SUFFIXES} suffixes have to be told apart"
        outputs = {minimal.outputs[state] for state in action}
        if len(outputs) == 1:
            answers.append((value, outputs.pop()))
            continue
        if action in above:
            return "no number of last letters decides (letters that do nothing apart)"
        answers.append((value, minimal.outputs[action[0]]))
        for letter, digit in sorted(digits.items(), key=lambda item: -item[1]):
            longer = tuple([action[state] for state in columns[letter]])
            waiting.append((longer, value + digit * weight, weight / base, above | {action}))
    return _Leak(base, digits, tuple(answers))


def last_letters_obstacle(automaton: Automaton) -> str | None:
    """Why the last letters do not decide, letters that do nothing left out; None if they do.

    >>> last_letters_obstacle(Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True)))
    >>> last_letters_obstacle(Automaton("ab", [[1, 0], [1, 1]], (False, True)))
    >>> last_letters_obstacle(Automaton("a", [[1], [0]], (False, True)))
    'no number of last letters decides (letters that do nothing apart)'
    """
    found = _leak(minimize(automaton))
    return found if isinstance(found, str) else None


def _leak_matrices(automaton: Automaton) -> Matrices:
    minimal = minimize(automaton)
    states = list(range(minimal.n_states))
    keeps = any(column == states for column in minimal.table.T.tolist())
    return diagonal(Fraction(1, 4), *([1] if keeps else []))


@construction(
    "last-letters-leak",
    statement="A language that depends on the last letters only, letters that do nothing left out, "
    "by a leak h <- h/K + e whose first digits are these letters",
    source="Sarrof, Veitsman and Hahn, arXiv 2405.17394 (leaks); the read-out by thresholds is "
    "this project's",
    supports=last_letters_obstacle,
    matrices=_leak_matrices,
    semantics=thresholds,
)
def last_letters_leak(automaton: Automaton) -> LRNN:
    """One layer with one number, for the semantics `threshold`.

    Raises:
        UnsupportedError: if no number of last letters decides, or it takes too many thresholds.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> last_letters_leak(ends_in_ab).output("aab"), last_letters_leak(ends_in_ab).output("abb")
    (True, False)
    """
    minimal = minimize(automaton)
    leak = _leak(minimal)
    if isinstance(leak, str):
        raise UnsupportedError(leak)
    cases: dict[Symbol, Case] = {}
    for letter in minimal.alphabet:
        digit = leak.digits.get(letter)
        factor = ONE if digit is None else Fraction(1, leak.base)
        cases[letter,] = Case(Diagonal((factor,)), Matrix.of([[digit or 0]]))
    changes = [
        (value, output)
        for (_, before), (value, output) in zip(leak.answers, leak.answers[1:], strict=False)
        if output != before
    ]
    answers = [leak.answers[0][1], *(output for _, output in changes)]
    bounds = [value for value, _ in changes] or [Fraction(0)]
    if not changes:
        answers = answers * 2  # a read-out has at least one threshold
    table = {"1" * i + "0" * (len(bounds) - i): output for i, output in enumerate(answers)}
    readout = Threshold(tuple([at_least(0, 1, bound) for bound in bounds]), table)
    return LRNN(minimal.alphabet, (Layer(Matrix.of([[0]]), cases, readout),))
