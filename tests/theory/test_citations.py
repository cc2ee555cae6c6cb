"""Published theorems that answer where nothing could be checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monoscan.automata import BudgetExceeded, get_language, minimize
from monoscan.proofs_check.verify_prediction import check_predictions, show_evidence
from monoscan.theory import citations
from monoscan.theory.citations import CITATIONS, find_citation
from monoscan.theory.lemmas import Depth
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import ContradictionError, Predictor
from monoscan.theory.prediction import (
    SEMANTICS,
    Citation,
    Prediction,
    ProvedNetwork,
    Question,
    Verdict,
)

THREE_II, THREE_III = "Theorem 3 (ii)", "Theorem 3 (iii)"


@pytest.mark.parametrize(
    ("language", "name", "depth", "theorem"),
    [
        ("s6", "householder", 4, THREE_III),
        ("s6", "householder", "any", THREE_III),
        ("s6", "householder", 3, ""),
        ("s6", "gated-householder", 4, THREE_III),
        ("s6", "diagonal-householder", 4, THREE_III),
        ("s6", "diagonal-plus-rank-one-transposed", 4, THREE_III),
        ("s6", "householder-product-2", 3, THREE_II),
        ("s6", "householder-product-3", "any", THREE_II),
        ("s6", "householder-product-2", 2, ""),
        ("s6", "householder-nonnegative", "any", ""),
        ("s6", "diagonal-real", "any", ""),
        ("cerny-4", "householder", "any", ""),
        ("cerny-4", "gated-householder", "any", "Theorem 5"),
        ("cerny-4", "gated-householder", 9, ""),
        ("cerny-4", "diagonal-plus-rank-one", 4, "Theorem 3"),
        ("cerny-4", "diagonal-plus-rank-one", 3, ""),
        ("cerny-4", "diagonal-plus-rank-one-transposed", 4, ""),
    ],
)
def test_what_is_cited(language: str, name: str, depth: Depth, theorem: str) -> None:
    automaton = minimize(get_language(language).build())
    found = find_citation(Question(get_model_class(name), depth), automaton)
    assert (found is not None) == bool(theorem)
    assert found is None or found.source.endswith(theorem)


@pytest.mark.parametrize(
    ("language", "name", "verdict", "words"),
    [
        ("tomita-4", "transformer", Verdict.EXPRESSIBLE, "2310.13897"),
        ("parity", "transformer", Verdict.EXPRESSIBLE, "2602.05896"),
        ("s3", "transformer", Verdict.UNKNOWN, "2210.10749"),
        ("s5", "transformer", Verdict.NOT_EXPRESSIBLE, "TC0"),
        ("s5", "nonlinear-rnn", Verdict.EXPRESSIBLE, "1906.06349"),
        ("ends-with-ab", "diagonal-with-attention", Verdict.EXPRESSIBLE, "2405.17394"),
        ("a5", "diagonal-with-attention", Verdict.NOT_EXPRESSIBLE, "2404.08819"),
        ("ends-with-ab", "delta-rule-with-attention", Verdict.EXPRESSIBLE, "2405.17394"),
        ("cerny-7", "signed-delta-rule-with-attention", Verdict.EXPRESSIBLE, "2502.10297"),
        ("parity", "diagonal-with-attention", None, ""),
        ("a5", "delta-rule-with-attention", None, ""),
        ("flip-flop", "nonlinear-matrix-rnn", None, ""),
    ],
)
def test_what_is_no_linear_rnn_is_cited(
    language: str, name: str, verdict: Verdict | None, words: str
) -> None:
    automaton = minimize(get_language(language).build())
    model_class = get_model_class(name)
    for semantics in SEMANTICS:
        found = find_citation(Question(model_class, "any", semantics), automaton)
        if semantics == "exact":
            assert (found and found.verdict) == verdict
            assert words in str(found or "")
        else:  # the theorems are not about these arithmetics
            assert found is None
    prediction = Predictor(automaton).predict(Question(model_class))
    assert prediction.verdict is (verdict or Verdict.UNKNOWN)


def test_a_conditional_citation_says_on_what_it_rests(tmp_path: Path) -> None:
    found = Predictor(get_language("a5").build()).predict(Question(get_model_class("transformer")))
    (checked,) = check_predictions([found], tmp_path)
    evidence = checked.to_json()["evidence"]
    assert (evidence["kind"], evidence["unless"]) == ("cited", "TC0 = NC1")
    assert show_evidence(checked).endswith("; unless TC0 = NC1")


def test_what_holds_up_to_every_length_is_no_yes(tmp_path: Path) -> None:
    found = Predictor(get_language("s3").build()).predict(Question(get_model_class("transformer")))
    (checked,) = check_predictions([found], tmp_path)
    assert (checked.status, checked.to_json()["evidence"]["up_to"]) == ("unknown", "every length")


def test_rounded_operations_are_not_in_print() -> None:
    s6 = minimize(get_language("s6").build())
    assert find_citation(Question(get_model_class("householder"), "any", "op-round"), s6) is None


def test_a_citation_is_shown_as_such_and_never_checked(tmp_path: Path) -> None:
    found = Predictor(get_language("a5").build()).predict(
        Question(get_model_class("householder"), 4)
    )
    assert isinstance(found.evidence, Citation)
    assert found.verdict is Verdict.EXPRESSIBLE
    (checked,) = check_predictions([found], tmp_path)
    assert (checked.checks, list(tmp_path.iterdir())) == ((), [])
    assert show_evidence(checked).startswith("cited, not checked: Siems et al., arXiv 2502.10297")
    answer = checked.to_json()
    assert answer["evidence"]["kind"] == "cited"
    assert answer["evidence"]["source"] == "Siems et al., arXiv 2502.10297, Theorem 3 (iii)"
    assert answer["evidence"]["layers"] == 4
    assert (answer["status"], answer["certificates"]) == ("expressible", [])


def test_what_was_checked_comes_before_what_is_cited() -> None:
    predictor = Predictor(get_language("s3").build())
    question = Question(get_model_class("householder"), 4)
    assert find_citation(question, predictor.automaton) is not None
    assert isinstance(predictor.predict(question).evidence, ProvedNetwork)


def test_a_citation_may_say_no(tmp_path: Path) -> None:
    no = replace(CITATIONS[0], verdict=Verdict.NOT_EXPRESSIBLE, model_class="householder-product-2")

    def ask(name: str, depth: Depth) -> Question:
        return Question(get_model_class(name), depth)

    assert [no.answers(ask("householder-product-2", depth)) for depth in (1, 3, 4, "any")] == [
        *(True, True, False, False)
    ]
    assert no.answers(ask("householder", 1))
    assert not no.answers(ask("householder-product-3", 1))
    assert replace(no, depth="any").answers(ask("householder", "any"))
    assert no.layers is None
    prediction = Prediction(ask("householder", 1), no)
    assert prediction.verdict is Verdict.NOT_EXPRESSIBLE
    (checked,) = check_predictions([prediction], tmp_path)
    assert checked.status == "not-expressible"
    (other,) = check_predictions([Prediction(ask("householder", "any"), no)], tmp_path)
    assert other.status == "failed"


def test_a_citation_that_contradicts_an_obstruction_is_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = replace(CITATIONS[0], model_class="diagonal-nonnegative", depth=1)
    monkeypatch.setattr(citations, "CITATIONS", (wrong,))
    predictor = Predictor(get_language("s3").build())
    predictor.check_consistency(Question(get_model_class("dense"), 1))
    with pytest.raises(ContradictionError, match="Theorem 3"):
        predictor.check_consistency(Question(get_model_class("diagonal-nonnegative"), 1))


def test_a_citation_without_an_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="answers unknown; expected expressible"):
        replace(CITATIONS[0], verdict=Verdict.UNKNOWN)
    with pytest.raises(ValueError, match="depth is 0; expected any, or a number"):
        replace(CITATIONS[0], depth=0)


def test_ids_are_different() -> None:
    assert len({citation.id for citation in CITATIONS}) == len(CITATIONS)


def test_a_monoid_over_the_budget_is_no_crash() -> None:
    large = get_language("random-20-2-1").build()
    predictor = Predictor(large, budget=100)
    found = predictor.predict(Question(get_model_class("transformer"), "any"))
    assert found.verdict is Verdict.UNKNOWN
    assert "whether a theorem in print applies was not told (budget reached" in str(found.evidence)
    with pytest.raises(BudgetExceeded, match="at most 100 allowed"):
        find_citation(Question(get_model_class("transformer"), "any"), predictor.automaton, 100)
    # Where another theorem answers, the budget does not matter.
    rnn = Question(get_model_class("nonlinear-rnn"), "any")
    assert predictor.predict(rnn).verdict is Verdict.EXPRESSIBLE
