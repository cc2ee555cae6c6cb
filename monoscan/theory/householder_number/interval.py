"""The least number of Householder factors with which one layer tracks a permutation automaton.

A layer has any number of heads, which are the same for all letters, and a head's transition is a
product of k factors I - beta k k^T, 0 <= beta <= 2 (a gate does not help). With any input B(x) and
any read-out of a finite set of exactly reachable states, tracking is possible exactly if some
finite group that maps onto the group of the automaton has real representations, one a head, which
together tell its elements apart as far as their images go, and in each of which I - A(x) has rank
at most k, for one element over each letter (docs/claims/householder-complexity-law.md). Each such
choice that is found gives an upper bound, with reflections as factors (beta = 2). Covers are not
bounded, so lower bounds come from lemmas: a letter that moves a state needs one factor, a letter of
order 3 or more needs two, and S5 with a 5-cycle and an adjacent transposition needs four. All of
them hold for any number of heads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monoscan.automata import Automaton
from monoscan.theory.factor.reflections import reflections
from monoscan.theory.householder_number.components import Component, components
from monoscan.theory.householder_number.search import Representation, best_heads
from monoscan.theory.lemmas import Obstruction, find
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE
from monoscan.theory.transition import Householder

# Fewer than the number of factors, as a class, is what the lemma forbids.
_FORBIDDEN = ((4, "householder-product-3"), (2, "householder"))


@dataclass(frozen=True)
class LowerBound:
    """No network with fewer factors tracks the automaton.

    Attributes:
        value: the number of factors that are needed.
        letter: a letter that moves a state, if the value is 1.
        obstruction: the lemma and its witness, if the value is 2 or more.
    """

    value: int
    letter: str | None = None
    obstruction: Obstruction | None = None

    def __str__(self) -> str:
        if self.obstruction is not None:
            return f"at least {self.value}: {self.obstruction}"
        if self.letter is not None:
            return f"at least {self.value}: the letter {self.letter} moves a state"
        return f"at least {self.value}"


@dataclass(frozen=True)
class HouseholderNumber:
    """An interval that contains the least number of factors a letter, with a proof of both ends.

    Attributes:
        low: the lower bound.
        heads: the representations; those of letters that commute with all others stand alone.
        alphabet: all letters.
    """

    low: LowerBound
    heads: tuple[Representation, ...]
    alphabet: tuple[str, ...]

    @property
    def high(self) -> int:
        """The largest number of factors that a head needs for a letter."""
        return max((rank for head in self.heads for rank in head.ranks), default=0)

    @property
    def is_exact(self) -> bool:
        """Whether both ends agree."""
        return self.low.value == self.high

    def matrices(self, letter: str) -> tuple[Matrix, ...]:
        """The orthogonal matrix of a letter on each head; there is at least one head.

        Raises:
            ValueError: if the letter is not in the alphabet.
        """
        if letter not in self.alphabet:
            raise ValueError(f"no letter {letter!r}; the letters are {', '.join(self.alphabet)}")
        if not self.heads:
            return (Matrix(((ONE,),)),)
        return tuple(
            head.matrices[head.letters.index(letter)]
            if letter in head.letters
            else Matrix.identity(head.matrices[0].shape[0])
            for head in self.heads
        )

    def factors(self, letter: str) -> tuple[tuple[Householder, ...], ...]:
        """For each head the reflections whose product is the letter's matrix, at most `high`."""
        return tuple(map(reflections, self.matrices(letter)))

    def __str__(self) -> str:
        if self.is_exact:
            return f"{self.high}"
        return f"between {self.low.value} and {self.high}"


def householder_number(automaton: Automaton) -> HouseholderNumber:
    """The interval of a permutation automaton.

    Args:
        automaton: any automaton whose minimal automaton is permuted by the letters.

    Raises:
        NotPermutationAutomatonError: if a letter does not permute the states.

    >>> from monoscan.automata import get_language
    >>> [str(householder_number(get_language(name).build())) for name in ("parity", "s3", "s4")]
    ['1', '2', '2']
    """
    found = components(automaton)
    low = _lower_bound(automaton, found)
    heads = tuple(head for part in found for head in best_heads(part, _least(part, low)))
    return HouseholderNumber(low, heads, automaton.alphabet)


def _least(part: Component, low: LowerBound) -> int:
    """What the part itself needs at least, as far as its letters alone say."""
    return low.value if low.value > 2 else min(low.value, _order_bound(part))


def _order_bound(part: Component) -> int:
    identity = tuple(range(len(part.maps[0])))
    squares = (tuple(images[image] for image in images) for images in part.maps)
    return 1 if all(square == identity for square in squares) else 2


def _lower_bound(automaton: Automaton, parts: Sequence[Component]) -> LowerBound:
    if not parts:
        return LowerBound(0)
    for value, model_class in _FORBIDDEN:
        obstruction = find(automaton, model_class, "exact", 1)
        if obstruction is not None:
            return LowerBound(value, obstruction=obstruction)
    return LowerBound(1, letter=parts[0].letters[0])
