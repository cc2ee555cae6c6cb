"""Names of architectures and classes, as questions about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from monoscan.errors import BadInput
from monoscan.face.given import described
from monoscan.theory.architectures import (
    ARCHITECTURES,
    Asked,
    asked_by,
    check_networks,
    find_architecture,
    the_one_asked_by,
)
from monoscan.theory.model_classes import ModelClass, all_model_classes, get_model_class
from monoscan.theory.model_classes.reference import BY_NAME

if TYPE_CHECKING:
    from monoscan.tables import Table

SHOWN_FACTORS = (2, 3, 4)


def architectures(name: str = "") -> Table:
    """The names of architectures: the ranges of their matrices, and how many letters they see.

    Args:
        name: one of them, in any spelling; empty for all.

    Raises:
        NamingError: if there is no such name; the message says which come nearest.

    >>> import monoscan as ms
    >>> for row in ms.architectures("mamba-2").rows[:2]:
    ...     print(row[1], "|", row[2], "|", row[3])
    as released | diag(a), a in [0, 1]^n | A sees 1 letter, B the last 4 (convolution)
    extended | diag(a), a in [-1, 1]^n | A sees 1 letter, B the last 4 (convolution)
    """
    from monoscan.tables import Column, Table

    found = ARCHITECTURES
    if not isinstance(name, str):
        raise TypeError(f"{described(name)} is no text; expected a name such as 'mamba'")
    if name:
        one = find_architecture(name)
        if one is None:
            asked_by(name)  # raises, unless it is a class
            raise TypeError(f"{described(name)} is a model class; its name is all there is to it")
        found = (one,)
    titles = ("name", "variant", "transition matrices", "A and B see", "class", "layer of train")
    return Table(
        tuple(Column(title) for title in titles),
        tuple(
            (entry.name, v.words, v.symbols, v.sees, v.model_class, v.trained_as)
            for entry in found
            for v in entry.variants
        ),
        notes=tuple(entry.note for entry in found if name and entry.note),
    )


def all_asked(names: object) -> tuple[Asked, ...]:
    """What names or classes ask about, each once; None asks about every class.

    Args:
        names: a name, ``NAME, VARIANT``, the id of a class, a `ModelClass`, an `Asked`, several
            of those, or None.

    Raises:
        NamingError: if there is nothing of a name.
        TypeError: if it is none of these.
        ValueError: if there are none.
    """
    if names is None:
        return tuple(Asked(entry.id, "", entry) for entry in shown_classes())
    several = [*names] if isinstance(names, Iterable) and not isinstance(names, str) else [names]
    if not several:
        raise BadInput("no architecture was given; expected one, several, or None for all")
    return tuple(dict.fromkeys(asked for name in several for asked in _asked(name)))


def one_asked(name: object) -> Asked:
    """What a name asks about, where one class is needed.

    Raises:
        NamingError: if there is nothing of the name, it has several variants and none is chosen, or
            it is no linear RNN.
        TypeError: if it is no name and no class.
    """
    if isinstance(name, str):
        return the_one_asked_by(name)
    (found,) = _asked(name)
    check_networks(found)
    return found


def _asked(name: object) -> Sequence[Asked]:
    if isinstance(name, str):
        return asked_by(name)
    if isinstance(name, Asked):
        return [name]
    if isinstance(name, ModelClass):
        return [Asked(name.id, "", name)]
    raise TypeError(
        f"{described(name)} is no architecture; expected a name such as 'mamba' or 'deltanet, "
        "extended', or the id of a model class"
    )


def shown_classes() -> list[ModelClass]:
    """All classes, and of the families those with N = 2, 3, 4."""
    found = [entry for entry in all_model_classes() if entry.id not in BY_NAME]
    place = next(i for i, c in enumerate(found) if c.id == "diagonal-householder-nonnegative")
    products = [
        get_model_class(f"householder-product-{n}{suffix}")
        for suffix in ("-nonnegative", "")
        for n in SHOWN_FACTORS
    ]
    return [*found[:place], *products, *found[place:]]


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
        f"Open are {'; '.join(map(str, opened))}."
    )


def _open_not_asked(asked: Sequence[Asked]) -> list[str]:
    """For each architecture of which no open range is asked about, the name of one."""
    names = dict.fromkeys(entry.name for entry in asked if entry.variant)
    opened = {entry.name for entry in asked if entry.model_class.is_open}
    found = (find_architecture(name) for name in names if name not in opened)
    variants = ([(a.name, v.words) for v in a.variants if v.is_open] for a in found if a)
    return [f"'{name}, {words}'" for (name, words), *_ in filter(None, variants)]
