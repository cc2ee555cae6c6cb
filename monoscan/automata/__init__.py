"""Languages, automata and their monoids. Nothing in this room knows of networks."""

from monoscan.automata.automaton import Automaton, Output, canonical
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.equivalence import are_equivalent, distinguishing_word
from monoscan.automata.errors import AlphabetError, AutomatonError, WordError
from monoscan.automata.minimize import is_minimal, minimize
from monoscan.automata.monoid import TransitionMonoid, syntactic_monoid, transition_monoid
from monoscan.automata.properties import Aperiodic, NotAperiodic, is_aperiodic
from monoscan.automata.regex import RegexError, compile_regex
from monoscan.automata.word import Word, format_word, parse_alphabet, parse_word
from monoscan.automata.zoo import Language, UnknownLanguage, all_languages, get_language

__all__ = [
    "AlphabetError",
    "Aperiodic",
    "Automaton",
    "AutomatonError",
    "BudgetExceeded",
    "Language",
    "NotAperiodic",
    "Output",
    "RegexError",
    "TransitionMonoid",
    "UnknownLanguage",
    "Word",
    "WordError",
    "all_languages",
    "are_equivalent",
    "canonical",
    "compile_regex",
    "distinguishing_word",
    "format_word",
    "get_language",
    "is_aperiodic",
    "is_minimal",
    "minimize",
    "parse_alphabet",
    "parse_word",
    "syntactic_monoid",
    "transition_monoid",
]
