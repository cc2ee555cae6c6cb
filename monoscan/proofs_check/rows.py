"""The usual rows of claims: a network that recognises, one that fails, an obstruction, an open end.

A row says what its certificates must be about (`requires`, `properties`, `lemma`); whether they
are is decided by `verify`, and whether they hold by the independent checker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from typing import Any, TypeAlias

from monoscan.automata import Automaton, format_word, get_language, minimize
from monoscan.proofs_check.certificates import (
    Certificate,
    counterexample,
    exhaustive_monoid,
    matrix_fact,
    monoid,
    obstruction_certificate,
    recognizer,
)
from monoscan.proofs_check.certificates.matrix_fact import MatrixFact
from monoscan.proofs_check.certificates.parts import automaton_to_json
from monoscan.proofs_check.claim import (
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
)
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.coordinate_monoid import coordinate_monoid
from monoscan.theory.decide import Budget, Recognised, decide
from monoscan.theory.explore import Disagrees, explore
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lrnn import LRNN
from monoscan.theory.lrnn_json import lrnn_to_json
from monoscan.theory.matrix import Matrix
from monoscan.theory.obstructions import Depth, find_by
from monoscan.theory.semantics import Exact, Semantics

Target: TypeAlias = str | Callable[[], Automaton]


@cache
def target_automaton(target: Target) -> Automaton:
    """The automaton of a language id, or of a function that builds one."""
    return get_language(target).build() if isinstance(target, str) else target()


def recognises(
    key: str,
    statement: str,
    model_class: str,
    make: Callable[[], LRNN],
    target: Target,
    *,
    properties: tuple[str, ...] = (),
    semantics: Semantics[Any] | None = None,
    direction: Direction = Direction.FOR,
    max_states: int = Budget.states,
    depth: int | None = None,
) -> Row:
    """A row with one network that recognises a language at all lengths.

    Args:
        key: of the row.
        statement: what the row says.
        model_class: the network in words.
        make: builds it.
        target: a language id, or a function that builds the automaton.
        properties: what its certificate proves of every transition matrix.
        semantics: exact if not given.
        direction: `AGAINST` if the network refutes the claim; the row is then refuted.
        max_states: budget of joint states.
        depth: how many layers the network must have, if the row says so.
    """
    chosen = Exact() if semantics is None else semantics

    def build(_setting: Setting) -> Evidence:
        lrnn, automaton = make(), target_automaton(target)
        if depth is not None and len(lrnn.layers) != depth:
            raise EvidenceMissingError(
                f"expected {depth} layers; the network has {len(lrnn.layers)}"
            )
        found = decide(lrnn, chosen, automaton, Budget(states=max_states))
        if not isinstance(found, Recognised):
            raise EvidenceMissingError(f"expected a network that recognises; found {found}")
        layers = "1 layer" if len(lrnn.layers) == 1 else f"{len(lrnn.layers)} layers"
        return Evidence(
            {"": recognizer(lrnn, chosen, automaton, found, properties)},
            f"bisimulation, {layers}, {len(found.states)} joint states",
        )

    return Row(
        key=key,
        semantics=chosen.name,
        model_class=model_class,
        statement=statement,
        expected=Status.PROVED if direction is Direction.FOR else Status.REFUTED,
        direction=direction,
        kind="recognizer",
        requires=partial(_about, target),
        build=build,
        properties=properties,
    )


def fails(
    key: str,
    statement: str,
    model_class: str,
    make: Callable[[], LRNN],
    target: Target,
    *,
    properties: tuple[str, ...] = (),
    semantics: Semantics[Any] | None = None,
    direction: Direction = Direction.AGAINST,
    max_states: int = Budget.states,
) -> Row:
    """A row with one network that is wrong on a word, the shortest one.

    Args:
        key: of the row.
        statement: what the row says.
        model_class: the network in words.
        make: builds it.
        target: a language id, or a function that builds the automaton.
        properties: what its certificate proves of every transition matrix.
        semantics: exact if not given.
        direction: `AGAINST` if the failure refutes the claim; the row is then refuted.
        max_states: budget of joint states.
    """
    chosen = Exact() if semantics is None else semantics

    def build(_setting: Setting) -> Evidence:
        lrnn, automaton = make(), target_automaton(target)
        found = explore(lrnn, chosen, automaton, max_states)
        if not isinstance(found, Disagrees):
            raise EvidenceMissingError(f"expected a word on which the network fails; found {found}")
        word = format_word(found.word, automaton.alphabet)
        return Evidence(
            {"": counterexample(lrnn, chosen, automaton, found.word, properties)},
            f"wrong on {word}: {found.output}, not {found.expected}",
        )

    return Row(
        key=key,
        semantics=chosen.name,
        model_class=model_class,
        statement=statement,
        expected=Status.PROVED if direction is Direction.FOR else Status.REFUTED,
        direction=direction,
        kind="counterexample",
        requires=partial(_about, target),
        build=build,
        properties=properties,
    )


def certified(
    key: str,
    statement: str,
    model_class: str,
    kind: str,
    requires: Mapping[str, Any] | Callable[[], Mapping[str, Any]],
    make: Callable[[Setting], Mapping[str, Certificate]],
    summary: str,
    *,
    semantics: str = "exact",
    direction: Direction = Direction.FOR,
    n_certificates: int = 1,
) -> Row:
    """A row with certificates of any kind that the checker proves without a lemma.

    Args:
        key: of the row.
        statement: what the row says.
        model_class: what the certificates are about, in words.
        kind: of every certificate.
        requires: keys that every certificate has with just these values.
        make: certificate files by name; may raise `EvidenceMissingError`.
        summary: the evidence in words.
        semantics: name of the semantics.
        direction: `AGAINST` if the certificates refute the claim.
        n_certificates: how many there are.
    """
    return Row(
        key=key,
        semantics=semantics,
        model_class=model_class,
        statement=statement,
        expected=Status.PROVED if direction is Direction.FOR else Status.REFUTED,
        direction=direction,
        kind=kind,
        requires=requires,
        build=lambda setting: Evidence(dict(make(setting)), summary),
        n_certificates=n_certificates,
    )


def obstructed(
    key: str,
    statement: str,
    words: str,
    model_class: str,
    lemma: str,
    target: Target,
    *,
    semantics: str = "exact",
    depth: Depth = "any",
    direction: Direction = Direction.FOR,
) -> Row:
    """A row with an obstruction: no network of a class recognises a language, if a lemma holds.

    Args:
        key: of the row.
        statement: what the row says.
        words: the class in words.
        model_class: the id of the class that the certificate is about.
        lemma: what the row rests on.
        target: a language id, or a function that builds the automaton.
        semantics: name of the semantics.
        depth: number of layers, or `any`.
        direction: `AGAINST` if the obstruction contradicts the statement.
    """

    def build(_setting: Setting) -> Evidence:
        found = find_by(lemma, target_automaton(target), model_class, semantics, depth)
        if found is None:
            raise EvidenceMissingError(
                f"expected an obstruction by {lemma} to {model_class} at depth {depth}; found none"
            )
        return Evidence({"": obstruction_certificate(found)}, f"{found.witness}; {lemma}")

    return Row(
        key=key,
        semantics=semantics,
        model_class=words,
        statement=statement,
        expected=Status.CONDITIONAL,
        direction=direction,
        kind="obstruction",
        requires=lambda: {
            "automaton": automaton_to_json(minimize(target_automaton(target))),
            "class": model_class,
            "depth": str(depth),
        },
        build=build,
        lemma=lemma,
    )


def algebra(key: str, statement: str, words: str, property_name: str, target: Target) -> Row:
    """A row with a property of a language's syntactic monoid; it speaks of no network.

    Args:
        key: of the row.
        statement: what the row says.
        words: the language in words.
        property_name: one of `MONOID_PROPERTIES`.
        target: a language id, or a function that builds the automaton.
    """

    def build(_setting: Setting) -> Evidence:
        certificate = monoid(target_automaton(target), property_name)
        if certificate is None:
            raise EvidenceMissingError(f"the monoid is not {property_name}")
        return Evidence({"": certificate}, f"the syntactic monoid: {property_name}")

    return Row(
        key=key,
        semantics="exact",
        model_class=words,
        statement=statement,
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="monoid",
        requires=lambda: {
            "automaton": automaton_to_json(minimize(target_automaton(target))),
            "property": property_name,
        },
        build=build,
    )


def matrix_row(
    key: str, statement: str, words: str, matrix: Callable[[], Matrix], *facts: MatrixFact
) -> Row:
    """A row with facts about one matrix, which the checker computes again.

    Args:
        key: of the row.
        statement: what the row says.
        words: the matrix in words.
        matrix: makes it.
        facts: what is true of it, at least one.
    """

    def certificate() -> Certificate:
        return matrix_fact(matrix(), facts)

    return Row(
        key=key,
        semantics="exact",
        model_class=words,
        statement=statement,
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="matrix-fact",
        requires=lambda: {name: certificate().body[name] for name in ("matrix", "facts")},
        build=lambda _setting: Evidence({"": certificate()}, "computed again"),
    )


def built(construction: str, target: Target) -> Callable[[], LRNN]:
    """Makes the network of a construction for a language, when it is called.

    >>> built("scalar-parity", "parity")().output("0110")
    True
    """
    return lambda: get_construction(construction).build(target_automaton(target))


def about_network(row: Row, make: Callable[[], LRNN]) -> Row:
    """The row, which now takes certificates about this very network only.

    For rows whose words say more of a network than its properties do: an entry 3/4, or that two
    rows are about the same matrices.

    Args:
        row: a row of `recognises` or `fails`.
        make: builds the network.
    """
    required = row.requires

    def requires() -> dict[str, Any]:
        old = required() if callable(required) else required
        return {**old, "lrnn": lrnn_to_json(make())}

    return replace(row, requires=requires)


def composed_maps(
    key: str,
    statement: str,
    words: str,
    number_format: NumberFormat,
    *,
    nonnegative: bool,
    largest: int,
    periods: tuple[int, ...] | None = None,
) -> Row:
    """A row about all compositions of the maps h -> r(r(a h) + b) of a format.

    Args:
        key: of the row.
        statement: what the row says.
        words: the maps and the format in words.
        number_format: at most 64 values.
        nonnegative: whether only maps with a >= 0 are composed.
        largest: the order of the largest group of compositions.
        periods: all periods of the powers of compositions; 1, ..., `largest` if not given.
    """
    expected = tuple(range(1, largest + 1)) if periods is None else periods

    def build(_setting: Setting) -> Evidence:
        found = coordinate_monoid(number_format, nonnegative=nonnegative)
        return Evidence(
            {"": exhaustive_monoid(found)},
            f"{found.maps:,} maps, {found.elements:,} compositions, largest group "
            f"{found.largest_subgroup}, periods {', '.join(map(str, found.periods))}",
        )

    return Row(
        key=key,
        semantics="op-round",
        model_class=words,
        statement=statement,
        expected=Status.PROVED,
        direction=Direction.FOR,
        kind="exhaustive-monoid",
        requires={
            "format": number_format.to_json(),
            "factors": "nonnegative" if nonnegative else "any",
            "largest-subgroup": str(largest),
            "periods": [str(period) for period in expected],
        },
        build=build,
    )


def open_row(key: str, statement: str, model_class: str, semantics: str, missing: str) -> Row:
    """A row that nothing here decides.

    Args:
        key: of the row.
        statement: what would have to be shown.
        model_class: for which networks.
        semantics: under which semantics.
        missing: why there is no evidence, and what would be one.
    """
    return Row(
        key=key,
        semantics=semantics,
        model_class=model_class,
        statement=statement,
        expected=Status.OPEN,
        direction=Direction.FOR,
        kind="",
        requires={},
        build=lambda _setting: Evidence({}, missing),
        n_certificates=0,
    )


def _about(target: Target) -> dict[str, Any]:
    return {"automaton": automaton_to_json(target_automaton(target))}
