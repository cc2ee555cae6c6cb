"""Parity needs a negative eigenvalue: where it is a theorem, and where rounding refutes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from monoscan.automata import Automaton, get_language
from monoscan.proofs_check.by_hand import one_layer_cycle
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.counterexample import inseparable_words
from monoscan.proofs_check.certificates.exhaustive import exhaustive
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.claim import (
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
    claim,
)
from monoscan.theory.constructions.parity import (
    delta_rule_parity,
    householder_parity,
    scalar_parity,
)
from monoscan.theory.decide import Budget, Recognised, Refuted, decide
from monoscan.theory.formats import FixedPoint, NumberFormat, RoundingMode, get_format
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.lemmas.unsettled import Unsettled
from monoscan.theory.lrnn import LRNN
from monoscan.theory.numbers import number
from monoscan.theory.rounding_parity import (
    RoundingCounterexample,
    deltanet_rounded_operations,
    expansive_rounded_steps,
    two_projections_rounded_steps,
    wrapping_counter,
)
from monoscan.theory.sampling import FAMILIES, random_nonnegative_lrnn
from monoscan.theory.scalar_maps import census
from monoscan.theory.semantics import CastUnrolled, Exact, OpRound, Semantics

_GRAZZI = "Grazzi, Siems et al., arXiv 2411.12537v5"
_INSTANCES_PER_FAMILY = 2
_N_INSTANCES = _INSTANCES_PER_FAMILY * len(FAMILIES)
_RECOGNISES = "With an eigenvalue -1 a network recognises parity, at all lengths"
_FAILS = "With spectra in [0, inf) a network does not recognise parity"
_INSTANCES = "Random networks with spectra in [0, inf), decided one by one: none recognises parity"
_SETTLES = "In a whole format every h -> r(r(a h) + b) with a >= 0 ends in a fixed point"
_ROUNDING = (
    "Rounding refutes it: these have spectra in [0, inf) and recognise parity at all lengths"
)


@claim(
    statement=(
        "A linear RNN H <- A(x) H + B(x), of any depth, whose matrices A(x) have only real "
        "eigenvalues >= 0 does not recognise parity (the words over {0, 1} with an even number of "
        "1s); with one eigenvalue -1 it does."
    ),
    sources=(
        f"{_GRAZZI}, Theorem 1 (cast-unrolled)",
        "Sarrof, Veitsman, Hahn, arXiv 2405.17394 (diagonal)",
        "Nowak, Cotterell, Boumasmoud, arXiv 2606.01765 (wrap-around arithmetic)",
    ),
    provenance=(
        "Theorem 1 as printed in Grazzi et al.; the rows on sequential rounding are our own "
        "results; the other papers are cited second hand"
    ),
    tags=("impossibility", "parity", "finite-precision"),
    errata=(
        "Nothing in Theorem 1 itself. Read as a statement about finite precision in general it is "
        "false, as the refuted rows show: it holds for unrolled sums that are cast, not for a "
        "state that is rounded step by step",
    ),
)
def parity_needs_negative_eigs() -> tuple[Row, ...]:
    """The rows: sufficiency, the theorem and what is proved of it, and what rounding refutes."""
    return (
        *_sufficiency(),
        *_theorems(),
        *_random_networks(),
        *_whole_formats(),
        *_counterexamples(),
    )


def _parity() -> Automaton:
    return get_language("parity").build()


def _about_parity() -> dict[str, Any]:
    return {"automaton": automaton_to_json(_parity())}


def _ternary() -> FixedPoint:
    return FixedPoint(number(1), number(-1), number(1), RoundingMode.NEAREST_DOWN)


def _eighths() -> FixedPoint:
    return FixedPoint(number("1/8"), number(-4), number(4), RoundingMode.NEAREST_DOWN)


def _sixteenths() -> FixedPoint:
    return FixedPoint(number("1/16"), number(-8), number("127/16"))


def _sufficiency() -> tuple[Row, ...]:
    def row(
        key: str,
        model_class: str,
        make: Callable[[], LRNN],
        semantics: Semantics[Any],
        properties: tuple[str, ...],
    ) -> Row:
        return Row(
            key=key,
            semantics=semantics.name,
            model_class=model_class,
            statement=_RECOGNISES,
            expected=Status.PROVED,
            direction=Direction.FOR,
            kind="recognizer",
            requires=_about_parity(),
            properties=properties,
            build=partial(_construction, make, semantics, properties),
        )

    diagonal = ("diagonal", "norm-at-most-one")
    reflection = ("factors-in-0-2", "norm-at-most-one")
    ternary, float8 = CastUnrolled(_ternary()), OpRound(get_format("e4m3"))
    return (
        row("scalar-exact", "scalar, a(1) = -1", scalar_parity, Exact(), diagonal),
        row(
            "householder-exact", "Householder, beta(1) = 2", householder_parity, Exact(), reflection
        ),
        row(
            "scalar-cast", "scalar, a(1) = -1, cast to {-1, 0, 1}", scalar_parity, ternary, diagonal
        ),
        row("delta-op-round", "DeltaNet, beta(1) = 2, E4M3", delta_rule_parity, float8, reflection),
    )


def _theorems() -> tuple[Row, ...]:
    spectrum, nonnegative = "spectrum in [0, inf), any depth", "spectrum-nonnegative"
    return (
        _theorem("exact", spectrum, nonnegative, "sign-lemma"),
        _theorem("cast-unrolled", f"{spectrum}, saturating", nonnegative, "sign-lemma"),
        _theorem(
            "op-round",
            "diagonal, a in [0, 1], any depth, saturating",
            "diagonal-nonnegative",
            "monotone-rounding",
        ),
        _theorem(
            "seq-round",
            "symmetric, spectrum in [0, 1], any depth, saturating",
            "symmetric-spectrum-in-0-1",
            "psd-lemma",
        ),
    )


def _random_networks() -> tuple[Row, ...]:
    semantics: tuple[Semantics[Any], ...] = (Exact(), CastUnrolled(_eighths()))
    return tuple(
        Row(
            key=f"instances-{chosen.name}",
            semantics=chosen.name,
            model_class=f"{_N_INSTANCES} networks, one layer, {len(FAMILIES)} families",
            statement=_INSTANCES,
            expected=Status.PROVED,
            direction=Direction.FOR,
            kind="counterexample",
            n_certificates=_N_INSTANCES,
            requires=_about_parity(),
            properties=("spectrum-nonnegative",),
            build=partial(_instances, chosen),
        )
        for chosen in semantics
    )


def _whole_formats() -> tuple[Row, ...]:
    return (
        _whole_format("diagonal-e4m3", "scalar, 8-bit float E4M3", get_format("e4m3")),
        _whole_format("diagonal-fixed", "scalar, 8-bit fixed point, step 1/16", _sixteenths()),
    )


def _counterexamples() -> tuple[Row, ...]:
    contraction = ("factors-in-0-1", "norm-at-most-one", "spectrum-nonnegative")
    return (
        _refuted(
            "wrap-op-round",
            "diagonal, a = 1, wrap-around integers",
            wrapping_counter,
            ("diagonal", "norm-at-most-one", "spectrum-nonnegative"),
        ),
        _refuted(
            "deltanet-op-round",
            "DeltaNet, beta(1) = 3/4, fixed point",
            deltanet_rounded_operations,
            (*contraction, "symmetric"),
        ),
        _refuted(
            "projections-seq-round",
            "DeltaProduct, n_h = 2, beta(1) = 1",
            two_projections_rounded_steps,
            contraction,
        ),
        _refuted(
            "expansive-seq-round",
            "dense, eigenvalues 0.009 and 1.74",
            expansive_rounded_steps,
            ("spectrum-nonnegative",),
        ),
    )


def _theorem(semantics_name: str, words: str, model_class: str, lemma: str) -> Row:
    return Row(
        key=f"theorem-{semantics_name}",
        semantics=semantics_name,
        model_class=words,
        statement=_FAILS,
        expected=Status.CONDITIONAL,
        direction=Direction.FOR,
        kind="obstruction",
        requires={**_about_parity(), "class": model_class, "depth": "any"},
        lemma=lemma,
        build=partial(_obstructed, semantics_name, model_class, lemma),
    )


def _whole_format(key: str, words: str, number_format: NumberFormat) -> Row:
    return Row(
        key=key,
        semantics="op-round",
        model_class=words,
        statement=_SETTLES,
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="exhaustive",
        requires={
            "format": number_format.to_json(),
            "nonnegative-max-period": "1",
            "signed-max-period": "2",
        },
        build=partial(_census, number_format),
    )


def _refuted(
    key: str,
    words: str,
    make: Callable[[], RoundingCounterexample],
    properties: tuple[str, ...],
) -> Row:
    return Row(
        key=key,
        semantics=make().semantics.name,
        model_class=words,
        statement=_ROUNDING,
        expected=Status.REFUTED,
        direction=Direction.AGAINST,
        kind="recognizer",
        requires=_about_parity(),
        properties=properties,
        build=partial(_rounding_counterexample, make, properties),
        trace=partial(_trace, make),
    )


def _trace(make: Callable[[], RoundingCounterexample]) -> tuple[str, ...]:
    return one_layer_cycle(make().lrnn, make().semantics, "1")


def _construction(
    make: Callable[[], LRNN],
    semantics: Semantics[Any],
    properties: tuple[str, ...],
    _setting: Setting,
) -> Evidence:
    lrnn = make()
    found = _recognised(lrnn, semantics)
    return Evidence(
        {"": recognizer(lrnn, semantics, _parity(), found, properties)},
        f"bisimulation, {len(found.states)} joint states",
    )


def _recognised(lrnn: LRNN, semantics: Semantics[Any]) -> Recognised:
    found = decide(lrnn, semantics, _parity())
    if not isinstance(found, Recognised):
        raise EvidenceMissingError(f"expected a network that recognises parity; found {found}")
    return found


def _rounding_counterexample(
    make: Callable[[], RoundingCounterexample],
    properties: tuple[str, ...],
    _setting: Setting,
) -> Evidence:
    example = make()
    found = _recognised(example.lrnn, example.semantics)
    certificate = recognizer(example.lrnn, example.semantics, _parity(), found, properties)
    return Evidence(
        {"": certificate},
        f"bisimulation, {len(found.states)} joint states; trace below",
    )


def _obstructed(semantics_name: str, model_class: str, lemma: str, _setting: Setting) -> Evidence:
    found = Obstruction(lemma, model_class, semantics_name, "any", _parity(), Unsettled((), ("1",)))
    certificate = obstruction_certificate(found)
    return Evidence(
        {"": certificate},
        f"parity alternates on 1^n; {lemma}",
    )


def _instances(semantics: Semantics[Any], setting: Setting) -> Evidence:
    certificates = {}
    for family in FAMILIES:
        random = Random(f"{setting.seed} {semantics.name} {family}")
        for index in range(_INSTANCES_PER_FAMILY):
            lrnn = random_nonnegative_lrnn(random, family)
            found = decide(lrnn, semantics, _parity(), Budget(settle=False))
            if not isinstance(found, Refuted) or found.pair is None:
                raise EvidenceMissingError(
                    f"no pair of words for {family} network {index} (seed {setting.seed}): {found}"
                )
            certificates[f"{family}-{index}"] = inseparable_words(
                lrnn, semantics, _parity(), found.pair, ("spectrum-nonnegative",)
            )
    return Evidence(
        certificates,
        f"a pair of words for each (seed {setting.seed})",
    )


def _census(number_format: NumberFormat, _setting: Setting) -> Evidence:
    result = census(number_format)
    return Evidence(
        {"": exhaustive(result)},
        f"{result.triples:,} triples: period {result.nonnegative_max_period} "
        f"(any a: {result.signed_max_period})",
    )
