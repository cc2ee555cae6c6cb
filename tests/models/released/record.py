"""Records what flash-linear-attention 0.6.0 and transformers compute, for the tests of this folder.

    python -m venv peers
    peers/bin/pip install flash-linear-attention==0.6.0 transformers==5.24.0 torch triton
    peers/bin/python tests/models/released/record.py

makes each network anew in `recorded/`, saves it with its own `save_pretrained`, and writes beside
it `expected.safetensors`: tokens, the scores that the peer's own kernels give for them in Triton's
interpreter, which runs on a processor, and the gradients of the mean square of the scores.
`record.py --keep` leaves the networks as they are. `trained` is not made anew: it was trained and
saved by monoscan (`python tests/models/released/record.py train`, where monoscan is installed), and
only what the peer computes with it is recorded. Tests read `recorded/` and need none of this.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

_OF_TRANSFORMERS = "--transformers"
_KEEP = "--keep"
_OPTIONS = {_OF_TRANSFORMERS, _KEEP}
HERE = Path(__file__).resolve().parent / "recorded"
SMALL = {"hidden_size": 8, "num_hidden_layers": 2, "vocab_size": 7, "intermediate_size": 8}
TWO = {**SMALL, "num_heads": 2}
DELTA = {**TWO, "head_dim": 4}
RANKS = dict.fromkeys(
    ("decay_low_rank_dim", "gate_low_rank_dim", "a_low_rank_dim", "v_low_rank_dim"), 2
)
ATTENTION = {"layers": [1], "num_heads": 2, "num_kv_heads": 1, "window_size": 5}
SCANNED = {"hidden_size": 8, "num_hidden_layers": 2, "vocab_size": 7}
NETWORKS: dict[str, tuple[str, dict[str, object]]] = {
    "delta_net": ("DeltaNetConfig", TWO),
    "delta_net-negative": ("DeltaNetConfig", {**TWO, "allow_neg_eigval": True}),
    "delta_net-plain": (
        "DeltaNetConfig",
        {
            **TWO,
            "use_short_conv": False,
            "qk_activation": "elu",
            "qk_norm": "sum",
            "use_gate": True,
            "expand_v": 2.0,
        },
    ),
    "delta_net-fixed": ("DeltaNetConfig", {**TWO, "use_beta": False, "conv_size": 3}),
    "gated_deltanet": ("GatedDeltaNetConfig", DELTA),
    "gated_deltanet-shared": (
        "GatedDeltaNetConfig",
        {**DELTA, "num_v_heads": 4, "allow_neg_eigval": True, "expand_v": 1.0},
    ),
    "gated_deltanet-hybrid": ("GatedDeltaNetConfig", {**DELTA, "attn": ATTENTION}),
    "gated_deltaproduct": (
        "GatedDeltaProductConfig",
        {**DELTA, "num_householder": 2, "use_forget_gate": True, "allow_neg_eigval": True},
    ),
    "gated_deltaproduct-plain": ("GatedDeltaProductConfig", {**DELTA, "num_householder": 3}),
    "kda": ("KDAConfig", DELTA),
    "kda-bounded": (
        "KDAConfig",
        {**DELTA, "lower_bound": -5.0, "num_v_heads": 4, "allow_neg_eigval": True},
    ),
    "gla": ("GLAConfig", TWO),
    "gla-shared": (
        "GLAConfig",
        {**TWO, "num_kv_heads": 1, "use_short_conv": True, "clamp_min": -0.02, "fuse_norm": False},
    ),
    "comba": ("CombaConfig", DELTA),
    "comba-plain": (
        "CombaConfig",
        {**DELTA, "use_short_conv": False, "use_output_gate": False, "expand_v": 1.0},
    ),
    "hgrn": ("HGRNConfig", {**SMALL, "num_hidden_layers": 3}),
    "hgrn2": ("HGRN2Config", {**SMALL, "num_hidden_layers": 3, "expand_ratio": 4}),
    "hgrn2-convolved": (
        "HGRN2Config",
        {**SMALL, "expand_ratio": 4, "use_short_conv": True, "use_lower_bound": False},
    ),
    "rwkv6": (
        "RWKV6Config",
        {**TWO, "proj_low_rank_dim": 2, "gate_low_rank_dim": 2, "expand_k": 1.0},
    ),
    "rwkv7": ("RWKV7Config", {**SMALL, **RANKS, "head_dim": 4}),
    "mamba": ("MambaConfig", {**SCANNED, "state_size": 4}),
    "mamba2": ("Mamba2Config", {**SCANNED, "state_size": 4, "head_dim": 4}),
    "transformers-mamba": ("HF:MambaConfig", {**SCANNED, "state_size": 4}),
    "transformers-mamba2": (
        "HF:Mamba2Config",
        {**SCANNED, "state_size": 4, "head_dim": 4, "num_heads": 4, "n_groups": 1},
    ),
    "olmo-hybrid": (
        "HF:OlmoHybridConfig",
        {
            **SMALL,
            "num_hidden_layers": 3,
            "num_attention_heads": 2,
            "num_key_value_heads": 1,
            # transformers 5.24 saves the convolution in three equal parts, right or not.
            "linear_key_head_dim": 4,
            "linear_value_head_dim": 4,
            "layer_types": ["linear_attention", "full_attention", "linear_attention"],
            "pad_token_id": 0,
            "eos_token_id": 0,
        },
    ),
    "retnet": ("RetNetConfig", TWO),
    "retnet-shared": (
        "RetNetConfig",
        {**TWO, "num_kv_heads": 1, "fuse_norm": False, "expand_v": 1.0},
    ),
    "rwkv": ("HF:RwkvConfig", {**SMALL, "attention_hidden_size": 8}),
    "recurrent_gemma": (
        "HF:RecurrentGemmaConfig",
        {
            **SMALL,
            "num_hidden_layers": 3,
            "num_attention_heads": 2,
            "num_key_value_heads": 1,
            "intermediate_size": 16,
            "attention_window_size": 5,
            "pad_token_id": None,
        },
    ),
    "mamba3": ("Mamba3Config", {**SCANNED, "state_size": 8, "head_dim": 4}),
    "mamba3-normed": (
        "Mamba3Config",
        {
            **SCANNED,
            "state_size": 8,
            "head_dim": 4,
            "rope_fraction": 1.0,
            "is_outproj_norm": True,
            "n_groups": 2,
        },
    ),
    "delta_net-sharded": ("DeltaNetConfig", TWO),
}


def record(chosen: list[str]) -> None:
    """Makes networks and what is expected of them; all if none are chosen."""
    os.environ |= {"TRITON_INTERPRET": "1", "FLA_USE_COMPILE": "0", "TORCH_COMPILE_DISABLE": "1"}
    warnings.simplefilter("ignore")
    _one_configuration_each()
    if _OF_TRANSFORMERS in chosen:
        # It takes fla's kernels where they are installed, of which the interpreter cannot run all.
        sys.modules["fla"] = None
        import transformers as home
    else:
        names = [_OF_TRANSFORMERS, *chosen]
        subprocess.run([sys.executable, __file__, *names], check=True)
        _mamba3()
        import fla.layers.attn
        import fla.models as home

        fla.layers.attn.flash_attn_func = _attention
        _runnable()
    import torch

    torch.set_num_threads(1)
    for name, (kind, settings) in NETWORKS.items():
        of_transformers = kind.startswith("HF:")
        is_chosen = not {*chosen} - _OPTIONS or name in chosen
        if not is_chosen or of_transformers != (_OF_TRANSFORMERS in chosen):
            continue
        kind = kind.removeprefix("HF:")
        if _KEEP in chosen:
            made = getattr(home, kind.replace("Config", "ForCausalLM"))
            _expect(made.from_pretrained(HERE / name, dtype=torch.float32), HERE / name)
            continue
        config = getattr(home, kind)(**settings)
        torch.manual_seed(len(name))
        model = getattr(home, kind.replace("Config", "ForCausalLM"))(config).eval()
        with torch.no_grad():
            for parameter in model.parameters():
                # What a fresh network computes is nearly zero, and says little.
                parameter += 0.4 * torch.randn_like(parameter)
        folder = HERE / name
        shutil.rmtree(folder, ignore_errors=True)
        if name.endswith("sharded"):
            model = model.bfloat16()
            model.save_pretrained(folder, max_shard_size=1500)
            model = model.float()
        else:
            model.save_pretrained(folder)
        (folder / "generation_config.json").unlink(missing_ok=True)
        _expect(model, folder)
    if _OF_TRANSFORMERS not in chosen and (not {*chosen} - _OPTIONS or "trained" in chosen):
        _expect(home.DeltaNetForCausalLM.from_pretrained(HERE / "trained"), HERE / "trained")


def _expect(model: object, folder: Path) -> None:
    import torch
    from safetensors.torch import save_file

    torch.manual_seed(1)
    ids = torch.randint(0, model.config.vocab_size, (2, 20))
    with torch.no_grad():
        scores = model.eval()(ids, use_cache=False).logits
    assert scores.isfinite().all()
    model.get_input_embeddings().padding_idx = None  # the gradient of that row would be zero
    # Layers in the mode of training take the kernels that have gradients.
    model.train()(ids, use_cache=False).logits.square().mean().backward()
    gradients = {}
    for name, parameter in model.named_parameters():
        if name.endswith("linear_attn.conv1d.weight"):  # of Olmo Hybrid, saved in three parts
            for part, one in zip("qkv", parameter.grad.chunk(3), strict=True):
                own = name.replace("conv1d", f"{part}_conv1d")
                gradients[f"gradient.{own}"] = one.contiguous()
        else:
            gradients[f"gradient.{name}"] = parameter.grad
    tensors = {"ids": ids, "scores": scores.contiguous(), **gradients}
    save_file(tensors, folder / "expected.safetensors")
    print(folder.name, f"{scores.abs().max():.3f}")


def _one_configuration_each() -> None:
    """Kernels cannot be timed in the interpreter, so each runs in its first configuration."""
    from triton.runtime import autotuner

    init = autotuner.Autotuner.__init__

    def short(self, fn, arg_names, configs, *rest, **more):
        init(self, fn, arg_names, configs[:1], *rest, **more)

    autotuner.Autotuner.__init__ = short


class _Place(int):
    """A place in a loop: where kernels are compiled it is a tensor, with a type."""

    def to(self, _):
        return self

    def __add__(self, other):
        return _Place(int(self) + other) if isinstance(other, int) else int(self) + other

    def __sub__(self, other):
        return _Place(int(self) - other) if isinstance(other, int) else int(self) - other

    def __mul__(self, other):
        return _Place(int(self) * other) if isinstance(other, int) else int(self) * other


def _runnable() -> None:
    """What fla's kernels need to run with gradients, in float32, in the interpreter."""
    import fla.layers.gated_deltaproduct
    import fla.layers.rwkv7
    from fla.ops.gated_delta_product.naive import naive_recurrent_gated_delta_product
    from fla.ops.generalized_delta_rule.dplr.naive import dplr_recurrence

    for name, module in list(sys.modules.items()):
        if name.startswith("fla.ops."):
            module.range = lambda *ends: map(_Place, range(*ends))

    def naive(q, k, use_qk_l2norm_in_kernel, **rest):  # noqa: ARG001
        """The chunked form takes no float32, so the plain form of the same release."""
        q, k = (x * (x.square().sum(-1, keepdim=True) + 1e-6).rsqrt() for x in (q, k))
        return naive_recurrent_gated_delta_product(q, k, scale=q.shape[-1] ** -0.5, **rest)

    def naive_rwkv7(r, w, k, v, a, b, **_):
        """The chunked form has gradients in bfloat16, so the plain form of the same release."""
        q, k, v, a, b, w = (x.transpose(1, 2) for x in (r * r.shape[-1] ** 0.5, k, v, a, b, w))
        return dplr_recurrence(q, k, v, a, b, w)[0].transpose(1, 2), None

    fla.layers.gated_deltaproduct.chunk_gated_delta_product = naive
    fla.layers.rwkv7.chunk_rwkv7 = naive_rwkv7


def _mamba3() -> None:
    """fla's Mamba-3 with the plain recurrence that stands in the tests of mamba_ssm 2.3.

    Its kernels give other numbers in the interpreter, where they read memory that nobody wrote.
    """
    import fla.layers.mamba3 as home

    def forward(self, hidden_states, past_key_values=None, **_):
        return self.cuda_kernels_forward(hidden_states)[0], None, past_key_values

    home.Mamba3.forward, home.mamba3_siso_combined = forward, _one_by_one


def _one_by_one(Q, K, V, ADT, DT, Trap, Q_bias, K_bias, Angles, D, Z, **_):
    import torch

    def turned(x):
        even, odd = x.unflatten(-1, (-1, 2)).unbind(-1)
        cos, sin = torch.ones_like(even), torch.zeros_like(even)
        cos[..., : angle.shape[-1]], sin[..., : angle.shape[-1]] = angle.cos(), angle.sin()
        return torch.stack([even * cos - odd * sin, even * sin + odd * cos], -1).flatten(-2)

    Q, K = (x.repeat_interleave(V.shape[2] // x.shape[2], 2) for x in (Q, K))
    state, angle, read, before = 0.0, 0.0, [], 0.0
    for t in range(V.shape[1]):
        dt, decay, v = DT[:, :, t], ADT[:, :, t].exp(), V[:, t]
        angle = angle + torch.tanh(Angles[:, t]) * torch.pi * dt.unsqueeze(-1)
        q, k = turned(Q[:, t] + Q_bias), turned(K[:, t] + K_bias)
        now = Trap[:, :, t].sigmoid()
        written = v.unsqueeze(-1) * k.unsqueeze(-2)
        state, before = (
            (
                decay[..., None, None] * (state + ((1 - now) * dt)[..., None, None] * before)
                + (now * dt)[..., None, None] * written
            ),
            written,
        )
        read.append((state * q.unsqueeze(-2)).sum(-1) + D.unsqueeze(-1) * v)
    out = torch.stack(read, 1)
    return out if Z is None else out * torch.nn.functional.silu(Z)


def _attention(q, k, v, window_size, **_):
    """What flash_attn_func returns, in plain torch: flash-attn needs a GPU."""
    import torch

    k, v = (x.repeat_interleave(q.shape[2] // k.shape[2], 2) for x in (k, v))
    scores = torch.einsum("bihd,bjhd->bhij", q, k) * q.shape[-1] ** -0.5
    places = torch.arange(q.shape[1])
    distance = places[:, None] - places
    seen = (distance >= 0) & ((window_size[0] < 0) | (distance <= window_size[0]))
    return torch.einsum("bhij,bjhd->bihd", scores.masked_fill(~seen, -torch.inf).softmax(-1), v)


def train() -> None:
    """Trains a DeltaNet in fla's layout on parity, and saves it for the peer."""
    import torch

    from monoscan.models.released import ReleasedNetwork, Settings, write_network

    torch.manual_seed(0)
    torch.set_num_threads(1)
    settings = {**TWO, "model_type": "delta_net", "num_hidden_layers": 1, "vocab_size": 2}
    settings |= {"allow_neg_eigval": True, "hidden_size": 16, "intermediate_size": 16}
    network = ReleasedNetwork(Settings(settings), "chunked")
    steps = 400
    optimiser = torch.optim.AdamW(network.parameters(), 5e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 5e-3, steps)
    for step in range(steps):
        words = torch.randint(0, 2, (64, 4 + step * 16 // steps))
        scores = network(words).flatten(0, 1)
        loss = torch.nn.functional.cross_entropy(scores, (words.cumsum(1) % 2).flatten())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if step % 50 == 49:
            print(step + 1, f"{loss.item():.4f}")
    write_network(network, HERE / "trained")


if __name__ == "__main__":
    train() if sys.argv[1:] == ["train"] else record(sys.argv[1:])
