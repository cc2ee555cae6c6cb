"""What a layer is made of: one frozen configuration for all layers."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import final

from monoscan.models.errors import ConfigError
from monoscan.models.fields import check_types
from monoscan.models.layers.ranges import PARAMETRISATIONS, RANGES
from monoscan.models.layers.registry import LayerKind, get_layer_kind

_MAX_WIDTH = 65_536
_MAX_FACTORS = 64


@final
@dataclass(frozen=True)
class LayerConfig:
    """The configuration of a layer.

    Attributes:
        layer: Its kind, such as ``deltanet``; see `all_layer_kinds`.
        range: Where the eigenvalues of a transition, or of each factor of it, may lie: ``[0,1]``,
            ``[-1,1]``, ``complex``; ``none`` for a reference that is no linear RNN.
        parametrisation: ``clamp`` reaches the end points of the range, ``sigmoid`` does not.
        width: Length of the input and output vectors.
        heads: Number of diagonal blocks; it divides the width.
        n_h: Factors a token, for products.
        additive_input: Whether tokens also write into the state. Without it the state after a
            word is the product of its transitions, applied to the initial state.
        initial_state: Whether the initial state is learned (of full rank) or zero.

    Raises:
        ConfigError: If these describe no layer.

    >>> LayerConfig("DeltaNet", "[-1,1]", width=32, heads=4).layer
    'deltanet'
    """

    layer: str = "deltanet"
    range: str = "[-1,1]"
    parametrisation: str = "clamp"
    width: int = 64
    heads: int = 4
    n_h: int = 1
    additive_input: bool = False
    initial_state: bool = True

    def __post_init__(self) -> None:
        check_types(self)
        object.__setattr__(self, "layer", self.kind.id)  # in any spelling it is one configuration
        _check_known("range", self.range, RANGES)
        _check_known("parametrisation", self.parametrisation, PARAMETRISATIONS)
        for name, value, most in (
            ("width", self.width, _MAX_WIDTH),
            ("number of heads", self.heads, _MAX_WIDTH),
            ("number of factors n_h", self.n_h, _MAX_FACTORS),
        ):
            if not 1 <= value <= most:
                raise ConfigError(f"the {name} is {value}; expected 1 to {most}")
        if self.width % self.heads:
            fitting = [n for n in range(1, self.width + 1) if self.width % n == 0]
            raise ConfigError(
                f"{self.heads} heads do not divide the width {self.width}; "
                f"expected one of {', '.join(map(str, fitting))}"
            )
        self._check_kind(self.kind)

    def _check_kind(self, kind: LayerKind) -> None:
        if self.range not in kind.ranges:
            raise ConfigError(
                f"the layer {self.layer} cannot have the range {self.range}; "
                f"expected {' or '.join(kind.ranges)}"
            )
        if self.n_h > 1 and not kind.is_product:
            raise ConfigError(
                f"n_h is {self.n_h}, but the layer {self.layer} has one factor a token; "
                f"use {kind.product or 'deltaproduct'}"
            )
        if not (kind.needs_input or self.additive_input or self.initial_state):
            raise ConfigError(
                "without additive input and without a learned initial state the state is always "
                "0; give the layer one of them"
            )

    @property
    def kind(self) -> LayerKind:
        """The registered kind of layer.

        Raises:
            ConfigError: If there is none of this name.
        """
        return get_layer_kind(self.layer)

    @property
    def head_width(self) -> int:
        """The width of one head."""
        return self.width // self.heads

    @property
    def model_class(self) -> str:
        """The id of the smallest class of the catalogue that contains the layer's transitions.

        >>> LayerConfig("deltanet", "[0,1]").model_class
        'householder-nonnegative'
        """
        return self.kind.model_class(self)


def _check_known(what: str, value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        near = difflib.get_close_matches(value, known, n=1, cutoff=0.4)
        hint = f"did you mean {near[0]}?" if near else f"expected {', '.join(known)}"
        raise ConfigError(f"unknown {what} {value!r}; {hint}")
