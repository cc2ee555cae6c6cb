"""What came out of a run: how it ended, what was measured, and where."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final, final

import torch

from monoscan import __version__
from monoscan.models.evaluate import Interval, LengthResult
from monoscan.models.run_checkpoint import Record
from monoscan.models.worst import WorstCase, worst_case_from_json

_POINTS: Final = 200  # of a learning curve that is kept


class Ending(StrEnum):
    """How a run ended."""

    TRAINED = "trained"
    NOT_FINITE = "not-finite"
    OUT_OF_MEMORY = "out-of-memory"
    DAMAGED = "damaged"  # its checkpoint cannot be read
    KILLED = "killed"  # its process was ended by somebody else


def _this_machine() -> dict[str, str]:
    return {
        "monoscan": __version__,
        "torch": torch.__version__,
        "python": platform.python_version(),
        "machine": platform.platform(),
        "commit": _commit(),
    }


@cache
def _commit() -> str:
    """The commit of the checkout, with a mark if files differ; empty where there is none."""
    told = []
    for command in (("rev-parse", "HEAD"), ("status", "--porcelain", "--untracked-files=no")):
        try:
            asked = subprocess.run(
                ("git", *command),
                cwd=Path(__file__).parent,
                capture_output=True,
                text=True,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except OSError:
            return ""
        if asked.returncode:
            return ""
        told.append(asked.stdout.strip())
    return told[0] + (" with changes" if told[1] else "")


def thinned(history: Sequence[Record]) -> tuple[Record, ...]:
    """A learning curve of a few points: every so manieth step, and the last.

    >>> len(thinned([Record(n, 1.0, 0.5, 4, 0.1) for n in range(1, 1001)]))
    200
    """
    every = -(-len(history) // _POINTS)
    return tuple(r for n, r in enumerate(history, 1) if n % every == 0 or n == len(history))


@final
@dataclass(frozen=True)
class Outcome:
    """What came out of a run.

    Attributes:
        ending: How it ended.
        message: Why, if it was not trained to the end.
        steps: Steps that were made, as far as known.
        trained_length: The length that the schedule reached; 0 if the run was not trained.
        processor_seconds: Of training, all parts of an interrupted run, work that was lost with
            an interruption included up to the last checkpoint.
        results: One for each length that was asked for; none unless it was trained.
        worst: The shortest failing word that was found; None if it was not searched.
        curve: The learning curve, thinned.
        made_with: Versions, commit and machine.
    """

    ending: Ending
    message: str = ""
    steps: int = 0
    trained_length: int = 0
    processor_seconds: float = 0.0
    results: tuple[LengthResult, ...] = ()
    worst: WorstCase | None = None
    curve: tuple[Record, ...] = ()
    made_with: Mapping[str, str] = field(default_factory=_this_machine)

    def at(self, length: int) -> LengthResult | None:
        """The result at a length, if it was measured."""
        return next((result for result in self.results if result.length == length), None)

    def to_json(self) -> str:
        """JSON text that `outcome_from_json` reads."""
        worst = None if self.worst is None else self.worst.to_json()
        return json.dumps({**asdict(self), "worst": worst}, indent=1, sort_keys=True) + "\n"


def outcome_from_json(text: str) -> Outcome:
    """Reads what `Outcome.to_json` writes.

    Raises:
        ValueError: If the text is nothing of the kind.

    >>> outcome = Outcome(Ending.NOT_FINITE, "the loss is not finite")
    >>> outcome_from_json(outcome.to_json()) == outcome
    True
    """
    try:
        value = json.loads(text)
        value["ending"] = Ending(value["ending"])
        value["results"] = tuple(_length_result(result) for result in value["results"])
        value["curve"] = tuple(Record(**point) for point in value.get("curve", ()))
        value["worst"] = worst_case_from_json(value["worst"]) if value["worst"] else None
        return Outcome(**value)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no outcome of a run ({error})") from None


def _length_result(value: dict[str, Any]) -> LengthResult:
    intervals = {name: Interval(**part) for name, part in value.items() if isinstance(part, dict)}
    failing = None if value["failing"] is None else tuple(value["failing"])
    return LengthResult(**{**value, **intervals, "failing": failing})
