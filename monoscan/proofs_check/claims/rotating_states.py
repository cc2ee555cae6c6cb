"""Complex diagonal states that turn with the input: GateLoop and Mamba-3."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    built,
    enclosed,
    obstructed,
    open_row,
    recognises,
)

_COUNTS = "With modulus 1 one layer counts, at all lengths"
_FORGETS = (
    "With moduli strictly below 1 and finitely many states no network does, at any depth: its "
    "states depend on the last letter only"
)
_WINDOW = (
    "A window of two letters for B (the trapezoid rule of Mamba-3) does not help: all but the last "
    "letters are forgotten"
)
_SIGN = (
    "With infinitely many states and thresholds one layer with moduli strictly below 1 recognises "
    "it, at all lengths: the states fade, and their signs stay"
)
_MODULO = "With moduli strictly below 1, infinitely many states and thresholds they count modulo 3"
_ABELIAN = "One layer tracks abelian groups only"
_TWO = "Two layers with modulus 1 track S3"
_SOLVABLE = "No number of layers tracks a group that is not solvable"
_COUNTED = (("parity", "parity"), ("count-mod-3", "modulo 3"), ("count-mod-5", "modulo 5"))
_OPEN, _CLOSED = "diagonal-complex-open", "diagonal-complex"


@claim(
    statement=(
        "Diagonal layers whose states are turned by angles that depend on the input (GateLoop, "
        "Mamba-3) solve parity and sums modulo m. That holds at all lengths with modulus 1; with "
        "moduli strictly below 1, as released, and finitely many states it holds up to every "
        "length, and not at all lengths."
    ),
    sources=(
        "Lahoti, Li, Chen et al., arXiv 2603.15569 (Mamba-3: reported experiments)",
        "Katsch, arXiv 2311.01927 (GateLoop)",
    ),
    provenance=(
        "the experiments are cited second hand; what holds at all lengths is our own, and proved "
        "by certificates and on the pages of the lemmas"
    ),
    tags=("parity", "counting", "diagonal", "groups"),
)
def rotating_states() -> tuple[Row, ...]:
    """The rows: modulus 1, moduli below 1 in three readings, and what turning cannot do."""
    return (
        *(
            recognises(
                language,
                _COUNTS,
                f"diagonal, complex entries of modulus at most 1: {words}",
                built("abelian-one-layer", language),
                language,
                properties=(_CLOSED,),
                depth=1,
            )
            for language, words in _COUNTED
        ),
        *(
            obstructed(
                f"{language}-open",
                _FORGETS,
                f"diagonal, complex entries of modulus below 1, any depth: {words}",
                _OPEN,
                "strictly-stable-letters",
                language,
            )
            for language, words in _COUNTED
        ),
        *(
            obstructed(
                f"{language}-open-trapezoid",
                _WINDOW,
                f"diagonal, complex entries of modulus below 1, any depth: {words}",
                _OPEN,
                "open-diagonal-definite",
                language,
                windows=(1, 2),
            )
            for language, words in _COUNTED
        ),
        *(
            enclosed(
                f"{language}-sign",
                _SIGN,
                f"diagonal, entries 1/8 and -1/8: {words}",
                built("fading-signs", language),
                language,
                properties=("diagonal-real-open", _OPEN),
            )
            for language, words in (("parity", "parity"), ("tomita-5", "two parities"))
        ),
        open_row(
            "modulo-3-sign",
            _MODULO,
            "diagonal, complex entries of modulus below 1",
            "threshold",
            "a state that turns by a third of a circle stays in the sector of its count, so the "
            "answer is yes on paper; boxes do not enclose a sector, and there is no other "
            "certificate for it",
        ),
        obstructed(
            "s3-one-layer",
            _ABELIAN,
            "diagonal, complex entries of modulus at most 1, one layer: S3",
            _CLOSED,
            "diagonal-derived-length",
            "s3",
            depth=1,
        ),
        recognises(
            "s3-two-layers",
            _TWO,
            "diagonal, complex entries of modulus at most 1, two layers: S3",
            built("derived-series", "s3"),
            "s3",
            properties=(_CLOSED,),
            depth=2,
        ),
        obstructed(
            "a5",
            _SOLVABLE,
            "diagonal, complex entries of modulus at most 1, any depth: A5",
            _CLOSED,
            "diagonal-derived-length",
            "a5-involutions",
        ),
    )
