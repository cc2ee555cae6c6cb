"""Reading and writing words and alphabets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import AlphabetError, WordError, format_word, parse_alphabet, parse_word


@pytest.mark.parametrize(
    ("text", "alphabet"),
    [
        ("01", ("0", "1")),
        ("0,1", ("0", "1")),
        ("swap,rot", ("swap", "rot")),
        ("a", ("a",)),
        ("swap,a", ("swap", "a")),
        (r"a\,", ("a", ",")),
        (r"a,\,", ("a", ",")),
        (r"\\,b", ("\\", "b")),
        ("*|~", ("*", "|", "~")),
        ("ε", ("ε",)),
    ],
)
def test_parse_alphabet(text, alphabet):
    assert parse_alphabet(text) == alphabet


@pytest.mark.parametrize(
    ("text", "problem", "position"),
    [
        ("0,,1", "a letter is empty here", 2),
        ("0,1,", "a letter is empty here", 4),
        (",", "a letter is empty here", 0),
        ("010", "'0' occurs twice", 2),
        ("ab,c,ab", "'ab' occurs twice", 5),
        ("0, 1", "white space", 2),
        ("0\\ 1", "white space", 2),
        ("0\\", "the backslash has nothing to escape", 1),
    ],
)
def test_parse_alphabet_points_at_the_mistake(text, problem, position):
    with pytest.raises(AlphabetError, match=problem) as caught:
        parse_alphabet(text)
    assert str(caught.value).endswith(f"\n  {text}\n  {' ' * position}^")


def test_empty_alphabet():
    with pytest.raises(AlphabetError, match="the alphabet is empty; write letters as in 01"):
        parse_alphabet("")


@pytest.mark.parametrize(
    ("text", "alphabet", "word"),
    [
        ("0110", "01", ("0", "1", "1", "0")),
        (" 01 10 ", "01", ("0", "1", "1", "0")),
        ("", "01", ()),
        ("ε", "01", ()),
        (" ε ", ["swap"], ()),
        ("ε", "ε", ("ε",)),
        ("", "ε", ()),
        ("swap rot\tswap", ["swap", "rot"], ("swap", "rot", "swap")),
    ],
)
def test_parse_word(text, alphabet, word):
    assert parse_word(text, alphabet) == word


@pytest.mark.parametrize(
    ("text", "alphabet", "problem", "position"),
    [
        ("0121", "01", r"'2' is not in the alphabet \{0, 1\}\n", 2),
        ("swap swop", ["swap", "rot"], r"'swop' .*; separate the letters by blanks\n", 5),
        ("swaprot", ["swap", "rot"], "'swaprot' is not", 0),
        ("0ε", "01", "'ε' is not", 1),
    ],
)
def test_parse_word_points_at_the_mistake(text, alphabet, problem, position):
    with pytest.raises(WordError, match=problem) as caught:
        parse_word(text, alphabet)
    assert str(caught.value).endswith(f"\n  {text}\n  {' ' * position}^")


def test_long_texts_are_shown_around_the_mistake():
    with pytest.raises(WordError) as caught:
        parse_word("0" * 500 + "2" + "1" * 500, "01")
    _, shown, caret = str(caught.value).split("\n")
    assert len(shown) < 90
    assert shown[caret.index("^")] == "2"
    assert shown.startswith("  ...0")
    assert shown.endswith("1...")


@pytest.mark.parametrize("alphabet", [("0", "1"), ("swap", "rot", "x"), ("ε", "a"), (",", "\\")])
@given(data=st.data())
def test_words_survive_a_round_trip(alphabet, data):
    word = tuple(data.draw(st.lists(st.sampled_from(alphabet))))
    assert parse_word(format_word(word, alphabet), alphabet) == word


def test_format_word_rejects_other_letters():
    with pytest.raises(AlphabetError, match="'2' is not in the alphabet"):
        format_word("02", "01")
