"""Four layers that multiply a block of m tokens while they read the next one.

Siems et al., arXiv 2502.10297, Theorem 3 and Lemmas 2 and 3; Peng et al., arXiv 2503.14456, Theorem
3. Layers 1 and 2 know the time modulo 2m, layer 3 keeps the last 2m tokens, and layer 4 applies, at
place i of a block, factor number i of the product of the previous block. Its decoder applies the
factors that are left and the tokens of the unfinished block.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import log10

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.published.clock import clock_layers
from monoscan.theory.constructions.published.one_layer import reflection_product
from monoscan.theory.constructions.published.wiring import (
    MAX_JOINT_STATES,
    LayerPlan,
    integer_entries,
    tabulate,
    with_code,
)
from monoscan.theory.factor import reflections
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import number
from monoscan.theory.transition import Householder, Transition, transition_matrix


@dataclass(frozen=True)
class BlockScheme:
    """What layer 4 does.

    Attributes:
        letters: for each letter its n x n matrix.
        start: the initial n entries of layer 4, a column.
        length: m, the number of tokens of a block.
        factorise: a product of m letters in at most m factors, the first one applied last.
        answer: the output for the column that all tokens read so far would give.
    """

    letters: tuple[Matrix, ...]
    start: Matrix
    length: int
    factorise: Callable[[Matrix], tuple[Transition, ...]]
    answer: Callable[[Matrix], Output]


@dataclass(frozen=True)
class _Place:
    """Where the time falls in its block: the tokens of both blocks, and the place from 1."""

    previous: tuple[int, ...]
    current: tuple[int, ...]


def four_layers(
    automaton: Automaton, scheme: BlockScheme, max_states: int = MAX_JOINT_STATES
) -> LRNN:
    """The stack of a scheme.

    Args:
        automaton: gives the alphabet.
        scheme: what the last layer does.
        max_states: budget of joint states.

    Raises:
        BudgetExceeded: if there are more joint states.
    """
    first, second = clock_layers(2 * scheme.length)
    third = _window_layer(automaton, 2 * scheme.length)
    return tabulate(automaton, (first, second, third, _fourth(automaton, scheme)), max_states)


def reflection_scheme(
    automaton: Automaton, letters: tuple[Matrix, ...], start: Matrix, length: int
) -> BlockScheme:
    """The scheme whose letters are orthogonal matrices, factored into reflections.

    Of a product that needs more reflections than a block has tokens, only the last `length` are
    used.

    Args:
        automaton: what the network answers.
        letters: an orthogonal matrix for each letter.
        start: a column that determines the automaton's state wherever the letters take it.
        length: the number of tokens of a block.

    >>> from monoscan.theory.factor import permutation_matrix
    >>> flip = Automaton("a", [[1], [0]], (True, False))
    >>> swap = permutation_matrix((1, 0))
    >>> four_layers(flip, reflection_scheme(flip, (swap,), Matrix.column([1, 2]), 1)).output("aaa")
    False
    """

    def factorise(product: Matrix) -> tuple[Transition, ...]:
        return reflections(product)[-length:]

    answers = _answers(automaton, letters, start)
    return BlockScheme(letters, start, length, factorise, answers.__getitem__)


def _answers(
    automaton: Automaton, letters: tuple[Matrix, ...], start: Matrix
) -> dict[Matrix, Output]:
    """What the automaton answers when the letters have taken the start to each column."""
    states, queue = {start: 0}, [start]
    for column in queue:
        for index, letter in enumerate(letters):
            following = letter @ column
            if following not in states:
                states[following] = int(automaton.table[states[column], index])
                queue.append(following)
    return {column: automaton.outputs[state] for column, state in states.items()}


def show_count(count: int) -> str:
    """A number, or its order of magnitude if it is large.

    >>> show_count(20_000), show_count(123_456_789)
    ('20000', 'about 10^8')
    """
    return str(count) if count < 10**7 else f"about 10^{int(log10(count))}"


def joint_states(n_letters: int, length: int, n_states: int) -> int:
    """How many joint states a stack has at most once its window is full.

    >>> joint_states(n_letters=2, length=2, n_states=3)
    192
    """
    windows: int = n_letters ** (2 * length)
    return 2 * length * windows * n_states


def _window_layer(automaton: Automaton, size: int) -> LayerPlan:
    """Slot t mod `size` is overwritten by the number of the letter, from 1; 0 is an empty slot."""
    codes = {letter: index for index, letter in enumerate(automaton.alphabet, start=1)}
    units = [tuple(number(int(i == slot)) for i in range(size)) for slot in range(size)]

    def case(symbol: Symbol) -> Case:
        unit = units[(int(str(symbol[1])) - 1) % size]
        written = Matrix.column(unit).scale(number(codes[str(symbol[0])]))
        return Case(Householder(unit, number(1)), written)

    def report(state: Matrix) -> str:
        return " ".join(str(entry) for entry in state.entries())

    return LayerPlan(Matrix.column([0] * size), case, report, reads=(2,))


def _fourth(automaton: Automaton, scheme: BlockScheme) -> LayerPlan:
    base, size = len(automaton.alphabet) + 1, 2 * scheme.length
    n = scheme.start.shape[0]

    @cache
    def applied(tokens: tuple[int, ...]) -> tuple[Transition, ...]:
        """The factors of a block's product in the order in which they are applied."""
        product = Matrix.identity(n)
        for token in tokens:
            product = scheme.letters[token - 1] @ product
        return tuple(reversed(scheme.factorise(product)))

    def case(symbol: Symbol) -> Case:
        time, window = int(str(symbol[1])), [int(slot) for slot in str(symbol[2]).split()]
        place = _place(time, window, scheme.length)
        factors, index = applied(place.previous), len(place.current) - 1
        factor = factors[index] if index < len(factors) else reflection_product((), n)
        return with_code(factor, _code(time, window, base))

    def report(state: Matrix) -> Output:
        column, (code,) = Matrix(state.rows[:-1]), integer_entries(Matrix(state.rows[-1:]))
        if code:
            place = _place(*_decoded(code, base, size), scheme.length)
            for factor in applied(place.previous)[len(place.current) :]:
                column = transition_matrix(factor) @ column
            for token in place.current:
                column = scheme.letters[token - 1] @ column
        return scheme.answer(column)

    start = Matrix((*scheme.start.rows, *Matrix.zeros(1, 1).rows))
    return LayerPlan(start, case, report, reads=(2, 3))


def _place(time: int, window: list[int], length: int) -> _Place:
    last = (time - 1) % (2 * length)
    begin = last - last % length
    previous = tuple(window[begin - length + i] for i in range(length))
    return _Place(() if 0 in previous else previous, tuple(window[begin : last + 1]))


def _code(time: int, window: list[int], base: int) -> int:
    code = time
    for slot in window:
        code = code * base + slot
    return code


def _decoded(code: int, base: int, size: int) -> tuple[int, list[int]]:
    window = []
    for _ in range(size):
        code, slot = divmod(code, base)
        window.append(slot)
    return code, window[::-1]
