"""The parity networks: proofs for all lengths, and words of 10,000 letters."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from monoscan.automata import get_language
from monoscan.theory.constructions.parity import (
    delta_rule_parity,
    householder_parity,
    parity_network,
    scalar_parity,
)
from monoscan.theory.explore import CachedNetwork, Disagrees, Recognises, explore
from monoscan.theory.formats import get_format
from monoscan.theory.lrnn import LRNN
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import CastUnrolled, Exact, OpRound, Semantics, SeqRound
from monoscan.theory.spectrum import has_nonnegative_spectrum, has_norm_at_most_one
from monoscan.theory.transition import Diagonal, transition_matrix

F = Fraction
PARITY = get_language("parity").build()
E4M3 = get_format("e4m3")
Builder = Callable[[], LRNN]

PROVED: list[tuple[Builder, Semantics[Any]]] = [
    (scalar_parity, Exact()),
    (scalar_parity, SeqRound(E4M3)),
    (scalar_parity, OpRound(get_format("e2m1"))),
    (householder_parity, Exact()),
    (householder_parity, SeqRound(get_format("int4"))),
    (delta_rule_parity, Exact()),
    (delta_rule_parity, OpRound(E4M3)),
    (delta_rule_parity, OpRound(get_format("bfloat16"))),
]


def name(value: object) -> str | None:
    if isinstance(value, Semantics):
        return value.name
    return getattr(value, "__name__", None)


@pytest.mark.parametrize(("build", "semantics"), PROVED, ids=name)
def test_proved_for_all_lengths(build: Builder, semantics: Semantics[Any]) -> None:
    found = explore(build(), semantics, PARITY, 100)
    assert isinstance(found, Recognises)
    assert len(found.states) == 2


@pytest.mark.parametrize(
    ("build", "semantics"),
    [(scalar_parity, Exact()), (householder_parity, Exact()), (delta_rule_parity, OpRound(E4M3))],
    ids=name,
)
def test_words_of_10_000_letters(build: Builder, semantics: Semantics[Any]) -> None:
    lrnn, random = build(), Random(10_000)
    words = [tuple(random.choices("01", k=10_000)) for _ in range(3)]
    words += [("1",) * 10_000, ("1",) * 9_999, ("0",) * 10_000]
    network = CachedNetwork(lrnn, semantics)
    for word in words:
        assert network.run(word) == PARITY.output(word) == (word.count("1") % 2 == 0)
    # Without the cache of states, every step computed anew.
    assert semantics.output(lrnn, words[0]) == PARITY.output(words[0])


def test_a_long_unrolled_sum() -> None:
    # Each step multiplies every term, but only two different terms ever occur.
    semantics, word = CastUnrolled(E4M3), tuple(Random(1).choices("01", k=400))
    assert semantics.output(scalar_parity(), word) == PARITY.output(word)


@pytest.mark.parametrize("build", [scalar_parity, householder_parity, delta_rule_parity])
def test_the_spectrum_is_what_the_theory_asks_for(build: Builder) -> None:
    matrices = [transition_matrix(transition) for transition in build().transitions()]
    assert all(has_norm_at_most_one(matrix) for matrix in matrices)
    assert [has_nonnegative_spectrum(matrix) for matrix in matrices] == [True, False]


def test_positive_control_without_the_negative_eigenvalue() -> None:
    one = Diagonal((F(1),))
    even, odd = Matrix.of([[0]]), Matrix.of([[1]])
    lrnn = parity_network(on_zero=one, on_one=one, even=even, odd=odd)
    assert explore(lrnn, Exact(), PARITY, 10) == Disagrees(("1",), True, False)
