"""Languages as values: operators say of words what they mean; equal languages are one value."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

import monoscan as ms
from monoscan.automata import AlphabetError, AutomatonError, WordError, with_alphabet
from monoscan.errors import BadValue
from monoscan.face.language import Language
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

LONGEST = 5
LANGUAGES = automata(max_states=5).map(Language)
WORDS = list(words_up_to(("a", "b"), LONGEST))
WORD = st.lists(st.sampled_from("ab"), max_size=4)

OPERATORS = {
    "|": (lambda x, y: x | y, lambda x, y: x or y),
    "&": (lambda x, y: x & y, lambda x, y: x and y),
    "-": (lambda x, y: x - y, lambda x, y: x and not y),
    "^": (lambda x, y: x ^ y, lambda x, y: x != y),
}


@pytest.mark.parametrize("sign", OPERATORS)
@given(LANGUAGES, LANGUAGES)
def test_boolean_operators_by_words(sign, x, y):
    combine, of_words = OPERATORS[sign]
    found = combine(x, y)
    assert all((word in found) == of_words(word in x, word in y) for word in WORDS)


@given(LANGUAGES)
def test_complement_and_reversal_by_words(x):
    outside, backwards = ~x, x.reversal()
    for word in WORDS:
        assert (word in outside) != (word in x)
        assert (word in backwards) == (word[::-1] in x)
    assert ~outside == x == backwards.reversal()


@given(LANGUAGES, LANGUAGES)
def test_product_and_star(x, y):
    assert (x * y).reversal() == y.reversal() * x.reversal()
    assert x.star() == (x * x.star()) | ms.regex("ε", "ab")


@given(LANGUAGES, WORD)
def test_quotients_by_words(x, prefix):
    left, right = x.left_quotient(prefix), x.right_quotient(prefix)
    for word in WORDS[:31]:
        assert (word in left) == ((*prefix, *word) in x)
        assert (word in right) == ((*word, *prefix) in x)


@given(LANGUAGES, LANGUAGES)
def test_order_equality_and_the_word_that_tells_apart(x, y):
    inside = all(word in y for word in WORDS if word in x)
    if x <= y:
        assert inside
    else:
        # A word of x - y has at most as many letters as there are pairs of states.
        assert (x - y).words(1)
    assert (x < y) == (x <= y and not y <= x) == (y > x)
    assert (x == y) == (x <= y and y <= x) == (x.difference_word(y) is None)
    assert x & y <= x <= x | y
    if x == y:
        assert hash(x) == hash(y)
    else:
        word = x.difference_word(y)
        assert x.output(word) != y.output(word)


@given(LANGUAGES)
def test_the_order_of_letters_does_not_count(x):
    turned = Language(with_alphabet(x.automaton, "ba"))
    assert turned == x
    assert hash(turned) == hash(x)
    assert turned | x == x


@given(LANGUAGES)
def test_values_can_be_copied_and_say_what_they_are(x):
    assert pickle.loads(pickle.dumps(x)) == copy.deepcopy(x) == x
    assert "\n" not in repr(x)
    assert x.is_empty == ("accepts no word" in repr(x))


def test_names_and_other_values_in_comparisons():
    assert Language(ms.language("parity").automaton, "another name") == ms.language("parity")
    assert ms.regex("0*", "01") != ms.regex("0*", "0")
    assert ms.language("parity") != "parity"


def test_a_set_keeps_equal_languages_once():
    assert len({ms.regex("(a|b)*", "ab"), ms.regex("(a*b*)*", "ab"), ms.regex(".*", "ba")}) == 1


def test_one_line_for_large_and_for_odd_languages():
    assert "over 120 letters" in repr(ms.language("s5"))
    assert repr(ms.regex(".*", "ab")).endswith("rejects no word")
    assert repr(ms.group("(1 2)", letters="t")) == (
        "language over {t}: 2 states; answers () to ε; answers (1,2) to t"
    )


def test_groups_answer_with_strings_until_where_chooses():
    group = ms.group("(1 2 3)", "(1 2)", letters="rs")
    turns = group.where("()", "(1,2,3)", "(1,3,2)")
    assert "rs" not in turns
    assert "rss" in turns
    for refused in (lambda: ~group, lambda: group | turns, lambda: group <= turns, group.star):
        with pytest.raises(AutomatonError, match="outputs strings such as"):
            refused()
    with pytest.raises(AutomatonError, match="use output"):
        _ = "r" in group
    with pytest.raises(ValueError, match=r"no word has the output 'r'; the outputs are '\(\)'"):
        group.where("r")


def test_other_letters_and_other_types_are_refused():
    x = ms.regex("a*", "ab")
    with pytest.raises(WordError, match="letter 'c' is not in the alphabet"):
        _ = "ac" in x
    with pytest.raises(AlphabetError, match=r"different alphabets, \{a, b\} and \{a, c\}"):
        _ = x | ms.regex("a*", "ac")
    for refused in (
        lambda: x | "a*",
        lambda: x * 3,
        lambda: x <= "a*",
        lambda: x > "a*",
    ):
        with pytest.raises(TypeError, match="Language"):
            refused()


@pytest.mark.parametrize("name", ["parity", "s3", "tomita-4", "dyck-1-2"])
def test_the_monoid_in_numbers(name):
    x = ms.language(name)
    assert x.monoid == x.analyze().monoid
    assert x.monoid.is_aperiodic == bool(x.analyze().properties["aperiodic"])


def test_words_with_an_answer_that_there_is_not() -> None:
    group = ms.group("(1 2 3)", "(1 2)")
    with pytest.raises(BadValue, match=r"output is True; expected one of '\(\)'.*\.where\(\)"):
        group.words(3)
    assert group.words(2, "()") == ("ε", "(1,2) (1,2)")
    assert (ms.regex("a", "a") - ms.regex("a", "a")).words() == ()
