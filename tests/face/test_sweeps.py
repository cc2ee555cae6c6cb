"""Files of sweeps: everything that is wrong is said at once, and only what is missing is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.command_line import fails, run_here

from monoscan.errors import BadInput
from monoscan.face.sweeps import read_sweep
from monoscan.models.sweep import ResultStore
from monoscan.models.sweep.quick import COLUMNS, ROWS, Recipe

SMALL = """
languages = ["parity", {regex = "(ab)*", alphabet = "ab", name = "a_b & 50%"}]
writing = ["a_b & 50%"]
layers = ["deltanet [-1,1]", "mamba, no convolution"]
depths = [1]
seeds = 2
training = {steps = 2, batch = 4, max_length = 6}
network = {width = 4, heads = 1}
test = {lengths = [6, 12], words = 5, worst_length = 8}
"""


def test_the_quick_sweep_is_the_quick_table() -> None:
    sweep = read_sweep("quick")
    assert [column.title for column in sweep.columns] == [column.title for column in COLUMNS]
    for row, own in zip(sweep.rows, ROWS, strict=True):
        for column, other in zip(sweep.columns, COLUMNS, strict=True):
            here, there = (sweep.recipe.job(row, column, 1), Recipe().job(own, other, 1))
            assert here.digest == there.digest
    assert sweep.seeds == (0, 1, 2)


def test_what_a_file_says(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(SMALL, encoding="utf-8")
    sweep = read_sweep(path)
    assert [row.language for row in sweep.rows] == ["parity", "a_b & 50%"]
    assert [row.additive_input for row in sweep.rows] == [False, True]
    assert [c.title for c in sweep.columns] == ["deltanet [-1,1]", "mamba, no convolution"]
    assert sweep.size == 8
    job = sweep.recipe.job(sweep.rows[1], sweep.columns[0], 1)
    assert (job.lengths, job.n_words, job.config.training.steps) == ((6, 12), 5, 2)


def test_a_variant_has_its_convolution_and_depths_are_columns() -> None:
    sweep = read_sweep(
        {"languages": ["parity"], "layers": ["deltanet, extended"], "depths": [1, 2]}
    )
    titles = [column.title for column in sweep.columns]
    assert titles == ["deltanet, extended", "deltanet, extended; 2 layers"]
    assert [column.convolution for column in sweep.columns] == [4, 4]
    assert sweep.recipe.job(sweep.rows[0], sweep.columns[1], 0).config.model.depth == 2


def test_all_problems_at_once() -> None:
    with pytest.raises(BadInput) as raised:
        read_sweep(
            {
                "languages": ["parrity", {"regex": "(ab)*"}, {"regexp": "a"}, 3, "parity"],
                "layers": ["deltanett", "gru [0,1]", 5],
                "depths": [0],
                "seeds": [],
                "tiers": 1,
                "writing": ["s3"],
                "semantics": "exactly",
                "tier": "slow",
                "training": {"step": 3, "seed": 1},
                "network": {"widht": 3},
                "test": {"words": 0},
            }
        )
    said = str(raised.value)
    assert said.startswith("the sweep: ")
    assert "problems, and nothing was run" in said
    for part in ("parrity", "alphabet is missing", "regexp", "deltanett", "unknown key 'tiers'"):
        assert part in said, part
    assert said.splitlines()[-1].startswith("  and ")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"network": {"width": 6, "heads": 4}}, "4 heads do not divide the width 6"),
        ({"languages": []}, "languages is missing; expected a list of at least one"),
        ({"languages": ["s3", "s3"]}, "two languages are called s3"),
        ({"seeds": True}, "seeds is True; expected a number or a list of numbers"),
        ({"seeds": [-1]}, "seeds is -1; expected a whole number of at least 0"),
        ({"semantics": "exactly"}, "semantics is 'exactly'; expected one of exact, threshold, rou"),
        ({"tier": "slow"}, "tier 'slow': expected one of quick"),
        ({"training": {"step": 3}}, "training has no option 'step'; nearest: steps"),
        ({"training": {"seed": 3}}, "name them in seeds"),
        ({"training": {"steps": 0}}, "steps is 0; expected at least 1"),
        ({"network": {"widht": 3}}, "network has no option 'widht'; expected width, heads"),
        ({"test": {"words": 0}}, "words is 0; expected a whole number of at least 1"),
        ({"writing": ["s4"]}, "writing names 's4'; expected one of parity"),
    ],
)
def test_what_cannot_be(change: dict[str, object], said: str) -> None:
    good = {"languages": ["parity"], "layers": ["deltanet [-1,1]"]}
    assert read_sweep(good).size == 3
    with pytest.raises(BadInput) as raised:
        read_sweep({**good, **change})
    assert said in str(raised.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("a = [", encoding="utf-8")
    assert "bad.toml is no TOML" in fails(tmp_path, "monoscan", "sweep", "bad.toml")
    assert "give a file in TOML, or one of quick" in fails(tmp_path, "monoscan", "sweep", "quikc")


def test_a_second_sweep_trains_nothing(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(SMALL, encoding="utf-8")
    first = run_here(tmp_path, "monoscan", "sweep", "mine.toml", "--workers", "1", "-o", "t.tex")
    assert first.exit_code == 0, first.stderr
    runs = list(ResultStore(tmp_path / "runs").runs())
    assert len(runs) == 8
    again = run_here(tmp_path, "monoscan", "sweep", "mine.toml", "--workers", "1", "-o", "t2.tex")
    assert again.exit_code == 0
    assert list(ResultStore(tmp_path / "runs").runs()) == runs
    text = (tmp_path / "t.tex").read_text(encoding="utf-8")
    assert text == (tmp_path / "t2.tex").read_text(encoding="utf-8")
    assert r"a\_b \& 50\%" in text
