"""A layer scanned along trees: exact arithmetic knows no trees, rounding does."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.theory.formats import FixedPoint, get_format
from monoscan.theory.scan_round import ScanError, ScannedLayer, Tree, balanced_tree, leaves

FINE = FixedPoint(Fraction(1, 2**20), Fraction(-8), Fraction(8))
QUARTERS = FixedPoint(Fraction(1, 4), Fraction(-2), Fraction(7, 4))


def scalar(form, steps: dict[str, tuple[str, str]], outputs: dict[str, bool]) -> ScannedLayer:
    pairs = {x: ((Fraction(a),), (Fraction(b),)) for x, (a, b) in steps.items()}
    table = {(Fraction(state),): output for state, output in outputs.items()}
    return ScannedLayer(form, tuple(steps), (Fraction(0),), pairs, table)


KEEP = scalar(QUARTERS, {"w": ("0", "1/4"), "i": ("3/4", "0")}, {"1/4": True, "0": False})


def trees(letters: str) -> st.SearchStrategy[Tree]:
    return st.recursive(st.sampled_from(letters), lambda part: st.tuples(part, part), max_leaves=5)


@given(trees("hd"))
def test_without_rounding_the_tree_does_not_matter(tree: Tree) -> None:
    layer = scalar(FINE, {"h": ("1/2", "1/4"), "d": ("1", "-1/2")}, {})
    h = Fraction(0)
    for letter in leaves(tree):
        ((a,), (b,)) = layer.steps[letter]
        h = a * h + b
    assert layer.state(tree) == (h,)


@given(trees("wi"))
def test_from_left_to_right_it_is_the_network(tree: Tree) -> None:
    word = leaves(tree)
    # A letter at a time, and the last state as the next initial one.
    state = KEEP.initial
    for letter in word:
        state = ScannedLayer(QUARTERS, KEEP.alphabet, state, KEEP.steps, {}).state(letter)
    assert KEEP.outputs[state] == ("w" in word)


def test_a_balanced_tree_loses_what_a_sequence_keeps() -> None:
    assert KEEP.output("w") is True
    assert KEEP.output((((("w", "i"), "i"), "i"), "i")) is True
    assert KEEP.output(balanced_tree("wiii")) is False


@given(st.text("abc", min_size=1, max_size=40))
def test_balanced_trees(word: str) -> None:
    tree = balanced_tree(word)
    assert "".join(leaves(tree)) == word

    def depth(part: Tree) -> int:
        return 0 if isinstance(part, str) else 1 + max(depth(part[0]), depth(part[1]))

    assert depth(tree) == (len(word) - 1).bit_length()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: scalar(get_format("e4m3"), {"a": ("1/3", "0")}, {}), "1/3 is no value"),
        (
            lambda: ScannedLayer(QUARTERS, ("a", "b"), (Fraction(0),), {}, {}),
            "expected one for each of",
        ),
        (
            lambda: ScannedLayer(QUARTERS, ("a",), (), {"a": ((Fraction(1),), ())}, {}),
            "a vector of 1 entries; expected 0",
        ),
        (lambda: KEEP.output("x"), "'x' is no letter"),
        (lambda: scalar(QUARTERS, {"a": ("1", "1")}, {}).output("a"), "no output in the state"),
        (lambda: balanced_tree(""), "the empty word has no tree"),
    ],
)
def test_errors(make, message: str) -> None:
    with pytest.raises(ScanError, match=message):
        make()
