"""Whether certificates of identities and of listed sets are true, by numbers put in."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import factorial, prod
from random import Random

import numpy as np
from helpers.certificate_parts import Certificate, Json


def value(polynomial: Json, point: dict[str, Fraction]) -> Fraction:
    """The value of a polynomial at a point."""
    if isinstance(polynomial, str):
        return point[polynomial] if polynomial in point else Fraction(polynomial)
    operator, first, *others = polynomial
    if operator == "^":
        return value(first, point) ** int(others[0])
    values = [value(part, point) for part in (first, *others)]
    if operator == "*":
        return prod(values, start=Fraction(1))
    return sum(values, Fraction(0)) if operator == "+" else values[0] - values[1]


def identity_is_true(body: Certificate) -> bool:
    """Whether each step holds at random points; far more points than its degree asks for."""
    random = Random(0)
    points = [
        {name: Fraction(random.randint(-99, 99), random.randint(1, 9)) for name in _names(body)}
        for _ in range(12)
    ]
    return all(_holds(body, point) for point in points)


def _names(body: Certificate) -> list[str]:
    return body["variables"]


def _holds(body: Certificate, point: dict[str, Fraction]) -> bool:
    zero = [value(p, point) for p in body["zero"]]
    nonnegative = [value(p, point) for p in body["nonnegative"]]
    for step in body["steps"]:
        if step["step"] == "equal":
            if value(step["left"], point) != value(step["right"], point):
                return False
            continue
        total = sum(
            (value(c["times"], point) * zero[int(c["of"])] for c in step["cofactors"]), Fraction(0)
        )
        for s in step.get("squares", []):
            factors = prod((nonnegative[int(i)] for i in s["of"]), start=Fraction(s["weight"]))
            total += factors * value(s["square"], point) ** 2
        found = value(step["polynomial"], point)
        if found != total:
            return False
        (nonnegative if "squares" in step else zero).append(found)
    return True


def short_products_are_true(body: Certificate) -> bool:
    """Whether the matrices are as many, for each least number of factors."""
    matrices = [_matrix(factor) for factor in body["factors"]]
    size = len(matrices[0])
    everything = set(product(range(size), repeat=size))
    if body["set"] == "permutations":
        everything = {f for f in everything if len(set(f)) == size}
        assert len(everything) == factorial(size)
    least: dict[bytes, int] = {}
    layer = [np.eye(size)]
    for length in range(len(body["lengths"])):
        new = [m for m in layer if least.setdefault(_key(m), length) == length]
        layer = [m @ factor for m in new for factor in matrices]
    columns = {_key(np.eye(size)[:, list(f)]) for f in everything}
    counts = [list(least.values()).count(length) for length in range(len(body["lengths"]))]
    return set(least) == columns and [str(count) for count in counts] == body["lengths"]


def _key(matrix: np.ndarray) -> bytes:
    return (np.round(matrix) + 0.0).tobytes() if np.allclose(matrix, np.round(matrix)) else b""


def _matrix(factor: Json) -> np.ndarray:
    k = np.array([float(Fraction(x)) for x in factor.get("k", factor.get("v"))])
    strength = float(Fraction(factor.get("c", factor.get("beta"))))
    w, a = ([float(Fraction(x)) for x in factor.get(name, ["1"] * len(k))] for name in ("w", "a"))
    return np.diag(w) - strength * np.outer(k, k * np.array(a)) / (k @ k)


def exhaustive_copy_is_true(body: Certificate) -> bool:
    """Whether that many words are given back at most, with every decoder tried."""
    words, states = int(body["letters"]) ** int(body["length"]), int(body["states"])
    best = max(
        sum(decoder[encoder[word]] == word for word in range(words))
        for encoder in product(range(states), repeat=words)
        for decoder in product(range(words), repeat=states)
    )
    return (str(states**words), str(best)) == (body["encoders"], body["most-copied"])
