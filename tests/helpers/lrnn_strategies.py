"""Random exact networks and formats, and the JSON that the slow network of naive_network reads."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from typing import Any, TypeAlias

from hypothesis import strategies as st

from monoscan.automata import Output
from monoscan.theory.formats import FixedPoint, Minifloat, NumberFormat, Overflow, RoundingMode
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import CastUnrolled, Exact, OpRound, Semantics, SeqRound
from monoscan.theory.transition import (
    DeltaRule,
    Dense,
    Diagonal,
    Householder,
    HouseholderProduct,
    Transition,
)

F = Fraction
Entries: TypeAlias = st.SearchStrategy[Fraction]
Transitions: TypeAlias = st.SearchStrategy[Transition]
LETTERS = ("0", "1")


def rationals(numerators: int = 4, denominators: int = 4) -> Entries:
    """Small fractions of either sign."""
    return st.builds(Fraction, st.integers(-numerators, numerators), st.integers(1, denominators))


RATIONALS = rationals()
EIGENVALUES: Entries = st.builds(Fraction, st.integers(0, 6), st.integers(1, 5))
BETAS: Entries = st.builds(Fraction, st.integers(0, 4), st.just(4))


def vectors(size: int, entries: Entries = RATIONALS) -> st.SearchStrategy[tuple[Fraction, ...]]:
    """So many entries."""
    return st.lists(entries, min_size=size, max_size=size).map(tuple)


def matrices(height: int, width: int, entries: Entries = RATIONALS) -> st.SearchStrategy[Matrix]:
    """Matrices of one shape."""
    return st.lists(vectors(width, entries), min_size=height, max_size=height).map(
        lambda rows: Matrix(tuple(rows))
    )


def directions(size: int) -> st.SearchStrategy[tuple[Fraction, ...]]:
    """Integer vectors that are not zero."""
    return vectors(size, st.integers(-3, 3).map(Fraction)).filter(any)


# --- transitions with a real spectrum >= 0 -----------------------------------------------------


def diagonal(size: int) -> Transitions:
    """Diagonal entries >= 0."""
    return vectors(size, EIGENVALUES).map(Diagonal)


@st.composite
def triangular(draw: st.DrawFn, size: int) -> Transition:
    """Upper or lower triangular with a diagonal >= 0."""
    full = draw(matrices(size, size))
    eigenvalues = draw(vectors(size, EIGENVALUES))
    rows = [
        [eigenvalues[i] if i == j else full.rows[i][j] if j > i else F(0) for j in range(size)]
        for i in range(size)
    ]
    upper = Matrix.of(rows)
    return Dense(draw(st.sampled_from([upper, upper.transpose()])))


@st.composite
def symmetric(draw: st.DrawFn, size: int) -> Transition:
    """G^T G times a factor: singular at times, with irrational eigenvalues as a rule."""
    g = draw(matrices(draw(st.integers(1, size)), size))
    return Dense((g.transpose() @ g).scale(draw(st.sampled_from([F(1), F(1, 4), F(1, 9)]))))


@st.composite
def contraction(draw: st.DrawFn, size: int) -> Householder | DeltaRule:
    """A factor with eigenvalue 1 - beta in [0, 1] along its direction, normalised or not."""
    v, beta = draw(directions(size)), draw(BETAS)
    if draw(st.booleans()):
        return Householder(v, beta)
    return DeltaRule(v, beta / sum(entry * entry for entry in v))


def two_factors(size: int) -> Transitions:
    """DeltaProduct with n_h = 2: not symmetric, spectrum in [0, 1]."""
    return st.tuples(contraction(size), contraction(size)).map(HouseholderProduct)


@st.composite
def conjugated(draw: st.DrawFn, matrix: Matrix) -> Matrix:
    """P M P^-1 for a product P of a few integer shears."""
    size = matrix.shape[0]
    if size == 1:
        return matrix
    pairs = [(i, j) for i in range(size) for j in range(size) if i != j]
    shears = st.tuples(st.sampled_from(pairs), st.integers(-2, 2))
    for (i, j), amount in draw(st.lists(shears, max_size=4)):
        matrix = _shear(size, i, j, amount) @ matrix @ _shear(size, i, j, -amount)
    return matrix


def _shear(size: int, i: int, j: int, amount: int) -> Matrix:
    rows = [list(row) for row in Matrix.identity(size).rows]
    rows[i][j] = F(amount)
    return Matrix.of(rows)


@st.composite
def non_diagonalisable(draw: st.DrawFn, size: int) -> Transition:
    """One Jordan block, hidden by a change of basis."""
    eigenvalue = draw(EIGENVALUES)
    block = Matrix.of(
        [[eigenvalue if i == j else int(j == i + 1) for j in range(size)] for i in range(size)]
    )
    return Dense(draw(conjugated(block)))


NONNEGATIVE: dict[str, Callable[[int], Transitions]] = {
    "diagonal": diagonal,
    "triangular": triangular,
    "symmetric": symmetric,
    "two-factors": two_factors,
    "non-diagonalisable": non_diagonalisable,
}


# --- any transitions ---------------------------------------------------------------------------


def transitions(size: int, entries: Entries = RATIONALS, *, normalised: bool = True) -> Transitions:
    """Transitions of every kind; without normalised factors they have a meaning in op-round."""
    delta = st.builds(DeltaRule, vectors(size, entries), entries)
    factor: st.SearchStrategy[Householder | DeltaRule] = delta
    if normalised:
        factor = st.one_of(delta, st.builds(Householder, directions(size), entries))
    return st.one_of(
        vectors(size, entries).map(Diagonal),
        factor,
        st.lists(factor, min_size=1, max_size=3).map(lambda many: HouseholderProduct(tuple(many))),
        matrices(size, size, entries).map(Dense),
    )


# --- networks ----------------------------------------------------------------------------------


@st.composite
def thresholds(
    draw: st.DrawFn,
    shape: tuple[int, int],
    entries: Entries = RATIONALS,
    outputs: tuple[Output, ...] = (False, True),
) -> Threshold:
    """One to three threshold bits and a full table."""
    functionals = draw(
        st.lists(
            st.builds(Functional, matrices(*shape, entries), st.sampled_from([">=", ">"]), entries),
            min_size=1,
            max_size=3,
        )
    )
    keys = ["".join(bits) for bits in product("01", repeat=len(functionals))]
    values = draw(st.lists(st.sampled_from(outputs), min_size=len(keys), max_size=len(keys)))
    return Threshold(tuple(functionals), dict(zip(keys, values, strict=True)))


@st.composite
def layers(
    draw: st.DrawFn,
    symbols: tuple[Symbol, ...],
    kinds: Callable[[int], Transitions],
    entries: Entries = RATIONALS,
    outputs: tuple[Output, ...] = (False, True),
    most: int = 3,
) -> Layer:
    """A layer with n <= most rows, one or two columns and a threshold read-out."""
    size, width = draw(st.integers(1, most)), draw(st.sampled_from([1, 1, 1, 2]))
    kind = kinds(size)
    cases = {symbol: Case(draw(kind), draw(matrices(size, width, entries))) for symbol in symbols}
    readout = draw(thresholds((size, width), entries, outputs))
    return Layer(draw(matrices(size, width, entries)), cases, readout)


@st.composite
def networks(
    draw: st.DrawFn,
    kinds: Callable[[int], Transitions],
    entries: Entries = RATIONALS,
    depth: int = 1,
    most: int = 3,
) -> LRNN:
    """Stacks over the letters 0 and 1 in which every layer reads all outputs below."""
    stack: list[Layer] = []
    symbols: tuple[Symbol, ...] = tuple((letter,) for letter in LETTERS)
    for level in range(depth):
        outputs: tuple[Output, ...] = ("lo", "hi") if level % 2 else (False, True)
        if level == depth - 1:
            outputs = (False, True)
        stack.append(draw(layers(symbols, kinds, entries, outputs, most)))
        symbols = tuple((*symbol, output) for symbol in symbols for output in outputs)
    return LRNN(LETTERS, tuple(stack))


# --- formats and semantics ---------------------------------------------------------------------


@st.composite
def small_formats(draw: st.DrawFn, *, wrap: bool = False) -> NumberFormat:
    """Fixed point and floats of at most about 40 values, in all rounding modes."""
    mode = draw(st.sampled_from(RoundingMode))
    if draw(st.booleans()):
        precision, exponent = draw(st.integers(1, 3)), draw(st.integers(-2, 0))
        top = F(2) ** (exponent + draw(st.integers(1, 3)))
        return Minifloat(precision, exponent, top, mode)
    step = draw(st.sampled_from([F(1), F(1, 2), F(1, 4), F(2, 3)]))
    low, high = draw(st.integers(1, 12)), draw(st.integers(1, 12))
    overflow = draw(st.sampled_from(Overflow)) if wrap else Overflow.SATURATE
    return FixedPoint(step, -low * step, high * step, mode, overflow)


SEMANTICS = ("exact", "cast-unrolled", "seq-round", "op-round")


def semantics_of(name: str, number_format: NumberFormat) -> Semantics[Any]:
    """The semantics of this name; `exact` needs no format."""
    rounded: dict[str, Callable[[NumberFormat], Semantics[Any]]] = {
        "cast-unrolled": CastUnrolled,
        "seq-round": SeqRound,
        "op-round": OpRound,
    }
    return Exact() if name == "exact" else rounded[name](number_format)


def semantics_json(name: str, number_format: NumberFormat) -> dict[str, Any]:
    """The same for naive_network."""
    return {"name": name} if name == "exact" else {"name": name, "format": number_format.to_json()}


@st.composite
def networks_of_values(
    draw: st.DrawFn, number_format: NumberFormat, depth: int = 1, *, normalised: bool = False
) -> LRNN:
    """Networks whose stored numbers are values of a format: they mean something everywhere."""
    entries = st.sampled_from(number_format.values())
    return draw(
        networks(
            lambda size: transitions(size, entries, normalised=normalised), entries, depth, most=2
        )
    )
