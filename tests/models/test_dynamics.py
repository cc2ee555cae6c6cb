"""Linear models: the closed form solves its equation, and gradient descent follows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from helpers.pictures import outside_the_page, text_overlaps
from hypothesis import given
from hypothesis import strategies as st

from monoscan.models.dynamics import closed_form, learning_curve
from monoscan.models.threads import using_threads
from monoscan.report.dynamics import dynamics

POSITIVE = st.floats(0.1, 3)


@given(POSITIVE, POSITIVE, st.floats(0.01, 3), st.floats(0, 3))
def test_the_closed_form_solves_its_equation(sigma: float, eta: float, start: float, t: float):
    step = 1e-5
    before, here, after = (closed_form(sigma, eta, start, t + s) for s in (-step, 0, step))
    assert closed_form(sigma, eta, start, 0) == pytest.approx(start)
    slope = 2 * here * (sigma - eta * here)
    assert (after - before) / (2 * step) == pytest.approx(slope, rel=1e-4, abs=1e-6)


def test_descent_follows_the_closed_form_the_closer_the_smaller_its_steps() -> None:
    with using_threads(1):
        coarse, fine = (learning_curve(2, rate=0.01 / n, steps=200 * n) for n in (1, 4))
        other = learning_curve(2, teacher=-0.9)
    assert fine.difference < coarse.difference / 3 < 0.02
    assert other.closed[-1] != pytest.approx(fine.closed[-1], rel=0.1)


def test_the_table_and_its_figure(tmp_path: Path) -> None:
    found = dynamics()
    halves = [float(row[1]) for row in found.table().rows]
    assert halves == sorted(halves, reverse=True)  # more states learn faster
    drawing = found.draw()
    assert outside_the_page(drawing) == []
    assert text_overlaps(drawing) == []
    assert drawing.width < 300
    answer = run_here(tmp_path, "monoscan", "table", "dynamics", "--figure", "a.svg", "-o", "a.csv")
    assert answer.exit_code == 0, answer.stderr
    lines = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "states,time,descent,closed form"
    assert len(lines) == 1 + 3 * 201
    assert (tmp_path / "a.svg").exists()
    said = fails(tmp_path, "monoscan", "table", "dynamics", "--runs", "x")
    assert "leave it out for dynamics" in said
