"""The recurrence for a GPU, in fp32, by matrix products over chunks of sub-steps.

With rows for the sub-steps of a chunk, S the state before it, and gates in the matrices,

    (I - N) U = A0 S^T + M V,   S_C = D(C, 0) S + U^T BC + V^T KC,   O = Q0 S^T + N' U + M' V.

`solve` inverts I - N, `walk` goes through the chunks with the state, `read` gives O; backward is
the same towards the beginning, and `gradients` comes last. docs/triton.md has the derivation. Gates
are none or one number a head: one a key would need 32 x 32 x K products in each chunk.

This has not run on a GPU.
"""

from __future__ import annotations

from dataclasses import dataclass

import triton
from torch import Tensor

from monoscan.models.kernels.rank_one import triton_chunked_kernels as kernels

# Sub-steps of a chunk.
CHUNK = 32

# Keys and values that a program takes at a time; no side of a product may be below 16.
KEYS = 16
VALUES = 16

# Eight warps for the walk, which has few programs, and for the gradients, which with a gate spill
# with four. With maxnreg the assembler does not spill to run more programs side by side.
OPTIONS = {
    name: {"num_warps": warps, "num_stages": 1, "maxnreg": 255}
    for name, warps in {"solve": 4, "walk": 8, "read": 4, "gradients": 8}.items()
}


def saved_shapes(a: Tensor, v: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Shapes of the erased e and of the states at chunk borders that `backward` needs.

    >>> import torch
    >>> saved_shapes(torch.zeros(2, 100, 3, 7), torch.zeros(2, 100, 3, 5))
    ((2, 100, 3, 5), (2, 3, 4, 5, 7))
    """
    batch, steps, heads, keys = a.shape
    values = v.shape[-1]
    return (batch, steps, heads, values), (batch, heads, -(-steps // CHUNK), values, keys)


def forward(
    w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Outputs, last state, the erased e (B, T n_h, H, V) and the states (B, H, N, V, K) kept.

    Shapes as in `reference_rank_one`, w (B, T n_h, H, 1) or None; all tensors float32, on one GPU.
    """
    gates, a, b, v, k, q, S0 = (x.contiguous() for x in (a if w is None else w, a, b, v, k, q, S0))
    call = _Call.of(a, v, n_h, gated=w is not None)
    outputs = v.new_empty(*q.shape[:3], v.shape[-1])
    erased, kept = (a.new_empty(shape) for shape in saved_shapes(a, v))
    solved, final = a.new_empty(a.shape), a.new_empty(S0.shape)
    call.start("solve", gates, a, b, k, v, solved, erased, BACK=False)
    call.start("walk", gates, b, k, v, solved, erased, S0, kept, final, BACK=False)
    call.start("read", gates, q, b, erased, k, v, kept, outputs, BACK=False)
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
    """Gradients of w (empty if w is None), a, b, v, k, q and S0."""
    gates, a, b, v, k, q, erased, kept, d_outputs, d_final = (
        x.contiguous()
        for x in (a if w is None else w, a, b, v, k, q, erased, kept, d_outputs, d_final)
    )
    call = _Call.of(a, v, n_h, gated=w is not None)
    d_a, d_b, d_v, d_k, d_q, d_start, d_erased, d_kept, solved = (
        x.new_empty(x.shape) for x in (a, b, v, k, q, d_final, erased, kept, a)
    )
    d_w = a.new_empty(a.shape[0], 0) if w is None else a.new_empty(w.shape)
    call.start("solve", gates, a, b, q, d_outputs, solved, d_erased, BACK=True)
    call.start(
        "walk",
        *(gates, a, q, d_outputs, solved, d_erased, d_final, d_kept, d_start),
        BACK=True,
    )
    call.start("read", gates, k, a, d_erased, q, d_outputs, d_kept, d_v, BACK=True)
    call.start(
        "gradients",
        *(gates, a, b, v, k, q, erased, kept, d_outputs, d_erased, d_kept),
        *(d_w, d_a, d_b, d_k, d_q),
    )
    return d_w, d_a, d_b, d_v, d_k, d_q, d_start


def block_sizes(keys: int, *, walk: bool) -> dict[str, int]:
    """The sizes of the tiles: C sub-steps, BV values, BK keys, and in the walk WK, all keys.

    >>> block_sizes(24, walk=False), block_sizes(24, walk=True)
    ({'C': 32, 'BV': 16, 'BK': 16}, {'C': 32, 'BV': 16, 'BK': 16, 'WK': 32})
    """
    tiles = {"C": CHUNK, "BV": VALUES, "BK": KEYS}
    return {**tiles, "WK": max(KEYS, 1 << (keys - 1).bit_length())} if walk else tiles


@dataclass(frozen=True)
class _Call:
    """Starts kernels with the sizes of one call."""

    pairs: int
    steps: int
    heads: int
    keys: int
    values: int
    n_h: int
    gated: bool

    @staticmethod
    def of(a: Tensor, v: Tensor, n_h: int, *, gated: bool) -> _Call:
        batch, steps, heads, keys = a.shape
        return _Call(batch * heads, steps, heads, keys, v.shape[-1], n_h, gated)

    def start(self, name: str, *tensors: Tensor, **more: bool) -> None:
        """Start the kernel called `name`_kernel with enough programs for all chunks and values."""
        walk = name == "walk"
        programs = self.pairs if walk else self.pairs * triton.cdiv(self.steps, CHUNK)
        blocks = triton.cdiv(self.values, VALUES) if walk or name == "read" else 1
        getattr(kernels, f"{name}_kernel")[(programs, blocks)](
            *tensors, self.steps, self.heads, self.keys, self.values, self.n_h,
            GATED=self.gated, **more, **block_sizes(self.keys, walk=walk), **OPTIONS[name],
        )  # fmt: skip
