"""The parts that several kinds of certificates share, as JSON."""

from __future__ import annotations

from typing import Any

from monoscan.automata import Automaton
from monoscan.theory.semantics import CastUnrolled, OpRound, Semantics, SeqRound


def automaton_to_json(automaton: Automaton) -> dict[str, Any]:
    """An automaton as the object `automaton` of the certificate format."""
    return {
        "alphabet": list(automaton.alphabet),
        "table": [[str(successor) for successor in row] for row in automaton.table.tolist()],
        "outputs": list(automaton.outputs),
    }


def semantics_to_json(semantics: Semantics[Any]) -> dict[str, Any]:
    """A semantics as the object `semantics` of the certificate format."""
    if isinstance(semantics, CastUnrolled | SeqRound | OpRound):
        return {"name": semantics.name, "format": semantics.format.to_json()}
    return {"name": semantics.name}
