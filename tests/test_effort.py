"""`make test` draws a part, and everything is drawn where that is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.effort import as_printed
from hypothesis import find
from hypothesis import strategies as st

PROGRAM = """
from helpers.effort import EXAMPLES, drawn, part_of, taken
print([drawn(count) for count in (5, 60, EXAMPLES, 300)] + [drawn(30, least=4)], end=" ")
print(list(part_of(range(10), 4)), sum(map(taken, map(str, range(8000)))))
"""


@pytest.mark.parametrize(
    ("everything", "counts", "least", "most"),
    [
        ("", "[5, 10, 12, 37, 4] [0, 3, 6, 9]", 900, 1100),
        ("1", f"[5, 60, 100, 300, 30] {[*range(10)]}", 8000, 8000),
    ],
)
def test_how_much_is_drawn(everything: str, counts: str, least: int, most: int) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={
            **os.environ,
            "MONOSCAN_TEST_EVERYTHING": everything,
            "PYTHONPATH": str(Path(__file__).parent),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    drawn, taken = answer.stdout.rsplit(" ", 1)
    assert drawn == counts
    assert least <= int(taken) <= most


def test_docstrings_find_the_same_each_time() -> None:
    with as_printed():
        found = {find(st.integers(), lambda number: number > 1000) for _ in range(3)}
    assert len(found) == 1
    assert found != {1001}  # it is not made smaller
    assert find(st.integers(), lambda number: number > 1000) == 1001


def test_make_and_ci_say_which() -> None:
    root = Path(__file__).parents[1]
    rules = (root / "Makefile").read_text(encoding="utf-8").split(".PHONY: ")
    (part,) = (rule for rule in rules if rule.startswith("test\n"))
    (everything,) = (rule for rule in rules if rule.startswith("test-all\n"))
    assert "MONOSCAN_TEST_EVERYTHING" not in part
    assert "MONOSCAN_TEST_EVERYTHING=1" in everything
    script = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "export CI=true MONOSCAN_TEST_EVERYTHING=1\n" in script
