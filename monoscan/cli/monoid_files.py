"""The certificates that `monoscan analyze --certificates DIR` writes, and how to check them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from monoscan.automata.analysis import Analysis
from monoscan.proofs_check.certificates.monoid import monoid_certificates
from monoscan.proofs_check.run_checker import checker_command


@dataclass(frozen=True)
class MonoidFiles:
    """What was written, by the property that each certificate proves.

    Attributes:
        paths: The files.
        error: Why no more could be written; None if nothing went wrong.
    """

    paths: dict[str, Path]
    error: OSError | None = None

    def to_json(self) -> dict[str, Any]:
        """The files and the command that checks them."""
        return {
            "files": {name: str(path) for name, path in self.paths.items()},
            "recheck": checker_command(list(self.paths.values())) if self.paths else None,
        }

    def print(self, console: Console) -> None:
        """Prints one line a file, and the command that checks them."""
        console.print(Text("\ncertificates"))
        width = max(map(len, self.paths), default=0)
        for name, path in self.paths.items():
            console.print(Text(f"  {name:<{width}}  {path}"), soft_wrap=True)
        if self.paths:
            command = checker_command(list(self.paths.values()))
            console.print(Text(f"  check them: {command}"), soft_wrap=True)
        elif not self.error:
            console.print(Text("  none: no property that a certificate can be about was decided"))


def write_monoid_files(found: Analysis, directory: str, budget: int) -> MonoidFiles:
    """Writes one certificate a property that was decided: monoid-PROPERTY.json.

    Args:
        found: The language.
        directory: Where to; created if absent.
        budget: The largest number of elements of the monoid, and of coordinates of the cascade.
    """
    paths: dict[str, Path] = {}
    for name, certificate in monoid_certificates(found.minimal, budget).items():
        path = Path(directory) / f"monoid-{name}.json"
        try:
            certificate.write(path)
        except OSError as error:
            return MonoidFiles(paths, error)
        paths[name] = path
    return MonoidFiles(paths)
