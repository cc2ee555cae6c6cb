"""Questions about model classes, as the command line asks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monoscan.cli.console import fail
from monoscan.theory.model_classes import (
    ModelClass,
    UnknownModelClassError,
    all_model_classes,
    get_model_class,
)

if TYPE_CHECKING:
    from monoscan.theory.obstructions import Depth
    from monoscan.theory.prediction import Question

SEMANTICS = ("exact", "op-round")
_SHOWN_FACTORS = (2, 3, 4)


def read_questions(
    classes: Sequence[str], depths: Sequence[str], semantics: str
) -> tuple[Question, ...]:
    """Every combination of the classes and depths named; ends the program if a name is wrong."""
    from monoscan.theory.prediction import Question  # not needed to read one class

    if semantics not in SEMANTICS:
        fail(f"unknown semantics {semantics!r}; expected one of {', '.join(SEMANTICS)}")
    chosen = [read_class(name) for name in classes] if classes else shown_classes()
    numbers: list[Depth] = [read_depth(depth) for depth in depths]
    return tuple(
        Question(model_class, depth, semantics) for model_class in chosen for depth in numbers
    )


def shown_classes() -> list[ModelClass]:
    """All classes, and of the families those with N = 2, 3, 4."""
    found = list(all_model_classes())
    place = next(i for i, c in enumerate(found) if c.id == "diagonal-householder-nonnegative")
    products = [
        get_model_class(f"householder-product-{n}{suffix}")
        for suffix in ("-nonnegative", "")
        for n in _SHOWN_FACTORS
    ]
    return [*found[:place], *products, *found[place:]]


def read_class(name: str) -> ModelClass:
    """The class of that id or alias; ends the program if there is none."""
    try:
        return get_model_class(name)
    except UnknownModelClassError as error:
        fail(str(error))


def read_depth(text: str) -> Depth:
    """A number of layers or `any`; ends the program for anything else."""
    if text == "any":
        return "any"
    if text.isascii() and text.isdigit() and 1 <= int(text) <= 1000:
        return int(text)
    fail(f"--depth {text!r}: expected a number of layers from 1 to 1000, or any")
