# mypy: disable-error-code="no-untyped-def, untyped-decorator, no-untyped-call, unused-ignore"
# pyright: reportArgumentType=false, reportCallIssue=false, reportReturnType=false
# pyright: reportAssignmentType=false, reportOperatorIssue=false, reportOptionalOperand=false
# ruff: noqa: ANN001, ANN201 (the arguments of a kernel are pointers and numbers of Triton)
"""The scan for a GPU, in fp32 or complex64: one program for a sequence and a block of entries.

Complex tensors are passed as their real and imaginary parts, which lie side by side in memory.
"""

from __future__ import annotations

import torch
import triton
import triton.language as tl
from torch import Tensor

# Entries of one program: one warp, two entries a thread.
ENTRIES = 64
OPTIONS = {"num_warps": 1}


def forward(a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
    """All states (B, T, D); float32 or complex64, on one GPU."""
    a, b, h0 = (x.contiguous() for x in (a, b, h0))
    batch, steps, width = a.shape
    states = torch.empty_like(a)
    forward_kernel[(batch, triton.cdiv(width, ENTRIES))](
        *map(_real, (a, b, h0, states)),
        steps,
        width,
        COMPLEX=a.is_complex(),
        ENTRIES=ENTRIES,
        **OPTIONS,
    )
    return states


def backward(a: Tensor, h0: Tensor, states: Tensor, d_states: Tensor) -> tuple[Tensor, ...]:
    """Gradients of a, b and h0."""
    given = [x.contiguous() for x in (a, h0, states, d_states)]
    batch, steps, width = a.shape
    d_a, d_b, d_h0 = (given[0].new_empty(x.shape) for x in (a, a, h0))
    backward_kernel[(batch, triton.cdiv(width, ENTRIES))](
        *map(_real, (*given, d_a, d_b, d_h0)),
        steps,
        width,
        COMPLEX=a.is_complex(),
        ENTRIES=ENTRIES,
        **OPTIONS,
    )
    return d_a, d_b, d_h0


def _real(x: Tensor) -> Tensor:
    return torch.view_as_real(x.resolve_conj()) if x.is_complex() else x


@triton.jit
def forward_kernel(a, b, start, states, steps, width, COMPLEX: tl.constexpr, ENTRIES: tl.constexpr):
    """One sequence and one block of entries, from the first step to the last."""
    n = tl.program_id(0).to(tl.int64)
    j = tl.program_id(1) * ENTRIES + tl.arange(0, ENTRIES)
    on = j < width
    if COMPLEX:
        re = tl.load(start + 2 * (n * width + j), mask=on, other=0.0)
        im = tl.load(start + 2 * (n * width + j) + 1, mask=on, other=0.0)
        for t in range(steps):
            at = 2 * ((n * steps + t) * width + j)
            a_re = tl.load(a + at, mask=on, other=0.0)
            a_im = tl.load(a + at + 1, mask=on, other=0.0)
            b_re = tl.load(b + at, mask=on, other=0.0)
            b_im = tl.load(b + at + 1, mask=on, other=0.0)
            new_re = a_re * re - a_im * im + b_re
            im = a_re * im + a_im * re + b_im
            re = new_re
            tl.store(states + at, re, mask=on)
            tl.store(states + at + 1, im, mask=on)
    else:
        state = tl.load(start + n * width + j, mask=on, other=0.0)
        for t in range(steps):
            at = (n * steps + t) * width + j
            factor = tl.load(a + at, mask=on, other=0.0)
            state = factor * state + tl.load(b + at, mask=on, other=0.0)
            tl.store(states + at, state, mask=on)


@triton.jit
def backward_kernel(
    a, start, states, d_states, d_a, d_b, d_start, steps, width,
    COMPLEX: tl.constexpr, ENTRIES: tl.constexpr,
):  # fmt: skip
    """One sequence and one block of entries, from the last step to the first."""
    n = tl.program_id(0).to(tl.int64)
    j = tl.program_id(1) * ENTRIES + tl.arange(0, ENTRIES)
    on = j < width
    if COMPLEX:
        re = tl.zeros([ENTRIES], tl.float32)
        im = tl.zeros([ENTRIES], tl.float32)
        for reverse in range(steps):
            t = steps - 1 - reverse
            at = 2 * ((n * steps + t) * width + j)
            re += tl.load(d_states + at, mask=on, other=0.0)
            im += tl.load(d_states + at + 1, mask=on, other=0.0)
            tl.store(d_b + at, re, mask=on)
            tl.store(d_b + at + 1, im, mask=on)
            first = t == 0
            old = tl.where(first, 2 * (n * width + j), at - 2 * width)
            h_re = tl.load(start + old, mask=on & first, other=0.0)
            h_im = tl.load(start + old + 1, mask=on & first, other=0.0)
            h_re += tl.load(states + old, mask=on & (t > 0), other=0.0)
            h_im += tl.load(states + old + 1, mask=on & (t > 0), other=0.0)
            # Gradient of a: the product with the conjugate of the state before.
            tl.store(d_a + at, re * h_re + im * h_im, mask=on)
            tl.store(d_a + at + 1, im * h_re - re * h_im, mask=on)
            a_re = tl.load(a + at, mask=on, other=0.0)
            a_im = tl.load(a + at + 1, mask=on, other=0.0)
            new_re = a_re * re + a_im * im
            im = a_re * im - a_im * re
            re = new_re
        tl.store(d_start + 2 * (n * width + j), re, mask=on)
        tl.store(d_start + 2 * (n * width + j) + 1, im, mask=on)
    else:
        grad = tl.zeros([ENTRIES], tl.float32)
        for reverse in range(steps):
            t = steps - 1 - reverse
            at = (n * steps + t) * width + j
            grad += tl.load(d_states + at, mask=on, other=0.0)
            tl.store(d_b + at, grad, mask=on)
            first = t == 0
            old = tl.where(first, n * width + j, at - width)
            state = tl.load(start + old, mask=on & first, other=0.0)
            state += tl.load(states + old, mask=on & (t > 0), other=0.0)
            tl.store(d_a + at, grad * state, mask=on)
            grad *= tl.load(a + at, mask=on, other=0.0)
        tl.store(d_start + n * width + j, grad, mask=on)
