"""Eigenvalues of products of transitions, as far as possible without forming them.

Factors I + b a^T with one gate a head have a product g (I + B C A^T), where the columns of B and A
are the b and a of the factors. It has the eigenvalue g wherever the factors leave a direction
alone, and otherwise those of g (I + C A^T B), a matrix of the size of the number of factors.
"""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from monoscan.models.released.steps import EntrySteps, MatrixSteps, Steps

LONGEST: Final = 8
# How many products of each length are looked at in a piece of a text: with small matrices, and
# with matrices of K x K, whose cost grows with the third power of K.
_SMALL: Final = 64
_LARGE: Final = 8
_LARGE_WIDTH: Final = 64


def eigenvalues(steps: Steps, tokens: int) -> tuple[Tensor, Tensor]:
    """The eigenvalues of products of the transitions of consecutive tokens of one text.

    Args:
        steps: Of a text of its own, so that the batch is 1.
        tokens: How many transitions are multiplied; not more than there are.

    Returns:
        The eigenvalues of each product, complex128 [products, heads, eigenvalues] (equal ones may
        be there once), and the size of each product, float64 [products, heads], which rounding
        errors are measured by. The products are spread evenly over the text.

    >>> k = torch.tensor([1.0, 0.0]).view(1, 1, 1, 2).expand(1, 2, 1, 2)
    >>> steps = MatrixSteps(k, k, k, None, -2 * k, k)
    >>> eigenvalues(steps, 1)[0].real.sort().values[0].tolist()
    [[-1.0, 1.0]]
    >>> eigenvalues(steps, 2)[0].real.tolist()
    [[[1.0, 1.0]]]
    """
    if isinstance(steps, EntrySteps):
        entries = _windows(steps.w[0], tokens, most=_LARGE).double().prod(1).flatten(1).unsqueeze(1)
        return entries.to(torch.complex128), entries.abs().amax(-1)
    if steps.a is None:
        assert steps.w is not None  # a state that nothing changes is no layer
        entries = _windows(steps.w[0], tokens, steps.n_h).double().prod(1)
        sizes = entries.abs().amax(-1)
        if steps.turns is None:
            return entries.to(torch.complex128), sizes
        angles = _windows(steps.turns[0], tokens).double().sum(1)
        still = angles.new_zeros(*angles.shape[:2], int(2 * angles.shape[-1] < steps.k.shape[-1]))
        return torch.polar(entries, torch.cat([angles, -angles, still], -1)), sizes
    width, factors = steps.k.shape[-1], tokens * steps.n_h
    if factors < width and not steps.together and (steps.w is None or steps.w.shape[-1] == 1):
        return _of_small(steps, tokens)
    return _of_large(steps, tokens)


def _windows(x: Tensor, tokens: int, n_h: int = 1, most: int | None = None) -> Tensor:
    """Consecutive tokens as pieces, [pieces, tokens n_h, ...], spread over [T n_h, ...].

    By default all single tokens, and some longer pieces.
    """
    last = len(x) // n_h - tokens
    most = most or (last + 1 if tokens == 1 else _SMALL)
    starts = torch.linspace(0, last, min(most, last + 1), dtype=torch.float64).round().long()
    places = (starts * n_h).unsqueeze(1) + torch.arange(tokens * n_h)
    return x[places]


def _of_small(steps: MatrixSteps, tokens: int) -> tuple[Tensor, Tensor]:
    assert steps.a is not None
    assert steps.b is not None
    a, b = (_windows(x[0], tokens, steps.n_h).double() for x in (steps.a, steps.b))
    a, b = a.transpose(1, 2), b.transpose(1, 2)  # [products, heads, factors, K]
    overlaps = a @ b.mT
    factors = a.shape[-2]
    # P_j = (I + b_j a_j^T) (I + B C A^T) gives C one more row, (e_j + a_j^T B C).
    known = a.new_zeros(*a.shape[:2], factors, factors)
    for place in range(factors):
        row = (overlaps[..., place, None, :] @ known).squeeze(-2)
        row[..., place] += 1
        known = known.clone()
        known[..., place, :] = row
    small = known @ overlaps
    small = small + torch.eye(factors, dtype=small.dtype)
    values = torch.linalg.eigvals(small)
    rest = torch.ones_like(values[..., :1])  # some direction is left alone: factors < K
    found = torch.cat([values, rest], -1)
    if steps.w is None:
        return found, torch.ones(found.shape[:2], dtype=torch.float64)
    gate = _windows(steps.w[0], tokens, steps.n_h).double().prod(1)  # [products, heads, 1]
    return found * gate, gate.squeeze(-1)


def _of_large(steps: MatrixSteps, tokens: int) -> tuple[Tensor, Tensor]:
    width = steps.k.shape[-1]
    most = max(1, min(_SMALL, int(_LARGE * (_LARGE_WIDTH / width) ** 3)))
    parts = (steps.k, steps.v, steps.w, steps.a, steps.b)
    k, v, w, a, b = (None if x is None else _windows(x[0], tokens, steps.n_h, most) for x in parts)
    assert k is not None
    assert v is not None
    queries = k[:, :: steps.n_h]
    piece = MatrixSteps(k, v, queries, w, a, b, None, steps.n_h, steps.together)
    product, *others = piece.transitions().double().unbind(1)
    for step in others:
        product = step @ product
    return torch.linalg.eigvals(product), torch.linalg.matrix_norm(product)
