"""Spectra are the eigenvalues of the very products that act on the state."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers.small_runs import small_run

from monoscan.models.errors import ConfigError
from monoscan.models.spectra import spectra, word_transitions
from monoscan.models.train import train


def test_the_spectra_of_a_network_that_learned_parity() -> None:
    run = train(small_run())
    found = {(s.head, s.word): s.eigenvalues for s in spectra(run, 2)}
    assert set(found) == {(h, w) for h in (1, 2) for w in ("0", "1", "00", "01", "10", "11")}
    # One head at least turns a direction around on 1, and brings it back on 11.
    least = [min(value.real for value in found[h, "1"]) for h in (1, 2)]
    head = int(np.argmin(least)) + 1
    assert least[head - 1] < -0.95
    assert all(abs(value - 1) < 0.1 for value in found[head, "11"])


@pytest.mark.parametrize(("layer", "range_"), [("diagonal", "complex"), ("deltaproduct", "[0,1]")])
def test_spectra_of_words_are_those_of_products(layer: str, range_: str) -> None:
    run = train(small_run("s3", layer, range_, steps=1))
    letters = word_transitions(run, [[a] for a in range(6)])[0]
    for spectrum in spectra(run, 2):
        names = run.config.task.automaton.alphabet
        word = [names.index(letter) for letter in spectrum.word.split()]
        matrix = torch.eye(8, dtype=letters.dtype)
        for letter in word:
            matrix = letters[letter, spectrum.head - 1] @ matrix
        values = torch.linalg.eigvals(matrix).tolist()
        # A multiset of eigenvalues is told by its power sums.
        for power in (1, 2, 3):
            expected = sum(value**power for value in values)
            assert abs(sum(value**power for value in spectrum.eigenvalues) - expected) < 1e-6
        moduli = [abs(value) for value in spectrum.eigenvalues]
        assert moduli == sorted(moduli, reverse=True)


def test_layers_come_one_after_another() -> None:
    config = small_run(steps=1)
    deep = type(config).of(config.task, config.model.layer, config.training, depth=2)
    assert [s.layer for s in spectra(train(deep))] == [1, 1, 1, 1, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("layer", "max_length", "said"),
    [
        ("gru", 1, "the layer gru is no linear RNN: it has no transition matrices"),
        ("deltanet", 0, "the length of words is 0; expected at least 1"),
        ("deltanet", 14, "there are 32766 words up to length 14; the limit is 10000"),
    ],
)
def test_bad_input(layer: str, max_length: int, said: str) -> None:
    run = train(small_run(layer=layer, range_="none" if layer == "gru" else "[0,1]", steps=1))
    with pytest.raises(ConfigError, match=said):
        spectra(run, max_length)
