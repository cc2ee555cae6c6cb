"""The import contracts of pyproject.toml hold, and each of them can fail."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.effort import EVERYTHING

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "monoscan"
CHECKER = PACKAGE / "proofs_check" / "checker"
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run every import contract of the checkout in `folder`, in a fresh process."""
    return subprocess.run(
        # -P: the folder itself, not this checkout's tests, is what import-linter puts on the path.
        [sys.executable, "-P", "-c", LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def modules_loaded_by(statement: str, path: Path | None = None) -> set[str]:
    """Return the names of the top-level modules a fresh interpreter holds after `statement`."""
    program = (
        f"import json, sys\n{statement}\nprint(json.dumps([m.split('.')[0] for m in sys.modules]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else None
    answer = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(answer.stdout))


def imported_names(source: str) -> set[str]:
    """Return the top-level names that a module's source imports; '.' stands for a relative one."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." if node.level else str(node.module).split(".")[0])
    return names


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, free to be spoilt."""
    skip = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PACKAGE, tmp_path / "monoscan", ignore=skip)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_contracts_hold() -> None:
    report = lint_imports(ROOT)
    assert report.returncode == 0, report.stdout + report.stderr
    assert "0 broken" in report.stdout


def test_contracts_hold_on_an_unchanged_copy(checkout: Path) -> None:
    report = lint_imports(checkout)
    assert report.returncode == 0, report.stdout + report.stderr


FORBIDDEN = [
    pytest.param("automata/spoilt", "import monoscan.theory", "Rooms", id="automata-theory"),
    pytest.param("theory/spoilt", "import monoscan.proofs_check", "Rooms", id="theory-proofs"),
    pytest.param("proofs_check/spoilt", "import monoscan.cli", "Rooms", id="proofs-cli"),
    pytest.param("models/spoilt", "import monoscan.proofs_check", "Rooms", id="models-proofs"),
    pytest.param("spoilt/module", "x = 1", "Rooms", id="a-room-nobody-planned"),
    pytest.param("models/spoilt", "import monoscan.theory", "In models", id="models-theory"),
    pytest.param("theory/spoilt", "import torch", "never reach torch", id="theory-torch"),
    pytest.param(
        "automata/spoilt",
        "def late():\n    import torch",
        "never reach torch",
        id="automata-torch-inside-a-function",
    ),
    pytest.param("report/spoilt", "import monoscan.face", "Rooms", id="report-face"),
    pytest.param("face/spoilt", "import monoscan.cli", "Rooms", id="face-cli"),
    pytest.param("cli/spoilt", "import torch", "leave torch", id="cli-torch"),
    pytest.param("face/spoilt", "import torch", "leave torch", id="face-torch"),
    pytest.param("report/spoilt", "import torch", "leave torch", id="report-torch"),
    pytest.param(
        "automata/spoilt", "import automata.fa.dfa", "automata-lib", id="second-automata-lib"
    ),
    pytest.param(
        "automata/sources/spoilt",
        "def late():\n    import automata.fa.dfa",
        "automata-lib",
        id="automata-lib-in-another-source",
    ),
    pytest.param(
        "proofs_check/checker/spoilt",
        "import monoscan.proofs_check",
        "The checker",
        id="checker-its-own-package",
    ),
    pytest.param(
        "proofs_check/checker/spoilt",
        "import monoscan.automata",
        "The checker",
        id="checker-another-room",
    ),
]
ONE_A_CONTRACT = list({case.values[2]: case for case in FORBIDDEN}.values())


@pytest.mark.parametrize(
    ("module", "statement", "contract"), FORBIDDEN if EVERYTHING else ONE_A_CONTRACT
)
def test_a_forbidden_import_breaks_its_contract(
    checkout: Path, module: str, statement: str, contract: str
) -> None:
    file = (checkout / "monoscan" / module).with_suffix(".py")
    file.parent.mkdir(exist_ok=True)
    (file.parent / "__init__.py").touch()
    file.write_text(statement + "\n", encoding="utf-8")

    report = lint_imports(checkout)

    assert report.returncode == 1, report.stdout + report.stderr
    broken = [line for line in report.stdout.splitlines() if " BROKEN" in line]
    assert [line for line in broken if contract in line], report.stdout


def test_models_compile_may_import_theory(checkout: Path) -> None:
    package = checkout / "monoscan" / "models" / "compile"
    text = "import monoscan.theory.lrnn\nimport torch\n"
    (package / "another.py").write_text(text, encoding="utf-8")
    report = lint_imports(checkout)
    assert report.returncode == 0, report.stdout + report.stderr


def test_every_folder_of_modules_is_a_package() -> None:
    # The contracts are blind to a folder without an __init__.py.
    folders = {file.parent for file in PACKAGE.rglob("*.py")}
    assert folders
    assert [str(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


def test_no_folder_of_tests_is_a_package() -> None:
    # A package tests/automata would shadow automata-lib.
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def test_checker_uses_the_standard_library_only() -> None:
    for file in sorted(CHECKER.rglob("*.py")):
        foreign = imported_names(file.read_text(encoding="utf-8")) - sys.stdlib_module_names
        beside = {"."} if file.parent.name == "certcheck" else set()  # its own files
        assert foreign <= beside, f"{file.name} imports {sorted(foreign)}"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import json, numpy.linalg", {"json", "numpy"}),
        ("def f():\n    from monoscan.theory import numbers", {"monoscan"}),
        ("from . import helper", {"."}),
    ],
)
def test_imported_names_sees_every_way_to_import(source: str, names: set[str]) -> None:
    assert imported_names(source) == names


def test_import_monoscan_loads_no_library() -> None:
    loaded = modules_loaded_by("import monoscan")
    assert "monoscan" in loaded
    assert loaded & {"torch", "sympy", "numpy", "networkx", "automata", "typer", "rich"} == set()


def test_modules_loaded_by_sees_a_library() -> None:
    assert "sympy" in modules_loaded_by("import monoscan, sympy")


def test_the_commands_load_no_torch(tmp_path: Path) -> None:
    # A stand-in, so that the test means something where torch is not installed.
    (tmp_path / "torch.py").touch()
    assert "torch" in modules_loaded_by("import torch", tmp_path)
    assert "torch" not in modules_loaded_by("import monoscan.cli.commands", tmp_path)
