"""`obstruction`: no network of a class recognises this language, if a lemma holds."""

from __future__ import annotations

from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.windows import windows_to_json
from monoscan.theory.lemmas import Obstruction


def obstruction_certificate(found: Obstruction) -> Certificate:
    """The certificate of an obstruction: the minimal automaton with the witness in it.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.lemmas import find
    >>> found = find(get_language("parity").build(), "diagonal-nonnegative")
    >>> obstruction_certificate(found).body["witness"]["type"]
    'cycle'
    """
    return Certificate.of(
        "obstruction",
        {
            "semantics-name": found.semantics,
            "class": found.model_class,
            "depth": str(found.depth),
            "lemma": found.lemma,
            **windows_to_json(found.windows),
            "automaton": automaton_to_json(found.automaton),
            "witness": found.witness.to_json(),
        },
    )
