"""The rank-one recurrence: every form, its outputs and all gradients, beside the float64 loop."""

from __future__ import annotations

import pytest
import torch
from helpers.effort import examples
from helpers.kernel_cases import (
    converted,
    poisoned_memory,
    rank_one_inputs,
    relative_error,
    run_rank_one,
)
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.kernels import KernelInputError, SlowKernelWarning, rank_one
from monoscan.models.kernels import backend as backends
from monoscan.models.kernels.rank_one.chunked import chunked_rank_one

FORMS = ["chunked", "compiled"]
GATES = ["none", "scalar", "vector", "zero-one", "signed"]


def worst_error(inputs, n_h, backend, dtype=torch.float32):
    """The given form in the given precision against the loop on the very same numbers."""
    rounded = converted(inputs, dtype)
    found = run_rank_one(rounded, n_h, backend)
    return relative_error(found, run_rank_one(converted(rounded, torch.float64), n_h, "reference"))


def test_the_loop_is_the_matrix_formula():
    x = rank_one_inputs(batch=1, steps=2, heads=1, keys=3, values=2, n_h=2, gate="signed")
    state = x["S0"][0, 0]
    for step in range(4):
        w, a, b, v, k = (x[name][0, step, 0] for name in "wabvk")
        state = state @ (torch.diag(w) + torch.outer(a, b)) + torch.outer(v, k)
    outputs, final = rank_one(**x, n_h=2, backend="reference")
    assert torch.allclose(final[0, 0], state)
    assert torch.allclose(outputs[0, 1, 0], state @ x["q"][0, 1, 0])


@pytest.mark.parametrize("backend", FORMS)
@pytest.mark.parametrize("steps", [1, 2, 63, 100, 257])
def test_ragged_lengths(backend, steps):
    inputs = rank_one_inputs(batch=1, steps=steps, gate="vector")
    assert worst_error(inputs, 1, backend) < 2e-5
    assert worst_error(inputs, 1, backend, torch.float64) < 1e-12


@pytest.mark.parametrize("backend", FORMS)
@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("n_h", [1, 2, 3, 4])
def test_sub_steps_and_gates(backend, gate, n_h):
    inputs = rank_one_inputs(steps=23, n_h=n_h, gate=gate)
    assert worst_error(inputs, n_h, backend) < 2e-5


@pytest.mark.parametrize("backend", FORMS)
@pytest.mark.parametrize("key_kind", ["repeated", "correlated"])
@pytest.mark.parametrize("gate", ["none", "scalar"])
def test_reflections_with_equal_keys(backend, key_kind, gate):
    inputs = rank_one_inputs(steps=100, n_h=2, key_kind=key_kind, gate=gate, beta=2.0)
    assert worst_error(inputs, 2, backend) < 5e-5


def test_the_doubling_of_the_inverse_would_fail_where_forward_substitution_does_not():
    """A positive control: the trap that repeated keys with beta = 2 are in the tests for."""
    k = torch.nn.functional.normalize(torch.ones(64, 4), dim=-1)
    strict = (2 * k @ k.T).tril(-1)
    power, inverse = -strict, torch.eye(64) - strict
    for _ in range(5):
        power = power @ power
        inverse = inverse + inverse @ power
    exact = torch.linalg.inv(torch.eye(64, dtype=torch.float64) + strict.double())
    assert (inverse - exact).abs().max() > 1e3
    solved = torch.linalg.solve_triangular(
        torch.eye(64) + strict, torch.eye(64), upper=False, unitriangular=True
    )
    assert (solved - exact).abs().max() < 1e-4


# Each size is compiled anew, which takes seconds.
@pytest.mark.parametrize(
    ("backend", "keys", "values"),
    [
        *(("chunked", *sizes) for sizes in [(1, 1), (5, 3), (8, 4), (3, 9)]),
        ("compiled", 1, 1),
        *(
            pytest.param("compiled", *sizes, marks=pytest.mark.slow)
            for sizes in [(5, 3), (8, 4), (3, 9)]
        ),
    ],
)
def test_odd_sizes(backend, keys, values):
    inputs = rank_one_inputs(steps=9, keys=keys, values=values, n_h=2, gate="vector", batch=3)
    assert worst_error(inputs, 2, backend, torch.float64) < 1e-12


@pytest.mark.parametrize("backend", FORMS)
def test_nothing_is_read_before_it_is_written(backend):
    inputs = rank_one_inputs(steps=70, keys=5, values=3, n_h=2, gate="zero-one")
    expected = run_rank_one(inputs, 2, "reference")
    with poisoned_memory():
        assert relative_error(run_rank_one(inputs, 2, backend), expected) < 1e-11


@pytest.mark.parametrize("backend", FORMS)
def test_a_sequence_in_pieces_is_the_whole_sequence(backend):
    x = rank_one_inputs(steps=40, n_h=2, gate="vector")
    whole, last = rank_one(**x, n_h=2, backend=backend)
    state, pieces = x["S0"], []
    for first, end in ((0, 1), (1, 17), (17, 40)):
        part = {name: x[name][:, 2 * first : 2 * end] for name in "wabvk"}
        piece, state = rank_one(**part, q=x["q"][:, first:end], S0=state, n_h=2, backend=backend)
        pieces.append(piece)
    assert torch.allclose(torch.cat(pieces, 1), whole, atol=1e-12)
    assert torch.allclose(state, last, atol=1e-12)


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 10, 64])
def test_the_size_of_a_chunk_changes_nothing(chunk):
    x = rank_one_inputs(steps=10, n_h=2, gate="signed")
    arguments = (*(x[name] for name in ("w", "a", "b", "v", "k", "q", "S0")), 2)
    outputs, final = chunked_rank_one(*arguments, chunk=chunk)
    expected = rank_one(**x, n_h=2, backend="reference")
    assert torch.allclose(outputs, expected.outputs, atol=1e-12)
    assert torch.allclose(final, expected.final, atol=1e-12)


@pytest.mark.parametrize("backend", FORMS)
def test_absent_inputs_are_zeros(backend):
    x = rank_one_inputs(steps=6)
    zeros = {**x, "v": torch.zeros_like(x["v"])}
    expected = rank_one(**zeros, backend="reference")
    found = rank_one(**{**x, "v": None, "k": None}, backend=backend)
    assert torch.allclose(found.outputs, expected.outputs)
    unread = rank_one(**{**zeros, "q": None}, backend=backend)
    assert unread.outputs.shape == (2, 0, 2, 8)
    assert torch.allclose(unread.final, expected.final)
    from_zero = rank_one(**{**x, "S0": None}, backend=backend)
    start = torch.zeros_like(x["S0"])
    assert torch.allclose(
        from_zero.final, rank_one(**{**x, "S0": start}, backend="reference").final
    )


@pytest.mark.parametrize("gate", [None, "vector"])
def test_gradcheck_of_the_compiled_form(gate):
    x = rank_one_inputs(batch=1, steps=3, heads=1, keys=3, values=2, n_h=2, gate=gate or "none")
    names = [name for name, tensor in x.items() if tensor is not None]
    leaves = [x[name].requires_grad_() for name in names]

    def function(*tensors):
        given = {**x, **dict(zip(names, tensors, strict=True))}
        return tuple(rank_one(**given, n_h=2, backend="compiled"))

    assert torch.autograd.gradcheck(function, leaves)


def test_only_one_of_the_results_is_used():
    x = rank_one_inputs(steps=5)
    for pick in (0, 1):
        gradients = []
        for backend in ("reference", "compiled"):
            leaf = x["a"].clone().requires_grad_()
            result = rank_one(**{**x, "a": leaf}, backend=backend)[pick]
            gradients.append(torch.autograd.grad(result.sum(), leaf)[0])
        assert torch.allclose(*gradients)


@examples(15)
@given(
    steps=st.integers(1, 40),
    n_h=st.integers(1, 4),
    gate=st.sampled_from(GATES),
    key_kind=st.sampled_from(["random", "repeated", "correlated"]),
    beta=st.sampled_from([None, 0.0, 1.0, 2.0]),
    seed=st.integers(0, 1000),
)
def test_any_combination(steps, n_h, gate, key_kind, beta, seed):
    inputs = rank_one_inputs(
        batch=1, steps=steps, n_h=n_h, gate=gate, key_kind=key_kind, beta=beta, seed=seed
    )
    expected = run_rank_one(inputs, n_h, "reference")
    for backend in FORMS:
        assert relative_error(run_rank_one(inputs, n_h, backend), expected) < 1e-10


def test_narrow_types_are_computed_in_float32():
    x = {n: None if t is None else t.bfloat16() for n, t in rank_one_inputs(steps=30).items()}
    outputs, final = rank_one(**x, backend="compiled")
    assert (outputs.dtype, final.dtype) == (torch.bfloat16, torch.float32)
    exact = rank_one(**{n: None if t is None else t.double() for n, t in x.items()})
    assert (final - exact.final).abs().max() < 1e-4


def test_threads_do_not_change_a_bit():
    inputs = converted(rank_one_inputs(batch=32, steps=64, heads=2), torch.float32)
    before = torch.get_num_threads()
    results = []
    try:
        for threads in (1, 2, 3):
            torch.set_num_threads(threads)
            results.append(run_rank_one(inputs, 1, "compiled"))
    finally:
        torch.set_num_threads(before)
    for other in results[1:]:
        assert all(torch.equal(x, y) for x, y in zip(results[0], other, strict=True))


def test_vmap_and_grad_of_torch_func():
    x = rank_one_inputs(batch=3, steps=4, gate="vector")

    def loss(w, a, backend="compiled"):
        rest = {name: x[name][:1] for name in ("b", "v", "k", "q", "S0")}
        return rank_one(w[None], a[None], **rest, backend=backend).outputs.square().sum()

    each = torch.func.vmap(torch.func.grad(loss, argnums=(0, 1)))(x["w"], x["a"])
    for row in range(3):
        expected = torch.func.grad(lambda w, a: loss(w, a, backend="reference"), argnums=(0, 1))(
            x["w"][row], x["a"][row]
        )
        assert torch.allclose(each[0][row], expected[0])
        assert torch.allclose(each[1][row], expected[1])


@pytest.mark.parametrize("gate", ["none", "vector"])
def test_torch_accepts_the_operator(gate):
    x = rank_one_inputs(steps=3, n_h=2, keys=3, values=2, gate=gate)
    arguments = (*(x[name] for name in ("w", "a", "b", "v", "k", "q", "S0")), 2)
    torch.library.opcheck(torch.ops.monoscan.rank_one_compiled.default, arguments)


# Dynamo itself makes an instance of autograd.Function, which torch then complains about.
@pytest.mark.filterwarnings("ignore:.*should not be instantiated:DeprecationWarning")
def test_torch_compile_sees_one_graph():
    x = rank_one_inputs(steps=5, gate="scalar")
    compiled = torch.compile(
        lambda **t: rank_one(**t).outputs * 2, fullgraph=True, backend="aot_eager"
    )
    leaf = x["a"].clone().requires_grad_()
    found = compiled(**{**x, "a": leaf})
    assert torch.allclose(found, 2 * rank_one(**x, backend="reference").outputs)
    assert torch.autograd.grad(found.sum(), leaf)[0].isfinite().all()


def test_a_gradient_of_a_gradient_is_an_error_and_never_wrong():
    x = rank_one_inputs(steps=5, gate="scalar")
    leaf = x["v"].clone().requires_grad_()

    def gradient(backend: str) -> torch.Tensor:
        loss = rank_one(**{**x, "v": leaf}, backend=backend).outputs.pow(3).sum()
        return torch.autograd.grad(loss, leaf, create_graph=True)[0].sum()

    with pytest.raises(NotImplementedError, match=r"no gradient: .* take backend='chunked'"):
        torch.autograd.grad(gradient("compiled"), leaf)
    (chunked,), (expected,) = (
        torch.autograd.grad(gradient(backend), leaf) for backend in ("chunked", "reference")
    )
    assert torch.allclose(chunked, expected, rtol=1e-3, atol=1e-4)


def test_without_numba_the_chunked_form_runs_and_says_so(monkeypatch):
    monkeypatch.setattr(backends, "has_numba", lambda: False)
    x = rank_one_inputs(steps=5)
    with pytest.warns(SlowKernelWarning, match="numba is not installed .*chunked torch form runs"):
        found = rank_one(**x)
    assert torch.allclose(found.outputs, rank_one(**x, backend="reference").outputs)
    with pytest.raises(ValueError, match="backend 'compiled' cannot run: numba is not installed"):
        rank_one(**x, backend="compiled")


def test_unknown_or_impossible_backends():
    x = rank_one_inputs(steps=5)
    with pytest.raises(ValueError, match="no backend 'fast'; there are auto, reference, chunked"):
        rank_one(**x, backend="fast")
    with pytest.raises(ValueError, match="'triton' cannot run: it takes tensors on a cuda device"):
        rank_one(**x, backend="triton")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"a": torch.zeros(2, 5, 3)}, r"a has shape \(2, 5, 3\), expected \(B, S, H, K\)"),
        ({"a": torch.zeros(2, 0, 2, 8)}, r"a has shape \(2, 0, 2, 8\): S must be at least 1"),
        ({"b": torch.zeros(2, 6, 2, 7)}, r"b has shape .*expected \(B=2, S=6, H=2, K=8\)"),
        ({"w": torch.zeros(2, 6, 2, 3)}, r"w has shape .*expected \(B=2, S=6, H=2, K=8\)"),
        ({"v": torch.zeros(2, 5, 2, 8)}, r"v has shape .*expected \(B=2, S=6, H=2, V=8\)"),
        ({"q": torch.zeros(2, 3, 2, 8)}, r"q has shape .*expected \(B=2, T=6, H=2, K=8\)"),
        ({"S0": torch.zeros(2, 2, 8, 7)}, r"S0 has shape .*expected \(B=2, H=2, V=8, K=8\)"),
        ({"v": None}, "k is given and v is None; give both or neither"),
        ({"v": None, "k": None, "S0": None}, "without values an initial state is needed"),
        ({"n_h": 4}, r"6 sub-steps, which is not a multiple of n_h = 4"),
        ({"n_h": 0}, r"not a multiple of n_h = 0 \(at least 1\)"),
        (
            {"k": torch.zeros(2, 6, 2, 8, dtype=torch.int64)},
            r"k has type torch.int64, .*\.float\(\)",
        ),
        ({"k": torch.zeros(2, 6, 2, 8, dtype=torch.complex64)}, "expected a floating-point type"),
        ({"k": torch.zeros(2, 6, 2, 8, device="meta")}, "k is on meta and a on cpu; move all"),
    ],
)
def test_bad_input(change, message):
    with pytest.raises(KernelInputError, match=message):
        rank_one(**{**rank_one_inputs(steps=6), **change})
