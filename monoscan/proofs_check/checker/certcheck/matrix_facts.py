"""Kind matrix-fact: facts about one exact matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from .fields import RATIONALS
from .kinds import HEAD
from .limits import MAX_FACTS, MAX_SIDE, WORK, require, size_of
from .matrices import (
    Matrix,
    charge_elimination,
    combine,
    diagonal,
    identity,
    lift,
    multiply,
    read_column,
    read_matrix,
    read_number,
    reduced,
    to_matrix,
    transpose,
)
from .networks import read_field
from .reading import Node
from .regions import PROPERTIES, is_contraction
from .spectra import hermite_forms, spectrum
from .transitions import RANK_ONE, Transition, read_transition


def check_matrix_fact(node: Node) -> str:
    """Each listed fact is true of one square matrix."""
    optional = [key for key in ("field",) if node.has(key)]
    matrix_node, facts_node = node.members("matrix", "facts", *HEAD, *optional)[:2]
    field = read_field(node.get("field")) if optional else RATIONALS
    rows = read_matrix(matrix_node, None, field)
    if len(rows.rows) != len(rows.rows[0]) * field.degree:
        matrix_node.fail("expected a square matrix")
    a = Transition("dense", field, lift(field, rows), ())
    for holds in [read_fact(item, a) for item in facts_node.items(1, MAX_FACTS)]:
        holds()
    return ""


def read_fact(node: Node, a: Transition) -> Callable[[], None]:
    """One fact, read to its end; calling the result compares it with the matrix."""
    name = node.get("fact").choice(MATRIX_FACTS)
    fact = MATRIX_FACTS[name]
    if a.field.degree > 1 and not fact.over_fields:
        node.fail(f"{name} is a fact about matrices without a field")
    members = zip(fact.keys, node.members(*fact.keys, "fact"), strict=False)
    arguments = [FACT_MEMBERS[key](member, a) for key, member in members]
    return lambda: require(fact.test(a, *arguments), f"{node.path}: {name} does not hold")


def read_factors(node: Node, a: Transition) -> list[Transition]:
    """The factors of a product, none for the identity."""
    kinds, n = ("diagonal", "dense", *RANK_ONE), len(a.rows_and_columns())
    return [read_transition(item, kinds, n, a.field) for item in node.items(0, 4 * MAX_SIDE)]


def is_product(a: Transition, factors: list[Transition], among: str) -> bool:
    """F1 F2 ... Fm = a, with every b of the factors in the named range."""
    product = identity(len(a.matrix.rows))
    for factor in factors:
        product = multiply(product, factor.matrix)
    return product == a.matrix and (among == "any" or all(map(PROPERTIES[among], factors)))


def has_gap_rank(a: Transition, rank: int) -> bool:
    """Whether rank(I - a) is this number; lifting multiplies ranks by the degree."""
    gap = combine(identity(len(a.matrix.rows)), a.matrix, -1)
    return matrix_rank(gap) == rank * a.field.degree


def is_orthogonal(a: Transition) -> bool:
    """Whether all entries are real and a^T a = I."""
    n, f = a.rows_and_columns(), a.field.degree
    WORK.spend(500 * len(a.matrix.rows) ** 2)
    if not all(a.field.is_real(a.entry(i, j)) for i in n for j in n):
        return False
    blocks = [[row[j * f : j * f + f] for j in n] for row in a.matrix.rows]
    flipped = ([x for i in n for x in blocks[i * f + r][j]] for j in n for r in range(f))
    return multiply(reduced(flipped, a.matrix.den), a.matrix) == identity(len(a.matrix.rows))


def matrix_rank(a: Matrix) -> int:
    """The rank, by elimination without fractions (Bareiss)."""
    rows, last, found = [list(row) for row in a.rows], 1, 0
    while rows and rows[0]:
        WORK.spend(len(rows) * (500 + 20 * len(rows[0])))
        head = next((row for row in rows if row[0]), None)
        if head is None:
            rows = [row[1:] for row in rows]
            continue
        rows.remove(head)
        charge_elimination([head, *rows])
        rows = [
            [(head[0] * x - row[0] * y) // last for x, y in zip(row[1:], head[1:], strict=True)]
            for row in rows
        ]
        last, found = head[0], found + 1
    return found


def grows(a: Transition, x: Matrix) -> bool:
    """Whether a makes the vector x longer."""
    image = multiply(a.matrix, x)
    before, after = multiply(transpose(x), x), multiply(transpose(image), image)
    return combine(after, before, -1).rows[0][0] > 0


def is_eigenvector(a: Transition, value: Matrix, x: Matrix) -> bool:
    """Whether a x = value x, with x != 0."""
    scaled = multiply(lift(a.field, x), value)
    return any(entry for (entry,) in x.rows) and multiply(a.matrix, x) == scaled


def is_still_on_circle(a: Matrix) -> bool:
    """Whether the norm is at most 1, and 1 is the only eigenvalue of modulus 1 (if any is).

    Let D = I - a^T a. The x whose length no power of a changes are those with D a^k x = 0 for
    0 <= k < n. There a is orthogonal; it is I there exactly if these equations imply a x = x.
    """
    n = len(a.rows)
    if not is_contraction(a):
        return False
    rows = list(combine(identity(n), multiply(transpose(a), a), -1).rows)
    power = identity(n)
    gap = reduced(rows, 1)
    for _ in range(n - 1):
        power = multiply(power, reduced(a.rows, 1))
        rows.extend(multiply(gap, power).rows)
    further = [*rows, *combine(a, identity(n), -1).rows]
    return matrix_rank(reduced(rows, 1)) == matrix_rank(reduced(further, 1))


def characteristic_polynomial(a: Matrix) -> list[int]:
    """The coefficients of det(x I - a), highest first, for a matrix of integers."""
    n = len(a.rows)
    coefficients, power = [1], reduced([[0] * n] * n, 1)
    for k in range(1, n + 1):
        WORK.multiply(n, size_of([coefficients[-1]]), 1)
        power = multiply(a, combine(power, identity(n), coefficients[-1]))
        coefficients.append(-sum(power.rows[i][i] for i in range(n)) // k)
    return coefficients


def signature(a: Matrix) -> int:
    """Positive minus negative eigenvalues of a symmetric matrix of integers.

    All roots are real, so that Descartes' rule of signs counts the positive ones exactly.
    """
    coefficients = characteristic_polynomial(a)
    mirrored = [-c if i % 2 else c for i, c in enumerate(coefficients)]
    return sign_changes(coefficients) - sign_changes(mirrored)


def sign_changes(numbers: Iterable[int]) -> int:
    """How often the sign changes, zeros left out."""
    signs = [number > 0 for number in numbers if number]
    return sum(x != y for x, y in pairwise(signs))


def eigenvalues_above(a: Matrix, bound: Fraction) -> int:
    """The number of different real eigenvalues above a bound.

    For b = a - bound I, the form of section 4 has the signature r, the number of different real
    eigenvalues, and the form of x q(x)^2 the number of positive minus that of negative ones.
    """
    n = len(a.rows)
    b = reduced(combine(a, diagonal([bound] * n), -1).rows, 1)
    form, times_x = hermite_forms(b)
    zero = characteristic_polynomial(b)[-1] == 0
    return (signature(form) + signature(times_x) - zero) // 2


def has_real_eigenvalues(a: Transition, above: Fraction, most: Fraction, count: int) -> bool:
    """Whether so many different real eigenvalues are > above and <= most."""
    return eigenvalues_above(a.matrix, above) - eigenvalues_above(a.matrix, most) == count


class MatrixFact(NamedTuple):
    """What a fact names beside the matrix, and the test; most are about rational matrices only."""

    keys: tuple[str, ...]
    test: Callable[..., bool]
    over_fields: bool = False


SPECTRA = ("spectrum-real", "spectrum-nonnegative", "spectrum-in-0-1")
FACT_MEMBERS: dict[str, Callable[[Node, Transition], object]] = {
    "factors": read_factors,
    "range": lambda node, a: node.choice(("any", "factors-in-0-1", "factors-in-0-2")),
    "rank": lambda node, a: node.integer(),
    "vector": lambda node, a: read_column(node, a.field, len(a.rows_and_columns())),
    "value": lambda node, a: to_matrix([[c] for c in read_number(node, a.field)]),
    "property": lambda node, a: SPECTRA.index(node.choice(SPECTRA)),
    "above": lambda node, a: node.rational(),
    "most": lambda node, a: node.rational(),
    "count": lambda node, a: node.integer(),
}
MATRIX_FACTS = {
    "product": MatrixFact(("factors", "range"), is_product, over_fields=True),
    "rank-of-gap": MatrixFact(("rank",), has_gap_rank, over_fields=True),
    "orthogonal": MatrixFact((), is_orthogonal, over_fields=True),
    "eigenvector": MatrixFact(("value", "vector"), is_eigenvector, over_fields=True),
    "norm-at-most-one": MatrixFact((), lambda a: is_contraction(a.matrix)),
    "norm-above-one": MatrixFact(("vector",), grows),
    "real-eigenvalues": MatrixFact(("above", "most", "count"), has_real_eigenvalues),
    "spectrum": MatrixFact(("property",), lambda a, which: spectrum(a.matrix)[which]),
    "not-spectrum": MatrixFact(("property",), lambda a, which: not spectrum(a.matrix)[which]),
    "only-one-on-unit-circle": MatrixFact((), lambda a: is_still_on_circle(a.matrix)),
}
