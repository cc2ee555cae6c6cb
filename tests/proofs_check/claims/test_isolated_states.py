"""Certificates that words isolate states: true ones are found, and what is written is checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from helpers.effort import examples
from hypothesis import given

from monoscan.automata import Automaton, get_language, minimize
from monoscan.proofs_check.certificates.isolating import isolated_states
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claims.pd_ssm_n_states import isolating_letters
from monoscan.proofs_check.run_checker import Verdict, run_checker
from monoscan.strategies.automata import automata


def verdict(certificate: Certificate, folder: Path) -> tuple[Verdict, str]:
    path = folder / "certificate.json"
    certificate.write(path)
    (result,) = run_checker([path])
    return result.verdict, result.reason


def all_maps(automaton: Automaton) -> set[tuple[int, ...]]:
    columns = [tuple(column) for column in automaton.table.T.tolist()]
    found = [tuple(range(automaton.n_states))]
    for images in found:
        found += {tuple(c[image] for image in images) for c in columns} - set(found)
    return set(found)


def separates(images: tuple[int, ...], state: int) -> bool:
    others = {image for q, image in enumerate(images) if q != state}
    return len(others) == 1 and images[state] not in others


@pytest.mark.parametrize("n", [3, 4, 5, 8])
def test_isolating_letters(n: int, tmp_path: Path) -> None:
    automaton = isolating_letters(n)
    found = isolated_states(automaton)
    assert found is not None
    assert automaton.n_states == minimize(automaton).n_states == n
    assert len(found.body["evidence"]["words"]) == n
    assert verdict(found, tmp_path) == (Verdict.VALID, "")


@given(automata(max_states=4))
@examples(40)
def test_a_certificate_is_found_exactly_if_there_are_such_words(automaton: Automaton) -> None:
    minimal = minimize(automaton)
    n, maps = minimal.n_states, all_maps(minimal)
    isolated = {q for q in range(n) if any(separates(images, q) for images in maps)}
    found = isolated_states(automaton)
    assert (found is not None) == (n > 1 and len(isolated) >= n - 1)
    if found is not None:
        for entry in found.body["evidence"]["words"]:
            images = tuple(_ends(minimal, entry["word"]))
            assert separates(images, int(entry["state"]))


def _ends(automaton: Automaton, word: list[str]) -> list[int]:
    states = list(range(automaton.n_states))
    for letter in word:
        index = automaton.letter_index(letter)
        states = [int(automaton.table[q, index]) for q in states]
    return states


@pytest.mark.parametrize("name", ["count-mod-3", "s3", "ends-with-ab"])
def test_these_have_no_such_words(name: str) -> None:
    assert isolated_states(get_language(name).build()) is None


def changed(**evidence: Any) -> Certificate:
    certificate = isolated_states(isolating_letters(4))
    assert certificate is not None
    body = {key: value for key, value in certificate.body.items() if key != "digest"}
    return Certificate("monoid", {**body, "evidence": {**body["evidence"], **evidence}})


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([{"state": "0", "word": ["0"]}], "more than one state is left out"),
        ([{"state": "0", "word": ["1"]}], "words[0]: does not take this state to one"),
        ([{"state": "0", "word": []}], "words[0]: does not take this state to one"),
        ([{"state": str(q), "word": ["0"]} for q in range(4)], "words[1]: does not take"),
    ],
)
def test_false_words_are_rejected(words: list[Any], reason: str, tmp_path: Path) -> None:
    found, text = verdict(changed(words=words), tmp_path)
    assert found is Verdict.INVALID
    assert reason in text


def test_another_witness_is_no_evidence(tmp_path: Path) -> None:
    certificate = changed()
    other = Certificate("monoid", {**certificate.body, "property": "not-aperiodic"})
    assert verdict(other, tmp_path)[0] is Verdict.MALFORMED


def test_a_small_budget_finds_less() -> None:
    assert isolated_states(get_language("cerny-4").build(), max_maps=3) is None
