"""DeltaNet with beta strictly between 0 and 2: what diagonal layers do, with as many layers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from random import Random

import pytest
from helpers.effort import drawn

from monoscan.automata import compile_regex, get_language, minimize
from monoscan.proofs_check.verify_prediction import check_predictions
from monoscan.theory.constructions.last_blocks import right_regular_band
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.constructions.registry import all_constructions
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Symbol, words_up_to
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import ProvedNetwork, Question, Verdict
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.respelling import as_open_householders
from monoscan.theory.transition import Diagonal, dimension, heads

OPEN, DIAGONAL = get_model_class("householder-open"), get_model_class("diagonal-nonnegative")
LANGUAGES = ("flip-flop", "tomita-1", "even-pairs", "starts-with-a", "subword-ab", "ends-with-1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("depth", [1, 2, "any"])
def test_it_does_what_diagonal_layers_do(language: str, depth: int | str, tmp_path: Path) -> None:
    predictor = Predictor(get_language(language).build())
    found, other = (predictor.predict(Question(c, depth)) for c in (OPEN, DIAGONAL))
    assert found.verdict is other.verdict
    if depth != 2:
        assert found.verdict is not Verdict.UNKNOWN
    (checked,) = check_predictions([found], tmp_path)
    assert checked.outcome.code == 0, checked.to_json()
    if isinstance(found.evidence, ProvedNetwork):
        assert isinstance(other.evidence, ProvedNetwork)
        assert found.evidence.depth == other.evidence.depth
        assert OPEN in found.evidence.model_classes


def run(lrnn: LRNN, word: tuple[str, ...]) -> object:
    """The output, by the definition: layer by layer, matrix by matrix; delays look things up."""
    states = [None if isinstance(layer, Delay) else layer.initial for layer in lrnn.layers]
    heard: list[list[object]] = []  # for each letter: it, and what the layers report after it
    for time, letter in enumerate(word):
        heard.append([letter])
        for index, layer in enumerate(lrnn.layers):
            if isinstance(layer, Delay):
                then = time - layer.steps
                heard[time].append(heard[then][layer.of] if then >= 0 else None)
                continue
            case = layer.case(layer.symbol(letter, heard[time][1:]))
            states[index] = case.matrix @ states[index] + case.input
            heard[time].append(layer.output(states[index]))
    return lrnn.layers[-1].output(states[-1])


@pytest.mark.parametrize(
    ("regex", "letters"),
    [("(a|b)*b", "ab"), ("(a|b|c)*b(a|b)*", "abc"), ("a+b+", "ab"), ("a(a|b)*", "ab"), ("ε", "ab")],
)
def test_every_diagonal_construction_can_be_written_so(regex: str, letters: str) -> None:
    automaton = minimize(compile_regex(regex, tuple(letters)))
    served = 0
    for construction in all_constructions():
        if construction.supports(automaton) is not None:
            continue
        arithmetics = [semantics.name for semantics in construction.semantics(automaton)]
        example = network_of(construction.matrices_for(automaton))
        if "exact" not in arithmetics or DIAGONAL.outside(example) is not None:
            continue
        written = as_open_householders(construction.build_within(automaton, 2_000))
        assert OPEN.outside(written) is None
        for layer in written.layers:
            for case in layer.cases.values() if isinstance(layer, Layer) else ():
                assert {dimension(head) for head in heads(case.transition)} == {2}
        for length in range(6):
            for word in product(automaton.alphabet, repeat=length):
                assert run(written, word) == automaton.output(word), (construction.id, word)
        served += 1
    assert served > 0


def test_dummies_stay_zero_and_states_stay_what_they_were() -> None:
    lrnn = right_regular_band(get_language("flip-flop").build())
    written = as_open_householders(lrnn)
    for old, new in zip(lrnn.layers, written.layers, strict=True):
        assert new.initial.shape[0] == 2 * old.initial.shape[0]
        assert isinstance(old.readout, StateTable)
        assert isinstance(new.readout, StateTable)
        kept = {state.rows[::2]: output for state, output in new.readout.table.items()}
        assert kept == {state.rows: output for state, output in old.readout.table.items()}
        assert not any(any(row) for state in new.readout.table for row in state.rows[1::2])


def test_other_entries_are_refused() -> None:
    with pytest.raises(ValueError, match="the entry -1 is not above -1"):
        as_open_householders(scalar_parity())


def test_thresholds_do_not_look_at_dummies() -> None:
    lrnn = right_regular_band(get_language("flip-flop").build())
    (layer,) = lrnn.layers
    shape = layer.initial.shape
    bit = Functional(Matrix.of([[1] * shape[1]] * shape[0]), ">=", Fraction(1))
    seen = replace(layer, readout=Threshold((bit,), {"0": False, "1": True}))
    stack = LRNN(lrnn.alphabet, (seen,))
    written = as_open_householders(stack)
    words = list(words_up_to(lrnn.alphabet, 4))
    assert [written.output(word) for word in words] == [stack.output(word) for word in words]
    assert {stack.output(word) for word in words} == {False, True}


def two_layers(random: Random) -> LRNN:
    """A bit that letters overwrite or keep, and a scalar with entries 0, 1/2 and 1 above it."""
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    lower: dict[Symbol, Case] = {
        (a,): Case(
            Diagonal((Fraction(random.choice((0, 0, 1))),)), random.choice((zero, zero, one))
        )
        for a in "abc"
    }
    lower = {s: c if c.matrix == zero else replace(c, input=zero) for s, c in lower.items()}
    upper: dict[Symbol, Case] = {
        (a, bit): Case(
            Diagonal((Fraction(random.choice(("0", "1/2", "1"))),)),
            Matrix.of([[random.choice((0, 0, 1))]]),
        )
        for a in "abc"
        for bit in (False, True)
    }
    states = {zero: False, one: True}
    return LRNN(
        tuple("abc"),
        (Layer(zero, lower, StateTable(states)), Layer(zero, upper, StateTable(states))),
    )


def reached(lrnn: LRNN) -> set[tuple[Fraction, Fraction]] | None:
    """All joint states (read-outs of the upper layer are not needed), or None if they are many."""
    lower, upper = lrnn.layers
    start = (Fraction(0), Fraction(0))
    found, queue = {start}, [start]
    for x, y in queue:
        for letter in lrnn.alphabet:
            case = lower.cases[(letter,)]
            bit = case.matrix.rows[0][0] * x + case.input.rows[0][0]
            above = upper.cases[(letter, bool(bit))]
            value = above.matrix.rows[0][0] * y + above.input.rows[0][0]
            if (bit, value) not in found:
                found.add((bit, value))
                queue.append((bit, value))
        if len(found) > 60:
            return None
    return found


def test_entries_between_0_and_1_meet_only_their_fixed_point() -> None:
    random, met, finite = Random(5), 0, 0
    tried = drawn(3_000)
    for _ in range(tried):
        lrnn = two_layers(random)
        states = reached(lrnn)
        if states is None:
            continue
        finite += 1
        lower, upper = lrnn.layers
        for (x, y), letter in product(states, lrnn.alphabet):
            case = lower.cases[(letter,)]
            bit = case.matrix.rows[0][0] * x + case.input.rows[0][0]
            above = upper.cases[(letter, bool(bit))]
            factor, added = above.matrix.rows[0][0], above.input.rows[0][0]
            if factor == Fraction(1, 2):
                assert y == added / (1 - factor)
                met += 1
            if factor == 1:
                assert added == 0
    assert finite > tried / 10
    assert met > tried / 30
