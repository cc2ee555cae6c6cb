"""Properties of known languages, false witnesses, budgets, complement and reversal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers.known_automata import (
    alternating_five,
    cycle,
    full_transformations,
    quaternion_group,
    symmetric_group,
    tracker,
)
from hypothesis import assume, given

from monoscan.automata import (
    Automaton,
    AutomatonError,
    BudgetExceeded,
    compile_regex,
    syntactic_monoid,
)
from monoscan.automata.algebra import complement, reversal
from monoscan.automata.properties import PROPERTIES
from monoscan.automata.properties.aperiodic import NotAperiodic
from monoscan.automata.properties.commutative import Commutative, NotCommutative
from monoscan.automata.properties.definite import Definite, NotDefinite, is_definite
from monoscan.automata.properties.finite import Finite, NotFinite, is_finite
from monoscan.automata.properties.generalised_definite import (
    GeneralisedDefinite,
    NotGeneralisedDefinite,
    is_generalised_definite,
)
from monoscan.automata.properties.group import Group, NotGroup
from monoscan.automata.properties.j_trivial import JTrivial, NotJTrivial
from monoscan.automata.properties.l_trivial import LTrivial, NotLTrivial, is_l_trivial
from monoscan.automata.properties.locally_testable import LocallyTestable, NotLocallyTestable
from monoscan.automata.properties.quasi_aperiodic import (
    NotQuasiAperiodic,
    QuasiAperiodic,
    is_quasi_aperiodic,
)
from monoscan.automata.properties.r_trivial import NotRTrivial, RTrivial
from monoscan.automata.properties.reverse_definite import (
    NotReverseDefinite,
    ReverseDefinite,
    is_reverse_definite,
)
from monoscan.automata.properties.right_regular_band import NotRightRegularBand, RightRegularBand
from monoscan.automata.properties.solvable import NotSolvable, Solvable, is_solvable
from monoscan.automata.properties.two_groups import NotTwoGroups, TwoGroups, has_only_two_groups
from monoscan.strategies.automata import automata

PARITY = compile_regex("(0*10*1)*0*", "01")
LAST_B = compile_regex(".*b", "ab")
STAR = compile_regex("(ab)*", "ab")


def holding(automaton: Automaton) -> set[str]:
    return {entry.id for entry in PROPERTIES if entry(automaton, 10_000)}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("aab", "finite definite reverse-definite j-trivial strictly-local"),
        ("a.*", "reverse-definite r-trivial"),
        (".*b", "definite l-trivial right-regular-band"),
        ("a.*b", "generalised-definite strictly-local"),
        ("(ab)*", "strictly-local"),
        (".*aa.*", "locally-testable"),
        (".*a.*b.*", "j-trivial locally-testable"),
        (".*a.*a.*", "j-trivial commutative tier-strictly-local locally-threshold-testable"),
        (".*a.*", "j-trivial locally-testable commutative right-regular-band tier-strictly-local"),
        ("b*ab*", "j-trivial commutative tier-strictly-local locally-threshold-testable"),
        ("a*b*", "j-trivial strictly-local strictly-piecewise"),
        ("(a(ab)*b)*", "aperiodic"),
        ("(..)*", "quasi-aperiodic group 2-groups-only commutative"),
        ("(...)*", "quasi-aperiodic group commutative"),
        ("(b*ab*a)*b*", "group 2-groups-only commutative"),
        ("(abab)*", "quasi-aperiodic 2-groups-only"),
    ],
)
def test_known_languages(pattern, names):
    expected = names.split()
    for name in expected:
        expected.extend(PROPERTIES.get(name).implies)
    assert holding(compile_regex(pattern, "ab")) == set(expected)


@pytest.mark.parametrize("k", range(6))
def test_exact_lengths(k):
    assert is_definite(compile_regex(f".*a.{{{k}}}", "ab")) == Definite(k + 1)
    assert is_reverse_definite(compile_regex(f".{{{k}}}a.*", "ab")) == ReverseDefinite(k + 1)
    both = compile_regex(f".{{{k}}}a.*b", "ab")
    assert is_generalised_definite(both) == GeneralisedDefinite(k + 1)
    assert is_finite(compile_regex(f"a{{{k}}}|b", "ab")) == Finite(max(k, 1))
    assert is_finite(compile_regex("∅", "ab")) == Finite(None)


def test_finite_needs_a_language():
    with pytest.raises(AutomatonError, match="finite is a property of languages"):
        is_finite(symmetric_group(3))


@pytest.mark.parametrize(
    ("automaton", "length"),
    [
        (tracker({"a": [0]}), 0),
        (tracker({"a": cycle(60)}), 1),
        (quaternion_group(), 2),
        (symmetric_group(4), 3),
        (full_transformations(4), 3),
        (STAR, 0),
    ],
)
def test_solvable(automaton, length):
    answer = is_solvable(automaton)
    assert answer == Solvable(length)
    assert answer.check(automaton)
    assert not Solvable(length + 1).check(automaton)


@pytest.mark.parametrize(
    "automaton",
    [
        alternating_five(),
        symmetric_group(5),
        symmetric_group(8),
        symmetric_group(20),
        full_transformations(5),
        # A5 beside Z30, so that most elements have orders with all three primes.
        tracker(
            {
                "c": [*cycle(5), 5, *range(6, 11)],
                "t": [1, 2, 0, 3, 4, 5, *range(6, 11)],
                "z": [0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 6],
                "j": [5, 1, 2, 3, 4, 6, *range(7, 11), 0],
            }
        ),
    ],
)
def test_not_solvable(automaton):
    answer = is_solvable(automaton)
    assert isinstance(answer, NotSolvable)
    assert answer.check(automaton)
    assert not replace(answer, orders=answer.orders[::-1]).check(automaton)
    assert not replace(answer, second=answer.first).check(automaton)


def test_decided_without_the_monoid():
    """S20 has 2 * 10^18 elements."""
    large = symmetric_group(20)
    needing = {"locally-testable", "l-trivial", "quasi-aperiodic"}
    for decide in PROPERTIES:
        name = decide.id
        if name in {
            *("aperiodic", "2-groups-only"),
            *("da", "locally-threshold-testable", "dot-depth-one"),
        }:
            assert not decide(large, 10)
        elif name in needing:
            with pytest.raises(BudgetExceeded, match="at most 10 allowed"):
                decide(large, 10)
        elif not decide.of_languages:
            assert bool(decide(large, 10)) == (name == "group")


@pytest.mark.parametrize(
    "decide", [is_l_trivial, is_quasi_aperiodic, has_only_two_groups, is_solvable]
)
def test_budget(decide):
    automaton = compile_regex("a{20}", "a")
    with pytest.raises(BudgetExceeded, match="at most 10 allowed"):
        decide(automaton, budget=10)
    assert decide(automaton, budget=22)


COUNTING = NotAperiodic(("1",), 0, 2, (0, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        Finite(None),
        Finite(2),
        NotFinite((), ("0",), ("1",)),
        NotFinite((), (), ()),
        NotFinite((), ("1",), ()),
        NotFinite((), ("x",), ()),
        Definite(0),
        Definite(3),
        NotDefinite((), ("1",), ("1",), ()),
        NotDefinite((), ("1",), (), ()),
        NotDefinite((), ("0",), ("0",), ()),
        ReverseDefinite(0),
        ReverseDefinite(5),
        NotReverseDefinite((), ("1",), (), ("1",)),
        NotReverseDefinite((), ("0",), (), ("0",)),
        GeneralisedDefinite(0),
        GeneralisedDefinite(4),
        NotGeneralisedDefinite((), ("1",), ("1",), ()),
        NotGeneralisedDefinite((), ("0",), ("0",), ()),
        LocallyTestable(2),
        LocallyTestable(3),
        NotLocallyTestable(("1",), ("1",), ("1",)),
        NotLocallyTestable(("0",), ("0",), ("0",)),
        NotLocallyTestable((), ("1",), ("1",)),
        RTrivial(1),
        RTrivial(2),
        NotRTrivial((), ("0",), ("0",), ()),
        NotRTrivial((), ("1",), ("0",), ()),
        LTrivial(2),
        LTrivial(1),
        NotLTrivial((), ("0",), ("0",)),
        NotLTrivial((), ("1",), ("0",)),
        JTrivial(1),
        NotJTrivial(NotLTrivial((), ("0",), ())),
        RightRegularBand(),
        NotRightRegularBand((), "0", (), ()),
        NotRightRegularBand((), "x", (), ()),
        QuasiAperiodic(1, 2),
        QuasiAperiodic(2, 2),
        QuasiAperiodic(0, 2),
        NotQuasiAperiodic(("0",), ("1", "0")),
        NotQuasiAperiodic((), ()),
        NotQuasiAperiodic(("1",), ("0",)),
        NotQuasiAperiodic(("0",), ("0",)),
        NotCommutative((), "0", "1", ()),
        NotGroup("1", (), ("1",), ()),
        NotGroup("0", (), ("0",), ()),
        TwoGroups(3),
        TwoGroups(1),
        NotTwoGroups(2, COUNTING),
        NotTwoGroups(3, COUNTING),
        Solvable(0),
        Solvable(2),
        NotSolvable((0, 1), ("1",), ("1",), (2, 2, 1)),
        NotSolvable((0,), ("1",), ("0",), (2, 1, 2)),
        NotSolvable((7,), ("1",), ("0",), (2, 3, 5)),
    ],
)
def test_wrong_witnesses_about_parity_are_rejected(wrong):
    assert not wrong.check(PARITY)


@pytest.mark.parametrize(
    "wrong",
    [
        Group(),
        Commutative(),
        NotDefinite((), ("b",), ("a",), ()),
        NotGeneralisedDefinite((), ("a",), ("b",), ()),
        NotLocallyTestable(("a",), ("b",), ("a",)),
        NotLTrivial(("a",), ("b",), ()),
        NotRightRegularBand((), "a", ("b",), ()),
        NotQuasiAperiodic(("a",), ("b",)),
        JTrivial(1),
    ],
)
def test_wrong_witnesses_about_the_last_letter_are_rejected(wrong):
    assert not wrong.check(LAST_B)


def test_slow_checks_stop():
    with pytest.raises(BudgetExceeded, match="elements in a slow check"):
        Solvable(1).check(symmetric_group(9))


@given(automata(max_states=5))
def test_complement_has_the_same_monoid(automaton):
    first, second = syntactic_monoid(automaton), syntactic_monoid(complement(automaton))
    assert first.right.tolist() == second.right.tolist()
    assert first.left.tolist() == second.left.tolist()


@given(automata(max_states=4))
def test_reversal_has_the_opposite_monoid(automaton):
    forward, backward = syntactic_monoid(automaton), syntactic_monoid(reversal(automaton))
    assert len(forward) == len(backward)
    # The element of a word goes to the element of the reversed word: x a becomes a x.
    images = [backward.index_of_word(word[::-1]) for word in forward.words]
    assert sorted(images) == list(range(len(forward)))
    for x, image in enumerate(images):
        assert [images[y] for y in forward.right[x]] == backward.left[image].tolist()
        assert [images[y] for y in forward.left[x]] == backward.right[image].tolist()


@given(automata(max_states=4))
def test_reversal_exchanges_left_and_right(automaton):
    back = reversal(automaton)
    assume(len(syntactic_monoid(automaton)) <= 200)
    forward, backward = holding(automaton), holding(back)
    exchanged = {
        "definite": "reverse-definite",
        "reverse-definite": "definite",
        "r-trivial": "l-trivial",
        "l-trivial": "r-trivial",
    }
    for name in PROPERTIES.ids():
        if name != "right-regular-band":
            assert (name in forward) == (exchanged.get(name, name) in backward)


@pytest.mark.parametrize("n", range(2, 30))
def test_group_needs_no_monoid(n):
    assert PROPERTIES.get("group")(symmetric_group(n), 1)
