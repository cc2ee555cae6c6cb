"""A new class of networks is one file: it is answered, and its certificates are checked."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parents[1]
PACKAGE = TESTS.parent / "monoscan"
CLASS = '''
"""Diagonal matrices that turn entries or forget them."""

from monoscan.theory.model_classes.catalogue import register
from monoscan.theory.model_classes.model_class import ModelClass
from monoscan.theory.model_classes.number_sets import Interval, Moduli
from monoscan.theory.model_classes.shapes import DiagonalEntries

register(
    ModelClass(
        "modulus-zero-or-one",
        "diag(a), |a| = 0 or 1",
        "diagonal, complex entries of modulus 0 or 1",
        DiagonalEntries(Moduli(Interval(0, 0), Interval(1, 1))),
        "nobody",
        ("diagonal-complex",),
    )
)
'''
# language, arithmetic, verdict, what it rests on
ROWS = [
    ("count-mod-3", "exact", "expressible", "abelian-one-layer"),
    ("flip-flop", "exact", "expressible", "registers"),
    ("parity", "op-round", "expressible", "abelian-one-layer"),
    ("a5", "exact", "not-expressible", "diagonal-derived-length"),
]


def scratch(folder: Path, **files: str) -> Path:
    """A copy of the package with more files among the classes."""
    skip = shutil.ignore_patterns("__pycache__", "models", "report")
    shutil.copytree(PACKAGE, folder / "monoscan", ignore=skip)
    for name, text in files.items():
        path = folder / "monoscan" / "theory" / "model_classes" / f"{name}.py"
        path.write_text(text, encoding="utf-8")
    return folder


def run(folder: Path, code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    start = f"import sys; sys.path.insert(0, {str(folder)!r}); "
    command = [sys.executable, "-I", "-c", start + code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=600)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return scratch(tmp_path_factory.mktemp("package"), modulus=CLASS)


@pytest.mark.parametrize(("language", "semantics", "verdict", "rests_on"), ROWS)
def test_it_is_answered_with_a_certificate(
    package: Path, language: str, semantics: str, verdict: str, rests_on: str
) -> None:
    arguments = ("--language", language, "--class", "modulus-zero-or-one", "--json")
    more = ("--semantics", semantics)
    answer = run(package, "from monoscan.cli.app import main; main()", "predict", *arguments, *more)
    assert answer.returncode == 0, answer.stderr
    (row,) = json.loads(answer.stdout)["predictions"]
    assert row["status"] == verdict
    evidence = row["evidence"]
    assert evidence.get("construction", evidence.get("lemma")) == rests_on
    (certificate,) = row["certificates"]
    assert certificate["verdict"] == {"expressible": "valid"}.get(verdict, "incomplete")
    body: dict[str, Any] = json.loads((package / certificate["file"]).read_text())
    if verdict == "expressible":
        points = [{"from": end, "to": end, "ends": "[]"} for end in "01"]
        assert {"shape": "diagonal", "entries": {"modulus": points}} in body["properties"]
    else:
        assert body["class"] == "diagonal-complex"


TABLE_ROW = '    ("count-mod-3", "modulus-zero-or-one", 1, YES, "a third root of unity"),\n'


@pytest.mark.parametrize(("row", "outcome"), [("", "1 failed"), (TABLE_ROW, "2 passed")])
def test_its_row_of_the_shared_table_is_asked_for_and_asked(
    package: Path, tmp_path: Path, row: str, outcome: str
) -> None:
    helpers = tmp_path / "helpers"
    helpers.mkdir()
    for name in ("effort", "prediction_table", "predictions"):
        text = (TESTS / "helpers" / f"{name}.py").read_text(encoding="utf-8")
        (helpers / f"{name}.py").write_text(text.replace("KNOWN = [\n", f"KNOWN = [\n{row}"))
    shutil.copy(TESTS / "theory" / "test_predict.py", tmp_path)
    asked = "test_every_class_has_a_row or modulus-zero-or-one"
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", ".", "-k", asked],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": f"{package}:{tmp_path}"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert f"{outcome}, " in ended.stdout, ended.stdout
    assert ("modulus-zero-or-one" in ended.stdout) == ("failed" in outcome)


ASK = (
    "from monoscan.automata import get_language; "
    "from monoscan.theory.model_classes import get_model_class; "
    "from monoscan.theory.predict import Predictor; "
    "from monoscan.theory.prediction import Question; "
    "question = Question(get_model_class(sys.argv[2])); "
    "print(Predictor(get_language(sys.argv[1]).build()).predict(question).verdict)"
)


def test_the_answers_about_other_classes_stay(package: Path) -> None:
    for language, name in (("parity", "diagonal-nonnegative"), ("count-mod-3", "diagonal-complex")):
        answer = run(package, ASK, language, name)
        expected = "not-expressible" if language == "parity" else "expressible"
        assert answer.stdout.strip() == expected, answer.stderr


OTHER = CLASS.replace("modulus-zero-or-one", "other")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (CLASS, "two classes have the id 'modulus-zero-or-one'"),
        (CLASS.replace("modulus-zero-or-one", "Diagonal Real"), "have the id"),
        (CLASS.replace("modulus-zero-or-one", "householder-product-7"), "is one of the family"),
        (
            OTHER.replace("diagonal-complex", "diagonal-cmpl"),
            "a parent of other: there is no model class 'diagonal-cmpl'; nearest: diagonal-complex",
        ),
        (
            OTHER.replace('("diagonal-complex",)', '("diagonal-real",)'),
            "other is said to lie in diagonal-real, whose entries leave out an irrational number",
        ),
        (
            OTHER.replace("Interval(1, 1)", "Interval(0, 2)"),
            "other is said to lie in diagonal-complex, whose entries leave out 999/500",
        ),
    ],
    ids=["twice", "other-spelling", "family", "no-parent", "other-numbers", "larger"],
)
def test_a_class_that_cannot_be_is_refused(changed: str, said: str, tmp_path: Path) -> None:
    folder = scratch(tmp_path, modulus=CLASS, changed=changed)
    answer = run(folder, ASK, "parity", "dense")
    assert answer.returncode != 0
    assert said in answer.stderr


OTHER_SHAPE = (
    CLASS.replace("DiagonalEntries", "SparseColumns")
    .replace("modulus-zero-or-one", "monomial")
    .replace('("diagonal-complex",)', '("triangular-complex",)')
)


def test_a_network_that_a_parent_of_its_class_refuses_is_named(tmp_path: Path) -> None:
    answer = run(scratch(tmp_path, monomial=OTHER_SHAPE), ASK, "s3", "monomial")
    assert answer.returncode != 0
    assert "monomial is said to lie in triangular-complex, but matrices of it do not" in (
        answer.stderr
    )
