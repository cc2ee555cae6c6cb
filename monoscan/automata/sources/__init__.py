"""Ways to give a language beside regular expressions and the zoo: one a file."""

from monoscan.automata.sources.aalpy import from_aalpy, to_aalpy_state_setup
from monoscan.automata.sources.att import (
    automaton_from_att,
    automaton_to_att,
    symbols_from_text,
    symbols_to_text,
)
from monoscan.automata.sources.automata_lib import from_automata_lib, to_automata_lib
from monoscan.automata.sources.ba import automaton_from_ba
from monoscan.automata.sources.cycle_notation import (
    Permutation,
    PermutationError,
    parse_permutation,
    parse_permutations,
)
from monoscan.automata.sources.dot import automaton_from_dot, automaton_to_dot
from monoscan.automata.sources.dot_syntax import DotError
from monoscan.automata.sources.files import read_automaton, write_automaton
from monoscan.automata.sources.hoa import automaton_from_hoa
from monoscan.automata.sources.jflap import automaton_from_jff, automaton_to_jff
from monoscan.automata.sources.json_file import automaton_from_json, automaton_to_json
from monoscan.automata.sources.modular import modular_arithmetic
from monoscan.automata.sources.networkx_graph import from_networkx
from monoscan.automata.sources.past_ltl import FormulaError, compile_past_ltl
from monoscan.automata.sources.permutations import group_elements, group_word_problem
from monoscan.automata.sources.sympy_group import from_sympy_group, from_sympy_permutation
from monoscan.automata.sources.word_list import from_words

__all__ = [
    "DotError",
    "FormulaError",
    "Permutation",
    "PermutationError",
    "automaton_from_att",
    "automaton_from_ba",
    "automaton_from_dot",
    "automaton_from_hoa",
    "automaton_from_jff",
    "automaton_from_json",
    "automaton_to_att",
    "automaton_to_dot",
    "automaton_to_jff",
    "automaton_to_json",
    "compile_past_ltl",
    "from_aalpy",
    "from_automata_lib",
    "from_networkx",
    "from_sympy_group",
    "from_sympy_permutation",
    "from_words",
    "group_elements",
    "group_word_problem",
    "modular_arithmetic",
    "parse_permutation",
    "parse_permutations",
    "read_automaton",
    "symbols_from_text",
    "symbols_to_text",
    "to_aalpy_state_setup",
    "to_automata_lib",
    "write_automaton",
]
