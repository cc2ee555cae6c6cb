"""The claims about networks: each row as documented, and no row takes false or foreign evidence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Container
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from helpers.effort import part_of

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Claim, Evidence, Row, Setting, Status, get_claim
from monoscan.proofs_check.rows import target_automaton
from monoscan.proofs_check.verify import ClaimReport, RowReport, derive_status, verify_claim
from monoscan.theory.constructions.cascades.undelayed import undelayed_cascade
from monoscan.theory.constructions.cascades.wiring import wired_cascade
from monoscan.theory.lemmas import get_lemma

# claim -> (proved, refuted, conditional or proved in Coq, open)
COUNTS = {
    "mod3-needs-complex-eigs": (2, 3, 8, 2),
    "triangular-counts-only-2powers": (4, 0, 8, 1),
    "parity-scalar-construction": (13, 0, 1, 1),
    "group-one-layer": (11, 1, 0, 1),
    "cyclic-rotation-two-gh": (13, 0, 3, 1),
    "regular-kr-cascade": (12, 3, 0, 1),
    "modadd-two-layer-reflections": (8, 0, 3, 1),
    "dihedral-two-layer": (5, 5, 2, 1),
    "sn-four-layer-lookup": (5, 0, 0, 1),
    "so3-groups-two-gh": (3, 0, 3, 0),
    "a5-involutions-one-reflection": (2, 0, 1, 0),
    "order3-needs-two-gh": (5, 0, 5, 1),
    "s5-needs-four-gh": (4, 0, 3, 1),
    "diag-trichotomy": (9, 0, 9, 1),
    "diag-depth-derived-length": (8, 0, 7, 1),
    "nonneg-diag-star-free": (36, 0, 13, 2),
    "parity-unified-layer": (4, 0, 3, 1),
    "flipflop-two-layer": (6, 0, 3, 0),
    "one-layer-reset": (12, 0, 4, 1),
    "pd-ssm-n-states": (13, 0, 0, 2),
    "rwkv7-regular-four-layers": (6, 0, 4, 1),
    "householder-complexity-law": (10, 0, 6, 1),
    "gate-order": (4, 0, 4, 0),
    "rounded-permutations": (5, 0, 5, 1),
    "rotating-states": (6, 0, 8, 1),
    "unit-quaternions": (4, 0, 0, 1),
    "block-sizes": (7, 0, 1, 5),
    "diagonal-linear-readouts": (5, 0, 0, 2),
    "selective-products": (3, 0, 0, 1),
    "fixed-point-iterations": (2, 0, 0, 2),
    "transformer-languages": (11, 0, 0, 8),
    "signed-gate-groups": (4, 0, 9, 1),
    "unit-modulus": (6, 0, 2, 1),
    "common-phase": (6, 0, 3, 1),
}
STATUSES = (Status.PROVED, Status.REFUTED, Status.CONDITIONAL, Status.OPEN)
CLAIMS = sorted(COUNTS)


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ClaimReport]:
    """Verifies a claim, once for all tests of this module."""

    @cache
    def report(claim_id: str) -> ClaimReport:
        folder: Path = tmp_path_factory.mktemp(claim_id)
        return verify_claim(get_claim(claim_id), Setting(), folder)

    return report


def bodies(row: RowReport) -> list[dict[str, Any]]:
    return [json.loads(check.path.read_text(encoding="utf-8")) for check in row.checks]


def row_of(report: ClaimReport, key: str) -> RowReport:
    (found,) = (row for row in report.rows if row.found.row.key == key)
    return found


# ------------------------------------------------------------------ as documented


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_every_row_is_as_documented(claim_id: str, verified) -> None:
    report = verified(claim_id)
    assert [row.problem for row in report.rows] == [""] * len(report.rows)
    assert report.undocumented == ()
    counts = Counter(row.status for row in report.rows)
    counts[Status.CONDITIONAL] += counts[Status.FORMAL]
    assert tuple(counts[status] for status in STATUSES) == COUNTS[claim_id]
    assert report.exit_code() == 0


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_what_a_claim_says_of_itself(claim_id: str) -> None:
    claim = get_claim(claim_id)
    assert claim.sources
    assert claim.provenance
    assert claim.tags
    refuted = any(row.expected is Status.REFUTED for row in claim.rows)
    assert refuted <= bool(claim.errata)
    for row in claim.rows:
        if row.lemma:
            theorem = get_lemma(row.lemma)
            assert theorem.page or theorem.checked.startswith("cited")


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_proved_and_refuted_rows_rest_on_no_lemma(claim_id: str, verified) -> None:
    for row in verified(claim_id).rows:
        kinds = {check.verdict.value for check in row.checks}
        if row.status in (Status.PROVED, Status.REFUTED):
            assert kinds == {"valid"}
        elif row.status in (Status.CONDITIONAL, Status.FORMAL):
            assert kinds == {"incomplete"}
            assert all(row.found.row.lemma in check.reason for check in row.checks)
        else:
            assert kinds == set()
            assert len(row.found.evidence.summary) > 20


# ------------------------------------------------------------------ false and foreign evidence


def _recognizer(body: dict[str, Any]) -> dict[str, Any]:
    return {"states": body["states"][:-1]}


def _counterexample(body: dict[str, Any]) -> dict[str, Any]:
    return {"expected": body["outputs"]}


def _obstruction(body: dict[str, Any]) -> dict[str, Any]:
    return {"witness": _changed(body["witness"])}


def _monoid(body: dict[str, Any]) -> dict[str, Any]:
    return {"evidence": _changed(body["evidence"])}


def _changed(witness: dict[str, Any]) -> dict[str, Any]:
    """A witness that shows nothing: the empty word, one word twice, one covering left out."""
    if witness["type"] in ("cycle", "same-length-cycle"):
        return {**witness, "word": witness.get("identity", [])}
    if witness["type"] == "group":
        return {**witness, "words": [[]]}
    if witness["type"] == "repeat":
        return {**witness, "prefix": [*witness["prefix"], witness["letter"]]}
    if witness["type"] == "inequivalent":
        return {**witness, "second": witness["first"]}
    if witness["type"] == "s5":
        return {**witness, "five_cycle": witness["transposition"]}
    if witness["type"] == "isolating":
        return {**witness, "words": witness["words"][:1]}
    if witness["type"] == "overwritten":
        return {**witness, "second": witness["first"]}
    if witness["type"] == "kept":
        return {**witness, "states": witness["states"][:1]}
    return {**witness, "covering": witness["covering"][:-1]}


def _matrix_fact(body: dict[str, Any]) -> dict[str, Any]:
    size = range(len(body["matrix"]))
    return {"matrix": [[str(int(i == j)) for j in size] for i in size]}


def _boxes(body: dict[str, Any]) -> dict[str, Any]:
    """The first cell leads to itself on every letter."""
    first, *others = body["cells"]
    return {"cells": [{**first, "next": ["0"] * len(first["next"])}, *others]}


def _identity(body: dict[str, Any]) -> dict[str, Any]:
    """The last step says more by one."""
    *steps, last = body["steps"]
    key = "left" if "left" in last else "polynomial"
    return {"steps": [*steps, {**last, key: ["+", "1", last[key]]}]}


CHANGES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "recognizer": _recognizer,
    "boxes": _boxes,
    "counterexample": _counterexample,
    "obstruction": _obstruction,
    "monoid": _monoid,
    "matrix-fact": _matrix_fact,
    "identity": _identity,
}


def falsified(row: Row, kind_of_change: Callable[[dict[str, Any]], dict[str, Any]]) -> Row:
    """The row with one changed certificate, and asking for nothing but what the checker checks."""
    certificate, *_ = row.build(Setting()).certificates.values()
    body = {k: v for k, v in certificate.body.items() if k != "digest"}
    changed = Certificate(certificate.kind, {**body, **kind_of_change(body)})
    return replace(
        row,
        requires={},
        requires_each=None,
        n_certificates=1,
        build=lambda _: Evidence({"": changed}, "changed"),
    )


def one_row_a_kind(claim_id: str) -> list[Row]:
    rows = {(row.kind, row.expected): row for row in get_claim(claim_id).rows if row.kind}
    return list(rows.values())


@pytest.mark.parametrize("claim_id", part_of(CLAIMS, 8))
def test_a_changed_certificate_makes_the_row_fail(claim_id: str, tmp_path: Path) -> None:
    rows = tuple(falsified(row, CHANGES[row.kind]) for row in one_row_a_kind(claim_id))
    claim = Claim(claim_id, "statement", ("source",), "provenance", rows)
    report = verify_claim(claim, Setting(), tmp_path)
    for found in report.rows:
        assert found.status == "failed", found.found.row.key
        assert found.problem.startswith("invalid: "), found.problem
    assert report.exit_code() == 1


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_no_row_takes_the_evidence_of_another_language(claim_id: str, verified) -> None:
    report = verified(claim_id)
    subjects = [(row.found.row.kind, subject(row)) for row in report.rows]
    for row, own in zip(report.rows, subjects, strict=True):
        for other, foreign in zip(report.rows, subjects, strict=True):
            if own == foreign or not row.found.row.kind:
                continue
            status, problem = derive_status(row.found.row, other.found.evidence, other.checks)
            assert status == "failed"
            assert problem


def subject(row: RowReport) -> str:
    """What the certificates of a row are about, as text."""
    found = [body.get("automaton", body.get("matrix")) for body in bodies(row)]
    return json.dumps(found)


# ------------------------------------------------------------------ key numbers


def layers_and_states(report: ClaimReport, key: str) -> tuple[int, int]:
    (body,) = bodies(row_of(report, key))
    return len(body["lrnn"]["layers"]), len(body["states"])


@pytest.mark.parametrize(
    ("claim_id", "key", "layers", "states"),
    [
        ("mod3-needs-complex-eigs", "real-single-matrices-3", 2, 6),
        ("triangular-counts-only-2powers", "bits-4", 4, 16),
        ("parity-scalar-construction", "op-round-e4m3", 1, 2),
        ("group-one-layer", "states-a4", 1, 12),
        ("group-one-layer", "points-s5-swaps", 1, 120),
        ("cyclic-rotation-two-gh", "z12", 1, 12),
        ("modadd-two-layer-reflections", "z12", 2, 24),
        ("dihedral-two-layer", "d6", 2, 24),
        ("sn-four-layer-lookup", "count-mod-3", 4, 207),
        ("so3-groups-two-gh", "a5", 1, 60),
        ("a5-involutions-one-reflection", "a5-involutions", 1, 120),
        ("s5-needs-four-gh", "s5", 1, 120),
        ("diag-trichotomy", "z2xz4", 1, 8),
        ("diag-depth-derived-length", "s3", 2, 6),
        ("diag-depth-derived-length", "s4", 3, 24),
        ("nonneg-diag-star-free", "rounded-ends-with-ab", 3, 4),
        ("nonneg-diag-star-free", "three-factors-ends-with-ab", 3, 4),
        ("flipflop-two-layer", "exact", 2, 6),
        ("one-layer-reset", "last-three", 1, 10),
        ("pd-ssm-n-states", "cerny-4", 1, 4),
        ("rwkv7-regular-four-layers", "ends-with-ab", 4, 447),
        ("regular-kr-cascade", "cerny-4", 9, 90),
    ],
)
def test_sizes(claim_id: str, key: str, layers: int, states: int, verified) -> None:
    assert layers_and_states(verified(claim_id), key) == (layers, states)


@pytest.mark.parametrize(
    ("claim_id", "key", "word"),
    [
        ("group-one-layer", "printed-count-s6", ["b"]),
        ("regular-kr-cascade", "undelayed-ends-with-ab", ["a", "b"]),
        ("dihedral-two-layer", "labels-d2", ["s0"]),
        ("dihedral-two-layer", "labels-d3", ["s0"]),
        ("dihedral-two-layer", "order-d3", ["r1", "s0"]),
    ],
)
def test_shortest_words_that_fail(claim_id: str, key: str, word: list[str], verified) -> None:
    row = row_of(verified(claim_id), key)
    (body,) = bodies(row)
    assert body["words"] == [word]
    assert row.status is Status.REFUTED


@pytest.mark.parametrize("m", [3, 5, 7])
def test_single_matrices_are_real_and_two_of_them_are_not(m: int, verified) -> None:
    report = verified("mod3-needs-complex-eigs")
    (body,) = bodies(row_of(report, f"real-single-matrices-{m}"))
    assert {"spectrum-real", "symmetric"} <= set(body["properties"])
    assert body["automaton"]["alphabet"] == ["0", "1"]
    if m < 7:
        (fact,) = bodies(row_of(report, f"product-{m}"))
        assert fact["facts"] == [{"fact": "not-spectrum", "property": "spectrum-real"}]
        assert len(fact["matrix"]) == m


def test_exact_arithmetic_is_weaker_than_rounding(verified) -> None:
    report = verified("nonneg-diag-star-free")
    for name in ("ends-with-ab", "ab-star", "tomita-2", "no-two-consecutive-ones"):
        exact, rounded = (row_of(report, f"{kind}-{name}") for kind in ("exact-not", "rounded"))
        star_free, three = (
            row_of(report, f"{kind}-{name}") for kind in ("aperiodic", "three-factors")
        )
        subjects = {
            json.dumps(body["automaton"])
            for row in (exact, rounded, star_free, three)
            for body in bodies(row)
        }
        assert len(subjects) == 1
        assert (exact.status, exact.found.row.lemma) == (Status.FORMAL, "idempotent-letters")
        assert (rounded.status, rounded.found.row.semantics) == (Status.PROVED, "op-round")
        assert star_free.status is three.status is Status.PROVED


@pytest.mark.parametrize(
    ("claim_id", "lemma", "model_classes"),
    [
        (
            "mod3-needs-complex-eigs",
            "real-spectrum-two-groups",
            {"triangular-real"},
        ),
        ("parity-unified-layer", "mixed-quasi-aperiodic", {"mixed-diagonal"}),
        (
            "s5-needs-four-gh",
            "s5-four-householders",
            {"householder-product-3", "gated-householder-product-3", "diagonal-householder"},
        ),
        (
            "nonneg-diag-star-free",
            "idempotent-letters",
            {"diagonal-nonnegative", "householder-product-2-nonnegative"},
        ),
    ],
)
def test_lemmas_and_classes(claim_id: str, lemma: str, model_classes: set[str], verified) -> None:
    rows = [row for row in verified(claim_id).rows if row.found.row.lemma == lemma]
    assert {body["class"] for row in rows for body in bodies(row)} == model_classes


@pytest.mark.parametrize("name", ["ends-with-ab", "ab-star", "starts-with-a"])
def test_the_printed_wiring_was_not_filled_in(name: str) -> None:
    automaton = target_automaton(name)
    cascade, network = wired_cascade(automaton), undelayed_cascade(automaton)
    tables: list[Container[tuple[int, ...]]] = [level.actions for level in cascade.levels]
    if len(network.layers) > len(tables):
        tables.append(cascade.answers)
    for layer, table in zip(network.layers, tables, strict=True):
        assert all(tuple(int(str(seen)) for seen in symbol[1:]) in table for symbol in layer.cases)


@pytest.mark.parametrize(
    ("claim_id", "key"),
    [
        ("group-one-layer", "printed-count-s6"),
        ("regular-kr-cascade", "undelayed-ab-star"),
        ("dihedral-two-layer", "labels-d3"),
        ("dihedral-two-layer", "order-d3"),
    ],
)
def test_a_printed_row_takes_the_printed_network_only(claim_id: str, key: str, verified) -> None:
    found = row_of(verified(claim_id), key).found
    (certificate,) = found.evidence.certificates.values()
    other = Certificate(certificate.kind, {**certificate.body, "lrnn": {"layers": []}})
    assert found.row.mismatch(certificate) is None
    assert "lrnn is" in str(found.row.mismatch(other))


def test_no_construction_of_one_depth_passes_for_another() -> None:
    row = next(r for r in get_claim("diag-depth-derived-length").rows if r.key == "s3")
    assert row.build(Setting()).summary == "bisimulation, 2 layers, 6 joint states"
