"""The regular expression compiler against Python's re and against sets of words."""

from __future__ import annotations

import pickle
import re

import pytest
from automata.fa.dfa import DFA
from automata.fa.nfa import NFA
from hypothesis import assume, given
from oracles.expression_trees import LONGEST, language_up_to, print_python
from oracles.library_regex import compile_through_library

from monoscan.automata import (
    AlphabetError,
    Automaton,
    BudgetExceeded,
    RegexError,
    compile_regex,
    is_minimal,
    subsets,
)
from monoscan.automata.regex.parser import MAX_HEIGHT
from monoscan.strategies.regular_expressions import regex_trees
from monoscan.theory.lrnn import words_up_to

WORDS = ["".join(word) for word in words_up_to(("a", "b", "c"), LONGEST)]


def accepted(automaton: Automaton) -> set[str]:
    return {word for word in WORDS if automaton.accepts(word)}


@given(regex_trees(boolean=False))
def test_agrees_with_python(tree):
    automaton = compile_regex(str(tree), "abc")
    reference = re.compile(print_python(tree))
    assert accepted(automaton) == {word for word in WORDS if reference.fullmatch(word)}


@given(regex_trees(boolean=True))
def test_agrees_with_sets_of_words(tree):
    automaton = compile_regex(str(tree), "abc")
    assert is_minimal(automaton)
    assert automaton.alphabet == ("a", "b", "c")
    assert accepted(automaton) == language_up_to(tree, "abc", LONGEST)


@given(regex_trees(boolean=True))
def test_agrees_with_nondeterministic_automata_of_the_library(tree):
    pattern = str(tree)
    assert compile_regex(pattern, "abc") == compile_through_library(pattern, "abc")


@given(regex_trees(boolean=True))
def test_sets_agree_with_masks(tree):
    by_masks = compile_regex(str(tree), "abc")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsets, "LARGEST_FOR_MASKS", 0)
        assert compile_regex(str(tree), "abc") == by_masks


def library_acceptor(pattern: str, alphabet: str) -> Automaton:
    """What automata-lib makes of a pattern by itself."""
    partial = DFA.from_nfa(NFA.from_regex(pattern, input_symbols=set(alphabet)), minify=True)
    dfa = partial.to_complete().minify()
    accepts = {state: state in dfa.final_states for state in dfa.states}
    return Automaton.from_transitions(alphabet, dfa.transitions, dfa.initial_state, accepts)


@given(regex_trees(boolean=False))
def test_agrees_with_regular_expressions_of_the_library(tree):
    pattern = str(tree)
    assume("{0}" not in pattern)  # the library reads a{0} as a?
    assert compile_regex(pattern, "abc") == library_acceptor(pattern, "abc")


@pytest.mark.parametrize(
    "pattern", ["(a|b)*a(a|b){9}", "(a|b)*(aa|bb)(a|b){6}", "(a*b){3,17}", "((a|b){7})*a?"]
)
def test_larger_ones_agree_with_the_library(pattern):
    assert compile_regex(pattern, "ab") == library_acceptor(pattern, "ab")


@pytest.mark.parametrize("n_letters", [1, 3, 8, 9, 40, 300])
def test_many_letters_and_members(n_letters):
    # Widths around multiples of eight, and beyond those for which masks are used.
    letters = [f"x{number}" for number in range(n_letters)]
    for power in (1, 7, 8, 9, 40):
        one_of_each = compile_regex(f"(<x0>.*){{{power}}}", letters)
        assert one_of_each == compile_through_library(f"(<x0>.*){{{power}}}", letters)
        assert one_of_each.n_states == power + 1 + (n_letters > 1)


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        ("((((a+)+)+)+)+" + "+" * 100, "a+"),  # each plus would double the automaton if copied
        ("((a*)*|(b*)*)*", ".*&~(.*c.*)"),
        ("(ε|a*)b", "a*b"),
        ("(ba*)?", "ε|ba*"),
        ("(ba*)?c", "c|ba*c"),
        ("(ε*|ε+)+", "ε"),
        ("((ba*){1,2})*c", "((ba*)|(ba*ba*))*c"),
        ("(a*b?){0,3}", "a*b?a*b?a*b?"),
        ("(a|∅)(∅*|b)", "a|ab"),
        ("~∅~∅", ".*"),
        ("(~(a*))+", "~(a*)+"),
    ],
)
def test_loops_do_not_leak(pattern, same):
    assert compile_regex(pattern, "abc") == compile_regex(same, "abc")


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        ("~a*", "~(a*)"),
        ("~ab", "(~a)b"),
        ("~~a", "a"),
        ("a|b&c", "a|(b&c)"),
        ("a|b&ab", "a"),
        ("ab&a.", "(ab)&(a.)"),
        ("ab*", "a(b*)"),
        ("a+?", "a*"),
        ("a{2}{3}", "a{6}"),
        ("a{2,}", "aaa*"),
        ("a { 1 , 2 }", "a|aa"),
        ("a{0}", "ε"),
        ("(a?b?){2}", "a?b?a?b?"),
        ("(a?){3,}", "a*"),
        ("(a|bc){2,4}", "(a|bc)(a|bc)(a|bc)?(a|bc)?"),
        ("ε", "()"),
        ("∅", "[]"),
        ("∅*", "ε"),
        ("a∅", "∅"),
        ("∅|a", "a"),
        ("~∅", ".*"),
        ("[^]", "."),
        ("[^a-b]", "c"),
        ("[a-cb]", "."),
        ("[a-z]", "."),
        ("[ a  c ]", "a|c"),
        (r"\a<b>\c", "abc"),
        (" a\n|\tb ", "a|b"),
        (".*&~(.*aa.*)", "~(.*aa.*)"),
    ],
)
def test_notations(pattern, same):
    assert compile_regex(pattern, "abc") == compile_regex(same, "abc")


def test_complement_is_relative_to_the_whole_alphabet():
    assert compile_regex("~0*", "01").accepts("1")
    assert compile_regex("~0*", "0") == compile_regex("∅", "0")


def test_letters_of_several_characters():
    automaton = compile_regex("(<swap>.)*", ["swap", "rot"])
    assert automaton.accepts(["swap", "rot", "swap", "swap"])
    assert not automaton.accepts(["rot", "rot"])
    other = compile_regex("[^<swap>]|[<swap>]", ["swap", "rot"])
    assert other == compile_regex(".", ["swap", "rot"])
    assert compile_regex(r"<a\>b>", ["a>b"]).accepts(["a>b"])


@pytest.mark.parametrize("letter", list("()|&~*+?{}[]<>.\\^ε∅") + list("-,:$#=!/%"))
def test_every_character_can_be_a_letter(letter):
    escaped = compile_regex(f"\\{letter}", ["a", letter])
    assert escaped.accepts([letter])
    assert not escaped.accepts(["a"])
    assert compile_regex(f"[\\{letter}]", ["a", letter]) == escaped
    assert compile_regex(f"[^\\{letter}]", ["a", letter]) == compile_regex("a", ["a", letter])


@pytest.mark.parametrize("pattern", ["[-a]", "[a-]", "-|a", "[a\\-]"])
def test_a_dash_is_a_letter_unless_between_two(pattern):
    assert compile_regex(pattern, "a-").accepts("-")


# Pattern, alphabet, position of the caret, message.
ERRORS = [
    ("", "a", 0, "is empty; write ε for the empty word, ∅ for the empty set"),
    ("0(2|1)", "01", 2, "letter '2' is not in the alphabet {0, 1}"),
    (r"a\d", "a", 1, r"letter 'd' is not in the alphabet {a}; \d stands for the letter itself"),
    ("swap", ["swap", "rot"], 0, "letters of several characters are written <swap>"),
    ("<swop>", ["swap", "rot"], 0, "letter 'swop' is not in the alphabet {swap, rot}"),
    ("a<>", "a", 1, "no letter is named here"),
    ("a<b", "ab", 1, "this '<' is never closed"),
    ("a^14", "a", 1, "powers are written {14}, as in a{14}"),
    ("a^b", "ab", 1, "'^' is no operator; powers are written {3}"),
    ("(a(b)", "ab", 0, "this '(' is never closed; add ')'"),
    ("a)b", "ab", 1, "this ')' closes nothing"),
    ("a]", "a", 1, "']' closes nothing here; for the letter write \\]"),
    ("a}", "a", 1, "'}' closes nothing here"),
    ("a>", "a", 1, "'>' closes nothing here"),
    ("b[a", "ab", 1, "this '[' is never closed; add ']'"),
    ("b[a-", "ab", 1, "this '[' is never closed; add ']'"),
    ("[a[b]]", "ab", 2, "'[' inside a class"),
    ("[ac]", "ab", 2, "letter 'c' is not in the alphabet"),
    ("[b-a]", "ab", 1, "the range b-a is empty because 'b' comes after 'a'"),
    ("[x-z]", "ab", 1, "the range x-z holds no letter of the alphabet {a, b}"),
    ("[a-<bc>]", ["a", "bc"], 1, "needs single characters as ends, not 'a' and 'bc'"),
    ("a{3,1}", "a", 1, "at least 3 and at most 1 copies; write {1,3}"),
    ("a{1001}", "a", 2, "the power 1001 is over the limit of 1000"),
    ("a{2,9999999}", "a", 4, "the power 9999999 is over the limit of 1000"),
    ("a{" + "9" * 5000 + "}", "a", 2, "over the limit of 1000"),
    ("a{,3}", "a", 1, "a power is written {3}, {2,} or {2,5}"),
    ("a{3", "a", 1, "a power is written"),
    ("a{x}", "a", 1, "a power is written"),
    ("a{}", "a", 1, "a power is written"),
    ("*a", "a", 0, "'*' has nothing before it to repeat"),
    ("a|{2}", "a", 2, "'{2}' has nothing before it to repeat; for the letter write \\{"),
    ("~*", "a", 1, "'*' has nothing before it to repeat"),
    ("a(?)", "a", 2, "'?' has nothing before it to repeat"),
    ("a||b", "ab", 2, "expected an expression after '|' and found '|'"),
    ("(|a)", "a", 1, "expected an expression and found '|'"),
    ("(a&)", "a", 3, "expected an expression after '&' and found ')'"),
    ("a|", "a", 2, "expected an expression after '|' and found the end"),
    ("b(a~)", "ab", 3, "this '~' has nothing after it to complement"),
    ("~&a", "a", 0, "this '~' has nothing after it to complement"),
    ("a\\", "a", 1, "the backslash at the end escapes nothing"),
    ("b" + "*" * 200, "b", 0, f"nests more than {MAX_HEIGHT} operators"),
    ("~" * 200 + "b", "b", 49, f"nests more than {MAX_HEIGHT} operators"),
]


@pytest.mark.parametrize(("pattern", "alphabet", "position", "message"), ERRORS)
def test_errors_point_at_the_position(pattern, alphabet, position, message):
    with pytest.raises(RegexError) as caught:
        compile_regex(pattern, alphabet)
    error = caught.value
    assert message in error.problem
    assert (error.pattern, error.position) == (pattern, position)
    problem, shown, caret = str(error).split("\n")
    assert problem == error.problem
    if len(pattern) <= 72:
        assert shown == f"  {pattern}"
        assert caret == "  " + " " * position + "^"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_line_breaks_do_not_move_the_caret():
    with pytest.raises(RegexError) as caught:
        compile_regex("a\n|\tz", "ab")
    assert str(caught.value).endswith("\n  a | z\n      ^")


def test_bad_alphabet():
    with pytest.raises(AlphabetError, match="occurs twice"):
        compile_regex("a", "aa")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|b)*a(a|b){25}",  # exponentially many subsets
        "(a{1000}){1000}",  # a large nondeterministic automaton
        "~((a|b)*a(a|b){25})&a*",
    ],
)
def test_budget(pattern):
    with pytest.raises(BudgetExceeded) as caught:
        compile_regex(pattern, "ab")
    assert caught.value.limit == 100_000 < caught.value.reached
    assert "budget reached" in str(caught.value)


def test_budget_bounds_the_subsets_together():
    # 1,500 subsets of 750 members on average: few subsets, but large ones.
    with pytest.raises(BudgetExceeded):
        compile_regex("a?" * 1_500, "a", budget=4_000)
    assert compile_regex("a?" * 1_500, "a").n_states == 1_502


def test_smallest_budget():
    with pytest.raises(BudgetExceeded):
        compile_regex("aa", "a", budget=3)
    assert compile_regex("aa", "a", budget=4).n_states == 4
    with pytest.raises(ValueError, match="budget is 0"):
        compile_regex("a", "a", budget=0)


@pytest.mark.parametrize(
    ("pattern", "n_states"),
    [
        ("a{1000}", 1002),
        ("a{0,1000}", 1002),
        ("(a?b?){0,300}", 602),
        ("(a*b*){1000}", 2001),
        ("a{300}&(.{7})*", 1),
        ("~(.*a{100}.*)", 101),
        ("(a|b)*a(a|b){14}", 32_768),
        ("a{1000}{60}", 60_002),
    ],
)
def test_large_powers_are_compiled(pattern, n_states):
    assert compile_regex(pattern, "ab").n_states == n_states


def test_deepest_nesting_is_compiled():
    pattern = "a"
    for _ in range(MAX_HEIGHT // 5):
        pattern = f"(~((b{pattern})+|b)&.*)"
    assert compile_regex(pattern, "ab").is_acceptor
    assert compile_regex("(" * 5000 + "a" + ")" * 5000, "a") == compile_regex("a", "a")
    assert compile_regex("~" * (MAX_HEIGHT - 1) + "a", "a") == compile_regex("~a", "a")


@pytest.mark.parametrize(
    ("pattern", "states"),
    [
        ("(a?){1000}{1000}", 1_000_001),
        ("((a|bb)?){900}{200}", 360_001),
        ("a*(b?a{3}|ε){1000}{50}", 200_001),
    ],
)
def test_long_finite_powers_are_over_budget_before_they_are_built(monkeypatch, pattern, states):
    def unused(*_):
        raise AssertionError("an automaton was determinized")

    monkeypatch.setattr("monoscan.automata.regex.compiler.determinize", unused)
    with pytest.raises(BudgetExceeded, match=f"{states} states of an automaton found"):
        compile_regex(pattern, "ab")


@pytest.mark.parametrize(
    "pattern",
    ["(a?){9}", "([]|a?){9}", "(ε|[]a){9}", "(a{0}b?){9}", "(a?[]*){9}", "((a*){0}b?){9}"],
)
def test_finite_powers_as_long_as_the_budget_are_built(pattern):
    # The longest word has 9 letters, which is 10 states, and one that rejects.
    assert compile_regex(pattern, "ab", budget=40).n_states <= 11
