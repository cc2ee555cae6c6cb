"""The pins cover what the package asks for, and set-up that cannot work says what to do."""

from __future__ import annotations

import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent


def pins() -> dict[str, Requirement]:
    """Return the requirements of constraints.txt by normalised name."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    wanted = [Requirement(line) for line in lines if line and not line.startswith("#")]
    return {canonicalize_name(requirement.name): requirement for requirement in wanted}


def declared() -> list[Requirement]:
    """Return every requirement of pyproject.toml: core, extras and build system."""
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = data["project"]["optional-dependencies"].values()
    texts = data["project"]["dependencies"] + [text for extra in extras for text in extra]
    return [Requirement(text) for text in texts + data["build-system"]["requires"]]


@pytest.mark.parametrize("requirement", declared(), ids=str)
def test_each_requirement_has_a_pin_that_satisfies_it(requirement: Requirement) -> None:
    (pin,) = pins()[canonicalize_name(requirement.name)].specifier
    assert pin.operator == "=="
    assert requirement.specifier.contains(pin.version)


def test_no_pin_depends_on_where_it_is_installed() -> None:
    for pin in pins().values():
        assert [specifier.operator for specifier in pin.specifier] == ["=="], pin
        assert (pin.marker, pin.url) == (None, None), pin


def make_venv(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Let make create an environment under `folder` with the interpreter `python`."""
    return subprocess.run(
        ["make", f"{folder}/.created", f"VENV={folder}", f"PYTHON={python}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def fake_python(folder: Path, body: str) -> str:
    """Write a stand-in for an interpreter: a shell script with `body`."""
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    script.chmod(0o755)
    return str(script)


def test_make_without_python_says_what_to_install(tmp_path: Path) -> None:
    answer = make_venv(tmp_path / "venv", "python-that-is-not-there")
    assert answer.returncode != 0
    assert "'python-that-is-not-there' was not found. Install Python 3.11" in answer.stderr


def test_make_with_an_old_python_says_so(tmp_path: Path) -> None:
    old = fake_python(tmp_path, '[ "$1" = --version ] && echo "Python 3.9.18" && exit 0\nexit 1')
    answer = make_venv(tmp_path / "venv", old)
    assert answer.returncode != 0
    assert f"needs Python 3.11 or newer, but '{old}' is Python 3.9.18" in answer.stderr
    assert "make PYTHON=" in answer.stderr


def test_make_without_the_venv_module_names_the_package(tmp_path: Path) -> None:
    answer = make_venv(tmp_path / "venv", fake_python(tmp_path, '[ "$1" = -c ]'))
    assert answer.returncode != 0
    assert "apt-get install python3-venv" in answer.stderr
    assert not (tmp_path / "venv" / ".created").exists()
