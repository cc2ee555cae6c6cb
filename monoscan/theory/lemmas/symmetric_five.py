"""Two letters act as (1 2 3 4 5) and (1 2) do in S5."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, ClassVar, final

from monoscan.automata import Automaton
from monoscan.theory.lemmas.lemma import ONE_FACTOR, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness

if TYPE_CHECKING:
    from monoscan.automata.groups import Permutation


@final
@dataclass(frozen=True)
class SymmetricFive(Witness):
    """Two letters act on all states as (1 2 3 4 5) and (1 2) act in S5, up to isomorphism.

    Attributes:
        five_cycle: A letter.
        transposition: Another one.
    """

    type: ClassVar[str] = "s5"
    five_cycle: str
    transposition: str

    def __str__(self) -> str:
        return f"the letters {self.five_cycle} and {self.transposition} generate S5"


def symmetric_five(minimal: Automaton) -> SymmetricFive | None:
    """Two letters that act like (1 2 3 4 5) and (1 2), as permutations of all states.

    >>> symmetric_five(Automaton("a", [[1], [0]], (True, False))) is None
    True
    """
    columns = [tuple(column) for column in minimal.table.T.tolist()]
    letters = dict(zip(columns, minimal.alphabet, strict=True))
    for first, second in permutations(letters, 2):
        if _is_symmetric_five(first, second):
            return SymmetricFive(letters[first], letters[second])
    return None


def _is_symmetric_five(first: Permutation, second: Permutation) -> bool:
    """Whether the pairs with (1 2 3 4 5) and (1 2) generate the graph of an isomorphism."""
    n = len(first)
    if len(set(first)) < n or len(set(second)) < n or _order(first) != 5 or _order(second) != 2:
        return False
    shifted = [
        tuple(n + point for point in points) for points in ((1, 2, 3, 4, 0), (1, 0, 2, 3, 4))
    ]
    pairs = [(*first, *shifted[0]), (*second, *shifted[1])]
    found = {tuple(range(n + 5))}
    queue = list(found)
    for x in queue:
        for generator in pairs:
            product = tuple(generator[point] for point in x)
            if product not in found:
                found.add(product)
                queue.append(product)
        if len(found) > 120:
            return False
    return len({pair[:n] for pair in found}) == 120


def _order(permutation: Permutation) -> int:
    """The order of a permutation, up to 5; 6 stands for more."""
    order, power = 1, permutation
    while power != tuple(range(len(power))) and order < 6:
        order, power = order + 1, tuple(permutation[point] for point in power)
    return order


@lemma(
    "s5-four-householders",
    statement="A single layer in which every head is a contraction with at most one pair of "
    "non-real eigenvalues on the unit circle does not track S5 with the letters (1 2 3 4 5) and "
    "(1 2).",
    source="our own proof; the statement is Siems, Grazzi et al., arXiv 2609.24797, Theorem 22",
    page="lemmas/s5-four-householders.md",
    classes=(
        *(*ONE_FACTOR, "diagonal-householder"),
        *("householder-product-2", "householder-product-3"),
        *("gated-householder-product-2", "gated-householder-product-3"),
    ),
    only_depth_1=True,
    witness=SymmetricFive,
    wide="B",
)
def s5_four_householders(minimal: Automaton, _depth: Depth, _budget: int) -> SymmetricFive | None:
    """Two letters that act like (1 2 3 4 5) and (1 2) in S5."""
    return symmetric_five(minimal)
