"""PD-SSM: is a stable memory a fading one? It depends on the rounding mode."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from monoscan.automata import Automaton, get_language, minimize
from monoscan.proofs_check.claim import Direction, Row, claim
from monoscan.proofs_check.rows import about_network, built, fails, open_row, recognises
from monoscan.theory.fading_memory import fading_unit_vectors
from monoscan.theory.formats import Minifloat, RoundingMode, get_format
from monoscan.theory.lrnn import LRNN
from monoscan.theory.numbers import number
from monoscan.theory.semantics import OpRound

_EMULATES = "With entries of modulus 1 a single layer recognises any of these languages"
_FADES = "With entries 3/4 and rounding toward zero the state fades to 0, and then it is wrong"
_STAYS = (
    "Refuted: with entries 3/4 and rounding to nearest the memory never fades; any of these "
    "languages is recognised at all lengths"
)
_EXACT = (
    "In exact arithmetic with finitely many reachable states no language with a counting word is "
    "recognised"
)
_ENTRY = number("3/4")


@claim(
    statement=(
        "A PD-SSM layer whose entries all have modulus at most 1 - eps (stable) and that has no "
        "inputs cannot emulate an automaton at all lengths in a fixed number format, because its "
        "state decays and underflows. As it stands this is false: it depends on the rounding mode."
    ),
    sources=(
        "Terzic et al., arXiv 2509.22284, Proposition 1 (stability) and Proposition 2 (emulation), "
        "which are about different entries: modulus below 1, and modulus 1",
        "the statement itself is our own conjecture, not one of the paper",
    ),
    provenance=(
        "Propositions 1 and 2 as printed; the statement was our own expectation, and its "
        "refutation is our own as well"
    ),
    tags=("separation", "finite-precision", "pd-ssm", "correction"),
    errata=(
        "Nothing in the paper. Our own expectation that stable entries underflow in any fixed "
        "format is wrong: under rounding to nearest the smallest positive number u has "
        "r(3/4 u) = u, so the state stops decaying",
    ),
)
def pd_stability_vs_emulation() -> tuple[Row, ...]:
    """The rows: modulus 1, rounding toward zero, rounding to nearest, exact arithmetic."""
    return (*_emulates(), *_fades(), *_stays(), _open())


def _minimal(language: str) -> Automaton:
    return minimize(get_language(language).build())


def _toward_zero(name: str) -> Minifloat:
    number_format = get_format(name)
    assert isinstance(number_format, Minifloat)
    return replace(number_format, rounding=RoundingMode.TOWARD_ZERO)


def _emulates() -> tuple[Row, ...]:
    return tuple(
        recognises(
            f"modulus-1-{language}",
            _EMULATES,
            f"PD-SSM, entries 0 and 1, E4M3: {language}",
            built("pd-ssm-n-states", partial(_minimal, language)),
            partial(_minimal, language),
            properties=("permutation-diagonal",),
            semantics=OpRound(get_format("e4m3")),
        )
        for language in ("parity", "s3-swaps", "tomita-7")
    )


def _fades() -> tuple[Row, ...]:
    make = partial(_fading, "parity")
    return tuple(
        about_network(
            fails(
                f"toward-zero-{name}",
                _FADES,
                f"PD-SSM, entries 0 and 3/4, {name}, toward zero: parity",
                make,
                partial(_minimal, "parity"),
                properties=("permutation-diagonal", "norm-at-most-one"),
                semantics=OpRound(_toward_zero(name)),
                direction=Direction.FOR,
            ),
            make,
        )
        for name in ("e4m3", "binary16", "bfloat16")
    )


def _stays() -> tuple[Row, ...]:
    return tuple(
        about_network(
            recognises(
                f"nearest-{name}-{language}",
                _STAYS,
                f"PD-SSM, entries 0 and 3/4, {name}, to nearest: {language}",
                partial(_fading, language),
                partial(_minimal, language),
                properties=("permutation-diagonal",),
                semantics=OpRound(get_format(name)),
                direction=Direction.AGAINST,
            ),
            partial(_fading, language),
        )
        for name, language in (
            ("e4m3", "parity"),
            ("e4m3", "s3-swaps"),
            ("e4m3", "tomita-7"),
            ("binary16", "parity"),
        )
    )


def _fading(language: str) -> LRNN:
    return fading_unit_vectors(_minimal(language), _ENTRY)


def _open() -> Row:
    return open_row(
        "exact",
        _EXACT,
        "PD-SSM, entries of modulus at most 3/4",
        "exact",
        "not shown: differences of states shrink with each letter (columns of sum at most 3/4), "
        "and a page with that argument would make the row conditional; with infinitely many states "
        "it is false, since a threshold read-out sees the sign of an entry for ever",
    )
