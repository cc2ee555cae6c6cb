"""The table of arithmetic: statements of claims by semantics, each verified."""

from pathlib import Path

from helpers.command_line import fails

from monoscan.face.arithmetic_table import COLUMNS, arithmetic


def test_a_claim_with_rows_that_round_and_one_without(tmp_path: Path) -> None:
    table, claims = arithmetic(
        tmp_path, claims=["affine-scan-definite", "flipflop-two-layer", "group-one-layer"]
    )
    assert all(claim.is_as_documented for claim in claims)
    shown = {row[1]: dict(zip(COLUMNS, row[2:], strict=True)) for row in table.rows}
    kept = "Two diagonal layers with entries 0 and 1 keep the bit that was last written"
    assert (shown[kept]["exact"], shown[kept]["op-round"]) == ("proved", "proved (4)")
    refuted = next(row for row in shown if row.startswith("Refuted without the hypothesis"))
    assert (shown[refuted]["scan-round"], shown[refuted]["op-round"]) == ("refuted (2)", "-")
    assert {row[0] for row in table.rows} == {"affine-scan-definite", "flipflop-two-layer"}
    assert table.value is not None
    assert {"claim", "statement", "semantics", "class", "status"} == set(table.value["rows"][0])
    assert list(tmp_path.rglob("*.json"))


def test_the_command_refuses_options_of_other_tables(tmp_path: Path) -> None:
    given = ("monoscan", "table", "arithmetic", "--figure", "x.svg")
    assert "--figure belongs to the table" in fails(tmp_path, *given)
