"""The recurrence with a diagonal as machine code, sub-step by sub-step.

Forward keeps the state with V contiguous, so that S a and S q need no sums across a vector. It
works on one flat scratch array at constant offsets: nothing can overlap, and the loops vectorise.
Backward replays a segment from its state with the stored e, and then walks it in reverse. What a
sub-step and the token before it need of one matrix are two rows of one product; the gradient of the
state is transposed at each sub-step, so that no product needs sums across a vector.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import torch
from torch import Tensor

from monoscan.models.kernels import vectors
from monoscan.models.kernels.compiled import compile_loop, spread
from monoscan.models.kernels.rank_one.cpu_layout import (
    Array,
    arrays,
    filled,
    places,
    saved_shapes,
    scratch,
    segment_steps,
)
from monoscan.models.kernels.vectors import (
    advance,
    column_products,
    copy_rows,
    product,
    transpose,
)


def forward(
    w: Tensor, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Outputs, last state, the erased e and the kept states, as `cpu.forward` with a diagonal."""
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    w, a, b, v, k, q = (filled(x) for x in (w, a, b, v, k, q))
    S0 = filled(S0, state=True)
    V, K = S0.shape[-2:]
    every = segment_steps(V, K)
    outputs = a.new_empty(batch, steps // n_h, heads, V)
    erased, kept = (a.new_empty(shape) for shape in saved_shapes(a, v))
    final = torch.empty_like(S0)
    loop = forward_loop(K, V)
    given = arrays([w, a, b, v, k, q, S0, outputs, erased, kept, final])

    def run(first: int, last: int) -> None:
        loop(*given, scratch(a, (K + 4) * V), n_h, every, first, last)

    spread(run, batch * heads, 5 * batch * steps * heads * V * K)
    return outputs[..., :values], final[..., :values, :keys], erased, kept


def backward(
    w: Tensor,
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
    """Gradients of w, a, b, v, k, q and S0, as `cpu.backward` with a diagonal."""
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    w, a, b, v, k, q, d_outputs = (filled(x) for x in (w, a, b, v, k, q, d_outputs))
    d_state = filled(d_final, state=True).clone()
    V, K = d_state.shape[-2:]
    every = segment_steps(V, K)
    d_w, d_a, d_b, d_v, d_k, d_q = (torch.empty_like(x) for x in (w, a, b, v, k, q))
    loop, size = backward_loop(K, V)
    given = arrays([w, a, b, v, k, q, erased, kept, d_outputs], flat=True)
    found = arrays([d_w, d_a, d_b, d_v, d_k, d_q, d_state], flat=True)

    def run(first: int, last: int) -> None:
        path = scratch(a, (every + 1) * V * K)
        loop(*given, *found, scratch(a, size), path, steps, heads, n_h, every, first, last)

    spread(run, batch * heads, 12 * batch * steps * heads * V * K)
    d_w, d_a, d_b, d_k, d_q = (d[..., :keys] for d in (d_w, d_a, d_b, d_k, d_q))
    return d_w, d_a, d_b, d_v[..., :values], d_k, d_q, d_state[..., :values, :keys]


@cache
def forward_loop(K: int, V: int) -> Callable[..., None]:
    """The loop over sub-steps for sizes that are multiples of 4.

    It takes w, a, b, v, k, q, start, outputs, erased, kept, final, a scratch array of (K + 4) V
    numbers, n_h, the sub-steps between kept states, and the first and last of the (sequence, head)
    pairs to work on.
    """
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
def backward_loop(K: int, V: int) -> tuple[Callable[..., None], int]:
    """The loop from the last sub-step to the first, and the size of the scratch array it takes.

    It takes flat arrays w, a, b, v, k, q, erased, kept, d_outputs, d_w, d_a, d_b, d_v, d_k, d_q,
    d_state (at first the gradient of the last state, in the end of the first), the scratch array
    and one for the states of a segment, then steps, heads, n_h, the sub-steps between kept states,
    and the first and last of the (sequence, head) pairs to work on.
    """
    sizes = {"G": V * K, "G^T": K * V, "w": K, "b, k": 2 * K, "e, v": 2 * V, "a, q": 2 * K}
    sizes |= {"db, dk": 2 * K, "de, dv": 2 * V, "de, do": 2 * V, "da, dq": 2 * K, "dw": K}
    (G, Gt, W, B, E, A, dB, dE, X, dA, dW), size = places(sizes)
    version = vectors.VERSION

    @compile_loop
    def loop(
        w: Array, a: Array, b: Array, v: Array, k: Array, q: Array, erased: Array, kept: Array,
        d_outputs: Array, d_w: Array, d_a: Array, d_b: Array, d_v: Array, d_k: Array, d_q: Array,
        d_state: Array, x: Array, path: Array,
        steps: int, heads: int, n_h: int, every: int, first: int, last: int,
    ) -> None:  # fmt: skip
        assert version
        segments, tokens = -(-steps // every), steps // n_h
        for pair in range(first, last):
            n, h = pair // heads, pair % heads
            # With the gradient of the last state goes what the last token reads of it.
            read = (n * tokens + tokens - 1) * heads + h
            copy_rows(x, A, K, q, read * K, K, 1, 2, K)
            copy_rows(x, X, V, d_outputs, read * V, V, 1, 2, V)
            for i in range(K):
                x[W + i] = 1
            advance(x, G, d_state, pair * V * K, x, W, x, X, x, A, V, K)
            for segment in range(segments - 1, -1, -1):
                begin, end = segment * every, min(steps, segment * every + every)
                copy_rows(path, 0, K, kept, (pair * segments + segment) * V * K, K, V, V, K)
                for t in range(begin, end):
                    row, S = (n * steps + t) * heads + h, (t - begin) * V * K
                    copy_rows(x, B, K, b, row * K, K, 1, 1, K)
                    copy_rows(x, B + K, K, k, row * K, K, 1, 1, K)
                    copy_rows(x, E, V, erased, row * V, V, 1, 1, V)
                    copy_rows(x, E + V, V, v, row * V, V, 1, 1, V)
                    advance(path, S + V * K, path, S, w, row * K, x, E, x, B, V, K)
                if end == steps:
                    # q of the last token sees the state after it.
                    copy_rows(x, X, V, d_outputs, read * V, V, 1, 2, V)
                    product(x, dA, K, x, X, V, 1, path, (end - begin) * V * K, K, V, 2, K, False)
                    copy_rows(d_q, read * K, K, x, dA, K, 1, 1, K)
                for t in range(end - 1, begin - 1, -1):
                    row, S = (n * steps + t) * heads + h, (t - begin) * V * K
                    copy_rows(x, B, K, b, row * K, K, 1, 1, K)
                    copy_rows(x, B + K, K, k, row * K, K, 1, 1, K)
                    copy_rows(x, E, V, erased, row * V, V, 1, 1, V)
                    copy_rows(x, E + V, V, v, row * V, V, 1, 1, V)
                    copy_rows(x, A, K, a, row * K, K, 1, 2, K)
                    transpose(x, Gt, V, x, G, K, V, K)
                    product(x, dB, K, x, E, V, 1, x, G, K, V, 2, K, False)
                    product(x, dE, V, x, B, K, 1, x, Gt, V, K, 2, V, False)
                    column_products(x, dW, x, G, path, S, V, K)
                    # The token before reads the state before this sub-step.
                    reads = 1 if t > 0 and t % n_h == 0 else 0
                    read = (n * tokens + t // n_h - reads) * heads + h
                    copy_rows(x, X, V, x, dE, V, 1, 1, V)
                    copy_rows(x, X + V, V, d_outputs, read * V, V, reads, 1, V)
                    copy_rows(x, A + K, K, q, read * K, K, reads, 1, K)
                    product(x, dA, K, x, X, V, 1, path, S, K, V, 2, K, False)
                    advance(x, G, x, G, w, row * K, x, X, x, A, V, K)
                    copy_rows(d_w, row * K, K, x, dW, K, 1, 1, K)
                    copy_rows(d_a, row * K, K, x, dA, K, 1, 1, K)
                    copy_rows(d_b, row * K, K, x, dB, K, 1, 1, K)
                    copy_rows(d_k, row * K, K, x, dB + K, K, 1, 1, K)
                    copy_rows(d_v, row * V, V, x, dE + V, V, 1, 1, V)
                    copy_rows(d_q, read * K, K, x, dA + K, K, reads, reads, K)
            copy_rows(d_state, pair * V * K, K, x, G, K, V, V, K)

    return loop, size
