"""No change of one place in a certificate of the main claim passes, unless it stays true."""

from __future__ import annotations

import json
import re

import pytest
from helpers.certificate_mutations import Mutation, mutations
from helpers.certificate_samples import Certificate, load_checker, seal
from helpers.certificate_truth import HARMLESS, SPEAKS_TRUTH, Harmless

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


def verdict(certificate: Certificate) -> str:
    return str(load_checker().check(json.dumps(certificate).encode()).verdict)


def written(report: ClaimReport) -> dict[str, Certificate]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in report.paths}


def test_a_change_without_a_new_digest_is_rejected(report: ClaimReport) -> None:
    made = 0
    for name, certificate in written(report).items():
        for mutation in mutations(certificate):
            made += 1
            assert verdict(mutation.certificate) in ("invalid", "malformed"), (name, mutation.label)
    assert made > 20_000


def test_another_digest_is_rejected(report: ClaimReport) -> None:
    for certificate in written(report).values():
        digest = certificate["digest"]
        flipped = digest[:-1] + ("0" if digest[-1] != "0" else "1")
        for other in (flipped, digest.upper(), digest[1:], "0" * 64):
            assert verdict({**certificate, "digest": other}) in ("invalid", "malformed")


@pytest.fixture(scope="module")
def accepted(report: ClaimReport) -> list[tuple[str, Mutation]]:
    """The changes, sealed again, that the checker accepts, each with its kind.

    One network of each family stands for both. The checker repeats a whole format for each change
    of an exhaustive certificate, so that those are left to the small formats of other tests.
    """
    found = []
    for name, certificate in written(report).items():
        kind = certificate["kind"]
        if kind == "exhaustive" or (kind == "counterexample" and name.endswith("-1")):
            continue
        for mutation in mutations(certificate):
            result = verdict(seal(mutation.certificate))
            assert result != "internal-error", (name, mutation.label)
            if result in ("valid", "incomplete"):
                found.append((kind, mutation))
    return found


def test_a_sealed_change_is_rejected_or_listed_as_harmless(
    accepted: list[tuple[str, Mutation]],
) -> None:
    listed = [harmless.pattern for harmless in (*HARMLESS, *ALSO_HARMLESS)]
    surprises = [
        f"{kind} {mutation.label}"
        for kind, mutation in accepted
        if not any(re.fullmatch(pattern, f"{kind} {mutation.label}") for pattern in listed)
    ]
    assert surprises == []


@pytest.mark.parametrize("harmless", ALSO_HARMLESS, ids=lambda harmless: harmless.pattern)
def test_each_harmless_pattern_is_used(
    accepted: list[tuple[str, Mutation]], harmless: Harmless
) -> None:
    labels = (f"{kind} {mutation.label}" for kind, mutation in accepted)
    assert any(re.fullmatch(harmless.pattern, label) for label in labels)


def test_what_an_accepted_change_says_is_true(accepted: list[tuple[str, Mutation]]) -> None:
    for kind, mutation in accepted:
        assert SPEAKS_TRUTH[kind](mutation.certificate), f"{kind} {mutation.label}"
