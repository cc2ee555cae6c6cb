"""What one layer of gates 0 and 1 recognises: the order of the last occurrences of letters."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.automata.automaton import canonical
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import Target, built, obstructed, open_row, recognises
from monoscan.theory.formats import get_format
from monoscan.theory.semantics import OpRound

_RESETS = "One layer of scalars, each kept or overwritten by a letter, recognises the language"
_ROUNDED = "It does so with every operation rounded"
_HOUSEHOLDER = "It does so as a DeltaNet with heads of size 1 and beta in {0, 1}"
_ONLY = "One layer does not recognise these, in which more than that order matters"
_ALL = "One layer recognises exactly the languages in which only that order matters"
_LANGUAGES: tuple[tuple[str, str, Target], ...] = (
    ("flip-flop", "flip-flop, the letters write or keep a bit", "flip-flop"),
    ("ends-with-1", "words that end with 1", "ends-with-1"),
    ("tomita-1", "words without 0", "tomita-1"),
)


@claim(
    statement=(
        "One diagonal layer with entries in [0, 1] recognises exactly the languages for which only "
        "the order of the last occurrences of the letters matters (the syntactic monoid is a right "
        "regular band: x y x = y x and x x = x), for instance flip-flop with writing letters."
    ),
    sources=("Sarrof, Veitsman, Hahn, arXiv 2405.17394 (set-reset automata as gates)",),
    provenance=(
        "the paper is known second hand; the network for bands and the proof of the converse are "
        "our own"
    ),
    tags=("iff", "construction", "star-free", "finite-precision", "one-layer"),
)
def one_layer_reset() -> tuple[Row, ...]:
    """The rows: four languages, rounded and as Householder heads; and languages out of reach."""
    languages = (*_LANGUAGES, ("last-three", "the last of a, b, c, and the one before", last_two))
    return (
        *(
            recognises(
                key,
                _RESETS,
                words,
                built("right-regular-band", target),
                target,
                properties=("diagonal-nonnegative",),
                depth=1,
            )
            for key, words, target in languages
        ),
        *(
            recognises(
                f"e4m3-{key}",
                _ROUNDED,
                f"{words}; E4M3",
                built("right-regular-band", target),
                target,
                properties=("diagonal-nonnegative",),
                semantics=OpRound(get_format("e4m3")),
                depth=1,
            )
            for key, words, target in languages
        ),
        *(
            recognises(
                f"householder-{key}",
                _HOUSEHOLDER,
                words,
                built("right-regular-band", target, "householder-nonnegative"),
                target,
                properties=("householder-nonnegative",),
                depth=1,
            )
            for key, words, target in languages
        ),
        *(
            obstructed(
                f"not-{name}",
                _ONLY,
                f"{name}: diagonal, entries in [0, 1], one layer",
                "diagonal-nonnegative",
                "one-layer-right-regular-band",
                name,
                depth=1,
            )
            for name in ("starts-with-a", "subword-ab", "even-pairs", "ends-with-ab")
        ),
        open_row(
            "every-language",
            _ALL,
            "diagonal, entries in [0, 1], one layer",
            "exact",
            "the lemma's page proves both directions for every language, in words; the "
            "certificates are about the languages above",
        ),
    )


def last_two() -> Automaton:
    """The last letter among a, b, c and the last one different from it.

    >>> last_two().output("abb"), last_two().output("bab")
    ('b a', 'b a')
    """
    states = ["", *"abc", *(f"{x} {y}" for x in "abc" for y in "abc" if x != y)]
    table = [[states.index(_after(state, letter)) for letter in "abc"] for state in states]
    return canonical("abc", table, states)


def _after(state: str, letter: str) -> str:
    if not state:
        return letter
    return state if state[0] == letter else f"{letter} {state[0]}"
