"""All that is said of a symbolic transition at once, as text, LaTeX or JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy.printing.precedence import precedence
from sympy.printing.str import StrPrinter

from monoscan.theory.symbolic.spectrum import NoClosedFormError
from monoscan.theory.symbolic.transition import SymbolicTransition

MAX_LENGTH = 1_500


class _Words(StrPrinter):  # type: ignore[misc]
    """sympy's text with `and`, `or`, `!=` and `^`."""

    def _print_And(self, expr: Any) -> str:  # noqa: N802
        return " and ".join(self.parenthesize(part, 30) for part in expr.args)

    def _print_Or(self, expr: Any) -> str:  # noqa: N802
        return " or ".join(self._print(part) for part in expr.args)

    def _print_Relational(self, expr: Any) -> str:  # noqa: N802
        sign = {"==": "="}.get(expr.rel_op, expr.rel_op)
        return f"{self._print(expr.lhs)} {sign} {self._print(expr.rhs)}"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:  # noqa: N802
        if expr.exp.is_Integer and expr.exp > 0:
            return f"{self.parenthesize(expr.base, precedence(expr))}^{expr.exp}"
        return str(super()._print_Pow(expr, rational))


def text(expression: Any) -> str:
    """An expression, a relation or a matrix on one line.

    >>> b = sympy.Symbol("b")
    >>> text(sympy.And(b**2 < 4, sympy.Ne(b, 0))), text(sympy.eye(2)), text(sympy.false)
    ('b != 0 and b^2 < 4', '[1, 0; 0, 1]', 'never')
    """
    if expression in (sympy.true, sympy.false):
        return "always" if expression else "never"
    if isinstance(expression, tuple):
        return ", ".join(map(text, expression))
    if isinstance(expression, sympy.MatrixBase):
        return f"[{'; '.join(', '.join(map(text, row)) for row in expression.tolist())}]"
    return str(_Words().doprint(expression))


def latex(expression: Any) -> str:
    r"""The same in LaTeX.

    >>> print(latex((sympy.Symbol("beta1"), sympy.true)))
    \beta_{1}, \text{always}
    """
    if expression in (sympy.true, sympy.false):
        return rf"\text{{{text(expression)}}}"
    if isinstance(expression, tuple):
        return ", ".join(map(latex, expression))
    return str(sympy.latex(expression))


def facts(matrix: SymbolicTransition) -> dict[str, Any]:
    """What a symbolic transition is asked, and the answers: expressions, or a reason in words.

    >>> from monoscan.theory.symbolic import householder
    >>> list(facts(householder()))[2:4]
    ['trace', 'determinant']
    """
    questions: dict[str, Callable[[], Any]] = {
        "A": lambda: matrix.matrix,
        "characteristic polynomial": matrix.characteristic_polynomial,
        "trace": matrix.trace,
        "determinant": matrix.determinant,
        "eigenvalues": matrix.eigenvalues,
        "an eigenvalue is not real": matrix.non_real_condition,
        "the norm is at most 1": matrix.norm_condition,
    }
    found: dict[str, Any] = {}
    for title, ask in questions.items():
        try:
            found[title] = ask()
        except NoClosedFormError as error:
            found[title] = str(error)
    return found


def lines(
    matrix: SymbolicTransition, write: Callable[[Any], str] = text, most: int = MAX_LENGTH
) -> dict[str, str]:
    """The answers of `facts` as texts; in place of one that is too long, how long it is.

    Args:
        matrix: the matrix.
        write: `text` or `latex`.
        most: characters of the longest answer that is given.

    >>> from monoscan.theory.symbolic import householder
    >>> lines(householder())["eigenvalues"]
    '1, 1 - beta'
    """
    found: dict[str, str] = {}
    for title, value in facts(matrix).items():
        written = value if isinstance(value, str) else write(value)
        found[title] = written if len(written) <= most else _too_long(len(written))
    return found


def _too_long(length: int) -> str:
    return f"{length} characters, too long to be shown; see docs/symbolic.md for Python"
