"""The README shows what the commands print."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.command_line import environment
from typer.main import get_command

from monoscan.cli.commands import COMMANDS, command_app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLAIM_PAGE = ROOT / "docs" / "claims" / "parity-needs-negative-eigs.md"


def run(arguments: list[str], folder: Path, program: str = "verify") -> str:
    tool = str(Path(sys.executable).parent / program)
    command = [tool, *arguments, "--certificates", str(folder)]
    answer = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True)
    return answer.stdout


def blocks() -> list[str]:
    return re.findall(r"```text\n(.*?)```", README, flags=re.DOTALL)


def without_seconds(text: str) -> str:
    return re.sub(r" +\d+\.\d\d$", "", text, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    return run(["--claim", "parity-needs-negative-eigs"], tmp_path_factory.mktemp("claim"))


def test_the_table_is_what_verify_prints(printed: str) -> None:
    assert without_seconds(blocks()[0]) in without_seconds(printed)


def test_the_block_of_the_table_is_recognised_when_it_is_wrong(printed: str) -> None:
    wrong = blocks()[0].replace("refuted ", "proved  ", 1)
    assert wrong != blocks()[0]
    assert without_seconds(wrong) not in without_seconds(printed)


EXAMPLES = [
    found.groups()
    for block in blocks()[1:]
    for found in re.finditer(r"^\$ (verify|monoscan) (.*)\n((?:(?!\$ ).*\n)+)", block, re.M)
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_examples_print_what_is_shown(example: tuple[str, str, str], tmp_path: Path) -> None:
    program, command, shown = example
    assert shown.rstrip() in run(shlex.split(command), tmp_path, program)


def test_there_are_examples_of_both_programs() -> None:
    assert {program for program, *_ in EXAMPLES} == {"verify", "monoscan"}


def test_the_compiled_network_is_as_shown(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "compile.md").read_text(encoding="utf-8")
    shown_blocks = re.findall(r"```console\n\$ monoscan ([^\n]*)\n(.*?)```", page, re.DOTALL)
    ((command, shown),) = shown_blocks
    program = str(Path(sys.executable).parent / "monoscan")
    answer = subprocess.run(
        [program, *shlex.split(command)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr
    # How far the states drift depends on the kernel that the machine has.
    printed, expected = (
        re.sub(r"the check came to \S+", "", text).split() for text in (answer.stdout, shown)
    )
    assert printed == expected
    assert (tmp_path / "s5.model").exists()


def test_the_claim_page_documents_each_row_with_its_status() -> None:
    from monoscan.proofs_check.claim import get_claim

    page = CLAIM_PAGE.read_text(encoding="utf-8")
    statuses = r"proved|proved \(formal\)|refuted|conditional"
    rows = dict(re.findall(rf"^\| ([a-z0-9-]+) \|.*\| ({statuses}) \|", page, re.M))
    claim = get_claim("parity-needs-negative-eigs")
    assert rows == {row.key: row.documented.value for row in claim.rows}


def test_every_relative_link_leads_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
NAMES = "|".join(COMMANDS)
TYPED = re.compile(rf"^(?:    |\$ )(?:monoscan )?({NAMES}) (.*)$", re.MULTILINE)


def test_every_command_of_the_pages_can_be_read() -> None:
    """It exists, and so do its options; what it takes besides may be missing here."""
    typed = {found for page in PAGES for found in TYPED.findall(page.read_text("utf-8"))}
    assert len(typed) > 30
    for name, options in typed:
        arguments = shlex.split(options, comments=True)
        get_command(command_app(name)).make_context(name, arguments)
