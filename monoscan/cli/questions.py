"""Questions about architectures and model classes, as the command line asks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from monoscan.cli.console import fail
from monoscan.theory.architectures import (
    Asked,
    NamingError,
    asked_by,
    find_architecture,
    the_one_asked_by,
)
from monoscan.theory.model_classes import ModelClass, all_model_classes, get_model_class

if TYPE_CHECKING:
    from monoscan.theory.lemmas import Depth

SEMANTICS = ("exact", "op-round")
_SHOWN_FACTORS = (2, 3, 4)


def read_all_asked(names: Sequence[str]) -> list[Asked]:
    """What names ask about, each once; every class if there is none. Ends the program if wrong."""
    try:
        found = [asked for name in names for asked in asked_by(name)]
    except NamingError as error:
        fail(str(error))
    if not names:
        return [Asked(model_class.id, "", model_class) for model_class in shown_classes()]
    return list(dict.fromkeys(found))


def read_class(name: str) -> ModelClass:
    """The class of an id, or of a name with its variant; ends the program if it is not one."""
    try:
        return the_one_asked_by(name).model_class
    except NamingError as error:
        fail(str(error))


def notes(asked: Sequence[Asked]) -> list[str]:
    """What a reader must know of the names and classes, in one line each; equal ones once."""
    said: dict[str, list[str]] = {}
    for entry in asked:
        architecture = find_architecture(entry.name) if entry.variant else None
        note = architecture.note if architecture else ""
        if not entry.variant and entry.model_class.has_exact_networks:
            note = entry.model_class.note
        if note and entry.name not in said.setdefault(note, []):
            said[note].append(entry.name)
    lines = [f"{', '.join(names)}: {note}" for note, names in said.items()]
    if any(entry.variant and "[" in entry.model_class.symbols for entry in asked):
        lines.append(
            "[0, 1] includes its ends; the gates of released code are sigmoids or exponentials, "
            "which only approach them."
        )
    hidden = _open_not_asked(asked)
    if hidden:
        lines.append(f"Open ranges are asked for by name: {', '.join(hidden)}.")
    return lines


def mixed_ends(asked: Sequence[Asked]) -> str:
    """A warning where names are answered with the ends of their range and without; or nothing."""
    closed = [entry for entry in asked if entry.variant and entry.model_class.has_ends]
    opened = [entry for entry in asked if entry.model_class.is_open]
    if not closed or not opened or len({entry.name for entry in (*closed, *opened)}) == 1:
        return ""
    return (
        "Compare open ranges with open ones only: what a range can do may rest on its ends. "
        f"With their ends: {'; '.join(map(str, closed))}. Open: {'; '.join(map(str, opened))}."
    )


def _open_not_asked(asked: Sequence[Asked]) -> list[str]:
    """For each architecture of which no open range is asked about, how to ask for one."""
    names = dict.fromkeys(entry.name for entry in asked if entry.variant)
    opened = {entry.name for entry in asked if entry.model_class.is_open}
    found = (find_architecture(name) for name in names if name not in opened)
    variants = ([(a.name, v.words) for v in a.variants if not v.is_shown] for a in found if a)
    return [f"--class '{name}, {words}'" for (name, words), *_ in filter(None, variants)]


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
