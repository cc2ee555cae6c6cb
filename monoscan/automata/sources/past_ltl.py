"""Linear temporal logic of the past: star-free languages as formulas.

A formula speaks about a position of a word and what came before it. The automaton answers whether
it is true at the last position. The languages that formulas define are exactly the star-free
languages without the empty word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from monoscan.automata.automaton import Automaton
from monoscan.automata.minimize import minimize
from monoscan.automata.sources.partial import Tell, tell_nobody
from monoscan.automata.sources.past_ltl_syntax import Formula, FormulaError, parse_formula
from monoscan.automata.steps import DEFAULT_STATE_BUDGET, automaton_from_steps
from monoscan.automata.word import check_alphabet

__all__ = ["FormulaError", "compile_past_ltl"]

_Values: TypeAlias = list[bool]

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

    def step(state: _State, letter: int) -> _State:
        return evaluation.after(state[0], letter)

    start: _State = (evaluation.memory_before, empty_word)
    automaton = automaton_from_steps(
        letters,
        start,
        step,
        lambda state: state[1],
        budget=budget,
        what="states of the automaton of the formula",
    )
    return minimize(automaton)


def _two_letters(formula: Formula) -> tuple[str, ...]:
    """The letters of the first conjunction of different letters; empty if there is none."""
    if formula.operator == "&":
        letters = dict.fromkeys(part.letter for part in formula.parts if part.letter)
        if len(letters) > 1:
            return tuple(letters)
    return next((found for part in formula.parts if (found := _two_letters(part))), ())


# What must be remembered of the last position, and whether the whole formula was true there.
_State: TypeAlias = tuple[tuple[bool, ...], bool]


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

    def after(self, memory: tuple[bool, ...], letter: int) -> _State:
        """The memory and the value of the formula after one more letter."""
        values: _Values = []
        for number, operator in enumerate(self._operators):
            parts = [values[part] for part in self._parts[number]]
            if number in self._slot:
                values.append(_LOOK_BACK[operator](parts, memory[self._slot[number]]))
            elif operator == "letter":
                values.append(self._letter_of[number] == letter)
            else:
                values.append(_BOOLEAN[operator](parts))
        return tuple(values[number] for number in self._kept), values[-1]


_LOOK_BACK: dict[str, Callable[[_Values, bool], bool]] = {
    "Y": lambda parts, before: before,
    "O": lambda parts, before: parts[0] or before,
    "H": lambda parts, before: parts[0] and before,
    "S": lambda parts, before: parts[1] or (parts[0] and before),
}

_BOOLEAN: dict[str, Callable[[_Values], bool]] = {
    "true": lambda parts: True,
    "false": lambda parts: False,
    "!": lambda parts: not parts[0],
    "&": all,
    "|": any,
    "->": lambda parts: parts[1] or not parts[0],
    "<->": lambda parts: parts[0] == parts[1],
}
