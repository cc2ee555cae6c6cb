"""A language as a value: it prints itself, and the operations on languages are its operators."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, final

from monoscan import automata
from monoscan.automata import Automaton, Output, Word, format_word, minimize
from monoscan.automata.automaton import check_acceptor
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.automata.summary import summary
from monoscan.errors import BadValue
from monoscan.face.given import letters_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from monoscan.automata.analysis import Analysis, MonoidSummary
    from monoscan.tables import Table


_ROWS = 30


@final
@dataclass(frozen=True, eq=False, repr=False)
class Language:
    """A regular language, or any function that a finite automaton computes of a word.

    Two languages are equal if they have the same letters, in any order, and the same answer to
    every word; equal languages have equal hashes. ``A <= B`` says that every word of A is in B.
    The Boolean operators, ``*``, `star` and the comparisons need languages that are accepted or
    not; one that answers with strings, such as a group, becomes one by `where`.

    Attributes:
        automaton: as it was given; `minimal` is the minimal one.
        name: the id, if it has one; else empty.

    >>> import monoscan as ms
    >>> even, ends = ms.regex("(..)*", "01"), ms.regex(".*1", "01")
    >>> ms.language("parity")
    parity over {0, 1}: 2 states; accepts ε, 0, 00, 11, ...; rejects 1, 01, 10, 001, ...
    >>> even & ends
    language over {0, 1}: 3 states; accepts 01, 11, 0001, 0011, ...; rejects ε, 0, 1, 00, ...
    >>> "0110" in even, even & ends <= even, even | ~even == ms.regex(".*", "01")
    (True, True, True)
    """

    automaton: Automaton
    name: str = field(default="")

    @cached_property
    def minimal(self) -> Automaton:
        """The minimal automaton, with its states numbered in breadth-first order."""
        return minimize(self.automaton)

    @property
    def alphabet(self) -> tuple[str, ...]:
        """The letters in order."""
        return self.automaton.alphabet

    @property
    def fingerprint(self) -> str:
        """A short name for a language without an id: two different automata never share one."""
        minimal = self.minimal
        text = repr((minimal.alphabet, minimal.table.tolist(), minimal.outputs))
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def __repr__(self) -> str:
        return summary(self.minimal, self.name)

    def table(self) -> Table:
        """The minimal automaton: for each state where its letters lead, and its answer."""
        from monoscan.tables import Column, Table

        minimal = self.minimal
        rows = tuple(
            (minimal.state_name(state), *map(minimal.state_name, row), _shown_output(output))
            for state, (row, output) in enumerate(
                zip(minimal.table.tolist()[:_ROWS], minimal.outputs, strict=False)
            )
        )
        hidden = minimal.n_states - len(rows)
        return Table(
            tuple(Column(title) for title in ("state", *self.alphabet, "answer")),
            rows,
            title=repr(self),
            notes=(f"{hidden} more states",) if hidden else (),
        )

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    # Words.

    def word(self, word: str | Sequence[str]) -> Word:
        """A word as a tuple of letters; text is read letter by letter, or by blanks.

        Raises:
            WordError: if a letter of a text is not in the alphabet.
        """
        return letters_of(word, self.alphabet)

    def output(self, word: str | Sequence[str]) -> Output:
        """The answer to a word: true or false, or the string that the automaton gives.

        Raises:
            WordError: if a letter of a text is not in the alphabet.
            AlphabetError: if a letter of a sequence is not.

        >>> import monoscan as ms
        >>> ms.group("(1 2 3)", "(1 2)", letters="rs").output("rs")
        '(2,3)'
        """
        return self.automaton.output(self.word(word))

    def __contains__(self, word: str | Sequence[str]) -> bool:
        return self.automaton.accepts(self.word(word))

    def words(self, n: int = 10, output: Output = True) -> tuple[str, ...]:
        """The first n words with an output, the shorter first, as text; fewer if there are no more.

        Args:
            n: how many.
            output: true for the accepted words, false for the rejected ones.

        Raises:
            ValueError: if n is no number of words, or no word has this output.

        >>> import monoscan as ms
        >>> ms.language("parity").words(4), ms.language("parity").words(2, output=False)
        (('ε', '0', '00', '11'), ('1', '01'))
        """
        if not isinstance(n, int) or n < 0:
            raise ValueError(f"n is {n!r}; expected a number of words, 0 or more")
        outputs = dict.fromkeys(self.minimal.outputs)
        if not self.minimal.is_acceptor and output not in outputs:
            known = ", ".join(map(repr, list(outputs)[:6])) + ", ..." * (len(outputs) > 6)
            raise BadValue("output", output, f"one of {known}; or make a language with .where()")
        found = automata.first_words(self.minimal, output, n)
        return tuple(format_word(word, self.alphabet) for word in found)

    @property
    def is_empty(self) -> bool:
        """Whether no word is accepted."""
        check_acceptor(self.automaton)
        return self.minimal.outputs == (False,)

    # Comparisons.

    def __eq__(self, other: object) -> bool:
        return (
            self._canonical == other._canonical if isinstance(other, Language) else NotImplemented
        )

    def __hash__(self) -> int:
        return hash(self._canonical)

    @cached_property
    def _canonical(self) -> Automaton:
        return automata.with_alphabet(self.minimal, sorted(self.alphabet))

    def __le__(self, other: Language) -> bool:
        return (self - other).is_empty if isinstance(other, Language) else NotImplemented

    def __lt__(self, other: Language) -> bool:
        if not isinstance(other, Language):
            return NotImplemented
        return self <= other and self != other

    # Python turns NotImplemented into a TypeError that names the operator and both types; A >= B
    # and A > B are B <= A and B < A without a line of their own.

    def difference_word(self, other: Language) -> str | None:
        """The first word to which two languages answer differently; None if they are equal.

        Raises:
            AlphabetError: if they have different letters.

        >>> import monoscan as ms
        >>> ms.language("parity").difference_word(ms.regex("(11|0)*", "01"))
        '101'
        """
        word = automata.distinguishing_word(self.minimal, other.minimal)
        return None if word is None else format_word(word, self.alphabet)

    # Operations.

    def __or__(self, other: Language) -> Language:
        return self._with(other, automata.union)

    def __and__(self, other: Language) -> Language:
        return self._with(other, automata.intersection)

    def __sub__(self, other: Language) -> Language:
        return self._with(other, automata.difference)

    def __xor__(self, other: Language) -> Language:
        return self._with(other, automata.symmetric_difference)

    def __invert__(self) -> Language:
        return Language(automata.complement(self.minimal))

    def __mul__(self, other: Language) -> Language:
        from monoscan.automata import concatenation

        return self._with(other, concatenation)

    def _with(
        self, other: Language, operation: Callable[[Automaton, Automaton], Automaton]
    ) -> Language:
        if not isinstance(other, Language):
            return NotImplemented
        return Language(operation(self.minimal, other.minimal))

    def star(self) -> Language:
        """The words that are made of accepted words, one after the other; the empty word, too.

        >>> import monoscan as ms
        >>> ms.regex("ab", "ab").star().words(3)
        ('ε', 'ab', 'abab')
        """
        from monoscan.automata import star

        return Language(star(self.minimal))

    def reversal(self) -> Language:
        """The language that answers to a word as this one does to the word read backwards.

        >>> import monoscan as ms
        >>> ms.regex("ab*", "ab").reversal() == ms.regex("b*a", "ab")
        True
        """
        return Language(automata.reversal(self.minimal))

    def left_quotient(self, word: str | Sequence[str]) -> Language:
        """The language that answers to w as this one does to the given word followed by w.

        >>> import monoscan as ms
        >>> ms.regex("ab*", "ab").left_quotient("a") == ms.regex("b*", "ab")
        True
        """
        return Language(automata.left_quotient(self.minimal, self.word(word)))

    def right_quotient(self, word: str | Sequence[str]) -> Language:
        """The language that answers to w as this one does to w followed by the given word.

        >>> import monoscan as ms
        >>> ms.regex("ab*", "ab").right_quotient("b") == ms.regex("ab*", "ab")
        True
        """
        return Language(automata.right_quotient(self.minimal, self.word(word)))

    def where(self, *outputs: Output) -> Language:
        """The words with one of these outputs, as a language that is accepted or not.

        Raises:
            ValueError: if no word has one of the outputs.

        >>> import monoscan as ms
        >>> ms.group("(1 2 3)", letters="r").where("()").words(3)
        ('ε', 'rrr', 'rrrrrr')
        """
        for output in outputs:
            if output not in self.minimal.outputs:
                known = ", ".join(map(repr, dict.fromkeys(self.minimal.outputs)))
                raise ValueError(f"no word has the output {output!r}; the outputs are {known}")
        chosen = [value in outputs for value in self.minimal.outputs]
        return Language(Automaton(self.alphabet, self.minimal.table, chosen))

    # Algebra.

    @property
    def monoid(self) -> MonoidSummary:
        """The syntactic monoid in numbers, with the names of its groups.

        Raises:
            BudgetExceeded: if it has more than 100,000 elements; `analyze` takes another budget.

        >>> import monoscan as ms
        >>> ms.language("s3").monoid
        MonoidSummary(elements=6, idempotents=1, d_classes=1, groups=('S3',))
        >>> ms.language("s3").monoid.is_aperiodic
        False
        """
        from monoscan.automata.analysis import monoid_summary

        return monoid_summary(self.minimal, DEFAULT_MONOID_BUDGET)

    def analyze(
        self,
        budget: int = DEFAULT_MONOID_BUDGET,
        progress: Callable[[str], None] = lambda _: None,
    ) -> Analysis:
        """Monoid, properties with their witnesses, and cascade.

        Args:
            budget: the largest number of elements of the monoid, and of coordinates of the cascade.
            progress: called with the name of each part before it is worked out.

        >>> import monoscan as ms
        >>> found = ms.language("parity").analyze()
        >>> [level.kind for level in found.cascade.levels], bool(found.properties["aperiodic"])
        (['group'], False)
        """
        from monoscan.automata.analysis import analyze

        return analyze(self.automaton, budget, progress)


def _shown_output(output: Output) -> str:
    return {True: "accepts", False: "rejects"}[output] if isinstance(output, bool) else output
