"""Named languages: one language or family a file, each with a definition, examples, a source."""

from monoscan.automata.zoo.registry import (
    LANGUAGES,
    Language,
    all_languages,
    describe,
    language,
    language_family,
)
from monoscan.automata.zoo.rules import RULES, RuleFamily, get_language

__all__ = [
    "LANGUAGES",
    "RULES",
    "Language",
    "RuleFamily",
    "all_languages",
    "describe",
    "get_language",
    "language",
    "language_family",
]
