"""Regular expressions over any finite alphabet, compiled to minimal acceptors."""

from monoscan.automata.regex.compiler import compile_regex
from monoscan.automata.regex.errors import RegexError
from monoscan.automata.regex.hints import hint_of_union

__all__ = ["RegexError", "compile_regex", "hint_of_union"]
