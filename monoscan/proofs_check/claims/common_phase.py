"""Complex entries with one angle for all inputs (HGRN): they count letters, not 1s."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, obstructed, open_row, recognises

_CLASS = "diagonal-common-phase"
_WORDS = "g e^(i t), g in [0, 1], t the same for every input of a layer"
_DOES = "Such layers count all letters modulo any number, keep what was written, and have a delay"
_NOT = "They do not count the letters of one kind, at any depth"
_INPUT = "With angles that depend on the input one layer does"
_THRESHOLD = "They do not with infinitely many states and thresholds either"
# language, construction, layers, what it is
_DONE = (
    ("aa-star", "length-and-last-letter", 1, "the length modulo 2, one layer"),
    ("aaaa-star", "length-and-last-letter", 1, "the length modulo 4, one layer"),
    ("flip-flop", "registers", 1, "flip-flop, one layer"),
    ("ends-with-ab", "phase-cascade", 4, "the last two letters, four layers"),
)
_COUNTED = (("parity", "parity"), ("count-mod-3", "modulo 3"), ("s3-swaps", "S3 by swaps"))


@claim(
    statement=(
        "Diagonal layers with complex entries g e^(i t), whose angle t is the same for all inputs "
        "(HGRN as in the paper), do what layers with entries in [0, 1] do and count the letters of "
        "a word; with finitely many states they do not recognise parity, at any depth."
    ),
    sources=(
        "Our own result, by the argument of Khavari et al., arXiv 2508.07395; the layer is that of "
        "Qin et al., arXiv 2311.04823 (HGRN)",
    ),
    provenance="our own; the lemma is proved on its page",
    tags=("parity", "diagonal", "counting", "impossibility"),
)
def common_phase() -> tuple[Row, ...]:
    """The rows: what such layers do, what they do not, and angles that see the input."""
    return (
        *(
            recognises(
                language,
                _DOES,
                f"{_WORDS}: {words}",
                built(construction, language),
                language,
                properties=(_CLASS,),
                depth=depth,
            )
            for language, construction, depth, words in _DONE
        ),
        *(
            obstructed(
                f"{language}-common",
                _NOT,
                f"{_WORDS}, any depth: {words}",
                _CLASS,
                "mixed-quasi-aperiodic",
                language,
            )
            for language, words in _COUNTED
        ),
        *(
            recognises(
                f"{language}-input",
                _INPUT,
                f"complex entries of modulus at most 1: {words}",
                built("abelian-one-layer", language),
                language,
                properties=("diagonal-complex",),
                depth=1,
            )
            for language, words in _COUNTED[:2]
        ),
        open_row(
            "threshold",
            _THRESHOLD,
            f"{_WORDS}, any depth",
            "threshold",
            "no lemma is known for this reading, and no network",
        ),
    )
