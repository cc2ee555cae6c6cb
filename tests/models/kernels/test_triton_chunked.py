"""The chunked form in Triton: in Triton's interpreter, and compiled for two GPUs that are not here.

Neither shows that the kernels run right on a GPU; the interpreter shows what they compute.
"""

from __future__ import annotations

import pytest
import torch
from helpers.effort import EVERYTHING
from helpers.kernel_cases import rank_one_inputs
from helpers.triton_interpreter import interpreted

from monoscan.models.kernels import KernelInputError, rank_one
from monoscan.models.kernels import backend as backends
from monoscan.models.kernels.rank_one import dispatch
from monoscan.models.kernels.resources import chunked_resources

# Outputs, last state and all gradients, from a given first state, beside the float64 loop.
COMPARED = """
from helpers.kernel_cases import *
for steps, n_h, gate, key_kind, keys, values, batch, heads in CASES:
    x = rank_one_inputs(
        batch=batch, steps=steps, heads=heads, keys=keys, values=values, n_h=n_h, gate=gate,
        key_kind=key_kind, beta=None if key_kind == "random" else 2.0,
    )
    if x["w"] is not None:  # as in Gated DeltaNet; otherwise states grow beyond fp32
        x["a"] = x["a"] * x["w"]
    x = converted(x, torch.float32)
    with poisoned_memory():
        found = run_rank_one(x, n_h, "triton-chunked")
    expected = run_rank_one(converted(x, torch.float64), n_h, "reference")
    results.append(relative_error(found, expected))
"""

SEEN_BY_TORCH = """
from helpers.kernel_cases import *
from monoscan.models.kernels import rank_one
for (gate,) in CASES:
    x = converted(rank_one_inputs(steps=3, n_h=2, keys=3, values=5, gate=gate), torch.float32)
    arguments = (*(x[name] for name in ("w", "a", "b", "v", "k", "q", "S0")), 2)
    report = torch.library.opcheck(
        torch.ops.monoscan.rank_one_triton_chunked.default, arguments,
        test_utils=("test_schema", "test_autograd_registration", "test_faketensor"),
    )
    results.append(set(report.values()) == {"SUCCESS"})
    rest = {name: x[name][:1] for name in ("b", "v", "k", "q", "S0")}
    w = x["w"]

    def loss(a, w, backend):
        gates = None if w is None else w[None]
        read = rank_one(gates, a[None], **rest, n_h=2, backend=backend)
        return read.outputs.square().sum()

    each = torch.func.vmap(
        torch.func.grad(lambda a, w: loss(a, w, "triton-chunked")), (0, None if w is None else 0)
    )(x["a"], w)
    for row in range(2):
        gradient = torch.func.grad(loss)(x["a"][row], None if w is None else w[row], "reference")
        results.append(bool(torch.allclose(each[row], gradient, atol=1e-5)))
"""


def test_against_the_loop():
    cases = [
        (1, 1, "none", "random", 4, 4, 1, 1),
        (2, 2, "scalar", "random", 5, 3, 2, 1),
        (33, 1, "none", "repeated", 8, 8, 1, 1),
    ]
    if EVERYTHING:
        cases += [
            (63, 1, "none", "repeated", 8, 8, 1, 1),
            (15, 3, "scalar-zero-one", "correlated", 4, 20, 1, 2),
            (11, 4, "scalar-signed", "random", 20, 4, 1, 1),
        ]
    (errors,) = interpreted((COMPARED, cases))
    assert max(errors) < 5e-5


@pytest.mark.slow
def test_torch_sees_the_operator():
    """Its schema and shapes, and gradients of many sequences at once by torch.func."""
    gates = [("none",), ("scalar",)]
    (seen,) = interpreted((SEEN_BY_TORCH, gates))
    assert seen == [True] * 3 * len(gates)


@pytest.mark.slow
@pytest.mark.parametrize("gate", ["none", "scalar", "scalar-zero-one", "scalar-signed"])
def test_against_the_loop_at_more_sizes(gate):
    cases = [
        (steps, n_h, gate, key_kind, 8, 8, 1, 1)
        for steps, n_h, key_kind in [
            (1, 4, "repeated"),
            (2, 3, "correlated"),
            (32, 1, "random"),
            (33, 2, "repeated"),
            (63, 2, "correlated"),
            (100, 1, "repeated"),
            (100, 1, "correlated"),
            (64, 4, "repeated"),
        ]
    ]
    cases.append((40, 1, gate, "repeated", 33, 17, 2, 2))
    (errors,) = interpreted((COMPARED, cases))
    assert max(errors) < 5e-5


@pytest.mark.parametrize(
    ("gate", "steps", "keys", "form", "width"),
    [
        ("none", 256, 8, "triton-chunked", None),
        ("scalar", 256, 64, "triton-chunked", 1),
        ("scalar", 255, 8, "triton", 8),
        ("vector", 256, 8, "triton", 8),
        ("none", 256, 129, "triton", None),
    ],
)
def test_the_form_that_a_gpu_takes(monkeypatch, gate, steps, keys, form, width):
    seen = []

    def record(w, a, _b, v, _k, q, S0, _n_h, backend):
        seen.append((backend, None if w is None else w.shape[-1]))
        return a.new_zeros(*q.shape[:3], v.shape[-1]), S0

    monkeypatch.setattr(dispatch, "choose_backend", lambda *_: "triton")
    monkeypatch.setattr(dispatch, "rank_one_op", record)
    rank_one(**rank_one_inputs(batch=1, steps=steps, heads=1, keys=keys, gate=gate))
    assert seen == [(form, width)]


def test_a_gate_for_each_key_is_refused(monkeypatch):
    monkeypatch.setattr(backends, "is_interpreting", lambda: True)
    x = {
        name: None if tensor is None else tensor.float()
        for name, tensor in rank_one_inputs(steps=5, gate="vector").items()
    }
    with pytest.raises(KernelInputError, match=r"w has 8 numbers a head, .* take backend 'triton'"):
        rank_one(**x, backend="triton-chunked")


def test_what_it_cannot_run_on():
    x = rank_one_inputs(steps=5)
    with pytest.raises(ValueError, match="'triton-chunked' cannot run: it takes tensors on a cuda"):
        rank_one(**x, backend="triton-chunked")
    obstacle = backends.obstacle_to("triton-chunked", torch.device("cuda"), torch.float64)
    assert obstacle is not None
    assert "computes in float32" in obstacle


def assert_modest(table):
    """No spills, and shared memory that every GPU of these architectures has."""
    for resources in table:
        assert resources.stack == 0, resources
        assert 0 < resources.registers <= 255
        assert 0 < resources.shared <= 99 * 1024


def test_no_register_spills_at_64():
    assert_modest(chunked_resources(64, 90))


@pytest.mark.slow
@pytest.mark.parametrize("architecture", [80, 90])
@pytest.mark.parametrize("fixed", [{}, {"n_h": 1}, {"n_h": 1, "heads": 1}])
def test_no_register_spills_where_sizes_are_one(architecture, fixed):
    """Triton makes arguments that are 1 part of the code."""
    for gated in (False, True):
        assert_modest(chunked_resources(64, architecture, gated=gated, fixed=fixed))


@pytest.mark.slow
@pytest.mark.parametrize("architecture", [80, 90])
def test_no_register_spills_at_the_most_keys_that_a_gpu_takes_it_for(architecture):
    for gated in (False, True):
        assert_modest(chunked_resources(dispatch.WIDEST_KEYS, architecture, gated=gated))


@pytest.mark.slow
def test_one_key_and_one_value_compile():
    fixed = dict.fromkeys(("steps", "heads", "keys", "values", "n_h"), 1)
    assert_modest(chunked_resources(1, 90, fixed=fixed))


@pytest.mark.slow
def test_spills_are_seen_where_there_are_some():
    """A positive control: eight times the keys do not fit into the registers."""
    assert any(resources.stack > 0 for resources in chunked_resources(512, 80))
