"""Polynomial identities about Householder factors, on which several claims rest.

Each function returns the certificate of kind `identity`. Where a lemma is named, the certificate
holds the algebra of it, and the lemma draws the conclusion for matrices of every size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from monoscan.proofs_check.certificates.identity import (
    Equal,
    Expression,
    IsNonNegative,
    IsZero,
    Square,
    Step,
    constant,
    dot,
    identity,
    total,
    variables,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.derived_steps import from_sympy, nonnegative_step
from monoscan.proofs_check.matrix_rows import scaled_image

_ONE = constant(1)
Grid = list[list[Expression]]


def vector(name: str, size: int) -> tuple[Expression, ...]:
    """The variables name1, name2, ...

    >>> [x.json for x in vector("v", 2)]
    ['v1', 'v2']
    """
    return variables(*(f"{name}{i}" for i in range(1, size + 1)))


def factor_shortens(size: int) -> Certificate:
    """|z|^2 - |C z|^2 = beta (2 - beta) (v.z)^2 / (v.v), multiplied by (v.v)^2, entry by entry.

    Args:
        size: dimension.

    >>> len(factor_shortens(2).body["steps"])
    2
    """
    (beta,), v, z = variables("beta"), vector("v", size), vector("z", size)
    image, square, s = scaled_image(v, beta, z), dot(v, v), dot(v, z)
    gap = square**2 * dot(z, z) - dot(image, image)
    squares = tuple(Square(x * s, (0, 1)) for x in v)
    return identity(
        [beta, *v, *z],
        [Equal(gap, beta * (2 - beta) * square * s**2), IsNonNegative(gap, squares)],
        nonnegative=[beta, 2 - beta],
    )


def factor_shortens_gram(lemma: str) -> Certificate:
    """The same in the inner products vv = v.v, vz = v.z, zz = z.z, so for vectors of any length.

    Args:
        lemma: what is concluded from it.

    >>> factor_shortens_gram("householder-norm").body["variables"]
    ['beta', 'vv', 'vz', 'zz']
    """
    beta, vv, vz, zz, t = variables("beta", "vv", "vz", "zz", "t")
    # |vv z - beta vz v|^2, multiplied out.
    image = vv**2 * zz - 2 * vv * beta * vz**2 + beta**2 * vz**2 * vv
    gap = vv**2 * zz - image
    steps: list[Step] = [
        Equal(gap, beta * (2 - beta) * vv * vz**2),
        IsNonNegative(gap, (Square(vz, (0, 1, 2)),)),
    ]
    zero: list[Expression] = []
    names = [beta, vv, vz, zz]
    if lemma == "open-range-eigenvalues":
        # t = 1 / (beta (2 - beta)), and the length is kept: then v.v (v.z)^2 = 0.
        names, zero = [*names, t], [beta * (2 - beta) * t - 1, gap]
        steps.append(IsZero(vv * vz**2, ((1, t), (0, -vv * vz**2))))
    return identity(
        names,
        steps,
        zero=zero,
        nonnegative=[beta, 2 - beta, vv],
        lemma=lemma,
    )


@cache
def pair_polynomial() -> tuple[Any, Any]:
    """Trace and determinant of two factors on the plane of their directions, in b1, b2 and c.

    c is the squared cosine of the angle of the directions. They are those of the symbolic product,
    as expressions of sympy.

    >>> pair_polynomial()
    (b1*b2*c - b1 - b2 + 2, (b1 - 1)*(b2 - 1))
    """
    import sympy

    from monoscan.theory.symbolic import householder_product

    pair = householder_product(2)
    beta1, beta2, theta = pair.symbols
    b1, b2, c = sympy.symbols("b1 b2 c")
    named = {sympy.cos(theta) ** 2: c, beta1: b1, beta2: b2}
    return pair.trace().subs(named), pair.determinant().subs(named)


def pair_in_unit_interval(lemma: str = "") -> Certificate:
    """For b1, b2, c in [0, 1] the roots of x^2 - trace x + determinant lie in [0, 1].

    Its discriminant, its values at 0 and at 1, and its vertex trace / 2 and 1 - trace / 2 are >= 0.

    Args:
        lemma: what is concluded from it.

    >>> len(pair_in_unit_interval().body["steps"])
    5
    """
    trace, determinant = pair_polynomial()
    b1, b2, c = names = sorted(trace.free_symbols, key=str)
    assumed = [b1, 1 - b1, b2, 1 - b2, c, 1 - c]
    shown = (
        determinant,
        1 - trace + determinant,
        trace,
        2 - trace,
        trace**2 - 4 * determinant,
    )
    return identity(
        [*map(from_sympy, names)],
        [nonnegative_step(polynomial, assumed) for polynomial in shown],
        nonnegative=[*map(from_sympy, assumed)],
        lemma=lemma,
    )


def pair_is_real(second_above_one: bool, lemma: str = "") -> Certificate:
    """With 0 <= b1 <= 1 the discriminant trace^2 - 4 determinant is >= 0.

    Args:
        second_above_one: whether b2 >= 1 is assumed, or 0 <= b2 <= 1.
        lemma: what is concluded from it.

    >>> pair_is_real(True).body["nonnegative"]
    [['-', '1', 'b1'], ['-', 'b2', '1']]
    """
    trace, determinant = pair_polynomial()
    b1, b2, c = names = sorted(trace.free_symbols, key=str)
    assumed = [1 - b1, b2 - 1] if second_above_one else [b1, 1 - b1, b2, 1 - b2, c]
    return identity(
        [*map(from_sympy, names)],
        [nonnegative_step(trace**2 - 4 * determinant, assumed, trace)],
        nonnegative=[*map(from_sympy, assumed)],
        lemma=lemma,
    )


def pair_characteristic(size: int) -> Certificate:
    """The characteristic polynomial of two factors, times (v.v w.w)^n, and Lagrange's identity.

    With N = v.v w.w it is N^(n-1) (x - 1)^(n-2) (N x^2 - T x + D), T = N trace and D = N
    determinant for c = (v.w)^2 / N; and N - (v.w)^2 is a sum of squares, so that c <= 1.

    Args:
        size: dimension n >= 2.

    >>> pair_characteristic(2).body["variables"]
    ['x', 'b1', 'b2', 'v1', 'v2', 'w1', 'w2']
    """
    x, b1, b2 = variables("x", "b1", "b2")
    v, w = vector("v", size), vector("w", size)
    n, s = dot(v, v) * dot(w, w), dot(v, w)
    product = matrix_product(scaled_factor(v, b1), scaled_factor(w, b2))
    shifted = [
        [x * n - entry if i == j else -entry for j, entry in enumerate(row)]
        for i, row in enumerate(product)
    ]
    # Without division: c = s^2 / n stands in the trace, to the power 0 or 1.
    trace, determinant = pair_polynomial()
    without_c, with_c = (from_sympy(trace.coeff("c", power)) for power in (0, 1))
    scaled_trace = without_c * n + with_c * s**2
    quadratic = n * x**2 - scaled_trace * x + from_sympy(determinant) * n
    rest = n ** (size - 1) * (x - 1) ** (size - 2)
    pairs = [(i, j) for i in range(size) for j in range(i + 1, size)]
    lagrange = tuple(Square(v[i] * w[j] - v[j] * w[i]) for i, j in pairs)
    return identity(
        [x, b1, b2, *v, *w],
        [Equal(determinant_of(shifted), rest * quadratic), IsNonNegative(n - s**2, lagrange)],
    )


def scaled_factor(direction: Sequence[Expression], beta: Expression) -> Grid:
    """The matrix (v^T v) I - beta v v^T.

    >>> from monoscan.proofs_check.certificates.identity import variables
    >>> scaled_factor(variables("v"), constant(2))[0][0].json
    ['-', ['*', 'v', 'v'], ['*', ['*', '2', 'v'], 'v']]
    """
    square, zero = dot(direction, direction), constant(0)
    return [
        [(square if i == j else zero) - beta * x * y for j, y in enumerate(direction)]
        for i, x in enumerate(direction)
    ]


def matrix_product(left: Grid, right: Grid) -> Grid:
    """The product of two square matrices of expressions."""
    return [[dot(row, column) for column in zip(*right, strict=True)] for row in left]


def determinant_of(matrix: Grid) -> Expression:
    """The determinant, expanded along the first row.

    >>> a, b, c, d = variables("a", "b", "c", "d")
    >>> determinant_of([[a, b], [c, d]]).json
    ['-', ['*', 'a', 'd'], ['*', 'b', 'c']]
    """
    if len(matrix) == 1:
        return matrix[0][0]
    result: Expression | None = None
    for j, entry in enumerate(matrix[0]):
        minor = [[*row[:j], *row[j + 1 :]] for row in matrix[1:]]
        term = entry * determinant_of(minor)
        result = term if result is None else result - term if j % 2 else result + term
    assert result is not None
    return result


def reflection_moves(size: int, lemma: str = "") -> Certificate:
    """The reflection along a - e takes a to e, if |a| = |e|; and it fixes y if y.a = y.e.

    Multiplied by |a - e|^2, entry by entry.

    Args:
        size: dimension.
        lemma: what is concluded from it.

    >>> len(reflection_moves(1).body["steps"])
    2
    """
    a, e, y = vector("a", size), vector("e", size), vector("y", size)
    v = [p - q for p, q in zip(a, e, strict=True)]
    square = dot(v, v)
    moved = scaled_image(v, constant(2), a)
    kept = scaled_image(v, constant(2), y)
    steps: list[Step] = [
        IsZero(image - square * target, ((0, -difference),))
        for image, target, difference in zip(moved, e, v, strict=True)
    ]
    steps += [
        IsZero(image - square * target, ((1, -2 * difference),))
        for image, target, difference in zip(kept, y, v, strict=True)
    ]
    zero = [dot(a, a) - dot(e, e), dot(y, a) - dot(y, e)]
    return identity([*a, *e, *y], steps, zero=zero, lemma=lemma)


def sign_exchanged(size: int, lemma: str = "") -> Certificate:
    """The reflection along v times the factor beta along v is the factor 2 - beta along v.

    Multiplied by (v.v)^2, entry by entry.

    Args:
        size: dimension.
        lemma: what is concluded from it.

    >>> len(sign_exchanged(2).body["steps"])
    4
    """
    (beta,), v = variables("beta"), vector("v", size)
    product = matrix_product(scaled_factor(v, constant(2)), scaled_factor(v, beta))
    expected = scaled_factor(v, 2 - beta)
    steps = [
        Equal(entry, dot(v, v) * other)
        for row, others in zip(product, expected, strict=True)
        for entry, other in zip(row, others, strict=True)
    ]
    return identity([beta, *v], steps, lemma=lemma)


def no_two_factors() -> Certificate:
    """No two factors I - b v v^T, |v| = 1, multiply to half a quarter turn: 1 would be 0.

    The equations are |v| = |w| = 1 and the four entries of C1 C2 = A. For y orthogonal to w they
    give y.A y and |A y|, hence b1 = 5/4; likewise b2 = 5/4; but then det(C1 C2) = 1/16, not 1/4.

    >>> no_two_factors().body["steps"][-1]["polynomial"]
    '1'
    """
    (b1, b2), v, w = variables("b1", "b2"), vector("v", 2), vector("w", 2)
    half = Fraction(1, 2)
    a = [[constant(0), constant(-half)], [constant(half), constant(0)]]
    product = matrix_product(_unit_factor(v, b1), _unit_factor(w, b2))
    entries = [product[i][j] - a[i][j] for i in range(2) for j in range(2)]
    transposed = [list(column) for column in zip(*a, strict=True)]
    steps = [
        *_beta_of(b1, v, w, a, lambda i, j: 2 + 2 * i + j, 0, 1, 6),
        *_beta_of(b2, w, v, transposed, lambda i, j: 2 + 2 * j + i, 1, 0, 9),
        IsZero(
            (1 - b1) * (1 - b2) - Fraction(1, 4),
            (
                (2, product[1][1]),
                (3, -product[1][0]),
                (4, constant(half)),
                (1, (1 - b1) * b2),
                (0, b1 * (1 - b2 * dot(w, w))),
            ),
        ),
        IsZero(
            _ONE,
            (
                (12, constant(Fraction(-16, 3))),
                (11, constant(Fraction(4, 3))),
                (8, Fraction(-16, 3) * (1 - b2)),
            ),
        ),
    ]
    zero = [dot(v, v) - 1, dot(w, w) - 1, *entries]
    return identity([b1, b2, *v, *w], steps, zero=zero)


def _unit_factor(direction: Sequence[Expression], beta: Expression) -> Grid:
    return [
        [constant(int(i == j)) - beta * x * y for j, y in enumerate(direction)]
        for i, x in enumerate(direction)
    ]


def _beta_of(
    beta: Expression,
    v: Sequence[Expression],
    w: Sequence[Expression],
    a: Grid,
    entry: Callable[[int, int], int],
    v_is_unit: int,
    w_is_unit: int,
    first: int,
) -> list[Step]:
    """From A y = C y with y orthogonal to w: beta s^2 = 1, beta (2 - beta) s^2 = 3/4, so 5/4."""
    y = (-w[1], w[0])
    s = dot(v, y)
    image = [dot(row, y) for row in a]
    reached = [p - beta * s * q for p, q in zip(y, v, strict=True)]
    pairs = [(i, j) for i in range(2) for j in range(2)]
    along = tuple((entry(i, j), -(y[i] * y[j])) for i, j in pairs)
    lengths = tuple((entry(i, j), y[j] * (reached[i] + image[i])) for i, j in pairs)
    return [
        IsZero(beta * s**2 - 1, (*along, (w_is_unit, _ONE))),
        IsZero(
            Fraction(3, 4) - beta * (2 - beta) * s**2,
            (
                *lengths,
                (w_is_unit, constant(Fraction(-3, 4))),
                (v_is_unit, -(beta**2 * s**2)),
            ),
        ),
        IsZero(beta - Fraction(5, 4), ((first + 1, _ONE), (first, 2 - beta))),
    ]


def fixed_points_spread(size: int, lemma: str = "") -> Certificate:
    """An affine map that fixes x0, ..., xn fixes every affine combination of them.

    Args:
        size: dimension n; the points are n + 1 in number.
        lemma: what is concluded from it.

    >>> len(fixed_points_spread(2).body["steps"])
    2
    """
    points = [vector(f"x{k}_", size) for k in range(size + 1)]
    rows = [vector(f"a{i}_", size) for i in range(size)]
    b, weights = vector("b", size), vector("l", size)
    zero = [dot(rows[i], x) + b[i] - x[i] for x in points for i in range(size)]
    rest = 1 - total(weights)
    combination = [
        rest * points[0][i] + dot(weights, [x[i] for x in points[1:]]) for i in range(size)
    ]
    steps = [
        IsZero(
            dot(rows[i], combination) + b[i] - combination[i],
            tuple((k * size + i, weight) for k, weight in enumerate([rest, *weights])),
        )
        for i in range(size)
    ]
    names = [*(x for row in rows for x in row), *b, *(x for point in points for x in point)]
    return identity([*names, *weights], steps, zero=zero, lemma=lemma)
