"""Languages, automata and their monoids. Nothing in this room knows of networks.

Most of it is imported when it is first used: a command needs little of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from monoscan.automata.automaton import Automaton, Output, canonical
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.errors import AlphabetError, AutomatonError, AutomatonFileError, WordError

# Not late: the function has the name of its module.
from monoscan.automata.minimize import is_minimal, minimize
from monoscan.automata.word import Word, format_word, parse_alphabet, parse_word
from monoscan.late import late_names

if TYPE_CHECKING:
    from monoscan.automata.algebra import (
        complement,
        difference,
        intersection,
        inverse_letter_map,
        left_quotient,
        product,
        reversal,
        right_quotient,
        symmetric_difference,
        union,
        with_alphabet,
    )
    from monoscan.automata.analysis import Analysis, analyze
    from monoscan.automata.cascade import Cascade, holonomy_cascade, verify_cascade
    from monoscan.automata.equivalence import are_equivalent, distinguishing_word
    from monoscan.automata.greens import GreensRelations
    from monoscan.automata.groups import PermutationGroup
    from monoscan.automata.monoid import TransitionMonoid, syntactic_monoid, transition_monoid
    from monoscan.automata.properties import PROPERTIES
    from monoscan.automata.properties.aperiodic import Aperiodic, NotAperiodic, is_aperiodic
    from monoscan.automata.rational_operations import concatenation, star
    from monoscan.automata.regex import RegexError, compile_regex
    from monoscan.automata.shortlex import first_words
    from monoscan.automata.sources import (
        DotError,
        FormulaError,
        Permutation,
        PermutationError,
        automaton_from_att,
        automaton_from_ba,
        automaton_from_dot,
        automaton_from_hoa,
        automaton_from_jff,
        automaton_from_json,
        automaton_to_att,
        automaton_to_dot,
        automaton_to_jff,
        automaton_to_json,
        compile_past_ltl,
        from_aalpy,
        from_automata_lib,
        from_networkx,
        from_sympy_group,
        from_sympy_permutation,
        from_words,
        group_elements,
        group_word_problem,
        modular_arithmetic,
        parse_permutation,
        parse_permutations,
        read_automaton,
        symbols_from_text,
        symbols_to_text,
        to_aalpy_state_setup,
        to_automata_lib,
        write_automaton,
    )
    from monoscan.automata.zoo import (
        LANGUAGES,
        RULES,
        Language,
        RuleFamily,
        all_languages,
        get_language,
    )

__all__ = [
    "LANGUAGES",
    "PROPERTIES",
    "RULES",
    "AlphabetError",
    "Analysis",
    "Aperiodic",
    "Automaton",
    "AutomatonError",
    "AutomatonFileError",
    "BudgetExceeded",
    "Cascade",
    "DotError",
    "FormulaError",
    "GreensRelations",
    "Language",
    "NotAperiodic",
    "Output",
    "Permutation",
    "PermutationError",
    "PermutationGroup",
    "RegexError",
    "RuleFamily",
    "TransitionMonoid",
    "Word",
    "WordError",
    "all_languages",
    "analyze",
    "are_equivalent",
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
    "canonical",
    "compile_past_ltl",
    "compile_regex",
    "complement",
    "concatenation",
    "difference",
    "distinguishing_word",
    "first_words",
    "format_word",
    "from_aalpy",
    "from_automata_lib",
    "from_networkx",
    "from_sympy_group",
    "from_sympy_permutation",
    "from_words",
    "get_language",
    "group_elements",
    "group_word_problem",
    "holonomy_cascade",
    "intersection",
    "inverse_letter_map",
    "is_aperiodic",
    "is_minimal",
    "left_quotient",
    "minimize",
    "modular_arithmetic",
    "parse_alphabet",
    "parse_permutation",
    "parse_permutations",
    "parse_word",
    "product",
    "read_automaton",
    "reversal",
    "right_quotient",
    "star",
    "symbols_from_text",
    "symbols_to_text",
    "symmetric_difference",
    "syntactic_monoid",
    "to_aalpy_state_setup",
    "to_automata_lib",
    "transition_monoid",
    "union",
    "verify_cascade",
    "with_alphabet",
    "write_automaton",
]

if not TYPE_CHECKING:  # which would take every misspelt name for one of those
    __getattr__, __dir__ = late_names(
        __name__,
        {
            "algebra": (
                "complement difference intersection inverse_letter_map left_quotient product "
                "reversal right_quotient symmetric_difference union with_alphabet"
            ),
            "analysis": "Analysis analyze",
            "cascade": "Cascade holonomy_cascade verify_cascade",
            "equivalence": "are_equivalent distinguishing_word",
            "greens": "GreensRelations",
            "groups": "PermutationGroup",
            "monoid": "TransitionMonoid syntactic_monoid transition_monoid",
            "properties": "PROPERTIES",
            "properties.aperiodic": "Aperiodic NotAperiodic is_aperiodic",
            "rational_operations": "concatenation star",
            "regex": "RegexError compile_regex",
            "shortlex": "first_words",
            "sources": (
                "DotError FormulaError Permutation PermutationError automaton_from_att "
                "automaton_from_ba automaton_from_dot automaton_from_hoa automaton_from_jff "
                "automaton_from_json automaton_to_att automaton_to_dot automaton_to_jff "
                "automaton_to_json compile_past_ltl from_aalpy from_automata_lib from_networkx "
                "from_sympy_group from_sympy_permutation from_words group_elements "
                "group_word_problem modular_arithmetic parse_permutation parse_permutations "
                "read_automaton symbols_from_text symbols_to_text to_aalpy_state_setup "
                "to_automata_lib write_automaton"
            ),
            "zoo": "LANGUAGES RULES Language RuleFamily all_languages get_language",
        },
    )
