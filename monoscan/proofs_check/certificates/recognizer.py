"""`recognizer`: this network answers like this automaton on every word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.alike import alike_to_json
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.region import Property
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.semantics import semantics_to_json
from monoscan.proofs_check.certificates.windows import windows_to_json
from monoscan.theory.lrnn import LRNN, field_order
from monoscan.theory.lrnn_json import lrnn_to_json, matrix_to_json
from monoscan.theory.semantics import Semantics

if TYPE_CHECKING:
    from monoscan.theory.decide import Recognised
    from monoscan.theory.explore import Recognises
    from monoscan.theory.matrix import Matrix


def recognizer(
    lrnn: LRNN,
    semantics: Semantics[Any],
    automaton: Automaton,
    found: Recognised | Recognises[Matrix],
    properties: Sequence[Property] = (),
) -> Certificate:
    """The certificate of an all-lengths proof.

    Args:
        lrnn: the network; it may have one letter of each kind of letters that act alike.
        semantics: how it computes.
        automaton: the automaton that it agrees with.
        found: the joint states; from `decide` under `cast-unrolled` with the unrolled terms.
        properties: names of FORMAT.md that hold for every transition matrix, or regions as data.
    """
    fields: dict[str, Any] = {
        "semantics": semantics_to_json(semantics),
        "lrnn": lrnn_to_json(lrnn),
        "automaton": automaton_to_json(automaton),
        "properties": list(properties),
        **windows_to_json(semantics.windows_of(lrnn)),
        **alike_to_json(lrnn, automaton),
        "states": [
            {
                "layers": [
                    list(part)
                    if isinstance(part, tuple)
                    else matrix_to_json(part, field_order(lrnn.recurrent[number]))
                    for number, part in enumerate(state.layers, start=1)
                ],
                "automaton": str(state.automaton),
            }
            for state in found.states
        ],
    }
    terms = getattr(found, "terms", None)
    if terms is not None:
        fields["terms"] = [[matrix_to_json(term) for term in layer] for layer in terms]
    return Certificate.of("recognizer", fields)
