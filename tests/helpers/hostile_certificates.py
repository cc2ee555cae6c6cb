"""Hostile certificates: small files that ask for as much work or memory as their kind allows.

Each is below 64 KiB, and for each kind there are some with large numbers, counts, alphabets,
exponents or nesting. What a checker does with one must not exceed its limits.
"""

from __future__ import annotations

from helpers.hostile_automata import AUTOMATA
from helpers.hostile_formats import FORMATS
from helpers.hostile_networks import NETWORKS
from helpers.hostile_numbers import NUMBERS
from helpers.hostile_parts import Maker

LARGEST = 64 * 2**10
HOSTILE: dict[str, Maker] = AUTOMATA | NETWORKS | FORMATS | NUMBERS
