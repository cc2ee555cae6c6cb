"""Predictions with certificates: each answer is written down and checked independently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from monoscan.proofs_check.certificates import Certificate, obstruction_certificate, recognizer
from monoscan.proofs_check.run_checker import CheckResult, run_checker
from monoscan.proofs_check.run_checker import Verdict as CheckerVerdict
from monoscan.theory.decide import Recognised
from monoscan.theory.model_classes import get_model_class, is_inside, is_inside_as_written
from monoscan.theory.obstructions import Obstruction
from monoscan.theory.prediction import Citation, Evidence, Prediction, ProvedNetwork, Verdict

EXPECTED = {
    Verdict.EXPRESSIBLE: CheckerVerdict.VALID,
    Verdict.NOT_EXPRESSIBLE: CheckerVerdict.INCOMPLETE,
}
"""What the checker says of a right certificate: an obstruction rests on a lemma, which it names."""


FAILED = "failed"
"""The status of an answer whose certificate the checker has rejected: an error of ours."""

EVERY_LENGTH = "recognised up to every length, not at all lengths"
"""What is added to an obstruction of an open range, if a network at its limits is known."""


def is_about(prediction: Prediction) -> bool:
    """Whether the evidence answers the question: its class, its depth, its semantics.

    The checker proves what a certificate says; that it says what was asked is looked at here.
    """
    question, evidence = prediction.question, prediction.evidence
    if isinstance(evidence, Obstruction):
        return (
            is_inside(question.model_class, get_model_class(evidence.model_class))
            and evidence.semantics == question.semantics
            and evidence.depth in ("any", question.depth)
        )
    if isinstance(evidence, Citation):
        return evidence.answers(question)
    if isinstance(evidence, ProvedNetwork):
        claimed = question.model_class.id in evidence.model_classes
        if question.semantics != "exact":
            found = map(get_model_class, evidence.model_classes)
            claimed = any(is_inside_as_written(inner, question.model_class) for inner in found)
        same_arithmetic = evidence.semantics.name == question.semantics
        return claimed and same_arithmetic and evidence.fits(question.depth)
    return True


@final
@dataclass(frozen=True)
class CheckedPrediction:
    """A prediction, and what the independent checker says of its certificate.

    Attributes:
        prediction: the answer.
        check: the checker's answer; None if the prediction is unknown or only cited.
    """

    prediction: Prediction
    check: CheckResult | None

    @property
    def is_confirmed(self) -> bool:
        """Whether the checker says what it says of a right certificate."""
        if self.check is None:
            return is_about(self.prediction)
        is_right = self.check.verdict is EXPECTED[self.prediction.verdict]
        return is_right and is_about(self.prediction)

    @property
    def is_over_limit(self) -> bool:
        """Whether the certificate was too much for the checker, which says nothing against it.

        A certificate that is malformed for another reason is an error of ours.
        """
        return self.check is not None and self.check.is_over_limit

    @property
    def status(self) -> str:
        """The verdict; `unknown` if it could not be checked, `failed` if it was rejected."""
        if self.is_confirmed:
            return self.prediction.verdict.value
        return Verdict.UNKNOWN.value if self.is_over_limit else FAILED

    def to_json(self) -> dict[str, Any]:
        """The prediction as one JSON object."""
        question = self.prediction.question
        return {
            "class": question.model_class.id,
            "depth": question.depth,
            "semantics": question.semantics,
            "verdict": self.status,
            "every_length": self.prediction.every_length,
            "evidence": _evidence_to_json(self.prediction.evidence),
            "certificate": None
            if self.check is None
            else {
                "file": str(self.check.path),
                "verdict": self.check.verdict.value,
                "reason": self.check.reason,
            },
        }


def _evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """What an answer rests on; `kind` is how firm that is."""
    if isinstance(evidence, ProvedNetwork):
        return {
            "kind": "certified",
            "construction": evidence.construction.id,
            "source": evidence.construction.source,
            "layers": evidence.depth,
            "joint_states": len(evidence.proof.states),
        }
    if isinstance(evidence, Obstruction):
        return {
            "kind": "conditional",
            "lemma": evidence.lemma,
            "witness": str(evidence.witness),
        }
    if isinstance(evidence, Citation):
        return {
            "kind": "cited",
            "theorem": evidence.statement,
            "source": evidence.source,
            "layers": evidence.layers,
        }
    return {"kind": "missing", "missing": evidence}


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "layer"), counted(2, "layer")
    ('1 layer', '2 layers')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def show_evidence(answer: CheckedPrediction) -> str:
    """The evidence of an answer in one line."""
    evidence = answer.prediction.evidence
    if answer.is_over_limit:
        return "the certificate is over a limit of the checker"
    if isinstance(evidence, ProvedNetwork):
        layers = counted(evidence.depth, "layer")
        states = counted(len(evidence.proof.states), "joint state")
        return f"{evidence.construction.id}, {layers}, {states}"
    if answer.prediction.every_length:
        return f"{evidence}; {EVERY_LENGTH}"
    return str(evidence)


def check_predictions(
    predictions: Sequence[Prediction], directory: Path
) -> tuple[CheckedPrediction, ...]:
    """Writes one file for each different certificate, and has all of them checked.

    Args:
        predictions: answers about one language.
        directory: where certificate files go; created if absent.

    Raises:
        OSError: if a file cannot be written.
    """
    paths = [_path(prediction, directory) for prediction in predictions]
    written: dict[Path, None] = {}
    for prediction, path in zip(predictions, paths, strict=True):
        if path is None or path in written:
            continue
        certificate = certificate_of(prediction)
        if certificate is not None:
            certificate.write(path)
            written[path] = None
    answers = {answer.path: answer for answer in run_checker(list(written))}
    return tuple(
        CheckedPrediction(prediction, None if path is None else answers[path])
        for prediction, path in zip(predictions, paths, strict=True)
    )


def _path(prediction: Prediction, directory: Path) -> Path | None:
    evidence, semantics = prediction.evidence, prediction.question.semantics
    if isinstance(evidence, ProvedNetwork):
        parts = [evidence.construction.id, evidence.spelling, semantics]
        return directory / f"{'-'.join(part for part in parts if part)}.json"
    if isinstance(evidence, Obstruction):
        depth = f"depth-{evidence.depth}"
        return directory / f"{evidence.lemma}-{evidence.model_class}-{depth}-{semantics}.json"
    return None


def certificate_of(prediction: Prediction) -> Certificate | None:
    """The certificate of an answer; None if it is unknown or only cited.

    A network's certificate also proves that its transition matrices lie in the region of the
    class: the ids of its classes are among the properties.
    """
    evidence = prediction.evidence
    if isinstance(evidence, ProvedNetwork):
        return recognizer(
            evidence.lrnn,
            evidence.semantics,
            evidence.automaton,
            Recognised(evidence.proof.states),
            evidence.model_classes,
        )
    if isinstance(evidence, Obstruction):
        return obstruction_certificate(evidence)
    return None
