"""The recurrence as machine code for a processor: in chunks, or with a diagonal step by step.

Forward stores e_i = S_(i-1) a_i and the state before every segment. Backward rebuilds the states
of a segment from these, without any inner product with a state, and walks it in reverse.
"""

from __future__ import annotations

from torch import Tensor

from monoscan.models.kernels.rank_one import cpu_chunks, cpu_steps
from monoscan.models.kernels.rank_one.cpu_layout import saved_shapes as saved_shapes


def forward(
    w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Outputs, last state, the erased e (B, T n_h, H, V) and the states (B, H, N, V, K) kept.

    Shapes as in `reference_rank_one`; all tensors float32 or all float64, on the processor. Where
    there is no w, values and keys that are one zero, expanded, cost nothing.
    """
    if w is None:
        return cpu_chunks.forward(a, b, v, k, q, S0, n_h)
    return cpu_steps.forward(w, a, b, v, k, q, S0, n_h)


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
    rest = (a, b, v, k, q, erased, kept, d_outputs, d_final, n_h)
    if w is None:
        return a.new_empty(a.shape[0], 0), *cpu_chunks.backward(*rest)
    return cpu_steps.backward(w, *rest)
