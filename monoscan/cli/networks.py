"""What the commands for trained networks share. torch is loaded inside functions only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from monoscan.cli.console import fail
from monoscan.face import needed
from monoscan.proofs_check.exit_codes import BUDGET_REACHED
from monoscan.theory.architectures import NamingError

if TYPE_CHECKING:
    from monoscan.face.training import Run


def need_models(command: str) -> None:
    """Ends the program if the libraries for networks are not installed."""
    with model_errors_told():
        needed.need_models(f"monoscan {command}")


@contextmanager
def model_errors_told() -> Iterator[None]:
    """Ends the program with the message of an error about a network."""
    from monoscan.models.errors import ModelError, NonFiniteError, OutOfMemory

    try:
        yield
    except (ModelError, NamingError, NonFiniteError, needed.MissingLibraries) as error:
        fail(str(error))
    except OutOfMemory as error:
        fail(str(error), BUDGET_REACHED)


def open_run(run: str, device: str) -> Run:
    """The network in the folder of a run; ends the program if it is a file."""
    from monoscan.face.training import load_run

    if Path(run).is_file():
        fail(f"{run} is a file; expected the folder of a run of monoscan train")
    return load_run(run, device)


def read_lengths(text: str) -> list[int]:
    """Whole numbers separated by commas; ends the program for anything else."""
    parts = [part.strip() for part in text.split(",")]
    for part in parts:
        if not re.fullmatch("[0-9]{1,7}", part) or int(part) < 1:
            fail(f"--lengths {text!r}: {part!r} is no length; expected for example 64,256")
    return [int(part) for part in parts]
