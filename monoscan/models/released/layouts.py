"""Which layers a `config.json` describes, and the names of their tensors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, final

import torch
from torch import nn

from monoscan.models.errors import CheckpointError
from monoscan.models.released.attention import Attention
from monoscan.models.released.blocks import (
    AttentionBlock,
    Block,
    MixerBlock,
    RWKV4Block,
    RWKVBlock,
    mamba_epsilon,
)
from monoscan.models.released.comba import Comba
from monoscan.models.released.delta import DeltaNet, GatedDeltaNet, GatedDeltaProduct
from monoscan.models.released.gla import GatedLinearAttention
from monoscan.models.released.hgrn import HGRN, HGRN2
from monoscan.models.released.kda import KimiDeltaAttention
from monoscan.models.released.mamba import Mamba, Mamba2
from monoscan.models.released.mamba3 import Mamba3
from monoscan.models.released.mixer import Mixer
from monoscan.models.released.olmo import name_in_transformers, olmo_block
from monoscan.models.released.parts import Centred, RootMeanSquare
from monoscan.models.released.possible import Possible, possible_range
from monoscan.models.released.retnet import Retention
from monoscan.models.released.rg_lru import GriffinBlock
from monoscan.models.released.rwkv6 import ChannelMixing6, TimeMixing6
from monoscan.models.released.rwkv7 import ChannelMixing, TimeMixing
from monoscan.models.released.settings import Settings


@final
@dataclass(frozen=True)
class Layout:
    """How one kind of network is saved.

    Attributes:
        model_type: The word in `config.json`.
        mixer: Makes the recurrent layer of a configuration, given its number; None where `whole`
            makes the layer with its residual paths.
        prefix: Of the names of all tensors but the read-out's.
        norm: Name of the last norm.
        depth: How many layers there are where the configuration does not say so.
        embedding: Name of the embedding.
        whole: Makes a layer with its residual paths, given its number.
        renamed: The name of a tensor here for the one in the files, where they differ.
        scaled: Whether embeddings are multiplied by the root of their width, in bfloat16.
    """

    model_type: str
    mixer: Callable[[Settings, int], Mixer] | None
    prefix: str = "model"
    norm: str = "norm"
    depth: int = 24
    embedding: str = "embeddings"
    whole: Callable[[Settings, int], Block] | None = None
    renamed: Callable[[str], str] = str
    scaled: bool = False

    def n_layers(self, settings: Settings) -> int:
        """How many layers there are."""
        return settings.whole("num_hidden_layers", self.depth)

    def block(self, settings: Settings, index: int) -> Block:
        """The layer of a number, from 0.

        Raises:
            CheckpointError: If the configuration cannot be that of such a layer.
        """
        if self.whole is not None:
            return self.whole(settings, index)
        assert self.mixer is not None
        attention = attention_settings(settings, self.n_layers(settings)).get(index)
        mixer = self.mixer(settings, index) if attention is None else Attention(settings, attention)
        if self.model_type == "rwkv7":
            return RWKVBlock(settings, mixer, index, ChannelMixing(settings))
        if self.model_type == "rwkv6":
            return RWKVBlock(settings, mixer, index, ChannelMixing6(settings))
        if self.prefix == "backbone":
            return MixerBlock(settings, mixer)
        return AttentionBlock(settings, mixer)

    def last_norm(self, settings: Settings) -> nn.Module:
        """The norm before the read-out."""
        width = settings.whole("hidden_size")
        if self.model_type in ("rwkv6", "rwkv7"):
            bias = settings.flag("norm_bias", True)
            return Centred(width, settings.number("norm_eps", 1e-5), bias)
        if self.prefix == "backbone":
            return RootMeanSquare(width, mamba_epsilon(settings))
        if self.model_type == "rwkv":
            return Centred(width, settings.number("layer_norm_epsilon", 1e-5))
        name = "rms_norm_eps" if self.whole is not None else "norm_eps"
        return RootMeanSquare(width, settings.number(name, 1e-6), above_one=self.scaled)

    def scale(self, settings: Settings) -> float:
        """What embeddings are multiplied by."""
        if not self.scaled:
            return 1.0
        return torch.tensor(settings.whole("hidden_size") ** 0.5, dtype=torch.bfloat16).item()

    def most(self, settings: Settings) -> float | None:
        """What scores stay below, by a hyperbolic tangent; None if nothing bounds them."""
        return settings.number("logits_soft_cap", 30.0) if self.scaled else None

    def bounds(self, settings: Settings) -> tuple[int, int] | None:
        """The shape of the bounds of the gates of all layers, where there are such bounds."""
        if not self.model_type.startswith("hgrn") or not settings.flag("use_lower_bound", True):
            return None
        ratio = settings.number("expand_ratio", 1) if self.model_type == "hgrn" else 1
        return self.n_layers(settings), settings.multiple("hidden_size", ratio)

    def possible(self, settings: Settings) -> Possible:
        """What the eigenvalues of its recurrent layers may be."""
        return possible_range(self.model_type, settings)


def _name_of_rwkv(saved: str) -> str:
    return "lm_head.weight" if saved == "head.weight" else saved.replace(".blocks.", ".layers.")


LAYOUTS: Final = (
    Layout("comba", lambda settings, _: Comba(settings), depth=21),
    Layout("delta_net", lambda settings, _: DeltaNet(settings)),
    Layout("gated_deltanet", lambda settings, _: GatedDeltaNet(settings), depth=21),
    Layout("gated_deltaproduct", lambda settings, _: GatedDeltaProduct(settings), depth=21),
    Layout("gla", lambda settings, _: GatedLinearAttention(settings)),
    Layout("hgrn", HGRN),
    Layout("hgrn2", HGRN2),
    Layout("kda", lambda settings, _: KimiDeltaAttention(settings)),
    Layout("mamba", lambda settings, _: Mamba(settings), "backbone", "norm_f", 48),
    Layout("mamba2", lambda settings, _: Mamba2(settings), "backbone", "norm_f", 48),
    Layout("mamba3", lambda settings, _: Mamba3(settings), "backbone", "norm_f", 48),
    Layout(
        "olmo_hybrid",
        None,
        depth=32,
        embedding="embed_tokens",
        whole=olmo_block,
        renamed=name_in_transformers,
    ),
    Layout(
        "recurrent_gemma",
        None,
        norm="final_norm",
        depth=26,
        embedding="embed_tokens",
        whole=GriffinBlock,
        scaled=True,
    ),
    Layout("retnet", lambda settings, _: Retention(settings)),
    Layout("rwkv", None, "rwkv", "ln_out", 32, whole=RWKV4Block, renamed=_name_of_rwkv),
    Layout("rwkv6", lambda settings, _: TimeMixing6(settings)),
    Layout("rwkv7", TimeMixing),
)
"""The layouts that are read."""


def layout_of(settings: Settings) -> Layout:
    """The layout that a configuration names.

    Raises:
        CheckpointError: If there is none of that name, or it has parts that are not known.

    >>> layout_of(Settings({"model_type": "kda"})).prefix
    'model'
    """
    named = settings.values.get("model_type")
    known = ", ".join(layout.model_type for layout in LAYOUTS)
    found = next((layout for layout in LAYOUTS if layout.model_type == named), None)
    if found is None:
        what = "has no model_type" if named is None else f"has the model_type {named!r}"
        raise CheckpointError(
            f"{settings.source} {what}; expected one of {known}, as flash-linear-attention and "
            "transformers write them (docs/checkpoints.md)"
        )
    if settings.values.get("quantization_config"):
        raise CheckpointError(
            f"{settings.source} has a quantization_config: the weights are quantised, and what "
            "they stand for is not read here; save the network in bfloat16, float16 or float32"
        )
    settings.refuse("attnres_block_size", because="residual paths of that kind are not known")
    return found


def attention_settings(settings: Settings, n_layers: int) -> dict[int, Settings]:
    """The configurations of attention layers, by the numbers of the layers.

    Raises:
        CheckpointError: If they are not as flash-linear-attention writes them.

    >>> hybrid = Settings({"attn": {"layers": [1], "num_heads": 2}})
    >>> list(attention_settings(hybrid, 2))
    [1]
    """
    given = settings.values.get("attn")
    found: dict[int, Settings] = {}
    for own in [] if given is None else given if isinstance(given, list) else [given]:
        layers = own.get("layers") if isinstance(own, dict) else None
        if not isinstance(layers, list) or not all(
            isinstance(index, int) and 0 <= index < n_layers for index in layers
        ):
            raise settings.wrong("attn", f"layers with numbers from 0 to {n_layers - 1}")
        found |= {index: Settings(own, f"{settings.source}, attn") for index in layers}
    return found
