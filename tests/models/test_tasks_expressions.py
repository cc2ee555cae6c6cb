"""Expressions: the grammar, the values by Python's own arithmetic, and the shares."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import get_language
from monoscan.models.errors import ConfigError
from monoscan.models.tasks import IGNORED, Batch, Expressions

NESTED = st.sampled_from(["+", "-", "*", "+-", "+*", "-*", "+-*"])


def is_nested(text: str) -> bool:
    """Whether a text is an expression with brackets, by reducing its innermost parts."""
    while True:
        # A part in brackets becomes an x; x, -r and r are the expressions without inner parts.
        reduced = re.sub(r"\((?:-?r|x|(?:-?r|x)[+*-](?:-?r|x))\)", "x", text)
        if reduced == text:
            return text in ("x", "r", "-r")
        text = reduced


def check(task: Expressions, batch: Batch, length: int) -> None:
    """Compares the values with Python's, and the words with the grammar."""
    for word, targets, size in zip(batch.words, batch.targets, batch.lengths, strict=True):
        assert not word[size:].any()
        letters = [task.letters[letter] for letter in word[:size]]
        assert letters.pop() == "="
        assert targets[size - 1] == eval("".join(letters)) % task.modulus
        assert (np.delete(targets, size - 1) == IGNORED).all()
        kinds = "".join("r" if letter.isdecimal() else letter for letter in letters)
        if task.brackets:
            assert is_nested(kinds), kinds
        else:
            assert re.fullmatch(r"-?r([+*-]r)*", kinds), kinds
        binary = re.findall(r"(?<=[r)])[+*-]", kinds)
        assert set(binary) <= set(task.operators)
    assert batch.words.shape == (len(batch.lengths), length)


@given(
    st.integers(2, 12),
    NESTED,
    st.booleans(),
    st.integers(2, 60),
    st.integers(2, 60),
    st.integers(0, 2**32 - 1),
)
def test_values_are_those_of_python(
    modulus: int, operators: str, brackets: bool, one: int, other: int, seed: int
) -> None:
    task = Expressions(modulus, operators, brackets)
    least, length = sorted((one, other))
    batch = task.sample(np.random.default_rng(seed), 6, length, least)
    assert ((batch.lengths >= least) & (batch.lengths <= length)).all()
    check(task, batch, length)


@pytest.mark.parametrize("length", range(2, 12))
@pytest.mark.parametrize("brackets", [True, False])
def test_every_length_has_exactly_that_length(length: int, brackets: bool) -> None:
    task = Expressions(brackets=brackets)
    batch = task.sample(np.random.default_rng(length), 40, length)
    assert (batch.lengths == length).all()
    check(task, batch, length)


def test_long_expressions() -> None:
    for brackets in (True, False):
        task = Expressions(7, brackets=brackets)
        batch = task.sample(np.random.default_rng(0), 3, 3000)
        for word, targets in zip(batch.words, batch.targets, strict=True):
            text = task.text(word[:-1])
            # Far too deep for Python's parser: the innermost brackets are worked out one by one.
            assert targets[-1] == stepwise(text, 7)


def stepwise(text: str, modulus: int) -> int:
    """The value, from the innermost brackets outwards."""

    def value(match: re.Match[str]) -> str:
        return str(eval(match.group()) % modulus)

    while "(" in text:
        text = re.sub(r"\([^()]*\)", value, text)
    return int(eval(text)) % modulus


def test_without_brackets_it_is_the_regular_language() -> None:
    task = Expressions(5, brackets=False)
    automaton = get_language("modular-arithmetic-5").build()
    batch = task.sample(np.random.default_rng(0), 300, 14, 2)
    for word, targets, size in zip(batch.words, batch.targets, batch.lengths, strict=True):
        letters = [task.letters[letter] for letter in word[: size - 1]]
        # The language has no sign, but 0 - r is -r.
        letters = ["0", *letters] if letters[0] == "-" else letters
        assert automaton.output(letters) == str(targets[size - 1])


def test_parts_residues_and_operators_are_uniform() -> None:
    task = Expressions(5)
    n_words = 12_000
    batch = task.sample(np.random.default_rng(0), n_words, 9)
    shapes = Counter(
        re.sub(r"\d", "r", re.sub(r"(?<=[\dr)])[+*-]", "o", task.text(word)))
        for word in batch.words
    )
    # Eight symbols: the left part has 1, 2, 3 or 4 of the five that the parts share.
    expected = {"(ro(-r))=", "(-ro(r))=", "((r)o-r)=", "((-r)or)="}
    assert set(shapes) == expected
    for count in shapes.values():
        assert abs(count - n_words / 4) < 5 * np.sqrt(n_words / 4)
    letters = np.bincount(batch.words.ravel(), minlength=task.n_letters)
    assert np.abs(letters[:5] - letters[:5].mean()).max() < 5 * np.sqrt(letters[:5].mean())
    plus, times = (letters[task.letters.index(symbol)] for symbol in "+*")
    for count in (plus, times):
        assert abs(count - n_words / 3) < 5 * np.sqrt(n_words / 3)


def test_one_seed_gives_one_batch() -> None:
    task = Expressions(5, "+-")
    first, second, other = (task.sample(np.random.default_rng(s), 8, 30) for s in (3, 3, 4))
    assert (first.words == second.words).all()
    assert (first.targets == second.targets).all()
    assert (first.words != other.words).any()


def test_the_oracle_of_the_grammar_can_fail() -> None:
    assert is_nested("((r+r)*(-r))")
    for text in ("r+r", "(r+r", "()", "(r)(r)", "(r+r+r)", "-(r)", "--r", ""):
        assert not is_nested(text), text


def test_what_the_task_is() -> None:
    task = Expressions(3, "*+")
    assert task.operators == "+*"  # one order: equal tasks have equal configurations
    assert task == Expressions(3, "+*")
    assert task.letters == ("0", "1", "2", "+", "-", "*", "(", ")", "=")
    assert (task.n_letters, task.n_outputs, task.asks_every_letter) == (9, 3, False)
    assert task.held_out is task


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Expressions(1), "the modulus is 1; expected a number from 2 to 100"),
        (lambda: Expressions(101), "the modulus is 101"),
        (lambda: Expressions(5, ""), "the operators are ''; expected some of"),
        (lambda: Expressions(5, "+/"), r"the operators are '\+/'"),
        (lambda: Expressions(5, "++"), r"the operators are '\+\+'; expected .* each once"),
        (lambda: sample(2, 1), "the length is 1; expected at least 2"),
        (lambda: sample(2, 5, 1), "the shortest length is 1; expected at least 2"),
        (lambda: sample(0, 5), "the batch is 0"),
        (lambda: sample(2, 5, 6), "the shortest length 6 is above the longest, 5"),
    ],
)
def test_bad_input(make, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        make()


def sample(n_words: int, length: int, least: int | None = None) -> Batch:
    return Expressions().sample(np.random.default_rng(0), n_words, length, least)
