"""Rotation groups of the cube and of the icosahedron with one reflection a token, in four layers.

The blocks of arXiv 2502.10297, Theorem 3 (iii), on the rotations of its Theorem 4: a product of any
number of rotations of R^3 is one rotation, so two reflections, and blocks of two tokens suffice
where permutation matrices of A5 need blocks of four.
"""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.theory.constructions.published.blocks_of_tokens import (
    four_layers,
    joint_states,
    reflection_scheme,
    show_count,
)
from monoscan.theory.constructions.published.letter_group import letter_group
from monoscan.theory.constructions.published.rotation_groups import START, letters_as_rotations
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    NOT_DECIDED,
    UnsupportedError,
    construction,
)
from monoscan.theory.lrnn import LRNN

BLOCK = 2


def _supports(automaton: Automaton) -> str | None:
    group, rotations = letter_group(automaton), letters_as_rotations(automaton)
    if isinstance(group, str):
        return group
    if isinstance(rotations, str):
        return rotations
    n_letters = len(automaton.alphabet)
    count = joint_states(n_letters, BLOCK, group.order)
    if count > DEFAULT_JOINT_STATES:
        return (
            f"{NOT_DECIDED}with {n_letters} letters the stack remembers {2 * BLOCK} letters and "
            f"has up to {show_count(count)} joint states; at most {DEFAULT_JOINT_STATES} are built"
        )
    return None


@construction(
    "so3-four-layer-lookup",
    statement="A permutation automaton whose group is one of rotations of the cube or of the "
    "icosahedron (S4, A4, A5, ...), with few letters, in four layers of one reflection each.",
    source="Siems et al., arXiv 2502.10297, Theorem 3 (iii) on the rotations of Theorem 4",
    supports=_supports,
)
def so3_four_layers(automaton: Automaton) -> LRNN:
    """The network with blocks of two tokens and a last layer in R^3.

    Raises:
        UnsupportedError: if the group is in neither rotation group, or has too many letters.

    >>> turn = Automaton("a", [[1], [2], [0]], (True, False, False))
    >>> so3_four_layers(turn).output("aaa")
    True
    """
    reason = _supports(automaton)
    rotations = letters_as_rotations(automaton)
    if reason is not None or isinstance(rotations, str):
        raise UnsupportedError(reason)
    return four_layers(automaton, reflection_scheme(automaton, rotations, START, BLOCK))
