"""The example of the README runs as it stands there, and says what its comments say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```python\n(import monoscan as ms\n.*?)```", README, re.DOTALL)


def run(source: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    names: dict[str, Any] = {}
    exec(compile(source, "README.md", "exec"), names)
    return names


def value(line_start: str, names: dict[str, Any]) -> Any:
    """What the line that starts like this gives."""
    (line,) = (line for line in EXAMPLE.splitlines() if line.startswith(line_start))
    return eval(line.partition("#")[0].strip(), names)


def test_it_runs_and_its_comments_are_true(tmp_path, monkeypatch):
    # Training has a test of its own: it takes half a minute.
    quick = "\n".join(line for line in EXAMPLE.splitlines() if not line.startswith("run"))
    names = run(quick, tmp_path, monkeypatch)
    ms = names["ms"]
    assert names["parity"] == ms.regex("0*(10*10*)*", "01")
    rows = value("ms.predict", names).rows
    assert (rows[0].verdict, len(rows)) == ("not-expressible", 3)
    assert names["net"].run("0110") is True
    assert value("net.transition", names) == (-1,)
    assert repr(value("net.transition", names)) == "(-1,)"
    assert names["proof"].verdict == value("ms.decide(net, parity, ", names).verdict == "proved"
    assert (tmp_path / "parity.json").exists()
    assert value("ms.check", names) == "valid"
    assert {row[0] for row in value("ms.verify", names).rows} == {
        "proved",
        "refuted",
        "proved (formal)",
    }
    symbols = {s.name for e in value("ms.symbolic", names) for s in e.free_symbols}
    assert symbols == {"beta1", "beta2", "theta"}
    assert value("ms.compile", names).wrong_answers == 0


def test_torch_has_one_thread_in_tests():
    """With more, training hung on a machine that had other work; conftest.py says how many."""
    import torch

    assert torch.get_num_threads() == 1


@pytest.mark.slow
def test_all_of_it_runs_with_the_training(tmp_path, monkeypatch):
    names = run(EXAMPLE, tmp_path, monkeypatch)
    assert names["run"].accuracy(length=256) > 0.95
    least = min(z.real for s in names["run"].spectra("1") for z in s.eigenvalues)
    assert least < -0.9
