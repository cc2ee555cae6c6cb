"""Kind identity: polynomial identities and what follows from them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from .kinds import HEAD
from .limits import (
    ENTRY,
    MAX_BYTES,
    MAX_EXPONENT,
    MAX_SIDE,
    MAX_TERMS,
    WORK,
    Malformed,
    charge,
    digits_of,
    require,
    shown,
)
from .reading import Node

# Polynomials over Q in named variables: the exponents of the variables -> coefficient, none 0.
Polynomial = dict[tuple[int, ...], Fraction]
NAME = re.compile(r"[a-z][a-z0-9_]*")
OPERATORS = {"+": MAX_BYTES, "*": MAX_BYTES, "-": 3, "^": 3}  # entries of a list at most


def plus(p: Polynomial, q: Polynomial, factor: Fraction) -> Polynomial:
    """The polynomial p + factor q."""
    WORK.spend((len(p) + len(q)) * 500)
    result = dict(p)
    for powers, c in q.items():
        charge(factor, c)
        add_term(result, powers, factor * c)
    return collected(result)


def add_term(p: Polynomial, powers: tuple[int, ...], c: Fraction) -> None:
    """Add c times a product of variables to p, in place."""
    WORK.spend(3_000 + 500 * len(powers))
    WORK.keep(8 + len(powers), 0)
    WORK.keep(2, digits_of(c))
    if powers in p:
        charge(p[powers], c)
        p[powers] += c
    else:
        p[powers] = c


def collected(p: Polynomial) -> Polynomial:
    """The polynomial without zero coefficients; too many terms are `malformed`."""
    if len(p) > MAX_TERMS:
        raise Malformed(f"over limit: a polynomial of more than {MAX_TERMS} terms")
    return {powers: c for powers, c in p.items() if c}


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """The polynomial p q."""
    if len(p) > len(q):
        p, q = q, p
    result: Polynomial = {}
    for first, c in p.items():
        for second, d in q.items():
            charge(c, d)
            add_term(result, tuple(map(sum, zip(first, second, strict=True))), c * d)
        WORK.spend(500 * len(result))
        result = collected(result)
    return result


def read_polynomial(node: Node, variables: Sequence[str]) -> Polynomial:
    """A rational, a variable, or a list: +, *, - or ^ and what it is applied to."""
    none = (0,) * len(variables)
    WORK.spend(ENTRY + 300 * len(variables))
    if isinstance(node.value, list):
        operator = node.items(3)[0].choice(OPERATORS)
        _, left, *others = node.items(3, OPERATORS[operator])
        result = read_polynomial(left, variables)
        if operator == "^":
            return to_power(result, others[0], {none: Fraction(1)})
        for item in others:
            other = read_polynomial(item, variables)
            sign = Fraction(-1 if operator == "-" else 1)
            result = times(result, other) if operator == "*" else plus(result, other, sign)
        return result
    if node.string() in variables:
        return {tuple(int(name == node.value) for name in variables): Fraction(1)}
    if NAME.fullmatch(node.string()):
        node.fail(f"{shown(node.value)} is not one of the variables")
    value = node.rational()
    return {none: value} if value else {}


def to_power(p: Polynomial, exponent_node: Node, one: Polynomial) -> Polynomial:
    """The polynomial p to a power."""
    exponent = exponent_node.integer()
    if not 0 <= exponent <= MAX_EXPONENT:
        exponent_node.fail(f"expected an exponent from 0 to {MAX_EXPONENT}")
    for _ in range(exponent):
        one = times(one, p)
    return one


def check_identity(node: Node) -> str:
    """Each step is a polynomial identity, or follows from one and from what is assumed."""
    optional = [key for key in ("lemma",) if node.has(key)]
    keys = ("variables", "zero", "nonnegative", "steps")
    names_node, zero, nonnegative, steps = node.members(*keys, *HEAD, *optional)[:4]
    names = [item.string() for item in names_node.items(0, MAX_SIDE)]
    if len(set(names)) < len(names) or not all(map(NAME.fullmatch, names)):
        names_node.fail("expected different names such as 'v1'")
    known = Known(
        names,
        [read_polynomial(item, names) for item in zero.items()],
        [read_polynomial(item, names) for item in nonnegative.items()],
    )
    lemma = node.get("lemma").string() if optional else ""
    if optional and not lemma:
        node.get("lemma").fail("expected the name of a lemma")
    for item in steps.items(1):
        STEPS[item.get("step").choice(STEPS)](item, known)
    return f"the lemma {lemma!r} is not proved here" if lemma else ""


class Known(NamedTuple):
    """The polynomials that are 0, and those that are >= 0; steps append what they have shown."""

    variables: list[str]
    zero: list[Polynomial]
    nonnegative: list[Polynomial]

    def combination(self, node: Node) -> Polynomial:
        """The sum of cofactors, each times a polynomial that is 0."""
        total: Polynomial = {}
        for item in node.items():
            which, cofactor = item.members("of", "times")
            index = which.integer()
            if not 0 <= index < len(self.zero):
                which.fail(f"no such polynomial among the {len(self.zero)} that are 0 so far")
            part = times(read_polynomial(cofactor, self.variables), self.zero[index])
            total = plus(total, part, Fraction(1))
        return total

    def weighted_squares(self, node: Node) -> Polynomial:
        """The sum of positive weights, each times polynomials >= 0 times the square of another."""
        total: Polynomial = {}
        for item in node.items():
            weight_node, which, root = item.members("weight", "of", "square")
            weight = weight_node.rational()
            if weight <= 0:
                weight_node.fail("expected a positive weight")
            part = read_polynomial(root, self.variables)
            part = times(part, part)
            for index_node in which.items():
                index = index_node.integer()
                if not 0 <= index < len(self.nonnegative):
                    index_node.fail("no such polynomial among those that are >= 0 so far")
                part = times(part, self.nonnegative[index])
            total = plus(total, part, weight)
        return total


def check_equal(node: Node, known: Known) -> None:
    """Two expressions of one polynomial."""
    left, right, _ = node.members("left", "right", "step")
    p = read_polynomial(left, known.variables)
    q = read_polynomial(right, known.variables)
    require(p == q, f"{node.path}: the two polynomials differ")


def check_zero(node: Node, known: Known) -> None:
    """A polynomial that is 0 where the assumed ones are: a combination of them."""
    polynomial, cofactors, _ = node.members("polynomial", "cofactors", "step")
    p = read_polynomial(polynomial, known.variables)
    require(p == known.combination(cofactors), f"{node.path}: is not this combination")
    known.zero.append(p)


def check_nonnegative(node: Node, known: Known) -> None:
    """A polynomial that is >= 0 where the assumed ones are: squares, plus a combination."""
    polynomial, squares, cofactors, _ = node.members("polynomial", "squares", "cofactors", "step")
    p = read_polynomial(polynomial, known.variables)
    q = plus(known.weighted_squares(squares), known.combination(cofactors), Fraction(1))
    require(p == q, f"{node.path}: is not this sum")
    known.nonnegative.append(p)


STEPS = {"equal": check_equal, "zero": check_zero, "nonnegative": check_nonnegative}
