"""Rows are proved (formal) only while the record is about the files that are there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import CLAIMS, Direction, Evidence, Row, Setting, Status, get_claim
from monoscan.proofs_check.formal import coq, record
from monoscan.proofs_check.formal.coq import ProofError, compile_instances
from monoscan.proofs_check.formal.instances import (
    Instance,
    find_instance,
    instance_name,
    instances,
    instances_file,
)
from monoscan.proofs_check.run_checker import CheckResult, Verdict
from monoscan.proofs_check.verify import RowFinding, derive_status, formal_proof
from monoscan.proofs_check.verify_prediction import kind_of
from monoscan.theory.lemmas import get_lemma
from monoscan.theory.model_classes import get_model_class

ASKED = ("monotone-rounding", "op-round", "diagonal-nonnegative", "any")


@pytest.fixture(autouse=True)
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing read from disk is kept from one test to the next, and no machine has a stamp."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    caches = (record._record, record._sources, record._checked_here)
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


def parity_row() -> Row:
    claim = get_claim("parity-needs-negative-eigs")
    return next(row for row in claim.rows if row.key == "theorem-op-round")


def settled(row: Row) -> tuple[str, str]:
    evidence = row.build(Setting())
    checks = [CheckResult(Path("a"), Verdict.INCOMPLETE, "") for _ in evidence.certificates]
    return derive_status(row, evidence, checks)


def test_what_is_recorded_is_proved() -> None:
    found = record.proof_of(*ASKED)
    assert found is not None
    assert found.theorem == get_lemma(ASKED[0]).formal[0]
    assert settled(parity_row()) == (Status.FORMAL, "")


def test_the_record_is_about_the_files_that_are_there() -> None:
    assert record.RECORD.read_text(encoding="utf-8") == record.text(record.current())


def test_each_documented_row_is_proved() -> None:
    rows = [row for id_ in CLAIMS.ids() for row in get_claim(id_).rows]
    formal = [row for row in rows if row.documented is Status.FORMAL]
    assert len(formal) > 40
    assert all(row.kind == "obstruction" and row.direction is Direction.FOR for row in formal)


@pytest.mark.parametrize("change", ["removed", "changed"])
def test_without_a_file_or_with_another_the_rows_are_conditional(
    change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "theories"
    shutil.copytree(record.THEORIES, folder)
    target = folder / "monotone_rounding.v"
    if change == "removed":
        target.unlink()
    else:
        target.write_text(target.read_text() + "\n")
    digest = record.sources_digest(folder)
    monkeypatch.setattr(record, "sources_digest", lambda: digest)
    assert record.proof_of(*ASKED) is None
    status, problem = settled(parity_row())
    assert status == Status.CONDITIONAL
    assert "changed since they were recorded" in problem
    outcome = RowFinding(parity_row(), parity_row().build(Setting())).outcome(
        [CheckResult(Path("a"), Verdict.INCOMPLETE, "")]
    )
    assert (outcome.status, outcome.code) == (Status.CONDITIONAL, 1)


def test_a_statement_with_another_digest_is_not_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = json.loads(record.RECORD.read_text(encoding="utf-8"))
    written["statements"][instance_name(*ASKED)] = "0" * 64
    other = tmp_path / "proved.json"
    other.write_text(record.text(written))
    monkeypatch.setattr(record, "RECORD", other)
    assert record.proof_of(*ASKED) is None
    assert record.proof_of("psd-products-aperiodic", "exact", ASKED[2], "any") is not None


def test_without_a_record_nothing_is_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "RECORD", tmp_path / "none.json")
    assert record.proof_of(*ASKED) is None
    assert parity_row().documented is Status.CONDITIONAL


@pytest.mark.parametrize(
    "asked",
    [
        ("monotone-rounding", "seq-round", "diagonal-nonnegative", "any"),
        ("monotone-rounding", "op-round", "diagonal-real", "any"),
        ("one-reflection-order-two", "exact", "scalar-plus-rank-one", "1"),
        ("diagonal-derived-length", "exact", "diagonal-complex", "any"),
    ],
)
def test_what_coq_was_not_asked_is_not_proved(asked: tuple[str, str, str, str]) -> None:
    assert record.proof_of(*asked) is None


def test_an_unknown_machine_says_that_ci_checks() -> None:
    found = record.proof_of(*ASKED)
    assert found is not None
    assert not found.is_checked_here
    assert "CI" in found.where
    record._checked_here.cache_clear()
    record.stamp().parent.mkdir(parents=True)
    record.stamp().touch()
    found = record.proof_of(*ASKED)
    assert found is not None
    assert found.is_checked_here
    assert "this machine" in found.where
    assert "CI" not in found.where


def test_a_certificate_is_proved_with_delays_and_not_beside_another_statement() -> None:
    row = parity_row()
    (certificate,) = row.build(Setting()).certificates.values()

    def proved(*certificates: Certificate) -> bool:
        named = {str(number): one for number, one in enumerate(certificates)}
        return formal_proof(row, Evidence(named, "")) is not None

    delayed = replace(certificate, body={**certificate.body, "windows": ["4", "4"]})
    plain = replace(certificate, body={**certificate.body, "windows": ["1", "1"]})
    other = replace(certificate, body={**certificate.body, "class": "diagonal-real"})
    assert proved(certificate)
    assert proved(plain)
    assert proved(delayed)
    assert not proved(certificate, delayed)
    assert not proved(other)
    assert not proved(certificate, other)
    against = replace(row, direction=Direction.AGAINST)
    assert formal_proof(against, row.build(Setting())) is None


class TestStatements:
    def test_the_region_is_that_of_the_class(self) -> None:
        by_name = {instance.name: instance.statement for instance in instances()}
        signed = by_name["signed_rounding_two_groups__op_round__diagonal_real__depth_k"]
        assert "Interval (Negz 0, 1) (Posz 1, 1) true true" in signed
        assert "(leq^~ k) (has_cycle_off k)" in signed
        assert "in_region true" in signed
        gated = by_name["psd_products_aperiodic__exact__gated_householder_product_N_nonnegative"]
        assert "FactorHeads n" in gated
        assert "(Some (RationalIn" in gated
        assert "complex_arith" in gated

    def test_another_region_is_another_statement(self, monkeypatch: pytest.MonkeyPatch) -> None:
        name = instance_name(*ASKED)
        before = next(one for one in instances() if one.name == name)
        wider = replace(
            get_model_class("diagonal-nonnegative"), shape=get_model_class("diagonal-real").shape
        )
        monkeypatch.setattr(
            "monoscan.proofs_check.formal.instances.get_model_class",
            lambda id_: wider if id_ == wider.id else get_model_class(id_),
        )
        instances.cache_clear()
        find_instance.cache_clear()
        try:
            after = next(one for one in instances() if one.name == name)
            assert before.digest != after.digest
            assert record.proof_of(*ASKED) is None
        finally:
            instances.cache_clear()
            find_instance.cache_clear()

    def test_classes_of_a_family_share_a_statement(self) -> None:
        names = {
            instance_name(
                "psd-products-aperiodic", "exact", f"householder-product-{n}-nonnegative", "any"
            )
            for n in (2, 17, 64)
        }
        assert len(names) == 1
        assert "product_N" in names.pop()

    def test_the_file_proves_each_statement_by_its_theorem(self) -> None:
        text = instances_file()
        for instance in instances():
            assert f"Theorem {instance.name} : {instance.statement}." in text
        assert text.count("Qed.") == len(instances())


def test_obstructions_of_the_predictor_name_what_the_record_names() -> None:
    from monoscan.automata import get_language
    from monoscan.theory.lemmas import find

    found = find(get_language("parity").build(), "diagonal-nonnegative")
    assert found is not None
    body = obstruction_certificate(found).body
    keys = ("lemma", "semantics-name", "class", "depth")
    assert record.proof_of(*(body[key] for key in keys)) is not None


def test_a_prediction_says_whether_its_lemma_is_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    from monoscan.automata import get_language
    from monoscan.theory.lemmas import find

    parity = get_language("parity").build()
    found = [find(parity, "diagonal-nonnegative", windows=windows) for windows in ((1, 1), (4, 4))]
    assert [kind_of(one) for one in found if one is not None] == ["formal"] * 2
    on_paper = find(parity, "diagonal-open")
    assert on_paper is not None
    assert kind_of(on_paper) == "conditional"
    monkeypatch.setattr(record, "_sources", lambda: "changed")
    assert [kind_of(one) for one in found if one is not None] == ["conditional"] * 2


@pytest.mark.formal
class TestCompiled:
    """With Coq: what is not so is not accepted."""

    def build(self) -> Path:
        for _ in coq.compile_theories(record.BUILD):
            pass
        return record.BUILD

    def test_a_class_that_the_theorem_does_not_cover_does_not_compile(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        good = next(one for one in instances() if one.name == instance_name(*ASKED))
        wrong = good.statement.replace("(Posz 0, 1)", "(Negz 0, 1)")
        assert wrong != good.statement
        false = Instance(good.name, wrong, good.theorem)
        monkeypatch.setattr(coq, "instances", lambda: (false,))
        monkeypatch.setattr(
            coq, "instances_file", lambda: instances_file().replace(good.statement, wrong)
        )
        with pytest.raises(ProofError, match=r"instances\.v: Coq says"):
            compile_instances(self.build())
        assert not record.stamp().exists()

    def test_another_record_fails_the_build(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(coq, "RECORD", tmp_path / "proved.json")
        with pytest.raises(ProofError, match="is not about these files and statements"):
            compile_instances(self.build())
        assert not record.stamp().exists()
        monkeypatch.setattr(coq, "RECORD", record.RECORD)
        compile_instances(self.build())
        assert record.stamp().exists()
