"""What mixes the tokens of a sequence: the layers of public code, under its names of parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TypeAlias, final

from torch import Tensor, nn

from monoscan.models.kernels import Backend
from monoscan.models.released.steps import Steps

Memory: TypeAlias = dict[str, Tensor]
"""What a layer keeps of the tokens read so far: tensors by name, the batch first."""


@final
@dataclass(frozen=True, eq=False)
class Mixed:
    """What a mixer returns.

    Attributes:
        output: [B, T, width].
        memory: What the next tokens need.
        steps: What the tokens did to the state; None of attention.
        told: What the layers above want to know of these tokens.
    """

    output: Tensor
    memory: Memory
    steps: Steps | None = None
    told: Memory = field(default_factory=dict)


class Mixer(nn.Module, ABC):
    """A causal map of sequences.

    Attributes:
        backend: Of the kernels.
    """

    backend: Backend = "auto"

    @abstractmethod
    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """Reads the next tokens.

        Args:
            x: [B, T, width].
            memory: What reading the tokens before gave; empty at the beginning. Also what
                the layers below told of the same tokens.

        Returns:
            Output, memory and steps. Sequences in pieces have the outputs of the whole ones.
        """
