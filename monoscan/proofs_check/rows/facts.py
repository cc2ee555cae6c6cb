"""Rows about no single network: certificates of any kind, obstructions, algebra, open ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from monoscan.automata import minimize
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.exhaustive_monoid import exhaustive_monoid
from monoscan.proofs_check.certificates.matrix_fact import MatrixFact, matrix_fact
from monoscan.proofs_check.certificates.monoid import monoid
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.certificates.windows import windows_to_json
from monoscan.proofs_check.claim import (
    Direction,
    Evidence,
    EvidenceMissingError,
    Row,
    Setting,
    Status,
)
from monoscan.proofs_check.rows.target import Target, target_automaton
from monoscan.theory.coordinate_monoid import coordinate_monoid
from monoscan.theory.formats import NumberFormat
from monoscan.theory.lemmas import Depth, find_by
from monoscan.theory.matrix import Matrix
from monoscan.theory.windows import NO_DELAYS, Windows


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
    windows: Windows = NO_DELAYS,
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
        windows: how many letters A and B see.
    """

    def build(_setting: Setting) -> Evidence:
        automaton = target_automaton(target)
        found = find_by(lemma, automaton, model_class, semantics, depth, windows=windows)
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
        requires={"class": model_class, "depth": str(depth), **windows_to_json(windows)},
        build=build,
        lemma=lemma,
        requires_each=lambda: {
            "": {"automaton": automaton_to_json(minimize(target_automaton(target)))}
        },
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
