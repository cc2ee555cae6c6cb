"""Drawn certificates are accepted, their mutants rejected: by the checker, from its files alone."""

from functools import partial

import pytest
from helpers.certificate_parts import load_checker
from helpers.effort import examples, first_drawn
from hypothesis import given

from monoscan.strategies import CERTIFICATE_KINDS, Mutant, certificates, mutants

checker = load_checker()


@pytest.mark.parametrize("kind", CERTIFICATE_KINDS)
def test_certificates_are_accepted(kind: str) -> None:
    @examples(60)
    @given(certificates([kind]))
    def check(certificate) -> None:
        verdict, found, reason = checker.check(certificate.text().encode())
        accepted = "incomplete" if kind == "obstruction" else "valid"
        assert (verdict, found) == (accepted, kind), reason

    check()


@pytest.mark.parametrize("kind", CERTIFICATE_KINDS)
def test_mutants_are_rejected(kind: str) -> None:
    @examples(200)
    @given(mutants([kind]))
    def check(mutant: Mutant) -> None:
        assert mutant.text != mutant.certificate.text()
        verdict, _, _ = checker.check(mutant.text.encode())
        assert verdict in ("invalid", "malformed"), mutant.label

    check()
    # Some have the digest of what they say, and some do not.
    for is_sealed, verdict in ((False, "invalid"), (True, "malformed")):
        answered = partial(is_answered, is_sealed, verdict)
        first_drawn(mutants([kind]), answered)


def is_answered(is_sealed: bool, verdict: str, mutant: Mutant) -> bool:
    found = checker.check(mutant.text.encode()).verdict
    return (mutant.label.startswith("sealed"), found) == (is_sealed, verdict)


def test_a_checker_that_forgets_the_digest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: without the digest some changed certificate is accepted."""

    def is_accepted(mutant: Mutant) -> bool:
        return checker.check(mutant.text.encode()).verdict in ("valid", "incomplete")

    monkeypatch.setattr(checker, "check_digest", lambda node: None)
    assert not first_drawn(mutants(["obstruction"]), is_accepted).label.startswith("sealed")
