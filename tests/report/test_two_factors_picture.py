"""The regions of two factors, read from the layout: exact eigenvalues at the middles of cells."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here

from monoscan.report.figures import draw_two_factors
from monoscan.report.figures.scene import Box, Circle, Curve
from monoscan.report.figures.two_factors import (
    ANGLES,
    COLOURS,
    N_CELLS,
    Kind,
    identifier,
    invariants,
    kind_of,
)
from monoscan.theory.matrix import Matrix
from monoscan.theory.spectrum import has_nonnegative_spectrum, has_real_spectrum
from monoscan.theory.transition import Householder, HouseholderProduct, transition_matrix

ROOT = Path(__file__).resolve().parents[2]
# Rational keys whose angle has a rational cosine: 3/5 and 0.
KEYS = {Fraction(9, 25): (Fraction(3), Fraction(4)), Fraction(0): (Fraction(0), Fraction(1))}


def product(b1: Fraction, b2: Fraction, key: tuple[Fraction, Fraction]) -> Matrix:
    first = Householder((Fraction(1), Fraction(0)), b1)
    return transition_matrix(HouseholderProduct((first, Householder(key, b2))))


@pytest.mark.parametrize("square", KEYS)
def test_kinds_are_those_of_exact_matrices(square: Fraction) -> None:
    found, seen = invariants(), set()
    steps = [Fraction(i, 6) for i in range(13)]
    for b1 in steps:
        for b2 in steps:
            matrix = product(b1, b2, KEYS[square])
            assert found(b1, b2, square) == (
                matrix.trace(),
                matrix.characteristic_polynomial()[0],
            )
            kind = kind_of(*found(b1, b2, square))
            assert (kind != "not real") == has_real_spectrum(matrix)
            if kind != "not real":
                assert (kind == "real, none negative") == has_nonnegative_spectrum(matrix)
            seen.add(kind)
    assert len(seen) == (3 if square else 2)


drawn = cache(draw_two_factors)


def cells(kind: Kind, degrees: int, most: int) -> int:
    boxes = (s.name for s in drawn(most).shapes if isinstance(s, Box))
    return sum(
        int(n.rsplit("-", 1)[1]) for n in boxes if n.startswith(f"{identifier(kind)}-{degrees}-")
    )


def test_every_cell_has_one_kind() -> None:
    for degrees in ANGLES:
        assert sum(cells(kind, degrees, 2) for kind in COLOURS) == N_CELLS**2


def test_panels_show_what_is_known() -> None:
    assert all(cells("not real", degrees, 1) == 0 for degrees in ANGLES)
    assert all(cells("real, some negative", degrees, 1) == 0 for degrees in ANGLES)
    assert [cells("not real", degrees, 2) > 0 for degrees in ANGLES] == [True, True, True, False]
    # Orthogonal keys: the eigenvalues are 1 - beta1 and 1 - beta2.
    assert cells("real, none negative", 90, 2) == N_CELLS**2 // 4


def test_modulus_one_lies_on_the_border() -> None:
    shapes = draw_two_factors().shapes
    sides = {s.name for s in shapes if isinstance(s, Curve) and s.name.startswith("one-")}
    corners = {s.name for s in shapes if isinstance(s, Circle) and s.name.startswith("one-")}
    # Side 0 has beta2 = 0, side 3 has beta1 = 0; the corner (2, 2) is a rotation.
    assert {name for name in sides if "-45-" in name} == {"one-45-0", "one-45-3"}
    assert {name for name in sides if "-90-" in name} == {f"one-90-{i}" for i in range(4)}
    assert "one-45-at-2" in corners
    assert "one-45-at-2" not in {s.name for s in draw_two_factors(1).shapes}


def test_the_command_writes_it(tmp_path: Path) -> None:
    arguments = ("show", "householder-product-2", "--symbolic", "--figure")
    answer = run_here(tmp_path, "monoscan", *arguments, "two.svg")
    assert answer.stdout.endswith("picture: two.svg\n")
    assert b"theta = 45 degrees" in (tmp_path / "two.svg").read_bytes()
    assert "expected a name that ends in" in fails(tmp_path, "monoscan", *arguments, "two.gif")
    other = ("show", "householder", "--symbolic", "--figure", "one.svg")
    assert "householder has no picture" in fails(tmp_path, "monoscan", *other)
    alone = ("show", "householder", "--figure", "one.svg")
    assert "--figure is of --symbolic" in fails(tmp_path, "monoscan", *alone)


def test_the_kept_picture_is_what_the_command_writes() -> None:
    kept = (ROOT / "docs" / "figures" / "two-factors" / "regions.svg").read_text("utf-8")
    names = {shape.name for shape in draw_two_factors().shapes if shape.name}
    assert names <= set(re.findall(r'id="([^"]+)"', kept))
