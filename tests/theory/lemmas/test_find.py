"""`find` on random automata and on the zoo: right witnesses, and none where there is none."""

from __future__ import annotations

from functools import cache

import pytest
from helpers.certificate_parts import load_checker
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, BudgetExceeded, get_language, is_aperiodic, minimize
from monoscan.automata.properties.quasi_aperiodic import is_quasi_aperiodic
from monoscan.automata.properties.solvable import is_solvable
from monoscan.automata.properties.two_groups import has_only_two_groups
from monoscan.automata.sources import group_word_problem
from monoscan.errors import BadValue
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.registry import UnknownId
from monoscan.strategies.automata import automata
from monoscan.theory.lemmas import (
    Depth,
    Obstruction,
    cycles,
    find,
    find_by,
    get_lemma,
    lemmas,
)
from monoscan.theory.lemmas.cycles import Cycle
from monoscan.theory.lemmas.groups import Group
from monoscan.theory.lemmas.search import SPECTRAL_CLASSES, _applicable, _class_and_larger_ones
from monoscan.theory.lemmas.symmetric_five import SymmetricFive
from monoscan.theory.lemmas.unsettled import Unsettled
from monoscan.theory.model_classes import all_model_classes, get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question, Verdict
from monoscan.theory.windows import Windows

QUESTIONS: list[tuple[str, str, Depth]] = [
    (model_class.replace("N", "5"), semantics, depth)
    for lemma in lemmas()
    for model_class in lemma.classes
    for semantics in lemma.semantics
    for depth in ((1,) if lemma.only_depth_1 else ("any", 1, 2))
]
SMALL = automata(max_states=5)


@cache
def language(name: str) -> Automaton:
    return get_language(name).build()


def verdict(found: Obstruction) -> str:
    certificate = obstruction_certificate(found)
    return str(load_checker().check(certificate.text().encode()).verdict)


@examples(60)
@given(SMALL, st.sampled_from(QUESTIONS))
def test_the_checker_accepts_every_obstruction(
    automaton: Automaton, question: tuple[str, str, Depth]
) -> None:
    found = find(automaton, *question)
    if found is not None:
        assert verdict(found) == "incomplete"


@examples(60)
@given(automata(alphabet=("a", "b", "c"), max_states=6))
def test_a_cycle_is_found_exactly_if_the_language_is_not_aperiodic(automaton: Automaton) -> None:
    found = find(automaton, "householder-product-3-nonnegative")
    assert (found is None) == bool(is_aperiodic(automaton))
    assert found is None or found.lemma == "psd-products-aperiodic"


@examples(60)
@given(automata(max_states=6))
def test_real_classes_are_obstructed_exactly_if_not_all_groups_are_2_groups(
    automaton: Automaton,
) -> None:
    assert (find(automaton, "triangular-real") is None) == bool(has_only_two_groups(automaton))


@examples(60)
@given(automata(max_states=5))
def test_complex_classes_are_obstructed_exactly_if_a_group_is_not_solvable(
    automaton: Automaton,
) -> None:
    assert (find(automaton, "diagonal-complex") is None) == bool(is_solvable(automaton))


@examples(60)
@given(automata(max_states=5))
def test_mixed_classes_are_obstructed_exactly_if_not_quasi_aperiodic(automaton: Automaton) -> None:
    assert (find(automaton, "mixed-diagonal") is None) == bool(is_quasi_aperiodic(automaton))


@examples(60)
@given(automata(max_states=5))
def test_letters_that_are_no_idempotents_are_found(automaton: Automaton) -> None:
    table = minimize(automaton).table.T
    idempotent = all((column[column] == column).all() for column in table)
    found = find(automaton, "diagonal-nonnegative")
    assert (found is None) == (idempotent and bool(is_aperiodic(automaton)))


STABLE = ("diagonal-open", "diagonal-real-open", "diagonal-complex-open", "rwkv-7-released")


@examples(80)
@given(automata(max_states=4), st.sampled_from(STABLE))
def test_stable_classes_are_obstructed_exactly_if_more_than_the_last_letter_counts(
    automaton: Automaton, name: str
) -> None:
    """So each language is decided: one of the constructions is there where no lemma is."""
    table = minimize(automaton).table
    free = len(table) == 1 if name == "diagonal-open" else bool((table == table[0]).all())
    for depth in (1, 2, "any"):
        found = Predictor(automaton).predict(Question(get_model_class(name), depth))
        assert found.verdict is (Verdict.EXPRESSIBLE if free else Verdict.NOT_EXPRESSIBLE)


@examples(40)
@given(SMALL, st.sampled_from(QUESTIONS))
def test_fewer_layers_are_obstructed_as_well(
    automaton: Automaton, question: tuple[str, str, Depth]
) -> None:
    model_class, semantics, _ = question
    obstructed = [
        find(automaton, model_class, semantics, depth) is not None for depth in (1, 2, 3, "any")
    ]
    assert obstructed == sorted(obstructed, reverse=True)


@pytest.mark.parametrize(
    ("name", "model_class", "semantics", "depth", "lemma"),
    [
        ("parity", "diagonal-nonnegative", "exact", "any", "psd-products-aperiodic"),
        ("parity", "diagonal-nonnegative", "op-round", "any", "monotone-rounding"),
        ("parity", "householder-product-4-nonnegative", "exact", "any", "psd-products-aperiodic"),
        ("parity", "mixed-diagonal", "exact", "any", "mixed-quasi-aperiodic"),
        ("parity", "diagonal-open", "exact", "any", "open-diagonal-one-state"),
        ("ends-with-1", "diagonal-open", "exact", "any", "open-diagonal-one-state"),
        ("parity", "diagonal-real-open", "exact", "any", "strictly-stable-letters"),
        ("count-mod-3", "diagonal-complex-open", "exact", "any", "strictly-stable-letters"),
        ("even-pairs", "diagonal-complex-open", "exact", 1, "strictly-stable-letters"),
        ("flip-flop", "rwkv-7-released", "exact", 2, "strictly-stable-letters"),
        ("ends-with-1", "rwkv-7-released", "exact", "any", None),
        ("parity", "householder-open", "exact", "any", "open-range-no-groups"),
        (
            "parity",
            "gated-householder-product-4-nonnegative",
            "exact",
            "any",
            "psd-products-aperiodic",
        ),
        (
            "ends-with-ab",
            "gated-householder-product-2-nonnegative",
            "exact",
            "any",
            "idempotent-letters",
        ),
        ("ends-with-ab", "gated-householder-product-3-nonnegative", "exact", "any", None),
        (
            "even-pairs",
            "gated-householder-product-3-nonnegative",
            "exact",
            1,
            "one-layer-contractions",
        ),
        ("parity", "spectrum-nonnegative", "cast-unrolled", "any", "sign-lemma"),
        ("parity", "symmetric-spectrum-in-0-1", "seq-round", 2, "psd-lemma"),
        ("ends-with-ab", "diagonal-nonnegative", "exact", "any", "idempotent-letters"),
        ("ends-with-ab", "householder-open", "exact", "any", "idempotent-letters"),
        ("ends-with-ab", "householder-product-3-nonnegative", "exact", "any", None),
        ("ends-with-ab", "householder", "exact", 1, "one-layer-letter-index"),
        ("ends-with-ab", "householder", "exact", 2, None),
        ("even-pairs", "diagonal-nonnegative", "exact", 1, "one-layer-diagonal-complex"),
        ("even-pairs", "diagonal-nonnegative", "exact", 2, None),
        ("even-pairs", "householder-product-4", "exact", 1, "one-layer-contractions"),
        ("even-pairs", "householder-product-4-nonnegative", "exact", 1, "one-layer-contractions"),
        ("ends-with-ab", "time-invariant-diagonal", "exact", "any", "time-invariant-length-only"),
        ("parity", "householder", "exact", 1, None),
        ("count-mod-3", "householder", "exact", 1, "one-reflection-order-two"),
        ("count-mod-3", "householder", "exact", 2, None),
        ("count-mod-3", "triangular-real", "exact", "any", "real-spectrum-two-groups"),
        ("count-mod-4", "triangular-real", "exact", 1, "real-spectrum-two-groups"),
        ("count-mod-4", "triangular-real", "exact", 2, None),
        ("count-mod-3", "diagonal-complex", "exact", 1, None),
        ("q8", "diagonal-real", "exact", 1, "real-spectrum-two-groups"),
        ("s3", "diagonal-complex", "exact", 1, "diagonal-derived-length"),
        ("s3", "diagonal-complex", "exact", 2, None),
        ("s4", "diagonal-complex", "exact", 2, "diagonal-derived-length"),
        ("s4", "diagonal-complex", "exact", 3, None),
        ("a5", "triangular-complex", "exact", "any", "diagonal-derived-length"),
        ("s5", "householder-product-3", "exact", 1, "s5-four-householders"),
        ("s5", "householder-product-4", "exact", 1, None),
        ("s5", "householder-product-3", "exact", 2, None),
        ("s5", "diagonal-householder", "exact", 1, "s5-four-householders"),
        ("s5-swaps", "householder-product-2", "exact", 1, None),
        ("s5", "dense", "exact", 1, None),
        ("parity", "householder-nonnegative", "op-round", "any", None),
    ],
)
def test_known_answers(
    name: str, model_class: str, semantics: str, depth: Depth, lemma: str | None
) -> None:
    found = find(language(name), model_class, semantics, depth)
    assert (found.lemma if found else None) == lemma
    assert found is None or verdict(found) == "incomplete"


def test_elementary_abelian_factors_are_counted_apart_from_cycles() -> None:
    # All elements of D4 have orders 1, 2, 4: depth 2 is enough for the cycles and for the group.
    # The dihedral group of 8 points needs 3 layers, by a cycle of 8 as well as by its series.
    assert find(language("d4"), "diagonal-real", depth=2) is None
    assert find(language("d4"), "diagonal-real", depth=1) is not None
    # The letters of this group of order 8 have order 2, and all its cycles have length at most 4.
    group = group_word_problem({"s": "(1,2)", "t": "(1,3)(2,4)"}, output="element")
    found = find(group, "diagonal-real", depth=1)
    assert found is not None
    assert find(group, "diagonal-real", depth=2) is None


def test_a_class_inside_another_inherits_its_obstructions() -> None:
    found = find(language("count-mod-3"), "diagonal-real", depth=1)
    assert found is not None
    assert (found.model_class, found.lemma) == ("diagonal-real", "real-spectrum-two-groups")
    found = find(language("count-mod-3"), "diagonal-real", depth=1)
    assert found is not None
    s5 = find(language("s5"), "gated-householder", depth=1)
    assert s5 is not None
    assert s5.lemma == "one-reflection-order-two"  # which says more than s5-four-householders


def test_the_words_and_numbers_of_witnesses() -> None:
    found = find(language("s5"), "householder-product-3", depth=1)
    assert found is not None
    assert isinstance(found.witness, SymmetricFive)
    assert str(found) == f"{found.witness} (s5-four-householders)"
    with pytest.raises(ValueError, match="expected at least 2 different states"):
        Cycle(("a",), (1, 1))
    with pytest.raises(ValueError, match="give at least one"):
        Group((), (0,))
    assert str(Unsettled((), ("1",))) == "the outputs along 1^n never settle"
    assert str(Unsettled(("1", "0"), ("1",))) == "the outputs along 10 1^n never settle"
    assert str(Group((("a",),), (0,))) == "a generates a group on 1 state"
    many = Group(tuple((letter,) for letter in "abcde"), (0, 1), "that is not solvable")
    assert str(many) == "a, b, c, d, ... generate a group that is not solvable"


@pytest.mark.parametrize(
    ("id", "model_class", "depth", "words"),
    [
        ("a5", "diagonal-complex", "any", "generate a group that is not solvable"),
        ("s4", "diagonal-complex", 2, "generate a group of derived length 3"),
    ],
)
def test_what_is_wrong_with_a_group(id: str, model_class: str, depth: Depth, words: str) -> None:
    found = find(language(id), model_class, depth=depth)
    assert found is not None
    assert str(found.witness).endswith(words)
    assert "()" not in str(found.witness)


def test_what_is_wrong_with_a_two_group() -> None:
    lemma, real = "elementary-two-series", "diagonal-real"
    found = find_by(lemma, language("q8"), real, depth=1)
    assert found is not None
    assert str(found.witness).endswith(
        "a group whose series of squares and commutators has 2 steps"
    )
    found = find_by(lemma, language("s3"), real, depth=1)
    assert found is not None
    assert str(found.witness).endswith("a group that is no 2-group")


@pytest.mark.parametrize("depth", [0, -1, 1001, "all"])
def test_a_depth_that_is_none(depth: Depth) -> None:
    with pytest.raises(BadValue, match="expected any, or a number of layers from 1 to 1,000"):
        find(language("parity"), "diagonal-nonnegative", depth=depth)


def test_unknown_names() -> None:
    with pytest.raises(UnknownId):
        find(language("parity"), "mambo")
    with pytest.raises(UnknownId, match="nearest: psd-lemma"):
        get_lemma("psd-lema")
    with pytest.raises(ValueError, match="forbids nothing"):
        get_lemma("scherk")


def test_over_budget_says_so_unless_something_else_was_found() -> None:
    with pytest.raises(BudgetExceeded):
        find(language("ends-with-ab"), "householder-product-3-nonnegative", budget=3)
    found = find(language("ends-with-ab"), "diagonal-nonnegative", budget=3)
    assert found is not None
    assert found.lemma == "idempotent-letters"


def test_a_group_too_large_for_the_checker_is_over_budget() -> None:
    table = [[(q + 1) % 9, {0: 1, 1: 0}.get(q, q)] for q in range(9)]
    s9 = Automaton("ct", table, [q == 0 for q in range(9)])
    with pytest.raises(BudgetExceeded, match="50"):
        find(s9, "diagonal-complex")


@pytest.mark.parametrize("semantics", ["exact", "op-round", "seq-round", "cast-unrolled"])
@pytest.mark.parametrize("depth", [1, 2, "any"])
@pytest.mark.parametrize("windows", [(1, 1), (1, 4), (4, 1), (2, 2)])
def test_every_lemma_about_a_question_is_asked(
    semantics: str, depth: Depth, windows: Windows
) -> None:
    for model_class in (*SPECTRAL_CLASSES, *(entry.id for entry in all_model_classes())):
        asked = list(_applicable(model_class, semantics, depth, windows))
        nearest = [
            (lemma, name)
            for name in _class_and_larger_ones(model_class)
            for lemma in lemmas()
            if lemma.is_about(semantics, name) and (depth == 1 or not lemma.only_depth_1)
            if lemma.holds_with(windows)
        ]
        assert asked == [pair for i, pair in enumerate(nearest) if pair[0] not in dict(nearest[:i])]


def test_the_checker_has_the_same_lemmas() -> None:
    theirs = load_checker().LEMMAS
    assert {lemma.id for lemma in lemmas()} == set(theirs)
    for lemma in lemmas():
        known = theirs[lemma.id]
        names = {pattern.replace("N", str(n)) for pattern in lemma.classes for n in range(2, 65)}
        assert names == set(known.classes)
        assert set(lemma.semantics) == set(known.semantics)
        assert lemma.witness.type == known.witness
        assert lemma.only_depth_1 == known.only_depth_1
        assert lemma.wide == known.wide
        assert not lemma.is_about("exact", "householder-product-65-nonnegative")
        assert not lemma.is_about("exact", "householder-product-1-nonnegative")


@pytest.mark.slow
@examples(30)
@given(automata(alphabet=("a", "b", "c"), max_states=5))
def test_the_checker_accepts_every_obstruction_of_every_class(automaton: Automaton) -> None:
    for question in QUESTIONS:
        found = find(automaton, *question)
        if found is not None:
            assert verdict(found) == "incomplete", question


def test_the_search_for_cycles_is_bounded_by_its_work(monkeypatch):
    # 8 states and 3 squarings a word: the identity and the letter are 48 images.
    chain = Automaton("a", [[min(n + 1, 7)] for n in range(8)], [n == 7 for n in range(8)])
    monkeypatch.setattr(cycles, "MAX_WORK", 47)
    with pytest.raises(BudgetExceeded, match="48 images of 8 states under powers of words found"):
        cycles.first_cycle(chain, 1, budget=100)
    monkeypatch.setattr(cycles, "MAX_WORK", 8 * 24)
    assert cycles.first_cycle(chain, 1, budget=100) is None
