"""The recurrence as machine code for a processor, the state in the first-level cache.

Forward keeps the state with V contiguous, so that S a and S q need no sums across a vector. It
stores e_i = S_(i-1) a_i and the state before every segment. Backward replays a segment from its
state with the stored e, V x K now with K contiguous, and then walks it in reverse. Both work on one
flat scratch array at constant offsets: nothing can overlap, and the loops vectorise.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import pad

from monoscan.models.kernels.compiled import compile_loop, spread

Array: TypeAlias = NDArray[np.floating[Any]]

# Sizes are filled up to multiples of this: so many rows are held in registers at once.
ROWS = 4


def segment_steps(values: int, keys: int) -> int:
    """Sub-steps between stored states: the states of one segment fit into the second-level cache.

    >>> segment_steps(16, 16), segment_steps(32, 32), segment_steps(64, 64)
    (64, 64, 32)
    """
    return min(64, max(8, 2**17 // (values * keys)))


def saved_shapes(a: Tensor, v: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shapes of the erased e and of the kept states that `forward` stores for `backward`.

    >>> saved_shapes(torch.zeros(2, 100, 3, 7), torch.zeros(2, 100, 3, 5))
    ((2, 100, 3, 8), (2, 3, 2, 8, 8))
    """
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    keys, values = keys + -keys % ROWS, values + -values % ROWS
    segments = -(-steps // segment_steps(values, keys))
    return (batch, steps, heads, values), (batch, heads, segments, values, keys)


def forward(
    w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Outputs, last state, the erased e (B, T n_h, H, V) and the states (B, H, N, V, K) kept.

    Shapes as in `reference_rank_one`; all tensors float32 or all float64, on the processor.
    """
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    w, a, b, k, q = (None if x is None else _filled(x, -1) for x in (w, a, b, k, q))  # type: ignore[assignment]
    v, S0 = _filled(v, -1), _filled(_filled(S0, -1), -2)
    wide_values, wide_keys = S0.shape[-2:]
    every = segment_steps(wide_values, wide_keys)
    outputs = a.new_empty(batch, steps // n_h, heads, wide_values)
    erased, kept = (a.new_empty(shape) for shape in saved_shapes(a, v))
    final = torch.empty_like(S0)
    loop = _forward_loop(wide_keys, wide_values, w is not None)
    arrays = _arrays(a if w is None else w, a, b, v, k, q, S0, outputs, erased, kept, final)

    def run(first: int, last: int) -> None:
        scratch = _scratch(a, (wide_keys + 4) * wide_values)
        loop(*arrays, scratch, n_h, every, first, last)

    spread(run, batch * heads, 5 * batch * steps * heads * wide_values * wide_keys)
    return outputs[..., :values], final[..., :values, :keys], erased, kept


def backward(
    w: Tensor | None,
    a: Tensor,
    b: Tensor,
    v: Tensor,
    k: Tensor,
    q: Tensor,
    erased: Tensor,
    kept: Tensor,
    d_outputs: Tensor,
    d_final: Tensor,
    n_h: int,
) -> tuple[Tensor, ...]:
    """Gradients of w (empty if w is None), a, b, v, k, q and S0.

    Inputs as given to `forward`, `erased` and `kept` as it returned them; d_outputs (B, T, H, V)
    and d_final (B, H, V, K) are the gradients of its outputs and of the last state.
    """
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    w, a, b, k, q = (None if x is None else _filled(x, -1) for x in (w, a, b, k, q))  # type: ignore[assignment]
    v, d_outputs = _filled(v, -1), _filled(d_outputs, -1)
    d_state = _filled(_filled(d_final, -1), -2).clone()
    wide_values, wide_keys = d_state.shape[-2:]
    every = segment_steps(wide_values, wide_keys)
    d_w = a.new_empty(a.shape if w is not None else (1, 1, 1, 1))
    d_a, d_b, d_k, d_q = (torch.empty_like(x) for x in (a, b, k, q))
    d_v = torch.empty_like(v)
    loop = _backward_loop(wide_keys, wide_values, w is not None)
    given = _arrays(a if w is None else w, a, b, v, k, q, erased, kept, d_outputs)
    found = _arrays(d_w, d_a, d_b, d_v, d_k, d_q, d_state)

    def run(first: int, last: int) -> None:
        scratch = _scratch(a, (wide_values + 10) * wide_keys)
        path = _scratch(a, (every + 1) * wide_values * wide_keys).reshape(every + 1, -1)
        loop(*given, *found, scratch, path, n_h, every, first, last)

    spread(run, batch * heads, 12 * batch * steps * heads * wide_values * wide_keys)
    d_w = a.new_empty(batch, 0) if w is None else d_w[..., :keys]
    cut = (d[..., :keys] for d in (d_a, d_b, d_k, d_q))
    d_a, d_b, d_k, d_q = cut
    return d_w, d_a, d_b, d_v[..., :values], d_k, d_q, d_state[..., :values, :keys]


def _filled(x: Tensor, dimension: int) -> Tensor:
    """The tensor, contiguous, with zeros up to a multiple of ROWS: zeros stay zeros."""
    missing = -x.shape[dimension] % ROWS
    if missing:
        x = pad(x, (0, missing) if dimension == -1 else (0, 0, 0, missing))
    return x.contiguous()


def _arrays(*tensors: Tensor) -> list[Array]:
    return [tensor.detach().numpy() for tensor in tensors]


def _scratch(like: Tensor, size: int) -> Array:
    scratch: Array = torch.empty(size, dtype=like.dtype).numpy()
    return scratch


@cache
def _forward_loop(K: int, V: int, gated: bool) -> Callable[..., None]:
    # Offsets in the scratch: state (K, V), then e_i, v_i, e_(i+1) and o.
    erasing, adding, following, reading = (K * V + row * V for row in range(4))

    @compile_loop
    def loop(
        w: Array,
        a: Array,
        b: Array,
        v: Array,
        k: Array,
        q: Array,
        start: Array,
        outputs: Array,
        erased: Array,
        kept: Array,
        final: Array,
        x: Array,
        n_h: int,
        every: int,
        first: int,
        last: int,
    ) -> None:
        steps, heads = a.shape[1], a.shape[2]
        for pair in range(first, last):
            n, h = pair // heads, pair % heads
            for j in range(V):
                x[following + j] = 0
            for i in range(K):
                for j in range(V):
                    x[i * V + j] = start[n, h, j, i]
                    x[following + j] += x[i * V + j] * a[n, 0, h, i]
            for t in range(steps):
                if t % every == 0:
                    for i in range(K):
                        for j in range(V):
                            kept[n, h, t // every, j, i] = x[i * V + j]
                for j in range(V):
                    x[erasing + j] = x[following + j]
                    erased[n, t, h, j] = x[following + j]
                    x[adding + j] = v[n, t, h, j]
                    x[following + j] = 0
                    x[reading + j] = 0
                # e_(i+1) and o are summed up while the new state is at hand.
                columns = a[n, min(t + 1, steps - 1), h]
                queries = q[n, t // n_h, h]
                diagonal, rows, keys = w[n, t, h], b[n, t, h], k[n, t, h]
                for i in range(0, K, 4):
                    r0, r1, r2, r3 = i * V, i * V + V, i * V + 2 * V, i * V + 3 * V
                    w0, w1, w2, w3 = diagonal[i], diagonal[i + 1], diagonal[i + 2], diagonal[i + 3]
                    b0, b1, b2, b3 = rows[i], rows[i + 1], rows[i + 2], rows[i + 3]
                    k0, k1, k2, k3 = keys[i], keys[i + 1], keys[i + 2], keys[i + 3]
                    a0, a1, a2, a3 = columns[i], columns[i + 1], columns[i + 2], columns[i + 3]
                    q0, q1, q2, q3 = queries[i], queries[i + 1], queries[i + 2], queries[i + 3]
                    for j in range(V):
                        e, y = x[erasing + j], x[adding + j]
                        s0, s1, s2, s3 = x[r0 + j], x[r1 + j], x[r2 + j], x[r3 + j]
                        if gated:
                            s0, s1, s2, s3 = s0 * w0, s1 * w1, s2 * w2, s3 * w3
                        s0 += e * b0 + y * k0
                        s1 += e * b1 + y * k1
                        s2 += e * b2 + y * k2
                        s3 += e * b3 + y * k3
                        x[r0 + j], x[r1 + j], x[r2 + j], x[r3 + j] = s0, s1, s2, s3
                        x[following + j] += (s0 * a0 + s1 * a1) + (s2 * a2 + s3 * a3)
                        x[reading + j] += (s0 * q0 + s1 * q1) + (s2 * q2 + s3 * q3)
                if t % n_h == n_h - 1:
                    for j in range(V):
                        outputs[n, t // n_h, h, j] = x[reading + j]
            for i in range(K):
                for j in range(V):
                    final[n, h, j, i] = x[i * V + j]

    return loop


@cache
def _backward_loop(K: int, V: int, gated: bool) -> Callable[..., None]:
    # Offsets in the scratch: gradient of the state (V, K), then the vectors of one sub-step and
    # their gradients. The states of a segment, one a row, are an array of their own.
    ow, oa, ob, ok, oq, dw, da, db, dk, dq = (V * K + row * K for row in range(10))

    @compile_loop
    def loop(
        w: Array,
        a: Array,
        b: Array,
        v: Array,
        k: Array,
        q: Array,
        erased: Array,
        kept: Array,
        d_outputs: Array,
        d_w: Array,
        d_a: Array,
        d_b: Array,
        d_v: Array,
        d_k: Array,
        d_q: Array,
        d_state: Array,
        x: Array,
        path: Array,
        n_h: int,
        every: int,
        first: int,
        last: int,
    ) -> None:
        steps, heads = a.shape[1], a.shape[2]
        for pair in range(first, last):
            n, h = pair // heads, pair % heads
            for r in range(V):
                for i in range(K):
                    x[r * K + i] = d_state[n, h, r, i]
            for segment in range((steps - 1) // every, -1, -1):
                begin, end = segment * every, min(steps, segment * every + every)
                for r in range(V):
                    for i in range(K):
                        path[0, r * K + i] = kept[n, h, segment, r, i]
                for t in range(begin, end):
                    for i in range(K):
                        x[ow + i], x[ob + i], x[ok + i] = (
                            w[n, t, h, i],
                            b[n, t, h, i],
                            k[n, t, h, i],
                        )
                    old, new = path[t - begin], path[t - begin + 1]
                    for r in range(V):
                        e, y = erased[n, t, h, r], v[n, t, h, r]
                        for i in range(K):
                            s = old[r * K + i]
                            if gated:
                                s *= x[ow + i]
                            new[r * K + i] = s + e * x[ob + i] + y * x[ok + i]
                for t in range(end - 1, begin - 1, -1):
                    before, after = path[t - begin], path[t - begin + 1]
                    token = t // n_h
                    for i in range(K):
                        x[ow + i], x[oa + i] = w[n, t, h, i], a[n, t, h, i]
                        x[ob + i], x[ok + i] = b[n, t, h, i], k[n, t, h, i]
                        x[oq + i] = q[n, token, h, i]
                        x[dw + i] = x[da + i] = x[db + i] = x[dk + i] = x[dq + i] = 0
                    if t % n_h == n_h - 1:
                        for r in range(V):
                            g = d_outputs[n, token, h, r]
                            for i in range(K):
                                x[dq + i] += g * after[r * K + i]
                                x[r * K + i] += g * x[oq + i]
                        for i in range(K):
                            d_q[n, token, h, i] = x[dq + i]
                    for r in range(0, V, 4):
                        g0, g1, g2, g3 = r * K, r * K + K, r * K + 2 * K, r * K + 3 * K
                        e0, e1 = erased[n, t, h, r], erased[n, t, h, r + 1]
                        e2, e3 = erased[n, t, h, r + 2], erased[n, t, h, r + 3]
                        y0, y1 = v[n, t, h, r], v[n, t, h, r + 1]
                        y2, y3 = v[n, t, h, r + 2], v[n, t, h, r + 3]
                        # Gradients of e and v, four rows at a time.
                        u0 = u1 = u2 = u3 = z0 = z1 = z2 = z3 = x[g0] * 0
                        for i in range(K):
                            s0, s1, s2, s3 = x[g0 + i], x[g1 + i], x[g2 + i], x[g3 + i]
                            row, key = x[ob + i], x[ok + i]
                            u0, u1, u2, u3 = (
                                u0 + s0 * row,
                                u1 + s1 * row,
                                u2 + s2 * row,
                                u3 + s3 * row,
                            )
                            z0, z1, z2, z3 = (
                                z0 + s0 * key,
                                z1 + s1 * key,
                                z2 + s2 * key,
                                z3 + s3 * key,
                            )
                            x[dk + i] += (s0 * y0 + s1 * y1) + (s2 * y2 + s3 * y3)
                            x[db + i] += (s0 * e0 + s1 * e1) + (s2 * e2 + s3 * e3)
                        d_v[n, t, h, r], d_v[n, t, h, r + 1] = z0, z1
                        d_v[n, t, h, r + 2], d_v[n, t, h, r + 3] = z2, z3
                        for i in range(K):
                            s0, s1, s2, s3 = x[g0 + i], x[g1 + i], x[g2 + i], x[g3 + i]
                            c0, c1 = before[g0 + i], before[g1 + i]
                            c2, c3 = before[g2 + i], before[g3 + i]
                            x[da + i] += (c0 * u0 + c1 * u1) + (c2 * u2 + c3 * u3)
                            if gated:
                                x[dw + i] += (c0 * s0 + c1 * s1) + (c2 * s2 + c3 * s3)
                                gate = x[ow + i]
                                s0, s1, s2, s3 = s0 * gate, s1 * gate, s2 * gate, s3 * gate
                            column = x[oa + i]
                            x[g0 + i], x[g1 + i] = s0 + u0 * column, s1 + u1 * column
                            x[g2 + i], x[g3 + i] = s2 + u2 * column, s3 + u3 * column
                    for i in range(K):
                        d_a[n, t, h, i], d_b[n, t, h, i] = x[da + i], x[db + i]
                        d_k[n, t, h, i] = x[dk + i]
                    if gated:
                        for i in range(K):
                            d_w[n, t, h, i] = x[dw + i]
            for r in range(V):
                for i in range(K):
                    d_state[n, h, r, i] = x[r * K + i]

    return loop
