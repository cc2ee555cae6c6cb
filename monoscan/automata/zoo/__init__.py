"""Named languages: one language or family a file, each with a definition, examples, a source."""

from monoscan.automata.zoo.registry import (
    Family,
    Language,
    ParameterError,
    UnknownLanguage,
    all_families,
    all_languages,
    describe,
    get_family,
    get_language,
    language,
    language_family,
)

__all__ = [
    "Family",
    "Language",
    "ParameterError",
    "UnknownLanguage",
    "all_families",
    "all_languages",
    "describe",
    "get_family",
    "get_language",
    "language",
    "language_family",
]
