"""From something found to a checked answer: order, shared files, and what an exception leaves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from helpers import certificate_samples as samples

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.proofs_check.checked import Checked, Outcome, check_findings
from monoscan.proofs_check.run_checker import CheckResult

SAMPLES = {
    "valid": samples.parity_scalar(),
    "incomplete": samples.SAMPLE_MAKERS["obstruction-exact"](),
}


@dataclass(frozen=True)
class Sample:
    """Something with one certificate a name, which is worth what the checker says first."""

    names: tuple[str, ...]
    verdict: str = "valid"
    made: list[str] = field(default_factory=list)

    @property
    def certificates(self) -> Mapping[str, Callable[[], Certificate]]:
        return {name: lambda name=name: self.make(name) for name in self.names}  # type: ignore[misc]

    def make(self, name: str) -> Certificate:
        self.made.append(name)
        sample = SAMPLES[self.verdict]
        body = {key: value for key, value in sample.items() if key != "digest"}
        return Certificate(body["kind"], body)

    def outcome(self, checks: Sequence[CheckResult]) -> Outcome:
        return Outcome(checks[0].verdict if checks else "nothing", len(checks))

    def to_json(self) -> dict[str, Any]:
        return {"names": list(self.names)}


def test_answers_come_in_the_order_of_the_findings(tmp_path: Path) -> None:
    findings = [Sample(("a", "b")), Sample(()), Sample(("c",), "incomplete")]
    found = list(check_findings((finding, tmp_path) for finding in findings))
    assert [checked.found for checked in found] == findings
    assert [checked.status for checked in found] == ["valid", "nothing", "incomplete"]
    assert [[path.name for path in checked.paths] for checked in found] == [
        ["a.json", "b.json"],
        [],
        ["c.json"],
    ]
    shown = found[2].to_json()
    assert shown["names"] == ["c"]
    assert shown["certificates"] == [
        {
            "file": str(tmp_path / "c.json"),
            "verdict": "incomplete",
            "reason": found[2].checks[0].reason,
            "basis": found[2].checks[0].basis,
        }
    ]


def test_the_checker_works_while_more_is_found(tmp_path: Path) -> None:
    done: dict[str, str] = {}

    def findings() -> Iterator[tuple[Sample, Path]]:
        number = 0
        while not done:  # ends only if an answer comes before all are found
            number += 1
            time.sleep(0.01)
            yield Sample((f"{number}",)), tmp_path

    for checked in check_findings(findings()):
        done[checked.paths[0].name] = checked.status
    assert next(iter(done.items())) == ("1.json", "valid")


def test_shared_files_are_made_and_checked_once(tmp_path: Path) -> None:
    made: list[str] = []
    findings = [(Sample(("same",), made=made), tmp_path) for _ in range(3)]
    found = list(check_findings(findings, shared=True))
    assert made == ["same"]
    assert len({checked.checks for checked in found}) == 1
    with pytest.raises(ValueError, match="two certificates would be the same file"):
        list(check_findings(findings))


@pytest.mark.parametrize("patience", [0.0, 60.0])
def test_an_exception_comes_after_what_is_checked(tmp_path: Path, patience: float) -> None:
    def findings() -> Iterator[tuple[Sample, Path]]:
        yield Sample(("a",)), tmp_path
        yield Sample(("b",)), tmp_path
        raise KeyboardInterrupt

    found: list[Checked[Sample]] = []

    def work() -> None:
        found.extend(check_findings(findings(), patience=patience))

    with pytest.raises(KeyboardInterrupt):
        work()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.json"]
    assert [checked.status for checked in found] == ["valid"] * (2 if patience else len(found))


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        list(check_findings([(Sample(("a",)), tmp_path / "file")]))
