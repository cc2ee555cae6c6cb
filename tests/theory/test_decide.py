"""Every branch of the decision: proved, refuted, not decided, and networks without an answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from helpers.certificate_samples import SAMPLE_MAKERS

from monoscan.automata import Automaton, compile_regex, get_language
from monoscan.theory.constructions.parity import (
    delta_rule_parity,
    householder_parity,
    scalar_parity,
)
from monoscan.theory.decide import (
    UNROLLED_STATES,
    Budget,
    Recognised,
    Refuted,
    Undecided,
    decide,
    show_lasso,
)
from monoscan.theory.explore import UndefinedOutputError
from monoscan.theory.formats import FixedPoint, get_format, parse_format
from monoscan.theory.lasso import Lasso
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.lrnn_json import lrnn_from_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Readout, StateTable, Threshold
from monoscan.theory.semantics import (
    CastUnrolled,
    Exact,
    OpRound,
    Semantics,
    SemanticsError,
    SeqRound,
)
from monoscan.theory.transition import Dense, Diagonal

F = Fraction
PARITY = get_language("parity").build()
ENDS_WITH_1 = compile_regex(".*1", ("0", "1"))
EVERY_A = Automaton(("a",), [[0]], [True])
ZERO, ONE = Matrix.of([[0]]), Matrix.of([[1]])


def bit(bound: str, *, above: bool, relation: str = ">=") -> Threshold:
    """The answer is `above` exactly if h >= bound (or > bound)."""
    functional = Functional(ONE, ">=" if relation == ">=" else ">", F(bound))
    return Threshold((functional,), {"1": above, "0": not above})


def scalar(cases: dict[str, tuple[str, str]], readout: Readout, initial: str = "0") -> LRNN:
    """One layer with one number; letter -> (a, b)."""
    layer = Layer(
        Matrix.of([[initial]]),
        {(x,): Case(Diagonal((F(a),)), Matrix.of([[b]])) for x, (a, b) in cases.items()},
        readout,
    )
    return LRNN(tuple(cases), (layer,))


# --- recognised --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lrnn", "semantics"),
    [
        (scalar_parity(), Exact()),
        (householder_parity(), Exact()),
        (scalar_parity(), SeqRound(get_format("e5m2"))),
        (delta_rule_parity(), OpRound(get_format("e4m3"))),
    ],
)
def test_recognised(lrnn: LRNN, semantics: Semantics[Any]) -> None:
    decision = decide(lrnn, semantics, PARITY)
    assert isinstance(decision, Recognised)
    assert len(decision.states) == 2
    assert decision.terms is None


def test_recognised_with_casts_that_change_nothing() -> None:
    decision = decide(scalar_parity(), CastUnrolled(get_format("int4")), PARITY)
    assert isinstance(decision, Recognised)
    assert [str(s.layers[0]) for s in decision.states] == ["[0]", "[1]"]
    assert decision.terms is not None
    assert {str(term) for term in decision.terms[0]} == {"[0]", "[1]", "[-1]"}


def test_recognised_by_two_layers_with_casts() -> None:
    sample = SAMPLE_MAKERS["recognizer-count-mod-4-two-layers"]()
    lrnn = lrnn_from_json(sample["lrnn"])
    table = [[int(q) for q in row] for row in sample["automaton"]["table"]]
    target = Automaton(("0", "1"), table, sample["automaton"]["outputs"])
    decision = decide(lrnn, CastUnrolled(get_format("q2.2")), target)
    assert isinstance(decision, Recognised)
    assert decision.terms is not None
    assert len(decision.terms) == 2
    assert len(decision.states) == 4


def test_recognised_only_after_the_first_look() -> None:
    # 700 states: more than the first look of 500, fewer than the budget.
    counter = scalar({"a": ("1", "1")}, bit("0", above=True))
    wrapping = FixedPoint(F(1), F(0), F(699), overflow="wrap")  # type: ignore[arg-type]
    decision = decide(counter, SeqRound(wrapping), EVERY_A, Budget(states=1000, steps=10))
    assert isinstance(decision, Recognised)
    assert len(decision.states) == 700


# --- refuted -----------------------------------------------------------------------------------


def test_refuted_by_the_shortest_word_and_a_pair() -> None:
    lrnn = scalar({"0": ("1", "0"), "1": ("1/2", "1")}, bit("1", above=False))
    decision = decide(lrnn, Exact(), PARITY)
    assert isinstance(decision, Refuted)
    assert (decision.word, decision.output, decision.expected) == (("1", "1"), False, True)
    assert decision.is_shortest
    assert decision.pair is not None
    assert (decision.pair.first, decision.pair.second) == (("1",), ("1", "1"))
    assert decision.pair.observation == "1"
    assert decision.pair.answers == (False, True)
    assert decision.behaviour is not None
    assert decision.behaviour.word == Lasso((), ("1",))


def test_a_pair_without_its_behaviour() -> None:
    lrnn = scalar({"0": ("1", "0"), "1": ("1/2", "1")}, bit("1", above=False))
    quick = decide(lrnn, Exact(), PARITY, Budget(settle=False))
    settled = decide(lrnn, Exact(), PARITY)
    assert isinstance(quick, Refuted)
    assert isinstance(settled, Refuted)
    assert quick.behaviour is None
    assert quick == replace(settled, behaviour=None)


def test_a_pair_beyond_the_first_letters() -> None:
    # h is the number of letters. The two answers differ up to 50 and are equal from 51 on, so the
    # earliest two words that are seen alike have 51 and 52 letters: too late for the first look.
    steps = tuple(Functional(ONE, ">=", F(n)) for n in range(1, 52))
    table = {"1" * n + "0" * (51 - n): n % 2 == 0 for n in range(52)}
    lrnn = scalar({"0": ("1", "0"), "1": ("1", "1")}, Threshold(steps, table))
    decision = decide(lrnn, Exact(), PARITY)
    assert isinstance(decision, Refuted)
    assert decision.word == ("1",) * 52
    assert decision.pair is not None
    assert (len(decision.pair.first), len(decision.pair.second)) == (51, 52)
    assert decision.behaviour is not None
    assert len(decision.behaviour.observations.cycle) == 1


def test_refuted_by_the_empty_word() -> None:
    decision = decide(
        scalar({"0": ("1", "0"), "1": ("1", "0")}, bit("1", above=True)), Exact(), PARITY
    )
    assert isinstance(decision, Refuted)
    assert decision.word == ()
    assert decision.is_shortest


def test_refuted_by_a_long_word_through_the_sign_lemma() -> None:
    # h = (99/100)^n stays above 1/1000 for 687 letters, beyond the first look of 500 states.
    lrnn = scalar({"a": ("99/100", "0")}, bit("1/1000", above=True), "1")
    decision = decide(lrnn, Exact(), EVERY_A)
    assert isinstance(decision, Refuted)
    assert decision.word == ("a",) * 688
    assert not decision.is_shortest
    assert (decision.output, decision.expected) == (False, True)
    assert F(99, 100) ** 687 >= F(1, 1000) > F(99, 100) ** 688
    assert lrnn.output(decision.word) is False
    assert decision.pair is None  # this language says the same of all words


def test_refuted_by_a_long_word_and_its_pair() -> None:
    # The language is a^0 ... a^n for n < 600; after that the network cannot follow.
    limit = 600
    target = Automaton(
        ("a",), [[min(n + 1, limit)] for n in range(limit + 1)], [n < limit for n in range(601)]
    )
    lrnn = scalar({"a": ("99/100", "0")}, bit("1/1000", above=True), "1")
    decision = decide(lrnn, Exact(), target)
    assert isinstance(decision, Refuted)
    assert decision.word == ("a",) * 600
    assert decision.pair is not None
    assert len(decision.pair.first) == 1
    assert len(decision.pair.second) == 600


def test_a_shorter_budget_of_states_still_finds_the_long_word() -> None:
    lrnn = scalar({"a": ("99/100", "0")}, bit("1/1000", above=True), "1")
    decision = decide(lrnn, Exact(), EVERY_A, Budget(states=1, steps=1, prefix=0, period=1))
    assert isinstance(decision, Refuted)
    assert len(decision.word) == 688


@pytest.mark.parametrize(
    "semantics",
    [SeqRound(get_format("q4.4")), OpRound(get_format("q4.4")), CastUnrolled(get_format("q4.4"))],
    ids=lambda semantics: semantics.name,
)
def test_refuted_under_rounding(semantics: Semantics[Any]) -> None:
    lrnn = scalar({"0": ("1", "0"), "1": ("1/2", "1")}, bit("1", above=False))
    decision = decide(lrnn, semantics, PARITY)
    assert isinstance(decision, Refuted)
    assert decision.word == ("1", "1")
    assert decision.pair is not None
    assert semantics.output(lrnn, decision.word) == decision.output


def test_a_pair_is_found_where_the_behaviour_is_out_of_reach() -> None:
    # The word and the pair are found at once; whether 1^n settles takes millions of letters to see.
    lrnn = scalar({"0": ("1", "0"), "1": ("999999/1000000", "0")}, bit("1/1000", above=True), "1")
    decision = decide(lrnn, Exact(), PARITY, Budget(prefix=0, period=1))
    assert isinstance(decision, Refuted)
    assert decision.word == ("1",)
    assert decision.pair is not None
    assert (decision.pair.first, decision.pair.second) == (("1",), ("1", "1"))
    assert decision.behaviour is None


@pytest.mark.parametrize("name", ["binary32", "bfloat16"])
def test_casts_to_large_formats(name: str) -> None:
    counter = scalar({"0": ("1", "0"), "1": ("1", "1")}, bit("5", above=False))
    budget = Budget(states=50, steps=20, prefix=0, period=1)
    decision = decide(counter, CastUnrolled(get_format(name)), PARITY, budget)
    assert isinstance(decision, Refuted)
    assert decision.word == ("1",)


def test_a_network_that_overflows_has_no_answer() -> None:
    doubling = scalar({"0": ("1", "0"), "1": ("2", "0")}, bit("0", above=True), "1")
    always = compile_regex("(0|1)*", ("0", "1"))
    said = r"after the word 1 1 1 .*about 2\^3 is rounded to infinity"
    for kind in (SeqRound, OpRound):
        with pytest.raises(UndefinedOutputError, match=said):
            decide(doubling, kind(parse_format("e2m1:infinity")), always)
        for name in ("e2m1", "e2m1:down:infinity"):
            assert isinstance(decide(doubling, kind(parse_format(name)), always), Recognised)


# --- not decided -------------------------------------------------------------------------------


def rotating(answers: tuple[bool, bool]) -> LRNN:
    """An irrational rotation: infinitely many states, never settled."""
    readout = Threshold(
        (Functional(Matrix.column([1, 0]), ">=", F(0)),), {"0": answers[0], "1": answers[1]}
    )
    turn = Dense(Matrix.of([["3/5", "-4/5"], ["4/5", "3/5"]]))
    case = Case(turn, Matrix.zeros(2, 1))
    return LRNN(("a",), (Layer(Matrix.column([1, 0]), {("a",): case}, readout),))


@pytest.mark.parametrize("states", [1, 40, 600])
def test_undecided_at_the_budget(states: int) -> None:
    decision = decide(rotating((True, True)), Exact(), EVERY_A, Budget(states=states, steps=20))
    assert decision == Undecided(
        agrees_up_to=states - 1, states=states, decided_words=0, undecided_words=1, limit="states"
    )


def test_undecided_because_the_numbers_grow_too_large() -> None:
    lrnn = scalar({"a": ("1/1024", "0")}, bit("0", above=True), "1")
    decision = decide(lrnn, Exact(), EVERY_A)
    assert isinstance(decision, Undecided)
    assert decision.limit == "bits"
    assert decision.agrees_up_to is not None
    assert decision.agrees_up_to < decision.states < 500
    assert decision.undecided_words == 0


def test_undecided_although_every_word_tried_is_right() -> None:
    # Right on all words, but with infinitely many states, and no procedure to show it.
    lrnn = scalar({"0": ("1/2", "1"), "1": ("1/2", "0")}, bit("-1", above=True))
    target = Automaton(("0", "1"), [[0, 0]], [True])
    decision = decide(lrnn, Exact(), target, Budget(states=600))
    assert isinstance(decision, Undecided)
    # p u^n for |p| <= 1 and |u| <= 2, each infinite word once:
    # 0^n, 1^n, (01)^n, (10)^n, 0 1^n, 1 0^n, 0 (01)^n, 1 (10)^n
    assert (decision.decided_words, decision.undecided_words) == (8, 0)
    assert decision.agrees_up_to is not None
    assert decision.agrees_up_to >= 7


def test_undecided_because_casts_change_numbers() -> None:
    # The state is the last letter, 4/3 or 0, and 4/3 is cast to 1: right, but not certifiable.
    lrnn = scalar({"0": ("0", "0"), "1": ("0", "4/3")}, bit("1", above=True))
    decision = decide(lrnn, CastUnrolled(get_format("int4")), ENDS_WITH_1)
    assert isinstance(decision, Undecided)
    assert (decision.limit, decision.agrees_up_to) == (None, None)
    assert decision.undecided_words == 0
    assert isinstance(decide(lrnn, Exact(), ENDS_WITH_1), Recognised)


def test_not_recognised_if_only_the_terms_are_values() -> None:
    # h alternates between -1 and 2. All terms are -1 or 1, but their sum 2 is cast to 1.
    lrnn = scalar({"0": ("1", "0"), "1": ("-1", "1")}, bit("0", above=False), "-1")
    assert isinstance(decide(lrnn, Exact(), PARITY), Recognised)
    assert isinstance(decide(lrnn, CastUnrolled(FixedPoint(F(1), F(-1), F(2))), PARITY), Recognised)
    narrow = CastUnrolled(FixedPoint(F(1), F(-1), F(1)))
    assert isinstance(decide(lrnn, narrow, PARITY), Undecided)


def test_undecided_unrolled_sums_have_their_own_budget() -> None:
    integers = get_format("int8")
    # One half is cast to 0, so the answer never changes; but the exact sums go on.
    lrnn = scalar({"0": ("1", "0"), "1": ("1", "1/2")}, bit("-1", above=True))
    target = Automaton(("0", "1"), [[0, 0]], [True])
    decision = decide(lrnn, CastUnrolled(integers), target)
    assert isinstance(decision, Undecided)
    assert decision.states == UNROLLED_STATES
    assert decision.limit == "unrolled-states"


# --- no answer ---------------------------------------------------------------------------------


def test_an_orbit_that_leaves_the_table() -> None:
    lrnn = scalar({"0": ("1", "0"), "1": ("1", "1")}, StateTable({ZERO: True, ONE: False}))
    message = r"after the word 1 1 the read-out table has no entry for the reachable state \[2\]"
    with pytest.raises(UndefinedOutputError, match=message):
        decide(lrnn, Exact(), PARITY)


def test_an_orbit_that_leaves_the_table_along_a_periodic_word() -> None:
    lrnn = scalar({"0": ("1", "0"), "1": ("1", "1")}, StateTable({ZERO: True, ONE: False}))
    with pytest.raises(UndefinedOutputError, match=r"along the word 1\^n the read-out table"):
        decide(lrnn, Exact(), PARITY, Budget(states=2))


def test_other_bad_input() -> None:
    with pytest.raises(ValueError, match="the network's alphabet is 0, 1, the language's is a"):
        decide(scalar_parity(), Exact(), EVERY_A)
    with pytest.raises(SemanticsError, match="layer 1, initial state: 1 is no value"):
        decide(householder_parity(), SeqRound(FixedPoint(F(2), F(-2), F(2))), PARITY)
    with pytest.raises(ValueError, match="give the stored key as a delta rule"):
        decide(householder_parity(), OpRound(get_format("int4")), PARITY)


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: Budget(states=0), "max_states is 0; expected"),
        (lambda: Budget(steps=0), "steps is 0; expected"),
        (lambda: Budget(prefix=-1), "max_prefix is -1; expected"),
        (lambda: Budget(period=0), "max_period is 0; expected"),
    ],
)
def test_impossible_budgets(build: Callable[[], Budget], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        build()


def test_progress_says_what_is_done() -> None:
    lines: list[str] = []
    decide(rotating((True, True)), Exact(), EVERY_A, Budget(states=600, steps=5), lines.append)
    assert lines == [
        "comparing all words, up to 500 joint states",
        "settling the behaviour on a^n",
        "comparing all words, up to 600 joint states",
    ]


@pytest.mark.parametrize(
    ("word", "text"),
    [
        (Lasso((), ("1",)), "1^n"),
        (Lasso(("0",), ("1", "0")), "0 (10)^n"),
        (Lasso(("swap",), ("swap", "rot")), "swap (swap rot)^n"),
        (Lasso((), ("rot",)), "(rot)^n"),
    ],
)
def test_show_lasso(word: Lasso[str], text: str) -> None:
    assert show_lasso(word) == text


# --- languages other than parity ---------------------------------------------------------------


def test_a_star_free_language_by_a_nonnegative_network() -> None:
    # Layer 1 holds the last letter.
    last = Layer(
        ZERO,
        {
            ("0",): Case(Diagonal((F(0),)), ZERO),
            ("1",): Case(Diagonal((F(0),)), ONE),
        },
        bit("1", above=True),
    )
    # Layer 2 holds it one step longer, in h[0], and counts in h[1] how often 11 has occurred.
    history = Layer(
        Matrix.column([0, 0]),
        {
            (letter, one): Case(
                Dense(Matrix.of([[0, 0], [1 if one else 0, 1]])), Matrix.column([int(one), 0])
            )
            for letter, one in product("01", (False, True))
        },
        Threshold((Functional(Matrix.column([0, 1]), ">=", F(1)),), {"0": True, "1": False}),
    )
    target = get_language("no-two-consecutive-ones").build()
    stack = LRNN(("0", "1"), (last, history))
    decision = decide(stack, Exact(), target, Budget(states=2000))
    # The count grows without end, so the search cannot close; nothing is wrong.
    assert isinstance(decision, Undecided)
    assert decision.undecided_words == 0
    # Under saturating arithmetic the count stops, and the same network is proved right.
    assert isinstance(decide(stack, SeqRound(get_format("int4")), target), Recognised)


def test_a_refutation_survives_a_state_without_an_output() -> None:
    # Wrong on the empty word; along 1^n the lower layer leaves its table at once.
    table = StateTable({Matrix.of([[1]]): True})
    one, half = Diagonal((F(1),)), Diagonal((F(1, 2),))
    zero = Matrix.of([[0]])
    lower = Layer(Matrix.of([[1]]), {("0",): Case(one, zero), ("1",): Case(half, zero)}, table)
    upper = Layer(
        zero,
        {(letter, True): Case(one, zero) for letter in "01"},
        StateTable({zero: False}),
    )
    decision = decide(LRNN(("0", "1"), (lower, upper)), Exact(), PARITY)
    assert isinstance(decision, Refuted)
    assert (decision.word, decision.pair) == ((), None)


def test_a_budget_beyond_the_checker_is_refused() -> None:
    with pytest.raises(ValueError, match=r"max_states is 200001; expected .* 200,000"):
        Budget(states=200_001)
