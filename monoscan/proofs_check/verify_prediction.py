"""Predictions with certificates: each answer is written down and checked independently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, final

from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.checked import (
    FAILED,
    OVER_LIMIT,
    Checked,
    Outcome,
    check_findings,
    only_over_limit,
)
from monoscan.proofs_check.exit_codes import BUDGET_REACHED, INTERNAL_ERROR, YES
from monoscan.proofs_check.run_checker import CheckResult
from monoscan.proofs_check.run_checker import Verdict as CheckerVerdict
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.model_classes import get_model_class, is_inside
from monoscan.theory.prediction import Citation, Evidence, Prediction, ProvedNetwork, Verdict
from monoscan.theory.windows import NO_DELAYS, fit

EXPECTED = {
    Verdict.EXPRESSIBLE: CheckerVerdict.VALID,
    Verdict.NOT_EXPRESSIBLE: CheckerVerdict.INCOMPLETE,
}
"""What the checker says of a right certificate: an obstruction rests on a lemma, which it names."""


EVERY_LENGTH = "recognised up to every length, not at all lengths"
EVERY_LENGTH_AT_LEAST = "recognised up to every length; whether at all lengths is unknown"
"""What is added to an obstruction of an open range, if a network at its limits is known."""


def is_about(prediction: Prediction) -> bool:
    """Whether the evidence answers the question: its class, its depth, its semantics, its windows.

    The checker proves what a certificate says; that it says what was asked is looked at here.
    """
    question, evidence = prediction.question, prediction.evidence
    if isinstance(evidence, Obstruction):
        return (
            is_inside(question.model_class, get_model_class(evidence.model_class))
            and evidence.semantics == question.semantics
            and evidence.depth in ("any", question.depth)
            and fit(question.windows, evidence.windows)
        )
    if isinstance(evidence, Citation):
        return evidence.answers(question)
    if isinstance(evidence, ProvedNetwork):
        claimed = question.model_class in evidence.model_classes
        same_arithmetic = evidence.semantics.name == question.semantics
        return claimed and same_arithmetic and evidence.fits(question.depth, question.windows)
    return True


@final
@dataclass(frozen=True)
class PredictionFinding:
    """A prediction, before and after its certificate has been checked."""

    prediction: Prediction

    @property
    def certificates(self) -> Mapping[str, Callable[[], Certificate]]:
        """One, named after what it proves; none if the prediction is unknown or only cited."""
        name, evidence = _file(self.prediction), self.prediction.evidence
        if isinstance(evidence, ProvedNetwork):
            return {name: lambda: _of_network(evidence)}
        if isinstance(evidence, Obstruction):
            return {name: lambda: obstruction_certificate(evidence)}
        return {}

    def outcome(self, checks: Sequence[CheckResult]) -> Outcome:
        """The verdict; `unknown` if it could not be checked, `failed` if it was rejected."""
        expected = EXPECTED.get(self.prediction.verdict)
        if is_about(self.prediction) and all(check.verdict is expected for check in checks):
            return Outcome(self.prediction.verdict.value, YES)
        if only_over_limit(checks):
            return Outcome(Verdict.UNKNOWN.value, BUDGET_REACHED, OVER_LIMIT)
        reasons = [f"{c.verdict}: {c.reason}" for c in checks if c.verdict is not expected]
        problem = reasons[0] if reasons else "the evidence answers another question"
        return Outcome(FAILED, INTERNAL_ERROR, problem)

    def to_json(self) -> dict[str, Any]:
        """The question and the evidence as one JSON object."""
        question = self.prediction.question
        return {
            "class": question.model_class.id,
            "depth": question.depth,
            "semantics": question.semantics,
            "windows": list(question.windows),
            "every_length": self.prediction.every_length,
            "evidence": _evidence_to_json(self.prediction.evidence),
        }


CheckedPrediction: TypeAlias = Checked[PredictionFinding]


def kind_of(evidence: Evidence) -> str:
    """How firm evidence is: `certified`, `formal`, `conditional`, `cited`, or `unknown`.

    `certified`: a network, whose proof the independent program checks. `formal`: it checks what
    the language does, and Coq has proved the lemma that no network of the class may do that.
    `conditional`: the same with a lemma whose proof is on paper. `cited`: a published theorem that
    nothing here has checked. `unknown`: there is none.
    """
    if isinstance(evidence, ProvedNetwork):
        return "certified"
    if isinstance(evidence, Obstruction):
        # Only an obstruction needs to know what Coq was asked.
        from monoscan.proofs_check.formal.record import proof_of

        about = (evidence.lemma, evidence.semantics, evidence.model_class, str(evidence.depth))
        return "conditional" if proof_of(*about, evidence.windows) is None else "formal"
    return "cited" if isinstance(evidence, Citation) else "unknown"


def _evidence_to_json(evidence: Evidence) -> dict[str, Any]:
    """What an answer rests on; `kind` is how firm that is."""
    return {"kind": kind_of(evidence), **_facts_of(evidence)}


def _facts_of(evidence: Evidence) -> dict[str, Any]:
    if isinstance(evidence, ProvedNetwork):
        number, noun = evidence.size
        return {
            "construction": evidence.construction.id,
            "source": evidence.construction.source,
            "layers": evidence.depth,
            f"{noun.replace(' ', '_')}s": number,
        }
    if isinstance(evidence, Obstruction):
        return {
            "lemma": evidence.lemma,
            "witness": evidence.reason,
        }
    if isinstance(evidence, Citation):
        return {
            "theorem": evidence.statement,
            "source": evidence.source,
            "layers": evidence.layers,
            "unless": evidence.unless or None,
            "up_to": evidence.up_to or None,
        }
    return {"missing": evidence}


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "layer"), counted(2, "layer")
    ('1 layer', '2 layers')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def show_evidence(answer: CheckedPrediction) -> str:
    """The evidence of an answer in one line."""
    return OVER_LIMIT if answer.is_over_limit else describe_evidence(answer.found.prediction)


def describe_evidence(prediction: Prediction) -> str:
    """What a prediction rests on, in one line."""
    evidence = prediction.evidence
    if isinstance(evidence, ProvedNetwork):
        layers = counted(evidence.depth, "layer")
        states = counted(*evidence.size)
        return f"{evidence.construction.id}, {layers}, {states}"
    if prediction.every_length:
        is_no = prediction.verdict is Verdict.NOT_EXPRESSIBLE
        return f"{evidence}; {EVERY_LENGTH if is_no else EVERY_LENGTH_AT_LEAST}"
    return str(evidence)


def check_predictions(
    predictions: Iterable[Prediction],
    directory: Path,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[CheckedPrediction, ...]:
    """Writes one file for each different certificate, and has all of them checked.

    Args:
        predictions: answers about one language, taken from as they are needed.
        directory: where certificate files go; created if absent.
        progress: told when nothing but the checker is waited for.

    Raises:
        OSError: if a file cannot be written.
    """
    findings = ((PredictionFinding(prediction), directory) for prediction in predictions)
    return tuple(check_findings(findings, shared=True, progress=progress))


def _file(prediction: Prediction) -> str:
    """The name of the file of its certificate; equal names have equal certificates."""
    evidence, semantics = prediction.evidence, prediction.question.semantics
    if isinstance(evidence, ProvedNetwork):
        return "-".join(filter(None, (evidence.construction.id, evidence.spelling, semantics)))
    if isinstance(evidence, Obstruction):
        name = f"{evidence.lemma}-{evidence.model_class}-depth-{evidence.depth}-{semantics}"
        windows = "-".join(map(str, evidence.windows))
        return name if evidence.windows == NO_DELAYS else f"{name}-windows-{windows}"
    return ""


def _of_network(evidence: ProvedNetwork) -> Certificate:
    """It also proves that the transition matrices lie in the region of the class.

    Its classes are among the properties: by name, or as data where the format has no name.
    """
    # Imported here: the certificate of an obstruction needs no exact arithmetic.
    from monoscan.proofs_check.certificates.boxes import boxes
    from monoscan.proofs_check.certificates.recognizer import recognizer
    from monoscan.proofs_check.certificates.region import property_of
    from monoscan.theory.boxes import BoxInvariant

    lrnn, automaton, proof = evidence.lrnn, evidence.automaton, evidence.proof
    properties = [property_of(model_class) for model_class in evidence.model_classes]
    if isinstance(proof, BoxInvariant):
        return boxes(lrnn, automaton, proof, properties)
    return recognizer(lrnn, evidence.semantics, automaton, proof, properties)
