"""An automaton in certificates."""

from __future__ import annotations

from typing import Any

from monoscan.automata import Automaton


def automaton_to_json(automaton: Automaton) -> dict[str, Any]:
    """An automaton as the object `automaton` of the certificate format."""
    return {
        "alphabet": list(automaton.alphabet),
        "table": [[str(successor) for successor in row] for row in automaton.table.tolist()],
        "outputs": list(automaton.outputs),
    }
