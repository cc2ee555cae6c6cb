"""The independent checker, alone in an empty folder, accepts the networks of the shared table."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers.effort import EVERYTHING
from helpers.lone_checker import check_alone
from helpers.published_constructions import SERVED, Served

from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.decide import Recognised, decide
from monoscan.theory.semantics import Exact

# The smallest class that does not hold the network of a construction, for one row of each.
TOO_SMALL = {
    "group-one-layer(klein-four)": "householder",
    "sn-one-layer(s4)": "householder-product-2",
    "cyclic-rotation-two-gh(z3)": "householder",
    "modadd-two-layer-reflections(z3)": "householder-nonnegative",
    "abelian-one-layer(klein-four)": "diagonal-nonnegative",
    "abelian-one-layer(z12)": "diagonal-real",
    "binary-counter(z8)": "diagonal-nonnegative",
    "derived-series(d4)": "diagonal-nonnegative",
    "derived-series(s3)": "diagonal-real",
    "elementary-two-series(q8)": "diagonal-nonnegative",
    "dihedral-two-layer(s3)": "householder-nonnegative",
    "dihedral-one-layer(d4)": "householder",
    "so3-groups-two-gh(five-points)": "householder",
    "a5-involutions-one-reflection(a5-involutions)": "householder-nonnegative",
    "sn-four-layer-lookup(parity)": "householder-nonnegative",
    "so3-four-layer-lookup(parity)": "householder-nonnegative",
    "rwkv7-regular-four-layers(parity)": "householder",
    "rwkv7-one-layer(flip-flop)": "householder",
    "tracking-heads(q8)": "householder",
    "signed-householder-one-layer(s4)": "diagonal-householder-nonnegative",
    "pd-ssm-n-states(tomita-5)": "diagonal-complex",
    "dense-one-layer(reset-and-map)": "householder",
}


def certificate(row: Served, model_class: str) -> Certificate:
    target = row.automaton()
    lrnn = get_construction(row.construction).build(target)
    found = decide(lrnn, Exact(), target)
    assert isinstance(found, Recognised)
    return recognizer(lrnn, Exact(), target, found, (model_class,))


def check(folder: Path, rows: dict[str, Certificate]) -> dict[str, str]:
    certificates, lone = folder / "certificates", folder / "lone"
    certificates.mkdir()
    lone.mkdir()
    files = {}
    for name, written in rows.items():
        files[name] = certificates / f"{name}.json"
        written.write(files[name])
    verdicts = check_alone(lone, files.values()).verdicts
    return {name: verdicts[path.resolve()] for name, path in files.items()}


def test_accepted(tmp_path: Path) -> None:
    """One language of each construction, or all of them."""
    quick = [row for row in SERVED if not row.slow]
    first = {row.construction: row for row in reversed(quick)}
    asked = quick if EVERYTHING else first.values()
    rows = {str(row): certificate(row, row.model_class) for row in asked}
    assert {row.construction for row in asked} == {row.construction for row in quick}
    assert check(tmp_path, rows) == dict.fromkeys(rows, "valid")


@pytest.mark.slow
def test_large_ones_accepted(tmp_path: Path) -> None:
    rows = {str(row): certificate(row, row.model_class) for row in SERVED if row.slow}
    assert check(tmp_path, rows) == dict.fromkeys(rows, "valid")


def test_refused_in_a_smaller_class(tmp_path: Path) -> None:
    served = {str(row): row for row in SERVED}
    rows = {name: certificate(served[name], smaller) for name, smaller in TOO_SMALL.items()}
    assert {served[name].construction for name in rows} == {row.construction for row in SERVED}
    assert check(tmp_path, rows) == dict.fromkeys(rows, "invalid")
