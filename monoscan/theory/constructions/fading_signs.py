"""Parities in one layer of open ranges: states that fade, and whose signs stay.

A scalar that each letter divides by 8 never reaches 0, so its sign is known for ever. The states
are infinitely many, so these networks are made for the semantics `threshold`: with finitely many
states a diagonal layer whose entries have moduli below 1 forgets all but the last letters.
"""

from __future__ import annotations

from fractions import Fraction

from monoscan.automata import Automaton
from monoscan.theory.constructions.last_letters_leak import thresholds
from monoscan.theory.constructions.matrices import Matrices
from monoscan.theory.constructions.published.abelian import separating_characters
from monoscan.theory.constructions.published.letter_group import LetterGroup, letter_group
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import Diagonal

_EIGHTH = Fraction(1, 8)


def _group(automaton: Automaton) -> LetterGroup | str:
    """The group of the letters, or why it is not one in which every element is its own inverse."""
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    largest = int(group.table.orders.max())
    if largest != 2:
        return (
            f"the letters generate a group with elements of order up to {largest}; signs need 2, "
            "since a sign and its inverse are one"
        )
    return group


def _supports(automaton: Automaton) -> str | None:
    group = _group(automaton)
    return group if isinstance(group, str) else None


def _transitions(group: LetterGroup) -> tuple[Diagonal, ...]:
    """A for each letter: an entry for each character that tells the elements apart."""
    rows = separating_characters(group.table)
    return tuple(
        Diagonal(tuple(-_EIGHTH if row[letter] else _EIGHTH for row in rows))
        for letter in group.letters
    )


def _matrices(automaton: Automaton) -> Matrices:
    group = _group(automaton)
    if isinstance(group, str):
        raise UnsupportedError(group)
    return (tuple(dict.fromkeys(_transitions(group))),)


@construction(
    "fading-signs",
    statement="A group in which every element is its own inverse, in one layer of numbers strictly "
    "between -1 and 1: states that shrink and change their signs, read off by thresholds.",
    source="This project",
    matrices=_matrices,
    supports=_supports,
    semantics=thresholds,
)
def fading_signs(automaton: Automaton) -> LRNN:
    """The network: a scalar for each character of the group, few enough to tell its elements apart.

    Raises:
        UnsupportedError: if the letters do not generate such a group.

    >>> from monoscan.automata import get_language
    >>> net = fading_signs(get_language("parity").build())
    >>> net.output("0110"), net.output("010")
    (True, False)
    """
    group = _group(automaton)
    if isinstance(group, str):
        raise UnsupportedError(group)
    rows = separating_characters(group.table)
    size = len(rows)
    nothing = Matrix.zeros(size, 1)
    cases: dict[Symbol, Case] = {
        (name,): Case(transition, nothing)
        for name, transition in zip(automaton.alphabet, _transitions(group), strict=True)
    }
    functionals = tuple(
        Functional(Matrix.column([int(i == place) for i in range(size)]), ">", Fraction(0))
        for place in range(size)
    )
    table = {
        "".join("0" if row[number] else "1" for row in rows): automaton.outputs[element[0]]
        for number, element in enumerate(group.elements)
    }
    layer = Layer(Matrix.column([1] * size), cases, Threshold(functionals, table))
    return LRNN(automaton.alphabet, (layer,))
