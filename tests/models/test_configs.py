"""Configurations are valid from birth, and are read back as they were written."""

from __future__ import annotations

import json

import pytest
from helpers.small_runs import small_run

from monoscan.automata import get_language
from monoscan.models.errors import ConfigError
from monoscan.models.layers import LayerConfig, get_layer_kind, parse_range
from monoscan.models.model import ModelConfig
from monoscan.models.tasks import Task
from monoscan.models.train_config import RunConfig, TrainConfig, run_config_from_json, tier


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"layer": "deltanett"}, "there is no layer 'deltanett'; nearest: deltanet"),
        ({"layer": "xyz"}, r"there is no layer 'xyz' \(all of them: monoscan list layers\)"),
        ({"range": "(0,1)"}, r"unknown range '\(0,1\)'; did you mean \[0,1\]\?"),
        ({"range": "complex"}, r"deltanet cannot have the range complex; expected \[0,1\] or \[-1"),
        ({"layer": "gru"}, r"gru cannot have the range \[-1,1\]; expected none"),
        ({"layer": "mingru"}, r"mingru cannot have the range \[-1,1\]; expected \[0,1\]"),
        ({"layer": "pd_ssm"}, r"pd_ssm cannot have the range \[-1,1\]; expected complex"),
        ({"parametrisation": "tanh"}, "unknown parametrisation 'tanh'; expected sigmoid, clamp"),
        (
            {"heads": 5},
            "5 heads do not divide the width 64; expected one of 1, 2, 4, 8, 16, 32, 64",
        ),
        ({"heads": 0}, "the number of heads is 0; expected 1 to"),
        ({"width": 0}, "the width is 0"),
        ({"n_h": 2}, "n_h is 2, but the layer deltanet has one factor a token; use deltaproduct"),
        ({"layer": "deltaproduct", "n_h": 65}, "n_h is 65; expected 1 to 64"),
        ({"initial_state": False}, "the state is always 0; give the layer one of them"),
    ],
)
def test_layers_that_cannot_be(options, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        LayerConfig(**options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"steps": 0}, "steps is 0; expected at least 1"),
        ({"batch": -1}, "batch is -1"),
        ({"max_length": 0}, "max_length is 0; expected at least 1"),
        ({"start_length": 50}, "start_length is 50, above max_length 40"),
        ({"min_length": 41}, "min_length is 41, above max_length 40"),
        ({"learning_rate": float("nan")}, "learning_rate is nan; expected a finite number"),
        ({"clip": 0}, "clip is 0; expected a number above 0"),
        ({"seed": -1}, "seed is -1"),
        ({"precision": "fp8"}, "unknown precision 'fp8'; expected fp32 or bf16"),
        ({"checkpoint_every": 0}, "checkpoint_every is 0"),
        ({"letters": -1}, "letters is -1; expected at least 0"),
        (
            {"letters": 39},
            "letters is 39, below max_length 40, .* expected at least max_length, or 0",
        ),
    ],
)
def test_training_that_cannot_be(options, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        TrainConfig(**options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"depth": 0}, "the depth is 0"),
        ({"n_outputs": 1}, "the number of outputs is 1"),
        ({"convolution": -1}, "the width of the convolution is -1"),
    ],
)
def test_networks_that_cannot_be(options, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        ModelConfig(**{"n_letters": 2, "n_outputs": 2, "layer": LayerConfig(), **options})


def test_a_network_must_fit_its_task() -> None:
    task = Task(get_language("s3").build())
    with pytest.raises(ConfigError, match="has 2 letters and 2 outputs, the task 6 and 6"):
        RunConfig("s3", task, ModelConfig(2, 2, LayerConfig()), TrainConfig())


def test_a_tier_is_where_options_start() -> None:
    assert tier("quick", steps=7).steps == 7
    with pytest.raises(
        ConfigError, match="unknown tier 'slow'; expected quick or standard or paper"
    ):
        tier("slow")


def test_words_become_fewer_as_they_become_longer() -> None:
    config = TrainConfig(batch=16, letters=64, max_length=64)
    assert [config.words_at(n) for n in (1, 4, 5, 32, 33, 64)] == [16, 16, 12, 2, 1, 1]
    assert {TrainConfig(batch=16).words_at(n) for n in (1, 40)} == {16}


def test_the_tier_of_the_paper_has_words_of_every_length_from_the_first_step() -> None:
    config = tier("paper")
    assert (config.steps, config.batch, config.weight_decay) == (100_000, 1024, 0.1)
    assert config.warmup * 10 == config.steps
    assert (config.min_length, config.max_length, config.curriculum) == (3, 40, "full")


def test_steps_of_the_standard_tier_never_have_more_letters() -> None:
    config = tier("standard", max_length=32)
    costs = [n * config.words_at(n) for n in range(config.start_length, 33)]
    assert max(costs) <= config.letters
    assert min(costs[2:]) > config.letters - 32


@pytest.mark.parametrize("text", ["-1,1", "[-1,1]", " [-1, 1]"])
def test_ranges_are_read_with_and_without_brackets(text: str) -> None:
    assert parse_range(text) == "[-1,1]"


def test_unknown_ranges() -> None:
    with pytest.raises(ConfigError, match="unknown range '1,2'; expected 0,1 or -1,1 or complex"):
        parse_range("1,2")


def test_a_run_is_read_as_it_was_written() -> None:
    config = small_run("s3", seed=5)
    assert run_config_from_json(config.to_json()) == config


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda value: value["training"].update(momentum=1), "no option 'momentum'; expected seed"),
        (lambda value: value["model"]["layer"].update(heads=3), "3 heads do not divide"),
        (lambda value: value.pop("task"), "no configuration of a run .KeyError"),
        (lambda value: value["task"]["automaton"].pop("table"), "no configuration of a run"),
    ],
)
def test_a_configuration_that_was_spoilt(change, said: str) -> None:
    value = json.loads(small_run().to_json())
    change(value)
    with pytest.raises(ConfigError, match=said):
        run_config_from_json(json.dumps(value))


def test_text_that_is_no_configuration() -> None:
    with pytest.raises(ConfigError, match=r"no configuration of a run .JSONDecodeError"):
        run_config_from_json("{")


def test_kinds_state_what_they_are() -> None:
    kind = get_layer_kind("deltaproduct")
    assert (kind.is_product, kind.ranges) == (True, ("[-1,1]", "[0,1]"))
