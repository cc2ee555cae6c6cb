"""The usual rows of claims, each with a case that holds and one that does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from monoscan.automata import compile_regex
from monoscan.proofs_check.claim import Claim, Direction, Row, Setting, Status
from monoscan.proofs_check.rows import fails, open_row, recognises
from monoscan.proofs_check.verify import RowReport, verify_claim
from monoscan.theory.constructions.parity import householder_parity, scalar_parity


def report(row: Row, folder: Path) -> RowReport:
    claim = Claim("a-claim", "statement", ("source",), "provenance", (row,))
    return verify_claim(claim, Setting(), folder).rows[0]


def recognising(target, **options) -> Row:
    return recognises("row", "a statement", "scalar", scalar_parity, target, **options)


def failing(target, **options) -> Row:
    return fails("row", "a statement", "scalar", scalar_parity, target, **options)


def ends_with_one():
    return compile_regex("(0|1)*1", ("0", "1"))


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (recognising("parity"), Status.PROVED),
        (recognising("parity", properties=("diagonal-real",)), Status.PROVED),
        (recognising("parity", direction=Direction.AGAINST), Status.REFUTED),
        (failing(ends_with_one), Status.REFUTED),
        (failing(ends_with_one, direction=Direction.FOR), Status.PROVED),
        (open_row("row", "a statement", "all", "exact", "nothing is known"), Status.OPEN),
    ],
)
def test_it_holds(row: Row, status: Status, tmp_path: Path) -> None:
    found = report(row, tmp_path)
    assert (found.status, found.problem) == (status, "")
    assert found.outcome.code == 0


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (recognising(ends_with_one), "expected a network that recognises"),
        (recognising("parity", properties=("diagonal-nonnegative",)), "does not have the property"),
        (failing("parity"), "expected a word on which the network fails"),
    ],
)
def test_it_does_not_hold(row: Row, problem: str, tmp_path: Path) -> None:
    found = report(row, tmp_path)
    assert found.status == "failed"
    assert problem in found.problem


def test_a_row_is_about_its_language() -> None:
    row = recognising("parity")
    certificate = (
        recognises("row", "a statement", "Householder", householder_parity, "parity")
        .build(Setting())
        .certificates[""]
    )
    assert row.mismatch(certificate) is None
    about_another: Callable[[], Row] = lambda: recognising(ends_with_one)  # noqa: E731
    assert "automaton is" in str(about_another().mismatch(certificate))


def test_a_row_without_certificates_is_open() -> None:
    with pytest.raises(ValueError, match="without certificates a row is open"):
        Row(
            "key",
            "exact",
            "all",
            "words",
            Status.PROVED,
            Direction.FOR,
            "",
            {},
            lambda _: None,
            n_certificates=0,
        )
