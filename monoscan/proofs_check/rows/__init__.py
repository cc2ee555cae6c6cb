"""The usual rows of claims: a network that recognises, one that fails, an obstruction, an open end.

A row says what its certificates must be about (`requires`, `properties`, `lemma`); whether they
are is decided by `verify`, and whether they hold by the independent checker.
"""

from monoscan.proofs_check.rows.facts import (
    algebra,
    certified,
    composed_maps,
    matrix_row,
    obstructed,
    open_row,
)
from monoscan.proofs_check.rows.networks import about_network, built, enclosed, fails, recognises
from monoscan.proofs_check.rows.target import Target, target_automaton

__all__ = [
    "Target",
    "about_network",
    "algebra",
    "built",
    "certified",
    "composed_maps",
    "enclosed",
    "fails",
    "matrix_row",
    "obstructed",
    "open_row",
    "recognises",
    "target_automaton",
]
