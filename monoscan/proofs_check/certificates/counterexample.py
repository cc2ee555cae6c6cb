"""`counterexample`: this network does not recognise this language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from monoscan.automata import Automaton
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.semantics import semantics_to_json
from monoscan.proofs_check.certificates.windows import windows_to_json
from monoscan.theory.explore import Word
from monoscan.theory.inseparable import InseparablePair
from monoscan.theory.lrnn import LRNN, field_order
from monoscan.theory.lrnn_json import lrnn_to_json, matrix_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Semantics


def counterexample(
    lrnn: LRNN,
    semantics: Semantics[Any],
    automaton: Automaton,
    word: Word,
    properties: Sequence[str] = (),
) -> Certificate:
    """The certificate of one word on which the network is wrong."""
    return _certificate(lrnn, semantics, automaton, (word,), properties)


def inseparable_words(
    lrnn: LRNN,
    semantics: Semantics[Any],
    automaton: Automaton,
    pair: InseparablePair,
    properties: Sequence[str] = (),
) -> Certificate:
    """The certificate of two words that no table of the network's last read-out separates."""
    return _certificate(lrnn, semantics, automaton, (pair.first, pair.second), properties)


def _certificate(
    lrnn: LRNN,
    semantics: Semantics[Any],
    automaton: Automaton,
    words: Sequence[Word],
    properties: Sequence[str],
) -> Certificate:
    readout, order = lrnn.last.readout, field_order(lrnn.last)
    observations = [semantics.observe(lrnn, semantics.states(lrnn, word)) for word in words]
    return Certificate.of(
        "counterexample",
        {
            "semantics": semantics_to_json(semantics),
            "lrnn": lrnn_to_json(lrnn),
            "automaton": automaton_to_json(automaton),
            "properties": list(properties),
            **windows_to_json(semantics.windows_of(lrnn)),
            "words": [list(word) for word in words],
            "observations": [
                matrix_to_json(seen, order) if isinstance(seen, Matrix) else seen
                for seen in observations
            ],
            "outputs": [readout.output(seen) for seen in observations],
            "expected": [automaton.output(word) for word in words],
        },
    )
