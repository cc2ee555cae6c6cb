"""Options that several commands have; a group is a dataclass, in one panel of the help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast

import typer

from monoscan.cli.completion import classes

if TYPE_CHECKING:
    from monoscan.theory.lemmas import Depth

OneArchitecture: TypeAlias = Annotated[
    str,
    typer.Option(
        "--architecture",
        "--class",
        help="Name with its variant, or model class.",
        autocompletion=classes,
    ),
]
"""One architecture or model class."""


def takes_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the fields of a dataclass as options, for each parameter that is one.

    Typer reads the options of a command from its signature.
    """
    own = inspect.signature(command, eval_str=True)
    groups: dict[str, type] = {
        parameter.name: parameter.annotation
        for parameter in own.parameters.values()
        if isinstance(parameter.annotation, type) and is_dataclass(parameter.annotation)
    }
    fields = {
        name: inspect.signature(group, eval_str=True).parameters.values()
        for name, group in groups.items()
    }

    @wraps(command)
    def with_options(**given: Any) -> None:
        made = {
            name: groups[name](**{option.name: given.pop(option.name) for option in options})
            for name, options in fields.items()
        }
        command(**made, **given)

    parameters: list[inspect.Parameter] = []
    for parameter in own.parameters.values():
        parameters += fields.get(parameter.name, [parameter])
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [parameter.replace(kind=keyword) for parameter in parameters]
    with_options.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    with_options.__annotations__ = {}
    return with_options


def read_depth(text: str) -> Depth:
    """A number of layers or `any`; anything else is left to be refused where it is used."""
    is_number = text.isascii() and text.isdigit() and len(text) < 9
    return int(text) if is_number else cast("Depth", text)
