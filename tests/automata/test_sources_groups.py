"""Permutations and word problems of groups, against sympy and against plain composition."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy.combinatorics import Permutation as SympyPermutation
from sympy.combinatorics import PermutationGroup

from monoscan.automata import AlphabetError, AutomatonError, BudgetExceeded, is_minimal
from monoscan.automata.sources import (
    Permutation,
    PermutationError,
    group_elements,
    group_word_problem,
    modular_arithmetic,
    parse_permutation,
)
from monoscan.theory.lrnn import words_up_to

of_five = st.permutations(range(1, 6)).map(lambda images: Permutation(tuple(images)))
of_any_degree = st.integers(0, 9).flatmap(
    lambda n: st.permutations(range(1, n + 1)).map(lambda images: Permutation(tuple(images)))
)


@given(of_any_degree)
def test_cycle_notation_round_trip(permutation):
    assert parse_permutation(str(permutation), permutation.degree) == permutation
    blanks = str(permutation).replace(",", " ")
    assert parse_permutation(blanks, permutation.degree) == permutation


@given(of_five, of_five)
def test_products_act_from_left_to_right(first, second):
    product = first * second
    for point in range(1, 6):
        assert product.images[point - 1] == second.images[first.images[point - 1] - 1]


@given(st.lists(of_five, min_size=1, max_size=3))
def test_orders_of_groups_against_sympy(generators):
    reference = PermutationGroup(
        [SympyPermutation([image - 1 for image in g.images]) for g in generators]
    )
    elements = group_elements(generators)
    assert len(set(elements)) == len(elements) == reference.order()
    assert elements[0] == Permutation((1, 2, 3, 4, 5))


@given(st.lists(of_five, min_size=1, max_size=3, unique=True), st.data())
def test_word_problems_against_composition(generators, data):
    letters = {f"g{number}": generator for number, generator in enumerate(generators)}
    automaton = group_word_problem(letters)
    identity = group_word_problem(letters, output="is-identity")
    assert is_minimal(automaton)
    assert is_minimal(identity)
    for _ in range(5):
        word = data.draw(st.lists(st.sampled_from(sorted(letters)), max_size=12))
        product = Permutation((1, 2, 3, 4, 5))
        for letter in word:
            product *= letters[letter]
        assert automaton.output(word) == str(product)
        assert identity.accepts(word) is (str(product) == "()")


def test_letters_may_be_any_subset_in_any_order():
    automaton = group_word_problem(["(4,5)", "(1,2,3)"])
    assert automaton.alphabet == ("(4,5)", "(1,2,3)")
    assert automaton.n_states == 6
    assert group_word_problem(["()"]).outputs == ("()",)


def test_the_output_can_be_the_letter():
    automaton = group_word_problem({"e": "()", "x": "(1,2)"}, output="letter")
    assert [automaton.output(word) for word in words_up_to(("e", "x"), 1)] == ["e", "e", "x"]


def test_large_frontiers_are_cut_into_blocks(monkeypatch):
    from monoscan.automata.sources import permutations as module

    letters = [Permutation(images) for images in permutations(range(1, 5))]
    whole = group_word_problem(letters)
    monkeypatch.setattr(module, "_PRODUCTS_AT_ONCE", 1)
    assert group_word_problem(letters) == whole


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: Permutation((1, 1, 2)), PermutationError, "1 and 2 have the same image 1"),
        (lambda: Permutation((0, 1)), PermutationError, "the image of 1 is 0; images are the num"),
        (lambda: Permutation((1, 2.0)), PermutationError, "the image of 2 is 2.0"),
        (lambda: Permutation((2, True)), PermutationError, "the image of 2 is True"),
        (lambda: Permutation(tuple(range(1, 1002))), PermutationError, "at most 1000 are allowed"),
        (lambda: Permutation((1,)) * Permutation((1, 2)), PermutationError, r"extended\(...\)"),
        (lambda: parse_permutation("(1,2"), PermutationError, r"as \(1,2,3\).*\n  \(1,2\n      \^"),
        (lambda: parse_permutation("(1,a)"), PermutationError, r"\n  \(1,a\)\n     \^"),
        (
            lambda: parse_permutation("1 2 3"),
            PermutationError,
            r"in cycles.*\n  1 2 3\n  \^",
        ),
        (lambda: parse_permutation("(1,,2)"), PermutationError, "one comma or blank between"),
        (lambda: parse_permutation("(1,2,1)"), PermutationError, "point 1 occurs twice in this"),
        (lambda: parse_permutation("(1,2)(2,3)"), PermutationError, "point 2 is in two cycles"),
        (lambda: parse_permutation("(0,1)"), PermutationError, "points are the numbers 1..1000"),
        (lambda: parse_permutation("(1,6)", 5), PermutationError, "points are the numbers 1..5"),
        (lambda: parse_permutation(f"({'9' * 5000})"), PermutationError, "the numbers 1..1000"),
        (lambda: group_elements([]), PermutationError, "no generators are given"),
        (lambda: group_elements([(2, 1)]), PermutationError, r"\(2, 1\) is no permutation; write"),
        (lambda: group_word_problem({}), AlphabetError, "the alphabet is empty"),
        (lambda: group_word_problem({"a b": "(1,2)"}), AlphabetError, "holds white space"),
        (
            lambda: group_word_problem(["(1,2)", "(2,1)"]),
            PermutationError,
            r"\(1,2\) is given twice as a letter",
        ),
        (
            lambda: group_word_problem({"a": "(1,2)", "b": "(2,3)"}, output="letter"),
            PermutationError,
            "needs each of the 6 elements of the group as exactly one letter; 2 elements have one",
        ),
        (
            lambda: group_word_problem({"a": "(1,2)"}, output="points"),
            PermutationError,
            "the output 'points' is unknown; expected 'element', 'letter' or 'is-identity'",
        ),
        (
            lambda: group_word_problem({"a": "(1,2)", "b": "(1,2,3,4,5,6)"}, budget=100),
            BudgetExceeded,
            "elements of the group found, at most 100 allowed",
        ),
        (lambda: modular_arithmetic(1), AutomatonError, "the modulus is 1; it must be from 2 to"),
        (lambda: modular_arithmetic(101), AutomatonError, "the modulus is 101; it must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
