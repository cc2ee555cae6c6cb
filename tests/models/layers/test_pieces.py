"""Words that are read in pieces give the numbers of whole words, for every layer."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers.effort import examples, part_of
from helpers.small_runs import small_run
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.errors import ConfigError
from monoscan.models.evaluate import answers
from monoscan.models.layers import PARAMETRISATIONS, LayerConfig, all_layer_kinds
from monoscan.models.layers.transformer import Attention
from monoscan.models.model import ModelConfig, ModelState, SequenceModel, build_model
from monoscan.models.train import TrainedRun, train

LAYERS = [
    LayerConfig(
        kind.id, range_, parametrisation, 12, 2, 2 if kind.is_product else 1, additive_input=added
    )
    for kind in all_layer_kinds()
    for range_ in kind.ranges
    for parametrisation in PARAMETRISATIONS
    for added in (False, True)
]


def name(layer: LayerConfig) -> str:
    return f"{layer.layer}{layer.range}-{layer.parametrisation}-{layer.additive_input}"


def built(layer: LayerConfig, **options: int) -> SequenceModel:
    return build_model(ModelConfig(3, 2, layer, **{"depth": 2, **options}), 0).double()


def in_pieces(
    model: SequenceModel, words: torch.Tensor, lengths: list[int]
) -> tuple[torch.Tensor, ModelState]:
    state, scores = None, []
    for piece in words.split(lengths, 1):
        found, state = model.advance(piece, state)
        scores.append(found)
    assert state is not None
    return torch.cat(scores, 1), state


def letters(n_words: int, length: int) -> torch.Tensor:
    return torch.randint(0, 3, (n_words, length), generator=torch.Generator().manual_seed(length))


@pytest.mark.parametrize("layer", part_of(LAYERS, 35), ids=name)
def test_pieces_give_the_numbers_of_the_whole(layer: LayerConfig) -> None:
    model, words = built(layer, convolution=3), letters(2, 21)
    with torch.no_grad():
        whole = model(words)
        assert whole.dtype == torch.float64
        for lengths in ([1, 1, 5, 2, 12], [1] * 21):
            found, _ = in_pieces(model, words, lengths)
            assert (found - whole).abs().max() < 1e-12


@examples(30)
@given(
    st.sampled_from(LAYERS),
    st.integers(0, 5),
    st.lists(st.integers(1, 9), min_size=1, max_size=6),
    st.integers(1, 3),
)
def test_any_pieces(layer: LayerConfig, convolution: int, lengths: list[int], n: int) -> None:
    model, words = built(layer, convolution=convolution, depth=1), letters(n, sum(lengths))
    with torch.no_grad():
        found, state = in_pieces(model, words, lengths)
        assert (found - model(words)).abs().max() < 1e-12
    assert state.n_words == n


@pytest.mark.parametrize("layer", LAYERS[:: len(PARAMETRISATIONS) * 2], ids=name)
def test_gradients_pass_from_piece_to_piece(layer: LayerConfig) -> None:
    model, words = built(layer, convolution=2), letters(2, 9)
    weights = torch.randn(2, 9, 2, dtype=torch.float64)
    (model(words) * weights).sum().backward()
    whole = [p.grad.clone() for p in model.parameters() if p.grad is not None]
    model.zero_grad()
    (in_pieces(model, words, [4, 2, 3])[0] * weights).sum().backward()
    found = [p.grad for p in model.parameters() if p.grad is not None]
    for a, b in zip(whole, found, strict=True):
        assert (a - b).abs().max() < 1e-9 * max(1.0, float(a.abs().max()))


@pytest.mark.parametrize("layer", LAYERS[::4], ids=name)
def test_a_state_does_not_grow(layer: LayerConfig) -> None:
    model = built(layer, convolution=3)

    def size(length: int) -> int:
        with torch.no_grad():
            _, state = model.advance(letters(2, length))
        tensors = [t for block in state.blocks for t in (*block.layer, block.past)]
        return sum(t.numel() for t in tensors if t is not None)

    if isinstance(model.blocks[0].layer, Attention):
        assert size(10) < size(11) < size(20)
    else:
        assert size(1) == size(7) == size(50)


@pytest.mark.parametrize("layer", LAYERS[::4], ids=name)
def test_the_narrow_type_goes_on_too(layer: LayerConfig) -> None:
    model, words = build_model(ModelConfig(3, 2, layer, convolution=2), 0), letters(2, 12)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        whole = model(words)
        found, _ = in_pieces(model, words, [5, 1, 6])
    assert found.dtype == whole.dtype
    assert (found - whole).abs().max() < 0.1 * max(1.0, float(whole.abs().max()))


def test_long_masks_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    model, words = built(LayerConfig("transformer", "none", width=8, heads=2)), letters(2, 30)
    with torch.no_grad():
        whole = model(words)
        monkeypatch.setattr("monoscan.models.layers.transformer._MASK", 40)
        found, _ = in_pieces(model, words, [9, 14, 7])
    assert (found - whole).abs().max() < 1e-12


def test_another_past_gives_other_numbers() -> None:
    for layer in LAYERS[::4]:
        model, words = built(layer), letters(1, 6)
        with torch.no_grad():
            _, state = model.advance(words[:, :3])
            with_past, _ = model.advance(words[:, 3:], state)
            without, _ = model.advance(words[:, 3:])
        assert (with_past - without).abs().max() > 1e-6, name(layer)


def test_bad_pieces() -> None:
    layer = LayerConfig("deltanet", width=8, heads=2)
    model, deep = built(layer, depth=1), built(layer)
    _, state = model.advance(letters(3, 4))
    with pytest.raises(ConfigError, match="the piece of the words has no letters"):
        model.advance(letters(3, 0), state)
    with pytest.raises(ConfigError, match="in the state is 3, and that of the pieces is 2"):
        model.advance(letters(2, 4), state)
    with pytest.raises(ConfigError, match="a network of depth 1, and this one has depth 2"):
        deep.advance(letters(3, 4), state)


@pytest.fixture(scope="module")
def run() -> TrainedRun:
    return train(small_run(steps=60))


@pytest.mark.parametrize("at_once", [1, 7, 30, 70])
def test_answers_to_long_words(run: TrainedRun, monkeypatch, at_once: int) -> None:
    batch = run.config.task.sample(np.random.default_rng(0), 4, 30)
    whole = answers(run, batch)
    assert whole.min() == 0
    assert whole.max() == 1
    monkeypatch.setattr("monoscan.models.evaluate._TOKENS_AT_ONCE", at_once)
    assert (answers(run, batch) == whole).all()


@pytest.mark.slow
def test_a_word_of_a_million_letters(run: TrainedRun) -> None:
    batch = run.config.task.sample(np.random.default_rng(0), 1, 10**6)
    assert answers(run, batch).shape == (1, 10**6)
