"""Published results beside ours: every run counts, and only runs of the same transitions."""

from __future__ import annotations

from pathlib import Path

from helpers.command_line import fails, run_here
from helpers.small_runs import small_run

from monoscan.automata import LANGUAGES
from monoscan.face.sweeps import read_sweep
from monoscan.models.evaluate import Interval, LengthResult
from monoscan.models.sweep import Ending, Outcome, ResultStore
from monoscan.report.published import PUBLISHED, published_table


def outcome(scaled: float, words: float) -> Outcome:
    def interval(value: float) -> Interval:
        return Interval(value, value, value)

    result = LengthResult(
        32, 50, interval(words), interval(words), 0.5, interval(scaled), None, None
    )
    return Outcome(Ending.TRAINED, steps=100, results=(result,))


def stored(folder: Path) -> ResultStore:
    store = ResultStore(folder / "runs")
    store.put("a", small_run(), outcome(1.0, 0.99))
    store.put("b", small_run(seed=1), outcome(0.5, 0.25))
    store.put("c", small_run(seed=2), Outcome(Ending.NOT_FINITE, "the loss"))
    sigmoid = small_run(layer_options={"parametrisation": "sigmoid"})
    store.put("d", sigmoid, outcome(1.0, 1.0))
    return store


def test_every_seed_of_the_same_layer_counts(tmp_path: Path) -> None:
    table = published_table(list(stored(tmp_path).runs()), tmp_path / "runs")
    rows = [r for r in table.rows if r[:2] == ("parity", "DeltaNet [-1,1]")]
    assert [row[3:] for row in rows] == [
        ("deltanet [-1,1]", "1", "16", "32", "3", "1.00 (0.50)", "0.99 (0.25)", "-"),
    ]
    assert {row[2] for row in rows} == {"1.00 (.999)"}


def test_without_runs_the_published_results_stand_alone(tmp_path: Path) -> None:
    table = published_table([], tmp_path)
    assert len(table.rows) == len(PUBLISHED)
    assert all(row[4:] == ("-",) * 7 for row in table.rows)
    answer = run_here(tmp_path, "monoscan", "table", "published", "-o", "a.tex")
    assert answer.exit_code == 0, answer.stderr
    assert "arXiv:2411.12537" in (tmp_path / "a.bib").read_text(encoding="utf-8")
    said = fails(tmp_path, "monoscan", "table", "published", "--language", "s3")
    assert "leave it out for published" in said


def test_what_is_compared_can_be_trained() -> None:
    known = {entry.id for entry in LANGUAGES}
    regular = [one for one in PUBLISHED if one.language != "modular arithmetic with brackets"]
    assert {one.language for one in regular} <= known
    sweeps = [read_sweep(name) for name in ("quick", "standard", "star-free")]
    made = {(r.language, c.title) for s in sweeps for r in s.rows for c in s.columns}
    assert {(one.language, one.ours) for one in regular if one.ours} <= made
