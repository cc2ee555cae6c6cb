"""Each option of each command, given a bad value: exit code 2, and a message that helps."""

from __future__ import annotations

import inspect
import shutil
from pathlib import Path
from typing import get_args

import pytest
from helpers.command_line import fails, run_here, scalar, write
from typer.main import get_command

from monoscan.cli.commands import COMMANDS, command_app

RECORDED = Path(__file__).parents[1] / "models" / "released" / "recorded"
PARITY = ("--language", "parity")
GOOD = {
    "verify": ("--lrnn", "net.json", *PARITY),
    "analyze": PARITY,
    "predict": (*PARITY, "--architecture", "mamba"),
    "construct": (*PARITY, "--architecture", "diagonal-real", "-o", "out.json"),
    "compile": (*PARITY, "--architecture", "diagonal-real", "-o", "out.pt"),
    "convert": (*PARITY, "-o", "out.json"),
    "horizon": (*PARITY, "--construction", "scalar-parity", "--number-format", "bf16"),
    "table": ("solvability", *PARITY, "--architecture", "mamba"),
    "sweep": ("sweep.toml",),
    "report": (*PARITY, "--architecture", "mamba"),
    "train": (*PARITY, "--layer", "gru", "--steps", "1", "--width", "4", "-o", "RUN"),
    "evaluate": ("RUN",),
    "spectra": ("RUN",),
    "learned": ("RUN",),
    "snap": ("RUN",),
    "inspect": ("NET", "--ids", "2"),
    "check": ("net.json",),
    "list": (),
    "show": ("householder-product-2", "--symbolic"),
}
"""For each command, what it takes besides the option that is bad."""

NUMBER, POSITIVE = "expected a whole number", "expected a whole number of at least 1"
LANGUAGE = {
    "--language": ("parrity", "nearest: parity"),
    "--regex": ("(a", "add ')'"),
    "--past-ltl": ("F a", "only past LTL is read"),
    "--group": ("(1 x)", "written in cycles of points"),
    "--automaton": ("absent.jff", "give a readable file"),
    "--alphabet": ("aa", "keep one of them"),
    "--symbols": ("absent.syms", "give a readable file"),
    "--ignore": ("cost", "leave it out"),
}
BAD: dict[str, tuple[str, str]] = {
    "--engine": ("slurm", "expected one of local, ray"),
    "--address": ("nowhere:1", "give --engine ray too"),
    **LANGUAGE,
    "--annealing": ("none", "expected cosine or constant"),
    "--architecture": ("mambo", "nearest: mamba"),
    "--backend": ("fast", "expected auto, reference"),
    "--batch": ("0", "expected at least 1"),
    "--budget": ("0", POSITIVE),
    "--certificates": ("net.json", "another folder"),
    "--change": ("sigmoidd", "did you mean sigmoid?"),
    "--check-length": ("-1", NUMBER),
    "--check-words": ("0", POSITIVE),
    "--claim": ("parity", "nearest: parity-needs-negative-eigs"),
    "--columns": ("three", "expected one or two"),
    "--construction": ("scalar", "nearest: scalar-parity"),
    "--convolution": ("-1", "expected 0 to"),
    "--corpus": ("absent", "expected stdlib or a folder"),
    "--curriculum": ("slow", "expected gated"),
    "--depth": ("0", "expected"),
    "--device": ("cuda:99", "cpu"),
    "--expressions": ("1", "expected a number from 2"),
    "--figure": ("out.gif", "expected a name that ends in one of .svg"),
    "--figure-formats": ("gif", "expected some of svg"),
    "--format": ("pdf", "expected one of text"),
    "--ids": ("0", POSITIVE),
    "--heads": ("3", "expected one of 1, 2, 4"),
    "--law": ("-1", "expected at least 0"),
    "--layer": ("deltanett", "nearest: deltanet"),
    "--learning-rate": ("-1", "expected"),
    "--length": ("0", "expected"),
    "--lengths": ("8,0", "expected lengths of at least 1"),
    "--letters": ("-1", "expected at least 0"),
    "--lrnn": ("absent.json", "No such file"),
    "--max-length": ("0", "expected at least 1"),
    "--max-period": ("0", POSITIVE),
    "--max-prefix": ("-1", NUMBER),
    "--max-states": ("0", NUMBER),
    "--n-h": ("2", "use deltaproduct"),
    "--number-format": ("e4m", "did you mean e4m3"),
    "--order": ("sideways", "expected one of operations, matrix"),
    "--max-word": ("-1", NUMBER),
    "--operators": ("/", "expected some of"),
    "--parametrisation": ("tanh", "expected sigmoid, clamp"),
    "--readout": ("cubic", "expected full or linear"),
    "--precision": ("fp8", "expected fp32"),
    "--processes": ("-1", NUMBER),
    "--range": ("2", "expected"),
    "--runs": ("net.json", "choose another folder with --runs"),
    "--seed": ("-1", "expected"),
    "--seeds": ("0", POSITIVE),
    "--semantics": ("vague", "expected"),
    "--start-length": ("0", "expected at least 1"),
    "--steps": ("0", "expected"),
    "--tag": ("zzz", "the tags are "),
    "--targets": ("first", "expected every or last"),
    "--text": ("absent.txt", "give a readable file"),
    "--threads": ("0", POSITIVE),
    "--tier": ("slow", "expected quick"),
    "--time-limit": ("0", "expected seconds, more than 0"),
    "--width": ("0", "expected 1 to"),
    "--words": ("most", "expected"),
    "--workers": ("-1", NUMBER),
    "--worst-length": ("0", "expected"),
    "--worst-letters": ("-1", "expected"),
    "-o": ("net.json/out", "choose another"),
}
"""For each option a bad value, and what the message says is expected or what is to be done."""

OF_COMMANDS = {
    ("verify", "--claim"): (),
    ("verify", "--tag"): (),
    ("verify", "--seed"): ("--claim", "gh-norm-le-one"),
    ("verify", "--lrnn"): PARITY,
    ("verify", "--number-format"): (*GOOD["verify"], "--semantics", "op-round"),
    ("compile", "--lrnn"): ("-o", "out.pt"),
    ("compile", "--construction"): (*PARITY, "-o", "out.pt"),
    ("compile", "--architecture"): (*PARITY, "-o", "out.pt"),
    ("horizon", "--lrnn"): PARITY,
    ("horizon", "--construction"): PARITY,
    ("horizon", "--architecture"): PARITY,
    ("construct", "--construction"): (*PARITY, "-o", "out.json"),
    ("construct", "--architecture"): (*PARITY, "-o", "out.json"),
    ("table", "--language"): ("solvability",),
    ("table", "--regex"): ("solvability", "--alphabet", "ab"),
    ("table", "--alphabet"): ("solvability", "--regex", "a"),
    ("table", "--change"): ("ablations",),
    ("table", "--layer"): ("quick",),
    ("table", "--runs"): ("ablations", "--seeds", "1", "--steps", "1"),
    ("table", "--seeds"): ("quick",),
    ("table", "--steps"): ("quick",),
    ("table", "--workers"): ("quick",),
    ("train", "--corpus"): ("-o", "X"),
    ("train", "--expressions"): ("-o", "X"),
    ("train", "--operators"): ("--expressions", "5", "-o", "X"),
    ("train", "--n-h"): (*PARITY, "--layer", "deltanet", "--range=0,1", "-o", "X"),
    ("train", "--range"): (*PARITY, "--layer", "deltanet", "-o", "X"),
    ("train", "--layer"): (*PARITY, "-o", "X"),
    ("inspect", "--ids"): ("NET",),
    ("inspect", "--text"): ("NET",),
    ("analyze", "--figure-formats"): (*PARITY, "--figure", "pictures"),
    ("analyze", "--figure"): PARITY,
    ("list", "--figure"): ("languages",),
}
"""Where the option goes with other things than usual."""

SWEEP = """
languages = ["parity"]
layers = ["deltanet [-1,1]"]
seeds = 1
training = {steps = 1}
network = {width = 4, heads = 1}
test = {words = 1, worst_length = 4}
"""
TABLES = (
    *(
        "verify",
        "horizon",
        "analyze",
        "predict",
        "table",
        "sweep",
        "evaluate",
        "spectra",
        "inspect",
        "list",
        "snap",
    ),
)
VALUES = {
    ("learned", "--max-states"): ("0", "expected"),
    ("analyze", "--figure"): ("net.json", "give a folder"),
    ("report", "-o"): ("out.gif", "expected a name that ends in .html"),
    ("evaluate", "--words"): ("0", POSITIVE),
    ("train", "-o"): ("net.json", "choose another folder"),
    ("convert", "-o"): ("out.gif", "give a file whose name ends in .json"),
    **{(name, "-o"): ("out.gif", "expected one of .txt, .md") for name in TABLES},
}
"""Where another value is bad."""


def options(*kinds: object) -> list[tuple[str, str]]:
    """Every option with a value, of every command; of these types only, if some are named."""
    found = []
    for name in COMMANDS:
        (info,) = command_app(name).registered_commands
        assert info.callback is not None
        annotated = inspect.signature(info.callback, eval_str=True).parameters
        for parameter in get_command(command_app(name)).params:
            if parameter.name in annotated and parameter.opts[0].startswith("-"):
                kind = get_args(annotated[str(parameter.name)].annotation)[0]
                if kind is not bool and (not kinds or kind in kinds):
                    found.append((name, parameter.opts[0]))
    return found


def without_language(words: tuple[str, ...]) -> tuple[str, ...]:
    place = words.index("--language")
    return words[:place] + words[place + 2 :]


def beside(name: str, option: str) -> tuple[str, ...]:
    """What the command takes besides the option."""
    if option not in LANGUAGE or name in ("table", "inspect"):
        return OF_COMMANDS.get((name, option), GOOD[name])
    more = {
        "--regex": ("--alphabet", "ab"),
        "--past-ltl": ("--alphabet", "ab"),
        "--alphabet": ("--regex", "a"),
        "--symbols": ("--automaton", "words.att"),
        "--ignore": ("--automaton", "net.json"),
    }
    return (*without_language(GOOD[name]), *more.get(option, ()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with networks of several kinds and a machine."""
    folder = tmp_path_factory.mktemp("options")
    write(folder / "net.json", scalar(("-1", "1")))
    shutil.copytree(RECORDED / "delta_net", folder / "NET")
    (folder / "words.att").write_text("0 0 a a\n0\n", encoding="utf-8")
    (folder / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    assert run_here(folder, "monoscan", "train", *GOOD["train"]).exit_code == 0
    return folder


def said_about(folder: Path, name: str, option: str, value: str) -> str:
    """What a command says when an option has a bad value."""
    given = (f"{option}={value}",) if option.startswith("--") else (option, value)
    return fails(folder, "monoscan", name, *beside(name, option), *given)


@pytest.mark.parametrize(("name", "option"), options(), ids=" ".join)
def test_a_bad_value(folder: Path, name: str, option: str) -> None:
    value, expected = VALUES.get((name, option)) or BAD[option]
    before = sorted(folder.rglob("*"))
    said = said_about(folder, name, option, value)
    assert said.startswith("error: ")
    assert expected in said
    assert value in said
    assert len(said.splitlines()) <= 24
    assert sorted(folder.rglob("*")) == before


NUMBERS = options(int, float, int | None, float | None)


@pytest.mark.parametrize(("name", "option"), NUMBERS, ids=" ".join)
def test_what_is_no_number(folder: Path, name: str, option: str) -> None:
    assert f"error: {option} many: expected a " in said_about(folder, name, option, "many")


def test_what_is_no_option(folder: Path) -> None:
    for name in COMMANDS:
        said = fails(folder, "monoscan", name, *GOOD[name], "--no-such-option")
        assert "--no-such-option" in said
        assert said.endswith(f"see {'' if name == 'verify' else 'monoscan '}{name} --help\n")
