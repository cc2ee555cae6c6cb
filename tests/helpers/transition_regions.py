"""Which regions transition matrices lie in, by conditions on the matrices themselves.

For one matrix a head: [K, K] in numpy, acting on columns from the left. Twins of the model classes
that know nothing of how a layer makes its matrices.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.complex128]
_EPS = 2e-5


def is_in_region(matrix: Matrix, class_id: str) -> bool:
    """Whether a matrix lies in the region of a class, up to rounding in 32 bits."""
    if class_id in _TESTS:
        return _TESTS[class_id](matrix)
    match = re.fullmatch(r"(gated-)?householder(?:-product-(\d+))?(-nonnegative|-open)?", class_id)
    assert match, class_id
    n, nonnegative = int(match[2] or 1), match[3] == "-nonnegative"
    return _is_householder_like(matrix, n, nonnegative, gated=bool(match[1]))


def _diagonal_entries(matrix: Matrix) -> Matrix | None:
    entries = np.diagonal(matrix)
    return entries if np.abs(matrix - np.diag(entries)).max() == 0 else None


def _is_diagonal(low: float, high: float, matrix: Matrix) -> bool:
    entries = _diagonal_entries(matrix)
    return (
        entries is not None
        and not np.iscomplex(entries).any()
        and bool((entries.real >= low).all() and (entries.real <= high).all())
    )


def _is_complex_diagonal(most: float, matrix: Matrix) -> bool:
    entries = _diagonal_entries(matrix)
    return entries is not None and bool((np.abs(entries) <= most).all())


def _is_householder_like(matrix: Matrix, n: int, nonnegative: bool, *, gated: bool) -> bool:
    """Differs by rank n from a gate times the identity, and lengthens nothing.

    For n = 1 this is the region; for larger n it is necessary for it. A product of projections, or
    of matrices between one and the identity, shortens what it does not fix.
    """
    if np.iscomplex(matrix).any() or np.linalg.norm(matrix, 2) > 1 + _EPS:
        return False
    real = matrix.real
    gates = np.linalg.eigvals(real) if gated else np.array([1.0])
    gates = gates.real[(np.abs(gates.imag) < _EPS) & (gates.real > -_EPS)]
    near = [g for g in gates if _rank(real - g * np.eye(len(real))) <= n and g <= 1 + _EPS]
    if not near:
        return False
    if n > 1:
        return not nonnegative or any(_shortens_or_fixes(real, g) for g in near)
    symmetric = np.abs(real - real.T).max() < _EPS
    least = np.linalg.eigvalsh(real).min()
    return bool(symmetric and (least > -_EPS or not nonnegative) and least >= -max(near) - _EPS)


def _shortens_or_fixes(matrix: NDArray[np.float64], gate: float) -> bool:
    """Whether a vector that becomes shorter by the gate only is an eigenvector with it."""
    _, sizes, rows = np.linalg.svd(matrix)
    kept = rows[sizes > gate * (1 - 1e-9)]
    return bool(np.abs(kept @ matrix.T - gate * kept).max(initial=0) < 1e-3)


def _rank(matrix: NDArray[np.float64]) -> int:
    return int((np.linalg.svd(matrix, compute_uv=False) > 1e-3).sum())


def _is_one_hot_columns(matrix: Matrix) -> bool:
    return bool(((matrix != 0).sum(axis=0) <= 1).all() and (np.abs(matrix) <= 1 + _EPS).all())


_TESTS: dict[str, Callable[[Matrix], bool]] = {
    "diagonal-open": lambda m: _is_diagonal(1e-12, 1 - 1e-12, m),
    "diagonal-nonnegative": lambda m: _is_diagonal(0.0, 1.0, m),
    "diagonal-real": lambda m: _is_diagonal(-1.0, 1.0, m),
    "diagonal-real-open": lambda m: _is_diagonal(-1 + 1e-12, 1 - 1e-12, m),
    "diagonal-complex": lambda m: _is_complex_diagonal(1 + _EPS, m),
    "diagonal-complex-open": lambda m: _is_complex_diagonal(1 - 1e-12, m),
    "permutation-diagonal": _is_one_hot_columns,
    "dense": lambda m: m.shape[0] == m.shape[1],
}
