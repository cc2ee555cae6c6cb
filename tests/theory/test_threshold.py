"""The semantics `threshold`: exact arithmetic, any number of states; invariants of boxes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from fractions import Fraction
from itertools import product
from typing import TypeVar

import pytest
from helpers.certificate_parts import load_checker
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, Output, all_languages, canonical, get_language, minimize
from monoscan.automata.properties.aperiodic import is_aperiodic
from monoscan.proofs_check.certificates.boxes import boxes
from monoscan.theory.boxes import BoxInvariant, NoInvariant, find_invariant
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.decide import Budget, Enclosed, Recognised, Refuted, Undecided, decide
from monoscan.theory.intervals import Interval
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Symbol, words_up_to
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.numbers import zeta
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import ProvedNetwork, Question, Verdict
from monoscan.theory.readout import Functional, StateTable, Threshold
from monoscan.theory.semantics import Exact, ExactThreshold
from monoscan.theory.transition import Dense, Diagonal, Householder

F = Fraction
S = TypeVar("S", bound=Hashable)
Steps = dict[Symbol, tuple[Fraction | int, Fraction | int]]
THRESHOLD = ExactThreshold()


def passes(*bounds: str, row: tuple[int, ...] = (1,)) -> Threshold:
    """How many of the bounds, such as `>= 1` or `> 1/2`, a row times the state passes."""
    weights = Matrix.column([F(x) for x in row])
    functionals = []
    for bound in bounds:
        relation, number = bound.split()
        functionals.append(Functional(weights, ">=" if relation == ">=" else ">", F(number)))
    table = {"".join(bits): str(bits.count("1")) for bits in product("01", repeat=len(bounds))}
    return Threshold(tuple(functionals), table)


def scalar(steps: Steps, readout: Threshold, initial: Fraction | int = 0) -> Layer:
    """A layer with one number h <- a h + b."""
    cases = {on: Case(Diagonal((F(a),)), Matrix.of([[F(b)]])) for on, (a, b) in steps.items()}
    return Layer(Matrix.of([[F(initial)]]), cases, readout)


def machine(
    alphabet: str, start: S, step: Callable[[S, str], S], output: Callable[[S], Output]
) -> Automaton:
    """The minimal automaton with these states."""
    states, table = [start], list[list[int]]()
    for state in states:
        row = []
        for letter in alphabet:
            after = step(state, letter)
            if after not in states:
                states.append(after)
            row.append(states.index(after))
        table.append(row)
    return minimize(canonical(alphabet, table, [output(state) for state in states]))


def verdict(net: LRNN, target: Automaton, found: BoxInvariant) -> str:
    """What the independent checker says of the invariant."""
    answer, kind, _ = load_checker().check(boxes(net, target, found).text().encode())
    assert kind == "boxes"
    return str(answer)


def enclosed(net: LRNN, target: Automaton, max_cells: int = 1_000) -> BoxInvariant:
    """The invariant, accepted by the checker."""
    found = find_invariant(net, target, max_cells)
    assert isinstance(found, BoxInvariant), found
    assert verdict(net, target, found) == "valid"
    return found


# --- the search --------------------------------------------------------------------------------

LEAK = LRNN(
    ("a", "b"),
    (scalar({("a",): (F(1, 4), 1), ("b",): (F(1, 4), 2)}, passes(">= 9/4", ">= 5/2")),),
)
COUNTER = LRNN(("a", "b"), (scalar({("a",): (1, 1), ("b",): (1, 0)}, passes(">= 1", "> 1")),))


def test_a_leak_is_enclosed() -> None:
    target = machine(
        "ab",
        "",
        lambda last, x: (last + x)[-2:],
        lambda last: {"ab": "1", "bb": "2"}.get(last, "0"),
    )
    assert len(enclosed(LEAK, target).cells) == 5


def test_a_counter_passes_its_threshold_for_ever() -> None:
    target = machine("ab", 0, lambda n, x: min(n + (x == "a"), 2), str)
    found = enclosed(COUNTER, target)
    assert str(found.boxes[0][-1][0][0]) == "[2, infinity)"
    assert len(enclosed(COUNTER, target, 3).cells) == 3


def test_a_limit_that_is_not_reached() -> None:
    net = LRNN(("a",), (scalar({("a",): (F(1, 2), F(1, 2))}, passes(">= 1")),))
    assert str(enclosed(net, Automaton("a", [[0]], ("0",))).boxes[0][0][0][0]) == "[0, 1)"


def test_a_stack_with_few_states_below_and_infinitely_many_above() -> None:
    """A sign below a leak that reads it, which tells the last two signs."""
    zero, one = Matrix.of([[0]]), Matrix.of([[1]])
    sign = Layer(
        one,
        {("a",): Case(Diagonal((F(-1),)), zero), ("b",): Case(Diagonal((F(1),)), zero)},
        StateTable({one: "+", one.scale(F(-1)): "-"}),
    )
    steps: Steps = {(x, out): (F(1, 4), out == "+") for x in "ab" for out in "+-"}
    net = LRNN(("a", "b"), (sign, scalar(steps, passes(">= 1", ">= 5/4"))))
    target = machine(
        "ab",
        ("+", "-"),
        lambda signs, x: (signs[0] if x == "b" else "+-"[signs[0] == "+"], signs[0]),
        lambda signs: "0" if signs[0] == "-" else "2" if signs[1] == "+" else "1",
    )
    # Before the first letter the leak holds nothing.
    shifted = machine(
        "ab",
        (1, 0, 0),
        lambda s, x: (s[0] if x == "b" else 1 - s[0], s[0] if x == "b" else 1 - s[0], s[1]),
        lambda s: str(s[1] * (1 + s[2])),
    )
    assert isinstance(find_invariant(net, target, 1_000), NoInvariant)
    enclosed(net, shifted)


def test_a_delay_below_a_leak() -> None:
    """A leak that is fed with the letter before the last one: its first digits are older ones."""
    steps: Steps = {(x, past): (F(1, 4), past == "a") for x in "ab" for past in ("a", "b", None)}
    top = scalar(steps, passes(">= 1", ">= 5/4"))
    net = LRNN(("a", "b"), (Delay(0, 1), top))
    target = machine(
        "ab",
        "",
        lambda last, x: (last + x)[-3:],
        lambda last: "0" if len(last) < 2 or last[-2] == "b" else "2" if last[:-2] == "a" else "1",
    )
    found = enclosed(net, target)
    assert found.boxes[0] == ((None,), ("a",), ("b",))


def test_a_dense_layer() -> None:
    """Two numbers that fall towards 0, each fed by the other, and a threshold on their sum."""
    a = Dense(Matrix.of([[F(1, 4), F(-1, 4)], [F(1, 4), F(1, 4)]]))
    cases: dict[Symbol, Case] = {
        ("a",): Case(a, Matrix.column([F(1), F(0)])),
        ("b",): Case(a, Matrix.column([F(0), F(-1)])),
    }
    net = LRNN(("a", "b"), (Layer(Matrix.column([F(0), F(0)]), cases, passes("> 0", row=(1, 1))),))
    target = machine("ab", "0", lambda _, x: "10"["ab".index(x)], str)
    enclosed(net, target)


@pytest.mark.parametrize(
    ("net", "target", "reason"),
    [
        # As many a as b, at least: no regular language, so no automaton has an invariant.
        (
            LRNN(("a", "b"), (scalar({("a",): (1, 1), ("b",): (1, -1)}, passes(">= 0")),)),
            Automaton("ab", [[0, 0]], ("1",)),
            "different answers",
        ),
        (LRNN(("a",), (scalar({("a",): (-2, 0)}, passes("> 0"), 1),)), None, "straddles"),
    ],
)
def test_no_invariant(net: LRNN, target: Automaton | None, reason: str) -> None:
    target = target or machine("a", 0, lambda n, _: 1 - n, lambda n: str(1 - n))
    found = find_invariant(net, target, 2_000)
    assert isinstance(found, NoInvariant) or verdict(net, target, found) == "valid"
    if isinstance(found, NoInvariant):
        assert reason in found.reason


def test_what_an_interval_is() -> None:
    for ends in ((F(2), F(1)), (F(1), F(1), True, False), (None, F(1)), (F(1), None)):
        with pytest.raises(ValueError, match="no number"):
            Interval(*ends)  # type: ignore[arg-type]


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low = draw(st.none() | st.integers(-4, 4))
    high = draw(st.none() | st.integers(-4 if low is None else low + 1, 6))
    with_low = low is not None and draw(st.booleans())
    with_high = high is not None and draw(st.booleans())
    ends = (None if end is None else F(end, 2) for end in (low, high))
    return Interval(*ends, with_low, with_high)


def holds(interval: Interval, x: Fraction) -> bool:
    above = interval.low is None or x > interval.low or (interval.with_low and x == interval.low)
    below = (
        interval.high is None or x < interval.high or (interval.with_high and x == interval.high)
    )
    return above and below


GRID = [F(n, 8) for n in range(-40, 41)]


@given(intervals(), intervals(), st.sampled_from([F(-2), F(-1, 2), F(1), F(3, 2)]))
@examples(200)
def test_intervals_are_sets_of_numbers(one: Interval, two: Interval, factor: Fraction) -> None:
    inside = [x for x in GRID if holds(one, x)]
    assert all(holds(one.times(factor), factor * x) for x in inside)
    assert all(holds(one.plus(two), x + y) for x in inside for y in GRID if holds(two, y))
    for step in (F(1, 8), F(1), None):
        wide = one.widened(two, step)
        assert wide.contains(one)
        assert wide.contains(two)
    # Ends are multiples of 1/2, so a finite grid tells whether one lies inside the other.
    bounded = None not in (one.low, one.high, two.low, two.high)
    if bounded:
        assert two.contains(one) == all(holds(two, x) for x in inside)


# --- random networks: an invariant means agreement on all words ----------------------------------

FACTORS = [F(0), F(1), F(1, 2), F(1, 4), F(-1, 2), F(2), F(-1)]
INPUTS = [F(0), F(1), F(-1), F(2), F(1, 2)]
BOUNDS = [">= 0", "> 0", ">= 1", "> 1", ">= 1/2", ">= 9/4", "> -1", "> 2"]


@st.composite
def threshold_networks(draw: st.DrawFn) -> LRNN:
    """One or two scalar layers over the letters a and b."""
    layers = []
    symbols: list[Symbol] = [("a",), ("b",)]
    for _ in range(draw(st.integers(1, 2))):
        bounds = draw(st.lists(st.sampled_from(BOUNDS), min_size=1, max_size=2))
        steps: Steps = {
            symbol: (draw(st.sampled_from(FACTORS)), draw(st.sampled_from(INPUTS)))
            for symbol in symbols
        }
        layers.append(scalar(steps, passes(*bounds), draw(st.sampled_from(INPUTS))))
        symbols = [(x, str(n)) for x in "ab" for n in range(len(bounds) + 1)]
    return LRNN(("a", "b"), tuple(layers))


def guessed(net: LRNN, most: int = 12) -> Automaton | None:
    """An automaton that agrees with a network on short words, if a small one does."""
    tests = list(words_up_to(net.alphabet, 3))
    words: list[tuple[str, ...]] = [()]
    rows = [tuple(net.output(test) for test in tests)]
    table = []
    for word in words:
        line = []
        for letter in net.alphabet:
            longer = (*word, letter)
            row = tuple(net.output((*longer, *test)) for test in tests)
            if row not in rows:
                if len(rows) == most:
                    return None
                rows.append(row)
                words.append(longer)
            line.append(rows.index(row))
        table.append(line)
    return canonical(net.alphabet, table, [row[0] for row in rows])


@given(threshold_networks())
@examples(150)
def test_an_invariant_means_agreement(net: LRNN) -> None:
    target = guessed(net)
    if target is None:
        return
    found = decide(net, THRESHOLD, target, Budget(states=1_000, steps=60, settle=False))
    if isinstance(found, Enclosed):
        assert verdict(net, target, found.invariant) == "valid"
    if isinstance(found, Enclosed | Recognised):
        for word in words_up_to(net.alphabet, 9):
            assert net.output(word) == target.output(word), word
    if isinstance(found, Refuted):
        assert net.output(found.word) == found.output != target.output(found.word)


# --- decisions ---------------------------------------------------------------------------------


def test_exact_lists_states_and_threshold_encloses_them() -> None:
    target = machine("ab", 0, lambda n, x: min(n + (x == "a"), 2), str)
    assert isinstance(decide(COUNTER, Exact(), target, Budget(states=600)), Undecided)
    assert isinstance(decide(COUNTER, THRESHOLD, target, Budget(states=600)), Enclosed)


def test_finitely_many_states_are_listed() -> None:
    net = LRNN(("1",), (scalar({("1",): (-1, 0)}, passes("> 0"), 1),))
    found = decide(net, THRESHOLD, Automaton("1", [[1], [0]], ("1", "0")))
    assert isinstance(found, Recognised)


def test_the_shortest_failing_word() -> None:
    target = machine("ab", 0, lambda n, x: min(n + (x == "a"), 3), lambda n: str(min(n, 2) % 3))
    wrong = machine("ab", 0, lambda n, x: min(n + (x == "a"), 3), lambda n: "0120"[n])
    assert isinstance(decide(COUNTER, THRESHOLD, target), Enclosed)
    found = decide(COUNTER, THRESHOLD, wrong)
    assert isinstance(found, Refuted)
    assert (found.word, found.is_shortest) == (("a", "a", "a"), True)


def test_what_was_tried_is_said() -> None:
    """The number turns by a root of unity: it has no box, and the leak above has many states."""
    zero = Matrix.of([[0]])
    turn = Layer(
        Matrix.of([[1]]),
        {("a",): Case(Diagonal((zeta(3),)), zero), ("b",): Case(Diagonal((F(1),)), zero)},
        StateTable({Matrix.of([[zeta(3) ** n]]): str(n) for n in range(3)}),
    )
    steps: Steps = {(x, str(n)): (F(1, 4), n) for x in "ab" for n in range(3)}
    net = LRNN(("a", "b"), (turn, scalar(steps, passes(">= 1"))))
    target = guessed(net, 40)
    assert target is not None
    found = decide(net, THRESHOLD, target, Budget(states=1_000, steps=50))
    assert isinstance(found, Undecided)
    assert found.boxes is not None
    assert "irrational" in found.boxes.reason


# --- the lemmas --------------------------------------------------------------------------------


def settles(net: LRNN, before: str, again: str, after: str) -> bool:
    """Whether the answers to before again^n after are constant for n from 20 to 40."""
    return len({net.output(before + again * n + after) for n in range(20, 40)}) == 1


@st.composite
def nonnegative_networks(draw: st.DrawFn) -> LRNN:
    """One or two layers with two numbers each, all factors >= 0, some above 1."""
    layers = []
    symbols: list[Symbol] = [("a",), ("b",)]
    factors = st.sampled_from([F(0), F(1, 4), F(1, 2), F(1), F(2)])
    for _ in range(draw(st.integers(1, 2))):
        cases = {
            symbol: Case(
                Diagonal((draw(factors), draw(factors))),
                Matrix.column([draw(st.sampled_from(INPUTS)), draw(st.sampled_from(INPUTS))]),
            )
            for symbol in symbols
        }
        bound, row = draw(st.sampled_from(BOUNDS)), draw(st.sampled_from([(1, 0), (1, -1), (1, 2)]))
        start = Matrix.column([draw(st.sampled_from(INPUTS)), draw(st.sampled_from(INPUTS))])
        layers.append(Layer(start, cases, passes(bound, row=row)))
        symbols = [(x, n) for x in "ab" for n in "01"]
    return LRNN(("a", "b"), tuple(layers))


WORDS = st.text("ab", max_size=2)


@given(nonnegative_networks(), WORDS, st.text("ab", min_size=1, max_size=3), WORDS)
@examples(150)
def test_nonnegative_factors_settle_along_every_word(
    net: LRNN, before: str, again: str, after: str
) -> None:
    assert settles(net, before, again, after)


def test_a_negative_factor_does_not_settle() -> None:
    net = LRNN(("a", "b"), (scalar({("a",): (F(-1, 2), 0), ("b",): (1, 0)}, passes("> 0"), 1),))
    assert not settles(net, "", "a", "")


def projections() -> LRNN:
    """Three projections of a plane, one a letter: Householder factors with beta = 1."""
    directions = {"a": (F(1), F(0)), "b": (F(3), F(4)), "c": (F(-7), F(24))}
    zero = Matrix.column([F(0), F(0)])
    cases: dict[Symbol, Case] = {
        (x,): Case(Householder((-q, p), F(1)), zero) for x, (p, q) in directions.items()
    }
    return LRNN(
        ("a", "b", "c"), (Layer(Matrix.column([F(1), F(0)]), cases, passes("> 0", row=(1, 0))),)
    )


def test_one_projection_a_letter_counts_along_a_word_but_not_along_a_letter() -> None:
    """So `psd-products-aperiodic` is about finitely many states: here the numbers only shrink.

    A projection leaves a multiple of the direction of the last letter. Only from a to c and from c
    to a its sign changes.
    """
    net = projections()
    assert not get_model_class("householder-nonnegative").outside(net)

    def step(state: tuple[str, int], x: str) -> tuple[str, int]:
        return x, state[1] * (-1 if {state[0], x} == {"a", "c"} else 1)

    # The first entry is above 0 after a and b if the sign is, after c if it is not.
    target = machine("abc", ("a", 1), step, lambda s: "01"[(s[1] > 0) != (s[0] == "c")])
    assert not is_aperiodic(minimize(target))
    assert not settles(net, "", "abc", "")
    for word in words_up_to(net.alphabet, 7):
        assert net.output(word) == target.output(word)
    for x in "abc":
        assert settles(net, "ab", x, "ca")


# --- predictions -------------------------------------------------------------------------------


def test_the_star_free_languages_of_the_zoo() -> None:
    """Diagonal layers with entries in [0, 1] recognise just the star-free languages."""
    asked = Question(get_model_class("diagonal-nonnegative"), "any", "threshold")
    for entry in all_languages():
        automaton = minimize(entry.build())
        if automaton.n_states > 9 or len(automaton.alphabet) > 6:
            continue
        predictor = Predictor(automaton)
        found = predictor.predict(asked)
        star_free = bool(is_aperiodic(automaton))
        wanted = Verdict.EXPRESSIBLE if star_free else Verdict.NOT_EXPRESSIBLE
        assert found.verdict is wanted, entry.id
        predictor.check_consistency(asked)


@pytest.mark.parametrize("name", ["parity", "ends-with-ab", "tomita-4", "s3", "a-to-e-plus"])
def test_no_contradiction_with_the_other_arithmetics(name: str) -> None:
    """What is recognised with finitely many states is recognised with any number of them."""
    predictor = Predictor(get_language(name).build())
    for id in ("diagonal-open", "diagonal-real", "householder-nonnegative", "householder"):
        for depth in (1, 2, "any"):
            exact, threshold = (
                Question(get_model_class(id), depth, semantics)  # type: ignore[arg-type]
                for semantics in ("exact", "threshold")
            )
            predictor.check_consistency(threshold)
            if predictor.predict(exact).verdict is Verdict.EXPRESSIBLE:
                assert predictor.predict(threshold).verdict is Verdict.EXPRESSIBLE


def test_the_fewest_layers_of_definite_languages() -> None:
    question = Question(get_model_class("diagonal-open"), 1, "threshold")
    found = Predictor(get_language("ends-with-ab").build()).predict(question).evidence
    assert isinstance(found, ProvedNetwork)
    assert (found.construction.id, found.depth, found.size) == ("last-letters-leak", 1, (5, "cell"))


@pytest.mark.parametrize("name", ["parity", "tomita-5"])
@pytest.mark.parametrize(
    "id", ["diagonal-real-open", "diagonal-complex-open", "householder-open", "rwkv-7-released"]
)
def test_signs_of_fading_states_are_parities(name: str, id: str) -> None:
    """With finitely many states these classes recognise no parity, by `strictly-stable-letters`."""
    predictor = Predictor(get_language(name).build())
    found = predictor.predict(Question(get_model_class(id), 1, "threshold")).evidence
    assert isinstance(found, ProvedNetwork)
    assert (found.construction.id, found.depth) == ("fading-signs", 1)
    assert predictor.predict(Question(get_model_class(id), "any", "exact")).verdict is (
        Verdict.NOT_EXPRESSIBLE
    )


def test_signs_tell_no_element_from_its_inverse() -> None:
    construction = get_construction("fading-signs")
    reason = str(construction.supports(get_language("count-mod-3").build()))
    assert "elements of order up to 3" in reason
    question = Question(get_model_class("diagonal-real-open"), "any", "threshold")
    found = Predictor(get_language("count-mod-3").build()).predict(question)
    assert found.verdict is Verdict.NOT_EXPRESSIBLE


def test_where_states_may_be_few_they_are() -> None:
    question = Question(get_model_class("diagonal-real"), 1, "threshold")
    found = Predictor(get_language("parity").build()).predict(question).evidence
    assert isinstance(found, ProvedNetwork)
    assert found.construction.id != "fading-signs"
