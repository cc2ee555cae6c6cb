"""By how much float32 can be off in a step of a layer, and in the scores, whatever the order.

A sum of n products in float32, added in any order, fused or not, is off by at most g(n) times the
sum of their absolute values, g(n) = n u / (1 - n u), u = 2^-24 (Higham, Accuracy and Stability of
Numerical Algorithms, section 3.1).

The compiled kernel without a diagonal reads C sub-steps at a time (`kernels/rank_one/cpu_chunks`):
from the state S before them it finds u_i = S a_i + sum over j < i of (b_j . a_i) (u_j + v_j), and
then adds all (u_j + v_j) b_j^T to S. Let S_i be S plus the first i of these, exactly, with the u_j
that were computed. Then u_i = S_(i-1) a_i + e_i, where e_i is only what this one sum loses, so

    S_i = S_(i-1) (I + a_i b_i^T) + v_i b_i^T + e_i b_i^T:

errors of earlier u_j do not spread but through the state. At the end of the C sub-steps one more
sum is rounded. The kernel with a diagonal and that of a diagonal layer are the same with C = 1.
All norms are Euclidean, over all heads together. Numbers below 2^-126 may be lost altogether.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np

from monoscan.models.errors import ConfigError
from monoscan.models.horizon.numbers import FINEST, Floats, Letters
from monoscan.models.kernels.rank_one.cpu_layout import CHUNK

_UNIT: Final = 2.0**-24
_UPWARDS: Final = 1 + 2.0**-30  # far more than float64 loses in what is computed here
_LOST: Final = 1e-30  # of all numbers below 2^-126 in a step


@final
@dataclass(frozen=True)
class Rounding:
    """What float32 can lose while no state is longer than some length.

    Attributes:
        step: the distance of a new state from A S + B.
        score: the distance of a score from what the exact read-out makes of the exact state.
    """

    step: float
    score: float


def lost(n: int) -> float:
    """The relative error of a sum of n products.

    >>> lost(1) > 2.0**-24
    True
    """
    return n * _UNIT / (1 - n * _UNIT) * _UPWARDS


def rounding_of(letters: Letters, reach: float, thin: float, *, one_by_one: bool) -> Rounding:
    """What is lost at most.

    Args:
        letters: the network.
        reach: no state after a letter, and not the initial one, is longer.
        thin: nor is the root of the sum, over the heads, of its squared spectral norms larger.
        one_by_one: whether letters are read one at a time; else words in pieces of any length.

    Raises:
        ConfigError: if so much may be lost that the bound does not hold.
    """
    _, n_h, heads, keys = letters.a.shape
    a, b = _longest(letters.a), _longest(letters.b)
    w = max(1.0, float(np.abs(letters.w).max()))
    written = _longest(_lengths(letters.b) * _lengths(letters.v))
    stretch = max(1.0, _stretch(letters)) ** n_h * _UPWARDS
    chunk = 1 if letters.is_gated else min(n_h, CHUNK) if one_by_one else CHUNK
    inside = (reach + n_h * written) * stretch  # bounds states between sub-steps as well
    term = written + 1.01 * a * b * (thin + n_h * written) * stretch  # |(u_j + v_j) b_j^T|
    sums = lost(2 * keys + 2 * chunk)
    found = sums * a * (inside + (chunk - 1) * term)  # |e_i|
    if not found <= 0.01 * a * thin + _LOST:  # so that |u_i| is below 1.01 |a_i| |S|
        raise ConfigError(
            f"one sum may lose {found:.2g} in float32, where the bound on rounding allows "
            f"{0.01 * a * thin:.2g}, so that no length can be certified; train the network for "
            "longer, or with the law"
        )
    end = lost(2 * chunk + 2) * (w * inside + chunk * term)
    # A chunk may end within a letter, if letters do not fill it.
    ends = 1 if chunk % n_h == 0 else n_h // chunk + 2
    stored = 2.0**-FINEST * keys * heads * (reach + 1)
    step = stretch * (n_h * b * found + (n_h if letters.is_gated else ends) * end)
    query = _longest(letters.query)
    read = query * (sums * (inside + chunk * term) + end)
    weight = _longest(letters.weight.reshape(len(letters.weight), -1))
    channels, bias = letters.weight[0].size, float(np.abs(letters.bias).max())
    score = weight * read + lost(channels + 2) * (weight * (query * inside + read) + bias)
    return Rounding((step + stored) * _UPWARDS + _LOST, score * _UPWARDS + _LOST)


def _lengths(x: Floats) -> Floats:
    found: Floats = np.linalg.norm(x, axis=-1)
    return found


def _longest(x: Floats) -> float:
    return float(_lengths(x).max()) * _UPWARDS


def _stretch(letters: Letters) -> float:
    """The largest spectral norm of w + b a^T."""
    identity = np.eye(letters.a.shape[-1])
    steps = letters.w[..., None, None] * identity
    steps = steps + letters.b[..., :, None] * letters.a[..., None, :]
    return float(np.linalg.norm(steps, 2, axis=(-2, -1)).max()) * _UPWARDS
