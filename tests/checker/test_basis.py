"""What the checker says its answers rest on: the files that were really used, and no others."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.certificate_samples import SAMPLE_MAKERS, load_checker, to_bytes
from helpers.lone_checker import copy_checker

checker = load_checker()
KINDS = {str(make()["kind"]): make for make in SAMPLE_MAKERS.values()}
# What a fresh process has imported in the end, and the files in which a line was run.
TRACED = """
import json, runpy, sys
ran = set()
def trace(frame, event, argument):
    path = frame.f_code.co_filename
    if "certcheck" in path and frame.f_code.co_name != "<module>":
        ran.add(path.replace("\\\\", "/").rpartition("/")[2].removesuffix(".py"))
sys.setprofile(trace)
sys.argv = ["checker", *sys.argv[1:]]
try:
    runpy.run_path("checker", run_name="__main__")
except SystemExit:
    pass
sys.setprofile(None)
names = [name.partition(".")[2] for name in sys.modules if name.startswith("certcheck.")]
print(json.dumps([sorted(names), sorted(ran)]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The checker alone, with a certificate of each kind."""
    copy_checker(tmp_path)
    for kind, make in KINDS.items():
        (tmp_path / f"{kind}.json").write_bytes(to_bytes(make()))
    return tmp_path


def run(folder: Path, *arguments: str) -> list[str]:
    command = [sys.executable, "-I", *arguments]
    ended = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    assert ended.returncode in (0, 3, 4), ended.stderr
    return ended.stdout.splitlines()


def basis(line: str) -> list[str]:
    return line.split("\t")[3].partition(": ")[2].split(", ")


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_names_the_files_that_were_imported_and_no_more(folder: Path, kind: str) -> None:
    line, last = run(folder, "-c", TRACED, f"{kind}.json")
    imported, ran = json.loads(last)
    assert basis(line) == imported
    assert {"main", "reading", checker.KINDS[kind]} <= set(ran) <= set(imported)
    lines = sum(
        (folder / f"checker/certcheck/{name}.py").read_text(encoding="utf-8").count("\n")
        for name in imported
    )
    assert f"\tchecked by {len(imported)} files, {lines:,} lines: " in line


def test_files_of_several_kinds_do_not_count_for_each_other(folder: Path) -> None:
    names = [f"{kind}.json" for kind in KINDS]
    together = run(folder, "checker", *names, names[0])
    alone = [run(folder, "checker", name)[0] for name in (names[0], names[-1])]
    assert [together[0], together[-2], together[-1]] == [*alone, alone[0]]
    assert basis(next(line for line in together if "\tidentity\t" in line)) == [
        *("identities", "kinds", "limits", "main", "reading")
    ]
    assert not {"networks", "matrices"} & set(
        basis(next(x for x in together if "obstruction" in x))
    )


def test_a_file_that_is_no_certificate_rests_on_the_readers_alone(folder: Path) -> None:
    (folder / "empty.json").write_text("")
    *_, line = run(folder, "checker", "recognizer.json", "empty.json")
    assert line.startswith("malformed\t-\tempty.json\tchecked by 4 files, ")
    assert basis(line) == ["kinds", "limits", "main", "reading"]


def test_each_kind_has_its_file_and_its_function() -> None:
    for kind in checker.KINDS:
        assert checker.function_of(kind).__name__ == f"check_{kind.replace('-', '_')}"


def test_no_file_is_too_long_to_be_read() -> None:
    for path in (Path(checker.main.__code__.co_filename).parent).glob("*.py"):
        assert path.read_text(encoding="utf-8").count("\n") < 400, path
