"""What the recurrent layers of a saved network do on a text: which eigenvalues they use."""

from monoscan.models.inspecting.facts import HeadFacts, LayerFacts, NetworkFacts, Products, Spread
from monoscan.models.inspecting.network import inspect_network
from monoscan.models.inspecting.text import drawn_ids, ids_of_text

__all__ = [
    "HeadFacts",
    "LayerFacts",
    "NetworkFacts",
    "Products",
    "Spread",
    "drawn_ids",
    "ids_of_text",
    "inspect_network",
]
