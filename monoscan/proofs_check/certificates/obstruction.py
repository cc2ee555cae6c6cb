"""`obstruction`: no network of a class recognises this language, if a lemma holds."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.parts import automaton_to_json
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.explore import Word


def obstruction(
    automaton: Automaton,
    *,
    semantics_name: str,
    model_class: str,
    lemma: str,
    prefix: Word,
    letter: str,
) -> Certificate:
    """The certificate that a language is not eventually constant along prefix letter^n.

    Args:
        automaton: the language.
        semantics_name: the semantics that the lemma is about.
        model_class: the class that the lemma is about.
        lemma: its name; it says that every network of the class is eventually constant there.
        prefix: the word before the powers.
        letter: the repeated letter.
    """
    return Certificate.of(
        "obstruction",
        {
            "semantics-name": semantics_name,
            "class": model_class,
            "lemma": lemma,
            "automaton": automaton_to_json(automaton),
            "prefix": list(prefix),
            "word": [letter],
        },
    )
