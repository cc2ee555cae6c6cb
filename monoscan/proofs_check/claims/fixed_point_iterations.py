"""Dense layers as fixed points of diagonal ones: how many passes give exactly the dense state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from monoscan.proofs_check.certificates.identity import (
    Equal,
    Expression,
    constant,
    dot,
    identity,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_identities import Grid, vector
from monoscan.proofs_check.matrix_rows import instances
from monoscan.proofs_check.rows import open_row

_EXACT = (
    "After one pass more than there are letters with a matrix that is not diagonal, the first "
    "letter not counted, the dense state is reached, exactly"
)
_FEWER = "With one pass less they have not"
_EVERY = "That many passes are enough for every word and every size"
_TRAINED = "Trained with few passes such a network tracks A5 and S5 on longer words"
State: TypeAlias = list[Expression]
_WORDS = ("x", "xx", "dx", "xd", "xdx", "dxxd")


@claim(
    statement=(
        "A dense layer h_t = A(x_t) h_(t-1) + B(x_t) is the fixed point of a diagonal one: a pass "
        "h_t <- D h_(t-1) + (A - D) h'_(t-1) + B, where D is the diagonal of A and h' the states "
        "of the pass before. It is reached exactly after one pass more than there are letters "
        "whose A is not diagonal, the first letter of the word not counted; fewer passes are not "
        "enough in general."
    ),
    sources=("Movahedi, Sarnthein, Cirone, Orvieto, arXiv 2503.10799 (fixed-point RNNs)",),
    provenance=(
        "the abstract is read; its iteration has a channel mixer and another splitting. The "
        "splitting here is the simplest one, and the counts are our own"
    ),
    tags=("construction", "diagonal"),
)
def fixed_point_iterations() -> tuple[Row, ...]:
    """The rows: exact counts on short words, swaps that need them, and what is cited."""
    names = ", ".join(_WORDS)
    return (
        instances(
            "exact",
            _EXACT,
            f"2 x 2, all matrices x and diagonal d, all inputs: the words {names}",
            lambda: {f"word-{word}": _exact(word) for word in _WORDS},
            len(_WORDS),
            "the states of the last pass and of the dense layer, multiplied out",
            kind="identity",
        ),
        instances(
            "fewer",
            _FEWER,
            "the swap of two coordinates, read 2, 3, ..., 8 times",
            lambda: {f"length-{n}": _swaps(n, n - 1) for n in range(2, 9)},
            7,
            "after a pass less than letters the state is 0, and the dense one a unit vector",
            kind="identity",
        ),
        open_row(
            "every-word",
            _EVERY,
            "all sizes, all words",
            "exact",
            "proved in words on the claim's page, by induction over the letters; the certificates "
            "are about the words above",
        ),
        open_row(
            "trained",
            _TRAINED,
            "FP-Mamba",
            "exact",
            "cited (Movahedi et al.): experiments with another splitting than the one above. "
            "Nothing here confirms or contradicts them",
        ),
    )


def _run(
    word: str, letters: dict[str, Grid], inputs: Sequence[State], start: State, passes: int
) -> tuple[State, State]:
    """The last state of the last pass, and that of the dense layer."""
    dense, before = [start], [start, *([[constant(0)] * len(start)] * len(word))]
    for letter, given in zip(word, inputs, strict=True):
        dense.append(_step(letters[letter], dense[-1], dense[-1], given))
    for _ in range(passes):
        now = [start]
        for time, (letter, given) in enumerate(zip(word, inputs, strict=True)):
            now.append(_step(letters[letter], now[-1], before[time], given))
        before = now
    return before[-1], dense[-1]


def _step(matrix: Grid, state: State, other: State, given: State) -> State:
    """D state + (A - D) other + given, where D is the diagonal of A."""
    size = range(len(matrix))
    mixed = [[state[j] if i == j else other[j] for j in size] for i in size]
    return [dot(matrix[i], mixed[i]) + given[i] for i in size]


def passes_needed(word: str) -> int:
    """One more than the letters x after the first letter of the word.

    >>> passes_needed("xdx"), passes_needed("dxxd")
    (2, 3)
    """
    return 1 + word[1:].count("x")


def _exact(word: str) -> Certificate:
    x, d, start = vector("x", 4), vector("d", 2), list(vector("h", 2))
    none = constant(0)
    letters: dict[str, Grid] = {"x": [list(x[:2]), list(x[2:])], "d": [[d[0], none], [none, d[1]]]}
    inputs = [list(vector(f"b{time}e", 2)) for time in range(len(word))]
    reached, dense = _run(word, letters, inputs, start, passes_needed(word))
    steps = [Equal(left, right) for left, right in zip(reached, dense, strict=True)]
    return identity([*x, *d, *start, *(b for given in inputs for b in given)], steps)


def _swaps(length: int, passes: int) -> Certificate:
    one, none = constant(1), constant(0)
    letters: dict[str, Grid] = {"x": [[none, one], [one, none]]}
    inputs: list[State] = [[none, none]] * length
    reached, dense = _run("x" * length, letters, inputs, [one, none], passes)
    swapped = [none, one] if length % 2 else [one, none]
    steps = [
        *(Equal(entry, none) for entry in reached),
        *(Equal(left, right) for left, right in zip(dense, swapped, strict=True)),
    ]
    return identity([], steps)
