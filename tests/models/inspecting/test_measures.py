"""Eigenvalues, memory and ranks against products that are written out."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from monoscan.models.inspecting.eigenvalues import eigenvalues
from monoscan.models.inspecting.memories import Followed
from monoscan.models.inspecting.watching import Watcher, effective_rank
from monoscan.models.released.steps import EntrySteps, MatrixSteps, Steps

TOKENS, HEADS, KEYS = 9, 2, 6
KINDS = ("delta", "gated", "channels", "together", "diagonal", "scalar")


def drawn(kind: str, seed: int, n_h: int = 1, keys: int = KEYS) -> MatrixSteps:
    """Random steps of a kind of layer, in float64."""
    generator = torch.Generator().manual_seed(seed)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(shape, generator=generator, dtype=torch.float64)

    rows = 1, TOKENS * n_h, HEADS
    k = torch.nn.functional.normalize(uniform(*rows, keys) - 0.5, dim=-1)
    v, q = uniform(*rows, 3), uniform(1, TOKENS, HEADS, keys)
    beta = 2 * uniform(*rows, 1)
    w = {
        "delta": None,
        "gated": uniform(*rows, 1),
        "channels": uniform(*rows, keys),
        "together": uniform(*rows, keys),
        "diagonal": uniform(*rows, keys),
        "scalar": uniform(*rows, 1),
    }[kind]
    if kind in ("diagonal", "scalar"):
        return MatrixSteps(k, v, q, w, n_h=n_h)
    b = k * uniform(*rows, keys) if kind == "together" else k
    a = -k if kind == "together" else -beta * k
    return MatrixSteps(k, v, q, w, a, b, beta[..., 0], n_h, kind == "together")


def written_out(steps: MatrixSteps, first: int, tokens: int) -> Tensor:
    """The product of the transitions of some tokens, [heads, K, K], factor by factor."""
    product = torch.eye(steps.k.shape[-1], dtype=torch.float64).repeat(HEADS, 1, 1)
    for place in range(first * steps.n_h, (first + tokens) * steps.n_h):
        diagonal = torch.ones_like(steps.k) if steps.w is None else steps.w.expand_as(steps.k)
        factor = torch.diag_embed(diagonal[0, place])
        if steps.a is not None and steps.b is not None:
            rank_one = steps.b[0, place].unsqueeze(-1) * steps.a[0, place].unsqueeze(-2)
            eye = torch.eye(steps.k.shape[-1], dtype=torch.float64)
            factor = factor + rank_one if steps.together else (eye + rank_one) @ factor
        product = factor @ product
    return product


def distance(found: Tensor, expected: Tensor) -> float:
    """How far a value of one set is from all of the other, at most."""
    between = (found.unsqueeze(-1) - expected.unsqueeze(-2)).abs()
    return max(float(between.amin(-1).max()), float(between.amin(-2).max()))


@given(st.sampled_from(KINDS), st.integers(0, 10**6), st.integers(1, 4), st.sampled_from([1, 2]))
def test_eigenvalues_are_those_of_the_product(kind: str, seed: int, tokens: int, n_h: int) -> None:
    steps = drawn(kind, seed, n_h)
    found, _ = eigenvalues(steps, tokens)
    assert len(found) == TOKENS - tokens + 1
    for first, values in enumerate(found):
        expected = torch.linalg.eigvals(written_out(steps, first, tokens))
        for head in range(HEADS):
            # The eigenvalues of a product with close ones are known to the root of the precision.
            assert distance(values[head], expected[head]) < 1e-5


@given(st.integers(0, 10**6), st.integers(1, 8))
def test_entries_are_multiplied(seed: int, tokens: int) -> None:
    w = torch.rand(1, TOKENS, 4, 2, generator=torch.Generator().manual_seed(seed))
    found, sizes = eigenvalues(EntrySteps(w, w, w[..., 0, :]), tokens)
    products = w[0].unfold(0, tokens, 1).double().prod(-1).flatten(1)
    chosen = torch.linspace(0, len(products) - 1, len(found)).round().long()
    assert (found[:, 0].real - products[chosen]).abs().max() < 1e-6
    assert (sizes[:, 0] - products[chosen].amax(-1)).abs().max() < 1e-6


@given(st.sampled_from(KINDS), st.integers(0, 10**6), st.sampled_from([1, 2]), st.data())
def test_memory_is_the_first_token_at_which_a_key_has_shrunk(
    kind: str, seed: int, n_h: int, data: st.DataObject
) -> None:
    steps = drawn(kind, seed, n_h)
    cut = data.draw(st.integers(1, TOKENS - 1))
    followed = Followed(TOKENS)
    for piece in pieces(steps, cut):
        followed.read(piece)
    medians = followed.medians()
    begins = range(TOKENS // 2)
    assert followed.followed == TOKENS - 1 - begins[-1]
    for head in range(HEADS):
        lengths = sorted(length_of(steps, begin, head) for begin in begins)
        middle = lengths[(len(lengths) - 1) // 2]
        assert medians[head] == (None if math.isinf(middle) else middle)


def length_of(steps: MatrixSteps, begin: int, head: int) -> float:
    key = steps.k[0, (begin + 1) * steps.n_h - 1, head]
    for tokens in range(1, TOKENS - begin):
        moved = written_out(steps, begin + 1, tokens)[head] @ key
        if moved.norm() <= math.exp(-1) * key.norm():
            return tokens
    return math.inf


def pieces(steps: MatrixSteps, cut: int) -> list[MatrixSteps]:
    parts = (steps.k, steps.v, steps.w, steps.a, steps.b)
    ends = ((0, cut), (cut, TOKENS))
    return [
        MatrixSteps(
            *(None if x is None else x[:, a * steps.n_h : b * steps.n_h] for x in parts[:2]),
            steps.q[:, a:b],
            *(None if x is None else x[:, a * steps.n_h : b * steps.n_h] for x in parts[2:]),
            n_h=steps.n_h,
            together=steps.together,
        )
        for a, b in ends
    ]


def test_one_reflection_is_negative_and_never_forgets() -> None:
    k = torch.tensor([1.0, 0.0]).expand(1, 5, 1, 2)
    steps = MatrixSteps(k, k, k, None, -2 * k, k, torch.full((1, 5, 1), 2.0))
    watcher = Watcher(5)
    watcher.read(steps, torch.eye(2).view(1, 1, 2, 2))
    (facts,) = watcher.facts(3)
    shares = [p.negative for p in facts.products]
    assert shares == [1.0, 0.0, 1.0, 0.0, 1.0]
    assert [p.complex for p in facts.products] == [0.0] * 5
    assert (facts.layer, facts.above_one, facts.memory, facts.followed) == (3, 1.0, None, 3)
    assert facts.rank == pytest.approx(2.0)


def test_a_turn_by_two_reflections_is_not_real() -> None:
    angle = math.pi / 5
    k = torch.tensor([[1.0, 0.0], [math.cos(angle), math.sin(angle)]]).view(1, 2, 1, 2)
    steps = MatrixSteps(k, k, k[:, :1], None, -2 * k, k, torch.full((1, 2, 1), 2.0), n_h=2)
    watcher = Watcher(1)
    watcher.read(steps, torch.zeros(1, 1, 2, 2))
    (facts,) = watcher.facts(1)
    (turn,) = facts.products
    assert (turn.complex, turn.negative) == (1.0, 0.0)
    assert turn.least == pytest.approx(math.cos(2 * angle), abs=1e-6)
    assert turn.radius == pytest.approx(1.0, abs=1e-6)
    assert facts.rank == 0.0


def test_what_rounding_makes_of_zero_is_not_negative() -> None:
    k = torch.tensor([0.6, 0.8]).expand(1, 3, 1, 2)
    # |k| is 1 + 2^-24 in float32: the eigenvalue is -1.2e-7 instead of 0.
    steps: Steps = MatrixSteps(k, k, k, None, -1.0000001 * k, k)
    watcher = Watcher(3)
    watcher.read(steps, torch.zeros(1, 1, 2, 2))
    assert [p.negative for p in watcher.facts(1)[0].products] == [0.0, 0.0, 0.0]


def test_the_effective_rank_counts_equal_singular_values() -> None:
    one = torch.zeros(4, 4)
    one[0, 1] = 7.0
    found = effective_rank(torch.stack([torch.eye(4), one, torch.zeros(4, 4)]))
    assert found.tolist() == pytest.approx([4.0, 1.0, 0.0])


def test_of_many_tokens_every_transition_is_looked_at_and_some_products() -> None:
    generator = torch.Generator().manual_seed(0)
    k = torch.randn(1, 100, 1, 4, generator=generator)
    steps = MatrixSteps(k, k, k, None, -k, k)
    assert [len(eigenvalues(steps, tokens)[0]) for tokens in (1, 2, 8)] == [100, 64, 64]
    found, _ = eigenvalues(steps, 1)
    assert found.real.amin() == pytest.approx(float(1 - k.square().sum(-1).amax()), abs=1e-5)
