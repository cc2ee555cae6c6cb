"""`scan-recognizer`, `scan-counterexample`: a diagonal layer, its steps combined along trees."""

from __future__ import annotations

from typing import Any

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.scan_round import ScannedLayer, Tree, Vector, leaves


def scan_recognizer(layer: ScannedLayer, automaton: Automaton) -> Certificate:
    """The certificate that a layer answers like an automaton along every tree over every word.

    Nothing is checked here; the checker lists all pairs that can arise.
    """
    return Certificate.of("scan-recognizer", _body(layer, automaton))


def scan_counterexample(layer: ScannedLayer, automaton: Automaton, tree: Tree) -> Certificate:
    """The certificate that a layer is wrong along one tree."""
    return Certificate.of(
        "scan-counterexample",
        {
            **_body(layer, automaton),
            "tree": _tree(tree),
            "output": layer.output(tree),
            "expected": automaton.output(leaves(tree)),
        },
    )


def _body(layer: ScannedLayer, automaton: Automaton) -> dict[str, Any]:
    pairs = [layer.steps[letter] for letter in automaton.alphabet]
    readout = sorted(layer.outputs.items())
    return {
        "format": layer.format.to_json(),
        "automaton": automaton_to_json(automaton),
        "initial": _vector(layer.initial),
        "steps": [{"a": _vector(a), "b": _vector(b)} for a, b in pairs],
        "readout": [{"state": _vector(state), "output": output} for state, output in readout],
    }


def _vector(vector: Vector) -> list[str]:
    return [str(entry) for entry in vector]


def _tree(tree: Tree) -> Any:
    return tree if isinstance(tree, str) else [_tree(tree[0]), _tree(tree[1])]
