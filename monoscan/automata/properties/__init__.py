"""Properties of regular languages, each decided with evidence that can be checked.

One property a file; a file is imported when its property is first asked for.
"""

from monoscan.automata.properties.registry import PROPERTIES, Property
from monoscan.automata.properties.witness import Witness

__all__ = ["PROPERTIES", "Property", "Witness"]
