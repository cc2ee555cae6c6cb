"""Languages come from everything that users have, and what is none is refused in words."""

from __future__ import annotations

import networkx
import pytest
from aalpy.automata import Dfa
from automata.fa.dfa import DFA
from sympy.combinatorics import Permutation
from sympy.combinatorics.named_groups import SymmetricGroup

import monoscan as ms
from monoscan.automata import (
    AlphabetError,
    AutomatonFileError,
    PermutationError,
    RegexError,
    automaton_to_dot,
    automaton_to_jff,
    automaton_to_json,
    to_aalpy_state_setup,
    to_automata_lib,
)
from monoscan.registry import UnknownId

PARITY = ms.language("parity")


def as_graph():
    graph = networkx.MultiDiGraph(initial=0)
    graph.add_node(0, accepting=True)
    for source, letter, target in ((0, "0", 0), (0, "1", 1), (1, "0", 1), (1, "1", 0)):
        graph.add_edge(source, target, letter=letter)
    return graph


SAME = {
    "id": lambda: ms.language("parity"),
    "value": lambda: ms.language(PARITY),
    "automaton of monoscan": lambda: ms.language(PARITY.minimal),
    "expression": lambda: ms.regex("0*(10*10*)*", ["1", "0"]),
    "automata-lib": lambda: ms.automaton(to_automata_lib(PARITY.minimal)),
    "AALpy": lambda: ms.automaton(Dfa.from_state_setup(to_aalpy_state_setup(PARITY.minimal))),
    "networkx": lambda: ms.language(as_graph()),
    "group": lambda: ms.group({"0": "()", "1": "(1 2)"}, output="is-identity"),
}


@pytest.mark.parametrize("source", SAME)
def test_parity_from_everywhere(source):
    assert SAME[source]() == PARITY


def test_parity_from_files(tmp_path):
    for name, text in (
        ("parity.json", automaton_to_json(PARITY.minimal)),
        ("parity.dot", automaton_to_dot(PARITY.minimal)),
        ("parity.jff", automaton_to_jff(PARITY.minimal)),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert ms.automaton(tmp_path / name) == ms.automaton(str(tmp_path / name)) == PARITY


@pytest.mark.parametrize(
    "given",
    [
        ("(1 2 3)", "(1 2)"),
        ("(1 2 3),(1 2)",),
        (SymmetricGroup(3),),
        (Permutation([1, 2, 0]), "(1 2)"),
    ],
)
def test_groups_from_everywhere(given):
    found = ms.group(*given)
    assert found.monoid.groups == ("S3",)
    assert found == ms.group("(1,2,3)", "(1,2)")
    assert ms.group(*given, letters="rs").alphabet == ("r", "s")


def test_a_group_of_sympy_is_a_language():
    assert ms.language(SymmetricGroup(4)).minimal.n_states == 24


def test_words_need_their_alphabet():
    assert ms.language(["ab", "b"], "abc").words() == ("b", "ab")
    assert ms.language([["go", "stop"]], ["go", "stop"]).words() == ("go stop",)
    with pytest.raises(TypeError, match="a list of words needs its alphabet"):
        ms.language(["ab", "b"])
    with pytest.raises(AlphabetError, match="the alphabet is empty"):
        ms.language(["ab"], "")


def test_families_by_rules_take_their_parameters_one_by_one():
    found = ms.language("forbidden-factors", "ab", "aa,b$")
    assert found == ms.language("forbidden-factors", ["a", "b"], "aa,b$")
    assert found == ms.language("forbidden-factors:ab:aa,b$")
    assert found.name == "forbidden-factors:ab:aa,b$"
    assert found == ms.language("forbidden-factors", alphabet="ab", factors=["aa", "b$"])
    with pytest.raises(ValueError, match="was given alphabet, tier; expected alphabet, factors"):
        ms.language("forbidden-factors", alphabet="ab", tier="a")
    with pytest.raises(ValueError, match="give them in one way"):
        ms.language("forbidden-factors", "ab", "aa", factors="b")
    with pytest.raises(TypeError, match="rules such as 'factors' belong to the id of a family"):
        ms.language(["ab"], "ab", factors="b")
    odd = ms.language("forbidden-factors", [",", "\\", "go"], "\\, go")
    assert odd.alphabet == (",", "\\", "go")
    with pytest.raises(TypeError, match="rules such as 'aa' belong to the id of a family"):
        ms.language(["ab"], "ab", "aa")


def test_what_another_reader_may_read_otherwise_is_said():
    with pytest.warns(UserWarning, match=r"'\+' is read as one or more"):
        ms.regex("(a+b)*", "ab")
    said = []
    ms.regex("(a+b)*", "ab", tell=said.append)
    assert len(said) == 1


REFUSED = [
    (lambda: ms.language(3), TypeError, r"3 \(int\) is no language; expected an id such as"),
    (lambda: ms.language(None), TypeError, r"None \(NoneType\) is no language"),
    (lambda: ms.automaton(object()), TypeError, "is no language"),
    (lambda: ms.language("partiy"), UnknownId, "parity"),
    (lambda: ms.regex("(a", "ab"), RegexError, "a"),
    (lambda: ms.regex(3, "ab"), TypeError, r"3 \(int\) is no text; expected a regular expression"),
    (lambda: ms.formula(["a"], "ab"), TypeError, "is no text; expected a formula"),
    (lambda: ms.regex("a", "aa"), AlphabetError, "occurs twice"),
    (lambda: ms.group("(1 2"), PermutationError, "written in cycles"),
    (lambda: ms.group(3), PermutationError, "3 is no permutation"),
    (lambda: ms.group("(1 2)", letters="ab"), PermutationError, "2 letters are named and 1"),
    (lambda: ms.group(), TypeError, "give the permutations, each a letter, as group"),
    (lambda: ms.automaton("absent.jff"), AutomatonFileError, "^absent.jff: No such file .*; give"),
    (lambda: ms.automaton("README.md"), AutomatonFileError, "^README.md: give a file whose"),
]


@pytest.mark.parametrize("case", range(len(REFUSED)))
def test_what_is_no_language_is_refused(case):
    make, error, message = REFUSED[case]
    with pytest.raises(error, match=message):
        make()


def test_a_partial_dfa_of_automata_lib_rejects_where_it_ends():
    partial = DFA(
        states={0, 1},
        input_symbols={"a", "b"},
        transitions={0: {"a": 1}, 1: {}},
        initial_state=0,
        final_states={1},
        allow_partial=True,
    )
    assert ms.automaton(partial).words() == ("a",)
