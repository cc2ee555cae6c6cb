"""The network that a representation gives: one layer without input, one state for each element."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.one_layer import one_layer, reflection_product
from monoscan.theory.constructions.published.wiring import AmbiguousStateError
from monoscan.theory.householder_number.interval import HouseholderNumber
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Blocks, Transition, dimension


def tracker(automaton: Automaton, number: HouseholderNumber) -> LRNN:
    """One layer H <- A(x) H whose heads are products of at most `number.high` reflections.

    Args:
        automaton: the automaton that the number is about.
        number: its interval.

    Raises:
        BudgetExceeded: if there are too many states.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.householder_number.interval import householder_number
    >>> s3 = get_language("s3").build()
    >>> tracker(s3, householder_number(s3)).output(["(1,2)", "(2,3)"])
    '(1,3,2)'
    """
    return track(automaton, [_transition(number, letter) for letter in automaton.alphabet])


def track(automaton: Automaton, transitions: Sequence[Transition]) -> LRNN:
    """The layer H <- A(x) H without input, from a start that tells the answers apart.

    Args:
        automaton: the target.
        transitions: an invertible A(x) for each letter, which together tell the states apart.

    Raises:
        BudgetExceeded: if there are too many states.
        AmbiguousStateError: if the matrices do not tell the answers apart.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.transition import Diagonal
    >>> track(get_language("parity").build(), [Diagonal((1,)), Diagonal((-1,))]).output("0110")
    True
    """
    size = dimension(transitions[0])
    for start in _starts(size):
        try:
            return one_layer(automaton, start, transitions)
        except AmbiguousStateError:
            continue
    return one_layer(automaton, Matrix.identity(size), transitions)


def _transition(number: HouseholderNumber, letter: str) -> Transition:
    sizes = [matrix.shape[0] for matrix in number.matrices(letter)]
    heads = tuple(map(reflection_product, number.factors(letter), sizes))
    return heads[0] if len(heads) == 1 else Blocks(heads)


def _starts(size: int) -> Iterator[Matrix]:
    """Vectors that few matrices fix."""
    yield Matrix.column(range(1, size + 1))
    yield Matrix.column([2**k for k in range(size)])
    yield Matrix.column([k * k + 3 * k + 1 for k in range(size)])
