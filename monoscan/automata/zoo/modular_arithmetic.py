"""Modular arithmetic without brackets, as a family by the modulus."""

from __future__ import annotations

from functools import partial

from monoscan.automata.sources.modular import MAX_MODULUS, OPERATORS, modular_arithmetic
from monoscan.automata.zoo.registry import Language, describe, language_family


@language_family("modular-arithmetic-M", M=(2, MAX_MODULUS), members=[(5,)])
def modular_arithmetic_task(m: int) -> Language:
    """The task for one modulus."""
    return describe(
        f"modular-arithmetic-{m}",
        alphabet=(*(str(residue) for residue in range(m)), *OPERATORS),
        definition=f"The value modulo {m} of an expression of residues with + - *, without "
        "brackets; multiplication binds tighter. Words that are no expression have the value "
        "none.",
        examples={
            "1 + 1 * 0": "1",
            "0 - 1": str(m - 1),
            "1 - 1 - 1": str(m - 1),
            "1 +": "none",
            "": "none",
        },
        source="Delétang et al., Neural networks and the Chomsky hierarchy, arXiv:2207.02098 "
        "(modular arithmetic, simple); with m = 5 in Grazzi et al., arXiv:2411.12537",
        build=partial(modular_arithmetic, m),
    )
