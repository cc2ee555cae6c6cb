"""The claims about matrices: what each row says is what its certificates say."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.effort import examples
from hypothesis import given
from hypothesis import strategies as st

from monoscan.proofs_check.certificates.matrix_fact import IsProduct, RankOfGap, matrix_fact
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.claim import Direction, Evidence, Setting, Status, get_claim
from monoscan.proofs_check.claims.gh_3n_suffices import few_factors
from monoscan.proofs_check.claims.perm_n_minus_1_reflections import (
    all_swaps,
    n_cycles,
    of_cycle_type,
    partitions,
)
from monoscan.proofs_check.claims.rwkv7_swap_copy import fewest_swaps_and_copies
from monoscan.proofs_check.claims.rwkv7_unstable_pair import transition
from monoscan.proofs_check.run_checker import CheckResult, Verdict, run_checker
from monoscan.proofs_check.verify import ClaimReport, derive_status, verify_claim
from monoscan.theory.factor import (
    NotContractionError,
    map_matrix,
    matrix_map,
    permutation_matrix,
    product_of,
)
from monoscan.theory.lemmas import THEOREMS
from monoscan.theory.matrix import Matrix
from monoscan.theory.transition import Householder, transition_matrix

ROOT = Path(__file__).resolve().parents[3]
# Documented statuses, counted: proved, conditional, refuted, open.
CLAIMS = {
    "gh-norm-le-one": (3, 1, 0, 0),
    "gh-3n-suffices": (5, 1, 0, 1),
    "perm-n-minus-1-reflections": (4, 1, 0, 0),
    "orthogonal-n-reflections": (4, 1, 0, 0),
    "gh2-01-real-spectrum": (3, 1, 2, 0),
    "gh-open-range-eigs": (2, 1, 0, 0),
    "complex-eigs-need-two-beta-gt1": (5, 1, 0, 0),
    "gated-lemma4-block-length": (2, 0, 2, 0),
    "rwkv7-swap-copy": (3, 1, 0, 0),
    "rwkv7-unstable-pair": (3, 0, 0, 0),
    "affine-no-error-correction": (3, 1, 0, 0),
    "copy-lower-bound": (2, 1, 0, 0),
}
STATUSES = (Status.PROVED, Status.CONDITIONAL, Status.REFUTED, Status.OPEN)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ClaimReport]:
    """Each claim, verified once."""
    return {
        name: verify_claim(get_claim(name), Setting(), tmp_path_factory.mktemp(name))
        for name in CLAIMS
    }


def bodies(reports: dict[str, ClaimReport], claim: str, row: str) -> dict[str, dict[str, Any]]:
    """What stands in the files of a row, by certificate name."""
    (found,) = (report for report in reports[claim].rows if report.found.row.key == row)
    return {
        check.path.stem.removeprefix(row).lstrip("-"): json.loads(check.path.read_text("utf-8"))
        for check in found.checks
    }


def fact(body: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = (fact for fact in body["facts"] if fact["fact"] == name)
    return found


def floats(body: dict[str, Any]) -> np.ndarray:
    return np.array([[float(Fraction(x)) for x in row] for row in body["matrix"]])


def factor_floats(factor: dict[str, Any]) -> np.ndarray:
    """One factor, multiplied out in floating-point numbers."""
    v = np.array([float(Fraction(x)) for x in factor.get("v", factor.get("k"))])
    strength = float(Fraction(factor.get("beta", factor.get("c"))))
    gate = np.array([float(Fraction(x)) for x in factor.get("a", ["1"] * len(v))])
    return np.eye(len(v)) - strength * np.outer(v, v * gate) / (v @ v)


@pytest.mark.parametrize("name", CLAIMS)
def test_each_row_is_as_documented(name: str, reports: dict[str, ClaimReport]) -> None:
    report = reports[name]
    assert [row.problem for row in report.rows] == [""] * len(report.rows)
    assert report.exit_code() == 0
    found = [row.status for row in report.rows]
    assert tuple(found.count(status) for status in STATUSES) == CLAIMS[name]


@pytest.mark.parametrize("name", CLAIMS)
def test_the_page_says_what_the_certificates_show(name: str) -> None:
    page = (ROOT / "docs" / "claims" / f"{name}.md").read_text(encoding="utf-8")
    assert "## What the certificates show" in page.partition("write below")[2]


@pytest.mark.parametrize("name", CLAIMS)
def test_each_lemma_has_a_page_or_a_source(name: str) -> None:
    for row in get_claim(name).rows:
        if row.lemma:
            theorem = THEOREMS.get(row.lemma)
            assert theorem.page or theorem.id == "scherk"
            if theorem.page:
                text = (ROOT / "docs" / theorem.page).read_text(encoding="utf-8")
                assert "> **Lemma.**" in text
                assert f"`{row.lemma}`" in text


@pytest.mark.parametrize("name", CLAIMS)
def test_a_certificate_of_another_matrix_fails(name: str) -> None:
    """A valid certificate about something else is no evidence, whatever its name."""
    other = matrix_fact(Matrix.identity(2), [RankOfGap(0)])
    for row in get_claim(name).rows:
        if row.requires_each is None:
            continue
        made = row.build(Setting()).certificates
        first = next(iter(made))
        checks = [CheckResult(Path(key), Verdict.VALID, "") for key in made]
        status, problem = derive_status(row, Evidence({**made, first: other}, ""), checks)
        assert (status, "is not about this row" in problem) == ("failed", True), row.key


@pytest.mark.parametrize("name", CLAIMS)
def test_a_changed_certificate_fails(name: str) -> None:
    """Each kind of row notices a change of any member of its certificates."""
    for row in get_claim(name).rows:
        if row.requires_each is None:
            continue
        key, certificate = next(iter(row.build(Setting()).certificates.items()))
        assert row.mismatch(certificate, key) is None
        assert "names no certificate" in str(row.mismatch(certificate, f"{key}-other"))
        for member in certificate.body:
            if member in ("monoscan", "version", "kind"):
                continue
            changed = Certificate(row.kind, {**certificate.body, member: ["changed"]})
            assert row.mismatch(changed, key), (row.key, member)


def test_products_in_the_norm_claim_are_contractions(reports: dict[str, ClaimReport]) -> None:
    found = bodies(reports, "gh-norm-le-one", "products")
    assert len(found) == 12
    for body in found.values():
        assert np.linalg.norm(floats(body), 2) < 1 + 1e-9
        assert fact(body, "product")["range"] == "factors-in-0-2"
    for body in bodies(reports, "gh-norm-le-one", "outside").values():
        assert np.linalg.norm(floats(body), 2) > 1 + 1e-9


def test_contractions_need_at_most_2n_minus_1(reports: dict[str, ClaimReport]) -> None:
    found = bodies(reports, "gh-3n-suffices", "instances")
    assert len(found) == 17
    assert {len(body["matrix"]) for body in found.values()} == {1, 2, 3, 4, 5}
    for body in found.values():
        product_ = fact(body, "product")
        assert len(product_["factors"]) <= 2 * len(body["matrix"]) - 1
        assert product_["range"] == "factors-in-0-2"
        matrix = np.eye(len(body["matrix"]))
        for factor in product_["factors"]:
            matrix = matrix @ factor_floats(factor)
        assert np.allclose(matrix, floats(body))
    sharp = found["half-quarter-turn"]
    assert len(fact(sharp, "product")["factors"]) == 3


def test_half_a_quarter_turn_is_no_product_of_two(reports: dict[str, ClaimReport]) -> None:
    (body,) = bodies(reports, "gh-3n-suffices", "half-quarter-turn").values()
    assert body["steps"][-1]["polynomial"] == "1"
    assert body["nonnegative"] == []
    assert len(body["zero"]) == 6  # two unit lengths and four entries


half = st.sampled_from([Fraction(k, 4) for k in range(5)])


@given(st.integers(1, 4).flatmap(lambda n: st.tuples(st.just(n), st.lists(half, min_size=n))))
@examples(40)
def test_few_factors_of_scaled_reflections(drawn: tuple[int, list[Fraction]]) -> None:
    n, values = drawn
    mirror = product_of(tuple(all_swaps(n)), n) if n > 1 else Matrix.of([[-1]])
    matrix = mirror @ Matrix.diagonal(values[:n])
    factors = few_factors(matrix)
    assert product_of(factors, n) == matrix
    assert len(factors) <= max(2 * n - 1, 1)
    assert all(0 <= factor.beta <= 2 for factor in factors)


def test_few_factors_refuses_what_grows() -> None:
    with pytest.raises(NotContractionError, match="norm is above 1"):
        few_factors(Matrix.of([[2]]))


def test_permutations_and_their_ranks(reports: dict[str, ClaimReport]) -> None:
    for row, count in (("up-to-4-points", 33), ("cycle-types", 33)):
        found = bodies(reports, "perm-n-minus-1-reflections", row)
        assert len(found) == count
        for name, body in found.items():
            images = [int(x) - 1 for x in name.split("-")]
            size = len(images)
            assert [row.index(1.0) for row in floats(body).T.tolist()] == images
            gap = np.eye(size) - floats(body)
            rank = int(np.linalg.matrix_rank(gap))
            assert fact(body, "rank-of-gap")["rank"] == str(rank) == str(size - n_cycles(images))
            assert len(fact(body, "product")["factors"]) == rank
    lengths = bodies(reports, "perm-n-minus-1-reflections", "swaps")["degree-6"]["lengths"]
    # The unsigned Stirling numbers of the first kind: 6 points with 6, 5, ..., 1 cycles.
    assert lengths == ["1", "15", "85", "225", "274", "120"]


def test_cycle_types() -> None:
    assert [len(list(partitions(n))) for n in range(1, 8)] == [1, 2, 3, 5, 7, 11, 15]
    assert of_cycle_type((3, 2)) == (1, 2, 0, 4, 3)
    assert n_cycles(of_cycle_type((3, 2, 1))) == 3


def test_orthogonal_matrices(reports: dict[str, ClaimReport]) -> None:
    for body in bodies(reports, "orthogonal-n-reflections", "random").values():
        matrix = floats(body)
        assert np.allclose(matrix @ matrix.T, np.eye(len(matrix)))
        rank = np.linalg.matrix_rank(np.eye(len(matrix)) - matrix)
        assert len(fact(body, "product")["factors"]) == rank
    assert len(bodies(reports, "orthogonal-n-reflections", "rotations")) == 7


def test_spectra_of_two_and_three_factors(reports: dict[str, ClaimReport]) -> None:
    for body in bodies(reports, "gh2-01-real-spectrum", "pairs").values():
        values = np.linalg.eigvals(floats(body))
        assert np.allclose(values.imag, 0, atol=1e-6)
        assert -1e-6 < values.real.min() <= values.real.max() < 1 + 1e-6
        assert fact(body, "product")["range"] == "factors-in-0-1"
        assert len(fact(body, "product")["factors"]) == 2
    (negative,) = bodies(reports, "gh2-01-real-spectrum", "three-negative").values()
    assert np.isclose(min(np.linalg.eigvals(floats(negative)).real), -63 / 625)
    assert fact(negative, "eigenvector")["value"] == "-63/625"
    (complex_,) = bodies(reports, "gh2-01-real-spectrum", "three-not-real").values()
    assert abs(np.linalg.eigvals(floats(complex_)).imag).max() > 1e-3
    assert {factor["beta"] for factor in fact(complex_, "product")["factors"]} == {"9/10"}


def test_open_range(reports: dict[str, ClaimReport]) -> None:
    for body in bodies(reports, "gh-open-range-eigs", "products").values():
        values = np.linalg.eigvals(floats(body))
        assert all(abs(value) < 1 - 1e-9 or abs(value - 1) < 1e-6 for value in values)
        betas = [Fraction(factor["beta"]) for factor in fact(body, "product")["factors"]]
        assert all(0 <= beta < 2 for beta in betas)
    turn = bodies(reports, "gh-open-range-eigs", "closed-end")["quarter-turn"]
    assert fact(turn, "eigenvector")["value"] == ["0", "1"]  # i


def test_real_eigenvalues_with_one_small_beta(reports: dict[str, ClaimReport]) -> None:
    for body in bodies(reports, "complex-eigs-need-two-beta-gt1", "pairs").values():
        betas = [Fraction(factor["beta"]) for factor in fact(body, "product")["factors"]]
        assert len(betas) == 2
        assert min(betas) <= 1
        assert np.allclose(np.linalg.eigvals(floats(body)).imag, 0, atol=1e-6)


@pytest.mark.parametrize("row", ["discriminant", "all-sizes"])
def test_the_discriminant_is_the_one_of_two_factors(
    row: str, reports: dict[str, ClaimReport]
) -> None:
    for body in bodies(reports, "complex-eigs-need-two-beta-gt1", row).values():
        assert body["variables"] == ["b1", "b2", "c"]
        (step,) = body["steps"]
        assert step["step"] == "nonnegative"
    above = bodies(reports, "complex-eigs-need-two-beta-gt1", row)["above"]
    assert above["nonnegative"] == [["-", "1", "b1"], ["-", "b2", "1"]]


def test_the_block_of_lemma_4(reports: dict[str, ClaimReport]) -> None:
    found = bodies(reports, "gated-lemma4-block-length", "printed-length")
    ranks = {name: fact(body, "rank-of-gap")["rank"] for name, body in found.items()}
    assert ranks == {"first": "2", "second": "2", "block": "4"}
    letters = next(f for f in found["block"]["facts"] if f["factors"][0]["kind"] == "dense")
    assert len(letters["factors"]) == 2
    moved = [sum(row[i] != "1" for i, row in enumerate(f["rows"])) for f in letters["factors"]]
    assert moved == [3, 3]  # k = 3, so m = ceil((k - 1)/1) = 2 < 4
    (network,) = bodies(reports, "gated-lemma4-block-length", "printed-network").values()
    assert network["words"] == [["a", "a", "a", "b", "a"]]


def test_all_maps_need_at_most_n_minus_1(reports: dict[str, ClaimReport]) -> None:
    found = bodies(reports, "rwkv7-swap-copy", "all-maps")
    lengths = {name: [int(x) for x in body["lengths"]] for name, body in found.items()}
    assert lengths == {
        "size-2": [1, 3],
        "size-3": [1, 9, 17],
        "size-4": [1, 18, 95, 142],
        "size-5": [1, 30, 305, 1220, 1569],
    }
    assert all(sum(counts) == int(name[-1]) ** int(name[-1]) for name, counts in lengths.items())


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.integers(0, n - 1), min_size=n, max_size=n)))
@examples(60)
def test_fewest_swaps_and_copies(images: list[int]) -> None:
    size = len(images)
    factors = fewest_swaps_and_copies(images)
    matrix = Matrix.identity(size)
    for factor in factors:
        matrix = matrix @ transition_matrix(factor.transition())
    assert matrix_map(matrix) == tuple(images)
    gap = np.eye(size) - np.array([[images[j] == i for j in range(size)] for i in range(size)])
    assert len(factors) == np.linalg.matrix_rank(gap) < max(size, 1)
    assert map_matrix(images) == matrix


def test_the_unstable_pair(reports: dict[str, ClaimReport]) -> None:
    found = bodies(reports, "rwkv7-unstable-pair", "sixty-degrees")
    matrix = floats(found["eigenvalues"])
    s, c = np.sin(np.pi / 3), np.cos(np.pi / 3)
    first = np.eye(2) - np.outer([s, c], [0, c])
    second = np.eye(2) - np.outer([c, s], [c, 0])
    radius = max(abs(np.linalg.eigvals(first @ second)))
    assert np.isclose(radius, (27 + 153**0.5) / 32)  # about 1.2303
    assert np.isclose(max(np.linalg.eigvals(matrix).real), radius)
    counted = fact(found["eigenvalues"], "real-eigenvalues")
    assert (counted["above"], counted["most"], counted["count"]) == ("6/5", "2", "1")
    assert found["similar"]["matrix"] == found["eigenvalues"]["matrix"]
    factors = fact(found["similar"], "product")["factors"]
    assert [factor["kind"] for factor in factors] == [
        "dense",
        "diagonal-plus-rank-one",
        "diagonal-plus-rank-one",
        "dense",
    ]
    assert all(factor["c"] == "1" and factor["w"] == ["1", "1"] for factor in factors[1:3])
    inverse = fact(found["inverse"], "product")["factors"]
    assert [inverse[1], inverse[0]] == [factors[0], factors[3]]


def test_one_key_is_not_enough() -> None:
    zero, one = Fraction(0), Fraction(1)
    for x, y in product(range(1, 5), repeat=2):
        k = (Fraction(x), Fraction(y))
        matrix = transition_matrix(transition(k, (zero, one))) @ transition_matrix(
            transition(k, (one, zero))
        )
        square = k[0] ** 2 * k[1] ** 2 / (k[0] ** 2 + k[1] ** 2) ** 2
        assert matrix.characteristic_polynomial() == (square, -1 - square, one)


def test_affine_maps(reports: dict[str, ClaimReport]) -> None:
    for name, body in bodies(reports, "affine-no-error-correction", "span").items():
        n = int(name[-1])
        assert (len(body["zero"]), len(body["steps"])) == (n * (n + 1), n)
    for name, body in bodies(reports, "affine-no-error-correction", "rotations").items():
        assert len(fact(body, "product")["factors"]) == int(name.removeprefix("order-"))
        assert floats(body).tolist() == [[1, 0], [0, 1]]


def test_copies(reports: dict[str, ClaimReport]) -> None:
    for body in bodies(reports, "copy-lower-bound", "tiny-memories").values():
        words = int(body["letters"]) ** int(body["length"])
        assert int(body["most-copied"]) == min(int(body["states"]), words)
    (numbers,) = bodies(reports, "copy-lower-bound", "numbers").values()
    assert len(numbers["steps"]) == 4
    assert (2**10, 2**16) == (4 * 2**8, 64 * 2**10)
    assert (4**8, 16**4) == (64 * 2**10, 2 * 2**15)


def test_a_wrong_factorisation_is_rejected(tmp_path: Path) -> None:
    """The checker, not the row, notices factors that do not multiply to the matrix."""
    claim = get_claim("perm-n-minus-1-reflections")
    (row,) = (row for row in claim.rows if row.key == "displaced-points")
    swap = Householder((Fraction(1), Fraction(-1)), Fraction(2))
    assert row.direction is Direction.FOR
    wrong = matrix_fact(permutation_matrix((0, 1)), [IsProduct((swap,))])
    path = tmp_path / "wrong.json"
    wrong.write(path)
    (answer,) = run_checker([path])
    assert answer.verdict is Verdict.INVALID
