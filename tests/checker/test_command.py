"""The checker as a command: exit codes, output, and that a crash never looks like a verdict."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.certificate_rejections import INVALID, MALFORMED
from helpers.certificate_samples import SAMPLE_MAKERS, load_checker, to_bytes
from helpers.lone_checker import copy_checker

checker = load_checker()
FILES = {
    "valid": to_bytes(SAMPLE_MAKERS["recognizer-parity-scalar"]()),
    "incomplete": to_bytes(SAMPLE_MAKERS["obstruction-exact"]()),
    "invalid": to_bytes(INVALID[0].build()),
    "malformed": to_bytes(MALFORMED[0].build()),
}
CODES = {"valid": 0, "invalid": 1, "incomplete": 3, "malformed": 4}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the four sample files and a copy of the checker, and nothing else."""
    for verdict, content in FILES.items():
        (tmp_path / f"{verdict}.json").write_bytes(content)
    copy_checker(tmp_path)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "checker", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)


@pytest.mark.parametrize("verdict", FILES)
def test_alone_in_a_folder(folder: Path, verdict: str) -> None:
    name = f"{verdict}.json"
    result = run(folder, name)
    assert result.returncode == CODES[verdict]
    kind = {"incomplete": "obstruction", "malformed": "-"}.get(verdict, "recognizer")
    assert result.stdout.startswith(f"{verdict}\t{kind}\t{name}\tchecked by ")
    assert result.stdout.count("\n") == 1
    assert result.stderr.startswith(f"{name}: ") == (verdict != "valid")


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["valid", "valid"], 0),
        (["valid", "incomplete"], 3),
        (["incomplete", "invalid", "valid"], 1),
        (["invalid", "malformed", "incomplete", "valid"], 4),
    ],
)
def test_the_worst_of_several_files(
    folder: Path, names: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert checker.main([str(folder / f"{name}.json") for name in names]) == code
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == names


def test_no_file_is_a_usage_error(folder: Path) -> None:
    for arguments in ([], ["--help"]):
        result = run(folder, *arguments)
        assert (result.returncode, result.stdout) == (2, "")
        assert "usage: python -I checker CERTIFICATE.json" in result.stderr


@pytest.mark.parametrize(
    ("given", "answers", "code"),
    [
        (b"valid.json\0invalid.json\0", ["valid", "invalid"], 1),
        (b"incomplete.json\0valid.json", ["incomplete", "valid"], 3),
        (b"valid.json\0\0", ["valid", "malformed"], 4),
        (b"", [], 2),
    ],
)
def test_names_from_input(folder: Path, given: bytes, answers: list[str], code: int) -> None:
    command = [sys.executable, "-I", "checker", "--names-from-input"]
    result = subprocess.run(command, cwd=folder, input=given, capture_output=True, timeout=600)
    assert result.returncode == code
    assert [line.split(b"\t")[0].decode() for line in result.stdout.splitlines()] == answers


def test_a_name_is_answered_before_the_next_one_comes(folder: Path) -> None:
    command = [sys.executable, "-I", "checker", "--names-from-input"]
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for verdict in ("valid", "malformed"):
            process.stdin.write(f"{verdict}.json\0".encode())
            process.stdin.flush()
            assert process.stdout.readline().startswith(verdict.encode())
        process.stdin.close()
    assert process.returncode == 4


def test_a_file_that_cannot_be_read_is_malformed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (folder / "absent.json", folder, f"{folder}/a\0b"):
        assert checker.main([str(path)]) == 4
        assert "cannot read the file" in capsys.readouterr().err


def test_a_crash_is_an_internal_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object) -> str:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(checker, "check_recognizer", crash)
    paths = [str(folder / f"{name}.json") for name in ("invalid", "malformed", "valid")]
    assert checker.main(paths) == 70
    output = capsys.readouterr()
    assert output.out.splitlines()[-1].split("\t")[:2] == ["internal-error", "recognizer"]
    assert "ZeroDivisionError: division by zero" in output.err


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt, 130), (MemoryError, 70)])
def test_interruption_and_crash_outside_a_certificate(
    monkeypatch: pytest.MonkeyPatch, error: type[BaseException], code: int
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(checker, "main", fail)
    assert checker.protected_main() == code


def test_strange_text_can_be_printed(folder: Path) -> None:
    body = json.loads(FILES["valid"]) | {"kind": "\u2028\x1b\U0001f600"}
    (folder / "naïve.json").write_text(json.dumps(body), encoding="utf-8")
    command = [sys.executable, "-I", "checker", "naïve.json"]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, timeout=600, env={"LC_ALL": "C"}
    )
    assert result.returncode == 4
    assert result.stdout.startswith(b"malformed\t-\tna")


def test_only_the_standard_library_is_imported(folder: Path) -> None:
    code = (
        "import sys, runpy; before = set(sys.modules); sys.argv = ['checker', 'valid.json']\n"
        "try: runpy.run_path('checker', run_name='__main__')\n"
        "except SystemExit as end: assert end.code == 0\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before};"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    command = [sys.executable, "-I", "-S", "-c", code]
    result = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, check=True
    )
    assert result.stdout.splitlines()[-1] == "['certcheck']"


def test_zipped_it_answers_the_same(folder: Path) -> None:
    archive = shutil.make_archive(str(folder / "zipped"), "zip", folder / "checker")
    command = [sys.executable, "-I", archive, "valid.json"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
    assert result.returncode == 0
    assert result.stdout == run(folder, "valid.json").stdout
    start, _, names = result.stdout.strip().partition(" lines: ")
    files = {path.stem for path in (folder / "checker" / "certcheck").glob("*.py")}
    assert start.startswith("valid\trecognizer\tvalid.json\tchecked by ")
    assert set(names.split(", ")) <= files
    assert f"checked by {len(names.split(', '))} files, " in start


def test_a_damaged_copy_is_an_internal_error(folder: Path) -> None:
    (folder / "checker" / "certcheck" / "limits.py").write_text("1 / 0\n")
    assert run(folder, "valid.json").returncode == 70
