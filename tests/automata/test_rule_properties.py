"""Properties of languages by rules: tried out over all lengths and tiers, and members have them."""

from __future__ import annotations

from collections import Counter

import pytest
from helpers.effort import examples
from helpers.rule_strategies import LETTERS, PARAMETERS
from hypothesis import assume, given
from hypothesis import strategies as st
from oracles import rule_classes

from monoscan.automata import (
    Automaton,
    AutomatonError,
    BudgetExceeded,
    are_equivalent,
    canonical,
    compile_regex,
    get_language,
    minimize,
    syntactic_monoid,
)
from monoscan.automata.algebra import (
    complement,
    intersection,
    left_quotient,
    reversal,
    union,
)
from monoscan.automata.properties import PROPERTIES
from monoscan.automata.properties.da import InDA, NotInDA, Returns, is_in_da
from monoscan.automata.properties.dot_depth_one import (
    DotDepthOne,
    Knast,
    NotDotDepthOne,
    is_dot_depth_one,
)
from monoscan.automata.properties.j_trivial import is_j_trivial
from monoscan.automata.properties.locally_testable import is_locally_testable
from monoscan.automata.properties.locally_threshold_testable import (
    Exchange,
    LocallyThresholdTestable,
    NotLocallyThresholdTestable,
    is_locally_threshold_testable,
)
from monoscan.automata.properties.strictly_local import (
    NotStrictlyLocal,
    StrictlyLocal,
    is_strictly_local,
)
from monoscan.automata.properties.strictly_piecewise import (
    NotStrictlyPiecewise,
    StrictlyPiecewise,
    is_strictly_piecewise,
)
from monoscan.automata.properties.tier_strictly_local import (
    NotTierStrictlyLocal,
    TierStrictlyLocal,
    is_tier_strictly_local,
)
from monoscan.strategies.automata import automata

LONGEST = 3
PARITY = compile_regex("(0*10*1)*0*", "01")
AB_STAR = compile_regex("(ab)*", "ab")


@st.composite
def small(draw) -> Automaton:
    """Random acceptors, and members of the families over two letters."""
    if draw(st.booleans()):
        return draw(automata(max_states=4))
    ids = ("forbidden-factors", "forbidden-subsequences", "forbidden-factors-on-tier")
    id = draw(st.sampled_from(ids))
    found = get_language(":".join([id, LETTERS, *draw(PARAMETERS[id])])).build()
    # Over two letters: the third stands for nothing.
    return canonical("ab", found.table[:, :2], found.outputs)


@examples(60)
@given(small())
def test_strictly_local_is_what_forbidden_factors_define(automaton):
    answer = is_strictly_local(automaton)
    assert answer.check(automaton)
    k = answer.k if isinstance(answer, StrictlyLocal) else LONGEST + 1
    for length in range(1, LONGEST + 1):
        assert rule_classes.is_strictly_local(automaton, length) == (length >= k)


@examples(60)
@given(small())
def test_tier_strictly_local_is_what_some_tier_defines(automaton):
    answer = is_tier_strictly_local(automaton)
    assert answer.check(automaton)
    k = answer.k if isinstance(answer, TierStrictlyLocal) else LONGEST + 1
    all_tiers = rule_classes.tiers(automaton)
    for length in range(1, LONGEST + 1):
        found = [
            tier
            for tier in all_tiers
            if rule_classes.is_tier_strictly_local(automaton, tier, length)
        ]
        assert bool(found) == (length >= k)
        if found and isinstance(answer, TierStrictlyLocal):
            numbers = tuple(map(automaton.alphabet.index, answer.tier))
            assert numbers in found
            # The tier is the smallest one.
            assert all(set(numbers) <= set(tier) for tier in found)


@examples(60)
@given(small())
def test_strictly_piecewise_is_what_forbidden_subsequences_define(automaton):
    answer = is_strictly_piecewise(automaton)
    assert answer.check(automaton)
    k = answer.k if isinstance(answer, StrictlyPiecewise) else LONGEST + 1
    for length in range(1, LONGEST + 1):
        assert rule_classes.is_strictly_piecewise(automaton, length) == (length >= k)


OF_FAMILY = {
    "forbidden-factors": is_strictly_local,
    "forbidden-factors-on-tier": is_tier_strictly_local,
    "forbidden-subsequences": is_strictly_piecewise,
    "required-factors": is_locally_testable,
    "required-subsequences": is_j_trivial,
    "factor-counts": is_locally_threshold_testable,
}


@pytest.mark.parametrize("id", sorted(OF_FAMILY))
@examples(25)
@given(data=st.data())
def test_members_of_families_have_their_property(id, data):
    texts = data.draw(PARAMETERS[id])
    automaton = get_language(":".join([id, LETTERS, *texts])).build()
    assume(len(minimize(automaton).outputs) <= 40)
    answer = OF_FAMILY[id](automaton)
    assert answer
    if id.startswith("forbidden"):
        longest = max(map(len, texts[-1].split(",")))
        assert answer.k <= longest
        assert answer.check(automaton)


@examples(40)
@given(data=st.data())
def test_products_of_words_have_dot_depth_one(data):
    words = st.lists(st.text("ab", min_size=1, max_size=2), min_size=1, max_size=3)
    regexes = st.lists(words.map(lambda found: ".*".join(found)), min_size=1, max_size=2)
    pattern = "|".join(data.draw(regexes))
    automaton = minimize(compile_regex(pattern, "ab"))
    if data.draw(st.booleans()):
        automaton = complement(automaton)
    assume(len(syntactic_monoid(automaton)) <= 300)
    assert is_dot_depth_one(automaton)


@examples(40)
@given(automata(max_states=4), automata(max_states=4))
def test_closure(first, second):
    both = intersection(first, second)
    assume(len(syntactic_monoid(both)) <= 300)
    for name in ("strictly-local", "strictly-piecewise"):
        if PROPERTIES.get(name)(first, 2_000) and PROPERTIES.get(name)(second, 2_000):
            assert PROPERTIES.get(name)(both, 2_000)
    either = union(first, complement(second))
    assume(len(syntactic_monoid(either)) <= 300)
    for name in ("locally-threshold-testable", "dot-depth-one", "da"):
        if PROPERTIES.get(name)(first, 2_000) and PROPERTIES.get(name)(second, 2_000):
            assert PROPERTIES.get(name)(either, 2_000)


def counts_of_factors(word: tuple[str, ...], length: int) -> Counter[tuple[str, ...]]:
    marked = ("^", *word, "$")
    return Counter(marked[i : i + length] for i in range(len(marked)))


@examples(25)
@given(PARAMETERS["required-subsequences"])
def test_no_numbers_of_factors_decide_if_words_cannot_be_exchanged(texts):
    """By definition: two words with the same factors, equally often, of which one is in."""
    automaton = get_language(f"required-subsequences:{LETTERS}:{texts[0]}").build()
    assume(automaton.n_states <= 12)
    found = is_locally_threshold_testable(automaton)
    assume(not found)
    minimal = minimize(automaton)
    for length in range(1, 6):
        e, f = found.related.loop * length, found.related.other_loop * length
        x, y, z = found.related.x, found.related.y, found.related.z
        first, second = (*e, *x, *f, *y, *e, *z, *f), (*e, *z, *f, *y, *e, *x, *f)
        assert counts_of_factors(first, length) == counts_of_factors(second, length)
        ends = [
            (left_quotient(minimal, (*prefix, *first)), left_quotient(minimal, (*prefix, *second)))
            for prefix in syntactic_monoid(minimal).words
        ]
        assert any(not are_equivalent(*pair) for pair in ends)


@given(automata(max_states=4))
def test_reversal_keeps_the_least_length(automaton):
    back = reversal(automaton)
    for decide in (is_strictly_local, is_tier_strictly_local, is_strictly_piecewise):
        first, second = decide(automaton), decide(back)
        assert bool(first) == bool(second)
        if first:
            assert first.k == second.k


@pytest.mark.parametrize(
    ("pattern", "alphabet", "k"),
    [
        ("∅", "a", 1),
        (".*", "a", 1),
        ("a*", "ab", 1),
        ("ε", "ab", 1),
        ("a.*", "ab", 2),
        ("ab|ba", "ab", 3),
    ],
)
def test_least_lengths_of_factors(pattern, alphabet, k):
    assert is_strictly_local(compile_regex(pattern, alphabet)) == StrictlyLocal(k)


@pytest.mark.parametrize("k", range(2, 7))
def test_lengths_that_are_asked_for(k):
    assert is_strictly_local(get_language(f"forbidden-factors:ab:{'a' * k}").build()).k == k
    assert is_strictly_local(get_language(f"forbidden-factors:ab:^{'a' * k}$").build()).k == k + 2
    found = is_strictly_piecewise(get_language(f"forbidden-subsequences:ab:{'ab' * k}").build())
    assert found == StrictlyPiecewise(2 * k, ("a", "b") * k)
    tier = get_language(f"forbidden-factors-on-tier:abc:ab:{'a' * k}").build()
    assert is_tier_strictly_local(tier) == TierStrictlyLocal(("a", "b"), k)
    assert not is_strictly_local(tier)


@pytest.mark.parametrize("pattern", ["∅", ".*"])
def test_nothing_and_everything_are_strictly_piecewise(pattern):
    answer = is_strictly_piecewise(compile_regex(pattern, "ab"))
    assert answer == StrictlyPiecewise(1, ())
    assert answer.check(compile_regex(pattern, "ab"))


@pytest.mark.parametrize(
    ("pattern", "alphabet", "names"),
    [
        # D. Lambert and J. Rogers 2020; J. Rogers et al. 2010; P. Tesson and D. Thérien 2002.
        (
            ".*b.*",
            "ab",
            "locally-testable locally-threshold-testable dot-depth-one j da tier-strictly-local",
        ),
        ("b*ab*", "ab", "locally-threshold-testable dot-depth-one j da tier-strictly-local"),
        ("b*ab*ab*", "ab", "locally-threshold-testable dot-depth-one j da tier-strictly-local"),
        # The order of two letters among a neutral one is no threshold of factors.
        ("c*ac*bc*", "abc", "dot-depth-one j da tier-strictly-local"),
        # The last letter among neutral ones is a flip-flop; the first and the last are alike.
        ("(.*b)?c*", "abc", "tier-strictly-local da"),
        ("c*|c*a(.*a)?c*|c*b(.*b)?c*", "abc", "da"),
        # (ab)* with neutral letters: not in DA, tier-based.
        ("c*(ac*bc*)*", "abc", "tier-strictly-local"),
        # R. Knast 1983; J. A. Brzozowski and R. Knast 1978: bounded brackets have dot-depth d.
        (
            "(ab)*",
            "ab",
            "strictly-local tier-strictly-local locally-testable "
            "locally-threshold-testable dot-depth-one",
        ),
        ("(a(ab)*b)*", "ab", ""),
        ("(a(a(ab)*b)*b)*", "ab", ""),
        # Descending subsequences.
        (
            "a*b*",
            "ab",
            "strictly-local tier-strictly-local locally-testable "
            "locally-threshold-testable dot-depth-one strictly-piecewise j da",
        ),
        ("a*b*a*", "ab", "locally-threshold-testable dot-depth-one strictly-piecewise j da"),
    ],
)
def test_known_languages(pattern, alphabet, names):
    automaton = compile_regex(pattern, alphabet)
    expected = {"j-trivial" if name == "j" else name for name in names.split()}
    asked = {
        *("strictly-local", "tier-strictly-local", "strictly-piecewise", "locally-testable"),
        *("locally-threshold-testable", "dot-depth-one", "da", "j-trivial"),
    }
    assert {name for name in asked if PROPERTIES.get(name)(automaton, 10_000)} == expected


def test_they_are_properties_of_languages():
    tracker = get_language("s3").build()
    names = [entry.id for entry in PROPERTIES if entry.of_languages]
    assert len(names) == 4
    for name in names:
        with pytest.raises(AutomatonError, match=f"{name} is a property of languages"):
            PROPERTIES.get(name)(tracker, 10)


@pytest.mark.parametrize(
    "decide", [is_in_da, is_locally_threshold_testable, is_dot_depth_one, is_strictly_piecewise]
)
def test_budget(decide):
    automaton = compile_regex("a{0,20}", "a")
    with pytest.raises(BudgetExceeded, match="at most 10 allowed"):
        decide(automaton, 10)
    assert decide(automaton, 40)


def test_a_few_elements_stand_for_many():
    assert is_locally_threshold_testable(compile_regex("c*(ac*){0,200}", "ac"))


def test_work_ends_at_fixed_limits(monkeypatch):
    from monoscan.automata.properties import (
        dot_depth_one,
        locally_threshold_testable,
        pair_walks,
        strictly_piecewise,
    )

    monkeypatch.setattr(dot_depth_one, "MAX_PRODUCTS", 3)
    monkeypatch.setattr(locally_threshold_testable, "MAX_PRODUCTS", 3)
    monkeypatch.setattr(pair_walks, "MAX_ARROWS", 3)
    monkeypatch.setattr(strictly_piecewise, "MAX_ARROWS", 3)
    automaton = get_language("tomita-4").build()
    names = ("dot-depth-one", "locally-threshold-testable", "strictly-local", "strictly-piecewise")
    for name in (*names, "tier-strictly-local"):
        with pytest.raises(BudgetExceeded) as caught:
            PROPERTIES.get(name)(automaton, 10_000)
        assert caught.value.fixed


COUNTING = PROPERTIES.get("aperiodic")(PARITY, 10)


@pytest.mark.parametrize(
    "wrong",
    [
        StrictlyLocal(0),
        StrictlyLocal(1),
        StrictlyLocal(5),
        NotStrictlyLocal((), (), ("1",), ("1",), ()),
        NotStrictlyLocal((), (), ("1",), ("1",), ("1",)),
        NotStrictlyLocal((), (), (), (), ("0",)),
        NotStrictlyLocal((), ("1",), ("1",), (), ("0",)),
        NotStrictlyLocal((), (), ("1",), ("x",), ("0",)),
        TierStrictlyLocal(("1",), 2),
        TierStrictlyLocal(("0", "1"), 2),
        TierStrictlyLocal((), 1),
        # The loop of a neutral letter is on no tier.
        NotTierStrictlyLocal(NotStrictlyLocal((), (), ("1",), ("1",), ("0",))),
        NotTierStrictlyLocal(NotStrictlyLocal((), (), ("1",), ("1",), ("1",))),
        StrictlyPiecewise(1, ()),
        StrictlyPiecewise(1, ("1",)),
        StrictlyPiecewise(0, ()),
        StrictlyPiecewise(2, ("1",)),
        NotStrictlyPiecewise((), "1", ()),
        NotStrictlyPiecewise((), "0", ()),
        NotStrictlyPiecewise((), "x", ("1",)),
        InDA(2),
        InDA(3),
        NotInDA(Returns(("0",), ("1",))),
        NotInDA(Returns(("1",), ("0", "x"))),
        LocallyThresholdTestable(2),
        LocallyThresholdTestable(1),
        NotLocallyThresholdTestable(Exchange(("0",), ("0",), ("1",), ("1",), ("1",))),
        NotLocallyThresholdTestable(Exchange((), ("0",), ("1",), ("1",), ("1",))),
        DotDepthOne(2),
        DotDepthOne(9),
        NotDotDepthOne(Knast((), ("0",), ("1",), ("1",), (), ())),
        NotDotDepthOne(Knast(("1",), ("0",), ("1",), ("1",), (), ())),
        NotDotDepthOne(Knast(("0",), ("0",), ("0",), ("0",), ("0",), ("0",))),
    ],
)
def test_wrong_witnesses_about_parity_are_rejected(wrong):
    assert not wrong.check(PARITY)


@pytest.mark.parametrize(
    "wrong",
    [
        StrictlyLocal(1),
        StrictlyLocal(3),
        TierStrictlyLocal(("a",), 2),
        TierStrictlyLocal(("b", "a"), 2),
        TierStrictlyLocal(("a", "b"), 3),
        NotInDA(Returns((), ())),
        NotInDA(COUNTING),
        InDA(6),
        NotStrictlyPiecewise(("a",), "b", ("a",)),
        NotDotDepthOne(Knast(("a", "b"), ("b", "a"), ("a",), ("b",), ("a",), ("b",))),
    ],
)
def test_wrong_witnesses_about_ab_star_are_rejected(wrong):
    assert not wrong.check(AB_STAR)


def test_slow_checks_stop():
    large = get_language("dyck-2-3").build()
    with pytest.raises(BudgetExceeded, match="in a slow check"):
        LocallyThresholdTestable(202).check(compile_regex("c*(ac*){0,200}", "ac"))
    assert not InDA(285).check(large)
