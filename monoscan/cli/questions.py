"""Questions about architectures and model classes, as the command line asks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monoscan.cli.console import fail
from monoscan.face.architectures import all_asked
from monoscan.theory.architectures import Asked, NamingError, the_one_asked_by
from monoscan.theory.model_classes import ModelClass

if TYPE_CHECKING:
    from monoscan.theory.lemmas import Depth

SEMANTICS = ("exact", "op-round")


def read_all_asked(names: Sequence[str]) -> list[Asked]:
    """What names ask about, each once; every class if there is none. Ends the program if wrong."""
    try:
        return list(all_asked(names or None))
    except NamingError as error:
        fail(str(error))


def read_class(name: str) -> ModelClass:
    """The class of an id, or of a name with its variant; ends the program if it is not one."""
    try:
        return the_one_asked_by(name).model_class
    except NamingError as error:
        fail(str(error))


def check_semantics(name: str) -> None:
    """Ends the program if predictions have no such semantics."""
    if name not in SEMANTICS:
        fail(f"unknown semantics {name!r}; expected one of {', '.join(SEMANTICS)}")


def read_depth(text: str) -> Depth:
    """A number of layers or `any`; ends the program for anything else."""
    if text == "any":
        return "any"
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 1000:
        return int(text)
    fail(f"--depth {text!r}: expected a number of layers from 1 to 1000, or any")
