"""What the commands for trained networks share. torch is loaded inside functions only."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from monoscan.cli.console import fail
from monoscan.proofs_check.exit_codes import BUDGET_REACHED

if TYPE_CHECKING:
    from monoscan.models.train import TrainedRun

_NEEDED = ("torch", "safetensors")


def need_models(command: str) -> None:
    """Ends the program if the libraries for networks are not installed."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        fail(
            f"monoscan {command} needs {' and '.join(missing)}; install them with "
            "pip install 'monoscan[models]'"
        )


@contextmanager
def model_errors_told() -> Iterator[None]:
    """Ends the program with the message of an error about a network."""
    from monoscan.models.errors import ModelError, NonFiniteError, OutOfMemory

    try:
        yield
    except (ModelError, NonFiniteError) as error:
        fail(str(error))
    except OutOfMemory as error:
        fail(str(error), BUDGET_REACHED)


def open_run(run: str, device: str) -> TrainedRun:
    """The network in the folder of a run; ends the program if it is a file."""
    from monoscan.models.train import load_run

    if Path(run).is_file():
        fail(f"{run} is a file; expected the folder of a run of monoscan train")
    return load_run(Path(run), device)


def read_lengths(text: str) -> list[int]:
    """Whole numbers separated by commas; ends the program for anything else."""
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if not re.fullmatch("[0-9]{1,7}", part) or int(part) < 1:
            fail(f"--lengths {text!r}: {part!r} is no length; expected for example 64,256")
    return [int(part) for part in parts]
