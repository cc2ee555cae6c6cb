"""Lemmas that are not proved for windows: for each of A and B a network that they would forbid."""

from __future__ import annotations

from fractions import Fraction

import pytest
from helpers.delayed_networks import DELAYED

from monoscan.automata import Automaton
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.lemmas import find_by, lemmas
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Value
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import DiagonalPlusRankOne, transition_matrix

FORBIDDEN = {
    "ends-with-ab": (
        "idempotent-letters",
        "one-layer-letter-index",
        "nonnegative-word-index",
        "real-word-index",
        "time-invariant-transient",
        "strictly-stable-letters",
    ),
    "ends-with-ab-by-gates": ("strictly-stable-letters", "one-layer-letter-index"),
    "ends-with-aa": (
        "one-layer-right-regular-band",
        "one-layer-diagonal-real",
        "one-layer-diagonal-complex",
    ),
    "no-two-a": (
        "idempotent-letters",
        "one-layer-letter-index",
        "nonnegative-word-index",
        "real-word-index",
        "one-layer-right-regular-band",
        "one-layer-diagonal-real",
        "one-layer-diagonal-complex",
    ),
    "starts-with-a": (
        "time-invariant-length-only",
        "one-layer-contractions",
        "one-layer-l-trivial",
    ),
    "no-first-b": ("one-layer-contractions", "one-layer-l-trivial"),
    "open-last-letter": ("open-diagonal-one-state",),
    "open-gates-that-see": ("open-diagonal-one-state",),
}
# The class of a network, if the lemma does not speak of the class that is named with it.
CLASSES = {
    "time-invariant-transient": "time-invariant-diagonal",
    "time-invariant-length-only": "time-invariant-diagonal",
    "strictly-stable-letters": "diagonal-real-open",
}


@pytest.mark.parametrize(
    ("network", "lemma"), [(name, lemma) for name, found in FORBIDDEN.items() for lemma in found]
)
def test_a_network_with_windows_does_what_the_lemma_forbids_without(
    network: str, lemma: str
) -> None:
    lrnn, language, windows, model_class = DELAYED[network]()
    model_class = CLASSES.get(lemma, model_class)
    assert get_model_class(model_class).outside(lrnn) is None
    assert find_by(lemma, language, model_class, depth=1) is not None
    assert find_by(lemma, language, model_class, depth=1, windows=windows) is None


def test_each_window_that_a_lemma_excludes_has_such_a_network() -> None:
    """Two are excluded only because nothing is proved, or because A never sees more."""
    excluded = {(lemma.id, name) for lemma in lemmas() for name in "AB" if name not in lemma.wide}
    shown = {
        (lemma, name)
        for network, found in FORBIDDEN.items()
        for lemma in found
        for name, window in zip("AB", DELAYED[network]().windows, strict=True)
        if window > 1
    }
    assert excluded - shown == {("s5-four-householders", "A")}
    assert not shown - excluded


def test_rwkv_7_with_a_token_shift_remembers_more_than_the_last_letters() -> None:
    """Letter by letter its matrices are strictly stable, but products of two keep a direction.

    All matrices are diag(w) - (k o a) k^T / (k^T k), 0.545 < w < 1, 0 < a < 1. Along c abab...
    and d abab... the states differ for ever, so the language is not definite.
    """
    w, large, small, half = Fraction(19, 20), Fraction(89, 140), Fraction(1, 10), Fraction(3, 5)
    one, two = Fraction(1), Fraction(2)
    to_b = DiagonalPlusRankOne((w, w), (one, two), (large, small), one)
    to_a = DiagonalPlusRankOne((w, w), (two, one), (small, large), one)
    zero, after_a = Matrix.column([0, 0]), Matrix.column([1, Fraction(-6, 7)])
    after_b = transition_matrix(to_b) @ after_a
    assert transition_matrix(to_a) @ after_b == after_a
    states: dict[Value, list[Matrix]] = {
        **{"a": [zero, after_a], "b": [zero, after_b]},
        **{"c": [zero], "d": [Matrix.column([0, 1])], None: [zero]},
    }
    reached = {("a", "d"): after_a, ("b", "d"): after_b}
    cases = {("b", "a"): Case(to_b, zero), ("a", "b"): Case(to_a, zero)}
    for letter in "abcd":
        for before, (start, *others) in states.items():
            if (letter, before) not in cases:
                goal = reached.get((letter, str(before)), states[letter][0])
                # The direction in which the states before it differ is forgotten.
                k = tuple(others[0].entries()) if others else (one, one)
                matrix = DiagonalPlusRankOne((half, half), k, (half, half), one)
                cases[letter, before] = Case(matrix, goal - transition_matrix(matrix) @ start)
    answers = {zero: False, states["d"][0]: True, after_a: True, after_b: True}
    lrnn = LRNN(tuple("abcd"), (Delay(0, 1), Layer(zero, cases, StateTable(answers))))
    language = Automaton(
        "abcd",
        [[0, 0, 0, 1], [2, 3, 0, 1], [0, 3, 0, 1], [2, 0, 0, 1]],
        (False, True, True, True),
    )
    assert isinstance(decide(lrnn, Exact(), language), Recognised)
    for transition in lrnn.transitions():
        assert isinstance(transition, DiagonalPlusRankOne)
        assert all(Fraction(109, 200) < x < 1 for x in transition.w)  # type: ignore[operator]
        assert all(0 < x < 1 for x in transition.a)  # type: ignore[operator]
        assert transition.c == 1
    assert (lrnn.depth, lrnn.windows) == (1, (2, 2))
    assert [lrnn.output(first + "ab" * 50) for first in "cd"] == [False, True]
