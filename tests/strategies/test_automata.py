"""Automata and words of the sizes that were asked for; empty sets are refused when asked for."""

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan import strategies as ours
from monoscan.automata import AlphabetError, is_minimal
from monoscan.registry import UnknownId


@given(st.data(), st.integers(1, 5), st.integers(0, 3), st.booleans())
def test_automata_have_the_sizes(data: st.DataObject, low: int, more: int, minimal: bool) -> None:
    automaton = data.draw(
        ours.automata("ab", min_states=low, max_states=low + more, minimal=minimal)
    )
    assert low <= automaton.n_states <= low + more
    assert automaton.alphabet == ("a", "b")
    assert is_minimal(automaton) or not minimal


@given(ours.automata("abc", outputs=("x", "y")), ours.words("abc", min_length=1, max_length=3))
def test_outputs_and_words(automaton, word) -> None:
    assert automaton.output(word) in ("x", "y")
    assert 1 <= len(word) <= 3


@given(ours.groups(5))
def test_groups(group) -> None:
    assert 1 <= group.degree <= 5
    assert 120 % group.order == 0


EMPTY = {
    "from 4 to 2 states": lambda: ours.automata(min_states=4, max_states=2),
    "0 states: expected at least 1": lambda: ours.automata(min_states=0),
    "outputs is empty": lambda: ours.automata(outputs=()),
    "minimal automata with 3 states and the one output True": lambda: ours.automata(
        min_states=3, minimal=True, outputs=[True]
    ),
    "from 3 to 2 letters": lambda: ours.words(min_length=3, max_length=2),
    "from 1 to 0 points": lambda: ours.groups(0),
    "from 1 to 0 generators": lambda: ours.generators(3, max_generators=0),
    "from 1 to 0 leaves": lambda: ours.regex_trees(max_leaves=0),
    "expected letters of one character": lambda: ours.regex_trees(["swap"]),
    "from 1 to 0 rows": lambda: ours.matrices(0, 1),
    "from 1 to 0 as denominator": lambda: ours.rationals(1, 0),
    "numbers of no field": lambda: ours.cyclotomics([]),
    "from 1 to 0 layers": lambda: ours.networks(depth=0),
    "transitions of transformer: the class has no exact networks": lambda: ours.networks(
        "transformer"
    ),
    "from 1 to 0 symbols": lambda: ours.transitions_of_layer("dense", 1, 0),
    "semantics 'seq'": lambda: ours.finite_networks("seq"),
    "the semantics 'seq'": lambda: ours.semantics(["seq"]),
    "no semantics": lambda: ours.semantics([]),
    "certificates of the kind 'proof'": lambda: ours.certificates(["proof"]),
    "no kind of certificates": lambda: ours.mutants([]),
}


@pytest.mark.parametrize("reason", EMPTY)
def test_an_empty_set_is_refused_when_it_is_asked_for(reason: str) -> None:
    with pytest.raises(ours.EmptySetError, match=re.escape(reason)):
        EMPTY[reason]()


def test_no_letters_and_no_such_class() -> None:
    with pytest.raises(AlphabetError, match="the alphabet is empty"):
        ours.automata("", min_states=3, minimal=True)
    with pytest.raises(UnknownId, match="nearest"):
        ours.networks("householdr")


def test_without_hypothesis_the_reason_is_said() -> None:
    program = "import sys; sys.modules['hypothesis'] = None; import monoscan; monoscan.strategies"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1] == (
        "ModuleNotFoundError: monoscan.strategies needs hypothesis, which is not installed; "
        "install it with: pip install 'monoscan[testing]'"
    )
