"""Networks in formats in which they round nothing, and networks inside open ranges that round."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.exact_format import MAX_BITS, Numbers, numbers_of
from monoscan.theory.explore import Recognises, UndefinedOutputError, explore
from monoscan.theory.formats import FixedPoint
from monoscan.theory.inside_open_ranges import inside_open_ranges, layers_inside
from monoscan.theory.lrnn import LRNN, Case, Layer, words_up_to
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.readout import StateTable
from monoscan.theory.respelling import written
from monoscan.theory.semantics import Exact, OpRound, SeqRound
from monoscan.theory.transition import (
    DeltaRule,
    Gated,
    Householder,
    HouseholderProduct,
    factors,
    heads,
)
from monoscan.theory.unit_keys import with_unit_keys

PARITY = get_language("parity").build()
S3 = get_language("s3").build()
ONE, TWO = Fraction(1), Fraction(2)

whole = st.integers(-3, 3).map(Fraction)
directions = st.lists(st.integers(-2, 2).map(Fraction), min_size=2, max_size=2).filter(any)


@st.composite
def reflecting_networks(draw: st.DrawFn) -> LRNN:
    """One head of size 2 with a factor for each of two letters, keys in one square class."""
    v, times = tuple(draw(directions)), draw(st.sampled_from([1, 2, -1]))
    keys = [v, tuple(times * x for x in v[::-1])]
    betas = st.sampled_from([Fraction(0), Fraction(1, 2), ONE, TWO])
    columns = st.lists(whole, min_size=2, max_size=2).map(Matrix.column)
    cases = {
        (letter,): Case(Householder(key, draw(betas)), draw(columns))
        for letter, key in zip("01", keys, strict=True)
    }
    start = draw(columns)
    return LRNN(("0", "1"), (Layer(start, cases, StateTable({start: True})),))


@given(reflecting_networks())
@examples(40)
def test_a_network_with_unit_keys_keeps_multiples_of_each_entry(lrnn: LRNN) -> None:
    found = with_unit_keys(lrnn)
    for transition in found.transitions():
        assert isinstance(transition, DeltaRule)
        assert sum(x * x for x in transition.k) == 1
    for word in words_up_to(lrnn.alphabet, 4):
        ((first,), (second,)) = lrnn.run(word)[0].rows
        spread = [row[0] for row in found.run(word)[0].rows]
        multiples = spread[: len(spread) // 2], spread[len(spread) // 2 :]
        for x, y in zip(*multiples, strict=True):
            assert (bool(x), bool(y)) == (bool(first), bool(second))
            assert x * second == y * first


def test_keys_of_different_square_classes_have_no_common_vector() -> None:
    nothing = Matrix.zeros(2, 1)
    cases = {
        ("0",): Case(Householder((ONE, ONE), TWO), nothing),
        ("1",): Case(Householder((ONE, Fraction(0)), TWO), nothing),
    }
    lrnn = LRNN(("0", "1"), (Layer(nothing, cases, StateTable({nothing: True})),))
    with pytest.raises(ValueError, match=r"squared lengths of the keys of a head are \[1, 2\]"):
        with_unit_keys(lrnn)
    assert written(lrnn, "householders", is_rounded=True) is None


def test_gates_and_products_keep_their_form() -> None:
    product = HouseholderProduct((Householder((ONE, -ONE), TWO), Householder((ONE, -ONE), ONE)))
    start = Matrix.column([1, 2])
    cases = {("a",): Case(Gated(Fraction(1, 2), product), Matrix.zeros(2, 1))}
    lrnn = LRNN(("a",), (Layer(start, cases, StateTable({start: True})),))
    (found,) = with_unit_keys(lrnn).transitions()
    assert isinstance(found, Gated)
    assert [[str(x) for x in f.k] for f in found.factor.factors] == [
        ["1/2", "1/2", "-1/2", "-1/2"]
    ] * 2


@pytest.mark.parametrize("name", ["sn-one-layer", "reflection-cascade", "gated-cascade"])
def test_nothing_is_rounded_in_the_format(name: str) -> None:
    lrnn = written(get_construction(name).build(S3), "householders", is_rounded=True)
    assert lrnn is not None
    numbers = numbers_of(lrnn, S3, 20_000)
    assert not isinstance(numbers, str)
    needed = FixedPoint(numbers.step, -numbers.largest, numbers.largest)
    assert isinstance(explore(lrnn, OpRound(needed), S3, 20_000), Recognises)
    assert isinstance(explore(lrnn, OpRound(needed), S3, 20_000), Recognises)
    # No operation is rounded: every state is that of exact arithmetic.
    word = ["(1,2)", "(2,3)", "(1,2,3)", "(1,3)"] * 3
    assert OpRound(needed).states(lrnn, word) == lrnn.run(word)


def test_limits_are_told_in_words() -> None:
    householders = get_construction("sn-one-layer").build(S3)
    assert "divides by v^T v" in str(numbers_of(householders, S3, 100))
    roots = get_construction("abelian-one-layer").build(get_language("count-mod-3").build())
    assert "irrational" in str(numbers_of(roots, get_language("count-mod-3").build(), 100))
    assert numbers_of(scalar_parity(), PARITY, 1) == "more than 1 joint states"
    assert f"more than {MAX_BITS} bits" in str(Numbers(Fraction(1, 3**40), ONE).format())


@pytest.mark.parametrize(
    ("step", "largest", "expected"),
    [
        (ONE, ONE, FixedPoint.signed(32)),
        (Fraction(1, 4), Fraction(3), FixedPoint.signed(32, 2)),
        (Fraction(1, 3), TWO, FixedPoint(Fraction(1, 3), -TWO, TWO)),
        (ONE, Fraction(2**40), FixedPoint(ONE, Fraction(-(2**40)), Fraction(2**40))),
    ],
)
def test_which_format(step: Fraction, largest: Fraction, expected: FixedPoint) -> None:
    assert Numbers(step, largest).format() == expected


def _opened(lrnn: LRNN, automaton: Automaton) -> tuple[LRNN, OpRound]:
    numbers = numbers_of(lrnn, automaton, 20_000)
    assert not isinstance(numbers, str)
    opened, held = inside_open_ranges(lrnn, numbers)
    number_format = held.format()
    assert not isinstance(number_format, str)
    return opened, OpRound(number_format)


@pytest.mark.parametrize(
    ("name", "language", "way", "model_class"),
    [
        ("scalar-parity", "parity", "", "diagonal-real-open"),
        ("right-regular-band", "flip-flop", "", "diagonal-open"),
        ("sign-cascade", "even-pairs", "", "diagonal-real-open"),
        ("reflection-cascade", "s3", "householders", "householder-open"),
    ],
)
def test_rounding_does_inside_an_open_range_what_the_ends_do(
    name: str, language: str, way: str, model_class: str
) -> None:
    automaton = get_language(language).build()
    lrnn = written(get_construction(name).build(automaton), way, is_rounded=True)
    assert lrnn is not None
    opened, semantics = _opened(lrnn, automaton)
    assert get_model_class(model_class).outside(lrnn, as_written=True) is not None
    assert get_model_class(model_class).outside(opened, as_written=True) is None
    assert isinstance(explore(opened, semantics, automaton, 20_000), Recognises)
    # It is the rounding that does it: in exact arithmetic the states fade.
    with pytest.raises(UndefinedOutputError, match="no entry for the reachable state"):
        explore(opened, Exact(), automaton, 20_000)


def test_a_larger_state_would_be_changed() -> None:
    # Positive control: |h| < 1/2 is needed, so states that are not made smaller are wrong.
    opened, semantics = _opened(scalar_parity(), PARITY)
    layer = opened.layers[0]
    assert isinstance(layer, Layer)
    four = {state.scale(Fraction(4)): out for state, out in layer.readout.table.items()}
    larger = replace(layer, initial=layer.initial.scale(Fraction(4)), readout=StateTable(four))
    cases = {s: replace(c, input=c.input.scale(Fraction(4))) for s, c in layer.cases.items()}
    wrong = LRNN(opened.alphabet, (replace(larger, cases=cases),))
    with pytest.raises(UndefinedOutputError, match="no entry for the reachable state"):
        explore(wrong, semantics, PARITY, 20_000)


def test_a_network_that_needs_its_format_keeps_its_leaks() -> None:
    ends = get_language("ends-with-ab").build()
    construction = get_construction("leaky-cascade")
    lrnn = construction.build(ends)
    for semantics in construction.semantics(ends):
        opened = layers_inside(lrnn, semantics)
        assert opened is not None
        assert get_model_class("diagonal-open").outside(opened, as_written=True) is None
        assert isinstance(explore(opened, semantics, ends, 20_000), Recognises)
    assert layers_inside(lrnn, Exact()) is None


def test_rounded_swaps_need_their_format() -> None:
    construction = get_construction("rounded-swaps")
    (semantics,) = construction.semantics(S3)
    lrnn = construction.build(S3)
    assert isinstance(explore(lrnn, semantics, S3, 100), Recognises)
    finer = FixedPoint(Fraction(1, 8), Fraction(-8), Fraction(31, 4))
    for other in (Exact(), SeqRound(semantics.format), OpRound(finer)):
        with pytest.raises(UndefinedOutputError, match="no entry for the reachable state"):
            explore(lrnn, other, S3, 1_000)


@pytest.mark.parametrize("language", ["s4", "a4", "d4", "s3-swaps", "parity"])
def test_rounded_swaps_track_groups_on_four_points(language: str) -> None:
    automaton = get_language(language).build()
    construction = get_construction("rounded-swaps")
    lrnn = construction.build(automaton)
    (semantics,) = construction.semantics(automaton)
    assert isinstance(explore(lrnn, semantics, automaton, 100), Recognises)
    most = max(len(factors(x) or ()) for t in lrnn.transitions() for x in heads(t))
    model_class = (
        f"householder-product-{most}-nonnegative" if most > 1 else "householder-nonnegative"
    )
    assert get_model_class(model_class).outside(lrnn, as_written=True) is None


def test_rounded_swaps_move_at_most_four_points() -> None:
    assert "5 points" in str(get_construction("rounded-swaps").supports(get_language("s5").build()))
