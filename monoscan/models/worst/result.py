"""What a search for failing words found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, final

from monoscan.automata import Output, Word, format_word
from monoscan.models.worst.plan import SearchPlan


class SearchEnd(StrEnum):
    """How a search ended."""

    FOUND = "found"
    NONE_FOUND = "none-found"
    BUDGET_REACHED = "budget-reached"


@final
@dataclass(frozen=True)
class WorstCase:
    """The shortest failing word that was found, or what was read without finding one.

    A word fails if the answer after its last letter is wrong; read alone from its start, it does.
    No shorter prefix of it fails.

    Attributes:
        end: ``found``; ``none-found`` if all of the plan was read; ``budget-reached`` if nothing
            was found and the letters did not suffice for the plan.
        word: The failing word; None if none was found.
        answer: What the network answers to it; None if its scores are no numbers.
        expected: What is right.
        every_word_to: All words of up to so many letters were read, and only the failing word, if
            it is one letter longer, may be wrong.
        every_period_to: All words p u u u ... whose p and u have up to so many letters together
            were read, up to ``read_to``.
        read_to: The length of the longest words that were read to the end: that of the plan, or
            one less than that of the failing word.
        letters: How many letters were read.
        is_cut: Whether the letters did not suffice for all of the plan.
        alphabet: The letters.
        plan: What was to be read.
    """

    end: SearchEnd
    word: Word | None
    answer: Output | None
    expected: Output | None
    every_word_to: int
    every_period_to: int
    read_to: int
    letters: int
    is_cut: bool
    alphabet: tuple[str, ...]
    plan: SearchPlan

    @property
    def length(self) -> int | None:
        """The first failing length: that of the word; None if there is none."""
        return None if self.word is None else len(self.word)

    @property
    def is_shortest(self) -> bool:
        """Whether certainly no shorter word fails: all of them were read."""
        return self.word is not None and len(self.word) == self.every_word_to + 1

    @property
    def shown(self) -> str:
        """The word as text, with its repetition said; empty if there is none."""
        return "" if self.word is None else show_repetition(self.word, self.alphabet)

    def lines(self) -> list[str]:
        """What was found and what was read, a sentence each."""
        if self.word is None:
            first = f"no failing word of up to {counted(self.read_to, 'letter')} found"
            if self.is_cut:
                first += "; the search was cut, since its budget of letters was reached"
            return [f"{first}; a search proves nothing of the words it has not read", self._read()]
        asked = "certainly the shortest" if self.is_shortest else "the shortest found"
        return [
            f"fails on a word of {counted(len(self.word), 'letter')}, {asked}: {self.shown}",
            f"the answer to it is {self._answer}, and right is {show_output(self.expected)}",
            self._read() + ("; the budget of letters was reached" if self.is_cut else ""),
        ]

    @property
    def _answer(self) -> str:
        return "no number" if self.answer is None else show_output(self.answer)

    def _read(self) -> str:
        """What was read."""
        parts = []
        if self.every_word_to:
            parts.append(f"all words of up to {counted(self.every_word_to, 'letter')}")
        if self.every_period_to:
            parts.append(
                f"all p u u u ... of up to {counted(self.read_to, 'letter')} with p and u of up "
                f"to {self.every_period_to} together"
            )
        parts.append("words chosen by what they do to the network")
        return f"read: {', '.join(parts)}; {self.letters:,} letters"

    def to_json(self) -> dict[str, Any]:
        """Values of JSON."""
        return {
            "end": self.end.value,
            "length": self.length,
            "word": None if self.word is None else list(self.word),
            "shown": self.shown,
            "answer": self.answer,
            "expected": self.expected,
            "is_shortest": self.is_shortest,
            "every_word_to": self.every_word_to,
            "every_period_to": self.every_period_to,
            "read_to": self.read_to,
            "letters": self.letters,
            "is_cut": self.is_cut,
            "alphabet": list(self.alphabet),
            "plan": asdict(self.plan),
        }


def worst_case_from_json(value: Mapping[str, Any]) -> WorstCase:
    """Reads what `WorstCase.to_json` gives.

    Raises:
        KeyError: If something is missing.
        TypeError: If it is of another kind.
        ValueError: If it is out of range.
    """
    known = {field.name: value[field.name] for field in fields(WorstCase)}
    word = known["word"]
    known["word"] = None if word is None else tuple(word)
    known["end"], known["alphabet"] = SearchEnd(known["end"]), tuple(known["alphabet"])
    known["plan"] = SearchPlan(**known["plan"])
    return WorstCase(**known)


def counted(number: int, noun: str) -> str:
    """A number of things.

    >>> counted(1, "letter"), counted(2, "letter")
    ('1 letter', '2 letters')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def show_output(output: Output | None) -> str:
    """An answer in words.

    >>> show_output(True), show_output("(1,2)")
    ('true', '(1,2)')
    """
    return str(output).lower() if isinstance(output, bool) else str(output)


def show_repetition(word: Word, alphabet: tuple[str, ...]) -> str:
    """A word as text; if it repeats something, which and how often.

    >>> show_repetition(tuple("0" + 5 * "011" + "0"), ("0", "1"))
    '0, then 5 times 011, then 0'
    >>> show_repetition(tuple("0110"), ("0", "1"))
    '0110'
    """
    start, period, times = _repetition(word)
    end = start + times * period
    if times < 3 or 2 * (end - start) < len(word):
        return format_word(word, alphabet)
    parts = [f"{times} times {format_word(word[start : start + period], alphabet)}"]
    if start:
        parts.insert(0, format_word(word[:start], alphabet))
    if end < len(word):
        parts.append(format_word(word[end:], alphabet))
    return ", then ".join(parts)


def _repetition(word: Word) -> tuple[int, int, int]:
    """Where something is repeated, its length and how often: what is left then is the shortest."""
    best = len(word), 0, len(word), 1
    for period in range(1, len(word) // 3 + 1):
        run = 0
        for place in range(period, len(word)):
            run = run + 1 if word[place] == word[place - period] else 0
            times = run // period + 1
            start = place + 1 - run - period
            best = min(best, (len(word) - (times - 1) * period, start, period, times))
    return best[1:]
