"""Predictions beside trained networks: findings, formats, the command, the page."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import re
import subprocess
import time
from pathlib import Path

import pytest
from helpers.command_line import command, environment, fails, run_here
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command

from monoscan.automata import get_language
from monoscan.cli.commands import command_app
from monoscan.face.sweeps import read_sweep
from monoscan.models.sweep import ResultStore
from monoscan.models.sweep.quick import COLUMNS, DEPTH, HEADS, ROWS, WIDTH, Recipe, Row
from monoscan.report import confrontation
from monoscan.report.confrontation import (
    FAILED,
    Cell,
    Confrontation,
    Finding,
    confront,
)
from monoscan.report.confrontation_table import confrontation_table, contradiction
from monoscan.report.seeds import LEARNED, SeedResult, show_share
from monoscan.tables import FORMATS, written
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import ProvedNetwork, Question

PAGE = (Path(__file__).parents[2] / "docs" / "confrontation.md").read_text(encoding="utf-8")
SMALL = ("table", "quick", "--language", "parity", "--layer", "deltanet", "--workers", "1")
ONE_SEED = (*SMALL, "--seeds", "1", "--steps", "60")
YES, NO, OPEN = "expressible", "not-expressible", "unknown"


def seed(accuracy: float | None, number: int = 0, failing: int | None = 200) -> SeedResult:
    ending, said = ("trained", "") if accuracy is not None else ("not-finite", "the loss is nan")
    found = (160, 99, failing, "none-found" if failing is None else "found", 640)
    return SeedResult(
        number, ending, said, 60, 40, accuracy, accuracy, accuracy, *found, 1.5, "runs/a"
    )


def cell(verdict: str, *accuracies: float | None, failing: int | None = 200) -> Cell:
    seeds = tuple(seed(accuracy, number, failing) for number, accuracy in enumerate(accuracies))
    return Cell("s3", "deltanet [-1,1]", "householder", 1, "exact", verdict, "why", "c.json", seeds)


def table_of(*cells: Cell) -> Confrontation:
    layers = tuple(one.layer for one in cells)
    return Confrontation(("s3",), layers, ("60 steps",), 160, (cells,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of ONE_SEED are."""
    path = tmp_path_factory.mktemp("quick")
    answer = run_here(path, "monoscan", *ONE_SEED)
    assert (answer.exit_code, answer.stderr) == (0, "")
    return path


# ------------------------------------------------------------------ findings


@pytest.mark.parametrize(
    ("verdict", "accuracies", "finding"),
    [
        (YES, (1.0, 0.0, 0.0), Finding.AGREES),
        (YES, (0.949, 0.0, 0.94), Finding.LEARNABILITY_GAP),
        (YES, (None, 0.0), Finding.LEARNABILITY_GAP),
        (YES, (None, None), Finding.INCONCLUSIVE),
        (NO, (0.0, 0.949), Finding.AGREES),
        (NO, (None, 0.0), Finding.AGREES),
        (NO, (None, None), Finding.INCONCLUSIVE),
        (NO, (0.0, 0.95, 0.0), Finding.FINITE_LENGTH_PASS),
        (NO, (None, 1.0), Finding.FINITE_LENGTH_PASS),
        (OPEN, (1.0,), Finding.INCONCLUSIVE),
        (OPEN, (0.0,), Finding.INCONCLUSIVE),
        (FAILED, (1.0,), Finding.INCONCLUSIVE),
    ],
)
def test_findings(verdict: str, accuracies: tuple[float | None, ...], finding: Finding) -> None:
    assert cell(verdict, *accuracies).finding is finding


@pytest.mark.parametrize(
    ("verdict", "failing", "finding"),
    [
        (YES, 160, Finding.RANDOM_WORDS_ONLY),
        (YES, 161, Finding.AGREES),
        (YES, None, Finding.AGREES),
        (NO, 160, Finding.FINITE_LENGTH_PASS),
        (NO, None, Finding.FINITE_LENGTH_PASS),
        (OPEN, 160, Finding.INCONCLUSIVE),
    ],
)
def test_a_failing_word_is_part_of_the_finding(
    verdict: str, failing: int | None, finding: Finding
) -> None:
    found = cell(verdict, 1.0, 0.0, failing=failing)
    assert found.finding is finding
    assert found.n_learned == (failing is None or failing > 160)


def test_random_words_only_are_told() -> None:
    text = written(confrontation_table(table_of(cell(YES, 1.0, failing=27))), "text")
    assert (
        "random-words-only (expressible; random words are right, yet each such seed fails on a "
        "word of up to 160 letters): s3 by deltanet [-1,1]"
    ) in text
    assert "27, 27" in text
    assert "no prediction is contradicted" in text


def test_what_must_be_explained() -> None:
    assert cell(NO, 0.0, 1.0).is_contradicted
    assert cell(FAILED, 0.0).is_contradicted
    assert not cell(YES, 0.0).is_contradicted
    assert not cell(OPEN, 1.0).is_contradicted
    assert not table_of(cell(FAILED, 0.0)).is_confirmed
    assert table_of(cell(NO, 1.0)).is_confirmed


@given(st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=5), st.randoms())
def test_every_seed_counts(accuracies: list[float | None], random) -> None:
    found = cell(YES, *accuracies)
    assert found.n_learned == sum(1 for a in accuracies if a is not None and a >= LEARNED)
    assert found.best == max(a or 0.0 for a in accuracies)
    assert 0 <= found.median <= found.best
    random.shuffle(accuracies)
    other = cell(YES, *accuracies)
    assert (other.median, other.best, other.finding) == (found.median, found.best, found.finding)
    for format_ in FORMATS:
        assert written(confrontation_table(table_of(found)), format_).endswith("\n")


# ------------------------------------------------------------------ formats

CLASH = table_of(cell(NO, 0.0, 0.97, 1.0), cell(YES, 0.0, 0.5), cell(YES, 1.0, None))
LOUD = (
    "CONTRADICTION: s3, deltanet [-1,1]: not-expressible (why; c.json), yet random words are right "
    "in 2 seeds: 1 (0.97, fails on a word of 200, runs/a), 2 (1.00, fails on a word of 200, runs/a)"
)


def test_text() -> None:
    lines = written(confrontation_table(CLASH), "text").splitlines()
    assert lines[1].split() == ["s3", "!!no", "2/3", "yes", "0/2", "yes", "1/2"]
    assert lines[2].split() == ["1.00,", "0.97", "0.50,", "0.25", "1.00,", "0.50"]
    assert lines[3].split() == ["200,", "200", "200,", "200", "200,", "100"]
    assert "  1  deltanet [-1,1]: class householder" in lines
    assert "s3: 60 steps" in lines
    assert lines[-3] == LOUD
    assert lines[-2].startswith("learnability-gap (expressible, no seed learned it): s3 by deltane")
    assert lines[-1] == "not-finite: s3, deltanet [-1,1], seed 1: the loss is nan"


def test_nothing_remarkable_is_said_to_be_so() -> None:
    for format_ in ("text", "md", "latex", "html"):
        quiet = written(confrontation_table(table_of(cell(YES, 1.0))), format_)
        loud = written(confrontation_table(CLASH), format_)
        assert "no prediction is contradicted" in quiet
        assert "CONTRADICTION" in loud
        assert "no prediction is contradicted" not in loud


def test_markdown() -> None:
    lines = written(confrontation_table(CLASH), "md").splitlines()
    assert lines[2] == (
        "| s3 | **!!no 2/3 (1.00, 0.97; 200, 200)** | yes 0/2 (0.50, 0.25; 200, 200) | "
        "yes 1/2 (1.00, 0.50; 200, 100) |"
    )
    assert f"* {LOUD}" in lines


def test_latex() -> None:
    text = written(confrontation_table(CLASH), "latex")
    shown = r"\shortstack{\textbf{!!no 2/3}\\\textbf{1.00, 0.97}\\\textbf{200, 200}}"
    assert rf"s3 & {shown} & \shortstack{{yes 0/2" in text
    assert text.count("{") == text.count("}")
    assert [rule for rule in ("toprule", "midrule", "bottomrule") if rule not in text] == []
    body, _, legend = text.partition(r"\end{tabular}")
    assert "_" not in body
    assert r"CONTRADICTION: s3, deltanet $[-1,1]$: not-expressible (" in legend


def test_csv_and_json_hold_every_seed() -> None:
    rows = list(csv.DictReader(io.StringIO(written(confrontation_table(CLASH), "csv"))))
    value = json.loads(written(confrontation_table(CLASH), "json"))
    assert len(rows) == 7
    assert [row["has_learned"] for row in rows[:3]] == ["False", "True", "True"]
    assert {row["finding"] for row in rows[:3]} == {"finite-length-pass"}
    assert [len(one["seeds"]) for one in value["cells"]] == [3, 2, 2]
    assert (value["contradictions"], value["test_length"]) == (1, 160)
    assert value["cells"][0]["learned"] == 2
    assert value["protocol"] == {"s3": "60 steps"}


@pytest.mark.parametrize(
    ("accuracy", "shown"),
    [
        (0.0, "0.00"),
        (1e-9, "0.01"),
        (0.29, "0.29"),
        (0.5, "0.50"),
        (0.949, "0.94"),
        (0.95, "0.95"),
        (0.999, "0.99"),
        (1.0, "1.00"),
    ],
)
def test_all_and_none_are_shown_of_all_and_none_only(accuracy: float, shown: str) -> None:
    assert f"({shown}, {shown}; 200, 200)" in written(
        confrontation_table(table_of(cell(OPEN, accuracy))), "md"
    )


@given(st.integers(0, 1000))
def test_a_share_reads_as_learned_exactly_if_it_is(words_right: int) -> None:
    found = cell(YES, words_right / 1000)
    assert (float(show_share(found.best)) >= LEARNED) == (found.n_learned == 1)


def test_a_rejected_certificate_is_named() -> None:
    bad = cell(FAILED, 0.0)
    assert contradiction(bad) == (
        "s3, deltanet [-1,1]: the checker rejected the certificate c.json"
    )
    assert "!!! 0/1" in written(confrontation_table(table_of(bad)), "text")


# ------------------------------------------------------------------ the command


@pytest.mark.parametrize("format_", FORMATS)
def test_the_command(folder: Path, format_: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from monoscan.models.sweep import job

    monkeypatch.setattr(job, "train", lambda *_: pytest.fail("the runs are there"))
    answer = run_here(folder, "monoscan", *ONE_SEED, "--format", format_)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "parity" in answer.stdout


def test_negative_eigenvalues_decide_parity(folder: Path) -> None:
    answer = run_here(folder, "monoscan", *ONE_SEED, "--format", "json")
    value = json.loads(answer.stdout)
    assert value["test_length"] == 160
    without, with_ = value["cells"]
    assert (without["verdict"], with_["verdict"]) == (NO, YES)
    assert (without["learned"], with_["learned"]) == (0, 1)
    assert (without["finding"], with_["finding"]) == ("agrees", "agrees")
    for one in (without, with_):
        assert (folder / one["certificate"]).exists()
        assert [seed["steps"] for seed in one["seeds"]] == [60]
        run = folder / one["seeds"][0]["run"]
        assert ResultStore(run.parent).outcome(run.name) is not None
        assert (one["depth"], one["semantics"]) == (1, "exact")


def test_one_column_of_a_layer(folder: Path) -> None:
    options = [part if part != "deltanet" else "deltanet [-1,1]" for part in ONE_SEED]
    answer = run_here(folder, "monoscan", *options, "--format", "md")
    assert answer.stdout.splitlines()[0] == "| language | deltanet [-1,1] |"


@pytest.mark.parametrize(
    ("table", "code"),
    [(CLASH, 1), (table_of(cell(FAILED, 0.0)), 70), (table_of(cell(YES, 0.0, None)), 0)],
)
def test_exit_codes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: Confrontation, code: int
) -> None:
    monkeypatch.setattr(confrontation, "confront", lambda *_, **__: table)
    answer = run_here(tmp_path, "monoscan", "table", "quick", "--format", "csv")
    assert answer.exit_code == code
    assert answer.stderr.startswith("CONTRADICTION: s3, deltanet [-1,1]: ") == (code != 0)
    assert answer.stdout == written(confrontation_table(table), "csv")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--language", "zzz"), "zzz is no row of the quick table; expected one of parity"),
        (("--language", "a5"), "a5 is no row of the quick table; expected one of parity, count-m"),
        (("--layer", "deltanett"), "unknown layer 'deltanett'; nearest: deltanet"),
        (("--layer", "xyz"), "unknown layer 'xyz'; such as deltanet"),
        (("--seeds", "0"), "--seeds 0: expected a whole number"),
        (("--steps", "0"), "--steps 0: expected a whole number"),
        (("--workers", "-1"), "--workers -1: expected a whole number"),
        (("--semantics", "vague"), "--semantics vague: expected one of exact, threshold, rounded"),
        (("--format", "pdf"), "--format pdf: expected one of text, md"),
        (("--class", "mamba"), "--class belongs to the table solvability; leave it out for quick"),
        (("--change", "gated"), "--change belongs to the table ablations; leave it out for quick"),
        (("--processes", "2"), "--processes belongs to the table solvability"),
        (("--runs", "file/runs"), "cannot write to file/runs or certificates: "),
        (("--certificates", "file/out"), "cannot write to runs or file/out: "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "file").touch()
    assert said in fails(tmp_path, "monoscan", *SMALL, "--steps", "1", *arguments)


def test_options_of_this_table_in_the_other(tmp_path: Path) -> None:
    said = fails(tmp_path, "monoscan", "table", "solvability", "--seeds", "2")
    assert "--seeds belongs to the table quick, ablations and guarantees; leave it out" in said


def test_without_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "torch" else found(name, *a)
    )
    said = fails(tmp_path, "monoscan", *ONE_SEED)
    assert "the table of trained networks needs torch; install them with pip install" in said


@pytest.mark.slow
def test_ctrl_c_loses_nothing(tmp_path: Path) -> None:
    options = [*ONE_SEED[:-1], "40", "--workers", "2"]
    started = subprocess.Popen(
        command("monoscan", *options), cwd=tmp_path, env=environment(), stderr=subprocess.PIPE
    )
    while not list(tmp_path.glob("runs/*/checkpoint.safetensors")):
        assert started.poll() is None
        time.sleep(0.05)
    started.send_signal(2)
    _, said = started.communicate(timeout=600)
    assert started.returncode in (0, 130)  # 0: it was faster
    assert b"Traceback" not in said
    assert run_here(tmp_path, "monoscan", *options).exit_code == 0


# ------------------------------------------------------------------ small parts


def test_nothing_runs_before_all_options_are_right(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="seed is -1"):
        confront(
            ROWS[:1],
            COLUMNS[:1],
            [-1],
            runs=tmp_path,
            certificates=tmp_path / "c",
            recipe=Recipe(),
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.language)
def test_exact_weights_fit_the_trained_network(row: Row) -> None:
    """A `yes` is about the trained network only if it is as wide, and may write as much."""
    predictor = Predictor(get_language(row.language).build())
    networks = [
        predictor.predict(Question(get_model_class(column.model_class), DEPTH)).evidence
        for column in COLUMNS
    ]
    proved = [network for network in networks if isinstance(network, ProvedNetwork)]
    assert proved
    for network in proved:
        (layer,) = network.lrnn.layers
        assert layer.initial.shape[0] <= WIDTH // HEADS
        writes = any(x != 0 for case in layer.cases.values() for x in case.input.entries())
        assert not writes or row.additive_input


# ------------------------------------------------------------------ the page


def test_the_page_names_options_that_there_are() -> None:
    known = {opt for p in get_command(command_app("table")).params for opt in p.opts}
    assert set(re.findall("--[a-z-]+[a-z]", PAGE)) <= known


def test_the_page_has_a_place_for_the_table() -> None:
    begin, end = "<!-- begin: monoscan table quick --format md -->", "<!-- end -->"
    assert PAGE.count(begin) == PAGE.count(end) == 1
    shown = PAGE.partition(begin)[2].partition(end)[0]
    if "| language |" in shown:
        title = re.findall(r"^\| language .*$", shown, flags=re.MULTILINE)
        assert title == ["| language | " + " | ".join(c.title for c in COLUMNS) + " |"]
        named = re.findall(r"^\| ([a-z0-9-]+) \|", shown, flags=re.MULTILINE)
        assert named[1:] == [row.language for row in ROWS]
        assert "CONTRADICTION" not in shown


def test_a_forbidden_network_that_passes_gets_longer_words(tmp_path: Path) -> None:
    sweep = read_sweep(
        {
            "languages": ["parity"],
            "writing": ["parity"],
            "layers": ["diagonal [0,1]"],
            "seeds": 1,
            "training": {
                "steps": 150,
                "batch": 32,
                "max_length": 3,
                "start_length": 1,
                "learning_rate": 0.01,
            },
            "network": {"width": 16, "heads": 2},
            "test": {"lengths": [3], "words": 50, "worst_length": 4},
        }
    )
    found = sweep.run(tmp_path / "runs", tmp_path / "certificates")
    ((one,),) = found.cells
    (only,) = one.seeds
    assert (one.finding, only.test_accuracy) == (Finding.FINITE_LENGTH_PASS, 1.0)
    longer = only.longer
    assert longer is not None
    assert (longer.length, longer.searched_to) == (12, 16)
    assert longer.failing is not None
    assert longer.failing > 3
    (line,) = (note for note in found.table().notes if note.startswith("CONTRADICTION"))
    assert f"; longer words: {show_share(longer.accuracy)} right at length 12, shortest" in line
    assert line.endswith(f"failing word found: {longer.failing})")
    titles, row = found.table().records or ((), ())
    assert dict(zip(titles, row[0], strict=True))["longer_failing"] == longer.failing
