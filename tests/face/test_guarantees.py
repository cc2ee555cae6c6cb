"""The table of guarantees: what cannot be stops it, and what is done is not done again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from monoscan.errors import BadInput
from monoscan.face.guarantees import FILE, Guarantee, guarantees, guarantees_table

FOUND = Guarantee(
    "parity",
    "deltanet [-1,1]",
    "expressible",
    "law",
    0,
    ((40, 1.0), (640, 1.0)),
    200,
    199,
    "the task's",
    "proved",
    150,
    9000,
    1e-5,
    0.5,
)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ""),
        ({"certified": 199}, ""),
        ({"certified": 200}, "a word of 200 letters fails and is certified"),
        ({"certified": "all"}, "a word of 200 letters fails and is certified"),
        ({"certified": None}, ""),
        ({"failing": None}, ""),
        ({"predicted": "not-expressible"}, ""),
        ({"predicted": "not-expressible", "failing": None}, "no failing word was found"),
        ({"predicted": "unknown", "failing": None}, ""),
    ],
)
def test_what_cannot_be_is_said(changed: dict[str, Any], said: str) -> None:
    contradiction = replace(FOUND, **changed).contradiction
    assert (said in contradiction) if said else contradiction == ""


def test_the_table_has_a_row_a_network() -> None:
    table = guarantees_table(
        [FOUND, replace(FOUND, failing=None, searched_to=2560, certified=None)]
    )
    assert table.rows[0][2:] == (
        *("yes", "law", "0", "1.00 / 1.00", "200", "the task's", "proved", "150", "9,000"),
        *("1.0e-05", "0.50"),
    )
    assert table.rows[1][6] == ">2560"
    assert table.rows[1][9] == "-"


def test_a_network_is_trained_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from monoscan.models.sweep import guaranteed

    monkeypatch.setattr(guaranteed, "CELLS", guaranteed.CELLS[:1])
    monkeypatch.setattr(guaranteed, "STEPS", 2)
    monkeypatch.setattr(guaranteed, "TRAIN_MAX_LENGTH", 4)
    monkeypatch.setattr(guaranteed, "WORST_LENGTH", 12)
    monkeypatch.setattr(guaranteed, "_LENGTHS", (4, 8))
    monkeypatch.setattr(guaranteed, "_WORDS", 4)
    monkeypatch.setattr(guaranteed, "_LETTERS", 2000)
    options = {"seeds": 1, "runs": f"{tmp_path}/runs", "certificates": f"{tmp_path}/certificates"}
    plain, law = sorted(guarantees(**options), key=lambda one: one.training != "plain")
    assert (plain.training, law.training) == ("plain", "law")
    assert plain.predicted == "expressible"
    assert [length for length, _ in plain.random] == [4, 8]
    assert plain.error > 0
    assert not plain.contradiction
    files = sorted(tmp_path.glob(f"runs/*/{FILE}"))
    assert len(files) == 2
    before = [file.stat().st_mtime_ns for file in files]
    assert set(guarantees(**options)) == {plain, law}
    assert [file.stat().st_mtime_ns for file in files] == before


def test_a_language_without_a_row_is_refused() -> None:
    with pytest.raises(BadInput, match="has no tomita-4; expected parity"):
        guarantees(["tomita-4"])
