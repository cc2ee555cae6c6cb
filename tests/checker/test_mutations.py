"""No certificate survives a change of one place, unless what it then says is still true."""

import json
import re
from functools import cache

import pytest
from helpers.certificate_mutations import Mutation, mutations
from helpers.certificate_samples import SAMPLE_MAKERS, load_checker, seal
from helpers.certificate_truth import HARMLESS, SPEAKS_TRUTH, Harmless

# Checked again for each change, these take long; small formats and fields stand for them.
LARGE = ("exhaustive-e4m3", "recognizer-eighth-turn")
SAMPLES = [name for name in SAMPLE_MAKERS if name not in LARGE]


@cache
def verdict(text: str) -> str:
    return str(load_checker().check(text.encode()).verdict)


@cache
def accepted_changes() -> list[tuple[str, Mutation]]:
    """The changes, sealed again, that the checker accepts, each with its kind."""
    found = []
    for name in SAMPLES:
        sample = SAMPLE_MAKERS[name]()
        for mutation in mutations(sample):
            result = verdict(json.dumps(seal(mutation.certificate)))
            assert result != "internal-error", (name, mutation.label)
            if result in ("valid", "incomplete"):
                found.append((sample["kind"], mutation))
    return found


@pytest.mark.parametrize("name", SAMPLES)
def test_a_change_without_a_new_digest_is_rejected(name: str) -> None:
    for mutation in mutations(SAMPLE_MAKERS[name]()):
        assert verdict(json.dumps(mutation.certificate)) in ("invalid", "malformed"), mutation.label


def test_a_sealed_change_is_rejected_or_listed_as_harmless() -> None:
    surprises = [
        f"{kind} {mutation.label}"
        for kind, mutation in accepted_changes()
        if not any(re.fullmatch(h.pattern, f"{kind} {mutation.label}") for h in HARMLESS)
    ]
    assert surprises == []


@pytest.mark.parametrize("harmless", HARMLESS, ids=lambda harmless: harmless.pattern)
def test_each_harmless_pattern_is_used(harmless: Harmless) -> None:
    labels = (f"{kind} {mutation.label}" for kind, mutation in accepted_changes())
    assert any(re.fullmatch(harmless.pattern, label) for label in labels)


def test_many_changes_are_made() -> None:
    made = [len(list(mutations(SAMPLE_MAKERS[name]()))) for name in SAMPLES]
    assert min(made) > 50
    assert sum(made) > 5_000
    assert len(accepted_changes()) < sum(made) / 10


def test_what_an_accepted_change_says_is_true() -> None:
    """Harmless is no excuse: the slow reading of FORMAT.md must come to the same result."""
    for kind, mutation in accepted_changes():
        assert SPEAKS_TRUTH[kind](mutation.certificate), f"{kind} {mutation.label}"
