"""A checked certificate counts only for the question that it answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monoscan.automata import get_language
from monoscan.proofs_check.checked import Checked
from monoscan.proofs_check.run_checker import CheckResult, Verdict
from monoscan.proofs_check.verify_prediction import (
    PredictionFinding,
    check_predictions,
    is_about,
)
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Prediction, Question


def answer(language: str, name: str, depth: int | str = "any") -> Prediction:
    question = Question(get_model_class(name), depth)
    return Predictor(get_language(language).build()).predict(question)


ANSWERS = [
    answer("parity", "diagonal-nonnegative"),
    answer("parity", "householder", 1),
    answer("count-mod-3", "householder", 1),
    answer("s3", "householder", 2),
]


@pytest.mark.parametrize("prediction", ANSWERS)
def test_an_answer_is_about_its_question(prediction: Prediction, tmp_path: Path) -> None:
    (checked,) = check_predictions([prediction], tmp_path)
    assert is_about(prediction)
    assert checked.status == prediction.verdict


@pytest.mark.parametrize(
    ("prediction", "question"),
    [
        (ANSWERS[0], Question(get_model_class("householder"))),
        (ANSWERS[0], Question(get_model_class("diagonal-nonnegative"), "any", "op-round")),
        (ANSWERS[1], Question(get_model_class("diagonal-nonnegative"))),
        (ANSWERS[1], Question(get_model_class("householder"), 1, "op-round")),
        (ANSWERS[2], Question(get_model_class("householder"), "any")),
        (ANSWERS[2], Question(get_model_class("householder-product-2"), 1)),
        (ANSWERS[3], Question(get_model_class("householder"), 1)),
    ],
)
def test_evidence_of_another_question_fails(
    prediction: Prediction, question: Question, tmp_path: Path
) -> None:
    (checked,) = check_predictions([prediction], tmp_path)
    moved = Checked(PredictionFinding(replace(prediction, question=question)), checked.checks)
    assert not is_about(moved.found.prediction)
    assert moved.status == "failed"


@pytest.mark.parametrize(
    ("reason", "status"),
    [
        ("x.json: over limit: checking this certificate takes too much work", "unknown"),
        ("x.json: lrnn.layers[0].initial: 120 entries, expected at most 64", "unknown"),
        ("x.json: certificate: missing key 'depth'", "failed"),
        ("over limit/x.json: certificate: missing key 'depth'", "failed"),
    ],
)
def test_only_a_limit_makes_a_malformed_certificate_unknown(reason: str, status: str) -> None:
    check = CheckResult(Path(reason.split(": ")[0]), Verdict.MALFORMED, reason)
    assert Checked(PredictionFinding(ANSWERS[1]), (check,)).status == status


def test_a_checker_that_takes_too_long_makes_a_certificate_unknown() -> None:
    check = CheckResult(Path("x.json"), Verdict.TIME_LIMIT, "x.json: no answer within 1 seconds")
    assert Checked(PredictionFinding(ANSWERS[1]), (check,)).status == "unknown"
