"""Symmetric groups and their subgroups on n points: one layer, or four with one reflection each.

Siems et al., arXiv 2502.10297, Theorems 1 and 3: permutation matrices on H_0 = (1, ..., n).
"""

from __future__ import annotations

from dataclasses import replace

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.matrices import Matrices, permutations
from monoscan.theory.constructions.published.blocks_of_tokens import (
    four_layers,
    joint_states,
    reflection_scheme,
    show_count,
)
from monoscan.theory.constructions.published.group_one_layer import (
    displaced,
    reflection_length,
    swaps,
)
from monoscan.theory.constructions.published.letter_group import (
    letter_group,
    letter_permutations,
    why_not_permutations,
)
from monoscan.theory.constructions.published.one_layer import (
    one_layer,
    reflection_product,
)
from monoscan.theory.constructions.published.small_degree import least_degree_action
from monoscan.theory.constructions.published.wiring import integer_entries
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    NOT_DECIDED,
    UnsupportedError,
    construction,
)
from monoscan.theory.factor import permutation_matrix
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix

SOURCE = "Siems et al., arXiv 2502.10297, Theorem 3"


def _supports_one_layer(automaton: Automaton) -> str | None:
    action = least_degree_action(automaton)
    return action if isinstance(action, str) else None


def _one_layer_matrices(automaton: Automaton) -> Matrices:
    return permutations(max(1, *map(reflection_length, _action(automaton))))


def _action(automaton: Automaton) -> tuple[tuple[int, ...], ...]:
    action = least_degree_action(automaton)
    if isinstance(action, str):
        raise UnsupportedError(action)
    return action


@construction(
    "sn-one-layer",
    statement="A permutation automaton whose group acts faithfully on n points, n at most 5, in "
    "one layer of n x n permutation matrices, each of at most n - 1 reflections.",
    source=f"{SOURCE} (i)",
    matrices=_one_layer_matrices,
    supports=_supports_one_layer,
)
def sn_one_layer(automaton: Automaton) -> LRNN:
    """The network on the least number of points on which the group acts faithfully.

    Raises:
        UnsupportedError: if the group does not act faithfully on at most 5 points.

    >>> from monoscan.automata import get_language
    >>> sn_one_layer(get_language("s3").build()).output(["(1,2)", "(2,3)"])
    '(1,3,2)'
    """
    letters = _action(automaton)
    n = len(letters[0])
    start = Matrix.column(range(1, n + 1))
    return one_layer(automaton, start, [reflection_product(swaps(letter), n) for letter in letters])


def _supports_four_layers(automaton: Automaton) -> str | None:
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    action = least_degree_action(automaton)
    if isinstance(action, str):
        return action
    n_letters, length = len(automaton.alphabet), max(1, len(action[0]) - 1)
    count = joint_states(n_letters, length, group.order)
    if count > DEFAULT_JOINT_STATES:
        return (
            f"{NOT_DECIDED}with {n_letters} letters on {len(action[0])} points the stack remembers "
            f"{2 * length} letters and has up to {show_count(count)} joint states; "
            f"at most {DEFAULT_JOINT_STATES} are built"
        )
    return None


@construction(
    "sn-four-layer-lookup",
    statement="A permutation automaton whose group acts faithfully on few points, in four layers "
    "of one reflection each: blocks of n - 1 tokens are multiplied one block later.",
    source=f"{SOURCE} (iii) and Lemmas 2 and 3",
    supports=_supports_four_layers,
)
def sn_four_layers(automaton: Automaton) -> LRNN:
    """The network with blocks of n - 1 tokens, n the least degree of a faithful action.

    Raises:
        UnsupportedError: if there is no such action on few points, or too many joint states.

    >>> from monoscan.automata import get_language
    >>> sn_four_layers(get_language("parity").build()).output("0110")
    True
    """
    reason = _supports_four_layers(automaton)
    if reason is not None:
        raise UnsupportedError(reason)
    letters = _action(automaton)
    n = len(letters[0])
    matrices = tuple(map(permutation_matrix, letters))
    start = Matrix.column(range(1, n + 1))
    return four_layers(automaton, reflection_scheme(automaton, matrices, start, max(1, n - 1)))


def printed_block_length(automaton: Automaton, n_h: int = 1) -> int:
    """The block length m = ceil((k - 1)/n_h) that Lemma 4 of arXiv 2502.10297 prints.

    k bounds what one letter moves, not what a product of m letters moves: with the letters (1,2,3)
    and (4,5,6) it gives m = 2, but their product needs 4 reflections. Theorem 3 of the same paper
    takes m = ceil((n - 1)/n_h), which suffices.

    Args:
        automaton: a permutation automaton.
        n_h: the number of reflections a token.

    Raises:
        UnsupportedError: if some letter does not permute the states.

    >>> printed_block_length(Automaton("a", [[1], [2], [0]], (True, False, False)))
    2
    """
    return max(1, -(-(displaced(automaton) - 1) // n_h))


def lemma4_as_printed(automaton: Automaton) -> LRNN:
    """Four layers with blocks of the printed length; right only if all products fit in them.

    A product that needs more reflections than a block has tokens cannot be executed in one block
    whatever the factors: here its last ones are executed.

    Raises:
        UnsupportedError: if some letter does not permute the states.
        BudgetExceeded: if there are too many joint states.

    >>> from monoscan.automata import get_language
    >>> lemma4_as_printed(get_language("parity").build()).output("0110")
    True
    """
    letters = letter_permutations(automaton)
    if letters is None:
        raise UnsupportedError(why_not_permutations(automaton))

    start = Matrix.column(range(1, automaton.n_states + 1))
    matrices = tuple(map(permutation_matrix, letters))
    length = printed_block_length(automaton)
    scheme = reflection_scheme(automaton, matrices, start, length)

    def answer(column: Matrix) -> Output:
        return automaton.outputs[integer_entries(column).index(1)]

    return four_layers(automaton, replace(scheme, answer=answer))
