"""Layers: one a file, each registered with the model class that its transitions belong to."""

from monoscan.models.layers.config import LayerConfig
from monoscan.models.layers.layer import Layer, LinearRNN, State
from monoscan.models.layers.ranges import PARAMETRISATIONS, RANGES, parse_range
from monoscan.models.layers.registry import LayerKind, all_layer_kinds, get_layer_kind, layer_kind

__all__ = [
    "PARAMETRISATIONS",
    "RANGES",
    "Layer",
    "LayerConfig",
    "LayerKind",
    "LinearRNN",
    "State",
    "all_layer_kinds",
    "get_layer_kind",
    "layer_kind",
    "parse_range",
]
