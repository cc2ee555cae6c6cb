"""What can be chosen on the command line of the benchmarks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """The choices.

    Attributes:
        libsemigroups: The Python interpreter of an environment with libsemigroups_pybind11, for
            `peers`; None leaves the comparison out.
        largest: The largest number of states or elements that `growth` goes up to.
        only: The curves that `growth` measures, by name; all if empty, and only then files are
            written, since a part of the curves would overwrite the plot of all. For `atlas` the
            numbers of languages.
        folder: Where `growth` writes its tables and plots, and `atlas` its answers.
        languages: How many languages `atlas` draws.
        seed: Of these languages.
        jobs: How many processes `atlas` uses.
    """

    libsemigroups: str | None = None
    largest: int = 1_000_000
    only: tuple[str, ...] = ()
    folder: Path = Path(__file__).parent / "plots"
    languages: int = 400
    seed: int = 0
    jobs: int = 2
