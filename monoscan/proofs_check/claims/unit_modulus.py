"""Diagonal layers whose entries have modulus 1 (AUSSM): groups, and nothing is ever forgotten."""

from __future__ import annotations

from functools import cache

from monoscan.automata import Automaton
from monoscan.automata.sources import group_word_problem
from monoscan.proofs_check.certificates.identity import IsZero, identity, variables
from monoscan.proofs_check.certificates.region import property_of
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.matrix_rows import identities
from monoscan.proofs_check.rows import (
    about_network,
    algebra,
    built,
    obstructed,
    open_row,
    recognises,
)
from monoscan.theory.constructions.published.wiring import LayerPlan, autonomous, tabulate
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes.model_class import ModelClass
from monoscan.theory.model_classes.number_sets import Interval, Moduli
from monoscan.theory.model_classes.shapes import DiagonalEntries
from monoscan.theory.numbers import ONE, Number, zeta
from monoscan.theory.transition import Diagonal

_WORDS = "diagonal, complex entries of modulus 1"
_REGION = property_of(
    ModelClass(
        "diagonal-unit-modulus",
        "diag(a), |a| = 1",
        _WORDS,
        DiagonalEntries(Moduli(Interval(1, 1))),
        "Karuvally et al., arXiv 2507.05238",
        ("diagonal-complex",),
    )
)
_ONE = "One layer tracks abelian groups"
_TWO = "Two layers track S3: a sign, and a third of a turn whose direction is that sign"
_DERIVED = "One layer does not, and no number of layers tracks a group that is not solvable"
_INJECTIVE = "A letter takes different states of a coordinate to different states"
_NO_RESET = (
    "With finitely many states such stacks recognise only languages whose letters permute the "
    "states of the minimal automaton, at any depth"
)
_STAR_FREE = "This language is star-free, so permutations alone recognise it only if it is trivial"


@claim(
    statement=(
        "Stacks of diagonal layers whose entries have modulus 1, whatever the input (AUSSM), "
        "count and track solvable groups; they never forget: with finitely many states they "
        "recognise no language with a letter that makes one state of two, such as flip-flop."
    ),
    sources=("Karuvally et al., arXiv 2507.05238 (adaptive unitary state-space models)",),
    provenance=(
        "the abstract is read: it has groups with a precision that grows with the logarithm of the "
        "length, and Mamba beside such layers for the rest; exact arithmetic, and what is never "
        "forgotten, are our own"
    ),
    tags=("groups", "diagonal", "counting", "impossibility"),
)
def unit_modulus() -> tuple[Row, ...]:
    """The rows: groups in one layer and in two, what is out of reach, and no resets."""
    return (
        *(
            recognises(
                language,
                _ONE,
                f"{_WORDS}, one layer: {words}",
                built("abelian-one-layer", language),
                language,
                properties=(_REGION,),
                depth=1,
            )
            for language, words in (("count-mod-6", "modulo 6"), ("tomita-5", "two parities"))
        ),
        about_network(
            recognises(
                "s3",
                _TWO,
                f"{_WORDS}, two layers: S3 by two letters",
                turning_both_ways,
                s3,
                properties=(_REGION,),
                depth=2,
            ),
            turning_both_ways,
        ),
        obstructed(
            "s3-one-layer",
            _DERIVED,
            "diagonal, complex entries of modulus at most 1, one layer: S3",
            "diagonal-complex",
            "diagonal-derived-length",
            s3,
            depth=1,
        ),
        obstructed(
            "a5",
            _DERIVED,
            "diagonal, complex entries of modulus at most 1, any depth: A5",
            "diagonal-complex",
            "diagonal-derived-length",
            "a5-involutions",
        ),
        identities(
            "one-to-one",
            _INJECTIVE,
            "all entries with an inverse, all inputs",
            _one_to_one,
            "the difference of two states is the inverse times the difference of what they become",
        ),
        open_row(
            "no-reset",
            _NO_RESET,
            f"{_WORDS}, any depth",
            "exact",
            "proved in words on the claim's page; there is no lemma of the checker for it",
        ),
        *(
            algebra(f"star-free-{name}", _STAR_FREE, name, "aperiodic", name)
            for name in ("flip-flop", "ends-with-1")
        ),
    )


@cache
def s3() -> Automaton:
    """S3 by a cycle and a swap.

    >>> s3().n_states
    6
    """
    return group_word_problem({"r": "(1 2 3)", "s": "(1 2)"})


def turning_both_ways() -> LRNN:
    """The first layer holds the sign of the permutation; the second turns with r, to and fro.

    After r^i s^j the second layer holds the third root of unity to the i, and the sign.

    >>> turning_both_ways().output("rsr"), turning_both_ways().output("s")
    ('(1,2)', '(1,2)')
    """
    sign, both = Matrix.of([[1]]), Matrix.column([1, 1])

    def flip(symbol: Symbol) -> Case:
        return autonomous(Diagonal((-ONE if symbol[0] == "s" else ONE,)), sign)

    def turn(symbol: Symbol) -> Case:
        letter, is_even = symbol
        if letter == "s":
            return autonomous(Diagonal((ONE, -ONE)), both)
        step: Number = zeta(3) if is_even else zeta(3) * zeta(3)
        return autonomous(Diagonal((step, ONE)), both)

    first = LayerPlan(sign, flip, lambda state: state == sign)
    return tabulate(s3(), (first, LayerPlan(both, turn, None, reads=(1,))))


def _one_to_one() -> Certificate:
    a, inverse, b, h, other = variables("a", "inverse", "b", "h", "other")
    difference = (a * h + b) - (a * other + b)
    steps = [IsZero(h - other, ((1, inverse), (0, other - h)))]
    return identity([a, inverse, b, h, other], steps, zero=[a * inverse - 1, difference])
