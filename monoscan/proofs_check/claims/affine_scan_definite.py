"""Rounding along a parallel scan: what it can still recognise."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from monoscan.automata import Output, get_language
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.scan import scan_counterexample, scan_recognizer
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import algebra, certified, open_row, recognises
from monoscan.theory.formats import FixedPoint, get_format
from monoscan.theory.numbers import number
from monoscan.theory.scan_round import ScannedLayer, Tree, Vector
from monoscan.theory.semantics import OpRound

_THEOREM = (
    "Contracting affine recurrences, rounded along any scan tree, recognise definite languages only"
)
_DEFINITE = "A definite language is recognised along every scan tree"
_NO_CONTRACTION = (
    "Refuted without the hypothesis of contraction: with entries of modulus 0 and 1 a language "
    "that is not definite is recognised along every scan tree"
)
_LETTER_BY_LETTER = (
    "Letter by letter, with every operation rounded, this layer keeps a bit for ever"
)
_TREE = (
    "Along a balanced tree the same layer, in the same format, has lost the bit after three letters"
)
_ONE, _ZERO, _QUARTER = Fraction(1), Fraction(0), Fraction(1, 4)
_QUARTERS = FixedPoint(number("1/4"), number(-2), number("7/4"))
_LOST: Tree = (("w1", "i"), ("i", "i"))


@claim(
    statement=(
        "Affine recurrences computed by a parallel scan in a number format that does not grow with "
        "the length recognise definite languages only (a suffix of fixed length decides). As it "
        "stands this is false: the entries 1 and -1 are multiplied without any rounding error."
    ),
    sources=("Brandoit, arXiv 2609.32447",),
    provenance=(
        "cited second hand, the proof was not at hand; as we know it the paper needs contraction "
        "and separation at one rate, which the refuted rows do not have"
    ),
    tags=("impossibility", "finite-precision", "scan", "correction"),
    errata=(
        "Nothing that we have read in full. Quoted without its hypothesis of contraction the "
        "statement is false: a scalar that 1 multiplies by -1 recognises parity along every tree",
    ),
)
def affine_scan_definite() -> tuple[Row, ...]:
    """The rows: the theorem is open, one definite language, no contraction, and a lost bit."""
    return (_theorem(), _definite(), *_without_contraction(), *_lost_bit())


def last_two_letters() -> ScannedLayer:
    """Words that end in ab: h <- h / 4 + e keeps the last two letters, the rest is rounded away."""
    codes = {"a": _ONE, "b": _ZERO}
    steps = {letter: ((_QUARTER,), (code,)) for letter, code in codes.items()}
    reached = (_ZERO, _QUARTER, _ONE, _ONE + _QUARTER)  # 1/4: b after a
    outputs: dict[Vector, Output] = {(state,): state == _QUARTER for state in reached}
    return ScannedLayer(_QUARTERS, ("a", "b"), (_ZERO,), steps, outputs)


def signs() -> ScannedLayer:
    """Parity: 1 multiplies by -1."""
    steps = {"0": ((_ONE,), (_ZERO,)), "1": ((-_ONE,), (_ZERO,))}
    outputs: dict[Vector, Output] = {(_ONE,): True, (-_ONE,): False}
    return ScannedLayer(get_format("e4m3"), ("0", "1"), (_ONE,), steps, outputs)


def stored_bit() -> ScannedLayer:
    """The flip-flop: entries 0 and 1."""
    steps = {
        "w0": ((_ZERO,), (_ZERO,)),
        "w1": ((_ZERO,), (_ONE,)),
        "i": ((_ONE,), (_ZERO,)),
    }
    outputs: dict[Vector, Output] = {(_ONE,): True, (_ZERO,): False}
    return ScannedLayer(get_format("e4m3"), ("w0", "w1", "i"), (_ZERO,), steps, outputs)


def fading_bit() -> ScannedLayer:
    """The flip-flop with the entry 3/4: r(3/4 * 1/4) = 1/4, but r(3/4 * 3/4) = 1/2."""
    steps = {
        "w0": ((_ZERO,), (_ZERO,)),
        "w1": ((_ZERO,), (_QUARTER,)),
        "i": ((3 * _QUARTER,), (_ZERO,)),
    }
    outputs: dict[Vector, Output] = {(_QUARTER,): True, (_ZERO,): False}
    return ScannedLayer(_QUARTERS, ("w0", "w1", "i"), (_ZERO,), steps, outputs)


def _theorem() -> Row:
    return open_row(
        "theorem",
        _THEOREM,
        "affine, contracting",
        "scan-round",
        "not decided: the proof was not at hand and no lemma here is about scan trees; a proof "
        "with its hypotheses, written out on a page of its own, would make the row conditional",
    )


def _along_all_trees(
    key: str,
    statement: str,
    words: str,
    language: str,
    make: Callable[[], ScannedLayer],
    direction: Direction,
) -> Row:
    automaton = get_language(language).build()
    return certified(
        key,
        statement,
        words,
        "scan-recognizer",
        {"automaton": automaton_to_json(automaton), "format": make().format.to_json()},
        lambda _setting: {"": scan_recognizer(make(), automaton)},
        "all pairs that arise along trees listed",
        semantics="scan-round",
        direction=direction,
    )


def _definite() -> Row:
    return _along_all_trees(
        "definite",
        _DEFINITE,
        "scalar, a = 1/4, fixed point with step 1/4: ends-with-ab",
        "ends-with-ab",
        last_two_letters,
        Direction.FOR,
    )


def _without_contraction() -> tuple[Row, ...]:
    return (
        _along_all_trees(
            "signs",
            _NO_CONTRACTION,
            "scalar, a = 1 and -1, E4M3: parity",
            "parity",
            signs,
            Direction.AGAINST,
        ),
        _along_all_trees(
            "stored-bit",
            _NO_CONTRACTION,
            "scalar, a = 0 and 1, E4M3: flip-flop",
            "flip-flop",
            stored_bit,
            Direction.AGAINST,
        ),
        algebra(
            "parity-not-definite",
            "Parity is not even star-free, so it is not definite",
            "parity",
            "not-aperiodic",
            "parity",
        ),
    )


def _lost_bit() -> tuple[Row, ...]:
    automaton = get_language("flip-flop").build()
    return (
        recognises(
            "kept-bit",
            _LETTER_BY_LETTER,
            "scalar, a = 0 and 3/4, fixed point with step 1/4",
            lambda: fading_bit().network(),
            "flip-flop",
            properties=("diagonal-nonnegative",),
            semantics=OpRound(_QUARTERS),
        ),
        certified(
            "lost-bit",
            _TREE,
            "scalar, a = 0 and 3/4, fixed point with step 1/4",
            "scan-counterexample",
            {
                "automaton": automaton_to_json(automaton),
                "format": _QUARTERS.to_json(),
                "tree": [["w1", "i"], ["i", "i"]],
            },
            lambda _setting: {"": scan_counterexample(fading_bit(), automaton, _LOST)},
            "wrong along the tree ((w1 i)(i i)): false, not true",
            semantics="scan-round",
        ),
    )
