"""Every regular language in four layers of RWKV-7 matrices with c = 2.

Peng et al., arXiv 2503.14456, Theorem 3 with Lemma 3: the product of n letters is a map of the n
states, hence a product of at most n swaps and copies, and one of them is executed a token.
"""

from __future__ import annotations

from monoscan.automata import Automaton, Output
from monoscan.theory.constructions.published.blocks_of_tokens import (
    BlockScheme,
    four_layers,
    joint_states,
    show_count,
)
from monoscan.theory.constructions.published.wiring import integer_entries
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    NOT_DECIDED,
    UnsupportedError,
    construction,
)
from monoscan.theory.factor.swap_copy import SwapCopy, map_matrix, matrix_map, swaps_and_copies
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, number
from monoscan.theory.respelling import respelled
from monoscan.theory.transition import (
    Blocks,
    DiagonalPlusRankOne,
    Householder,
    Transition,
    dimension,
)


def as_rank_one(factor: Householder) -> DiagonalPlusRankOne:
    """I - beta v v^T/(v^T v) as an RWKV-7 matrix: w = 1, a = 1, k = v and c = beta.

    >>> from monoscan.theory.transition import transition_matrix
    >>> factor = Householder((ONE, ONE), number(2))
    >>> transition_matrix(as_rank_one(factor)) == transition_matrix(factor)
    True
    """
    ones = (ONE,) * dimension(factor)
    return DiagonalPlusRankOne(w=ones, k=factor.v, a=ones, c=factor.beta)


def swap_or_copy(factor: SwapCopy) -> DiagonalPlusRankOne:
    """A swap (a = 1) or a copy (a = e_source): I - 2 k (k o a)^T/(k^T k), k = e_source - e_target.

    >>> from monoscan.theory.transition import transition_matrix
    >>> print(transition_matrix(swap_or_copy(SwapCopy("copy", 2, 0, 1))))
    [0, 0; 1, 1]
    """
    coordinates = range(factor.size)
    sign = {factor.source: 1, factor.target: -1}
    return DiagonalPlusRankOne(
        w=(ONE,) * factor.size,
        k=tuple(number(sign.get(i, 0)) for i in coordinates),
        a=tuple(ONE if factor.kind == "swap" or i == factor.source else ZERO for i in coordinates),
        c=number(2),
    )


def _supports(automaton: Automaton) -> str | None:
    n, n_letters = automaton.n_states, len(automaton.alphabet)
    count = joint_states(n_letters, n, n)
    if count > DEFAULT_JOINT_STATES:
        return (
            f"{NOT_DECIDED}with {n} states and {n_letters} letters the stack remembers {2 * n} "
            f"letters and has up to {show_count(count)} joint states; "
            f"at most {DEFAULT_JOINT_STATES} are built"
        )
    return None


@construction(
    "rwkv7-regular-four-layers",
    statement="An automaton of n states in four layers of RWKV-7 matrices (c = 2): the time "
    "modulo 2n, the last 2n letters, and one swap or copy a token; small n and alphabets.",
    source="Peng et al., arXiv 2503.14456, Theorem 3",
    supports=_supports,
)
def rwkv7_four_layers(automaton: Automaton) -> LRNN:
    """The network with blocks of as many tokens as the automaton has states.

    Raises:
        UnsupportedError: if it would have too many joint states.

    >>> rwkv7_four_layers(Automaton("ab", [[0, 1], [0, 1]], (False, True))).output("aab")
    True
    """
    reason = _supports(automaton)
    if reason is not None:
        raise UnsupportedError(reason)
    n = automaton.n_states

    def factorise(product: Matrix) -> tuple[Transition, ...]:
        return tuple(map(swap_or_copy, swaps_and_copies(matrix_map(product))))

    def answer(state: Matrix) -> Output:
        return automaton.outputs[integer_entries(state).index(1)]

    scheme = BlockScheme(
        letters=tuple(map_matrix(images) for images in automaton.table.T.tolist()),
        start=Matrix.column([1] + [0] * (n - 1)),
        length=n,
        factorise=factorise,
        answer=answer,
    )
    return _in_rank_one_form(four_layers(automaton, scheme))


def _in_rank_one_form(lrnn: LRNN) -> LRNN:
    return respelled(lrnn, _rank_one_heads)


def _rank_one_heads(transition: Transition) -> Transition:
    if isinstance(transition, Blocks):
        return Blocks(tuple(map(_rank_one_heads, transition.blocks)))
    return as_rank_one(transition) if isinstance(transition, Householder) else transition
