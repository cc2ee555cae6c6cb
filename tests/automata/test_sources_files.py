"""Files by the end of their names: what is written is read back, and what is refused."""

from __future__ import annotations

import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.automata import Automaton, AutomatonError, AutomatonFileError, from_words
from monoscan.automata.sources import (
    automaton_from_att,
    automaton_to_att,
    read_automaton,
    symbols_from_text,
    symbols_to_text,
    write_automaton,
)
from monoscan.automata.sources.files import FORMATS, SUFFIXES, looks_like
from monoscan.automata.sources.moves import EMPTY_MOVES
from monoscan.strategies.automata import automata

PARITY = Automaton("01", [[0, 1], [1, 0]], (True, False), ("even", "odd"))
WRITTEN = [suffix for form in FORMATS if form.write for suffix in form.suffixes]
TAKES_ALPHABET = [
    suffix for form in FORMATS if "alphabet" in form.options for suffix in form.suffixes
]

letters = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=2,
).filter(lambda letter: not any(map(str.isspace, letter)) and letter not in EMPTY_MOVES)
alphabets = st.lists(letters, min_size=1, max_size=3, unique=True).map(tuple)
names = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=4,
)


@st.composite
def named_automata(draw, outputs=(False, True)):
    """Automata over strange letters, with strange names of states or none."""
    found = draw(automata(alphabet=draw(alphabets), max_states=5, outputs=outputs))
    count = st.lists(names, min_size=found.n_states, max_size=found.n_states, unique=True)
    return Automaton(
        found.alphabet, found.table, found.outputs, draw(st.one_of(st.just(()), count))
    )


def through(automaton, path):
    write_automaton(automaton, path)
    alphabet = automaton.alphabet if path.name.endswith(tuple(TAKES_ALPHABET)) else None
    return read_automaton(path, alphabet)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("files")


@pytest.mark.parametrize("suffix", WRITTEN)
@given(automaton=named_automata())
@examples(60)
def test_acceptors_are_read_back(folder, suffix, automaton):
    assert through(automaton, folder / f"x{suffix}") == automaton


@pytest.mark.parametrize("suffix", [".json", ".dot", ".jff"])
@given(automaton=named_automata(outputs=("x", "y z", "<&|\"'>")))
@examples(60)
def test_other_outputs_are_read_back(folder, suffix, automaton):
    assert through(automaton, folder / f"x{suffix}") == automaton


@pytest.mark.parametrize("suffix", [".json", ".dot", ".jff"])
def test_names_of_states_are_read_back(tmp_path, suffix):
    again = through(PARITY, tmp_path / f"parity{suffix}")
    assert (again, again.state_names) == (PARITY, ("even", "odd"))


@given(automaton=named_automata())
def test_a_symbol_table_makes_every_letter_plain(automaton):
    text, table = automaton_to_att(automaton), symbols_to_text(automaton.alphabet)
    assert automaton_from_att(text, symbols=symbols_from_text(table)) == automaton
    numbers = {letter: str(place) for place, letter in enumerate(automaton.alphabet, 1)}
    arcs = [line.split() for line in text.splitlines()]
    as_numbers = "\n".join(" ".join([*w[:2], *(numbers[a] for a in w[2:])]) for w in arcs)
    alone = automaton_from_att(as_numbers, alphabet=list(numbers.values()))
    assert (alone.table.tolist(), alone.outputs) == (automaton.table.tolist(), automaton.outputs)


def test_symbol_tables_are_files(tmp_path):
    (tmp_path / "x.att").write_text(automaton_to_att(PARITY), encoding="utf-8")
    (tmp_path / "x.syms").write_text(symbols_to_text("01"), encoding="utf-8")
    assert read_automaton(tmp_path / "x.att", symbols=tmp_path / "x.syms") == PARITY
    (tmp_path / "x.syms").write_text("a", encoding="utf-8")
    with pytest.raises(
        AutomatonFileError, match=r"symbol table .*x.syms: line 1: expected a symbol"
    ):
        read_automaton(tmp_path / "x.att", symbols=tmp_path / "x.syms")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('{"alphabet": []}', "JSON"),
        ("// x\ndigraph {", None),
        ("strict digraph x {", "a drawing of Graphviz"),
        ("<?xml version='1.0'?>", "a file of JFLAP"),
        ("HOA: v1", "a file in the Hanoi format"),
        ("s0\na,s0->s1\n", "a file of RABIT"),
        ("0 1 a\n", "a text of OpenFst"),
        ("0\t1\ta\tb\t0.5\n", "a text of OpenFst"),
        ("hello", None),
    ],
)
def test_what_texts_look_like(text, name):
    found = looks_like(text)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        *((f"x{suffix}", b"", "there is nothing in it; expected") for suffix in SUFFIXES),
        *((f"x{suffix}", b"ab\0c", "byte 2 is 0, so this is no text") for suffix in SUFFIXES),
        *((f"x{suffix}", b"ab\xff", "byte 2 is not UTF-8") for suffix in SUFFIXES),
        ("x.att", b"\xd6\xfd\xb2\x7e\0\0", "compiled file of OpenFst; print it by fstprint"),
        ("x.att", b"0 1 a" * 2**22, r"the text has \d+ characters; at most 16777216 are read"),
        ("x.dot", b"HOA: v1", "look like a file in the Hanoi format; .* end in .hoa"),
        ("x.json", b"0 1 a\n1", r"this is no JSON.*look like a text of OpenFst; .* end in .att"),
        ("x.att", b"<structure><type>fa</type></structure>", "look like a file of JFLAP"),
        ("x.jff", b'{"alphabet": 3}', "this is no XML.*look like JSON; if so, .* end in .json"),
        ("x.ba", b"digraph { a -> b }", "look like a drawing of Graphviz"),
        ("x.txt", b"HOA: v1", r"give a file whose name ends in .json.*\(the contents look like"),
        ("x", b"\xd6\xfd\xb2\x7e", "give a file whose name ends in .json, .*; this is a compiled"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AutomatonFileError, match=f"(?s){message}") as refusal:
        read_automaton(path)
    assert len(str(refusal.value)) < 600


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_that_ends_early_is_no_automaton(tmp_path, suffix):
    texts = {
        ".hoa": 'HOA: v1 Start: 0 AP: 1 "a" acc-name: Finite Acceptance: 1 Inf(0) --BODY--'
        " State: 0 {0} [t] 0 --END--",
        ".ba": "p\na,p->p\nb,p->q\na,q->p\np",
    }
    path = tmp_path / f"x{suffix}"
    if suffix in texts:
        path.write_text(texts[suffix], encoding="utf-8")
    else:
        write_automaton(from_words(["ab"], "ab"), path)
    text = path.read_text(encoding="utf-8").rstrip()
    assert read_automaton(path).n_states >= 1
    # Texts of lines can end after any line; elsewhere the last sign closes the whole.
    of_lines = suffix in (".att", ".fst.txt", ".ba")
    path.write_text(text[: 4 if of_lines else -1], encoding="utf-8")
    with pytest.raises(AutomatonError):
        read_automaton(path)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        (
            "x.json",
            {"alphabet": "ab"},
            "--alphabet .* nothing for .json files: the alphabet is said",
        ),
        ("x.hoa", {"alphabet": "ab"}, "--alphabet .* nothing for .hoa files"),
        ("x.dot", {"symbols": "s"}, "--symbols .* nothing for .dot files: a symbol table belongs"),
        ("x.jff", {"ignore": ["x"]}, "--ignore .* nothing for .jff files: attributes"),
    ],
)
def test_options_that_mean_nothing(name, options, message):
    with pytest.raises(AutomatonFileError, match=message):
        read_automaton(name, **options)


def test_what_is_not_written(tmp_path):
    for name, automaton, message in [
        (
            "x.hoa",
            PARITY,
            "a file in the Hanoi format is only read; give a file whose name ends in",
        ),
        ("x.txt", PARITY, "give a file whose name ends in .json"),
        ("x.jff", Automaton("a", [[0]], ("\0",)), "holds a character that XML has not"),
        ("x.att", Automaton("a", [[0]], ("x",)), "outputs strings such as 'x', .* write .json"),
    ]:
        with pytest.raises(AutomatonError, match=message):
            write_automaton(automaton, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_not_there(tmp_path):
    with pytest.raises(AutomatonFileError, match="No such file"):
        read_automaton(tmp_path / "absent.att")
