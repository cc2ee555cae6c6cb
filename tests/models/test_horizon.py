"""A certified length of a trained network: its own numbers, all rounding, its own certificate."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any, cast

import numpy as np
import pytest
import torch

import monoscan as ms
from monoscan.automata import Automaton, get_language
from monoscan.face.run import Run
from monoscan.models.errors import ConfigError
from monoscan.models.horizon import horizon_of_run
from monoscan.models.horizon.numbers import letters_of
from monoscan.models.horizon.rounding import rounding_of
from monoscan.models.layers import LayerConfig
from monoscan.models.layers.deltanet import DeltaNet
from monoscan.models.model import Block, ModelConfig, SequenceModel, build_model
from monoscan.models.tasks import Task
from monoscan.models.train import TrainedRun, train
from monoscan.models.train_config import RunConfig, TrainConfig
from monoscan.models.worst import SearchPlan, worst_of_run


def untrained(layer: LayerConfig, language: str = "parity") -> TrainedRun:
    config = RunConfig.of(
        Task(get_language(language).build()),
        layer,
        TrainConfig(steps=1, batch=2, max_length=4, start_length=2),
        readout="linear",
        language=language,
    )
    return train(config)


def planted(noise: float) -> Run:
    """DeltaNet whose letter 1 reflects the first coordinate of both heads, not quite."""
    run = untrained(LayerConfig("deltanet", "[-1,1]", width=8, heads=2))
    layer = cast(DeltaNet, cast(Block, run.model.blocks[0]).layer)
    readout = run.model.readout
    assert readout is not None
    assert readout.query is not None
    assert layer.initial is not None
    with torch.no_grad():
        for parameter in run.model.parameters():
            parameter.zero_()
        cast(Block, run.model.blocks[0]).layer_norm.weight.fill_(1)
        run.model.embedding.weight[:2, :2] = torch.eye(2)
        layer.key.weight[[0, 4], :2] = 1
        layer.beta.weight[:, 0], layer.beta.weight[:, 1] = -3, (2 - 4 * noise) / 8**0.5
        layer.initial.copy_(torch.eye(4).expand(2, 4, 4))
        readout.query[:, 0] = 1
        even = cast(Task, run.config.task).outputs.index(True)
        readout.head.weight[even, [0, 4]] = 1
        readout.head.weight[1 - even, [0, 4]] = -1
    return Run(run)


@pytest.mark.parametrize("layer", ["deltanet", "gated_deltanet", "diagonal"])
def test_scores_are_linear_in_the_state_and_come_in_pieces(layer: str) -> None:
    config = ModelConfig(2, 3, LayerConfig(layer, width=8, heads=2), readout="linear")
    model = build_model(config, 0)
    words = torch.tensor([[0, 1, 1, 0, 1]])
    first, state = model.advance(words[:, :2])
    rest, _ = model.advance(words[:, 2:], state)
    assert (torch.cat([first, rest], 1) - model(words)).abs().max() < 1e-6
    model(words).sum().backward()
    layer_of = cast(Block, model.blocks[0]).layer
    assert all(parameter.grad is not None for parameter in layer_of.parameters())
    for wrong in (
        replace(config, layer=LayerConfig("gru", "none", width=8, heads=2)),
        replace(config, depth=2),
        replace(config, convolution=4),
    ):
        with pytest.raises(ConfigError, match="has no linear read-out"):
            build_model(wrong, 0)


CASES = [
    ("deltanet", {}),
    ("deltanet", {"additive_input": True}),
    ("deltaproduct", {"n_h": 3, "additive_input": True}),
    ("gated_deltaproduct", {"n_h": 2, "additive_input": True}),
    ("diagonal", {"additive_input": True}),
]


@pytest.mark.parametrize(("layer", "options"), CASES)
def test_float32_loses_no_more_than_the_bound(layer: str, options: dict[str, Any]) -> None:
    config = LayerConfig(layer, "[-1,1]", width=24, heads=2, **options)
    model = build_model(ModelConfig(3, 4, config, readout="linear"), 1)
    letters = letters_of(model)
    steps = [
        [
            tuple(np.array(part, float) for part in letters.exact(x, h))
            for h in range(_heads(letters))
        ]
        for x in range(3)
    ]
    words = torch.randint(3, (6, 70), generator=torch.Generator().manual_seed(2))
    with torch.inference_mode():
        seen = _read_one_by_one(model, words)
        states = np.array([state for state, _ in seen])
        reach = max(np.linalg.norm(states.reshape(-1, states[0, 0].size), axis=1).max(), 3.0)
        bound = rounding_of(letters, reach, reach, one_by_one=True)
        most = 0.0
        before = np.broadcast_to(letters.start, states[0].shape)
        for place, (state, scores) in enumerate(seen):
            after = np.array(
                [
                    [a @ s + b for (a, b), s in zip(steps[x], own, strict=True)]
                    for x, own in zip(words[:, place].tolist(), before, strict=True)
                ]
            )
            most = max(most, np.linalg.norm((after - state).reshape(6, -1), axis=1).max())
            read = np.einsum("hk,bhkv->bhv", letters.query, state)
            exact = np.einsum("bhv,ohv->bo", read, letters.weight) + letters.bias
            assert np.abs(exact - scores).max() <= bound.score
            before = state
        assert 0 < most <= bound.step < 1e4 * most
        whole = _parts(model, model.advance(words)[1].blocks[0].layer[0])
        apart = np.linalg.norm((whole - states[-1]).reshape(6, -1), axis=1).max()
        assert apart <= 70 * (
            rounding_of(letters, reach, reach, one_by_one=False).step + bound.step
        )
    if letters.a.any():  # a diagonal layer adds nothing up
        with pytest.raises(ConfigError, match="one sum may lose"):
            rounding_of(letters, 1e9, 1e-9, one_by_one=True)


def _heads(letters: Any) -> int:
    return int(letters.start.shape[0])


def _read_one_by_one(model: SequenceModel, words: torch.Tensor) -> list[Any]:
    """The states, [B, H, K, V], and scores after each letter."""
    seen, state = [], None
    for place in range(words.shape[1]):
        scores, state = model.advance(words[:, place : place + 1], state)
        seen.append((_parts(model, state.blocks[0].layer[0]), scores[:, 0].double().numpy()))
    return seen


def _parts(model: SequenceModel, state: torch.Tensor) -> Any:
    wide = state.double()
    is_vector = model.config.layer.layer == "diagonal"
    return (wide[..., None, None] if is_vector else wide.mT).numpy()


def test_a_length_is_certified_for_these_weights_only() -> None:
    run = planted(1e-4)
    found = ms.certify(run.horizon())
    certificate, length = found.certificate, found.length
    assert certificate is not None
    assert isinstance(length, int)
    assert length >= 500
    assert ms.check(certificate).verdict == "valid"
    assert "off by at most" in repr(found)
    worst = worst_of_run(run.trained, SearchPlan(length=length, letters=200_000))
    assert worst.length is None
    assert run.owns(certificate)
    assert run.owns(replace(certificate, body={**certificate.body, "length": "3"}))
    longer = replace(certificate, body={**certificate.body, "length": str(length + 1)})
    assert ms.check(longer).verdict == "invalid"
    assert not run.owns(longer)
    assert not planted(2e-4).owns(certificate)
    assert not run.owns(certificate, one_by_one=False)  # more is lost in pieces of any length
    layer = cast(DeltaNet, cast(Block, run.model.blocks[0]).layer)
    readout = run.model.readout
    assert readout is not None
    assert layer.initial is not None
    for parameter, place, bit in (
        (layer.initial, (0, 0, 0), 1),
        (layer.beta.weight, (1, 1), 64),  # lower ones are lost before beta
        (readout.head.weight, (0, 0), 1),
        (readout.query, (1, 0), 1),
    ):
        bits = parameter.detach().view(torch.int32)
        bits[place] ^= bit
        assert not run.owns(certificate)
        bits[place] ^= bit
    assert run.owns(certificate)


def test_certified_lengths_shrink_with_the_error_of_a_step() -> None:
    lengths = [int(planted(noise).horizon().length or 0) for noise in (0.0, 1e-5, 1e-4, 3e-3)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] > 10_000 > lengths[2] > 500 > lengths[-1] > 10
    pieces = planted(1e-4).horizon(one_by_one=False).length
    assert 100 < int(pieces or 0) < lengths[2]


def test_what_is_certified_is_right_on_all_short_words() -> None:
    run = planted(0.05)
    length = int(run.horizon().length or 0)
    assert 1 <= length <= 20
    task = cast(Task, run.trained.config.task)
    words = torch.tensor(list(product(range(2), repeat=min(length, 10))))
    answers = run.model(words).argmax(-1)
    even = words.cumsum(1) % 2 == 0
    assert torch.equal(answers == task.outputs.index(True), even)


def test_a_start_of_its_own_where_no_word_leads_back() -> None:
    """Which letter was the last: the state before the first letter is none of those after it."""
    last = Automaton("01", [[0, 1], [0, 1]], (False, True))
    layer = LayerConfig("diagonal", "[0,1]", width=8, heads=2, additive_input=True)
    run = train(RunConfig.of(Task(last), layer, TrainConfig(steps=1), readout="linear"))
    diagonal, readout = cast(Any, cast(Block, run.model.blocks[0]).layer), run.model.readout
    assert readout is not None
    with torch.no_grad():
        for parameter in run.model.parameters():
            parameter.zero_()
        cast(Block, run.model.blocks[0]).layer_norm.weight.fill_(1)
        run.model.embedding.weight[:2, :2] = torch.eye(2)
        diagonal.entry.bias.fill_(-3)
        diagonal.input.weight[:, 0], diagonal.input.weight[:, 1] = -1, 1
        diagonal.initial.fill_(5)
        yes = cast(Task, run.config.task).outputs.index(True)
        readout.head.weight[yes], readout.head.weight[1 - yes] = 1, -1
    found = ms.certify(Run(run).horizon())
    horizon = found.found.horizon
    assert horizon.target.outputs == (True, False, True)
    assert found.length == "all"
    assert found.checked is not None
    assert found.checked.outcome.code == 0


def test_what_cannot_be_certified_is_refused() -> None:
    task = Task(get_language("parity").build())
    layer = LayerConfig("deltanet", width=8, heads=2)
    with pytest.raises(ConfigError, match="no linear functions of its state"):
        Run(train(RunConfig.of(task, layer, TrainConfig(steps=1)))).horizon()
    with pytest.raises(ConfigError, match="so that no length can be certified"):
        Run(untrained(layer)).horizon()
    with pytest.raises(ConfigError, match="its state is complex"):
        Run(untrained(LayerConfig("diagonal", "complex", width=8, heads=2))).horizon()
    with pytest.raises(ConfigError, match="unknown readout 'none'"):
        ModelConfig(2, 2, layer, readout="none")
    half = untrained(layer)
    narrow = replace(half.config.training, precision="bf16")
    with pytest.raises(ConfigError, match="in bf16; expected one trained in fp32"):
        horizon_of_run(replace(half, config=replace(half.config, training=narrow)))
