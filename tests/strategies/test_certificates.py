"""Drawn certificates are accepted, their mutants rejected: by the checker, from its files alone."""

from collections import Counter

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
    seen = Counter[str]()

    @examples(200)
    @given(mutants([kind]))
    def check(mutant: Mutant) -> None:
        assert mutant.text != mutant.certificate.text()
        verdict, _, _ = checker.check(mutant.text.encode())
        assert verdict in ("invalid", "malformed"), mutant.label
        seen[f"{mutant.label.startswith('sealed')} {verdict}"] += 1

    check()
    assert {"False invalid", "True malformed"} <= seen.keys()


def test_a_checker_that_forgets_the_digest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The positive control: without the digest some changed certificate is accepted."""

    def is_accepted(mutant: Mutant) -> bool:
        return checker.check(mutant.text.encode()).verdict in ("valid", "incomplete")

    monkeypatch.setattr(checker, "check_digest", lambda node: None)
    assert not first_drawn(mutants(["obstruction"]), is_accepted).label.startswith("sealed")
