"""Gap, drift, error of a step and horizon of compiled layers, against numbers found by hand."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt

import pytest
import torch
from helpers.compiled_networks import one_layer

from monoscan.models.compile import CompiledModel, check, compile_network
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Dense, Diagonal

STATES = Matrix.column([1])


def turning(eigenvalue: float) -> CompiledModel:
    """One letter that should multiply the state 1 by -1; the states are 1 and -1."""
    model = compile_network(one_layer([Diagonal((Fraction(-1),))], STATES), "diagonal")
    with torch.no_grad():
        model.compiled_layers()[0].layer.get_parameter("entry.weight").mul_(-eigenvalue)
    return model


def test_numbers_of_a_layer_that_shrinks_its_state() -> None:
    (layer,) = check(turning(-0.75), 1, 1).layers
    # One step leads from 1 to -0.75 in place of -1. Half of the gap 2 is reached after four such.
    assert (layer.gap, layer.step_error, layer.drift, layer.horizon) == (2.0, 0.25, 0.25, 4)


def test_the_drift_is_the_largest_on_the_way() -> None:
    (layer,) = check(turning(-0.75), 4, 1).layers
    assert layer.drift == pytest.approx(1 - 0.75**4)


def test_an_exact_layer() -> None:
    (layer,) = check(turning(-1.0), 50, 2).layers
    assert (layer.gap, layer.step_error, layer.drift, layer.horizon) == (2.0, 0.0, 0.0, None)


def test_there_is_no_horizon_where_a_matrix_makes_errors_larger() -> None:
    swap, merge = (Dense(Matrix.of(rows)) for rows in ([[0, 1], [1, 0]], [[1, 1], [0, 0]]))
    model = compile_network(one_layer([swap, merge], Matrix.column([1, 0])), "dense")
    with torch.no_grad():
        model.compiled_layers()[0].layer.get_parameter("matrices.matrices").add_(0.01)
    (layer,) = check(model, 1, 2).layers
    assert layer.gap == pytest.approx(sqrt(2))
    assert layer.step_error > 0.005
    assert layer.horizon is None


def test_half_of_the_words_are_one_short_word_again_and_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[torch.Tensor] = []
    distances = CompiledModel.distances

    def watched(self: CompiledModel, words: torch.Tensor, state=None):
        seen.append(words)
        return distances(self, words, state)

    monkeypatch.setattr(CompiledModel, "distances", watched)
    model = compile_network(
        one_layer([Diagonal((Fraction(-1),)), Diagonal((Fraction(1),))], STATES), "diagonal"
    )
    check(model, 40, 7)
    repeats = [
        any(torch.equal(word[:-period], word[period:]) for period in range(1, 5))
        for word in seen[0]
    ]
    assert repeats == [False] * 4 + [True] * 3
