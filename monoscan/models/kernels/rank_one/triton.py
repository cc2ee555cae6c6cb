# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call, unused-ignore"
# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false
# pyright: reportAssignmentType=false, reportOperatorIssue=false, reportOptionalOperand=false
# ruff: noqa: ANN001, ANN201 (the arguments of a kernel are pointers and numbers of Triton)
"""The recurrence for a GPU, in fp32: one program for a head and a block of values.

Rows of the state do not meet, so programs share nothing. Backward replays a segment from its kept
state, writes the states of the segment to global memory and walks it in reverse. Where V has more
than one block, gradients of w, a, b, k and q are summed over the blocks afterwards.
"""

from __future__ import annotations

import triton
import triton.language as tl
from torch import Tensor

# Values of one program; with 64 keys the state takes 8 registers of each of 128 threads.
VALUES = 16

# Told that it may take all 255 registers, the assembler does not spill to be able to run more
# programs side by side.
OPTIONS = {"num_warps": 4, "maxnreg": 255}

# Sub-steps between kept states.
SEGMENT = 32


def saved_shapes(a: Tensor, v: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shapes of the erased e and of the kept states that `forward` stores for `backward`.

    >>> import torch
    >>> saved_shapes(torch.zeros(2, 100, 3, 7), torch.zeros(2, 100, 3, 5))
    ((2, 100, 3, 5), (2, 3, 4, 5, 7))
    """
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    return (batch, steps, heads, values), (batch, heads, -(-steps // SEGMENT), values, keys)


def forward(
    w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Outputs, last state, the erased e (B, T n_h, H, V) and the states (B, H, N, V, K) kept.

    Shapes as in `reference_rank_one`; all tensors float32, on one GPU.
    """
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    gates, *given = (x.contiguous() for x in (a if w is None else w, a, b, v, k, q, S0))
    outputs = a.new_empty(batch, steps // n_h, heads, values)
    erased, kept = (a.new_empty(shape) for shape in saved_shapes(a, v))
    final = a.new_empty(S0.shape)
    sizes = block_sizes(keys, values)
    grid = (batch * heads, triton.cdiv(values, sizes["BV"]))
    forward_kernel[grid](
        gates, *given, outputs, erased, kept, final, steps, heads, keys, values, n_h,
        GATED=w is not None, SEGMENT=SEGMENT, **sizes, **OPTIONS,
    )  # fmt: skip
    return outputs, final, erased, kept


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
    """Gradients of w (empty if w is None), a, b, v, k, q and S0; arguments as in cpu.backward."""
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    sizes = block_sizes(keys, values)
    blocks = triton.cdiv(values, sizes["BV"])
    given = (a if w is None else w, a, b, v, k, q, erased, kept, d_outputs, d_final)
    d_w, d_a, d_b, d_k = (
        a.new_empty(blocks if wanted else 0, *a.shape)
        for wanted in (w is not None, True, True, True)
    )
    d_q = a.new_empty(blocks, *q.shape)
    d_v, d_start = a.new_empty(v.shape), a.new_empty(d_final.shape)
    path = a.new_empty(batch * heads * blocks, SEGMENT + 1, sizes["BV"], sizes["BK"])
    backward_kernel[(batch * heads, blocks)](
        *(x.contiguous() for x in given), d_w, d_a, d_b, d_v, d_k, d_q, d_start, path,
        a.numel(), q.numel(), steps, heads, keys, values, n_h,
        GATED=w is not None, SEGMENT=SEGMENT, **sizes, **OPTIONS,
    )  # fmt: skip
    d_gates = a.new_empty(batch, 0) if w is None else d_w.sum(0)
    return d_gates, d_a.sum(0), d_b.sum(0), d_v, d_k.sum(0), d_q.sum(0), d_start


def block_sizes(keys: int, values: int) -> dict[str, int]:
    """The sizes of the tile that a program holds: BV rows of BK.

    >>> block_sizes(24, 64)
    {'BK': 32, 'BV': 16}
    """
    wide: int = triton.next_power_of_2(max(keys, 2))
    return {"BK": wide, "BV": min(VALUES, triton.next_power_of_2(max(values, 2)))}


@triton.jit
def forward_kernel(
    w, a, b, v, k, q, start, outputs, erased, kept, final, steps, heads, keys, values, n_h,
    GATED: tl.constexpr, SEGMENT: tl.constexpr, BK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """One head and one block of values, from the first sub-step to the last."""
    # Only sums and products in 64 bits: a 64-bit division would be a call with a stack.
    n, h = tl.program_id(0) // heads, tl.program_id(0) % heads
    pair = tl.program_id(0).to(tl.int64)
    first_row = n.to(tl.int64) * steps * heads + h
    first_token = n.to(tl.int64) * (steps // n_h) * heads + h
    i = tl.arange(0, BK)
    r = tl.program_id(1) * BV + tl.arange(0, BV)
    on_keys, on_values = i < keys, r < values
    tile = r[:, None] * keys + i[None, :]
    on_tile = on_values[:, None] & on_keys[None, :]
    segments = (steps + SEGMENT - 1) // SEGMENT
    state = tl.load(start + pair * values * keys + tile, mask=on_tile, other=0.0)
    for t in range(steps):
        row = first_row + t * heads
        if t % SEGMENT == 0:
            at = (pair * segments + t // SEGMENT) * values * keys
            tl.store(kept + at + tile, state, mask=on_tile)
        column = tl.load(a + row * keys + i, mask=on_keys, other=0.0)
        across = tl.load(b + row * keys + i, mask=on_keys, other=0.0)
        key = tl.load(k + row * keys + i, mask=on_keys, other=0.0)
        value = tl.load(v + row * values + r, mask=on_values, other=0.0)
        e = tl.sum(state * column[None, :], 1)
        tl.store(erased + row * values + r, e, mask=on_values)
        if GATED:
            state *= tl.load(w + row * keys + i, mask=on_keys, other=0.0)[None, :]
        state += e[:, None] * across[None, :] + value[:, None] * key[None, :]
        if t % n_h == n_h - 1:
            token = first_token + t // n_h * heads
            query = tl.load(q + token * keys + i, mask=on_keys, other=0.0)
            read = tl.sum(state * query[None, :], 1)
            tl.store(outputs + token * values + r, read, mask=on_values)
    tl.store(final + pair * values * keys + tile, state, mask=on_tile)


@triton.jit
def backward_kernel(
    w, a, b, v, k, q, erased, kept, d_outputs, d_final,
    d_w, d_a, d_b, d_v, d_k, d_q, d_start, path,
    a_size, q_size, steps, heads, keys, values, n_h,
    GATED: tl.constexpr, SEGMENT: tl.constexpr, BK: tl.constexpr, BV: tl.constexpr,
):  # fmt: skip
    """One head and one block of values, from the last sub-step to the first."""
    # Only sums and products in 64 bits: a 64-bit division would be a call with a stack.
    n, h = tl.program_id(0) // heads, tl.program_id(0) % heads
    pair = tl.program_id(0).to(tl.int64)
    first_row = n.to(tl.int64) * steps * heads + h
    first_token = n.to(tl.int64) * (steps // n_h) * heads + h
    block = tl.program_id(1).to(tl.int64)
    i = tl.arange(0, BK)
    r = tl.program_id(1) * BV + tl.arange(0, BV)
    on_keys, on_values = i < keys, r < values
    tile = r[:, None] * keys + i[None, :]
    on_tile = on_values[:, None] & on_keys[None, :]
    inside = tl.arange(0, BV)[:, None] * BK + i[None, :]
    trail = path + (pair * tl.num_programs(1) + block) * (SEGMENT + 1) * BV * BK + inside
    segments = (steps + SEGMENT - 1) // SEGMENT
    d_w, d_a, d_b, d_k = (
        d_w + block * a_size, d_a + block * a_size, d_b + block * a_size, d_k + block * a_size
    )  # fmt: skip
    d_q += block * q_size
    grad = tl.load(d_final + pair * values * keys + tile, mask=on_tile, other=0.0)
    for back in range(segments):
        segment = segments - 1 - back
        begin = segment * SEGMENT
        length = tl.minimum(steps - begin, SEGMENT)
        at = (pair * segments + segment) * values * keys
        state = tl.load(kept + at + tile, mask=on_tile, other=0.0)
        tl.store(trail, state)
        for step in range(length):
            row = first_row + (begin + step) * heads
            across = tl.load(b + row * keys + i, mask=on_keys, other=0.0)
            key = tl.load(k + row * keys + i, mask=on_keys, other=0.0)
            value = tl.load(v + row * values + r, mask=on_values, other=0.0)
            e = tl.load(erased + row * values + r, mask=on_values, other=0.0)
            if GATED:
                state *= tl.load(w + row * keys + i, mask=on_keys, other=0.0)[None, :]
            state += e[:, None] * across[None, :] + value[:, None] * key[None, :]
            tl.store(trail + (step + 1) * BV * BK, state)
        # What one thread wrote may be read by another.
        tl.debug_barrier()
        for reverse in range(length):
            step = length - 1 - reverse
            t = begin + step
            row = first_row + t * heads
            before = tl.load(trail + step * BV * BK)
            if t % n_h == n_h - 1:
                after = tl.load(trail + (step + 1) * BV * BK)
                token = first_token + t // n_h * heads
                query = tl.load(q + token * keys + i, mask=on_keys, other=0.0)
                d_read = tl.load(d_outputs + token * values + r, mask=on_values, other=0.0)
                tl.store(d_q + token * keys + i, tl.sum(after * d_read[:, None], 0), mask=on_keys)
                grad += d_read[:, None] * query[None, :]
            across = tl.load(b + row * keys + i, mask=on_keys, other=0.0)
            key = tl.load(k + row * keys + i, mask=on_keys, other=0.0)
            d_erased = tl.sum(grad * across[None, :], 1)
            d_value = tl.sum(grad * key[None, :], 1)
            tl.store(d_v + row * values + r, d_value, mask=on_values)
            value = tl.load(v + row * values + r, mask=on_values, other=0.0)
            e = tl.load(erased + row * values + r, mask=on_values, other=0.0)
            tl.store(d_k + row * keys + i, tl.sum(grad * value[:, None], 0), mask=on_keys)
            tl.store(d_b + row * keys + i, tl.sum(grad * e[:, None], 0), mask=on_keys)
            tl.store(d_a + row * keys + i, tl.sum(before * d_erased[:, None], 0), mask=on_keys)
            column = tl.load(a + row * keys + i, mask=on_keys, other=0.0)
            if GATED:
                tl.store(d_w + row * keys + i, tl.sum(grad * before, 0), mask=on_keys)
                grad *= tl.load(w + row * keys + i, mask=on_keys, other=0.0)[None, :]
            grad += d_erased[:, None] * column[None, :]
        # The next segment overwrites the trail.
        tl.debug_barrier()
    tl.store(d_start + pair * values * keys + tile, grad, mask=on_tile)
