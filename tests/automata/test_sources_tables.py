"""Word lists, JSON, automata-lib and AALpy machines: both directions, and what is refused."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from automata.fa.dfa import DFA
from automata.fa.nfa import NFA
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import (
    AlphabetError,
    Automaton,
    AutomatonError,
    AutomatonFileError,
    BudgetExceeded,
    WordError,
    are_equivalent,
    get_language,
    is_minimal,
)
from monoscan.automata.sources import (
    automaton_from_json,
    automaton_to_json,
    from_aalpy,
    from_automata_lib,
    from_words,
    read_automaton,
    to_aalpy_state_setup,
    to_automata_lib,
)
from monoscan.strategies.automata import automata
from monoscan.theory.lrnn import words_up_to

LETTERS = ("a", "b")
words = st.lists(st.sampled_from(LETTERS), max_size=5).map(tuple)
machines = st.one_of(automata(), automata(outputs=("x", "y", "z")))


# Word lists


@given(st.lists(words, max_size=8))
def test_word_lists(given_words):
    acceptor = from_words(given_words, LETTERS)
    assert is_minimal(acceptor)
    for word in words_up_to(LETTERS, 6):
        assert acceptor.accepts(word) is (word in given_words)


def test_words_as_text_and_as_letters():
    acceptor = from_words(["rot swap", ("swap",), "ε"], ("swap", "rot"))
    assert [acceptor.accepts(w) for w in [("rot", "swap"), ("swap",), (), ("rot",)]] == [
        True, True, True, False,
    ]  # fmt: skip
    assert from_words([], "a").outputs == (False,)


def test_long_words_take_linear_time():
    assert from_words(["a" * 20_000, "a" * 10_000], "ab").n_states == 20_002


@pytest.mark.parametrize(
    ("words", "alphabet", "error", "message"),
    [
        (["ab", "ac"], "ab", WordError, "letter 'c' is not in the alphabet {a, b}\n  ac\n   \\^"),
        ([("a", "c")], "ab", AlphabetError, "letter 'c' is not in the alphabet"),
        (["swaprot"], ["swap", "rot"], WordError, "separate the letters by blanks"),
        (["a"], "", AlphabetError, "the alphabet is empty"),
        (["a"], "aba", AlphabetError, "letter 'a' occurs twice in the alphabet"),
        (["a"], ["a b"], AlphabetError, "letter 'a b' holds white space"),
        (["a" * 50], "a", BudgetExceeded, "11 prefixes of the words found, at most 10 allowed"),
    ],
)
def test_bad_word_lists(words, alphabet, error, message):
    with pytest.raises(error, match=message):
        from_words(words, alphabet, budget=10)


# JSON


@given(machines)
def test_json_round_trip(automaton):
    text = automaton_to_json(automaton)
    assert automaton_from_json(text) == automaton
    assert json.loads(text).keys() == {"alphabet", "table", "outputs"}


@given(machines)
def test_json_with_names(automaton):
    rows = automaton.table.tolist()
    named = {
        "alphabet": automaton.alphabet,
        "initial": "q0",
        "transitions": {
            f"q{q}": {a: f"q{t}" for a, t in zip(automaton.alphabet, row, strict=True)}
            for q, row in enumerate(rows)
        },
        "outputs": {f"q{q}": output for q, output in enumerate(automaton.outputs)},
    }
    assert automaton_from_json(json.dumps(named)) == automaton


def parts(**changes):
    table = {"alphabet": ["a"], "table": [["1"], ["0"]], "outputs": [True, False]}
    merged = {**table, **changes}
    return json.dumps({key: value for key, value in merged.items() if value is not ...})


def named(**changes):
    base = {
        "alphabet": ["a", "b"],
        "initial": "e",
        "transitions": {"e": {"a": "o", "b": "e"}, "o": {"a": "e", "b": "o"}},
        "accepting": ["e"],
    }
    merged = {**base, **changes}
    return json.dumps({key: value for key, value in merged.items() if value is not ...})


def test_json_tables_with_integers_and_any_numbering():
    text = parts(alphabet=["a", "b"], table=[[2, 0], [1, 1], [1, 2]], outputs=[True, False, True])
    automaton = automaton_from_json(text)
    assert automaton.table.tolist() == [[1, 0], [2, 1], [2, 2]]
    assert automaton.outputs == (True, True, False)


def test_json_can_be_completed_and_trimmed():
    partial = named(transitions={"e": {"a": "o"}, "o": {"a": "e", "b": "o"}})
    acceptor = automaton_from_json(partial, complete=True)
    assert acceptor.n_states == 3
    assert not acceptor.accepts("ba")
    lost = named(transitions={"e": {"a": "e", "b": "e"}, "o": {"a": "e", "b": "e"}})
    assert automaton_from_json(lost, trim=True).n_states == 1
    table = parts(table=[[0], [0]])
    assert automaton_from_json(table, trim=True).n_states == 1
    # A state called trap stays what it is.
    traps = named(initial="trap", transitions={"trap": {"a": "trap"}}, accepting=["trap"])
    assert automaton_from_json(traps, complete=True).outputs == (True, False)


def test_json_files(tmp_path):
    file = tmp_path / "parity.json"
    file.write_text(named(), encoding="utf-8")
    assert read_automaton(file).accepts("bab") is False
    file.write_bytes(b"\xff{}")
    with pytest.raises(AutomatonFileError, match="byte 0 is not UTF-8; save the file as UTF-8"):
        read_automaton(file)
    with pytest.raises(AutomatonFileError, match="No such file"):
        read_automaton(tmp_path / "missing.json")


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ("", AutomatonFileError, "there is nothing in it; expected a JSON object"),
        ('{"alphabet": ["a"],\n "table": }', AutomatonFileError, r"\(line 2\)\n   \"table\": }\n"),
        ("{\n", AutomatonFileError, r"\(line 2\); the text ends there$"),
        ("[1]", AutomatonFileError, r"expected a JSON object; got \[1\]"),
        pytest.param("[" * 100_000, AutomatonFileError, "nested too deeply", id="deep"),
        pytest.param("9" * 5000, AutomatonFileError, "too many digits", id="long number"),
        ('{"table": 1, "table": 2}', AutomatonFileError, "the key 'table' occurs twice"),
        ("{}", AutomatonFileError, "the key 'alphabet' is missing; expected alphabet, initial"),
        (parts(outputs=...), AutomatonFileError, "the key 'outputs' is missing"),
        (parts(start="0"), AutomatonFileError, "unknown key 'start'"),
        (parts(table=3), AutomatonFileError, "table is 3; expected a list"),
        (parts(table=[3]), AutomatonFileError, r"table\[0\] is 3; expected a list"),
        (
            parts(table=[["-1"], [0]]),
            AutomatonFileError,
            r"table\[0\]\[0\] is \"-1\"; expected",
        ),
        (parts(table=[[1.0], [0]]), AutomatonFileError, r"table\[0\]\[0\] is 1.0; expected the"),
        (parts(table=[[0], [True]]), AutomatonFileError, r"table\[1\]\[0\] is true; expected the"),
        (parts(table=[[5], [0]]), AutomatonError, "letter 'a' leads to 5"),
        (parts(table=[[1], []]), AutomatonError, "different lengths"),
        (
            parts(table=[[0], [0]]),
            AutomatonError,
            "1 of the 2 states of the table.*trim=True",
        ),
        (parts(alphabet=[]), AlphabetError, "the alphabet is empty"),
        (parts(alphabet=[1]), AutomatonFileError, r"alphabet\[0\] is 1; expected a string"),
        (parts(alphabet=["a b"]), AlphabetError, "holds white space"),
        (parts(outputs=[True, "no"]), AutomatonError, "outputs are all Boolean or all strings"),
        (named(accepting=...), AutomatonFileError, "exactly one of the keys 'accepting'"),
        (named(outputs={"e": "x", "o": "y"}), AutomatonFileError, "exactly one of the keys"),
        (named(accepting=["x"]), AutomatonFileError, "accepting state 'x' has no row"),
        (named(accepting="e"), AutomatonFileError, 'accepting is "e"; expected a list'),
        (named(initial="x"), AutomatonError, "the initial state 'x' has no transitions"),
        (named(initial=0), AutomatonFileError, "initial is 0; expected a string"),
        (named(transitions=[]), AutomatonFileError, r"transitions is \[\]; expected an object"),
        (
            named(transitions={"e": {"a": "e"}}),
            AutomatonError,
            "state 'e' has no transition for letter 'b'",
        ),
        (
            named(transitions={"e": {"a": "e", "b": "e", "c": "e"}}),
            AutomatonError,
            "transition for letter 'c', which is not in the alphabet",
        ),
        (
            named(transitions={"e": {"a": "e", "b": "x"}}),
            AutomatonError,
            "leads to 'x', which has no transitions",
        ),
        (
            named(transitions={"e": {"a": "e", "b": "e"}, "o": {"a": "e", "b": "e"}}),
            AutomatonError,
            "state 'o' cannot be reached from the initial state 'e'.*trim=True",
        ),
    ],
)
def test_bad_json(text, error, message):
    with pytest.raises(error, match=message):
        automaton_from_json(text)


def test_machines_with_other_outputs_are_not_completed():
    text = named(accepting=..., outputs={"e": "x"}, transitions={"e": {"a": "e"}})
    with pytest.raises(AutomatonError, match=r"complete=True\) adds a rejecting state.*'x'"):
        automaton_from_json(text, complete=True)


# automata-lib


@given(automata())
def test_automata_lib_round_trip(acceptor):
    dfa = to_automata_lib(acceptor)
    assert from_automata_lib(dfa, acceptor.alphabet) == acceptor
    for word in words_up_to(LETTERS, 4):
        assert dfa.accepts_input(word) is acceptor.accepts(word)


def dfa(**changes):
    base = {
        "states": {"e", "o"},
        "input_symbols": {"0", "1"},
        "transitions": {"e": {"0": "e", "1": "o"}, "o": {"0": "o", "1": "e"}},
        "initial_state": "e",
        "final_states": {"e"},
    }
    return DFA(**{**base, **changes})


def test_partial_automata_of_automata_lib_get_a_trap():
    nfa = NFA(
        states={0, 1},
        input_symbols={"a", "b"},
        transitions={0: {"a": {0, 1}}, 1: {"b": {1}}},
        initial_state=0,
        final_states={1},
    )
    acceptor = from_automata_lib(DFA.from_nfa(nfa))
    assert [acceptor.accepts(w) for w in ("a", "aab", "ba", "aba")] == [True, True, False, False]
    told = []
    assert are_equivalent(from_automata_lib(nfa, tell=told.append), acceptor)
    assert "NFA with 2 states -> DFA with 4 states" in told[0]


nfas = st.builds(
    lambda moves, start, final: NFA(
        states=set(range(4)),
        input_symbols={"a", "b"},
        transitions={
            state: {
                letter: {t for s, a, t in moves if (s, a) == (state, letter)}
                for letter in ("", "a", "b")
            }
            for state in range(4)
        },
        initial_state=start,
        final_states=final,
    ),
    st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["", "a", "b"]), st.integers(0, 3))),
    st.integers(0, 3),
    st.sets(st.integers(0, 3)),
)


@given(nfas)
def test_nondeterministic_automata_of_automata_lib(nfa):
    acceptor = from_automata_lib(nfa, "ab", trim=True)
    for word in words_up_to(LETTERS, 4):
        assert acceptor.accepts(word) is nfa.accepts_input("".join(word))


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: from_automata_lib(dfa(), "0"), AlphabetError, "reads the letter '1', which is"),
        (
            lambda: from_automata_lib(dfa(), "012"),
            AutomatonError,
            "no transitions.* letter '2'",
        ),
        (lambda: from_automata_lib(dfa(), "0110"), AlphabetError, "occurs twice in the alphabet"),
        (
            lambda: from_automata_lib(
                dfa(transitions={"e": {"0": "e", "1": "e"}, "o": {"0": "o", "1": "e"}})
            ),
            AutomatonError,
            "state 'o' cannot be reached",
        ),
        (
            lambda: to_automata_lib(get_language("s3").build()),
            AutomatonError,
            "automata-lib has acceptors only",
        ),
    ],
)
def test_bad_automata_of_automata_lib(call, error, message):
    with pytest.raises(error, match=message):
        call()


# AALpy, by the look of its classes


def aalpy_machine(setup):
    """What AALpy's from_state_setup makes, without AALpy."""
    states = {}
    for name, (output, _) in setup.items():
        verdict = {"is_accepting": output} if isinstance(output, bool) else {"output": output}
        states[name] = SimpleNamespace(state_id=name, transitions={}, **verdict)
    for name, (_, row) in setup.items():
        states[name].transitions.update({a: states.get(target) for a, target in row.items()})
    ordered = list(states.values())
    return SimpleNamespace(initial_state=ordered[0], states=ordered)


@given(machines)
def test_aalpy_round_trip(automaton):
    machine = aalpy_machine(to_aalpy_state_setup(automaton))
    assert from_aalpy(machine, automaton.alphabet) == automaton


def test_aalpy_letters_and_outputs_of_other_types():
    machine = aalpy_machine({"p": (0, {1: "q", 0: "p"}), "q": (1, {1: "p", 0: "q"})})
    automaton = from_aalpy(machine)
    assert automaton.alphabet == ("0", "1")
    assert automaton.output("0110") == "0"


def without_output():
    machine = aalpy_machine({"p": (True, {"a": "p"})})
    del machine.states[0].is_accepting
    return machine


def mealy(*answers):
    machine = aalpy_machine({"p": ("", {"a": "q"}), "q": ("", {"a": "p"})})
    for state, answer in zip(machine.states, answers, strict=False):
        state.output_fun = {"a": answer}
    return machine


def test_aalpy_mealy_machines_become_moore_machines():
    machine = from_aalpy(mealy("odd", "even"))
    assert (machine.outputs, machine.n_states) == (("even", "odd"), 2)
    assert machine.output("aaa") == "odd"


def test_aalpy_states_keep_their_names():
    assert from_aalpy(
        aalpy_machine({"p": (True, {"a": "q"}), "q": (False, {"a": "p"})})
    ).state_names == (
        "p",
        "q",
    )


def foreign_start():
    machine = aalpy_machine({"p": (True, {"a": "p"})})
    machine.initial_state = aalpy_machine({"p": (True, {"a": "p"})}).initial_state
    return machine


@pytest.mark.parametrize(
    ("machine", "error", "message"),
    [
        (SimpleNamespace(), AutomatonError, "a SimpleNamespace has no 'initial_state'"),
        (mealy("x"), AutomatonError, "state 'q' has a transition and no output for the letter 'a'"),
        (mealy(1, "1"), AutomatonError, "the outputs 1 and '1' are both written '1'"),
        (
            without_output(),
            AutomatonError,
            "state 'p' has no 'is_accepting', 'output' or 'output_fun'",
        ),
        (foreign_start(), AutomatonError, "the initial state of the machine is not among"),
        (
            aalpy_machine({"p": (True, {"a": "nowhere"})}),
            AutomatonError,
            "state 'p' has the transition 'a' to None, which is none of the states",
        ),
        (
            aalpy_machine({"p": (True, {"a": "p", 1: "p", "1": "p"})}),
            AlphabetError,
            "the letters 1 and '1' are both written '1'",
        ),
        (
            aalpy_machine({"p": ("1", {"a": "q"}), "q": (1, {"a": "p"})}),
            AutomatonError,
            "the outputs '1' and 1 are both written '1'",
        ),
        (
            aalpy_machine({"p": (True, {"a": "q", "b": "p"}), "q": (True, {"a": "p"})}),
            AutomatonError,
            "state 'q' has no transition for letter 'b'",
        ),
        (aalpy_machine({"p": (True, {"a b": "p"})}), AlphabetError, "holds white space"),
    ],
)
def test_bad_aalpy_machines(machine, error, message):
    with pytest.raises(error, match=message):
        from_aalpy(machine)


def test_aalpy_machines_can_be_completed_and_trimmed():
    machine = aalpy_machine({"p": (True, {"a": "p", "b": "p"}), "q": (True, {"a": "q"})})
    assert from_aalpy(machine, complete=True, trim=True) == Automaton("ab", [[0, 0]], (True,))


# Fields of automata-lib in JSON, and names of states of a table


def library(**changes):
    base = {
        "states": [0, 1],
        "input_symbols": ["b", "a"],
        "transitions": {"0": {"a": 1, "b": 0}, "1": {"a": 0}},
        "initial_state": 0,
        "final_states": [1],
        "allow_partial": True,
    }
    merged = {**base, **changes}
    return json.dumps({key: value for key, value in merged.items() if value is not ...})


def test_json_with_the_fields_of_automata_lib():
    told = []
    acceptor = automaton_from_json(library(), tell=told.append)
    assert acceptor.alphabet == ("b", "a")
    assert [acceptor.accepts(word) for word in ("a", "ba", "ab", "aaa")] == [
        True,
        True,
        False,
        True,
    ]
    assert told == ["completed: 1 missing transition leads to a new rejecting state"]
    with pytest.raises(AutomatonError, match="state '1' has no transition for letter 'b'"):
        automaton_from_json(library(allow_partial=...))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (library(states=...), "the key 'states' is missing; expected states, input_symbols, trans"),
        (library(stack=[]), "unknown key 'stack'"),
        (library(states=[0, [1]]), r"states\[1\] is \[1\]; expected a string"),
        (library(states=[0, True]), r"states\[1\] is true; expected a string"),
        (library(allow_partial=1), "allow_partial is 1; expected true or false"),
        (library(initial_state=7), "the initial state '7' has no transitions"),
        (library(final_states=[7]), "the accepting state '7' has no row"),
        (library(transitions={"2": {}}), "transitions has a row '2', which is not in 'states'"),
        (
            library(transitions={"0": {"a": [7]}}),
            r"transitions\['0'\]\['a'\]: .* no state '7'; add",
        ),
        (library(transitions={"0": {"c": [0]}}), "the letter is not in the given alphabet {b, a}"),
        (named(transitions={"e": {"a": ["e"], "b": [3]}}), r"\['b'\] is 3; expected a string"),
        (named(initial="x", transitions={"e": {"a": ["e"]}}), "the initial state 'x' has no row"),
        (parts(state_names=["p"]), "there are 1 names for 2 states"),
        (parts(state_names=["p", "p"]), "two states have the name 'p'"),
        (parts(state_names=["p", 3]), "3 is no name of a state"),
        (parts(state_names="pq"), 'state_names is "pq"; expected a list'),
    ],
)
def test_bad_fields(text, message):
    with pytest.raises(AutomatonError, match=message):
        automaton_from_json(text)


def test_names_of_a_table_follow_its_states():
    text = parts(
        alphabet=["a", "b"], table=[[2, 0], [1, 1], [1, 2]], outputs=[True, False, True],
        state_names=["start", "end", "middle"],
    )  # fmt: skip
    assert automaton_from_json(text).state_names == ("start", "middle", "end")
