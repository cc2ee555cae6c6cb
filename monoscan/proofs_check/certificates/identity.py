"""`identity`: polynomial identities, and what follows from them where polynomials are 0 or >= 0.

Expressions are written with the usual operators; the checker expands them and compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any, TypeAlias

from monoscan.proofs_check.certificates.sealing import Certificate

Operand: TypeAlias = "Expression | int | Fraction"


@dataclass(frozen=True)
class Expression:
    """A polynomial with rational coefficients, as it is written.

    Attributes:
        json: the form of the certificate format: a rational, a variable, or an operator and what
            it is applied to.

    >>> x, y = variables("x", "y")
    >>> (2 - x * y**2).json
    ['-', '2', ['*', 'x', ['^', 'y', '2']]]
    """

    json: Any

    def __add__(self, other: Operand) -> Expression:
        """The sum."""
        return Expression(["+", self.json, _json(other)])

    def __radd__(self, other: Operand) -> Expression:
        """The sum."""
        return Expression(["+", _json(other), self.json])

    def __sub__(self, other: Operand) -> Expression:
        """The difference."""
        return Expression(["-", self.json, _json(other)])

    def __rsub__(self, other: Operand) -> Expression:
        """The difference."""
        return Expression(["-", _json(other), self.json])

    def __mul__(self, other: Operand) -> Expression:
        """The product."""
        return Expression(["*", self.json, _json(other)])

    def __rmul__(self, other: Operand) -> Expression:
        """The product."""
        return Expression(["*", _json(other), self.json])

    def __neg__(self) -> Expression:
        """The negative."""
        return Expression(["-", "0", self.json])

    def __pow__(self, exponent: int) -> Expression:
        """A power, the exponent from 0 to 16."""
        return Expression(["^", self.json, str(exponent)])


def constant(value: int | Fraction) -> Expression:
    """A rational number.

    >>> constant(Fraction(3, 4)).json
    '3/4'
    """
    return Expression(str(value))


def variables(*names: str) -> tuple[Expression, ...]:
    """The variables of these names.

    >>> [v.json for v in variables("v1", "v2")]
    ['v1', 'v2']
    """
    return tuple(Expression(name) for name in names)


def total(terms: Iterable[Expression]) -> Expression:
    """The sum of some expressions; 0 for none.

    >>> total(variables("x", "y")).json
    ['+', 'x', 'y']
    """
    listed = list(terms)
    return reduce(lambda a, b: a + b, listed) if listed else constant(0)


def dot(left: Sequence[Expression], right: Sequence[Expression]) -> Expression:
    """The sum of the products of corresponding entries.

    >>> dot(variables("x", "y"), variables("a", "b")).json
    ['+', ['*', 'x', 'a'], ['*', 'y', 'b']]
    """
    return total(x * y for x, y in zip(left, right, strict=True))


def _json(value: Operand) -> Any:
    return value.json if isinstance(value, Expression) else str(value)


@dataclass(frozen=True)
class Equal:
    """Two expressions of one polynomial.

    Attributes:
        left: one of them.
        right: the other.
    """

    left: Expression
    right: Expression

    def to_json(self) -> dict[str, Any]:
        """The step in the certificate format."""
        return {"step": "equal", "left": self.left.json, "right": self.right.json}


Cofactors: TypeAlias = tuple[tuple[int, Expression], ...]


@dataclass(frozen=True)
class IsZero:
    """A polynomial that is 0 where the assumed ones are; later steps may use it.

    Attributes:
        polynomial: the polynomial.
        cofactors: (i, c): it is the sum of c times number i of those that are 0 so far.
    """

    polynomial: Expression
    cofactors: Cofactors

    def to_json(self) -> dict[str, Any]:
        """The step in the certificate format."""
        return {
            "step": "zero",
            "polynomial": self.polynomial.json,
            "cofactors": _cofactors(self.cofactors),
        }


@dataclass(frozen=True)
class Square:
    """weight * g_i * g_j * ... * root^2 with polynomials g_i that are >= 0.

    Attributes:
        root: what is squared.
        of: the numbers of the g_i among those that are >= 0 so far.
        weight: a positive rational.
    """

    root: Expression
    of: tuple[int, ...] = ()
    weight: Fraction = Fraction(1)


@dataclass(frozen=True)
class IsNonNegative:
    """A polynomial that is >= 0 where the assumptions hold; later steps may use it.

    Attributes:
        polynomial: the polynomial.
        squares: it is the sum of these,
        cofactors: and of these combinations of what is 0.
    """

    polynomial: Expression
    squares: tuple[Square, ...]
    cofactors: Cofactors = ()

    def to_json(self) -> dict[str, Any]:
        """The step in the certificate format."""
        return {
            "step": "nonnegative",
            "polynomial": self.polynomial.json,
            "squares": [
                {
                    "weight": str(square.weight),
                    "of": [str(index) for index in square.of],
                    "square": square.root.json,
                }
                for square in self.squares
            ],
            "cofactors": _cofactors(self.cofactors),
        }


def _cofactors(cofactors: Cofactors) -> list[dict[str, Any]]:
    return [{"of": str(index), "times": factor.json} for index, factor in cofactors]


Step: TypeAlias = Equal | IsZero | IsNonNegative


def identity(
    names: Sequence[Expression],
    steps: Sequence[Step],
    *,
    zero: Sequence[Expression] = (),
    nonnegative: Sequence[Expression] = (),
    lemma: str = "",
) -> Certificate:
    """The certificate of some polynomial identities.

    Args:
        names: all variables.
        steps: at least one; each may use what the steps before it have shown.
        zero: polynomials that are assumed to be 0.
        nonnegative: polynomials that are assumed to be >= 0.
        lemma: what the conclusion drawn from the steps rests on, if it says more than they do.

    Raises:
        ValueError: if there is no step.

    >>> x, y = variables("x", "y")
    >>> squares = (Square(x - y),)
    >>> identity([x, y], [IsNonNegative(x**2 + y**2 - 2 * x * y, squares)]).kind
    'identity'
    """
    if not steps:
        raise ValueError("an identity certificate states nothing; give at least one step")
    fields = {
        "variables": [name.json for name in names],
        "zero": [polynomial.json for polynomial in zero],
        "nonnegative": [polynomial.json for polynomial in nonnegative],
        "steps": [step.to_json() for step in steps],
    }
    return Certificate.of("identity", fields | ({"lemma": lemma} if lemma else {}))
