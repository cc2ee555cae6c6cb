"""The fast forms as operators of torch, so that autograd, torch.compile and torch.func see them.

`monoscan::rank_one_compiled`, `monoscan::rank_one_triton` and `monoscan::rank_one_triton_chunked`
each come with an operator for their gradients. A gradient of a gradient is an error: take the
chunked form in plain torch for that.
"""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor

from monoscan.models.kernels.operators import add_rules, define, first_order

FORWARD = (
    "(Tensor? w, Tensor a, Tensor b, Tensor v, Tensor k, Tensor q, Tensor S0, int n_h)"
    " -> (Tensor, Tensor, Tensor, Tensor)"
)
BACKWARD = (
    "(Tensor? w, Tensor a, Tensor b, Tensor v, Tensor k, Tensor q, Tensor erased, Tensor kept,"
    " Tensor d_outputs, Tensor d_final, int n_h)"
    " -> (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor)"
)


class Form(Protocol):
    """What the modules cpu, triton and triton_chunked have in common."""

    def forward(
        self,
        w: Tensor | None,
        a: Tensor,
        b: Tensor,
        v: Tensor,
        k: Tensor,
        q: Tensor,
        S0: Tensor,
        n_h: int,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Outputs, last state, and two tensors that only `backward` reads."""
        ...

    def backward(
        self,
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
        """Gradients of w, a, b, v, k, q and S0; that of w is empty if there is no w."""
        ...

    def saved_shapes(self, a: Tensor, v: Tensor) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Shapes of the two tensors that only `backward` reads."""
        ...


def rank_one_op(
    w: Tensor | None,
    a: Tensor,
    b: Tensor,
    v: Tensor,
    k: Tensor,
    q: Tensor,
    S0: Tensor,
    n_h: int,
    backend: str,
) -> tuple[Tensor, Tensor]:
    """Outputs (B, T, H, V) and last state (B, H, V, K), through the operator of a backend.

    Shapes as in `reference_rank_one`; tensors of one type and device.

    >>> k = torch.tensor([1.0, 0.0]).view(1, 1, 1, 2)
    >>> v, q, S0 = torch.zeros(1, 1, 1, 1), torch.ones(1, 1, 1, 2), torch.ones(1, 1, 1, 2)
    >>> rank_one_op(None, -2 * k, k, v, k, q, S0, 1, "compiled")[1].flatten().tolist()
    [-1.0, 1.0]
    """
    outputs, final, _, _ = OPERATORS[backend].apply(w, a, b, v, k, q, S0, n_h)
    return outputs, final


def _form(backend: str) -> Form:
    # Each module needs a package that may be absent, so it is loaded when it is to run.
    if backend == "compiled":
        from monoscan.models.kernels.rank_one import cpu

        return cpu
    if backend == "triton-chunked":
        from monoscan.models.kernels.rank_one import triton_chunked

        return triton_chunked
    from monoscan.models.kernels.rank_one import triton

    return triton


def _operator(backend: str) -> Any:
    """Define the operators of one backend and return their differentiable combination."""

    def run(*arguments: Any) -> tuple[Tensor, ...]:
        return tuple(x.contiguous() for x in _form(backend).forward(*arguments))

    def run_backward(*arguments: Any) -> tuple[Tensor, ...]:
        return tuple(x.contiguous() for x in _form(backend).backward(*arguments))

    name = f"rank_one_{backend.replace('-', '_')}"
    operator = define(name, FORWARD, run)
    gradient = define(f"{name}_backward", BACKWARD, run_backward)
    once = first_order(gradient)

    def shapes(
        _w: Any, a: Tensor, _b: Any, v: Tensor, _k: Any, q: Tensor, S0: Tensor, _n_h: int
    ) -> tuple[Tensor, ...]:
        outputs = a.new_empty(*q.shape[:3], v.shape[-1])
        saved = (a.new_empty(shape) for shape in _form(backend).saved_shapes(a, v))
        return outputs, a.new_empty(S0.shape), *saved

    def gradient_shapes(
        w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, *rest: Any
    ) -> tuple[Tensor, ...]:
        d_final = rest[3]
        d_w = a.new_empty(a.shape[0], 0) if w is None else a.new_empty(w.shape)
        return d_w, *(a.new_empty(x.shape) for x in (a, b, v, k, q, d_final))

    class Differentiable(torch.autograd.Function):
        """The operator and its gradient; torch.func needs this form, not register_autograd."""

        generate_vmap_rule = True

        @staticmethod
        def forward(*arguments: Any) -> tuple[Tensor, ...]:
            results: tuple[Tensor, ...] = operator(*arguments)
            return tuple(results)

        @staticmethod
        def setup_context(ctx: Any, inputs: tuple[Any, ...], output: tuple[Tensor, ...]) -> None:
            *tensors, _, ctx.n_h = inputs
            ctx.mark_non_differentiable(*output[2:])
            ctx.save_for_backward(*tensors, *output[2:])

        @staticmethod
        def backward(ctx: Any, *d_results: Tensor) -> tuple[Tensor | None, ...]:
            saved = ctx.saved_tensors
            d_w, *others = once(*saved, *d_results[:2], ctx.n_h)
            return None if saved[0] is None else d_w, *others, None

    add_rules(operator, shapes)
    add_rules(gradient, gradient_shapes)
    return Differentiable


OPERATORS = {backend: _operator(backend) for backend in ("compiled", "triton", "triton-chunked")}
