"""Scans: what they compute, what is found about all words, and how far rounding can lead."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, get_language
from monoscan.errors import BadValue
from monoscan.theory.chunk_scan import ChunkScan, Pair, pair_of
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.explore import Disagrees, explore
from monoscan.theory.formats import FixedPoint, Minifloat, NumberFormat, RoundingMode, get_format
from monoscan.theory.horizon.balls import Balls, bound_by_balls
from monoscan.theory.horizon.centres import find_centres
from monoscan.theory.horizon.search import find_horizon
from monoscan.theory.horizon.segments import explore_segments, scan_cells
from monoscan.theory.horizon.trees import TreeError, product_error, step_matrix, tree_error
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.orders import computed
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import SemanticsError
from monoscan.theory.transition import Dense

MOD_3, MOD_5 = get_language("count-mod-3").build(), get_language("count-mod-5").build()
FORMATS: list[NumberFormat] = [
    Minifloat(4, -6, Fraction(60)),
    Minifloat(3, -3, Fraction(56), RoundingMode.TOWARD_ZERO),
    FixedPoint(Fraction(1, 8), Fraction(-64), Fraction(64)),
    FixedPoint(Fraction(1, 8), Fraction(-64), Fraction(64), RoundingMode.UP),
]


def scanned(target: Automaton, form: NumberFormat, chunk: int) -> tuple[LRNN, ChunkScan]:
    network = get_construction("cyclic-rotation-two-gh").build(target)
    return computed(network, form, "scan")[0], ChunkScan(form, chunk)


def along_tree(cases: list[Case], form: NumberFormat) -> Pair:
    """The tree in words: the last 1, 2, 4, ... letters, as many as possible, and those before."""
    if len(cases) == 1:
        return pair_of(cases[0])
    last = max(2**i for i in range(9) if 2**i < len(cases))
    return along_tree(cases[-last:], form).after(along_tree(cases[:-last], form), form)


@pytest.mark.parametrize("chunk", [1, 3, 4, 16])
def test_the_tree_within_a_chunk(chunk: int) -> None:
    form = get_format("e4m3")
    lrnn, semantics = scanned(MOD_5, form, chunk)
    layer = lrnn.last
    word = "1101110111110111011"
    state = carried = layer.initial
    for time in range(1, len(word) + 1):
        begin = (time - 1) // chunk * chunk
        if begin == time - 1:
            carried = state
        cases = [layer.case((letter,)) for letter in word[begin:time]]
        state = along_tree(cases, form).apply(carried, form)
        assert semantics.visible(semantics.states(lrnn, word[:time])[0]) == state  # type: ignore[arg-type]


@pytest.mark.parametrize("target", [MOD_3, MOD_5], ids=["mod 3", "mod 5"])
@pytest.mark.parametrize("precision", [3, 4])
@pytest.mark.parametrize("chunk", [2, 5])
def test_segments_find_what_all_words_show(precision: int, chunk: int, target: Automaton) -> None:
    lrnn, semantics = scanned(target, Minifloat(precision, -20, Fraction(56)), chunk)
    cells = scan_cells(lrnn, target, 100)
    assert cells is not None
    found = explore_segments(lrnn, semantics, target, cells, 10_000)
    truth = explore(lrnn, semantics, target, 600)
    if isinstance(truth, Disagrees):
        assert found.word is not None
        assert (found.length, len(found.word)) == (len(truth.word) - 1, len(truth.word))
        assert semantics.output(lrnn, found.word) != target.output(found.word)
    else:
        assert found.word is None or len(found.word) > 8


def test_stacks_are_followed_layer_by_layer() -> None:
    network = get_construction("modadd-two-layer-reflections").build(MOD_5)
    lrnn, semantics = computed(network, get_format("e4m3"), "scan")
    found = find_horizon(lrnn, semantics, MOD_5, 500, 20)
    truth = explore(lrnn, semantics, MOD_5, 500)
    assert isinstance(truth, Disagrees)
    assert (found.certified, found.failing_word) == (len(truth.word) - 1, truth.word)
    assert found.proof == "segments"


def test_a_budget_leaves_a_length_or_balls() -> None:
    lrnn, semantics = scanned(MOD_5, get_format("fp32"), 16)
    few = find_horizon(lrnn, semantics, MOD_5, 20, 0)
    assert few.proof == "balls"
    assert isinstance(few.certified, int)
    assert few.certified > 10_000
    short, semantics = scanned(MOD_5, get_format("bf16"), 16)
    found = find_horizon(short, semantics, MOD_5, 600, 500)
    assert found.failing_word is not None
    assert isinstance(found.certified, int)
    assert 16 < found.certified < len(found.failing_word) < 20 * found.certified


@pytest.mark.parametrize("form", FORMATS)
def test_balls_show_nothing_that_segments_refute(form: NumberFormat) -> None:
    lrnn, semantics = scanned(MOD_3, form, 4)
    centres, cells = find_centres(lrnn, MOD_3, 50), scan_cells(lrnn, MOD_3, 50)
    assert centres is not None
    assert cells is not None
    balls = bound_by_balls(lrnn, semantics, MOD_3, centres)
    exact = explore_segments(lrnn, semantics, MOD_3, cells, 30_000)
    assert isinstance(balls, Balls)
    assert isinstance(balls.length, int)
    assert exact.length is None or balls.length <= exact.length


def trees(leaves: list[Pair], form: NumberFormat) -> set[Pair]:
    """What all trees over a word make of it."""
    if len(leaves) == 1:
        return set(leaves)
    return {
        second.after(first, form)
        for cut in range(1, len(leaves))
        for first in trees(leaves[:cut], form)
        for second in trees(leaves[cut:], form)
    }


@given(st.data())
def test_no_tree_leads_further_than_the_bound(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMATS))
    size, width = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    shifted, letters = data.draw(st.booleans()), data.draw(st.integers(1, 4))
    values = st.integers(-8, 8).map(lambda k: form.round(Fraction(k, 8)))

    def matrix(rows: int, columns: int) -> Matrix:
        return Matrix(tuple(tuple(data.draw(values) for _ in range(columns)) for _ in range(rows)))

    start = matrix(size, width)
    cases = [
        Case(
            Dense(matrix(size, size)), matrix(size, width) if shifted else Matrix.zeros(size, width)
        )
        for _ in range(letters)
    ]
    zero = Functional(Matrix.zeros(size, width), ">=", Fraction(0))
    named = {(str(i),): case for i, case in enumerate(cases)}
    layer = Layer(start, named, Threshold((zero,), {"1": True}))
    steps = [step_matrix(case, any(any(c.input.entries()) for c in cases)) for case in cases]
    # The Frobenius norm is above the spectral one.
    growth = max([Fraction(1)] + [sum((x * x for x in m.entries()), Fraction(0)) for m in steps])  # type: ignore[misc]
    bound = tree_error(layer, cases, growth, form).after(letters)
    if bound is None:
        return
    exact = start
    for case in cases:
        exact = case.apply(exact)
    for pair in trees([pair_of(case) for case in cases], form):
        gap = (pair.apply(start, form) - exact).entries()
        assert sum((x * x for x in gap), Fraction(0)) <= bound * bound  # type: ignore[misc]


def test_the_bound_is_not_vacuous() -> None:
    """One product of two numbers of 4 bits can be off by 1/16 of its size, not by 1/32."""
    error = product_error(FORMATS[0], 1, 1, False)
    assert Fraction(1, 16) <= error < Fraction(1, 10)
    assert TreeError(Fraction(1), error, Fraction(1), Fraction(2)).after(100) is None
    worst = max(
        abs(FORMATS[0].round(x * y) - x * y)
        for x, y in product([Fraction(k, 16) for k in range(8, 16)], repeat=2)
    )
    assert worst > error / 4


def test_bad_input() -> None:
    with pytest.raises(BadValue, match="chunk is 0"):
        ChunkScan(get_format("bf16"), 0)
    network = get_construction("cyclic-rotation-two-gh").build(MOD_3)
    with pytest.raises(SemanticsError, match="irrational"):
        ChunkScan(get_format("bf16")).validate(network)
    lrnn, _ = scanned(MOD_3, get_format("bf16"), 4)
    with pytest.raises(SemanticsError, match="is no value of the format"):
        ChunkScan(get_format("e4m3")).validate(lrnn)
