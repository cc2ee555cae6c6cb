"""`monoscan predict` and `monoscan construct` as a user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from helpers.command_line import run_here

from monoscan.proofs_check.checked import Outcome
from monoscan.proofs_check.run_checker import CheckResult
from monoscan.proofs_check.verify_prediction import PredictionFinding


def predict(folder: Path, *arguments: str):
    return run_here(folder, "monoscan", "predict", *arguments)


def construct(folder: Path, *arguments: str):
    return run_here(folder, "monoscan", "construct", *arguments)


def test_a_prediction_with_each_verdict(tmp_path: Path) -> None:
    done = predict(
        tmp_path,
        "--language",
        "parity",
        "--class",
        "mamba",
        "--class",
        "deltanet",
        "--class",
        "gru",
    )
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[:4] == [
        "any finite number of layers",
        "exact: exact arithmetic, finitely many reachable states",
        "threshold: exact arithmetic, any states, read-outs by thresholds",
        "rounded: some finite number format that saturates, every operation rounded",
    ]
    titles = ["name", "transitions", "exact", "threshold", "rounded"]
    assert re.split("  +", lines[5].strip()) == titles
    evidence = dict(re.findall(r"^\((\d+)\) (.*)$", done.stdout, re.M))
    words = [
        [re.sub(r"\((\d+)\)$", lambda found: _id(evidence[found[1]]), cell) for cell in row]
        for row in (re.split("  +", line.strip()) for line in lines[6:13])
    ]
    no = ["no psd-products-aperiodic", "no threshold-star-free", "no monotone-rounding"]
    yes = ["yes, 1 layer certified"] * 3
    of_one_factor = ["no psd-products-aperiodic", "no threshold-letters-settle"]
    of_one_factor.append("yes, 1 layer certified")
    assert words == [
        ["mamba, as released (convolution 4)", "diag(a), a in [0, 1]^n", *no],
        ["mamba, extended (convolution 4)", "diag(a), a in [-1, 1]^n", *yes],
        ["mamba, no convolution", "diag(a), a in [0, 1]^n", *no],
        ["deltanet, as released (convolution 4)", "I - b k k^T, b in [0, 1]", *of_one_factor],
        ["deltanet, extended (convolution 4)", "I - b k k^T, b in [0, 2]", *yes],
        ["deltanet, no convolution", "I - b k k^T, b in [0, 1]", *of_one_factor],
        ["gru, as released", "a non-linear recurrence", "cited: yes cited"],
    ]
    # With the convolution as well once Coq has networks with delays.
    assert re.search(r"formal: the word 1 moves 2 states in a cycle \(psd-products", done.stdout)
    assert "formal: Coq has proved that lemma for the networks of the row" in done.stdout
    assert ") certified: abelian-one-layer, 1 layer, 2 joint states" in done.stdout
    assert "16 certificates in certificates/predict-parity: 10 incomplete, 6 valid." in done.stdout
    assert "mamba: Released: exp(-dt a), in (0, 1). The convolution stands before" in done.stdout
    assert "'mamba, as released, open'" in done.stdout
    assert "monoscan show LEMMA" in done.stdout


def _id(line: str) -> str:
    """Of a line of evidence the lemma in brackets, or what it begins with after its kind."""
    lemma = re.search(r"\(([a-z-]+)\)$", line)
    return lemma[1] if lemma else re.split("[,:;]", line.removeprefix("unknown: "))[0]


def test_names_that_ask_the_same_are_one_row(tmp_path: Path) -> None:
    named = ("--architecture", "gla, released", "--class", "mingru, released", "--class", "dense")
    shown = predict(tmp_path, "--language", "parity", *named).stdout
    assert "  gla, as released; mingru, as released  " in shown
    told = json.loads(predict(tmp_path, "--language", "parity", *named, "--json").stdout)
    assert [row["name"] for row in told["predictions"]] == [
        *("gla", "gla", "gla", "mingru", "mingru", "mingru", "dense", "dense", "dense")
    ]


def test_one_arithmetic_can_be_asked_for(tmp_path: Path) -> None:
    options = ("--language", "parity", "--class", "mamba", "--semantics", "op-round")
    lines = predict(tmp_path, *options).stdout.splitlines()
    assert lines[0].endswith("; some finite number format that saturates, every operation rounded")
    assert re.split("  +", lines[1].strip()) == ["name", "transitions", "rounded"]
    found = json.loads(predict(tmp_path, *options, "--json").stdout)["predictions"]
    assert {row["semantics"] for row in found} == {"op-round"}


COMPARED = "Compare open ranges with open ones only"
INCLUDED = "[0, 1] includes its ends"
BY_NAME = "Open ranges are asked for by name"


@pytest.mark.parametrize(
    ("names", "said", "not_said"),
    [
        (
            ("mamba", "mamba-3"),
            (
                f"{COMPARED}: what a range can do may rest on its ends. Open are mamba-3, as "
                "released, open; mamba-3, no trapezoid.",
                INCLUDED,
                f"{BY_NAME}: 'mamba, as released, open'.",
            ),
            (),
        ),
        (("lru", "pd-ssm"), (), (COMPARED, INCLUDED, BY_NAME)),
        (("mamba, open",), (), (COMPARED, INCLUDED, BY_NAME)),
        (("mamba-3",), (), (COMPARED, INCLUDED, BY_NAME)),
        (
            ("mamba", "gla released", "deltanet, extended, open"),
            (COMPARED, f"{BY_NAME}: 'mamba, as released, open', 'gla, as released, open'."),
            (),
        ),
    ],
)
def test_notes_on_ends_stand_where_they_are_true(
    tmp_path: Path, names: tuple[str, ...], said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    options = [text for name in names for text in ("--class", name)]
    shown = predict(tmp_path, "--language", "parity", *options).stdout
    assert all(text in shown for text in said)
    assert not [text for text in not_said if text in shown]


def test_a_table_that_mixes_ranges_says_so_beside_it(tmp_path: Path) -> None:
    command = ("table", "solvability", "--language", "flip-flop", "--depth", "1")
    mixed = run_here(tmp_path, "monoscan", *command, "--class", "mamba", "--class", "rwkv-7")
    assert COMPARED in mixed.stderr
    plain = run_here(tmp_path, "monoscan", *command, "--class", "mamba")
    assert (plain.exit_code, plain.stderr) == (0, "")


def test_json_names_files_that_the_checker_has_seen(tmp_path: Path) -> None:
    options = ("--class", "deltanet [-1,1]", "--depth", "1", "--semantics", "exact", "--json")
    done = predict(tmp_path, "--language", "s3", *options)
    (answer,) = json.loads(done.stdout)["predictions"]
    assert (answer["name"], answer["variant"]) == ("deltanet", "extended")
    assert answer["transitions"] == "I - b k k^T, b in [0, 2]"
    assert (answer["status"], answer["depth"], answer["class"]) == (
        "not-expressible",
        1,
        "householder",
    )
    assert answer["certificates"][0]["verdict"] == "incomplete"
    assert (tmp_path / answer["certificates"][0]["file"]).exists()


@pytest.mark.parametrize(
    ("language", "name", "expected"),
    [
        ("starts-with-a", "rwkv-5", ["expressible", "not-expressible"]),
        ("ends-with-ab", "rwkv-4", ["expressible", "not-expressible"]),
        ("aa-star", "retnet", ["expressible"]),
        ("aa-star", "hgrn", ["expressible", "not-expressible"]),
        ("ends-with-ab", "Mamba3", ["expressible", "expressible", "not-expressible"]),
        ("parity", "kda", ["not-expressible", "expressible", "not-expressible"]),
        ("parity", "DeltaProduct 2", ["expressible", "not-expressible", "expressible"]),
        ("parity", "comba", ["expressible", "expressible"]),
        ("tomita-4", "mamba", ["expressible", "expressible", "not-expressible"]),
        ("tomita-4", "mamba-2", ["expressible", "expressible", "not-expressible"]),
    ],
)
def test_a_name_answers_in_each_of_its_ranges(
    tmp_path: Path, language: str, name: str, expected: list[str]
) -> None:
    exact = ("--semantics", "exact", "--json")
    done = predict(tmp_path, "--language", language, "--class", name, *exact)
    answers = json.loads(done.stdout)["predictions"]
    assert [answer["status"] for answer in answers] == expected
    assert len({answer["variant"] for answer in answers}) == len(answers)


def test_without_a_class_every_class_answers(tmp_path: Path) -> None:
    done = predict(tmp_path, "--regex", "(a|b)*b", "--alphabet", "ab", "--json")
    answers = json.loads(done.stdout)["predictions"]
    assert len({(row["class"], row["semantics"]) for row in answers}) == len(answers) >= 50
    assert len({row["class"] for row in answers}) >= 26


def test_two_languages_do_not_share_a_folder(tmp_path: Path) -> None:
    for regex in ("(a|b)*b", "(a|b)*a"):
        predict(tmp_path, "--regex", regex, "--alphabet", "ab", "--class", "mamba")
    assert len(list((tmp_path / "certificates").iterdir())) == 2


def test_what_rounding_changes_stands_beside_it(tmp_path: Path) -> None:
    shown = predict(tmp_path, "--language", "ends-with-ab", "--class", "diagonal-nonnegative")
    (row,) = (line for line in shown.stdout.splitlines() if "diagonal-nonnegative " in line)
    assert re.split("  +", row.strip())[2:] == [
        "no (1)",
        "yes, 1 layer (2)",
        "yes, <= 3 layers (3)",
    ]


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("parity", "deltanet, extended"),
        ("parity", "rwkv-7, c = 2"),
        ("parity", "gated-householder"),
        ("parity", "comba released"),
        ("tomita-4", "mamba released"),
        ("ends-with-ab", "mamba-2, released"),
        ("ends-with-ab", "mamba, open gates"),
        ("ends-with-ab", "rwkv-7, released"),
        ("starts-with-a", "rwkv-4, released"),
        ("s3", "rwkv-7, extended"),
        ("s3", "gateloop, closed"),
        ("s3", "deltaproduct-7, released"),
        ("aa-star", "hgrn, as in the paper"),
        ("ends-with-ab", "deltaproduct-3 [0,1]"),
        ("subword-ab", "Gated DeltaNet, as released"),
    ],
)
def test_what_is_written_is_verified_in_its_class(tmp_path: Path, language: str, name: str) -> None:
    written = construct(tmp_path, "--language", language, "--class", name, "-o", "net.json")
    assert written.exit_code == 0
    assert f"monoscan verify --lrnn net.json --language {language}" in written.stdout
    verified = run_here(
        tmp_path, "verify", "--lrnn", "net.json", "--language", language, "--class", name
    )
    assert (verified.exit_code, verified.stdout.splitlines()[0]) == (0, "proved")


def test_a_rounded_network_is_verified_by_the_printed_command(tmp_path: Path) -> None:
    arguments = ("--language", "ends-with-ab", "--class", "diagonal-nonnegative")
    arguments = (*arguments, "--semantics", "op-round")
    written = construct(tmp_path, *arguments, "-o", "net.json", "--json")
    command = json.loads(written.stdout)["verify"].split()
    assert run_here(tmp_path, *command).stdout.splitlines()[0] == "proved"


PARITY = ("--language", "parity")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            (*PARITY, "--class", "mamba [0,1]", "-o", "x.json"),
            1,
            "no network recognises this language",
        ),
        ((*PARITY, "--class", "gru", "-o", "x.json"), 2, "gru is no linear RNN (a non-linear"),
        (
            (*PARITY, "--class", "griffin", "-o", "x.json"),
            2,
            "griffin is no linear RNN (diagonal layers with entries in [0, 1], and attention)",
        ),
        ((*PARITY, "--class", "transformer", "-o", "x.json"), 2, "transformer is no linear RNN"),
        ((*PARITY, "-o", "x.json"), 2, "give either --architecture NAME or --construction ID"),
        ((*PARITY, "--class", "deltanet"), 2, "say where the network goes: -o FILE.json"),
        (
            (*PARITY, "--class", "delta", "-o", "x.json"),
            2,
            "there is no architecture or model class 'delta'; nearest: deltanet",
        ),
        (
            (*PARITY, "--class", "kda", "-o", "x.json"),
            2,
            "kda has more than one variant; say which:\n  'kda, as released' ",
        ),
        (
            (*PARITY, "--class", "kda, complex", "-o", "x.json"),
            2,
            "kda has no variant 'complex'; expected one of\n  'kda, as released'",
        ),
        (
            (*PARITY, "--construction", "magic", "-o", "x.json"),
            2,
            "no construction 'magic'",
        ),
        ((*PARITY, "--construction", "leaky-cascade", "-o", "x.json"), 3, "not aperiodic"),
        (
            (*PARITY, "--construction", "scalar-parity", "--depth", "0", "-o", "x.json"),
            2,
            "--depth 0: expected any, or a number of layers from 1 to 1,000",
        ),
        (
            ("--language", "s3", "--construction", "root-cascade", "--depth", "1", "-o", "x.json"),
            3,
            "more than the depth 1",
        ),
        (
            ("--language", "ends-with-ab", "--construction", "leaky-cascade", "-o", "x.json"),
            2,
            "made for rounded and not for exact",
        ),
        (
            (
                "--language",
                "s4",
                "--class",
                "diagonal-complex",
                "--max-states",
                "10",
                "-o",
                "x.json",
            ),
            3,
            "unknown (diagonal-complex",
        ),
        (
            (*PARITY, "--class", "householder", "-o", "no/such/x.json"),
            2,
            "cannot write no/such/x.json",
        ),
        (("--class", "deltanet", "-o", "x.json"), 2, "say which language"),
    ],
)
def test_construct_ends_with_a_reason(
    tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = construct(tmp_path, *arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert not (tmp_path / "x.json").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*PARITY, "--class", "zzz"), "there is no architecture or model class 'zzz'"),
        ((*PARITY, "--class", "aussm"), "numbers of modulus exactly 1"),
        (
            (*PARITY, "--class", "deltaproduct"),
            "needs its number of factors, such as deltaproduct-2",
        ),
        (
            (*PARITY, "--class", "deltaproduct-0"),
            "'deltaproduct-0': N is 0; expected a number from 2",
        ),
        ((*PARITY, "--class", "deltaproduct-65"), "'deltaproduct-65': N is 65"),
        ((*PARITY, "--depth", "many"), "--depth many: expected any, or a number of layers"),
        ((*PARITY, "--semantics", "vague"), "--semantics vague: expected one of exact, "),
        ((*PARITY, "--max-states", "0"), "--max-states 0: expected a whole number"),
        ((*PARITY, "--regex", "1"), "say which language"),
        (("--automaton", "absent.json"), "absent.json"),
    ],
)
def test_predict_refuses_bad_input(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    done = predict(tmp_path, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = predict(tmp_path, *PARITY, "--class", "mamba", "--certificates", "file")
    assert done.exit_code == 2
    assert "choose another folder with --certificates" in done.stderr


def test_too_much_for_the_checker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CheckResult, "is_over_limit", True)
    monkeypatch.setattr(
        PredictionFinding, "outcome", lambda *_: Outcome("unknown", 4, "over a limit")
    )
    done = predict(tmp_path, "--language", "parity", "--class", "diagonal-real")
    assert done.exit_code == 4
    assert "  ? (1)" in done.stdout
    assert "(1) unknown: a certificate is over a limit of the checker" in done.stdout
