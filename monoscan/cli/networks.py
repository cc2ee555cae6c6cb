"""What the commands for trained networks share. torch is loaded inside functions only."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from monoscan.errors import BadInput, BadValue

if TYPE_CHECKING:
    from monoscan.face.run import Run


def open_run(run: str, device: str) -> Run:
    """The network in the folder of a run; a file is refused."""
    from monoscan.face.training import load_run

    if Path(run).is_file():
        raise BadInput(f"{run} is a file; expected the folder of a run of monoscan train")
    return load_run(run, device)


def read_lengths(text: str) -> list[int]:
    """Whole numbers separated by commas; anything else is refused."""
    parts = [part.strip() for part in text.split(",")]
    if not all(re.fullmatch("[0-9]{1,7}", part) and int(part) > 0 for part in parts):
        raise BadValue("lengths", text, "lengths of at least 1, for example 64,256")
    return [int(part) for part in parts]
