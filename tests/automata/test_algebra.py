"""Boolean operations, products, reversal, letter maps and quotients, on all short words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    AlphabetError,
    Automaton,
    AutomatonError,
    BudgetExceeded,
    compile_regex,
    get_language,
    is_minimal,
)
from monoscan.automata.algebra import (
    complement,
    difference,
    intersection,
    inverse_letter_map,
    left_quotient,
    paired,
    product,
    reversal,
    right_quotient,
    symmetric_difference,
    union,
)
from monoscan.automata.steps import automaton_from_steps
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

LETTERS = ("a", "b")
WORDS = list(words_up_to(LETTERS, 5))
GROUP = get_language("s3").build()

acceptors = automata()
moore = automata(outputs=("x", "y", "z"))
short_words = st.lists(st.sampled_from(LETTERS), max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("operation", "truth"),
    [
        (union, lambda x, y: x or y),
        (intersection, lambda x, y: x and y),
        (difference, lambda x, y: x and not y),
        (symmetric_difference, lambda x, y: x is not y),
    ],
    ids=["union", "intersection", "difference", "symmetric_difference"],
)
@given(a=acceptors, b=acceptors)
def test_boolean_operations(operation, truth, a, b):
    result = operation(a, b)
    assert is_minimal(result)
    for word in WORDS:
        assert result.accepts(word) is truth(a.accepts(word), b.accepts(word))


@given(acceptors)
def test_complement(a):
    assert complement(complement(a)) == a
    assert all(complement(a).accepts(word) is not a.accepts(word) for word in WORDS)


@given(acceptors, moore)
def test_product_pairs_the_outputs(a, b):
    both = product(a, b)
    assert both.n_states <= a.n_states * b.n_states
    for word in WORDS:
        assert both.output(word) == paired(a.output(word), b.output(word))


@given(moore, moore)
def test_product_with_another_output(a, b):
    same = product(a, b, output=lambda x, y: x == y)
    assert all(same.accepts(word) is (a.output(word) == b.output(word)) for word in WORDS)


def test_paired_outputs_are_never_confused():
    values = [True, False, "True", "a", "a', 'b", "b", "(True, 'a')", ""]
    assert len({paired(x, y) for x in values for y in values}) == len(values) ** 2


def test_alphabets_may_be_ordered_differently():
    a = compile_regex("a*b", "ab")
    b = compile_regex("ab*", "ba")
    assert union(a, b).alphabet == ("a", "b")
    assert union(a, b) == compile_regex("a*b|ab*", "ab")
    assert product(a, b).output("ab") == "(True, True)"


@given(st.one_of(acceptors, moore))
def test_reversal(a):
    turned = reversal(a)
    assert is_minimal(turned)
    for word in WORDS:
        assert turned.output(word) == a.output(word[::-1])


def test_reversal_of_known_languages():
    assert reversal(get_language("starts-with-a").build()) == compile_regex(".*a", "ab")
    # The classic: the nth letter is 1, against the nth letter from the end.
    pattern = "...1.*"
    assert reversal(compile_regex(pattern, "01")).n_states == 16


def test_reversal_has_a_budget():
    forwards = compile_regex("." * 12 + "1.*", "01")
    with pytest.raises(BudgetExceeded, match="1001 states of the reversal found, at most 1000"):
        reversal(forwards, budget=1000)


@given(st.one_of(acceptors, moore), short_words, short_words)
def test_inverse_letter_map(a, first, second):
    images = {"x": first, "yy": second}
    mapped = inverse_letter_map(a, images)
    assert mapped.alphabet == ("x", "yy")
    for word in words_up_to(("x", "yy"), 4):
        image = [letter for symbol in word for letter in images[symbol]]
        assert mapped.output(word) == a.output(image)


@given(st.one_of(acceptors, moore), short_words)
def test_quotients(a, prefix):
    left, right = left_quotient(a, prefix), right_quotient(a, prefix)
    for word in WORDS:
        assert left.output(word) == a.output(prefix + word)
        assert right.output(word) == a.output(word + prefix)


def test_automaton_from_steps_numbers_breadth_first():
    two = automaton_from_steps(LETTERS, 0, lambda n, letter: (2 * n + letter + 1) % 5, str)
    for word in WORDS:
        value = 0
        for letter in word:
            value = (2 * value + LETTERS.index(letter) + 1) % 5
        assert two.output(word) == str(value)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: complement(GROUP), AutomatonError, "outputs strings such as '\\(\\)', so it"),
        (lambda: union(GROUP, GROUP), AutomatonError, "Boolean operations need acceptors"),
        (
            lambda: intersection(Automaton("a", [[0]], (True,)), Automaton("b", [[0]], (True,))),
            AlphabetError,
            "different alphabets, {a} and {b}.*inverse_letter_map",
        ),
        (
            lambda: product(GROUP, GROUP, budget=3),
            BudgetExceeded,
            "4 pairs of states of the product found, at most 3",
        ),
        (
            lambda: union(Automaton("a", [[0]], (True,)), Automaton("a", [[0]], (True,)), budget=0),
            ValueError,
            "budget is 0",
        ),
        (lambda: inverse_letter_map(GROUP, {}), AlphabetError, "the alphabet is empty"),
        (
            lambda: inverse_letter_map(GROUP, {"a b": ()}),
            AlphabetError,
            "letter 'a b' holds white space",
        ),
        (lambda: inverse_letter_map(GROUP, {"a": "q"}), AlphabetError, "letter 'q' is not in"),
        (lambda: left_quotient(GROUP, ["q"]), AlphabetError, "letter 'q' is not in"),
        (lambda: right_quotient(GROUP, ["q"]), AlphabetError, "letter 'q' is not in"),
        (
            lambda: automaton_from_steps("a", 0, lambda n, _: n + 1, str, budget=7),
            BudgetExceeded,
            "8 states of the automaton found, at most 7",
        ),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
