"""Parity needs a negative eigenvalue: where it is a theorem, and where rounding refutes it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from monoscan.automata import Automaton, get_language
from monoscan.proofs_check.by_hand import one_layer_cycle
from monoscan.proofs_check.certificates import (
    exhaustive,
    inseparable_words,
    obstruction,
    recognizer,
)
from monoscan.proofs_check.claim import Direction, Evidence, Row, Setting, Status, claim
from monoscan.theory.constructions import delta_rule_parity, householder_parity, scalar_parity
from monoscan.theory.decide import Recognised, Refuted, decide
from monoscan.theory.formats import FixedPoint, NumberFormat, RoundingMode, get_format
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


class EvidenceMissingError(RuntimeError):
    """A construction or search that should have succeeded did not; the row has no evidence."""


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
    tag=(
        "Theorem 1 as printed in Grazzi et al.; the rows on sequential rounding are our own "
        "results; the other papers are cited second hand"
    ),
)
def parity_needs_negative_eigs() -> tuple[Row, ...]:
    """The rows: sufficiency, the theorem and its instances, then one rounding after another."""
    return (*_sufficiency(), *_exact_and_cast(), *_rounded_operations(), *_rounded_steps())


def _parity() -> Automaton:
    return get_language("parity").build()


def _ternary() -> FixedPoint:
    return FixedPoint(number(1), number(-1), number(1), RoundingMode.NEAREST_DOWN)


def _eighths() -> FixedPoint:
    return FixedPoint(number("1/8"), number(-4), number(4), RoundingMode.NEAREST_DOWN)


def _sixteenths() -> FixedPoint:
    return FixedPoint(number("1/16"), number(-8), number("127/16"))


def _sufficiency() -> tuple[Row, ...]:
    row = partial(Row, expected=Status.PROVED, direction=Direction.FOR, kind="recognizer")
    return (
        row(
            key="scalar-exact",
            semantics="exact",
            model_class="scalar, a(1) = -1",
            statement="recognises parity at all lengths",
            properties=("diagonal", "norm-at-most-one"),
            build=partial(_construction, scalar_parity, Exact()),
        ),
        row(
            key="householder-exact",
            semantics="exact",
            model_class="one Householder, beta(1) = 2",
            statement="recognises parity at all lengths",
            properties=("factors-in-0-2",),
            build=partial(_construction, householder_parity, Exact()),
        ),
        row(
            key="scalar-cast",
            semantics="cast-unrolled",
            model_class="scalar, a(1) = -1",
            statement="recognises parity at all lengths, datatype {-1, 0, 1}",
            properties=("diagonal", "norm-at-most-one"),
            build=partial(_construction, scalar_parity, CastUnrolled(_ternary())),
        ),
        row(
            key="delta-op-round",
            semantics="op-round",
            model_class="DeltaNet, beta(1) = 2",
            statement="recognises parity at all lengths in 8-bit floats (E4M3)",
            properties=("factors-in-0-2",),
            build=partial(_construction, delta_rule_parity, OpRound(get_format("e4m3"))),
        ),
    )


def _exact_and_cast() -> tuple[Row, ...]:
    theorem = partial(
        Row,
        model_class="spectrum in [0, inf)",
        statement="does not recognise parity, any depth",
        expected=Status.CONDITIONAL,
        direction=Direction.FOR,
        kind="obstruction",
        lemma="sign-lemma",
    )
    instances = partial(
        Row,
        model_class="random, spectrum in [0, inf)",
        statement="each of these networks fails, whatever table reads its bits",
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="counterexample",
        properties=("spectrum-nonnegative",),
    )
    rows: list[Row] = []
    for semantics in (Exact(), CastUnrolled(_eighths())):
        name = semantics.name
        rows.append(
            theorem(
                key=f"theorem-{name}",
                semantics=name,
                build=partial(_obstructed, name, "spectrum-nonnegative", "sign-lemma"),
            )
        )
        rows.append(
            instances(key=f"instances-{name}", semantics=name, build=partial(_instances, semantics))
        )
    return tuple(rows)


def _rounded_operations() -> tuple[Row, ...]:
    whole_format = partial(
        Row,
        semantics="op-round",
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="exhaustive",
    )
    return (
        Row(
            key="diagonal-op-round",
            semantics="op-round",
            model_class="diagonal, a(x) >= 0, any saturating format",
            statement="does not recognise parity, any depth",
            expected=Status.CONDITIONAL,
            direction=Direction.FOR,
            kind="obstruction",
            lemma="monotone-rounding",
            build=partial(_obstructed, "op-round", "diagonal-nonnegative", "monotone-rounding"),
        ),
        whole_format(
            key="diagonal-e4m3",
            model_class="diagonal, 8-bit floats (E4M3)",
            statement="a >= 0: every state settles on 1^n; any a: period at most 2",
            build=partial(_whole_format, get_format("e4m3")),
        ),
        whole_format(
            key="diagonal-fixed",
            model_class="diagonal, 8-bit fixed point (step 1/16)",
            statement="a >= 0: every state settles on 1^n; any a: period at most 2",
            build=partial(_whole_format, _sixteenths()),
        ),
        _refuted(
            "wrap-op-round",
            wrapping_counter,
            "diagonal, a = 1, wrap-around integers",
            "recognises parity: adding 128 modulo 256 counts",
            ("diagonal", "spectrum-nonnegative"),
        ),
        _refuted(
            "deltanet-op-round",
            deltanet_rounded_operations,
            "DeltaNet, beta(1) = 3/4, fixed point",
            "recognises parity: the last digit never settles",
            ("factors-in-0-1", "spectrum-nonnegative", "symmetric"),
        ),
    )


def _rounded_steps() -> tuple[Row, ...]:
    return (
        Row(
            key="symmetric-seq-round",
            semantics="seq-round",
            model_class="symmetric, spectrum in [0, 1]",
            statement="does not recognise parity, any depth",
            expected=Status.CONDITIONAL,
            direction=Direction.FOR,
            kind="obstruction",
            lemma="psd-lemma",
            build=partial(_obstructed, "seq-round", "symmetric-spectrum-in-0-1", "psd-lemma"),
        ),
        _refuted(
            "projections-seq-round",
            two_projections_rounded_steps,
            "DeltaProduct, two factors, beta(1) = 1",
            "recognises parity: norm <= 1, not symmetric",
            ("factors-in-0-1", "norm-at-most-one", "spectrum-nonnegative"),
        ),
        _refuted(
            "expansive-seq-round",
            expansive_rounded_steps,
            "dense, eigenvalues > 0, norm > 1",
            "recognises parity",
            ("spectrum-nonnegative",),
        ),
    )


def _refuted(
    key: str,
    make: Callable[[], RoundingCounterexample],
    model_class: str,
    statement: str,
    properties: tuple[str, ...],
) -> Row:
    return Row(
        key=key,
        semantics=make().semantics.name,
        model_class=model_class,
        statement=statement,
        expected=Status.REFUTED,
        direction=Direction.AGAINST,
        kind="recognizer",
        properties=properties,
        build=partial(_rounding_counterexample, make, properties),
    )


def _construction(
    make: Callable[[], LRNN], semantics: Semantics[Any], _setting: Setting
) -> Evidence:
    lrnn = make()
    properties = _CONSTRUCTION_PROPERTIES[make]
    found = _recognised(lrnn, semantics)
    return Evidence(
        {"": recognizer(lrnn, semantics, _parity(), found, properties)},
        f"bisimulation with the parity automaton, {len(found.states)} joint states",
    )


_CONSTRUCTION_PROPERTIES: dict[Callable[[], LRNN], tuple[str, ...]] = {
    scalar_parity: ("diagonal", "norm-at-most-one"),
    householder_parity: ("factors-in-0-2", "norm-at-most-one"),
    delta_rule_parity: ("factors-in-0-2", "norm-at-most-one"),
}


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
        f"a network that computes parity of every word, {len(found.states)} joint states",
        one_layer_cycle(example.lrnn, example.semantics, "1"),
    )


def _obstructed(semantics_name: str, model_class: str, lemma: str, _setting: Setting) -> Evidence:
    certificate = obstruction(
        _parity(),
        semantics_name=semantics_name,
        model_class=model_class,
        lemma=lemma,
        prefix=(),
        letter="1",
    )
    return Evidence(
        {"": certificate},
        f"parity alternates on 1^n; {lemma} says that the network's answer settles there",
    )


def _instances(semantics: Semantics[Any], setting: Setting) -> Evidence:
    certificates = {}
    for family in FAMILIES:
        random = Random(f"{setting.seed} {semantics.name} {family}")
        for index in range(_INSTANCES_PER_FAMILY):
            lrnn = random_nonnegative_lrnn(random, family)
            found = decide(lrnn, semantics, _parity())
            if not isinstance(found, Refuted) or found.pair is None:
                raise EvidenceMissingError(
                    f"no pair of words for {family} network {index} (seed {setting.seed}): {found}"
                )
            certificates[f"{family}-{index}"] = inseparable_words(
                lrnn, semantics, _parity(), found.pair, ("spectrum-nonnegative",)
            )
    return Evidence(
        certificates,
        f"{len(certificates)} networks in {len(FAMILIES)} families (seed {setting.seed}), "
        "a pair of words for each",
    )


def _whole_format(number_format: NumberFormat, _setting: Setting) -> Evidence:
    result = census(number_format)
    return Evidence(
        {"": exhaustive(result)},
        f"all {result.triples:,} triples (a, b, h0) of {result.values} values: period "
        f"{result.nonnegative_max_period} for a >= 0, at most {result.signed_max_period} for any a",
    )
