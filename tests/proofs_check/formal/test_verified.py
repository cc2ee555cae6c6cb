"""The proved checker agrees with the one in Python and with the simulator, where it can judge."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.certificate_rejections import INVALID, MALFORMED
from helpers.certificate_samples import SAMPLE_MAKERS, load_checker, seal, to_bytes
from helpers.command_line import fails, run_here
from helpers.effort import drawn
from helpers.naive_network import semantics_json
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from monoscan.proofs_check.formal.verified import (
    BUILD,
    VerifiedResult,
    build_verified,
    run_verified,
)
from monoscan.strategies.changes import changes
from monoscan.strategies.formats import number_formats, semantics_of
from monoscan.strategies.networks import networks, networks_of_values
from monoscan.strategies.transitions import transitions
from monoscan.theory.lrnn import LRNN, words_up_to
from monoscan.theory.lrnn_json import lrnn_to_json

COVERED = ("recognizer", "counterexample")
NOT_COVERED = (
    "the semantics (cast-unrolled|threshold|mixed-round|chunk-scan)"
    "|windows where every operation is rounded and a product has one factor"
    "|layers over a cyclotomic field|letters that act alike"
    "|numbers of a cyclotomic.*|a format that overflows to infinity"
)
GIVEN = Path(__file__).parents[3] / BUILD


@pytest.fixture(scope="module")
def program() -> Path:
    return build_verified(GIVEN)


def certificates() -> Iterator[Any]:
    """All samples of the covered kinds, all changes of one place, all that must be rejected."""
    for make in SAMPLE_MAKERS.values():
        sample = make()
        if sample["kind"] in COVERED:
            yield sample
            for change in changes(sample):
                yield change.certificate
    for rejection in (*INVALID, *MALFORMED):
        yield rejection.build()


def without_properties(certificate: Any) -> bytes:
    """Sealed again with no properties: those the proved checker does not look at."""
    if isinstance(certificate, dict):
        if isinstance(certificate.get("properties"), list):
            certificate = {**certificate, "properties": []}
        certificate = seal(certificate)
    return to_bytes(certificate)


def written(folder: Path, files: list[bytes]) -> list[Path]:
    paths = [folder / f"{number}.json" for number in range(len(files))]
    for path, data in zip(paths, files, strict=True):
        path.write_bytes(data)
    return paths


def judged(program: Path, paths: list[Path]) -> list[VerifiedResult]:
    parts = [paths[i : i + 500] for i in range(0, len(paths), 500)]
    return [result for part in parts for result in run_verified(program, part)]


@pytest.mark.formal
def test_both_checkers_accept_the_same_certificates(program: Path, tmp_path: Path) -> None:
    files = sorted({without_properties(certificate) for certificate in certificates()})
    checker, counts = load_checker(), Counter[tuple[str, str]]()
    for data, proved in zip(files, judged(program, written(tmp_path, files)), strict=True):
        first = checker.check(data)
        counts[first.verdict, proved.verdict] += 1
        if proved.verdict == "not-covered" and first.kind in COVERED:
            assert re.fullmatch(NOT_COVERED, proved.why), data
        elif proved.verdict != "not-covered":
            assert (first.verdict == "valid") == (proved.verdict == "valid"), (first, proved, data)
        assert not proved.contradicts(first.verdict, first.reason), (first, proved, data)
    assert counts["valid", "valid"] > 400
    assert counts["invalid", "invalid"] > 1_000
    assert counts["malformed", "invalid"] > 1_000
    assert "partial" not in {proved for _, proved in counts}


@pytest.mark.formal
def test_properties_are_named_and_not_passed(program: Path, tmp_path: Path) -> None:
    sample = SAMPLE_MAKERS["recognizer-parity-scalar"]()
    files = [to_bytes(seal({**sample, "properties": names})) for names in ([], ["diagonal"])]
    said = run_verified(program, written(tmp_path, files))
    assert said[0] == VerifiedResult("valid", "")
    assert said[1] == VerifiedResult("partial", "properties not looked at: diagonal")


@pytest.mark.formal
def test_windows_under_rounding_compare_what_is_written(program: Path, tmp_path: Path) -> None:
    """Of a product of one factor the program reads the factor, so it says nothing of its window."""
    sample = SAMPLE_MAKERS["recognizer-delay-sign-of-a-key-op-round"]()
    narrow = {**sample, "windows": ["1", "1"]}
    one_part = json.loads(json.dumps(sample))
    for layer in one_part["lrnn"]["layers"]:
        for case in layer.get("cases", []):
            case["A"] = {"kind": "blocks", "blocks": [case["A"]]}
    files = [without_properties(one) for one in (sample, narrow, one_part)]
    said = [result.verdict for result in run_verified(program, written(tmp_path, files))]
    assert said == ["valid", "invalid", "not-covered"]


WORDS = ["".join(word) for word in words_up_to(("0", "1"), 4)]


def expected_answers(name: str, number_format: Any, lrnn: LRNN) -> list[str]:
    meaning = semantics_of(name, number_format)
    found = []
    for word in WORDS:
        try:
            output = meaning.output(lrnn, word)
        except ValueError:  # a state without output
            found.append("none")
        else:
            found.append(str(output).lower() if isinstance(output, bool) else f"text {output}")
    return found


def proved_answers(program: Path, folder: Path, asked: list[tuple[Any, LRNN]]) -> list[list[str]]:
    """What the model in Coq answers to all of `WORDS`, for each semantics and network."""
    words = [list(word) for word in WORDS]
    bodies = [
        {"semantics": semantics, "lrnn": lrnn_to_json(lrnn), "words": words}
        for semantics, lrnn in asked
    ]
    paths = written(folder, [json.dumps(body).encode() for body in bodies])
    ended = subprocess.run(
        [program, "--answers", *paths], capture_output=True, text=True, check=True, timeout=600
    )
    lines = ended.stdout.splitlines()
    assert len(lines) == len(WORDS) * len(asked)
    return [lines[i : i + len(WORDS)] for i in range(0, len(lines), len(WORDS))]


def some_networks(name: str) -> Any:
    """A format with a network, with delays or none, that has a meaning under the semantics."""
    return st.integers(0, 2).flatmap(lambda delays: _some_networks(name, delays))


def _some_networks(name: str, delays: int) -> Any:
    depths = st.integers(1, 2 if delays else 3)
    if name != "exact":
        formats = number_formats(wrap=True)
        return formats.flatmap(
            lambda form: st.tuples(
                st.just(form),
                depths.flatmap(
                    lambda depth: networks_of_values(
                        form, depth=depth, normalised=name == "seq-round", delays=delays
                    )
                ),
            )
        )
    drawn = depths.flatmap(lambda depth: networks(transitions, depth=depth, delays=delays))
    return st.tuples(number_formats(), drawn)


@pytest.mark.formal
@pytest.mark.parametrize("name", ["exact", "seq-round", "op-round", "cast-unrolled"])
def test_the_model_in_coq_answers_like_the_simulator(
    name: str, program: Path, tmp_path: Path
) -> None:
    """With everything drawn 1,600 networks, 400 of each semantics."""
    networks_drawn: list[tuple[Any, LRNN]] = []

    @settings(
        max_examples=drawn(400, 120),
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(some_networks(name))
    def collect(found: tuple[Any, LRNN]) -> None:
        networks_drawn.append(found)

    collect()
    assert len(networks_drawn) >= drawn(400, 120)
    seen, delayed = Counter[bool](), Counter[bool]()
    for first in range(0, len(networks_drawn), 500):
        part = networks_drawn[first : first + 500]
        asked = [(semantics_json(name, form), lrnn) for form, lrnn in part]
        for (form, lrnn), found in zip(part, proved_answers(program, tmp_path, asked), strict=True):
            expected = expected_answers(name, form, lrnn)
            assert found == expected, (form, lrnn)
            seen[len(set(expected)) > 1] += 1
            delayed[lrnn.depth < len(lrnn.layers)] += 1
    assert seen[True] > 10
    assert min(delayed[True], delayed[False]) > 10


@pytest.mark.formal
@pytest.mark.usefixtures("program")
def test_the_command_says_what_was_covered(tmp_path: Path) -> None:
    sample = SAMPLE_MAKERS["recognizer-parity-scalar"]()
    plain = to_bytes(seal({**sample, "properties": []}))
    broken = to_bytes(seal({**sample, "properties": [], "states": sample["states"][:-1]}))
    (tmp_path / "plain.json").write_bytes(plain)
    (tmp_path / "broken.json").write_bytes(broken)
    (tmp_path / "other.json").write_bytes(to_bytes(SAMPLE_MAKERS["exhaustive-tiny-fixed"]()))
    (tmp_path / "build").mkdir()
    (tmp_path / BUILD).symlink_to(GIVEN)
    answer = run_here(tmp_path, "monoscan", "check", "--verified", "plain.json", "other.json")
    assert answer.exit_code == 0, answer.stderr
    lines = [line.split("\t") for line in answer.stdout.splitlines()]
    assert [[*line[:3], line[4]] for line in lines] == [
        ["valid", "recognizer", "plain.json", "the proved checker accepts it"],
        [
            *("valid", "exhaustive", "other.json"),
            "the proved checker does not cover it: the kind exhaustive",
        ],
    ]
    answer = run_here(tmp_path, "monoscan", "check", "--verified", "--json", "broken.json")
    assert answer.exit_code == 1
    (entry,) = json.loads(answer.stdout)["files"]
    assert entry["verified"] == {"verdict": "invalid", "why": "an obligation fails"}


def test_without_coq_the_command_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plain.json").write_bytes(to_bytes(SAMPLE_MAKERS["recognizer-parity-scalar"]()))
    monkeypatch.setenv("PATH", str(tmp_path))
    said = fails(tmp_path, "monoscan", "check", "--verified", "plain.json")
    assert "error: coqc was not found" in said
    assert "apt-get install coq" in said


@pytest.mark.parametrize(
    ("proved", "verdict", "reason", "against"),
    [
        ("valid", "valid", "", False),
        ("invalid", "valid", "", True),
        ("unreadable", "valid", "", True),
        ("not-covered", "valid", "", False),
        ("valid", "invalid", "f: states[0]: the successor is not listed", True),
        ("valid", "invalid", "f: digest: found 00, the certificate was edited", False),
        ("valid", "malformed", "f: over limit", False),
        ("partial", "invalid", "f: properties: not diagonal", False),
        ("invalid", "invalid", "f: states", False),
    ],
)
def test_a_contradiction_is_seen(proved: str, verdict: str, reason: str, against: bool) -> None:
    assert VerifiedResult(proved, "").contradicts(verdict, reason) is against
