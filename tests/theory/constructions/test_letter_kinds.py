"""Letters that act alike: networks are made for one of each kind, and hold for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from helpers.certificate_parts import load_checker

from monoscan.automata import Automaton, BudgetExceeded, compile_regex, get_language, minimize
from monoscan.proofs_check.verify_prediction import PredictionFinding
from monoscan.theory.constructions import letter_kinds
from monoscan.theory.constructions.letter_kinds import likeness, one_of_each_kind, with_copies
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.explore import Recognises
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import SEMANTICS, ProvedNetwork, Question
from monoscan.theory.semantics import Exact
from monoscan.theory.windows import Windows

checker = load_checker()


def with_more_letters(language: str, copies: Sequence[str], seed: int) -> Automaton:
    """The language with some letters more, each of which acts like a letter that it has."""
    given = get_language(language).build()
    random = Random(seed)
    columns = [
        *range(len(given.alphabet)),
        *(random.randrange(len(given.alphabet)) for _ in copies),
    ]
    table = given.table[:, columns]
    return minimize(Automaton((*given.alphabet, *copies), table, given.outputs))


def found(automaton: Automaton, name: str, semantics: str, windows: Windows) -> ProvedNetwork:
    question = Question(get_model_class(name), "any", semantics, windows)
    predicted = Predictor(automaton).predict(question)
    assert isinstance(predicted.evidence, ProvedNetwork)
    for make in PredictionFinding(predicted).certificates.values():
        assert str(checker.check(make().text().encode())[0]) == "valid"
    return predicted.evidence


@pytest.mark.parametrize("semantics", SEMANTICS)
@pytest.mark.parametrize(
    ("language", "name", "windows"),
    [
        ("tomita-4", "diagonal-nonnegative", (4, 4)),
        ("tomita-7", "householder", (1, 1)),
        ("starts-with-a", "diagonal-real", (1, 2)),
        ("dyck-1-2", "diagonal-nonnegative", (2, 2)),
    ],
)
def test_the_network_of_all_letters_is_right(
    language: str, name: str, windows: Windows, semantics: str
) -> None:
    automaton = with_more_letters(language, "xyz", seed=len(language))
    proved = found(automaton, name, semantics, windows)
    assert proved.lrnn.alphabet == get_language(language).build().alphabet
    network = proved.network
    assert network.alphabet == automaton.alphabet
    assert network.windows == proved.lrnn.windows
    if isinstance(proved.proof, Recognises):
        assert isinstance(decide(network, proved.semantics, automaton), Recognised)


def test_values_that_are_outputs_are_no_letters() -> None:
    """A layer that reports the text "0" is read as what it is, though 0 is a letter with a copy."""
    automaton = minimize(compile_regex("(0|1|2)*(0|2)1", "012"))
    assert likeness(automaton) == {"2": "0"}
    assert one_of_each_kind(automaton).alphabet == ("0", "1")
    network = found(automaton, "diagonal-real", "exact", (1, 1)).network
    assert network.depth > 1
    assert isinstance(decide(network, Exact(), automaton), Recognised)


def test_no_network_of_too_many_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    automaton = with_more_letters("ends-with-ab", "xyz", 0)
    lrnn = found(automaton, "diagonal-nonnegative", "exact", (2, 2)).lrnn
    monkeypatch.setattr(letter_kinds, "MOST_CASES", 20)
    with pytest.raises(BudgetExceeded, match="cases of the network"):
        with_copies(lrnn, automaton)
