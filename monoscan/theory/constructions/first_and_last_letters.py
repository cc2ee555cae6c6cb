"""The first and the last letters of a word, by layers whose A is the same for all letters.

The padding in a window of B shows when the word begins, so a coordinate with A = 1 can keep its
first letters. Without a window such layers know the last letter and the length only.
"""

from __future__ import annotations

from monoscan.automata import Automaton, Output
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.generalised_definite import (
    GeneralisedDefinite,
    is_generalised_definite,
)
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
from monoscan.theory.constructions.stack_builder import Signal, StackBuilder, Values, whole
from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Diagonal

MAX_LETTERS = 4
"""The most first, and last, letters that a network of this construction looks at."""


def ends_obstacle(automaton: Automaton) -> str | None:
    """Why no fixed number of first and last letters decides, or None if some does.

    >>> ends_obstacle(Automaton("a", [[1], [0]], (True, False)))
    'no fixed number of first and last letters decides'
    """
    found = is_generalised_definite(automaton)
    if not isinstance(found, GeneralisedDefinite):
        return "no fixed number of first and last letters decides"
    if found.length > MAX_LETTERS:
        return (
            f"the first and the last {found.length} letters decide; expected at most {MAX_LETTERS}"
        )
    return None


def _length(automaton: Automaton) -> int:
    obstacle = ends_obstacle(automaton)
    if obstacle:
        raise UnsupportedError(obstacle)
    found = is_generalised_definite(automaton)
    assert isinstance(found, GeneralisedDefinite)
    return max(1, found.length)


def _depth(automaton: Automaton) -> int:
    """A layer for each of the last 2k - 1 letters before the present one, and one that answers."""
    k = _length(automaton)
    return 1 if k == 1 else 2 * k


@construction(
    "first-and-last-letters",
    statement="A language that depends on the first k and the last k letters only, by layers whose "
    "A is diag(1, 0) for every letter and whose B sees a window of 2",
    source="this project, checked for each network by exploring it",
    supports=ends_obstacle,
    depth=_depth,
)
def first_and_last_letters(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """Layers that know the last 2k letters, and the first k, each from the padding before it.

    Raises:
        UnsupportedError: if the language depends on more.
        BudgetExceeded: if there are more joint states than the budget.

    >>> begins_with_a = Automaton("ab", [[1, 2], [1, 1], [2, 2]], (False, True, False))
    >>> network = first_and_last_letters(begins_with_a)
    >>> network.windows, network.depth, network.output("abb"), network.output("ba")
    ((1, 2), 1, True, False)
    """
    minimal, k = minimize(automaton), _length(automaton)
    base = len(minimal.alphabet) + 1
    builder = StackBuilder(minimal.alphabet, budget)
    signals: list[Signal] = []
    for number in range(1, 2 * k):
        seen = (
            builder.delayed(signals[-1].then(lambda code: code // base), 0)
            if signals
            else builder.letter_before(1)
        )
        signals.append(_layer(builder, seen, number, base, keeps=number <= k))

    def answer(values: Values) -> Output:
        letters = _digits(values[-1] // base, base)  # the last ones, the newest first
        if len(letters) == 2 * k:  # perhaps a longer word: the first k and the last k decide
            first = [value % base for value in values[:k]]
            letters = (*letters[:k], *reversed(first))
        state = 0
        for letter in reversed(letters):
            state = int(minimal.table[state, letter - 1])
        return minimal.outputs[state]

    builder.answer(tuple(signals), answer, minimal.outputs[0])
    return builder.build()


def _layer(builder: StackBuilder, seen: Signal, number: int, base: int, *, keeps: bool) -> Signal:
    """A layer that reports the last number + 1 letters, and the letter of that number if it keeps.

    Args:
        builder: the stack.
        seen: the last letters before the present one, as many as the number.
        number: of the layer, and of the letter that it keeps.
        base: one more than the number of letters.
        keeps: whether it keeps a letter.
    """
    places = {letter: place for place, letter in enumerate(builder.alphabet, start=1)}
    transition = Diagonal((ONE, ZERO))

    def step(letter: str, values: Values) -> Case:
        place, before = places[letter], values[0]
        begins = keeps and len(_digits(before, base)) == number - 1
        # With fewer letters before there is nothing to keep yet; with more it is kept already.
        return Case(transition, Matrix.column([place if begins else 0, place + base * before]))

    return builder.add_signal(
        Matrix.column([0, 0]), (seen,), step, lambda state: whole(state) + base * whole(state, 1)
    )


def _digits(code: int, base: int) -> Values:
    """The letters of a code, the newest first."""
    found = []
    while code:
        code, letter = divmod(code, base)
        found.append(letter)
    return tuple(found)
