"""Linear temporal logic of the past: star-free languages as formulas.

A formula speaks about a position of a word and what came before it. The automaton answers whether
it is true at the last position. The languages that formulas define are exactly the star-free
languages without the empty word.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.minimize import minimize
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.past_ltl_syntax import Formula, FormulaError, parse_formula
from monoscan.automata.steps import DEFAULT_STATE_BUDGET
from monoscan.automata.word import check_alphabet

__all__ = ["FormulaError", "compile_past_ltl"]

Bits: TypeAlias = NDArray[np.bool_]

_BITS_AT_ONCE = 1 << 24

# What a formula had at the position before the first, for the operators that look back.
_BEFORE_THE_FIRST = {"Y": False, "O": False, "H": True, "S": False}


def compile_past_ltl(
    formula: str,
    alphabet: Sequence[str],
    *,
    empty_word: bool = False,
    budget: int = DEFAULT_STATE_BUDGET,
    tell: Tell = tell_nobody,
) -> Automaton:
    """The minimal acceptor of the words at whose last position a formula of the past is true.

    A letter is true at the positions where it stands. ``Y p``: there is a previous position, and p
    is true there. ``O p``: p is true here or earlier; ``H p``: here and always before. ``p S q``: q
    is true here or earlier, and p ever since (not necessarily there). Then ``! & | -> <-> true
    false`` and parentheses; the syntax is described in ``docs/languages.md``.

    Args:
        formula: The formula.
        alphabet: The letters in order.
        empty_word: Whether the empty word, which has no last position, is accepted.
        budget: Largest number of states before minimisation.
        tell: Is told of a conjunction of two letters, which is never true.

    Raises:
        FormulaError: If the formula is malformed or uses an operator of the future; the message
            points at the place.
        AlphabetError: If the alphabet is not valid.
        BudgetExceeded: If the automaton has more states than the budget.

    Source: O. Lichtenstein, A. Pnueli and L. Zuck, The glory of the past, 1985 (past formulas and
    star-free languages); K. Havelund and G. Roşu, Synthesizing monitors for safety properties,
    2002 (evaluation from left to right).

    >>> compile_past_ltl("H(b -> Y a)", "ab").accepts("abba")
    False
    >>> compile_past_ltl("H(b -> Y a)", "ab").accepts("aab")
    True
    """
    letters = check_alphabet(alphabet)
    tree = parse_formula(formula, letters)
    evaluation = _Evaluation(tree, letters)
    clash = _two_letters(tree)
    if clash:
        tell(
            f"{' & '.join(clash)} is never true: at each position stands exactly one letter. "
            "If several can be true at once, take a letter for each combination"
        )

    table, outputs = _explore(evaluation, len(letters), empty_word, budget)
    return minimize(Automaton(letters, table, outputs))


def _two_letters(formula: Formula) -> tuple[str, ...]:
    """The letters of the first conjunction of different letters; empty if there is none."""
    if formula.operator == "&":
        letters = dict.fromkeys(part.letter for part in formula.parts if part.letter)
        if len(letters) > 1:
            return tuple(letters)
    return next((found for part in formula.parts if (found := _two_letters(part))), ())


def _explore(
    evaluation: _Evaluation, n_letters: int, empty_word: bool, budget: int
) -> tuple[NDArray[np.int64], list[bool]]:
    """The table and outputs of the states in breadth-first order.

    A state is what must be remembered of the last position, and whether the formula was true there.
    Whole levels are evaluated at once; only their numbering, by a dictionary, goes one by one.
    """
    check_budget(budget)
    width = len(evaluation.memory_before) + 1
    start = np.array([[*evaluation.memory_before, empty_word]], dtype=bool)
    numbers = {np.packbits(start).tobytes(): 0}
    outputs, rows, pending = [empty_word], [], deque([start])
    at_once = max(1, _BITS_AT_ONCE // (n_letters * width))
    while pending:
        states = pending.popleft()
        after = np.stack([evaluation.after(states, a) for a in range(n_letters)], axis=1)
        after = after.reshape(-1, width)
        keys = [row.tobytes() for row in np.packbits(after, axis=1)]
        known = len(numbers)
        row = np.array([numbers.setdefault(key, len(numbers)) for key in keys])
        if len(numbers) > budget:
            raise BudgetExceeded("states of the automaton of the formula", budget, budget + 1)
        found, first = np.unique(row, return_index=True)
        fresh = after[first[found >= known]]
        outputs += fresh[:, -1].tolist()
        pending.extend(fresh[at : at + at_once] for at in range(0, len(fresh), at_once))
        rows.append(row)
    return np.concatenate(rows).reshape(-1, n_letters), outputs


class _Evaluation:
    """All different subformulas, parts first, and those whose last value must be remembered."""

    def __init__(self, formula: Formula, letters: tuple[str, ...]) -> None:
        self._numbers: dict[Formula, int] = {}
        self._add(formula)
        self._letter_of = {
            number: letters.index(node.letter)
            for node, number in self._numbers.items()
            if node.operator == "letter"
        }
        self._parts = [[self._numbers[part] for part in node.parts] for node in self._numbers]
        self._operators = [node.operator for node in self._numbers]
        looking_back = [
            number for number, op in enumerate(self._operators) if op in _BEFORE_THE_FIRST
        ]
        self._slot = {number: slot for slot, number in enumerate(looking_back)}
        # An operator that looks back needs its own last value, but Y the one of its part.
        self._kept = [
            self._parts[number][0] if self._operators[number] == "Y" else number
            for number in looking_back
        ]
        self.memory_before = tuple(_BEFORE_THE_FIRST[self._operators[n]] for n in looking_back)

    def _add(self, formula: Formula) -> None:
        if formula not in self._numbers:
            for part in formula.parts:
                self._add(part)
            self._numbers[formula] = len(self._numbers)

    def after(self, states: Bits, letter: int) -> Bits:
        """What is remembered, and whether the formula is true, after one more letter."""
        values: list[Bits] = []
        for number, operator in enumerate(self._operators):
            parts = [values[part] for part in self._parts[number]]
            if number in self._slot:
                values.append(_LOOK_BACK[operator](parts, states[:, self._slot[number]]))
            elif operator in _BOOLEAN:
                values.append(_BOOLEAN[operator](parts))
            else:
                is_true = (
                    self._letter_of[number] == letter
                    if operator == "letter"
                    else operator == "true"
                )
                values.append(np.full(len(states), is_true))
        return np.stack([values[number] for number in (*self._kept, -1)], axis=1)


_LOOK_BACK: dict[str, Callable[[list[Bits], Bits], Bits]] = {
    "Y": lambda parts, before: before,
    "O": lambda parts, before: parts[0] | before,
    "H": lambda parts, before: parts[0] & before,
    "S": lambda parts, before: parts[1] | (parts[0] & before),
}

_BOOLEAN: dict[str, Callable[[list[Bits]], Bits]] = {
    "!": lambda parts: ~parts[0],
    "&": np.logical_and.reduce,
    "|": np.logical_or.reduce,
    "->": lambda parts: parts[1] | ~parts[0],
    "<->": lambda parts: parts[0] == parts[1],
}
