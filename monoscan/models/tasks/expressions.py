"""Arithmetic expressions modulo p, with or without brackets, and their values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self, final

import numpy as np
from numpy.typing import NDArray

from monoscan.models.errors import ConfigError
from monoscan.models.fields import check_types
from monoscan.models.tasks.batch import IGNORED, Batch, Integers, random_lengths
from monoscan.models.tasks.task import SequenceTask, task_kind

OPERATORS: Final = "+-*"
_SYMBOLS: Final = (*OPERATORS, "(", ")", "=")
_MINUS, _OPEN, _CLOSE, _EQUALS = (_SYMBOLS.index(symbol) for symbol in "-()=")
_MAX_MODULUS: Final = 100
_SHORT: Final = 5  # below this many symbols, an expression has one residue


@task_kind("expressions")
@final
@dataclass(frozen=True)
class Expressions(SequenceTask):
    """Read an expression and ``=``, answer with its value modulo p.

    A word of length T is an expression of T - 1 symbols and ``=``, where the value is asked for.
    With brackets, the expressions of n symbols are, r being a uniform residue::

        n = 1: r     n = 2: -r     n = 3: (r)     n = 4: (-r)     n > 4: (E op F)

    where the length of E is uniform between 1 and n - 4, and op is uniform. Brackets nest without
    bound, so that the language is not regular. Without brackets, an expression is r op r op ... r,
    with a minus before it where n is even; ``*`` binds tighter than ``+`` and ``-``, which go from
    left to right. Two residues of memory suffice: it is the regular language modular-arithmetic-P.

    Attributes:
        modulus: The modulus p, from 2 to 100.
        operators: The operators that join expressions, some of ``+-*``. The text of
            arXiv:2411.12537 (section 5.1) has all three; its released code, and by default that of
            arXiv:2207.02098, have ``+-`` with brackets. In that code "length n" also counts the
            answer and one more letter: a word of length n - 2 here.
        brackets: Whether there are brackets.

    Raises:
        ConfigError: If the modulus is out of range, or the operators are none.

    Source: Delétang et al., Neural networks and the Chomsky hierarchy, arXiv:2207.02098 (tasks
    modular arithmetic and modular arithmetic (simple) of its code).

    >>> task = Expressions(5)
    >>> batch = task.sample(np.random.default_rng(9), 1, 12)
    >>> task.text(batch.words[0]), int(batch.targets[0, -1])
    ('((3+(3))-4)=', 2)
    """

    min_length: ClassVar[int] = 2

    modulus: int = 5
    operators: str = OPERATORS
    brackets: bool = True

    def __post_init__(self) -> None:
        check_types(self)
        if not 2 <= self.modulus <= _MAX_MODULUS:
            raise ConfigError(
                f"the modulus is {self.modulus}; expected a number from 2 to {_MAX_MODULUS}"
            )
        ordered = "".join(operator for operator in OPERATORS if operator in self.operators)
        if not ordered or sorted(ordered) != sorted(self.operators):
            raise ConfigError(
                f"the operators are {self.operators!r}; expected some of {OPERATORS}, each once"
            )
        object.__setattr__(self, "operators", ordered)

    @property
    def title(self) -> str:
        """What the task is called, for people."""
        brackets = "with" if self.brackets else "without"
        signs = " ".join(self.operators)
        return f"expressions modulo {self.modulus} {brackets} brackets, {signs}"

    @property
    def letters(self) -> tuple[str, ...]:
        """The residues, then ``+ - * ( ) =``."""
        return (*(str(residue) for residue in range(self.modulus)), *_SYMBOLS)

    @property
    def n_outputs(self) -> int:
        """The modulus: each residue is an answer."""
        return self.modulus

    @property
    def asks_every_letter(self) -> bool:
        """False: the value is asked for after ``=``."""
        return False

    def text(self, word: Integers) -> str:
        """A word, [T], as one text."""
        return "".join(self.letters[letter] for letter in word)

    def sample(
        self, rng: np.random.Generator, n_words: int, length: int, min_length: int | None = None
    ) -> Batch:
        """Random expressions with their values; see `SequenceTask.sample`.

        Raises:
            ConfigError: If a size is out of range.
        """
        lengths = random_lengths(rng, n_words, length, min_length, self.min_length)
        words = np.zeros((n_words, length), dtype=np.int64)
        write = _write_nested if self.brackets else _write_flat
        values = write(self, rng, lengths - 1, words)
        last = np.arange(n_words), lengths - 1
        words[last] = self.modulus + _EQUALS
        targets = np.full(words.shape, IGNORED, dtype=np.int64)
        targets[last] = values
        return Batch(words, targets, lengths)

    def options(self) -> dict[str, Any]:
        """Modulus, operators and brackets."""
        return {
            "modulus": self.modulus,
            "operators": self.operators,
            "brackets": self.brackets,
        }

    @classmethod
    def from_options(cls, value: Mapping[str, Any]) -> Self:
        """The task with these options; see `SequenceTask.from_options`."""
        return cls(value["modulus"], value["operators"], value["brackets"])

    def draw_operators(self, rng: np.random.Generator, size: int | tuple[int, int]) -> Integers:
        """Uniform operators, as places in ``OPERATORS``."""
        places = np.array([OPERATORS.index(operator) for operator in self.operators])
        return places[rng.integers(0, len(places), size)]


@final
@dataclass(frozen=True, eq=False)
class _Spans:
    """Pieces of words that are to become expressions: piece i is words[word[i]][start[i]:][:size].

    All arrays are int64 [n].
    """

    word: Integers
    start: Integers
    size: Integers

    def only(self, chosen: NDArray[np.bool_]) -> _Spans:
        """Those where ``chosen`` is true."""
        return _Spans(self.word[chosen], self.start[chosen], self.size[chosen])


def _write_nested(
    task: Expressions, rng: np.random.Generator, sizes: Integers, words: Integers
) -> Integers:
    """Writes an expression with brackets of each size into its row; returns the values.

    All pieces of one depth are split at once, so there are as many rounds as the deepest
    expression has levels; the values come from the deepest level up.
    """
    spans = _Spans(np.arange(len(sizes)), np.zeros_like(sizes), sizes)
    levels = []
    while len(spans.word):
        is_short = spans.size < _SHORT
        values = _write_short(task, rng, spans.only(is_short), words)
        operators, spans = _split(task, rng, spans.only(~is_short), words)
        levels.append((is_short, values, operators))
    below = np.zeros(0, dtype=np.int64)
    for is_short, values, operators in reversed(levels):
        here = np.empty(len(is_short), dtype=np.int64)
        here[is_short] = values
        left, right = below[: len(operators)], below[len(operators) :]
        here[~is_short] = np.choose(operators, (left + right, left - right, left * right))
        below = here % task.modulus
    return below


def _write_short(
    task: Expressions, rng: np.random.Generator, spans: _Spans, words: Integers
) -> Integers:
    """Writes r, -r, (r) or (-r), by size; returns the values."""
    residues = rng.integers(0, task.modulus, len(spans.word))
    in_brackets, negative = spans.size >= 3, spans.size % 2 == 0
    _write_brackets(task, spans.only(in_brackets), words)
    place = spans.start + in_brackets
    words[spans.word[negative], place[negative]] = task.modulus + _MINUS
    words[spans.word, place + negative] = residues
    return np.where(negative, -residues, residues)


def _split(
    task: Expressions, rng: np.random.Generator, spans: _Spans, words: Integers
) -> tuple[Integers, _Spans]:
    """Writes (  op  ); returns the operators, and the spans of left parts, then of right ones."""
    operators = task.draw_operators(rng, len(spans.word))
    left = rng.integers(1, spans.size - 3)
    _write_brackets(task, spans, words)
    middle = spans.start + 1 + left
    words[spans.word, middle] = task.modulus + operators
    parts = _Spans(
        np.concatenate([spans.word, spans.word]),
        np.concatenate([spans.start + 1, middle + 1]),
        np.concatenate([left, spans.size - 3 - left]),
    )
    return operators, parts


def _write_brackets(task: Expressions, spans: _Spans, words: Integers) -> None:
    words[spans.word, spans.start] = task.modulus + _OPEN
    words[spans.word, spans.start + spans.size - 1] = task.modulus + _CLOSE


def _write_flat(
    task: Expressions, rng: np.random.Generator, sizes: Integers, words: Integers
) -> Integers:
    """Writes an expression without brackets of each size into its row; returns the values."""
    negative = sizes % 2 == 0
    n_residues = (sizes + 1) // 2
    most = int(n_residues.max())
    residues = rng.integers(0, task.modulus, (len(sizes), most))
    operators = task.draw_operators(rng, (len(sizes), most))
    words[negative, 0] = task.modulus + _MINUS
    total = np.zeros(len(sizes), dtype=np.int64)
    term = np.where(negative, -residues[:, 0], residues[:, 0])
    for number in range(most):
        (inside,) = np.nonzero(number < n_residues)
        residue, place = residues[inside, number], negative[inside] + 2 * number
        words[inside, place] = residue
        if number:
            operator = operators[inside, number]
            words[inside, place - 1] = task.modulus + operator
            multiplies = operator == OPERATORS.index("*")
            total[inside] += np.where(multiplies, 0, term[inside])
            factor = np.where(operator == _MINUS, -1, np.where(multiplies, term[inside], 1))
            term[inside] = factor * residue % task.modulus
    return (total + term) % task.modulus
