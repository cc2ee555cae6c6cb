"""Layers of public code that no saved network has, each from the release on PyPI that holds it.

Only the files that a layer needs are imported, without what their packages would import besides.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.functional import conv1d, silu, softplus

from monoscan.models.released.gateloop import GateLoop
from monoscan.models.released.gdn2 import GatedDeltaNet2
from monoscan.models.released.mixer import Mixer
from monoscan.models.released.rwkv4 import TimeMixing5
from monoscan.models.released.settings import Settings
from monoscan.models.released.xlstm import MatrixLSTM, ScalarLSTM

Weights = Mapping[str, Tensor]
Outputs = dict[str, Tensor]
"""`out`, and `state` where the peer gives one, in the form in which `Peer.state` gives ours."""


@dataclass(frozen=True)
class Peer:
    """A layer here, and the same of public code.

    Attributes:
        layer: The layer here.
        settings: Of both.
        releases: What pip installs, without what it depends on.
        run: What the public code gives for weights by name and an input [B, T, width].
        state: Our state in the form of the peer.
        dtype: Of numbers; float32 where the public code casts to it.
        normed: Whether the public code norms the input itself.
    """

    layer: Callable[[Settings], Mixer]
    settings: Mapping[str, object]
    releases: tuple[str, ...]
    run: Callable[[Path, Weights, Tensor], Outputs]
    state: Callable[[Mapping[str, Tensor]], Tensor] | None = None
    dtype: torch.dtype = torch.float64
    normed: bool = False

    @property
    def width(self) -> int:
        """Channels of the input."""
        named = (self.settings.get(name) for name in ("hidden_size", "embedding_dim", "dim"))
        return next(size for size in named if isinstance(size, int))

    def ours(self) -> Mixer:
        """The layer here, with weights that say something."""
        torch.manual_seed(0)
        made = self.layer(Settings(self.settings))
        with torch.no_grad():
            for weight in made.parameters():
                weight += 0.4 * torch.randn_like(weight)
        return made.to(self.dtype)


@contextmanager
def _imported(folder: Path, name: str) -> Iterator[ModuleType]:
    """A module of a folder, whose packages have no `__init__`; forgotten at the end."""
    sys.path.insert(0, str(folder))
    parents = name.split(".")[:-1]
    for depth in range(1, len(parents) + 1):
        package = ModuleType(".".join(parents[:depth]))
        package.__path__ = [str(folder.joinpath(*parents[:depth]))]
        sys.modules[package.__name__] = package
    try:
        yield importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
        own = {entry.name.removesuffix(".py") for entry in folder.iterdir()}
        for added in [name for name in sys.modules if name.partition(".")[0] in own]:
            del sys.modules[added]


def filled(module: nn.Module, weights: Weights) -> Any:
    """A module with the given parameters as its own."""
    assert dict(module.named_parameters()).keys() == weights.keys()
    for name, weight in weights.items():
        owner, _, last = name.rpartition(".")
        setattr(module.get_submodule(owner), last, weight)
    return module


def _mlstm(folder: Path, weights: Weights, x: Tensor) -> Outputs:
    with _imported(folder, "xlstm.blocks.mlstm.layer") as home:
        config = home.mLSTMLayerConfig(embedding_dim=8, num_heads=2, context_length=x.shape[1])
        layer = filled(home.mLSTMLayer(config), weights)
        out = layer(x)
        memory: dict[str, Any] = {}
        for token in range(x.shape[1]):
            _, memory = layer.step(x[:, token : token + 1], **memory)
        state, _, largest = memory["mlstm_state"]
    return {"out": out, "state": state.mT * largest.exp()}


def _slstm(folder: Path, weights: Weights, x: Tensor) -> Outputs:
    with _imported(folder, "xlstm.blocks.slstm.layer") as home:
        config = home.sLSTMLayerConfig(embedding_dim=8, num_heads=2, backend="vanilla")
        layer = filled(home.sLSTMLayer(config), weights)
        out, memory = layer(x, return_last_state=True)
    return {"out": out, "state": memory["slstm_state"].transpose(0, 1).reshape(len(x), 4, 2, 4)}


def _gateloop(folder: Path, weights: Weights, x: Tensor) -> Outputs:
    with _imported(folder, "gateloop_transformer.gateloop_transformer") as home:
        layer = home.GateLoopedAttention(8, heads=2, sub_ln=True, checkpoint_gate_looped_attn=False)
        return {"out": filled(layer, weights)(x)}


def _rwkv5(folder: Path, weights: Weights, x: Tensor) -> Outputs:
    # Its methods are compiled and its matrices cast by these.
    os.environ |= {"RWKV_JIT_ON": "0", "RWKV_CUDA_ON": "0", "RWKV_V7_ON": "0"}
    width, heads = x.shape[-1], weights["time_decay"].shape[0]
    normal, empty = (torch.ones(width), torch.zeros(width)), (torch.zeros(1),) * 4
    decay = (-weights["time_decay"].exp()).exp().unsqueeze(-1)
    layers = [weights[f"{name}.weight"].T for name in ("key", "value", "receptance", "gate")]
    outs, states = [], []
    with _imported(folder, "rwkv.model") as home:
        for sequence in x:
            out, _, state = home.RWKV.att_seq_v5_2(
                None,
                sequence,
                torch.zeros(width),
                torch.zeros(heads, width // heads, width // heads),
                *normal,
                weights["ln_x.weight"],
                weights["ln_x.bias"],
                *(weights[f"time_mix_{name}"].flatten() for name in "kvrg"),
                decay,
                weights["time_faaaa"].unsqueeze(-1),
                *layers,
                weights["output.weight"].T,
                *(empty * 5),
            )
            outs.append(out - sequence)
            states.append(state)
    return {"out": torch.stack(outs), "state": torch.stack(states).mT}


def _gdn2(folder: Path, weights: Weights, x: Tensor) -> Outputs:
    """fla's layer line by line, around the plain recurrence of the release."""

    def convolved(name: str) -> Tensor:
        given = (x @ weights[f"{name}_proj.weight"].T).mT
        kernel = weights[f"{name}_conv1d.weight"]
        seen = conv1d(given, kernel, padding=kernel.shape[-1] - 1, groups=given.shape[1])
        return silu(seen[..., : x.shape[1]].mT).unflatten(-1, (2, 4))

    def low(name: str) -> Tensor:
        return x @ weights[f"{name}_proj.0.weight"].T @ weights[f"{name}_proj.1.weight"].T

    q, k = (y * (y.square().sum(-1, keepdim=True) + 1e-6).rsqrt() for y in map(convolved, "qk"))
    g = softplus(low("f") + weights["dt_bias"]).unflatten(-1, (2, 4))
    b, w = ((x @ weights[f"{name}_proj.weight"].T).sigmoid().unflatten(-1, (2, 4)) for name in "bw")
    with _imported(folder, "fla.ops.gdn2.naive") as home:
        log = -weights["A_log"].exp().unsqueeze(-1) * g
        read, state = home.naive_recurrent_gdn2(
            q, k, convolved("v"), log, 2 * b, w, output_final_state=True
        )
    normal = read * (read.square().mean(-1, keepdim=True) + 1e-5).rsqrt()
    gate = (low("g") + weights["g_proj.1.bias"]).sigmoid().unflatten(-1, (2, 4))
    out = (normal * weights["o_norm.weight"] * gate).flatten(-2) @ weights["o_proj.weight"].T
    return {"out": out, "state": state.mT}


def _of_sequence(memory: Mapping[str, Tensor]) -> Tensor:
    return torch.stack([memory[name] for name in ("y", "c", "n", "largest")], 1)


PEERS = {
    "gateloop": Peer(
        GateLoop,
        {"dim": 8, "heads": 2, "sub_ln": True},
        ("gateloop-transformer==0.2.5", "einops==0.8.1", "rotary-embedding-torch==0.8.9"),
        _gateloop,
    ),
    "gdn-2": Peer(
        GatedDeltaNet2,
        {
            "hidden_size": 8,
            "head_dim": 4,
            "num_heads": 2,
            "allow_neg_eigval": True,
            "norm_eps": 1e-5,
        },
        ("fla-core==0.6.0",),
        _gdn2,
        lambda memory: memory["state"],
        torch.float32,
    ),
    "mlstm": Peer(
        MatrixLSTM,
        {"embedding_dim": 8, "num_heads": 2},
        ("xlstm==2.0.6",),
        _mlstm,
        lambda memory: memory["state"] * memory["largest"].exp()[..., None, None],
    ),
    "rwkv-5": Peer(
        TimeMixing5,
        {"hidden_size": 8, "head_dim": 4},
        ("rwkv==0.8.32",),
        _rwkv5,
        lambda memory: memory["state"],
        torch.float32,
        normed=True,
    ),
    "slstm": Peer(
        ScalarLSTM, {"embedding_dim": 8, "num_heads": 2}, ("xlstm==2.0.6",), _slstm, _of_sequence
    ),
}


def outputs(run: Callable[[Weights, Tensor], Outputs], weights: Weights, x: Tensor) -> Outputs:
    """What a layer gives, and the gradients of the mean square of its output."""
    leaves = {name: nn.Parameter(w.detach().clone()) for name, w in weights.items()}
    start = x.detach().clone().requires_grad_(True)
    found = run(leaves, start)
    found["out"].square().mean().backward()
    wanted = {**leaves, "x": start}
    gradients = {f"gradient.{name}": w.grad for name, w in wanted.items() if w.grad is not None}
    return {name: tensor.detach() for name, tensor in {**found, **gradients}.items()}
