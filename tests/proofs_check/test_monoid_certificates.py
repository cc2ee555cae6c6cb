"""Certificates of kind `monoid`: what the package writes, the independent checker accepts."""

from __future__ import annotations

import pytest
from helpers.certificate_parts import load_checker
from helpers.effort import examples, part_of
from hypothesis import given

from monoscan.automata import (
    Automaton,
    BudgetExceeded,
    all_languages,
    compile_regex,
    get_language,
    minimize,
)
from monoscan.automata.cascade import holonomy_cascade
from monoscan.automata.properties import PROPERTIES
from monoscan.automata.properties.locally_threshold_testable import (
    is_locally_threshold_testable,
)
from monoscan.proofs_check.certificates.monoid import (
    MONOID_PROPERTIES,
    monoid,
    monoid_certificates,
    reset_cascade,
)
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.strategies.automata import automata

OPPOSITES = {
    "not-aperiodic": "aperiodic",
    "not-two-groups": "2-groups-only",
    "not-quasi-aperiodic": "quasi-aperiodic",
    "not-solvable": "solvable",
}
EQUATIONS = ("da", "locally-threshold-testable", "dot-depth-one")
SMALL = [language.id for language in all_languages() if language.id not in ("z60", "cerny-7")]


def verdict(certificate: Certificate) -> tuple[str, str]:
    result = load_checker().check(certificate.text().encode())
    return result.verdict, result.reason


@examples(80)
@given(automata(max_states=5))
def test_random_automata(automaton: Automaton) -> None:
    found = monoid_certificates(automaton)
    assert [verdict(certificate) for certificate in found.values()] == [("valid", "")] * len(found)
    assert ("aperiodic" in found) != ("not-aperiodic" in found)
    for name in EQUATIONS:
        holds = bool(PROPERTIES.get(name)(automaton))
        assert (name in found, f"not-{name}" in found) == (holds, not holds)
    for name, opposite in OPPOSITES.items():
        holds = bool(PROPERTIES.get(opposite)(minimize(automaton), 100_000))
        assert (name in found) != holds


@pytest.mark.parametrize("name", part_of(SMALL, 18))
def test_the_zoo(name: str) -> None:
    found = monoid_certificates(get_language(name).build(), budget=5_000)
    for certificate in found.values():
        assert verdict(certificate) == ("valid", "")


def test_a_certificate_is_about_the_minimal_automaton() -> None:
    doubled = Automaton("a", [[1], [2], [3], [0]], (True, False, True, False))
    certificate = monoid(doubled, "not-aperiodic")
    assert certificate is not None
    assert certificate.body["automaton"]["table"] == [["1"], ["0"]]
    assert verdict(certificate) == ("valid", "")


def test_a_cascade_of_something_else_is_rejected() -> None:
    ours = reset_cascade(holonomy_cascade(get_language("ends-with-ab").build()))
    other = monoid(get_language("ab-star").build(), "aperiodic")
    assert other is not None
    mixed = Certificate(ours.kind, {**ours.body, "automaton": other.body["automaton"]})
    assert verdict(mixed)[0] == "invalid"


def test_one_state_needs_no_level() -> None:
    everything = Automaton("ab", [[0, 0]], (True,))
    found = monoid_certificates(everything)
    assert list(found) == ["aperiodic", *EQUATIONS]
    assert found["aperiodic"].body["evidence"]["levels"] == []
    assert verdict(found["aperiodic"]) == ("valid", "")


def test_bad_requests() -> None:
    parity = get_language("parity").build()
    with pytest.raises(ValueError, match="a monoid certificate about 'solvable'; expected one of"):
        monoid(parity, "solvable")
    with pytest.raises(ValueError, match=r"groups of the orders \(2,\)"):
        reset_cascade(holonomy_cascade(parity))
    with pytest.raises(BudgetExceeded):
        monoid(get_language("dyck-2-3").build(), "aperiodic", budget=3)
    assert len(MONOID_PROPERTIES) == 12


def test_equations_over_large_monoids_are_left_to_the_package() -> None:
    # 62 elements, one pair of idempotents: 238,000 instances of the equation, on 62 states.
    many = compile_regex("c*(ac*){0,60}", "ac")
    assert is_locally_threshold_testable(many)
    with pytest.raises(BudgetExceeded, match="units of work in the checker"):
        monoid(many, "locally-threshold-testable")
    assert "da" in monoid_certificates(many)
    assert "locally-threshold-testable" not in monoid_certificates(many)
