"""The entry point of the rank-one recurrence: checks, then the backend that suits the device."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor

from monoscan.models.kernels.backend import RANK_ONE_BACKENDS, RankOneBackend, choose_backend
from monoscan.models.kernels.checks import (
    KernelInputError,
    check_device,
    check_dimensions,
    check_shape,
    compute_dtype,
)
from monoscan.models.kernels.rank_one.chunked import chunked_rank_one
from monoscan.models.kernels.rank_one.ops import rank_one_op
from monoscan.models.kernels.rank_one.reference import reference_rank_one

# From this many sub-steps on the chunked form in Triton runs: more kernels, and fewer steps one
# after another. Not tuned: nothing was timed on a GPU.
LONG_STEPS = 256

# Up to this many keys the chunked form in Triton compiles without spills.
WIDEST_KEYS = 128


class RankOneResult(NamedTuple):
    """What the recurrence returns.

    Attributes:
        outputs: o_t = S_t q_t, (B, T, H, V), in the type of q; T is 0 if no queries were given.
        final: S_T, (B, H, V, K), in the type computed in; the S0 of the next piece.
    """

    outputs: Tensor
    final: Tensor


def rank_one(
    w: Tensor | None,
    a: Tensor,
    b: Tensor,
    v: Tensor | None,
    k: Tensor | None,
    q: Tensor | None = None,
    S0: Tensor | None = None,
    n_h: int = 1,
    *,
    backend: RankOneBackend = "auto",
) -> RankOneResult:
    """S <- S (diag(w) + a b^T) + v k^T at every sub-step, o = S q after every n_h of them.

    The delta rule is w = None, a = -beta k, b = k, with unit keys and values beta v; DeltaProduct
    has n_h > 1 (arXiv:2502.10297); a gate multiplies a and is w (arXiv:2412.06464); RWKV-7 has its
    decay as w, minus the unit removal key as a, and the same key times its in-context learning rate
    as b (arXiv:2503.14456).

    Args:
        w: Diagonal, (B, T n_h, H, K), or (B, T n_h, H, 1) for one number a head, or None for ones.
            Any sign, zero too.
        a: Column of the rank-one term, (B, T n_h, H, K).
        b: Row of the rank-one term, (B, T n_h, H, K).
        v: Values, (B, T n_h, H, V); None: nothing is added, and then S0 is needed.
        k: Keys, (B, T n_h, H, K); None exactly if v is None.
        q: Queries, (B, T, H, K); None: only the last state is wanted.
        S0: State before the first sub-step, (B, H, V, K); zero by default.
        n_h: Sub-steps of a token. Tensors of shape (B, T, n_h, H, X) are given as x.flatten(1, 2).
        backend: `auto` takes the compiled form on a processor and on a GPU the form in Triton that
            `triton_form` names, or warns and takes the chunked form. The others name one form, for
            tests and comparisons.

    Returns:
        Outputs and last state. Gradients flow to every tensor. Types narrower than 32 bits are
        computed in float32.

    Raises:
        KernelInputError: If shapes, types or devices do not fit together.
        ValueError: If the backend is unknown or asked for by name and unable to run.

    Two reflections bring the state back:

    >>> import torch
    >>> k = torch.tensor([0.6, 0.8]).expand(1, 2, 1, 2)
    >>> S0 = torch.eye(2).view(1, 1, 2, 2)
    >>> result = rank_one(None, -2 * k, k, None, None, k, S0, backend="chunked")
    >>> bool((result.final - S0).abs().max() < 1e-6)
    True
    """
    given = {"w": w, "a": a, "b": b, "v": v, "k": k, "q": q, "S0": S0}
    tensors = {name: tensor for name, tensor in given.items() if tensor is not None}
    sizes = _checked_sizes(tensors, n_h)
    device = check_device(tensors)
    dtype = compute_dtype(tensors, complex_allowed=False)
    batch, steps, heads, keys, values = (sizes[letter] for letter in "BSHKV")
    chosen = choose_backend(backend, device, dtype, RANK_ONE_BACKENDS)
    chosen = _refined(chosen, backend, steps, keys, 0 if w is None else w.shape[-1])
    # Absent inputs become zeros of stride zero: they cost no memory where a backend takes strides.
    blank = a.new_zeros((), dtype=dtype)
    v = blank.expand(batch, steps, heads, values) if v is None else v.to(dtype)
    k = blank.expand(batch, steps, heads, keys) if k is None else k.to(dtype)
    S0 = blank.expand(batch, heads, values, keys) if S0 is None else S0.to(dtype)
    queries = blank.expand(batch, steps // n_h, heads, keys) if q is None else q.to(dtype)
    arguments = (a.to(dtype), b.to(dtype), v, k, queries, S0, n_h)
    gates = None if w is None else w.to(dtype)
    if chosen == "reference":
        outputs, final = reference_rank_one(gates, *arguments)
    elif chosen == "chunked":
        outputs, final = chunked_rank_one(gates, *arguments)
    else:
        if gates is not None and chosen != "triton-chunked":
            gates = gates.expand(batch, steps, heads, keys)
        outputs, final = rank_one_op(gates, *arguments, chosen)
    narrow = dtype if q is None else q.dtype
    return RankOneResult(outputs[:, :0] if q is None else outputs.to(narrow), final.to(dtype))


def triton_form(steps: int, keys: int, gates: int) -> str:
    """Which of the two forms in Triton runs where none is named.

    Args:
        steps: Sub-steps, T n_h.
        keys: K.
        gates: Numbers of w a head: 0 if w is None, else 1 or K.

    >>> triton_form(4096, 64, 1), triton_form(4096, 64, 64), triton_form(40, 64, 0)
    ('triton-chunked', 'triton', 'triton')
    """
    chunked = steps >= LONG_STEPS and keys <= WIDEST_KEYS and gates <= 1
    return "triton-chunked" if chunked else "triton"


def _refined(chosen: str, asked: str, steps: int, keys: int, gates: int) -> str:
    """The chosen backend, with the form in Triton that suits where it was not named."""
    if asked == "auto" and chosen == "triton":
        return triton_form(steps, keys, gates)
    if chosen == "triton-chunked" and gates > 1:
        raise KernelInputError(
            f"w has {gates} numbers a head, and backend 'triton-chunked' takes one a head or none; "
            "take backend 'triton' or 'auto'"
        )
    return chosen


def _checked_sizes(tensors: dict[str, Tensor], n_h: int) -> dict[str, int]:
    """The sizes B, S = T n_h, H, K, V, after every shape has been compared with them."""
    check_dimensions("a", tensors["a"], "BSHK")
    batch, steps, heads, keys = tensors["a"].shape
    if n_h < 1 or steps % n_h:
        raise KernelInputError(
            f"a has {steps} sub-steps, which is not a multiple of n_h = {n_h} (at least 1)"
        )
    if ("v" in tensors) != ("k" in tensors):
        present, absent = ("v", "k") if "v" in tensors else ("k", "v")
        raise KernelInputError(f"{present} is given and {absent} is None; give both or neither")
    values = _value_size(tensors)
    base = {"B": batch, "S": steps, "H": heads}
    check_shape("b", tensors["b"], {**base, "K": keys})
    if "w" in tensors:
        scalar = tensors["w"].shape[-1:] == (1,)
        check_shape("w", tensors["w"], {**base, "K": 1 if scalar else keys})
    if "v" in tensors:
        check_shape("v", tensors["v"], {**base, "V": values})
        check_shape("k", tensors["k"], {**base, "K": keys})
    if "q" in tensors:
        check_shape("q", tensors["q"], {"B": batch, "T": steps // n_h, "H": heads, "K": keys})
    if "S0" in tensors:
        check_shape("S0", tensors["S0"], {"B": batch, "H": heads, "V": values, "K": keys})
    return {**base, "K": keys, "V": values}


def _value_size(tensors: dict[str, Tensor]) -> int:
    if "v" in tensors:
        check_dimensions("v", tensors["v"], "BSHV")
        return tensors["v"].shape[-1]
    if "S0" not in tensors:
        raise KernelInputError("v and S0 are both None; without values an initial state is needed")
    check_dimensions("S0", tensors["S0"], "BHVK")
    return tensors["S0"].shape[2]
