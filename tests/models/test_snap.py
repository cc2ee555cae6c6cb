"""Snapping: the exact network near a trained one, decided with a certificate, and put back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
import torch
from helpers.command_line import fails, run_here
from helpers.small_runs import small_run
from hypothesis import given, settings
from hypothesis import strategies as st

import monoscan as ms
from monoscan.automata import get_language
from monoscan.face.run import Run
from monoscan.models.errors import ConfigError, ModelError
from monoscan.models.model import Block
from monoscan.models.snap.group import (
    Floats,
    LetterGroup,
    invariant_parts,
    letter_group,
    nearest_representation,
)
from monoscan.models.snap.irreducible import exact_part
from monoscan.models.snap.pieces import floats, trained_heads
from monoscan.models.train import train
from monoscan.theory.readout import StateTable

GATED = {"layer": "gated_deltaproduct", "layer_options": {"n_h": 2, "additive_input": True}}


def group_of(language: str) -> LetterGroup:
    found = letter_group(get_language(language).build())
    assert found is not None
    return found


def regular(group: LetterGroup) -> Floats:
    """Each element as a permutation of all elements."""
    n = len(group)
    matrices = np.zeros((n, n, n))
    for element in range(n):
        matrices[element, group.products[:, element], np.arange(n)] = 1
    return matrices


@pytest.mark.parametrize(
    ("language", "dimensions"),
    [("s3", {1, 2}), ("count-mod-5", {1, 2}), ("a5", {1, 3, 4, 5}), ("parity", {1})],
)
def test_every_irreducible_representation_has_an_exact_form(
    language: str, dimensions: set[int]
) -> None:
    group = group_of(language)
    matrices = regular(group)
    found: dict[tuple[float, ...], int] = {}
    for basis in invariant_parts(matrices):
        own = basis.T @ matrices @ basis
        character = tuple(np.round(np.trace(own, axis1=1, axis2=2), 4).tolist())
        if character in found:
            continue
        part = exact_part(matrices, basis, group)
        assert part is not None
        found[character] = part.dimension
        for letter, exact in zip(group.letters, part.letters, strict=True):
            assert exact.transpose() @ exact == exact.identity(exact.shape[0])
            moved = part.embedding @ floats(exact)
            assert np.abs(moved - matrices[letter] @ part.embedding).max() < 1e-9
        gram = part.embedding.T @ part.embedding
        assert np.abs(gram - floats(part.projection)).max() < 1e-9
    assert set(found.values()) == dimensions


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.floats(0, 0.05))
def test_a_representation_is_found_again(seed: int, noise: float) -> None:
    group, rng = group_of("s3"), np.random.default_rng(seed)
    turn = np.linalg.qr(rng.standard_normal((6, 6)))[0]
    exact = turn @ regular(group) @ turn.T
    letters = exact[group.letters]
    found = nearest_representation(letters + noise * rng.standard_normal(letters.shape), group)
    assert found is not None
    products = found[group.products]  # [g, h] is g and then h
    assert np.abs(products - found[None, :] @ found[:, None]).max() < 1e-6
    assert np.abs(found - exact).max() < 20 * noise + 1e-9


def moved(config: Any, amount: float, seed: int) -> Run:
    """A network that was not trained, or hardly, with its layer's weights moved."""
    run = train(config)
    generator = torch.Generator().manual_seed(seed)
    layer = cast(Block, run.model.blocks[0]).layer
    with torch.no_grad():
        for parameter in layer.parameters():
            parameter.add_(amount * torch.randn(parameter.shape, generator=generator))
    return Run(run)


@pytest.mark.parametrize("language", ["s3", "count-mod-3", "parity"])
@pytest.mark.parametrize(
    "options",
    [{"layer": "deltanet"}, {"layer": "deltaproduct", "layer_options": {"n_h": 2}}, GATED],
    ids=lambda options: options["layer"],
)
def test_snapped_letters_obey_the_group_exactly(language: str, options: dict[str, Any]) -> None:
    run = moved(small_run(language, steps=1, **options), 0.2, 1)
    snapped = run.snap()
    decision = ms.certify(snapped.decision)
    assert decision.verdict in ("proved", "refuted")
    group = group_of(language)
    assert snapped.run is not None
    _, heads = trained_heads(snapped.run.model)
    for head in heads:
        for element, word in enumerate(group.words):
            for letter, then in enumerate(group.letters):
                after = group.words[group.products[element, then]]
                walked, straight = (_walk(head, w) for w in ((*word, letter), after))
                assert np.abs(walked - straight).max() < 1e-4
    readout = snapped.network.lrnn.last.readout
    assert isinstance(readout, StateTable)
    assert len(readout.table) <= len(group)


def _walk(head: Any, word: tuple[int, ...]) -> Floats:
    state = head.start
    for letter in word:
        state = head.steps[letter] @ state + head.inputs[letter]
    return state


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs")
    train(small_run(law=1.0), path / "PARITY")
    return path


def test_parity_is_snapped_proved_and_put_back(folder: Path) -> None:
    run = ms.load_run(folder / "PARITY")
    snapped = run.snap()
    assert ms.certify(snapped.decision).verdict == "proved"
    assert snapped.found.model_class == "householder"
    assert snapped.run is not None
    assert snapped.run.worst(200, 50_000).word is None
    assert snapped.run.law().error < 1e-5
    assert snapped.run.law().gap > 0.1
    # Weights that are exact already stay where they are, but for the rounding of the state.
    again = snapped.run.snap()
    assert again.found.distance.largest < 1e-5
    assert again.found.distance.start < 1e-5
    assert not any("next to nothing" in line for line in snapped.lines())


def test_the_command_prints_and_certifies(folder: Path) -> None:
    options = ("--lengths", "8", "--worst-letters", "2000")
    answer = run_here(folder, "monoscan", "snap", "PARITY", *options, "--json")
    assert answer.exit_code == 0
    value = json.loads(answer.stdout)
    assert value["worst"]["word"] is None
    assert value["random"][0]["sequence_accuracy"]["value"] == 1.0
    assert (folder / "certificates" / "snap" / "PARITY" / "recognizer.json").exists()
    assert "expected a whole number" in fails(
        folder, "monoscan", "snap", "PARITY", "--worst-letters", "-1"
    )


def test_flip_flop_has_resets() -> None:
    options = {"additive_input": True}
    run = Run(train(small_run("flip-flop", steps=100, law=1.0, layer_options=options)))
    snapped = run.snap()
    assert ms.certify(snapped.decision).verdict == "proved"
    assert any(said.startswith("beta 0, 1 along") for said in snapped.found.heads)
    assert snapped.run is not None
    assert snapped.run.accuracy(300, 50) == 1.0


def test_a_diagonal_layer_has_signs() -> None:
    run = Run(train(small_run(layer="diagonal", law=1.0)))
    assert ms.certify(run.snap().decision).verdict == "proved"
    run = moved(small_run("count-mod-3", "diagonal", "complex", steps=1), 0.1, 0)
    snapped = run.snap()
    assert snapped.decision.verdict in ("proved", "refuted")
    assert snapped.run is not None
    assert snapped.run.snap().found.distance.largest < 1e-4


def test_a_forbidden_cell_is_refuted_and_said_to_have_learned_nothing() -> None:
    run = Run(train(small_run("parity", "deltanet", "[0,1]", steps=20, law=1.0)))
    snapped = run.snap()
    assert ms.certify(snapped.decision).verdict == "refuted"
    assert "next to nothing" in snapped.lines()[0]


def test_letters_that_do_not_fit_are_not_put_back() -> None:
    options = {"width": 4, "heads": 1, "n_h": 2}
    run = moved(small_run("s3", "deltaproduct", steps=1, layer_options=options), 0.0, 0)
    snapped = run.snap()
    assert snapped.run is None
    assert "sees the 6 letters as vectors of 4 numbers" in " ".join(snapped.lines())


def test_what_cannot_be_snapped_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"a network of depth 1 of the layer gru .* expected"):
        Run(train(small_run(layer="gru", range_="none", steps=1))).snap()
    with pytest.raises(ConfigError, match="a group of more than 400 elements"):
        Run(train(small_run("s6", steps=1))).snap()
    run = train(small_run(steps=1))
    with torch.no_grad():
        run.model.embedding.weight[0, 0] = torch.nan
    with pytest.raises(ModelError, match=r"embedding\.weight .* not finite"):
        Run(run).snap()
