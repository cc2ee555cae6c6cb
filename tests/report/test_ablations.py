"""Ablations: each row differs from the recipe as it says, and every seed is counted."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from helpers.effort import part_of
from typer.main import get_command

from monoscan.cli.commands import command_app
from monoscan.models.sweep.ablations import CHANGES, TASKS, ablation_job
from monoscan.models.sweep.quick import Recipe
from monoscan.models.train import train
from monoscan.report.ablations import Ablations, Trial, ablations_table
from monoscan.report.seeds import SeedResult
from monoscan.tables import FORMATS, written

PAGE = (Path(__file__).parents[2] / "docs" / "ablations.md").read_text(encoding="utf-8")
SMALL = ("table", "ablations", "--language", "parity", "--seeds", "1", "--steps", "2")
TWO = ("--change", "none", "--change", "sigmoid", "--workers", "1")


def seed(number: int, accuracy: float | None) -> SeedResult:
    ending, said = ("trained", "") if accuracy is not None else ("killed", "it was ended")
    shares = (accuracy, accuracy, accuracy)
    found = (160, 99, 200, "found", 640)
    return SeedResult(number, ending, said, 60, 40, *shares, *found, 1.5, "runs/a")


TABLE = Ablations(
    ("none", "gated"),
    ("the recipe", "a gate in [0,1]"),
    ("s3, deltanet [-1,1]",),
    "60 steps",
    160,
    (
        (Trial("none", "s3", (seed(0, 1.0), seed(1, 0.96), seed(2, 0.2))),),
        (Trial("gated", "s3", (seed(0, 0.94), seed(1, None))),),
    ),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_only_what_a_row_says_is_changed(change) -> None:
    for row, column in TASKS:
        plain = Recipe().job(row, column, seed=1).config
        changed = ablation_job(change, row, column, seed=1).config
        assert changed.task == plain.task
        layers = (plain.model.layer, changed.model.layer)
        differing = {
            field.name
            for old, new in ((plain.training, changed.training), layers)
            for field in dataclasses.fields(old)
            if getattr(old, field.name) != getattr(new, field.name)
        }
        expected = {*change.layer, *change.training}
        expected |= {"learning_rate"} if change.rate != 1 else set()
        expected |= {"layer"} if change.is_gated else set()
        assert differing == expected
        assert dataclasses.replace(changed.model, layer=plain.model.layer) == plain.model
        assert changed.training.seed == 1


def test_every_change_is_another_run() -> None:
    for row, column in TASKS:
        digests = {ablation_job(change, row, column, seed=0).digest for change in CHANGES}
        assert len(digests) == len(CHANGES)
        # The recipe itself is the cell of the quick table, and is not trained twice.
        assert Recipe().job(row, column, seed=0).digest in digests


def test_text() -> None:
    lines = written(ablations_table(TABLE), "text").splitlines()
    assert lines[1].endswith(" 2/3 0.96; 200, 200")
    assert lines[2].split() == ["a", "gate", "in", "[0,1]", "gated", "0/2", "0.47;", "200,", "100"]
    assert lines[-2] == "the recipe: 60 steps"
    assert lines[-1] == "killed: gated, s3, seed 1: it was ended"


def test_markdown_and_latex() -> None:
    assert (
        "| a gate in [0,1] | gated | 0/2 0.47; 200, 100 |"
        in written(ablations_table(TABLE), "md").splitlines()
    )
    text = written(ablations_table(TABLE), "latex")
    assert r"a gate in $[0,1]$ & gated & 0/2 0.47; 200, 100 \\" in text
    assert text.count("{") == text.count("}")


def test_csv_and_json_hold_every_seed() -> None:
    rows = list(csv.DictReader(io.StringIO(written(ablations_table(TABLE), "csv"))))
    assert [row["has_learned"] for row in rows] == ["True", "True", "False", "False", "False"]
    value = json.loads(written(ablations_table(TABLE), "json"))
    assert [trial["learned"] for trial in value["trials"]] == [2, 0]
    assert value["changes"]["gated"] == "a gate in [0,1]"


@pytest.mark.slow
def test_the_command(tmp_path: Path) -> None:
    for format_ in FORMATS:
        answer = run_here(tmp_path, "monoscan", *SMALL, *TWO, "--format", format_)
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert "sigmoid" in answer.stdout
    assert (
        json.loads(run_here(tmp_path, "monoscan", *SMALL, *TWO, "--format", "json").stdout)[
            "test_length"
        ]
        == 160
    )
    assert len(list((tmp_path / "runs").glob("*/config.json"))) == 2


@pytest.mark.parametrize("change", part_of(CHANGES, 4), ids=lambda change: change.name)
def test_every_change_can_be_trained(change) -> None:
    config = ablation_job(change, *TASKS[0], seed=0, steps=2).config
    short = dataclasses.replace(config.training, batch=4, max_length=8)
    assert train(dataclasses.replace(config, training=short)).step == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--change", "sigmoidd"), "sigmoidd is no row of the ablations; did you mean sigmoid?"),
        (("--change", "xyz"), "xyz is no row of the ablations; expected one of none, additive-in"),
        (("--language", "flip-flop"), "flip-flop is no column of the ablations; expected one of"),
        (("--layer", "gru"), "--layer belongs to the table quick; leave it out for ablations"),
        (("--semantics", "exact"), "--semantics belongs to the table solvability and quick"),
        (("--seeds", "0"), "--seeds 0: expected a whole number"),
        (("--runs", "file/runs"), "cannot write to file/runs: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "file").touch()
    assert said in fails(tmp_path, "monoscan", *SMALL, *TWO, *arguments)


def test_the_page_names_options_that_there_are() -> None:
    for command in ("table", "evaluate", "predict"):
        known = {opt for p in get_command(command_app(command)).params for opt in p.opts}
        used = [line for line in re.findall(r"monoscan [^`|]*", PAGE) if f" {command} " in line]
        assert used
        assert {opt for line in used for opt in re.findall("--[a-z-]+[a-z]", line)} <= known


def test_the_page_has_a_place_for_the_table() -> None:
    begin, end = "<!-- begin: monoscan table ablations --format md -->", "<!-- end -->"
    assert PAGE.count(begin) == PAGE.count(end) == 1
    shown = PAGE.partition(begin)[2].partition(end)[0]
    if "| change |" in shown:
        rows = re.findall(r"^\| ([^|]+) \|", shown, flags=re.MULTILINE)
        assert rows == ["change", *(change.statement for change in CHANGES)]
