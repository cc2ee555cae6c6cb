"""Whether facts about a matrix are true, in floating-point numbers: far from the checker's way.

The numbers of the samples and their changes are small, so that a tolerance decides rightly.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from helpers.certificate_parts import Certificate, Json

NEAR = 1e-9


def _number(value: Json, zeta: complex) -> complex:
    parts = value if isinstance(value, list) else [value]
    quotients = [part.split("/") for part in parts]
    return sum(
        (int(q[0]) / int(q[1] if len(q) > 1 else 1) * zeta**k for k, q in enumerate(quotients)), 0j
    )


def matrix_facts_are_true(body: Certificate) -> bool:
    """Whether each fact of the certificate holds."""
    zeta = np.exp(2j * np.pi / int(body.get("field", "1")))
    return all(
        _TESTS[fact["fact"]](_matrix(body["matrix"], zeta), fact, zeta) for fact in body["facts"]
    )


def _matrix(rows: Json, zeta: complex) -> np.ndarray:
    return np.array([[_number(entry, zeta) for entry in row] for row in rows])


def _vector(entries: Json, zeta: complex) -> np.ndarray:
    return np.array([_number(entry, zeta) for entry in entries])


def _factor(item: Json, zeta: complex) -> np.ndarray:
    vectors = {
        key: _vector(value, zeta)
        for key, value in item.items()
        if isinstance(value, list) and key in ("v", "k", "w", "a", "entries")
    }
    if item["kind"] == "dense":
        return _matrix(item["rows"], zeta)
    if item["kind"] == "diagonal":
        return np.diag(vectors["entries"])
    direction = vectors["k"] if "k" in vectors else vectors["v"]
    outer = np.outer(direction, direction)
    if item["kind"] == "delta":
        return np.eye(len(direction)) - _number(item["beta"], zeta) * outer
    outer = outer / (direction @ direction)
    if item["kind"] == "diagonal-plus-rank-one":
        return np.diag(vectors["w"]) - _number(item["c"], zeta) * outer * vectors["a"]
    result = np.eye(len(direction)) - _number(item["beta"], zeta) * outer
    return result @ np.diag(vectors["entries"]) if "entries" in vectors else result


def _is_product(a: np.ndarray, fact: Json, zeta: complex) -> bool:
    product = np.eye(len(a))
    for item in fact["factors"]:
        product = product @ _factor(item, zeta)
        if fact["range"] != "any":
            assert item["kind"] in ("householder", "delta")
            scale = 1.0
            if item["kind"] == "delta":
                scale = _vector(item["k"], zeta) @ _vector(item["k"], zeta)
            size = _number(item["beta"], zeta) * scale
            assert -NEAR < size.real < int(fact["range"][-1]) + NEAR
    return bool(np.allclose(product, a))


def _above(a: np.ndarray, bound: float) -> int:
    """How many different real eigenvalues are above a bound."""
    real = sorted(
        x.real for x in np.linalg.eigvals(a) if abs(x.imag) < NEAR and x.real > bound + NEAR
    )
    return sum(i == 0 or x - real[i - 1] > NEAR for i, x in enumerate(real))


def _count(a: np.ndarray, fact: Json, zeta: complex) -> bool:
    above, most = (_number(fact[key], zeta).real for key in ("above", "most"))
    return _above(a, above) - _above(a, most) == int(fact["count"])


def _spectrum(a: np.ndarray, fact: Json) -> bool:
    values = np.linalg.eigvals(a)
    tests = {
        "spectrum-real": abs(values.imag).max() < NEAR,
        "spectrum-nonnegative": abs(values.imag).max() < NEAR and values.real.min() > -NEAR,
        "spectrum-in-0-1": abs(values.imag).max() < NEAR
        and values.real.min() > -NEAR
        and values.real.max() < 1 + NEAR,
    }
    return bool(tests[fact["property"]])


def _contracts(a: np.ndarray) -> bool:
    return bool(np.linalg.norm(a, 2) < 1 + NEAR)


def _eigen(a: np.ndarray, fact: Json, zeta: complex) -> bool:
    x = _vector(fact["vector"], zeta)
    return bool(abs(x).max() > NEAR and np.allclose(a @ x, _number(fact["value"], zeta) * x))


def _grows(a: np.ndarray, fact: Json, zeta: complex) -> bool:
    x = _vector(fact["vector"], zeta)
    return bool(np.linalg.norm(a @ x) > np.linalg.norm(x) + NEAR)


def _settles(a: np.ndarray) -> bool:
    return all(abs(x) < 1 - NEAR or abs(x - 1) < 1e-6 for x in np.linalg.eigvals(a))


_TESTS: dict[str, Callable[[np.ndarray, Json, complex], bool]] = {
    "product": _is_product,
    "rank-of-gap": lambda a, fact, zeta: bool(
        np.linalg.matrix_rank(np.eye(len(a)) - a, tol=NEAR) == int(fact["rank"])
    ),
    "orthogonal": lambda a, fact, zeta: bool(
        abs(a.imag).max() < NEAR and np.allclose(a.T @ a, np.eye(len(a)))
    ),
    "eigenvector": _eigen,
    "norm-at-most-one": lambda a, fact, zeta: _contracts(a),
    "norm-above-one": _grows,
    "real-eigenvalues": _count,
    "spectrum": lambda a, fact, zeta: _spectrum(a, fact),
    "not-spectrum": lambda a, fact, zeta: not _spectrum(a, fact),
    "only-one-on-unit-circle": lambda a, fact, zeta: _contracts(a) and _settles(a),
}
