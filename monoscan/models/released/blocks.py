"""One layer of a network: a mixer, norms and a feed-forward part."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import final

from torch import Tensor, nn

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import Centred, GatedFeedForward, RootMeanSquare
from monoscan.models.released.rwkv4 import ChannelMixing4, TimeMixing4
from monoscan.models.released.rwkv6 import ChannelMixing6
from monoscan.models.released.rwkv7 import ChannelMixing
from monoscan.models.released.settings import Settings


class Block(nn.Module, ABC):
    """A layer with its residual paths."""

    @property
    @abstractmethod
    def mixing(self) -> Mixer:
        """What mixes the tokens."""

    @abstractmethod
    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens, as `Mixer.advance` does."""


@final
class AttentionBlock(Block):
    """x + attn(norm(x)), then x + mlp(norm(x))."""

    def __init__(self, settings: Settings, mixer: Mixer) -> None:
        super().__init__()
        width, epsilon = settings.whole("hidden_size"), settings.number("norm_eps", 1e-6)
        self.attn_norm = RootMeanSquare(width, epsilon)
        self.attn = mixer
        self.mlp_norm = RootMeanSquare(width, epsilon)
        self.mlp = GatedFeedForward(settings)

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.attn

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        mixed = self.attn.advance(self.attn_norm(x), memory)
        x = x + mixed.output
        return Mixed(x + self.mlp(self.mlp_norm(x)), mixed.memory, mixed.steps, mixed.told)


@final
class RWKVBlock(Block):
    """x + attn(norm(x)), then x + ffn(norm(x)), with layer norms and one more below layer 0."""

    def __init__(
        self,
        settings: Settings,
        mixer: Mixer,
        index: int,
        channels: ChannelMixing | ChannelMixing6,
    ) -> None:
        super().__init__()
        width, epsilon = settings.whole("hidden_size"), settings.number("norm_eps", 1e-5)
        bias = settings.flag("norm_bias", True)
        self.pre_norm = (
            Centred(width, epsilon, bias)
            if index == 0 and settings.flag("norm_first", True)
            else None
        )
        self.attn_norm = Centred(width, epsilon, bias)
        self.attn = mixer
        self.ffn_norm = Centred(width, epsilon, bias)
        self.ffn = channels

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.attn

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        below = dict(memory)
        past = below.pop("channels", None)
        if self.pre_norm is not None:
            x = self.pre_norm(x)
        mixed = self.attn.advance(self.attn_norm(x), below)
        x = x + mixed.output
        out, last = self.ffn.advance(self.ffn_norm(x), past)
        return Mixed(x + out, {**mixed.memory, "channels": last}, mixed.steps, mixed.told)


@final
class RWKV4Block(Block):
    """x + attention(norm(x)), then x + feed_forward(norm(x)); one more norm below layer 0."""

    def __init__(self, settings: Settings, index: int) -> None:
        super().__init__()
        width, epsilon = settings.whole("hidden_size"), settings.number("layer_norm_epsilon", 1e-5)
        self.pre_ln = Centred(width, epsilon) if index == 0 else None
        self.ln1 = Centred(width, epsilon)
        self.ln2 = Centred(width, epsilon)
        self.attention = TimeMixing4(settings)
        self.feed_forward = ChannelMixing4(settings)

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.attention

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        if self.pre_ln is not None:
            x = self.pre_ln(x)
        mixed = self.attention.advance(self.ln1(x), memory)
        x = x + mixed.output
        out, last = self.feed_forward.advance(self.ln2(x), memory.get("channels"))
        return Mixed(x + out, {**mixed.memory, "channels": last}, mixed.steps)


@final
class MixerBlock(Block):
    """x + mixer(norm(x)), as Mamba has it."""

    def __init__(self, settings: Settings, mixer: Mixer) -> None:
        super().__init__()
        self.norm = RootMeanSquare(settings.whole("hidden_size"), mamba_epsilon(settings))
        self.mixer = mixer

    @property
    def mixing(self) -> Mixer:
        """What mixes the tokens."""
        return self.mixer

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens."""
        mixed = self.mixer.advance(self.norm(x), memory)
        return Mixed(x + mixed.output, mixed.memory, mixed.steps, mixed.told)


def mamba_epsilon(settings: Settings) -> float:
    """The epsilon of the norms; transformers calls it by another name than fla.

    >>> mamba_epsilon(Settings({"layer_norm_epsilon": 1e-3}))
    0.001
    """
    name = "layer_norm_epsilon" if "layer_norm_epsilon" in settings else "norm_eps"
    return settings.number(name, 1e-5)
