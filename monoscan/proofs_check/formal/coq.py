"""Compiles the Coq files and prints what each theorem assumes."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monoscan.errors import NotInstalled
from monoscan.proofs_check.formal.instances import FILE, instances, instances_file
from monoscan.proofs_check.formal.record import RECORD, THEORIES, current, stamp, text

COQ_VERSION = "8.16"
PACKAGES = (
    "coq",
    "libcoq-mathcomp-ssreflect",
    "libcoq-mathcomp-fingroup",
    "libcoq-mathcomp-algebra",
    "libcoq-mathcomp-solvable",
    "libcoq-mathcomp-field",
    "libcoq-mathcomp-real-closed",
    "ocaml-nox",
    "ocaml-findlib",
    "libzarith-ocaml-dev",
)
_CLOSED = "Closed under the global context"
_STATEMENT = re.compile(r"^(?:Theorem|Corollary) (\w+)", re.MULTILINE)
_IMPORT = re.compile(r"^From Monoscan Require Import ([\w ]+)\.", re.MULTILINE)
_UNPROVED = re.compile(r"\b(Admitted|admit|Axioms?|Parameters?|Conjecture|Abort)\b")
_COMMENT = re.compile(r"\(\*.*?\*\)", re.DOTALL)


class CoqMissing(NotInstalled):
    """Coq or a library of it is missing, or is another version; the message says what to do."""


class ProofError(Exception):
    """A file does not compile, or a theorem assumes something; the message says which."""


@dataclass(frozen=True)
class Assumptions:
    """What Coq says that a theorem rests on.

    Attributes:
        theorem: FILE.NAME.
        text: `Closed under the global context`, or the axioms.
    """

    theorem: str
    text: str

    @property
    def closed(self) -> bool:
        """Whether it rests on nothing but Coq's logic."""
        return self.text == _CLOSED


def require_coq() -> str:
    """The version of Coq.

    Raises:
        CoqMissing: no Coq, another version, or no mathcomp.
    """
    install = f"on Debian 12: apt-get install {' '.join(PACKAGES)}"
    if shutil.which("coqc") is None:
        raise CoqMissing(f"coqc was not found; the formal proofs need Coq {COQ_VERSION}; {install}")
    version = _output("coqc", "--print-version").split()[0]
    if not version.startswith(f"{COQ_VERSION}."):
        raise CoqMissing(
            f"coqc is version {version}; the formal proofs need Coq {COQ_VERSION} with "
            f"mathcomp 1.15; {install}"
        )
    libraries = Path(_output("coqc", "-where").strip()) / "user-contrib" / "mathcomp"
    missing = [
        name for name in ("algebra", "field", "real_closed") if not (libraries / name).is_dir()
    ]
    if missing:
        raise CoqMissing(f"mathcomp lacks {', '.join(missing)} under {libraries}; {install}")
    return version


def _output(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def theories(folder: Path = THEORIES) -> list[Path]:
    """The files, each after those that it imports.

    >>> names = [path.stem for path in theories()]
    >>> names.index("sign_lemma") < names.index("matrix_form") < names.index("eigenvalues")
    True
    """
    imports = {path: _imports(path) for path in sorted(folder.glob("*.v"))}
    ordered: list[Path] = []
    while imports:
        done = {path.stem for path in ordered}
        ready = [path for path, needed in imports.items() if needed <= done]
        if not ready:
            raise ProofError(f"{next(iter(imports))}: imports a file that is not there, or itself")
        ordered += ready
        imports = {path: needed for path, needed in imports.items() if path not in ready}
    return ordered


def _imports(path: Path) -> set[str]:
    return {name for names in _IMPORT.findall(path.read_text()) for name in names.split()}


def theorems(path: Path) -> list[str]:
    """The names that a file states as `Theorem` or `Corollary`.

    >>> theorems(THEORIES / "rigid.v")
    ['rigid_no_cycle']
    """
    return _STATEMENT.findall(_COMMENT.sub("", path.read_text()))


def compile_theories(build: Path, folder: Path = THEORIES) -> Iterator[str]:
    """Compiles what has changed since the last time; yields the name of each file, then does it.

    Args:
        build: where copies of the files and Coq's output go.
        folder: the files.

    Raises:
        ProofError: with what Coq says.
    """
    build.mkdir(parents=True, exist_ok=True)
    for path in theories(folder):
        text, copy = path.read_text(), build / path.name
        gap = _UNPROVED.search(_COMMENT.sub("", text))
        if gap:
            raise ProofError(f"{path}: has {gap[0]!r}; every statement must be proved")
        compiled = copy.with_suffix(".vo")
        used = [build / f"{name}.vo" for name in _imports(path)]
        done = compiled.exists() and copy.exists() and copy.read_text() == text
        if done and all(_written(one) <= _written(compiled) for one in used):
            continue
        yield path.stem
        compiled.unlink(missing_ok=True)
        copy.write_text(text)
        run_coq(build, copy.name)


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns


def compile_instances(build: Path) -> None:
    """Compiles the statements about the classes of the tool, and compares them with the record.

    Args:
        build: the folder of the compiled files.

    Raises:
        ProofError: if one is not proved, rests on something, or is not what the record says.
    """
    names = [instance.name for instance in instances()]
    (build / FILE).write_text(
        instances_file() + "".join(f"Print Assumptions {n}.\n" for n in names)
    )
    said = run_coq(build, FILE).split("\n")
    if [line for line in said if line] != [_CLOSED] * len(names):
        raise ProofError(f"{FILE}: not all of it is {_CLOSED.lower()}")
    recorded = RECORD.read_text(encoding="utf-8") if RECORD.is_file() else ""
    if recorded != text(current()):
        raise ProofError(
            f"{RECORD}: is not about these files and statements; all of them have compiled, so "
            "write it anew with `python -m monoscan.proofs_check.formal --record`"
        )
    stamp().parent.mkdir(parents=True, exist_ok=True)
    stamp().touch()


def run_coq(build: Path, name: str) -> str:
    """What Coq prints about one file of the build folder.

    Raises:
        ProofError: if it does not compile.
    """
    process = subprocess.run(
        ["coqc", "-q", "-w", "none", "-Q", ".", "Monoscan", name],
        cwd=build,
        capture_output=True,
        text=True,
        check=False,
    )
    if process.returncode:
        raise ProofError(f"{name}: Coq says\n{process.stdout}{process.stderr}".rstrip())
    return process.stdout


def assumptions(build: Path, folder: Path = THEORIES) -> list[Assumptions]:
    """What each theorem of the compiled files rests on."""
    names = [f"{path.stem}.{name}" for path in theories(folder) for name in theorems(path)]
    lines = [f"From Monoscan Require {path.stem}." for path in theories(folder)]
    for name in names:
        lines += [f'Goal True. idtac "== {name}". Abort.', f"Print Assumptions Monoscan.{name}."]
    (build / "print_assumptions.v").write_text("\n".join(lines) + "\n")
    parts = run_coq(build, "print_assumptions.v").split("== ")[1:]
    found = [Assumptions(*(text.strip() for text in part.split("\n", 1))) for part in parts]
    if [item.theorem for item in found] != names:
        raise ProofError("Coq did not print the assumptions of every theorem")
    return found
