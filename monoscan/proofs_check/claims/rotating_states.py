"""Complex diagonal states that turn with the input: GateLoop and Mamba-3."""

from __future__ import annotations

from fractions import Fraction

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import (
    about_network,
    built,
    enclosed,
    obstructed,
    open_row,
    recognises,
)
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.transition import Diagonal

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
    "With infinitely many states and a threshold one layer with moduli strictly below 1 recognises "
    "parity, at all lengths: the state fades, and its sign stays"
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
        about_network(
            enclosed(
                "parity-sign",
                _SIGN,
                "the entries 1/2 on the letter 0 and -1/2 on the letter 1",
                fading_sign,
                "parity",
                properties=("diagonal-real-open", _OPEN),
            ),
            fading_sign,
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


def fading_sign() -> LRNN:
    """A scalar that is halved with each letter and changes its sign with each 1.

    >>> fading_sign().output("0110"), fading_sign().output("010")
    (True, False)
    """
    one, nothing = Matrix.of([[1]]), Matrix.of([[0]])
    cases: dict[Symbol, Case] = {
        ("0",): Case(Diagonal((Fraction(1, 2),)), nothing),
        ("1",): Case(Diagonal((Fraction(-1, 2),)), nothing),
    }
    is_positive = Threshold((Functional(one, ">", Fraction(0)),), {"1": True, "0": False})
    return LRNN(("0", "1"), (Layer(one, cases, is_positive),))
