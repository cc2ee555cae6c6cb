"""No certificate survives a change of one place, unless what it then says is still true."""

from functools import cache

from helpers.certificate_samples import SAMPLE_MAKERS
from helpers.certificate_truth import HARMLESS
from helpers.changed_certificates import ChangedCertificates

# Checked again for each change, these take long; small formats and fields stand for them.
LARGE = ("exhaustive-e4m3", "recognizer-eighth-turn")
SAMPLES = {name: make() for name, make in SAMPLE_MAKERS.items() if name not in LARGE}


@cache
def changed() -> ChangedCertificates:
    return ChangedCertificates(SAMPLES)


def test_a_change_without_a_new_digest_is_rejected() -> None:
    assert changed().accepted_without_a_new_digest() == []


def test_a_sealed_change_is_rejected_or_listed_as_harmless() -> None:
    assert changed().unexpected(HARMLESS) == []


def test_each_harmless_pattern_is_used() -> None:
    assert changed().unused(HARMLESS) == []


def test_many_changes_are_made_and_few_are_accepted() -> None:
    made = [len(ChangedCertificates({name: sample}).changes) for name, sample in SAMPLES.items()]
    assert min(made) > 50
    assert sum(made) == len(changed().changes) > 30_000
    taken = sum(change.is_taken for change in changed().changes)
    assert taken > sum(made) / 10
    assert 0 < len(changed().accepted()) < taken / 10


def test_what_an_accepted_change_says_is_true() -> None:
    """Harmless is no excuse: the slow reading of FORMAT.md must come to the same result."""
    assert changed().untrue() == []
