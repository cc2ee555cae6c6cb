"""What torch computes on a processor is what an order of operations says, bit for bit.

Described: recurrences written with operations on single entries, in every format of torch that is
computed with; the float64 loop of the diagonal scan. Not described: sums that a library makes
(`@`, `einsum`, `sum`, `cumsum`), whose order and fused multiply-adds depend on the processor, and
so the chunked forms and the loop of `rank_one`; machine code, whose sums may be reordered; Triton.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from monoscan.models.kernels.diagonal_scan.reference import reference_scan
from monoscan.theory.formats import NumberFormat, get_format
from monoscan.theory.lrnn import Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import MixedRound, OpRound, Semantics
from monoscan.theory.transition import DeltaRule, Dense, Diagonal, HouseholderProduct, Transition

FORMATS = {
    "bf16": torch.bfloat16,
    "fp16": torch.float16,
    "fp32": torch.float32,
    "fp64": torch.float64,
}
STEPS = 40
N = 3


def drawn(dtype: torch.dtype, *shape: int, seed: int = 0) -> torch.Tensor:
    """Numbers of mixed sizes, all values of the format."""
    generator = torch.Generator().manual_seed(seed)
    numbers = torch.randn(*shape, generator=generator, dtype=torch.float64)
    return (numbers * 2.0 ** torch.randint(-3, 1, shape, generator=generator)).to(dtype)


def exact(tensor: torch.Tensor) -> list[Fraction]:
    return [Fraction(float(x)) for x in tensor.flatten().double()]


def simulated(
    semantics: Semantics[Matrix],
    steps: list[tuple[Transition, list[Fraction]]],
    start: list[Fraction],
) -> list[list[Fraction]]:
    cases = {
        (str(i),): Case(transition, Matrix.column(b)) for i, (transition, b) in enumerate(steps)
    }
    zero = Functional(Matrix.zeros(len(start), 1), ">=", Fraction(0))
    layer = Layer(Matrix.column(start), cases, Threshold((zero,), {"1": True}))
    state, found = layer.initial, []
    for symbol in cases:
        state = semantics.step(layer, state, symbol)
        found.append([Fraction(x) for x in state.entries()])  # type: ignore[arg-type]
    return found


def form(name: str) -> NumberFormat:
    return get_format(name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_diagonal_recurrence(name: str) -> None:
    a, b = drawn(FORMATS[name], STEPS, N), drawn(FORMATS[name], STEPS, N, seed=1)
    h = drawn(FORMATS[name], N, seed=2)
    steps = [(Diagonal(tuple(exact(x))), exact(y)) for x, y in zip(a, b, strict=True)]
    found = simulated(OpRound(form(name)), steps, exact(h))
    for row, x, y in zip(found, a, b, strict=True):
        h = x * h + y
        assert exact(h) == row


def test_the_loop_of_the_diagonal_scan() -> None:
    a, b = drawn(torch.float64, 1, STEPS, N), drawn(torch.float64, 1, STEPS, N, seed=1)
    h = drawn(torch.float64, 1, N, seed=2)
    steps = [(Diagonal(tuple(exact(x))), exact(y)) for x, y in zip(a[0], b[0], strict=True)]
    states, _ = reference_scan(a, b, h)
    assert [exact(row) for row in states[0]] == simulated(OpRound(form("fp64")), steps, exact(h))


def delta_step(h: torch.Tensor, k: torch.Tensor, beta: torch.Tensor) -> torch.Tensor:
    """h - (beta (k . h)) k, the scalar product from left to right."""
    products = list((k * h).unbind())
    total = products[0]
    for term in products[1:]:
        total = total + term
    return h - (beta * total) * k


@pytest.mark.parametrize("name", FORMATS)
def test_the_delta_rule_and_its_products(name: str) -> None:
    dtype = FORMATS[name]
    keys, betas = drawn(dtype, STEPS, 2, N), drawn(dtype, STEPS, 2, seed=1)
    b, h = drawn(dtype, STEPS, N, seed=2), drawn(dtype, N, seed=3)
    steps = [
        (
            HouseholderProduct(
                tuple(
                    DeltaRule(tuple(exact(k)), exact(beta)[0])
                    for k, beta in zip(key, pair, strict=True)
                )
            ),
            exact(y),
        )
        for key, pair, y in zip(keys, betas, b, strict=True)
    ]
    found = simulated(OpRound(form(name)), steps, exact(h))
    for row, key, pair, y in zip(found, keys, betas, b, strict=True):
        h = delta_step(delta_step(h, key[1], pair[1]), key[0], pair[0]) + y
        assert exact(h) == row


@pytest.mark.parametrize("name", ["bf16", "fp16"])
def test_a_matrix_in_mixed_precision(name: str) -> None:
    """Operands of 16 bits, products and sums of 32, the state stored with 16."""
    dtype = FORMATS[name]
    a, b = drawn(dtype, STEPS, N, N), drawn(dtype, STEPS, N, seed=1)
    h = drawn(dtype, N, seed=2)
    steps = [
        (Dense(Matrix.of([exact(row) for row in x])), exact(y)) for x, y in zip(a, b, strict=True)
    ]
    found = simulated(MixedRound(form(name), form("fp32")), steps, exact(h))
    for row, x, y in zip(found, a.float(), b.float(), strict=True):
        terms = list((x * h.float()).unbind(1))
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        h = (total + y).to(dtype)
        assert exact(h) == row
    assert found != simulated(OpRound(form(name)), steps, exact(drawn(dtype, N, seed=2)))
