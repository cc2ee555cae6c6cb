"""No change of one place in a certificate of the main claim passes, unless it stays true."""

from __future__ import annotations

import json

import pytest
from helpers.certificate_samples import Certificate, load_checker
from helpers.certificate_truth import HARMLESS, Harmless
from helpers.changed_certificates import ChangedCertificates

from monoscan.proofs_check.verify import ClaimReport

# Each pattern here is about a network with two thresholds of several weights.
ALSO_HARMLESS = [
    Harmless(
        r"counterexample lrnn\..*\.functionals\[1\]\.(weights|bound|relation).*: .*",
        "the two words are seen alike through this other threshold too",
    ),
    Harmless(
        r"counterexample lrnn\..*\.functionals: entries exchanged",
        "both bits are equal, so that their order says nothing",
    ),
    Harmless(r"counterexample lrnn\..*table\[\d\]\.output: .*", "this entry is not used"),
]


@pytest.fixture(scope="module")
def written(report: ClaimReport) -> dict[str, Certificate]:
    """The certificates of the claim by name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in report.paths}


@pytest.fixture(scope="module")
def changed(written: dict[str, Certificate]) -> ChangedCertificates:
    """The changes of most of them.

    One network of each family stands for both. The checker repeats a whole format for each change
    of an exhaustive certificate, so that those are left to the small formats of other tests.
    """
    return ChangedCertificates(
        {
            name: certificate
            for name, certificate in written.items()
            if certificate["kind"] != "exhaustive"
            and not (certificate["kind"] == "counterexample" and name.endswith("-1"))
        }
    )


def test_a_change_without_a_new_digest_is_rejected(written: dict[str, Certificate]) -> None:
    everything = ChangedCertificates(written)
    assert len(everything.changes) > 20_000
    assert everything.accepted_without_a_new_digest() == []


def test_another_digest_is_rejected(written: dict[str, Certificate]) -> None:
    for certificate in written.values():
        digest = certificate["digest"]
        flipped = digest[:-1] + ("0" if digest[-1] != "0" else "1")
        for other in (flipped, digest.upper(), digest[1:], "0" * 64):
            changed = json.dumps({**certificate, "digest": other}).encode()
            assert load_checker().check(changed).verdict in ("invalid", "malformed")


def test_a_sealed_change_is_rejected_or_listed_as_harmless(changed: ChangedCertificates) -> None:
    assert changed.unexpected([*HARMLESS, *ALSO_HARMLESS]) == []


def test_each_harmless_pattern_is_used(changed: ChangedCertificates) -> None:
    assert changed.unused(ALSO_HARMLESS) == []


def test_what_an_accepted_change_says_is_true(changed: ChangedCertificates) -> None:
    assert changed.accepted() != []
    assert changed.untrue() == []
