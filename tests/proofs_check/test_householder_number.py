"""Both ends of an interval, from the search to the checker."""

import pytest
from helpers.certificate_samples import load_checker

from monoscan.automata import get_language
from monoscan.proofs_check.certificates.householder_number import lower_end, upper_end
from monoscan.theory.householder_number import householder_number

checker = load_checker()


def check_both_ends(name: str) -> tuple[str, str]:
    automaton = get_language(name).build()
    number = householder_number(automaton)
    lower = lower_end(number)
    upper = checker.check(upper_end(automaton, number).text().encode())
    return (
        "none" if lower is None else checker.check(lower.text().encode()).verdict,
        upper.verdict if upper.verdict == "valid" else f"{upper}",
    )


@pytest.mark.parametrize(
    ("name", "lower"),
    [
        ("parity", "none"),
        ("count-mod-5", "incomplete"),
        ("s3", "incomplete"),
        ("s3-swaps", "none"),
        ("s4", "incomplete"),
        ("d5", "incomplete"),
        ("q8", "incomplete"),
        ("a5-involutions", "none"),
    ],
)
def test_the_checker_confirms_both_ends(name: str, lower: str) -> None:
    """`incomplete` names the lemma on which a lower end rests."""
    assert check_both_ends(name) == (lower, "valid")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a5", "s5", "s5-swaps"])
def test_the_checker_confirms_both_ends_of_large_groups(name: str) -> None:
    assert check_both_ends(name) == ("none" if name == "s5-swaps" else "incomplete", "valid")


def test_the_class_of_the_upper_end_is_the_smallest_one() -> None:
    automaton = get_language("s4").build()
    certificate = upper_end(automaton, householder_number(automaton))
    assert certificate.body["properties"] == ["householder-product-2"]
