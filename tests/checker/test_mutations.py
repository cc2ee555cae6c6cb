"""No certificate survives a change of one place, unless what it then says is still true."""

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import product as words_over
from typing import NamedTuple

import pytest
from helpers.certificate_mutations import Mutation, mutations
from helpers.certificate_samples import SAMPLE_MAKERS, Certificate, load_checker, seal
from helpers.naive_network import answer, automaton_output, longest_period, rows, values

# The checker repeats a whole format for each change; the small formats stand for it.
SAMPLES = [name for name in SAMPLE_MAKERS if name != "exhaustive-e4m3"]


class Harmless(NamedTuple):
    """Changes (`KIND PATH: CHANGE`) after which the certificate may still be accepted."""

    pattern: str
    reason: str


ORDER = "the order of this list says nothing"
OTHER = "the same is true of this other network or format (recomputed in this test)"
HARMLESS = [
    Harmless(r"\w+ lrnn\.layers\[\d\]\.cases: entries exchanged", ORDER),
    Harmless(r"\w+ lrnn\.layers\[\d\]\.readout\.table: entries exchanged", ORDER),
    Harmless(r"\w+ properties: entries exchanged", ORDER),
    Harmless(r"recognizer states: entries exchanged", ORDER),
    Harmless(r"recognizer terms\[\d\]: entries exchanged", ORDER),
    Harmless(r"counterexample lrnn\..*table: entry removed", "this entry is not used"),
    Harmless(r"counterexample lrnn\..*table\[0\]\.\w+.*: .*", "this entry is not used"),
    Harmless(r"\w+ properties: entry removed", "a weaker statement, still true"),
    Harmless(r"\w+ properties\[\d\]: .*", "another property, which was verified as well"),
    Harmless(r"\w+ semantics\.name: .*", OTHER),
    Harmless(r"\w+ semantics\.format\.\w+: .*", OTHER),
    Harmless(r"\w+ lrnn\.layers\[\d\]\.cases\[\d\]\.[AB]\b.*: .*", OTHER),
    Harmless(r"counterexample lrnn\.layers\[0\]\.initial.*: .*", OTHER),
    Harmless(r"counterexample lrnn\..*functionals\[0\]\.(weights|bound|relation).*: .*", OTHER),
    Harmless(r"counterexample words\[\d\]: .*", "another word on which the network fails"),
    Harmless(r"counterexample automaton\.(table|outputs).*: .*", "a language it fails on as well"),
    Harmless(r"obstruction automaton\.table\[\d\]\[0\]: .*", "the letter 0 is not used"),
    Harmless(r"obstruction automaton\.alphabet\[0\]: .*", "the letter 0 is not used"),
    Harmless(r"obstruction automaton\.outputs.*: .*", "the outputs still alternate"),
    Harmless(r"obstruction semantics-name: .*", "the lemma covers both semantics"),
    Harmless(r"exhaustive format\.rounding: .*", OTHER),
]


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


def _short_words(alphabet: list[str]) -> Iterator[list[str]]:
    for length in range(5):
        yield from (list(word) for word in words_over(alphabet, repeat=length))


def _recognizer(body: Certificate) -> bool:
    automaton = body["automaton"]
    return all(
        answer(body["semantics"], body["lrnn"], word)[1] == automaton_output(automaton, word)
        for word in _short_words(automaton["alphabet"])
    )


def _counterexample(body: Certificate) -> bool:
    wanted = [automaton_output(body["automaton"], word) for word in body["words"]]
    answers = [answer(body["semantics"], body["lrnn"], word) for word in body["words"]]
    listed = [rows(seen) if isinstance(seen, list) else seen for seen in body["observations"]]
    assert [seen for seen, _ in answers] == listed
    assert [output for _, output in answers] == body["outputs"]
    if len(wanted) == 1:
        return bool(wanted[0] != answers[0][1])
    return bool(answers[0][0] == answers[1][0] and wanted[0] != wanted[1])


def _obstruction(body: Certificate) -> bool:
    tail = [
        automaton_output(body["automaton"], body["prefix"] + body["word"] * n) for n in range(9, 19)
    ]
    return len(set(tail)) > 1


def _exhaustive(body: Certificate) -> bool:
    size = len(values(body["format"]))
    assert (body["values"], body["triples"]) == (str(size), str(size**3))
    if size > 10:  # the checker itself is compared with the slow loop in test_formats.py
        return True
    nonnegative = longest_period(body["format"], values(body["format"])[0] * 0)
    signed = longest_period(body["format"], None)
    found = (body["nonnegative-max-period"], body["signed-max-period"])
    return found == (str(nonnegative), str(signed))


SPEAKS_TRUTH = {
    "recognizer": _recognizer,
    "counterexample": _counterexample,
    "obstruction": _obstruction,
    "exhaustive": _exhaustive,
}
