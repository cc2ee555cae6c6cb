"""The catalogue of theorems agrees with the pages and with the format of certificates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from helpers.certificate_parts import load_checker
from helpers.certificate_rejections import INVALID
from helpers.certificate_samples import SAMPLE_MAKERS

from monoscan.automata import Automaton
from monoscan.proofs_check.formal.coq import theorems, theories
from monoscan.theory.lemmas import THEOREMS, Lemma, Theorem, get_lemma, lemmas
from monoscan.theory.lemmas.search import SPECTRAL_CLASSES
from monoscan.theory.model_classes import families, get_model_class

ROOT = Path(__file__).resolve().parents[2]
FORMAT = (ROOT / "monoscan/proofs_check/checker/FORMAT.md").read_text(encoding="utf-8")
LEMMAS = list(lemmas())


@pytest.mark.parametrize("theorem", THEOREMS.all(), ids=lambda theorem: theorem.id)
def test_each_has_words_and_a_source(theorem: Theorem) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", theorem.id)
    assert all((theorem.statement, theorem.source, theorem.checked))
    assert theorem.statement.endswith(".")
    assert theorem.is_proved_here == theorem.checked.startswith("proved")


@pytest.mark.parametrize("theorem", LEMMAS, ids=lambda theorem: theorem.id)
def test_a_page_names_the_lemma_that_it_proves(theorem: Lemma) -> None:
    page = (ROOT / "docs" / theorem.page).read_text(encoding="utf-8")
    assert f"`{theorem.id}`" in page
    assert "**Semantics**" in page
    windows = {"AB": "any", "A": "of A", "B": "of B", "": "none"}[theorem.wide]
    assert f"**Windows**: {windows}" in page
    on_the_page = [other for other in LEMMAS if other.page == theorem.page]
    assert ("Coq has checked" in page) == any(other.formal for other in on_the_page)
    assert ("no formal proof" in page) == any(not other.formal for other in on_the_page)


def test_what_is_said_to_be_proved_in_coq_is_there_and_on_its_page() -> None:
    known = {f"{path.stem}.{name}" for path in theories() for name in theorems(path)}
    page = (ROOT / "docs/formal.md").read_text(encoding="utf-8")
    named = {name for theorem in THEOREMS.all() for name in theorem.formal}
    assert "exact_classes.psd_aperiodic" in named <= known
    assert all(f"`{name.partition('.')[2]}`" in page for name in named)


def test_each_lemma_has_an_accepted_and_a_rejected_certificate() -> None:
    accepted = [make() for make in SAMPLE_MAKERS.values()]
    rejected = [rejection.build() for rejection in INVALID]
    for certificates in (accepted, rejected):
        kinds = [c for c in certificates if c["kind"] == "obstruction"]
        assert {lemma.id for lemma in LEMMAS} <= {c["lemma"] for c in kinds}


def test_each_search_finds_the_witness_of_its_lemma() -> None:
    """On the automata of the accepted certificates."""
    for certificate in (make() for make in SAMPLE_MAKERS.values()):
        if certificate["kind"] == "obstruction":
            lemma, depth = get_lemma(certificate["lemma"]), certificate["depth"]
            given = certificate["automaton"]
            table = [[int(state) for state in row] for row in given["table"]]
            automaton = Automaton(tuple(given["alphabet"]), table, given["outputs"])
            found = lemma.search(automaton, "any" if depth == "any" else int(depth), 100_000)
            assert isinstance(found, lemma.witness), lemma.id
            assert found.to_json()["type"] == lemma.witness.type == certificate["witness"]["type"]


def test_each_page_of_a_lemma_is_in_the_catalogue() -> None:
    pages = {f"lemmas/{path.name}" for path in (ROOT / "docs/lemmas").glob("*.md")}
    pages.remove("lemmas/README.md")  # the index of the others
    assert pages == {theorem.page for theorem in THEOREMS.all() if theorem.page}


def test_what_pages_say_is_tested_is_there() -> None:
    for path in (ROOT / "docs/lemmas").glob("*.md"):
        for named in re.findall(r"`(tests/[a-z_/]+(?:\.py)?)`", path.read_text(encoding="utf-8")):
            assert (ROOT / named).exists(), (path.name, named)


@pytest.mark.parametrize("theorem", LEMMAS, ids=lambda theorem: theorem.id)
def test_classes_exist(theorem: Lemma) -> None:
    patterns = [family.pattern for family in families()]
    for name in theorem.classes:
        if name not in SPECTRAL_CLASSES and name not in patterns:
            assert get_model_class(name).id == name


def test_the_format_lists_the_lemmas_of_the_checker() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", FORMAT, flags=re.MULTILINE)
    table = {key: cells.split(" | ") for key, cells in rows if key in load_checker().LEMMAS}
    assert list(table) == list(load_checker().LEMMAS)
    for theorem in LEMMAS:
        semantics, _, depth, wide, witness, *_ = table[theorem.id]
        assert set(re.findall("`(.*?)`", semantics)) == set(theorem.semantics)
        assert depth == ("1" if theorem.only_depth_1 else "any")
        assert wide == (", ".join(theorem.wide) or "-")
        assert witness.strip(" |") == f"`{theorem.witness.type}`"


def test_the_format_lists_the_witnesses_and_facts_of_the_checker() -> None:
    checker = load_checker()
    listed = {*checker.WITNESSES, *checker.BROKEN, "cascade", "elements"}
    listed |= {"words", "balls", "segments"}  # what a horizon rests on
    assert set(re.findall(r'`\{"type": "([a-z0-9-]+)"', FORMAT)) == listed
    facts = re.findall(r"^\| `([a-z-]+)`(?: \(.*?\))? \| a (?:witness|`cascade`)", FORMAT, re.M)
    assert facts == ["aperiodic", *checker.FACTS]
