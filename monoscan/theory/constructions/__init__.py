"""Exact networks, one construction a file."""

from monoscan.theory.constructions.parity import (
    delta_rule_parity,
    householder_parity,
    scalar_parity,
)

__all__ = ["delta_rule_parity", "householder_parity", "scalar_parity"]
