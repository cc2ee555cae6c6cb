"""What linear read-outs of one diagonal layer cannot tell apart, and those of a dense one can."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cache

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.identity import Equal, Expression, identity, variables
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_rows import identities
from monoscan.proofs_check.rows import about_network, built, enclosed, open_row, recognises
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import Dense

_RELATION = "A linear read-out f of one diagonal layer satisfies a relation between words"
_DENSE = "One dense layer and one linear threshold recognise the words without aa and bb"
_DEEP = "Two diagonal layers with entries in [0, 1] recognise them as well"
_UNIVERSAL = "Linear read-outs of wide dense layers approximate every continuous function of paths"
_CHAINED = "Stacks of diagonal layers with linear maps between them do so as well"


@claim(
    statement=(
        "A linear read-out of one diagonal layer, of any width, does not see where in a word two "
        "neighbours a and b were exchanged: f(p ab s) - f(p ba s) depends on the letters of s and "
        "their numbers only. So no single linear threshold tells abab and baba from abba and baab; "
        "a dense layer does that."
    ),
    sources=(
        "Cirone, Orvieto, Walker, Salvi, Lyons, arXiv 2402.19047, on dense and diagonal layers in "
        "continuous time",
    ),
    provenance=(
        "the paper is known second hand; the relation for words is our own, in discrete time and "
        "without limits"
    ),
    tags=("diagonal", "separation", "one-layer"),
)
def diagonal_linear_readouts() -> tuple[Row, ...]:
    """The rows: three relations, a dense layer, two diagonal ones, and what is cited."""
    return (
        identities(
            "prefix",
            _RELATION,
            "f(p ab s) - f(p ba s) = f(q ab s) - f(q ba s), all inputs and entries of a coordinate",
            lambda: _relation(("pabs", "pbas"), ("qabs", "qbas")),
            "the states of one coordinate, multiplied out; f is a sum of such coordinates",
        ),
        identities(
            "suffix",
            _RELATION,
            "f(p ab rs) - f(p ba rs) = f(p ab sr) - f(p ba sr)",
            lambda: _relation(("pabrs", "pbars"), ("pabsr", "pbasr")),
            "the states of one coordinate, multiplied out",
        ),
        identities(
            "four-words",
            _RELATION,
            "f(abab) + f(baba) = f(abba) + f(baab); so a threshold that f passes on the two words "
            "on the left it passes on one on the right",
            lambda: _relation(("abab", "abba"), ("baab", "baba")),
            "the states of one coordinate, multiplied out",
        ),
        about_network(
            recognises("dense", _DENSE, "dense 2 x 2, one threshold", alternating, words, depth=1),
            alternating,
        ),
        enclosed(
            "two-diagonal-layers",
            _DEEP,
            "diagonal, entries in [0, 1], two layers, thresholds",
            built("leak-cascade", words),
            words,
            properties=("diagonal-nonnegative",),
        ),
        open_row(
            "universality",
            _UNIVERSAL,
            "dense layers in continuous time, as wide as needed",
            "exact",
            "cited (Cirone et al.), a statement about limits, for which there is no certificate",
        ),
        open_row(
            "chained",
            _CHAINED,
            "stacks of diagonal layers in continuous time, as deep and wide as needed",
            "exact",
            "cited (Cirone et al.), a statement about limits, for which there is no certificate",
        ),
    )


@cache
def words() -> Automaton:
    """The words over a and b in which no letter follows itself.

    >>> words().output("abab"), words().output("abba")
    (True, False)
    """
    return Automaton("ab", [[1, 2], [3, 2], [1, 3], [3, 3]], (True, True, True, False))


def alternating() -> LRNN:
    """The letters move a unit vector to the other place, or to 0 if they were just there.

    >>> [alternating().output(word) for word in ("abab", "baba", "abba", "baab")]
    [True, True, False, False]
    """
    nothing = Matrix.zeros(2, 1)
    cases: dict[Symbol, Case] = {
        ("a",): Case(Dense(Matrix.of([[0, 1], [0, 0]])), nothing),
        ("b",): Case(Dense(Matrix.of([[0, 0], [1, 0]])), nothing),
    }
    total = Functional(Matrix.column([1, 1]), ">", Fraction(1, 2))
    readout = Threshold((total,), {"1": True, "0": False})
    return LRNN(("a", "b"), (Layer(Matrix.column([1, 1]), cases, readout),))


def _relation(left: Sequence[str], right: Sequence[str]) -> Certificate:
    """The difference of two states on the left is that of the two on the right."""
    letters = sorted({letter for word in (*left, *right) for letter in word})
    gates = dict(zip(letters, variables(*(f"gate_{x}" for x in letters)), strict=True))
    inputs = dict(zip(letters, variables(*(f"input_{x}" for x in letters)), strict=True))
    (start,) = variables("start")

    def state(word: str) -> Expression:
        found = start
        for letter in word:
            found = gates[letter] * found + inputs[letter]
        return found

    first, second, third, fourth = map(state, (*left, *right))
    return identity(
        [start, *gates.values(), *inputs.values()], [Equal(first - second, third - fourth)]
    )
