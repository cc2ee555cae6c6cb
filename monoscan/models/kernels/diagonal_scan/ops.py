"""The fast forms as operators of torch, so that autograd, torch.compile and torch.func see them.

`monoscan::diagonal_scan_compiled` and `monoscan::diagonal_scan_triton` each come with an operator
for their gradients. A gradient of a gradient is an error: take the chunked form for that.
"""

from __future__ import annotations

from typing import Any, Protocol

import torch
from torch import Tensor

from monoscan.models.kernels.operators import add_rules, define, first_order

FORWARD = "(Tensor a, Tensor b, Tensor h0) -> Tensor"
BACKWARD = "(Tensor a, Tensor h0, Tensor states, Tensor d_states) -> (Tensor, Tensor, Tensor)"


class Form(Protocol):
    """What the modules cpu and triton have in common."""

    def forward(self, a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
        """All states."""
        ...

    def backward(
        self, a: Tensor, h0: Tensor, states: Tensor, d_states: Tensor
    ) -> tuple[Tensor, ...]:
        """Gradients of a, b and h0."""
        ...


def scan_op(a: Tensor, b: Tensor, h0: Tensor, backend: str) -> Tensor:
    """All states (B, T, D), through the operator of a backend; tensors of one type and device.

    >>> a, b = torch.tensor([[[2.0], [-1.0]]]), torch.tensor([[[1.0], [5.0]]])
    >>> scan_op(a, b, torch.zeros(1, 1), "compiled").flatten().tolist()
    [1.0, 4.0]
    """
    states: Tensor = OPERATORS[backend].apply(a, b, h0)
    return states


def _form(backend: str) -> Form:
    # Each module needs a package that may be absent, so it is loaded when it is to run.
    if backend == "compiled":
        from monoscan.models.kernels.diagonal_scan import cpu

        return cpu
    from monoscan.models.kernels.diagonal_scan import triton

    return triton


def _operator(backend: str) -> Any:
    """Define the operators of one backend and return their differentiable combination."""

    def run(a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
        return _form(backend).forward(a, b, h0)

    def run_backward(*arguments: Any) -> tuple[Tensor, ...]:
        return tuple(x.contiguous() for x in _form(backend).backward(*arguments))

    operator = define(f"diagonal_scan_{backend}", FORWARD, run)
    gradient = define(f"diagonal_scan_{backend}_backward", BACKWARD, run_backward)
    once = first_order(gradient)

    class Differentiable(torch.autograd.Function):
        """The operator and its gradient; torch.func needs this form, not register_autograd."""

        generate_vmap_rule = True

        @staticmethod
        def forward(a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
            states: Tensor = operator(a, b, h0)
            return states

        @staticmethod
        def setup_context(ctx: Any, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            a, _, h0 = inputs
            ctx.save_for_backward(a, h0, output)

        @staticmethod
        def backward(ctx: Any, *d_results: Tensor) -> tuple[Tensor, ...]:
            return once(*ctx.saved_tensors, *d_results)

    add_rules(operator, lambda a, b, h0: a.new_empty(a.shape))
    add_rules(
        gradient,
        lambda a, h0, *_: (a.new_empty(a.shape), a.new_empty(a.shape), a.new_empty(h0.shape)),
    )
    return Differentiable


OPERATORS = {backend: _operator(backend) for backend in ("compiled", "triton")}
