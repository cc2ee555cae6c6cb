"""The law of an automaton, against stepping word by word, and its gradients against differences."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
from helpers.small_runs import small_run
from torch import Tensor

import monoscan as ms
from monoscan.automata import Automaton, get_language
from monoscan.models.errors import ConfigError
from monoscan.models.law import PAIRS_A_STEP, Law, law_of
from monoscan.models.layers import LayerConfig
from monoscan.models.model import ModelConfig, SequenceModel, build_model
from monoscan.models.tasks import Expressions, Task
from monoscan.models.train import train
from monoscan.models.train_config import RunConfig, TrainConfig

LAYERS = (
    ("deltanet", "[-1,1]", {}),
    ("deltaproduct", "[-1,1]", {"n_h": 2, "additive_input": True}),
    ("diagonal", "complex", {}),
    ("diagonal", "[0,1]", {"additive_input": True, "initial_state": False}),
    ("gla", "[-1,1]", {}),
    ("gru", "none", {}),
    ("slstm", "none", {}),
)
CASES = [
    (language, *layer, depth)
    for (language, layer), depth in itertools.product(
        (("s3", LAYERS[1]), ("flip-flop", LAYERS[3]), *(("parity", layer) for layer in LAYERS)),
        (1, 2),
    )
]


def network(language: str, layer: str, range_: str, options: dict, depth: int) -> SequenceModel:
    automaton = get_language(language).build()
    config = LayerConfig(layer, range_, **{"width": 8, "heads": 2, **options})
    n_outputs = len(set(automaton.outputs))
    return build_model(ModelConfig(len(automaton.alphabet), n_outputs, config, depth), seed=1)


def by_hand(model: SequenceModel, automaton: Automaton) -> float:
    """The law, each state reached by reading its word alone."""

    def parts(word: tuple[int, ...]) -> list[Tensor]:
        return model.advance(torch.tensor([word]))[1].parts()

    words: dict[int, tuple[int, ...]] = {}
    for length in range(1, automaton.n_states + 2):
        for word in itertools.product(range(len(automaton.alphabet)), repeat=length):
            letters = [automaton.alphabet[number] for number in word]
            words.setdefault(automaton.state_after(letters), word)
    starts = [(0, ()), *words.items()]
    laws = []
    for place, _ in enumerate(parts((0,))):
        errors = [
            (parts((*word, letter))[place] - parts(words[after])[place]).abs().square().sum()
            for state, word in starts
            for letter, after in enumerate(automaton.table[state].tolist())
        ]
        sizes = [parts(word)[place].abs().square().sum() for word in words.values()]
        laws.append(torch.stack(errors).mean() / torch.stack(sizes).mean())
    return float(torch.stack(laws).mean())


@pytest.mark.parametrize(("language", "layer", "range_", "options", "depth"), CASES)
def test_the_law_is_the_error_of_each_step(
    language: str, layer: str, range_: str, options: dict, depth: int
) -> None:
    model = network(language, layer, range_, options, depth)
    automaton = get_language(language).build()
    with torch.no_grad():
        found = float(Law(automaton).penalty(model))
        assert found == pytest.approx(by_hand(model, automaton), rel=1e-3)
    assert Law(automaton).measure(model).error == pytest.approx(found**0.5, rel=1e-3)


@pytest.mark.parametrize(("language", "layer", "range_", "options", "depth"), CASES)
def test_gradients_are_differences(
    language: str, layer: str, range_: str, options: dict, depth: int
) -> None:
    model = network(language, layer, range_, options, depth).double()
    law = Law(get_language(language).build())
    law.penalty(model).backward()
    generator = torch.Generator().manual_seed(0)
    weights = [p for p in model.parameters() if p.grad is not None]
    assert weights
    ways = [torch.randn(p.shape, generator=generator, dtype=p.dtype) for p in weights]
    slope = sum(float((p.grad * way).sum()) for p, way in zip(weights, ways, strict=True))
    ends = []
    with torch.no_grad():
        for step in (1e-6, -2e-6):
            for weight, way in zip(weights, ways, strict=True):
                weight += step * way
            ends.append(float(law.penalty(model)))
    assert (ends[0] - ends[1]) / 2e-6 == pytest.approx(slope, rel=1e-4, abs=1e-7)


def test_merged_states_obey_the_law_and_have_no_gap() -> None:
    model = network("parity", "deltanet", "[-1,1]", {}, 1)
    with torch.no_grad():
        model.embedding.weight[1] = model.embedding.weight[0]  # both letters are read alike
        layer = model.blocks[0].layer
        layer.beta.weight.zero_()
        layer.beta.bias.fill_(-9.0)  # beta = 0: nothing moves
    measured = Law(get_language("parity").build()).measure(model)
    assert (measured.error, measured.gap) == (0.0, 0.0)


def test_of_many_pairs_some_are_drawn() -> None:
    model = network("s5-swaps", "deltanet", "[-1,1]", {}, 1)
    law = Law(get_language("s5-swaps").build())
    assert PAIRS_A_STEP < 120 * 10
    with torch.no_grad():
        drawn = [float(law.penalty(model, np.random.default_rng(seed))) for seed in (0, 0, 1)]
        every = float(law.penalty(model))
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn == pytest.approx([every] * 3, rel=0.2)


def test_a_run_with_the_law_goes_on_to_the_same_parameters(tmp_path) -> None:
    config = small_run("s3", "deltaproduct", layer_options={"n_h": 2}, steps=8, law=1.0)
    whole = train(config)
    train(config, tmp_path, stop_after=3)
    parts = train(config, tmp_path)
    for one, other in zip(whole.model.parameters(), parts.model.parameters(), strict=True):
        assert torch.equal(one, other)
    without = train(small_run("s3", "deltaproduct", layer_options={"n_h": 2}, steps=8))
    assert not torch.equal(whole.model.head.weight, without.model.head.weight)


def test_training_with_the_law_makes_the_error_smaller() -> None:
    options = {"width": 8, "heads": 2, "steps": 60, "batch": 16, "max_length": 8}
    errors = [
        ms.train("parity", "deltanet, extended", convolution=0, **options, law=law).law().error
        for law in (0.0, 1.0)
    ]
    assert errors[1] < errors[0] / 2


# ------------------------------------------------------------------ bad input


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (
            RunConfig.of(Expressions(3, "+"), LayerConfig(), TrainConfig(law=1.0)),
            "the law needs the automaton of the task",
        ),
        (
            RunConfig.of(small_run().task, LayerConfig(), TrainConfig(law=1.0), convolution=2),
            "with a convolution the network keeps the last letters",
        ),
        (small_run("parity", "transformer", "none", law=1.0), "with the layer transformer the"),
        (
            RunConfig.of(
                Task(ms.regex("(" + "a" * 250 + ")*", "a").automaton),
                LayerConfig(),
                TrainConfig(law=1.0),
            ),
            "shortest words to all 250 states in each step, 31375 letters; the limit is 20000",
        ),
    ],
)
def test_what_has_no_law(config: RunConfig, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        train(config)


@pytest.mark.parametrize(("weight", "said"), [(-1.0, "law is -1.0"), (float("nan"), "law is nan")])
def test_weights_that_cannot_be(weight: float, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        TrainConfig(law=weight)


def test_the_law_of_a_run_without_an_automaton() -> None:
    with pytest.raises(ConfigError, match="train on a language, or without the law"):
        law_of(Expressions(3, "+"), small_run().model)
