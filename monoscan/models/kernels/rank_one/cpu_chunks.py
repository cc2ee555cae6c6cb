"""The recurrence without a diagonal as machine code, a few sub-steps at a time: the WY form.

With u_i = S_(i-1) a_i, a chunk of C sub-steps that begins with the state S has

    U = A S^T + N U + M V        N = A B^T, M = A K^T below the diagonal
    O = Q S^T + N' U + M' V      N' = Q B^T, M' = Q K^T where the sub-step is not after the token
    S <- S + U^T B + V^T K

so that all but the triangular system in C rows of U are products of small matrices. It is solved by
forward substitution; its gradient, for D = dL/dU, by backward substitution.

A and Q are kept as one matrix, so are U and O, and D and dO: for both, the same products are due.
Transposes are chosen so that every product goes along rows of its right factor and of its result.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

import torch
from torch import Tensor

from monoscan.models.kernels import vectors
from monoscan.models.kernels.compiled import compile_loop, spread
from monoscan.models.kernels.rank_one.cpu_layout import (
    CHUNK,
    Array,
    arrays,
    filled,
    places,
    saved_shapes,
    scratch,
    segment_steps,
    untouched_zeros,
)
from monoscan.models.kernels.vectors import clear_below, copy_rows, product, substitute, transpose

Loop: TypeAlias = Callable[..., None]


def forward(
    a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Outputs, last state, erased e and kept states, as `cpu.forward` without a diagonal."""
    batch, steps, heads, keys = a.shape
    values, valued = v.shape[-1], has_values(v, k)
    saved = [a.new_empty(shape) for shape in saved_shapes(a, v)]
    a, b, q = (filled(x) for x in (a, b, q))
    v, k = (filled(x) if valued else a.new_empty(0) for x in (v, k))
    start = filled(S0, state=True)
    V, K = start.shape[-2:]
    outputs = a.new_empty(batch, steps // n_h, heads, V)
    final = torch.empty_like(start)
    loop, size = forward_loop(K, V, CHUNK, valued)
    given = arrays([a, b, v, k, q, start, outputs, *saved, final], flat=True)
    sizes = steps, heads, n_h, segment_steps(V, K)
    spread(
        lambda first, last: loop(*given, scratch(a, size), *sizes, first, last),
        batch * heads,
        5 * batch * steps * heads * V * K,
    )
    return outputs[..., :values], final[..., :values, :keys], saved[0], saved[1]


def backward(
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
    """Gradients of a, b, v, k, q and S0, as `cpu.backward` without a diagonal."""
    batch, steps, heads, keys = a.shape
    values, valued = v.shape[-1], has_values(v, k)
    # The gradients of values and keys that are both zero are zero, and rarely looked at.
    d_v, d_k = untouched_zeros(v), untouched_zeros(k)
    a, b, q, d_outputs = (filled(x) for x in (a, b, q, d_outputs))
    d_state = filled(d_final, state=True).clone()
    V, K = d_state.shape[-2:]
    if valued:
        v, k = filled(v), filled(k)
        d_v, d_k = torch.empty_like(v), torch.empty_like(k)
    d_a, d_b, d_q = (torch.empty_like(x) for x in (a, b, q))
    loop, size = backward_loop(K, V, CHUNK, valued)
    tensors = a, b, *((v, k) if valued else (d_v, d_k)), q, erased, kept, d_outputs
    given = arrays([*tensors, d_a, d_b, d_v, d_k, d_q, d_state], flat=True)
    every = segment_steps(V, K)

    def run(first: int, last: int) -> None:
        path = scratch(a, every // CHUNK * V * K)
        loop(*given, scratch(a, size), path, steps, heads, n_h, every, first, last)

    spread(run, batch * heads, 12 * batch * steps * heads * V * K)
    d_a, d_b, d_k, d_q = (x[..., :keys] for x in (d_a, d_b, d_k, d_q))
    return d_a, d_b, d_v[..., :values], d_k, d_q, d_state[..., :values, :keys]


def has_values(v: Tensor, k: Tensor) -> bool:
    """Whether v or k is anything but one zero, expanded: what an absent argument becomes.

    >>> absent = torch.zeros(()).expand(2, 3, 1, 4)
    >>> has_values(absent, absent), has_values(absent, torch.zeros(2, 3, 1, 4))
    (False, True)
    """
    return any(any(x.stride()) or x[0, 0, 0, 0].item() != 0 for x in (v, k))


@cache
def forward_loop(K: int, V: int, C: int, valued: bool) -> tuple[Loop, int]:
    """The loop over chunks of `C` sub-steps, and the size of the scratch array that it takes.

    Args:
        K: Size of a key, a multiple of 4.
        V: Size of a value, a multiple of 4.
        C: Sub-steps in a chunk, a multiple of 4.
        valued: Whether v k^T is added; if not, v and k are not looked at.

    The loop takes flat arrays a, b, v, k, q, start, outputs, erased, kept, final and the scratch
    array, then steps, heads, n_h, the sub-steps between kept states, and the first and last of the
    (sequence, head) pairs to work on.
    """
    D = 2 * C
    sizes = {"S^T": K * V, "A, Q": D * K, "(A, Q)^T": K * D, "B": C * K, "K": C * K, "V": C * V}
    sizes |= {"N, N'": C * D, "M, M'": C * D, "U, O": D * V}
    (S, A, At, B, KK, VV, N, M, U), size = places(sizes)
    Q, O = A + C * K, U + C * V  # noqa: E741
    version = vectors.VERSION

    @compile_loop
    def loop(
        a: Array, b: Array, v: Array, k: Array, q: Array, start: Array,
        outputs: Array, erased: Array, kept: Array, final: Array, x: Array,
        steps: int, heads: int, n_h: int, every: int, first: int, last: int,
    ) -> None:  # fmt: skip
        assert version
        segments, row_k, row_v = -(-steps // every), heads * K, heads * V
        for pair in range(first, last):
            n, h = pair // heads, pair % heads
            transpose(x, S, V, start, pair * V * K, K, V, K)
            for t in range(0, steps, C):
                if t % every == 0:
                    transpose(kept, (pair * segments + t // every) * V * K, K, x, S, V, K, V)
                length = min(C, steps - t)
                step = (n * steps + t) * heads + h
                # Tokens that are read in this chunk, the first of them after sub-step `lead`.
                token = t // n_h
                reads, lead = (t + length) // n_h - token, token * n_h + n_h - 1 - t
                filled = (reads + 3) // 4 * 4
                read = (n * (steps // n_h) + token) * heads + h
                copy_rows(x, A, K, a, step * K, row_k, length, C, K)
                copy_rows(x, Q, K, q, read * K, row_k, reads, filled, K)
                copy_rows(x, B, K, b, step * K, row_k, length, C, K)
                transpose(x, At, D, x, A, K, D, K)
                product(x, N, D, x, B, K, 1, x, At, D, K, C, D, False)
                product(x, U, V, x, A, K, 1, x, S, V, K, C + filled, V, False)
                for j in range(C):
                    clear_below(x, N + j * D, j + 1, C)
                    clear_below(x, N + j * D + C, -((lead - j) // n_h), C)
                if valued:
                    copy_rows(x, KK, K, k, step * K, row_k, length, C, K)
                    copy_rows(x, VV, V, v, step * V, row_v, length, C, V)
                    product(x, M, D, x, KK, K, 1, x, At, D, K, C, D, False)
                    for j in range(C):
                        clear_below(x, M + j * D, j + 1, C)
                        clear_below(x, M + j * D + C, -((lead - j) // n_h), C)
                    product(x, U, V, x, M, 1, D, x, VV, V, C, C + filled, V, True)
                substitute(x, U, V, x, N, D, V, True)
                for i in range(4, C, 4):
                    product(x, U + i * V, V, x, N + i, 1, D, x, U, V, i, 4, V, True)
                    substitute(x, U + i * V, V, x, N + i * D + i, D, V, True)
                product(x, O, V, x, N + C, 1, D, x, U, V, C, filled, V, True)
                product(x, S, V, x, B, 1, K, x, U, V, C, K, V, True)
                if valued:
                    product(x, S, V, x, KK, 1, K, x, VV, V, C, K, V, True)
                copy_rows(erased, step * V, row_v, x, U, V, length, length, V)
                copy_rows(outputs, read * V, row_v, x, O, V, reads, reads, V)
            transpose(final, pair * V * K, K, x, S, V, K, V)

    return loop, size


@cache
def backward_loop(K: int, V: int, C: int, valued: bool) -> tuple[Loop, int]:
    """The loop over chunks from the last to the first; arguments as for `forward_loop`.

    The loop takes flat arrays a, b, v, k, q, erased, kept, d_outputs, d_a, d_b, d_v, d_k, d_q,
    d_state (at first the gradient of the last state, in the end of the first), the scratch array
    and one for the states of a segment, and the same numbers.
    """
    D = 2 * C
    sizes = {"G": V * K, "G^T": K * V, "A, Q": D * K, "(A, Q)^T": K * D}
    sizes |= {"B": C * K, "K": C * K, "V": C * V, "U": C * V, "D, dO": D * V, "(D, dO)^T": V * D}
    sizes |= {"N, N'": C * D, "M, M'": C * D, "their gradients": 2 * C * D}
    sizes |= {"dA, dQ": D * K, "dB": C * K, "dK": C * K, "dV": C * V}
    (G, Gt, A, At, B, KK, VV, U, E, Et, N, M, dN, dA, dB, dK, dV), size = places(sizes)
    Q, dO, dM, dQ = A + C * K, E + C * V, dN + C * D, dA + C * K
    version = vectors.VERSION

    @compile_loop
    def loop(
        a: Array, b: Array, v: Array, k: Array, q: Array, erased: Array, kept: Array,
        d_outputs: Array, d_a: Array, d_b: Array, d_v: Array, d_k: Array, d_q: Array,
        d_state: Array, x: Array, path: Array,
        steps: int, heads: int, n_h: int, every: int, first: int, last: int,
    ) -> None:  # fmt: skip
        assert version
        segments, row_k, row_v = -(-steps // every), heads * K, heads * V
        for pair in range(first, last):
            n, h = pair // heads, pair % heads
            copy_rows(x, G, K, d_state, pair * V * K, K, V, V, K)
            for segment in range(segments - 1, -1, -1):
                begin, end = segment * every, min(steps, segment * every + every)
                copy_rows(path, 0, K, kept, (pair * segments + segment) * V * K, K, V, V, K)
                for t in range(begin, end - C, C):
                    S, step = (t - begin) // C * V * K, (n * steps + t) * heads + h
                    after = S + V * K
                    copy_rows(path, after, K, path, S, K, V, V, K)
                    product(path, after, K, erased, step * V, 1, row_v,
                            b, step * K, row_k, C, V, K, True)  # fmt: skip
                    if valued:
                        product(path, after, K, v, step * V, 1, row_v,
                                k, step * K, row_k, C, V, K, True)  # fmt: skip
                for t in range(begin + (end - begin - 1) // C * C, begin - 1, -C):
                    S, length = (t - begin) // C * V * K, min(C, end - t)
                    step = (n * steps + t) * heads + h
                    token = t // n_h
                    reads, lead = (t + length) // n_h - token, token * n_h + n_h - 1 - t
                    filled = (reads + 3) // 4 * 4
                    read, rows = (n * (steps // n_h) + token) * heads + h, C + filled
                    copy_rows(x, A, K, a, step * K, row_k, length, C, K)
                    copy_rows(x, Q, K, q, read * K, row_k, reads, filled, K)
                    copy_rows(x, B, K, b, step * K, row_k, length, C, K)
                    copy_rows(x, U, V, erased, step * V, row_v, length, C, V)
                    copy_rows(x, dO, V, d_outputs, read * V, row_v, reads, filled, V)
                    transpose(x, Gt, V, x, G, K, V, K)
                    transpose(x, At, D, x, A, K, D, K)
                    product(x, N, D, x, B, K, 1, x, At, D, K, C, D, False)
                    for j in range(C):
                        clear_below(x, N + j * D, j + 1, C)
                        clear_below(x, N + j * D + C, -((lead - j) // n_h), C)
                    product(x, E, V, x, B, K, 1, x, Gt, V, K, C, V, False)
                    product(x, E, V, x, N + C, D, 1, x, dO, V, filled, C, V, True)
                    i = C - 4
                    substitute(x, E + i * V, V, x, N + i * D + i, D, V, False)
                    for i in range(C - 8, -1, -4):
                        later = i + 4
                        product(x, E + i * V, V, x, N + i * D + later, D, 1,
                                x, E + later * V, V, C - later, 4, V, True)  # fmt: skip
                        substitute(x, E + i * V, V, x, N + i * D + i, D, V, False)
                    transpose(x, Et, D, x, E, V, D, V)
                    product(x, dN, D, x, U, V, 1, x, Et, D, V, C, D, False)
                    for j in range(C):
                        clear_below(x, dN + j * D, j + 1, C)
                        clear_below(x, dN + j * D + C, -((lead - j) // n_h), C)
                    product(x, dA, K, x, E, V, 1, path, S, K, V, rows, K, False)
                    product(x, dA, K, x, dN, 1, D, x, B, K, C, rows, K, True)
                    product(x, dB, K, x, U, V, 1, x, G, K, V, C, K, False)
                    product(x, dB, K, x, dN, D, 1, x, A, K, rows, C, K, True)
                    if valued:
                        copy_rows(x, KK, K, k, step * K, row_k, length, C, K)
                        copy_rows(x, VV, V, v, step * V, row_v, length, C, V)
                        product(x, M, D, x, KK, K, 1, x, At, D, K, C, D, False)
                        product(x, dM, D, x, VV, V, 1, x, Et, D, V, C, D, False)
                        for j in range(C):
                            clear_below(x, M + j * D, j + 1, C)
                            clear_below(x, M + j * D + C, -((lead - j) // n_h), C)
                            clear_below(x, dM + j * D, j + 1, C)
                            clear_below(x, dM + j * D + C, -((lead - j) // n_h), C)
                        product(x, dV, V, x, KK, K, 1, x, Gt, V, K, C, V, False)
                        product(x, dV, V, x, M, D, 1, x, E, V, rows, C, V, True)
                        product(x, dK, K, x, VV, V, 1, x, G, K, V, C, K, False)
                        product(x, dK, K, x, dM, D, 1, x, A, K, rows, C, K, True)
                        product(x, dA, K, x, dM, 1, D, x, KK, K, C, rows, K, True)
                        copy_rows(d_k, step * K, row_k, x, dK, K, length, length, K)
                        copy_rows(d_v, step * V, row_v, x, dV, V, length, length, V)
                    product(x, G, K, x, E, 1, V, x, A, K, rows, V, K, True)
                    copy_rows(d_a, step * K, row_k, x, dA, K, length, length, K)
                    copy_rows(d_b, step * K, row_k, x, dB, K, length, length, K)
                    copy_rows(d_q, read * K, row_k, x, dQ, K, reads, reads, K)
            copy_rows(d_state, pair * V * K, K, x, G, K, V, V, K)

    return loop, size
