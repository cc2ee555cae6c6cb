"""The answers along the powers of a letter never come to rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, final

from monoscan.automata import Automaton, Word
from monoscan.automata.properties.words import access_word
from monoscan.theory.lemmas.cycles import cycles_of
from monoscan.theory.lemmas.lemma import SATURATING, lemma
from monoscan.theory.lemmas.obstruction import Depth
from monoscan.theory.lemmas.witness import Witness, word_text


@final
@dataclass(frozen=True)
class Unsettled(Witness):
    """The outputs along prefix letter^n are not eventually constant.

    Attributes:
        prefix: A word.
        word: The repeated letter, as a word.
    """

    type: ClassVar[str] = "unsettled"
    prefix: Word
    word: Word

    def __str__(self) -> str:
        prefix = f"{word_text(self.prefix)} " if self.prefix else ""
        return f"the outputs along {prefix}{word_text(self.word)}^n never settle"


def unsettled_letter(minimal: Automaton) -> Unsettled | None:
    """A letter that makes a cycle of states with different outputs, and a word to the cycle.

    >>> unsettled_letter(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    Unsettled(prefix=(), word=('1',))
    """
    for letter, column in zip(minimal.alphabet, minimal.table.T, strict=True):
        for cycle in cycles_of(column):
            if len({minimal.outputs[state] for state in cycle}) > 1:
                return Unsettled(access_word(minimal, cycle[0]), (letter,))
    return None


@lemma(
    "monotone-rounding",
    statement="With diagonal matrices, written as such, with entries >= 0 the answers along the "
    "powers of a word are eventually constant.",
    hypotheses=SATURATING,
    source="our own proof; the mechanism is that of Nowak et al., arXiv 2606.01765 (not checked)",
    page="lemmas/monotone-rounding.md",
    formal=("monotone_rounding.nonnegative_settles",),
    semantics=("op-round",),
    classes=("diagonal-nonnegative",),
    witness=Unsettled,
    wide="AB",
)
def monotone_rounding(minimal: Automaton, _depth: Depth, _budget: int) -> Unsettled | None:
    """A letter along whose powers the outputs alternate for ever."""
    return unsettled_letter(minimal)


@lemma(
    "psd-lemma",
    statement="With symmetric matrices of spectrum in [0, 1] and one rounding a step the answers "
    "along the powers of a letter are eventually constant.",
    hypotheses=SATURATING,
    source="our own result",
    page="lemmas/psd-lemma.md",
    semantics=("seq-round",),
    classes=("symmetric-spectrum-in-0-1",),
    witness=Unsettled,
    formal=("psd_rounding.psd_settles",),
    wide="AB",
)
def psd_lemma(minimal: Automaton, _depth: Depth, _budget: int) -> Unsettled | None:
    """A letter along whose powers the outputs alternate for ever."""
    return unsettled_letter(minimal)


@lemma(
    "sign-lemma",
    statement="If all eigenvalues of all transition matrices are real and >= 0, the answers "
    "along the powers of a letter are eventually constant.",
    hypotheses="exact with threshold read-outs or finitely many states; or cast-unrolled, "
    "saturating",
    source="Grazzi, Siems et al., arXiv 2411.12537, Theorem 1 and Lemma 1 (cast-unrolled)",
    page="lemmas/sign-lemma.md",
    formal=("sign_class.spectrum_settles", "unrolled_stack.cast_settles"),
    semantics=("exact", "threshold", "cast-unrolled"),
    classes=("spectrum-nonnegative",),
    witness=Unsettled,
    wide="AB",
)
def sign_lemma(minimal: Automaton, _depth: Depth, _budget: int) -> Unsettled | None:
    """A letter along whose powers the outputs alternate for ever."""
    return unsettled_letter(minimal)
