"""The families of transition matrices of the papers, with free parameters.

A key is a unit vector. In the plane it is (cos theta, sin theta); with `size` it is k / |k| for
free components k, which need not have length 1. Ranges are texts such as "[0, 2]" or "(0, 1)", or
sympy Intervals.
"""

# pyright: reportArgumentType=false, reportAttributeAccessIssue=false, reportCallIssue=false, reportOperatorIssue=false
# (sympy has no types, and pyright guesses wrong ones)

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sympy

from monoscan.theory.matrix import Matrix
from monoscan.theory.symbolic.parameters import (
    Parameter,
    ParameterError,
    angle,
    parameter,
    range_text,
    read_range,
)
from monoscan.theory.symbolic.transition import SymbolicTransition
from monoscan.theory.transition import (
    Dense,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
)

MAX_SIZE = 8
MAX_FACTORS = 3


def scalar(a: object = "[0, 1]") -> SymbolicTransition:
    """The 1 x 1 matrix [a].

    >>> scalar().eigenvalues()
    (a,)
    """
    gate = parameter("a", a)
    return SymbolicTransition("scalar", "a", Diagonal((gate.symbol,)), (gate,))


def diagonal(size: int = 2, a: object = "[0, 1]") -> SymbolicTransition:
    """diag(a1, ..., an) with real entries.

    >>> diagonal(3, "[-1, 1]").eigenvalues()
    (a1, a2, a3)
    """
    entries = _numbered("a", size, a)
    formula = f"diag(a), a in {_shown(a)}^n"
    return SymbolicTransition("diagonal", formula, Diagonal(_symbols(entries)), entries)


def diagonal_complex(size: int = 2, r: object = "[0, 1]") -> SymbolicTransition:
    """diag(r1 exp(i phi1), ..., rn exp(i phin)).

    >>> diagonal_complex(1).non_real_condition()
    Ne(r1*sin(phi1), 0)
    """
    moduli, phases = _numbered("r", size, r), _angles("phi", size)
    return SymbolicTransition(
        "diagonal-complex",
        f"diag(r e^(i phi)), r in {_shown(r)}^n",
        Diagonal(tuple(map(_polar, moduli, phases))),
        (*moduli, *phases),
    )


def common_phase(size: int = 2, g: object = "[0, 1]") -> SymbolicTransition:
    """diag(g1 exp(i t1), ..., gn exp(i tn)) with angles that are the same for every letter.

    >>> common_phase(1).parameters[0].name
    'g1'
    """
    gates, phases = _numbered("g", size, g), _angles("t", size)
    return SymbolicTransition(
        "diagonal-common-phase",
        f"diag(g e^(i t)), g in {_shown(g)}^n",
        Diagonal(tuple(map(_polar, gates, phases))),
        (*gates, *phases),
        note="The angles t are the same for every letter of a layer; g depends on the letter.",
    )


def time_invariant(size: int = 2, *, is_real: bool = False) -> SymbolicTransition:
    """A diagonal matrix that is the same for every letter.

    Args:
        size: number of entries.
        is_real: whether its entries lie in [0, 1]; else they are complex.

    >>> time_invariant().name
    'time-invariant-diagonal'
    """
    made = diagonal(size) if is_real else diagonal_complex(size)
    return SymbolicTransition(
        "time-invariant-nonnegative" if is_real else "time-invariant-diagonal",
        made.formula,
        made.template,
        made.all_parameters,
        note="All parameters are the same for every letter of a layer.",
    )


def householder(size: int | None = None, beta: object = "[0, 2]") -> SymbolicTransition:
    """I - beta k k^T with a unit key k.

    Args:
        size: dimension; None for the plane, with the angle theta of the key.
        beta: range of beta.

    >>> householder().determinant()
    1 - beta
    """
    b = parameter("beta", beta)
    key, of_key = _key(size)
    formula = "I - b k k^T"
    return SymbolicTransition("householder", formula, Householder(key, b.symbol), (b, *of_key))


def householder_product(
    n_h: int = 2, size: int | None = None, beta: object = "[0, 2]"
) -> SymbolicTransition:
    """(I - beta1 k1 k1^T) ... (I - beta_n k_n k_n^T) with unit keys.

    Args:
        n_h: number of factors, at most 3.
        size: dimension, with the components of the keys as parameters. None for n_h dimensions
            and angles: the coordinates are chosen such that key i has only its first i components.
            All other dimensions carry the eigenvalue 1.
        beta: range of every beta.

    >>> householder_product(2).trace()
    beta1*beta2*cos(theta)**2 - beta1 - beta2 + 2
    """
    if not 1 <= n_h <= MAX_FACTORS:
        raise ParameterError(
            f"{n_h} factors; expected a number from 1 to {MAX_FACTORS}: the expressions of more "
            "factors are too long to be of use"
        )
    betas = _numbered("beta", n_h, beta)
    keys = [_key(size, f"k{i}_") if size else _triangular_key(i, n_h) for i in range(1, n_h + 1)]
    factors = tuple(Householder(key, b.symbol) for (key, _), b in zip(keys, betas, strict=True))
    return SymbolicTransition(
        f"householder-product-{n_h}",
        f"{n_h} factors I - b k k^T",
        HouseholderProduct(factors),
        (*betas, *(p for _, of_key in keys for p in of_key)),
        note="" if size else "In coordinates of the span of the keys; elsewhere A is the identity.",
    )


def gated(matrix: SymbolicTransition, g: object = "[0, 1]") -> SymbolicTransition:
    """A gate times a Householder factor or a product of them.

    Raises:
        ParameterError: if the matrix is of another kind.

    >>> gated(householder()).eigenvalues()
    (g, -beta*g + g)
    """
    if not isinstance(matrix.template, Householder | HouseholderProduct) or matrix.fixed:
        raise ParameterError(
            f"gated({matrix.name}): expected a Householder factor or a product of them with no "
            "parameter fixed"
        )
    gate = parameter("g", g)
    return SymbolicTransition(
        f"gated-{matrix.name}",
        f"g ({matrix.formula})" if matrix.name == "householder" else f"g times {matrix.formula}",
        Gated(gate.symbol, matrix.template),
        (gate, *matrix.all_parameters),
        matrix.note,
    )


def householder_diagonal(
    size: int | None = None, beta: object = "[0, 2]", a: object = "[-1, 1]"
) -> SymbolicTransition:
    """(I - beta k k^T) diag(a) with a unit key k: Kimi Delta Attention, CKDA.

    >>> householder_diagonal().determinant()
    -a1*a2*(beta - 1)
    """
    b = parameter("beta", beta)
    key, of_key = _key(size)
    entries = _numbered("a", len(key), a)
    return SymbolicTransition(
        "diagonal-householder",
        "(I - b k k^T) diag(a)",
        HouseholderDiagonal(key, b.symbol, _symbols(entries)),
        (b, *of_key, *entries),
    )


def diagonal_plus_rank_one(
    size: int | None = None,
    w: object = "[0, 1]",
    a: object = "[0, 1]",
    c: object = "[0, 2]",
    *,
    is_transposed: bool = False,
) -> SymbolicTransition:
    """diag(w) - c k (k o a)^T with a unit key k, o entry by entry: RWKV-7; or its transpose.

    Args:
        size: dimension; None for the plane, with the angle theta of the key.
        w: range of the decays.
        a: range of the in-context learning rates.
        c: range of the factor, or one number.
        is_transposed: diag(w) - c (k o a) k^T, which acts on columns where RWKV-7 acts on rows.

    >>> diagonal_plus_rank_one().non_real_condition()
    False
    """
    key, of_key = _key(size)
    decays, rates = _numbered("w", len(key), w), _numbered("a", len(key), a)
    scale, factor = _fixed_or_free("c", c)
    template: Any = DiagonalPlusRankOne(_symbols(decays), key, _symbols(rates), factor)
    name, formula = "diagonal-plus-rank-one", "diag(w) - c k (k o a)^T"
    note = ""
    if is_transposed:
        square = sympy.Add(*(entry**2 for entry in key))
        weight = factor / (1 if size is None else square)
        template = Dense(
            _entries(
                sympy.diag(*_symbols(decays))
                - weight
                * sympy.Matrix([x * y for x, y in zip(key, _symbols(rates), strict=True)])
                * sympy.Matrix([key])
            )
        )
        name, formula = f"{name}-transposed", "diag(w) - c (k o a) k^T"
        note = "RWKV-7 multiplies rows from the right by the transpose of this matrix."
    return SymbolicTransition(name, formula, template, (*decays, *rates, *scale, *of_key), note)


def scalar_plus_rank_one(
    size: int | None = None, g: object = "[0, 1]", b: object = "[0, 1]"
) -> SymbolicTransition:
    """The matrix g I - b k k^T with a unit key k: Comba.

    >>> scalar_plus_rank_one().eigenvalues()
    (g, -b + g)
    """
    gate, strength = parameter("g", g), parameter("b", b)
    key, of_key = _key(size)
    rates = (strength.symbol,) * len(key)
    return SymbolicTransition(
        "scalar-plus-rank-one",
        "g I - b k k^T",
        DiagonalPlusRankOne((gate.symbol,) * len(key), key, rates, sympy.S.One),
        (gate, strength, *of_key),
    )


def permutation_diagonal(rows: Sequence[int] = (2, 1), r: object = "[0, 1]") -> SymbolicTransition:
    """P diag(r exp(i phi)) with one-hot columns: PD-SSM.

    Args:
        rows: for each column, counted from 1, the row of its entry; need not be a permutation.
        r: range of the moduli.

    >>> permutation_diagonal((2, 3, 1)).characteristic_polynomial()
    -r1*r2*r3*exp(I*phi1)*exp(I*phi2)*exp(I*phi3) + x**3
    """
    size = len(rows)
    if not all(1 <= row <= size for row in rows):
        raise ParameterError(
            f"rows is {tuple(rows)}; expected for each of {size} columns a row from 1 to {size}"
        )
    moduli, phases = _numbered("r", size, r), _angles("phi", size)
    matrix = sympy.zeros(size, size)
    for column, row in enumerate(rows):
        matrix[row - 1, column] = _polar(moduli[column], phases[column])
    return SymbolicTransition(
        "permutation-diagonal",
        f"P diag(r e^(i phi)), r in {_shown(r)}^n",
        Dense(_entries(matrix)),
        (*moduli, *phases),
        note=f"Here column j of P has its 1 in row {', '.join(map(str, rows))} for j = 1, 2, ...",
    )


def triangular(size: int = 2, *, is_complex: bool = False) -> SymbolicTransition:
    """An upper triangular matrix.

    >>> triangular().eigenvalues()
    (a11, a22)
    """
    return _full("triangular", size, is_complex, lambda i, j: i <= j)


def dense(size: int = 2, *, is_complex: bool = False) -> SymbolicTransition:
    """Any square matrix.

    >>> dense().non_real_condition()
    (a11 + a22)**2 < 4*a11*a22 - 4*a12*a21
    """
    return _full("dense", size, is_complex, lambda _i, _j: True)


def _full(name: str, size: int, is_complex: bool, holds: Any) -> SymbolicTransition:
    _check_size(size)
    field = sympy.S.Complexes if is_complex else sympy.S.Reals
    entries: list[Parameter] = []
    matrix = sympy.zeros(size, size)
    for i in range(size):
        for j in range(size):
            if holds(i, j):
                entries.append(parameter(f"a{i + 1}{j + 1}", field))
                matrix[i, j] = entries[-1].symbol
    words = "complex" if is_complex else "real"
    formula = f"upper triangular, {words}" if name == "triangular" else f"any {words} matrix"
    full_name = name if name == "dense" else f"{name}-{words}"
    return SymbolicTransition(full_name, formula, Dense(_entries(matrix)), tuple(entries))


def _entries(matrix: Any) -> Matrix:
    return Matrix(tuple(tuple(row) for row in matrix.tolist()))


def _numbered(name: str, count: int, range_: object) -> tuple[Parameter, ...]:
    _check_size(count)
    return tuple(parameter(f"{name}{i}", range_) for i in range(1, count + 1))


def _fixed_or_free(name: str, range_: object) -> tuple[tuple[Parameter, ...], Any]:
    """No parameter and a number, for a number or a set of one; else a parameter and its symbol."""
    if isinstance(range_, int | sympy.Number):
        return (), sympy.Integer(range_)
    if isinstance(range_, sympy.FiniteSet) and len(range_) == 1:
        return (), range_.args[0]
    free = parameter(name, range_)
    return (free,), free.symbol


def _angles(name: str, count: int) -> tuple[Parameter, ...]:
    return tuple(angle(f"{name}{i}") for i in range(1, count + 1))


def _symbols(parameters: Sequence[Parameter]) -> tuple[Any, ...]:
    return tuple(p.symbol for p in parameters)


def _polar(modulus: Parameter, phase: Parameter) -> Any:
    return modulus.symbol * sympy.exp(sympy.I * phase.symbol)


def _key(size: int | None, name: str = "k") -> tuple[tuple[Any, ...], tuple[Parameter, ...]]:
    """A key and its parameters."""
    if size is None:
        theta = angle("theta")
        return (sympy.cos(theta.symbol), sympy.sin(theta.symbol)), (theta,)
    components = _numbered(name, size, sympy.S.Reals)
    return _symbols(components), components


def _triangular_key(index: int, n_h: int) -> tuple[tuple[Any, ...], tuple[Parameter, ...]]:
    """Key number index in spherical coordinates of its first index dimensions."""
    names = ["theta"] if n_h == 2 else [f"theta{index}{j}" for j in range(1, index)]
    angles = tuple(angle(name) for name in names[: index - 1])
    length, key = sympy.S.One, []
    for p in angles:
        key.append(length * sympy.cos(p.symbol))
        length = length * sympy.sin(p.symbol)
    return (*key, length, *[sympy.S.Zero] * (n_h - index)), angles


def _check_size(size: int) -> None:
    if not 1 <= size <= MAX_SIZE:
        raise ParameterError(f"size is {size}; expected a number from 1 to {MAX_SIZE}")


def _shown(range_: object) -> str:
    return range_text(read_range(range_))
