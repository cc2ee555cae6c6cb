"""The row builders of claims about networks, each with a case that holds and one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from monoscan.proofs_check.certificates.matrix_fact import IsOrthogonal, RankOfGap
from monoscan.proofs_check.claim import Claim, Direction, Row, Setting, Status
from monoscan.proofs_check.claim_page import claim_page
from monoscan.proofs_check.rows import algebra, built, matrix_row, obstructed, recognises
from monoscan.proofs_check.verify import RowReport, verify_claim
from monoscan.theory.constructions.registry import UnsupportedError
from monoscan.theory.matrix import Matrix

SWAP = Matrix.of([[0, 1], [1, 0]])
SHEAR = Matrix.of([[1, 1], [0, 1]])


def claim(row: Row) -> Claim:
    return Claim("a-claim", "statement", ("source",), "provenance", (row,))


def report(row: Row, folder: Path) -> RowReport:
    return verify_claim(claim(row), Setting(), folder).rows[0]


def no_network(target: str, model_class: str, lemma: str, **options) -> Row:
    return obstructed("row", "a statement", "words", model_class, lemma, target, **options)


def parity_in(depth: int) -> Row:
    make = built("scalar-parity", "parity")
    return recognises("row", "a statement", "scalar", make, "parity", depth=depth)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (no_network("parity", "mixed-diagonal", "mixed-quasi-aperiodic"), Status.CONDITIONAL),
        (
            no_network(
                "ends-with-ab",
                "diagonal-nonnegative",
                "idempotent-letters",
                direction=Direction.AGAINST,
            ),
            Status.CONDITIONAL,
        ),
        (no_network("s3", "triangular-complex", "diagonal-derived-length", depth=1), "conditional"),
        (algebra("row", "a statement", "words", "not-aperiodic", "parity"), Status.PROVED),
        (algebra("row", "a statement", "words", "aperiodic", "ab-star"), Status.PROVED),
        (matrix_row("row", "a statement", "a swap", lambda: SWAP, RankOfGap(1)), Status.PROVED),
        (parity_in(1), Status.PROVED),
    ],
)
def test_it_holds(row: Row, status: Status, tmp_path: Path) -> None:
    found = report(row, tmp_path)
    assert (found.status, found.problem) == (status, "")
    assert found.outcome.code == 0


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            no_network("ends-with-1", "mixed-diagonal", "mixed-quasi-aperiodic"),
            "expected an obstruction by mixed-quasi-aperiodic to mixed-diagonal at depth any",
        ),
        (
            no_network("s3", "diagonal-complex", "real-spectrum-two-groups"),
            "expected an obstruction by real-spectrum-two-groups",
        ),
        (
            no_network("s3", "triangular-complex", "diagonal-derived-length", depth=2),
            "expected an obstruction by diagonal-derived-length",
        ),
        (algebra("row", "a statement", "words", "aperiodic", "parity"), "is not aperiodic"),
        (
            matrix_row("row", "a statement", "a shear", lambda: SHEAR, IsOrthogonal()),
            "invalid: ",
        ),
        (
            matrix_row("row", "a statement", "a swap", lambda: SWAP, RankOfGap(2)),
            "invalid: ",
        ),
        (parity_in(2), "expected 2 layers; the network has 1"),
    ],
)
def test_it_does_not_hold(row: Row, problem: str, tmp_path: Path) -> None:
    found = report(row, tmp_path)
    assert found.status == "failed"
    assert problem in found.problem


def test_a_row_is_about_its_class_depth_and_matrix() -> None:
    deep = no_network("s3", "triangular-complex", "diagonal-derived-length", depth=1)
    (shallow,) = deep.build(Setting()).certificates.values()
    other = no_network("a4", "triangular-complex", "diagonal-derived-length", depth=1)
    assert "automaton is" in str(other.mismatch(shallow))
    swap = matrix_row("row", "a statement", "a swap", lambda: SWAP, RankOfGap(1))
    shear = matrix_row("row", "a statement", "a shear", lambda: SHEAR, RankOfGap(1))
    (about_shear,) = shear.build(Setting()).certificates.values()
    assert "matrix is" in str(swap.mismatch(about_shear))


def test_a_network_that_is_not_made() -> None:
    with pytest.raises(UnsupportedError, match="not aperiodic"):
        built("nilpotent-cascade", "parity")()


def test_a_page_links_the_lemma_s_own_page() -> None:
    linked = no_network("s3", "triangular-real", "elementary-two-series")
    assert "[elementary-two-series](../lemmas/diagonal-derived-length.md)" in claim_page(
        claim(linked)
    )
