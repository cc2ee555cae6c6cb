"""Progress off a terminal: a line now and then, and none of a short run."""

from __future__ import annotations

import pytest

from monoscan.cli import console


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    seconds = [0.0]
    monkeypatch.setattr(console, "monotonic", lambda: seconds[0])
    return seconds


def test_a_line_now_and_then(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    progress = console.ProgressLine()
    with progress.shown():
        for seconds in range(25):
            clock[0] = float(seconds)
            progress.update(f"class {seconds}")
    written = capsys.readouterr()
    assert (written.err.splitlines(), written.out) == (["class 10", "class 20"], "")


def test_a_short_run_says_nothing(clock: list[float], capsys: pytest.CaptureFixture[str]) -> None:
    console.ProgressLine().update("class 1")
    clock[0] = 9.0
    console.ProgressLine().update("class 2")
    assert capsys.readouterr().err == ""
