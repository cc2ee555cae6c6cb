"""The diagonal scan: every form, its states and all gradients, beside the float64 loop."""

from __future__ import annotations

import pytest
import torch
from helpers.effort import examples
from helpers.kernel_cases import (
    converted,
    poisoned_memory,
    relative_error,
    run_scan,
    scan_inputs,
)
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.kernels import KernelInputError, SlowKernelWarning, diagonal_scan
from monoscan.models.kernels import backend as backends
from monoscan.models.kernels.diagonal_scan import cpu
from monoscan.models.kernels.diagonal_scan.chunked import chunked_scan

FORMS = ["chunked", "compiled"]
KINDS = ["signed", "zero-one", "complex"]


@pytest.mark.parametrize("backend", FORMS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("steps", [1, 2, 63, 100, 257])
def test_ragged_lengths(backend, kind, steps):
    inputs = scan_inputs(steps=steps, kind=kind)
    expected = run_scan(inputs, "reference")
    assert relative_error(run_scan(inputs, backend), expected) < 1e-12
    rounded = converted(inputs, torch.float32)
    expected = run_scan(converted(rounded, torch.float64), "reference")
    assert relative_error(run_scan(rounded, backend), expected) < 1e-5


def test_a_negative_factor_that_log_space_scans_cannot_take():
    a = torch.tensor([-1.0, -0.5, 0.0, -2.0]).view(1, 4, 1)
    for backend in ("reference", *FORMS):
        states = diagonal_scan(a, torch.ones_like(a), backend=backend).states
        assert states.flatten().tolist() == [1.0, 0.5, 1.0, -1.0]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_longer_than_one_piece_of_work(kind, monkeypatch):
    monkeypatch.setattr(cpu, "PIECE", 4)
    inputs = scan_inputs(steps=9, width=11, kind=kind)
    expected = run_scan(inputs, "reference")
    assert relative_error(run_scan(inputs, "compiled"), expected) < 1e-12


@pytest.mark.parametrize("backend", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_read_before_it_is_written(backend, kind):
    inputs = scan_inputs(steps=37, kind=kind)
    expected = run_scan(inputs, "reference")
    with poisoned_memory():
        assert relative_error(run_scan(inputs, backend), expected) < 1e-12


@pytest.mark.parametrize("backend", FORMS)
def test_a_sequence_in_pieces_is_the_whole_sequence(backend):
    x = scan_inputs(steps=40)
    whole, last = diagonal_scan(**x, backend=backend)
    state, pieces = x["h0"], []
    for first, end in ((0, 1), (1, 17), (17, 40)):
        piece, state = diagonal_scan(
            x["a"][:, first:end], x["b"][:, first:end], state, backend=backend
        )
        pieces.append(piece)
    assert torch.allclose(torch.cat(pieces, 1), whole, atol=1e-12)
    assert torch.allclose(state, last, atol=1e-12)


@pytest.mark.parametrize("chunk", [1, 2, 3, 5, 16, 100])
def test_the_size_of_a_chunk_changes_nothing(chunk):
    x = scan_inputs(steps=21, kind="complex")
    states, final = chunked_scan(x["a"], x["b"], x["h0"], chunk)
    expected = diagonal_scan(**x, backend="reference")
    assert torch.allclose(states, expected.states)
    assert torch.allclose(final, expected.final)


@pytest.mark.parametrize("kind", KINDS)
def test_gradcheck_of_the_compiled_form(kind):
    x = scan_inputs(batch=1, steps=4, width=3, kind=kind)
    leaves = [tensor.requires_grad_() for tensor in x.values()]
    assert torch.autograd.gradcheck(
        lambda *tensors: tuple(diagonal_scan(*tensors, backend="compiled")), leaves
    )


@examples(20)
@given(
    steps=st.integers(1, 50),
    width=st.integers(1, 9),
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 1000),
)
def test_any_combination(steps, width, kind, seed):
    inputs = scan_inputs(steps=steps, width=width, kind=kind, seed=seed)
    expected = run_scan(inputs, "reference")
    for backend in FORMS:
        assert relative_error(run_scan(inputs, backend), expected) < 1e-12


def test_types_of_the_results():
    x = scan_inputs(steps=3)
    narrow = diagonal_scan(x["a"].bfloat16(), x["b"].bfloat16())
    assert (narrow.states.dtype, narrow.final.dtype) == (torch.bfloat16, torch.float32)
    mixed = diagonal_scan(x["a"].float() + 0j, x["b"].float())
    assert mixed.states.dtype == torch.complex64
    from_complex = diagonal_scan(x["a"], x["b"], x["h0"] + 1j)
    assert from_complex.states.dtype == torch.complex128


def test_real_factors_get_real_gradients_beside_complex_inputs():
    x = scan_inputs(steps=5, kind="complex")
    gradients = []
    for backend in ("reference", *FORMS):
        a = x["a"].real.clone().requires_grad_()
        states = diagonal_scan(a, x["b"], backend=backend).states
        gradients.append(torch.autograd.grad(states.abs().square().sum(), a)[0])
    assert gradients[0].dtype == torch.float64
    assert all(torch.allclose(gradients[0], other) for other in gradients[1:])


def test_vmap_and_grad_of_torch_func():
    x = scan_inputs(batch=3, steps=4)

    def loss(a, backend="compiled"):
        return diagonal_scan(a[None], x["b"][:1], backend=backend).states.square().sum()

    each = torch.func.vmap(torch.func.grad(loss))(x["a"])
    for row in range(3):
        expected = torch.func.grad(lambda a: loss(a, backend="reference"))(x["a"][row])
        assert torch.allclose(each[row], expected)


@pytest.mark.parametrize("kind", ["signed", "complex"])
def test_torch_accepts_the_operator(kind):
    x = scan_inputs(steps=3, kind=kind)
    arguments = (x["a"].to(x["b"].dtype), x["b"], x["h0"])
    torch.library.opcheck(torch.ops.monoscan.diagonal_scan_compiled.default, arguments)


# Dynamo itself makes an instance of autograd.Function, which torch then complains about.
@pytest.mark.filterwarnings("ignore:.*should not be instantiated:DeprecationWarning")
def test_torch_compile_sees_one_graph():
    x = scan_inputs(steps=5)
    compiled = torch.compile(
        lambda a, b: diagonal_scan(a, b).states * 2, fullgraph=True, backend="aot_eager"
    )
    leaf = x["a"].clone().requires_grad_()
    found = compiled(leaf, x["b"])
    assert torch.allclose(found, 2 * diagonal_scan(x["a"], x["b"], backend="reference").states)
    assert torch.autograd.grad(found.sum(), leaf)[0].isfinite().all()


def test_a_gradient_of_a_gradient_is_an_error_and_never_wrong():
    x = scan_inputs(steps=5)
    leaf = x["b"].clone().requires_grad_()

    def gradient(backend: str) -> torch.Tensor:
        loss = diagonal_scan(x["a"], leaf, backend=backend).states.pow(3).sum()
        return torch.autograd.grad(loss, leaf, create_graph=True)[0].sum()

    with pytest.raises(NotImplementedError, match=r"no gradient: .* take backend='chunked'"):
        torch.autograd.grad(gradient("compiled"), leaf)
    (chunked,), (expected,) = (
        torch.autograd.grad(gradient(backend), leaf) for backend in ("chunked", "reference")
    )
    assert torch.allclose(chunked, expected, rtol=1e-3, atol=1e-4)


def test_without_numba_the_chunked_form_runs_and_says_so(monkeypatch):
    monkeypatch.setattr(backends, "has_numba", lambda: False)
    x = scan_inputs(steps=5)
    with pytest.warns(SlowKernelWarning, match=r"pip install 'monoscan\[models\]'.*slower"):
        found = diagonal_scan(**x)
    assert torch.allclose(found.states, diagonal_scan(**x, backend="reference").states)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"a": torch.zeros(5, 3)}, r"a has shape \(5, 3\), expected \(B, T, D\)"),
        ({"a": torch.zeros(2, 0, 5)}, r"a has shape \(2, 0, 5\): T must be at least 1"),
        ({"b": torch.zeros(2, 4, 5)}, r"b has shape \(2, 4, 5\), expected \(B=2, T=6, D=5\)"),
        ({"h0": torch.zeros(5)}, r"h0 has shape \(5,\), expected \(B=2, D=5\)"),
        ({"b": torch.zeros(2, 6, 5, dtype=torch.int32)}, "expected a floating-point or complex"),
        ({"b": torch.zeros(2, 6, 5, device="meta")}, "b is on meta and a on cpu; move all"),
    ],
)
def test_bad_input(change, message):
    with pytest.raises(KernelInputError, match=message):
        diagonal_scan(**{**scan_inputs(steps=6), **change})
