"""The checker that Coq has proved right: builds it, and runs it on certificates.

What is proved is `extraction.v`; the readers of JSON in `ocaml` and the compiler are trusted.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from monoscan.proofs_check.formal.coq import CoqMissing, ProofError, compile_theories, require_coq
from monoscan.proofs_check.formal.record import BUILD

PROGRAMS = Path(__file__).parent / "ocaml"
_FILES = ("core.mli", "core.ml", "json.ml", "certificate.ml", "main.ml")


@dataclass(frozen=True)
class VerifiedResult:
    """What the proved checker says of one file.

    Attributes:
        verdict: `valid`, `partial` (all but the properties), `invalid`, `not-covered` or
            `unreadable`.
        why: what was left out, or what is wrong.
    """

    verdict: str
    why: str

    def describe(self) -> str:
        """In words.

        >>> VerifiedResult("not-covered", "the kind obstruction").describe()
        'the proved checker does not cover it: the kind obstruction'
        """
        words = {
            "valid": "the proved checker accepts it",
            "partial": "the proved checker accepts it, its properties apart",
            "invalid": "the proved checker rejects it",
            "not-covered": "the proved checker does not cover it",
            "unreadable": "the proved checker cannot read it",
        }[self.verdict]
        return f"{words}: {self.why}" if self.why else words

    def contradicts(self, verdict: str, reason: str) -> bool:
        """Whether both cannot be right.

        The digest, the properties and the limits of the checker are none of its business.

        Args:
            verdict: what the checker in Python says.
            reason: why.

        >>> VerifiedResult("valid", "").contradicts("invalid", "states: not listed")
        True
        >>> VerifiedResult("valid", "").contradicts("invalid", "digest: found 0, ...")
        False
        """
        if verdict == "valid":
            return self.verdict in ("invalid", "unreadable")
        return verdict == "invalid" and self.verdict == "valid" and "digest: found" not in reason


def build_verified(build: Path = BUILD, say: Callable[[str], object] = lambda _: None) -> Path:
    """The program, compiled from the proofs if they have changed.

    Args:
        build: the folder for everything that is made.
        say: told about each step.

    Raises:
        CoqMissing: if Coq or OCaml is not there.
        ProofError: if a proof or a program does not compile.
    """
    require_coq()
    if shutil.which("ocamlfind") is None:
        raise CoqMissing(
            "ocamlfind was not found; the proved checker is an OCaml program; on Debian 12: "
            "apt-get install ocaml-nox ocaml-findlib libzarith-ocaml-dev"
        )
    for name in compile_theories(build):
        say(f"compile {name}.v")
    program = build / "monoscan-verified"
    sources = sorted(PROGRAMS.glob("*.ml"))
    made = [build / "core.ml", *(build / path.name for path in sources)]
    changed = [path for path in sources if not _same(path, build / path.name)]
    for path in changed:
        (build / path.name).write_bytes(path.read_bytes())
    if program.exists() and all(p.stat().st_mtime <= program.stat().st_mtime for p in made):
        return program
    say("compile the proved checker")
    command = ["ocamlfind", "ocamlopt", "-package", "zarith", "-linkpkg", "-w", "-a"]
    ended = subprocess.run(
        [*command, *_FILES, "-o", program.name],
        cwd=build,
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise ProofError(f"the proved checker does not compile: {ended.stderr.strip()}")
    return program


def _same(path: Path, copy: Path) -> bool:
    return copy.exists() and copy.read_bytes() == path.read_bytes()


def run_verified(
    program: Path, paths: Sequence[Path], time_limit: float = 600.0
) -> list[VerifiedResult]:
    """What the proved checker says of each file.

    Args:
        program: what `build_verified` has built.
        paths: the files.
        time_limit: seconds for each file.

    Raises:
        ProofError: if it ends without saying it, or takes longer.
    """
    try:
        ended = subprocess.run(
            [str(program.resolve()), *map(str, paths)],
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=time_limit * len(paths),
        )
    except subprocess.TimeoutExpired:
        raise ProofError(f"the proved checker took more than {time_limit:g} s a file") from None
    output = ended.stdout.decode(errors="backslashreplace")
    # The last two fields of a line are the file's name, which may hold anything, and the reason.
    results: list[VerifiedResult] = []
    for path in paths:
        name = str(path).encode(errors="backslashreplace").decode()
        verdict, _, rest = output.partition("\t")
        _, _, rest = rest.partition("\t")
        if not rest.startswith(f"{name}\t"):
            raise ProofError(
                f"{path}: no answer of the proved checker (exit code {ended.returncode})"
            )
        why, _, output = rest[len(name) + 1 :].partition("\n")
        results.append(VerifiedResult(verdict, why))
    return results
