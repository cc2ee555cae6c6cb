"""From what somebody writes to the class that is meant: `mamba`, `deltanet [-1,1]`, an id."""

from __future__ import annotations

import re

from monoscan.errors import BadInput
from monoscan.registry import ParameterOutOfRange, UnknownId, nearest
from monoscan.theory.architectures.architecture import (
    Architecture,
    Asked,
    Variant,
    asked_in,
    asked_variants,
)
from monoscan.theory.architectures.catalogue import ARCHITECTURES
from monoscan.theory.model_classes import ModelClass, all_model_classes, families, get_model_class


class NamingError(BadInput):
    """A name that leads to no class, or to several where one is needed; the message says why."""


class UnknownNameError(NamingError):
    """A name that nothing has; the message gives the nearest ones."""


def find_architecture(name: str) -> Architecture | None:
    """The architecture of that name, in any spelling; N is filled in.

    Raises:
        NamingError: if the number of factors is out of range.

    >>> find_architecture("RWKV7").name, find_architecture("DeltaProduct 3").name
    ('rwkv-7', 'deltaproduct-3')
    """
    found = (architecture.called(name) for architecture in ARCHITECTURES)
    try:
        return next((architecture for architecture in found if architecture is not None), None)
    except ParameterOutOfRange as error:
        raise NamingError(str(error)) from None


def asked_by(text: str) -> tuple[Asked, ...]:
    """What a text asks about: one class, one variant of an architecture, or all it is shown in.

    Args:
        text: the id of a class, the name of an architecture, or `NAME, VARIANT`.

    Raises:
        NamingError: if there is nothing of that name; the message says what there is.

    >>> [str(asked) for asked in asked_by("DeltaNet")]
    ['deltanet, as released', 'deltanet, extended', 'deltanet, no convolution']
    >>> [asked.model_class.id for asked in asked_by("mamba [-1, 1]")]
    ['diagonal-real']
    """
    name, variant = _parts(text)
    architecture = find_architecture(name)
    if architecture is None and " " in name.strip():
        name, variant = _parts_at_a_space(text)
        architecture = find_architecture(name)
    if architecture is None:
        return (_class(text if variant else name),)
    if architecture.refused:
        raise NamingError(f"{architecture.name} {architecture.refused}")
    if not variant:
        return tuple(asked_variants(architecture, architecture.shown))
    return tuple(asked_variants(architecture, (_variant(architecture, variant),)))


def the_one_asked_by(text: str) -> Asked:
    """What a text asks about, where one class is needed.

    Args:
        text: as in `asked_by`.

    Raises:
        NamingError: if there is none, the name has several variants and none is chosen, or it
            means no linear RNN, so that there are no exact networks.

    >>> the_one_asked_by("kda, released").model_class.id
    'diagonal-householder-nonnegative'
    """
    found = asked_by(text)
    first = found[0]
    architecture = find_architecture(first.name)
    if len(found) > 1 and architecture is not None:
        every = tuple(asked_variants(architecture, architecture.variants))
        choices = [f"'{asked}'" for asked in every]
        width = max(map(len, choices))
        lines = "".join(
            f"\n  {choice.ljust(width)}  {asked.model_class.symbols}{_through(asked)}"
            for choice, asked in zip(choices, every, strict=True)
        )
        raise NamingError(f"{first.name} has more than one variant; say which:{lines}")
    check_networks(first)
    return first


def _through(asked: Asked) -> str:
    return f"; {asked.tool} {max(asked.window_a, asked.window_b)}" if asked.tool else ""


def check_networks(asked: Asked) -> None:
    """Refuses what is no linear RNN, where a network is asked for.

    Raises:
        NamingError: if there are no exact networks; of a stack it names the recurrent layer.
    """
    if asked.model_class.has_exact_networks:
        return
    architecture = find_architecture(asked.name) if asked.variant else None
    hint = "name a linear RNN, such as mamba or deltanet"
    if architecture is not None and architecture.recurrent:
        hint = f"its recurrent layer has: ask about {architecture.recurrent}"
    raise NamingError(
        f"{asked.name} is no linear RNN ({asked.model_class.symbols}) and has no exact networks; "
        f"{hint}"
    )


def names_of(model_class: ModelClass) -> tuple[Asked, ...]:
    """The names, with their variants, that mean a class.

    >>> from monoscan.theory.model_classes import get_model_class
    >>> [str(asked) for asked in names_of(get_model_class("householder-product-3"))]
    ['deltaproduct-3, as released', 'deltaproduct-3, no convolution']
    """
    n = re.search("[0-9]+", model_class.id)
    named = (
        architecture.called(architecture.name.replace("N", n[0] if n else "2"))
        for architecture in ARCHITECTURES
    )
    return tuple(
        asked_in(found.name, variant, model_class)
        for found in named
        if found is not None
        for variant in found.variants
        if variant.model_class == model_class.id
    )


def _parts(text: str) -> tuple[str, str]:
    """The name and the variant: what stands before and after the first comma or bracket."""
    match = re.fullmatch(r"\s*([^,(\[]*?)\s*(?:,\s*(.+)|([(\[].+))?\s*", text, re.DOTALL)
    if match is None:
        return text.strip(), ""
    return match[1], (match[2] or match[3] or "").strip()


def _parts_at_a_space(text: str) -> tuple[str, str]:
    """The longest beginning of a text that is a name, and the words after it; or text and nothing.

    >>> _parts_at_a_space("gated deltanet as released")
    ('gated deltanet', 'as released')
    """
    words = text.split()
    for end in range(len(words) - 1, 0, -1):
        name = " ".join(words[:end])
        if find_architecture(name) is not None:
            return name, " ".join(words[end:])
    return text, ""


def _class(name: str) -> Asked:
    try:
        found = get_model_class(name)
    except ParameterOutOfRange as error:
        raise NamingError(str(error)) from None
    except UnknownId:
        if find_architecture(f"{name}-2") is not None:
            raise NamingError(
                f"{name!r} needs its number of factors, such as {name.strip()}-2"
            ) from None
        near = nearest(name, [*known_names(), *known_classes()])
        hint = f"nearest: {', '.join(near)}; " if near else ""
        raise UnknownNameError(
            f"there is no architecture or model class {name!r}; {hint}"
            "all of them: monoscan list architectures, monoscan list classes"
        ) from None
    return Asked(found.id, "", found)


def known_names() -> list[str]:
    """Every name and spelling of the catalogue."""
    return [name for entry in ARCHITECTURES for name in (entry.name, *entry.spellings)]


def known_classes() -> list[str]:
    """Every id of a class, and every pattern of a family."""
    return [*(found.id for found in all_model_classes()), *(f.pattern for f in families())]


def _variant(architecture: Architecture, words: str) -> Variant:
    for variant in architecture.variants:
        if variant.is_called(words) or variant.is_called(words.strip("()")):
            return variant
    choices = "".join(f"\n  '{architecture.name}, {v.words}'" for v in architecture.variants)
    raise NamingError(f"{architecture.name} has no variant {words!r}; expected one of{choices}")
