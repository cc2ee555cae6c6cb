"""Named languages: one language or family a file, each with a definition, examples, a source."""

from monoscan.automata.zoo.registry import (
    Language,
    UnknownLanguage,
    all_languages,
    get_language,
    language,
)

__all__ = ["Language", "UnknownLanguage", "all_languages", "get_language", "language"]
