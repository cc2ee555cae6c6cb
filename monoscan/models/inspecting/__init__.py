"""What the recurrent layers of a saved network do on a text: which eigenvalues they use."""

from monoscan.models.inspecting.facts import HeadFacts, LayerFacts, NetworkFacts, Products, Spread
from monoscan.models.inspecting.network import inspect_network
from monoscan.models.inspecting.text import reader

__all__ = [
    "HeadFacts",
    "LayerFacts",
    "NetworkFacts",
    "Products",
    "Spread",
    "inspect_network",
    "reader",
]
