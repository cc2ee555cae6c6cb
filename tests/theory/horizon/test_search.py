"""Horizons of whole networks: exact where states close, and failing words that really fail."""

from __future__ import annotations

from fractions import Fraction

import pytest

from monoscan.automata import Automaton, get_language
from monoscan.errors import BadInput, BadValue
from monoscan.theory.constructions.parity import delta_rule_parity, scalar_parity
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.formats import Minifloat, get_format, parse_format
from monoscan.theory.horizon.balls import ALL
from monoscan.theory.horizon.hard_words import failing_word
from monoscan.theory.horizon.search import Horizon, find_horizon
from monoscan.theory.horizon.stored import NotStoredError, stored, thresholds_between
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.orders import ORDERS, computed
from monoscan.theory.readout import StateTable, Threshold
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import DeltaRule, Dense, Diagonal, Householder, HouseholderDiagonal

PARITY, MOD_5 = get_language("parity").build(), get_language("count-mod-5").build()


def horizon(construction: str, target: Automaton, form: str, order: str, **more: int) -> Horizon:
    network = get_construction(construction).build(target)
    lrnn, semantics = computed(network, parse_format(form), order)
    return find_horizon(lrnn, semantics, target, **more)


@pytest.mark.parametrize("order", [order for order in ORDERS if order != "scan"])
@pytest.mark.parametrize("form", ["e4m3", "bf16"])
def test_rotations_have_an_exact_horizon_in_short_formats(form: str, order: str) -> None:
    found = horizon("cyclic-rotation-two-gh", MOD_5, form, order)
    if found.certified == ALL:
        assert found.states is not None
        return
    word = found.failing_word
    assert word is not None
    assert found.is_shortest
    assert found.certified == len(word) - 1
    assert found.semantics.output(found.lrnn, word) != MOD_5.output(word)


def test_a_budget_leaves_the_last_complete_level_or_balls() -> None:
    level = horizon(
        "cyclic-rotation-two-gh", MOD_5, "bf16", "operations", max_states=60, max_word=0
    )
    assert (level.certified, level.failing_word, level.balls) == (59, None, None)
    balls = horizon("cyclic-rotation-two-gh", MOD_5, "fp32", "matrix", max_states=9, max_word=0)
    assert isinstance(balls.certified, int)
    assert balls.certified > 10_000
    assert balls.balls is not None


@pytest.mark.parametrize("order", ORDERS)
def test_the_search_finds_a_word_that_fails(order: str) -> None:
    network = get_construction("cyclic-rotation-two-gh").build(MOD_5)
    found = []
    for precision in (4, 5, 6):
        lrnn, semantics = computed(network, Minifloat(precision, -20, Fraction(56)), order)
        word = failing_word(lrnn, semantics, MOD_5, 300)
        found.append(word)
        if order != "scan":  # its states are seldom all listed
            truth = find_horizon(lrnn, semantics, MOD_5)
            assert (word is None) == (truth.certified == ALL)
        assert word is None or semantics.output(lrnn, word) != MOD_5.output(word)
    assert any(found)


def test_the_search_reads_delays_tables_and_stacks() -> None:
    two = get_construction("modadd-two-layer-reflections").build(MOD_5)
    lrnn, semantics = computed(two, get_format("e4m3"), "operations")
    word = failing_word(lrnn, semantics, MOD_5, 200)
    truth = find_horizon(lrnn, semantics, MOD_5)
    assert word is not None
    assert isinstance(truth.certified, int)
    assert len(word) > truth.certified
    even = Automaton("01", [[0, 1], [1, 0]], (True, True))
    layer = scalar_parity().layers[0]
    assert isinstance(layer, Layer)
    delayed = LRNN(
        ("0", "1"),
        (Delay(0, 1), Layer(layer.initial, layer.cases, layer.readout, reads=())),
    )
    assert failing_word(delayed, Exact(), PARITY, 30) is None
    wrong = failing_word(delayed, Exact(), even, 30)
    assert wrong is not None
    assert delayed.output(wrong) is False


def test_no_answer_is_a_wrong_one() -> None:
    """Three times a number, in a format that overflows to infinity: 3, 9, then none."""
    layer = scalar_parity().layers[0]
    assert isinstance(layer, Layer)
    cases = {symbol: Case(Diagonal((Fraction(3),)), Matrix.of([[0]])) for symbol in layer.cases}
    readout = thresholds_between({Matrix.of([[1]]): True})
    growing = LRNN(("0", "1"), (Layer(Matrix.of([[1]]), cases, readout),))
    always = Automaton("01", [[0, 0]], (True,))
    lrnn, semantics = computed(growing, parse_format("float:4:-6:15:infinity"), "operations")
    found = find_horizon(lrnn, semantics, always)
    assert (found.certified, found.failing_word) == (2, ("0", "0", "0"))
    empty = find_horizon(lrnn, semantics, Automaton("01", [[0, 0]], (False,)))
    assert (empty.certified, empty.failing_word) == (None, ())


def test_numbers_are_stored_as_values_of_the_format() -> None:
    bf16 = get_format("bf16")
    rotation = get_construction("cyclic-rotation-two-gh").build(MOD_5)
    found = stored(rotation, bf16)
    layer = found.layers[0]
    assert isinstance(layer, Layer)
    assert isinstance(layer.readout, Threshold)
    assert len(layer.readout.functionals) == 1  # of the single state that accepts
    assert all(bf16.contains(x) for x in layer.initial.entries())
    assert stored(found, bf16) == found
    assert isinstance(scalar_parity().last.readout, StateTable)
    assert stored(scalar_parity(), bf16) == scalar_parity()
    assert stored(delta_rule_parity(), bf16).last.cases == delta_rule_parity().last.cases


def test_keys_become_unit_vectors_and_unordered_kinds_dense() -> None:
    form = Minifloat(20, -40, Fraction(64))

    def one(transition: object) -> object:
        case = Case(transition, Matrix.of([[0], [0]]))  # type: ignore[arg-type]
        readout = thresholds_between({Matrix.of([[1], [0]]): True})
        network = LRNN(("a",), (Layer(Matrix.of([[1], [0]]), {("a",): case}, readout),))
        return stored(network, form).last.cases["a",].transition

    key = one(Householder((Fraction(3), Fraction(-4)), Fraction(2)))
    assert isinstance(key, DeltaRule)
    assert abs(key.k[0] - Fraction(3, 5)) < Fraction(1, 2**19)
    assert key.k[1] < 0
    dense = one(
        HouseholderDiagonal((Fraction(1), Fraction(1)), Fraction(2), (Fraction(1), Fraction(-1)))
    )
    assert dense == Dense(Matrix.of([[0, 1], [-1, 0]]))


def test_thresholds_between_states_leave_room() -> None:
    corners = {Matrix.column([x, y]): x * y > 0 for x in (-1, 1) for y in (-1, 1)}
    near = Fraction(1, 3)
    for readout in (
        thresholds_between(corners),
        thresholds_between({**corners, Matrix.column([3, 3]): True}),
    ):
        for state, output in corners.items():
            shifted = state.map(lambda x: x - near / 2)
            assert readout.output(readout.observe(shifted)) == output


def test_bad_input() -> None:
    with pytest.raises(BadValue, match="order is 'sideways'; expected one of operations"):
        computed(scalar_parity(), get_format("bf16"), "sideways")
    rotation = get_construction("cyclic-rotation-two-gh").build(MOD_5)
    with pytest.raises(BadInput, match="irrational number"):
        computed(rotation, None, "operations")
    roots = get_construction("abelian-one-layer").build(get_language("count-mod-3").build())
    with pytest.raises(NotStoredError, match="which is not real"):
        stored(roots, get_format("bf16"))
    with pytest.raises(BadValue, match="max_states is 0"):
        find_horizon(scalar_parity(), Exact(), PARITY, max_states=0)
    with pytest.raises(BadValue, match="max_word is -1"):
        find_horizon(scalar_parity(), Exact(), PARITY, max_word=-1)
