"""What networks report along p u u u ...: lassos against letter-by-letter simulation."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from helpers.effort import examples
from helpers.naive_network import answer, semantics_json
from hypothesis import event, given
from hypothesis import strategies as st

from monoscan.strategies.formats import SEMANTICS, number_formats, semantics_of
from monoscan.strategies.networks import networks, networks_of_values, thresholds
from monoscan.strategies.numbers import matrices
from monoscan.strategies.transitions import NONNEGATIVE_SPECTRUM, transitions
from monoscan.theory.cast_response import cast_states
from monoscan.theory.constructions.parity import scalar_parity
from monoscan.theory.formats import FixedPoint, NumberFormat, get_format, parse_format
from monoscan.theory.lasso import Lasso
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import Number, cosine, sqrt_of
from monoscan.theory.readout import (
    Functional,
    Observation,
    ReadoutUndefinedError,
    StateTable,
    Threshold,
)
from monoscan.theory.response import network_response
from monoscan.theory.semantics import CastUnrolled, Exact, OpRound, Semantics, SeqRound
from monoscan.theory.transition import Dense, Diagonal

F = Fraction
STEPS = 60
LETTERS = ("0", "1")


def letters(most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(LETTERS), max_size=most)


WORDS = st.builds(
    lambda stem, cycle, last: Lasso(tuple(stem), (*cycle, last)),
    letters(3),
    letters(2),
    st.sampled_from(LETTERS),
)


def simulate(
    lrnn: LRNN, semantics: Semantics[Any], word: Lasso[str], length: int
) -> Iterator[Observation]:
    """The observations of the last layer after each letter, one step at a time."""
    states = [semantics.start(layer) for layer in lrnn.layers]
    for time in range(length):
        symbol: Symbol = (word[time],)
        for level, layer in enumerate(lrnn.layers):
            states[level] = semantics.step(layer, states[level], symbol)
            seen = layer.observe(semantics.visible(states[level]))
            if level < len(lrnn.layers) - 1:
                symbol = (*symbol, layer.readout.output(seen))
        yield seen


def assert_simulation_agrees(
    lrnn: LRNN, semantics: Semantics[Any], word: Lasso[str], found: Lasso[Observation]
) -> None:
    # Unrolled sums grow with the word, so their simulation is cut off earlier.
    most = 30 if isinstance(semantics, CastUnrolled) else 250
    length = min(len(found.stem) + 3 * len(found.cycle) + 20, most)
    assert list(found.take(length)) == list(simulate(lrnn, semantics, word, length))


# --- random networks ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEMANTICS)
@pytest.mark.parametrize("depth", [1, 2])
@given(st.data(), number_formats(wrap=True), WORDS)
@examples(10, least=4)
def test_responses_against_simulation(
    name: str, depth: int, data: st.DataObject, number_format: NumberFormat, word: Lasso[str]
) -> None:
    lrnn = data.draw(networks_of_values(number_format, depth=depth))
    semantics = semantics_of(name, number_format)
    found = network_response(lrnn, semantics, word, STEPS)
    event(f"decided: {found is not None}")
    if found is not None:
        assert_simulation_agrees(lrnn, semantics, word, found)
        described, slow = lrnn_to_json(lrnn), semantics_json(name, number_format)
        for length in range(1, 6):
            observation = answer(slow, described, list(word.take(length)))[0]
            expected = found[length - 1]
            assert observation == (
                expected if isinstance(expected, str) else [list(row) for row in expected.rows]
            )
    elif name in ("seq-round", "op-round"):
        # Only the length of the orbit can be in the way.
        assert network_response(lrnn, semantics, word, 10_000) is not None


@pytest.mark.parametrize("family", NONNEGATIVE_SPECTRUM)
@pytest.mark.parametrize("name", ["exact", "cast-unrolled"])
@given(st.data(), number_formats(), st.integers(1, 2))
@examples(5, least=2)
def test_nonnegative_spectra_settle_on_every_letter(
    family: str, name: str, data: st.DataObject, number_format: NumberFormat, depth: int
) -> None:
    lrnn = data.draw(networks(NONNEGATIVE_SPECTRUM[family], depth=depth))
    semantics = semantics_of(name, number_format)
    for letter in LETTERS:
        word = Lasso(("0", "1"), (letter,))
        found = network_response(lrnn, semantics, word, STEPS)
        assert found is not None
        assert len(found.shortened().cycle) == 1
        assert_simulation_agrees(lrnn, semantics, word, found)


REAL_EIGENVALUES = st.sampled_from([F(0), F(1), F(-1), F(1, 2), F(-1, 2), F(-3, 2), F(2)])


@pytest.mark.parametrize("name", ["exact", "cast-unrolled"])
@pytest.mark.parametrize("depth", [1, 2])
@given(st.data(), number_formats())
@examples(10, least=4)
def test_real_diagonals_have_a_period_that_divides_2_to_the_depth(
    name: str, depth: int, data: st.DataObject, number_format: NumberFormat
) -> None:
    def kinds(size: int) -> st.SearchStrategy[Diagonal]:
        entries = st.lists(REAL_EIGENVALUES, min_size=size, max_size=size)
        return entries.map(lambda drawn: Diagonal(tuple(drawn)))

    lrnn = data.draw(networks(kinds, depth=depth, max_rows=2))
    semantics = semantics_of(name, number_format)
    found = network_response(lrnn, semantics, Lasso((), ("1",)), STEPS)
    assert found is not None
    assert 2**depth % len(found.shortened().cycle) == 0
    assert_simulation_agrees(lrnn, semantics, Lasso((), ("1",)), found)


@given(st.data(), number_formats(), WORDS)
@examples(20)
def test_cast_states_against_the_slow_network(
    data: st.DataObject, number_format: NumberFormat, word: Lasso[str]
) -> None:
    """Every entry of the cast state, not only what a read-out sees of it."""
    size, width = data.draw(st.integers(1, 2)), data.draw(st.integers(1, 2))
    cases: dict[Symbol, Case] = {
        (letter,): Case(data.draw(transitions(size)), data.draw(matrices(size, width)))
        for letter in LETTERS
    }
    initial = data.draw(matrices(size, width))
    layer = Layer(initial, cases, data.draw(thresholds((size, width))))
    semantics = CastUnrolled(number_format)
    found = cast_states(layer, semantics, word.map(lambda letter: (letter,)))
    event(f"decided: {found is not None}")
    if found is None:
        return
    head = initial
    tails: list[Matrix] = []
    for time in range(min(len(found.stem) + 2 * len(found.cycle) + 8, 40)):
        case = cases[word[time],]
        head, tails = case.matrix @ head, [case.matrix @ tail for tail in tails] + [case.input]
        total = head.map(number_format.round)
        for tail in tails:
            total = total + tail.map(number_format.round)
        assert found[time] == total.map(number_format.round)


# --- chosen networks ---------------------------------------------------------------------------


def scalar(a: str, b: str, bound: str, relation: str = ">=", initial: str = "0") -> LRNN:
    """One letter, h <- a h + b, one threshold bit."""
    functional = Functional(Matrix.of([[1]]), ">=" if relation == ">=" else ">", F(bound))
    readout = Threshold((functional,), {"0": False, "1": True})
    case = Case(Diagonal((F(a),)), Matrix.of([[b]]))
    return LRNN(("a",), (Layer(Matrix.of([[initial]]), {("a",): case}, readout),))


ALWAYS_A = Lasso((), ("a",))


def exact_response(lrnn: LRNN, max_steps: int = STEPS) -> Lasso[Observation] | None:
    found = network_response(lrnn, Exact(), ALWAYS_A, max_steps)
    return None if found is None else found.shortened()


@pytest.mark.parametrize(
    ("lrnn", "expected"),
    [
        (scalar("1/2", "1", "7/4"), Lasso(("0", "0"), ("1",))),
        (scalar("1/2", "1", "2"), Lasso((), ("0",))),  # the limit is never reached
        (scalar("1/2", "1", "0", ">"), Lasso((), ("1",))),
        (scalar("1", "1", "5"), Lasso(("0",) * 4, ("1",))),
        (scalar("1", "1", "5", ">"), Lasso(("0",) * 5, ("1",))),
        (scalar("-1/2", "0", "0", initial="1"), Lasso((), ("0", "1"))),
        (scalar("-1/2", "0", "0", ">", initial="-1"), Lasso((), ("1", "0"))),
        (scalar("-2", "0", "100", initial="1"), Lasso(("0",) * 6, ("0", "1"))),
        (scalar("-1", "1", "1/2"), Lasso((), ("1", "0"))),
        (scalar("0", "0", "0", initial="5"), Lasso((), ("1",))),
        (scalar("99/100", "0", "1/1000", initial="1"), Lasso(("1",) * 687, ("0",))),
    ],
)
def test_bits_of_scalars(lrnn: LRNN, expected: Lasso[Observation]) -> None:
    assert exact_response(lrnn) == expected


def rotation(*rows: list[object]) -> LRNN:
    readout = Threshold((Functional(Matrix.column([1, 0]), ">", F(0)),), {"0": False, "1": True})
    case = Case(Dense(Matrix.of(rows)), Matrix.zeros(2, 1))
    return LRNN(("a",), (Layer(Matrix.column([2, 1]), {("a",): case}, readout),))


def test_complex_eigenvalues() -> None:
    third = exact_response(rotation([0, -2], [2, -2]), 10)  # 2 times a third root of unity
    assert third is not None
    assert len(third.cycle) == 3
    irrational = rotation(["3/5", "-4/5"], ["4/5", "3/5"])
    assert exact_response(irrational) is None
    assert network_response(irrational, CastUnrolled(get_format("q2.2")), ALWAYS_A, 60) is None
    # Rounding makes every orbit finite.
    assert network_response(irrational, SeqRound(get_format("q5.3")), ALWAYS_A, 5000) is not None


def test_a_prefix_of_one_letter_and_a_period_of_two() -> None:
    found = network_response(scalar_parity(), Exact(), Lasso(("1",), ("0", "1")), STEPS)
    assert found is not None
    assert [str(state) for state in found.take(7)] == [f"[{n}]" for n in (1, 1, 0, 0, 1, 1, 0)]


def test_a_budget_of_steps() -> None:
    # A counter modulo 50 in wrapping arithmetic repeats after 50 steps, not before.
    wrapping = parse_format("fixed:1:0:49:nearest-even:wrap")
    counter = scalar("1", "1", "25")
    for steps, is_decided in ((50, False), (51, True)):
        for semantics in (SeqRound(wrapping), OpRound(wrapping)):
            found = network_response(counter, semantics, ALWAYS_A, steps)
            assert (found is not None) == is_decided
    assert found is not None
    assert len(found.shortened().cycle) == 50


@pytest.mark.parametrize(
    "semantics",
    [
        Exact(),
        SeqRound(get_format("int8")),
        OpRound(get_format("int8")),
        CastUnrolled(get_format("int8")),
    ],
    ids=lambda semantics: semantics.name,
)
def test_a_table_that_the_orbit_leaves(semantics: Semantics[Any]) -> None:
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    case = Case(Diagonal((F(1),)), one)
    layer = Layer(zero, {("a",): case}, StateTable({zero: True, one: False}))
    # Read out by one more layer, so that every output is asked for.
    upper = Layer(
        zero, {("a", True): case, ("a", False): case}, StateTable({zero: True, one: False})
    )
    stack = LRNN(("a",), (layer, upper))
    with pytest.raises(ReadoutUndefinedError, match=r"reachable state \[2\]"):
        network_response(stack, semantics, ALWAYS_A, STEPS)


# --- what is out of reach is not decided, and does not hang -------------------------------------


def test_a_sign_that_settles_too_late() -> None:
    assert exact_response(scalar("999999/1000000", "0", "1/1000", initial="1")) is None


def test_a_sum_that_saturates_too_late() -> None:
    counter = scalar("1", "1", "5")
    for name in ("bfloat16", "binary32"):
        semantics = CastUnrolled(get_format(name))
        assert network_response(counter, semantics, ALWAYS_A, 20) is None


def test_a_format_too_large_to_list_its_thresholds() -> None:
    forget = scalar("0", "1", "1")
    found = network_response(forget, CastUnrolled(get_format("binary32")), ALWAYS_A, 20)
    assert found is not None  # by following the orbit
    assert found.shortened() == Lasso((), ("1",))


def test_casts_to_the_integers_by_hand() -> None:
    # 3/4 + 9/16 + 27/64 + ...: the terms are cast to 1, 1, 0, 0, ...
    integers = FixedPoint(F(1), F(-8), F(7))
    network = scalar("3/4", "3/4", "2")
    found = network_response(network, CastUnrolled(integers), ALWAYS_A, STEPS)
    assert found is not None
    assert found.shortened() == Lasso(("0",), ("1",))


@given(WORDS, st.integers(0, 3))
@examples(30)
def test_layers_that_name_what_they_read(word: Lasso[str], top: int) -> None:
    # A bit counter: layer 2 reads the letter alone, layer 3 layer 1, layer 4 some of them.
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    keep, flip = Case(Diagonal((F(1),)), zero), Case(Diagonal((F(-1),)), one)
    parity = StateTable({zero: True, one: False})
    bit = Layer(zero, {("0",): keep, ("1",): flip}, parity)
    clock = Layer(zero, {("0",): flip, ("1",): flip}, parity, ())
    carry: dict[Symbol, Case] = {
        (x, low): flip if low and x == "1" else keep for x in LETTERS for low in (True, False)
    }
    layers = [bit, clock, Layer(zero, carry, parity, (1,)), Layer(zero, carry, parity, (2,))]
    lrnn = LRNN(LETTERS, tuple(layers[: top + 1]))
    found = network_response(lrnn, Exact(), word, STEPS)
    assert found is not None
    for time in range(20):
        assert found[time] == lrnn.run(word.take(time + 1))[-1]


@pytest.mark.parametrize("factor", [cosine(1, 5), -sqrt_of(F(1, 2)), sqrt_of(3)])
def test_thresholds_of_real_irrational_states(factor: Number) -> None:
    zero = Matrix.of([[0]])
    bits = Threshold((Functional(Matrix.of([[1]]), ">", F(1, 1000)),), {"0": False, "1": True})
    case = Case(Diagonal((factor,)), zero)
    lrnn = LRNN(("a",), (Layer(Matrix.of([[1]]), {("a",): case}, bits),))
    found = network_response(lrnn, Exact(), Lasso((), ("a",)), 10)
    assert found is not None
    for time in range(40):
        assert (found[time] == "1") == (factor ** (time + 1) > F(1, 1000))
