"""Formulas of the past, against their meaning position by position."""

from __future__ import annotations

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    AlphabetError,
    BudgetExceeded,
    compile_regex,
    is_minimal,
)
from monoscan.automata.sources import FormulaError, compile_past_ltl
from monoscan.theory.lrnn import words_up_to

LETTERS = ("a", "b", "c")
WORDS = [word for word in words_up_to(LETTERS, 4) if word]

leaves = st.sampled_from([("a",), ("b",), ("c",), ("true",), ("false",)])
formulas = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.tuples(st.sampled_from("!YOH"), part),
        st.tuples(st.sampled_from(["&", "|", "->", "S"]), part, part),
    ),
    max_leaves=6,
)

BINDING = {"->": 0, "|": 1, "&": 2, "S": 3, "!": 4, "Y": 4, "O": 4, "H": 4}


def written(formula, loosest=0):
    """The formula with as few parentheses as the precedences allow."""
    operator, *parts = formula
    if not parts:
        return operator
    binding = BINDING[operator]
    if len(parts) == 1:
        text = f"{operator} {written(parts[0], binding)}"
    else:
        # -> and S group to the right, & and | do not care.
        text = f"{written(parts[0], binding + 1)} {operator} {written(parts[1], binding)}"
    return f"({text})" if binding < loosest else text


def holds(formula, word, position):
    """The textbook semantics; positions count from 0."""
    operator, *parts = formula
    here = [lambda i, part=part: holds(part, word, i) for part in parts]
    before = range(position + 1)
    match operator:
        case "true":
            return True
        case "false":
            return False
        case "!":
            return not here[0](position)
        case "&":
            return here[0](position) and here[1](position)
        case "|":
            return here[0](position) or here[1](position)
        case "->":
            return not here[0](position) or here[1](position)
        case "Y":
            return position > 0 and here[0](position - 1)
        case "O":
            return any(here[0](i) for i in before)
        case "H":
            return all(here[0](i) for i in before)
        case "S":
            return any(
                here[1](i) and all(here[0](j) for j in range(i + 1, position + 1)) for i in before
            )
        case letter:
            return word[position] == letter


@examples(60)
@given(formulas, st.booleans())
def test_formulas_mean_what_they_say(formula, empty_word):
    acceptor = compile_past_ltl(written(formula), LETTERS, empty_word=empty_word)
    assert is_minimal(acceptor)
    assert acceptor.accepts(()) is empty_word
    for word in WORDS:
        assert acceptor.accepts(word) is holds(formula, word, len(word) - 1)


def period_one(automaton):
    """No word permutes states: brute force over all maps that words make."""
    columns = [tuple(column) for column in automaton.table.T.tolist()]
    elements = {tuple(range(automaton.n_states))}
    queue = list(elements)
    for element in queue:
        for column in columns:
            further = tuple(column[state] for state in element)
            if further not in elements:
                elements.add(further)
                queue.append(further)
    for element in elements:
        power = element
        for _ in range(automaton.n_states):
            power = tuple(element[state] for state in power)
        if power != tuple(element[state] for state in power):
            return False
    return True


@examples(40)
@given(formulas)
def test_formulas_define_star_free_languages(formula):
    assert period_one(compile_past_ltl(written(formula), LETTERS))


@pytest.mark.parametrize(
    ("formula", "regex"),
    [
        ("true", "(a|b|c)+"),
        ("false", "[]"),
        ("a", ".*a"),
        ("b & Y a", ".*ab"),
        ("O (b & Y a)", ".*ab.*"),
        ("O (b & O a)", ".*(a.*b).*"),
        ("H (b -> Y a)", "(~(.*[bc]b.*|b.*)) & .+"),
        ("!b S a", ".*a[^b]*"),
        ("!Y true", "."),
        ("Y Y Y true & !Y Y Y Y true", "...."),
        ("H a | H b", "a+|b+"),
        ("a -> b -> c", ".+"),
        ("a S b S c", ".*cb*a*"),  # a S (b S c): a c, then only bs, then only as
        ("((a))", ".*a"),
        ("!!a", ".*a"),
        ("<a> & !<b>", ".*a"),
    ],
)
def test_known_formulas(formula, regex):
    assert compile_past_ltl(formula, LETTERS) == compile_regex(regex, LETTERS)


def test_letters_of_any_kind():
    letters = ("swap", "S", "X", "+", ">", "true", "é")
    for formula, word in [
        ("swap & Y <S>", ["S", "swap"]),
        ("<X>", ["X"]),
        ("+ & Y+", ["+", "+"]),
        (r"<\>>", [">"]),
        ("<true>", ["true"]),
        ("é", ["é"]),
    ]:
        acceptor = compile_past_ltl(formula, letters)
        assert acceptor.accepts(word), formula
        assert not acceptor.accepts([*word, "swap"])


@pytest.mark.parametrize(
    ("operator", "counterpart"),
    [
        ("X", r"X \(next\).*ounterpart of the past is Y \(yesterday\)"),
        ("F", r"F \(finally\).*ounterpart of the past is O \(once\)"),
        ("G", r"G \(globally\).*ounterpart of the past is H \(historically\)"),
    ],
)
def test_prefix_operators_of_the_future(operator, counterpart):
    with pytest.raises(FormulaError, match=counterpart) as caught:
        compile_past_ltl(f"a & {operator} b", LETTERS)
    assert caught.value.position == 4
    assert f"For a letter write <{operator}>" in caught.value.problem


@pytest.mark.parametrize(
    ("operator", "counterpart"),
    [
        ("U", r"U \(until\).*ounterpart of the past is S \(since\)"),
        ("W", r"W \(weak until\).*is \(p S q\) \| H p"),
        ("R", r"R \(release\).*is !\(!p S !q\)"),
    ],
)
def test_infix_operators_of_the_future(operator, counterpart):
    for formula in (f"a {operator} b", f"(a {operator} b)"):
        with pytest.raises(FormulaError, match=counterpart) as caught:
            compile_past_ltl(formula, LETTERS)
        assert caught.value.position == formula.index(operator)
        assert "only past LTL is read: the answer after each letter depends on" in str(caught.value)


@pytest.mark.parametrize(
    ("formula", "message", "position"),
    [
        ("", "expected a formula here", 0),
        ("a &", "expected a formula here", 3),
        ("& a", "expected a formula here", 0),
        ("a S", "expected a formula here", 3),
        ("()", "expected a formula here", 1),
        ("(a", "this '(' is never closed", 0),
        ("(a b)", "expected an operator (& | -> <-> S) before 'b'", 3),
        ("a)", "this ')' closes nothing", 1),
        ("a b", "expected an operator (& | -> <-> S) before 'b'", 2),
        ("ab", "letter 'ab' is not in the alphabet {a, b, c}; use one", 0),
        ("a & <d>", "letter 'd' is not in the alphabet", 4),
        ("a @ b", "expected an operator (& | -> <-> S) before '@'", 2),
        ("Y", "expected a formula here", 1),
        ("!" * 200 + "a", "formulas may nest 150 deep", 201),
        ("(" * 100 + "a" + ")" * 100, "parentheses may nest 60 deep", 61),
        ("a S " * 200 + "a", "formulas may nest 150 deep", 801),
    ],
)
def test_malformed_formulas(formula, message, position):
    with pytest.raises(FormulaError) as caught:
        compile_past_ltl(formula, LETTERS)
    assert message in caught.value.problem
    assert caught.value.position == position
    assert str(caught.value).endswith("^")


def test_deep_formulas_within_the_limits():
    assert compile_past_ltl("(" * 59 + "a" + ")" * 59, "ab") == compile_regex(".*a", "ab")
    assert compile_past_ltl("!" * 148 + "a", "ab") == compile_regex(".*a", "ab")
    assert compile_past_ltl("Y " * 20 + "true", "a").n_states == 22


def test_bad_alphabets_and_budgets():
    with pytest.raises(AlphabetError, match="the alphabet is empty"):
        compile_past_ltl("true", "")
    with pytest.raises(BudgetExceeded, match="101 states of the automaton of the formula found"):
        compile_past_ltl("Y " * 12 + "a", "ab", budget=100)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a && !b || c", "a & !b | c"),
        ("~(a | b)", "!(a | b)"),
        ("a => O b", "a -> O b"),
        ("a <-> Y b", "(a -> Y b) & (Y b -> a)"),
        ("a <=> Y b <-> O c", "a <-> (Y b <-> O c)"),
        ("a <-> b -> c", "a <-> (b -> c)"),
        ("once a", "O a"),
        ("historically !a", "H !a"),
        ("yesterday (a since b)", "Y (a S b)"),
    ],
)
def test_other_spellings(one, other):
    assert compile_past_ltl(one, LETTERS) == compile_past_ltl(other, LETTERS)


def test_words_that_are_letters():
    letters = ["once", "first", "a"]
    assert compile_past_ltl("once", letters) == compile_past_ltl("<once>", letters)
    assert compile_past_ltl("O first", letters).accepts(["first", "a"])
    assert compile_past_ltl(r"<\->", ["-", "a"]).accepts("a-")


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("P a", "P is another notation; write O p (once), or Y p where P is the previous position"),
        ("Z a", "Z is another notation; write !Y !p"),
        ("first", "first is another notation; write !Y true"),
        ("a & last", "a formula is about the last position"),
        ("a WS b", "WS is another notation; write (p S q) | H p"),
        ("eventually a", "eventually (finally) speaks about the future, and only past LTL is read"),
        ("a until b", "counterpart of the past is S (since)"),
    ],
)
def test_other_notations_are_refused_with_what_to_write(formula, said):
    with pytest.raises(FormulaError) as caught:
        compile_past_ltl(formula, LETTERS)
    assert said in caught.value.problem


@pytest.mark.parametrize(
    ("formula", "told"),
    [("O (a & b)", 1), ("c & (a & Y b & c)", 1), ("a & Y b", 0), ("a | b", 0), ("a & a", 0)],
)
def test_two_letters_at_one_position(formula, told):
    heard = []
    compile_past_ltl(formula, LETTERS, tell=heard.append)
    assert len(heard) == told
    assert all("at each position stands exactly one letter" in words for words in heard)


def test_many_states_are_a_budget():
    with pytest.raises(BudgetExceeded, match="20001 states of the automaton of the formula"):
        compile_past_ltl(" & ".join("Y " * k + "a" for k in range(40)), "ab", budget=20_000)
