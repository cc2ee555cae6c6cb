"""Products of many inputs in one selective layer, and the degree of linear attention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from monoscan.proofs_check.certificates.identity import (
    Equal,
    Expression,
    constant,
    identity,
    total,
    variables,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_identities import vector
from monoscan.proofs_check.matrix_rows import identities, instances
from monoscan.proofs_check.rows import open_row

_PRODUCT = "One scalar layer h <- x h, whose gate is the input, ends in the product of its inputs"
_DEGREE = (
    "Linear attention without biases multiplies its outputs by c^3 if its inputs are multiplied "
    "by c"
)
_HENCE = (
    "So k layers of it, nothing added to what they read, compute the product of L inputs only if "
    "L = 3^k"
)
_GENERAL = "Selective layers express multivariate polynomials of high degree in fewer layers"
_LENGTHS = (4, 8, 16)


@claim(
    statement=(
        "One selective layer, whose gate is an input, computes the product of all its inputs, a "
        "polynomial whose degree grows with the length. What linear attention computes has degree "
        "3 a layer, whatever the length."
    ),
    sources=("Cohen-Karlik et al., arXiv 2502.02209",),
    provenance=(
        "the abstract is read, not the theorems; the products and degrees are our own, for the "
        "simplest layers of both kinds"
    ),
    tags=("separation", "one-layer"),
)
def selective_products() -> tuple[Row, ...]:
    """The rows: products, sums of products, the degree of attention, and what is cited."""
    return (
        instances(
            "product",
            _PRODUCT,
            "lengths " + ", ".join(map(str, _LENGTHS)),
            lambda: {f"length-{n}": _product(n) for n in _LENGTHS},
            len(_LENGTHS),
            "the recurrence, multiplied out",
            kind="identity",
        ),
        instances(
            "attention",
            _DEGREE,
            "one layer, sum over s of (q_t k_s) v_s, with 2, 3 and 4 inputs of size 1",
            lambda: {f"length-{n}": _attention(n, 1) for n in (2, 3, 4)},
            3,
            "all outputs at c x against those at x",
            kind="identity",
        ),
        identities(
            "attention-two-layers",
            _HENCE,
            "two layers, 2 inputs: the outputs are multiplied by c^9",
            partial(_attention, 2, 2),
            "all outputs at c x against those at x",
        ),
        open_row(
            "general",
            _GENERAL,
            "selective layers (S6) against linear attention",
            "exact",
            "cited (Cohen-Karlik et al.): residual paths, biases and wide layers are in the paper, "
            "not in the rows above",
        ),
    )


def _product(length: int) -> Certificate:
    inputs = vector("x", length)
    state, sum_of_ends = constant(1), constant(0)
    for x in inputs:
        state = x * state
        sum_of_ends = x * sum_of_ends + x
    product, ends = constant(1), []
    for x in reversed(inputs):
        product = product * x
        ends.append(product)
    return identity(inputs, [Equal(state, product), Equal(sum_of_ends, total(ends))])


def _attention(length: int, layers: int) -> Certificate:
    inputs = vector("x", length)
    weights = [variables(f"q{i}", f"k{i}", f"v{i}") for i in range(layers)]
    (scale,) = variables("c")

    def outputs(values: Sequence[Expression]) -> list[Expression]:
        for q, k, v in weights:
            values = [
                (q * values[t]) * total((k * x) * (v * x) for x in values[: t + 1])
                for t in range(length)
            ]
        return list(values)

    scaled = outputs([scale * x for x in inputs])
    steps = [
        Equal(left, scale ** (3**layers) * right)
        for left, right in zip(scaled, outputs(inputs), strict=True)
    ]
    return identity([scale, *inputs, *(w for entry in weights for w in entry)], steps)
