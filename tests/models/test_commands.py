"""`monoscan train`, `evaluate` and `spectra`, with every kind of bad input."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path

import pytest
import torch
from helpers.command_line import besides_language, fails, run, run_here
from typer.main import get_command

from monoscan.cli.commands import command_app
from monoscan.models.layers import all_layer_kinds
from monoscan.models.model import ModelConfig, SequenceModel
from monoscan.models.run_checkpoint import Record
from monoscan.models.train import load_run

SMALL = ("--width", "16", "--heads", "2", "--max-length", "8", "--batch", "16", "--steps", "4")
PARITY = (
    "train",
    "--language",
    "parity",
    "--layer",
    "deltanet",
    "--range=-1,1",
    *SMALL,
    "--convolution",
    "0",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs")
    answer = run_here(path, "monoscan", *PARITY, "--seed", "0", "-o", "RUN")
    assert answer.exit_code == 0, answer.stderr
    return path


def test_training_says_what_came_out(folder: Path) -> None:
    answer = run_here(folder, "monoscan", *PARITY, "-o", "RUN")
    assert answer.exit_code == 0
    assert "deltanet [-1,1] (householder)" in answer.stdout
    assert "seed 0: 4 steps" in answer.stdout
    assert "monoscan evaluate RUN --lengths 64,256" in answer.stdout


def test_options_come_before_those_of_the_tier(folder: Path) -> None:
    place = PARITY.index("--batch")
    kept = PARITY[:place] + PARITY[place + 2 :]
    for name, options, expected in (
        ("QUICK", (), (128, 0, 4)),
        ("STANDARD", ("--tier", "standard"), (1024, 4096, 2)),
        ("SHORT", ("--tier", "standard", "--max-length", "1"), (1024, 4096, 1)),
        ("GIVEN", ("--tier", "standard", "--letters", "64", "--start-length", "3"), (1024, 64, 3)),
    ):
        answer = run_here(folder, "monoscan", *kept, *options, "-o", name)
        assert answer.exit_code == 0, answer.stderr
        training = load_run(folder / name).config.training
        assert (training.batch, training.letters, training.start_length) == expected


def test_how_words_grow_and_the_learning_rate_falls_can_be_chosen(folder: Path) -> None:
    options = ("--curriculum", "full", "--annealing", "constant", "-o", "FULL")
    assert run_here(folder, "monoscan", *PARITY, *options).exit_code == 0
    training = load_run(folder / "FULL").config.training
    assert (training.curriculum, training.annealing) == ("full", "constant")
    answer = run_here(folder, "monoscan", *PARITY, "--curriculum", "slow", "-o", "OTHER")
    assert answer.exit_code == 2
    assert "unknown curriculum 'slow'; expected gated or fixed or full" in answer.stderr


def test_a_range_may_follow_after_a_space(folder: Path) -> None:
    options = tuple(part for part in PARITY if not part.startswith("--range"))
    answer = run_here(folder, "monoscan", *options, "--range", "-1,1", "-o", "RUN", "--json")
    assert json.loads(answer.stdout)["range"] == "[-1,1]"


@pytest.mark.parametrize("name", ["afile", "afile/x"])
def test_a_folder_that_cannot_be_made_is_found_out_before_training(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "afile").touch()
    monkeypatch.setattr("monoscan.models.train.train", lambda *_: pytest.fail("it trained"))
    said = fails(tmp_path, "monoscan", *PARITY, "-o", name)
    assert said.startswith(f"error: cannot write to {name}: Not a directory")
    assert said.endswith("; choose another folder with -o\n")
    assert said.count("\n") == 1


def test_the_prediction_is_compared_at_the_end(folder: Path) -> None:
    answer = run_here(folder, "monoscan", *PARITY, "-o", "RUN")
    assert "prediction: 1 layer of householder can recognise it at all lengths" in answer.stderr
    assert "learnability gap: weights that do it exist" in answer.stdout
    other = tuple(part.replace("-1,1", "0,1") for part in PARITY)
    answer = run_here(folder, "monoscan", *other, "-o", "FORBIDDEN")
    assert "no network of 1 layer of householder-nonnegative recognises it" in answer.stderr
    assert "as predicted it has not learned it" in answer.stdout
    answer = run_here(folder, "monoscan", *other, "-o", "FORBIDDEN", "--json")
    value = json.loads(answer.stdout)
    assert value["prediction"]["verdict"] == "not-expressible"
    assert value["comparison"] == "as predicted it has not learned it"
    assert "prediction" not in answer.stderr


def test_training_with_the_law_says_what_it_was_told(folder: Path) -> None:
    options = (*PARITY, "--law", "1", "-o", "LAW")
    answer = run_here(folder, "monoscan", *options)
    assert answer.exit_code == 0, answer.stderr
    assert (
        "trained with the law, so it was told the automaton: this is what training can reach"
        in (answer.stdout)
    )
    value = json.loads(run_here(folder, "monoscan", *options, "--json").stdout)
    assert value["law"]["error"] > 0
    assert value["law"]["gap"] > 0
    value = json.loads(run_here(folder, "monoscan", *PARITY, "-o", "RUN", "--json").stdout)
    assert value["law"] is None


def test_how_long_the_rest_takes_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    from monoscan.cli import train as command

    seconds = iter([10.0, 11.0, 13.0])
    monkeypatch.setattr(command, "monotonic", lambda: next(seconds))
    lines: list[str] = []
    report = command._shown_on(lines.append, 101)
    for step in (1, 2, 3):
        report(Record(step, 0.5, 0.75, 4, 0.1))
    assert lines == [
        "step 1 of 101: loss 0.5000, 75.0% right at length 4",
        "step 2 of 101, about 99 s left: loss 0.5000, 75.0% right at length 4",
        "step 3 of 101, about 2 min left: loss 0.5000, 75.0% right at length 4",
    ]


def test_small_networks_have_one_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[int] = []
    monkeypatch.setattr(torch, "set_num_threads", used.append)
    assert run_here(tmp_path, "monoscan", *PARITY, "-o", "ONE").exit_code == 0
    assert used[0] == 1
    used.clear()
    assert run_here(tmp_path, "monoscan", *PARITY, "-o", "TWO", "--threads", "2").exit_code == 0
    assert used[0] == 2
    said = fails(tmp_path, "monoscan", *PARITY, "-o", "NONE", "--threads", "0")
    assert "--threads 0: expected a whole number of at least 1" in said


def test_training_as_json(folder: Path) -> None:
    answer = run_here(folder, "monoscan", *PARITY, "-o", "RUN", "--json")
    value = json.loads(answer.stdout)
    assert (value["model_class"], value["steps"], value["seed"]) == ("householder", 4, 0)
    assert set(value["validation"]["token_accuracy"]) == {"value", "low", "high"}


def test_evaluation(folder: Path) -> None:
    answer = run_here(folder, "monoscan", "evaluate", "RUN", "--lengths", "8,32", "--words", "50")
    assert answer.exit_code == 0
    assert [line.split()[0] for line in answer.stdout.splitlines()[1:3]] == ["8", "32"]
    answer = run_here(
        folder, "monoscan", "evaluate", "RUN", "--lengths", "8", "--words", "50", "--json"
    )
    assert json.loads(answer.stdout)["lengths"][0]["n_words"] == 50


def test_spectra(folder: Path) -> None:
    answer = run_here(folder, "monoscan", "spectra", "RUN", "--max-length", "2")
    assert [line.split()[2] for line in answer.stdout.splitlines()[1:5]] == ["0", "0", "1", "1"]
    value = json.loads(run_here(folder, "monoscan", "spectra", "RUN", "--json").stdout)
    assert [len(s["eigenvalues"]) for s in value["spectra"]] == [8, 8, 8, 8]


@pytest.mark.slow
def test_in_a_process(tmp_path: Path) -> None:
    answer = run(tmp_path, "monoscan", *PARITY, "--tier", "quick", "-o", "RUN")
    assert answer.returncode == 0, answer.stderr
    said = besides_language(answer.stderr).splitlines()
    # A slow machine shows how far it is.
    said = [line for line in said if not line.startswith("step ")]
    assert said == [
        "prediction: 1 layer of householder can recognise it at all lengths: "
        "abelian-one-layer, 1 layer, 2 joint states"
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--language", "parrity"), "there is no language 'parrity'; nearest: parity"),
        (("--layer", "deltanett"), "unknown layer 'deltanett'; nearest: deltanet"),
        (("--layer", "griffin"), "griffin is a stack with attention; train its layer rg-lru"),
        (("--layer", "deltaproduct-2", "--n-h", "3"), "has 2 factors, and n_h is 3"),
        (("--layer", "deltaproduct-65"), "'deltaproduct-65': N is 65"),
        (("--layer", "minlstm"), "no layer here has the transition matrices of 'minlstm'; of the"),
        (("--layer", "xyz"), "unknown layer 'xyz'; such as deltanet, gla or mamba; all: monoscan"),
        (
            ("--layer", "rwkv-7, as released", "--range=0,1", "--parametrisation", "clamp"),
            "leaves out the ends of its range, and the parametrisation clamp reaches them",
        ),
        (("--layer", "comba"), "of 'comba'; expected one of ckda, deltanet"),
        (("--layer", "mamba, complex"), "mamba has no variant 'complex'"),
        (("--layer", "mamba3"), "mamba3 has no range [-1,1]; say which: 'mamba-3"),
        (("--layer", "diagonal", "--range="), "range of eigenvalues the layer diagonal has: 0,1"),
        (("--range=2",), "unknown range '2'; expected 0,1 or -1,1 or complex"),
        (("--range=complex",), "the layer deltanet cannot have the range complex; expected"),
        (("--layer", "gru"), "the layer gru cannot have the range [-1,1]; expected none"),
        (("--heads", "3"), "3 heads do not divide the width 16; expected one of 1, 2, 4, 8, 16"),
        (("--max-length", "0"), "max_length is 0; expected at least 1"),
        (("--start-length", "9"), "start_length is 9, above max_length 8; expected at most that"),
        (
            ("--letters", "7"),
            "letters is 7, below max_length 8, so that no word of that length fits",
        ),
        (("--letters", "-1"), "letters is -1; expected at least 0"),
        (("--tier", "slow"), "unknown tier 'slow'; expected quick or standard"),
        (("--seed", "-1"), "seed is -1; expected at least 0"),
        (("--device", "cuda:99"), "the device cuda:99 was asked for, but torch finds"),
        (("--device", "tpu"), "unknown device 'tpu'"),
        (("--n-h", "2"), "has one factor a token; use deltaproduct"),
        (("--targets", "none"), "unknown targets 'none'; expected every or last"),
        (("-o", ""), "say where the run goes: -o FOLDER"),
        (("-o", "file/RUN"), "cannot write to file/RUN: "),
        (("--seed", "1"), "is of another configuration (seed: there 0, now 1)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_training_that_cannot_be(folder: Path, changed: tuple[str, ...], said: str) -> None:
    (folder / "file").touch()
    changed = tuple(part for part in changed if part or changed[0] == "-o")
    assert said in fails(folder, "monoscan", *PARITY, "-o", "RUN", *changed)


def test_layers_with_one_range_need_none_named(folder: Path) -> None:
    options = ("train", "--language", "parity", "--layer", "gru", *SMALL, "-o", "GRU")
    assert run_here(folder, "monoscan", *options).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", "absent"), "there is no checkpoint absent"),
        (("evaluate", "RUN", "--lengths", "8,0"), "--lengths 8,0: expected lengths of at least 1"),
        (
            ("evaluate", "RUN", "--lengths", ""),
            "--lengths '': expected lengths",
        ),
        (("evaluate", "RUN", "--words", "0"), "--words 0: expected a whole number"),
        (("evaluate", "RUN", "--device", "cuda:99"), "the device cuda:99 was asked for"),
        (("spectra", "absent"), "there is no checkpoint absent"),
        (("spectra", "text.txt"), "text.txt is a file; expected the folder of a run"),
        (("evaluate", "text.txt"), "no safetensors file; expected one that `monoscan train` or"),
        (("evaluate", "RUN/checkpoint.safetensors"), "of a run of `monoscan train`, give the fold"),
        (("spectra", "RUN", "--max-length", "0"), "the length of words is 0; expected at least 1"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_runs_that_cannot_be(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    (folder / "text.txt").write_text("somebody's notes", encoding="utf-8")
    assert said in fails(folder, "monoscan", *arguments)


def test_a_truncated_run(folder: Path) -> None:
    (folder / "CUT").mkdir(exist_ok=True)
    whole = (folder / "RUN" / "checkpoint.safetensors").read_bytes()
    (folder / "CUT" / "checkpoint.safetensors").write_bytes(whole[: len(whole) // 2])
    assert "it is truncated or no" in fails(folder, "monoscan", "evaluate", "CUT")


def test_numbers_that_are_not_finite(tmp_path: Path) -> None:
    options = (*PARITY, "--steps", "200", "--learning-rate", "1e39", "-o", "RUN")
    said = fails(tmp_path, "monoscan", *options)
    assert "error: training stopped at step " in said
    assert "try a smaller learning rate" in said


def test_a_network_that_does_not_fit(tmp_path: Path) -> None:
    options = (*PARITY, "--batch", str(2**50), "-o", "RUN")
    said = fails(tmp_path, "monoscan", *options, code=4)
    assert f"out of memory with {2**50} words of length 4" in said


def test_parameters_that_do_not_fit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(_self: SequenceModel, _config: ModelConfig) -> None:
        torch.empty(2**60, dtype=torch.uint8)

    monkeypatch.setattr(SequenceModel, "__init__", build)
    said = fails(folder, "monoscan", *PARITY, "-o", "LARGE", code=4)
    assert "out of memory with the parameters of a network of width 16 and depth 1: can" in said
    assert "choose a smaller width or depth" in said


@pytest.mark.parametrize("command", ["train", "evaluate", "spectra"])
def test_without_torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *a: None if name == "torch" else found(name, *a)
    )
    arguments = () if command == "train" else ("RUN",)
    said = fails(tmp_path, "monoscan", command, *arguments)
    assert (
        f"monoscan {command} needs torch; install them with pip install 'monoscan[models]'" in said
    )
    assert torch.__version__  # it was there all the time


def test_the_page_names_every_layer_with_its_ranges() -> None:
    page = (Path(__file__).parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
    rows = []
    for kind in all_layer_kinds():
        ranges = ", ".join(f"`{name.strip('[]')}`" for name in kind.ranges if name != "none")
        rows.append(f"| `{kind.id}` | {ranges} | {kind.source} |")
    assert "\n".join(["| layer | ranges | source |", "|---|---|---|", *rows]) in page


def test_the_page_names_options_that_there_are(folder: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "training.md").read_text(encoding="utf-8")
    known = {"--regex"}
    for name in ("train", "evaluate", "learned", "spectra", "table"):
        options = get_command(command_app(name)).params
        known |= {opt for p in options for opt in (*p.opts, *p.secondary_opts)}
    assert set(re.findall("--[a-z-]+[a-z]", page)) <= known
    lines = re.findall(r"^    monoscan ((?!table).*)$", page, re.MULTILINE)
    assert {line.split()[0] for line in lines} == {"train", "evaluate", "spectra"}
    for line in lines:
        # The last value of an option counts.
        short = ("--words", "20", "--worst-letters", "99") if line.startswith("evaluate") else ()
        small = SMALL if line.startswith("train") else short
        assert run_here(folder, "monoscan", *line.split(), *small).exit_code == 0, line
