"""The table of horizons: what its cells say, and that each of them was checked."""

from pathlib import Path

import pytest
from helpers.command_line import fails

from monoscan.errors import BadValue
from monoscan.face.horizon_table import CONSTRUCTIONS, draw_by_bits, horizons
from monoscan.theory.constructions.registry import get_construction


def test_a_row_of_the_table(tmp_path: Path) -> None:
    table = horizons(
        tmp_path,
        constructions=["mod 5, rotation"],
        formats=["e4m3", "bf16", "fp16"],
        orders=["operations"],
    )
    cells = ("19, fails at 20", "119, fails at 120", "all")
    assert table.rows == (("mod 5, rotation", "operations", *cells),)
    assert "5 certificates were checked" in table.notes[1]
    assert table.value is not None
    assert table.value["horizons"][1]["certified"] == 119
    assert len(list(tmp_path.rglob("horizon.json"))) == 3


def test_every_construction_is_built() -> None:
    for row in CONSTRUCTIONS:
        assert get_construction(row.construction).supports(row.language().automaton) is None


def test_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="expected some of parity, a sign"):
        horizons(tmp_path, constructions=["mod 7"])


def test_the_picture_has_a_line_a_construction() -> None:
    pytest.importorskip("matplotlib")
    drawing = draw_by_bits(["mod 5, rotation", "parity, a sign"], [4, 6])
    names = {shape.name for shape in drawing.shapes}
    assert {"horizon-0-0", "horizon-1-0", "legend-1"} <= names


def test_the_command_refuses_options_of_other_tables(tmp_path: Path) -> None:
    table = ("monoscan", "table", "horizons")
    assert "leave it out for horizons" in fails(tmp_path, *table, "--language", "parity")
    assert "--depth belongs to the table solvability" in fails(tmp_path, *table, "--depth", "1")
