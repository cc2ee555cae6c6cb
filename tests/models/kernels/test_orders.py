"""What torch computes on a processor is what an order of operations says, bit for bit.

Described: recurrences written with operations on single entries, in every format of torch that is
computed with; the float64 loop of the diagonal scan, and its chunks. Not described: sums that a
library makes (`@`, `einsum`, `sum`, `cumsum`), whose order and fused multiply-adds depend on the
processor, and so the forms of `rank_one`; machine code, whose sums may be reordered; Triton.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import torch

from monoscan.automata import get_language
from monoscan.models.kernels.diagonal_scan.chunked import chunked_scan
from monoscan.models.kernels.diagonal_scan.reference import reference_scan
from monoscan.theory.chunk_scan import ChunkScan
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.formats import NumberFormat, get_format
from monoscan.theory.horizon.search import find_horizon
from monoscan.theory.lrnn import Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.orders import computed
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
    semantics: Semantics[Any],
    steps: list[tuple[Transition, list[Fraction]]],
    start: list[Fraction],
) -> list[list[Fraction]]:
    cases = {
        (str(i),): Case(transition, Matrix.column(b)) for i, (transition, b) in enumerate(steps)
    }
    zero = Functional(Matrix.zeros(len(start), 1), ">=", Fraction(0))
    layer = Layer(Matrix.column(start), cases, Threshold((zero,), {"1": True}))
    state, found = semantics.start(layer), []
    for symbol in cases:
        state = semantics.step(layer, state, symbol)
        found.append([Fraction(x) for x in semantics.visible(state).entries()])  # type: ignore[arg-type]
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


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("chunk", [1, 5, 16, 64])
def test_the_chunks_of_the_diagonal_scan(name: str, chunk: int) -> None:
    dtype = FORMATS[name]
    a, b = drawn(dtype, 1, STEPS, N), drawn(dtype, 1, STEPS, N, seed=1)
    h = drawn(dtype, 1, N, seed=2)
    steps = [(Diagonal(tuple(exact(x))), exact(y)) for x, y in zip(a[0], b[0], strict=True)]
    states, _ = chunked_scan(a, b, h, chunk)
    found = simulated(ChunkScan(form(name), min(chunk, STEPS)), steps, exact(h))
    assert [exact(row) for row in states[0]] == found
    assert (found != simulated(OpRound(form(name)), steps, exact(h))) == (chunk > 1)


def matrix_product(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    """Operation by operation, from left to right."""
    total = left[:, :1] * right[:1]
    for index in range(1, left.shape[1]):
        total = total + left[:, index : index + 1] * right[index : index + 1]
    return total


@pytest.mark.parametrize("name", ["bf16", "fp32"])
def test_a_scan_of_matrices(name: str) -> None:
    """Pairs (A, b) by doubling within 16 letters, then from chunk to chunk."""
    dtype, steps = FORMATS[name], []
    a, b = drawn(dtype, STEPS, N, N), drawn(dtype, STEPS, N, 1, seed=1)
    h = drawn(dtype, N, 1, seed=2)
    for x, y in zip(a, b, strict=True):
        steps.append((Dense(Matrix.of([exact(row) for row in x])), exact(y)))
    found = simulated(ChunkScan(form(name), 16), steps, exact(h))
    for begin in range(0, STEPS, 16):
        pairs, reach = list(zip(a[begin : begin + 16], b[begin : begin + 16], strict=True)), 1
        while reach < 16:
            joined = [
                (matrix_product(c, x), matrix_product(c, y) + d)
                for (x, y), (c, d) in zip(pairs, pairs[reach:], strict=False)
            ]
            pairs, reach = pairs[:reach] + joined, 2 * reach
        states = [matrix_product(x, h) + y for x, y in pairs]
        assert [exact(state) for state in states] == found[begin : begin + 16]
        h = states[-1]


def test_torch_fails_where_the_horizon_says() -> None:
    """Rotations modulo 5 in bf16: torch is right on 1^n for n < 120 and wrong for n = 120."""
    target = get_language("count-mod-5").build()
    network = get_construction("cyclic-rotation-two-gh").build(target)
    lrnn, semantics = computed(network, get_format("bf16"), "operations")
    horizon = find_horizon(lrnn, semantics, target)
    assert horizon.failing_word == ("1",) * 120
    layer = lrnn.last
    readout, transition = layer.readout, layer.cases["1",].transition
    assert isinstance(readout, Threshold)
    assert isinstance(transition, HouseholderProduct)
    keys = [torch.tensor([float(x) for x in f.k]).bfloat16() for f in transition.factors]
    betas = [torch.tensor(float(f.beta)).bfloat16() for f in transition.factors]  # type: ignore[arg-type]
    h = torch.tensor([float(x) for x in layer.initial.entries()]).bfloat16()  # type: ignore[arg-type]
    for length in range(1, 121):
        h = delta_step(delta_step(h, keys[1], betas[1]), keys[0], betas[0])
        said = readout.output(readout.observe(Matrix.column(exact(h))))
        assert (said == target.output("1" * length)) == (length < 120)
