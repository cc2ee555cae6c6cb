"""The seeded families of random networks with non-negative spectra."""

from __future__ import annotations

from random import Random

import pytest

from monoscan.automata import get_language
from monoscan.theory.decide import Refuted, decide
from monoscan.theory.readout import Threshold
from monoscan.theory.sampling import FAMILIES, random_nonnegative_lrnn
from monoscan.theory.semantics import Exact
from monoscan.theory.spectrum import has_nonnegative_spectrum, is_diagonal, is_symmetric
from monoscan.theory.transition import factors, transition_matrix

PARITY = get_language("parity").build()


@pytest.mark.parametrize("family", FAMILIES)
def test_spectra_shapes_and_seeds(family: str) -> None:
    sizes = set()
    for seed in range(60):
        lrnn = random_nonnegative_lrnn(Random(seed), family)
        assert lrnn == random_nonnegative_lrnn(Random(seed), family)
        (layer,) = lrnn.layers
        sizes.add(layer.initial.shape)
        for transition in lrnn.transitions():
            matrix = transition_matrix(transition)
            assert has_nonnegative_spectrum(matrix)
            if family == "diagonal":
                assert is_diagonal(matrix)
            if family == "symmetric":
                assert is_symmetric(matrix)
            if family == "two-householder-factors":
                betas = [factor.effective_beta() for factor in factors(transition) or ()]
                assert len(betas) == 2
                assert all(0 <= beta <= 1 for beta in betas)
        assert isinstance(layer.readout, Threshold)
        assert set(layer.readout.table) == {"00", "01", "10", "11"}
    assert sizes == {(n, 1) for n in ((1, 2, 3) if family == "diagonal" else (2, 3))}


def test_different_seeds_differ() -> None:
    drawn = {random_nonnegative_lrnn(Random(seed), "triangular", 2) for seed in range(20)}
    assert len(drawn) == 20
    assert {lrnn.layers[0].initial.shape for lrnn in drawn} == {(2, 1)}


def test_non_diagonalisable_means_it() -> None:
    defective = 0
    for seed in range(20):
        for transition in random_nonnegative_lrnn(Random(seed), "non-diagonalisable").transitions():
            matrix = transition_matrix(transition)
            size = matrix.shape[0]
            eigenvalue = matrix.trace() / size
            rest = matrix - matrix.identity(size).scale(eigenvalue)
            assert not any(rest.power(size).entries())  # one eigenvalue, size times
            assert any(rest.power(size - 1).entries())  # one Jordan block
            defective += 1
    assert defective == 40


@pytest.mark.parametrize("family", FAMILIES)
def test_none_of_them_recognises_parity(family: str) -> None:
    for seed in range(5):
        decision = decide(random_nonnegative_lrnn(Random(seed), family), Exact(), PARITY)
        assert isinstance(decision, Refuted)
        assert decision.pair is not None
