"""One diagonal layer computed by a parallel scan in which every operation is rounded.

A scan combines the steps h -> a h + b pair by pair along a binary tree over the word. In exact
arithmetic all trees give the same state; with rounding they need not. So the state is a function
of the word and the tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias, final

from monoscan.automata import Output
from monoscan.errors import BadInput
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal

Vector: TypeAlias = tuple[Fraction, ...]
Pair: TypeAlias = tuple[Vector, Vector]
Tree: TypeAlias = "str | tuple[Tree, Tree]"


class ScanError(BadInput):
    """A scanned layer, a tree or a word that does not fit; the message says what."""


@final
@dataclass(frozen=True)
class ScannedLayer:
    """A diagonal layer with its steps, its number format and its read-out.

    Attributes:
        format: every product and sum is rounded to it.
        alphabet: the letters, in order.
        initial: the state h_0; all vectors have its length.
        steps: (a, b) for each letter: h -> a h + b, entry by entry.
        outputs: the answer in each state that occurs.

    Raises:
        ScanError: if a letter has no step, a length differs or an entry is no value.
    """

    format: NumberFormat
    alphabet: tuple[str, ...]
    initial: Vector
    steps: Mapping[str, Pair]
    outputs: Mapping[Vector, Output]

    def __post_init__(self) -> None:
        if set(self.steps) != set(self.alphabet):
            raise ScanError(
                f"steps for {sorted(self.steps)}; expected one for each of {list(self.alphabet)}"
            )
        for vector in (self.initial, *(part for pair in self.steps.values() for part in pair)):
            if len(vector) != len(self.initial):
                raise ScanError(
                    f"a vector of {len(vector)} entries; expected {len(self.initial)}, as in h_0"
                )
            for entry in vector:
                if not self.format.contains(entry):
                    raise ScanError(
                        f"{entry} is no value of the format ({self.format.describe()}); round it "
                        "first, or choose a format that contains it"
                    )

    def combine(self, first: Pair, second: Pair) -> Pair:
        """The pair of two consecutive parts of a word: the first one acts first."""
        r = self.format.round
        (a, b), (c, d) = first, second
        return (
            tuple(r(z * x) for x, z in zip(a, c, strict=True)),
            tuple(r(r(z * x) + y) for x, z, y in zip(b, c, d, strict=True)),
        )

    def pair(self, tree: Tree) -> Pair:
        """The pair of a tree whose leaves are letters.

        Raises:
            ScanError: if a leaf is no letter.
        """
        if not isinstance(tree, str):
            return self.combine(self.pair(tree[0]), self.pair(tree[1]))
        if tree not in self.steps:
            raise ScanError(f"{tree!r} is no letter; expected one of {', '.join(self.alphabet)}")
        return self.steps[tree]

    def state(self, tree: Tree) -> Vector:
        """The state that the layer reaches when it is scanned along a tree."""
        r, (a, b) = self.format.round, self.pair(tree)
        return tuple(r(r(x * h) + y) for x, h, y in zip(a, self.initial, b, strict=True))

    def output(self, tree: Tree) -> Output:
        """The answer to the word of the tree.

        Raises:
            ScanError: if the read-out has no answer in the state.
        """
        state = self.state(tree)
        if state not in self.outputs:
            raise ScanError(f"no output in the state {[str(entry) for entry in state]}")
        return self.outputs[state]

    def network(self) -> LRNN:
        """The same layer as a network that is computed letter by letter."""
        cases: dict[Symbol, Case] = {
            (letter,): Case(Diagonal(a), Matrix.column(list(b)))
            for letter, (a, b) in self.steps.items()
        }
        table = {Matrix.column(list(state)): output for state, output in self.outputs.items()}
        layer = Layer(Matrix.column(list(self.initial)), cases, StateTable(table))
        return LRNN(self.alphabet, (layer,))


def leaves(tree: Tree) -> tuple[str, ...]:
    """The word of a tree.

    >>> leaves((("a", "b"), "c"))
    ('a', 'b', 'c')
    """
    return (tree,) if isinstance(tree, str) else leaves(tree[0]) + leaves(tree[1])


def balanced_tree(word: Sequence[str]) -> Tree:
    """The tree of least depth over a word, its left half rounded up.

    Raises:
        ScanError: if the word is empty.

    >>> balanced_tree("abc")
    (('a', 'b'), 'c')
    """
    if not word:
        raise ScanError("the empty word has no tree; give at least one letter")
    if len(word) == 1:
        return word[0]
    half = (len(word) + 1) // 2
    return balanced_tree(word[:half]), balanced_tree(word[half:])
