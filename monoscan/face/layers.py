"""Which trainable layer a name means: a kind of layer, or an architecture that has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import final

from monoscan.registry import compact, nearest
from monoscan.theory.architectures import (
    ARCHITECTURES,
    Asked,
    NamingError,
    UnknownNameError,
    asked_by,
    find_architecture,
    known_names,
)


@final
@dataclass(frozen=True)
class NamedLayer:
    """A layer as it was named.

    Attributes:
        kind: of the layer, such as `deltanet`.
        range: of its eigenvalues, such as `[-1,1]`; empty if it was not said.
        n_h: factors a letter.
        stands_for: the architecture, if its name is another one; empty otherwise.
        parametrisation: `clamp`, or `sigmoid`, which does not reach the ends of the range.
        window: how many letters the variant that was named sees, through its convolution or token
            shift; the layer itself sees 1.
    """

    kind: str
    range: str
    n_h: int
    stands_for: str = ""
    parametrisation: str = "clamp"
    window: int = 1


def read_layer(name: str, range_: str = "", n_h: int = 1, parametrisation: str = "") -> NamedLayer:
    """The layer that is named.

    Args:
        name: a kind of layer, or an architecture, with or without a variant.
        range_: as it was given; empty if it was not.
        n_h: factors a letter, as given.
        parametrisation: as it was given; empty if it was not.

    Raises:
        NamingError: if no layer is named, or more than one.
        ConfigError: if there is no such range.
    """
    from monoscan.models.layers import parse_range

    wanted = parse_range(range_) if range_ else ""
    kind = _kind(name)
    if kind:
        chosen = wanted or _only_range(kind)
        return NamedLayer(kind, chosen, n_h, parametrisation=parametrisation or "clamp")
    # Of variants with one layer the last: one with the ends of its range, and as it is released.
    variants = sorted(
        _asked(name), key=lambda asked: (asked.model_class.has_ends, bool(asked.tool))
    )
    found = {asked.layer: asked for asked in variants if asked.layer}
    fitting = {text: asked for text, asked in found.items() if wanted in ("", _parts(text)[2])}
    if len(fitting) != 1:
        choices = ", ".join(f"'{asked}' ({text})" for text, asked in found.items())
        problem = "no such range" if not fitting else "more than one range of eigenvalues"
        raise NamingError(f"{name} has {problem}; say which: {choices}")
    ((text, asked),) = fitting.items()
    layer, factors, layer_range = _parts(text)
    if factors and n_h not in (1, factors):
        raise NamingError(f"{name} has {factors} factors, and n_h is {n_h}; leave one of them out")
    own_names = map(compact, (asked.name, asked.name.rstrip("-0123456789")))
    stands_for = "" if compact(layer) in own_names else asked.name
    needed = "sigmoid" if asked.model_class.is_open else "clamp"
    if needed == "sigmoid" and parametrisation not in ("", needed):
        raise NamingError(
            f"'{asked}' leaves out the ends of its range, and the parametrisation "
            f"{parametrisation} reaches them; leave it out, or name the layer: {layer}"
        )
    how = parametrisation or needed
    window = max(asked.window_a, asked.window_b)
    return NamedLayer(layer, layer_range, factors or n_h, stands_for, how, window)


def kind_of(name: str) -> str:
    """The kind of layer that a name means.

    Raises:
        NamingError: if it means none, or several.
    """
    kinds = {_parts(text)[0] for text in layers_named(name)} if not _kind(name) else {_kind(name)}
    if len(kinds) > 1:
        raise NamingError(f"{name} means several layers; name one of {', '.join(sorted(kinds))}")
    return kinds.pop()


def layers_named(name: str) -> list[str]:
    """Every layer that a name means, as `deltanet [-1,1]`.

    Raises:
        NamingError: if there is none.
    """
    return [asked.layer for asked in _asked(name) if asked.layer]


def _kind(name: str) -> str:
    """The kind of layer of that name, in any spelling, or nothing."""
    from monoscan.models.layers import all_layer_kinds

    found = (kind.id for kind in all_layer_kinds() if compact(kind.id) == compact(name))
    return next(found, "")


def _only_range(kind: str) -> str:
    """The range of a kind that has one; refuses one that has several."""
    from monoscan.models.layers import get_layer_kind

    ranges = get_layer_kind(kind).ranges
    if len(ranges) != 1:
        choices = " or ".join(name.strip("[]") for name in ranges)
        raise NamingError(f"say which range of eigenvalues the layer {kind} has: {choices}")
    return ranges[0]


def _parts(layer: str) -> tuple[str, int, str]:
    """Kind, number of factors (0: not said) and range of `deltaproduct-2 [-1,1]`."""
    from monoscan.models.layers import get_layer_kind

    name, _, layer_range = layer.partition(" ")
    kind, _, factors = name.partition("-")
    return kind, int(factors or 0), layer_range or get_layer_kind(kind).ranges[0]


def _asked(name: str) -> tuple[Asked, ...]:
    """The variants that a name asks about; refused if no layer has such transitions."""
    from monoscan.models.layers import all_layer_kinds

    try:
        asked = asked_by(name)
    except UnknownNameError:
        kinds = [kind.id for kind in all_layer_kinds()]
        close = nearest(name, [*kinds, *known_names()])
        hint = f"nearest: {', '.join(close)}" if close else "such as deltanet, gla or mamba"
        raise UnknownNameError(
            f"unknown layer {name!r}; {hint}; all: monoscan list architectures"
        ) from None
    if not any(entry.layer for entry in asked):
        stack = find_architecture(asked[0].name)
        if stack is not None and stack.recurrent:
            raise NamingError(
                f"{name} is a stack with attention; train its layer {stack.recurrent}"
            )
        classes = {entry.model_class.id for entry in asked}
        others = dict.fromkeys(
            entry.name
            for entry in ARCHITECTURES
            for variant in entry.variants
            if variant.layer and variant.model_class in classes
        )
        alike = f"of the same class are {', '.join(list(others)[:3])}"
        every = f"expected one of {', '.join(kind.id for kind in all_layer_kinds())}"
        raise NamingError(
            f"no layer here has the transition matrices of {name!r}; {alike if others else every}"
        )
    return asked
