"""A language in one line: its letters, its states, and the first words it accepts and rejects."""

from __future__ import annotations

from typing import Any

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.errors import show_alphabet
from monoscan.automata.shortlex import sample_words
from monoscan.automata.word import Word, format_word

_WORDS = 4
_WIDEST = 40
_LONGEST_WORD = 24


def summary(automaton: Automaton, name: str = "") -> str:
    """The automaton in one line.

    Args:
        automaton: The automaton.
        name: What the language is called; a long name is shortened.

    >>> summary(Automaton("01", [[0, 1], [1, 0]], (True, False)), "parity")
    'parity over {0, 1}: 2 states; accepts ε, 0, 00, 11, ...; rejects 1, 01, 10, 001, ...'
    """
    letters = show_alphabet(automaton.alphabet)
    over = letters if len(letters) <= _WIDEST else f"{len(automaton.alphabet)} letters"
    called = name if len(name) <= _WIDEST else f"{name[:_WIDEST]}..."
    states = f"{automaton.n_states} state{'s' * (automaton.n_states > 1)}"
    return f"{called or 'language'} over {over}: {states}; {'; '.join(_examples(automaton))}"


def summary_to_json(automaton: Automaton, name: str = "") -> dict[str, Any]:
    """The same as JSON values; words are lists of letters.

    >>> summary_to_json(Automaton("a", [[1], [1]], (True, False)))["accepts"]
    [[]]
    """
    facts: dict[str, Any] = {
        "name": name,
        "alphabet": list(automaton.alphabet),
        "states": automaton.n_states,
    }
    if automaton.state_names:
        facts["state_names"] = list(automaton.state_names)
    if not automaton.is_acceptor:
        return facts | {
            "answers": [
                {"word": list(word), "output": output}
                for output in _first_outputs(automaton)
                for word in sample_words(automaton, output, 1).words
            ]
        }
    return facts | {
        key: [list(word) for word in sample_words(automaton, value, _WORDS).words]
        for key, value in (("accepts", True), ("rejects", False))
    }


def _examples(automaton: Automaton) -> list[str]:
    if automaton.is_acceptor:
        return [f"accepts {_shown(automaton, True)}", f"rejects {_shown(automaton, False)}"]
    outputs = _first_outputs(automaton)
    shown = [f"answers {output} to {_shown(automaton, output, 1)}" for output in outputs]
    return [*shown, "..."] if len(set(automaton.outputs)) > len(outputs) else shown


def _first_outputs(automaton: Automaton) -> list[Output]:
    """The outputs that are reached first."""
    return list(dict.fromkeys(automaton.outputs))[:_WORDS]


def _shown(automaton: Automaton, output: Output, n: int = _WORDS) -> str:
    sample = sample_words(automaton, output, n)
    words = [_word(word, automaton.alphabet) for word in sample.words] or ["no word"]
    return ", ".join(words if sample.is_all or n == 1 else [*words, "..."])


def _word(word: Word, alphabet: tuple[str, ...]) -> str:
    if len(word) <= _LONGEST_WORD:
        return format_word(word, alphabet) or "''"
    return f"{format_word(word[:_LONGEST_WORD], alphabet)}... ({len(word)} letters)"
