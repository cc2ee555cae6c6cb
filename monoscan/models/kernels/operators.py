"""How a function becomes an operator of torch: its schema, its shapes, and its rule for vmap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor


def define(name: str, schema: str, function: Callable[..., Any]) -> Any:
    """Define the operator `monoscan::name` for processors and GPUs and return it.

    The operator has no gradient of its own: torch.func cannot differentiate the generated ones.

    Args:
        name: Name within the namespace monoscan.
        schema: Arguments and results in the notation of torch.library.
        function: What it runs.
    """
    qualified = f"monoscan::{name}"
    torch.library.define(qualified, schema)
    torch.library.impl(qualified, ("cpu", "cuda"), function)
    return getattr(torch.ops.monoscan, name).default


def add_rules(operator: Any, shapes: Callable[..., Any]) -> None:
    """Tell torch the shapes of an operator's results and that it may be mapped over.

    Args:
        operator: As returned by `define`; each of its tensors has the batch as first dimension.
        shapes: Takes the operator's arguments and returns empty results.
    """
    torch.library.register_fake(operator.name(), shapes)
    torch.library.register_vmap(operator.name(), batched(operator))


def first_order(operator: Any) -> Callable[..., tuple[Tensor, ...]]:
    """The operator of a gradient, such that a gradient of it is an error.

    Torch would take it for a constant, with a warning: gradients of gradients would be wrong.

    Args:
        operator: As returned by `define`, with several tensors as results.

    Returns:
        A function of the same arguments; what goes backward through it raises NotImplementedError.

    >>> class Twice:
    ...     def __call__(self, x): return (2 * x,)
    ...     def name(self): return "twice"
    >>> (found,) = first_order(Twice())(torch.ones(1, requires_grad=True))
    >>> found.tolist()
    [2.0]
    >>> found.backward()
    Traceback (most recent call last):
        ...
    NotImplementedError: twice has no gradient: a gradient of a gradient needs a kernel in plain \
torch; take backend='chunked'
    """

    class FirstOrder(torch.autograd.Function):
        """Forward as the operator."""

        generate_vmap_rule = True

        @staticmethod
        def forward(*arguments: Any) -> tuple[Tensor, ...]:
            return tuple(operator(*arguments))

        @staticmethod
        def setup_context(ctx: Any, inputs: tuple[Any, ...], output: tuple[Tensor, ...]) -> None:
            pass

        @staticmethod
        def backward(ctx: Any, *d_results: Tensor) -> tuple[Tensor, ...]:
            raise NotImplementedError(
                f"{operator.name()} has no gradient: a gradient of a gradient needs a kernel in "
                "plain torch; take backend='chunked'"
            )

    def run(*arguments: Any) -> tuple[Tensor, ...]:
        # Dynamo takes no such function in a backward, and what it compiles refuses by itself.
        form = operator if torch.compiler.is_compiling() else FirstOrder.apply
        return tuple(form(*arguments))

    return run


def batched(operator: Callable[..., Any]) -> Callable[..., Any]:
    """The vmap rule of an operator: the mapped dimension becomes part of the batch.

    >>> rule = batched(lambda x, y: x + y)
    >>> class Info: batch_size = 3
    >>> output, dimension = rule(Info, (1, None), torch.ones(2, 3, 4), torch.ones(2, 4))
    >>> tuple(output.shape), dimension
    ((3, 2, 4), 0)
    """

    def rule(info: Any, in_dims: Sequence[int | None], *arguments: Any) -> tuple[Any, Any]:
        size: int = info.batch_size
        results = operator(
            *(_merged(x, dim, size) for x, dim in zip(arguments, in_dims, strict=True))
        )
        if isinstance(results, Tensor):
            return _split(results, size), 0
        return tuple(_split(result, size) for result in results), (0,) * len(results)

    return rule


def _split(result: Tensor, size: int) -> Tensor:
    return result.view(size, result.shape[0] // size, *result.shape[1:])


def _merged(argument: Any, dimension: int | None, size: int) -> Any:
    if not isinstance(argument, Tensor):
        return argument
    if dimension is None:
        return argument.expand(size, *argument.shape).flatten(0, 1)
    return argument.movedim(dimension, 0).flatten(0, 1)
