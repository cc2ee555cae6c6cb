"""Snaps a head with keys that are parallel or orthogonal: signs and resets along a frame."""

from __future__ import annotations

from typing import Final

import numpy as np

from monoscan.models.snap.group import Floats
from monoscan.models.snap.pieces import SnappedHead, TrainedHead, floats, rounded
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, number
from monoscan.theory.transition import Householder, HouseholderProduct

_PARALLEL: Final = 0.5**0.5


def snap_by_frame(head: TrainedHead, *, signed: bool) -> SnappedHead | str:
    """The head with beta 0, 1 or 2 and keys along an orthonormal frame.

    Args:
        head: What was trained.
        signed: Whether beta may be 2.

    Returns:
        The snapped head; or why there is none.
    """
    betas = np.clip(np.rint(head.betas), 0, 2 if signed else 1)
    axes = _axes(head, betas)
    if not len(axes):
        return "all letters stand still"
    cosines = head.keys @ axes.T
    chosen = np.abs(cosines).argmax(-1)
    signs = np.sign(np.take_along_axis(cosines, chosen[..., None], -1))
    values = rounded_floats(head.values)
    used = betas[..., None] > 0
    trained = TrainedHead(
        np.where(used, signs * axes[chosen], head.keys),
        betas,
        np.where(used, values, 0.0),
        np.ones_like(head.gates),
        head.start + axes.T @ (floats(rounded(axes @ head.start)) - axes @ head.start),
    )
    letters, inputs = [], []
    for own, beta, value, sign in zip(chosen, betas, values, signs, strict=True):
        factors = []
        written = [[ZERO] * values.shape[-1] for _ in axes]
        rows = rounded(value * sign).rows
        for axis, b, row in zip(own.tolist(), map(int, beta), rows, strict=True):
            key = tuple(ONE if k == axis else ZERO for k in range(len(axes)))
            factors.append(Householder(key, number(b)))
            written[axis] = [(1 - b) * x + b * y for x, y in zip(written[axis], row, strict=True)]
        product = HouseholderProduct(tuple(reversed(factors)))
        letters.append(product if len(factors) > 1 else factors[0])
        inputs.append(Matrix.of(written))
    kinds = sorted({int(b) for b in betas.ravel()})
    return SnappedHead(
        tuple(letters),
        tuple(inputs),
        rounded(axes @ head.start),
        trained,
        f"beta {', '.join(map(str, kinds))} along {len(axes)} orthogonal keys",
    )


def rounded_floats(values: Floats) -> Floats:
    """The nearest multiples that `rounded` takes, as floats."""
    flat = values.reshape(-1, values.shape[-1])
    return floats(rounded(flat)).reshape(values.shape)


def _axes(head: TrainedHead, betas: Floats) -> Floats:
    """An orthonormal frame [m, K] near to the keys that do something."""
    sums: list[Floats] = []
    order = np.argsort(-head.betas, axis=None, kind="stable")
    for place in order:
        letter, factor = np.unravel_index(place, betas.shape)
        if not betas[letter, factor]:
            continue
        key = head.keys[letter, factor]
        cosines = [float(key @ axis) / float(np.linalg.norm(axis)) for axis in sums]
        best = int(np.argmax(np.abs(cosines))) if sums else -1
        if sums and abs(cosines[best]) > _PARALLEL:
            sums[best] = sums[best] + np.sign(cosines[best]) * key
        elif len(sums) < len(key):
            sums.append(key)
    if not sums:
        return np.zeros((0, head.keys.shape[-1]))
    left, _, right = np.linalg.svd(np.array(sums), full_matrices=False)
    found: Floats = left @ right
    return found
