"""The claims on finite precision and complexity: statuses, key numbers, wrong evidence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from monoscan.automata import get_language
from monoscan.proofs_check.certificates.scan import scan_recognizer
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Claim, Evidence, Row, Setting, Status, get_claim
from monoscan.proofs_check.claims.affine_scan_definite import signs
from monoscan.proofs_check.rows import composed_maps, fails, recognises
from monoscan.proofs_check.verify import ClaimReport, RowReport, verify_claim
from monoscan.theory.fading_memory import fading_unit_vectors
from monoscan.theory.formats import FixedPoint, FormatError, get_format
from monoscan.theory.lrnn import LRNNError
from monoscan.theory.numbers import number
from monoscan.theory.rounding_parity import alternating_projections, reachable_automaton
from monoscan.theory.semantics import OpRound
from monoscan.theory.wrap_around import unsigned_words, wrapped_counter

PROVED, REFUTED = Status.PROVED, Status.REFUTED
CONDITIONAL, FORMAL, OPEN = Status.CONDITIONAL, Status.FORMAL, Status.OPEN
CLAIMS: dict[str, dict[Status, int]] = {
    "parity-rounding-dependence": {PROVED: 10, FORMAL: 2},
    "rounding-breaks-theorems": {PROVED: 10, FORMAL: 3, OPEN: 3},
    "float-diag-nonneg-aperiodic": {PROVED: 7, FORMAL: 4, REFUTED: 2},
    "float-diag-real-2groups": {PROVED: 6, FORMAL: 5},
    "uint-quantised-even-counter": {PROVED: 15, FORMAL: 2},
    "affine-scan-definite": {PROVED: 4, REFUTED: 2, OPEN: 1},
    "pd-stability-vs-emulation": {PROVED: 6, REFUTED: 4, OPEN: 1},
    "idssm-tc0": {PROVED: 3, CONDITIONAL: 2, OPEN: 2},
    "s5-nc1": {PROVED: 4, OPEN: 2},
    "training-learns-it": {OPEN: 2},
}


@cache
def _made(claim_id: str, folder: Path) -> ClaimReport:
    return verify_claim(get_claim(claim_id), Setting(), folder / claim_id)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], ClaimReport]:
    """The report about a claim of this group, made once."""
    folder = tmp_path_factory.getbasetemp()
    return lambda claim_id: _made(claim_id, folder)


def row_of(report: ClaimReport, key: str) -> RowReport:
    (found,) = (row for row in report.rows if row.found.row.key == key)
    return found


def body(row: RowReport) -> dict[str, Any]:
    (check,) = row.checks
    value = json.loads(check.path.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_each_row_is_as_documented(claim_id: str, report: Callable[[str], ClaimReport]) -> None:
    found = report(claim_id)
    assert [row.problem for row in found.rows] == [""] * len(found.rows)
    assert found.undocumented == ()
    assert Counter(row.status for row in found.rows) == CLAIMS[claim_id]
    assert found.claim.tags
    assert found.claim.provenance


@pytest.mark.parametrize("claim_id", CLAIMS)
def test_open_rows_say_what_is_missing(claim_id: str, report: Callable[[str], ClaimReport]) -> None:
    for row in report(claim_id).rows:
        if row.status is OPEN:
            assert row.checks == ()
            assert len(row.found.evidence.summary.split()) > 5


# ------------------------------------------------------------------ wrong evidence fails its row


def with_body(certificate: Certificate, changes: Mapping[str, Any]) -> Certificate:
    changed = {**certificate.body, **changes}
    return Certificate.of(certificate.kind, {k: v for k, v in changed.items() if k != "digest"})


def damaged(certificate: Certificate) -> Certificate:
    """One number, output or witness that is wrong."""
    old = certificate.body
    if certificate.kind == "recognizer":
        return with_body(certificate, {"states": old["states"][1:]})
    if certificate.kind == "counterexample":
        return with_body(certificate, {"expected": old["outputs"]})
    if certificate.kind == "exhaustive-monoid":
        return with_body(certificate, {"elements": str(int(old["elements"]) + 1)})
    if certificate.kind == "scan-recognizer":
        wrong = [{**item, "output": not item["output"]} for item in old["readout"]]
        return with_body(certificate, {"readout": wrong})
    if certificate.kind == "scan-counterexample":
        return with_body(certificate, {"output": old["expected"]})
    key = {"obstruction": "witness", "monoid": "evidence"}[certificate.kind]
    witness = dict(old[key])
    part = next(name for name in ("states", "words", "word") if name in witness)
    return with_body(certificate, {key: {**witness, part: witness[part][:1] * 2}})


def damaged_row(row: Row) -> Row:
    def build(setting: Setting) -> Evidence:
        made = row.build(setting)
        return replace(made, certificates={k: damaged(v) for k, v in made.certificates.items()})

    return replace(row, build=build)


@pytest.mark.parametrize("claim_id", [id_ for id_ in CLAIMS if id_ != "training-learns-it"])
def test_damaged_evidence_gives_no_status(claim_id: str, tmp_path: Path) -> None:
    claim = get_claim(claim_id)
    kinds = {row.kind: row for row in claim.rows if row.n_certificates}
    rows = tuple(damaged_row(row) for row in kinds.values())
    for row in verify_claim(replace(claim, rows=rows), Setting(), tmp_path).rows:
        assert row.status == "failed", row.found.row.key
        assert "invalid" in row.problem or "malformed" in row.problem, row.problem


def only_row(row: Row, folder: Path) -> RowReport:
    claim = Claim("a-claim", "statement", ("source",), "provenance", (row,))
    return verify_claim(claim, Setting(), folder).rows[0]


def test_a_format_with_a_group_is_not_called_aperiodic(tmp_path: Path) -> None:
    form = FixedPoint.signed(2)
    right = composed_maps("row", "s", "any a", form, nonnegative=False, largest=2)
    assert only_row(right, tmp_path).status is PROVED
    wrong = composed_maps("row", "s", "any a", form, nonnegative=False, largest=1)
    assert "largest-subgroup is '2'" in only_row(wrong, tmp_path).problem


def test_a_certificate_about_other_maps_is_not_taken() -> None:
    form = FixedPoint.signed(2)
    signed = composed_maps("row", "s", "any a", form, nonnegative=False, largest=2)
    nonnegative = composed_maps("row", "s", "a >= 0", form, nonnegative=True, largest=1)
    certificate = nonnegative.build(Setting()).certificates[""]
    assert "factors is 'nonnegative'" in str(signed.mismatch(certificate))


def test_a_scan_that_is_wrong_along_a_tree_is_not_taken(tmp_path: Path) -> None:
    claim = get_claim("affine-scan-definite")
    (row,) = (row for row in claim.rows if row.key == "signs")
    start = replace(signs(), outputs={(number(1),): True, (number(-1),): True})
    parity = get_language("parity").build()
    broken = replace(row, build=lambda _: Evidence({"": scan_recognizer(start, parity)}, ""))
    assert "wrong output" in only_row(broken, tmp_path).problem


# ------------------------------------------------------------------ key numbers and networks


def test_the_three_counterexamples_differ_in_where_they_round(
    report: Callable[[str], ClaimReport],
) -> None:
    found = report("parity-rounding-dependence")
    for name in ("expansive", "projections", "deltanet"):
        rounded, exact = (row_of(found, f"{name}-{end}") for end in ("rounded", "exact"))
        assert body(rounded)["lrnn"] == body(exact)["lrnn"]
        assert body(exact)["semantics"] == {"name": "exact"}
        assert "spectrum-nonnegative" in body(rounded)["properties"]
    once = row_of(found, "deltanet-rounded-once")
    operations = row_of(found, "deltanet-rounded")
    assert body(once)["lrnn"] == body(operations)["lrnn"]
    assert body(once)["semantics"]["format"] == body(operations)["semantics"]["format"]
    assert (body(once)["semantics"]["name"], body(once)["words"]) == ("seq-round", [["1", "1"]])


def test_alternating_projections_count_the_blocks_ab() -> None:
    example = alternating_projections()
    automaton = reachable_automaton(example.lrnn, example.semantics)
    assert [automaton.output("ab" * n) for n in range(5)] == [True, False, True, False, True]
    assert example.semantics.output(example.lrnn, "abab") is True


def test_whole_tiny_formats(report: Callable[[str], ClaimReport]) -> None:
    elements = {
        (claim_id, row.found.row.key): body(row)["elements"]
        for claim_id in ("float-diag-nonneg-aperiodic", "float-diag-real-2groups")
        for row in report(claim_id).rows
        if row.found.row.kind == "exhaustive-monoid"
    }
    assert elements["float-diag-nonneg-aperiodic", "all-fixed"] == "2224"
    assert elements["float-diag-nonneg-aperiodic", "all-float"] == "1203"
    assert elements["float-diag-real-2groups", "all-fixed"] == "5305"
    assert elements["float-diag-real-2groups", "all-float"] == "2399"
    assert len(elements) == 7


def test_counters_that_wrap_around(report: Callable[[str], ClaimReport]) -> None:
    found = report("uint-quantised-even-counter")
    for key, states in (("values-12", 12), ("byte-64", 64), ("fractions-6", 6)):
        assert len(body(row_of(found, key))["states"]) == states
    integers = body(row_of(found, "integers-4-bits"))
    assert integers["periods"] == ["1", "2", "4", "8", "16"]
    assert integers["elements"] == "256"
    factors = body(row_of(found, "fractions-6"))["lrnn"]["layers"][0]["cases"][1]["A"]["entries"]
    assert factors == ["1/2"]


def test_integers_have_no_step_that_counts_modulo_6() -> None:
    for bits in (3, 4, 5):
        with pytest.raises(FormatError, match="no step with 0 <= a <= 1 counts modulo 6"):
            wrapped_counter(unsigned_words(bits), 6)


def test_a_fading_memory_depends_on_the_rounding_mode(
    report: Callable[[str], ClaimReport],
) -> None:
    found = report("pd-stability-vs-emulation")
    stays, fades = (row_of(found, key) for key in ("nearest-e4m3-parity", "toward-zero-e4m3"))
    assert body(stays)["lrnn"] == body(fades)["lrnn"]
    formats = [body(row)["semantics"]["format"] for row in (stays, fades)]
    assert [form.pop("rounding") for form in formats] == ["nearest-even", "toward-zero"]
    assert formats[0] == formats[1]
    lengths = {
        name: len(body(row_of(found, f"toward-zero-{name}"))["words"][0])
        for name in ("e4m3", "binary16", "bfloat16")
    }
    assert lengths["e4m3"] == 18
    assert lengths["e4m3"] < lengths["binary16"] < lengths["bfloat16"]


def test_modulus_1_and_3_quarters(tmp_path: Path) -> None:
    parity = get_language("parity").build()
    form = OpRound(get_format("e4m3"))
    make = lambda: fading_unit_vectors(parity, number("1/4"))  # noqa: E731
    wrong = recognises("row", "s", "1/4", make, "parity", semantics=form)
    assert "expected a network that recognises" in only_row(wrong, tmp_path).problem
    assert (
        only_row(fails("row", "s", "1/4", make, "parity", semantics=form), tmp_path).status
        is REFUTED
    )
    with pytest.raises(LRNNError, match="the factor is 5/4"):
        fading_unit_vectors(parity, number("5/4"))
    with pytest.raises(LRNNError, match="120 states; expected at most 64"):
        fading_unit_vectors(get_language("s5-swaps").build(), number(1))


def test_the_same_language_is_not_solvable_and_has_a_layer(
    report: Callable[[str], ClaimReport],
) -> None:
    found = report("s5-nc1")
    algebra, layer = (row_of(found, f"{key}") for key in _S5)
    assert body(algebra)["automaton"] == body(layer)["automaton"]
    assert len(body(layer)["lrnn"]["layers"]) == 1
    assert len(body(layer)["states"]) == 120
    assert body(layer)["semantics"] == {"name": "exact"}


_S5 = ("not-solvable-s5-swaps", "s5-swaps-one-layer")
