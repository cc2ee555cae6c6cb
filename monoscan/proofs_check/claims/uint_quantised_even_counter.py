"""Numbers that wrap around count, with diagonal entries in [0, 1]."""

from __future__ import annotations

from functools import partial

from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import composed_maps, fails, obstructed, recognises
from monoscan.theory.formats import FixedPoint, Overflow
from monoscan.theory.numbers import number
from monoscan.theory.semantics import OpRound
from monoscan.theory.wrap_around import ones_divisible_by, unsigned_words, wrapped_counter

_SIZE = "Integers 0 ... N - 1 that wrap around count modulo N: h <- h + 1"
_BYTE = "8-bit unsigned integers count modulo a power of 2: h <- h + 256 / m"
_INTEGERS = (
    "In k-bit unsigned integers all compositions of h -> a h + b have periods that are powers "
    "of 2: no coordinate counts modulo 6"
)
_FRACTIONS = (
    "Unsigned words with binary fractions count modulo these numbers too: h <- r(r(a h) + b)"
)
_SATURATING = "The same step with saturation instead of wrap-around is wrong"
_LEMMA = "With saturation no diagonal network with entries in [0, 1] counts modulo 2 or 6"


@claim(
    statement=(
        "Diagonal layers with entries in [0, 1] whose numbers are unsigned integers that wrap "
        "around count modulo even numbers, which they cannot in floating point: here modulo each N "
        "among 2, 4, ..., 12 with N values, and modulo 6, 10 and 12 in words of 5 and 6 bits that "
        "have binary fractions."
    ),
    sources=("Nowak, Cotterell, Boumasmoud, arXiv 2606.01765 (every even modulus)",),
    provenance=(
        "cited second hand, from the abstract, which does not say how many values or fraction bits "
        "the integers have; the networks and the row about k-bit integers are our own"
    ),
    tags=("construction", "counting", "finite-precision", "wrap-around"),
    errata=(
        "Nothing that we have read in full. Mind the reading: with k-bit integers and integer "
        "factors a coordinate counts modulo powers of 2 only, and 6 is an even number. The rows "
        "show what makes the other even numbers possible",
    ),
)
def uint_quantised_even_counter() -> tuple[Row, ...]:
    """The rows: N values, bytes, plain integers, fractions, and saturation."""
    return (*_sizes(), *_bytes(), *_integers(), *_fractions(), *_saturating())


def _counter(key: str, statement: str, words: str, form: FixedPoint, modulus: int) -> Row:
    return recognises(
        key,
        statement,
        words,
        partial(wrapped_counter, form, modulus),
        partial(ones_divisible_by, modulus),
        properties=("diagonal-nonnegative",),
        semantics=OpRound(form),
    )


def _sizes() -> tuple[Row, ...]:
    return tuple(
        _counter(
            f"values-{n}",
            _SIZE,
            f"diagonal, a = 1, integers modulo {n}",
            FixedPoint(number(1), number(0), number(n - 1), overflow=Overflow.WRAP),
            n,
        )
        for n in (2, 4, 6, 8, 10, 12)
    )


def _bytes() -> tuple[Row, ...]:
    return tuple(
        _counter(
            f"byte-{m}", _BYTE, f"diagonal, a = 1, 8-bit integers, modulo {m}", unsigned_words(8), m
        )
        for m in (2, 64)
    )


def _integers() -> tuple[Row, ...]:
    return tuple(
        composed_maps(
            f"integers-{bits}-bits",
            _INTEGERS,
            f"scalar, any integer a, {bits}-bit integers",
            unsigned_words(bits),
            nonnegative=False,
            largest=2 ** (2 * bits - 1),
            periods=tuple(2**i for i in range(bits + 1)),
        )
        for bits in (3, 4)
    )


def _fractions() -> tuple[Row, ...]:
    return tuple(
        _counter(
            f"fractions-{m}",
            _FRACTIONS,
            f"diagonal, 0 < a < 1, {bits}-bit words, {fraction} of them fraction bits, modulo {m}",
            unsigned_words(bits, fraction),
            m,
        )
        for bits, fraction, m in ((4, 1, 3), (5, 1, 6), (6, 2, 10), (6, 3, 12))
    )


def _saturating() -> tuple[Row, ...]:
    wrapping = FixedPoint(number(1), number(0), number(5), overflow=Overflow.WRAP)
    saturating = FixedPoint(number(1), number(0), number(5))
    return (
        fails(
            "saturating-6",
            _SATURATING,
            "diagonal, a = 1, integers 0 ... 5 that saturate",
            partial(wrapped_counter, wrapping, 6),
            partial(ones_divisible_by, 6),
            properties=("diagonal-nonnegative",),
            semantics=OpRound(saturating),
            direction=Direction.FOR,
        ),
        *(
            obstructed(
                f"saturating-lemma-{m}",
                _LEMMA,
                f"diagonal, a in [0, 1], any depth, saturating, modulo {m}",
                "diagonal-nonnegative",
                "monotone-rounding-aperiodic",
                partial(ones_divisible_by, m),
                semantics="op-round",
            )
            for m in (2, 6)
        ),
    )
