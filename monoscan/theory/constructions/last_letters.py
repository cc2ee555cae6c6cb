"""The last k letters, seen through a window of B: definite languages by layers that keep nothing.

Without a window such layers know the last letter only (`last_letter`).
"""

from __future__ import annotations

from fractions import Fraction

from monoscan.automata import Automaton, Output
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.definite import Definite, is_definite
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder, Values, whole
from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, number
from monoscan.theory.transition import Diagonal

_SOURCE = "this project, checked for each network by exploring it"
MAX_LETTERS = 16
"""The most last letters that a network of these constructions looks at."""


def last_letters_obstacle(automaton: Automaton) -> str | None:
    """Why no fixed number of last letters decides, or None if some does, and is not too large.

    >>> last_letters_obstacle(Automaton("ab", [[0, 1], [1, 1]], (True, False)))
    'the language is not definite: no fixed number of last letters decides'
    """
    found = is_definite(automaton)
    if not isinstance(found, Definite):
        return "the language is not definite: no fixed number of last letters decides"
    if found.length > MAX_LETTERS:
        return f"the last {found.length} letters decide; expected at most {MAX_LETTERS}"
    return None


def _length(automaton: Automaton) -> int:
    """How many last letters decide, at least 1."""
    obstacle = last_letters_obstacle(automaton)
    if obstacle:
        raise UnsupportedError(obstacle)
    found = is_definite(automaton)
    assert isinstance(found, Definite)
    return max(1, found.length)


def _state_after(minimal: Automaton, letters: Values) -> int:
    """The state after the last letters, the newest first, each by its number from 1; 0 is none."""
    state = 0
    for letter in reversed(letters):
        if letter:
            state = int(minimal.table[state, letter - 1])
    return state


@construction(
    "last-letters",
    statement="A language that depends on the last k letters only, by a scalar that each letter "
    "overwrites with what B sees in a window of k",
    source=_SOURCE,
    supports=last_letters_obstacle,
)
def last_letters(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """One layer with A = 0, whose state is the number of the state of the minimal automaton.

    Raises:
        UnsupportedError: if the language depends on more.
        BudgetExceeded: if there are more joint states than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> last_letters(ends_in_ab).windows, last_letters(ends_in_ab).output("aab")
    ((1, 2), True)
    """
    minimal, k = minimize(automaton), _length(automaton)
    builder = StackBuilder(minimal.alphabet, budget)
    before = tuple(builder.letter_before(steps) for steps in range(1, k))

    def step(letter: str, values: Values) -> Case:
        seen = (minimal.alphabet.index(letter) + 1, *values)
        return Case(Diagonal((ZERO,)), Matrix.of([[_state_after(minimal, seen)]]))

    builder.add(Matrix.of([[0]]), before, step, lambda state: minimal.outputs[whole(state)])
    return builder.build()


@construction(
    "last-letters-in-layers",
    statement="A language that depends on the last k letters only, by k - 1 layers, each of which "
    "sees one letter further back than the one below through a window of 2",
    source=_SOURCE,
    supports=last_letters_obstacle,
    depth=lambda automaton: max(1, _length(automaton) - 1),
)
def last_letters_in_layers(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """Layers with A = 0 and a window of 2 for B.

    Raises:
        UnsupportedError: if the language depends on more.
        BudgetExceeded: if there are more joint states than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> last_letters_in_layers(ends_in_ab).windows
    (1, 2)
    """
    minimal, k = minimize(automaton), _length(automaton)
    base = len(minimal.alphabet) + 1
    builder = StackBuilder(minimal.alphabet, budget)

    def step(letter: str, values: Values) -> Case:
        code = minimal.alphabet.index(letter) + 1 + base * sum(values)
        return Case(Diagonal((ZERO,)), Matrix.of([[code]]))

    seen: tuple[Signal, ...] = (builder.letter_before(1),) if k > 1 else ()
    for _ in range(k - 2):
        seen = (builder.delayed(builder.add_signal(Matrix.of([[0]]), seen, step, whole), 0),)

    def answer(state: Matrix) -> Output:
        code, letters = whole(state), []
        while code:
            code, letter = divmod(code, base)
            letters.append(letter)
        return minimal.outputs[_state_after(minimal, tuple(letters))]

    builder.add(Matrix.of([[0]]), seen, step, answer)
    return builder.build()


@construction(
    "last-letters-fading",
    statement="A language that depends on the last k letters only, by a scalar with A = 1/2: B, "
    "which sees k + 1 letters, takes half of the old state away and writes the new one",
    source=_SOURCE,
    supports=last_letters_obstacle,
)
def last_letters_fading(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """One layer with A = 1/2 for every letter, which gates in (0, 1) have.

    Raises:
        UnsupportedError: if the language depends on more.
        BudgetExceeded: if there are more joint states than the budget.

    >>> ends_in_ab = Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))
    >>> last_letters_fading(ends_in_ab).windows, last_letters_fading(ends_in_ab).output("aab")
    ((1, 3), True)
    """
    minimal, k = minimize(automaton), _length(automaton)
    builder = StackBuilder(minimal.alphabet, budget)
    before = tuple(builder.letter_before(steps) for steps in range(1, k + 1))
    half = Fraction(1, 2)

    def step(letter: str, values: Values) -> Case:
        seen = (minimal.alphabet.index(letter) + 1, *values)
        new, old = _state_after(minimal, seen[:-1]), _state_after(minimal, seen[1:])
        return Case(Diagonal((half,)), Matrix.of([[number(new) - half * old]]))

    builder.add(Matrix.of([[0]]), before, step, lambda state: minimal.outputs[whole(state)])
    return builder.build()
