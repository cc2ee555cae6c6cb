"""What is predicted for a network before it is trained, and how training compares with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, final

from monoscan.face.answers import AnswerCell
from monoscan.face.predictions import predictor_of
from monoscan.face.sources import language as as_language
from monoscan.proofs_check.verify_prediction import PredictionFinding, counted
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.prediction import Question, Verdict
from monoscan.theory.windows import NO_DELAYS, show_windows

if TYPE_CHECKING:
    from monoscan.models.evaluate import LengthResult
    from monoscan.models.train_config import RunConfig

_MAX_STATES: Final = 5_000
_MONOID: Final = 20_000
_LEARNED: Final = 0.95


@final
@dataclass(frozen=True, eq=False, repr=False)
class Forecast:
    """Whether some network like the one that is trained recognises the language, at all lengths.

    Attributes:
        cell: the answer, in exact arithmetic; None if there is none.
        why_not: why there is none; empty otherwise.
        layers: how many, and of which class, in words.
    """

    cell: AnswerCell | None
    why_not: str = ""
    layers: str = ""

    def line(self) -> str:
        """The prediction in a sentence."""
        if self.cell is None:
            return f"no prediction: {self.why_not}"
        can = {
            Verdict.EXPRESSIBLE: f"{self.layers} can recognise it at all lengths",
            Verdict.NOT_EXPRESSIBLE: f"no network of {self.layers} recognises it at all lengths",
        }.get(Verdict(self.cell.verdict), f"whether {self.layers} can is unknown")
        return f"prediction: {can}: {self.cell.reason}"

    def comparison(self, found: LengthResult) -> str:
        """What training came to beside the prediction; empty if there is nothing to compare."""
        verdict = None if self.cell is None else Verdict(self.cell.verdict)
        right = found.sequence_accuracy.value >= _LEARNED
        on = f"random words of {found.length} letters"
        said: dict[tuple[Verdict | None, bool], str] = {
            (Verdict.EXPRESSIBLE, True): f"as predicted it can be learned: right on {on}; others "
            "may fail, and monoscan evaluate searches for them",
            (Verdict.EXPRESSIBLE, False): "learnability gap: weights that do it exist, and "
            "training has not found them",
            (Verdict.NOT_EXPRESSIBLE, True): f"right on {on}, and as predicted wrong on some "
            "word: monoscan evaluate searches for it",
            (Verdict.NOT_EXPRESSIBLE, False): "as predicted it has not learned it",
        }
        return said.get((verdict, right), "")

    def to_json(self) -> dict[str, Any] | None:
        """Values of JSON."""
        if self.cell is None:
            return None
        return {"verdict": self.cell.verdict, **self.cell.found.to_json()}


def forecast(config: RunConfig) -> Forecast:
    """The prediction for the network of a run, in exact arithmetic.

    Args:
        config: What is trained, and on what.
    """
    from monoscan.models.tasks import Task

    model, task = config.model, config.task
    model_class = get_model_class(model.layer.model_class)
    if not isinstance(task, Task):
        return Forecast(None, "the task has no automaton")
    if not model_class.has_exact_networks:
        return Forecast(None, f"{model_class.id} has no exact networks here")
    predictor = predictor_of(as_language(task.automaton), _MAX_STATES, _MONOID)
    windows = (model.window, model.window)
    question = Question(model_class, model.depth, "exact", windows)
    layers = f"{counted(model.depth, 'layer')} of {model_class.id}"
    if windows != NO_DELAYS:
        layers += f" in which {show_windows(windows)}"
    return Forecast(AnswerCell(PredictionFinding(predictor.predict(question))), "", layers)
