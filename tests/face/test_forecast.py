"""The prediction beside training: every verdict, every outcome, and what has none."""

from __future__ import annotations

import pytest
from helpers.small_runs import small_run

from monoscan.face.forecast import forecast
from monoscan.models.evaluate import Interval, LengthResult
from monoscan.models.layers import LayerConfig
from monoscan.models.tasks import Expressions
from monoscan.models.train_config import RunConfig, TrainConfig


def result(right: float) -> LengthResult:
    exact = Interval(right, right, right)
    return LengthResult(40, 10, exact, exact, 0.5, exact, None, None)


@pytest.mark.parametrize(
    ("range_", "right", "said"),
    [
        ("[-1,1]", 0.95, "as predicted it can be learned: right on random words of 40 letters"),
        ("[-1,1]", 0.94, "learnability gap: weights that do it exist"),
        ("[0,1]", 0.95, "right on random words of 40 letters, and as predicted wrong on some word"),
        ("[0,1]", 0.94, "as predicted it has not learned it"),
    ],
)
def test_comparisons(range_: str, right: float, said: str) -> None:
    assert forecast(small_run("parity", range_=range_)).comparison(result(right)).startswith(said)


def test_depth_counts() -> None:
    layer = LayerConfig("deltanet", "[-1,1]", width=16, heads=2)
    task = small_run("s3").task
    one, two = (forecast(RunConfig.of(task, layer, depth=depth)) for depth in (1, 2))
    assert one.line().startswith("prediction: no network of 1 layer of householder recognises it")
    assert two.line().startswith("prediction: 2 layers of householder can recognise it at all")


def test_a_convolution_widens_the_windows() -> None:
    layer = LayerConfig("gla", "[0,1]", width=16, heads=2)
    task = small_run("ends-with-ab").task
    plain, wide = (forecast(RunConfig.of(task, layer, convolution=w)) for w in (0, 4))
    assert plain.line().startswith("prediction: no network of 1 layer of diagonal-nonnegative")
    assert wide.line().startswith(
        "prediction: 1 layer of diagonal-nonnegative in which A sees 4 letters and B sees 4 can "
    )


@pytest.mark.parametrize(
    ("config", "why"),
    [
        (small_run("parity", "gru", "none"), "nonlinear-rnn has no exact networks here"),
        (
            RunConfig.of(Expressions(3, "+"), small_run().model.layer, TrainConfig()),
            "the task has no automaton",
        ),
    ],
)
def test_what_has_no_prediction(config: RunConfig, why: str) -> None:
    found = forecast(config)
    assert found.line() == f"no prediction: {why}"
    assert (found.comparison(result(1.0)), found.to_json()) == ("", None)
